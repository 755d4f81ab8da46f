"""Where the items of a passage arrived in its English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.names import is_spelled
from summarize.fidelity.wording import Place, find_name, find_phrase, share_of_words, squash, words
from summarize.grounding.arrival import find_quantity
from summarize.grounding.english_numbers import read_english_numbers
from summarize.grounding.item import Item
from summarize.grounding.origin import name_parts

QUANTITIES = ("number", "date", "time")

_GENERIC = re.compile(
    r"\s+(?:Province|City|County|District|Town|Township|Village|Municipality|Prefecture|Autonomous Region|Region|Road|"
    r"Street|Avenue|Subdistrict|State|Island|River|Lake|Community|Banner|League|New Area|"
    r"Special Administrative Region|(?:Railway )?Station)\b.*$"
)
# Adjectives that do not begin like the name of their country.
_ADJECTIVES = {
    "france": "french", "netherlands": "dutch", "holland": "dutch", "britain": "british uk", "switzerland": "swiss",
    "spain": "spanish", "denmark": "danish", "greece": "greek", "wales": "welsh", "poland": "polish",
    "turkey": "turkish", "sweden": "swedish", "finland": "finnish", "ireland": "irish", "philippines": "filipino",
    "thailand": "thai", "england": "english british uk", "united kingdom": "uk british britain",
    "united states": "us american america", "america": "us american", "uk": "british britain",
    "us": "american america", "scotland": "scottish scots", "europe": "european eu", "africa": "african",
    "iceland": "icelandic", "new zealand": "kiwi", "germany": "german", "china": "chinese", "japan": "japanese",
    "norway": "norwegian", "portugal": "portuguese", "peru": "peruvian",
}  # fmt: skip
_SMALLEST_UNIT = re.compile(r"(.+?)(?<!Co\.), ")  # Chengguan Police Station, Jianshui County Public Security Bureau
_COUNTED = re.compile(r"第?[零〇一二两兩]")
_TITLED = re.compile(r"(?:先生|女士|小姐|大姐|大哥|阿姨|叔叔|大爷|大妈|大娘|奶奶|爷爷|师傅|老师|老人|婆婆|某)$")
# Countries often named in news: a text about one may leave it unsaid, so only another in its place counts.
COUNTRIES = frozenset(
    re.findall(
        r"[^|]+",
        "united states|usa|us|u.s.|america|britain|uk|united kingdom|england|scotland|wales|france|germany|"
        "italy|spain|portugal|russia|ukraine|japan|south korea|north korea|india|pakistan|bangladesh|nepal|"
        "sri lanka|myanmar|thailand|vietnam|laos|cambodia|malaysia|singapore|indonesia|philippines|australia|"
        "new zealand|canada|mexico|brazil|argentina|chile|peru|bolivia|colombia|venezuela|cuba|egypt|libya|"
        "syria|iraq|iran|israel|turkey|türkiye|saudi arabia|qatar|afghanistan|kazakhstan|uzbekistan|mongolia|"
        "poland|hungary|romania|bulgaria|greece|serbia|austria|switzerland|netherlands|belgium|denmark|norway|"
        "sweden|finland|iceland|ireland|south africa|nigeria|kenya|ethiopia|sudan|morocco|algeria|tunisia|"
        "europe|africa|asia",
    )
)

_LONG_NAMED = sorted(
    country for country in COUNTRIES if len(country) > 4
)  # the short ones, such as "us", are words too


def find_item(item: Item, target: str) -> Place | None:
    """Where an item arrived in English, None if nowhere. Names arrive in any spelling of `renderings`."""
    if item.kind in QUANTITIES:
        return find_quantity(item, target)
    for rendering in item.renderings:
        if item.kind in ("term", "slogan"):
            place = find_phrase(rendering, target)
        else:
            place = next(iter(find_name(rendering, target)), None)
        if place is not None:
            return place
    match item.kind:
        case "person":
            return _find_surname(item, target)
        case "place":
            return _find_place(item, target)
        case "organisation":
            return _find_organisation(item, target)
    return None


def arrivals(items: Sequence[Item], target: str) -> tuple[list[tuple[Item, Place]], list[Item]]:
    """The items that arrived with their places, and those that did not; what a passage says twice counts once."""
    arrived: list[tuple[Item, Place]] = []
    missing: list[Item] = []
    for item in {(item.kind, item.zh): item for item in reversed(items)}.values():
        if not _is_checked(item):
            continue
        place = find_item(item, target)
        if place is None:
            missing.append(item)
        else:
            arrived.append((item, place))
    missing.sort(key=lambda item: item.start)
    return arrived, missing


def is_country(item: Item) -> bool:
    """True for a place that is a country or a continent."""
    return item.kind == "place" and item.renderings[0].lower().removeprefix("the ") in COUNTRIES


def countries_in(target: str) -> list[Place]:
    """Where the text names a country, by its name."""
    return [place for country in _LONG_NAMED for place in find_name(country, target)]


def _is_checked(item: Item) -> bool:
    """What cannot be told or a translator may leave unsaid is not missed: 两人, 第二, 中国."""
    if item.kind == "number" and item.value is not None and item.value <= 2 and _COUNTED.fullmatch(item.zh):
        return False
    return bool(item.renderings or item.value is not None) and item.zh not in ("中国", "我国", "全国")


def _find_surname(item: Item, target: str) -> Place | None:
    """Papers call a foreigner by the surname alone, and 李大姐 Ms. Li or Mrs. Li; other Chinese names stay whole."""
    if _TITLED.search(item.zh):
        surnames = [words(rendering)[-1].plain for rendering in item.renderings]
    elif len(name_parts(item.zh)) > 1 or not is_spelled(item.renderings[0], item.zh):
        surnames = [word.plain for rendering in item.renderings for word in words(rendering) if len(word.plain) > 3]
    else:
        return None
    return next((place for surname in surnames for place in find_name(surname, target)), None)


def _find_place(item: Item, target: str) -> Place | None:
    """A place without its generic word (Baoying for Baoying County), or its adjective; of several the smallest."""
    smallest = dict.fromkeys(rendering.partition(", ")[0] for rendering in item.renderings)
    for rendering in smallest:
        if rendering not in item.renderings and (places := find_name(rendering, target)):
            return places[0]
        specific = _GENERIC.sub("", rendering.removeprefix("the "))
        if specific != rendering and (places := find_name(specific, target)):
            return places[0]
        for ending in ("n", "an", "ian", "ese", "i"):  # North Korean
            if places := find_name(specific + ending, target):
                return places[0]
        plain = squash(specific)
        adjectives = _ADJECTIVES.get(specific.lower(), "").split()
        for word in words(target):
            if word.plain in adjectives and word.capital:
                return word.start, word.end
            if word.capital and len(plain) >= 4 and word.plain.startswith(plain[: max(4, len(plain) - 2)]):
                return word.start, word.end
    return None


def _find_organisation(item: Item, target: str) -> Place | None:
    """An organisation in other words: most words of one rendering are there, and half of those of its smallest
    unit, and its number."""
    for rendering in item.renderings:
        if (place := find_phrase(rendering, target)) is not None:
            return place
    if max(share_of_words(rendering, target) for rendering in item.renderings) < 0.6:
        return None
    units = [match[1] for rendering in item.renderings if (match := _SMALLEST_UNIT.match(rendering))]
    if units and max(share_of_words(unit, target) for unit in units) < 0.5:
        return None
    numbers = {number.value for rendering in item.renderings for number in read_english_numbers(rendering)}
    if numbers and numbers.isdisjoint(number.value for number in read_english_numbers(target)):
        return None
    known = {word.stem for rendering in item.renderings for word in words(rendering)}
    there = [word for word in words(target) if word.capital and word.stem in known]
    return (there[0].start, there[-1].end) if there else (0, 0)
