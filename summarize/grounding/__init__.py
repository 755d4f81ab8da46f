"""Grounding: people, places, organisations, numbers, dates and terms of a passage, with their English renderings."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.grounding.bylines import render_byline, render_caption_credit
from summarize.grounding.glossary import Glossary, load_glossary
from summarize.grounding.item import Item, Kind, without_overlap
from summarize.grounding.names import find_names
from summarize.grounding.numbers import find_quantities
from summarize.grounding.terms import find_terms

__all__ = ["Glossary", "Item", "Kind", "ground", "load_glossary", "render_byline", "render_caption_credit"]


def ground(passages: Sequence[str], glossary: Glossary | None = None) -> list[list[Item]]:
    """What the passages of one article say for certain.

    Items do not overlap: a term of the user's own goes before all else, then the longest item.

    Args:
        passages: all passages of one article, so that a name reads the same in each of them.
        glossary: the terms; the built-in ones if None.

    Returns:
        For each passage its items in order, with offsets into the passage.
    """
    built_in = load_glossary()
    terms = glossary or built_in
    grounded = []
    for passage, names in zip(passages, find_names(passages), strict=True):
        found = find_terms(passage, terms)
        own = [item for item in found if item.renderings != built_in.entries.get(item.zh)] if glossary else []
        grounded.append(without_overlap([*find_quantities(passage), *found, *names], first=own))
    return grounded
