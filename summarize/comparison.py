"""Anybody's translation against its source: what the check finds, and both side by side as a digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.digest import Bilingual, Digest, Fidelity, Paragraph, Section
from summarize.fidelity import compare, placed
from summarize.fidelity.document import Compared
from summarize.fidelity.wording import overlaps
from summarize.grounding import Item, ground, load_glossary
from summarize.grounding.item import items_within, moved

if TYPE_CHECKING:
    from summarize.proofreading import Proofreader

Glossary = Mapping[str, str] | Iterable[str | Path]
_LINE_END = re.compile(r"[\r\n]")


def check(
    source: str, target: str, glossary: Glossary | None = None, *, proofreader: Proofreader | None = None
) -> Fidelity:
    """Checks any Chinese text and its English, whoever translated it; needs no language model.

    The lines of both are aligned, and each is checked against its own; where lines were joined or split, they are
    checked together. A line that was left out or added is a finding (of item "line").

    Args:
        source: Chinese.
        target: English.
        glossary: your own renderings, as for `Summarizer`.
        proofreader: a model that also reads both texts, which takes far longer; what it doubts where nothing else was
            found is of kind "doubtful".

    Returns:
        The findings, with places in the whole texts; `paragraph` counts the lines that are not blank.

    Raises:
        GlossaryError: if a glossary cannot be read.
        SummarizeError: if the proofreader's model is not available or cannot read the texts.
    """
    return placed(_compared(source, target, glossary, proofreader))


def review(
    source: str,
    target: str,
    glossary: Glossary | None = None,
    *,
    name: str = "",
    proofreader: Proofreader | None = None,
) -> Digest:
    """A Chinese text and anybody's English side by side, as a digest that `render` writes in any format.

    It has one section, without title and summary, and a paragraph for lines that belong together, of role "body". A
    line that was left out has no English, one that was added no Chinese.

    Args:
        source: Chinese.
        target: English.
        glossary: your own renderings, as for `Summarizer`.
        name: what the texts are called.
        proofreader: as for `check`.

    Raises:
        GlossaryError: if a glossary cannot be read.
        SummarizeError: if the proofreader's model is not available or cannot read the texts.
    """
    paragraphs, findings = [], []
    for number, lines in enumerate(_compared(source, target, glossary, proofreader)):
        zh, en = (
            _LINE_END.sub(" ", text[slice(*place)]) for text, place in ((source, lines.source), (target, lines.target))
        )
        paragraphs.append(Paragraph("body", *lines.source, zh, en))
        findings += [replace(finding, paragraph=number) for finding in lines.findings]
    nothing = Bilingual("", "")
    section = Section(0, 0, len(source), nothing, nothing, tuple(paragraphs), Fidelity(tuple(findings)))
    return Digest(name, {}, (section,))


def _compared(
    source: str, target: str, glossary: Glossary | None, proofreader: Proofreader | None
) -> Iterator[Compared]:
    """The lines of both with what was found, and what a proofreader doubts beside it."""
    items = _items(source, glossary)
    compared = compare(source, target, items)
    for number, lines in enumerate(compared):
        if proofreader is None:
            yield lines
            continue
        doubts = proofreader.proofread(
            source[slice(*lines.source)], target[slice(*lines.target)], items_within(items, *lines.source)
        )
        known = [finding.target for finding in lines.findings if finding.target]
        doubts = tuple(doubt for doubt in doubts if doubt.target and not overlaps(doubt.target, known))
        findings = sorted((*lines.findings, *doubts), key=lambda finding: finding.target or (-1, -1))
        if proofreader.progress:
            proofreader.progress("Proofreading", number + 1, len(compared))
        yield replace(lines, findings=tuple(findings))


def _items(source: str, glossary: Glossary | None) -> list[Item]:
    spans = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", source)]
    grounded = ground([line for _, line in spans], load_glossary(glossary) if glossary else None)
    return [moved(item, start) for (start, _), found in zip(spans, grounded, strict=True) for item in found]
