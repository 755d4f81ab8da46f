"""Whether households became people, or people households: 217户 is not "217 people".

The number arrives in both cases, so that nothing else of the check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.wording import Place
from summarize.grounding.english_numbers import read_english_numbers
from summarize.grounding.item import Item
from summarize.traditional import simplify

_COUNTS_HOUSEHOLDS = re.compile("[余多]?户(?![籍口外主均])")
_COUNTS_PEOPLE = re.compile("[余多]?(?:人(?![次均家民工])|名(?!次))")
_HOUSEHOLDS = re.compile(r"\s+(?:[a-z-]+ ){0,3}(?:households?|famil(?:y|ies)|homes)\b")
_PEOPLE = re.compile(r"\s+(?:[a-z-]+ )?(?:people|persons|residents|villagers)\b")


def miscounted(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place]]:
    """The numbers of one of them with the other in the English, and where it is.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    text = simplify(source)
    found = []
    for item, _ in arrived:
        if item.kind != "number" or item.value is None:
            continue
        end = item.end - item.zh.endswith(("户", "戶", "人", "名"))
        if _COUNTS_HOUSEHOLDS.match(text, end):
            right, wrong = _HOUSEHOLDS, _PEOPLE
        elif _COUNTS_PEOPLE.match(text, end):
            right, wrong = _PEOPLE, _HOUSEHOLDS
        else:
            continue
        there = [number for number in read_english_numbers(target) if number.value == item.value and not number.date]
        strange = [(number.start, match.end()) for number in there if (match := wrong.match(target, number.end))]
        if strange and not any(right.match(target, number.end) for number in there):
            found.append((item, strange[0]))
    return found
