"""Whether 两 and 二, which English says in many ways or leaves out, became another number: 两个房间 as "three rooms".

Numbers up to twelve in words are no invention on their own: people sum up and count what is listed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from summarize.fidelity.wording import Place, overlaps
from summarize.grounding.arrival import find_quantity
from summarize.grounding.english_numbers import read_english_numbers
from summarize.grounding.item import Item

_TWO = re.compile("[二两兩]")
_OTHERS = frozenset(map(Decimal, (3, 4, 5, 8, 9, 10, 11)))  # 6, 7 and 12 are half a year, a week, a dozen
# 夫妻和两个孩子 are four.
_SUMMED = re.compile(
    "[和与與及、还還又另][^，。；]{0,4}[二两兩]|俩|倆|夫[妻妇婦]|[一双雙]对|双胞|父母|母[子女]|父[子女]|姐妹|兄弟"
)


def other_twos(
    source: str, target: str, items: Sequence[Item], claimed: Sequence[Place], known: Collection[Decimal]
) -> list[tuple[Item, Place]]:
    """The twos that did not arrive, each with a small number of the English that nothing in the Chinese accounts for.

    Args:
        source: a Chinese passage.
        target: its English.
        items: what the passage says for certain.
        claimed: the places of the English where items arrived.
        known: all numbers that the Chinese names.
    """
    twos = [item for item in items if item.kind == "number" and _TWO.fullmatch(item.zh)]
    if not twos or _SUMMED.search(source) or any(find_quantity(item, target) for item in twos):
        return []
    strangers = [
        (number.start, number.end)
        for number in read_english_numbers(target)
        if number.value in _OTHERS
        and number.value not in known
        and not (number.ordinal or number.date or number.percent)
        and not overlaps((number.start, number.end), claimed)
    ]
    return [(twos[0], strangers[0])] if len(strangers) == 1 else []
