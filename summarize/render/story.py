"""What readers are shown of a story: its paragraphs in both languages, and where the check found something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.digest import Digest, Fidelity, Finding, Role, Section
from summarize.paragraphs import without_soft_breaks

ALL_ARRIVED = "fidelity: every name, number, date and term that was found in the source arrived"

_PROSE = re.compile("[。；;]|[，,、：:…]$")  # no title has these

Piece = tuple[str, tuple[Finding, ...]]  # a part of a text, and what the check found there


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph in pieces. `number` counts the story's paragraphs from 1, as findings that name one do."""

    number: int
    role: Role
    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]


def shown_front(digest: Digest) -> tuple[ShownParagraph | None, list[ShownParagraph]]:
    """What stands before the first story and is none of it: the article's title, if it has one; a lead, a date."""
    front = [p for section in digest.sections for p in front_paragraphs(section)]
    first = next((p for p in front if p.role == "lead"), None)
    title = first if first and not _PROSE.search(whole(first.zh)) else None
    return title, [p for p in front if p != title]


def shown_paragraphs(section: Section) -> list[ShownParagraph]:
    """The paragraphs of a story, without what stands before it and without the heading that is its title."""
    own = range(_front_length(section), len(section.paragraphs))
    return [_shown(section, index) for index in own if not _is_title(section, index)]


def shown_findings(section: Section) -> Fidelity:
    """What the check found in what is shown; the heading that is the title has the findings of the title."""
    findings = section.fidelity.findings
    return Fidelity(tuple(f for f in findings if f.paragraph is None or not _is_title(section, f.paragraph)))


def front_paragraphs(section: Section) -> list[ShownParagraph]:
    """What stands before a story and is of the whole article: its title, its lead, a date."""
    return [_shown(section, index) for index in range(_front_length(section))]


def _front_length(section: Section) -> int:
    """How many paragraphs are of the whole article: its lead, and what stands between that and the first heading."""
    roles = [paragraph.role for paragraph in section.paragraphs]
    lead = max((index + 1 for index, role in enumerate(roles) if role == "lead"), default=0)
    after = next((index for index in range(lead, len(roles)) if roles[index] in ("heading", "body")), lead)
    return after if lead and after < len(roles) and roles[after] == "heading" else lead


def _is_title(section: Section, index: int) -> bool:
    """True of a heading that says what the title says, perhaps after a mark or in brackets: 一、, ①, 【】."""
    if not 0 <= index < len(section.paragraphs) or section.paragraphs[index].role != "heading":
        return False
    heading, title = _letters(section.paragraphs[index].zh), _letters(section.title.zh)
    return bool(title) and heading.endswith(title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _shown(section: Section, index: int) -> ShownParagraph:
    paragraph = section.paragraphs[index]
    found = [f for f in section.fidelity.findings if f.part == "paragraph" and f.paragraph == index]
    zh = _pieces(without_soft_breaks(paragraph.zh), [(f.source, f) for f in found])
    en = _pieces(paragraph.en, [(f.target, f) for f in found])
    return ShownParagraph(index + 1, paragraph.role, zh, en)


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
