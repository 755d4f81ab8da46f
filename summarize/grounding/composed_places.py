"""Places that no table has: a specific part with a generic part (泾河镇, 大亚湾经济技术开发区)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.grounding import exonyms
from summarize.grounding.pinyin import spell
from summarize.grounding.place_candidate import Candidate, is_place
from summarize.grounding.place_english import NATURAL, compose, with_market_readings
from summarize.grounding.place_unit import (
    BEGIN_VILLAGES,
    DIVISION_GENERICS,
    NAME_TAGS,
    Unit,
    generics,
    may_end,
    text_of,
)
from summarize.grounding.tagger import Token, token_at
from summarize.grounding.taiwan import TaiwanesePlace
from summarize.grounding.towns import find_town, is_of_two, town_length

_OWN_ROMANISATION = ("Hong Kong", "Macao", "Taiwan")
_SMALLEST = ("村", "社区", "小区", "嘎查")
_COMMUNITY = re.compile(
    "(?P<name>(?:和平|团结|幸福|友谊|向阳|胜利|光明|红旗|东风|建设|解放|前进|新华|文化|人民|繁荣|振兴|永安|富强|劳动|五一|八一|先锋|曙光|民主|朝阳)"
    "(?:[东西南北]?[里路街]|新村)?)社区"
)
_BUILT = re.compile("(?:[共创]建|打造|构建|建设|争创)$")
_PORT = re.compile("港(?=[\u4e00-\u9fff]{2,4}港区)")  # 福州港/江阴港区
_LONGEST_SPECIFIC = 11  # characters
_NEVER_IN_SPECIFIC = frozenset(
    "的了在是和与及或从到向对把被将这那该本各每某等个位名为于由所有就也都又不全两几多第我他她它你丨局厅委署院部社"
    "之，。、；：“”‘’（）()《》！？!? \n\t·"
)
_SMALL = (*DIVISION_GENERICS, *_SMALLEST, "路", "街")  # 和平村
_AT_TIMES_IN_NAMES = frozenset("和与及从到向对把将那在为由有就都也又不")


def find_composed(
    text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit], known: Unit | None
) -> Unit | None:
    """A specific part in pinyin, or a known place, with a generic part: 泾河镇, 大亚湾经济技术开发区, 长江路.

    The longest is taken; it must be longer than the known name it begins with, which must be its whole specific part.

    Args:
        text: a passage in simplified characters.
        tokens: its words.
        position: where the place begins.
        before: the places that end there.
        known: the place of the tables that begins there.
    """
    if before and before[-1].short.startswith(_OWN_ROMANISATION):
        return None
    if town := find_town(text, tokens, position, before) or _community(text, tokens, position):
        return town
    first = token_at(tokens, position)
    if (first.start != position or first.tag not in NAME_TAGS) and not before:
        return None
    if known is not None and known.short and _PORT.match(text, known.end):
        return Unit(position, known.end + 1, (f"{known.short} Port", f"Port of {known.short}"), "", True, 5)
    if known is not None and known.chinese and town_length(text, known.end, text[position : known.end]):
        return None  # 正定/新城铺镇, not 正定新城
    after_chinese = bool(before) and before[-1].chinese
    longest: Unit | None = None
    of_taiwan = known if isinstance(first, TaiwanesePlace) else None
    ends = _ends_of_specific(text, tokens, position, first, after_chinese=after_chinese)
    for cut in (of_taiwan.end,) if of_taiwan else ends:
        if cut == len(text):
            break
        if known is not None and cut < known.end:
            continue
        specific = text[position:cut]
        inside = known is not None and cut == known.end + 1 and first.end > cut  # 射阳湖/镇 in one word
        follows = known is None or inside or _only_modifiers(text[known.end : cut])
        park = known is not None and text[known.end] in NATURAL and _only_modifiers(text[known.end + 1 : cut])
        if not (follows or park):
            continue
        for generic in generics():
            end = cut + len(generic)
            if not text.startswith(generic, cut) or (longest is not None and end <= longest.end):
                continue
            if park and not (follows or (len(generic) > 1 and end == first.end)):
                continue  # 紫金山国家森林公园 in one word, whatever county is called 紫金
            small = generic in DIVISION_GENERICS + _SMALLEST or (text[cut - 1] in "山洞" and len(generic) > 1)
            if inside and not (small and end == first.end):
                continue  # 青秀山/兰花园, but 高邮湖
            if not is_place(Candidate(text, tokens, position, cut, end, generic, before, known)):
                continue
            village = generic == "村" and first.tag == "LOC" and first.end == end and after_chinese  # 花石乡/大湾村
            spelled = village and before[-1].rank == 3
            own = (of_taiwan.short,) if of_taiwan else ()
            english = compose(specific, generic, after_chinese=after_chinese, town=spelled, own=own)
            if english is not None:
                township = generic in DIVISION_GENERICS or generic.endswith(("族乡", "族镇"))
                rank = 4 if generic in _SMALLEST or generic.endswith("族村") else 3 if township else 5
                forms = with_market_readings(specific, english[0], text_of(text, before))
                longest = Unit(position, end, forms, english[1], True, rank)
    return longest


def _ends_of_specific(
    text: str, tokens: Sequence[Token], start: int, first: Token, *, after_chinese: bool
) -> Iterator[int]:
    """Where a specific part may end that begins with the word `first`, or within it; it has no function words."""
    for end in range(start + (0 if after_chinese else 1), min(len(text), start + _LONGEST_SPECIFIC + 1)):
        specific = text[start:end]
        # 全州县/两河镇, 田阳区/那坡镇, 瑞丽市/等/u 嘎村, 三都乡 in one word
        named = after_chinese and (specific in BEGIN_VILLAGES or (first.tag == "LOC" and specific == "两"))
        named = named or (first.tag == "LOC" and specific[-1:] == "都" and first.end > end)
        if specific and specific[-1] in _NEVER_IN_SPECIFIC and not named and not _is_inside_name(tokens, end - 1):
            return
        if len(specific) > 1 and specific[-1] in "省市县区镇乡" and not is_of_two(text, start, end):
            return
        yield end


def _is_inside_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a character that is a word of its own elsewhere is one of a name here: 和平村/LOC, 睦和村/LOC."""
    token = token_at(tokens, position)
    named = token.tag == "LOC" and len(token.text) > 2 and token.text.endswith(_SMALL)
    return named and token.text[position - token.start] in _AT_TIMES_IN_NAMES


def _community(text: str, tokens: Sequence[Token], position: int) -> Unit | None:
    """A community that is called by an everyday word: 和平里社区, 团结社区."""
    match = _COMMUNITY.match(text, position)
    if match is None or _BUILT.search(text, 0, position) or not may_end(tokens, match.end()):
        return None
    name = spell(match["name"])
    return Unit(position, match.end(), (f"{name} Community", name), name, True, 4)


def _only_modifiers(text: str) -> bool:
    while text:
        modifier = next((m for m in exonyms.modifiers() if text.startswith(m)), None)
        if modifier is None:
            return False
        text = text[len(modifier) :]
    return True
