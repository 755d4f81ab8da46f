"""Plain text for a terminal: what a person reads of a digest or a segmentation."""

from __future__ import annotations

import re
import shutil
import textwrap
import unicodedata

from summarize.digest import Digest, Fidelity, Section, Segmentation
from summarize.render.characters import clean
from summarize.render.story import (
    ALL_ARRIVED,
    ShownParagraph,
    place,
    shown_findings,
    shown_front,
    shown_paragraphs,
    whole,
)

WIDTH = 100  # columns at most
_AROUND = 3  # words


def digest_to_text(digest: Digest, width: int | None = None) -> str:
    """The stories of a digest, one below the other: titles, summaries, paragraphs in both languages, findings.

    Args:
        digest: what to show.
        width: columns; those of the terminal, at most `WIDTH`, if not given.
    """
    width = width or min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    lines: list[str] = []
    title, front = shown_front(digest)
    if title:
        lines += [*wrap(clean(whole(title.zh)), width), *wrap(clean(whole(title.en)), width), ""]
    for paragraph in front:
        lines += [*_paragraph(paragraph, width), ""]
    sections = "\n\n".join(_section(section, len(digest.sections), width) for section in digest.sections)
    return "".join(f"{line}\n" for line in lines) + sections + "\n"


def segmentation_to_text(segmentation: Segmentation) -> str:
    """The sections with their paragraphs: role and first words."""
    blocks = []
    for section in segmentation.sections:
        lines = [f"{section.index + 1}. {clean(section.title) or '(no heading)'}"]
        for p in section.paragraphs:
            first = clean(p.zh)
            lines.append(f"   {p.role:<10} {p.start:>6}-{p.end:<6} {first[:30]}{'…' if len(first) > 30 else ''}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, count: int, width: int) -> str:
    title, title_en = clean(section.title.zh), clean(section.title.en)
    lines = [f"━━ {section.index + 1}/{count} " + "━" * max(width - 8, 4)]
    if title:
        lines += [*wrap(title, width), *wrap(title_en, width)]
    if section.summary.zh:
        lines += ["", *wrap(clean(section.summary.zh), width, "摘要  ", "      ")]
        lines += wrap(clean(section.summary.en), width, "      ", "      ")
    for paragraph in shown_paragraphs(section):
        lines += ["", *_paragraph(paragraph, width)]
    lines += ["", *findings_to_text(shown_findings(section), width)]
    return "\n".join(lines)


def _paragraph(paragraph: ShownParagraph, width: int) -> list[str]:
    mark = "" if paragraph.role == "body" else f"[{paragraph.role}] "
    zh, en = mark + clean(whole(paragraph.zh)), clean(whole(paragraph.en))
    return [*wrap(zh, width, "  ", "  "), *wrap(en, width, "  ", "  ")]


def findings_to_text(fidelity: Fidelity, width: int = WIDTH, english: str = "") -> list[str]:
    """What the check found, a line for the counts and some for each finding.

    Args:
        fidelity: what was found.
        width: columns at most.
        english: the text that was checked, if findings are to be told with the words around their places in it.
    """
    if not fidelity.findings:
        return [f"✓ {ALL_ARRIVED}"]
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(fidelity.counts.items()))
    lines = [f"! fidelity: {counts}"]
    for finding in fidelity.findings:
        words = _words_around(english, finding.target) if finding.target else ""
        lines += wrap(clean(f"{place(finding)}: {finding.detail}{words}"), width, "  - ", "    ")
    return lines


def _words_around(english: str, span: tuple[int, int]) -> str:
    """A few words before and after a place, since a number alone does not tell where it is: … reached 13 mm, up …"""
    start, end = span
    before = re.findall(r"\S+\s*", english[:start].rpartition("\n")[2])[-_AROUND:]
    after = re.findall(r"\s*\S+", english[end:].partition("\n")[0])[:_AROUND]
    return f" (… {''.join(before)}{english[start:end]}{''.join(after)} …)" if before or after else ""


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns; Chinese characters take two columns and may stand at any line's end."""
    if not any(unicodedata.east_asian_width(c) in "WF" for c in text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False) or [
            first
        ]
    lines, line, used = [], first, columns(first)
    for token in re.findall(r"[!-~]+|.", text):
        size = columns(token)
        if used + size > width and line.strip() and token not in "，。；：！？、”’）》」』":
            lines.append(line.rstrip())
            line, used = rest, columns(rest)
            if token == " ":
                continue
        line, used = line + token, used + size
    return [*lines, line.rstrip()]


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
