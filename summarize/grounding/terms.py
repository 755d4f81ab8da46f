"""Glossary terms in a passage, with the English that counts as right."""

from __future__ import annotations

from summarize.grounding.glossary import Glossary
from summarize.grounding.item import Item
from summarize.grounding.traditional import simplify


def find_terms(text: str, glossary: Glossary) -> list[Item]:
    """The terms of a passage in order, without overlap; of two that begin together the longer counts.

    Traditional characters match simplified entries and the other way round.
    """
    items: list[Item] = []
    plain = simplify(text)
    position = 0
    while position < len(plain):
        zh = glossary.longest_at(plain, position)
        if zh is None:
            position += 1
            continue
        end = position + len(zh)
        renderings = glossary.entries[zh]
        if renderings:
            items.append(Item("term", position, end, text[position:end], renderings))
        position = end
    return items
