"""Typhoons by their names, most of which are everyday words (银杏, 海燕): known after 台风, then in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.punctuation import CLOSING_QUOTES, OPENING_QUOTES
from summarize.traditional import simplify

_CLASSES = {"超强台风": "Super Typhoon", "强台风": "Severe Typhoon", "台风": "Typhoon"}


def find_typhoons(passages: Sequence[str]) -> list[list[Item]]:
    """The typhoons of each passage of an article.

    台风“银杏” is Typhoon Yinxing, and “银杏” alone is Yinxing in an article that names the typhoon.
    """
    plain = [simplify(passage) for passage in passages]
    first = [list(_classed().finditer(text)) for text in plain]
    names = {match["name"] for matches in first for match in matches}
    if not names:
        return [[] for _ in passages]
    again = re.compile(rf"(?<!台风)[{OPENING_QUOTES}](?P<name>{'|'.join(sorted(names))})[{CLOSING_QUOTES}]")
    found = [
        sorted([*matches, *again.finditer(text)], key=re.Match.start)
        for matches, text in zip(first, plain, strict=True)
    ]
    return [[_item(match, passage) for match in matches] for matches, passage in zip(found, passages, strict=True)]


@lru_cache(maxsize=1)
def _classed() -> re.Pattern[str]:
    names = "|".join(sorted(exonyms.typhoons(), key=len, reverse=True))
    quoted = rf"[{OPENING_QUOTES}](?=(?:{names})[{CLOSING_QUOTES}])"
    return re.compile(
        rf"(?P<class>{'|'.join(_CLASSES)})(?P<quoted>{quoted})?(?P<name>{names})(?(quoted)[{CLOSING_QUOTES}])"
    )


def _item(match: re.Match[str], passage: str) -> Item:
    name = exonyms.typhoons()[match["name"]][0]
    kind = match.groupdict().get("class")
    forms = [f"{_CLASSES[kind]} {name}", f"Typhoon {name}", name] if kind else [name]
    return Item("term", match.start(), match.end(), passage[match.start() : match.end()], tuple(dict.fromkeys(forms)))
