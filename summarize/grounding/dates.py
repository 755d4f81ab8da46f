"""Dates and times of day in a Chinese passage: 2023年11月2日, 今年7月, 上世纪80年代, 周三晚上8点, 农历正月初五."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from summarize.grounding.date_pattern import MOMENT, PARTS, WEEKDAYS
from summarize.grounding.date_reading import first_hour, is_early, read_moment
from summarize.grounding.item import Item, Kind
from summarize.grounding.moment import Moment, in_same_part, is_afternoon, write_days, write_moments
from summarize.grounding.numerals import fold

_JOIN = re.compile(r"\s?(?:至|到|--?|–|—|——|~|直到|延续到)\s?")
_AND = re.compile("[、和及]")
# 每周一、三、五晚上: days after the first that do without their 周.
_SHORT_DAY = re.compile(
    "、(?P<day>[一二三四五六日])(?:(?P<part>早上|上午|中午|下午|傍晚|晚上|晚|夜间)|(?=[、，。；！？）),;!?开休赶到去举固定]|$))"
)
_ONE_OF_TWO = re.compile(r" ([ap]\.m\.|o'clock) to (?=\d+ \1)(.)")  # 7 or 8 a.m., for 早上七八点
_ABOUT = re.compile(r"许(?![多可诺愿])|左右|(?P<after>多)")  # 2时许, 7点多


def find_dates(text: str) -> list[Item]:
    """The dates (kind "date") and the times of day without a date (kind "time") of a Chinese passage, in order.

    A date, the part of the day and the clock time after it are one item, and so is a range (3月至5月). Words that only
    point ("today", "recently") and festivals are not items; how long something takes is a number (see `numbers`).
    """
    folded = fold(text)
    found = _with_context(_find_moments(folded))
    items: list[Item] = []
    index = end = 0

    def goes_on() -> bool:
        """Whether what was read so far is the beginning of a range."""
        return index < len(found) and _JOIN.fullmatch(folded, end, found[index][0]) is not None

    while index < len(found):
        start, end, first = found[index]
        days = _listed_days(folded, found, index)
        index += len(days) or 1
        second = closing = None
        either = not days and index < len(found) and found[index][0] == end and first.hour is not None
        if days:
            end = found[index - 1][1]
        elif either or goes_on():
            _, end, second = found[index]
            index += 1
        if (days or (second and _opens(first, second))) and goes_on():
            _, end, closing = found[index]
            index += 1
        kind: Kind = "time" if _is_time_only(first) else "date"
        english = write_days(days, closing) if days else write_moments(first, second, closing)
        if either:
            of_two = [_ONE_OF_TWO.sub(r" or \2", form) for form in english if _ONE_OF_TWO.search(form)]
            english = (*of_two, *english)
        if not days and second is None and first.hour is not None and (about := _ABOUT.match(folded, end)):
            end = about.end()
            word = "shortly after" if about["after"] else "around"
            english = (*(f"{word} {each}" for each in english), *english)
        if kind == "time" and not first.part and is_early(folded, start, end):
            start -= len("不到")
            english = tuple(f"before {each}" for each in english)
        items.append(Item(kind, start, end, text[start:end], english))
    return items


def _listed_days(text: str, found: Sequence[tuple[int, int, Moment]], first: int) -> list[Moment]:
    """Several days of the week of which the last says a time for all (每周二、周四上午8:00) or is short (周一、三)."""
    days: list[Moment] = []
    position, short = found[first][0], False
    for start, end, moment in islice(found, first, None):
        joined = not days or _AND.fullmatch(text, position, start)
        if not (moment.weekday and joined):
            break
        days.append(moment)
        position = end
        short = short or _SHORT_DAY.match(text, start - 1) is not None
        if moment.hour is not None:
            return days if len(days) > 1 else []
    return days if short else []


def _opens(first: Moment, second: Moment) -> bool:
    """Whether two days are a range that an opening time ends: 周一至周五9:00, before 至17:00."""
    return bool(first.weekday and second.weekday and first.hour is None and second.hour is not None)


def read_date(zh: str) -> list[Moment]:
    """The one or two moments that the Chinese of a date item says; empty if it is none."""
    moments = [moment for _, _, moment in _find_moments(fold(zh))]
    return moments[:1] + [in_same_part(first, second) for first, second in pairwise(moments)]


def _with_context(found: Iterable[tuple[int, int, Moment]]) -> list[tuple[int, int, Moment]]:
    """What was found; after a time of the afternoon or evening a later hour may be one too: 下午2时出发，3时到达."""
    moments: list[tuple[int, int, Moment]] = []
    after_noon = False
    for start, end, moment in found:
        after_noon = after_noon or bool(moment.part and is_afternoon(moment))
        if after_noon and moment.clock == "时" and not moment.part and (moment.hour or 0) < 12:
            moment = replace(moment, clock="点")
        moments.append((start, end, moment))
    return moments


def _is_time_only(moment: Moment) -> bool:
    return moment.hour is not None and not (moment.day or moment.month or moment.year or moment.weekday)


def _find_moments(text: str) -> Iterator[tuple[int, int, Moment]]:
    position = 0
    while match := MOMENT.search(text, position):
        if match.end() == match.start():
            position = match.end() + 1
            continue
        moment, end = read_moment(match, text)
        if moment is None:
            position = match.start() + 1
            continue
        start = match.start()
        if moment.hour is not None and (opening := first_hour(match)):
            hour, start = opening
            yield match.start(), start, replace(moment, hour=hour)
            moment = Moment(hour=moment.hour, minute=moment.minute, clock=moment.clock)
        yield start, match.start() + len(text[match.start() : end].rstrip()), moment
        position = end
        while moment.weekday and moment.hour is None and (further := _SHORT_DAY.match(text, position)):
            part = PARTS.get(further["part"] or "", "")
            yield further.start("day"), further.end(), Moment(weekday=WEEKDAYS[further["day"]], part=part)
            position = further.end()
