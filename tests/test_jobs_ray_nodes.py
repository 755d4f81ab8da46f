"""Jobs on a Ray cluster of two nodes, of which one is killed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from job_files import articles, run, write_jsonl
from standin import Slow

from summarize.jobs import JobReport

ray = pytest.importorskip("ray", reason="jobs on Ray need the extra `ray`")

ARTICLES = 120
NODE = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
# Ray's own patience with a silent node is half a minute. A live one may well be slow on a busy machine.
IMPATIENT = {
    "health_check_initial_delay_ms": 2000,
    "health_check_period_ms": 1000,
    "health_check_timeout_ms": 2000,
    "health_check_failure_threshold": 3,
}


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster with room for one actor on this process's node and one on another."""
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # actors import the stand-in
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    if ray.is_initialized():
        ray.shutdown()
    head = {**NODE, "include_dashboard": False, "_system_config": IMPATIENT}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    cluster.add_node(**NODE)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, logging_level=logging.ERROR, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.mark.parametrize("replaced", [True, False], ids=["replaced", "gone for good"])
def test_a_killed_node_costs_nothing(
    replaced: bool, nodes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize.jobs.ray_runner.STALLED", 3.0)
    monkeypatch.setattr("summarize.jobs.runner.WINDOW", 16)  # so that a lost batch holds up the rest
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(ARTICLES)), tmp_path / "out.jsonl"
    killed_at: list[int] = []
    begun = threading.Event()

    def progress(report: JobReport) -> None:
        if report.done >= 20 and not begun.is_set():
            killed_at.append(report.done)
            begun.set()

    reports: list[JobReport] = []

    def work() -> None:
        options = {"ray": "auto", "workers": 2, "batch_size": 4, "factory": Slow(0.05), "progress": progress}
        reports.append(run(source, out, **options))

    # Nodes are added by the main thread or not at all, so the job has another one.
    job = threading.Thread(target=work, daemon=True)
    job.start()
    assert begun.wait(180)
    (node,) = nodes.worker_nodes
    nodes.remove_node(node, allow_graceful=False)
    if replaced:
        nodes.add_node(**NODE)
    job.join(300)
    assert 20 <= killed_at[0] < ARTICLES
    assert [(report.done, report.total_failed) for report in reports] == [(ARTICLES, {})]
    run(source, tmp_path / "local.jsonl")
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()
