"""Segmentation: an article becomes sections, one for each story, and every paragraph gets its role."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarize.article import Article
from summarize.digest import Paragraph, Role, Segment, Segmentation
from summarize.errors import InputError
from summarize.segmentation.boundaries import find_starts
from summarize.segmentation.embedding import load_model
from summarize.segmentation.features import same_style_headings
from summarize.segmentation.roles import Line, read_line

__all__ = ["segment"]

_FRONT_PARAGRAPHS = 4  # a title and a lead before the first heading are not longer than this
_FRONT_CHARACTERS = 500


def segment(article: Article, sections: int | None = None) -> Segmentation:
    """Finds the stories of an article.

    Every paragraph is in exactly one section, in order. A title and lead before the first heading belong to the
    first section, with the role `lead`.

    Args:
        article: the article.
        sections: how many sections there must be; found out if it is not given.

    Raises:
        InputError: if there are fewer paragraphs than `sections`, or `sections` is less than 1.
        ModelUnavailableError: if the model's files are missing.
    """
    count = len(article.paragraphs)
    if sections is not None and not 1 <= sections <= count:
        name = article.source or "the article"
        raise InputError(f"{name} has {count} paragraphs and cannot have {sections} sections; give a number from 1 up.")
    texts = [article[i] for i in range(count)]
    lines = [read_line(text) for text in texts]
    front = _front_matter(texts, lines)
    if sections is not None and sections > count - front:
        front = 0
    starts = [front + i for i in find_starts(texts[front:], lines[front:], load_model(), sections)]
    if len(starts) == 1:
        front = 0  # the title of the whole article is that of its one story
    bounds = [0, *starts[1:], count]
    return Segmentation(
        article.source,
        tuple(
            _segment(article, lines, index, start, end, front if index == 0 else start)
            for index, (start, end) in enumerate(pairwise(bounds))
        ),
    )


def _segment(article: Article, lines: Sequence[Line], index: int, start: int, end: int, front: int) -> Segment:
    """One section; its paragraphs before `front` are the lead of the whole article."""
    first = next((i for i in range(front, end) if lines[i].kind in ("title", "body")), front)
    paragraphs = tuple(
        Paragraph(_role(lines, i, first, end), article.paragraphs[i].start, article.paragraphs[i].end, article[i])
        for i in range(start, end)
    )
    return Segment(index, paragraphs[0].start, paragraphs[-1].end, lines[first].title, paragraphs)


def _role(lines: Sequence[Line], i: int, first: int, end: int) -> Role:
    kind = lines[i].kind
    if kind == "title":
        if i == first:
            return "heading"
        followed = i + 1 < end and lines[i + 1].kind not in ("byline", "notice")
        return "lead" if i < first else "subheading" if followed and not lines[i].asks else "body"
    return "lead" if kind == "body" and i < first else kind


def _front_matter(texts: Sequence[str], lines: Sequence[Line]) -> int:
    """How many paragraphs come before the first story: notices, the title of the whole article, its lead."""
    begin = next((i for i, line in enumerate(lines) if line.kind not in ("notice", "byline")), 0)
    styles = same_style_headings(lines)
    repeated = [i for i in range(begin + 1, len(lines)) if lines[i].kind == "title" and styles[lines[i].mark] > 1]
    if not repeated:
        return begin
    title, first = lines[begin], repeated[0]
    if title.kind == "title" and styles[title.mark] > 1:  # it looks like the headings, or it is one of them
        credited = lines[begin + 1].kind in ("notice", "byline")
        follows = all(line.kind in ("notice", "byline") for line in lines[begin + 1 : first])
        if not (styles[title.mark] > 2 and lines[first].mark == title.mark and (credited or follows)):
            return begin
    elif lines[first].mark == "":
        return begin
    short = first - begin <= _FRONT_PARAGRAPHS and sum(len(text) for text in texts[:first]) <= _FRONT_CHARACTERS
    return first if short else begin
