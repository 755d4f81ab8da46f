"""Jobs on Ray: the same results as without it, whatever dies."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from job_files import articles, run, write_jsonl
from standin import BUG, KILLS, Slow, Standin

from summarize.errors import EngineError, InputError
from summarize.jobs import JobReport

ray = pytest.importorskip("ray", reason="jobs on Ray need the extra `ray`")

LIMITED = {"include_dashboard": False, "object_store_memory": 100 * 2**20, "log_to_driver": False}


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Ray on this machine, for all tests of this file: to start it takes longer than they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))  # actors import the stand-in
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        ray.init(address="local", num_cpus=4, num_gpus=1, logging_level=logging.ERROR, **LIMITED)
        yield
        ray.shutdown()


def actors() -> set[int]:
    """Processes of the actors that hold models."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if "ray::MapWorker" in line or "_Digesting" in line}


@pytest.mark.usefixtures("cluster")
def test_same_bytes_as_without_ray(tmp_path: Path) -> None:
    texts = articles(60) | {"坏": "bad", "虫": f"第九十号{BUG}。"}
    source = write_jsonl(tmp_path / "in.jsonl", texts)
    run(source, tmp_path / "local.jsonl")
    report = run(source, tmp_path / "ray.jsonl", ray="local", workers=2, batch_size=4)
    assert (report.done, report.total_failed) == (60, {"not an article": 1, "unexpected error": 1})
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()
    # The manifest is the same too: either runner goes on where the other one was.
    write_jsonl(source, texts | {"新": "新来的一号。"})
    assert run(source, tmp_path / "ray.jsonl").done == 1
    assert run(source, tmp_path / "local.jsonl", ray="local").done == 1
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


@pytest.mark.usefixtures("cluster")
def test_an_article_that_kills_its_actor_fails_alone(tmp_path: Path) -> None:
    texts = articles(30) | {"文11": f"第十一号{KILLS}。"}
    source, out = write_jsonl(tmp_path / "in.jsonl", texts), tmp_path / "out.jsonl"
    report = run(source, out, ray="local", batch_size=4)
    assert report.total_failed == {"worker died": 1}
    assert [json.loads(line)["id"] for line in out.read_bytes().splitlines()] == [id for id in texts if id != "文11"]


@pytest.mark.usefixtures("cluster")
def test_a_killed_actor_costs_nothing(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(80)), tmp_path / "out.jsonl"
    before = actors()
    # Not those that come in their place: an article whose actor dies twice is taken for the cause.
    first: set[int] = set()
    killed: list[int] = []

    def kill(report: JobReport) -> None:
        first.update(actors() - before if not killed else ())
        alive = (first - set(killed)) & actors()
        if report.done >= 20 * (len(killed) + 1) and alive:
            killed.append(alive.pop())
            os.kill(killed[-1], signal.SIGKILL)

    report = run(source, out, ray="local", workers=2, batch_size=4, factory=Slow(0.1), progress=kill)
    assert len(killed) == 2 and (report.done, report.total_failed) == (80, {})
    run(source, tmp_path / "local.jsonl")
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()


@pytest.mark.usefixtures("cluster")
def test_an_interrupted_job_goes_on(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(120)), tmp_path / "out.jsonl"
    stop = threading.Event()
    done_at: list[int] = []

    def progress(report: JobReport) -> None:
        done_at.append(report.done)
        stop.set()

    report = run(source, out, ray="local", batch_size=2, factory=SlowToBegin(), stop=stop, progress=progress)
    # What was in work is done, and that is not all there is.
    assert report.interrupted and done_at[0] <= report.done < 60
    assert run(source, out, ray="local", batch_size=2, max_workers=2).skipped == report.done
    run(source, tmp_path / "local.jsonl")
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()


class SlowToBegin:
    """A factory of slow stand-ins that takes its time, as one that loads a model."""

    def __call__(self, report: Any) -> Any:
        time.sleep(3)
        return Standin(0.05)


class OnGpu:
    """A factory of stand-ins that notes which GPUs its process may use."""

    def __init__(self, notes: Path) -> None:
        self.notes = notes

    def __call__(self, report: Any) -> Any:
        (self.notes / str(os.getpid())).write_text(os.environ.get("CUDA_VISIBLE_DEVICES", "all"))
        return Standin(0.05)


@pytest.mark.usefixtures("cluster")
def test_two_actors_on_one_gpu(tmp_path: Path) -> None:
    # Ray deals out as many as it is told there are.
    source, notes = write_jsonl(tmp_path / "in.jsonl", articles(40)), tmp_path / "notes"
    notes.mkdir()
    report = run(source, tmp_path / "out.jsonl", ray="local", workers=2, gpus=0.5, batch_size=2, factory=OnGpu(notes))
    assert report.done == 40 and [note.read_text() for note in notes.iterdir()] == ["0", "0"]


def broken_factory(report: Any) -> Any:
    raise EngineError("There is no such engine.")


def deadly_factory(report: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.usefixtures("cluster")
def test_actors_that_cannot_begin(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(3))
    with pytest.raises(EngineError, match="There is no such engine"):
        run(source, tmp_path / "out.jsonl", ray="local", factory=broken_factory)
    with pytest.raises(EngineError, match="died 3 times as it began"):
        run(source, tmp_path / "out.jsonl", ray="local", factory=deadly_factory)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.usefixtures("cluster")
def test_with_a_model(tiny_causal: Path, tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(5))
    options = {"model": tiny_causal, "cache_dir": str(tmp_path / "store"), "factory": None, "device": "cpu"}
    assert run(source, tmp_path / "ray.jsonl", ray="local", batch_size=2, **options).done == 5
    run(source, tmp_path / "local.jsonl", **options)
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


def test_options_that_make_no_sense(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(3))
    for options in (
        {"gpus": 0.5},
        {"max_workers": 2},
        {"ray": "local", "workers": 3, "max_workers": 2},
        {"ray": "local", "batch_size": 0},
        {"ray": "ray://head:10001"},
    ):
        with pytest.raises(InputError, match="--"):
            run(source, tmp_path / "out.jsonl", **options)
