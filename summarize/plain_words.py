"""Idioms and words of everyday speech in plain ones: 两头不耽误 as 两件事都能兼顾.

Small models take them word by word ("two heads don't miss"). The plain words are for the model to read; the check does
not ask for them, as it does for terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from summarize.grounding.exonyms import rows
from summarize.traditional import simplify

_KEY = 2  # characters that the shortest of them has, by which they are looked for


def find_words(text: str) -> Iterator[tuple[int, int, str]]:
    """What a text has of such words, without overlap: start, end and the plain words for it.

    Those in titles (《》) are left out. Of two that begin together the longer counts.

    Args:
        text: Chinese, in simplified or traditional characters.
    """
    words = _words()
    plain = simplify(text)
    position = 0
    while position < len(plain):
        for zh, meaning in words.get(plain[position : position + _KEY], ()):
            if plain.startswith(zh, position) and not _in_title(plain, position):
                yield position, position + len(zh), meaning
                position += len(zh)
                break
        else:
            position += 1


def _in_title(text: str, position: int) -> bool:
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[str, str]]]:
    """Words and what they mean, by their first characters; long ones first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for words, meaning in rows("plain_words.tsv", "summarize"):
        for zh in words.split(","):
            found.setdefault(zh[:_KEY], []).append((zh, meaning))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found
