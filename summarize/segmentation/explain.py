"""Why each section begins where it does, in words and numbers that a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from summarize.article import Article
from summarize.digest import Role
from summarize.segmentation.embedding import SegmentationModel, load_model
from summarize.segmentation.features import BAND, GAP_FEATURES, Floats
from summarize.segmentation.reading import Reading, read

_SHOWN = 32  # characters of a paragraph
_REASONS = 3  # the weightiest of a paragraph are kept
_LEAST = 0.15  # a reason that weighs less is not worth telling
_AROUND = "what precedes and follows"
_UNLIKE, _ALIKE = "unlike the paragraphs before", "like the paragraphs before"


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for (`weight` above 0) or against a section that begins here, as natural logarithms of odds."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class ExplainedParagraph:
    """One paragraph of an explanation.

    Attributes:
        text: its first words.
        begins: whether a section begins with it.
        probability: how likely one does, by the model, from 0 to 1.
    """

    index: int
    section: int
    role: Role
    confidence: float
    begins: bool
    probability: float
    reasons: tuple[Reason, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, paragraph by paragraph, with what speaks for and against a section that begins there."""

    source: str
    paragraphs: tuple[ExplainedParagraph, ...]

    def to_text(self) -> str:
        """A table for the terminal: a line a paragraph, a rule before each section."""
        lines: list[str] = []
        for p in self.paragraphs:
            if p.begins:
                lines.append(f"── section {p.section + 1} " + "─" * 40)
            reasons = "; ".join(f"{reason.text} {reason.weight:+.1f}" for reason in p.reasons)
            lines.append(f"{p.index + 1:>4} {p.probability:>4.0%} {p.role:<10} {p.confidence:.2f}  {p.text}")
            if reasons:
                lines.append(f"{'':>10} {reasons}")
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def explain(article: Article, sections: int | None = None) -> Explanation:
    """Segments an article as `segment` does and tells why.

    Raises:
        InputError: if there are fewer paragraphs than `sections`, or `sections` is less than 1.
        ModelUnavailableError: if the model's files are missing.
    """
    model = load_model()
    reading = read(article, sections, model)
    reasons = _reasons(reading, model)
    found: list[ExplainedParagraph] = []
    for section in reading.segmentation.sections:
        for number, paragraph in enumerate(section.paragraphs):
            index = len(found)
            found.append(
                ExplainedParagraph(
                    index=index,
                    section=section.index,
                    role=paragraph.role,
                    confidence=paragraph.confidence,
                    begins=number == 0,
                    probability=round(float(reading.probabilities[index]), 4),
                    reasons=reasons[index],
                    text=_shortened(reading.texts[index]),
                )
            )
    return Explanation(article.source, tuple(found))


def _reasons(reading: Reading, model: SegmentationModel) -> list[tuple[Reason, ...]]:
    """The weightiest reasons of each paragraph: what its score changes if a feature were what it mostly is."""
    gaps = reading.gaps
    own_scores = model.gap(gaps)
    around = reading.gap_scores - own_scores
    changes = np.empty_like(gaps)
    for column in range(gaps.shape[1]):
        usual = gaps.copy()
        usual[:, column] = model.typical[column]
        changes[:, column] = own_scores - model.gap(usual)
    likeness = -_crossing(reading.pair_scores)
    reasons: list[tuple[Reason, ...]] = [()] * (reading.front + 1)  # the first paragraph needs none
    for row in range(1, len(gaps)):
        present = np.flatnonzero(gaps[row])[1:]  # the first holds for any paragraph
        named = [(GAP_FEATURES[column], float(changes[row, column])) for column in present]
        named.append((_AROUND, float(around[row])))
        named.append((_UNLIKE if likeness[row] > 0 else _ALIKE, float(likeness[row])))
        reasons.append(_weightiest(named))
    return reasons[: len(reading.texts)]


def _weightiest(named: Sequence[tuple[str, float]]) -> tuple[Reason, ...]:
    ordered = sorted(named, key=lambda item: -abs(item[1]))[:_REASONS]
    return tuple(Reason(text, round(weight, 2)) for text, weight in ordered if abs(weight) >= _LEAST)


def _crossing(pairs: Floats) -> Floats:
    """For each paragraph, the score of all pairs of one before it and one from it on."""
    count = len(pairs)
    change = np.zeros(count + BAND + 1, np.float32)
    for distance in range(1, min(BAND, count - 1) + 1):
        scores = pairs[: count - distance, distance - 1]
        change[1 : count - distance + 1] += scores  # the pair (i, i + d) crosses the gaps before i + 1 ... i + d
        change[distance + 1 : count + 1] -= scores
    return np.cumsum(change)[:count]


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
