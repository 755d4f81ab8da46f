"""Names with an English of their own: the tables under `data/`, each read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

_ADJECTIVE = re.compile(r"(?:[^h]an|ish|ese|ench|Dutch|Czech|Slovak|Greek|Swiss|Thai|[ilnrt]ic|[aenqt]i)$")

_ETHNIC_UNITS = {"乡": "Township", "镇": "Town", "村": "Village"}
Table = dict[str, tuple[str, ...]]
Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division of China.

    Attributes:
        level: province, prefecture or county.
        name: its full name (宝应县).
        specific: the name without its generic part (宝应).
        english: the English of the specific part (Baoying).
        full: the English of the full name (Baoying County).
    """

    level: Level
    name: str
    specific: str
    english: str
    full: str

    @property
    def rank(self) -> int:
        """0 for a province, 1 for a prefecture, 2 for a county."""
        return ("province", "prefecture", "county").index(self.level)


def rows(table: str, package: str = "summarize.grounding") -> Iterator[list[str]]:
    """The rows of a table under `data/` of a package, split at tabs, without comments."""
    text = files(package).joinpath("data", table).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def foreign_places() -> Table:
    """Countries, capitals, large cities, American states and regions of the world, with the words for their people."""
    return _table("places.tsv")


def attributive(renderings: Sequence[str]) -> str:
    """Of the English of a country the word that goes before an office or a name: U.S. Secretary of State."""
    if "U.S." in renderings:
        return "U.S."
    adjectives = [word for word in renderings[1:] if _ADJECTIVE.search(word)]
    return adjectives[0] if adjectives else renderings[0].removeprefix("the ")


@lru_cache(maxsize=1)
def namesakes() -> dict[str, dict[str, tuple[str, ...]]]:
    """Places abroad that have the name of one in China, with their English by country: 江南区 is also Gangnam."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for country, zh, english in rows("namesakes.tsv"):
        found.setdefault(zh, {})[country] = tuple(english.split("|"))
    return found


@lru_cache(maxsize=1)
def places() -> Table:
    """Foreign places, and places of China whose English is not their pinyin."""
    return foreign_places() | _table("chinese_places.tsv")


@lru_cache(maxsize=1)
def people() -> Table:
    """Widely known people whose names are not spelled in pinyin."""
    return _table("people.tsv")


@lru_cache(maxsize=1)
def organisations() -> Table:
    """Organisations, media, companies and universities with an established English name."""
    return _table("organisations.tsv")


@lru_cache(maxsize=1)
def typhoons() -> Table:
    """Names of typhoons."""
    return _table("typhoons.tsv")


@lru_cache(maxsize=1)
def lines() -> dict[str, str]:
    """What railways and expressways are called after: one character for a city, more for the ends of a whole line."""
    return dict(rows("lines.tsv"))


@lru_cache(maxsize=1)
def divisions() -> dict[str, Division]:
    """Administrative divisions of China by full name; of two with one name, the higher.

    Autonomous prefectures and counties also stand under the names that the press gives them (大理州, 积石山县).
    """
    found: dict[str, Division] = {}
    for level, name, specific, english, full in rows("divisions.tsv"):
        found.setdefault(name, Division(level, name, specific, english, full))  # type: ignore[arg-type]
    for division in [division for name, division in found.items() if name.endswith(("自治州", "自治县"))]:
        generic = division.name[-1]
        name = f"{division.specific}{generic}"
        english = f"{division.english} {'Prefecture' if generic == '州' else 'County'}"
        found.setdefault(name, Division(division.level, name, division.specific, division.english, english))
    return found


@lru_cache(maxsize=1)
def divisions_by_specific() -> dict[str, Division]:
    """The same by the specific part (宝应); names of one character are left out, which stand nowhere alone."""
    found: dict[str, Division] = {}
    for division in divisions().values():
        if len(division.specific) > 1:
            found.setdefault(division.specific, division)
    return found


def find_division(name: str) -> Division | None:
    """The division of that name, with its generic part or without."""
    return divisions_by_specific().get(name) or divisions().get(name)


@lru_cache(maxsize=1)
def towns() -> dict[str, frozenset[str]]:
    """The towns, townships and subdistricts of each county by its full name; of two counties with one name, of both."""
    return {county: frozenset(names.split()) for county, names in rows("towns.tsv")}


@lru_cache(maxsize=1)
def all_towns() -> frozenset[str]:
    """The towns, townships and subdistricts of all counties."""
    return frozenset().union(*towns().values())


@lru_cache(maxsize=1)
def taiwan() -> dict[str, tuple[tuple[str, ...], Table]]:
    """The counties and cities of Taiwan with their English, and the townships, districts and cities of each.

    The English of these is that of the specific part (Guangfu for 光复乡), () where that is pinyin.
    """
    found: dict[str, tuple[tuple[str, ...], Table]] = {}
    for county, english, parts in rows("taiwan.tsv"):
        named = (part.partition("=") for part in parts.split(", "))
        found[county] = tuple(english.split("|")), {zh: tuple(filter(None, forms.split("|"))) for zh, _, forms in named}
    return found


@lru_cache(maxsize=1)
def generics() -> Table:
    """Generic parts of place names: 镇 is Town, 苗族乡 is Miao Ethnic Township."""
    table = {zh: tuple(english.split("|")) for zh, kind, english in rows("generics.tsv") if kind == "generic"}
    for group, names in ethnic_groups().items():
        table |= {group + zh: ethnic_forms(names, english) for zh, english in _ETHNIC_UNITS.items()}
    return table


@lru_cache(maxsize=1)
def ethnic_groups() -> Table:
    """The ethnic groups that townships are called after, with their spellings: 苗族 is Miao."""
    return {zh: tuple(english.split("|")) for zh, kind, english in rows("generics.tsv") if kind == "group"}


def ethnic_forms(groups: Sequence[str], unit: str) -> tuple[str, ...]:
    """Miao Ethnic Township, Miao Township: a unit that is called after groups, each form with each spelling."""
    return tuple(f"{group} {form}{unit}" for form in ("Ethnic ", "", "Ethnic Minority ") for group in groups)


@lru_cache(maxsize=1)
def modifiers() -> dict[str, str]:
    """Words between the specific and the generic part of a place name: 石化 is Petrochemical."""
    return {zh: english for zh, kind, english in rows("generics.tsv") if kind == "modifier"}


@lru_cache(maxsize=1)
def addresses() -> Table:
    """Forms of address after a surname, with "{}" for the surname: 先生 is Mr. {}."""
    return _table("addresses.tsv")


@lru_cache(maxsize=1)
def surnames() -> dict[tuple[str, str], tuple[str, ...]]:
    """Surnames by the country that spells them otherwise: 金 of 韩国 is Kim."""
    return {(country, zh): tuple(english.split("|")) for country, zh, english in rows("surnames.tsv")}


@lru_cache(maxsize=1)
def romanised_names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Parts of names that are not spelled in pinyin, with their language: 扎西 is Tibetan, Tashi."""
    return {
        zh: (language, tuple(dict.fromkeys(english.split("|"))))
        for chinese, language, english in rows("romanised_names.tsv")
        for zh in chinese.split(",")
    }


@lru_cache(maxsize=1)
def western_names() -> Table:
    """Common Western given names and surnames: 约翰逊 is Johnson."""
    return _table("western_names.tsv")


@lru_cache(maxsize=11)
def everyday(
    taken_for: Literal[
        "place",
        "never a place",
        "not before bodies",
        "not a specific part",
        "not a village",
        "not a hamlet",
        "town",
        "township",
        "township before its kind",
        "person",
        "set phrase",
    ],
) -> frozenset[str]:
    """Everyday words that are also names, or look like ones."""
    return frozenset(word for kind, words in rows("everyday.tsv") if kind == taken_for for word in words.split())


def is_named(text: str, start: int, end: int) -> bool:
    """Whether a name of the tables that is an everyday word too is the name here: not 小米 (millet), not 入海口."""
    context = _contexts().get(text[start:end])
    if context is None:
        return True
    never_before, after = context
    return text[start - 1 : start] not in tuple(never_before) and after.match(text, end) is not None


@lru_cache(maxsize=1)
def _contexts() -> dict[str, tuple[str, re.Pattern[str]]]:
    return {name: (never_before, re.compile(after)) for name, never_before, after in rows("contexts.tsv")}


def _table(name: str) -> Table:
    table: Table = {}
    for chinese, english in rows(name):
        for zh in chinese.split(","):
            table[zh] = tuple(english.split("|"))
    return table
