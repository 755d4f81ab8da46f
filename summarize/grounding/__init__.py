"""Grounding: people, places, organisations, numbers, dates and terms of a passage, with their English renderings."""

from summarize.grounding.item import Item, Kind

__all__ = ["Item", "Kind"]
