"""Repairs a translation by rule where only one repair is possible, without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from summarize.fidelity.arrival import QUANTITIES, arrivals
from summarize.fidelity.bound import changed_bounds
from summarize.fidelity.change import mixed_up
from summarize.fidelity.names import chinese_names, is_spelled
from summarize.fidelity.order import mixed_order
from summarize.fidelity.translation import (
    check_translation,
    invented_numbers,
    is_wrong_magnitude,
    misspelt,
)
from summarize.fidelity.wording import Place, overlaps, words
from summarize.grounding.item import Item
from summarize.punctuation import english_marks

_WIDE = re.compile(r"[\u3000-\u303f\uff00-\uffef]")  # marks and digits of Chinese text
_REFERENCE = re.compile(r"&#?\w+;")
_BOUNDS = "more than|over|nearly|almost|about|around|some|at least|approximately"
_BOUND = re.compile(rf"(?:{_BOUNDS})\s+", re.IGNORECASE)
_BOUND_BEFORE = re.compile(rf"\b(?:{_BOUNDS})\s+$", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"^.*\d[\d,.]*%?(?:\s+(?:thousand|million|billion|trillion)\b)?\s*")
_ERA = re.compile(r"\s*(?:B\.?C|A\.?D|C\.?E)\b")


def correct(source: str, target: str, items: Sequence[Item]) -> str:
    """The target with what can be repaired safely: misspelt names, wrong sizes, "by" for "to", "before" for
    "after", bounds that were lost or made up ("193" for 近193), Chinese left in.

    A name is put right if one name of the target is nearly it and belongs to nobody else; a number if one number of the
    target has its digits but not its size; Chinese characters if they are an item. If fewer findings
    do not come of it, the target is returned as it was.
    """
    before = check_translation(source, target, items)
    if not before:
        return target
    repaired = _put_renderings(target, items)
    repaired = _narrow(repaired)
    repaired = _replace(repaired, _names(source, repaired, items))
    repaired = _replace(repaired, _numbers(source, repaired, items))
    repaired = _replace(repaired, _changes(source, repaired, items))
    if repaired == target or len(check_translation(source, repaired, items)) >= len(before):
        return target
    return repaired


def _put_renderings(target: str, items: Sequence[Item]) -> str:
    """Chinese of an item becomes its English; longer items first."""
    for item in sorted(items, key=lambda item: -len(item.zh)):
        if not item.renderings or item.zh.isascii():
            continue
        # With spaces where a word would otherwise touch it.
        pattern = rf"(?<=[A-Za-z\d]){re.escape(item.zh)}"
        target = re.sub(pattern, " " + _escape(item.renderings[0]), target)
        target = re.sub(rf"{re.escape(item.zh)}(?=[A-Za-z\d])", _escape(item.renderings[0]) + " ", target)
        target = target.replace(item.zh, item.renderings[0])
    return target


def _narrow(target: str) -> str:
    """Full-width punctuation becomes that of English, HTML references what they stand for."""
    target = _REFERENCE.sub(lambda reference: unescape(reference.group()).replace("\xa0", " "), target)
    return english_marks(target) if _WIDE.search(target) else target


def _names(source: str, target: str, items: Sequence[Item]) -> dict[Place, str]:
    arrived, missing = arrivals(items, target)
    claimed = [place for _, place in arrived]
    people = [item for item in missing if item.kind == "person" and item.renderings]
    strangers = [
        place
        for place in chinese_names(target)
        if not overlaps(place, claimed) and not is_spelled(target[slice(*place)], source)
    ]
    repairs: dict[Place, str] = {}
    for item in people:
        near = misspelt(item, source, target, claimed)
        if not near and len(people) == len(strangers) == 1:
            surname = words(item.renderings[0])[0].plain
            near = [place for place in strangers if words(target[slice(*place)])[0].plain == surname]
        spelled = {target[slice(*place)] for place in near}
        if len(spelled) == 1:  # a name that is nearly two missing names is neither's
            taken = any(place in repairs for place in near)
            name = re.escape(spelled.pop())
            everywhere = [match.span() for match in re.finditer(rf"\b{name}\b", target)]
            repairs |= dict.fromkeys(everywhere, "" if taken else item.renderings[0])
    return {place: rendering for place, rendering in repairs.items() if rendering}


def _numbers(source: str, target: str, items: Sequence[Item]) -> dict[Place, str]:
    arrived, missing = arrivals(items, target)
    invented = invented_numbers(source, target, [place for _, place in arrived], items)
    wanted = [item for item in missing if item.kind in QUANTITIES and item.renderings]
    repairs: dict[Place, str] = {}
    for item in wanted:
        found = [number for number in invented if is_wrong_magnitude(item, number)]
        if len(found) != 1 or sum(is_wrong_magnitude(other, found[0]) for other in wanted) != 1:
            continue
        start, end = found[0].start, found[0].end
        rendering = item.renderings[0]
        bound = _BOUND.match(rendering)
        if bound and _BOUND_BEFORE.search(target[:start]):
            rendering = rendering[bound.end() :]  # not "more than more than 1.8 million"
        if rendering[0] in "$€£¥":
            if not target[:start].endswith(rendering[0]):
                continue
            rendering = rendering[1:]
        unit = _UNIT_AFTER.sub("", rendering)
        if (unit and not target[end:].lstrip(" -").lower().startswith(unit.lower())) or _ERA.match(target, end):
            continue  # of another unit, or a year
        repairs[start, end] = rendering.removesuffix(unit).rstrip()
    return repairs


def _changes(source: str, target: str, items: Sequence[Item]) -> dict[Place, str]:
    arrived = arrivals(items, target)[0]
    compare = (mixed_up, mixed_order, changed_bounds)
    changes = [change for find in compare for change in find(source, target, arrived)]
    return {place: right for _, place, right in changes}


def _replace(target: str, repairs: dict[Place, str]) -> str:
    for (start, end), rendering in sorted(repairs.items(), reverse=True):
        first = start == 0 or target[:start].rstrip().endswith((".", "!", "?"))
        capital = first and (target[start].isupper() or target[start].isdigit())
        target = target[:start] + (rendering[0].upper() + rendering[1:] if capital else rendering) + target[end:]
    return target


def _escape(rendering: str) -> str:
    return rendering.replace("\\", "\\\\")
