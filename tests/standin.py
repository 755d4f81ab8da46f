"""A stand-in for a Summarizer where only the machinery of jobs is under test: quick, and wicked on request.

python tests/standin.py SOURCE OUT [PAUSE] [WORKERS] runs a job with it, to be killed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.article import Article
from summarize.digest import Bilingual, Digest, Fidelity, Finding, Paragraph, Section
from summarize.errors import EngineError, InputError
from summarize.jobs import run
from summarize.jobs.digesting import Digester

BUG, ENGINE, HUNGRY, KILLS, REFUSED = "有虫子", "引擎坏了", "要内存", "进程被杀", "不能读"


def digest_of(article: Article) -> Digest:
    sections = tuple(
        Section(
            index,
            span.start,
            span.end,
            Bilingual(article[index][:6], f"Title {index}"),
            Bilingual(article[index], f"{len(article[index])} characters"),
            (Paragraph("body", span.start, span.end, article[index], f"Paragraph {index}"),),
            Fidelity(
                (Finding("missing", "286 is not there", paragraph=0, item="number", source=(4, 7)),) * (index == 0)
            ),
        )
        for index, span in enumerate(article.paragraphs)
    )
    return Digest(article.source, {"summarize": "standin", "translate": "standin"}, sections)


class Standin:
    """Works on a few articles at a time, as a scheduler does; some words in an article make it fail."""

    def __init__(self, pause: float = 0.0, ahead: int = 4) -> None:
        self.pause, self.ahead = pause, ahead

    def digest_many(self, articles: Iterable[Article], on_error: Any = None) -> Iterator[Digest]:
        source = iter(articles)
        while group := list(islice(source, self.ahead)):
            for article in group:
                time.sleep(self.pause)
                if BUG in article.text:
                    raise ValueError("a bug")
                if ENGINE in article.text:
                    raise EngineError("The engine does not like this article.")
                if HUNGRY in article.text:
                    bytearray(1 << 62)  # more than any machine has
                if KILLS in article.text:
                    os.kill(os.getpid(), signal.SIGKILL)
                if REFUSED in article.text:
                    on_error(article, InputError("It is no article after all."))
                    continue
                yield digest_of(article)


def factory(report: Any) -> Digester:
    return Standin()


class Slow:
    """A picklable factory of stand-ins that take their time."""

    def __init__(self, pause: float) -> None:
        self.pause = pause

    def __call__(self, report: Any) -> Digester:
        return Standin(self.pause)


if __name__ == "__main__":
    source, out, pause, workers = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    run(source, out, factory=Slow(pause), workers=workers)
