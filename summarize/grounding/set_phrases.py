"""Set phrases, whose pieces are no names, numbers or terms: 龙口夺粮 is of no Longkou, 三天打鱼 of no three days."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item

_KEY = 2  # characters that the shortest of them has, by which they are looked for


def set_phrases(text: str) -> list[tuple[int, int]]:
    """Where set phrases stand in a text in simplified characters."""
    return [
        (start, start + len(phrase))
        for start in range(len(text) - _KEY + 1)
        for phrase in _phrases().get(text[start : start + _KEY], ())
        if text.startswith(phrase, start)
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


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    """The phrases by their first characters."""
    found: dict[str, list[str]] = {}
    for phrase in exonyms.everyday("set phrase"):
        found.setdefault(phrase[:_KEY], []).append(phrase)
    return found
