"""An answer that says the same again is stopped there: small models go on like that up to their limit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

LOOP = 32  # tokens; the English of the longest names, which may well stand twice in a passage, has some 25


def is_loop(ids: Sequence[int]) -> bool:
    """Whether the last `LOOP` tokens of an answer already stand before them, or overlap with themselves."""
    if len(ids) <= LOOP:
        return False
    last, again = ids[-1], ids[-LOOP:]
    ends = islice(ids, LOOP - 1, len(ids) - 1)
    return any(token == last and ids[end - LOOP : end] == again for end, token in enumerate(ends, LOOP))


def said_before_loop(ids: Sequence[int]) -> Sequence[int]:
    """An answer that ends in a loop, up to where it begins to say the same again."""
    return ids[:-LOOP]
