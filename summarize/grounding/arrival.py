"""Whether a number, date or time of a Chinese passage is in its English, in whatever correct spelling."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from summarize.grounding.date_arrival import Span, find_moment, joined, search
from summarize.grounding.dates import read_date
from summarize.grounding.english_numbers import ORDINALS, SMALL, EnglishNumber, read_english_numbers
from summarize.grounding.item import Item
from summarize.grounding.quantity import Quantity
from summarize.grounding.units import ENGLISH_UNITS, Unit


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
        return _find_number(item.quantity, english) if item.quantity else _find_rendering(item, english)
    spans = [find_moment(moment, english) for moment in read_date(item.zh)]
    found = [span for span in spans if span is not None]
    return joined(found) if found and len(found) == len(spans) else _find_rendering(item, english)


def _find_rendering(item: Item, english: str) -> Span | None:
    for rendering in item.renderings:
        spelled = "[ -]?".join(rendering) if rendering.isdigit() else re.escape(rendering)
        match = re.search(rf"(?<![\w.]){spelled}(?![\w%]|[.,]\d)", english, re.IGNORECASE)
        if match:
            return match.span()
    return None


# Numbers


_WORDS = {
    1: r"once|single|an?|one|sole|solo",
    2: r"twice|both|doubles?|doubled|doubling|pair|couple|two-time|twins?|duo|twofold",
    3: r"thrice|trio|triad|trilogy|tripled?|triplets?|threefold|treble[ds]?|three-time|hat-trick",
    4: r"quadrupled?|quartet|fourfold|quadruplets?",
    5: r"quintupled?|quintet|fivefold",
    6: r"sixfold", 8: r"eightfold", 10: r"tenfold",
}  # fmt: skip
_MAGNITUDES = (
    (10, 100, r"dozens?|scores|tens(?!\s+of\s+(?:thousand|million))|decades|several dozen"),
    (
        100,
        1000,
        r"(?<!tens of )(?:hundreds(?!\s+of\s+(?:thousand|million|billion))|centuries|several hundred|few hundred)",
    ),
    (10**3, 10**5, r"thousands|tens of thousands|several thousand|few thousand|millennia"),
    (10**5, 10**6, r"hundreds of thousands|several hundred thousand"),
    (10**6, 10**9, r"millions|several million|(?:tens|hundreds) of millions"),
    (10**9, 10**12, r"billions|several billion|(?:tens|hundreds) of billions"),
    (10**12, 10**15, r"trillions|several trillion"),
)
_LESS = re.compile(
    r"\b(?:no more than|not more than|at most|(?<!no )(?<!not )(?:less than|fewer than|under|nearly|almost|close to|"
    r"below|not quite|just short of|up to))\s+(?:an?\s+|the\s+)?\W?$",
    re.I,
)
_MORE = re.compile(
    r"\b(?<!no )(?<!not )(?:more than|over|above|at least|upwards of|in excess of|exceeding)\s+(?:an?\s+|the\s+)?\W?$",
    re.I,
)
_PER_THOUSAND = re.compile(r"\s?(?:‰|per (?:thousand|mille|1,?000)\b)")
_RATIO = re.compile(r"\s*-?\s*(?:in|out\s+of|of\s+(?:every|the)?|/|for\s+every)\s*-?\s*(?:every\s+)?", re.I)
_UNIT_WORD = "|".join(re.escape(word) for word in sorted(ENGLISH_UNITS, key=len, reverse=True))
_UNIT_AFTER = re.compile(
    rf"(?P<article>[\s-]*(?:of\s+)?an?(?=[\s-]))?[\s-]*(?:(?:more|full|whole|straight|consecutive|calendar|extra|additional)\s+)?(?P<unit>{_UNIT_WORD})(?![A-Za-z])",
    re.I,
)
_ONE_UNIT = re.compile(
    r"\b(?:(?:an?|one|per|each|every|whole|full|another|single|(?:the|this|over\s+the|in\s+the|for\s+the)(?:\s+(?:past|last|next|first|whole|entire|following|previous|coming))?|past|last|next)"
    rf"(?:\s+(?:past|full|whole|further))?[\s-]+(?P<unit>{_UNIT_WORD})|(?P<adverb>annual(?:ly)?|yearly|monthly|weekly|daily|hourly|year-?long|month-?long|week-?long|day-?long|decade-?long|hour-?long))\b",
    re.I,
)
# "10, 20 and 30 percent", "a 5-point rise": the sign stands further on
_SIGN_LATER = re.compile(
    r"(?:\s+(?:of\s+)?a\b)?[\s\d.,]*(?:(?:and|or|to|-)[\s\d.,]*)*(?:percent|per\s?cent|%|(?:percentage\s)?points?\b)",
    re.I,
)
_ADVERBS = {"annual": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"}
_CURRENCY_BEFORE = re.compile(r"(?P<area>HK|US|A|C|NT|AU|CA|S|CN|RMB)?\s?(?P<sign>[$£€¥])\s?$")


def _find_number(quantity: Quantity, english: str) -> Span | None:
    if quantity.form == "digits":
        match = re.search(rf"(?<!\d){re.escape(quantity.written)}(?!\d)", english) or re.search(
            "[ -]?".join(quantity.written), english
        )
        return match.span() if match else None
    if quantity.form in ("score", "ratio"):
        return _find_score(quantity, english)
    if quantity.form == "minutes":
        minutes, seconds = int(quantity.low), re.escape(str(quantity.high or 0))
        return search(rf"\b{minutes}(?:[:.]|[\s-]*min\w*,?\s+(?:and\s+)?)0?{seconds}\b", english)
    if quantity.vague:
        return _find_vague(quantity, english)
    if quantity.high is not None:
        return _find_range(quantity, english)
    return _find_value(quantity, quantity.low, english) or _find_words(quantity, english)


def _find_value(quantity: Quantity, value: Decimal, english: str) -> Span | None:
    # "1,040 km (645 miles)": the number that needs no conversion is the place to point to
    for number in sorted(read_english_numbers(english), key=lambda each: each.value != value):
        if _equal(quantity, value, number, english) and not _bound_conflicts(quantity, number, english):
            return number.start, number.end
    if quantity.unit is not None and quantity.unit.size:
        for match in _ONE_UNIT.finditer(english):
            word = match["unit"] or _adverb_unit(match["adverb"])
            if any(_converts(quantity.unit, value, unit, Decimal(1)) for unit in ENGLISH_UNITS.get(word.lower(), ())):
                return match.span()
    if quantity.form in ("percent", "fraction", "points"):
        return _find_ratio(value, english)
    return None


def _adverb_unit(adverb: str) -> str:
    word = re.sub(r"-?long$", "", adverb.lower())
    return _ADVERBS.get(word.removesuffix("ly") if word == "annually" else word, word)


def _equal(quantity: Quantity, value: Decimal, number: EnglishNumber, english: str) -> bool:
    form = quantity.form
    if number.date and number.value <= 31 and not (quantity.unit and quantity.unit.dimension == "age"):
        return False
    if form in ("percent", "points", "fraction", "discount"):
        if number.ordinal or (form == "points" and _is_percentage(number, english)):
            return False
        targets = (value, 1 - value) if form == "discount" else (value,)
        if _PER_THOUSAND.match(english, number.end) and _close(value, number.value / 1000):
            return True
        bare = not number.percent and form != "fraction" and _SIGN_LATER.match(english, number.end) is not None
        return any(_close(target, number.value / 100 if bare else number.value) for target in targets)
    if form in ("times", "doubled"):
        gain = value - 1 if form == "doubled" else value
        if number.percent:
            return _close(number.value, value) or _close(number.value, gain)
        return not number.ordinal and number.value == value
    if form in ("ordinal", "label", "anniversary", "birthday"):
        return number.value == value and not number.percent
    if number.percent:
        return False
    lengthy = quantity.unit is not None and quantity.unit.dimension in ("duration", "age")
    birthday = re.match(r"\s+(?:birthday|anniversary)", english[number.end :], re.IGNORECASE)
    if number.ordinal and not lengthy and not birthday:
        return False
    values = [number.value]
    if number.value < 1000 and re.match(r"m\b", english[number.end : number.end + 2]):
        values.append(number.value * 10**6)
    return any(_same_amount(quantity, value, each, number, english) for each in values)


def _is_percentage(number: EnglishNumber, english: str) -> bool:
    """0.5 percent, where 0.5 percentage points were meant."""
    points = "point" in number.text or re.match(r"[\s-]*points?\b", english[number.end :])
    return not points and re.search("%|per", number.text) is not None


def _same_amount(quantity: Quantity, value: Decimal, given: Decimal, number: EnglishNumber, english: str) -> bool:
    """Whether the number and the unit after it say the same; no unit in the English is no contradiction."""
    unit = quantity.unit
    if value < 0 and not _is_below_zero(number, english):
        return False
    value = abs(value)
    if unit is not None and unit.dimension == "money" and not _same_currency(unit, number, english):
        return False
    following = _UNIT_AFTER.match(english, number.end)
    if following and following["article"] and number.value >= 1:
        following = None  # "120 million a year"
    written = ENGLISH_UNITS.get(following["unit"].lower(), ()) if following else ()
    if following and given != value and following["unit"].lower() in _ALSO_WORDS:
        written = ()
    if unit is None:
        clear = written and all(each.singular in _NEVER_BARE for each in written)
        amount = value >= _AMOUNT and all(each.dimension == "money" for each in written)
        return given == value and (amount or not clear)
    if given == value and (not written or _counted(unit) in map(_counted, written)):
        return True
    lasting = unit.dimension == "age" and written and all(each.dimension == "duration" for each in written)
    if lasting and not _AGE.search(english):
        return False  # he is 68 years old, and has not taught for 68 years
    if any(_dimension(each) == _dimension(unit) for each in written):
        return any(_converts(unit, value, each, given) for each in written)
    # another dimension: "in" and "second" are rarely units, and 度 may be any degrees
    loose = following is not None and following["unit"].lower() in ("in", "second", "c", "k", "degree", "degrees")
    return given == value and (loose or unit.dimension in ("angle", "temperature"))


_AGE = re.compile(
    r"\b(?:ag(?:e[ds]?|ing)|old(?:er)?|young(?:er)?|birthday|lifespan|life expectancy|live[ds]?)\b", re.IGNORECASE
)
_ALSO_WORDS = {"m", "in", "f", "c", "k", "g", "t", "l", "second", "nm"}
"""Units in English that are as often another word or sign: no conversion is read from them."""
_AMOUNT = 10**6  # so much is money where nothing is counted: 筹资27.25亿
_NEVER_BARE = {
    "year",
    "month",
    "week",
    "hour",
    "year old",
    "yuan",
    "dollar",
    "euro",
    "kilometer",
    "mile",
    "hectare",
    "kilogram",
}


def _counted(unit: Unit) -> str:
    """Kilometers of kilometers per hour: what they are counted for may stand elsewhere."""
    return unit.singular.partition(" per ")[0]


def _dimension(unit: Unit) -> str:
    return "duration" if unit.dimension == "age" else unit.dimension


def _converts(unit: Unit, value: Decimal, other: Unit, given: Decimal) -> bool:
    """Whether two amounts are the same once converted; writers round, so 2 in a hundred are allowed."""
    if _dimension(unit) != _dimension(other) or not unit.size or not other.size:
        return False
    ours, theirs = value * unit.size, given * other.size
    if unit.size == other.size:
        return ours == theirs
    return abs(ours - theirs) <= ours * Decimal("0.02")


def _same_currency(unit: Unit, number: EnglishNumber, english: str) -> bool:
    match = _CURRENCY_BEFORE.search(english[: number.start])
    if match is None:
        return True
    sign, area = match["sign"], (match["area"] or "").upper()
    if sign == "$":
        return "dollar" in unit.singular and _DOLLARS.get(area, unit.singular) == unit.singular
    if sign == "¥":
        return unit.singular == "yuan" if area in ("RMB", "CN") else unit.singular in ("yuan", "yen")
    return unit.prefix == sign


_DOLLARS = {
    "US": "dollar",
    "HK": "Hong Kong dollar",
    "NT": "New Taiwan dollar",
    "A": "Australian dollar",
    "AU": "Australian dollar",
    "C": "Canadian dollar",
    "CA": "Canadian dollar",
}


def _is_below_zero(number: EnglishNumber, english: str) -> bool:
    before, after = english[max(0, number.start - 16) : number.start], english[number.end : number.end + 40]
    return bool(_MINUS.search(before) or _BELOW_ZERO.search(after))


_MINUS = re.compile(r"(?:\b(?:minus|negative)\s+|[-−–])$", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"\b(?:below (?:zero|freezing|0)|sub-?zero|of frost)\b", re.IGNORECASE)


def _close(first: Decimal, second: Decimal) -> bool:
    return abs(first - second) <= abs(first) * Decimal("0.001")


def _bound_conflicts(quantity: Quantity, number: EnglishNumber, english: str) -> bool:
    before = english[max(0, number.start - 24) : number.start]
    if quantity.bound in ("more than", "at least"):
        return _LESS.search(before) is not None
    if quantity.bound in ("nearly", "less than", "at most"):
        return _MORE.search(before) is not None
    return False


def _find_ratio(value: Decimal, english: str) -> Span | None:
    """One in five, 3 out of 10, 1/5."""
    numbers = read_english_numbers(english)
    for first, second in pairwise(numbers):
        ratio = second.value > first.value and _RATIO.fullmatch(english, first.end, second.start)
        if ratio and _close(value, first.value / second.value):
            return first.start, second.end
    return None


def _find_words(quantity: Quantity, english: str) -> Span | None:
    """Words that say a small number: twice, both, trio; 一倍 "doubled"; 20多岁 "in her twenties"."""
    value = quantity.low
    if quantity.form == "fraction" and round(quantity.low * quantity.denominator) == 1:
        name = next((word for word, n in ORDINALS.items() if n == quantity.denominator), "quarter")
        return search(rf"\b(?:an?|one)[\s-]{name}\b", english, re.IGNORECASE)
    if quantity.bound == "more than" and quantity.han and quantity.unit is None:
        for number in read_english_numbers(english):  # 二十多 is "two dozen" as well
            if "dozen" in number.text.lower() and value <= number.value < value + 10:
                return number.start, number.end
    values = [value]
    if quantity.form == "times":
        values.append(value + 1)  # 增长三倍 is quadrupled
    if quantity.unit is not None and quantity.unit.dimension == "age" and quantity.bound in ("more than", "about"):
        tens = [word for word, n in SMALL.items() if n == value and n >= 20]
        pattern = rf"\b(?:{int(value)}s|{tens[0][:-1] + 'ies' if tens else 'teen[a-z]*'})\b"
        match = re.search(pattern, english, re.IGNORECASE)
        return match.span() if match else None
    if value == 0 and quantity.form == "count":
        return search(r"\b(?:no|none|zero|nil|without)\b", english, re.IGNORECASE)
    if quantity.form in ("count", "times", "doubled") and quantity.unit is None:
        for each in values:
            if each == int(each) and int(each) in _WORDS and (each > 1 or quantity.form == "count"):
                match = re.search(rf"\b(?:{_WORDS[int(each)]})\b", english, re.IGNORECASE)
                if match:
                    return match.span()
    if quantity.unit is not None and quantity.unit.singular == "minute" and value in (15, 45):
        count = r"(?:an? |one )?quarter" if value == 15 else "three[- ]quarters"
        return search(rf"\b{count} of an hour\b", english, re.IGNORECASE)
    if quantity.unit is not None and quantity.unit.singular == "hour" and value == 24:
        return search(r"\b(?:a?round[- ]the[- ]clock|24/7|day and night|all day)\b", english, re.IGNORECASE)
    if quantity.unit is not None and value == Decimal("1.5"):
        span = search(rf"\b(?:an?|one)(?: full| whole)? {quantity.unit.singular} and a half\b", english, re.IGNORECASE)
        if span:
            return span
    if quantity.form == "ordinal":
        more = {
            1: r"first(?:ly)?|one|debut|maiden|initial(?:ly)?|top|opening|inaugural|foremost|front|lead\w*|led|"
            r"champion\w*|original(?:ly)?",
            2: r"another|next|runner-up|again|latter",
        }
        words = more.get(int(value), "")
        roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[int(value)] if 0 < value <= 10 else ""
        return (search(rf"\b(?:{words})\b", english, re.IGNORECASE) if words else None) or (
            search(rf"(?<=[A-Za-z]\s){roman}\b", english) if roman else None
        )
    return None


def _find_score(quantity: Quantity, english: str) -> Span | None:
    numbers = read_english_numbers(english)
    pair = {quantity.low, quantity.high}
    for first, second in pairwise(numbers):
        if {first.value, second.value} == pair and second.start - first.end < 30:
            return first.start, second.end
    low, high = int(quantity.low), int(quantity.high or 0)
    match = re.search(rf"(?<!\d)(?:{low}\s?[-–:]\s?{high}|{high}\s?[-–:]\s?{low})(?!\d)", english)
    return match.span() if match else None


def _find_vague(quantity: Quantity, english: str) -> Span | None:
    high = quantity.high or quantity.low * 10
    years = quantity.unit is not None and quantity.unit.singular == "year"
    if years and high == 20 and (decade := search(r"\b(?:more than|over) a decade\b", english, re.IGNORECASE)):
        return decade  # 十几年
    for least, most, words in _MAGNITUDES:
        if least <= quantity.low < most or (quantity.low < 20 and least == 10):
            match = re.search(rf"\b(?:{words})\b", english, re.IGNORECASE)
            if match:
                return match.span()
    for number in read_english_numbers(english):
        if quantity.low <= number.value <= high and not number.percent and not (number.date and number.value <= 31):
            return number.start, number.end
    if quantity.unit is not None and quantity.unit.dimension == "age":
        return _find_words(Quantity(quantity.low, bound="more than", unit=quantity.unit), english)
    return None


def _find_range(quantity: Quantity, english: str) -> Span | None:
    low, high = quantity.low, quantity.high
    assert high is not None
    numbers = read_english_numbers(english)
    for first, second in pairwise(numbers):
        if second.start - first.end > 40 or not _equal(quantity, high, second, english):
            continue
        scales = (1, 1000, 10**6, 10**9) if second.value >= 1000 else (1,)
        same = any(_range_start(quantity, low, first, scale) for scale in scales)
        if same or _equal(quantity, low, first, english):
            return first.start, second.end
    if low == 1 and high == 2 and (match := re.search(r"\bonce or twice\b", english, re.IGNORECASE)):
        return match.span()
    if high == low + 1 and low < 10:
        match = re.search(r"\b(?:few|several|couple|handful)\b", english, re.IGNORECASE)
        return match.span() if match else None
    if low >= 20 and high == low + 10:
        return _find_vague(
            Quantity(Decimal(10) ** int(low.log10()), Decimal(10) ** (int(low.log10()) + 1), vague=True), english
        )
    return None


def _range_start(quantity: Quantity, low: Decimal, number: EnglishNumber, scale: int) -> bool:
    """Whether the number is the lower end of "2 to 3 million", "30 or 40 percent"."""
    if quantity.form in ("percent", "points"):
        return _close(low, number.value if number.percent else number.value / 100)
    return number.value * scale == low and not number.percent
