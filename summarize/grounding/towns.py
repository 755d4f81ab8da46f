"""Towns and subdistricts by the table of them: 东坡区太和镇, 巴彦呼舒镇."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.place_english import compose, with_market_readings
from summarize.grounding.place_unit import NOT_IN_NAMES, Unit, generics, may_end, text_of
from summarize.grounding.tagger import Token, token_at

_CENTRAL = re.compile("中心|[政党区上里长内]")  # 张家镇/镇中心小学
_LONGEST_TOWN = 12
_SURE_TOWN = 3  # characters of a name that is taken for a town wherever a word begins with it


def find_town(text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit]) -> Unit | None:
    """A town of the county before it, or a town by a name that no other word has: 东坡区太和镇, 巴彦呼舒镇."""
    county = text[before[-1].start : before[-1].end] if before else ""
    if length := town_length(text, position, county):
        end = position + length
    else:
        first = token_at(tokens, position)
        if first.start != position or (before and not before[-1].chinese):
            return None
        ends = range(min(len(text), position + _LONGEST_TOWN), position + _SURE_TOWN - 1, -1)
        end = next((end for end in ends if _is_sure_town(text, tokens, first, end)), 0)
        if first.tag == "LOC" and first.text in exonyms.all_towns() and len(first.text) < _SURE_TOWN:
            end = max(end, first.end)
    generic = next((g for g in generics() if text.endswith(g, position + 1, end)), "") if end else ""
    specific = text[position : end - len(generic)]
    if not generic or specific in exonyms.divisions() or text[position:end] in exonyms.places():
        return None  # 乌镇
    english = compose(specific, generic, after_chinese=True, town=True)
    if english is None:
        return None
    forms = with_market_readings(specific, english[0], text_of(text, before))
    return Unit(position, end, forms, english[1], True, 3)


def _is_sure_town(text: str, tokens: Sequence[Token], first: Token, end: int) -> bool:
    """Whether a town of the table stands there, whatever the tagger cut: 将/d 台堡镇/LOC, 那/r 大/a 镇/n."""
    name, known = text[first.start : end], exonyms.all_towns()
    everyday = re.sub("(?:镇|乡|街道|苏木)$", "", name) in exonyms.everyday("town")  # 中心镇
    if name not in known or everyday or not may_end(tokens, end):
        return False
    if first.tag == "LOC":
        return True
    words = [token for token in tokens if first.start < token.start < end]
    if any(word.tag == "c" for word in words):
        return False  # 人/和/镇干部
    return not (len(first.text) == 1 and first.tag in NOT_IN_NAMES and name[1:] in known)  # 到/安镇


def town_length(text: str, position: int, county: str) -> int:
    """How long the name of the town is that begins there and that this county, by any of its names, has."""
    towns = exonyms.towns()
    division = exonyms.divisions().get(county)
    if county not in towns and (
        division := exonyms.divisions_by_specific().get(division.specific if division else county)
    ):
        county = division.name
    names = towns.get(county, ())
    ends = range(min(len(text), position + _LONGEST_TOWN), position + 1, -1)
    return next((end - position for end in ends if text[position:end] in names), 0)


def is_of_two(text: str, start: int, cut: int) -> bool:
    """柳市/镇, 竹镇/镇: towns named after a market or a town."""
    two = text[cut - 1 : cut + 1]
    town = two in ("市镇", "镇镇") and text[start : cut + 1] in exonyms.all_towns()
    return town and not (two == "镇镇" and _CENTRAL.match(text, cut + 1))
