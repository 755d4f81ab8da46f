"""What a passage says for certain: one item is a name, number, date or term with the English that counts as right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from summarize.grounding.quantity import Quantity

Kind = Literal["person", "place", "organisation", "number", "date", "time", "term", "slogan"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a passage that must arrive in its English.

    Attributes:
        kind: what it is.
        start: where it begins in the passage, in characters.
        end: where it ends, half-open.
        zh: the passage from `start` to `end`.
        renderings: the English that counts as right, the one to write first; empty if only a translator can know it
            (a foreign name spelled in Chinese that is in no list).
        quantity: of a number, what it says in its passage, for finding it in any spelling; None for numbers that name
            (telephones, documents) and for amounts that are spelled in few ways (三块二).
    """

    kind: Kind
    start: int
    end: int
    zh: str
    renderings: tuple[str, ...]
    quantity: Quantity | None = None

    @property
    def value(self) -> Decimal | None:
        """What a number counts to (三成: 0.3), the lower end of a range; None if that is not known."""
        return self.quantity.low if self.quantity else None


# Of equally long items that overlap, the surer kind is kept.
_SURER: tuple[Kind, ...] = ("date", "time", "number", "term", "organisation", "place", "person", "slogan")


def moved(item: Item, by: int) -> Item:
    """The item with its span so many characters further on."""
    return replace(item, start=item.start + by, end=item.end + by)


def items_within(items: Sequence[Item], start: int, end: int) -> list[Item]:
    """The items of a part of a passage, with offsets into it."""
    return [moved(item, -start) for item in items if item.start >= start and item.end <= end]


def without_overlap(items: Iterable[Item], first: Iterable[Item] = ()) -> list[Item]:
    """Of items that overlap the longest, of equally long ones one with English, then the surer kind; in order.

    Args:
        items: items of one passage.
        first: items that are kept whatever overlaps them.
    """
    taken = list(first)
    for item in sorted(items, key=lambda item: (item.start - item.end, not item.renderings, _SURER.index(item.kind))):
        if all(item.end <= other.start or other.end <= item.start for other in taken):
            taken.append(item)
    return sorted(taken, key=lambda item: item.start)
