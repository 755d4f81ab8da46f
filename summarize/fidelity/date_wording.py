"""Words around dates that small models get wrong: 12月3日晚 as "On December 3", 今年8月 as "On August this year".

And 6月底 as "was put into use late June", without "in"; 除夕 as "New Year's Eve", which is another day.
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

_EVES = ("除夕", "大年三十")
_OTHER_EVE = re.compile(r"(?<!Chinese )(?<!Lunar )(?<!Tibetan )\bNew Year['’]s Eve\b")
# Human translators keep "around" 16 times of 17: that it is lost is put right, and no finding.
_CLOCK = re.compile(r"(?:\b\d{1,2}(?::[0-5]\d)?\s?(?:[ap]\.?m\b\.?|o['’]clock)|\b(?:noon|midnight)\b)", re.IGNORECASE)
_PAST_THE_CLOCK = 5  # characters: the place of a time may end before its "p.m."
_ABOUT_A_TIME = re.compile(
    r"\b(?:about|around|some|approx\w*|roughly|nearly|almost|close|near|circa|or so|shortly|just|early|late|before|"
    r"after|past|by|between|estimated|half|towards?)\b|[a-z]ish\b|[~≈]",
    re.IGNORECASE,
)
_REACH = 48  # characters beside a time in which such a word is looked for


def correct_dates(target: str, items: Sequence[Item]) -> str:
    """The target with the part of the day after "on" where a date arrived without it, and (parts of) months after "in".

    Args:
        target: English of a passage.
        items: what the passage says for certain.
    """
    eves = [item.renderings[0] for item in items if item.zh in _EVES and item.renderings]
    if eves:
        target = _OTHER_EVE.sub(eves[0], target)
    dates = [item for item in items if item.kind == "date" and item.renderings]
    target = _around_times(target, [item for item in items if item.kind in ("date", "time")])
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


def _around_times(target: str, items: Sequence[Item]) -> str:
    """The target with "around" before the hours that arrived without it."""
    around = [item for item in items if item.renderings and item.renderings[0].startswith("around ")]
    for _, (start, end) in sorted(arrivals(around, target)[0], key=lambda row: -row[1][0]):
        clocks = list(_CLOCK.finditer(target, start, end + _PAST_THE_CLOCK))
        near = target[max(0, start - _REACH) : end + _REACH]
        if len(clocks) == 1 and clocks[0].start() and not _ABOUT_A_TIME.search(near):
            target = f"{target[: clocks[0].start()]}around {target[clocks[0].start() :]}"
    return target
