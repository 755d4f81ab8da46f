"""Railways and expressways that are called after their ends, a character for each city: 通苏嘉甬高铁, 连淮扬镇铁路."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.place_english import LINES, line_english, with_umlaut_variants
from summarize.grounding.tagger import Token

_BETWEEN = re.compile(
    f"(?P<first>[\u4e00-\u9fff]{{2,4}})[至到](?P<last>[\u4e00-\u9fff]{{2,4}}?)(?P<generic>高速铁路|{'|'.join(LINES)})(?![出行站])"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    whole = sorted((ends for ends in exonyms.lines() if len(ends) > 1), key=len, reverse=True)
    cities = "".join(end for end in exonyms.lines() if len(end) == 1)
    return re.compile(f"(?P<ends>{'|'.join(whole)}|[{cities}]{{2,4}})(?P<generic>{'|'.join(LINES)})")


def find_railway_lines(text: str, tokens: Sequence[Token]) -> list[Item]:
    """The lines of a passage, of kind "place"; none that begins within a word (山西/青银高速 has two ends)."""
    found = []
    pattern = _pattern()
    for token in tokens:
        match = pattern.match(text, token.start)
        if match and (line := line_english(match["ends"])):
            english = (*(f"{line} {form}" for form in exonyms.generics()[match["generic"]]), line)
            found.append(Item("place", match.start(), match.end(), match[0], english))
        elif between := _line_between(text, token.start):
            found.append(between)
    return found


def _line_between(text: str, start: int) -> Item | None:
    """贵阳至黄平高速公路: a line by the names of its ends."""
    match = _BETWEEN.match(text, start)
    if match is None:
        return None
    divisions = exonyms.divisions_by_specific()
    ends = [divisions.get(name) or exonyms.divisions().get(name) for name in (match["first"], match["last"])]
    names = [end.english for end in ends if end is not None]
    if len(names) < 2:
        return None
    forms = exonyms.generics()[match["generic"].replace("高速铁路", "高铁")]
    english = [f"{joint.join(names)} {form}" for form in forms for joint in ("-", " to ")]
    english += [f"{form} from {names[0]} to {names[1]}" for each in forms for form in (each, each.lower())]
    return Item("place", match.start(), match.end(), match[0], with_umlaut_variants(english))
