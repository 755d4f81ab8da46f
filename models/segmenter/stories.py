"""The news stories of the training corpus, whose lines are sentences of one story after another.

Where stories begin was checked by hand for the native Chinese parts (`story_starts.txt`: line numbers; `x`: not one
story, left out), elsewhere headlines tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from summarize.segmentation.roles import read_line

HERE = Path(__file__).parent
ENDINGS = tuple("。！？!?；;…：:，,”’\"')）")
UNCHECKED_FROM = 1948  # line of the corpus; up to the next line of story_starts.txt limits are not checked


@dataclass(frozen=True)
class Story:
    """A news story: its headline, "" if the corpus has none that is one, and its sentences."""

    headline: str
    sentences: tuple[str, ...]


def clean(line: str) -> str:
    """The line without the spaces that the corpus has around Chinese signs, and without the name of the site."""
    line = re.sub(
        r"(?<=[^\x00-\x7f])\s+(?=[，。！？；：、”’」）])|(?<=[“‘「（])\s+|\s+(?=[，。！？；：、”])", "", line.strip()
    )
    line = re.sub(r"([，。！？；：、”])\s+(?=[\u3000-\u9fff“])", r"\1", line)
    return re.sub(r"\s*-\s*(?:新华网|中新网|经济观察.{0,20}|.{2,8}湖南.{0,12}-华声在线|今日要闻.*)$", "", line)


def read_stories(lines: list[str]) -> list[tuple[Story, bool]]:
    """The stories of 4 to 40 sentences, and whether their limits were checked by hand."""
    marks = (HERE / "story_starts.txt").read_text(encoding="utf-8").split()
    checked = {int(mark.strip("x")): mark.startswith("x") for mark in marks}
    starts = sorted(checked)
    gap = max(range(len(starts) - 1), key=lambda i: starts[i + 1] - starts[i])  # what was not checked lies here
    bounds = [(a, b) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True) if not checked[a]]
    first, last = starts[gap], starts[gap + 1]
    unchecked = UNCHECKED_FROM, last
    stories = []
    for start, end in bounds:
        body = [clean(line) for line in lines[start : min(end, UNCHECKED_FROM) if start == first else end]]
        story = _story(body)
        if story is not None:
            stories.append((story, True))
    headline: list[str] = []
    for line in [*(clean(line) for line in lines[slice(*unchecked)]), "语料到此结束"]:
        titled = 5 <= len(line) <= 40 and not line.endswith(ENDINGS) and not line.endswith(("摄", "作"))
        if titled or (len(headline) >= 4 and read_line(line).opens):
            story = _story(headline)
            if story is not None:
                stories.append((story, False))
            headline = []
        headline.append(line)
    return stories


def _story(lines: list[str]) -> Story | None:
    """Its headline is a first line that looks like one; lines with only a date, a credit or a name are left out."""
    lines = [line.removeprefix("[摘要]") for line in lines]
    kept = [
        line
        for i, line in enumerate(lines)
        if line and read_line(line).kind in (("body", "title") if i else ("title", "body"))
    ]
    if not kept:
        return None
    if len(kept) > 2 and len(kept[0]) < 20 and kept[0].endswith(("？", "！")) and not kept[1].endswith(ENDINGS):
        kept = kept[1:]
    titled = not kept[0].endswith(("。", "？", "！", "；", "，", "”")) and len(kept[0]) <= 40
    headline, sentences = (kept[0], kept[1:]) if titled else ("", kept)
    if sentences and headline and sentences[0].startswith(headline[:6]) and len(sentences[0]) <= 40:
        sentences = sentences[1:]
    return Story(headline, tuple(sentences)) if 4 <= len(sentences) <= 40 else None
