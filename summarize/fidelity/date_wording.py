"""Words around dates that small models get wrong: 12月3日晚 as "On December 3", 今年8月 as "On August this year".

And 6月底 as "was put into use late June", without "in".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.arrival import arrivals
from summarize.grounding.english_numbers import MONTHS
from summarize.grounding.item import Item

_WORDS = "morning|afternoon|evening|night|noon|dawn|midday|midnight|small hours"
_PART = re.compile(rf"the (?:early |late )?(?:{_WORDS}) of ")
_TOLD_BEFORE = re.compile(rf"\b(?:{_WORDS}|overnight|[ap]\.?m)\b[^.;!?]*$", re.IGNORECASE)
_TOLD_AFTER = re.compile(
    rf"(?:, \d{{4}})?(?:,? (?:in|at|around|about|early|late|shortly)\b[^.;!?]{{0,24}}|\s)"
    rf"\b(?:{_WORDS}|[ap]\.?m|\d\d?:\d\d)",
    re.IGNORECASE,
)
_ON = re.compile(r"\bon $", re.IGNORECASE)
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)})\b(?! \d\d?\b)", re.IGNORECASE)
# What happens in a month; after other words a part of a month may be what they speak of.
_WITHOUT_IN = re.compile(
    r"\b(?:began|begun|held|built|came|(?:open|launch|complet|finish|start|end|establish|found|releas|arriv|return|"
    r"install|deliver|sign|approv|publish|us)e?d|into (?:use|operation|service|effect)|place|effect|to traffic)"
    r" (?P<part>(?:early|late) |mid-|(?P<end>the end of ))$"
)


def correct_dates(target: str, items: Sequence[Item]) -> str:
    """The target with the part of the day after "on" where a date arrived without it, and (parts of) months after "in".

    Args:
        target: English of a passage.
        items: what the passage says for certain.
    """
    dates = [item for item in items if item.kind == "date" and item.renderings]
    for item, (start, end) in sorted(arrivals(dates, target)[0], key=lambda row: -row[1][0]):
        before, after = target[:start], target[start:]
        if _MONTH.match(after) and (bare := _WITHOUT_IN.search(before)):
            target = f"{before[: bare.start('part')]}{'at' if bare['end'] else 'in'} {bare['part']}{after}"
        if not _ON.search(before):
            continue
        part = _PART.match(item.renderings[0])
        if part and not _TOLD_BEFORE.search(before) and not _TOLD_AFTER.match(target, end):
            target = before + part[0] + after
        elif _MONTH.match(item.renderings[0]) and _MONTH.match(after):
            target = f"{before[:-3]}{'In' if before[-3] == 'O' else 'in'} {after}"
    return target
