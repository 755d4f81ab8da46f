"""Organisations: established names from the table, and public bodies composed of their parts.

江苏省宝应县公安局泾河派出所 is Jinghe Police Station of Baoying County Public Security Bureau, Jiangsu Province.
Where a part is not known for certain there is no item; the place in it is then an item of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.body_english import LEVELS, Body, BodyKind, body_english, joined_once
from summarize.grounding.companies import find_companies
from summarize.grounding.hospitals import with_hospital
from summarize.grounding.item import Item, without_overlap
from summarize.grounding.numerals import read_numeral
from summarize.grounding.pinyin import spell
from summarize.grounding.place_cues import is_before_cue
from summarize.grounding.place_english import compose, is_far_off, is_of_nature, specific_english, with_umlaut_variants
from summarize.grounding.place_unit import Unit, generics, may_end
from summarize.grounding.places import read_chain
from summarize.grounding.tagger import Token, is_aligned, is_word, token_at
from summarize.grounding.taiwan import bodies_after, division_at
from summarize.grounding.taiwan import body_english as taiwanese_body

# Bodies that bear the names of places too small for the tables.
NAMED_AFTER_VILLAGES = (
    *("派出所", "警务站", "警务室", "大队", "中队", "中学", "小学", "幼儿园", "卫生院"),
    *("居委会", "村委会", "街道办", "街道办事处", "分局", "司法所", "法庭", "供电所", "税务所", "支行", "卫生所"),
)
_SCHOOLS = ("中学", "小学", "幼儿园", "卫生院")
_LEVEL = re.compile("|".join(sorted(LEVELS, key=len, reverse=True)))

_BRANCHES = {"支行": ("Sub-branch", "Branch", "Subbranch"), "分行": ("Branch",)}
_BRANCH = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,4}}?)(?P<form>{'|'.join(_BRANCHES)})")

_NUMBERED = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,3})")
# 刑侦三大队, 交警支队三大队, 合肥三十三中, but no 十九届三中全会
_NUMBERED_UNIT = re.compile(
    "(?P<what>[\u4e00-\u9fff]{0,5}?)(?P<number>[一二三四五六七八九十]{1,3})(?P<form>总队|支队|大队|中队|中(?![院心]|学(?![生子])|[\u4e00-\u9fff]?全会))"
)
_MIDDLE_SCHOOL = ("Middle School", "High School", "Secondary School")
_PART_OF_TOWN = re.compile("[城河江][东南西北关郊中]")
_ONE = re.compile("[一二两三几这那该某哪][所家间个座]$")  # 九龙塘一所/小学
_DIVISION_OF_TROOPS = re.compile("第[一二三四五六七八九十]{1,2}师")
_IN_MIDDLE_SCHOOL = re.compile("中学(?![生子])")
_GOODS = re.compile(r"[A-Za-z]|汽车|手机|集团|公司")  # 华为Mate
_LONGEST_KNOWN = 20  # characters of a name of the table
_LONGEST_WORD = 12  # of a word of the table of bodies
_LONGEST_SPECIFIC = 15  # of what a body is named after
_LONGEST_ORGANISATION = 40  # of a whole name
_BETWEEN_WORDS = "的和与及在了、，。是为不各全本该某等"


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[BodyKind, tuple[str, ...]]]:
    return {zh: (kind, tuple(english.split("|"))) for zh, kind, english in exonyms.rows("bodies.tsv")}  # type: ignore[misc]


def find_organisations(text: str, tokens: Sequence[Token], *, foreign: bool = False) -> list[Item]:
    """The organisations of a passage in simplified characters, in order, without overlap; in a foreign story only
    those of the table."""
    items: list[Item] = []
    words, index, end = list(tokens), 0, 0
    while index < len(words):
        token = words[index]
        if token.end <= end or token.tag == "w":
            index += 1
            continue
        if token.start < end:  # another body may follow within a word: 新疆生产建设兵团第八师|石河子市公安局
            end += len(match.group()) if (match := _DIVISION_OF_TROOPS.match(text, end, token.end)) else 0
            words[index] = token = replace(token, start=end, text=text[end : token.end])
        known = _known(text, words, index)
        composed = None if foreign else _composed(text, words, index) or _unnamed(text, words, index)
        item = max((i for i in (known, composed) if i is not None), key=lambda i: i.end, default=None)
        if item is None:
            index += 1
        else:
            item = with_hospital(text, item)
            items.append(item)
            end = item.end
    return items if foreign else without_overlap([*items, *find_companies(text, tokens)])


def _known(text: str, tokens: Sequence[Token], index: int) -> Item | None:
    start = tokens[index].start
    table = exonyms.organisations()
    for length in range(min(_LONGEST_KNOWN, len(text) - start), 1, -1):
        name, end = text[start : start + length], start + length
        if name not in table or not exonyms.is_named(text, start, end) or is_before_cue(text, start, end):
            continue
        if name.endswith("部") and text[end : end + 1] == "长":
            continue  # 外交部长 is a foreign minister
        aligned = is_aligned(tokens, start, end)
        long = length > 2 or _GOODS.match(text, end) is not None
        inside = tokens[index].tag in ("ORG", "LOC", "nz") and long
        if (aligned and (length > 2 or tokens[index].tag in ("ORG", "LOC", "nz", "nw", "j"))) or inside:
            if name.endswith("银行") and (branch := _bank_branch(text, start, end, table[name])):
                return branch
            english = table[name]
            if name.endswith("大学") and "University" in english[0]:
                english = (*english, english[0].replace("University", "university"))
            return Item("organisation", start, end, name, english)
    return None


def _bank_branch(text: str, start: int, end: int, bank: tuple[str, ...]) -> Item | None:
    """中国银行小榄支行 is the Xiaolan Sub-branch of Bank of China."""
    match = _BRANCH.match(text, end)
    named = specific_english(match["place"].rstrip("省市县区")) if match else None
    if match is None or named is None:
        return None
    english = [f"{place} {form} of {name}" for form in _BRANCHES[match["form"]] for place in named for name in bank[:2]]
    english += [f"{name} {place} {form}" for form in _BRANCHES[match["form"]] for place in named for name in bank[:2]]
    return Item("organisation", start, match.end(), text[start : match.end()], tuple(english))


def _composed(text: str, tokens: Sequence[Token], index: int) -> Item | None:
    token = tokens[index]
    if token.tag not in ("LOC", "ORG", "nz", "PER"):
        return None
    longest: Item | None = None
    start = token.start + 2 * token.text.startswith(("中共", "国网"))
    chain = read_chain(text, tokens, start)
    if chain and chain[0].chinese:
        for size in range(len(chain), 0, -1):
            units = chain[:size]
            if not all(unit.chinese for unit in units):
                continue
            outer = _of_taiwan(text, tokens, units[-1])
            bodies = _read_bodies(text, tokens, units[-1].end, has_place=True, outer=outer)
            if bodies and may_end(tokens, bodies[-1].end):
                item = _item(text, units, bodies)
                if item and (longest is None or item.end > longest.end):
                    longest = item
    if longest is None and (not chain or chain[0].end < token.end):  # 雨花街道派出所, whatever else is called 雨花
        bodies = _read_bodies(text, tokens, token.start, has_place=False)
        if bodies and may_end(tokens, bodies[-1].end):
            longest = _item(text, [], bodies)
    return longest


def _of_taiwan(text: str, tokens: Sequence[Token], unit: Unit) -> list[Body]:
    """The bodies of a place of Taiwan that stand directly after it: 埔里/镇公所, 云林/县府/农业处."""
    bodies: list[Body] = []
    end = unit.end
    if division_at(tokens, unit.start):
        for zh in bodies_after(text, text[unit.start : end], end):
            bodies.append(Body(end, end + len(zh), "head", taiwanese_body(zh)))
            end += len(zh)
    return bodies


def _unnamed(text: str, tokens: Sequence[Token], index: int) -> Item | None:
    """A body of a town or county that goes without its name: 镇综治中心, 县公安局, 自治区公安厅."""
    start = tokens[index].start
    match = _LEVEL.match(text, start)
    if match is None and _is_numbered(text, start) and (unit := _numbered_unit(text, start)):  # 交警/n 一/m 中队/n
        _, numbered, end = unit
        return Item("organisation", start, end, text[start:end], numbered) if may_end(tokens, end) else None
    before = tokens[index - 1] if index else None
    if match is None or (
        before is not None and (before.tag in ("LOC", "m") or before.text in ("各", "全", "本", "该"))
    ):
        return None
    level = LEVELS[match[0]]
    found = _words_and_head(text, match.end())
    if found is None or found[1] not in ("head", "part") or not may_end(tokens, found[3]):
        return None
    words, _, forms, end = found
    names = [" ".join([*words, form]) for form in forms]
    english = [f"{level} {name}" for name in names] + [f"{level}'s {name}" for name in names] + names
    return Item("organisation", start, end, text[start:end], tuple(english))


def _read_bodies(
    text: str, tokens: Sequence[Token], position: int, *, has_place: bool, outer: Sequence[Body] = ()
) -> list[Body]:
    """The bodies there, each within the one before it, after those that are known."""
    bodies = list(outer)
    if outer:
        position = outer[-1].end
    while True:
        body = _read_body(text, tokens, position, first=not bodies, has_place=has_place)
        if body is None:
            return bodies
        bodies.append(body)
        position = body.end


def _read_body(text: str, tokens: Sequence[Token], position: int, *, first: bool, has_place: bool) -> Body | None:
    """A body at this position: an optional specific part (泾河), words (综合管理), and the body's own word."""
    for cut in range(position, min(len(text), position + _LONGEST_SPECIFIC + 1)):
        found = _words_and_head(text, cut)
        if found is None:
            continue
        words, kind, forms, end = found
        specific = text[position:cut]
        if not specific:
            if first and not has_place and not _is_numbered(text, position):
                return None
            if not first and not words and kind not in ("part", "branch"):
                return None
            if kind == "party" and (not has_place or not first or not _is_committee(text, position, end)):
                return None
            if kind == "government" and not (
                first and has_place and (len(forms[0]) > 12 or text[position - 1] in "省市县区镇乡")
            ):
                return None
            if kind == "branch" and first and not text.endswith(("区", "县", "市"), 0, position):
                return None
            return Body(position, end, kind, tuple(" ".join([*words, form]) for form in forms))
        if kind in ("government", "party") or _ONE.search(specific) or not specific.isalnum():
            return None  # 西宁：城北区检察院 is no one's body of Xining
        first_token, last_token = token_at(tokens, position), token_at(tokens, end - 1)
        if first_token.end < cut and any(character in _BETWEEN_WORDS for character in specific):
            return None
        spelled = text.endswith(NAMED_AFTER_VILLAGES, position, end)
        namesake = has_place and spelled and is_far_off(specific) and not text.endswith(("台湾", "省"), 0, position)
        names = (spell(specific),) if namesake else _specific(specific, spelled=spelled)  # 福州屏东中学
        own = has_place or _is_own_name(specific, kind) or _is_own_school(specific, position, end, first_token)
        if names is None or (first and not own):
            return None
        if first and has_place and kind not in ("part", "head"):
            return None
        tagged = any(t.tag in ("ORG", "LOC", "nz", "PER") for t in (first_token, last_token))
        if not tagged and not _NUMBERED.fullmatch(specific) and (first or not spelled):  # 如皋市公安局/搬经派出所
            return None
        english = tuple(dict.fromkeys(joined_once(name, " ".join([*words, form])) for form in forms for name in names))
        return Body(position, end, kind, english, named=True)
    return None


def _is_numbered(text: str, position: int) -> bool:
    """Whether a unit is told by what it does and its number, without a place: 刑侦三大队."""
    match = _NUMBERED_UNIT.match(text, position)
    return match is not None and bool(match["what"])


def _is_own_name(specific: str, kind: BodyKind) -> bool:
    """A body without a division before it: 泾河派出所, but a bureau or school only of a place of China."""
    division = specific in exonyms.divisions_by_specific() and specific not in exonyms.everyday("never a place")
    known = kind == "part" or division
    return known and 2 <= len(specific.removesuffix("街道")) <= 4


def _is_own_school(specific: str, start: int, end: int, token: Token) -> bool:
    """张家渡小学: one word of the tagger, named after what is no word of the language (but 光明小学)."""
    whole = token.tag == "ORG" and (token.start, token.end) == (start, end)
    named = not is_word(specific) or _PART_OF_TOWN.fullmatch(specific) is not None  # 城南小学
    return whole and token.text.endswith(_SCHOOLS) and 1 < len(specific) < 4 and named


def _is_committee(text: str, start: int, end: int) -> bool:
    """True for 襄阳市委, not for 委员会 or 委托."""
    return text[start - 1] in "省市县区旗州" and not re.match("员|托|派|任|培|屈|婉|以", text[end : end + 1])


def _specific(specific: str, *, spelled: bool) -> tuple[str, ...] | None:
    """What a body is named after: a zone (高新区), a known place, a number or, where `spelled`, a name in pinyin."""
    if specific.endswith("一") and specific[:-1] in exonyms.divisions_by_specific():
        return None  # 遂宁/一小学
    if numbered := _NUMBERED.fullmatch(specific):
        return (f"No. {read_numeral(numbered[1])}",)  # 第八十中学
    for generic in generics():
        if specific.endswith(generic) and len(generic) > 1:
            names = compose(specific.removesuffix(generic), generic, after_chinese=True)
            return names[0] if names else None
    known = specific in exonyms.divisions_by_specific() or specific in exonyms.places()
    if len(specific) > 1 and specific[-1] in "县区市镇乡村路" and not known:  # 中关村 is no village
        names = compose(specific[:-1], specific[-1], after_chinese=False)
        return names[0] if names else None
    if spelled and specific in exonyms.places() and is_of_nature(specific):
        forms = [spell(specific), *(specific_english(specific) or ())]
        spelled_first = specific[-1] in "河江" or specific in exonyms.foreign_places()  # 泾河派出所; 北极派出所 of Mohe
        return with_umlaut_variants(forms if spelled_first else forms[::-1])  # 洪泽湖派出所
    return specific_english(specific) if known or (spelled and 1 < len(specific) < 4) else None


def _words_and_head(text: str, position: int) -> tuple[list[str], BodyKind, tuple[str, ...], int] | None:
    """Words (石化, 综合, 管理) and the body's own word at this position, the longest first."""
    words: list[str] = []
    while True:
        if numbered := _numbered_unit(text, position):
            return words, *numbered
        for length in range(min(_LONGEST_WORD, len(text) - position), 0, -1):
            entry = _bodies().get(text[position : position + length])
            if entry is None or _IN_MIDDLE_SCHOOL.match(text, position + length - 1):
                continue  # 第八十中学 has no 十中
            kind, forms = entry
            position += length
            if kind != "word":
                return words, kind, forms, position
            words.append(forms[0])
            break
        else:
            return None


def _numbered_unit(text: str, position: int) -> tuple[BodyKind, tuple[str, ...], int] | None:
    """A unit whose number stands before its last word: 刑侦三大队 is the No. 3 Criminal Investigation Brigade."""
    match = _NUMBERED_UNIT.match(text, position)
    if match is None:
        return None
    what, form = match["what"], match["form"]
    entry = _bodies().get(what + form)
    if what + form != "中" and (entry is None or entry[0] == "word"):
        return None
    kind, english = entry or ("head", _MIDDLE_SCHOOL)
    number = read_numeral(match["number"])
    return kind, tuple(f"No. {number} {name}" for name in english), match.end()


def _item(text: str, units: Sequence[Unit], bodies: Sequence[Body]) -> Item | None:
    start, end = (units[0] if units else bodies[0]).start, bodies[-1].end
    if end - start > _LONGEST_ORGANISATION:
        return None
    return Item("organisation", start, end, text[start:end], body_english(text, units, bodies))
