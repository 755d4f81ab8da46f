"""Whether something was before or after a date or a time: 晚上八点以后 is "after 8 p.m.", not "before 8 p.m.", and
三年前 "three years ago", not "three years later", 起飞前30分钟 not "30 minutes after takeoff".

The time itself arrives in both cases, so that nothing else of the check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.wording import Place
from summarize.grounding.item import Item
from summarize.grounding.moment import order_after

_WRITTEN = re.compile(
    r"\b(?:(?P<before>before|prior to|until|till)|(?P<after>after|following|since))\s+"
    r"(?:the\s+)?(?:(?:end|beginning|start|middle) of\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile("起(?![到来至伏])|开始|開始")
_NEGATED = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|\w+n[’']t)\b[^.;!?]*\b(?:until|till)\s+(?:the\s+)?$", re.IGNORECASE
)
_SPAN = re.compile("[年月周天日时時钟鐘期]$")
_AGO_ZH = re.compile("(?P<ago>以前|之前|前)|(?P<later>以后|以後|之后|之後|后|後)")
# 起飞前30分钟, 饭后两小时; but 此前两年, 比赛的前30分钟
_BEFOREHAND_ZH = re.compile(
    "(?<=[一-鿿])(?<![之以目先此从日生空的在最今往随年天前后後])(?:(?P<ago>前)|(?P<later>后|後))$"
)
_AGO_EN = re.compile(
    r"\s*(?:years?|months?|weeks?|days?|hours?|minutes?)?\s*"
    r"\b(?P<word>(?P<ago>ago|earlier|before|previously)|(?P<later>later|after|afterwards|from now))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\d|\b(?!Before|After|Until|Since)[A-Z]")


def mixed_order(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, str]]:
    """The dates, times and spans with "before" for "after" or the like, the place of that word, and the right one.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    found = []
    for item, (start, end) in arrived:
        if item.kind == "number" and _SPAN.search(item.zh):
            of_something = _BEFOREHAND_ZH.search(source, 0, item.start)
            said = _AGO_ZH.match(source, item.end) or of_something
            word = _AGO_EN.match(target, end)
            if said and said.lastgroup and word and word[said.lastgroup] is None:
                right = {"ago": "before", "later": "after"}[said.lastgroup] if said is of_something else said.lastgroup
                found.append((item, word.span("word"), right))
            continue
        wanted = _order_said(source, item)
        name = _NAME.search(target, start, end)  # the place may begin with words before the date itself
        before = target[: name.start()] if name and wanted else ""
        written = _WRITTEN.search(before) or (_WRITTEN.search(target[:start]) if wanted else None)
        if wanted != "before" and _NEGATED.search(before):
            continue  # 八点以后才回家: he does not come home until eight
        if written and written.lastgroup != ("before" if wanted == "before" else "after"):
            found.append((item, written.span(written.lastgroup or 0), wanted))
    return found


def _order_said(source: str, item: Item) -> str:
    """What goes before a date or time: since, after or before, and from if something begins then."""
    if item.kind not in ("date", "time"):
        return ""
    return order_after(source, item.end)[0] or ("from" if _FROM.match(source, item.end) else "")
