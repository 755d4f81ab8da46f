"""What a passage says for certain: one item is a name, number, date or term with the English that counts as right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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
        value: of a number, what it counts to (180余万: 1800000; 三成: 0.3), for comparing it in any spelling.
    """

    kind: Kind
    start: int
    end: int
    zh: str
    renderings: tuple[str, ...]
    value: Decimal | None = None
