"""Numbers that stand at each other's names, 河湾村300户，柳荫村500户 as "Hewan has 500 households, Liuyin 300",
count each other's things, 14个国家，226000人 as "226,000 countries, 14 people", or stand in each other's clauses; and
numbers at words that come in pairs, the highs and the lows.

Both numbers and both names arrive then, so that nothing else of the check sees it. Only what leaves no doubt is told:
name and number, name and number in the Chinese, the names in the same order in the English, the numbers in the other;
after each of two numbers what the other counts; or two numbers of different clauses in the other order where nothing
tells why, which none of 13,900 human and machine translations of news has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.fidelity.wording import Place, find_name, last_end
from summarize.grounding.english_numbers import EnglishNumber, read_english_numbers
from summarize.grounding.item import Item

_CLAUSE_END = re.compile("[，,；;。、]")
_SENTENCE_END = re.compile("[。！？!?；;]")
# Between two numbers: the second is then not the second name's alone.
_PART_OF = re.compile("其中|比|较|占|达到|增至|升至|降至|减少到")
_LATIN = re.compile(r"(?<![A-Za-z\d])[A-Za-z][A-Za-z&.'-]+(?:\s[A-Za-z][A-Za-z&.'-]+)*")

WordPair = tuple[re.Pattern[str], re.Pattern[str]]  # a word in the two languages

# What is often counted, in the two languages; of a compound the last word tells.
_THINGS = (
    (
        "人|居民|群众|市民|村民|学生|师生|工人|游客|旅客|乘客|志愿者|儿童|孩子|老人|患者|病人|职工|员工|教师|老师|党员|干部|民警|警察|士兵|"
        "球迷|观众|选民|难民|议员|代表|选手|运动员",
        "people|persons?|residents|citizens|villagers|students|pupils|teachers|workers|tourists|travell?ers|passengers|volunteers|"
        "children|kids|patients|employees|staff|members|officials|officers|soldiers|fans|spectators|viewers|voters|refugees|"
        "lawmakers|delegates|athletes|men|women|boys|girls",
    ),
    ("国家|国", "countries|nations|states"),
    ("医院", "hospitals"),
    ("学校|中学|小学|大学|高校", "schools|universities|colleges"),
    ("企业|公司|商户|商家|店铺|门店", "companies|firms|enterprises|businesses|merchants|shops|stores"),
    ("房屋|房子|楼房|住宅|民房|建筑|楼", "houses|homes|buildings"),
    ("中心", "centers|centres"),
    ("村|村庄", "villages"),
    ("城市", "cities"),
    ("车|汽车|卡车|货车|客车|车辆", "cars|vehicles|buses|trucks|lorries"),
    ("飞机|客机|战机", "planes|aircraft|jets"),
    ("船|渔船|轮船|船只", "ships|boats|vessels"),
    ("项目", "projects"),
    ("岛|岛屿", "islands"),
    ("比赛", "matches|games"),
    ("票", "votes"),
    ("[大小]项", "sports|events|disciplines"),
)
_COUNTED_ZH = [
    re.compile(rf"(?:[余多])?[^\W\d，。、；：]{{0,7}}?(?:{zh})(?![一-鿿]?[员口民家们次数])") for zh, _ in _THINGS
]
_COUNTED_EN = [
    re.compile(rf"\W*(?:(?!and\b|or\b|of\b|in\b)[A-Za-z'’-]+ ){{0,2}}(?:{en})\b", re.IGNORECASE) for _, en in _THINGS
]

# Words that numbers stand at as they do at names: the highs and the lows.
_WORDS = tuple(
    (re.compile(zh), re.compile(rf"\b(?:{en})\b", re.IGNORECASE))
    for zh, en in (
        ("最高", "highs?|highest|maximum|top"),
        ("最低", "lows?|lowest|minimum"),
        ("城镇", "urban"),
        ("农村", "rural"),
        ("出生", "births?|born"),
        ("死亡|遇难", "deaths?|died|killed|dead|killing|lives"),
        ("受伤", "injured|hurt|wounded|injuries"),
        ("成人|大人", "adults?"),
        ("儿童|小孩|孩子", "children|kids|child"),
        ("小学", "primary|elementary"),
        ("初中", "junior"),
        ("高中", "senior"),
        ("夏季|夏天", "summer"),
        ("冬季|冬天", "winter"),
        ("周末", "weekends?"),
        ("去年", "last year|year before"),
        ("今年", "this year"),
        (r"长(?=约?\d)", "long|length|lengthwise"),
        (r"宽(?=约?\d)", "wide|width"),
        ("丈夫", "husband"),
        ("妻子", "wife"),
        ("第一名|一等奖", "first|winner"),
        ("第二名|二等奖", "second"),
        ("第三名|三等奖", "third"),
        ("男", "male|males|men|boys"),
        ("女", "female|females|women|girls"),
        ("出口(?!处)", "exports?|exported"),
        ("进口", "imports?|imported"),
        ("白天", "daytime|day"),
        ("夜间|夜晚", "night|nighttime"),
        ("公办", "public"),
        ("民办", "private"),
    )
)

# Clauses and what a list has in a row: across such a mark numbers keep their order, but for what follows.
_APART = re.compile("[，,；;。！？!?：:、（）()]")
_NAMED = re.compile(r"[A-Za-z]\s?-?$")  # the 1 of Formula 1
_SUM = re.compile(r"(?:等|共|共计|总计|合计)\D{0,3}$|(?:而不是|而非)\D*$")  # 红薯、稻米（2019）等4种 is "four kinds, …"
_RANGE = re.compile(r"\s?(?:(?:degrees?(?: Celsius)?|°?C)\s)?(?:to|and|-|–)\s?", re.IGNORECASE)  # 19 to 26 degrees
_OF = re.compile(r"\bof\s(?:(?:all|the|its|their|these|those)\s)*(?:[\w-]+['’]s?\s)?$", re.IGNORECASE)
# The later number comes first: "99 of the 246", "1.5% from 2%", "46 cases in 31 provinces".
_BACK = re.compile(
    r"(?:\b(?:of|from|instead|under|when|after|before|while|as|since|because|although|thanks to|due to|"
    r"owing to|using|involving|which)\b[^,.;!?]{0,40}|"
    r"\b(?:than|compared)\b[^.;!?]*|"
    r"(?<![\w-])(?:in|across|among|at|by|for|with)\s(?:\w+\s)?)$",
    re.IGNORECASE,
)
# Or a clause does: "after 30 people fell ill, two schools were closed".
FRONTED = re.compile(
    r"(?:^|[.!?;,\"“] ?)(?:(?:and|but|or|so) )?(?:although|though|while|whereas|when|after|before|if|of|from|"
    r"instead of|rather than|compared (?:to|with)|unlike|with|under|since|despite|because|as|according to|for|in|on)"
    r"\b[^,.;]*$",
    re.IGNORECASE,
)
"""What English begins with that another language says later, up to the end of a text."""

Arrived = tuple[Item, Place]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the Chinese, of what kind it is, and where it is in the English."""

    start: int
    end: int
    kind: str
    place: Place


def exchanged(source: str, target: str, arrived: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Pairs of numbers that changed places, with the place of the first in the English.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    rows = sorted(arrived, key=lambda row: row[0].start)
    there = read_english_numbers(target)
    counts = [row for row in rows if row[0].quantity]
    pairs = [
        (first, second)
        for first, second in pairwise(counts)
        if _alike(first[0], second[0]) and _is_said_once(first[1], there) and _is_said_once(second[1], there)
    ]
    if not pairs:
        return []
    names = [_Name(item.start, item.end, item.kind, place) for item, place in rows if item.kind != "number"]
    names += [*_latin_names(source, target, [item for item, _ in rows]), *_words(source, target)]
    names.sort(key=lambda name: name.start)
    found = []
    for first, second in pairs:
        own = _names_of(source, names, first[0], second[0])
        if (
            (own is not None and _cross(own[0].place, own[1].place, first[1], second[1]))
            or _count_each_other(source, target, first, second)
            or _is_whole_of(source, target, first, second)
            or (_in_other_order(source, target, first, second) and not _clauses_turned(source, names, first, second))
        ):
            found.append((first[0], second[0], first[1]))
    return found


def _latin_names(source: str, target: str, items: Sequence[Item]) -> list[_Name]:
    """Names that the Chinese has in Latin letters, beside the items, where both texts have them once."""
    found = []
    for match in _LATIN.finditer(source):
        start, end = match.span()
        places = find_name(match[0], target)
        if len(places) == source.count(match[0]) == 1 and all(end <= i.start or i.end <= start for i in items):
            found.append(_Name(start, end, "latin", places[0]))
    return found


def _words(source: str, target: str) -> list[_Name]:
    """Words that numbers stand at, where both texts have them once."""
    return [_Name(*said.span(), "word", written.span()) for said, written in both_once(source, target, _WORDS)]


def both_once(source: str, target: str, words: Iterable[WordPair]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Where the Chinese and English of words stand that both texts have once."""
    for zh, en in words:
        said, written = list(zh.finditer(source)), list(en.finditer(target))
        if len(said) == len(written) == 1:
            yield said[0], written[0]


def _alike(first: Item, second: Item) -> bool:
    """Whether two numbers count the same, so that one could stand for the other."""
    one, other = first.quantity, second.quantity
    return one is not None and other is not None and (one.form, one.unit) == (other.form, other.unit) and one != other


def _is_said_once(place: Place, numbers: Sequence[EnglishNumber]) -> bool:
    """Whether one number stands at a place of the English, and no other like it elsewhere."""
    here = [number.value for number in numbers if number.start < place[1] and place[0] < number.end]
    return len(here) == 1 and sum(number.value == here[0] for number in numbers) == 1


def _names_of(source: str, names: Sequence[_Name], first: Item, second: Item) -> tuple[_Name, _Name] | None:
    """The name before each of two numbers, if each has one of its own in its clause."""
    before = [name for name in names if name.end <= first.start]
    between = [name for name in names if first.end <= name.start and name.end <= second.start]
    if not before or len(between) != 1:
        return None
    one, other = before[-1], between[0]
    joined = not _SENTENCE_END.search(source, one.end, first.start) and not _CLAUSE_END.search(
        source, other.end, second.start
    )
    apart = _CLAUSE_END.search(source, first.end, other.start)
    if one.kind != other.kind or not joined or not apart or _PART_OF.search(source, first.end, second.start):
        return None
    return one, other


def _count_each_other(source: str, target: str, first: Arrived, second: Arrived) -> bool:
    """Whether each of two numbers is followed in the English by what the other counts in the Chinese."""
    ours = [_thing(source, item.end, _COUNTED_ZH) for item, _ in (first, second)]
    theirs = [_thing(target, end, _COUNTED_EN) for _, (_, end) in (first, second)]
    return None not in ours and ours[0] != ours[1] and theirs == ours[::-1]


def _thing(text: str, end: int, counted: Sequence[re.Pattern[str]]) -> int | None:
    """The kind of thing that a number before `end` counts; the nearest that is told."""
    matches = [(match.end(), kind) for kind, pattern in enumerate(counted) if (match := pattern.match(text, end))]
    return min(matches)[1] if matches else None


def _in_other_order(source: str, target: str, first: Arrived, second: Arrived) -> bool:
    """Whether numbers of two clauses stand in the other order in the English, and no word of it tells why."""
    (one, place), (other, before) = first, second
    return (
        before < place
        and not any(_NAMED.search(source[: item.start]) for item in (one, other))
        and _APART.search(source, one.end, other.start) is not None
        and not _SUM.search(source[one.end : other.start])
        and not _RANGE.fullmatch(target, before[1], place[0])
        and not _BACK.search(target[before[1] : place[0]])
        and not FRONTED.search(target[: before[0]])
    )


def _is_whole_of(source: str, target: str, first: Arrived, second: Arrived) -> bool:
    """Whether 820户，其中580户 has become "of the 580 households, 820"."""
    (one, (start, _)), (other, (before, end)) = first, second
    return (
        "其中" in source[one.end : other.start]
        and end < start
        and _OF.search(target[:before]) is not None
        and not re.search(r"[.;!?]\s|\b(?:of|in|from|among)\b", target[end:start])
    )


def _clauses_turned(source: str, names: Sequence[_Name], first: Arrived, second: Arrived) -> bool:
    """Whether a name of the first number's clause stands after one of the second's: the clauses changed places, too."""
    mark = _APART.search(source, first[0].end, second[0].start)
    assert mark
    begin = last_end(_APART, source, first[0].start)
    after = _APART.search(source, second[0].end)
    ours = [name.place for name in names if begin <= name.start and name.end <= mark.start()]
    theirs = [name.place for name in names if mark.end() <= name.start and (after is None or name.end <= after.start())]
    return any(one > other for one in ours for other in theirs)


def _cross(one: Place, other: Place, first: Place, second: Place) -> bool:
    """Whether the names stand in their order and the numbers in the other, each at a name."""
    return one < second < other < first or second < one < first < other
