"""A quantity that Chinese wrote, and how English writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from summarize.grounding.english_numbers import ORDINAL_OF, WORDS, ordinal
from summarize.grounding.units import Unit

Form = Literal[
    "count",
    "percent",
    "points",
    "ordinal",
    "fraction",
    "times",
    "doubled",
    "discount",
    "score",
    "ratio",
    "minutes",
    "label",
    "digits",
    "anniversary",
    "birthday",
]
Bound = Literal["", "more than", "nearly", "about", "at least", "less than", "at most"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a Chinese number says.

    Attributes:
        low: its value; of a percentage the fraction, of a range the lower end, of 数百 the least it can be.
        high: the upper end of a range, what 数百 stays below, the second number of a score or ratio, the seconds of
            3分35秒; else None.
        form: what kind of number it is.
        bound: how the value is bounded.
        vague: 数百, 几十, 上千: only the order of magnitude is said.
        unit: its unit of measure, if English says one.
        han: it is written in Chinese numerals.
        denominator: of a fraction.
        written: of a long row of digits, or of what may be a year (2008奥运会), the digits as they stand.
    """

    low: Decimal
    high: Decimal | None = None
    form: Form = "count"
    bound: Bound = ""
    vague: bool = False
    unit: Unit | None = None
    han: bool = False
    denominator: int = 0
    written: str = ""


_WORDS: dict[Bound, tuple[str, ...]] = {
    "": ("",),
    "more than": ("more than ", "over "),
    "nearly": ("nearly ", "almost ", "close to "),
    "about": ("about ", "around ", "approximately "),
    "at least": ("at least ", "no fewer than "),
    "less than": ("less than ", "fewer than ", "under ", "below "),
    "at most": ("no more than ", "at most ", "up to "),
}
_USUAL: dict[tuple[str, Bound], str] = {  # over 80 years old, below minus 10 degrees
    ("age", "more than"): "over ",
    ("age", "less than"): "under ",
    ("angle", "less than"): "below ",
    ("temperature", "less than"): "below ",
}
# Signs that are right, but not as clear as the name; a unit with a `prefix` is written with its sign.
_SIGNS = {"New Taiwan dollar": "NT$", "Hong Kong dollar": "HK$"}
_WORD_OF = {Decimal(n): word for n, word in enumerate(WORDS)}
_ORDINALS = {n: ORDINAL_OF[n] for n in range(13)}  # those that English writes out
_PARTS = {2: "half", 3: "third", 4: "quarter"} | {n: word for n, word in _ORDINALS.items() if 5 <= n <= 10}


def bound_words(bound: Bound) -> str:
    """The words that bound a number, with the space after them."""
    return _WORDS[bound][0]


def format_number(value: Decimal) -> str:
    """A number as English news writes it: 1,600, 350 million, 1.8 million, 2.25 billion."""
    sign, value = ("minus " if value < 0 else ""), abs(value)
    for size, name, decimals in ((10**12, "trillion", 6), (10**9, "billion", 3), (10**6, "million", 3)):
        scaled = value / size
        if scaled >= 1 and scaled == round(scaled, decimals):
            return f"{sign}{_plain(scaled)} {name}"
    return sign + _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_quantity(quantity: Quantity, following: str = "") -> tuple[str, ...]:
    """The English of a quantity, the one to write first; `following` is the character after it in the passage."""
    if quantity.form == "ratio":
        first, second = _plain(quantity.low), _plain(quantity.high or Decimal(0))
        return (f"{first}:{second}", f"{first} to {second}", f"{first}-to-{second}")
    if quantity.form == "score":
        return (f"{_plain(quantity.low)}-{_plain(quantity.high or Decimal(0))}",)
    if quantity.form == "minutes":
        seconds = quantity.high or Decimal(0)
        clock = f"{quantity.low}:{'0' if seconds < 10 else ''}{seconds}"
        said = f"{quantity.low} minute{'s' if quantity.low != 1 else ''} {seconds} seconds"
        return (clock, said) if seconds % 1 else (said, clock)
    if quantity.form == "digits":
        return (quantity.written,)
    if quantity.form == "ordinal":
        number = int(quantity.low)
        word = _ORDINALS.get(number)
        if number >= 10**6 and number % 10**6 == 0:
            return (f"{number // 10**6}-millionth", f"{number // 10**6} millionth", _ordinal(number))
        forms = (*((word,) if word else ()), _ordinal(number), f"No. {number}")
        numbered = following == "号" or (number >= 10**5 and number % 1000)  # 第795号, 第2024136期
        return forms[::-1] if numbered else forms
    if quantity.form == "label":
        names = (f"{quantity.low:f}", _plain(quantity.low))
        return tuple(dict.fromkeys(f"{word} {name}" for name in names for word in ("No.", "number")))
    if quantity.form == "anniversary":
        return (f"{ordinal(int(quantity.low))} anniversary", f"{_plain(quantity.low)}-year anniversary")
    if quantity.form == "birthday":
        word = _ORDINALS.get(int(quantity.low))
        return (f"{ordinal(int(quantity.low))} birthday", *((f"{word} birthday",) if word else ()))
    if quantity.form == "doubled":
        words_of = {2: ("doubled", "double"), 4: ("quadrupled", "quadruple")}
        fold = f"{_WORD_OF[quantity.low]}fold" if quantity.low in _WORD_OF else f"{quantity.low}-fold"
        forms = words_of.get(int(quantity.low), (f"grew {fold}", f"{quantity.low} times"))
        return tuple(f"{_WORDS[quantity.bound][0]}{form}" for form in forms)
    aged = quantity.unit is not None and quantity.unit.dimension == "age"
    if quantity.vague and (aged or not (quantity.bound and quantity.low == 10)):
        return _vague(quantity)
    bare = _bare(quantity, "" if quantity.bound else following)
    words = _WORDS[quantity.bound]
    usual = _USUAL.get((quantity.unit.dimension if quantity.unit else "", quantity.bound))
    if quantity.low < 0 and quantity.bound == "more than":
        usual = "below "  # 零下30多摄氏度
    if usual:
        words = (usual, *(word for word in words if word != usual))
    return tuple(dict.fromkeys([words[0] + each for each in bare] + [word + bare[0] for word in words[1:]]))


def _ordinal(number: int) -> str:
    return f"{number:,}" + ordinal(number).removeprefix(str(number))


def _vague(quantity: Quantity) -> tuple[str, ...]:
    name, size = "dozens", quantity.low
    if size >= 100:
        scales = (
            (10**12, "trillions"),
            (10**9, "billions"),
            (10**6, "millions"),
            (1000, "thousands"),
            (100, "hundreds"),
        )
        scale, name = next(each for each in scales if size >= each[0])
        name = {1: "", 10: "tens of ", 100: "hundreds of "}.get(int(size / scale), "") + name
    if quantity.unit and quantity.unit.singular == "year" and size < 1000:
        name = {"dozens": "decades", "hundreds": "centuries"}[name]
        return (name, f"{'dozens' if size < 100 else 'hundreds'} of years")
    if quantity.unit and quantity.unit.dimension == "age":
        return (f"in their {int(size)}s" if size >= 20 else "teenage", f"over {int(size)} years old")
    what = f"{name} of {quantity.unit.plural}" if quantity.unit else f"{name} of"
    if not quantity.bound:
        return (what, name)
    bounded = tuple(word + each for word in _WORDS[quantity.bound] for each in _bare(replace(quantity, high=None), ""))
    return (*bounded, what)


def _bare(quantity: Quantity, following: str) -> tuple[str, ...]:
    """The English without its bound."""
    low, high = quantity.low, None if quantity.vague else quantity.high
    if quantity.form in ("percent", "points", "discount"):
        number = _span(low * 100, high * 100 if high is not None else None, quantity.han)[0]
        if quantity.form == "points":
            return (f"{number} percentage points" if low != Decimal("0.01") else "1 percentage point",)
        off = " off" if quantity.form == "discount" else ""
        return (f"{number} percent{off}", f"{number}%{off}")
    if quantity.form == "fraction" and quantity.unit is not None:
        one = _with_article(quantity.unit)
        return tuple(f"{each} of {one}" for each in _bare(replace(quantity, unit=None), ""))
    if quantity.form == "fraction":
        part = int((low * quantity.denominator).to_integral_value())
        if quantity.denominator == 2:
            return ("half", "one-half")
        name = _PARTS.get(quantity.denominator) or ordinal(quantity.denominator)
        count = _WORD_OF.get(Decimal(part), str(part))
        if part == 1:
            return (
                f"one-{name}",
                f"a {name}",
                f"one in {_WORD_OF.get(Decimal(quantity.denominator), quantity.denominator)}",
            )
        return (f"{count}-{name}s", f"{count} {name}s")
    numbers = _span(low, high, quantity.han)
    if quantity.written and quantity.unit is None:
        numbers = (quantity.written, *((quantity.written.replace("-", " to "),) if high else ()), *numbers)
    if quantity.han and high is None and low in _WORD_OF:
        numbers = (_WORD_OF[low], numbers[0])
    elif high is None and low in _WORD_OF:
        numbers = (numbers[0], _WORD_OF[low])
    elif high is None and quantity.han and low % 1 == Decimal("0.5") and low - Decimal("0.5") in _WORD_OF and low > 1:
        numbers = (f"{_WORD_OF[low - Decimal('0.5')]} and a half", numbers[0])
    if quantity.form == "times":
        if low == 1:
            return ("100 percent", "doubled", "double")
        extra = ("doubled", "twice") if low == 2 else ("quadrupled",) if low == 4 else ()
        return (*(f"{number} times" for number in numbers), *extra)
    if quantity.unit is None:
        return numbers
    if quantity.han and low == Decimal("0.5") and high is None:
        return _half(quantity.unit)
    return _with_unit(quantity.unit, low, high, numbers, following)


def _half(unit: Unit) -> tuple[str, ...]:
    equal = {"year": ("six months",), "hour": ("30 minutes",), "month": ("two weeks",), "century": ("50 years",)}
    return (f"half {_with_article(unit)}", *equal.get(unit.singular, ()))


def _with_article(unit: Unit) -> str:
    return f"{'an' if unit.singular[0] in 'aeiou' or unit.singular == 'hour' else 'a'} {unit.singular}"


def _with_unit(
    unit: Unit, low: Decimal, high: Decimal | None, numbers: tuple[str, ...], following: str
) -> tuple[str, ...]:
    one = low == 1 and high is None
    if unit.dimension == "age":
        attribute = following >= "一" and following not in "时到以至并和及已就都还也即了高"
        adjective, plain = f"{numbers[0]}-year-old", f"{numbers[0]} {'year' if one else 'years'} old"
        return (
            (adjective, plain, f"aged {numbers[0]}")
            if attribute and high is None
            else (plain, adjective, f"aged {numbers[0]}")
        )
    if unit.prefix:
        sign = tuple(f"{unit.prefix}{number}" for number in _span(low, high))
        sign = tuple(each.replace(" to ", f" to {unit.prefix}") for each in sign)
        return (*sign, *(f"{number} {unit.plural}" for number in numbers))
    name = unit.singular if one else unit.plural
    named = tuple(f"{number} {name}" for number in numbers)
    return (*named, f"{_SIGNS[unit.singular]}{numbers[0]}") if unit.singular in _SIGNS and high is None else named


def _span(low: Decimal, high: Decimal | None, estimated: bool = False) -> tuple[str, ...]:
    """One number or a range; 两三 is an estimate, "2 or 3", 2到3 is "2 to 3"."""
    if high is None:
        return (format_number(low),)
    first, second = format_number(low), format_number(high)
    joint = " or " if estimated and high == low + 1 and low < 10 else " to "
    return (f"{first}{joint}{second}", f"{first}-{second}", f"between {first} and {second}")
