"""Whether a number kept its bound: 160多 is "more than 160", not "160", and 193 is not "more than 193".

The number itself arrives in both cases, so that nothing else of the check sees it. Human translators keep bounds: of
1,081 numbers of NTREX-128 and flores-dev none loses its own to this check, and three get one that the Chinese has not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.fidelity.wording import Place, last_end
from summarize.grounding.english_numbers import EnglishNumber, read_english_numbers
from summarize.grounding.item import Item
from summarize.grounding.quantity import Bound, Quantity, bound_words
from summarize.traditional import simplify

LEAST = 10  # of smaller numbers some bounds are often said in other ways, and a reading of them is less certain

_FORMS = ("count", "percent", "times", "points", "fraction")
_PARTS = ("percent", "times", "fraction")  # of which the small ones are bounded like the others
# Bounds that a word stands between: 约有300人, 10万人次以上.
_ABOUT_BEFORE = re.compile("约[有为占达需]$")
_BOUND_AFTER = re.compile("[人车架班航]次(?:(?P<more>以上)|左右)")
_CLAUSE_EDGE = re.compile(r"[，,。；;：:！!？?\n]")
# All that may bound a number of a clause in Chinese, near it or not.
_BOUNDED_ZH = re.compile(
    r"超|逾|余|多|近|约|左右|上下|以[上下内外]|[大小高低少]于|不[到足止下]|至少|最[少高低大小]|达|突破|接近|大概|开外|"
    r"过半|可能|或|起码|足足|满|几|数[十百千万亿]|[十百千万亿]来|上[百千万]|估|预计"
)
# All that may bound a number in English; "over" and the like do, whatever else they may mean.
_BOUNDED_EN = re.compile(
    r"\b(?:more|less|fewer|over|above|under|below|nearly|almost|about|around|some|approximately|roughly|close|least|most|"
    r"up to|as (?:many|much|high|few|low) as|exceed\w*|excess|surpass\w*|"
    r"top|tops|topp\w+|cross\w*|br[eo]\w*k\w* through|breach\w*|hit|hits|shy of|north of|past|passed|upwards?|"
    r"estimated|"
    r"approach\w*|minimum|maximum|beyond|within|plus|nearing|just|barely|higher|greater|larger|strong|high)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:%|percent|\w+)?\s*(?:,|,? and|,? or|to|-|–)\s*"
)  # nearly 300 or 400, more than 20 mu and 30 kg
_ALL_OVER = re.compile(r"\b(?:hand\w*|took|tak\w+|turn\w*|carr\w+|all) over\b", re.IGNORECASE)
_AFTER_EN = re.compile(
    r"-?\s?(?:plus|odd|strong)\b|'?s\b|\+|"
    r"[^.;!?]{0,24}\b(?:or (?:so|more|less|over|above)|and (?:above|over)|at least)\b"
)
_TAKEN = "".join(rf"(?<!\b{verb} )" for verb in ("take", "takes", "taken", "taking", "took", "hand", "handed"))
# What bounds a number and means nothing else: "over 50 states" may lie over them.
_ADDED = re.compile(
    r"(?<!\bno )(?<!\bnot )\b(?:more than|nearly|almost|at least|less than|fewer than|close to|at most|as many as|"
    rf"approximately|roughly|(?P<over>{_TAKEN}over|above))\s+(?P<money>(?:US|HK)?[$£€¥])?$",
    re.IGNORECASE,
)
# Bounds that need not stand beside their number in Chinese (最少要交500元), and their opposites in English.
_SIDES = (
    (
        re.compile("至少|最少|不少于|不低于|起码"),
        "at least",
        r"at most|no more than|not more than|up to|less than|fewer than",
    ),
    (re.compile("不足|不到"), "less than", r"at least|no fewer than|no less than|more than|over|above"),
    (re.compile("以内|之内"), "within", r"more than|above|at least|(?<=to )over"),
    (re.compile("最多|至多|不超过|不多于|不高于"), "at most", r"at least|no fewer than|no less than|more than|over"),
)
_ABOVE_EN, _BELOW_EN = (
    re.compile(rf"(?<!\bno )(?<!\bnot )(?<!n't )\b(?:{words})\s+(?=(?:US|HK|RMB\s?)?[$£€¥]?$)", re.IGNORECASE)
    for words in ("more than|over|above|at least|older than", "less than|fewer than|under|below|at most|younger than")
)
_AND_ABOVE, _AND_BELOW = (
    re.compile(rf"[^.,;!?\d]{{0,16}}?\b(?:and|or) (?:{words})\b(?! (?:than|an?)\b| [\d$£€¥])", re.IGNORECASE)
    for words in ("over|above|older|more|up", "under|below|younger|less|fewer")
)
_MONEY = re.compile(r"(?:\b(?:US|HK|RMB)|\bRMB\s)?[$£€¥]?$")
_REACH = 48  # characters before a number in which its bound is looked for


def changed_bounds(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, str]]:
    """The numbers whose bound was lost or made up, what to put right in the English, and the right words.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    numbers = read_english_numbers(target)
    text = simplify(source)
    bounded = [(_as_bounded(text, item), place) for item, place in arrived]
    counted = [
        (item, place, item.quantity) for item, place in bounded if item.quantity and item.quantity.form in _FORMS
    ]
    found = [
        (item, *change)
        for item, place, quantity in counted
        if not quantity.bound and (change := _other_side(source, target, item, place))
    ]
    found += [(item, *change) for item, place, quantity in counted if (change := _reversed(target, place, quantity))]
    quantities = [row for row in counted if _is_looked_at(row[2]) and all(row[0] != item for item, *_ in found)]
    for item, place, quantity in quantities:
        alike = [number for number in numbers if number.value == quantity.low and not number.date]
        number = next((number for number in alike if (number.start, number.end) == place), None)
        if number is None:
            continue
        if quantity.bound:
            kept = any(_is_bounded(each, target, numbers) for each in alike)
            change = None if kept else _with_bound(number, target, quantity)
        else:
            elsewhere = any(other.bound and other.low == quantity.low for *_, other in quantities)
            added = all(_without_bound(each, target) for each in alike)
            made_up = added and not elsewhere and not _may_be_bounded(source, item)
            change = _without_bound(number, target) if made_up else None
        if change:
            found.append((item, *change))
    return found


def _is_looked_at(quantity: Quantity) -> bool:
    plain = quantity.high is None and not quantity.vague and quantity.form in _FORMS
    aged = quantity.unit is not None and quantity.unit.dimension == "age"
    least = 2 if quantity.bound in ("more than", "nearly", "less than") else LEAST
    return plain and not aged and (quantity.low >= least or quantity.form in _PARTS)


def _as_bounded(text: str, item: Item) -> Item:
    """A number with the bound that a word divides it from, if it has no other."""
    after = _BOUND_AFTER.match(text, item.end)
    if not item.quantity or item.quantity.bound or not (after or _ABOUT_BEFORE.search(text[: item.start])):
        return item
    bound: Bound = "more than" if after and after["more"] else "about"
    renderings = tuple(bound_words(bound) + rendering for rendering in item.renderings)
    return replace(item, renderings=renderings, quantity=replace(item.quantity, bound=bound))


def _is_bounded(number: EnglishNumber, target: str, numbers: Sequence[EnglishNumber]) -> bool:
    start = max(0, number.start - _REACH)
    before = re.split(r"[.;:!?]\s", target[start : number.start])[-1]
    ends = [other.end for other in numbers if start <= other.end <= number.start and target[other.start].isdigit()]
    if ends and not _JOINED.fullmatch(target, ends[-1], number.start):  # what bounds another number bounds only that
        before = before[-(number.start - ends[-1]) :]
    before = _ALL_OVER.sub("", before)
    return bool(
        number.approximate
        or _BOUNDED_EN.search(before)
        or _AFTER_EN.match(target, number.end)
        or "dozen" in number.text
    )


def _may_be_bounded(source: str, item: Item) -> bool:
    """Whether anything in the clause of a number may bound it."""
    return _BOUNDED_ZH.search(_clause(source, item)) is not None


def _clause(source: str, item: Item) -> str:
    """The clause of an item in simplified characters."""
    start = last_end(_CLAUSE_EDGE, source, item.start)
    end = _CLAUSE_EDGE.search(source, item.end)
    return simplify(source[start : end.start() if end else len(source)])


def _other_side(source: str, target: str, item: Item, place: Place) -> tuple[Place, str] | None:
    """What to put right where 最少要交500元 has become "at most 500 yuan"."""
    clause = _clause(source, item)
    told = [side for side in _SIDES if side[0].search(clause)]
    if len(told) != 1:
        return None
    _, right, opposite = told[0]
    start, end = place
    written = re.search(
        rf"(?<!no )(?<!not )\b(?:{opposite})\s+(?=(?:US|HK|RMB\s?)?[$£€¥]?$)", target[:start], re.IGNORECASE
    )
    return ((written.start(), end), f"{right} {target[written.end() : end]}") if written else None


def _reversed(target: str, place: Place, quantity: Quantity) -> tuple[Place, str] | None:
    """What to put right where 不足60% has become "more than 60 percent"."""
    if quantity.bound in ("", "about") or quantity.high is not None or quantity.form == "times":
        return None
    above = quantity.bound in ("more than", "at least")
    before, after = (_BELOW_EN, _AND_BELOW) if above else (_ABOVE_EN, _AND_ABOVE)
    start, end = place
    if written := before.search(target[:start]):
        return (written.start(), end), bound_words(quantity.bound) + target[written.end() : end]
    if written := after.match(target, end):
        return (start, written.end()), bound_words(quantity.bound) + target[start:end]
    return None


def _with_bound(number: EnglishNumber, target: str, quantity: Quantity) -> tuple[Place, str]:
    money = _MONEY.search(target[: number.start])
    start = money.start() if money else number.start
    written = target[start : number.end]
    return (start, number.end), bound_words(quantity.bound) + (written.lower() if number.text[0].isalpha() else written)


def _without_bound(number: EnglishNumber, target: str) -> tuple[Place, str] | None:
    added = _ADDED.search(target[: number.start])
    if added is None or (added["over"] and not number.percent):  # a bridge extends over 1,600 meters
        return None
    return (added.start(), number.end), (added["money"] or "") + number.text
