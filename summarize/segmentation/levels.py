"""What title lines are to one another: contents, labels over headings, subheadings, lists, headings of one level."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from summarize.segmentation.marks import Mark, number_of, split_mark
from summarize.segmentation.roles import Line, width

_LEAST = 3  # so many lines alike are no chance
_LABEL = 8  # characters; a label or a short subheading is not longer
_ITEM = 24  # characters, ASCII ones counting half; the items of a list are not wider
_OF_PLACE = re.compile(r"[\u3400-\u9fff]{2,10}[:：]\S")  # 西宁：算力基地投运
_QUOTED = re.compile("[“「][^“”「」。；;]{4,26}[”」]")
_PAUSE = re.compile(r"[：:，,（( \u3000]")


def arrange(texts: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """The lines with title lines that are none told apart by their neighbours."""
    arranged = list(lines)
    pointed = [i for i, text in enumerate(texts) if lines[i].kind == "caption" and text[0] in "▲△▼▽"]
    if len(pointed) >= _LEAST and not any(line.kind == "body" for line in lines):  # not below pictures: bullets
        for i in pointed:
            arranged[i] = Line("body", "bullet", certainty=0.85)
    for i in _quoted_headings(texts, lines):
        arranged[i] = Line("title", title=texts[i], certainty=0.7)
    for i in _labels(lines):
        arranged[i] = replace(lines[i], mark="", title="")
    for i in _short_subheadings(arranged):
        arranged[i] = replace(arranged[i], second=True)
    for i in _listed(texts, arranged):
        arranged[i] = replace(arranged[i], kind="body", title="", asks=False)
    return arranged


def contents_end(texts: Sequence[str], lines: Sequence[Line]) -> int:
    """Where the table of contents at the beginning ends, whose lines stand over stories again; 0 if there is none."""
    titles = [split_mark(text, counted=True).title.rstrip("；;。") for text in texts]
    last = {title: i for i, title in enumerate(titles) if lines[i].kind == "title"}
    again = [last.get(title, 0) > i for i, title in enumerate(titles)]
    begin = next((i for i, comes in enumerate(again) if comes), 0)
    end = next((i for i in range(begin, len(again)) if not again[i]), begin)
    told = any(line.kind == "body" for line in lines[:begin])
    return end if end - begin > 1 and not told else 0


def uneven(texts: Sequence[str], lines: Sequence[Line], starts: Sequence[int]) -> tuple[set[int], set[int]]:
    """The title lines numbered in sequence that should begin a section though they do not, and those that should not
    though they do, as the most of their sequence do not: what is numbered alike is of one level."""
    missing: set[int] = set()
    surplus: set[int] = set()
    for sequence in _sequences(texts, lines):
        begun = set(sequence[1:]).intersection(starts)  # the first may follow the title of the article
        if 2 * len(begun) > len(sequence) - 1:
            missing |= set(sequence[1:]) - begun
        else:
            surplus |= begun
    return missing, surplus


def _sequences(texts: Sequence[str], lines: Sequence[Line]) -> list[list[int]]:
    """The title lines of one mark whose numbers count up."""
    last: dict[Mark, tuple[int, list[int]]] = {}  # of each mark the last number and its sequence so far
    found: list[list[int]] = []
    for i, (text, line) in enumerate(zip(texts, lines, strict=True)):
        numbered = number_of(text) if line.kind == "title" and line.title and line.mark else None
        if numbered is None:
            continue
        mark, number = numbered
        before, sequence = last.get(mark, (0, []))
        if not sequence or number != before + 1:
            sequence = []
            found.append(sequence)
        sequence.append(i)
        last[mark] = (number, sequence)
    return [sequence for sequence in found if len(sequence) >= _LEAST]


def _quoted_headings(texts: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """Quotations that cry or ask (`“路终于修好了！”`), each over text, where other title lines are quotations too."""
    quoted = [i for i, text in enumerate(texts[:-1]) if _QUOTED.fullmatch(text) and lines[i + 1].kind == "body"]
    headings = any(lines[i].kind == "title" for i in quoted)
    return [i for i in quoted if lines[i].kind == "body" and i + 1 not in quoted] if headings else []


def _labels(lines: Sequence[Line]) -> list[int]:
    """Lines that name a group of stories (`【要闻】`): short, of one style, each right over a heading of another."""
    found: list[int] = []
    for mark in {line.mark for line in lines if line.kind == "title"}:
        alike = [
            i
            for i, line in enumerate(lines)
            if line.kind == "title" and line.mark == mark and line.title and (i or mark)
        ]
        if len(alike) > 1 and all(len(lines[i].title) <= _LABEL and _heads(lines, i) for i in alike):
            found += alike
    return found


def _heads(lines: Sequence[Line], i: int) -> bool:
    after = lines[i + 1] if i + 1 < len(lines) else None
    return after is not None and after.kind == "title" and after.title != "" and after.mark != lines[i].mark


def _short_subheadings(lines: Sequence[Line]) -> list[int]:
    """Short plain title lines under headings that begin with a place (`西宁：算力基地投运`), if a story has several."""
    plain = [i for i, line in enumerate(lines) if line.kind == "title" and not line.mark and line.title]
    places = [i for i in plain if _OF_PLACE.match(lines[i].title)]
    if len(places) < 2:
        return []
    others = [i for i in plain if i > places[0] and not _OF_PLACE.match(lines[i].title)]
    several = any(bisect(places, first) == bisect(places, second) for first, second in pairwise(others))
    return others if several and all(len(lines[i].title) <= _LABEL for i in others) else []


def _listed(texts: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """The items of lists: title lines one after the other, without the heading above them and the one below."""
    found: list[int] = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and lines[end].kind == "title" and lines[end].title and not lines[end].second:
            end += 1
        forms = [form.group() if (form := _PAUSE.search(texts[j])) else "" for j in range(i, end)]
        items = [j for j in range(i, end) if not _stands_over(forms, j - i, end - i, lines, end)]
        if len(items) >= _LEAST and all(width(texts[j]) <= _ITEM and not lines[j].asks for j in items):
            found += items
        i = max(end, i + 1)
    return found


def _stands_over(forms: Sequence[str], place: int, count: int, lines: Sequence[Line], end: int) -> bool:
    """Whether a line of a run of title lines heads what follows it: a list of another form, or the text below."""
    form, after = forms[place], forms[place + 1 : place + 3]
    if place == count - 1:
        followed = end < len(lines) and lines[end].kind in ("body", "caption", "byline")
        return followed and (form == "" or forms[place - 1] != form)
    if place == 0:
        return form == "" or form != after[0]
    return form == "" and len(after) > 1 and after[0] == after[1] != ""
