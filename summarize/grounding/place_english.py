"""The English of a place name: its specific part in pinyin or by the tables, its generic part translated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.origin import SURNAMES, is_transliteration, strength
from summarize.grounding.pinyin import spell, spell_person
from summarize.grounding.untagged_names import GIVEN_END

LINES = ("城际铁路", "城际高铁", "高铁", "铁路", "高速公路", "高速", "公路")
NATURAL = ("山", "河", "江", "湖", "岛", "湾", "港", "寺", "桥", "街", "巷", "洞")
# Streets and villages are named after nature in pinyin (长江路 is Changjiang Road), after cities as those are called.
_STREETS = ("路", "街", "大道", "桥", "村", "社区", "小区", "镇", "街道", "广场", "机场", "管理区")
_ROADS = ("路", "街", "大道", "巷", "胡同")
_OF_NATURE = re.compile(r"\b(?:River|Creek|Lake|Sea|Bay|Canal|Mount|Mountains?|Great Wall|Kowloon|Arctic)\b")
_REGIONS = (
    *("northern ", "southern ", "eastern ", "western ", "central "),
    *("northeastern ", "northwestern ", "southwestern "),
)
_PARTS = re.compile("(?:the )?(?:(?:north|south)(?:ea|we)st|(?:East|South|North|Central) China)$")
_LONGEST_SPECIFIC = 4
_DIVISIONS = ("镇", "乡", "街道", "村", "社区", "屯", "寨")
_FAR_OFF = re.compile(  # of Taiwan and Xizang; what bears such a name elsewhere is spelled in pinyin
    "台北|新北|高雄|台中|台南|新竹|基隆|嘉义|花莲|台东|屏东|宜兰|彰化|云林|南投|苗栗|马祖|九龙|新界|旺角|阿里"
)
_OF_DIKES = re.compile(
    "江苏|安徽|浙江|上海|湖北|南京|无锡|徐州|常州|苏州|南通|连云港|淮安|盐城|扬州|镇江|泰州|宿迁|合肥|芜湖|蚌埠|淮南|马鞍山|淮北|铜陵|安庆|滁州|"
    "阜阳|宿州|六安|亳州|池州|宣城|杭州|宁波|温州|嘉兴|湖州|绍兴|金华|武汉|黄冈|荆州"
)
_MEMORIAL = "纪念馆"  # of a person, often


def compose(
    specific: str, generic: str, *, after_chinese: bool, town: bool = False, own: Sequence[str] = ()
) -> tuple[tuple[str, ...], str] | None:
    """The English of a specific and a generic part with its variants, and the English of the specific part.

    Args:
        specific: what it is called.
        generic: what it is.
        after_chinese: whether a place of China stands before it.
        town: whether it is a town for certain, spelled in pinyin whatever else is called so: 鲁北镇.
        own: the English of the specific part, if that is known: 三峡老街 of New Taipei.
    """
    words: list[str] = []
    rest, forms = _with_groups(specific, generic)
    while True:  # modifiers next to the generic part: 大亚湾石化产业园区
        modifier = next((m for m in exonyms.modifiers() if rest.endswith(m) and len(rest) >= len(m)), None)
        if modifier is None:
            break
        words.insert(0, exonyms.modifiers()[modifier])
        rest = rest[: -len(modifier)]
    if words and generic.endswith(_ROADS) and (spelled := specific_english(specific, generic)):  # 文化路
        return tuple(f"{name} {form}" for form in forms for name in spelled), spelled[0]
    if not rest:
        if not after_chinese or (not words and len(generic) < 3):
            return None
        return tuple(" ".join([*words, form]).strip() for form in forms), ""
    if generic == "山脉" and len(rest) > 2:
        rest = rest.removesuffix("山")  # 高黎贡山山脉
    if own:
        base: tuple[str, ...] | None = with_umlaut_variants(own)
    else:
        base = _town_english(rest) if town else specific_english(rest, generic, after_chinese=after_chinese)
    if base is None:
        return None
    if generic == "山脉":
        base = tuple(dict.fromkeys(re.sub(" Mountains?$", "", name) for name in base))  # 燕山山脉
    names = [" ".join([name, *words, form]).strip() for form in forms for name in base]
    if len(rest) == 1 and generic in NATURAL:
        return None  # 荒山, 大河, 江湖: those that are names are in the tables
    if len(rest) == 1 and generic in ("镇", "乡", "村", "路"):
        names.insert(0, f"{spell(rest + generic)} {forms[0]}")
    if generic in ("镇", "乡", "市", "县") and not words:
        names += base
    if rest in exonyms.foreign_places():
        names += base
    if words == ["National"]:
        names += [f"{name} {form}" for form in forms for name in base]
    if generic == "洞":
        names += [f"{spell(rest + generic)} Cave", spell(rest + generic)]
    if generic in ("山", "湖"):
        names += [f"{'Mount' if generic == '山' else 'Lake'} {name}" for name in base]
        names += [spell(rest + generic)]
    if generic in ("河", "江"):
        names += [f"{spell(rest + generic)} River", f"{base[0]} River"]
    return tuple(dict.fromkeys(names)), base[0] if not words else ""


def _with_groups(specific: str, generic: str) -> tuple[str, tuple[str, ...]]:
    """The specific part without ethnic groups at its end, and the English of them with the generic part.

    兴发苗族彝族/回族乡 is Xingfa Miao, Yi and Hui Ethnic Township.
    """
    forms, groups = exonyms.generics()[generic], exonyms.ethnic_groups()
    last = generic[:-1]
    if last not in groups:
        return specific, forms
    others: list[str] = []
    while group := next((g for g in groups if specific.endswith(g) and len(specific) > len(g)), ""):
        others.insert(0, groups[group][0])
        specific = specific.removesuffix(group)
    if others:
        names = [f"{', '.join(others)} and {name}" for name in groups[last]]
        names += ["-".join([*others, groups[last][0]])]
        forms = exonyms.ethnic_forms(names, forms[0].rpartition(" ")[2])
    return specific, forms


def with_market_readings(zh: str, names: Sequence[str], within: str) -> tuple[str, ...]:
    """圩 is read xu, a market of the south, and wei, a dike on the lower Yangtze: the likelier reading first.

    Args:
        zh: the name.
        names: its English with xu.
        within: what stands before it: the province, the city.
    """
    if "圩" not in zh:
        return tuple(names)
    wei = [name.replace("xu", "wei").replace("Xu", "Wei") for name in names]
    return tuple(dict.fromkeys([*wei, *names] if _OF_DIKES.search(within) else [*names, *wei]))


def _town_english(specific: str) -> tuple[str, ...]:
    division = exonyms.divisions_by_specific().get(specific)
    return with_umlaut_variants([division.english if division else spell(specific)])


def line_english(ends: str) -> str:
    """What a line is called after its ends: 渝昆 is Chongqing-Kunming; "" if a character may mean several cities.

    What is a place of China is not read so: 广西高速公路.
    """
    lines = exonyms.lines()
    if len(ends) > 1 and ends in lines:
        return lines[ends]
    if ends in exonyms.divisions_by_specific():
        return ""
    cities = [lines.get(end, "") for end in ends]
    return "-".join(cities) if 1 < len(cities) < 5 and all(cities) else ""


def specific_english(specific: str, generic: str = "", *, after_chinese: bool = False) -> tuple[str, ...] | None:
    """The English of a specific part: of a known place if it is one, else pinyin unless it spells a foreign name."""
    if generic in LINES and (line := line_english(specific)):
        return (line,)
    if generic in _DIVISIONS and is_elsewhere(specific):
        return with_umlaut_variants([spell(specific)])  # 柏林镇, 万象街道, 新竹村
    if generic.endswith("机场") and (city := _city_before(specific)):  # 万州五桥机场
        return with_umlaut_variants([f"{city.english} {spell(specific.removeprefix(city.specific))}"])
    if generic == _MEMORIAL and specific in exonyms.people():
        return exonyms.people()[specific][:2]
    if specific in exonyms.places() and specific != "九龙":  # 九龙山, wherever it is, is no mountain of Kowloon
        english = exonyms.places()[specific]
        region = english[0].startswith(_REGIONS)  # 豫东大道 is in no eastern Henan
        street = generic.endswith(_STREETS) and generic != "大桥"
        street = street and (is_of_nature(specific) or _PARTS.match(english[0]) is not None)  # 长江路, 东北大街
        if generic and (region or street):
            return with_umlaut_variants([spell(specific)])
        return tuple(name.removeprefix("the ") for name in english[:2])
    if division := exonyms.find_division(specific):
        return with_umlaut_variants([division.english])
    ethnic = generic[:-1] in exonyms.ethnic_groups()  # 司莫拉佤族村
    if (
        len(specific) > _LONGEST_SPECIFIC
        or specific in exonyms.everyday("not a specific part")
        or (
            is_transliteration(specific) and not (after_chinese and generic in _DIVISIONS) and not ethnic
        )  # 巴宜区/鲁朗镇
    ):
        return None
    if any(character.isascii() or character.isdigit() for character in specific):
        return None
    if generic.endswith(_ROADS) and specific in exonyms.western_names() and not after_chinese:
        return exonyms.western_names()[specific][:2]  # 史密斯街
    if _spells_foreign(specific):
        return None
    if generic == _MEMORIAL and len(specific) in (2, 3) and specific[0] in SURNAMES and specific[-1] in GIVEN_END:
        return spell_person(specific)  # 申纪兰纪念馆
    return with_umlaut_variants([spell(specific)])


def _city_before(name: str) -> exonyms.Division | None:
    """The city that a name begins with, if something goes after it."""
    if name in exonyms.places() or name in exonyms.divisions_by_specific():
        return None
    cities = (exonyms.divisions_by_specific().get(name[:length]) for length in (3, 2) if len(name) > length)
    return next((city for city in cities if city is not None), None)


def is_elsewhere(place: str) -> bool:
    """Whether a place of the tables is abroad or in Taiwan or Xizang, and no village of China is called after it."""
    return place in exonyms.foreign_places() or is_far_off(place)


def is_far_off(place: str) -> bool:
    """新竹, 九龙: a name with a spelling of its own, which places elsewhere in China have too."""
    return _FAR_OFF.fullmatch(place) is not None


def is_of_nature(place: str) -> bool:
    """Whether a place of the tables is a river, lake, sea or mountain."""
    return _OF_NATURE.search(exonyms.places()[place][0]) is not None


def _spells_foreign(specific: str) -> bool:
    """昆斯费里, 奥林匹克: all but one character spell foreign names, and two are seldom used for another purpose."""
    return any(is_transliteration(specific[:cut] + specific[cut + 1 :]) for cut in range(len(specific))) and (
        len(specific) > 3 and strength(specific) > 1
    )


def with_umlaut_variants(names: Sequence[str]) -> tuple[str, ...]:
    """Names with the other ways to write ü and the apostrophe of pinyin."""
    forms = list(names)
    for name in names:
        if "ü" in name:
            forms += [name.replace("ü", "yu"), name.replace("ü", "u"), name.replace("ü", "v")]
        if "'" in name and not name.endswith("'s"):
            forms.append(name.replace("'", ""))
    return tuple(dict.fromkeys(forms))
