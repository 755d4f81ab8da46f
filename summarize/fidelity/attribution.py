"""Names in each other's places: words given to another speaker, 张三对李四说 as "Li Si told Zhang San", a deed to
another doer, a victory to the loser.

Both names arrive then, so that nothing else of the check sees it. Only what leaves little doubt is told: a speaker of
the Chinese who does not speak in the English, while somebody does who does not speak in the Chinese; who beat whom; two
who speak, people or 居民 and 物业公司, in the other order; or two people, each named once, in the other order where no
word of either text tells why. Most exchanges of people have none of it and are not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarize.fidelity.exchange import FRONTED, both_once
from summarize.fidelity.wording import Place, find_name
from summarize.grounding.item import Item

_SAYS_ZH = re.compile(
    "[^，。；：“”「」！？、,的上中时会]{0,8}?(?:说|說|表示|称|稱|介绍|介紹|指出|强调|認為|认为|回忆|告诉|告訴|解释|透露|坦言|补充|写道|宣布|感慨|"
    "呼吁|警告|承认|否认|回应|直言|建议|提醒|相信|希望|谈到|问道|答道|评论|通报|质疑|抱怨|反映|反驳)"
)
_SPOKEN_TO = re.compile("(?:对|對|向|告诉|告訴|问|給|给|采访|同|与|與|和|跟|在)$")
_SAYS = (
    r"said|says?|stated?|states|adds?|added|noted?|notes|explain(?:s|ed)|recall(?:s|ed)|stress(?:es|ed)|"
    r"emphasi[sz]e[sd]|point(?:s|ed) out|announce[sd]|claim(?:s|ed)|argue[sd]|wrote|tweeted|told|tells|believe[sd]|"
    r"warn(?:s|ed)|reveal(?:s|ed)|admit(?:s|ted)|den(?:ies|ied)|insist(?:s|ed)|suggest(?:s|ed)|remarked|commented|"
    r"introduced|expressed|called on|respond(?:s|ed)|repl(?:ies|ied)|reminded|thinks|hopes|hoped|asked|concluded|"
    r"declared|complain(?:s|ed)|question(?:s|ed)|grumbled"
)
# "Wang said", "Wang, the head of the village, also said"
_SPEAKS = re.compile(
    rf"(?:,[^.;:\"“”]{{0,80}},)?,?\s(?:(?:also|then|had|has|once|later|further)\s)?(?:{_SAYS})\b", re.IGNORECASE
)
# "said villager Wang", "according to Wang"
_SPOKE = re.compile(
    r"\b(?:said|says|added|adds|noted|explained|recalled|stressed|emphasi[sz]ed|according to|wrote|warned)\s"
    r"(?:[^.,;:\"“”]{0,40}\s)?$",
    re.IGNORECASE,
)

# Who speaks without a name.
_ROLES = tuple(
    (re.compile(zh), re.compile(rf"\b(?:{en})\b", re.IGNORECASE))
    for zh, en in (
        ("家长", "parents?"),
        ("学校|校方", "school"),
        ("老师|教师", "teachers?"),
        ("学生", "students?|pupils?"),
        ("居民|业主|住户", "residents?|owners?"),
        ("村民", "villagers?"),
        ("物业(?:公司)?", "property (?:management )?company"),
        ("警方|民警", "police"),
        ("法院", "court"),
        ("原告", "plaintiff"),
        ("被告人?", "defendant"),
        ("检方|检察机关|公诉人", "prosecutors?"),
        ("专家", "experts?"),
        ("医生", "doctors?"),
        ("网友|网民", "netizens|(?:internet|web) users"),
        ("商家|店家", "merchants?|store|shop"),
        ("消费者|顾客", "consumers?|customers?"),
        ("司机", "driver"),
        ("乘客", "passengers?"),
    )
)

_LIST = re.compile(r"[\s\"”」]*(?:[、，,\s]|和|与|與|及|以及|跟|同|或)[\s“「]*")
# What English may put the other way round: 李四的律师张三, 被, 与李四会谈时
_TURNED_ZH = re.compile("的(?!，)[^，]*$|时|時|后|後|前|被|由|替|受|同|是否|(?:院士|教授|大师)?工作[室站]")
_TURNED_EN = re.compile(
    r"\b(?:as|after|before|when|while|since|because|whose|who|whom|if|whether|although|though|despite|following|amid|which)\b|"
    r"\bof\s(?:\w+\s){0,2}$|,[\"”]?\s(?:said|says)\s(?:\w+\s){0,4}$",
    re.IGNORECASE,
)

_BEAT_ZH = re.compile(
    "[^，。；！？]{0,12}?(?:战胜|戰勝|击败|擊敗|打败|打敗|力克|轻取|輕取|完胜|完勝|险胜|險勝|横扫|淘汰|(?P<lost>不敌|不敵|负于|負於|输给|輸給|败给|敗給))"
    "[^，。；！？]{0,8}"
)
_BEAT = re.compile(
    r"\b(?:beat|beats|beating|defeat(?:s|ed|ing)?|edge[sd]|thrash(?:es|ed)|knocked out|overcame|swept|eliminated)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:lost to|loses to|losing to|(?:was|were|been|being) (?:beaten|defeated|eliminated|knocked out|swept|thrashed)"
    r" by|fell to|defeat (?:to|by|against)|loss to)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?]\s")

Arrived = tuple[Item, Place]


def misattributed(source: str, target: str, arrived: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Pairs of names of which one stands in the other's place, with the place of the first in the English.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    rows = sorted(arrived, key=lambda row: row[0].start)
    found = _other_winner(source, target, [row for row in rows if row[0].kind in ("person", "place", "organisation")])
    people = [row for row in rows if row[0].kind == "person" and not row[0].zh.isascii()]
    if not found and len({item.zh for item, _ in people}) > 1:
        found = _other_speakers(source, target, people) or _other_order(source, target, people, rows)
    return found or _speakers_turned(source, target, [*people, *_roles(source, target)])


def _other_winner(source: str, target: str, names: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Two names of which the second beat the first in the English, and the first the second in the Chinese, or so."""
    found = []
    for (one, place), (other, after) in pairwise(names):
        if match := _BEAT_ZH.fullmatch(source, one.end, other.start):
            winner, loser = (after, place) if match["lost"] else (place, after)
            if _is_said(_BEAT, target, loser, winner) or _is_said(_LOST, target, winner, loser):
                found.append((one, other, place))
    return found


def _is_said(words: re.Pattern[str], target: str, first: Place, second: Place) -> bool:
    """Whether such words stand between two places of one sentence, and nothing of victory or defeat besides."""
    between = target[first[1] : second[0]]
    other = _LOST if words is _BEAT else _BEAT
    return bool(words.search(between)) and not other.search(between) and not _SENTENCE_END.search(between)


def _other_speakers(source: str, target: str, people: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Speakers of the Chinese who do not speak in the English, each with somebody who does so only there."""
    speak = [row for row in people if _speaks_in_chinese(source, row[0], people)]
    spoke = [row for row in people if _speaks_in_english(target, row[1], people)]
    silent = [row for row in speak if not any(_same(row[0], item) for item, _ in spoke)]
    others = [row for row in spoke if not any(_same(row[0], item) for item, _ in speak)]
    return [(item, others[0][0], place) for item, place in silent[:1] if others]


def _roles(source: str, target: str) -> list[Arrived]:
    """Those who are called by what they are, where both texts have them once."""
    return [
        (Item("term", *said.span(), said[0], ()), written.span()) for said, written in both_once(source, target, _ROLES)
    ]


def _speakers_turned(source: str, target: str, people: Sequence[Arrived]) -> list[tuple[Item, Item, Place]]:
    """Two who speak in both texts, the one after the other, in the other order in the English."""
    spoken = [row for row in people if _speaks_in_chinese(source, row[0], people)]
    spoken = sorted((row for row in spoken if _speaks_in_english(target, row[1], people)), key=lambda row: row[0].start)
    return [
        (one, other, place)
        for (one, place), (other, before) in pairwise(spoken)
        if before[1] <= place[0]
        and source.count(one.zh) == source.count(other.zh) == 1
        and not _is_turned(target, before, place)
    ]


def _is_turned(target: str, before: Place, place: Place) -> bool:
    """Whether the English says why one of two names stands before the other."""
    turned = _TURNED_EN.search(target[before[1] : place[0]]) or FRONTED.search(target[: before[0]])
    return turned is not None


def _speaks_in_chinese(source: str, item: Item, people: Sequence[Arrived]) -> bool:
    match = _SAYS_ZH.match(source, item.end)
    if not match or _SPOKEN_TO.search(source[: item.start]):
        return False
    return not any(item.end <= other.start < match.end() for other, _ in people)


def _speaks_in_english(target: str, place: Place, people: Sequence[Arrived]) -> bool:
    start, end = place
    after = _SPEAKS.match(target, end)
    if after and not any(end <= other[0] < after.end() for _, other in people):
        return True
    before = _SPOKE.search(target[:start])
    return before is not None and not any(before.start() < other[0] < start for _, other in people)


def _other_order(
    source: str, target: str, people: Sequence[Arrived], rows: Sequence[Arrived]
) -> list[tuple[Item, Item, Place]]:
    """Two people, each named once, one after the other, in the other order in the English for no reason."""
    return [
        (one, other, place)
        for (one, place), (other, before) in pairwise(people)
        if before[1] <= place[0]
        and _is_named_once(source, target, one, people)
        and _is_named_once(source, target, other, people)
        and not _LIST.fullmatch(source, one.end, other.start)
        and not _TURNED_ZH.search(source[one.end : other.start])
        and not _is_turned(target, before, place)
        and not _keep_titles((one, other), people, rows)
    ]


def _keep_titles(names: Sequence[Item], people: Sequence[Arrived], rows: Sequence[Arrived]) -> bool:
    """Whether 县长/李秀英 is still the magistrate in the English: a title is nearer to its name than to others."""
    kept = []
    for name in names:
        for title, place in rows:
            if title.kind != "person" and name.start in (title.end, title.end + 1):
                nearest = min(people, key=lambda row: max(row[1][0] - place[1], place[0] - row[1][1]))
                kept.append(nearest[0] is name)
    return bool(kept) and all(kept)


def _is_named_once(source: str, target: str, item: Item, people: Sequence[Arrived]) -> bool:
    if source.count(item.zh) > 1 or sum(_same(item, other) for other, _ in people) > 1:
        return False
    names = item.renderings[0].split()
    return max(len(find_name(name, target)) for name in (names[0], names[-1])) == 1


def _same(one: Item, other: Item) -> bool:
    """Whether two names may be of one person: 特朗普 and 唐纳德·特朗普."""
    return one.zh in other.zh or other.zh in one.zh
