"""What `summarize.segmentation` is compared with: each takes paragraphs and says which of them begin a section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from summarize.segmentation.roles import read_line

Segmenter = Callable[[list[str], int], list[int]]  # paragraphs, true number of sections -> starts


def one_section(paragraphs: list[str], true_sections: int) -> list[int]:
    return [0]


def every_title_line(paragraphs: list[str], true_sections: int) -> list[int]:
    return [i for i, text in enumerate(paragraphs) if i == 0 or read_line(text).kind == "title"]


def uniform_with_true_count(paragraphs: list[str], true_sections: int) -> list[int]:
    return [round(i * len(paragraphs) / true_sections) for i in range(true_sections)]


@cache
def _words(text: str) -> tuple[str, ...]:
    import jieba

    jieba.setLogLevel(60)
    return tuple(word for word in jieba.cut(text) if re.search(r"\w", word))


def texttiling(paragraphs: list[str], true_sections: int) -> list[int]:
    """Hearst's TextTiling as nltk has it, its settings; it reads Latin letters only, so words are coded."""
    from nltk.tokenize import TextTilingTokenizer

    codes: dict[str, str] = {}
    coded = []
    for text in paragraphs:
        words = [codes.setdefault(word, _letters(len(codes))) for word in _words(text)]
        coded.append(" ".join(words) or "x")
    joined = "\n\n".join(coded)
    try:
        tiles = TextTilingTokenizer(stopwords=[]).tokenize(joined)
    except ValueError:  # too short for it
        return [0]
    offsets = np.cumsum([0, *(len(text) + 2 for text in coded)])[:-1]
    ends = np.cumsum([len(tile) for tile in tiles])[:-1]
    return sorted({0, *(int(np.argmin(abs(offsets - end))) for end in ends)})


def _letters(number: int) -> str:
    word = ""
    while True:
        word = chr(ord("a") + number % 26) + word
        number = number // 26 - 1
        if number < 0:
            return "w" + word


def c99(paragraphs: list[str], true_sections: int) -> list[int]:
    """Choi's C99 over paragraphs: cosine of words, ranked in an 11 by 11 mask, split while the density rises enough."""
    count = len(paragraphs)
    bags = [Counter(_words(text)) for text in paragraphs]
    index = {word: i for i, word in enumerate(dict.fromkeys(word for bag in bags for word in bag))}
    table = np.zeros((count, max(len(index), 1)))
    for row, bag in enumerate(bags):
        for word, times in bag.items():
            table[row, index[word]] = times
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    likeness = table @ table.T
    ranks = np.zeros_like(likeness)
    for i in range(count):
        for j in range(count):
            mask = likeness[max(i - 5, 0) : i + 6, max(j - 5, 0) : j + 6]
            ranks[i, j] = (mask < likeness[i, j]).sum() / max(mask.size - 1, 1)
    sums = np.zeros((count + 1, count + 1))
    sums[1:, 1:] = ranks.cumsum(0).cumsum(1)

    def inside(a: int, b: int) -> float:
        return float(sums[b, b] - sums[a, b] - sums[b, a] + sums[a, a])

    def density(bounds: list[int]) -> float:
        pairs = list(pairwise(bounds))
        return sum(inside(a, b) for a, b in pairs) / sum((b - a) ** 2 for a, b in pairs)

    bounds, densities, added = [0, count], [], []
    densities.append(density(bounds))
    for _ in range(count - 1):
        best = max((i for i in range(1, count) if i not in bounds), key=lambda i: density(sorted([*bounds, i])))
        bounds = sorted([*bounds, best])
        densities.append(density(bounds))
        added.append(best)
    gains = np.diff(densities)
    if not len(gains):
        return [0]
    many = int((gains > gains.mean() + 1.2 * gains.std()).sum())
    return sorted([0, *added[:many]])


def language_model(name: str) -> Segmenter:
    """A causal model that reads the numbered paragraphs once and names those that begin a story."""
    from summarize.engines import Request, load_engine
    from summarize.store import resolve

    engine: Any = load_engine(resolve(name))
    instruction = (
        "下面是按段落编号的文章，可能由几条互不相关的新闻组成。写出每条新闻第一段的编号，用逗号隔开，只写数字。"
    )

    def by_language_model(paragraphs: list[str], true_sections: int) -> list[int]:
        text = "\n".join(f"{number}. {text[:80]}" for number, text in enumerate(paragraphs, 1))
        engine.submit("starts", Request("summarize", instruction, text, 120))
        answer = ""
        while engine.pending:
            for _, completion in engine.step():
                answer = completion.text
        numbers = {int(found) - 1 for found in re.findall(r"\d+", answer)}
        return sorted({0} | {i for i in numbers if 0 <= i < len(paragraphs)})

    return by_language_model
