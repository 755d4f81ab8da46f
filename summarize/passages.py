"""A text is translated in passages: what each holds, and how their English becomes one text again.

A quotation of several sentences may go on from passage to passage. Models lose or turn marks that they see only one
half of, so such a passage gets the other half, and the marks between two passages are taken out of the English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.article import Span, strip
from summarize.grounding import Item
from summarize.grounding.item import items_within, moved

_QUOTATION = re.compile("“[^“”]*”|「[^「」]*」")

_SENTENCE_END = re.compile(r"[.!?:…][\"')\]]*$")
_FUNCTION_WORD = re.compile(
    r"(?:The|An?|In|On|At|To|And|But|Or|It|Its|They|Their|He|She|This|These|That|There|With|For|Of|As|By|From|When|While|"
    r"After|Before|Which|Who|Where|Some|All|More|Also)\b"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The Chinese of one request.

    Attributes:
        zh: the text; both marks of a quotation are there even if the article has one elsewhere.
        items: what it says for certain, with offsets into `zh`.
        continues: whether it begins within the quotation that the passage before ended in.
    """

    zh: str
    items: Sequence[Item]
    continues: bool = False


def cut(text: str, items: Sequence[Item], spans: Sequence[Span]) -> list[Passage]:
    """The parts of a text that are not blank as passages."""
    quotations = list(_QUOTATION.finditer(text))
    passages = []
    for span in (strip(text, span.start, span.end) for span in spans):
        if span.end == span.start:
            continue
        opening = _mark_around(quotations, span.start, 0)
        closing = _mark_around(quotations, span.end, -1)
        held = items_within(items, span.start, span.end)
        if opening:
            held = [moved(item, 1) for item in held]
        passages.append(Passage(opening + text[span.start : span.end] + closing, held, bool(opening)))
    return passages


def _mark_around(quotations: Sequence[re.Match[str]], position: int, which: int) -> str:
    """The first or last mark of the quotation that a position lies within, "" if none."""
    return next((q[0][which] for q in quotations if q.start() < position < q.end() - 1), "")


def join(passages: Sequence[Passage], english: Sequence[str]) -> str:
    """The English of passages as one text. Its quotations are in straight marks."""
    text = ""
    for passage, en in zip(passages, english, strict=True):
        if text and en and passage.continues:
            text, en = _without_marks_between(text, en)
        text = f"{text} {en if _SENTENCE_END.search(text) else _within(en)}" if text and en else text + en
    return text


def _within(en: str) -> str:
    """English that goes on with a sentence, without the capital letter of a word that has none there."""
    return en[0].lower() + en[1:] if _FUNCTION_WORD.match(en) else en


def _without_marks_between(text: str, en: str) -> tuple[str, str]:
    """Two parts of a text between which a quotation goes on, without marks that close and open it there."""
    if text.count('"') % 2 == 0 and text.endswith('"'):
        text = text[:-1]
    if text.count('"') % 2:
        return text, en.removeprefix('"')
    # The first part does not end in the quotation: what the other says of it needs both marks.
    return text, f'"{en}' if en.count('"') % 2 else en
