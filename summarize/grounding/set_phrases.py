"""Set phrases, whose pieces are no names, numbers or terms: 龙口夺粮 is of no Longkou, 三天打鱼 of no three days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item

_KEY = 2  # characters that the shortest of them has, by which they are looked for


def set_phrases(text: str) -> list[tuple[int, int]]:
    """Where set phrases stand in a text in simplified characters."""
    return [
        (start, start + len(phrase))
        for start in range(len(text) - _KEY + 1)
        for phrase in phrases_at(text, start, _phrases())
    ]


def outside_set_phrases(text: str, items: Iterable[Item]) -> list[Item]:
    """The items of a text in simplified characters but those that are, or touch, a piece of a set phrase.

    What is longer than the phrase holds it, and the phrase itself may be a term.
    """
    phrases = set_phrases(text)
    return [item for item in items if not any(_is_piece(item, *phrase) for phrase in phrases)]


def _is_piece(item: Item, start: int, end: int) -> bool:
    if item.end <= start or end <= item.start:
        return False
    holds = item.start <= start and end <= item.end
    return not (holds and (item.kind in ("term", "slogan") or len(item.zh) > end - start))


def phrases_at(text: str, position: int, index: Mapping[str, list[str]]) -> list[str]:
    """The phrases that begin at a place of a text, the longest first.

    Args:
        text: in simplified characters.
        position: where.
        index: the phrases, as `by_beginning` orders them.
    """
    return [phrase for phrase in index.get(text[position : position + _KEY], ()) if text.startswith(phrase, position)]


def by_beginning(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Phrases by their first characters, the longest first."""
    index: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        index.setdefault(phrase[:_KEY], []).append(phrase)
    return index


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    return by_beginning(exonyms.everyday("set phrase"))
