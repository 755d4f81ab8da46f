"""Grounding: people, places, organisations, numbers, dates and terms of a passage, with their English renderings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding.brief_mentions import with_brief_mentions
from summarize.grounding.bylines import render_byline, render_caption_credit
from summarize.grounding.caption_positions import find_positions
from summarize.grounding.departments import find_departments
from summarize.grounding.foreign_bodies import with_foreign_bodies
from summarize.grounding.glossary import Glossary, load_glossary
from summarize.grounding.introductions import introduced_once
from summarize.grounding.item import Item, Kind, without_overlap
from summarize.grounding.lead_ins import render_lead_in
from summarize.grounding.listed_places import listed_divisions
from summarize.grounding.local_currency import with_local_currency
from summarize.grounding.names import find_names
from summarize.grounding.numbers import find_quantities
from summarize.grounding.posts import with_posts
from summarize.grounding.set_phrases import outside_set_phrases
from summarize.grounding.terms import find_terms, is_of_another_city
from summarize.grounding.typhoons import find_typhoons
from summarize.grounding.whole_districts import with_whole_districts
from summarize.grounding.words import words_of
from summarize.punctuation import chinese_marks
from summarize.traditional import simplify

__all__ = [
    "Glossary",
    "Item",
    "Kind",
    "ground",
    "introduced_once",
    "load_glossary",
    "render_byline",
    "render_caption_credit",
    "render_lead_in",
    "with_names_of",
]


def ground(passages: Sequence[str], glossary: Glossary | None = None, stories: Sequence[int] = ()) -> list[list[Item]]:
    """What the passages of one article say for certain.

    Items do not overlap: a term of the user's own goes before all else, then the longest item.

    Args:
        passages: all passages of one article, so that a name reads the same in each of them.
        glossary: the terms; the built-in ones if None.
        stories: how many passages each story of the article has, one after another, if that is known.

    Returns:
        For each passage its items in order, with offsets into the passage.
    """
    terms = glossary or load_glossary()
    texts = [chinese_marks(simplify(passage)) for passage in passages]
    tagged = [words_of(text) for text in texts]
    grounded = []
    for passage, text, tokens, names, typhoons in zip(
        passages, texts, tagged, find_names(passages, tagged, stories), find_typhoons(passages), strict=True
    ):
        found = find_terms(passage, terms, tokens)
        own = [item for item in found if simplify(item.zh) in terms.own]
        listed = [*listed_divisions(text, tokens, names), *find_departments(text, terms)]
        listed = [replace(item, zh=passage[item.start : item.end]) for item in listed]
        found = [term for term in found if not _is_office_of(term, names)]
        items = [*find_quantities(passage), *find_positions(passage), *typhoons, *found, *names]
        kept = without_overlap(outside_set_phrases(text, items), first=[*own, *listed])
        grounded.append(
            with_posts(passage, [item for item in kept if item in own or not is_of_another_city(item, kept)])
        )
    grounded = with_brief_mentions(passages, texts, with_whole_districts(passages, texts, grounded))
    return with_foreign_bodies(passages, with_local_currency(passages, grounded))


def _is_office_of(term: Item, names: Sequence[Item]) -> bool:
    """市委书记 after 杭州 begins in the organisation's name and ends after it: the name stays whole."""
    office = term.zh.endswith(("书记", "書記", "常委", "部长", "部長", "主任"))
    return office and any(n.kind == "organisation" and n.start < term.start < n.end < term.end for n in names)


def with_names_of(text: str, items: Sequence[Item], known: Sequence[Item]) -> list[Item]:
    """The items of a text, its names and amounts of money read as in the rest of the article.

    Args:
        text: a heading, or a summary or headline that was written.
        items: what was found in the text by itself.
        known: items of other passages of the article, or of all; of several readings of a name the first is taken.
    """
    kinds = ("person", "place", "organisation")
    names = {item.zh: item for item in reversed(known) if item.kind in kinds and item.renderings and len(item.zh) > 1}
    found = [
        replace(item, start=match.start(), end=match.end())
        for zh, item in names.items()
        for match in re.finditer(re.escape(zh), text)
    ]
    money = {item.zh: item for item in known if item.kind == "number" and item.zh.endswith("元")}  # whose dollars
    own = [replace(money[i.zh], start=i.start, end=i.end) if i.zh in money else i for i in items]
    return without_overlap([*found, *own])
