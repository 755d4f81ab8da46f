"""Whether yesterday, today and tomorrow stayed what they were: 昨天 is not "today".

Papers say the date instead, so a day that is left out is not missed; only another one in its place is told.
"""

from __future__ import annotations

import re

from summarize.fidelity.wording import Place
from summarize.traditional import simplify

_SAID = {
    "yesterday": re.compile("昨|前一[天日]"),
    "today": re.compile("今|[当即本]日|当天|目前|现在|当下|眼下"),
    "tomorrow": re.compile("明[天日早晚晨起]|翌日|次日|第二天|隔天|后一天"),
}
_DAY = re.compile("[昨今明][天日早晚晨]|[前后]天")
_WRITTEN = re.compile(r"(?<!before )(?<!after )\b(?P<day>yesterday|today|tomorrow)\b(?!['’]s)", re.IGNORECASE)


def other_days(source: str, target: str) -> list[Place]:
    """Where the English names a day that the Chinese, which names another one, does not."""
    source = simplify(source)
    if not _DAY.search(source):
        return []
    return [match.span() for match in _WRITTEN.finditer(target) if not _SAID[match["day"].lower()].search(source)]
