"""Glossary terms in a passage, with the English that counts as right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.glossary import Glossary
from summarize.grounding.item import Item, Kind, without_overlap
from summarize.grounding.tagger import Token, is_word, token_at
from summarize.punctuation import CLOSING_QUOTES, OPENING_QUOTES
from summarize.traditional import simplify

_SLOGAN = 5  # characters; shorter ones in quotation marks are words that somebody stresses
_SHORT = 3  # characters; longer terms are hardly ever made of pieces of other words
_YOUTH = "青少年"  # "youth" in the name of a contest or a body, else a teenager
_OF_YOUTH = re.compile(
    r"(?:(?![的在参和与对为们])\w){0,10}?(?:赛|运动会|训练营|[冬夏]令营|俱乐部|中心|基金会|[协学]会|联合会|[乐舞唱]团|球队|科技馆|体校|"
    r"[文艺]\w节|论坛|杯)"
)
_COMPARED = "环比"  # with the period before, which is a month as a rule
_GENERATION = re.compile(r"(?<![\d.])(?P<year>[0-9][05])[后後](?![来天方续备半])")


def find_terms(text: str, glossary: Glossary, tokens: Sequence[Token] = ()) -> list[Item]:
    """The terms of a passage in order, without overlap; of two that begin together the longer counts.

    Traditional characters match simplified entries and the other way round. An entry that is all of a quotation is a
    slogan if it is long enough.

    Args:
        text: a passage.
        glossary: the built-in terms, or those and the user's.
        tokens: the words of the simplified passage; a built-in term that cuts a name is none (余村/党支部书记), nor is
            a short one that cuts a word (儿童/节目, 部门/禁止).
    """
    items: list[Item] = []
    plain = simplify(text)
    position = 0
    while position < len(plain):
        zh = glossary.longest_at(plain, position)
        if zh is None or (tokens and _is_none(zh, plain, position, glossary, tokens)):
            position += 1
            continue
        end = position + len(zh)
        if zh.endswith("部") and plain.startswith("长", end):  # 美国国防部/长 is a minister
            position += 1
            continue
        renderings = glossary.entries[zh]
        if zh == _COMPARED and zh not in glossary.own:
            renderings = tuple(dict.fromkeys((*_with_what(plain, position), *renderings)))
        if zh == _YOUTH and zh not in glossary.own and _OF_YOUTH.match(plain, end):
            renderings = tuple(sorted(renderings, key=lambda english: english != "youth"))
        if renderings:
            kind: Kind = "slogan" if len(zh) >= _SLOGAN and _is_quoted(text, position, end) else "term"
            items.append(Item(kind, position, end, text[position:end], renderings))
        position = end
    generations = (_generation(match, text) for match in _GENERATION.finditer(plain))
    return without_overlap(generations, first=items)


def _is_none(zh: str, text: str, start: int, glossary: Glossary, tokens: Sequence[Token]) -> bool:
    """Whether a built-in term is other words here (河水/污染), a piece of a name, or, if short, of a word."""
    end = start + len(zh)
    first, last = token_at(tokens, start), token_at(tokens, end - 1)
    if simplify(zh) in glossary.own:
        return False
    if not exonyms.is_named(text, start, end):
        return True
    if first is last:
        rest = first.end - end
        return rest > 0 and (first.tag == "PER" or (first.tag == "LOC" and first.start == start and rest < 3))  # 杨树浦
    if first.start < start and first.tag == "LOC":
        return True
    if len(zh) > _SHORT:
        return False
    begins_within = first.start < start and is_word(first.text)
    return begins_within or (last.end > end and is_word(last.text))


def is_of_another_city(team: Item, items: Sequence[Item]) -> bool:
    """Whether a team is known by a short name only and the city before it is not its own: 费城/老鹰队 are no Hawks."""
    if not team.zh.endswith("队") or not team.renderings:
        return False
    english = team.renderings[0]
    cities = (item.renderings for item in items if item.kind == "place" and item.end == team.start and item.renderings)
    elsewhere = any(city[0] not in english and exonyms.attributive(city) == city[0] for city in cities)
    return elsewhere and any(f"{english} ".startswith(f"{place} ") for place in _homes())


@lru_cache(maxsize=1)
def _homes() -> frozenset[str]:
    """What teams are called after."""
    return frozenset(name for english in exonyms.foreign_places().values() for name in english) | {"Golden State"}


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a place of a text is all that stands between two quotation marks."""
    return text[max(0, start - 1) : start] in tuple(OPENING_QUOTES) and text[end : end + 1] in tuple(CLOSING_QUOTES)


def _with_what(text: str, position: int) -> tuple[str, ...]:
    """What 环比 compares with, by the period that the sentence named last before it: a quarter, a week."""
    periods = re.findall("季度|[月周]", re.split("[。！？；\n]", text[:position])[-1])
    name = {"季度": "quarter", "周": "week"}.get(periods[-1], "") if periods else ""
    return (f"{name} on {name}", f"{name}-on-{name}", f"from the previous {name}") if name else ()


def _generation(match: re.Match[str], text: str) -> Item:
    """90后 are people born in the 1990s, 85后 those born in 1985 or later."""
    short = match["year"]
    year = f"{20 if short < '30' else 19}{short}"
    english = (
        f"post-{short}s",
        f"born in the {year}s" if year.endswith("0") else f"born in the late {year[:3]}0s",
        f"post-{year}s",
        f"born after {year}",
        f"{year}s generation" if year.endswith("0") else f"born since {year}",
    )
    return Item("term", *match.span(), text[match.start() : match.end()], english)
