"""A whole document against its translation, whoever made it: line by line, once the lines are aligned."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.digest import Fidelity, Finding
from summarize.fidelity.alignment import align
from summarize.fidelity.text import excerpt
from summarize.fidelity.translation import check_translation
from summarize.fidelity.wording import Place
from summarize.grounding.item import Item, items_within

_WIDEST = 132  # letters of a line that was broken to fit


def check(source: str, target: str, items: Sequence[Item]) -> Fidelity:
    """Checks any Chinese text and its English, whoever translated it.

    The lines that are not blank are aligned, and each is checked against its own English; where lines were joined or
    split, they are checked together. English that is broken into lines of one width has its paragraphs for lines.
    `Finding.paragraph` counts the lines of the Chinese from 0, and places in the findings are places of the whole
    texts. A text of one line is checked as a whole.

    Args:
        source: the Chinese.
        target: its English.
        items: what the Chinese says for certain, with places in the whole `source`.
    """
    lines, target_lines = _lines(source), _wrapped(target) or _lines(target)
    if len(lines) < 2 or len(target_lines) < 2:
        return Fidelity(check_translation(source, target, items))
    own = [items_within(items, *place) for place in lines]
    beads = align([source[slice(*place)] for place in lines], [target[slice(*place)] for place in target_lines], own)
    findings: list[Finding] = []
    for rows, columns in beads:
        if not columns:
            findings.append(_left_out(source, lines[rows.start], rows.start))
        elif not rows:
            findings.append(_added(target, target_lines[columns.start]))
        else:
            start, end = lines[rows.start][0], lines[rows.stop - 1][1]
            target_start, target_end = target_lines[columns.start][0], target_lines[columns.stop - 1][1]
            findings += [
                replace(
                    finding,
                    paragraph=rows.start,
                    source=_shifted(finding.source, start),
                    target=_shifted(finding.target, target_start),
                )
                for finding in check_translation(
                    source[start:end], target[target_start:target_end], items_within(items, start, end)
                )
            ]
    return Fidelity(tuple(findings))


def _left_out(source: str, place: Place, line: int) -> Finding:
    detail = f"The line {excerpt(source, place)!r} is not in the English."
    return Finding("missing", detail, paragraph=line, item="line", source=place)


def _added(target: str, place: Place) -> Finding:
    detail = f"The line {excerpt(target, place)!r} is of no line of the Chinese."
    return Finding("invented", detail, item="line", target=place)


def _lines(text: str) -> list[Place]:
    """Where the lines that are not blank are, without the white space around them."""
    return [match.span() for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text)]


def _wrapped(text: str) -> list[Place]:
    """Where the paragraphs between blank lines are if each of their lines is as full as the longest line lets it be."""
    blocks = [match.span() for match in re.finditer(r"(?s)\S.*?(?=\s*\n\s*\n|\s*\Z)", text)]
    lines = [text[slice(*block)].splitlines() for block in blocks]
    width = max((len(line) for block in lines for line in block), default=0)
    breaks = [(line, after.split()) for block in lines for line, after in itertools.pairwise(block)]
    full = sum(len(line) + 1 + len(after[0]) > width for line, after in breaks)
    return blocks if len(blocks) > 1 and width <= _WIDEST and full > 0.9 * len(breaks) else []


def _shifted(place: Place | None, by: int) -> Place | None:
    return (place[0] + by, place[1] + by) if place else None
