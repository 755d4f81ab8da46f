"""Middle schools that go by their numbers: 一中, 市二中; by the full name if the article has it (南平市第一中学)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.grounding.body_english import LEVELS
from summarize.grounding.item import Item
from summarize.grounding.numerals import read_numeral

_NUMBER = "二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_LEVELS = "市县区州"
_SCHOOLED = (
    "(?:副?校长|党委|党总支|党支部|学[生子校]|[老教]师|师生|校[园区友门]|高[一二三中]|初[一二三中]|新?校区|毕业|就读|读书|上学|任教|门口|操场|食堂|考[点场]|"
    "招生|团委|附近|对面|了解到|获悉|的(?:学[生子]|[老教]师|校[长园门]|师生))"
)
_NO_SCHOOL = "(?!全会|[心央国小型期旬层间部午级职医院试标选奖共队介文段产年学路])"
_BEGINS = r"(?:(?<![\u4e00-\u9fff])|(?<=[在从到于由对和与及了自是入上]))"  # 沪市一中签号
_SHORT = re.compile(
    rf"(?:{_BEGINS}(?P<level>[{_LEVELS}])(?P<number>{_NUMBER})中{_NO_SCHOOL}"
    rf"|{_BEGINS}(?P<bare>{_NUMBER})中(?:(?={_SCHOOLED})|(?=[、和与及](?:{_NUMBER})中))"
    rf"|(?:(?<=毕业于)|(?<=就读于)|(?<=来自)|(?<=考[上入进取])|(?<=中[、和与及]))(?P<attended>{_NUMBER})中{_NO_SCHOOL})"
)
_FULL = re.compile(rf"[\u4e00-\u9fff]{{2,}}?第?(?P<number>{_NUMBER})中学?")
_ENGLISH = ("No. {} Middle School", "No. {} High School", "No. {} Secondary School")


def find_numbered_schools(text: str) -> Iterator[Item]:
    """The schools of a passage in simplified characters that stand there without the name of their city or county."""
    for match in _SHORT.finditer(text):
        number = read_numeral(match["number"] or match["bare"] or match["attended"])
        names = [form.format(number) for form in _ENGLISH]
        forms = [f"{LEVELS[match['level']]} {name}" for name in names] if match["level"] else []
        yield Item("organisation", *match.span(), match[0], (*forms, *names))


def is_numbered_school(zh: str) -> bool:
    """Whether a name is one of those that go by a number: 市一中."""
    return re.fullmatch(f"[{_LEVELS}]?(?:{_NUMBER})中", zh) is not None


def in_full(found: Sequence[Sequence[Item]]) -> dict[str, Item]:
    """By their numbers, the schools that an article names with their city or county, if one only has that number."""
    schools: dict[str, dict[str, Item]] = {}
    for item in (item for items in found for item in items if item.kind == "organisation" and item.renderings):
        if (match := _FULL.fullmatch(item.zh)) and not is_numbered_school(item.zh):
            schools.setdefault(match["number"], {}).setdefault(item.renderings[0], item)
    named = {number: next(iter(items.values())) for number, items in schools.items() if len(items) == 1}
    return {f"{level}{number}中": item for number, item in named.items() for level in ("", *_LEVELS)}
