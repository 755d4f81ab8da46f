"""Names that the article itself gives in Latin letters, in brackets: 基思·布朗（Keith Brown）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding.item import Item
from summarize.grounding.origin import name_parts

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]+"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|al|el|la|le|ten|dos|do|du)"
_BRACKETS = re.compile(rf"\s?[（(]\s?(?P<name>{_WORD}(?:\s(?:{_PARTICLE}\s)*(?:{_WORD}|[A-Z]\.?))+)\s?[）)]")
_SURNAME_FIRST = frozenset((
    "Kim", "Lee", "Park", "Choi", "Jung", "Moon", "Yoon", "Nguyen", "Tran", "Pham", "Abe", "Mao", "Li", "Wang", "Zhang",
))  # fmt: skip


def given_in_latin(text: str, end: int) -> tuple[str, int] | None:
    """The name of two words or more in brackets after a name that ends at `end`, and where its brackets end."""
    match = _BRACKETS.match(text, end)
    if match is None or re.search(r"\b[A-Z]{3,}\b", match["name"]):
        return None  # (BBC News) is no person
    return match["name"], match.end()


def names_given(texts: Sequence[str], found: Sequence[Sequence[Item]]) -> dict[str, set[str]]:
    """The Latin names that an article gives its people: by the whole Chinese name and by its last part.

    Args:
        texts: the passages.
        found: the items of each. Who is given the spelling that the item has anyway is left out.
    """
    given: dict[str, set[str]] = {}
    for text, items in zip(texts, found, strict=True):
        for item in items:
            latin = given_in_latin(text, item.end) if item.kind == "person" else None
            if latin is not None and item.renderings[:1] != (latin[0],):
                for part in {item.zh, name_parts(item.zh)[-1]}:
                    given.setdefault(part, set()).add(latin[0])
    return given


def spell_as_given(text: str, items: Sequence[Item], given: dict[str, set[str]]) -> list[Item]:
    """The items with the people as the article spells them; what was found inside the brackets is the same person."""
    spelled: list[Item] = []
    brackets = (0, 0)
    for item in items:
        if brackets[0] <= item.start < brackets[1]:
            continue
        latin = given_in_latin(text, item.end) if item.kind == "person" else None
        if latin is not None:
            brackets = (item.end, latin[1])
        if item.kind == "person" and item.zh in given:
            forms = spellings(item.zh, given[item.zh], latin[0] if latin else "")
            item = replace(item, renderings=tuple(dict.fromkeys([*forms, *item.renderings])))
        spelled.append(item)
    return spelled


def spellings(zh: str, names: set[str], here: str = "") -> tuple[str, ...]:
    """How to call a person: as the brackets `here` have it, elsewhere by the surname if `zh` is no more than that."""
    surname_first = any(name.split()[0] in _SURNAME_FIRST for name in names)
    surnames = {name.split()[0 if name.split()[0] in _SURNAME_FIRST else -1] for name in names}
    whole = [here] if here else sorted(names) if len(names) == 1 else []  # who of two is meant, only brackets say
    short = [] if len(name_parts(zh)) > 1 or len(surnames) > 1 else sorted(surnames)
    return tuple([*whole, *short] if here or surname_first else [*short, *whole])
