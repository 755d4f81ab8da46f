"""Reads the numbers of English text, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class EnglishNumber:
    """A number in English text.

    Attributes:
        start: where it begins, in characters.
        end: where it ends, half-open; a percent sign or word and a scale word ("million") are inside.
        text: the text from `start` to `end`.
        value: what it counts to; of a percentage the fraction (30% is 0.3), of a clock time the hour.
        approximate: "more than", "about", "nearly", "-odd", "-plus" or the like stands with it.
        percent: it is a percentage or a number of percentage points.
        ordinal: "third", "21st".
        date: it is a year, a day of a month, a decade ("1990s") or a clock time.
    """

    start: int
    end: int
    text: str
    value: Decimal
    approximate: bool = False
    percent: bool = False
    ordinal: bool = False
    date: bool = False


_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
             "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
             "nineteenth")  # fmt: skip
WORDS = _ONES[:13]  # the numbers up to twelve, which English writes out
SMALL = {word: n for n, word in enumerate(_ONES)} | {word: n * 10 for n, word in enumerate(_TENS, 2)}
"""English number words below a hundred."""
ORDINALS = {word: n for n, word in enumerate(_ORDINALS)} | {
    word[:-1] + "ieth": n * 10 for n, word in enumerate(_TENS, 2)
}
"""English ordinals below a hundred that are one word."""
WORD_OF = {n: word for word, n in SMALL.items()}
ORDINAL_OF = {n: word for word, n in ORDINALS.items()}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
"""Words that multiply the number before them."""
_SUFFIXES = {"k": 10**3, "bn": 10**9, "tn": 10**12, "trn": 10**12, "mn": 10**6, "b": 10**9}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip

_BIG_ORDINALS = {"hundredth": 10**2, "thousandth": 10**3, "millionth": 10**6}
_FRACTIONS = {"half": 2, "halves": 2, "thirds": 3, "third": 3, "quarter": 4, "quarters": 4}
_FRACTIONS |= {word + plural: n for word, n in ORDINALS.items() if 4 <= n <= 20 for plural in ("", "s")}
_FRACTIONS |= {"hundredths": 100, "thousandths": 1000}

_SCALE = "|".join(_SCALES)
_FRACTION = "|".join(sorted(_FRACTIONS, key=len, reverse=True))
_START = "|".join(sorted([*SMALL, *ORDINALS, *_SCALES, *_BIG_ORDINALS, "half", "halves"], key=len, reverse=True))
_PERCENT = re.compile(
    r"\s?(?:%|pc\b)|[\s-](?:percent|per\s?cent|percentage[\s-]points?|points?\s+percent)\b", re.IGNORECASE
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
# "a third time", "the fifth floor" are ordinals, "a third of" and "a fifth" fractions.
_ORDINAL_NOUN = (
    r"(?!\s+(?!of\b|in\b|the\b|to\b|from\b|are\b|were\b|have\b|said\b|and\b|by\b|since\b|more\b|less\b)[a-z])"
)

_NUMBER = re.compile(
    rf"""
    (?<![\w.])(?P<hour>[01]?\d|2[0-4])(?::[0-5]\d(?![\d:%])|\.[0-5]\d(?=\s?[ap]\.?m\b))
  | (?<![A-Za-z\d])(?<!\d[.,])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
      (?: (?P<nth>st|nd|rd|th)\b | (?P<decade>'?s)\b
        | \s?(?P<suffix>mn|bn|trn|tn|[kb])\b
        | [\s-]?(?P<scale>{_SCALE})s?\b(?:[\s-](?P<scale2>thousand|million|billion|trillion)\b)? )?
  | \b(?P<word>(?:an?[\s-](?=(?:{_SCALE}|half|quarter|(?:{_FRACTION})\b{_ORDINAL_NOUN})\b))|(?:{_START})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEXT = re.compile(r"(?:\s*-\s*|\s+|\s*,\s+)([A-Za-z]+)\b")
_ABOUT_BEFORE = re.compile(
    r"(?:more than|over|about|around|some|nearly|almost|roughly|approximately|at least|less than|fewer than|up to|"
    r"close to|under|upwards of|as many as|estimated|below|above|exceeding|exceeded|at most)"
    r"\s+(?:a\s+|the\s+)?[$£€¥]?$",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r"(?:-?\s?plus|-odd|\s+or\s+(?:so|more)|\s+odd)\b|\+", re.IGNORECASE)
_RANGE_BETWEEN = re.compile(r"\s*(?:to|and|or|-|–|—)\s*")


@lru_cache(maxsize=256)
def read_english_numbers(text: str) -> tuple[EnglishNumber, ...]:
    """All numbers of an English text, in order, not overlapping.

    "one" is read wherever it stands, also as a pronoun; whoever looks for invented numbers should not mind it. Numbers
    that are part of a name with letters in front ("HER2", "G20") are not read.
    """
    numbers: list[EnglishNumber] = []
    position = 0
    while match := _NUMBER.search(text, position):
        number = _read_word(match.start(), text) if match["word"] else _read_digits(match, text)
        if number is not None:
            numbers.append(number)
        position = number.end if number else match.end()
    for index in range(len(numbers) - 1, 0, -1):  # "30 to 40 percent": the percent is the 30's too
        first, second = numbers[index - 1], numbers[index]
        shares = second.percent and not first.percent and not first.date and first.value <= 100
        if shares and _RANGE_BETWEEN.fullmatch(text, first.end, second.start):
            numbers[index - 1] = replace(first, value=first.value / 100, percent=True)
    return tuple(numbers)


def _read_digits(match: re.Match[str], text: str) -> EnglishNumber:
    start, end = match.span()
    if match["hour"]:
        return EnglishNumber(start, end, match[0], Decimal(match["hour"]), _is_approximate(text, start, end), date=True)
    value = Decimal(match["digits"].replace(",", ""))
    scale = [match[name].lower() for name in ("suffix", "scale", "scale2") if match[name]]
    for word in scale:
        value *= _SUFFIXES.get(word) or _SCALES[word]
    if not scale and re.match(r"m\b", text[end:]) and re.search(r"[$£€¥]\s?$", text[:start]):
        value, end, scale = value * 10**6, end + 1, ["m"]
    percent = _PERCENT.match(text, end)
    if percent:
        value, end = value / 100, percent.end()
    date = not scale and not percent and _is_date(text, start, end, value, bool(match["decade"]))
    approximate = _is_approximate(text, start, end)
    return EnglishNumber(start, end, text[start:end], value, approximate, bool(percent), bool(match["nth"]), date)


def _is_approximate(text: str, start: int, end: int) -> bool:
    return bool(_ABOUT_BEFORE.search(text[max(0, start - 24) : start]) or _ABOUT_AFTER.match(text, end))


def _is_date(text: str, start: int, end: int, value: Decimal, decade: bool) -> bool:
    if decade:
        return value >= 10 and value % 10 == 0
    before, after = text[max(0, start - 24) : start], text[end : end + 16]
    return (
        value <= 31
        and bool(
            re.search(rf"\b{_MONTH}\s+(?:the\s+)?$|\b{_MONTH}\s+\d+\s?(?:-|–|to|and)\s?$", before)
            or re.match(rf"\s+(?:of\s+)?{_MONTH}", after)
            or (value <= 24 and re.match(r"\s?(?:[ap]\.?m\b|o'clock)", after))
        )
    ) or (1000 <= value <= 2100 and end - start == 4 and text[start:end].isdigit())


def _read_word(start: int, text: str) -> EnglishNumber | None:
    """Reads the number in words that begins at `start`, as far as it goes."""
    first = re.compile(r"[A-Za-z]+").match(text, start)
    assert first is not None
    words, ends = [first[0].lower()], [first.end()]
    while (following := _NEXT.match(text, ends[-1])) and len(words) < 24:
        words.append(("," if "," in following[0] else "") + following[1].lower())
        ends.append(following.end())
    value, used, ordinal = _count(words)
    if not used:
        return None
    end = ends[used - 1]
    percent = _PERCENT.match(text, end)
    if percent:
        value, end = value / 100, percent.end()
    approximate = _is_approximate(text, start, end)
    return EnglishNumber(start, end, text[start:end], value, approximate, bool(percent), ordinal)


def _count(words: list[str]) -> tuple[Decimal, int, bool]:
    """The number that the first words spell, how many words it takes (0: none), and whether it is an ordinal."""

    def at(index: int) -> str:
        return words[index] if index < len(words) else ""

    if words[0] in ("a", "an"):
        if at(1) in _FRACTIONS and not (at(1) == "half" and at(2) in _SCALES):
            return Decimal(1) / _FRACTIONS[at(1)], 2, False
        value, used, ordinal = _count(words[1:])
        return value, used + 1 if used else 0, ordinal
    if words[0] in ("half", "halves"):
        after = 2 if at(1) in ("a", "an") and at(2) in _SCALES else 1
        if words[0] == "half" and at(after) in _SCALES:
            return Decimal(_SCALES[at(after)]) / 2, after + 1, False
        return Decimal(1) / 2, 1, False
    value, used, ordinal = _cardinal(words)
    if used and not ordinal:
        if words[used : used + 3] in (["and", "a", "half"], ["and", "a", "quarter"]):
            part = Decimal("0.5") if words[used + 2] == "half" else Decimal("0.25")
            value += part * _SCALES.get(words[used - 1], 1)  # "a million and a half"
            used += 3
            if at(used) in _SCALES:
                value, used = value * _SCALES[at(used)], used + 1
        elif at(used) in _FRACTIONS and value < _FRACTIONS[at(used)] and (value == 1) != at(used).endswith("s"):
            value, used = value / _FRACTIONS[at(used)], used + 1
    return value, used, ordinal


def _cardinal(words: list[str]) -> tuple[Decimal, int, bool]:
    total, section, last = Decimal(0), Decimal(0), ""
    used = index = 0
    while index < len(words):
        word, joined = words[index], False
        if word == "and" and last in _SCALES and index + 1 < len(words):
            index, joined = index + 1, True
            word = words[index]
        comma = word.startswith(",")
        word = word.lstrip(",")
        if comma and not (last in ("thousand", "million", "billion", "trillion") and word in SMALL):
            break
        small = SMALL.get(word, ORDINALS.get(word))
        if small is not None and (not last or last in _SCALES or (last in _TENS and 0 < small < 10)):
            section += small
        elif word in _SCALES or word in _BIG_ORDINALS:
            scale = _SCALES.get(word) or _BIG_ORDINALS[word]
            if joined or (last in _SCALES and scale <= _SCALES[last] and not section):
                break
            section = (section or Decimal(1 if not total else 0)) * scale
            if not section:  # "a million billion": the scale multiplies what is closed
                total *= scale
            elif scale >= 1000:
                total, section = total + section, Decimal(0)
        else:
            break
        index += 1
        used, last = index, word
        if word in ORDINALS or word in _BIG_ORDINALS:
            return total + section, used, True
    return total + section, used, False


def ordinal(number: int) -> str:
    """21 as "21st"."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
