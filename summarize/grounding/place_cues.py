"""Cities and counties that are everyday words or people's names too, told by what follows: 日照警方, 高平籍."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.tagger import Token, token_at
from summarize.grounding.untagged_names import follows_title

_CUE = re.compile("警方|公安(?!部)|[交巡特刑]警|消防|法院|检方|检察|海关|籍(?!贯)|城区")
_CITIZENS = "市民"  # of a city only
_LONGEST = 11  # characters of a name without its generic part


def places_before_cues(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the known names of divisions directly before such a word, the longest of each."""
    for match in re.finditer(f"{_CUE.pattern}|{_CITIZENS}", text):
        end = match.start()
        for start in range(max(0, end - _LONGEST), end - 1):
            if is_before_cue(text, start, end):
                yield start, end
                break


def is_before_cue(text: str, start: int, end: int) -> bool:
    """Whether a name of a division stands directly before a word that says that it is one."""
    name = text[start:end]
    division = exonyms.divisions_by_specific().get(name)
    if division is None or name in exonyms.places() or name in exonyms.everyday("never a place"):
        return False
    if text.startswith(_CITIZENS, end):
        return division.name.endswith("市")
    return _CUE.match(text, end) is not None and name not in exonyms.everyday("not before bodies")


def with_places(
    text: str, tokens: Sequence[Token], spans: Sequence[tuple[int, int]], named: Collection[str]
) -> list[Token]:
    """The words of a passage, each such name as one word and a place, also where the tagger takes it for a person.

    Args:
        text: the passage in simplified characters.
        tokens: its words.
        spans: where names stand before such a word in it.
        named: the names that stand so anywhere in the article.
    """
    words = [
        replace(token, tag="LOC")
        if token.tag == "PER" and token.text in named and not follows_title(text, token.start)
        else token
        for token in tokens
    ]
    for start, end in spans:
        if token_at(words, start).start != start:
            continue
        last = token_at(words, end - 1)
        rest = [replace(last, start=end, text=text[end : last.end])] if last.end > end else []
        place = Token(start, end, text[start:end], "LOC")
        first = next(index for index, word in enumerate(words) if word.start == start)
        words[first : words.index(last) + 1] = [place, *rest]
    return words
