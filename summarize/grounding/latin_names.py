"""Names that the article itself gives in Latin letters, in brackets: 基思·布朗（Keith Brown）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding.item import Item

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]+"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|al|el|la|le|ten|dos|do|du)"
_BRACKETS = re.compile(rf"\s?[（(]\s?(?P<name>{_WORD}(?:\s(?:{_PARTICLE}\s)*(?:{_WORD}|[A-Z]\.?))+)\s?[）)]")
_SEPARATOR = re.compile("[·•・‧]")
_SURNAME_FIRST = frozenset(
    (
        "Kim",
        "Lee",
        "Park",
        "Choi",
        "Jung",
        "Moon",
        "Yoon",
        "Nguyen",
        "Tran",
        "Pham",
        "Abe",
        "Mao",
        "Li",
        "Wang",
        "Zhang",
    )
)


def given_in_latin(text: str, end: int) -> tuple[str, int] | None:
    """The name of two words or more in brackets after a name that ends at `end`, and where its brackets end."""
    match = _BRACKETS.match(text, end)
    if match is None or re.search(r"\b[A-Z]{3,}\b", match["name"]):
        return None  # (BBC News) is no person
    return match["name"], match.end()


def name_in_latin(texts: Sequence[str], found: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The items with the people of an article spelled as it spells them, wherever they stand in it.

    Args:
        texts: the passages.
        found: the items of each; who is given a name once, by the whole name or by its last part, has it everywhere.
    """
    given: dict[str, set[str]] = {}
    kept: list[list[Item]] = []
    for text, items in zip(texts, found, strict=True):
        brackets = (0, 0)  # of the last such name: names inside it are the same person
        kept.append([])
        for item in items:
            if brackets[0] <= item.start < brackets[1]:
                continue
            kept[-1].append(item)
            latin = given_in_latin(text, item.end) if item.kind == "person" else None
            if latin is not None:
                brackets = (item.end, latin[1])
                if item.renderings[:1] != (latin[0],):
                    for part in {item.zh, _SEPARATOR.split(item.zh)[-1]}:
                        given.setdefault(part, set()).add(latin[0])
    return [[_spelled(text, item, given) for item in items] for text, items in zip(texts, kept, strict=True)]


def _spelled(text: str, item: Item, given: dict[str, set[str]]) -> Item:
    """The person as the brackets have it; elsewhere by the surname, where the Chinese has no more than that."""
    names = sorted(given.get(item.zh, ())) if item.kind == "person" else []
    if not names:
        return item
    latin = given_in_latin(text, item.end)
    surnames = {name.split()[0 if name.split()[0] in _SURNAME_FIRST else -1] for name in names}
    whole = [latin[0]] if latin else names if len(names) == 1 else []  # who of two is meant, only brackets say
    short = [] if _SEPARATOR.search(item.zh) or len(surnames) > 1 else list(surnames)
    first = [*whole, *short] if latin or any(name.split()[0] in _SURNAME_FIRST for name in names) else [*short, *whole]
    return replace(item, renderings=tuple(dict.fromkeys([*first, *item.renderings])))
