"""Numbers that stand at each other's names: 河湾村300户，柳荫村500户 as "Hewan has 500 households, Liuyin 300".

Both numbers and both names arrive then, so that nothing else of the check sees it. Only what leaves no doubt is told:
name and number, name and number in the Chinese, the names in the same order in the English, the numbers in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.fidelity.wording import Place, find_name
from summarize.grounding.english_numbers import read_english_numbers
from summarize.grounding.item import Item

_CLAUSE_END = re.compile("[，,；;。、]")
_SENTENCE_END = re.compile("[。！？!?；;]")
_PART_OF = re.compile(
    "其中|比|较|占|达到|增至|升至|降至|减少到"
)  # the second number is then not the second name's alone

_LATIN = re.compile(r"(?<![A-Za-z\d])[A-Za-z][A-Za-z&.'-]+(?:\s[A-Za-z][A-Za-z&.'-]+)*")

Arrived = tuple[Item, Place]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the Chinese, of what kind it is, and where it is in the English."""

    start: int
    end: int
    kind: str
    place: Place


def exchanged(source: str, target: str, arrived: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Pairs of numbers that changed places, with the place of the first in the English.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    rows = sorted(arrived, key=lambda row: row[0].start)
    numbers = [row for row in rows if row[0].kind == "number" and row[0].quantity]
    if len(numbers) < 2:
        return []
    names = [_Name(item.start, item.end, item.kind, place) for item, place in rows if item.kind != "number"]
    names = sorted([*names, *_latin_names(source, target, [item for item, _ in rows])], key=lambda name: name.start)
    found = []
    for first, second in pairwise(numbers):
        if not (_alike(first[0], second[0]) and _is_said_once(first, target) and _is_said_once(second, target)):
            continue
        own = _names_of(source, names, first[0], second[0])
        if own and _cross(own[0].place, own[1].place, first[1], second[1]):
            found.append((first[0], second[0], first[1]))
    return found


def _latin_names(source: str, target: str, items: Sequence[Item]) -> list[_Name]:
    """Names that the Chinese has in Latin letters, beside the items, where both texts have them once."""
    found = []
    for match in _LATIN.finditer(source):
        start, end = match.span()
        places = find_name(match[0], target)
        if len(places) == source.count(match[0]) == 1 and all(end <= i.start or i.end <= start for i in items):
            found.append(_Name(start, end, "latin", places[0]))
    return found


def _alike(first: Item, second: Item) -> bool:
    """Whether two numbers count the same, so that one could stand for the other."""
    one, other = first.quantity, second.quantity
    return one is not None and other is not None and (one.form, one.unit) == (other.form, other.unit) and one != other


def _is_said_once(row: Arrived, target: str) -> bool:
    start, end = row[1]
    here = [number for number in read_english_numbers(target) if number.start < end and start < number.end]
    values = {number.value for number in here}
    return sum(number.value in values for number in read_english_numbers(target)) == len(here) == 1


def _names_of(source: str, names: Sequence[_Name], first: Item, second: Item) -> tuple[_Name, _Name] | None:
    """The name before each of two numbers, if each has one of its own in its clause."""
    before = [name for name in names if name.end <= first.start]
    between = [name for name in names if first.end <= name.start and name.end <= second.start]
    if not before or len(between) != 1:
        return None
    one, other = before[-1], between[0]
    joined = not _SENTENCE_END.search(source, one.end, first.start) and not _CLAUSE_END.search(
        source, other.end, second.start
    )
    apart = _CLAUSE_END.search(source, first.end, other.start)
    if one.kind != other.kind or not joined or not apart or _PART_OF.search(source, first.end, second.start):
        return None
    return one, other


def _cross(one: Place, other: Place, first: Place, second: Place) -> bool:
    """Whether the names stand in their order and the numbers in the other, each at a name."""
    return one < second < other < first or second < one < first < other
