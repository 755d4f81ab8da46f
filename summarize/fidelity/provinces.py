"""Whether a province was put in another's place: 江苏省南京市 is not "Nanjing, Zhejiang Province".

A province may go without saying, and a translator may add one, so only one instead of another is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from summarize.fidelity.wording import Place
from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.traditional import simplify


def other_provinces(source: str, target: str, items: Sequence[Item]) -> list[Place]:
    """Where the English names a province that nothing in the Chinese names, while it leaves out one that is named."""
    source = simplify(source)
    provinces = _provinces()
    left_out = [zh for en, zh in provinces.items() if zh in source and not re.search(rf"\b{en}\b", target)]
    if not left_out:
        return []
    known = " ".join(rendering for item in items for rendering in item.renderings)
    return [
        match.span()
        for en, zh in provinces.items()
        if zh not in source and en not in known
        for match in re.finditer(rf"\b{en}\b", target)
    ]


@cache
def _provinces() -> dict[str, str]:
    """The provinces and regions by their English; what is a city or an island too is left out."""
    return {
        division.english: division.specific
        for name, division in exonyms.divisions().items()
        if division.level == "province" and name.endswith(("省", "自治区")) and division.english != "Taiwan"
    }
