"""Whether something is more or less by a number: 减少213起 is not "213 more", 多花10元 not "10 yuan less".

The number arrives in both cases, so that nothing else of the check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.wording import Place
from summarize.grounding.item import Item
from summarize.traditional import simplify

_SAID = re.compile(
    r"(?:(?P<more>增加|高出?|多出?|超出|上升|提高|增长|(?<![\d十百千万亿])多[^\W\d]{1,2})|"
    r"(?P<less>减少|(?<![至最不多缺])少[^\W\d]{0,2}|低|下降|降低))(?:了|至少|约|近|超过|将近|整整)*$"
)
_WRITTEN = re.compile(
    r"[^,.;:!?()\d]{0,30}?\b(?P<word>(?P<more>more|higher|greater|larger)|(?P<less>fewer|less|lower|smaller))\b"
    r"(?! and more)"
)


def other_differences(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place, str]]:
    """Numbers by which something is less for more or more for less, the place of that word, and the right one.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    text = simplify(source)
    found = []
    for item, (_, end) in arrived:
        if item.kind != "number":
            continue
        said = _SAID.search(text, max(0, item.start - 12), item.start)
        written = _WRITTEN.match(target, end)
        if said and said.lastgroup and written and written[said.lastgroup] is None:
            found.append((item, written.span("word"), said.lastgroup))
    return found
