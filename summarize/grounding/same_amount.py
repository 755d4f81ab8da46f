"""Whether a number of an English text says what a Chinese quantity says: value, sign, unit, currency and bound."""

from __future__ import annotations

import re
from decimal import Decimal

from summarize.grounding.english_numbers import EnglishNumber
from summarize.grounding.quantity import Quantity
from summarize.grounding.units import ENGLISH_UNITS, Unit

UNIT_WORD = "|".join(re.escape(word) for word in sorted(ENGLISH_UNITS, key=len, reverse=True))
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
_UNIT_AFTER = re.compile(
    rf"(?P<article>[\s-]*(?:of\s+)?an?(?=[\s-]))?[\s-]*(?:(?:more|full|whole|straight|consecutive|calendar|extra|additional)\s+)?(?P<unit>{UNIT_WORD})(?![A-Za-z])",
    re.I,
)
# "10, 20 and 30 percent", "a 5-point rise": the sign stands further on
_SIGN_LATER = re.compile(
    r"(?:\s+(?:of\s+)?a\b)?[\s\d.,]*(?:(?:and|or|to|-)[\s\d.,]*)*(?:percent|per\s?cent|%|(?:percentage\s)?points?\b)",
    re.I,
)
_CURRENCY_BEFORE = re.compile(r"(?P<area>HK|US|A|C|NT|AU|CA|S|CN|RMB)?\s?(?P<sign>[$£€¥])\s?$")
_AGE = re.compile(
    r"\b(?:ag(?:e[ds]?|ing)|old(?:er)?|young(?:er)?|birthday|lifespan|life expectancy|live[ds]?)\b", re.IGNORECASE
)
# As often another word or sign: no conversion is read from these.
_ALSO_WORDS = {"m", "in", "f", "c", "k", "g", "t", "l", "second", "nm"}
_AMOUNT = 10**6  # so much is money where nothing is counted: 筹资27.25亿
_NEVER_BARE = {  # units that Chinese always says
    *("year", "month", "week", "day", "hour", "minute", "year old", "yuan", "dollar", "euro"),
    *("kilometer", "mile", "hectare", "kilogram"),
}
_DOLLARS = {
    "US": "dollar",
    "HK": "Hong Kong dollar",
    "NT": "New Taiwan dollar",
    "A": "Australian dollar",
    "AU": "Australian dollar",
    "C": "Canadian dollar",
    "CA": "Canadian dollar",
}
_MINUS = re.compile(r"(?:\b(?:minus|negative)\s+|[-−–])$", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"\b(?:below (?:zero|freezing|0)|sub-?zero|of frost)\b", re.IGNORECASE)


def is_equal(quantity: Quantity, value: Decimal, number: EnglishNumber, english: str) -> bool:
    """Whether a number of the English is `value`, the one or the other end of a quantity, with what stands at it."""
    form = quantity.form
    if number.date and number.value <= 31 and not (quantity.unit and quantity.unit.dimension == "age"):
        return False
    if form in ("percent", "points", "fraction", "discount"):
        if number.ordinal or (form == "points" and _is_percentage(number, english)):
            return False
        targets = (value, 1 - value) if form == "discount" else (value,)
        if _PER_THOUSAND.match(english, number.end) and is_close(value, number.value / 1000):
            return True
        bare = not number.percent and form != "fraction" and _SIGN_LATER.match(english, number.end) is not None
        return any(is_close(target, number.value / 100 if bare else number.value) for target in targets)
    if form in ("times", "doubled"):
        gain = value - 1 if form == "doubled" else value
        if number.percent:
            return is_close(number.value, value) or is_close(number.value, gain)
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
        return any(converts(unit, value, each, given) for each in written)
    # another dimension: "in" and "second" are rarely units, and 度 may be any degrees
    loose = following is not None and following["unit"].lower() in ("in", "second", "c", "k", "degree", "degrees")
    return given == value and (loose or unit.dimension in ("angle", "temperature"))


def _counted(unit: Unit) -> str:
    """Kilometers of kilometers per hour: what they are counted for may stand elsewhere."""
    return unit.singular.partition(" per ")[0]


def _dimension(unit: Unit) -> str:
    return "duration" if unit.dimension == "age" else unit.dimension


def converts(unit: Unit, value: Decimal, other: Unit, given: Decimal) -> bool:
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


def _is_below_zero(number: EnglishNumber, english: str) -> bool:
    before, after = english[max(0, number.start - 16) : number.start], english[number.end : number.end + 40]
    return bool(_MINUS.search(before) or _BELOW_ZERO.search(after))


def is_close(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers are equal but for rounding."""
    return abs(first - second) <= abs(first) * Decimal("0.001")


def bound_conflicts(quantity: Quantity, number: EnglishNumber, english: str) -> bool:
    """Whether the English bounds a number on the other side than the Chinese: nearly 3,000 for 3000多."""
    before = english[max(0, number.start - 24) : number.start]
    if quantity.bound in ("more than", "at least"):
        return _LESS.search(before) is not None
    if quantity.bound in ("nearly", "less than", "at most"):
        return _MORE.search(before) is not None
    return False
