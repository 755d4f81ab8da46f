"""What comes before the first story of an article: notices, the title of the whole article, its lead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.segmentation.features import same_style_headings
from summarize.segmentation.levels import contents_end
from summarize.segmentation.roles import Line
from summarize.traditional import simplify

_PARAGRAPHS = 4  # a title and a lead before the first heading are not longer than this
_CHARACTERS = 500
# The least of a title's pairs of characters that its story repeats: of the headings in roundups-dev 95% reach it.
_ECHO = 0.2
_LEAD = re.compile(
    r"[【\[]?(?:编者按|编者的话|开栏的话|写在前面|导语|导读|前言|引言|核心提示|内容提要|大家好|各位(?:读者|观众|听众|朋友)|早上好|晚上好)|"
    r".*(?:梳理如下|汇总如下|盘点如下|值得(?:关注|您关注|你关注)|一起来?看|一起来?了解|[带为][您你](?:走进|了解|梳理|盘点|速览|看|一览)|"
    r"本期(?:《|[栏节目]|为|带|将|我们|关注)|敬请关注|请看(?:报道|详情|本报)|推出系列报道|新闻(?:早知道|抢先看))",
    re.DOTALL,
)
_ROUNDUP = re.compile(
    r"要闻|新闻|简讯|简报|快讯|快报|早报|晚报|早读|早餐|早知道|早班车|速览|速读|速递|集锦|动态|头条|播报|看点|一览|一周|"
    r"每[日周]|今日|今天|[早晚]安|早上好|晚上好|摘要|提要|资讯|盘点|汇总|巡礼|读报|热点|联播|短波|扫描|回顾"
)


def front_matter(texts: Sequence[str], lines: Sequence[Line]) -> int:
    """How many paragraphs come before the first story."""
    if contents := contents_end(texts, lines):
        return contents
    begin = next((i for i, line in enumerate(lines) if line.kind not in ("notice", "byline")), 0)
    styles = same_style_headings(lines)
    titles = [i for i in range(begin + 1, len(lines)) if lines[i].kind == "title" and not lines[i].second]
    repeated = [i for i in titles if styles[lines[i].mark] > 1]
    if not repeated:
        return begin
    repeated = [i for i in titles if styles[lines[i].mark] > 1 or lines[i].mark == "bar"]  # 武侯区丨簇桥街道：……
    title, first = lines[begin], repeated[0]
    bodies = [i for i in range(begin, first) if lines[i].kind == "body"]
    leads = all(is_lead(texts[i]) for i in bodies)
    plain = all(line.kind in ("body", "notice", "byline") or line.second for line in lines[begin + 1 : first])
    if title.kind == "title" and styles[title.mark] > 1:  # it looks like the headings, or it is one of them
        numbered = not lines[first].title  # a number on a line of its own over the first heading
        alike = styles[title.mark] > 2 and (numbered or lines[first].mark == title.mark)
        under = title.mark == "" and lines[first].mark == "bar"
        if not ((alike or under) and _is_over_all(texts, lines, begin, repeated, bodies, leads)):
            return begin
    elif lines[first].mark == "":
        announced = leads and title.kind in ("title", "body")
        named = title.kind == "title" and _is_over_all(texts, lines, begin, repeated, bodies, leads)
        if not (plain and (announced or named)):
            return begin
    short = first - begin <= _PARAGRAPHS and sum(len(text) for text in texts[:first]) <= _CHARACTERS
    return first if short else begin


def is_lead(text: str) -> bool:
    """Whether a paragraph announces the stories that follow, by its words."""
    return len(text) <= _CHARACTERS and _LEAD.match(simplify(text)) is not None


def names_roundup(title: str) -> bool:
    """Whether a title says that several stories follow (`一周要闻`)."""
    return _ROUNDUP.search(simplify(title)) is not None


def _is_over_all(
    texts: Sequence[str], lines: Sequence[Line], begin: int, headings: Sequence[int], bodies: Sequence[int], leads: bool
) -> bool:
    """Whether the title line at `begin`, which looks like the headings, is the title of the whole article.

    A byline under it does not tell, since one may stand under each heading, nor does text that tells of the title.
    """
    credited = [lines[i + 1].kind in ("notice", "byline") for i in (begin, *headings) if i + 1 < len(lines)]
    if not bodies:
        return credited[0] or all(line.kind in ("notice", "byline") for line in lines[begin + 1 : headings[0]])
    if leads:
        return True
    alone = credited[0] and not any(credited[1:])
    told = _echo(lines[begin].title, "".join(texts[i] for i in bodies)) >= _ECHO
    named = len(bodies) == 1 and names_roundup(lines[begin].title)
    return (alone and named) or (not told and (alone or named))


def _echo(title: str, text: str) -> float:
    """The share of the title's pairs of characters that the text repeats."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(pair in text for pair in pairs) / max(len(pairs), 1)
