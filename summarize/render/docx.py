"""Digests as a Word document: Chinese and English side by side, and a comment where the check found something."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from summarize.digest import Digest, Finding, Section
from summarize.packages import require
from summarize.render.characters import clean_for_xml
from summarize.render.story import (
    ALL_ARRIVED,
    Piece,
    ShownParagraph,
    place,
    shown_findings,
    shown_front,
    shown_paragraphs,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    Runs = list[tuple[Run, tuple[Finding, ...]]]  # each with what was found in it
    Written = dict[str, tuple[Runs, Runs]]  # Chinese and English of each part of a story

_FONT = "SimSun"  # of Chinese, where it is installed
_BOLD = ("heading", "subheading")
_ITALIC = ("caption", "byline", "notice")


def digests_to_docx(digests: Iterable[Digest]) -> bytes:
    """A document with all articles, one after the other.

    Raises:
        MissingPackageError: if python-docx is not installed.
    """
    document: Document = require("docx", extra="docx").Document()
    _set_chinese_font(document)
    for digest in digests:
        _add_article(document, digest)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _set_chinese_font(document: Document) -> None:
    from docx.oxml.ns import qn

    properties: Any = document.styles["Normal"].element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _add_article(document: Document, digest: Digest) -> None:
    source = clean_for_xml(digest.source)
    title, front = shown_front(digest)
    written: Written = {}
    if title:
        written[f"paragraph {title.number}"] = _add_both(document, "Heading 1", title.zh, title.en)
        document.add_paragraph(source)
    else:
        document.add_heading(source, level=1)
    _add_paragraphs(document, front, written)
    for section in digest.sections:
        _add_section(document, section, written)
        written = {}


def _add_section(document: Document, section: Section, written: Written) -> None:
    """A story. `written` is what findings of it may be about already: what stands before the first story."""
    for part, text, style in (("title", section.title, "Heading 2"), ("summary", section.summary, None)):
        if text.zh:
            written[part] = _add_both(document, style, [(text.zh, ())], [(text.en, ())])
    _add_paragraphs(document, shown_paragraphs(section), written)
    findings = shown_findings(section).findings
    for finding in findings:
        if runs_of_finding := _runs_of(finding, *written.get(place(finding), ([], []))):
            document.add_comment(runs_of_finding, clean_for_xml(finding.detail), author="summarize", initials="s")
    if not findings:
        document.add_paragraph(f"✓ {ALL_ARRIVED}")


def _add_paragraphs(document: Document, paragraphs: Sequence[ShownParagraph], written: Written) -> None:
    if not paragraphs:
        return
    table = document.add_table(rows=0, cols=2)
    for shown in paragraphs:
        left, right = (cell.paragraphs[0] for cell in table.add_row().cells)
        runs = _add_pieces(left, shown.zh), _add_pieces(right, shown.en)
        for run, _ in (*runs[0], *runs[1]):
            run.bold, run.italic = shown.role in _BOLD, shown.role in _ITALIC
        written[f"paragraph {shown.number}"] = runs


def _add_both(document: Document, style: str | None, zh: Sequence[Piece], en: Sequence[Piece]) -> tuple[Runs, Runs]:
    """The Chinese and the English as a paragraph each."""
    return _add_pieces(document.add_paragraph(style=style), zh), _add_pieces(document.add_paragraph(style=style), en)


def _add_pieces(paragraph: Paragraph, pieces: Sequence[Piece]) -> Runs:
    return [(paragraph.add_run(clean_for_xml(text)), found) for text, found in pieces]


def _runs_of(finding: Finding, zh: Runs, en: Runs) -> list[Run]:
    """Where a comment on a finding belongs: its place in the English, else in the Chinese, else all of the English."""
    for runs in (en, zh):
        if marked := [run for run, found in runs if finding in found]:
            return marked
    return [run for run, _ in en]
