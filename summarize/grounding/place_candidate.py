"""What may be a composed place, and what tells that it is none: 苹/果园, 淡水湖/巢湖, 人/和/镇干部."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.grounding import exonyms
from summarize.grounding.origin import SEPARATORS
from summarize.grounding.place_english import LINES, NATURAL, line_english
from summarize.grounding.place_unit import (
    BEGIN_VILLAGES,
    DIVISION_GENERICS,
    NAME_TAGS,
    NOT_IN_NAMES,
    Unit,
    generics,
    may_end,
)
from summarize.grounding.tagger import Token, is_word, token_at
from summarize.grounding.taiwan import TaiwanesePlace

# Short for a province, a country or several cities (中缅国际铁路), besides what the table of lines has for one city.
_SHORT_FOR_ENDS = "汉新大长南黄赣湘桂川藏滇黔皖浙鲁豫晋陕甘冀辽吉黑蒙琼云中老缅泰越俄欧巴"
_ROADS = frozenset("线公铁道马土")  # 线路, 公路, 黄土路: no name with 路
_NOT_BEFORE_DISTRICT = frozenset("园社小地景校厂片城市郊山灾牧林矿新开发老库专选战军疫辖禁")
_NOT_BEFORE_TOWNSHIP = frozenset("水下城家故老他异思返还回进侨梦")  # 鱼米水乡, 上山下乡
_OF_LAKES = re.compile("湿地|旅游|风景|景区|国家|生态|大桥|流域|水域|水系|沿岸|[畔滨边]")  # 高邮湖/湿地公园
_WAY = re.compile("[一二两三四五六七八九十百]+里[山水土]?")  # 三里山路 is no road, but how far it goes
_IN_BODIES = (*"镇乡村区县市旗园查木路街", "街道")  # generic parts that a body's name goes on after: 虎头村/村委会
_GOES = frozenset("到去赴访看进入抵回返过经离驻跑游逛在来往至探采查走")  # 到宝应县/访/泾河镇
_WITH_SMALL = ("公寓", "广场", "公园", "桥", "路", "街", "巷", "岛", "湾", "河", "湖")  # 广百/小广场
# What stands before a name and is none of it: 乌江/支流/沿沧河, 可可西里/腹地/卓乃湖, 高速/联通/大兴机场.
_BEFORE_NAMES = (
    *("支流", "干流", "腹地", "境内", "上游", "中游", "下游", "流域", "沿线"),
    *("地下党", "避暑", "联通", "连通", "当地", "本地", "外地"),
)
_NUMBERED_BRIDGES = ("二桥", "三桥", "四桥")
# What follows says of what kind it is: 一条/环山路, 一条宽阔的/进山路.
_ONE_OF, _OF_ONE = re.compile("[一两三几](?:[条个]|条[^，。；、]{1,12}的)$"), ("路", "街", "巷", "村")
_LEADS = re.compile(  # 出村路, 通户路: where a road leads
    "出[山村寨屯海户乡城]|进[山村寨屯组户乡城]|入[山村寨屯户]|通[村组户屯寨乡]|连[村组户]|到[村组户屯寨]|回[村家乡]|[上下盘]山|绕[村山]"
)
_BUILT = re.compile("[新改扩后重再兴修续拟共]建")
_OF_KINDS = ("市场", "小镇", "老街", "古村")  # what any country or province has
_NO_VILLAGES = frozenset(
    {"脱贫", "贫困", "示范", "试点", "帮扶", "致富", "创业", "返乡", "爱心", *"千万百全各本该邻老新每"}
    | {"前年", "去年", "今年", "明年", "当年", "往年"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a composed place: `text[start:cut]` is its specific part, `text[cut:end]` its generic part."""

    text: str
    tokens: Sequence[Token]
    start: int
    cut: int
    end: int
    generic: str
    before: Sequence[Unit]
    known: Unit | None

    @property
    def specific(self) -> str:
        """Its specific part."""
        return self.text[self.start : self.cut]

    @property
    def first(self) -> Token:
        """The word it begins in."""
        return token_at(self.tokens, self.start)

    @property
    def last(self) -> Token:
        """The word it ends in."""
        return token_at(self.tokens, self.end - 1)


def is_place(candidate: Candidate) -> bool:
    """Whether nothing speaks against it: neither its words, nor its parts, nor what stands around it."""
    return not (
        _cuts_a_word(candidate) or _is_other_kind(candidate) or _belongs_elsewhere(candidate) or _is_no_name(candidate)
    )


def _cuts_a_word(place: Candidate) -> bool:
    """Whether the words of the tagger do not let a name end here: 边境云南河/口, 方中铁隧道/局, 重庆江/北."""
    first, last, generic = place.first, place.last, place.generic
    after_chinese = bool(place.before) and place.before[-1].chinese
    if not may_end(place.tokens, place.end):
        return True
    one = generic == "村" and len(first.text) == 1 and first.tag == last.tag == "LOC"  # 喊/LOC 沙村/LOC
    if generic in DIVISION_GENERICS and not (after_chinese or first.end == place.end or one):
        return True
    if generic == "村" and len(place.specific) == 1 and not after_chinese and _begins_before(place):
        return True
    lake = generic == "湖" and place.known is not None and _OF_LAKES.match(place.text, place.end)  # 高邮湖湿地公园
    if (
        last.end != place.end
        and not lake
        and (generic in NATURAL or (last.tag == "ORG" and not generic.endswith(_IN_BODIES)))
    ):
        return True
    if generic in NATURAL and _begins_place(place.text, place.end - 1):
        return True  # 国网湖州供电公司
    return first.tag == "PER" and first.end < place.end and generic.endswith("路")  # 周挺/右路/送出传中


def _begins_before(place: Candidate) -> bool:
    """Whether a village of one syllable is the end of a name that the tagger cut: 等/u 嘎村/LOC."""
    before = token_at(place.tokens, place.start - 1) if place.start else None
    return before is not None and len(before.text) == 1 and (before.tag == "LOC" or before.text in BEGIN_VILLAGES)


def _is_other_kind(place: Candidate) -> bool:
    """Whether specific and generic part do not go together."""
    specific, generic = place.specific, place.generic
    named = place.known is not None and place.known.end == place.cut  # the specific part is a place of the tables
    if specific == "经" and generic in ("镇", "乡", "县", "市"):
        return True  # 经/镇人大批准
    general = named and not isinstance(place.first, TaiwanesePlace)  # but 大溪/老街
    if generic == "省" or (generic in _OF_KINDS and general) or (specific, generic) == ("圩", "镇"):
        return True  # 美国/市场, 浙江/小镇
    if generic in _NUMBERED_BRIDGES and not named:
        return True
    least = place.start + 2 * (named and generic == "路")  # 华东/路
    if any(len(g) > len(generic) and place.text.endswith(g, least, place.end) for g in generics()):
        return True  # 湿地公园 is not 湿地 with 公园
    if generic in NATURAL and (place.first.tag == "PER" or (len(specific) > 1 and specific[-1] in NATURAL)):
        return not (named and generic == "湖" != specific[-1])  # 微山湖
    if len(specific) == 1 and len(generic) > 1 and place.known is None:
        return True  # 苹/果园
    if generic == "乡" and specific and specific[-1] in _NOT_BEFORE_TOWNSHIP:
        return True
    if generic == "路" and (specific[-1:] in _ROADS or _WAY.fullmatch(specific) or _LEADS.fullmatch(specific)):
        return True
    if generic == "果园" and is_word(f"{specific}果"):
        return True  # 百香果/园
    known = named or specific in exonyms.divisions_by_specific()
    if generic in _OF_ONE and not known and _ONE_OF.search(place.text, 0, place.start):
        return True  # 一条/环山路, 一个/光棍村
    if generic == "公园" and _BUILT.fullmatch(specific):  # 拆违/后建公园
        return True
    if generic == "路" and specific.endswith("新") and specific[-3:-1] in exonyms.everyday("not a specific part"):
        return True  # 产业/振兴/新路
    no_villages = exonyms.everyday("not a specific part") | exonyms.everyday("not a village")
    if generic == "村" and specific in no_villages:  # 千村示范, 花石乡脱贫村
        of_town = bool(place.before) and place.text[place.before[-1].end - 1] in "镇乡"
        return specific in _NO_VILLAGES or not of_town  # 永城镇中华村
    ends = specific.removesuffix("国际")
    if generic.endswith(LINES) and all(end in exonyms.lines() or end in _SHORT_FOR_ENDS for end in ends):
        return not (named or line_english(specific))
    if generic in ("区", "县", "市") and (len(specific) != 2 or specific[-1] in _NOT_BEFORE_DISTRICT):
        return True
    if generic == "区" and not place.before and is_word(specific):  # 玉石器作坊区
        return True
    if len(specific) > 2 and specific[-1] == "一" and specific[-2] in "路街道镇村乡县区市":  # 张杨路一商场
        return True
    if len(specific) > 2 and specific[-1] == "小" and generic in _WITH_SMALL:
        return True
    # 京港澳高速河南段, 郑万高铁隧道; each character of 郑万高铁 is short for a city
    return specific.endswith(LINES) or (generic in LINES and len(specific) < 3 and not named)


def _belongs_elsewhere(place: Candidate) -> bool:
    """Whether another name stands there: 淡水湖/巢湖, 盛夏/青海湖, 赛/青岛; in a list of people 王立武、刘夏村."""
    if place.text.startswith(tuple(SEPARATORS), place.end):
        return True  # 阿里木江·哈力克
    if place.known is None and _ends_in_known(place.text, place.start, place.end):
        return True
    in_list = place.first.tag == "PER" and place.start and place.text[place.start - 1] == "、"
    return bool(in_list) and token_at(place.tokens, place.start - 2).tag == "PER"


def _is_no_name(place: Candidate) -> bool:
    """Whether its words are words of the language."""
    if place.specific.startswith(_BEFORE_NAMES):
        return True
    if place.specific.startswith("环") and place.generic in ("湖", "岛"):
        return True  # 环巢湖 is around it
    if place.generic == "公路" and place.text.startswith("自行车", place.end):
        return True  # 太湖/国际/公路/自行车赛
    words = [token for token in place.tokens if token.start < place.end and token.end > place.start]
    if _is_town_of_county(place, words):
        return False
    if len(words) > 1 and words[0].start < place.start and words[0].tag not in NAME_TAGS:
        del words[0]  # 合肥/市长/江西路
    if any(token.tag in NOT_IN_NAMES for token in words):
        return True
    airport = (
        place.generic.endswith("机场") and bool(place.before) and not is_word(place.specific)
    )  # 六盘水/LOC 月照/n 机场/n
    if all(token.tag not in ("LOC", "ORG", "nz", "PER") for token in words):
        return not (place.generic == "社区" and _names_community(place.before, place.specific)) and not airport
    return bool(place.before) and _is_common(place.specific, words, place.end)


def _is_town_of_county(place: Candidate, words: Sequence[Token]) -> bool:
    """Whether it is a town by what stands before it, whatever the tagger takes its words for: 湖滨区会兴街道."""
    generic = place.generic
    rank = place.before[-1].rank if place.before else 9
    town = generic.endswith(("街道", "镇", "乡")) and rank in (1, 2)
    cut = rank in (1, 2) and words[0].text in BEGIN_VILLAGES and len(words[-1].text) == 2  # 瑞丽市/等/嘎村
    if not town and not (generic == "村" and (rank == 3 or cut)):  # 加榜乡/加/v 车村/LOC
        return False
    if words[0].start > place.start or words[-1].end != place.end:
        return False
    if len(words) == 1 or (len(place.specific) == 2 and not is_word(place.specific)):
        return True
    if generic.endswith("族乡"):  # 桦川县/星火/朝鲜族乡
        return len(words) == 2 and words[0].tag == "n"
    first, last = words[0], words[-1]  # 阿坝县/求/v 吉玛乡/LOC
    return (
        len(words) == 2 and first.tag == "v" and last.tag == "LOC" and len(first.text) == 1 and first.text not in _GOES
    )


def _ends_in_known(text: str, start: int, end: int) -> bool:
    """Whether words of the language stand before a place of the tables, which goes by its own name then."""
    for cut in range(start + 1, end - 1):
        name = text[cut:end]
        if name in exonyms.everyday("place") or name in exonyms.everyday("never a place"):
            continue
        division = exonyms.find_division(name)
        city = division is not None and division.level != "county"
        if city or (cut - start > 1 and (name in exonyms.places() or division is not None)):
            return True
    return False


def _names_community(before: Sequence[Unit], specific: str) -> bool:
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
