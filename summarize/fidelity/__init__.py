"""Fidelity: output against source, independent of who wrote it."""

from __future__ import annotations

from summarize.fidelity.arrival import arrivals, find_item
from summarize.fidelity.change import change_as_in
from summarize.fidelity.claims import own_words, without_claims
from summarize.fidelity.correction import correct
from summarize.fidelity.date_wording import correct_dates
from summarize.fidelity.document import compare, paired_passages, placed
from summarize.fidelity.summary import check_summary
from summarize.fidelity.text import said_once
from summarize.fidelity.translation import (
    check_translation,
    unsaid_countries,
    unsaid_years,
    without_unsaid_years,
)

__all__ = [
    "arrivals",
    "change_as_in",
    "check_summary",
    "check_translation",
    "compare",
    "correct",
    "correct_dates",
    "find_item",
    "own_words",
    "paired_passages",
    "placed",
    "said_once",
    "unsaid_countries",
    "unsaid_years",
    "without_claims",
    "without_unsaid_years",
]
