"""All names of an article: people, places and organisations, each the same wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarize.grounding.item import Item
from summarize.grounding.organisations import find_organisations
from summarize.grounding.people import find_people
from summarize.grounding.places import find_places
from summarize.grounding.tagger import Token, tag
from summarize.grounding.traditional import simplify

_ORDER = {"organisation": 0, "person": 1, "place": 2}


def find_names(passages: Sequence[str]) -> list[list[Item]]:
    """The people, places and organisations of the passages of one article.

    Args:
        passages: all passages of one article, so that a name reads the same in each of them.

    Returns:
        For each passage its items in order, without overlap; offsets are into the passage as given, also where it is in
        traditional characters.
    """
    texts = [simplify(passage) for passage in passages]
    tagged = [tag(text) for text in texts]
    found = [_without_overlap(_all(text, tokens)) for text, tokens in zip(texts, tagged, strict=True)]
    people = _settled_people(found)
    return [
        _restore(passage, _complete(text, tokens, items, people))
        for passage, text, tokens, items in zip(passages, texts, tagged, found, strict=True)
    ]


def _all(text: str, tokens: Sequence[Token]) -> list[Item]:
    return [*find_organisations(text, tokens), *find_people(text, tokens), *find_places(text, tokens)]


def _without_overlap(items: Iterable[Item]) -> list[Item]:
    """The longest items first, of equally long ones those with English, then organisations, people, places."""
    taken: list[Item] = []
    for item in sorted(items, key=lambda i: (i.start - i.end, not i.renderings, _ORDER[i.kind])):
        if all(item.end <= other.start or other.end <= item.start for other in taken):
            taken.append(item)
    return sorted(taken, key=lambda item: item.start)


def _settled_people(found: Sequence[Sequence[Item]]) -> dict[str, tuple[str, ...]]:
    """One reading for each person: a name that is foreign at one place is foreign everywhere."""
    people: dict[str, tuple[str, ...]] = {}
    for item in (item for items in found for item in items if item.kind == "person"):
        if people.get(item.zh, item.renderings):
            people[item.zh] = item.renderings
    return people


def _complete(text: str, tokens: Sequence[Token], items: list[Item], people: dict[str, tuple[str, ...]]) -> list[Item]:
    """The items with settled readings, and the full names known from elsewhere that were missed here."""
    settled = [replace(i, renderings=people.get(i.zh, i.renderings)) if i.kind == "person" else i for i in items]
    starts = {token.start for token in tokens}
    for name, english in people.items():
        if len(name) < 3:
            continue
        position = text.find(name)
        while position >= 0:
            end = position + len(name)
            free = all(end <= i.start or i.end <= position for i in settled)
            if free and position in starts:
                settled.append(Item("person", position, end, name, english))
            position = text.find(name, end)
    return sorted(settled, key=lambda item: item.start)


def _restore(passage: str, items: Sequence[Item]) -> list[Item]:
    return [replace(item, zh=passage[item.start : item.end]) for item in items]
