"""Where an English wording stands in a text, whatever its case, hyphens, apostrophes, accents, number or spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

Place = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset(
    {"a", "an", "the", "of", "for", "and", "in", "on", "to", "with", "by", "at", "from", "its", "their", "s"}
)
_BRITISH = (
    (re.compile(r"is(ation|ing|ed|es|er|e)$"), r"iz\1"),
    (re.compile(r"(?<=..)our(s|ed|ing|al|ite)?$"), r"or\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ogramme(s?)$"), r"ogram\1"),
    (re.compile(r"(def|off|lic)ence(s?)$"), r"\1ense\2"),
)
_IRREGULAR = {"children": "child", "people": "person", "persons": "person"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it is, without case and accents, and its stem."""

    start: int
    end: int
    plain: str
    stem: str
    capital: bool


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; hyphens and apostrophes divide words."""
    found = []
    for match in _WORD.finditer(text):
        plain = _plain(match.group())
        found.append(Word(match.start(), match.end(), plain, _stem(plain), match.group()[0].isupper()))
    return tuple(found)


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """The letters and digits of a text without case and accents: what two spellings of a name have in common."""
    return "".join(word.plain for word in words(text))


def last_end(edge: re.Pattern[str], text: str, end: int) -> int:
    """Where the last of such edges before `end` is over, or where the text begins."""
    return max((match.end() for match in edge.finditer(text, 0, end)), default=0)


def find_name(name: str, text: str) -> list[Place]:
    """Where a name stands, as whole words: "Xi'an" also as "Xian", "Wang Guojun" also as "WANG Guo-jun"."""
    wanted, places = squash(name), []
    if wanted not in squash(text):
        return []
    there = words(text)
    for first in range(len(there)):
        built = ""
        for last in range(first, len(there)):
            built += there[last].plain
            if built == wanted or built in (wanted + "s", wanted + "es"):
                places.append((there[first].start, there[last].end))
                break
            if not wanted.startswith(built):
                break
    return places if wanted else []


def find_phrase(phrase: str, text: str) -> Place | None:
    """Where a phrase stands, in any inflection and order of its words, a few other words between them.

    "Party building" is found in "builds the Party"; "the" and "of" are not looked for.
    """
    exact = find_name(phrase, text)
    if exact:
        return exact[0]
    wanted = [word.stem for word in words(phrase) if word.plain not in _IDLE]
    there = words(text)
    places = [(index, word.stem) for index, word in enumerate(there) if word.stem in wanted]
    for start in range(len(places)):
        missing = list(wanted)
        for index, stem in places[start:]:
            if index - places[start][0] > 2 * len(wanted) + 2:
                break
            if stem in missing:
                missing.remove(stem)
            if not missing:
                return there[places[start][0]].start, there[index].end
    return None


def share_of_words(phrase: str, text: str) -> float:
    """Which share of the content words of a phrase the text has, anywhere, in any inflection."""
    wanted = {word.stem for word in words(phrase) if word.plain not in _IDLE}
    return len(wanted & {word.stem for word in words(text)}) / len(wanted) if wanted else 0.0


def distance(first: str, second: str) -> int:
    """The Levenshtein distance, a swap of two neighbours counted as one change."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def overlaps(place: Place, others: Iterable[Place]) -> bool:
    """True if the place shares a character with one of the others."""
    return any(place[0] < end and start < place[1] for start, end in others)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _stem(word: str) -> str:
    """A crude stem, the same for British and American spelling; only stems are compared with stems."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, american in _BRITISH:
        if len(word) > 5:
            word = pattern.sub(american, word)
    if word.endswith("men") and len(word) > 4:
        word = word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif re.search(r"(ss|sh|ch|x|z)es$", word):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
