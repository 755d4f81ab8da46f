"""One place of a chain of places, and what all that look for places share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.tagger import Token, token_at

NAME_TAGS = ("LOC", "ORG", "PER", "nz", "nw", "s")
NOT_IN_NAMES = frozenset(("v", "p", "u", "d", "c", "r", "w", "q", "xc", "t", "TIME"))
DIVISION_GENERICS = ("镇", "乡", "街道", "村", "县", "市", "区", "苏木", "嘎查")
BEGIN_VILLAGES = frozenset("等那者喊")  # where the tagger leaves a village of one syllable after them


@dataclass(frozen=True, slots=True)
class Unit:
    """One place in a chain: its span, its English with variants, and whether it is a division of China.

    `short` is the English without the generic part (Baoying for Baoying County), "" if it never goes without.
    """

    start: int
    end: int
    english: tuple[str, ...]
    short: str
    chinese: bool
    rank: int  # 0 a province, 1 a prefecture, 2 a county, 3 a town, 4 a village, 5 a park or street, 9 none of these

    @property
    def shortest(self) -> str:
        """Baoying for Baoying County, but Shanxian County, which never goes without."""
        return self.short or self.english[0]


def text_of(text: str, units: Sequence[Unit]) -> str:
    """What a chain of places covers of a text, "" if there is none."""
    return text[units[0].start : units[-1].end] if units else ""


@lru_cache(maxsize=1)
def generics() -> tuple[str, ...]:
    """The generic parts, the longest first."""
    return tuple(sorted(exonyms.generics(), key=len, reverse=True))


def may_end(tokens: Sequence[Token], end: int) -> bool:
    """True where a name may end: at the end of a word, or inside a word that is a name itself."""
    last = token_at(tokens, end - 1)
    return last.end == end or last.tag in ("LOC", "ORG")
