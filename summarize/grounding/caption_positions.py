"""Where a person stands in a picture: 右一 is "first from right", 后排左二 "back row, second from left"."""

from __future__ import annotations

import re

from summarize.grounding.english_numbers import ORDINALS
from summarize.grounding.item import Item
from summarize.traditional import simplify

_POSITION = re.compile(
    r"(?<=[（(、,，])\s*(?P<row>[前后中一二三四]排)?(?P<side>[左右])起?第?(?P<place>[一二三四五六七八九])[位人]?"
    r"(?=[）)、,，])"
)
_PLACES = dict(zip("零一二三四五六七八九", ORDINALS, strict=False))
_SIDES = {"左": "left", "右": "right"}
_ROWS = {"前": "front", "后": "back", "中": "middle", "一": "first", "二": "second", "三": "third", "四": "fourth"}


def find_positions(text: str) -> list[Item]:
    """The positions in brackets or lists of them, in order."""
    items = []
    for match in _POSITION.finditer(simplify(text)):
        start = match.end() - len(match.group().lstrip())
        zh = text[start : match.end()]
        items.append(Item("term", start, match.end(), zh, _english(match)))
    return items


def _english(match: re.Match[str]) -> tuple[str, ...]:
    place, side = _PLACES[match["place"]], _SIDES[match["side"]]
    english = [f"{place} from {side}", f"{place} {side}"]
    if match["place"] == "一":
        english += [f"far {side}", f"{side}most"]
    return tuple(f"{_ROWS[match['row'][0]]} row, {words}" if match["row"] else words for words in english)
