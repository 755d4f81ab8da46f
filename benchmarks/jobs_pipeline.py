"""What the package itself needs for an article: everything but the model, whose answers are there at once.

    python benchmarks/jobs_pipeline.py [ARTICLE] [--runs 10] [--note SENTENCE]

Writes benchmarks/results/jobs_pipeline.json. The answers are the Latin letters and digits of each prompt, where the
renderings of names and numbers are, and for a summary the beginning of the text: so most checks find what they look
for, as with a real model. Without ARTICLE the reference article is read, or the first example.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import time
from collections.abc import Hashable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

from machine import machine
from roundups import TIMED, save

from summarize import Summarizer
from summarize.article import read_article
from summarize.engines import Completion, Request
from summarize.engines.budget import Budget

LATIN = re.compile(r"[A-Za-z0-9$][A-Za-z0-9$ ,.%:'-]*")


class Instant:
    """An engine that answers at once."""

    family = "causal"
    context = 32768
    identity = "instant"
    budget = Budget(1 << 20, 1 << 20)

    def __init__(self) -> None:
        self.waiting: list[tuple[Hashable, Request]] = []

    @property
    def pending(self) -> int:
        return len(self.waiting)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def submit(self, key: Hashable, request: Request) -> None:
        self.waiting.append((key, request))

    def clear(self) -> None:
        self.waiting.clear()

    def step(self) -> list[tuple[Hashable, Completion]]:
        done = [(key, Completion(write(request), 1, 1, True)) for key, request in self.waiting]
        self.waiting.clear()
        return done


def write(request: Request) -> str:
    if request.latin:
        return " ".join(LATIN.findall(request.text)) or "It was so."
    return request.text[:80]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path, nargs="?", default=TIMED)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--note", default="", help="a sentence for the result, such as that the machine was shared")
    asked = parser.parse_args()
    article = read_article(asked.article)
    summarizer = Summarizer(offline=True)
    engine = Instant()
    summarizer._engines = {"summarize": engine, "translate": engine}
    digest = summarizer.digest(article)  # the small models are loaded here
    seconds = []
    for _ in range(asked.runs):
        began = time.process_time()
        digest = summarizer.digest(article)
        seconds.append(time.process_time() - began)
    result = {
        "machine": machine(),
        "note": asked.note,
        "article": {"name": asked.article.name, "characters": len(article.text), "sections": len(digest.sections)},
        "runs": asked.runs,
        "processor_seconds": round(statistics.median(seconds), 3),
        "findings": sum(len(section.fidelity.findings) for section in digest.sections),
        "json_bytes": len(json.dumps(digest.to_dict(), ensure_ascii=False).encode()),
    }
    save("jobs_pipeline", result)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
