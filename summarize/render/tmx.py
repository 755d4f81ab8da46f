"""Digests as a translation memory (TMX 1.4b, https://www.gala-global.org/tmx-14b) for tools of translators.

A unit is a paragraph, title or summary with its English; its properties are the article, its part, its role and what
the check found, so that a tool can leave out units with findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from summarize import __version__
from summarize.digest import Digest, Section
from summarize.render.characters import clean_for_xml
from summarize.render.story import front_paragraphs, place, shown_paragraphs, whole

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="summarize" creationtoolversion="{__version__}" segtype="paragraph" o-tmf="summarize/digest/1"
 adminlang="en" srclang="zh" datatype="plaintext"/>
<body>
"""


def digests_to_tmx(digests: Iterable[Digest]) -> Iterator[str]:
    """A translation memory of all that has English."""
    yield _HEAD
    for digest in digests:
        for section in digest.sections:
            yield from _units(digest.source, section)
    yield "</body>\n</tmx>\n"


def _units(source: str, section: Section) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for finding in section.fidelity.findings:
        found.setdefault(place(finding), []).append(f"{finding.kind}: {finding.detail}")
    units = [("title", "title", section.title.zh, section.title.en)]
    units += [("summary", "summary", section.summary.zh, section.summary.en)]
    paragraphs = (*front_paragraphs(section), *shown_paragraphs(section))
    units += [(f"paragraph {p.number}", p.role, whole(p.zh), whole(p.en)) for p in paragraphs]
    for part, role, zh, en in units:
        if zh.strip() and en.strip():
            properties = [("source", source), ("section", str(section.index + 1)), ("part", part), ("role", role)]
            properties += [("finding", text) for text in found.get(part, [])]
            yield "".join(
                [
                    "<tu>\n",
                    *(f"<prop type={quoteattr('x-' + name)}>{_text(value)}</prop>\n" for name, value in properties),
                    f'<tuv xml:lang="zh"><seg>{_text(zh)}</seg></tuv>\n',
                    f'<tuv xml:lang="en"><seg>{_text(en)}</seg></tuv>\n',
                    "</tu>\n",
                ]
            )


def _text(text: str) -> str:
    return escape(clean_for_xml(text))
