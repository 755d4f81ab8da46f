"""A job of 200 articles with a tiny trained model, killed at random moments, then brought to its end.

    python benchmarks/jobs_kill.py [--kills 50] [--articles 200] [--workers 0]
    python benchmarks/jobs_kill.py --ray [--kills 10] [--articles 200]

The first kills the process of the local runner and starts it again. The second runs on a Ray cluster of two nodes on
this machine and kills, in turn, an actor that holds a model and a node; another node takes its place.

Each input must have exactly one result, and the output must be that of an undisturbed run of the local runner, byte for
byte. An article of which actors were killed twice in a row is put aside, as it must be; the local runner does it then,
and lines are compared without their order. Writes benchmarks/results/jobs_kill.json or jobs_kill_ray.json. The model is
that of tests/conftest.py.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from machine import machine
from roundups import ROOT, save

sys.path.insert(0, str(ROOT / "tests"))

# Kills come at any time from here on: the manifest is there, models are being loaded or articles in work.
RUN = """
import sys
from summarize import jobs
source, out, model, store, workers, *ray = sys.argv[1:]
options = {"ray": ray[0], "batch_size": 4} if ray else {"retry_failed": True}
jobs.run(source, out, model=model, cache_dir=store, workers=int(workers), offline=True, device="cpu", **options)
"""
NODE = {"num_cpus": 1, "object_store_memory": 100 * 2**20}


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


class Trial:
    """Model, inputs and the output of an undisturbed run, in a folder, and an output that is made under attack."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.articles = articles
        self.source, self.model, self.store = folder / "in.jsonl", folder / "model", folder / "store"
        self.out, self.whole = folder / "out.jsonl", folder / "whole.jsonl"
        self.compared = self.put_aside = 0
        self.model.mkdir()
        make_model(self.model)
        write_articles(self.source, articles)
        began = time.monotonic()
        if self.start(1, out=self.whole).wait():
            raise SystemExit("the undisturbed run failed")
        self.undisturbed = time.monotonic() - began

    def start(self, workers: int, *address: str, out: Path | None = None) -> subprocess.Popen[bytes]:
        """The job in a process, on Ray if an address is given."""
        command = [sys.executable, "-c", RUN, self.source, out or self.out, self.model, self.store, workers, *address]
        return subprocess.Popen([str(part) for part in command])

    def done(self) -> int:
        """Results in the output."""
        return len(self.out.read_bytes().splitlines()) if self.out.exists() else 0

    def compare(self) -> None:
        """Compares a finished output, then throws it away."""
        from summarize.jobs import read_status

        missing = self.articles - self.done()
        if missing:
            failed = read_status(self.out).report.total_failed
            if failed != {"worker died": missing} or self.start(1).wait():
                raise SystemExit(f"{missing} articles have no result, and these failed: {failed}")
            self.put_aside += missing
        lines = [path.read_bytes().splitlines(keepends=True) for path in (self.out, self.whole)]
        if missing:
            lines = [sorted(found) for found in lines]
        if lines[0] != lines[1]:
            raise SystemExit("the results are not those of the undisturbed run")
        self.compared += 1
        for path in self.out.with_name("out.jsonl.job").iterdir():
            path.unlink()
        self.out.unlink()


def kill_local(trial: Trial, kills: int, workers: int) -> dict[str, Any]:
    chance = random.Random(2026)
    done_at: list[int] = []
    while len(done_at) < kills:
        process = trial.start(workers)
        try:
            # Half of the kills come early, so that the job is not at its end before the last of them.
            limit = trial.undisturbed * chance.choice((0.35, 0.8))
            process.wait(timeout=chance.uniform(0.05 * trial.undisturbed, limit))
        except subprocess.TimeoutExpired:
            process.kill()
        if process.wait() == 0:  # it was at its end: begin anew, with kills to come
            trial.compare()
        else:
            done_at.append(trial.done())
    if trial.start(workers).wait():
        raise SystemExit("the last run failed")
    trial.compare()
    return {
        "workers": workers,
        "kills": len(done_at),
        "kills in the middle of the output": sum(0 < done < trial.articles for done in done_at),
    }


def kill_on_ray(trial: Trial, kills: int) -> dict[str, Any]:
    from ray.cluster_utils import Cluster

    chance = random.Random(2026)
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    node = cluster.add_node(**NODE)
    cluster.wait_for_nodes()
    done_at: list[tuple[str, int]] = []
    process = trial.start(2, cluster.address)
    while len(done_at) < kills or process.poll() is None:
        try:
            wait = chance.uniform(1, 0.5 * trial.undisturbed) if len(done_at) < kills else None
            code = process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            kind = ("actor", "node")[len(done_at) % 2]
            if kind == "node":
                cluster.remove_node(node, allow_graceful=False)
                node = cluster.add_node(**NODE)
            elif found := actors():
                os.kill(chance.choice(found), signal.SIGKILL)
            else:  # not begun yet
                continue
            done_at.append((kind, trial.done()))
            print("killed", *done_at[-1], "results in the output", flush=True)
            continue
        if code:
            raise SystemExit("the job failed")
        trial.compare()
        if len(done_at) < kills:
            process = trial.start(2, cluster.address)
    cluster.shutdown()
    return {
        "nodes": 2,
        "actors": 2,
        "actors killed": sum(kind == "actor" for kind, _ in done_at),
        "nodes killed": sum(kind == "node" for kind, _ in done_at),
        "kills in the middle of the output": sum(0 < done < trial.articles for _, done in done_at),
        "put aside because two kills hit them, then done by the local runner": trial.put_aside,
    }


def actors() -> list[int]:
    """Processes of this cluster's actors that hold models."""
    import psutil

    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if any("ray::MapWorker" in word for word in process.cmdline()):
                found.append(process.pid)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--ray", action="store_true", help="kill actors and nodes of a Ray cluster instead")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name), asked.articles)
        if asked.ray:
            told = kill_on_ray(trial, asked.kills or 10)
        else:
            told = kill_local(trial, asked.kills or 50, asked.workers)
    result = {
        "machine": machine(),
        "articles": asked.articles,
        **told,
        "jobs brought to their end and compared": trial.compared,
        "undisturbed seconds": round(trial.undisturbed, 1),
        "equal": True,
    }
    save("jobs_kill_ray" if asked.ray else "jobs_kill", result)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
