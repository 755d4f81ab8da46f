"""Places that no table has: a specific part with a generic part (泾河镇, 大亚湾经济技术开发区)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.origin import SEPARATORS
from summarize.grounding.pinyin import spell
from summarize.grounding.place_english import LINES, NATURAL, compose, line_english, with_market_readings
from summarize.grounding.tagger import Token, is_word, token_at

NAME_TAGS = ("LOC", "ORG", "PER", "nz", "nw", "s")
_NOT_IN_NAMES = frozenset(("v", "p", "u", "d", "c", "r", "w", "q", "xc", "t", "TIME"))
_OWN_ROMANISATION = ("Hong Kong", "Macao", "Taiwan")
_SMALLEST = ("村", "社区", "小区", "嘎查")
_DIVISION_GENERICS = ("镇", "乡", "街道", "村", "县", "市", "区", "苏木", "嘎查")
# Short for a province, a country or several cities (中缅国际铁路), besides what the table of lines has for one city.
_SHORT_FOR_ENDS = "汉新大长南黄赣湘桂川藏滇黔皖浙鲁豫晋陕甘冀辽吉黑蒙琼云中老缅泰越俄欧巴"
_ROADS = frozenset("线公铁道马")  # 线路, 公路: no name with 路
_NOT_BEFORE_DISTRICT = frozenset("园社小地景校厂片城市郊山灾牧林矿新开发老库专选战军疫辖禁")
_NOT_BEFORE_TOWNSHIP = frozenset("水下城家故老他异思返还回进侨梦")  # 鱼米水乡, 上山下乡
_OF_LAKES = re.compile("湿地|旅游|风景|景区|国家|生态|大桥|流域|水域|水系|沿岸|[畔滨边]")  # 高邮湖/湿地公园
_CENTRAL = re.compile("中心|[政党区上里长内]")  # 张家镇/镇中心小学
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
_OF_KINDS = ("市场", "小镇", "老街", "古村")  # what any country or province has
_COMMUNITY = re.compile(
    "(?P<name>(?:和平|团结|幸福|友谊|向阳|胜利|光明|红旗|东风|建设|解放|前进|新华|文化|人民|繁荣|振兴|永安|富强|劳动|五一|八一|先锋|曙光|民主|朝阳)"
    "(?:[东西南北]?[里路街]|新村)?)社区"
)
_BUILT = re.compile("(?:[共创]建|打造|构建|建设|争创)$")
_PORT = re.compile("港(?=[\u4e00-\u9fff]{2,4}港区)")  # 福州港/江阴港区
_LONGEST_SPECIFIC = 11  # characters
_NO_VILLAGES = frozenset(
    {"脱贫", "贫困", "示范", "试点", "帮扶", "致富", "创业", "返乡", "爱心", *"千万百全各本该邻老新每"}
)
_LONGEST_TOWN = 12
_SURE_TOWN = 3  # characters of a name that is taken for a town wherever a word begins with it
_NEVER_IN_SPECIFIC = frozenset(
    "的了在是和与及或从到向对把被将这那该本各每某等个位名为于由所有就也都又不全两几多第我他她它你丨局厅委署院部社"
    "之，。、；：“”‘’（）()《》！？!? \n\t·"
)
_BEGIN_VILLAGES = frozenset("等那者喊")  # where the tagger leaves a village of one syllable after them
_SMALL = (*_DIVISION_GENERICS, *_SMALLEST, "路", "街")  # 和平村
_AT_TIMES_IN_NAMES = frozenset("和与及从到向对把将那在为由有就都也又不")


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

    @property
    def shortest(self) -> str:
        """Baoying for Baoying County, but Shanxian County, which never goes without."""
        return self.short or self.english[0]


@lru_cache(maxsize=1)
def generics() -> tuple[str, ...]:
    """The generic parts, the longest first."""
    return tuple(sorted(exonyms.generics(), key=len, reverse=True))


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
    if town := _town(text, tokens, position, before) or _community(text, tokens, position):
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
    for cut in _ends_of_specific(text, tokens, position, first, after_chinese=after_chinese):
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
            small = generic in _DIVISION_GENERICS + _SMALLEST or (text[cut - 1] in "山洞" and len(generic) > 1)
            if inside and not (small and end == first.end):
                continue  # 青秀山/兰花园, but 高邮湖
            place = _Candidate(text, tokens, position, cut, end, generic, before, known)
            if _cuts_a_word(place) or _is_other_kind(place) or _belongs_elsewhere(place) or _is_no_name(place):
                continue
            village = generic == "村" and first.tag == "LOC" and first.end == end and after_chinese  # 花石乡/大湾村
            english = compose(specific, generic, after_chinese=after_chinese, town=village and before[-1].rank == 3)
            if english is not None:
                township = generic in _DIVISION_GENERICS or generic.endswith(("族乡", "族镇"))
                rank = 4 if generic in _SMALLEST or generic.endswith("族村") else 3 if township else 5
                forms = with_market_readings(specific, english[0], _text_of(text, before))
                longest = Unit(position, end, forms, english[1], True, rank)
    return longest


def _ends_of_specific(
    text: str, tokens: Sequence[Token], start: int, first: Token, *, after_chinese: bool
) -> Iterator[int]:
    """Where a specific part may end that begins with the word `first`, or within it; it has no function words."""
    for end in range(start + (0 if after_chinese else 1), min(len(text), start + _LONGEST_SPECIFIC + 1)):
        specific = text[start:end]
        # 全州县/两河镇, 田阳区/那坡镇, 瑞丽市/等/u 嘎村, 三都乡 in one word
        named = after_chinese and (specific in _BEGIN_VILLAGES or (first.tag == "LOC" and specific == "两"))
        named = named or (first.tag == "LOC" and specific[-1:] == "都" and first.end > end)
        if specific and specific[-1] in _NEVER_IN_SPECIFIC and not named and not _is_inside_name(tokens, end - 1):
            return
        if len(specific) > 1 and specific[-1] in "省市县区镇乡" and not _is_of_two(text, start, end):
            return
        yield end


def _is_inside_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a character that is a word of its own elsewhere is one of a name here: 和平村/LOC, 睦和村/LOC."""
    token = token_at(tokens, position)
    named = token.tag == "LOC" and len(token.text) > 2 and token.text.endswith(_SMALL)
    return named and token.text[position - token.start] in _AT_TIMES_IN_NAMES


def _town(text: str, tokens: Sequence[Token], position: int, before: Sequence[Unit]) -> Unit | None:
    """A town of the county before it, or a town by a name that no other word has: 东坡区太和镇, 巴彦呼舒镇."""
    county = text[before[-1].start : before[-1].end] if before else ""
    if length := town_length(text, position, county):
        end = position + length
    else:
        first = token_at(tokens, position)
        if first.start != position or (before and not before[-1].chinese):
            return None
        ends = range(min(len(text), position + _LONGEST_TOWN), position + _SURE_TOWN - 1, -1)
        end = next((end for end in ends if _is_sure_town(text, tokens, first, end)), 0)
        if first.tag == "LOC" and first.text in exonyms.all_towns() and len(first.text) < _SURE_TOWN:
            end = max(end, first.end)
    generic = next((g for g in generics() if text.endswith(g, position + 1, end)), "") if end else ""
    specific = text[position : end - len(generic)]
    if not generic or specific in exonyms.divisions() or text[position:end] in exonyms.places():
        return None  # 乌镇
    english = compose(specific, generic, after_chinese=True, town=True)
    if english is None:
        return None
    forms = with_market_readings(specific, english[0], _text_of(text, before))
    return Unit(position, end, forms, english[1], True, 3)


def _text_of(text: str, units: Sequence[Unit]) -> str:
    return text[units[0].start : units[-1].end] if units else ""


def _community(text: str, tokens: Sequence[Token], position: int) -> Unit | None:
    """A community that is called by an everyday word: 和平里社区, 团结社区."""
    match = _COMMUNITY.match(text, position)
    if match is None or _BUILT.search(text, 0, position) or not may_end(tokens, match.end()):
        return None
    name = spell(match["name"])
    return Unit(position, match.end(), (f"{name} Community", name), name, True, 4)


def _is_sure_town(text: str, tokens: Sequence[Token], first: Token, end: int) -> bool:
    """Whether a town of the table stands there, whatever the tagger cut: 将/d 台堡镇/LOC, 那/r 大/a 镇/n."""
    name, known = text[first.start : end], exonyms.all_towns()
    everyday = re.sub("(?:镇|乡|街道|苏木)$", "", name) in exonyms.everyday("town")  # 中心镇
    if name not in known or everyday or not may_end(tokens, end):
        return False
    if first.tag == "LOC":
        return True
    words = [token for token in tokens if first.start < token.start < end]
    if any(word.tag == "c" for word in words):
        return False  # 人/和/镇干部
    return not (len(first.text) == 1 and first.tag in _NOT_IN_NAMES and name[1:] in known)  # 到/安镇


def town_length(text: str, position: int, county: str) -> int:
    """How long the name of the town is that begins there and that this county, by any of its names, has."""
    towns = exonyms.towns()
    division = exonyms.divisions().get(county)
    if county not in towns and (
        division := exonyms.divisions_by_specific().get(division.specific if division else county)
    ):
        county = division.name
    names = towns.get(county, ())
    ends = range(min(len(text), position + _LONGEST_TOWN), position + 1, -1)
    return next((end - position for end in ends if text[position:end] in names), 0)


def _is_of_two(text: str, start: int, cut: int) -> bool:
    """柳市/镇, 竹镇/镇: towns named after a market or a town."""
    two = text[cut - 1 : cut + 1]
    town = two in ("市镇", "镇镇") and text[start : cut + 1] in exonyms.all_towns()
    return town and not (two == "镇镇" and _CENTRAL.match(text, cut + 1))


@dataclass(frozen=True, slots=True)
class _Candidate:
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
        return self.text[self.start : self.cut]

    @property
    def first(self) -> Token:
        return token_at(self.tokens, self.start)

    @property
    def last(self) -> Token:
        return token_at(self.tokens, self.end - 1)


def _cuts_a_word(place: _Candidate) -> bool:
    """Whether the words of the tagger do not let a name end here: 边境云南河/口, 方中铁隧道/局, 重庆江/北."""
    first, last, generic = place.first, place.last, place.generic
    after_chinese = bool(place.before) and place.before[-1].chinese
    if not may_end(place.tokens, place.end):
        return True
    one = generic == "村" and len(first.text) == 1 and first.tag == last.tag == "LOC"  # 喊/LOC 沙村/LOC
    if generic in _DIVISION_GENERICS and not (after_chinese or first.end == place.end or one):
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


def _begins_before(place: _Candidate) -> bool:
    """Whether a village of one syllable is the end of a name that the tagger cut: 等/u 嘎村/LOC."""
    before = token_at(place.tokens, place.start - 1) if place.start else None
    return before is not None and len(before.text) == 1 and (before.tag == "LOC" or before.text in _BEGIN_VILLAGES)


def _is_other_kind(place: _Candidate) -> bool:
    """Whether specific and generic part do not go together."""
    specific, generic = place.specific, place.generic
    named = place.known is not None and place.known.end == place.cut  # the specific part is a place of the tables
    if specific == "经" and generic in ("镇", "乡", "县", "市"):
        return True  # 经/镇人大批准
    if generic == "省" or (generic in _OF_KINDS and named) or (specific, generic) == ("圩", "镇"):
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
    if generic == "路" and (specific[-1:] in _ROADS or _WAY.fullmatch(specific)):
        return True
    if generic == "果园" and is_word(f"{specific}果"):
        return True  # 百香果/园
    if generic == "村" and specific in exonyms.everyday("not a specific part"):  # 千村示范, 花石乡脱贫村
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


def _belongs_elsewhere(place: _Candidate) -> bool:
    """Whether another name stands there: 淡水湖/巢湖, 盛夏/青海湖, 赛/青岛; in a list of people 王立武、刘夏村."""
    if place.text.startswith(tuple(SEPARATORS), place.end):
        return True  # 阿里木江·哈力克
    if place.known is None and _ends_in_known(place.text, place.start, place.end):
        return True
    in_list = place.first.tag == "PER" and place.start and place.text[place.start - 1] == "、"
    return bool(in_list) and token_at(place.tokens, place.start - 2).tag == "PER"


def _is_no_name(place: _Candidate) -> bool:
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
    if any(token.tag in _NOT_IN_NAMES for token in words):
        return True
    airport = (
        place.generic.endswith("机场") and bool(place.before) and not is_word(place.specific)
    )  # 六盘水/LOC 月照/n 机场/n
    if all(token.tag not in ("LOC", "ORG", "nz", "PER") for token in words):
        return not (place.generic == "社区" and _names_community(place.before, place.specific)) and not airport
    return bool(place.before) and _is_common(place.specific, words, place.end)


def _is_town_of_county(place: _Candidate, words: Sequence[Token]) -> bool:
    """Whether it is a town by what stands before it, whatever the tagger takes its words for: 湖滨区会兴街道."""
    generic = place.generic
    rank = place.before[-1].rank if place.before else 9
    town = generic.endswith(("街道", "镇", "乡")) and rank in (1, 2)
    cut = rank in (1, 2) and words[0].text in _BEGIN_VILLAGES and len(words[-1].text) == 2  # 瑞丽市/等/嘎村
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


def _only_modifiers(text: str) -> bool:
    while text:
        modifier = next((m for m in exonyms.modifiers() if text.startswith(m)), None)
        if modifier is None:
            return False
        text = text[len(modifier) :]
    return True


def may_end(tokens: Sequence[Token], end: int) -> bool:
    """True where a name may end: at the end of a word, or inside a word that is a name itself."""
    last = token_at(tokens, end - 1)
    return last.end == end or last.tag in ("LOC", "ORG")
