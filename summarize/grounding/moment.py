"""A moment that Chinese named, a date or a time of day, and how English writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.grounding.english_numbers import MONTHS, ORDINAL_OF, WORDS, ordinal

_MONTH = f"(?:{'|'.join(MONTHS)})"
_PREPOSITIONS = {  # the first that fits
    "From": re.compile(r"[\w ,.:]+ to "),
    "At": re.compile(r"(?:\d{1,2} or )?\d{1,2}(?::\d\d)? (?:[ap]\.m\.|o'clock)|\d{1,2}:\d\d|noon|midnight|the end of"),
    "On": re.compile(
        rf"(?:the (?:morning|afternoon|evening|night) of )?{_MONTH} \d{{1,2}}\b|[A-Z]\w+day\b|the \w+ day of"
    ),
    "In": re.compile(
        rf"(?:(?:early|late) |mid-)?{_MONTH}(?: \d{{4}})?$|(?:(?:early|late) |mid-)?\d{{4}}$|"
        r"the (?:early|late) \w+ (?:of|century)|the middle of|the \w+ (?:half|quarter)"
    ),
    "In the": re.compile(r"(?:\d{4}s and )?\d{4}s$"),
}

_NUMERALS = "\\d一二两三四五六七八九十半几"
_ORDER = {  # what stands after a date or a time; but 前三季度, 前来, 后卫
    "since": re.compile("以来"),
    "after": re.compile(f"以后|之后|过后|后(?![续方面来台代备勤卫场排{_NUMERALS}])"),
    "before": re.compile(f"以前|之前|前(?![提后夕往面期来去赴行方述列任{_NUMERALS}])"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What one date or time says; what it does not say is None or "".

    Attributes:
        relative: "last year", "this month", ...; "last" before a weekday.
        year: of the common era; of a decade its first year.
        month: 1 to 12, of the lunar calendar if `lunar`.
        day: of the month.
        weekday: "Monday", ...
        lunar: the month and day are of the traditional calendar.
        period: another stretch of time in English: "1990s", "third quarter", "late October".
        part: part of the day: "morning", "afternoon", "evening", "night", "early morning", "noon".
        hour: as written, 0 to 24 (下午3点 is 3).
        minute: 0 to 59; None if not said.
        clock: how the hour is written: "时", of 24 hours where no part of the day is said, "点" or ":".
    """

    relative: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: str = ""
    lunar: bool = False
    period: str = ""
    part: str = ""
    hour: int | None = None
    minute: int | None = None
    clock: str = ""


def write_moments(first: Moment, second: Moment | None = None, closing: Moment | None = None) -> tuple[str, ...]:
    """The English of a moment or of a range of two, the one to write first.

    With `closing`, a time, the range is of two days, and the time of the second is when their hours begin.
    """
    if second is None:
        return _one(first)
    if first.weekday and second.weekday and second.hour is not None and first.hour is None:
        days = f"{first.relative.removeprefix('every')} {first.weekday} to {second.weekday}".strip()
        return _opening(days, second, closing)
    second = in_same_part(first, second)
    if (
        first.hour is not None
        and second.hour is not None
        and not (second.day or second.relative or second.month or second.weekday)
    ):
        return _hours(first, second)
    if second.day and not second.month and first.month and (first.hour, second.hour, second.part) != (None, None, ""):
        second = replace(second, month=first.month)  # 3月8日8时至9日8时
        return (f"{_one(first)[0]} to {_one(second)[0]}",)
    if first.month and second.month and bool(first.day) == bool(second.day) and not (second.year or second.relative):
        return _months(first, second)
    if second.day and not second.month and first.month:
        plain, when = _day(replace(first, relative="", year=None)), _year(first)  # 今年7月1日至3日
        return tuple(f"{plain}{to}{second.day}{when}" for to in (" to ", "-"))
    if second.day and not second.month and first.relative and first.day and first.hour is None and second.hour is None:
        plain = f"the {ordinal(first.day)} to the {ordinal(second.day)}"  # 本月10至12日
        return (f"{plain} of {first.relative}", plain)
    if first.year and second.year and not first.month and not second.month:
        return (f"{_one(first)[0]} to {_one(second)[0]}", f"{_one(first)[0]}-{_one(second)[0]}")
    return (f"{_one(first)[0]} to {_one(second)[0]}",)


def in_same_part(first: Moment, second: Moment) -> Moment:
    """The second of two times with the part of the day that the first says for both: 上午9时至11时."""
    for_both = first.hour is not None and second.hour is not None and not (second.part or second.day or second.relative)
    return replace(second, part=first.part) if for_both else second


def write_days(days: Sequence[Moment], closing: Moment | None = None) -> tuple[str, ...]:
    """The English of several days of the week with the time of the last, if any, and the time to which that goes."""
    names = [day.weekday for day in days]
    listed = f"{days[0].relative} {', '.join(names[:-1])} and {names[-1]}".strip()
    if days[-1].hour is not None:
        return _opening(listed, days[-1], closing)
    part = days[-1].part
    return (f"{listed} {part}", f"{listed} {part}s") if part else (listed,)


def _opening(days: str, first: Moment, closing: Moment | None) -> tuple[str, ...]:
    """Days in English with the time that a moment says, or the hours from it to `closing`."""
    times = write_moments(_time(first), closing)
    return tuple(form for time in times for form in (f"{time}, {days}", f"{days}, {time}"))


def with_preposition(moment: str) -> str:
    """The English of a moment as a sentence may begin with it: On November 3, but last year."""
    return next((f"{word} {moment}" for word, form in _PREPOSITIONS.items() if form.match(moment)), moment)


def order_after(text: str, end: int) -> tuple[str, int]:
    """What goes before a date or a time that ends at `end` (八点以后 is "after" eight), and where its Chinese ends.

    "" and `end` if nothing does.
    """
    return next(((word, match.end()) for word, form in _ORDER.items() if (match := form.match(text, end))), ("", end))


def in_order(order: str, moment: str) -> str:
    """The English of a moment after "since", "after" or "before": before the 1990s, but so far this month."""
    if order == "since" and moment.startswith("this "):
        return f"so far {moment}"
    return f"{order} the {moment}" if re.fullmatch(r"(?:\d{4}s and )?\d{4}s", moment) else f"{order} {moment}"


def _hours(first: Moment, second: Moment) -> tuple[str, ...]:
    """A range of times, of the day that the first says: 10月1日10时至12时."""
    times = [f"{_clock(_time(first))[0]} to {_clock(second)[1 if second.hour == 24 else 0]}"]
    if is_afternoon(first) is None or (first.hour, second.hour) == (0, 24):  # 零时至24时
        ends = [f"{moment.hour}:{moment.minute or 0:02d}" for moment in (first, second)]
        times = [f"{ends[0]} to {ends[1]}", f"{ends[0]}-{ends[1]}", *times]
    day = _day(first)
    joint = " " if first.weekday or day == first.relative else " on "
    return tuple(f"{time}{joint}{day}" for time in times) if day else tuple(times)


def _time(moment: Moment) -> Moment:
    """The time of day of a moment, without its day."""
    return Moment(part=moment.part, hour=moment.hour, minute=moment.minute, clock=moment.clock)


def _months(first: Moment, second: Moment) -> tuple[str, ...]:
    """A range of which the first moment says the year for both: 今年1至9月, 2024年9月1日至10月8日."""
    when = _year(first)
    written = f"{_one(replace(first, relative='', year=None))[0]} to {_one(second)[0]}{when}"
    if first.month != 1 or first.day or not second.month or second.month == 12:
        return (written,)
    months = f"first {WORDS[second.month]} months"
    return (written, f"the {months} of {when.strip(', ')}", months) if when else (written, months)


def _year(moment: Moment) -> str:
    if moment.year:
        return f", {moment.year}" if moment.day else f" {moment.year}"
    return f" {moment.relative}" if moment.relative else ""


def _one(moment: Moment) -> tuple[str, ...]:
    day, variants = _day(moment), _day_variants(moment)
    if moment.hour is not None:
        time = _clock(moment)
        if not day:
            return time
        joint = " " if moment.weekday or not time[0] or day == moment.relative else " on "
        return tuple(f"{time[0]}{joint}{each}" for each in (day, *variants))
    if moment.part and day:
        if moment.weekday:
            early_or_late, _, part = moment.part.rpartition(" ")  # late Saturday night
            plain = f"{moment.relative} {moment.weekday} {part}".strip()
            return (f"{early_or_late} {plain}".strip(), f"{moment.part} of {day}")
        if moment.part in ("noon", "midnight"):
            return (f"{moment.part} on {day}",)
        if moment.part == "late night":
            return tuple(f"late at night on {each}" for each in (day, *variants))
        return tuple(f"the {moment.part} of {each}" for each in (day, *variants))
    return (day, *variants)


def _day(moment: Moment) -> str:
    if moment.weekday:
        return f"{moment.relative} {moment.weekday}".strip()
    if moment.lunar and moment.month and moment.day:
        month = f"{moment.period} {ordinal_word(moment.month)}".strip()
        day = f"the {ordinal_word(moment.day)} day of the {month} lunar month"
        return f"{day} of {moment.year}" if moment.year else day
    if moment.month:
        name = MONTHS[moment.month - 1]
        if moment.day:
            name = f"{name} {moment.day}"
        elif moment.period:
            name = f"{moment.period}-{name}" if moment.period == "mid" else f"{moment.period} {name}"
        if moment.year:
            return f"{name}, {moment.year}" if moment.day else f"{name} {moment.year}"
        return f"{name} {moment.relative}".strip()
    if moment.period and moment.relative.endswith("month"):
        return f"{moment.period} {moment.relative}"
    if moment.period and (moment.relative or moment.year) and not moment.period.endswith("0s"):
        when = moment.relative or str(moment.year)
        if moment.period in ("early", "the end of"):
            return f"{moment.period} {when}"
        if moment.period == "same period" and moment.relative in ("last year", "this year"):
            return f"the same period {when}"
        return f"the {moment.period.removesuffix(' of the year')} of {when}"
    if moment.period:
        bare = re.match(r"the |this |\d|(?:early|late) \d|mid-\d", moment.period)
        return moment.period if bare else f"the {moment.period}"
    if moment.day:
        return f"the {ordinal(moment.day)}" + (f" of {moment.relative}" if moment.relative else "")
    if moment.year:
        return str(moment.year)
    return moment.relative


def _day_variants(moment: Moment) -> tuple[str, ...]:
    if moment.month and moment.day and not moment.lunar:
        name = MONTHS[moment.month - 1]
        year = f" {moment.year}" if moment.year else ""
        return (f"{moment.day} {name}{year}", f"{name} {ordinal(moment.day)}{',' if year else ''}{year}")
    if moment.month and moment.relative == "last year":
        return (f"last {MONTHS[moment.month - 1]}",)
    return ()


def ordinal_word(number: int) -> str:
    """First to twelfth, then 13th."""
    return ORDINAL_OF[number] if number <= 12 else ordinal(number)


def is_afternoon(moment: Moment) -> bool | None:
    """Whether the hour of a moment is p.m.; None if the passage does not say."""
    if moment.hour is None:
        return None
    if moment.hour == 0:
        return False
    if moment.hour > 12:
        return moment.hour < 24
    if moment.hour == 12 and moment.part in ("evening", "night", "late night", "midnight"):
        return False  # 晚上12点 is midnight
    if moment.part in ("afternoon", "evening") or (moment.part in ("night", "late night") and 5 < moment.hour < 12):
        return True
    if moment.part == "noon":
        return moment.hour in (12, 1, 2)
    if moment.part:
        return moment.part == "morning" and moment.hour == 12
    return moment.hour == 12 if moment.clock == "时" else None


def _clock(moment: Moment) -> tuple[str, ...]:
    hour, minute = moment.hour or 0, moment.minute
    afternoon = is_afternoon(moment)
    minutes = f":{minute:02d}" if minute else ""
    plain = f"{hour:02d}:{minute or 0:02d}"
    if moment.clock == ":" and not moment.part:
        return (f"{hour}:{minute or 0:02d}", plain)
    if afternoon is None:
        return (f"{hour}{minutes}", plain) if minutes else (f"{hour} o'clock", f"{hour}:00", plain)
    twelve = hour - 12 if hour > 12 else hour or 12
    if twelve == 12 and not minutes and moment.part in ("noon", "midnight"):
        return (f"12 {moment.part}", moment.part, plain)
    half = "p.m." if afternoon else "a.m."
    if hour == 12 and afternoon and not (minutes or moment.part):
        return ("noon", "12 noon", "12 p.m.", "12 pm", plain)
    if hour in (12, 24) and not (afternoon or minutes):  # the end of the day, where 12 a.m. is its beginning
        ends = ("24:00", "midnight") if hour == 24 else ("midnight", "24:00")
        return (*ends, "12 midnight", "12 a.m.", "12 am")
    midnight = ("midnight", "0:00", "0 o'clock") if twelve == 12 and half == "a.m." and not minutes else ()
    return (f"{twelve}{minutes} {half}", f"{twelve}{minutes} {half.replace('.', '')}", plain, *midnight)
