"""A whole document against its translation, whoever made it: line by line, once the lines are aligned."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarize.article import sentences, strip
from summarize.digest import Fidelity, Finding
from summarize.fidelity.alignment import align
from summarize.fidelity.arrival import arrivals
from summarize.fidelity.text import english_places, excerpt
from summarize.fidelity.translation import check_translation
from summarize.fidelity.wording import Place, find_name
from summarize.grounding.item import Item, items_within
from summarize.grounding.pinyin import spell_surname, split_surname
from summarize.traditional import simplify

_PRONOUN = re.compile(r"\b(?:s?he|h(?:im|is|ers?)|they|them|theirs?)\b", re.IGNORECASE)
PASSAGE = 120  # characters of Chinese that sentences are put together to
_WIDEST = 132  # letters of a line that was broken to fit


@dataclass(frozen=True, slots=True)
class Compared:
    """Lines of a text and those that are their English.

    Attributes:
        source: where the Chinese is in the whole text; an empty place if it has none.
        target: where the English is.
        line: the number of the first line of the Chinese, None if it has none.
        findings: what was found, with places in these lines.
    """

    source: Place
    target: Place
    line: int | None
    findings: tuple[Finding, ...]


def compare(source: str, target: str, items: Sequence[Item]) -> list[Compared]:
    """Checks any Chinese text and its English line by line, whoever translated it; all lines are in one, in order.

    The lines that are not blank are aligned; where lines were joined or split, they are checked together. English that
    is broken into lines of one width has its paragraphs for lines. A text of one line is compared as a whole.

    Args:
        source: the Chinese.
        target: its English.
        items: what the Chinese says for certain, with places in the whole `source`.
    """
    lines, target_lines = _lines(source), _wrapped(target) or _lines(target)
    if len(lines) < 2 or len(target_lines) < 2:
        return [Compared((0, len(source)), (0, len(target)), None, check_translation(source, target, items))]
    own = [items_within(items, *place) for place in lines]
    beads = align([source[slice(*place)] for place in lines], [target[slice(*place)] for place in target_lines], own)
    compared: list[Compared] = []
    named: set[str] = set()  # what arrived in an earlier line
    end, target_end = 0, 0
    for rows, columns in beads:
        start, end = (lines[rows.start][0], lines[rows.stop - 1][1]) if rows else (end, end)
        target_start, target_end = (
            (target_lines[columns.start][0], target_lines[columns.stop - 1][1]) if columns else (target_end, target_end)
        )
        zh, en = source[start:end], target[target_start:target_end]
        within = items_within(items, start, end)
        if rows and columns:
            findings = tuple(
                finding for finding in check_translation(zh, en, within) if not _is_said_again(finding, zh, en, named)
            )
            named |= {item.zh for item, _ in arrivals(within, en)[0]}
        else:
            findings = (_added(en) if columns else _left_out(zh),)
        place, target_place = (start, end), (target_start, target_end)
        compared.append(Compared(place, target_place, rows.start if rows else None, findings))
    return compared


def paired_passages(source: str, target: str, items: Sequence[Item]) -> list[tuple[Place, Place]]:
    """The places of sentences of a paragraph and of those that are their English, a few together, in order.

    Sentences that were left out or added are in none.

    Args:
        source: a paragraph of Chinese.
        target: its English.
        items: what the paragraph says for certain.
    """
    spans = [(span.start, span.end) for span in sentences(source)]
    english = english_places(target)
    own = [items_within(items, *place) for place in spans]
    passages: list[tuple[Place, Place]] = []
    for rows, columns in align([source[slice(*p)] for p in spans], [target[slice(*p)] for p in english], own):
        if not rows or not columns:
            continue
        zh, en = (
            (spans[rows.start][0], spans[rows.stop - 1][1]),
            (english[columns.start][0], english[columns.stop - 1][1]),
        )
        if passages and passages[-1][0][1] == zh[0] and passages[-1][1][1] == en[0]:
            (start, _), (target_start, _) = passages[-1]
            if zh[1] - start <= PASSAGE:
                passages[-1] = (start, zh[1]), (target_start, en[1])
                continue
        passages.append((zh, en))
    return [(_stripped(source, zh), _stripped(target, en)) for zh, en in passages]


def placed(compared: Iterable[Compared]) -> Fidelity:
    """What was found, with places in the whole texts; `paragraph` counts the lines of the Chinese from 0."""
    return Fidelity(
        tuple(
            replace(
                finding,
                paragraph=lines.line,
                source=_shifted(finding.source, lines.source[0]),
                target=_shifted(finding.target, lines.target[0]),
            )
            for lines in compared
            for finding in lines.findings
        )
    )


def _stripped(text: str, place: Place) -> Place:
    span = strip(text, *place)
    return span.start, span.end


def _is_said_again(finding: Finding, zh: str, en: str, named: set[str]) -> bool:
    """Whether what is missing was named in an earlier line, and English says "the county", "he" or "Tang" for it."""
    if finding.kind != "missing" or finding.source is None or (name := zh[slice(*finding.source)]) not in named:
        return False
    if finding.item == "person":
        surnames = spell_surname(split_surname(simplify(name))[0])
        return _PRONOUN.search(en) is not None or any(find_name(surname, en) for surname in surnames)
    return finding.item in ("place", "organisation", "term")


def _left_out(zh: str) -> Finding:
    detail = f"The line {excerpt(zh, (0, len(zh)))!r} is not in the English."
    return Finding("missing", detail, item="line", source=(0, len(zh)))


def _added(en: str) -> Finding:
    detail = f"The line {excerpt(en, (0, len(en)))!r} is of no line of the Chinese."
    return Finding("invented", detail, item="line", target=(0, len(en)))


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
