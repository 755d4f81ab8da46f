"""One spelling of a foreign name throughout an article: not Mickelson here and Michaelson there.

Names whose English nothing tells are spelled by the model, in every passage anew: of 67 such names that stood in
several paragraphs of the stories of roundups-dev the default model spelled 41 in more than one way. No spelling gets
right by this that is right nowhere; of 120 places where spellings differed 40 were right after it instead of 32.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from summarize.fidelity.sound import can_be_heard, likeness
from summarize.fidelity.wording import distance, squash, words
from summarize.grounding import Item, exonyms
from summarize.grounding.origin import name_parts
from summarize.traditional import simplify

_HEARD = 0.7  # likeness from which a word is taken for the name
_SHORTEST = 3  # characters; shorter parts of names sound like too much
_APART = 0.6  # share of letters in which two spellings of a name may differ
_OTHERS_NAME = 0.2  # how far a spelling is trusted that has characters of its own: Frank is 弗兰克, hardly 弗里克
_IN_COMPOUND = re.compile(r"[-‐–]\w|\w[-‐–]")


def same_spelling(
    passages: Sequence[tuple[str, str]], items: Iterable[Item], count_tokens: Callable[[str], int]
) -> list[str]:
    """The English of passages with each foreign name spelled as it is spelled best in any of them.

    Of the words that sound as a part of a name that one is best that stands most often, sounds most like it and is
    fewest tokens, since a tokenizer has few for a name that it saw often: Cromwell, not Clunwell. Another spelling is
    replaced if it begins alike and differs little.

    Args:
        passages: the Chinese and the English of all passages of an article.
        items: what the article says for certain. Only people without renderings are looked at, and no word that a
            rendering has is replaced.
        count_tokens: how many tokens a text is for the model that wrote the English.
    """
    items = list(items)
    parts = _unknown_parts(items)
    if not parts:
        return [en for _, en in passages]
    taken = {word.plain for item in items for rendering in item.renderings for word in words(rendering)}
    sources = [simplify(zh) for zh, _ in passages]
    english = [en for _, en in passages]
    for part in parts:
        if len(part) < _SHORTEST or not can_be_heard(part):
            continue
        votes: dict[str, float] = defaultdict(float)
        for source, en in zip(sources, english, strict=True):
            for spelling in _spellings(part, en, taken, parts) if part in source else ():
                like = likeness(part, squash(spelling))
                votes[spelling] += _trust(part, spelling) * like**3 / 2 ** count_tokens(f" {spelling}")
        if len(votes) < 2:
            continue
        best = max(votes, key=lambda spelling: votes[spelling])
        others = [spelling for spelling in votes if _is_variant(spelling, best)]
        if others and _trust(part, best) == 1:
            pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, others))})(?![\w-])")
            english = [
                pattern.sub(best, en) if part in source else en for source, en in zip(sources, english, strict=True)
            ]
    return english


def _unknown_parts(items: Iterable[Item]) -> list[str]:
    """The parts of the names of people without English."""
    names = [item.zh for item in items if item.kind == "person" and not item.renderings]
    return list(dict.fromkeys(part for name in names for part in name_parts(simplify(name)) if len(part) > 1))


def _spellings(part: str, english: str, taken: set[str], parts: Sequence[str]) -> set[str]:
    """The words of English that sound as a part of a name, and not as much as another one."""
    found = set()
    for word in words(english):
        if not word.capital or taken & {word.plain, word.plain.removesuffix("s")}:  # the Rosenbergs
            continue
        if _IN_COMPOUND.search(english[max(0, word.start - 2) : word.end + 2]):
            continue
        like = likeness(part, word.plain)
        if like >= _HEARD and all(likeness(other, word.plain) < like for other in parts if other != part):
            found.add(english[word.start : word.end])
    return found


def _is_variant(spelling: str, best: str) -> bool:
    first, second = squash(spelling), squash(best)
    return (
        spelling != best
        and first[:1] == second[:1]
        and distance(first, second) <= _APART * max(len(first), len(second))
    )


def _trust(part: str, spelling: str) -> float:
    chinese = _chinese_of().get(squash(spelling))
    return 1 if chinese is None or part in chinese else _OTHERS_NAME


@lru_cache(maxsize=1)
def _chinese_of() -> dict[str, set[str]]:
    """How Chinese writes each common Western name."""
    found: dict[str, set[str]] = {}
    for zh, renderings in exonyms.western_names().items():
        for rendering in renderings:
            found.setdefault(squash(rendering), set()).add(zh)
    return found
