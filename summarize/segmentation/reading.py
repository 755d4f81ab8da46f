"""An article becomes sections: lines are read, starts of sections found, roles given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from summarize.article import Article, name_of, without_soft_breaks
from summarize.digest import Paragraph, Role, Segment, Segmentation
from summarize.errors import InputError
from summarize.segmentation.boundaries import best_starts, exact_starts, start_probabilities
from summarize.segmentation.briefs import briefs
from summarize.segmentation.embedding import SegmentationModel, load_model
from summarize.segmentation.features import Floats, article_features, features, same_style_headings
from summarize.segmentation.front_matter import front_matter
from summarize.segmentation.levels import arrange, uneven
from summarize.segmentation.roles import Line, read_lines
from summarize.traditional import simplify

_LEAD_CERTAINTY = 0.85
# In roundups of the training stories all but 3% of the blocks that are stories differ by more, and 4% of those that are
# cut anywhere.
_NEW = 3.0
_CERTAIN = 25.0  # the score of a gap about which no more is asked


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model saw in an article and made of it.

    Attributes:
        front: how many paragraphs come before the first story; the arrays below begin after them.
        gaps, pairs: the features, a row a paragraph.
        gap_scores, pair_scores: what they are worth.
        probabilities: how likely each paragraph of the article begins a section.
    """

    texts: list[str]
    lines: list[Line]
    front: int
    gaps: Floats
    pairs: Floats
    gap_scores: Floats
    pair_scores: Floats
    probabilities: Floats
    segmentation: Segmentation


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
    return read(article, sections, load_model()).segmentation


def read(article: Article, sections: int | None, model: SegmentationModel) -> Reading:
    """Segments the article and keeps what led to it; raises as `segment` does."""
    count = len(article.paragraphs)
    if sections is not None and not 1 <= sections <= count:
        raise InputError(
            f"{name_of(article.source)} has {count} paragraphs and cannot have {sections} sections; "
            f"give a number from 1 to {count}."
        )
    texts = [without_soft_breaks(article[i]) for i in range(count)]
    lines = arrange(texts, read_lines(texts))
    certain = briefs(texts, lines)
    front = certain[0] if certain else front_matter(texts, lines)
    if sections is not None and sections > count - front:
        front = 0
    known = [simplify(text) for text in texts[front:]]  # the model learnt from simplified characters
    vectors = model.embed(known)
    gaps, pairs, gap_scores, pair_scores = _score(model, known, lines[front:], vectors)
    blocks = _block_starts(article, lines)
    if _divide([start - front for start in blocks], gap_scores):  # each block closes a story then
        lines = [replace(line, closes=line.closes or i + 1 in blocks) for i, line in enumerate(lines)]
        gaps, pairs, gap_scores, pair_scores = _score(model, known, lines[front:], vectors)
    places = np.arange(front, count)
    if certain:
        gap_scores = np.where(np.isin(places, certain), _CERTAIN, -_CERTAIN).astype(np.float32)
    several = float(article_features(texts[front:], lines[front:]) @ model.several)
    if sections is None:
        starts = best_starts(gap_scores, pair_scores, several)
        missing, surplus = uneven(texts, lines, [front + start for start in starts])
        if missing or surplus:
            gap_scores = np.where(np.isin(places, list(missing)), _CERTAIN, gap_scores)
            gap_scores = np.where(np.isin(places, list(surplus)), -_CERTAIN, gap_scores).astype(np.float32)
            starts = best_starts(gap_scores, pair_scores, several)
    else:
        starts = exact_starts(gap_scores, pair_scores, sections)
    bounds = [0, *(front + start for start in starts[1:]), count]
    chances = np.zeros(count, np.float32)
    chances[front:] = start_probabilities(gap_scores, pair_scores, several)
    chances[0] = 1.0
    lead_end = front if len(starts) > 1 else 0  # the title of the whole article is that of its one story
    parts = [
        _segment(article, lines, chances, index, start, end, lead_end if index == 0 else start)
        for index, (start, end) in enumerate(pairwise(bounds))
    ]
    segmentation = Segmentation(article.source, tuple(parts))
    return Reading(texts, lines, front, gaps, pairs, gap_scores, pair_scores, chances, segmentation)


def _score(
    model: SegmentationModel, texts: Sequence[str], lines: Sequence[Line], vectors: Floats
) -> tuple[Floats, ...]:
    """The features of gaps and of pairs, and what they are worth."""
    gaps, pairs = features(texts, lines, vectors)
    return gaps, pairs, model.gap(gaps) + model.around(gaps), model.pair(pairs)


def _block_starts(article: Article, lines: Sequence[Line]) -> list[int]:
    """The paragraphs after wider gaps than the others, if these may divide stories: none if there are headings, or a
    block has one paragraph only, as a lead or a title has."""
    breaks = [article.text.count("\n", first.end, second.start) for first, second in pairwise(article.paragraphs)]
    starts = [i for i, count in enumerate(breaks, 1) if count > min(breaks)]
    blocks = [lines[start:end] for start, end in pairwise([0, *starts, len(lines)])]
    long = all(sum(line.kind == "body" for line in block) > 1 and block[-1].kind == "body" for block in blocks)
    return starts if long and max(same_style_headings(lines).values(), default=0) < 2 else []


def _divide(starts: Sequence[int], gap_scores: Floats) -> bool:
    """Whether something new begins at starts of blocks, by what is written there, more than at other paragraphs."""
    others = [i for i in range(1, len(gap_scores)) if i not in starts]
    return bool(starts and others) and float(np.mean(gap_scores[list(starts)]) - np.mean(gap_scores[others])) > _NEW


def _segment(
    article: Article, lines: Sequence[Line], chances: Floats, index: int, start: int, end: int, lead_end: int
) -> Segment:
    """One section; its paragraphs before `lead_end` are the lead of the whole article."""
    first = next((i for i in range(lead_end, end) if lines[i].title or lines[i].kind == "body"), lead_end)
    paragraphs = []
    for i in range(start, end):
        role = _role(lines, i, first, end)
        span = article.paragraphs[i]
        begins = start if role == "heading" else i  # a number may stand over the heading
        sure = _confidence(lines[i], role, float(chances[begins]), first_of_all=i <= first and index == 0)
        paragraphs.append(Paragraph(role, span.start, span.end, article[i], confidence=sure))
    return Segment(index, paragraphs[0].start, paragraphs[-1].end, lines[first].title, tuple(paragraphs))


def _role(lines: Sequence[Line], i: int, first: int, end: int) -> Role:
    line = lines[i]
    if line.kind == "title":
        if i == first or (i < first and not line.title and line.mark):  # a number on a line of its own
            return "heading"
        if i < first:
            return "lead"
        if line.second:
            return "subheading"
        after = next((line for line in lines[i + 1 : end] if not line.under), None)
        followed = after is not None and after.kind not in ("byline", "notice")
        question = line.asks and not line.mark and not line.title.startswith(("问：", "問："))
        return "subheading" if followed and not question else "body"
    return "lead" if line.kind == "body" and i < first else line.kind


def _confidence(line: Line, role: Role, chance: float, first_of_all: bool) -> float:
    """How sure the role is: by the looks of the paragraph, and for title lines by whether a section begins there."""
    sure = line.certainty
    if role == "heading" and not first_of_all:
        sure *= chance
    elif role == "subheading":
        sure *= 1 - chance
    elif role == "lead":
        sure = min(sure, _LEAD_CERTAINTY)
    elif role == "body" and line.kind == "title":
        sure = 1 - sure
    return round(sure, 3)
