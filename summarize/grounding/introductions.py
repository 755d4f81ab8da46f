"""Widely known people as news introduces them: in full where a story names them first, then by their surname.

Chinese says 特朗普 every time. "Donald Trump" in each sentence reads like another person each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.origin import JAPANESE_SURNAMES, SEPARATORS, origin

_TITLED = re.compile("教皇|教宗|王妃|女王|国王|公主|王子|亲王|某")


def introduced_once(passages: Sequence[Sequence[Item]], headings: Sequence[bool]) -> list[list[Item]]:
    """The items of one story with the surname written first for people whom it has introduced, and in headings.

    Args:
        passages: the items of each passage of a story, in order.
        headings: whether each passage is a heading; one introduces nobody.
    """
    introduced: set[str] = set()
    written = []
    for items, heading in zip(passages, headings, strict=True):
        row = []
        for item in items:
            full = item.renderings[0] if item.kind == "person" and item.renderings else ""
            row.append(_by_surname(item) if full and (heading or full in introduced) else item)
            if not heading:
                introduced.add(full)
        written.append(row)
    return written


def _by_surname(item: Item) -> Item:
    """A person with the surname first, if there is one and the Chinese is no full name."""
    if not _is_surname(item.zh):
        return item
    full, *others = item.renderings
    surname = next((form for form in others if form in full.split() or full.endswith(f" {form}")), None)
    if surname is None:
        return item
    return replace(item, renderings=(surname, *(form for form in item.renderings if form != surname)))


def _is_surname(zh: str) -> bool:
    """Whether the Chinese of a foreigner is the surname alone: not 安倍晋三, 唐纳德·特朗普, 骆家辉 or 教皇方济各."""
    if (
        any(character in SEPARATORS for character in zh)
        or _TITLED.search(zh)
        or (JAPANESE_SURNAMES.match(zh) and len(zh) > 2)
    ):
        return False
    return zh in exonyms.western_names() or origin(zh) != "chinese"  # 马克龙 looks Chinese
