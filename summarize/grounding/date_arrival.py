"""Finds a date or time of a Chinese passage in its English, in whatever correct spelling."""

from __future__ import annotations

import re

from summarize.grounding.english_numbers import MONTHS, ORDINAL_OF, SMALL, WORD_OF, ordinal
from summarize.grounding.moment import Moment, is_afternoon

Span = tuple[int, int]

_FESTIVALS = {
    (1, 15): "Lantern Festival", (5, 5): "Dragon Boat", (7, 7): "Qixi|Qi Xi|Double Seventh", (7, 15): "Ghost|Zhongyuan",
    (8, 15): "Mid-Autumn|Moon Festival", (9, 9): "Double Ninth|Chongyang", (12, 8): "Laba",
}  # fmt: skip
_NEAR_YEARS = ("last year", "this year", "next year")
_YEAR_AFTER = re.compile(r",? (?:of )?(?P<year>(?:last|this|next) year)\b", re.IGNORECASE)
_TOLD_BY_THE_YEAR = ("early", "mid", "late", "the end of", "same period")  # English may leave them out
_PERIODS = {
    "first quarter": r"(?:first|1st)[\s-]quarter|Q1|first three months|March quarter",
    "second quarter": r"(?:second|2nd)[\s-]quarter|Q2|June quarter",
    "third quarter": r"(?:third|3rd)[\s-]quarter|Q3|September quarter",
    "fourth quarter": r"(?:fourth|4th|last|final)[\s-]quarter|Q4|December quarter",
    "first two quarters": r"first (?:two quarters|half|six months)",
    "first three quarters": r"first (?:three quarters|nine months)",
    "first half of the year": r"first (?:half|six months)|H1|1H|half-year",
    "second half of the year": r"(?:second|latter) half|H2|2H|last six months",
    "the last century": r"last century|20th century|twentieth century|1900s|19\d\ds",
    "this century": r"this century|21st century|twenty-first century|2000s|20\d\ds",
}  # fmt: skip
_RELATIVES = {
    "last year": r"last\s+\w+|(?:previous|past|preceding|prior) year|year[\s-](?:ago|earlier|before)|20\d\d|"
    r"year[\s-](?:on|over)[\s-]year|on-year|annual(?:ly)?",
    "next year": r"next\s+\w+|coming year|following year|20\d\d|year (?:later|ahead|from now)",
    "the year before last": r"year before last|two years ago|20\d\d|19\d\d",
    "the year after next": r"year after next|two years|20\d\d",
    "the previous year": r"(?:previous|last|prior|preceding) \w+|year[\s-](?:ago|earlier|before)|\d{4}|"
    r"year[\s-](?:on|over)[\s-]year|on-year|annual(?:ly)?",
    "last month": r"last \w+|a month ago|(?:previous|past) month|month before|earlier this month|"
    r"(?:in|since|until|late|early|mid)[\s-][A-Z][a-z]+",
    "next month": r"next month|coming month|following month|month later|in [A-Z][a-z]+|next \w+",
    "this year": r"this year|20\d\d|the year|this (?:spring|January|February|March|winter)",
    "this month": r"this month|(?:the|current) month|(?:in|since|until|late|early|mid)[\s-][A-Z][a-z]+",
    "that month": r"that month|the month",
    "last week": r"last (?:week|\w+day)|(?:a|one) week ago|past week|previous week|week (?:earlier|before)",
    "next week": r"next (?:week|\w+day)|coming week|following week|week (?:later|from)|in a week",
    "this week": r"this week|the week|current week|week|\w+day",
    "last weekend": r"weekend|last (?:Saturday|Sunday)",
    "this weekend": r"weekend|Saturday|Sunday",
    "next weekend": r"weekend|next (?:Saturday|Sunday)",
}
_HOUR_WORDS = "|".join(word for word, n in SMALL.items() if 1 <= n <= 12)
_CLOCK = re.compile(
    rf"""\b(?:(?P<past>half|a\s+quarter|quarter|five|ten|twenty(?:-five)?|[\w-]+\s+minutes)\s+(?P<side>past|after|to|before)\s+)?
    (?:(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>[0-5]\d))?|(?P<word>{_HOUR_WORDS})(?:[\s-](?P<minute_word>fifteen|thirty|forty-five))?)
    \s*(?P<mark>a\.?\s?m\b|p\.?\s?m\b|o['’]?\s?clock|noon|midday|midnight|hours\b|in\s+the\s+(?:early\s+)?\w+|at\s+night)?""",
    re.VERBOSE | re.IGNORECASE,
)
_TO_ANOTHER = re.compile(  # 2-4 p.m.
    r"\s?(?:-|–|—|to|until|till)\s?\d{1,2}(?:[:.][0-5]\d)?\s?[ap]\.?\s?m\b", re.IGNORECASE
)


def find_moment(moment: Moment, english: str) -> Span | None:
    """Every part that the moment says must be there; the parts of the day ("morning") may go without saying."""
    if moment.lunar:
        named = _FESTIVALS.get((moment.month or 0, moment.day or 0), "Chinese [Nn]ew [Yy]ear|Spring Festival")
        return search(rf"\b[Ll]unar\b|{named}|traditional calendar", english)
    spans: list[Span | None] = []
    if moment.month:
        month = _find_month(moment.month, moment.day, english)
        year = _YEAR_AFTER.match(english, month[1]) if month else None
        told = year and moment.relative in _NEAR_YEARS
        spans.append(None if told and year and year["year"].lower() != moment.relative else month)
    elif moment.day:
        spans.append(_find_day(moment.day, english))
    if moment.year and moment.period.endswith("0s"):
        spans += [_find_decade(int(decade), english) for decade in re.findall(r"\d{4}(?=s)", moment.period)]
    elif moment.year:
        spans.append(_find_year(moment.year, english))
    elif moment.relative and not moment.month and moment.period in _TOLD_BY_THE_YEAR:
        spans.append(_find_relative(moment.relative, english))
    elif moment.period and not moment.month:
        spans.append(_find_period(moment.period, english))
    if moment.weekday:
        day = moment.weekday
        spans.append(search(rf"\b(?:{day}|{day[:3]}|{day[:4]})s?\b", english))
    if moment.hour is not None:
        spans.append(_find_clock(moment, english))
    if not spans and moment.relative:
        spans.append(_find_relative(moment.relative, english))
    found = [span for span in spans if span is not None]
    return joined(found) if found and len(found) == len(spans) else None


def search(pattern: str, english: str, flags: int = 0) -> Span | None:
    """The first place of a pattern."""
    match = re.search(pattern, english, flags)
    return match.span() if match else None


def _month_pattern(month: int) -> str:
    name = MONTHS[month - 1]
    short = "Sept?" if month == 9 else name[:3]
    return rf"(?:{name}|{name.upper()}|{short}\b\.?)"


def _find_month(month: int, day: int | None, english: str) -> Span | None:
    name = _month_pattern(month)
    if not day:
        return search(rf"\b(?:mid-|late-|early-)?{name}(?![a-z])", english) or search(
            rf"\b\d{{4}}[-/]0?{month}\b", english
        )
    number = rf"(?:0?{day}(?:st|nd|rd|th)?|{_spelled(day)})(?![\d:])"
    other, joint = r"\d{1,2}(?:st|nd|rd|th)?", r"\s?(?:-|–|—|to|and|through|until|or|,)\s?"
    return (
        search(rf"\b{name}\s*(?:the\s+)?(?:{other}{joint})?{number}\b", english)
        or search(rf"\b{number}(?:{joint}{other})?(?:\s+day)?(?:\s+of)?\s+{name}(?![a-z])", english)
        or search(rf"\b(?:0?{month}[-/.]0?{day}|0?{day}[-/.]0?{month})(?!\d)", english)
        or search(rf"\bthe\s+{ordinal(day)}\b{NO_DAY}", english)
    )


def _spelled(number: int) -> str:
    """Third, twenty-third."""
    return ORDINAL_OF.get(number) or f"{WORD_OF[number - number % 10]}-{ORDINAL_OF[number % 10]}"


# The 25th National Championships are no day.
OF_SERIES = (
    r"\s+(?:[A-Z][\w'’-]*\s+){0,5}(?:Championships?|Games|Congress|Conference|Cup|Festival|Summit|Forum|Fair|Expo|"
    r"Olympics|Session|Meeting|Marathon|Awards?|edition|session|round|anniversary|birthday)\b"
)
# Nor is the 4th fighter jet: what follows a day goes on with the sentence.
NO_DAY = (
    rf"(?!{OF_SERIES})(?!\s+(?!(?:that|this|last|next|to|local|and|or|but|of|in|at|on|by|for|with|from|as|after|before|"
    r"when|while|where|which|who|about|because|until|through|against|during|over|is|are|was|were|has|have|had|will|would|"
    r"the|an?|it|he|she|they|we|its|his|her|their|these|those|no|some|all|said|told|day|came|took|saw|began|held|met|left|made|gave|found|\w+ed|\w+ly|\w{3,}s)\b)[a-z])"
)


def _find_day(day: int, english: str) -> Span | None:
    month = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
    return (
        search(rf"\b(?:{ordinal(day)}|the\s+{_spelled(day)})\b{NO_DAY}", english)
        or search(rf"\b(?:{month})\b\.?\s+(?:\d+\s?(?:-|–|to|and|,)\s?)?{day}(?:st|nd|rd|th)?\b", english)
        or search(rf"\b{day}\s+(?:of\s+)?(?:{month})\b", english)
        or search(rf"\b\d+(?:st|nd|rd|th)?\s?(?:-|–|to|and)\s?(?:the\s+)?{day}\b", english)
    )


def _find_year(year: int, english: str) -> Span | None:
    short = f"{year % 100:02d}"
    return search(rf"(?<![\d,.]){year}(?!\d|,\d|s\b)", english) or search(rf"['’/–-]{short}\b(?!s)", english)


def _find_decade(year: int, english: str) -> Span | None:
    tens = year % 100
    spelled = rf"|\b{WORD_OF[tens][:-1]}ies\b" if tens >= 20 else ""
    return search(rf"(?<!\d){year}['’]?s\b|(?<!\d)['’]?{tens}['’]?s\b{spelled}", english, re.I)


def _find_period(period: str, english: str) -> Span | None:
    if "lunar month" in period or "calendar" in period:
        return search(r"\b[Ll]unar\b|\bcalendar\b", english)
    if period.endswith(" BC"):
        return search(rf"\b{period.removesuffix(' BC')}\s?B\.?C", english)
    if season := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return search(rf"\b{season[1]}\s?[-–/]\s?(?:20)?{season[2]}\b", english)
    for name, pattern in _PERIODS.items():
        if period.endswith(name):
            return search(rf"\b(?:{pattern})\b", english, re.IGNORECASE)
    if months := re.match(r"first (\d+) months", period):
        number = int(months[1])
        word = WORD_OF[number]
        joint = r"\s?(?:to|through|until|till|-|–)\s?"
        first, last = (_month_pattern(month) for month in (1, number))
        half = search(r"\bfirst half\b", english) if number == 6 else None
        return half or search(
            rf"\bfirst (?:{number}|{word}) months|\b{first}{joint}{last}|\b{number}-month|\b{word}-month", english
        )
    if "century" in period:
        number = int(re.sub(r"\D", "", period))
        nth = f"(?:{ordinal(number)}|{_spelled(number)})"
        return search(
            rf"\b{nth}[\s-](?:\w+[\s-]){{0,3}}centur(?:y|ies)|\b{(number - 1) * 100}s", english, re.IGNORECASE
        )
    return search(r"\b(?:early|late|mid|beginning|end|middle)\b", english, re.IGNORECASE)


def _find_relative(relative: str, english: str) -> Span | None:
    return search(rf"\b(?:{_RELATIVES.get(relative, re.escape(relative))})\b", english, re.IGNORECASE)


def _find_clock(moment: Moment, english: str) -> Span | None:
    hour, minute = moment.hour or 0, moment.minute or 0
    afternoon = is_afternoon(moment)
    if minute == 0 and hour in (0, 12, 24):
        words = ["midnight"] * (hour != 12 or not afternoon) + ["noon|midday"] * (hour == 12 and afternoon is not False)
        word = search(rf"\b(?:{'|'.join(words)})\b", english, re.IGNORECASE)
        if word:
            return word
    for match in _CLOCK.finditer(english):
        read = _read_clock(match, english)
        if read is None:
            continue
        given, minutes, half = read
        if given % 12 != hour % 12 or minutes != minute:
            continue
        given_afternoon = 12 < given < 24 or half == "p" if half or given > 12 else None
        if afternoon is None or given_afternoon is None or given_afternoon == afternoon:
            return match.start(), match.start() + len(match[0].rstrip())
    return search(rf"\b{hour:02d}{minute:02d}\b", english)


def _read_clock(match: re.Match[str], english: str) -> tuple[int, int, str] | None:
    """The hour, minute and "a", "p" or "" of an English clock time; None if it is only a number."""
    mark = (match["mark"] or "").lower()
    spoken = match["past"] and match["side"]
    led = re.search(
        r"\b(?:at|from|to|until|till|around|about|by|before|after|between|and|since)\s+$|[-–]\s?$",
        english[: match.start()],
        re.I,
    )
    led = led or _TO_ANOTHER.match(english, match.end())
    if not (mark or match["minute"] or match["minute_word"] or led or spoken):
        return None
    hour = int(match["hour"]) if match["hour"] else SMALL[match["word"].lower()]
    minute = int(
        match["minute"] or {"fifteen": 15, "thirty": 30, "forty-five": 45}.get((match["minute_word"] or "").lower(), 0)
    )
    if spoken:
        past = match["past"].lower()
        count = past.split()[0]
        given = int(count) if count.isdigit() else SMALL.get(count, 0)
        given = 30 if past == "half" else 15 if past.endswith("quarter") else given
        if match["side"].lower() in ("past", "after"):
            minute = given
        elif given:
            hour, minute = hour - 1 or 12, 60 - given
    half = mark[0] if mark[:1] in ("a", "p") and mark[-1] == "m" else ""
    if mark.startswith("in"):
        half = "a" if "morning" in mark else "p" if mark.endswith(("noon", "evening")) else ""
    return hour, minute, half


def joined(spans: list[Span]) -> Span:
    """The first span, longer by those that lie near it."""
    start, end = spans[0]
    for each in spans[1:]:
        if abs(each[0] - end) < 40:
            start, end = min(start, each[0]), max(end, each[1])
    return start, end
