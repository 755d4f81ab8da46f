"""What a report opens with, written by rule: 新华社合肥11月28日电（记者 陈诺）, 本报讯（记者 王磊）, 记者王磊报道."""

from __future__ import annotations

import re

from summarize.grounding.bylines import outlet_english, render_byline
from summarize.grounding.origin import HAN
from summarize.traditional import simplify

_JOB = "记者|通讯员|实习生"
_CREW = rf"[（(【](?=[^（）()]{{0,12}}(?:{_JOB}))[^（）()【】]{{3,60}}[）)】]"
_DATELINE = re.compile(
    rf"\s*(?:据)?(?P<line>[{HAN}]{{2,12}}\s?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:电|讯|消息))\s*(?P<crew>{_CREW})?"
    r"[\s:：，,]*"
)
_OWN = re.compile(rf"\s*[【（(]?本[报网刊台]讯[】）)]?(?:\s*(?P<crew>{_CREW})[\s:：，,]*|[\s:：，,]+)")
_OUTLET = re.compile(rf"\s*(?P<line>[{HAN}]{{2,14}})[讯电]\s*(?P<crew>{_CREW})[\s:：，,]*")
_FILED = re.compile(rf"\s*(?P<crew>[{HAN}]{{0,12}}(?:{_JOB})[^，。：:；]{{2,40}}?)\s*(?:摄影)?(?:报道|报导)\s*[:：]\s*")


def render_lead_in(text: str) -> tuple[str, int] | None:
    """The English of what a paragraph opens with, and how many characters that is; None if a part is not sure.

    The English is "" for 本报讯 alone, which says only that the paper itself reports.
    """
    simplified = simplify(text)
    for pattern, render in (
        (_DATELINE, render_byline),
        (_OWN, render_byline),
        (_OUTLET, outlet_english),
        (_FILED, render_byline),
    ):
        match = pattern.match(simplified)
        if match is None or match.end() >= len(text):
            continue
        line, crew = match.groupdict().get("line"), match["crew"]
        english = [*([render(line)] if line else []), *([render_byline(crew)] if crew else [])]
        if all(english):
            return " ".join(filter(None, english)), match.end()
    return None
