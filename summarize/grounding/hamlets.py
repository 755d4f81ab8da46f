"""Hamlets, smaller than the villages of the tables: 弄平屯, 吉娜羌寨, 李家冲."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.origin import SURNAMES
from summarize.grounding.pinyin import spell
from summarize.grounding.place_english import specific_english
from summarize.grounding.place_unit import Unit
from summarize.grounding.tagger import Token, is_word, token_at

_LONGEST = 6  # characters
_RANK = 5  # within a village
_NAMES = ("LOC", "PER", "ORG", "nz", "nw")
_COUNTED = ("r", "q", "m", "w")  # 这个屯, 三个寨
_LIVED_IN = re.compile("的?(?:村民|群众|乡亲|老乡|农户|党员|妇女|老人)|位于|地处|坐落")
_LANDFORMS = "冲嘴咀坝塆坪沟坡岭垭塘洼峪岩岗岔梁坨墩圩畈坳"
_HOME = re.compile(  # the homes of a family by a valley, on a hill: 李家冲
    f"[{''.join(sorted(SURNAMES))}]家[{_LANDFORMS}湾庄堡营]"
)
_GROUPS = {
    "苗": "Miao", "侗": "Dong", "羌": "Qiang", "瑶": "Yao", "藏": "Tibetan", "彝": "Yi", "傣": "Dai", "黎": "Li",
    "壮": "Zhuang", "佤": "Va",
}  # fmt: skip


def find_hamlet(
    text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit], known: Unit | None
) -> Unit | None:
    """The hamlet that begins there, by its generic part (屯, 寨) or by the family that lives there.

    Args:
        text: a passage in simplified characters.
        tokens: its words.
        position: where the hamlet begins.
        before: the places that end there.
        known: the place of the tables that begins there.
    """
    if before and not before[-1].chinese:
        return None
    first = token_at(tokens, position)
    home = _HOME.match(text, position)
    if home and (first.start, first.end) == home.span() and first.tag in _NAMES:
        return Unit(position, home.end(), (spell(home[0]),), spell(home[0]), True, _RANK)
    named = known is not None and known.chinese and first.tag == "LOC" and first.end == known.end + 1
    if named and first.text[-1] in _LANDFORMS:  # 江西坪
        name = spell(first.text)
        return Unit(position, first.end, (name,), name, True, _RANK)
    for end in range(min(len(text), position + _LONGEST), position + 1, -1):
        if known is not None and (known.end >= end or known.end < end - 1):
            continue  # 北京/三里屯
        if text[end - 1] in "屯寨" and token_at(tokens, end - 1).end == end:
            words = [token for token in tokens if token.end > position and token.start < end]
            specific, generic = text[position : end - 1], text[end - 1]
            if _is_hamlet(text, words, position, end, within=bool(before)) and (english := _english(specific, generic)):
                return Unit(position, end, english, "", True, _RANK)
    return None


def _is_hamlet(text: str, words: Sequence[Token], position: int, end: int, *, within: bool) -> bool:
    name, specific = text[position:end], text[position : end - 1]
    if (
        is_word(name)
        or specific[-1] in "一二三四五六七八九十百千"
        or specific in exonyms.everyday("not a specific part") | exonyms.everyday("not a hamlet")
    ):
        return False
    if len(words) == 1:
        return words[0].start <= position and (within or len(name) > 2)  # 弄平屯/v
    named = words[0].tag in (*_NAMES, "TIME")  # 南昌屯, 三月屯
    if any(word.tag in _COUNTED for word in words) or (is_word(specific) and not named):
        return False  # 贫困屯
    return len(specific) > 1 and (within or words[0].tag == "LOC" or _LIVED_IN.match(text, end) is not None)


def _english(specific: str, generic: str) -> tuple[str, ...] | None:
    """Nongping Hamlet, or Nongpingtun; Jina Qiang Village where an ethnic group lives."""
    if generic == "寨" and specific[-1] in _GROUPS:
        names = specific_english(specific[:-1].removesuffix("千户"), generic, after_chinese=True)  # 西江千户苗寨
        forms = [f"{_GROUPS[specific[-1]]} {form}" for form in ("Village", "Ethnic Village")]
        return tuple(f"{name} {form}" for name in names or () for form in forms) or None
    names = specific_english(specific, generic, after_chinese=True)
    if names is None:
        return None
    whole = spell(specific + generic)
    shorter = () if len(specific) == 1 else tuple(f"{name} {form}" for name in names for form in ("Hamlet", "Village"))
    return (*shorter, f"{whole} Hamlet", whole, f"{whole} Village")
