"""SIGKILL at random moments, again and again; then each input has one result, as if nothing had happened."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from job_files import articles, contents, write_jsonl
from standin import Slow

from summarize.jobs import read_status, run

ARTICLES = 60
STANDIN = Path(__file__).parent / "standin.py"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.parametrize(
    ("name", "workers", "kills"),
    [("out.jsonl", 0, 8), ("out.jsonl.gz", 0, 4), ("out.parquet", 0, 4), ("out.jsonl", 1, 3), ("out.jsonl", 2, 3)],
)
def test_killed_at_random_moments(name: str, workers: int, kills: int, tmp_path: Path) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    source = write_jsonl(tmp_path / "in.jsonl", articles(ARTICLES))
    undisturbed = tmp_path / "undisturbed" / name
    undisturbed.parent.mkdir()
    assert run(source, undisturbed, factory=Slow(0)).done == ARTICLES

    out = tmp_path / name
    chance = random.Random(sum(name.encode()) + workers)
    killed = 0
    for _ in range(4 * kills):
        process = subprocess.Popen(
            [sys.executable, STANDIN, source, out, str(0.15 * max(workers, 1) ** 2), str(workers)]
        )
        # From the loading of modules to the middle of the work.
        try:
            process.wait(timeout=chance.uniform(0.3, 2.5))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.wait()
        if killed == kills or (out.with_name(f"{name}.job").exists() and read_done(out) == ARTICLES):
            break
    assert killed >= 2
    report = run(source, out, factory=Slow(0))
    assert report.total_done == ARTICLES and report.done + report.skipped == ARTICLES
    assert contents(out) == contents(undisturbed)


def read_done(out: Path) -> int:
    try:
        return read_status(out).report.total_done
    except Exception:  # killed before there was a manifest
        return 0


def test_sigint_finishes_what_is_in_work(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(200)), tmp_path / "out.jsonl"
    command = [sys.executable, "-c", RUN, str(source), str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    done = int(told.split()[-1])
    assert told.startswith("True") and process.returncode == 0
    assert 0 < done < 200 and len(out.read_bytes().splitlines()) == done
    report = run(source, out, factory=Slow(0))
    assert (report.skipped, report.total_done, report.interrupted) == (done, 200, False)


def test_second_sigint_stops_at_once(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(30)), tmp_path / "out.jsonl"
    process = subprocess.Popen([sys.executable, "-c", RUN.replace("0.03", "30"), str(source), str(out)])
    deadline = time.monotonic() + 60
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    assert run(source, out, factory=Slow(0)).total_done == 30


RUN = f"""
import sys
sys.path.insert(0, {str(STANDIN.parent)!r})
from standin import Slow
from summarize.batch_command import _stopped_by_interrupt
from summarize.jobs import run
with _stopped_by_interrupt() as stop:
    report = run(sys.argv[1], sys.argv[2], factory=Slow(0.03), stop=stop)
print(report.interrupted, report.total_done)
"""
