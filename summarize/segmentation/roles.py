"""What a paragraph looks like on its own: a title line, a caption, a byline, a notice or body text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarize.segmentation.marks import NUMERAL, Mark, Marked, in_sequence, split_mark
from summarize.segmentation.paratext import (
    ends_with_credit,
    has_dateline,
    is_byline,
    is_caption,
    is_end,
    is_notice,
    named_people,
    opens_story,
)
from summarize.traditional import simplify

Kind = Literal["title", "caption", "byline", "notice", "body"]

_LONGEST_PARATEXT = 200  # characters; longer lines are no captions, bylines or notices
_LONGEST_TITLE = 45  # characters, ASCII ones counting half; longer lines are body text even without a full stop
_MARKDOWN = re.compile(r"#{1,6}\s+(?P<heading>\S.*?)(?:\s#+)?|\*\*(?P<bold>[^*]+)\*\*")
_SECOND = re.compile(r"[—─–―-]{1,3}\s*\S")
_NUMBER = re.compile(
    rf"\W{{0,3}}(?:(?:part|no|vol|第)[.\s]*)?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}}|[①-⑳])\W{{0,3}}", re.IGNORECASE
)
_LETTERS = ("Lo", "Lu", "Ll")
_ASCII = re.compile(r"[\x20-\x7e]")
_CRY = re.compile(r"[！？!?]+")
_REPORT = re.compile(r"(?:报道|報道|報導|讯|訊|电|電|消息)$")


@dataclass(frozen=True, slots=True)
class Line:
    """What one paragraph looks like.

    Attributes:
        kind: what it would be by its looks; a title line may become a heading, a subheading or body text.
        mark: how it is marked as a beginning, "" if it is not; body text may be marked too (`【标题】正文……`).
        title: the text of the title without its marks, "" if there is none, as of a number on a line of its own.
        asks: it is a title line that ends in a question or exclamation mark.
        second: it is a title line that belongs under another (`——走进……`).
        opens: it is or begins with a dateline, or is a byline, as the first paragraph of a news story may.
        closes: it ends with the reporter's name or "(完)", as the last paragraph of a news story does.
        under: it is a byline or notice right under a title line.
        divides: it is a row of signs, as between stories (`* * *`).
        certainty: how sure the kind is by the looks alone, from 0 to 1.
    """

    kind: Kind
    mark: Mark = ""
    title: str = ""
    asks: bool = False
    second: bool = False
    opens: bool = False
    closes: bool = False
    under: bool = False
    divides: bool = False
    certainty: float = 0.95


def read_lines(texts: Sequence[str]) -> list[Line]:
    """What the paragraphs of an article look like, read with what stands before them.

    Bylines and notices that stand over their stories do not close any; a dash begins a second title line only under
    a title line, and not if most lines with a dash stand elsewhere, as headings do.
    """
    counted = in_sequence(texts)
    lines = [read_line(text, i in counted) for i, text in enumerate(texts)]
    for i in _name_lines(texts, lines):
        lines[i] = Line("byline", closes=True, certainty=0.85)
    told = [i for i, line in enumerate(lines) if line.kind != "notice"]
    before_stories = bool(told) and lines[told[0]].kind == "byline" and lines[told[-1]].kind != "byline"
    dashed = [i for i, line in enumerate(lines) if line.second]
    bullets = 2 * sum(i > 0 and lines[i - 1].kind == "title" for i in dashed) < len(dashed)
    for i, line in enumerate(lines):
        titled = i > 0 and (lines[i - 1].kind == "title" or lines[i - 1].under)
        if line.kind in ("byline", "notice") and not line.divides and titled:
            lines[i] = replace(line, closes=False, opens=False, under=True)
        elif line.kind == "byline" and before_stories:
            lines[i] = replace(line, closes=False, opens=True)
        elif line.second and (bullets or not titled):
            lines[i] = replace(line, second=False)
    return lines


def _name_lines(texts: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """Lines of names alone right after text or under a title line: bylines, unless the text after tells of the people.

    A list of people (one a line) has none.
    """
    people = [named_people(simplify(text)) if len(text) <= _LONGEST_TITLE else [] for text in texts]
    found = []
    for i, names in enumerate(people):
        before, after = lines[i - 1] if i else None, lines[i + 1] if i + 1 < len(lines) else None
        listed = any(people[max(i - 1, 0) : i]) or any(people[i + 1 : i + 2])
        if not names or listed or before is None or before.kind not in ("title", "body", "caption"):
            continue
        told = after is not None and after.kind == "body" and any(name in texts[i + 1] for name in names)
        if not told and (before.kind != "title" or (after is not None and after.kind == "body")):
            found.append(i)
    return found


def read_line(text: str, counted: bool = False) -> Line:
    """Tells what a paragraph looks like; `counted` if its number goes on that of a line before or after it."""
    if markdown := _MARKDOWN.fullmatch(text):
        text = markdown["heading"] or markdown["bold"]
    if not any(character.isalnum() for character in text):
        return Line("notice", closes=True, divides=True)
    plain = simplify(text)
    if len(text) <= _LONGEST_PARATEXT and (about := _read_paratext(plain)):
        return about
    if _NUMBER.fullmatch(text):
        return Line("title", "1.")
    marked = _split_title(text, counted)
    mark, title, rest = marked.mark, marked.title, marked.rest
    opens, closes = has_dateline(plain), ends_with_credit(plain)
    if opens or closes:
        return Line("body", opens=opens, closes=closes)
    if not rest and _is_title(title):
        asks = title.rstrip("”」』")[-1:] in tuple("？！?!")
        second = _SECOND.match(title) is not None
        return Line("title", mark, title.strip(), asks, second, certainty=0.95 if mark else 0.7 if asks else 0.85)
    if mark == "bracket" and rest:
        return Line("body", mark, title.strip())
    return Line("body", "" if mark == "bar" else mark, certainty=0.98 if len(text) > _LONGEST_TITLE else 0.85)


def _read_paratext(text: str) -> Line | None:
    """What a line in simplified characters looks like if it is about the text, not of it."""
    if is_notice(text):
        return Line("notice", closes=is_end(text))
    if is_caption(text):
        return Line("caption")
    if is_byline(text):
        opens = opens_story(text)
        return Line("byline", opens=opens, closes=not opens)
    return None


def _split_title(text: str, counted: bool) -> Marked:
    """The mark, the title after it, and the text that runs on after a title in brackets."""
    marked = split_mark(text, counted)
    if marked.mark == "bracket" and _REPORT.search(marked.title):
        return Marked("", text)
    if marked.rest and _is_title(marked.rest) and len(marked.title) + len(marked.rest) <= _LONGEST_TITLE:
        return Marked(marked.mark, f"{marked.title} {marked.rest}")
    return marked


def width(text: str) -> float:
    """The characters of a text, ASCII ones counting half."""
    return len(text) - len(_ASCII.findall(text)) / 2


def _is_title(text: str) -> bool:
    if len(text) < 2 or width(text) > _LONGEST_TITLE or not any(unicodedata.category(c) in _LETTERS for c in text):
        return False
    inner = text.rstrip("”」』\"'")
    last = inner[-1:]
    if last in tuple("。；;，,、：:…—.") or re.search(r"[。；;]", inner) or len(_CRY.findall(inner[:-1])) > 1:
        return False
    return not (last in tuple("！？!?") and (width(text) > 28 or text[-1:] not in tuple("！？!?")))
