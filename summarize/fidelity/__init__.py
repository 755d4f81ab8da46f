"""Fidelity: output against source, independent of who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.digest import Fidelity, Finding
from summarize.fidelity.arrival import find_item
from summarize.fidelity.change import change_as_in
from summarize.fidelity.claims import without_claims
from summarize.fidelity.correction import correct
from summarize.fidelity.date_wording import correct_dates
from summarize.fidelity.summary import check_summary
from summarize.fidelity.text import said_once
from summarize.fidelity.translation import (
    check_translation,
    unsaid_countries,
    unsaid_years,
    without_unsaid_years,
)
from summarize.grounding.item import Item, items_within

__all__ = [
    "change_as_in",
    "check",
    "check_summary",
    "check_translation",
    "correct",
    "correct_dates",
    "find_item",
    "said_once",
    "unsaid_countries",
    "unsaid_years",
    "without_claims",
    "without_unsaid_years",
]


def check(source: str, target: str, items: Sequence[Item]) -> Fidelity:
    """Checks any Chinese text and its English, whoever translated it.

    If both have the same number of lines that are not blank, each line is checked against its own (`Finding.paragraph`
    counts them from 0); else the whole text against the whole. Places in the findings are places of the whole texts.

    Args:
        source: the Chinese.
        target: its English.
        items: what the Chinese says for certain, with places in the whole `source`.
    """
    lines, target_lines = _lines(source), _lines(target)
    if len(lines) != len(target_lines) or len(lines) < 2:
        return Fidelity(check_translation(source, target, items))
    findings: list[Finding] = []
    for index, ((start, zh), (target_start, en)) in enumerate(zip(lines, target_lines, strict=True)):
        own = items_within(items, start, start + len(zh))
        findings += [
            replace(
                finding,
                paragraph=index,
                source=_shifted(finding.source, start),
                target=_shifted(finding.target, target_start),
            )
            for finding in check_translation(zh, en, own)
        ]
    return Fidelity(tuple(findings))


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            lines.append((start + line.index(content), content))
        start += len(line)
    return lines


def _shifted(place: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (place[0] + by, place[1] + by) if place else None
