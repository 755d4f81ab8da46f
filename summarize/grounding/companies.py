"""Companies: a place, a name in pinyin, what it does, and its legal form (苏州恒远精密机械有限公司)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Literal

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.pinyin import spell
from summarize.grounding.place_unit import Unit
from summarize.grounding.places import read_chain
from summarize.grounding.tagger import Token, is_word, token_at

_LONGEST = 26  # characters before the legal form
_NOT_INSIDE = frozenset(("v", "p", "u", "d", "c", "r", "w", "m", "q", "xc", "TIME"))
_NEVER_IN_NAME = re.compile(
    r"局|铁路|中国|[的了在是和与及或从到向对把被将这那该本各每某等个位名为于由家某X×*]|[^\u4e00-\u9fff]"
)


@lru_cache(maxsize=2)
def _words(which: Literal["industry", "form"]) -> exonyms.Table:
    """The words for what a company does, or the legal forms."""
    return {zh: tuple(english.split("|")) for zh, kind, english in exonyms.rows("companies.tsv") if kind == which}


@lru_cache(maxsize=1)
def _form() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words("form"), key=len, reverse=True)))


def find_companies(text: str, tokens: Sequence[Token]) -> list[Item]:
    """The companies of a passage in simplified characters whose whole name can be read, in order."""
    items = []
    for match in _form().finditer(text):
        for start in _starts(tokens, match.start()):
            english = _read(text, tokens, start, match.start(), match[0])
            if english:
                items.append(Item("organisation", start, match.end(), text[start : match.end()], english))
                break
    return items


def _starts(tokens: Sequence[Token], form: int) -> list[int]:
    """Where the name may begin: words that can be in a name, the farthest first."""
    starts: list[int] = []
    position = form
    while position > 0 and form - position < _LONGEST:
        token = token_at(tokens, position - 1)
        named = token.tag in ("ORG", "LOC", "nz", "PER", "nw") or token.end > form
        if not named and (token.tag in _NOT_INSIDE and token.text not in _words("industry")):
            break
        if named or token.tag in ("n", "s", "a", "vn", "an"):
            starts.insert(0, token.start)
        position = token.start
    return starts


def _read(text: str, tokens: Sequence[Token], start: int, end: int, form: str) -> tuple[str, ...]:
    """The English of the name from `start` to its legal form at `end`; empty if a part of it is unknown."""
    chain = [unit for unit in read_chain(text, tokens, start) if unit.end <= end]
    if chain and chain[-1].end - chain[-1].start == 2 and text[chain[-1].end - 1] == "乡":
        chain.pop()  # 薯乡, the home of sweet potatoes
    for size in range(len(chain), -1, -1):
        units = chain[:size]
        if all(unit.chinese for unit in units):
            english = _compose(text[units[-1].end if units else start : end], units, form)
            if english:
                return english
    return ()


def _compose(name: str, units: Sequence[Unit], form: str) -> tuple[str, ...]:
    industries = _words("industry")
    work: list[str] = []
    while name:
        word = next((name[-n:] for n in range(min(6, len(name)), 1, -1) if name[-n:] in industries), None)
        if word is None:
            break
        work.insert(0, industries[word][0])
        name = name[: -len(word)]
    if _NEVER_IN_NAME.search(name) or len(name) == 1 or len(name) > 4:
        return ()
    if len(name) == 4 and is_word(name[2:]) and is_word(name[:2]):
        return ()  # two words, one of which says what it does
    if not (units and work) and (not name or is_word(name) or not (units or work)):
        return ()  # 水稻种植合作社 has no name of its own
    own = spell(name) if name else ""
    places = [unit.shortest for unit in units]
    forms_of = [
        " ".join(part for part in (*place, own, *work, legal) if part)
        for place, legal in product((places, places[-1:]), _words("form")[form])
    ]
    if units and own:
        forms_of += [" ".join(part for part in (own, *work, legal) if part) for legal in _words("form")[form]]
    return tuple(dict.fromkeys(forms_of))
