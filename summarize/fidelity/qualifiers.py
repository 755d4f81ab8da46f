"""Whether a word that limits what is told was left out: 涉嫌诈骗 is not "for fraud", 原局长 not
"director", 预计 not "has".

Names, numbers and the deed itself arrive in such English, so that nothing else of the check sees it.
"""

from __future__ import annotations

import re
from functools import cache

from summarize.fidelity.text import paired_sentences
from summarize.fidelity.wording import Place
from summarize.grounding import exonyms
from summarize.traditional import simplify


def lost_qualifiers(source: str, target: str) -> list[Place]:
    """Where the Chinese has such a word, and nothing in the English may stand for it.

    Args:
        source: a Chinese passage.
        target: its English.
    """
    text = simplify(source)
    return [
        said.span()
        for said_in, written_in in paired_sentences(text, target)
        for zh, en in _qualifiers()
        if (said := zh.search(text, *said_in)) is not None and en.search(target, *written_in) is None
    ]


@cache
def _qualifiers() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(zh), re.compile(rf"\b(?:{en})\b", re.IGNORECASE))
        for zh, en in exonyms.rows("qualifiers.tsv", "summarize.fidelity")
    )
