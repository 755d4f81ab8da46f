"""How a title line or a brief is marked as a beginning: by a bullet, brackets, a number or the place before a bar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarize.grounding.numerals import fold, read_numeral
from summarize.punctuation import BARS

Mark = Literal["", "bar", "bracket", "bullet", "一、", "（一）", "1.", "①"]

RANKS: tuple[Mark, ...] = ("bar", "bracket", "bullet", "一、", "（一）", "1.", "①", "")  # what stands over what
BULLETS = "■●◆★◎○□◇▶►➤♦•·☆※▪▌"
CIRCLED = "①-⑳⑴-⒇❶-❿⓵-⓾"
NUMERAL = "一二三四五六七八九十百〇零"

_PICTOGRAM = "[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?"
_MARKS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    ("bracket", re.compile(r"[【〖〔](?P<title>[^】〗〕\n]{1,45})[】〗〕]\s*(?P<rest>.*)", re.DOTALL)),
    ("①", re.compile(rf"[{CIRCLED}]\s*(?P<title>\S.*)", re.DOTALL)),
    ("bullet", re.compile(rf"(?:[{BULLETS}]+|{_PICTOGRAM})\s*(?P<title>\S.*)", re.DOTALL)),
    (
        "一、",
        re.compile(
            rf"(?:第[{NUMERAL}]{{1,3}}[章节節条條][、，,．.:： \u3000]?|[{NUMERAL}]{{1,3}}[、．.])\s*(?P<title>\S.*)",
            re.DOTALL,
        ),
    ),
    ("（一）", re.compile(rf"[（(][{NUMERAL}\d]{{1,3}}[）)]\s*(?P<title>\S.*)", re.DOTALL)),
    (
        "1.",
        re.compile(
            rf"(?:\d{{1,2}}(?:[、）)]|\s?[{BARS}]|[.．](?!\d)|[ \u3000]+(?=[\u3400-\u9fff])|\ufe0f?\u20e3)|"
            r"no[.．]\s?\d{1,2}\b)\s*(?P<title>\S.*)",
            re.DOTALL | re.IGNORECASE,
        ),
    ),
    ("bar", re.compile(rf"(?P<title>[^{BARS}。！？!?；;\n]{{1,14}}[{BARS}]\s*\S.*)", re.DOTALL)),
)
_NUMBER = re.compile(rf"\W{{0,2}}(?:第|no[.．]\s?)?(?P<number>\d{{1,2}}|[{NUMERAL}]{{1,3}}|[{CIRCLED}])", re.IGNORECASE)
# 3 名民警, 三、四线城市 and 十、一国庆 begin with a number that is no mark.
_DOUBTFUL = re.compile(rf"(?P<counted>[1-9１-９]\d?[ \u3000]+)(?=[\u3400-\u9fff])|[{NUMERAL}]{{1,3}}、[{NUMERAL}]")
_COUNTER = re.compile(
    "[名个個位岁歲亿億元米吨噸届屆种種起辆輛户戶亩畝倍艘余餘月周週]|小时|小時|分钟|分鐘|公里|人(?![民工才大气氣社])|年(?![底轻輕度货貨末])|"
    "天(?![津气氣水然舟宫宮问問])|家(?![电電庭长長政居])|[万萬](?=[元人名户戶辆輛吨噸亩畝余餘])"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its mark.

    Attributes:
        title: what follows the mark.
        rest: the text that runs on after a title in brackets.
    """

    mark: Mark
    title: str
    rest: str = ""


def split_mark(text: str, counted: bool = False) -> Marked:
    """The mark of a line; a number that may belong to the title is one only if lines beside it are `counted` on."""
    for mark, pattern in _MARKS:
        match = pattern.fullmatch(text)
        if match and (counted or mark not in ("1.", "一、") or not _DOUBTFUL.match(text)):
            return Marked(mark, match["title"], match.groupdict().get("rest") or "")
    return Marked("", text)


def number_of(text: str) -> tuple[Mark, int] | None:
    """The mark and the number that a line begins with, even if the number may belong to its title."""
    mark = split_mark(text, counted=True).mark
    found = _NUMBER.match(text)
    if mark not in ("一、", "（一）", "1.", "①") or found is None:
        return None
    number = read_number(found["number"])
    return None if number is None else (mark, number)


def read_number(written: str) -> int | None:
    """What the number of a mark counts to: 3, 十二, ⑤."""
    number = unicodedata.numeric(written) if len(written) == 1 else read_numeral(fold(written))
    return None if number is None else int(number)


def in_sequence(texts: Sequence[str]) -> set[int]:
    """Which lines are numbered one after the other, those left out that count things (`3 名民警`)."""
    last: dict[Mark, tuple[int, int]] = {}  # of each mark the last line and its number
    found: set[int] = set()
    for i, text in enumerate(texts):
        numbered = number_of(text)
        doubtful = _DOUBTFUL.match(text)
        if numbered is None or (doubtful and doubtful["counted"] and _COUNTER.match(text, doubtful.end())):
            continue
        mark, number = numbered
        if mark in last and last[mark][1] == number - 1:
            found |= {last[mark][0], i}
        last[mark] = (i, number)
    return found
