"""Hospitals of universities, by number (浙江大学医学院附属第一医院) or by their own name (复旦大学附属华山医院)."""

from __future__ import annotations

import re

from summarize.grounding import exonyms
from summarize.grounding.english_numbers import ORDINAL_OF
from summarize.grounding.item import Item
from summarize.grounding.numerals import read_numeral
from summarize.grounding.pinyin import spell

_KINDS = {
    "人民医院": "People's Hospital",
    "口腔医院": "Stomatological Hospital",
    "儿童医院": "Children's Hospital",
    "儿科医院": "Children's Hospital",
    "妇产科医院": "Obstetrics and Gynecology Hospital",
    "妇产医院": "Obstetrics and Gynecology Hospital",
    "肿瘤医院": "Cancer Hospital",
    "眼耳鼻喉科医院": "Eye and ENT Hospital",
    "眼科医院": "Eye Hospital",
    "中医院": "Hospital of Traditional Chinese Medicine",
    "医院": "Hospital",
}
_HOSPITAL = re.compile(
    r"(?P<school>(?:同济|湘雅|齐鲁|上海|北京)?医学[院部])?"
    r"(?:附属)?(?:第(?P<nth>[一二三四五六七八九十]))?(?:附属)?"
    rf"(?:(?P<kind>{'|'.join(_KINDS)})|(?P<name>[\u4e00-\u9fff]{{2,4}}?)医院)"
)
_UNION = "协和"  # of Peking it is called otherwise


def with_hospital(text: str, item: Item) -> Item:
    """A university with the hospital that is named after it, if one is; else the item as it is.

    Args:
        text: the passage in simplified characters.
        item: an organisation of it.
    """
    match = _HOSPITAL.match(text, item.end) if item.zh.endswith("大学") else None
    if match is None or (match["name"] and match["name"] != _UNION and set(match["name"]) & set("的和与及在到去了")):
        return item
    university = item.renderings[0].removeprefix("the ")
    forms = _named(match["name"], university) if match["name"] else _numbered(match, university)
    return Item("organisation", item.start, match.end(), text[item.start : match.end()], forms)


def _named(name: str, university: str) -> tuple[str, ...]:
    """复旦大学附属华山医院 is Huashan Hospital of Fudan University."""
    known = ("Union Hospital",) if name == _UNION else exonyms.organisations().get(f"{name}医院")
    city = exonyms.places().get(name[:2], ("",))[0] if len(name) > 3 else ""
    hospital = known[0] if known else " ".join(filter(None, [city, spell(name[2:] if city else name), "Hospital"]))
    joints = (" of ", ", ", " affiliated to ", " Affiliated to ", " affiliated with ", " at ")
    return (*(f"{hospital}{joint}{university}" for joint in joints), f"{university} {hospital}", hospital)


def _numbered(match: re.Match[str], university: str) -> tuple[str, ...]:
    """南昌大学第二附属医院 is the Second Affiliated Hospital of Nanchang University."""
    affiliated = "附属" in match.group()
    number = ORDINAL_OF[int(read_numeral(match["nth"]) or 1)].capitalize() if match["nth"] else ""
    hospital = " ".join(filter(None, [number, "Affiliated" if affiliated else "", _KINDS[match["kind"]]]))
    owners = [university]
    if match["school"]:
        owners += [f"{university} School of Medicine", f"{university} Medical College", f"{university} Medical School"]
    after = [f"{hospital}{joint}{owner}" for joint in (" of ", ", ", " of the ") for owner in owners]
    before = [f"{owner} {hospital}" for owner in owners]
    return (f"the {after[0]}", *after, *before) if affiliated else (*before, *after)
