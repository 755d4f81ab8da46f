"""Places in lists whose last words say what they are: 黎平、凌云、江永等县, 马营、陇川等5个乡镇."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.pinyin import spell
from summarize.grounding.place_english import with_umlaut_variants
from summarize.grounding.tagger import Token, is_aligned, is_word, token_at

_OF_TOWNS = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})+)等[一二三四五六七八九十\d]*个?"
    "(?:乡镇|镇街|镇|乡|村|社区|街道|县区|县市|区县|县(?![级域委直处局]))"
)
_OF_DIVISIONS = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,9}?){1,40})(?:等(?:[一二三四五六七八九十\d]*个?)|[两三四五六七八九十\d]+个?)"
    "(?:[市区旗]县|县(?![级域委直处局城长])|地(?![方区段块质铁产面位下被标理形])|旗(?![帜袍])|市(?![场民值政委长容井面价])|区(?![域间位别分块]))"
)
_AND = re.compile("以及|[和及与]")


def find_listed(text: str, tokens: Sequence[Token]) -> list[Item]:
    """Names without a generic part whose list says what they are: 马营、陇川等5个乡镇."""
    items: list[Item] = []
    for match in _OF_TOWNS.finditer(text):
        for name in re.finditer("[\u4e00-\u9fff]+", match["names"]):
            end = match.start() + name.end()
            last = token_at(tokens, end - 1)
            start = max(match.start() + name.start(), last.start)
            zh = text[start:end]
            unknown = 1 < len(zh) < 4 and (last.tag == "LOC" or not is_word(zh)) and zh[-1] not in "省市县区镇乡村街"
            if unknown and is_aligned(tokens, start, end):
                items.append(Item("place", start, end, zh, with_umlaut_variants([spell(zh)])))
    return items


def listed_divisions(text: str, tokens: Sequence[Token], names: Sequence[Item]) -> list[Item]:
    """Counties and cities by their short names, also those that are everyday words or names of people elsewhere.

    Args:
        text: a passage in simplified characters.
        tokens: its words.
        names: the places and organisations that are found already; a division within a longer one is left out.
    """
    items: list[Item] = []
    for match in _OF_DIVISIONS.finditer(text):
        parts = list(re.finditer("[^、]+", match["names"]))
        spans = [
            (match.start() + part.start() + start, match.start() + part.start() + end)
            for index, part in enumerate(parts)
            for start, end in _divisions_of(part[0], first=index == 0)
        ]
        spans = [span for span in spans if token_at(tokens, span[0]).start == span[0]]
        if len(spans) < max(2, len(parts) / 2):
            continue
        for start, end in spans:
            zh = text[start:end]
            if division := exonyms.divisions_by_specific().get(zh):
                usual = exonyms.places().get(zh, ()) if division.level != "county" else ()  # 西藏
                english = usual or with_umlaut_variants([division.english, division.full])
                items.append(Item("place", start, end, zh, english))
    longer = [name for name in names if name.kind in ("place", "organisation")]
    return [
        item
        for item in items
        if not any(i.start <= item.start and item.end <= i.end and i.end - i.start > len(item.zh) for i in longer)
    ]


def _divisions_of(name: str, *, first: bool) -> Iterator[tuple[int, int]]:
    """Where divisions stand in one part of a list, which may have words before its first name and "and" in its last."""
    if _is_division(name):
        yield 0, len(name)
        return
    for joint in _AND.finditer(name):
        if _is_division(name[: joint.start()]) and _is_division(name[joint.end() :]):
            yield 0, joint.start()
            yield joint.end(), len(name)
            return
    start = next((start for start in range(1, len(name) - 1) if _is_division(name[start:])), 0) if first else 0
    if start:
        yield start, len(name)


def _is_division(name: str) -> bool:
    return name in exonyms.divisions_by_specific() or name in exonyms.divisions()
