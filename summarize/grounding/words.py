"""The words of a passage: those of the tagger, but names that it joins (孟加拉国达卡) cut where they meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.tagger import Token, tag

_NAMES = ("LOC", "PER", "ORG", "nz")
_MORE = 3  # words after a country that the name of its city may be cut into: 印度加尔/各/答


def words_of(text: str) -> list[Token]:
    """The tagged words of a text in simplified characters and Chinese marks."""
    tokens, words = tag(text), []
    index = 0
    while index < len(tokens):
        parts, index = _parted(text, tokens, index)
        words += parts
    return words


def _parted(text: str, tokens: Sequence[Token], index: int) -> tuple[list[Token], int]:
    """A word, as a foreign place and what stands in it if it begins with both, and the index of the next word."""
    token = tokens[index]
    if token.tag in _NAMES and len(token.text) > 2 and not _tag_of(token.text):
        for middle in _ends_of_places(text, token):
            for last in range(min(len(tokens), index + _MORE) - 1, index - 1, -1):
                end = tokens[last].end
                if end - middle > 1 and (rest := _tag_of(text[middle:end])):
                    place = replace(token, end=middle, text=text[token.start : middle], tag="LOC")
                    return [place, Token(middle, end, text[middle:end], rest)], last + 1
    return [token], index + 1


def _ends_of_places(text: str, token: Token) -> Iterator[int]:
    """Where the foreign places end that a word begins with, the longest first."""
    ends = range(token.end - 1, token.start + 1, -1)
    return (end for end in ends if text[token.start : end] in exonyms.foreign_places())


def _tag_of(name: str) -> str:
    """What a name of the tables is, "" if it is in none."""
    city = name[:-1] if name[-1] in "市州省" and len(name) > 3 else name
    if name in exonyms.foreign_places() or city in exonyms.foreign_places():
        return "LOC"
    return "ORG" if name in exonyms.organisations() else ""
