"""What the machinery of a batch job costs: 100,000 synthetic articles through an engine that does next to nothing.

    python benchmarks/jobs.py [--articles 100000] [--note SENTENCE]
    python benchmarks/jobs.py --ray [--articles 5000] [--note SENTENCE]

Writes benchmarks/results/jobs.json, jobs.md and jobs.svg (memory over time); the second one, which compares the local
runner with Ray, jobs_ray.*. Each run is a process of its own, so that memory is its own. The stand-in for the model is
that of tests/standin.py.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from machine import machine
from roundups import RESULTS, ROOT, save

TESTS = str(ROOT / "tests")
sys.path.insert(0, TESTS)
os.environ["PYTHONPATH"] = TESTS  # workers and actors import the stand-in too
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

ARTICLE = "第{}号丨社区新增车位286个\n" + "\n".join(["医生走进山区，为老人免费看病。全县有4.8万人受益。" * 4] * 5)
RUNS = [  # name, output, workers, whether on Ray
    ("JSON lines", "out.jsonl", 0, ""),
    ("the same again: all is done", "out.jsonl", 0, ""),
    ("JSON lines, gzip", "out.jsonl.gz", 0, ""),
    ("Parquet", "out.parquet", 0, ""),
    ("JSON lines, 2 workers", "two.jsonl", 2, ""),
]
RUNS_ON_RAY = [
    ("local, 1 worker", "one.jsonl", 1, ""),
    ("local, 2 workers", "two.jsonl", 2, ""),
    ("Ray, 1 actor", "ray.jsonl", 1, "local"),
    ("Ray, 2 actors", "rays.jsonl", 2, "local"),
]


def write_articles(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": f"article-{number:08}", "text": ARTICLE.format(number)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def run_one(source: str, out: str, workers: int, ray: str) -> dict[str, Any]:
    """Runs a job in this process and samples its memory, without that of workers."""
    from standin import factory

    from summarize.jobs import run

    samples: list[tuple[float, float]] = []
    ended = threading.Event()
    began = time.monotonic()
    done = 0

    def sample() -> None:
        while not ended.wait(0.25):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            samples.append((round(time.monotonic() - began, 2), round(pages * 4096 / 2**20, 1)))

    watcher = threading.Thread(target=sample)
    watcher.start()
    try:
        report = run(source, out, factory=factory, workers=workers, ray=ray or None)
        done = report.done + report.skipped
    finally:
        ended.set()
        watcher.join()
    seconds = report.seconds or time.monotonic() - began
    late = [mib for when, mib in samples if when > seconds / 10]
    return {
        "articles": done,
        "seconds": round(seconds, 1),
        "seconds_before": round(time.monotonic() - began - seconds, 1),
        "processor_seconds": round(time.process_time(), 1),
        "articles_per_second": round(done / seconds),
        "mib_after_a_tenth": late[0] if late else None,
        "mib_peak": max((mib for _, mib in samples), default=None),
        "manifest_bytes_per_article": round((Path(f"{out}.job") / "manifest.sqlite").stat().st_size / done),
        "output_mib": round(size(Path(out)) / 2**20, 1),
        "memory": samples,
    }


def size(out: Path) -> int:
    return sum(path.stat().st_size for path in out.iterdir()) if out.is_dir() else out.stat().st_size


def report(result: dict[str, Any], stem: str) -> str:
    on = result["machine"]
    lines = [
        "# Batch jobs: the machinery alone\n",
        f"{result['articles']:,} articles of {len(ARTICLE)} characters through a stand-in for the model that takes no "
        f"time, {on['date']}, {on['cpu']}, {on['cores']} cores. {result['note']}"
        "Written by `python benchmarks/jobs.py`.\n",
        "| run | articles/s | of the first | seconds | before, s | CPU s | CPU ms an article | MiB at 10% | MiB most "
        "| manifest, bytes an article | output, MiB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    first = next(iter(result["runs"].values()))["articles_per_second"]
    for name, run in result["runs"].items():
        rate, processor = run["articles_per_second"], run["processor_seconds"]
        row = [rate, round(rate / first, 2), run["seconds"], run["seconds_before"], processor]
        row += [round(1000 * processor / run["articles"], 2), run["mib_after_a_tenth"], run["mib_peak"]]
        row += [run["manifest_bytes_per_article"], run["output_mib"]]
        lines.append(f"| {name} | " + " | ".join("" if cell is None else f"{cell:,}" for cell in row) + " |")
    lines += [
        "\nSeconds count from the first article to the last result; those before go into imports and the start of",
        "workers or of Ray. CPU seconds and memory are those of the process that reads and writes, without its workers",
        "or actors.",
        f"\n![Memory over time]({stem}.svg)",
    ]
    return "\n".join(lines) + "\n"


def plot(result: dict[str, Any], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
    for name, run in result["runs"].items():
        axes.plot(*zip(*run["memory"], strict=True), label=name)
    axes.set(xlabel="seconds", ylabel="resident MiB", ylim=(0, None))
    axes.legend(frameon=False, fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--ray", action="store_true", help="compare the local runner with Ray")
    parser.add_argument("--note", default="", help="a sentence for the report, such as that the machine was shared")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        source, out, workers, ray = asked.one
        print(json.dumps(run_one(source, out, int(workers), ray)))
        return
    result: dict[str, Any] = {"machine": machine(), "note": asked.note and f"{asked.note} ", "runs": {}}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        result["articles"] = asked.articles or (5000 if asked.ray else 100_000)
        write_articles(source, result["articles"])
        stem = "jobs_ray" if asked.ray else "jobs"
        for name, out, workers, ray in RUNS_ON_RAY if asked.ray else RUNS:
            command = [sys.executable, __file__, "--one", str(source), str(Path(folder) / out), str(workers), ray]
            result["runs"][name] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            print(name, {key: value for key, value in result["runs"][name].items() if key != "memory"}, flush=True)
            save(stem, result, report(result, stem))
    plot(result, RESULTS / f"{stem}.svg")


if __name__ == "__main__":
    main()
