"""Whether a number says by how much something changed, to what or from what, and up or down.

下降9起 is "fell by 9", 下降到9起 "fell to 9". All numbers arrive where these are mixed up, so that nothing else of the
check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from summarize.fidelity.wording import Place, last_end
from summarize.grounding.item import Item
from summarize.traditional import simplify

Relation = Literal["by", "to", "from"]

_UP_ZH = "增加|增长|增|上升|攀升|提升|升|提高|上涨|涨|扩大|上调"
_DOWN_ZH = "减少|下降|降低|降|减|缩短|缩减|压缩|压减|缩|下跌|跌|回落|下滑|下调|削减"
_BOUND_ZH = "(?:约|大约|近|将近|超过|超|逾|不到|不足)?"
_BEFORE_ZH = re.compile(rf"(?:(?P<up>{_UP_ZH})|{_DOWN_ZH})(?P<to>[到至为])?了?{_BOUND_ZH}\s*$")
_BOUND_EN = (
    r"(?:(?:about|around|nearly|almost|close to|over|more than|less than|fewer than|under|roughly|approximately|some|"
    r"at least|at most|up to|no more than|no fewer than|below|above|"
    r"as many as|as much as|just|only|an?|an additional|another)\s+)?"
)
_AMOUNT_EN = rf"{_BOUND_EN}(?:US\$|[$€£¥]|RMB\s)?$"  # up to the number itself
_NO_END = "".join(f"(?<!{word} )" for word in ("up", "close", "thanks", "compared", "contributed", "due", "owing"))
_BEFORE_EN = re.compile(
    r"\b(?:ris(?:e[ns]?|ing)|rose|increas\w*|gr[eo]w\w*|climb\w*|jump\w*|surg\w+|soar\w*|expand\w*|rais\w+|lift\w*|"
    r"fall\w*|fell|drop\w*|decreas\w*|declin\w+|reduc\w+|cut|cutting|lower\w*|slash\w*|shorten\w*|shr[aiu]nk\w*|up|down)"
    rf"\b[^.;:!?\d]{{0,60}}?\b(?P<relation>by|{_NO_END}to)\s+{_AMOUNT_EN}",
    re.IGNORECASE,
)

_FROM_BY_EN = re.compile(
    rf"\bfrom\s+{_BOUND_EN}(?:US\$|[$€£¥]|RMB\s)?\d[^.;:!?]{{0,24}}?\s(?P<relation>by)\s+{_AMOUNT_EN}", re.IGNORECASE
)
_BY_EN = re.compile(rf"\b(?P<relation>by)\s+{_AMOUNT_EN}", re.IGNORECASE)
_START_ZH = re.compile(rf"[由从](?:每[天日月年周]|原来的?|[上去]年的?)?{_BOUND_ZH}$")
_CHANGED_TO_ZH = re.compile(rf"[^，。；！？\d]{{0,5}}(?:{_UP_ZH}|{_DOWN_ZH})[到至为]")

_FROM_ZH = re.compile(r"[由从][^，。；！？\d]{0,8}$")
_TO_ZH = re.compile("[^，。；！？]{0,8}(?:[到至为成往赴去]|抵达|返回)")
_FROM_EN = re.compile(rf"\b(?P<word>from)\s+(?:the\s+)?{_AMOUNT_EN}", re.IGNORECASE)
_TO_EN = re.compile(rf"\b(?P<word>to)\s+(?:the\s+)?{_AMOUNT_EN}", re.IGNORECASE)
_EDGE = re.compile(r"[.;:!?]\s|\n|\bwhile\b|\bbut\b")
_CLAUSE_EDGE = re.compile(rf"{_EDGE.pattern}|\byet\b|\b(?:al)?though\b|\bafter\b|,\s(?:and|with)?")
_NOT_THAT_WAY = re.compile(r"\b(?:not|no|never|from)\b|n['’]t")
_UP_EN = re.compile(
    r"\b(?:ris(?:e[ns]?|ing)|rose|rais\w+|increas\w*|gr[eo]w\w*|climb\w*|jump\w*|surg(?:e[ds]?|ing)|soar\w*|expand\w*|"
    r"extend\w*|gain\w*|up|upwards?|higher|above|over|more|add\w*|improv\w*|boost\w*|lift\w*|widen\w*|hik\w+)\b",
    re.IGNORECASE,
)
_DOWN_EN = re.compile(
    r"\b(?:fall\w*|fell|drop\w*|decreas\w*|declin\w+|reduc\w+|cut|cuts|cutting|lower\w*|slash\w*|shorten\w*|shr[aiu]nk\w*|"
    r"down|downwards?|less|fewer|under|below|plung\w+|plummet\w*|slump\w*|tumbl\w+|slid\w*|dip\w*|contract\w*|los[est]\w*|"
    r"saved?|saving|halv\w+|half|narrow\w*|eas\w+|trim\w*|shed|sav\w+|off|from)\b",
    re.IGNORECASE,
)
_OF_A_FALL = re.compile("[跌降减缩]幅|亏损|赤字|逆差|拖累")  # 跌幅扩大至1.44%, 拖累增长1个百分点
# What says which way for certain; the words above may, besides.
_ONLY_UP = re.compile(
    r"\b(?:ris(?:e[ns]?|ing)|rose|rais(?:e[ds]?|ing)|increas\w*|gr[eo]w\w*|climb\w*|jump\w*|surg(?:e[ds]?|ing)|soar\w*|"
    r"gain(?:ed|s|ing)?|up|higher)\b",
    re.IGNORECASE,
)
_ONLY_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|drop\w*|decreas\w*|declin\w+|reduc\w+|cuts?|cutting|lower\w*|slash\w*|down|plung\w+|"
    r"plummet\w*|slump\w*|slid\w*|dip\w*|shr[aiu]nk\w*)\b",
    re.IGNORECASE,
)


def other_way(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, str]]:
    """The numbers that something rose by or to where the English says it fell, or the other way round.

    With the place of the number and what is right, "rose" or "fell".

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    found = []
    for item, (start, end) in arrived:
        said = _words_before(source, item.start) if item.kind == "number" else None
        if said is None or _OF_A_FALL.search(simplify(source[max(0, item.start - 16) : item.start])):
            continue
        right, perhaps, wrong = (_ONLY_UP, _UP_EN, _ONLY_DOWN) if said["up"] else (_ONLY_DOWN, _DOWN_EN, _ONLY_UP)
        after = _EDGE.search(target, end)
        sentence = target[last_end(_EDGE, target, start) : after.start() if after else len(target)]
        before = target[last_end(_CLAUSE_EDGE, target, start) : start]
        nearest = wrong.search(before) and not right.search(before) and not _NOT_THAT_WAY.search(before)
        if nearest or (wrong.search(sentence) and not perhaps.search(sentence)):
            found.append((item, (start, end), "rose" if said["up"] else "fell"))
    return found


def mixed_up(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, Relation]]:
    """The numbers with "by" for "to" or "from", or "to" for "by", the place of that word, and the right one.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    text = simplify(source)
    found = []
    for item, (start, _) in arrived:
        wanted = _relation(text, item) if item.kind == "number" else None
        before = target[:start]
        if wanted == "from":
            written = _BY_EN.search(before)
        else:
            written = (_BEFORE_EN.search(before) or _FROM_BY_EN.search(before)) if wanted else None
        if wanted and written and written["relation"].lower() != wanted:
            found.append((item, written.span("relation"), wanted))
    return found


def turned_round(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, str]]:
    """The numbers or places that something went from or to where the English has both turned round, as `mixed_up`.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    text = simplify(source)
    ends = sorted((pair for pair in arrived if pair[0].kind in ("number", "place")), key=lambda pair: pair[0].start)
    found: list[tuple[Item, Place, str]] = []
    for (first, place), (second, other) in pairwise(ends):
        if (
            first.kind == second.kind
            and _FROM_ZH.search(text, 0, first.start)
            and _TO_ZH.fullmatch(text, first.end, second.start)
        ):
            wrong, also = _TO_EN.search(target[: place[0]]), _FROM_EN.search(target[: other[0]])
            if wrong and also:
                found += [(first, wrong.span("word"), "from"), (second, also.span("word"), "to")]
    return found


def change_as_in(source: str, summary: str, items: Sequence[Item]) -> str:
    """The summary with 下降到9起 for 下降9起 where the source always says so of this number, and the other way round.

    Args:
        source: the Chinese that was summed up.
        summary: its Chinese summary.
        items: the items of the summary.
    """
    for item in sorted(items, key=lambda item: -item.start):
        before = _BEFORE_ZH.search(simplify(summary[: item.start])) if item.kind == "number" else None
        if before is None:
            continue
        said = _relations(source, item.zh)
        if said == {"to"} and not before["to"]:
            summary = f"{summary[: before.end()].removesuffix('了')}到{summary[before.end() :]}"
        elif said == {"by"} and before["to"]:
            summary = summary[: before.start("to")] + "了" + summary[before.end("to") :].removeprefix("了")
    return summary


def _relation(text: str, item: Item) -> Relation | None:
    """What the words at a number of a simplified text say of it: where something rose from, by how much, to what."""
    if _START_ZH.search(text[: item.start]) and _CHANGED_TO_ZH.match(text, item.end):
        return "from"
    return _by_or_to(text, item.start)


def _by_or_to(text: str, start: int) -> Relation | None:
    before = _words_before(text, start)
    return None if before is None else "to" if before["to"] else "by"


def _words_before(text: str, start: int) -> re.Match[str] | None:
    return _BEFORE_ZH.search(simplify(text[max(0, start - 12) : start]))


def _relations(text: str, number: str) -> set[Relation]:
    """All that the words before a number say of it, wherever it stands."""
    places = re.finditer(rf"(?<![\d.]){re.escape(simplify(number))}", simplify(text))
    return {relation for place in places if (relation := _by_or_to(text, place.start()))}
