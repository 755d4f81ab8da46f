"""The English of public bodies: a body and those within it, with the places that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarize.grounding import exonyms
from summarize.grounding.pinyin import spell
from summarize.grounding.place_unit import Unit
from summarize.grounding.places import chain_english

BodyKind = Literal["head", "branch", "part", "government", "party", "word"]

_ADJECTIVES = {"省": "Provincial", "市": "Municipal", "自治区": "Regional", "自治州": "Prefectural"}
_COUNTY_LEVEL = {"县": "County", "区": "District", "镇": "Town", "乡": "Township", "旗": "Banner"}
LEVELS = {  # how a division stands before a body of it
    **_ADJECTIVES,
    **_COUNTY_LEVEL,
    **{"自治县": "County", "地区": "Prefectural", "州": "Prefectural", "盟": "League", "师": "Divisional"},
    "兵团": "Corps",
}
# Of a province these are called provincial: Hubei Provincial Museum.
_OF_PROVINCES = (
    *("博物馆", "博物院", "图书馆", "美术馆", "档案馆", "科技馆", "文化馆", "体育馆"),
    *("医院", "剧院", "研究院", "研究所"),
)
_COUNTY = 2  # the rank of a place; towns and villages have higher ones
_JOINTS = (" of ", " of the ", ", ")
_MOST_FORMS = 80  # variants of one name


@dataclass(frozen=True, slots=True)
class Body:
    """One part of an organisation's name: `start` to `end`, what kind its last word is, its English, and whether it has
    a name of its own (柑子坪小学)."""

    start: int
    end: int
    kind: BodyKind
    english: tuple[str, ...]
    named: bool = False


def body_english(text: str, units: Sequence[Unit], bodies: Sequence[Body]) -> tuple[str, ...]:
    """The English of bodies within one another, the largest first in Chinese, after the places that they are of."""
    outer = _of_division(text, units[-1], bodies[0]) if units else bodies[0].english
    inner = [body.english for body in reversed(bodies[1:])]  # the smallest first
    usual = [english[0] for english in inner]
    forms: list[str] = []
    for main in outer:
        forms += [joint.join([*usual, main]) for joint in _JOINTS]
        if inner:
            forms += [" ".join([main, *reversed(usual)]), f"{main}'s {' of '.join(usual)}"]
    if inner:
        forms += [joint.join([other, *usual[1:], outer[0]]) for other in inner[0][1:] for joint in _JOINTS]
    forms = list(dict.fromkeys(forms))
    if upper := units[:-1]:
        places = dict.fromkeys([chain_english(upper)[0], _short(upper)])
        forms = [
            *(f"{form}{joint}{place}" for form in forms[:6] for place in places for joint in (", ", " in ", " of ")),
            *(f"{place} {form}" for form in forms[:4] for place in places),
            *forms,
        ]
    if units and units[-1].rank > _COUNTY and len(bodies) == 1 and bodies[0].named:
        # 龙凤镇柑子坪小学: Ganziping Primary School, Longfeng Town
        wholes = [chain_english(units)[0], _short(units)]
        forms[:0] = [
            f"{own}{joint}{place}" for own in bodies[0].english[:2] for place in wholes for joint in (", ", " in ")
        ]
    return tuple(dict.fromkeys(forms))[:_MOST_FORMS]


def _short(units: Sequence[Unit]) -> str:
    return ", ".join(unit.shortest for unit in reversed(units))


def joined_once(owner: str, body: str) -> str:
    """Fengyuan Village and Village Committee: the word that both have once."""
    first, _, rest = body.partition(" ")
    return f"{owner} {rest}" if rest and owner.endswith(f" {first}") else f"{owner} {body}"


def _of_division(text: str, unit: Unit, body: Body) -> tuple[str, ...]:
    """A division's body: Baoying County Public Security Bureau, Xiangyang Municipal Party Committee."""
    name = text[unit.start : unit.end]
    generic = next((g for g in ("自治区", "自治州", "省", "市", "县", "区", "镇", "乡", "旗") if name.endswith(g)), "")
    full, short = unit.english[0], unit.shortest
    if generic in _ADJECTIVES:
        adjective = f"{short} {_ADJECTIVES[generic]}"
        if body.kind in ("government", "party"):
            owners = [adjective, short, f"{short} {'City' if generic == '市' else 'Province'}"]
        elif generic == "市":
            owners = [short, adjective, f"{short} City"]
        elif generic != "省":
            owners = [full, short, adjective]
        elif text.endswith(_OF_PROVINCES, body.start, body.end):
            owners = [adjective, short, full]
        else:
            owners = [short, adjective, full]
    elif generic in _COUNTY_LEVEL:
        county = f"{short} {_COUNTY_LEVEL[generic]}" if unit.short else full
        owners = [county if generic == "乡" and not name.endswith("族乡") else full, county, short]
        owners += [f"{short} Township"] * (generic == "镇" and bool(unit.short))
    elif name[-1] in "河江湖山岛湾港" and unit.rank > _COUNTY and len(name) < 5 and name not in exonyms.places():
        owners = [spell(name), full]  # 泾河派出所 is Jinghe Police Station
    else:
        owners = [full, short]
    forms = [joined_once(owner, own) for owner in owners for own in body.english]
    forms += [f"{own} of {owner}" for own in body.english for owner in (full, short)]
    return tuple(dict.fromkeys(forms))
