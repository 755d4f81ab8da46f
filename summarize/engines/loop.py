"""An answer that says the same again is stopped there: small models go on like that up to their limit."""

from __future__ import annotations

LOOP = 32  # tokens; the English of the longest names, which may well stand twice in a passage, has some 25


def is_loop(ids: list[int]) -> bool:
    """Whether the last `LOOP` tokens of an answer already stand before them, or overlap with themselves."""
    if len(ids) <= LOOP:
        return False
    again, place = ids[-LOOP:], LOOP - 2
    while (place := ids.index(ids[-1], place + 1)) < len(ids) - 1:  # asked after each token: list.index is quick
        if ids[place + 1 - LOOP : place + 1] == again:
            return True
    return False


def said_before_loop(ids: list[int]) -> list[int]:
    """An answer that ends in a loop, up to where it begins to say the same again."""
    return ids[:-LOOP]
