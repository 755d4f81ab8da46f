"""Places: known names from the tables, and names composed of a specific part in pinyin and a generic part.

A chain of divisions (江苏省宝应县泾河镇) is one item, written from the smallest to the largest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.composed_places import find_composed
from summarize.grounding.hamlets import find_hamlet
from summarize.grounding.item import Item, without_overlap
from summarize.grounding.listed_places import find_listed, listed_divisions
from summarize.grounding.origin import is_transliteration, spells_foreign
from summarize.grounding.pinyin import spell
from summarize.grounding.place_cues import is_before_cue
from summarize.grounding.place_english import specific_english, with_umlaut_variants
from summarize.grounding.place_unit import NAME_TAGS, Unit, generics, may_end
from summarize.grounding.tagger import Token, token_at
from summarize.grounding.taiwan import division_at, is_whole
from summarize.grounding.towns import town_length
from summarize.punctuation import BARS

_STREETS = ("路", "街", "大道", "巷", "胡同", "弄", "东道", "西道", "南道", "北道")
_WITH_LONG = re.compile(  # 合肥市/长江西路, 宜昌市/长阳土家族自治县, 九江市/长江大桥
    "长(?![在到说和与的])[\u4e00-\u9fff](?![在到说和与的])[\u4e00-\u9fff]?(?:路|街|大道|乡|镇)|长江(?:大桥|干流|流域|段|沿岸|岸线|经济带)|长征村"
)
_GAUGE = re.compile("(?<=[江河溪水湖])(?P<name>[\u4e00-\u9fff]{2,3})(?:水文)?站(?![点台长房立上])")
_OF_WATER = re.compile("水位|流量|水文|洪峰|超警|洪水")
_STOP = re.compile("站(?![点台长务房立上])")  # 富华路站
_METRO = re.compile("地铁|轨道交通|轻轨|号线")
_TOWN = re.compile("[\u4e00-\u9fff]{2,3}(?:镇|乡|街道)")
_MOUNTAIN = re.compile("[^东西南北中江河湖海山岭路].{1,3}(?:[山岛寺]|景区|古镇|古村|机场|公园)")
_SCHOOL = re.compile("(?:师范|民族|医|理工|工|职业|技术|科技)*(?:大学|学院)")  # 长江师范学院 is called after the river
_EVENTS = ("节", "赛", "展", "会", "论坛", "马拉松")
_CALLED_AFTER_CITIES = re.compile("Airport$|Railway Station$|Bridge$|Tunnel$")
_LONGEST_KNOWN = 16  # characters of a name of the tables
_HOUSE = re.compile(r"(?P<number>\d{1,4})号(?P<yard>大?院)?(?![线楼栋幢])")


def find_places(text: str, tokens: Sequence[Token], *, foreign: bool = False) -> list[Item]:
    """The places of a passage in simplified characters, in order, without overlap.

    In a foreign story only known names of the tables count, since a name there is hardly ever spelled in pinyin.
    """
    items: list[Item] = []
    end = 0
    for token in tokens:
        if token.start < end:
            continue
        chain = read_chain(text, tokens, token.start, foreign=foreign)
        if not chain:
            continue
        for group in _groups(chain):
            start, end = group[0].start, group[-1].end
            english = chain_english(group)
            if _STOP.match(text, end) and _METRO.search(text):
                end, english = end + 1, tuple(f"{name} Station" for name in english)
            elif _is_of_metro(text, start, end):
                english = tuple(sorted(english, key=lambda name: "Railway" in name))
            if house := _HOUSE.match(text, end) if text.endswith(_STREETS, start, end) else None:
                end, english = house.end(), _with_house(house, english)
            items.append(Item("place", start, end, text[start:end], english))
    if foreign:
        return items
    items += [*find_listed(text, tokens), *_gauging_stations(text, tokens)]
    return without_overlap(items, first=listed_divisions(text, tokens, items))


def _gauging_stations(text: str, tokens: Sequence[Token]) -> list[Item]:
    """Stations that measure a river: 都柳江石灰厂站, where the passage is about its water."""
    if not _OF_WATER.search(text):
        return []
    items = []
    for match in _GAUGE.finditer(text):
        name = specific_english(match["name"], after_chinese=True)
        if name and token_at(tokens, match.end() - 1).end == match.end():
            forms = [f"{each} {form}" for form in ("Station", "Hydrological Station", "station") for each in name]
            items.append(Item("place", *match.span(), match[0], tuple(forms)))
    return items


def _is_of_metro(text: str, start: int, end: int) -> bool:
    """跳磴南站 of a metro line, which is no railway station; but 北京南站 is, though metro lines go there too."""
    named = re.fullmatch("(.+)[东南西北]站", text[start:end])
    return bool(named and named[1] not in exonyms.divisions_by_specific() and _METRO.search(text))


def _with_house(house: re.Match[str], street: Sequence[str]) -> tuple[str, ...]:
    """汉江路12号 is No. 12 Hanjiang Road; the number goes before the street."""
    number = house["number"]
    forms = [f"{before}{name}" for name in street for before in (f"No. {number} ", f"{number} ", f"No. {number}, ")]
    forms += [f"{name} No. {number}" for name in street]
    if house["yard"]:
        forms[:0] = [f"Compound {number}, {street[0]}", f"Courtyard {number}, {street[0]}"]
    return tuple(forms)


def read_chain(text: str, tokens: Sequence[Token], position: int, *, foreign: bool = False) -> list[Unit]:
    """The places that follow one another without a gap from `position`; empty if none begins there."""
    units: list[Unit] = []
    last = token_at(tokens, position - 1) if position else None
    if last is not None and last.tag == "m" and re.fullmatch("[一二三四五六七八九十]道?", last.text):
        return []  # 二道白河镇
    while position < len(text):
        of_taiwan = division_at(tokens, position)
        if of_taiwan is not None and is_whole(text, of_taiwan):
            units.append(of_taiwan)
            position = of_taiwan.end
            continue
        known = of_taiwan or _known(text, tokens, position, units)
        if foreign and known is not None and not _stands_alone(text, tokens, known):
            known = None
        composed = None if foreign else find_composed(text, tokens, position, units, known)
        hamlet = None if foreign or composed else find_hamlet(text, tokens, position, units, known)
        unit = composed or hamlet or known
        if unit is None:
            break
        units.append(unit)
        position = unit.end
    return units


def _stands_alone(text: str, tokens: Sequence[Token], unit: Unit) -> bool:
    """In a foreign story: no part of a longer foreign name (拉萨纳), and no county without its generic part."""
    name, last = text[unit.start : unit.end], token_at(tokens, unit.end - 1)
    rest = last.text[unit.end - last.start :]
    if unit.chinese and name not in exonyms.places():
        return not (rest and spells_foreign(rest)) and not (unit.rank == 2 and unit.english[0] == unit.short)
    return not is_transliteration(rest) or any(rest[:length] in exonyms.places() for length in range(2, len(rest) + 1))


def chain_english(units: Sequence[Unit]) -> tuple[str, ...]:
    """The English of a chain of places, the smallest first: Jinghe Town, Baoying County, Jiangsu Province."""
    if len(units) == 1:
        return units[0].english
    smallest, larger = units[-1], list(reversed(units[:-1]))
    full = ", ".join(unit.english[0] for unit in larger)
    short = ", ".join(unit.shortest for unit in larger)
    mixed = ", ".join([*(unit.english[0] for unit in larger[:-1]), larger[-1].shortest])
    forms: list[str] = []
    for own in (*smallest.english[:3], smallest.short):
        if not own:
            continue
        for rest in dict.fromkeys((full, mixed, short)):
            forms += [f"{own}, {rest}", f"{own} in {rest}", f"{own} of {rest}"]
            forms.append(f"{' '.join(reversed(rest.split(', ')))} {own}")
        if len(larger) > 1:
            forms += [f"{own}, {larger[0].english[0]}", f"{own} in {larger[0].english[0]}"]
    if _CALLED_AFTER_CITIES.search(smallest.english[0]) and larger[0].short:  # Shanghai Hongqiao Airport
        city = f"{larger[0].short} {smallest.english[0]}"
        forms = [city, *(f"{city}, {unit.short}" for unit in larger[1:2] if unit.short), *forms]
    return tuple(dict.fromkeys(forms))


def _groups(chain: Sequence[Unit]) -> list[list[Unit]]:
    """A chain of Chinese divisions goes into one item; everything else is an item of its own."""
    groups: list[list[Unit]] = []
    for unit in chain:
        if groups and unit.chinese and groups[-1][-1].chinese and groups[-1][-1].rank < unit.rank:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _known(text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit]) -> Unit | None:
    """A name from the tables at this position, the longest."""
    first = token_at(tokens, position)
    if first.start != position and not before and not text.endswith(("中共", "国网"), 0, position):
        return None
    for length in range(min(_LONGEST_KNOWN, len(text) - position), 1, -1):
        name, end = text[position : position + length], position + length
        division = exonyms.divisions().get(name)
        ends = may_end(tokens, end) or (name[-1] in "市县区" and _goes_on_with_long(text, end, name))
        if division is not None and name not in exonyms.places() and ends:
            bare = len(name) == 2 and first.tag == "LOC" and first.text == name  # 容县, 义县
            if (name in exonyms.everyday("place") and not (before or bare)) or (
                name[-1] == "市" and text.startswith("区", end)
            ):
                continue  # 东区; 郑州/市区
            if division.specific == "会同" and position and not before:
                continue  # 会同/县消防救援大队: together with
            return _division_unit(position, end, division)
        if text.startswith("族", end) or name in exonyms.everyday("never a place"):
            continue  # 朝鲜族 of Yanbian
        if name in exonyms.romanised_names() and text[end : end + 2] in exonyms.romanised_names():
            continue  # 洛桑/旺堆 is no Lausanne
        called_after = not before and name in exonyms.places() and name[-1] in "江河湖湾海山"
        if not exonyms.is_named(text, position, end) or (called_after and _SCHOOL.match(text, end)):
            continue
        short = exonyms.divisions_by_specific().get(name)
        if short is not None and not before and town_length(text, end, name):
            return _short_unit(position, end, short)  # 南海/里水镇
        if name in exonyms.places() and _fits(tokens, position, end, first, bool(before)):
            english = exonyms.places()[name]
            division = division or short
            return Unit(position, end, english, english[0], division is not None, division.rank if division else 9)
        leads = bool(before) and short is not None and _leads_to_county(text, end, short)
        if short is not None and (leads or _fits(tokens, position, end, first, bool(before))):
            if _is_cut_off(text, tokens, end, short):
                continue
            unit = _short_unit(position, end, short)
            follows = bool(before) and before[-1].chinese and before[-1].rank < min(unit.rank, 2)
            heads = position == 0 and text.startswith(tuple(BARS), end)  # 天台丨山村里的咖啡馆
            told = heads or is_before_cue(text, position, end)
            if name in exonyms.everyday("place") and not follows and not told:
                continue
            if (before and not follows) or (short.level == "county" and first.tag == "PER"):
                continue
            return unit
    return None


def _goes_on_with_long(text: str, end: int, division: str) -> bool:
    """Whether 长 after a division begins a name, and makes no mayor of it."""
    if _WITH_LONG.match(text, end):
        return True
    longer = any(text[end : end + n] in exonyms.divisions() for n in range(3, 12))
    return text.startswith("长", end) and (longer or bool(town_length(text, end, division)))


def _leads_to_county(text: str, end: int, division: exonyms.Division) -> bool:
    """Whether the full name of a county comes after a city, wherever the tagger cut them: 甘肃/定/西安定区."""
    return division.level == "prefecture" and any(text[end : end + n] in exonyms.divisions() for n in (3, 4))


def _is_cut_off(text: str, tokens: Sequence[Token], end: int, division: exonyms.Division) -> bool:
    """A short name that is a piece of what stands there: 富宁/夏, 大城/市, 凤凰/展翅 and 江西/岸, 河南/岸."""
    if text.startswith(tuple(BARS), end) or town_length(text, end, division.specific):
        return False
    last = token_at(tokens, end - 1)
    if text.startswith("岸", end) and text[end - 2] in "江河":
        return True
    if _TOWN.fullmatch(last.text, end - last.start) and last.text not in exonyms.all_towns():
        return False  # 即墨/蓝村镇
    if last.end != end and last.tag == "ORG" and division.specific in exonyms.everyday("place"):
        return True  # 上海市东方/医院
    if division.level != "county" or last.end == end or last.tag != "LOC":
        return False
    if _MOUNTAIN.fullmatch(last.text, end - last.start):
        return False  # 施秉/云台山
    following = [g for g in generics() if text.startswith(g, end)]
    named = division.name.removeprefix(division.specific)
    if following == ["市"] and named != "市":
        return True
    return not following and text[end : end + 2] not in exonyms.divisions_by_specific()


def _division_unit(start: int, end: int, division: exonyms.Division) -> Unit:
    if len(division.specific) == 1:  # 单县 is Shanxian County, or Shan County
        joined = f"{division.english}xian" if division.name.endswith("县") else spell(division.name)
        return Unit(start, end, (f"{joined} County", division.full, joined), "", True, division.rank)
    english = [division.full, division.english]
    if division.name.endswith("市"):
        english = [division.english, division.full, f"city of {division.english}", f"{division.english} city"]
        if division.level == "province":
            english += [f"{division.english} Municipality"]
    elif division.name.endswith(("省", "县", "区")):
        generic = division.full.removeprefix(division.english).strip()
        english += [f"{division.english} {generic.lower()}", f"{division.english}'s"]
    for group, *others in exonyms.ethnic_groups().values():  # Bouyei is Buyi too
        english += [
            division.full.replace(f" {group} ", f" {other} ") for other in others if f" {group} " in division.full
        ]
    return Unit(start, end, with_umlaut_variants(english), division.english, True, division.rank)


def _short_unit(start: int, end: int, division: exonyms.Division) -> Unit:
    english = with_umlaut_variants([division.english, division.full])
    return Unit(start, end, english, division.english, True, division.rank)


def _fits(tokens: Sequence[Token], start: int, end: int, first: Token, chained: bool) -> bool:
    """True if a known name at this span is not part of another word: whole words, or the beginning of a name."""
    last = token_at(tokens, end - 1)
    begins = first.start == start or chained
    known = first.tag in (*NAME_TAGS, "n", "f") or (chained and first.tag == "r")  # 西藏/那曲/r
    if last.end == end and begins and (end - start > 2 or last is not first or known):
        return True
    event = first.tag == "nz" and first.text.endswith(_EVENTS)  # 青岛国际啤酒节/nz
    return last is first and (first.tag in ("LOC", "ORG") or event) and begins
