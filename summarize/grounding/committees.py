"""Committees of the Youth League and of the parties besides the CPC: 共青团四川省委, 民盟武汉市委会."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.grounding import exonyms
from summarize.grounding.body_english import LEVELS
from summarize.grounding.item import Item

_LEAGUE = "共青团"
_LEAGUE_ENGLISH = ("the Communist Youth League", "the Communist Youth League of China", "the Youth League", "the CYL")
_COMMITTEE = re.compile(
    rf"(?P<of>{_LEAGUE}|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)"
    r"(?P<place>[\u4e00-\u9fff]{0,11}?(?P<level>自治区|自治州|省|市|县|区|州|盟|旗))(?:委员会|委会|委(?![员托派任]))"
)


def find_committees(text: str) -> Iterator[Item]:
    """The committees of a passage in simplified characters, so that none is read as one of the CPC: 四川省委."""
    for match in _COMMITTEE.finditer(text):
        owners, level = _owners(match["place"], match["level"]), LEVELS[match["level"]].lower()
        parties = _LEAGUE_ENGLISH if match["of"] == _LEAGUE else exonyms.organisations()[match["of"]]
        forms = [f"{owner} Committee of {party}" for party in parties for owner in owners]
        forms += [f"{party.removeprefix('the ')} {owner} Committee" for party in parties for owner in owners]
        if match["place"] == match["level"]:  # 共青团县委
            forms[:0] = [f"the {level} committee of {party}" for party in parties]
        if owners:
            yield Item("organisation", *match.span(), match[0], tuple(forms))


def _owners(place: str, level: str) -> list[str]:
    """Sichuan Provincial, Wuhan Municipal; Municipal where the city goes without its name; none of an unknown place."""
    if place == level:
        return [LEVELS[level]]
    known = exonyms.divisions()
    start = next((start for start in range(len(place) - 1) if place[start:] in known), None)  # 湖北省/武汉市
    if start is None or (start and exonyms.find_division(place[:start]) is None):
        return []
    name = known[place[start:]].english
    return [f"{name} {LEVELS[level]}", name]
