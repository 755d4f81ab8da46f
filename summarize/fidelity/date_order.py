"""Dates in each other's clauses: 11月28日开幕，12月5日闭幕 as "opened on December 5 and closed on November 28".

Both dates arrive then, so that nothing else of the check sees it. Only dates in the other order are told, where no word
of the English tells why, which none of 14,000 human and machine translations of news has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarize.fidelity.exchange import FRONTED
from summarize.fidelity.wording import Place
from summarize.grounding.item import Item

_NUMERAL = re.compile(r"[\d一二三四五六七八九十]")
_PREPOSITION = re.compile(r"\b(?:on|in|at)\s(?:the\s(?:\w+\s){1,2}of\s)?$", re.IGNORECASE)
# English may tell the later one first.
_BACK = re.compile(
    r"\b(?:after|before|since|from|by|until|till|following|than|compared|having|had|who|which|whose|where|when|that|as|"
    r"because|although|though|while|if|between|over|earlier|previous\w*|of)\b",
    re.IGNORECASE,
)
# The project, due to be completed in August next year, began in June.
_ASIDE = re.compile(r", (?:(?:due|scheduled|expected|slated|set) (?:to|for)|which|who)\b[^.;]*$", re.IGNORECASE)


def exchanged_dates(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Item, Place]]:
    """Pairs of dates that changed places, with the place of the first in the English.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    rows = sorted((row for row in arrived if row[0].kind in ("date", "time")), key=lambda row: row[0].start)
    return [
        (first, second, place)
        for (first, place), (second, before) in pairwise(rows)
        if before[1] <= place[0]
        and _is_alike(first.zh, second.zh)
        and all(len(re.findall(rf"(?<!\d){re.escape(item.zh)}", source)) == 1 for item in (first, second))
        and all(target.count(target[slice(*each)]) == 1 for each in (place, before))
        and not _BACK.search(target[before[1] : place[0]])
        and not _ASIDE.search(target[: before[0]])
        and not FRONTED.search(_PREPOSITION.sub("", target[: before[0]]))
    ]


def _is_alike(one: str, other: str) -> bool:
    """Whether two dates name the same, a month, year, day or hour, by its number; not 本周 or 去年."""
    units = {next((unit for unit in "月年日号时点" if unit in zh), "") for zh in (one, other)}
    return len(units) == 1 and units != {""} and all(_NUMERAL.search(zh) for zh in (one, other))
