"""Anybody's translation against its source: what the check finds, and both side by side as a digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from summarize.digest import Bilingual, Digest, Fidelity, Paragraph, Section
from summarize.fidelity import check as check_document
from summarize.fidelity import compare
from summarize.grounding import Item, ground, load_glossary
from summarize.grounding.item import moved

Glossary = Mapping[str, str] | Iterable[str | Path]
_LINE_END = re.compile(r"[\r\n]")


def check(source: str, target: str, glossary: Glossary | None = None) -> Fidelity:
    """Checks any Chinese text and its English, whoever translated it; needs no language model.

    The lines of both are aligned, and each is checked against its own; where lines were joined or split, they are
    checked together. A line that was left out or added is a finding (of item "line").

    Args:
        source: Chinese.
        target: English.
        glossary: your own renderings, as for `Summarizer`.

    Returns:
        The findings, with places in the whole texts; `paragraph` counts the lines that are not blank.

    Raises:
        GlossaryError: if a glossary cannot be read.
    """
    return check_document(source, target, _items(source, glossary))


def review(source: str, target: str, glossary: Glossary | None = None, *, name: str = "") -> Digest:
    """A Chinese text and anybody's English side by side, as a digest that `render` writes in any format.

    It has one section, without title and summary, and a paragraph for lines that belong together, of role "body". A
    line that was left out has no English, one that was added no Chinese.

    Args:
        source: Chinese.
        target: English.
        glossary: your own renderings, as for `Summarizer`.
        name: what the texts are called.

    Raises:
        GlossaryError: if a glossary cannot be read.
    """
    paragraphs, findings = [], []
    for number, lines in enumerate(compare(source, target, _items(source, glossary))):
        zh, en = (
            _LINE_END.sub(" ", text[slice(*place)]) for text, place in ((source, lines.source), (target, lines.target))
        )
        paragraphs.append(Paragraph("body", *lines.source, zh, en))
        findings += [replace(finding, paragraph=number) for finding in lines.findings]
    nothing = Bilingual("", "")
    section = Section(0, 0, len(source), nothing, nothing, tuple(paragraphs), Fidelity(tuple(findings)))
    return Digest(name, {}, (section,))


def _items(source: str, glossary: Glossary | None) -> list[Item]:
    spans = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", source)]
    grounded = ground([line for _, line in spans], load_glossary(glossary) if glossary else None)
    return [moved(item, start) for (start, _), found in zip(spans, grounded, strict=True) for item in found]
