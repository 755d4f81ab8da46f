"""Whether a name in Latin letters kept its spelling: VKBIA is not "VKKIA".

Chinese papers write the names of firms, products and some people so, and a translator has only to copy them.
"""

from __future__ import annotations

import re

from summarize.fidelity.wording import Place, distance, squash, words

_NAME = re.compile(r"(?<![A-Za-z\d.@/_-])[A-Z][A-Za-z]{4,}(?![A-Za-z\d@/._-])")


def misspelt_latin(source: str, target: str) -> list[tuple[Place, Place]]:
    """The places of names in the Chinese that the English has nearly, with the places where it does.

    Args:
        source: a Chinese passage.
        target: its English.
    """
    found = []
    for match in {match.group(): match for match in _NAME.finditer(source)}.values():
        name = match.group().lower()
        if name in squash(target):
            continue
        near = next((word for word in words(target) if word.capital and _is_nearly(word.plain, name)), None)
        if near and near.plain not in source.lower():
            found.append((match.span(), (near.start, near.end)))
    return found


def _is_nearly(word: str, name: str) -> bool:
    """True for a misspelling, which other forms of the name are not: Boeings, Caribs for Caribes."""
    if word[0] != name[0] or name[:-2] == word[:-1] or word.startswith(name[:-1]):
        return False
    return distance(word, name) <= (1 if len(name) < 8 else 2)
