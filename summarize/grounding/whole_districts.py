"""全区: the whole district or zone that a story is about, or the whole region where that is an autonomous one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding.item import Item, without_overlap

_WHOLE = re.compile("(?<![安健保完齐])全区(?![域间块别位])")
_REGIONS = re.compile(
    "广西|内蒙古|宁夏|西藏|新疆|自治区|南宁|柳州|桂林|梧州|防城港|钦州|贵港|玉林|百色|贺州|河池|来宾市|崇左|银川|石嘴山|吴忠|固原|中卫市|"
    "呼和浩特|包头|乌海|赤峰|通辽|鄂尔多斯|呼伦贝尔|巴彦淖尔|乌兰察布|拉萨|日喀则|昌都|林芝|那曲|乌鲁木齐|克拉玛依|吐鲁番|哈密"
)
_AREA = re.compile(r"\b(?P<kind>District|Zone|New Area)\b")
_REACH = 6  # passages before that may tell which is meant


def with_whole_districts(
    passages: Sequence[str], texts: Sequence[str], grounded: Sequence[Sequence[Item]]
) -> list[list[Item]]:
    """The items of the passages of an article with 全区 by the district, zone or region that is named last before it.

    Where a district of an autonomous region is named either may be meant, and none is told.

    Args:
        passages: all passages of one article.
        texts: the same in simplified characters.
        grounded: their items.
    """
    found: list[list[Item]] = []
    for index, items in enumerate(grounded):
        terms = []
        for match in _WHOLE.finditer(texts[index]):
            first = max(0, index - _REACH)
            of_region = any(_REGIONS.search(text) for text in texts[first : index + 1])
            before = [*grounded[first:index], [item for item in items if item.end <= match.start()]]
            kind = next((kind for each in reversed(before) if (kind := _last_area(each))), "")
            if kind != "" and of_region:
                continue
            if noun := "region" if of_region else kind:
                zh = passages[index][slice(*match.span())]
                terms.append(Item("term", *match.span(), zh, _english(noun)))
        found.append(without_overlap(terms, first=items))
    return found


def _last_area(items: Sequence[Item]) -> str:
    """What the last of the places and bodies is that are or are of a district or a zone, "" if none is."""
    named = (
        item for item in reversed(items) if item.kind in ("place", "organisation") and re.search("[区區]", item.zh)
    )
    kinds = (_AREA.search(item.renderings[0]) for item in named if item.renderings)
    return next((kind["kind"].lower() for kind in kinds if kind), "")


def _english(noun: str) -> tuple[str, ...]:
    forms = (f"the whole {noun}", f"the entire {noun}", f"the {noun}", f"{noun}-wide", f"{noun}wide")
    return (*forms, f"all over the {noun}", f"whole {noun}", f"entire {noun}")
