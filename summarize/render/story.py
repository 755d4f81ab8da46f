"""What readers are shown of a story: its paragraphs in both languages, and where the check found something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.digest import Finding, Role, Section
from summarize.paragraphs import without_soft_breaks

ALL_ARRIVED = "fidelity: every name, number, date and term that was found in the source arrived"

Piece = tuple[str, tuple[Finding, ...]]  # a part of a text, and what the check found there


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph in pieces. `number` counts the story's paragraphs from 1, as findings that name one do."""

    number: int
    role: Role
    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]


def shown_paragraphs(section: Section) -> Iterator[ShownParagraph]:
    """The paragraphs of a story, without the heading that is its title."""
    for index, paragraph in enumerate(section.paragraphs):
        if paragraph.role == "heading" and paragraph.zh == section.title.zh:
            continue
        found = [f for f in section.fidelity.findings if f.part == "paragraph" and f.paragraph == index]
        zh = _pieces(without_soft_breaks(paragraph.zh), [(f.source, f) for f in found])
        en = _pieces(paragraph.en, [(f.target, f) for f in found])
        yield ShownParagraph(index + 1, paragraph.role, zh, en)


def place(finding: Finding) -> str:
    """Where in a story something was found: title, summary, paragraph 3."""
    return finding.part if finding.paragraph is None else f"paragraph {finding.paragraph + 1}"


def whole(pieces: Sequence[Piece]) -> str:
    """The text that was cut into pieces."""
    return "".join(text for text, _ in pieces)


def _pieces(text: str, findings: Sequence[tuple[tuple[int, int] | None, Finding]]) -> tuple[Piece, ...]:
    spans = [(*span, finding) for span, finding in findings if span]
    ends = {min(max(end, 0), len(text)) for start, stop, _ in spans for end in (start, stop)}
    return tuple(
        (text[start:end], tuple(finding for first, last, finding in spans if first <= start and end <= last))
        for start, end in pairwise(sorted({0, len(text), *ends}))
    )
