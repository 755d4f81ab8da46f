"""Digests as Markdown (CommonMark): headings, both languages paragraph by paragraph, findings as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarize.digest import Digest, Section
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

# What CommonMark or GitHub's form of it reads as a mark anywhere, and what only at the beginning of a line.
_MARK = re.compile(r"[\\`*_\[\]<>&|~$]")
_FIRST = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")


def digests_to_markdown(digests: Iterable[Digest], several: bool = False) -> Iterator[str]:
    """A text of Markdown, article by article.

    Args:
        digests: the articles.
        several: whether each article is named: by its source, below its title if it has one.
    """
    for digest in digests:
        source = escape(digest.source) if several else ""
        title, front = shown_front(digest)
        if title:
            blocks = [f"# {escape(whole(title.zh))}", f"**{escape(whole(title.en))}**", source]
        else:
            blocks = [f"# {source}"] if several else []
        blocks += [block for paragraph in front for block in _paragraph(paragraph)]
        head = "".join(f"{block}\n\n" for block in blocks if block)
        yield head + "\n".join(_section(section) for section in digest.sections) + "\n" * several


def escape(text: str) -> str:
    """The text on one line, so that Markdown shows it as it is."""
    text = _MARK.sub(r"\\\g<0>", clean(text).strip())
    return _FIRST.sub(lambda m: m[1] + (m[2] + "\\" if m[2].isdigit() else "\\" + m[2]), text)


def _section(section: Section) -> str:
    title, summary = section.title, section.summary
    blocks = [
        f"## {escape(title.zh)}" if title.zh else "",
        f"**{escape(title.en)}**" if title.en else "",
        f"> {escape(summary.zh)}\n>\n> {escape(summary.en)}" if summary.zh else "",
    ]
    for paragraph in shown_paragraphs(section):
        blocks += _paragraph(paragraph)
    found = [f"- {place(finding)}: {escape(finding.detail)}" for finding in shown_findings(section).findings]
    blocks.append("\n".join(found) or f"*{ALL_ARRIVED}*")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _paragraph(paragraph: ShownParagraph) -> list[str]:
    role = "" if paragraph.role == "body" else f"*{paragraph.role}:* "
    return [role + escape(whole(paragraph.zh)), escape(whole(paragraph.en))]
