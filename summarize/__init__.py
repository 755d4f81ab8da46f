"""Chinese news roundups to Chinese summaries and English translations, story by story, with local models.

from summarize import Summarizer, check

digest = Summarizer().digest("article.txt")
print(digest.sections[0].summary.en)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.article import Article, read_article
    from summarize.comparison import check, review
    from summarize.digest import Bilingual, Digest, Fidelity, Finding, Paragraph, Section, Segment, Segmentation
    from summarize.errors import SummarizeError
    from summarize.pipeline import Summarizer
    from summarize.proofreading import Proofreader
    from summarize.translation import Translation

__version__ = "0.1.0"

_HOMES = {
    "Article": "article",
    "Bilingual": "digest",
    "Digest": "digest",
    "Fidelity": "digest",
    "Finding": "digest",
    "Paragraph": "digest",
    "Proofreader": "proofreading",
    "Section": "digest",
    "Segment": "digest",
    "Segmentation": "digest",
    "SummarizeError": "errors",
    "Summarizer": "pipeline",
    "Translation": "translation",
    "check": "comparison",
    "read_article": "article",
    "review": "comparison",
}

__all__ = [
    "Article",
    "Bilingual",
    "Digest",
    "Fidelity",
    "Finding",
    "Paragraph",
    "Proofreader",
    "Section",
    "Segment",
    "Segmentation",
    "SummarizeError",
    "Summarizer",
    "Translation",
    "check",
    "read_article",
    "review",
]


def __getattr__(name: str) -> Any:
    # Names come from their modules when they are first used, so that importing the package costs next to nothing.
    if name in _HOMES:
        return getattr(import_module(f"summarize.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'summarize' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
