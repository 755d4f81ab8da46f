"""Where the time and memory of one digest go, stage by stage.

    python benchmarks/digest.py [ARTICLE] [--runs 3] [--name digest]

Writes benchmarks/results/NAME.{json,md} (digest); without ARTICLE the reference article is read, or the first example.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from pathlib import Path
from typing import Any

from machine import machine
from roundups import TIMED, save

from summarize import Digest, Summarizer
from summarize.article import Article, read_article
from summarize.grounding import ground
from summarize.scheduler import Report, Statistics
from summarize.segmentation import segment
from summarize.store import DEFAULT_MODEL


def timed(action: Any) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = action()
    return time.perf_counter() - begin, result


def measure(article: Article, report: Report) -> tuple[dict[str, float], Digest]:
    """Seconds of each stage, of a model that is loaded anew and has read nothing, as in a command just begun."""
    texts = [article[i] for i in range(len(article.paragraphs))]
    summarizer = Summarizer(offline=True, report=report)
    row = {"load": timed(summarizer.load)[0]}
    row |= {"segment": timed(lambda: segment(article))[0], "ground": timed(lambda: ground(texts))[0]}
    row["digest"], digest = timed(lambda: summarizer.digest(article))
    return row, digest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path, nargs="?", default=TIMED)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--name", default="digest", help="of the result files: another one for another machine")
    options = parser.parse_args()
    article = read_article(options.article)
    texts = [article[i] for i in range(len(article.paragraphs))]
    segment(article), ground(texts)  # the small models are loaded here, not in the timed runs

    last = Statistics()

    def report(now: Statistics) -> None:
        nonlocal last
        last = now

    rows = []
    for _ in range(options.runs):
        row, digest = measure(article, report)
        rows.append(row)
    findings = {
        kind: sum(section.fidelity.counts.get(kind, 0) for section in digest.sections)
        for kind in sorted({kind for section in digest.sections for kind in section.fidelity.counts})
    }
    result = {
        "machine": machine(),
        "model": DEFAULT_MODEL,
        "article": {"name": options.article.name, "characters": len(article.text), "paragraphs": len(texts)},
        "median": {stage: statistics.median(row[stage] for row in rows) for stage in rows[0]},
        "runs": rows,
        "requests": last.finished,
        "prompt_tokens": last.prompt_tokens,
        "output_tokens": last.output_tokens,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "findings": findings,
    }
    median = result["median"]
    where = result["machine"]
    table = f"""# One digest

{options.article.name}: {len(article.text):,} characters, {len(texts)} paragraphs, {len(digest.sections)} sections.
{DEFAULT_MODEL}, {where["date"]}, {where["cpu"]}, {where["cores"]} cores, medians of {options.runs} runs.
Written by `python benchmarks/digest.py`.

| what | |
|---|---:|
| load the language model | {median["load"]:.1f} s |
| segmentation | {median["segment"] * 1000:.0f} ms |
| grounding | {median["ground"] * 1000:.0f} ms |
| digest, all of it | {median["digest"]:.1f} s |
| requests | {last.finished} |
| prompt tokens | {last.prompt_tokens:,} |
| output tokens | {last.output_tokens:,} |
| output tokens/s | {last.output_tokens / median["digest"]:.0f} |
| peak memory of the process | {result["peak_gib"]:.1f} GiB |
| findings | {", ".join(f"{count} {kind}" for kind, count in findings.items()) or "none"} |
"""
    save(options.name, result, table)
    print(table, end="")


if __name__ == "__main__":
    main()
