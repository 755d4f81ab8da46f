"""A job of 200 articles with a tiny trained model, killed with SIGKILL at 50 random moments, then brought to its end.

    python benchmarks/jobs_kill.py [--kills 50] [--articles 200] [--workers 1]

Each input must have exactly one result, and the output must be that of an undisturbed run, byte for byte.
Writes benchmarks/results/jobs_kill.json. The model is that of tests/conftest.py.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from machine import machine

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

# Kills come at any time from here on: the manifest is there, models are being loaded or articles in work.
RUN = """
import sys
from summarize import jobs
source, out, model, store, workers = sys.argv[1:]
jobs.run(source, out, model=model, cache_dir=store, workers=int(workers), offline=True, device="cpu")
"""


def make_model(folder: Path) -> Path:
    import conftest

    return conftest.tiny_causal._get_wrapped_function()(SimpleNamespace(mktemp=lambda _: folder))


def write_articles(path: Path, count: int) -> None:
    from conftest import PAIRS

    chance = random.Random(6)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            paragraphs = ["".join(zh for zh, _ in chance.sample(PAIRS, 2)) for _ in range(3)]
            file.write(
                json.dumps({"id": f"article-{number}", "text": "\n".join(paragraphs)}, ensure_ascii=False) + "\n"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = folder / "model"
        model.mkdir()
        make_model(model)
        source, out, whole = folder / "in.jsonl", folder / "out.jsonl", folder / "whole.jsonl"
        write_articles(source, asked.articles)

        def start(target: Path) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", RUN, source, target, model, folder / "store", str(asked.workers)]
            return subprocess.Popen([str(part) for part in command])

        began = time.monotonic()
        if start(whole).wait():
            raise SystemExit("the undisturbed run failed")
        undisturbed = time.monotonic() - began
        done_at: list[int] = []
        completed = 0
        while len(done_at) < asked.kills:
            process = start(out)
            try:
                # Half of the kills come early, so that the job is not at its end before the last of them.
                limit = undisturbed * chance.choice((0.35, 0.8))
                process.wait(timeout=chance.uniform(0.05 * undisturbed, limit))
            except subprocess.TimeoutExpired:
                process.kill()
            if process.wait() == 0:  # it was at its end: begin anew, with kills to come
                check(out, whole, asked.articles)
                completed += 1
                for path in (folder / "out.jsonl.job").iterdir():
                    path.unlink()
                out.unlink()
                continue
            done_at.append(len(out.read_bytes().splitlines()) if out.exists() else 0)
        if start(out).wait():
            raise SystemExit("the last run failed")
        check(out, whole, asked.articles)
    result = {
        "machine": machine(),
        "articles": asked.articles,
        "workers": asked.workers,
        "kills": len(done_at),
        "kills in the middle of the output": sum(0 < done < asked.articles for done in done_at),
        "jobs brought to their end and compared": completed + 1,
        "undisturbed seconds": round(undisturbed, 1),
        "equal": True,
    }
    path = HERE / "results" / "jobs_kill.json"
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


def check(out: Path, whole: Path, articles: int) -> None:
    rows = [json.loads(line) for line in out.read_bytes().splitlines()]
    if len(rows) != articles or len({row["id"] for row in rows}) != articles:
        raise SystemExit(f"{len(rows)} results for {articles} articles")
    if out.read_bytes() != whole.read_bytes():
        raise SystemExit("the results are not those of the undisturbed run")


if __name__ == "__main__":
    main()
