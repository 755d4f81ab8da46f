"""Whether a number, date or time of a Chinese passage is in its English, in whatever correct spelling."""

from __future__ import annotations

import re

from summarize.grounding.date_arrival import NO_DAY, OF_SERIES, Span, find_moment, joined
from summarize.grounding.dates import read_date
from summarize.grounding.item import Item
from summarize.grounding.number_arrival import find_number

_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")


def find_quantity(item: Item, english: str) -> Span | None:
    """Where a number, date or time arrived in the English of its passage; None if it did not.

    Digits or words, "30%" or "three in ten", "2 November" or "Nov. 2nd", "3:20 a.m." or "03:20" all count, and so do
    exact conversions (半年 "six months", 20年 "two decades", 100公里 "62 miles"). A right number with a wrong unit
    ("30 miles" for 30公里), a percent sign too many or the opposite bound ("nearly 3,000" for 3000多) does not.

    Args:
        item: an item of kind "number", "date" or "time"; of a date and a time the Chinese is read again.
        english: the whole English text of the passage.
    """
    if item.kind == "number":
        return find_number(item.quantity, english) if item.quantity else _find_rendering(item, english)
    spans = [find_moment(moment, english) for moment in read_date(item.zh)]
    found = [span for span in spans if span is not None]
    return joined(found) if found and len(found) == len(spans) else _find_rendering(item, english)


def _find_rendering(item: Item, english: str) -> Span | None:
    for rendering in item.renderings:
        after = "" if item.kind != "date" else NO_DAY if _ORDINAL.search(rendering) else f"(?!{OF_SERIES})"
        spelled = "[ -]?".join(rendering) if rendering.isdigit() else re.escape(rendering)
        match = re.search(rf"(?<![\w.]){spelled}(?![\w%]|[.,]\d){after}", english, re.IGNORECASE)
        if match:
            return match.span()
    return None
