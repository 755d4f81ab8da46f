"""Bodies and offices of other states: 国务院 is the State Council, but after 美国 the State Department.

The English of the country is written first; that of China stays right, since news has both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.origin import HAN, SEPARATORS, name_parts
from summarize.grounding.personal_names import is_romanised
from summarize.traditional import simplify

_BETWEEN = "(?:政府|联邦|前|时任|现任|新任|候任|常务|第一|当地|的)*"
_CHINA = re.compile("中国|我国|中方")
_ANY = "外国"
_DOTTED = re.compile(f"[{HAN}]{{1,6}}[{SEPARATORS}][{HAN}]+")
_BODY = ("部", "院", "局")
_LONGEST = 20  # characters of a country and the words after it
_NEAR = 2  # passages in which a body, but no office, stays that of the country before it


@lru_cache(maxsize=1)
def _bodies() -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]]:
    """For each body what may stand before it, and its English then."""
    countries = "|".join(sorted(map(re.escape, exonyms.foreign_places()), key=len, reverse=True))
    bodies: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for zh, before, english in exonyms.rows("foreign_bodies.tsv"):
        place = f"{countries}|{_ANY}" if before == "*" else before
        bodies.setdefault(zh, []).append((re.compile(f"(?:{place}){_BETWEEN}$"), tuple(english.split("|"))))
    return bodies


def with_foreign_bodies(passages: Sequence[str], grounded: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The items of the passages of an article, bodies in the English of the country that stands before them there, or
    did shortly before."""
    last: dict[str, tuple[int, tuple[str, ...]]] = {}
    read = []
    for index, (passage, items) in enumerate(zip(passages, grounded, strict=True)):
        text, row = simplify(passage), []
        for item in items:
            zh = next((body for body in _bodies() if text.endswith(body, item.start, item.end)), "")
            if zh and item.renderings:
                start = item.end - len(zh)  # 国务院 in 美国国务院
                if english := _english(zh, text[:start]) or _of_foreigner(zh, text[item.end :]):
                    last[zh] = index, english
                elif zh in last and (index - last[zh][0] > _NEAR * zh.endswith(_BODY) or _CHINA.search(text)):
                    del last[zh]
                if zh in last and start == item.start:
                    item = replace(item, renderings=tuple(dict.fromkeys((*last[zh][1], *item.renderings))))
            row.append(item)
        read.append(row)
    return read


def _english(zh: str, before: str) -> tuple[str, ...]:
    near = before[-_LONGEST:]
    return next((english for pattern, english in _bodies()[zh] if pattern.search(near)), ())


def _of_foreigner(zh: str, after: str) -> tuple[str, ...]:
    """An office whose holder is named as foreigners are: 副总理理查德·马尔斯."""
    name = _DOTTED.match(after)
    if name is None or zh.endswith(_BODY) or any(map(is_romanised, name_parts(name[0]))):
        return ()
    return next((english for pattern, english in _bodies()[zh] if pattern.search(_ANY)), ())
