"""What the model weighs: numbers about each gap between paragraphs, and about each pair of nearby paragraphs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.segmentation.marks import RANKS, Mark
from summarize.segmentation.roles import Line

Floats = NDArray[np.float32]

BAND = 10  # paragraphs further apart than this are not compared
DISTANCES = (1, 2, 3, 6)  # pairs are weighed apart by distance: 1, 2, 3 to 5, 6 and more
FULL_LENGTH = 80  # characters; a shorter paragraph says less about what it belongs to
SIDE = 4  # paragraphs on each side of a gap whose words are compared

GAP_FEATURES = (
    "any paragraph",
    "marked title line",
    "numbered title line",
    "plain title line",
    "question as title line",
    "length of title line",
    "pauses in title line",
    "title line of a style used again",
    "title line under another style",
    "title line after a title line",
    "title line before a title line",
    "title line at the end",
    "marked body text",
    "marked body text, mark used again",
    "body text where title lines lead",
    "body text after a title line",
    "caption",
    "byline, notice or second title line",
    "after a byline or closing",
    "after a notice",
    "dateline",
    "time in the first words",
    "refers back",
    "begins with a quotation",
    "length",
    "length of the one before",
    "opens as news does",
    "place in the first words",
    "speech",
    "looks ahead before",
    "caption before",
    "title line's words in what follows",
    "title line's words in what precedes",
    "caption's words in what follows",
    "caption's words in what precedes",
    "body text's words in what follows",
    "body text's words in what precedes",
    "words shared across",
    "words shared across on average",
    "words shared on both sides",
    "names shared across",
    "similar across",
    "similar across, wider",
    "more similar across than others",
    "more similar across than others, wider",
)
ARTICLE_FEATURES = (
    "any article",
    "title lines of one style",
    "marked title lines of one style",
    "body text marked alike",
    "a byline or closing inside",
    "datelines",
    "number of paragraphs",
    "length of paragraphs",
)
PAIR_FEATURES = ("any pair", "similar", "more similar than others", "shared words", "shared names")

_TERM = re.compile(r"[A-Za-z]{2,}|\d[\d.,]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_PAUSE = re.compile(r"[，,；;。]")
_TIME = re.compile(r"\d{1,2}[月日]|周[一二三四五六日末]|星期|近日|昨日|昨天|今天|今日|今年|日前|上周|本周")
_BACK = re.compile(
    "他|她|它|该|此|这|那|其|但|不过|然而|而|并|同时|另|据介绍|据悉|据了解|对此|随后|随着|除了|除此|与此|目前|为此|因此|所以|"
    "尽管|虽然|如果|记者|最后|接下来|之后|一是|二是|三是|首先"
)
_HEARD = ("title", "caption", "body")
_NEWS = re.compile(
    r"记者.{0,14}[从在].{2,24}(?:获悉|了解到|看到)|"
    r".{0,16}(?:日前|近日|昨日|昨天|今天|今日|上午|下午|凌晨|清晨|\d日|[上本下]周[一二三四五六日])[，,]|"
    r".{2,30}(?:举行|启动|开幕|发布|召开|启用|投用|开工)"
)
_PLACE = re.compile(r"[\u3400-\u9fff]{2,8}?(?:[省市县区镇乡村]|街道)")
_AHEAD = re.compile("下一步|接下来|目前，|今后|将继续|进一步|正在")
_SPEECH = re.compile("[“「『]|说(?:[，：。]|$)|表示[，：]|介绍[，：]|告诉记者")


def same_style_headings(lines: Sequence[Line]) -> Counter[Mark]:
    """How many title lines there are of each style."""
    return Counter(line.mark for line in lines if line.kind == "title" and not line.second)


def features(texts: Sequence[str], lines: Sequence[Line], vectors: Floats) -> tuple[Floats, Floats]:
    """The features of gaps and of pairs; texts in simplified characters, `vectors` holds one embedding a paragraph."""
    content = np.array([line.kind not in ("byline", "notice") for line in lines], np.float32)
    weight = content * np.sqrt(np.minimum(np.array([len(t) for t in texts], np.float32) / FULL_LENGTH, 1))
    mean = (weight @ vectors) / max(float(weight.sum()), 1.0)
    words, names = _shared_terms(texts, 2), _shared_terms(texts, 3)
    across = _across(words, names, vectors, vectors - mean, weight)
    gaps = np.concatenate([_own_features(texts, lines), _heard(texts, lines), across], axis=1)
    return gaps, _pair_features(words, names, vectors, unit(vectors - mean), weight)


def article_features(texts: Sequence[str], lines: Sequence[Line]) -> Floats:
    """What speaks for and against several sections in the article as a whole (`ARTICLE_FEATURES`)."""
    styles = same_style_headings(lines)
    bodies = Counter(line.mark for line in lines if line.kind == "body" and line.mark)
    last = max((i for i, line in enumerate(lines) if line.kind not in ("byline", "notice")), default=0)
    ends = sum(line.closes for line in lines[:last])
    mean = sum(len(text) for text in texts) / max(len(texts), 1)
    values = (
        1.0,
        max(styles.values(), default=0) > 1,
        any(number > 1 for mark, number in styles.items() if mark),
        any(number > 1 for number in bodies.values()),
        ends > 0,
        sum(line.opens for line in lines) > 1,
        np.log1p(len(texts)) / 3,
        mean / 200,
    )
    return np.asarray(values, np.float32)


def _own_features(texts: Sequence[str], lines: Sequence[Line]) -> Floats:
    """One row a paragraph: what its looks say for and against a section that begins with it."""
    styles = same_style_headings(lines)
    body_marks = Counter(line.mark for line in lines if line.kind == "body")
    titled = bool(lines) and lines[0].kind == "title" and styles[lines[0].mark] > 1
    leading = {mark for mark, count in styles.items() if count > 1}
    overs, afters = _last_before(lines), _last_before(lines[::-1])[::-1]
    rows = []
    for i, (text, line) in enumerate(zip(texts, lines, strict=True)):
        before = lines[i - 1] if i else None
        over, after = overs[i], afters[i]
        title = line.kind == "title" and not line.second
        body = line.kind == "body"
        numbered = line.mark in ("一、", "（一）", "1.", "①")
        under = any(RANKS.index(mark) < RANKS.index(line.mark) for mark in leading)
        marked_body = body and line.mark != ""
        rows.append(
            (
                1.0,
                title and line.mark != "" and not numbered,
                title and numbered,
                title and line.mark == "",
                title and line.asks,
                title * len(text) / 40,
                title * len(_PAUSE.findall(text)),
                title and styles[line.mark] > 1,
                title and under,
                title and before is not None and before.kind == "title",
                title and after is not None and after.kind == "title",
                title and (after is None or after.kind in ("byline", "notice")),
                marked_body,
                marked_body and body_marks[line.mark] > 1,
                body and titled,
                body and over is not None and (over.kind == "title" or (over.kind == "byline" and over.opens)),
                line.kind == "caption",
                (line.kind in ("byline", "notice") and not line.opens) or line.second,
                before is not None and before.closes,
                before is not None and before.kind == "notice",
                line.opens,
                body and _TIME.search(text[:30]) is not None,
                body and _BACK.match(text) is not None,
                body and text[:1] in tuple("“「『\"'"),
                body * min(len(text) / 200, 1.5),
                min(len(texts[i - 1]) / 200, 1.5) if i else 0.0,
                body and _NEWS.match(text) is not None,
                body and _PLACE.match(text) is not None,
                body and _SPEECH.search(text) is not None,
                before is not None and before.kind == "body" and _AHEAD.search(texts[i - 1]) is not None,
                before is not None and before.kind == "caption",
            )
        )
    return np.asarray(rows, np.float32).reshape(len(rows), -1)


def _last_before(lines: Sequence[Line]) -> list[Line | None]:
    """For each line the last one before it, those left out that stand right under a title line."""
    found: list[Line | None] = []
    last: Line | None = None
    for line in lines:
        found.append(last)
        last = last if line.under else line
    return found


def _heard(texts: Sequence[str], lines: Sequence[Line]) -> Floats:
    """One row a paragraph: the share of its words that the next few paragraphs have, and that the last few have.

    Two columns each for title lines, captions and body text, 0 for the others.
    """
    table = np.zeros((len(texts), 6), np.float32)
    terms = [_terms(text, 2) for text in texts]
    for i, line in enumerate(lines):
        if line.kind in _HEARD and terms[i]:
            column = 2 * _HEARD.index(line.kind)
            for side, others in enumerate((terms[i + 1 : i + SIDE], terms[max(i - SIDE + 1, 0) : i])):
                heard = sum(any(term in other for other in others) for term in terms[i])
                table[i, column + side] = heard / len(terms[i])
    return table


def _across(words: Floats, names: Floats, vectors: Floats, centred: Floats, weight: Floats) -> Floats:
    """One row a paragraph: how alike what precedes it and what begins with it are."""
    count = len(weight)
    most, total, most_names = (np.zeros(count, np.float32) for _ in range(3))
    pairs = np.full(count, 1e-6, np.float32)
    for before in range(1, SIDE + 1):
        for after in range(SIDE):
            here = slice(before, count - after)
            if before + after >= count:
                continue
            start, distance = slice(0, count - after - before), before + after - 1
            both = weight[start] * weight[before + after :]
            most[here] = np.maximum(most[here], words[start, distance] * both)
            most_names[here] = np.maximum(most_names[here], names[start, distance] * both)
            total[here] += words[start, distance] * both
            pairs[here] += both
    inside, inside_pairs = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for distance in range(1, min(SIDE, count)):
        both = weight[:-distance] * weight[distance:]
        inside[:-distance] += words[: count - distance, distance - 1] * both
        inside_pairs[:-distance] += both
    sums, ends = (np.concatenate([[0.0], np.cumsum(values)]) for values in (inside, inside_pairs))
    gaps = np.arange(count)
    low, middle, high = np.maximum(gaps - SIDE, 0), np.maximum(gaps - SIDE + 1, 0), np.minimum(gaps + SIDE, count)
    around = (sums[middle] - sums[low] + sums[high] - sums[gaps]) / (
        ends[middle] - ends[low] + ends[high] - ends[gaps] + 1e-6
    )
    columns = [most, total / pairs, around, most_names]
    for table in (vectors, centred):
        running = np.concatenate([np.zeros((1, table.shape[1])), np.cumsum(table * weight[:, None], axis=0)])
        for side in (SIDE - 1, 2 * SIDE):
            left = running[gaps] - running[np.maximum(gaps - side, 0)]
            right = running[np.minimum(gaps + side, count)] - running[gaps]
            columns.append(np.einsum("ij,ij->i", unit(left), unit(right)))
    return np.stack(columns, axis=1).astype(np.float32)


def _pair_features(words: Floats, names: Floats, vectors: Floats, centred: Floats, weight: Floats) -> Floats:
    """How alike paragraphs `i` and `i + d` are, at `[i, d - 1]`, for `d` up to `BAND`.

    The last axis holds `PAIR_FEATURES` for each of the ranges of `DISTANCES`, all scaled by how much the pair says.
    """
    count = len(weight)
    table = np.zeros((count, BAND, len(DISTANCES), len(PAIR_FEATURES)), np.float32)
    for distance in range(1, min(BAND, count - 1) + 1):
        near, far = slice(0, count - distance), slice(distance, count)
        alike = np.stack(
            [
                np.ones(count - distance, np.float32),
                np.einsum("ij,ij->i", vectors[near], vectors[far]),
                np.einsum("ij,ij->i", centred[near], centred[far]),
                words[near, distance - 1],
                names[near, distance - 1],
            ],
            axis=1,
        )
        bucket = sum(distance >= start for start in DISTANCES) - 1
        table[near, distance - 1, bucket] = alike * (weight[near] * weight[far])[:, None]
    return table.reshape(count, BAND, -1)


def _shared_terms(texts: Sequence[str], size: int) -> Floats:
    """How many terms (English words, numbers, runs of `size` Chinese characters) nearby paragraphs share, rare first.

    The cosine of paragraphs `i` and `i + d` is at `[i, d - 1]`.
    """
    count = len(texts)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        for term in _terms(text, size):
            places[term].append(i)
    shared = np.zeros((count, BAND), np.float32)
    lengths = np.zeros(count, np.float32)
    for where in places.values():
        rarity = float(np.log1p(count / len(where))) ** 2
        for position, i in enumerate(where):
            lengths[i] += rarity
            for j in where[position + 1 : position + 1 + BAND]:
                if j - i > BAND:
                    break
                shared[i, j - i - 1] += rarity
    lengths = np.sqrt(np.maximum(lengths, 1e-6))
    for distance in range(1, min(BAND, count - 1) + 1):
        shared[: count - distance, distance - 1] /= lengths[: count - distance] * lengths[distance:]
    return shared


def unit(vectors: Floats) -> Floats:
    """The vectors at length 1; those of no length stay 0."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths < 1e-6] = np.inf
    scaled: Floats = vectors / lengths
    return scaled


def _terms(text: str, size: int) -> dict[str, None]:
    """The words of a text, each once, in order (a set would change the last digits of the sums from run to run)."""
    terms: dict[str, None] = {}
    for match in _TERM.finditer(text):
        run = match.group()
        if run[0].isascii():
            terms[run.lower()] = None
        else:
            terms.update(dict.fromkeys(run[i : i + size] for i in range(len(run) - size + 1)))
    return terms
