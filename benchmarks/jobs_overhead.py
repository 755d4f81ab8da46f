"""What the machinery of a batch job costs beside the model: the same articles through a `Summarizer` and through a job.

    python benchmarks/jobs_overhead.py [--articles 12]

The three examples and the shortest roundups, once by `Summarizer.digest_many` and once by `jobs.run` in this process,
each with a model loaded anew. Counted are all seconds and those outside the engine's steps, which vary much less than
the model does: what a job adds to them is the cost of its machinery. Writes benchmarks/results/jobs_overhead.json.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine import machine
from roundups import ROOT, ROUNDUPS, save

from summarize import Summarizer, jobs
from summarize.article import parse_article
from summarize.scheduler import Report
from summarize.store import DEFAULT_MODEL


def read_texts(count: int) -> dict[str, str]:
    texts = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))}
    rows = [json.loads(line) for line in ROUNDUPS.read_text("utf-8").splitlines()]
    rows.sort(key=lambda row: len(row["text"]))
    texts |= {row["id"]: row["text"] for row in rows}
    return dict(list(texts.items())[:count])


def load(report: Report | None = None) -> tuple[Summarizer, list[float]]:
    """A summarizer with its model loaded and used once, and the seconds of each of its engine's steps from now on."""
    summarizer = Summarizer(offline=True, report=report)
    summarizer.load()
    summarizer.translate("渔船昨晚安全返港。")
    seconds: list[float] = []
    for engine in {id(engine): engine for engine in summarizer._engines.values()}.values():
        engine.step = timed(engine.step, seconds)  # type: ignore[method-assign]
    return summarizer, seconds


def timed(step: Callable[[], Any], seconds: list[float]) -> Callable[[], Any]:
    def call() -> Any:
        begin = time.perf_counter()
        done = step()
        seconds.append(time.perf_counter() - begin)
        return done

    return call


def plainly(texts: dict[str, str]) -> dict[str, float]:
    summarizer, steps = load()
    begin = time.perf_counter()
    for digest in summarizer.digest_many(parse_article(text, source=name) for name, text in texts.items()):
        json.dumps(digest.to_dict(), ensure_ascii=False)
    return told(time.perf_counter() - begin, steps)


def by_job(texts: dict[str, str]) -> dict[str, float]:
    steps: list[float] = []
    begin = 0.0

    def factory(report: Report) -> Summarizer:
        nonlocal steps, begin
        summarizer, steps = load(report)
        begin = time.perf_counter()
        return summarizer

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        lines = (json.dumps({"id": id, "text": text}, ensure_ascii=False) for id, text in texts.items())
        source.write_text("\n".join(lines), encoding="utf-8")
        report = jobs.run(source, Path(folder) / "out.jsonl", factory=factory)
        assert report.total_done == len(texts)
    return told(time.perf_counter() - begin, steps)


def told(seconds: float, steps: list[float]) -> dict[str, float]:
    return {"seconds": seconds, "outside_the_model": seconds - sum(steps)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12)
    texts = read_texts(parser.parse_args().articles)
    plain, job = plainly(texts), by_job(texts)
    share = (job["outside_the_model"] - plain["outside_the_model"]) / job["seconds"]
    result = {
        "machine": machine(),
        "model": DEFAULT_MODEL,
        "articles": len(texts),
        "characters": sum(map(len, texts.values())),
        "summarizer": plain,
        "job": job,
        "machinery_share": share,
    }
    save("jobs_overhead", result)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
