"""Whether a number counts all or only the others: 孙大勇等23名工人 are 23 workers, not Sun Dayong and 23 others.

The number arrives in both cases, so that nothing else of the check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.fidelity.wording import Place
from summarize.grounding.item import Item

_IN_ALL = re.compile("等(?:一行|共)?$")
_BESIDES = re.compile(r"\b(?:and|plus|with)\s+(?:the\s+)?$", re.IGNORECASE)
_OTHERS = re.compile(r"\s+(?:other|more|others)\b", re.IGNORECASE)


def others_counted(source: str, target: str, arrived: Sequence[tuple[Item, Place]]) -> list[tuple[Item, Place]]:
    """The numbers that count those named before them too, where the English counts them besides, with their places.

    Args:
        source: a Chinese passage.
        target: its English.
        arrived: the items of the passage that arrived, with their places in the English.
    """
    return [
        (item, (start, end))
        for item, (start, end) in arrived
        if item.kind == "number"
        and _IN_ALL.search(source[: item.start])
        and _BESIDES.search(target[:start])
        and _OTHERS.match(target, end)
    ]
