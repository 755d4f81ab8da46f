"""Scores, times and places of matches and races: 以4-6负于对手, 2:08:11, 第90+4分钟, 分获二、三名, 一、二等奖."""

from __future__ import annotations

import re

from summarize.grounding import exonyms
from summarize.grounding.english_numbers import ordinal
from summarize.grounding.item import Item
from summarize.grounding.moment import ordinal_word
from summarize.grounding.numerals import fold, read_numeral

# 以21:19取胜, 第三局12:10, 比分25:23、21:25, 6-4、7-6(5): set after set of a match.
_PAIR = r"\d{1,3}[:–—-]\d{1,3}(?!\d)"
_CHAIN = re.compile(
    rf"(?<!\d){_PAIR}(?:[(（]\d+(?:-\d+)?[)）])?(?:(?:[、,，]|和)\s?{_PAIR}(?:[(（]\d+(?:-\d+)?[)）])?)*"
)
_WON = re.compile(
    "[险大完轻力]?胜(?![任算诉])|取[胜得下]|逆转|获胜|击败|战胜|领先|落后|扳平|战平|逼平|打平|不敌|力克|拿下|再下一[城局]|的?比分"
    "|[憾惜告完惨脆大小]?(?:负(?![责担债伤面极荷离重压氧])|败(?![血坏诉类家]))|输(?![出入送液血电油卵气])|出局|横扫|淘汰"
    "|被(?:零封|横扫|淘汰|击败|逆转)"
)
_SET = re.compile(r"(?:(?:以|比分为?|[:比])\s?|(?:第[一二三四五六1-6][局盘]|[首决]局|比分)[^，。；]{0,3})$")
_PLAYED = re.compile(
    r"(?:第[一二三四五六1-6][局盘节]|[首决次末]局|比分为?|[预半]?决赛|小组赛|热身赛|半场)[^，。；,;\d]{0,6}$"
)
_TEAM = re.compile("队$|[国男女]足$|[男女][排篮]$")
_CLOSED = re.compile(r"[，。、；！？”)）,;!?\s]|$")
_RACE = re.compile(r"(?:成绩|用时|耗时|纪录|跑出|完赛|夺冠|净计?时间?)[^，。；,;:\d]{0,6}$")
_RACED = re.compile("的?(?:成绩|夺冠|完赛|冲线|率先|获得|夺得|摘)")
_RANK = r"[一二三四五六七八九]"
_NTH = rf"(?:{_RANK}|\d{{1,2}})"
_PLACES = re.compile(
    rf"(?:(?<=分获)|(?<=分列)|(?<=分别获)|(?<=分别获得)|(?<=分别列)|(?<=分别位列)|(?<=分别名列)|(?<=分别排名)|(?<=分别夺得))"
    rf"第?(?P<places>{_RANK}[、和]?{_RANK}(?:[、和]?{_RANK})?)(?=[名位])"
    rf"|第(?P<listed>{_NTH}(?:、{_NTH})+|一二三?|二三四?|三四)(?=[名位条款项届章期批次轮天场局节代])"
    rf"|(?P<prizes>{_RANK}(?:[、和]{_RANK})+)等奖"
)
_ADDED_TIME = re.compile(r"第?\s?(?P<minute>45|90|105|120)\+(?P<added>\d{1,2})分钟?")


def is_score(text: str, start: int) -> bool:
    """Whether what looks like a time or a range (21:19, 4-6) is a score: by what stands at it and others in a row."""
    chain = next((chain for chain in _CHAIN.finditer(text) if chain.start() <= start < chain.end()), None)
    if chain is None:
        return False
    pairs = [(int(first), sign, int(second)) for first, sign, second in re.findall(r"(\d+)([:–—-])(\d+)", chain[0])]
    if _WON.match(text, chain.end()):
        return True
    if any(sign == ":" for _, sign, _ in pairs):
        return any(first > 24 or second > 59 for first, _, second in pairs) or bool(_SET.search(text, 0, chain.start()))
    falls = len(pairs) > 1 and any(first > second for first, _, second in pairs)
    return (
        falls
        or _is_of_teams(text, *chain.span())
        or bool(_PLAYED.search(text, 0, chain.start()) and _CLOSED.match(text, chain.end()))
    )


def _is_of_teams(text: str, start: int, end: int) -> bool:
    """Whether what stands on either side of a score are teams: 中国队0-1日本队."""
    places = exonyms.places()
    before = _TEAM.search(text, 0, start) or any(text[start - size : start] in places for size in (2, 3, 4))
    return bool(before and any(text[end : end + size] in places for size in (2, 3, 4)))


def is_race_time(text: str, start: int, end: int) -> bool:
    """Whether a time with seconds is how long somebody ran (成绩为2:08:11), and no time of day."""
    return bool(_RACE.search(text, 0, start) or _RACED.match(text, end))


def find_results(text: str) -> list[Item]:
    """Minutes of added time, and places and prizes that are listed, in a passage, of kind "number"."""
    folded = fold(text)
    found = [_item(match, text, _listed(match)) for match in _PLACES.finditer(folded)]
    found += [_item(match, text, _minute(match)) for match in _ADDED_TIME.finditer(folded)]
    return sorted(found, key=lambda item: item.start)


def _item(match: re.Match[str], text: str, english: tuple[str, ...]) -> Item:
    return Item("number", match.start(), match.end(), text[match.start() : match.end()], english)


def _listed(match: re.Match[str]) -> tuple[str, ...]:
    written = match["places"] or match["listed"] or match["prizes"]
    ranks = [int(read_numeral(each) or 0) for each in re.findall(_NTH, written)]
    kind = " prizes" if match["prizes"] else ""
    apart = tuple(f"{ordinal_word(rank)} prize" for rank in ranks)
    forms = tuple(
        f"{', '.join(names[:-1])} and {names[-1]}{end}"
        for names in (list(map(ordinal_word, ranks)), list(map(ordinal, ranks)))
        for end in dict.fromkeys((kind, ""))
    )
    return (*forms, " and ".join((", ".join(apart[:-1]), apart[-1]))) if kind else forms


def _minute(match: re.Match[str]) -> tuple[str, ...]:
    minute, added = match["minute"], int(match["added"])
    whose = ("added", "stoppage", "injury")
    minutes = tuple(f"{name(added)} minute of {time} time" for name in (ordinal_word, ordinal) for time in whose)
    return (
        f"{minute}+{ordinal(added)} minute",
        f"{minute}+{added} minute",
        f"{minute}+{added}",
        *dict.fromkeys(minutes),
    )
