"""The words of a passage: those of the tagger, two names that it takes for one (孟加拉国达卡) cut where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.tagger import Token, tag


def words_of(text: str) -> list[Token]:
    """The tagged words of a text in simplified characters and Chinese marks."""
    return [word for token in tag(text) for word in _parted(token)]


def _parted(token: Token) -> Iterator[Token]:
    """A foreign place and what stands in it: 孟加拉国/达卡, 阿曼/马斯喀特, 海牙/国际刑事法院."""
    place = _first_place(token)
    if place:
        middle = token.start + len(place)
        yield replace(token, end=middle, text=place, tag="LOC")
        rest = token.text[len(place) :]
        yield from _parted(replace(token, start=middle, text=rest, tag="ORG" if token.tag == "ORG" else "LOC"))
    else:
        yield token


def _first_place(token: Token) -> str:
    """The foreign place that a word begins with, if the rest of it is a name of the tables too."""
    text = token.text
    if token.tag not in ("LOC", "PER", "ORG") or len(text) < 4 or _is_known(text):
        return ""
    cuts = (cut for cut in range(len(text) - 2, 1, -1) if text[:cut] in exonyms.foreign_places())
    return next((text[:cut] for cut in cuts if _is_known(text[cut:], body=token.tag == "ORG")), "")


def _is_known(name: str, *, body: bool = False) -> bool:
    if name in exonyms.organisations():
        return True
    city = name[:-1] if name[-1] in "市州省" and len(name) > 3 else name
    return not body and (name in exonyms.foreign_places() or city in exonyms.foreign_places())
