"""Where a number of a Chinese passage is in its English, in whatever correct spelling."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from summarize.grounding.date_arrival import Span, search
from summarize.grounding.english_numbers import ORDINAL_OF, WORD_OF, EnglishNumber, read_english_numbers
from summarize.grounding.quantity import Quantity
from summarize.grounding.same_amount import UNIT_WORD, bound_conflicts, converts, is_close, is_equal
from summarize.grounding.units import ENGLISH_UNITS

# Words that say a small number.
_WORDS = {
    1: r"once|single|an?|one|sole|solo",
    2: r"twice|both|doubles?|doubled|doubling|pair|couple|two-time|twins?|duo|twofold",
    3: r"thrice|trio|triad|trilogy|tripled?|triplets?|threefold|treble[ds]?|three-time|hat-trick",
    4: r"quadrupled?|quartet|fourfold|quadruplets?",
    5: r"quintupled?|quintet|fivefold",
    6: r"sixfold", 8: r"eightfold", 10: r"tenfold",
}  # fmt: skip
_MAGNITUDES = (  # from, below, words
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
_RATIO = re.compile(r"\s*-?\s*(?:in|out\s+of|of\s+(?:every|the)?|/|for\s+every)\s*-?\s*(?:every\s+)?", re.I)
_ONE_UNIT = re.compile(
    r"\b(?:(?:an?|one|per|each|every|whole|full|another|single|(?:the|this|over\s+the|in\s+the|for\s+the)(?:\s+(?:past|last|next|first|whole|entire|following|previous|coming))?|past|last|next)"
    rf"(?:\s+(?:past|full|whole|further))?[\s-]+(?P<unit>{UNIT_WORD})|(?P<adverb>annual(?:ly)?|yearly|monthly|weekly|daily|hourly|year-?long|month-?long|week-?long|day-?long|decade-?long|hour-?long))\b",
    re.I,
)
_ADVERBS = {
    **dict.fromkeys(("annual", "annually", "yearly"), "year"),
    **{"monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"},
}


def find_number(quantity: Quantity, english: str) -> Span | None:
    """Where a number arrived in the English of its passage; None if it did not."""
    if quantity.form == "digits":
        written = quantity.written
        return search(rf"(?<!\d){re.escape(written)}(?!\d)", english) or search("[ -]?".join(written), english)
    if quantity.form in ("score", "ratio"):
        return _find_score(quantity, english)
    if quantity.form == "minutes":
        minutes, seconds = int(quantity.low), re.escape(str(quantity.high or 0))
        return search(rf"\b{minutes}(?:[:.]|[\s-]*min\w*,?\s+(?:and\s+)?)0?{seconds}\b", english)
    if quantity.vague:
        return _find_vague(quantity, english)
    if quantity.high is not None:
        return _find_range(quantity, english)
    return _find_value(quantity, english) or _find_words(quantity, english)


def _find_value(quantity: Quantity, english: str) -> Span | None:
    value = quantity.low
    # "1,040 km (645 miles)": the number that needs no conversion is the place to point to
    for number in sorted(read_english_numbers(english), key=lambda each: each.value != value):
        if is_equal(quantity, value, number, english) and not bound_conflicts(quantity, number, english):
            return number.start, number.end
    if quantity.unit is not None and quantity.unit.size:
        for match in _ONE_UNIT.finditer(english):
            word = match["unit"] or _adverb_unit(match["adverb"])
            if any(converts(quantity.unit, value, unit, Decimal(1)) for unit in ENGLISH_UNITS.get(word.lower(), ())):
                return match.span()
    if quantity.form in ("percent", "fraction", "points"):
        return _find_ratio(value, english)
    return None


def _adverb_unit(adverb: str) -> str:
    word = re.sub(r"-?long$", "", adverb.lower())
    return _ADVERBS.get(word, word)


def _find_ratio(value: Decimal, english: str) -> Span | None:
    """One in five, 3 out of 10, 1/5."""
    numbers = read_english_numbers(english)
    for first, second in pairwise(numbers):
        ratio = second.value > first.value and _RATIO.fullmatch(english, first.end, second.start)
        if ratio and is_close(value, first.value / second.value):
            return first.start, second.end
    return None


def _find_words(quantity: Quantity, english: str) -> Span | None:
    """Words that say a small number: twice, both, trio; 一倍 "doubled"; 20多岁 "in her twenties"."""
    value = quantity.low
    if quantity.form == "fraction" and round(quantity.low * quantity.denominator) == 1:
        name = ORDINAL_OF.get(quantity.denominator, "quarter")
        return search(rf"\b(?:an?|one)[\s-]{name}\b", english, re.IGNORECASE)
    if quantity.bound == "more than" and quantity.han and quantity.unit is None:
        for number in read_english_numbers(english):  # 二十多 is "two dozen" as well
            if "dozen" in number.text.lower() and value <= number.value < value + 10:
                return number.start, number.end
    if quantity.unit is not None and quantity.unit.dimension == "age" and quantity.bound in ("more than", "about"):
        tens = f"{WORD_OF[int(value)][:-1]}ies" if value >= 20 and value in WORD_OF else "teen[a-z]*"
        return search(rf"\b(?:{int(value)}s|{tens})\b", english, re.IGNORECASE)
    if value == 0 and quantity.form == "count":
        return search(r"\b(?:no|none|zero|nil|without)\b", english, re.IGNORECASE)
    if quantity.form in ("count", "times", "doubled") and quantity.unit is None:
        for each in (value, value + 1) if quantity.form == "times" else (value,):  # 增长三倍 is quadrupled
            words = _WORDS.get(int(each)) if each == int(each) and (each > 1 or quantity.form == "count") else None
            if words and (span := search(rf"\b(?:{words})\b", english, re.IGNORECASE)):
                return span
    if quantity.unit is not None and quantity.unit.singular == "month" and value == Decimal("0.5"):
        return search(r"\b(?:two|2) weeks\b|\bfortnight\b", english, re.IGNORECASE)
    if quantity.form == "percent" and value == 1:
        return search(r"\b(?:all|every|each|entire(?:ly)?|fully|whole|complete(?:ly)?)\b", english, re.IGNORECASE)
    if quantity.unit is not None and quantity.form == "count" and value == 2:
        return search(rf"\bcouple of (?:\w+ )?{re.escape(quantity.unit.singular)}", english, re.IGNORECASE)
    if quantity.unit is not None and quantity.unit.singular == "minute" and value in (15, 45):
        count = r"(?:an? |one )?quarter" if value == 15 else "three[- ]quarters"
        return search(rf"\b{count} of an hour\b", english, re.IGNORECASE)
    if quantity.unit is not None and quantity.unit.singular == "hour" and value == 24:
        return search(r"\b(?:a?round[- ]the[- ]clock|24/7|day and night|all day)\b", english, re.IGNORECASE)
    if quantity.unit is not None and value == Decimal("1.5"):
        unit = quantity.unit.singular
        if span := search(
            rf"\b(?:an?|one|the|this|that|past|last|next)(?: full| whole)? {unit} and a half\b", english, re.IGNORECASE
        ):
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
    return search(rf"(?<!\d)(?:{low}\s?[-–:]\s?{high}|{high}\s?[-–:]\s?{low})(?!\d)", english)


def _find_vague(quantity: Quantity, english: str) -> Span | None:
    high = quantity.high or quantity.low * 10
    years = quantity.unit is not None and quantity.unit.singular == "year"
    if years and high == 20 and (decade := search(r"\b(?:more than|over) a decade\b", english, re.IGNORECASE)):
        return decade  # 十几年
    for least, most, words in _MAGNITUDES:
        fits = least <= quantity.low < most or (quantity.low < 20 and least == 10)
        if fits and (span := search(rf"\b(?:{words})\b", english, re.IGNORECASE)):
            return span
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
        if second.start - first.end > 40 or not is_equal(quantity, high, second, english):
            continue
        scales = (1, 1000, 10**6, 10**9) if second.value >= 1000 else (1,)
        same = any(_range_start(quantity, low, first, scale) for scale in scales)
        if same or is_equal(quantity, low, first, english):
            return first.start, second.end
    unit = re.escape(quantity.unit.singular) if quantity.unit else r"\w+"
    two = rf"\bonce or twice\b|\b(?:an?|one|the (?:next|past|last|first)) {unit} or two\b"
    if low == 1 and high == 2 and (span := search(two, english, re.IGNORECASE)):
        return span
    if quantity.unit is not None and quantity.unit.dimension == "age" and {low, high} <= WORD_OF.keys() and low >= 20:
        tens = [rf"(?:{int(age)}s|{WORD_OF[int(age)][:-1]}ies)" for age in (low, high)]
        return search(rf"\b{tens[0]} (?:and|or|to) {tens[1]}\b", english, re.IGNORECASE)
    if high == low + 1 and low < 10:
        return search(r"\b(?:few|several|couple|handful)\b", english, re.IGNORECASE)
    if low >= 20 and high == low + 10:
        magnitude = Decimal(10) ** int(low.log10())
        return _find_vague(Quantity(magnitude, 10 * magnitude, vague=True), english)
    return None


def _range_start(quantity: Quantity, low: Decimal, number: EnglishNumber, scale: int) -> bool:
    """Whether the number is the lower end of "2 to 3 million", "30 or 40 percent"."""
    if quantity.form in ("percent", "points"):
        return is_close(low, number.value if number.percent else number.value / 100)
    return number.value * scale == low and not number.percent
