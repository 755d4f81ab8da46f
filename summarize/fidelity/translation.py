"""An English translation against its Chinese source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from summarize.digest import Finding
from summarize.fidelity import text
from summarize.fidelity.arrival import QUANTITIES, arrivals, countries_in, is_country
from summarize.fidelity.attribution import misattributed
from summarize.fidelity.bound import changed_bounds
from summarize.fidelity.change import mixed_up, other_way, turned_round
from summarize.fidelity.date_order import exchanged_dates
from summarize.fidelity.days import other_days
from summarize.fidelity.differences import other_differences
from summarize.fidelity.exchange import exchanged
from summarize.fidelity.first_person import invented_first_person
from summarize.fidelity.households import miscounted
from summarize.fidelity.language import other_language
from summarize.fidelity.latin import misspelt_latin
from summarize.fidelity.names import chinese_names, famous_strangers, is_spelled
from summarize.fidelity.negation import lost_negations
from summarize.fidelity.opposites import opposites
from summarize.fidelity.order import mixed_order
from summarize.fidelity.others import others_counted
from summarize.fidelity.provinces import other_provinces
from summarize.fidelity.qualifiers import lost_qualifiers
from summarize.fidelity.quotations import lost_speaker
from summarize.fidelity.small_numbers import other_twos
from summarize.fidelity.sound import sounds_like, unheard
from summarize.fidelity.wording import (
    Place,
    distance,
    overlaps,
    squash,
    words,
)
from summarize.grounding.english_numbers import MONTHS, EnglishNumber, read_english_numbers
from summarize.grounding.item import Item
from summarize.grounding.numerals import ARABIC, NUMERAL, fold, read_numeral

_LETTERED = re.compile(r"[A-Za-z][-–]$|&#$")  # COVID-19, F-16, &#39;
_RELATIVE_YEAR = re.compile(r"[今去前明后同当本]年|年代|世纪|年前|年后|年来|届")
_OTHER_YEARS = re.compile(r"民国|昭和|平成|令和|世纪|年代|届")  # of which the year follows
_SCALE_AFTER = re.compile(r"\s?[余多来]?个?\s?(百万|千万|万亿|百亿|千亿|[十百千万亿])")
_SCALES = {
    "十": 10, "百": 100, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9,
    "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "百万亿": 10**14,
}  # fmt: skip
_YEAR_BEFORE = re.compile(rf"\b(?:{'|'.join(MONTHS)})(?: \d{{1,2}})?(?P<of_a_month>,? )$|[a-z](?P<alone>,? in )$")
_DECADES = re.compile("([五六七八九])旬")  # 八旬老人 is 80 or so
_BARE_SCALE = re.compile(r"[上数几成近超逾过破](百万亿|百万|千万|十亿|百亿|千亿|[百千万亿])")
_DATELINE = re.compile(r"[A-Z][A-Z .'/]+, (?:[A-Z][a-z]+, )?[A-Z][a-z]{2,8}\.? \d{1,2} (?:\([A-Z][\w ]*\)\s*)?[-–—]+ ")
_AROUND_THE_CLOCK = re.compile("全天候|昼夜|日夜")
# Numbers that 半, 刻, 打, 周 and the like become.
_IMPLIED = frozenset(map(Decimal, (1, 2, 6, 7, 12, 14, 15, 18, 24, 30, 45, 50, 60, 90, 100)))


def check_translation(source: str, target: str, items: Sequence[Item]) -> tuple[Finding, ...]:
    """What is missing, altered, invented or badly written in the English of a passage.

    Args:
        source: the Chinese passage.
        target: its English.
        items: what the passage says for certain; their places are places of `source`. Foreign people without renderings
            are looked for by their sound, other names without renderings not at all.

    Returns:
        The findings in the order of the target, what has no place first; each has its place in source and target where
        there is one.
    """
    findings = [
        *text.refused(source, target),
        *text.off_task(source, target),
        *other_language(target),
        *text.length(source, target),
        *text.untranslated(target),
        *text.repeated(source, target),
        *text.cut_off(source, target),
    ]
    arrived, missing = arrivals(items, target)
    findings += _compare_names(source, target, [item for item in missing if item.kind not in QUANTITIES], arrived)
    findings += [_missing(item) for item in unheard(source, target, items, [place for _, place in arrived])]
    findings += _compare_numbers(source, target, [item for item in missing if item.kind in QUANTITIES], arrived, items)
    changed = [*mixed_up(source, target, arrived), *turned_round(source, target, arrived)]
    findings += [_changed(item, target, place, right) for item, place, right in changed]
    findings += [_reversed(item, place, right) for item, place, right in other_way(source, target, arrived)]
    findings += [_misplaced(item, target, place, right) for item, place, right in mixed_order(source, target, arrived)]
    findings += [_other(target, place, "day") for place in other_days(source, target)]
    findings += [_other(target, place, "province") for place in other_provinces(source, target, items)]
    findings += [_respelt(source, target, *places) for places in misspelt_latin(source, target)]
    findings += [_undenied(source, place) for place in lost_negations(source, target)]
    findings += [_unqualified(source, place) for place in lost_qualifiers(source, target)]
    if speaker := lost_speaker(source, target):
        findings.append(_unqualified(source, speaker))
    if place := invented_first_person(source, target):
        findings.append(_spoken(target, place))
    bounds = [(item, place) for item, place, _ in changed_bounds(source, target, arrived)]
    findings += [_altered(item, target, place) for item, place in bounds]
    findings += [
        _opposite(source, target, written, said)
        for written, said in opposites(source, target)
        if not overlaps(written, [place for _, place in bounds])
    ]
    findings += [_besides(item, place) for item, place in others_counted(source, target, arrived)]
    findings += [_exchanged(*row) for row in exchanged(source, target, arrived)]
    findings += [_exchanged(*row) for row in exchanged_dates(source, target, arrived)]
    findings += [_altered(item, target, place) for item, place in miscounted(source, target, arrived)]
    findings += [
        _different(item, target, place, right) for item, place, right in other_differences(source, target, arrived)
    ]
    findings += [_exchanged(*row) for row in misattributed(source, target, arrived)]
    return tuple(sorted(findings, key=lambda finding: finding.target or (-1, -1)))


def misspelt(item: Item, source: str, target: str, claimed: Sequence[Place]) -> list[Place]:
    """Where the target has nearly the name of a missing item, and not a name that the source also has."""
    places: dict[Place, int] = {}
    there = words(target)
    for rendering in item.renderings:
        wanted = squash(rendering)
        count = len(words(rendering))
        allowed = 0 if len(wanted) < 5 else 1 if len(wanted) < 8 else 2 if len(wanted) < 14 else 3
        for size in range(max(1, count - 1), count + 2):
            for first in range(len(there) - size + 1):
                window = there[first : first + size]
                place = window[0].start, window[-1].end
                if not window[0].capital or not window[-1].capital or overlaps(place, claimed):
                    continue
                change = distance("".join(word.plain for word in window), wanted)
                if 0 < change <= allowed:
                    places[place] = min(change, places.get(place, change))
    best = min(places.values(), default=0)
    nearest = [place for place, change in places.items() if change == best]
    return [place for place in nearest if not is_spelled(target[slice(*place)], source)]


def invented_numbers(source: str, target: str, claimed: Sequence[Place], items: Sequence[Item]) -> list[EnglishNumber]:
    """English numbers that nothing in the source accounts for; small ones in words and ordinals are let be."""
    return _unaccounted(source, target, claimed, _values(source, items))


def _unaccounted(source: str, target: str, claimed: Sequence[Place], known: set[Decimal]) -> list[EnglishNumber]:
    dateline = _DATELINE.match(target)  # HANGZHOU, Nov 14 (Reuters) -
    return [
        number
        for number in read_english_numbers(target)
        if number.start >= (dateline.end() if dateline else 0)
        and not overlaps((number.start, number.end), claimed)
        and not _is_known(number, known, source, target)
    ]


def unsaid_years(source: str, target: str, items: Sequence[Item]) -> list[Finding]:
    """Years that the Chinese does not name. People may know that 今年 was 2018; a model that writes so made it up."""
    if _OTHER_YEARS.search(source):
        return []
    known = _values(source, items)
    return [
        Finding(
            "invented",
            f"{number.text!r} is a year that the Chinese does not name.",
            item="date",
            target=(number.start, number.end),
        )
        for number in read_english_numbers(target)
        if number.date and 1900 <= number.value < 2100 and not {number.value, number.value % 100} & known
    ]


def unsaid_countries(target: str, items: Sequence[Item]) -> list[Finding]:
    """Countries that the English leaves unsaid. People may do so where it is plain; of a model's English it is told."""
    countries = [item for item in items if item.renderings and is_country(item)]
    return [_missing(item) for item in arrivals(countries, target)[1]]


def without_unsaid_years(source: str, target: str, items: Sequence[Item]) -> str:
    """The target without the years that the Chinese does not name, where nothing is lost with them: "July 2018"."""
    if _RELATIVE_YEAR.search(source.replace("今年", "")):
        return target  # what 去年 became must be said in other words
    for finding in reversed(unsaid_years(source, target, items)):
        start, end = finding.target or (0, 0)
        before = _YEAR_BEFORE.search(target, 0, start)
        if before and before.lastgroup and re.match(r"[\s.,;:!?)]|$", target[end:]):
            target = target[: before.start(before.lastgroup)] + target[end:]
    return target


def describe(item: Item) -> str:
    """An item for a person: 180余万 (more than 1.8 million)."""
    return f"{item.zh} ({item.renderings[0]})" if item.renderings and item.renderings[0] != item.zh else item.zh


def _compare_names(
    source: str, target: str, missing: Sequence[Item], arrived: Sequence[tuple[Item, Place]]
) -> list[Finding]:
    findings: list[Finding] = []
    claimed = [place for _, place in arrived]
    strangers = [place for place in chinese_names(target) if not is_spelled(target[slice(*place)], source)]
    strangers = [place for place in [*strangers, *famous_strangers(source, target)] if not overlaps(place, claimed)]
    left: list[Item] = []
    for item in missing:
        near = misspelt(item, source, target, claimed) if item.kind in ("person", "place") else []
        near = near or (_namesakes(item, target, strangers) if item.kind == "person" else [])
        if near:
            findings.append(_altered(item, target, near[0]))
            claimed.append(near[0])
            strangers = [place for place in strangers if not overlaps(place, claimed)]
        else:
            left.append(item)
    free = [word for word in words(target) if word.capital and not overlaps((word.start, word.end), claimed)]
    left = [
        item
        for item in left
        if item.kind not in ("person", "place") or not any(sounds_like(item.zh, word.plain) for word in free)
    ]
    left = _countries(left, target, claimed, findings)
    people = [item for item in left if item.kind == "person"]
    if len(people) == len(strangers) == 1:
        findings.append(_altered(people[0], target, strangers.pop()))
        left.remove(people[0])
    findings += [_missing(item) for item in left]
    for place in strangers:
        detail = f"{target[slice(*place)]!r} is a name that the Chinese does not have."
        findings.append(Finding("invented", detail, item="person", target=place))
    return findings


def _countries(missing: Sequence[Item], target: str, claimed: Sequence[Place], findings: list[Finding]) -> list[Item]:
    """Countries are often left unsaid; one is altered if the English names a country that is no item's."""
    strangers = [place for place in countries_in(target) if not overlaps(place, claimed)]
    left = []
    for item in missing:
        if not is_country(item):
            left.append(item)
        elif strangers:
            findings.append(_altered(item, target, strangers.pop(0)))
    return left


def _namesakes(item: Item, target: str, strangers: Sequence[Place]) -> list[Place]:
    """Names that the source does not have and that share the surname or the given name of a missing person."""
    parts = {word.plain for rendering in item.renderings for word in words(rendering)}
    return [place for place in strangers if parts & {word.plain for word in words(target[slice(*place)])}]


def _compare_numbers(
    source: str, target: str, missing: Sequence[Item], arrived: Sequence[tuple[Item, Place]], items: Sequence[Item]
) -> list[Finding]:
    claimed = [place for _, place in arrived]
    known = _values(source, items)
    invented = _unaccounted(source, target, claimed, known)
    twos = other_twos(source, target, items, claimed, known)
    findings = [_altered(item, target, place) for item, place in twos]
    left: list[Item] = []
    for item in missing:
        number = next((number for number in invented if is_wrong_magnitude(item, number)), None)
        if number is None:
            left.append(item)
        else:
            invented.remove(number)
            findings.append(_altered(item, target, (number.start, number.end)))
    if len(left) == len(invented) == 1 and (left[0].kind != "number") == invented[0].date:
        number = invented.pop()
        findings.append(_altered(left.pop(), target, (number.start, number.end)))
    findings += [_missing(item) for item in left]
    for number in invented:
        detail = f"{number.text!r} is a number that the Chinese does not have."
        findings.append(Finding("invented", detail, item="number", target=(number.start, number.end)))
    return findings


def is_wrong_magnitude(item: Item, number: EnglishNumber) -> bool:
    """True if the number has the digits of the item but not its size: 180,000 for 1.8 million."""
    if item.kind != "number" or not item.value or not number.value or number.value == item.value or number.date:
        return False
    return item.value.normalize().as_tuple().digits == number.value.normalize().as_tuple().digits


def _values(source: str, items: Sequence[Item]) -> set[Decimal]:
    folded = fold(source)
    values = {item.value for item in items if item.value is not None}
    values |= {Decimal(_SCALES[scale]) for scale in _BARE_SCALE.findall(folded)}
    values |= {10 * (read_numeral(digit) or Decimal(0)) for digit in _DECADES.findall(folded)}
    if _AROUND_THE_CLOCK.search(source):
        values |= {Decimal(24), Decimal(7)}  # 24-hour, 24/7
    for match in [*re.finditer(NUMERAL, folded), *re.finditer(ARABIC, folded)]:
        value = read_numeral(match.group().replace(",", ""))
        if value is not None:
            scale = _SCALE_AFTER.match(folded, match.end())
            values |= {value, value * _SCALES[scale.group(1)]} if scale else {value}
    return values


def _is_known(number: EnglishNumber, known: set[Decimal], source: str, target: str) -> bool:
    value = number.value
    if number.ordinal or value in known or value in (0, 1):
        return True
    in_digits = target[number.start].isdigit()
    if not in_digits and (value <= 12 or value % 1 or not re.search(r"[\s-]", number.text)):
        return True  # small numbers, fractions, "dozen", "thousands"
    if _LETTERED.search(target[max(0, number.start - 2) : number.start]):
        return True
    opening = target.rfind("(", 0, number.start)
    if opening > target.rfind(")", 0, number.start):
        return True  # what translators add in brackets is a conversion or an explanation
    if value in _IMPLIED and not in_digits:
        return True
    if "半" in source and value in _IMPLIED:
        return True
    if number.text[-1] in "kK" and value / 1000 in known:
        return True  # 4K is a resolution
    if number.percent:
        return bool({value * 100, value * 10, 1 - value, 10 - value * 10} & known)
    if number.date:
        century = _RELATIVE_YEAR.search(source) is not None
        return value % 100 in known or value + 12 in known or (value > 31 and century)
    return False


def _missing(item: Item) -> Finding:
    detail = f"{describe(item)} is not in the English."
    return Finding("missing", detail, item=item.kind, source=(item.start, item.end))


def _changed(item: Item, target: str, place: Place, right: str) -> Finding:
    did = "where something went" if item.kind == "place" else "what something changed"
    detail = f"{describe(item)} is {did} {right}, and the English says {target[slice(*place)]!r}."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)


def _other(target: str, place: Place, what: str) -> Finding:
    detail = f"The Chinese names another {what} than {target[slice(*place)]!r}."
    return Finding("altered", detail, item="date" if what == "day" else "place", target=place)


def _undenied(source: str, place: Place) -> Finding:
    detail = f"The Chinese denies something ({source[slice(*place)]}), and nothing in the English does."
    return Finding("missing", detail, item="negation", source=place)


def _respelt(source: str, target: str, place: Place, written: Place) -> Finding:
    detail = f"{source[slice(*place)]} arrived as {target[slice(*written)]!r}."
    return Finding("altered", detail, item="term", source=place, target=written)


def _unqualified(source: str, place: Place) -> Finding:
    return Finding("missing", f"Nothing in the English stands for {source[slice(*place)]}.", item="term", source=place)


def _spoken(target: str, place: Place) -> Finding:
    detail = f"{target[slice(*place)]!r} is said by nobody in the Chinese."
    return Finding("invented", detail, item="term", target=place)


def _opposite(source: str, target: str, place: Place, said: Place | None) -> Finding:
    if said is None:
        return Finding("invented", f"{target[slice(*place)]!r} is not in the Chinese.", item="term", target=place)
    detail = f"The Chinese says {source[slice(*said)]}, and the English something else: {target[slice(*place)]!r}."
    return Finding("altered", detail, item="term", source=said, target=place)


def _reversed(item: Item, place: Place, right: str) -> Finding:
    detail = f"{item.zh} is what something {right} by or to; the English says otherwise."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)


def _misplaced(item: Item, target: str, place: Place, right: str) -> Finding:
    detail = f"Something was {right} {describe(item)}, and the English says {target[slice(*place)]!r}."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)


def _besides(item: Item, place: Place) -> Finding:
    detail = f"{item.zh} counts those named before it too, and the English counts others besides."
    return Finding("altered", detail, item="number", source=(item.start, item.end), target=place)


def _different(item: Item, target: str, place: Place, right: str) -> Finding:
    detail = f"Something is {describe(item)} {right}, and the English says {target[slice(*place)]!r}."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)


def _exchanged(item: Item, other: Item, place: Place) -> Finding:
    detail = f"{item.zh} and {other.zh} changed places in the English."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)


def _altered(item: Item, target: str, place: Place) -> Finding:
    detail = f"{describe(item)} arrived as {target[slice(*place)]!r}."
    return Finding("altered", detail, item=item.kind, source=(item.start, item.end), target=place)
