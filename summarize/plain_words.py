"""Idioms, everyday speech and turns of phrase in plain words: 两头不耽误 as 两件事都能兼顾, 跑了三趟 as 去了三趟.

Small models take them word by word ("two heads don't miss", "ran five departments"). The plain words are for the model
to read; the check does not ask for them, as it does for terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarize.grounding.exonyms import rows
from summarize.grounding.item import Item
from summarize.grounding.set_phrases import by_beginning, phrases_at
from summarize.traditional import simplify

Edit = tuple[int, int, str]  # where a text is to be read in other words, and those

_NUMERAL = "[一二两三四五六七八九十百千万几\\d]"
_GROUP = re.compile(r"\\(\d)")


def plain_words(text: str, items: Sequence[Item]) -> list[Edit]:
    """What a text has of such words and turns, in order and without overlap, and what is to be read instead.

    What stands in titles (《》), or in part in an item, is left as it is. Of two words that begin together the longer
    counts.

    Args:
        text: Chinese, in simplified or traditional characters.
        items: what it says for certain.
    """
    plain = simplify(text)
    taken = [(item.start, item.end) for item in items]
    edits: list[Edit] = []
    for found in (*_words_in(plain), *_turns_in(plain)):
        if not any(start < b and a < end for a, b in taken for start, end, _ in found):
            edits += found
            taken += [(start, end) for start, end, _ in found]
    return sorted(edits)


def _words_in(text: str) -> Iterator[list[Edit]]:
    words = _words()
    position = 0
    while position < len(text):
        word = next(iter(phrases_at(text, position, _index())), "")
        if word and not _in_title(text, position):
            yield [(position, position + len(word), words[word])]
            position += len(word)
        else:
            position += 1


def _turns_in(text: str) -> Iterator[list[Edit]]:
    for pattern, plain in _turns():
        for match in pattern.finditer(text):
            if not _in_title(text, match.start()):
                yield _edits(match, plain)


def _edits(match: re.Match[str], plain: str) -> list[Edit]:
    """What changes of a match: all around its groups if they stay in their order, so that names in these stay whole."""
    words = _GROUP.split(plain)  # words, number of a group, words, …
    groups = [int(number) for number in words[1::2]]
    if groups != sorted(groups):
        return [(*match.span(), match.expand(plain))]
    ends = [match.start(), *(match.end(group) for group in groups)]
    starts = [*(match.start(group) for group in groups), match.end()]
    return [edit for edit in zip(ends, starts, words[::2], strict=True) if edit[0] < edit[1] or edit[2]]


def _in_title(text: str, position: int) -> bool:
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Words and what they mean."""
    return {zh: meaning for words, meaning in rows("plain_words.tsv", "summarize") for zh in words.split(",")}


@lru_cache(maxsize=1)
def _index() -> dict[str, list[str]]:
    return by_beginning(_words())


@lru_cache(maxsize=1)
def _turns() -> list[tuple[re.Pattern[str], str]]:
    """Turns of phrase and how they are said plainly."""
    table = rows("turns_of_phrase.tsv", "summarize")
    return [(re.compile(pattern.replace("{N}", _NUMERAL)), plain) for pattern, plain, _ in table]
