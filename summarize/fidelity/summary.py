"""A Chinese summary against the section that it sums up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.digest import Finding
from summarize.fidelity import text
from summarize.fidelity.claims import unsupported
from summarize.fidelity.occupations import given_to_another
from summarize.fidelity.wording import distance
from summarize.grounding.item import Item
from summarize.traditional import simplify

SHORTEST = 10  # characters; less is a headline

_TITLES = re.compile(r"(?:先生|女士|小姐|同志|大姐|大哥|阿姨|叔叔|大爷|大妈|奶奶|爷爷|师傅|老师|警官|医生|某某|某)$")
_ENDED = re.compile(r"[。！？!?…][”’」』）)】》\"']*\s*$")
_NOT_TEXT = re.compile(r"[\W_]+")


def check_summary(
    section: str,
    heading: str,
    summary: str,
    limit: int,
    section_items: Sequence[Item] = (),
    summary_items: Sequence[Item] = (),
) -> tuple[Finding, ...]:
    """What a Chinese summary invents or does badly.

    Args:
        section: the text of the section without its heading.
        heading: its heading, "" if it has none.
        summary: the summary.
        limit: the most characters that the summary may have.
        section_items: what the section and the heading say for certain.
        summary_items: what the summary says; a number or person of it must be in the section, and no person there
            have the post of another. What it says otherwise is told by its words (see `claims`).

    Returns:
        The findings; `target` is a place in the summary.
    """
    source = f"{heading}\n{section}"
    findings = [
        *text.refused(source, summary),
        *text.off_task_chinese(source, summary),
        *text.repeated(source, summary),
        *text.english_left(source, summary),
        *_length(summary, limit),
        *_heading_repeated(heading, summary),
    ]
    if summary.strip() and not _ENDED.search(summary):
        end = len(summary.rstrip())
        detail = f"Ends in mid-sentence: {summary[max(0, end - 15) : end]!r}."
        findings.append(Finding("cut off", detail, target=(max(0, end - 15), end)))
    for item in summary_items:
        if not _is_supported(item, source, section_items):
            detail = f"{item.zh!r} is not in the text."
            findings.append(Finding("invented", detail, item=item.kind, target=(item.start, item.end)))
    for start, end in given_to_another(source, summary, section_items, summary_items):
        detail = f"{summary[start:end]!r}: the text says that of somebody else."
        findings.append(Finding("invented", detail, item="person", target=(start, end)))
    for start, end in unsupported(source, summary):
        detail = f"{summary[start:end]!r} says what the text does not bear out."
        findings.append(Finding("invented", detail, item="claim", target=(start, end)))
    return tuple(replace(finding, part="summary") for finding in findings)


def _length(summary: str, limit: int) -> list[Finding]:
    count = len(summary.strip())
    if count > limit:
        return [Finding("too long", f"Has {count} characters where {limit} are allowed.", target=(limit, len(summary)))]
    if count < SHORTEST:
        return [Finding("too short", f"Has {count} characters where at least {SHORTEST} are expected.")]
    return []


def _heading_repeated(heading: str, summary: str) -> list[Finding]:
    first, second = (_NOT_TEXT.sub("", part) for part in (heading, summary))
    if not first or not second or abs(len(first) - len(second)) > max(len(first), len(second)) // 5:
        return []
    if distance(first, second) > max(len(first), len(second)) // 5:
        return []
    return [Finding("heading repeated", "Only repeats the heading.", target=(0, len(summary)))]


def _is_supported(item: Item, source: str, section_items: Sequence[Item]) -> bool:
    text_ = simplify(source)
    written = simplify(item.zh)
    match item.kind:
        case "person":
            name = _TITLES.sub("", written)
            return written in text_ or (len(name) > 1 and name in text_)
        case "number":
            if item.value is None or item.value == 1:
                return True
            if any(other.value == item.value for other in section_items):
                return True
            return _stands(written, text_)
        case "date" | "time":
            if _stands(written, text_):
                return True
            # 11月2日 may be said in two places: 11月 in one sentence, 2日 in the next.
            parts = re.findall(r"\d+|[零〇一二三四五六七八九十]+", written)
            return all(_stands(part, text_) for part in parts)
    return True


def _stands(written: str, source: str) -> bool:
    """True if the source has these characters and no digit continues them: 3月 is not in 13月."""
    before = r"(?<![\d.])" if written[:1].isdigit() else ""
    after = r"(?![\d.]?\d)" if written[-1:].isdigit() else ""
    return re.search(before + re.escape(written) + after, source) is not None
