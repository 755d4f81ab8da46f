"""What the model weighs: numbers about each gap between paragraphs, and about each pair of nearby paragraphs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from summarize.segmentation.embedding import Floats, unit
from summarize.segmentation.roles import RANKS, Line, Mark

BAND = 10  # paragraphs further apart than this are not compared
DISTANCES = (1, 2, 3, 6)  # pairs are weighed apart by distance: 1, 2, 3 to 5, 6 and more
FULL_LENGTH = 80  # characters; a shorter paragraph says less about what it belongs to

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
    "byline or notice",
    "after a byline or closing",
    "after a notice",
    "dateline",
    "time in the first words",
    "refers back",
    "begins with a quotation",
    "length",
    "length of the one before",
)
PAIR_FEATURES = ("any pair", "similar", "more similar than others", "shared words")

_TERM = re.compile(r"[A-Za-z]{2,}|\d[\d.,]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_PAUSE = re.compile(r"[，,；;。]")
_TIME = re.compile(
    r"\d{1,2}[月日]|周[一二三四五六日末]|週[一二三四五六日末]|星期|近日|昨日|昨天|今天|今日|今年|日前|上周|本周|上週|本週"
)
_BACK = re.compile(
    r"(?:他|她|它|该|該|此|这|這|那|其|但|不过|不過|然而|而|并|並|同时|同時|另|据介绍|據介紹|据悉|據悉|据了解|據了解|对此|對此|"
    r"随后|隨後|随着|除了|除此|与此|與此|目前|为此|為此|因此|所以|尽管|儘管|虽然|雖然|如果|记者|記者|最后|最後|接下来|之后|之後|"
    r"一是|二是|三是|首先|其次)"
)


def same_style_headings(lines: Sequence[Line]) -> Counter[Mark]:
    """How many title lines there are of each style."""
    return Counter(line.mark for line in lines if line.kind == "title")


def gap_features(texts: Sequence[str], lines: Sequence[Line]) -> Floats:
    """One row a paragraph: what speaks for and against a section that begins with it (columns: `GAP_FEATURES`)."""
    styles = same_style_headings(lines)
    body_marks = Counter(line.mark for line in lines if line.kind == "body")
    titled = bool(lines) and lines[0].kind == "title" and styles[lines[0].mark] > 1
    leading = {mark for mark, count in styles.items() if count > 1}
    rows = []
    for i, (text, line) in enumerate(zip(texts, lines, strict=True)):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        title = line.kind == "title"
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
                body and before is not None and before.kind == "title",
                line.kind == "caption",
                line.kind in ("byline", "notice"),
                before is not None and before.closes,
                before is not None and before.kind == "notice",
                line.opens,
                body and _TIME.search(text[:30]) is not None,
                body and _BACK.match(text) is not None,
                body and text[:1] in tuple("“「『\"'"),
                body * min(len(text) / 200, 1.5),
                min(len(texts[i - 1]) / 200, 1.5) if i else 0.0,
            )
        )
    return np.asarray(rows, np.float32).reshape(len(rows), len(GAP_FEATURES))


def pair_features(texts: Sequence[str], lines: Sequence[Line], vectors: Floats) -> Floats:
    """How alike paragraphs `i` and `i + d` are, at `[i, d - 1]`, for `d` up to `BAND`.

    The last axis holds `PAIR_FEATURES` for each of the ranges of `DISTANCES`, all scaled by how much the pair says.
    """
    count = len(texts)
    content = np.array([line.kind not in ("byline", "notice") for line in lines], np.float32)
    weight = content * np.sqrt(np.minimum(np.array([len(t) for t in texts], np.float32) / FULL_LENGTH, 1))
    centred = unit(vectors - (weight @ vectors) / max(float(weight.sum()), 1.0))
    words = shared_words(texts)
    features = np.zeros((count, BAND, len(DISTANCES), len(PAIR_FEATURES)), np.float32)
    for distance in range(1, min(BAND, count - 1) + 1):
        near, far = slice(0, count - distance), slice(distance, count)
        alike = np.stack(
            [
                np.ones(count - distance, np.float32),
                np.einsum("ij,ij->i", vectors[near], vectors[far]),
                np.einsum("ij,ij->i", centred[near], centred[far]),
                words[near, distance - 1],
            ],
            axis=1,
        )
        bucket = sum(distance >= start for start in DISTANCES) - 1
        features[near, distance - 1, bucket] = alike * (weight[near] * weight[far])[:, None]
    return features.reshape(count, BAND, -1)


def shared_words(texts: Sequence[str]) -> Floats:
    """How many words (English words, numbers, pairs of Chinese characters) nearby paragraphs share, rare ones first.

    The cosine of paragraphs `i` and `i + d` is at `[i, d - 1]`.
    """
    count = len(texts)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        for term in _terms(text):
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


def _terms(text: str) -> dict[str, None]:
    """The words of a text, each once, in order (a set would change the last digits of the sums from run to run)."""
    terms: dict[str, None] = {}
    for match in _TERM.finditer(text):
        run = match.group()
        if run[0].isascii():
            terms[run.lower()] = None
        else:
            terms.update(dict.fromkeys(a + b for a, b in pairwise(run)))
    return terms
