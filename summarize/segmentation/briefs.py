"""Articles of briefs: paragraphs that each begin a story, as the same sign or the next number stands before each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from summarize.punctuation import BARS
from summarize.segmentation.front_matter import is_lead, names_roundup
from summarize.segmentation.marks import BULLETS, CIRCLED, NUMERAL, read_number, split_mark
from summarize.segmentation.roles import Line
from summarize.traditional import simplify

_LEAST = 3  # so many paragraphs alike are no chance
_NUMBERED = re.compile(
    rf"(?P<before>\W{{0,2}}(?:[\u3400-\u9fff]{{0,2}}|no[.．]?|part)\s?)"
    rf"(?:(?P<number>\d{{1,2}}|[{NUMERAL}]{{1,3}})(?P<after>[^\w.．]|[{BARS}]|[.．](?!\d)|[条條则則]\W)|(?P<sign>[{CIRCLED}Ⅰ-Ⅻ]))",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[^\w\s“‘「『（(《〈【]+(?=\s*\S)")
_TIME = re.compile(r"(?P<name>\d{1,2}[:：]\d{2})(?!\d)")
_MEDIUM = re.compile(r"《(?P<name>[^》]{2,14})》\s?[:：]")
_PLACE = re.compile(r"(?P<name>[\u3400-\u9fff]{2,8})[:：](?!.{0,20}[？?]$)")
# 时间：, 地点： and the like are no stories but tell of one event.
_EVENT = re.compile(r"时间|日期|地[点址]|票价|电话|主办|承办|对象|费用|报名|联系|内容|方式|路线|嘉宾")


def briefs(texts: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """The paragraphs that begin stories if the article is one of briefs, else none.

    All paragraphs of text are marked alike then, but for a lead before and a word of farewell after them. An article
    whose title does not say that several stories follow may be one story told in points.
    """
    openings = {i: opening for i, text in enumerate(texts) if (opening := _opening(text))}
    bodies = [i for i, line in enumerate(lines) if line.kind == "body" and not is_lead(texts[i])]
    if not bodies or bodies[0] not in openings:
        return []
    style = openings[bodies[0]][0]
    alike = [i for i, (other, _) in openings.items() if other == style and lines[i].kind in ("body", "title")]
    plain = sorted(set(bodies).difference(alike))
    names = [openings[i][1] for i in alike]
    if len(alike) < _LEAST or plain not in ([], [bodies[-1]]) or alike[0] > bodies[0]:
        return []
    before = [i for i in range(alike[0]) if lines[i].kind in ("title", "body")]
    announced = any(names_roundup(texts[i]) or is_lead(texts[i]) for i in before)
    if (before and not announced) or not _goes_on(style, names) or (style == "place" and not before):
        return []
    over = ("caption", "byline")  # above each brief rather than below it
    above = all(i > 0 and lines[i - 1].kind in over for i in alike) and lines[-1].kind not in over
    return [i - 1 for i in alike] if above else alike


def _goes_on(style: str, names: Sequence[str]) -> bool:
    """Whether numbers count up, from one or again from one, and times and places differ."""
    if style.startswith("number"):
        numbers = [int(name) for name in names]
        return numbers[0] in (0, 1) and all(b in (a + 1, 1) for a, b in pairwise(numbers))
    if style in ("time", "place"):
        return len(set(names)) == len(names) and not any(_EVENT.search(simplify(name)) for name in names)
    return True


def _opening(text: str) -> tuple[str, str] | None:
    """How a paragraph is marked at its beginning, and the number or name there."""
    for style, pattern in (("time", _TIME), ("medium", _MEDIUM)):
        if match := pattern.match(text):
            return style, match["name"]
    if match := _NUMBERED.match(text):
        number = read_number(match["number"] or match["sign"])
        if number is not None:
            return f"number {match['before'].lower()} {match['after'] or ''}", str(number)
    if match := _PLACE.match(text):
        return "place", match["name"]
    if split_mark(text).mark == "bracket":
        return "bracket", ""
    if match := _SIGNED.match(text):
        pictogram = unicodedata.category(text[0]) == "So" and text[0] not in BULLETS
        return "pictogram" if pictogram else f"sign {match.group()}", ""
    return None
