"""Places: known names from the tables, and names composed of a specific part in pinyin and a generic part.

A chain of divisions (江苏省宝应县泾河镇) is one item, written from the smallest to the largest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.origin import is_transliteration, strength
from summarize.grounding.pinyin import spell
from summarize.grounding.tagger import Token, is_word, token_at

_PINYIN_IN_STREETS = frozenset(
    ("长江", "黄河", "珠江", "西湖", "泰山", "黄山", "天山", "太湖", "东海", "南海", "黄海", "渤海", "长城", "大亚湾")
)
_NOT_IN_NAMES = frozenset(("v", "p", "u", "d", "c", "r", "w", "q", "xc", "t", "TIME"))
_OWN_ROMANISATION = ("Hong Kong", "Macao", "Taiwan")
_SMALLEST = ("村", "社区", "小区", "嘎查")
_DIVISION_GENERICS = ("镇", "乡", "街道", "村", "县", "市", "区", "苏木", "嘎查")
_LINES = ("高铁", "铁路", "高速公路", "高速", "公路")
_NATURAL = ("山", "河", "江", "湖", "岛", "湾", "港", "寺", "桥", "街", "巷")
_NOT_BEFORE_DISTRICT = frozenset("园社小地景校厂片城市郊山灾牧林矿新开发老库专选战军疫辖禁")
_NOT_BEFORE_TOWNSHIP = frozenset("水下城家故老他异思返还回进侨梦")  # 鱼米水乡, 上山下乡
_IN_BODIES = (*"镇乡村区县市旗园查木路街", "街道")  # generic parts that a body's name goes on after: 虎头村/村委会
_OF_KINDS = ("市场", "小镇", "老街", "古村")  # what any country or province has
_LONGEST_SPECIFIC = 4
_NAME_TAGS = ("LOC", "ORG", "PER", "nz", "nw", "s")
_NEVER_IN_SPECIFIC = frozenset(
    "的了在是和与及或从到向对把被将这那该本各每某等个位名为于由所有就也都又不全两几多第我他她它你丨局厅委署院部社"
    "之，。、；：“”‘’（）()《》！？!? \n\t·"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One place in a chain: its span, its English with variants, and whether it is a division of China.

    `short` is the English without the generic part (Baoying for Baoying County), "" if it never goes without.
    """

    start: int
    end: int
    english: tuple[str, ...]
    short: str
    chinese: bool
    rank: int  # 0 a province, 1 a prefecture, 2 a county, 3 a town, 4 a village, 5 a park or street, 9 none of these


@lru_cache(maxsize=1)
def _generics() -> tuple[str, ...]:
    return tuple(sorted(exonyms.generics(), key=len, reverse=True))


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
            items.append(Item("place", start, end, text[start:end], chain_english(group)))
    return items


def read_chain(text: str, tokens: Sequence[Token], position: int, *, foreign: bool = False) -> list[Unit]:
    """The places that follow one another without a gap from `position`; empty if none begins there."""
    units: list[Unit] = []
    last = token_at(tokens, position - 1) if position else None
    if last is not None and last.tag == "m" and re.fullmatch("[一二三四五六七八九十]道?", last.text):
        return []  # 二道白河镇
    while position < len(text):
        known = _known(text, tokens, position, units)
        if foreign and known is not None and not _stands_alone(tokens, known):
            known = None
        composed = None if foreign else _composed(text, tokens, position, units, known)
        unit = composed or known
        if unit is None:
            break
        units.append(unit)
        position = unit.end
    return units


def _stands_alone(tokens: Sequence[Token], unit: Unit) -> bool:
    """In a foreign story: no part of a longer foreign name (拉萨纳), and no county without its generic part."""
    last = token_at(tokens, unit.end - 1)
    rest = last.text[unit.end - last.start :]
    if unit.chinese:
        return not rest and not (unit.rank == 2 and unit.english[0] == unit.short)
    return not is_transliteration(rest)


def chain_english(units: Sequence[Unit]) -> tuple[str, ...]:
    """The English of a chain of places, the smallest first: Jinghe Town, Baoying County, Jiangsu Province."""
    if len(units) == 1:
        return units[0].english
    smallest, larger = units[-1], list(reversed(units[:-1]))
    full = ", ".join(unit.english[0] for unit in larger)
    short = ", ".join(unit.short or unit.english[0] for unit in larger)
    last = [*larger[:-1], larger[-1]]
    mixed = ", ".join([*(unit.english[0] for unit in last[:-1]), last[-1].short or last[-1].english[0]])
    forms: list[str] = []
    for own in (*smallest.english[:3], smallest.short):
        if not own:
            continue
        for rest in dict.fromkeys((full, mixed, short)):
            forms += [f"{own}, {rest}", f"{own} in {rest}", f"{own} of {rest}"]
            forms.append(f"{' '.join(reversed(rest.split(', ')))} {own}")
        if len(larger) > 1:
            forms += [f"{own}, {larger[0].english[0]}", f"{own} in {larger[0].english[0]}"]
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
    if first.start != position and not before and not text.endswith("中共", 0, position):
        return None
    for length in range(min(16, len(text) - position), 1, -1):
        name, end = text[position : position + length], position + length
        division = exonyms.divisions().get(name)
        if division is not None and name not in exonyms.places() and _may_end(tokens, end):
            return _division_unit(position, end, division)
        short = exonyms.divisions_by_specific().get(name)
        if name in exonyms.places() and text.startswith("族", end):
            continue  # 朝鲜族 of Yanbian
        if name in exonyms.places() and _fits(tokens, position, end, first, bool(before)):
            english = exonyms.places()[name]
            division = division or short
            rank = ("province", "prefecture", "county").index(division.level) if division else 9
            return Unit(position, end, english, english[0], division is not None, rank)
        follows = bool(before) and short is not None and _leads_to_county(text, end, short)
        if short is not None and (follows or _fits(tokens, position, end, first, bool(before))):
            if _is_cut_off(text, tokens, end, short):
                continue
            unit = _short_unit(position, end, short)
            follows = bool(before) and before[-1].chinese and before[-1].rank < min(unit.rank, 2)
            if name in exonyms.everyday("never a place") or (name in exonyms.everyday("place") and not follows):
                continue
            if (before and not follows) or (short.level == "county" and first.tag == "PER"):
                continue
            return unit
    return None


def _leads_to_county(text: str, end: int, division: exonyms.Division) -> bool:
    """Whether the full name of a county comes after a city, wherever the tagger cut them: 甘肃/定/西安定区."""
    return division.level == "prefecture" and any(text[end : end + n] in exonyms.divisions() for n in (3, 4))


def _is_cut_off(text: str, tokens: Sequence[Token], end: int, division: exonyms.Division) -> bool:
    """A short name that is a piece of what stands there: 富宁/夏, 大城/市, 凤凰/展翅 and 江西/岸, 河南/岸."""
    last = token_at(tokens, end - 1)
    if text.startswith("族", end) or (text.startswith("岸", end) and text[end - 2] in "江河"):
        return True
    if last.end != end and last.tag == "ORG" and division.specific in exonyms.everyday("place"):
        return True  # 上海市东方/医院
    if division.level != "county" or last.end == end or last.tag != "LOC":
        return False
    following = [g for g in _generics() if text.startswith(g, end)]
    named = division.name.removeprefix(division.specific)
    if following == ["市"] and named != "市":
        return True
    return not following and text[end : end + 2] not in exonyms.divisions_by_specific()


def _division_unit(start: int, end: int, division: exonyms.Division) -> Unit:
    rank = ("province", "prefecture", "county").index(division.level)
    if len(division.specific) == 1:  # 单县 is Shanxian County, or Shan County
        joined = spell(division.name) if division.name[-1] not in "县" else f"{division.english}xian"
        return Unit(start, end, (f"{joined} County", division.full, joined), "", True, rank)
    english = [division.full, division.english]
    if division.name.endswith("市"):
        english = [division.english, division.full, f"city of {division.english}", f"{division.english} city"]
        if rank == 0:
            english += [f"{division.english} Municipality"]
    elif division.name.endswith(("省", "县", "区")):
        generic = division.full.removeprefix(division.english).strip()
        english += [f"{division.english} {generic.lower()}", f"{division.english}'s"]
    return Unit(start, end, _with_umlaut_variants(english), division.english, True, rank)


def _short_unit(start: int, end: int, division: exonyms.Division) -> Unit:
    rank = ("province", "prefecture", "county").index(division.level)
    return Unit(start, end, _with_umlaut_variants([division.english, division.full]), division.english, True, rank)


def _composed(
    text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit], known: Unit | None
) -> Unit | None:
    """A specific part in pinyin, or a known place, with a generic part: 泾河镇, 大亚湾经济技术开发区, 长江路.

    The longest is taken; it must be longer than the known name it begins with, which must be its whole specific part.
    """
    first = token_at(tokens, position)
    if (first.start != position or first.tag not in _NAME_TAGS) and not before:
        return None
    if before and before[-1].short.startswith(_OWN_ROMANISATION):
        return None
    after_chinese = bool(before) and before[-1].chinese
    longest: Unit | None = None
    for cut in range(position + (0 if after_chinese else 1), min(len(text), position + 12)):
        specific = text[position:cut]
        if specific and specific[-1] in _NEVER_IN_SPECIFIC:
            break
        if len(specific) > 1 and specific[-1] in "省市县区镇乡" and not (specific[-1] == "市" and text[cut] == "镇"):
            break  # but 柳市镇
        inside = known is not None and cut == known.end + 1 and first.end > cut  # 射阳湖/镇 in one word
        if known is not None and (cut < known.end or not (inside or _only_modifiers(text[known.end : cut]))):
            continue
        for generic in _generics():
            end = cut + len(generic)
            if not text.startswith(generic, cut) or not _may_end(tokens, end):
                continue
            if longest is not None and end <= longest.end:
                continue
            if inside and (generic not in _DIVISION_GENERICS + _SMALLEST or end != first.end):
                continue
            if (generic in _DIVISION_GENERICS and not (after_chinese or first.end == end)) or generic == "省":
                continue
            if any(len(g) > len(generic) and text.endswith(g, position, end) for g in _generics()):
                continue  # 湿地公园 is not 湿地 with 公园
            if generic in _NATURAL and (first.tag == "PER" or (len(specific) > 1 and specific[-1] in _NATURAL)):
                continue
            last = token_at(tokens, end - 1)
            if last.end != end and (generic in _NATURAL or (last.tag == "ORG" and not generic.endswith(_IN_BODIES))):
                continue  # 边境云南河/口, 方中铁隧道/局
            if len(specific) == 1 and len(generic) > 1 and known is None:
                continue  # 苹/果园
            if generic == "乡" and specific and specific[-1] in _NOT_BEFORE_TOWNSHIP:
                continue
            if first.tag == "PER" and first.end < end and generic.endswith("路"):
                continue  # 周挺/右路/送出传中
            if generic in _OF_KINDS and known is not None and known.end == cut:
                continue  # 美国/市场, 浙江/小镇
            if known is None and _ends_in_known(text, position, end):
                continue  # 淡水湖/巢湖, 盛夏/青海湖, 赛/青岛
            if generic in ("区", "县", "市") and (len(specific) != 2 or specific[-1] in _NOT_BEFORE_DISTRICT):
                continue
            if specific.endswith(_LINES) or (generic in _NATURAL and _begins_place(text, end - 1)):
                continue  # 京港澳高速河南段, 郑万高铁隧道, 国网湖州供电公司
            if generic in _LINES and len(specific) < 3 and (known is None or known.end != cut):
                continue  # 郑万高铁: each character is short for a city
            words = _covering(tokens, position, end)
            untagged = all(t.tag not in ("LOC", "ORG", "nz", "PER") for t in words)
            if untagged and not (generic == "社区" and _names_community(text, before, specific)):
                continue
            if any(t.tag in _NOT_IN_NAMES for t in words) or (
                before and not untagged and _is_common(specific, words, end)
            ):
                continue
            if (
                first.tag == "PER"
                and position
                and text[position - 1] == "、"
                and token_at(tokens, position - 2).tag == "PER"
            ):
                continue  # 陈尚营、王立武、刘夏村
            english = compose(specific, generic, after_chinese=after_chinese)
            if english is not None:
                township = generic in _DIVISION_GENERICS or generic.endswith("族乡")
                rank = 4 if generic in _SMALLEST else 3 if township else 5
                longest = Unit(position, end, english[0], english[1], True, rank)
    return longest


def _ends_in_known(text: str, start: int, end: int) -> bool:
    """Whether words of the language stand before a place of the tables, which goes by its own name then."""
    for cut in range(start + 1, end - 1):
        name = text[cut:end]
        if name in exonyms.everyday("place") or name in exonyms.everyday("never a place"):
            continue
        division = exonyms.divisions_by_specific().get(name) or exonyms.divisions().get(name)
        city = division is not None and division.level != "county"
        if city or (cut - start > 1 and (name in exonyms.places() or division is not None)):
            return True
    return False


def _names_community(text: str, before: Sequence[Unit], specific: str) -> bool:
    """容桂街道/四基/社区: words that are none of the language, between a subdistrict or a town and 社区."""
    return (
        bool(before) and before[-1].chinese and before[-1].rank == 3 and 1 < len(specific) < 4 and not is_word(specific)
    )


def _begins_place(text: str, start: int) -> bool:
    """湖州, 河南: a character that could be a generic part begins the name of a province or a prefecture."""
    division = exonyms.divisions_by_specific().get(text[start : start + 2])
    return division is not None and division.level != "county"


def _is_common(specific: str, words: Sequence[Token], end: int) -> bool:
    """Ordinary words before a generic part: 巡逻/路 and 脱贫/路 are no roads, 最大/淡水/湖 is no name."""
    inner = [t for t in words if t.end < end or len(t.text) < len(specific) + 1]
    return bool(inner) and all(t.tag not in ("LOC", "ORG", "nz", "PER", "nw") for t in inner)


def _only_modifiers(text: str) -> bool:
    while text:
        modifier = next((m for m in exonyms.modifiers() if text.startswith(m)), None)
        if modifier is None:
            return False
        text = text[len(modifier) :]
    return True


def _covering(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    return [token for token in tokens if token.start < end and token.end > start]


def compose(specific: str, generic: str, *, after_chinese: bool) -> tuple[tuple[str, ...], str] | None:
    """The English of a specific and a generic part with its variants, and the English of the specific part."""
    words: list[str] = []
    rest = specific
    while True:  # modifiers next to the generic part: 大亚湾石化产业园区
        modifier = next((m for m in exonyms.modifiers() if rest.endswith(m) and len(rest) >= len(m)), None)
        if modifier is None:
            break
        words.insert(0, exonyms.modifiers()[modifier])
        rest = rest[: -len(modifier)]
    if not rest:
        if not after_chinese or (not words and len(generic) < 3):
            return None
        return tuple(" ".join([*words, form]).strip() for form in exonyms.generics()[generic]), ""
    base = specific_english(rest, generic)
    if base is None:
        return None
    names = [" ".join([name, *words, form]).strip() for form in exonyms.generics()[generic] for name in base]
    if len(rest) == 1 and generic in _NATURAL:
        return None  # 荒山, 大河, 江湖: those that are names are in the tables
    if len(rest) == 1 and generic in ("镇", "乡", "村", "路"):
        names.insert(0, f"{spell(rest + generic)} {exonyms.generics()[generic][0]}")
    if generic in ("镇", "乡", "市", "县") and not words:
        names += base
    if rest in exonyms.foreign_places():
        names += base
    if generic in ("山", "湖"):
        names += [f"{'Mount' if generic == '山' else 'Lake'} {name}" for name in base]
        names += [spell(rest + generic)]
    if generic in ("河", "江"):
        names += [f"{spell(rest + generic)} River", f"{base[0]} River"]
    return tuple(dict.fromkeys(names)), base[0] if not words else ""


def specific_english(specific: str, generic: str = "") -> tuple[str, ...] | None:
    """The English of a specific part: of a known place if it is one (but 长江路 is Changjiang Road), else pinyin."""
    if specific in exonyms.places():
        english = exonyms.places()[specific]
        if generic.endswith(("路", "街", "大道", "桥", "村", "社区", "小区", "镇", "街道", "广场")):
            english = (spell(specific),) if specific in _PINYIN_IN_STREETS else english
        return tuple(name.removeprefix("the ") for name in english[:2])
    division = exonyms.divisions_by_specific().get(specific) or exonyms.divisions().get(specific)
    if division is not None:
        return _with_umlaut_variants([division.english])
    if (
        len(specific) > _LONGEST_SPECIFIC
        or specific in exonyms.everyday("not a specific part")
        or is_transliteration(specific)
    ):
        return None
    if any(character.isascii() or character.isdigit() for character in specific):
        return None
    if _spells_foreign(specific):
        return None
    return _with_umlaut_variants([spell(specific)])


def _spells_foreign(specific: str) -> bool:
    """昆斯费里, 奥林匹克: all but one character spell foreign names, and two are seldom used for another purpose."""
    return any(is_transliteration(specific[:cut] + specific[cut + 1 :]) for cut in range(len(specific))) and (
        len(specific) > 3 and strength(specific) > 1
    )


def _with_umlaut_variants(names: Sequence[str]) -> tuple[str, ...]:
    forms = list(names)
    for name in names:
        if "ü" in name:
            forms += [name.replace("ü", "yu"), name.replace("ü", "u"), name.replace("ü", "v")]
        if "'" in name and not name.endswith("'s"):
            forms.append(name.replace("'", ""))
    return tuple(dict.fromkeys(forms))


def _may_end(tokens: Sequence[Token], end: int) -> bool:
    """True where a name may end: at the end of a word, or inside a word that is a name itself."""
    last = token_at(tokens, end - 1)
    return last.end == end or last.tag in ("LOC", "ORG")


def _fits(tokens: Sequence[Token], start: int, end: int, first: Token, chained: bool) -> bool:
    """True if a known name at this span is not part of another word: whole words, or the beginning of a name."""
    last = token_at(tokens, end - 1)
    begins = first.start == start or chained
    if last.end == end and begins and (end - start > 2 or last is not first or first.tag in (*_NAME_TAGS, "n", "f")):
        return True
    return last is first and first.tag in ("LOC", "ORG") and begins
