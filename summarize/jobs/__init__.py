"""Batch jobs: many articles in, one result each out, however often the job is stopped, killed or run again.

from summarize import jobs

report = jobs.run("night/*.txt", "digests.jsonl")
print(report.to_text())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.jobs.report import JobReport
    from summarize.jobs.rows import arrow_schema
    from summarize.jobs.runner import run
    from summarize.jobs.status import JobStatus, read_status

_HOMES = {
    "JobReport": "report",
    "JobStatus": "status",
    "arrow_schema": "rows",
    "read_status": "status",
    "run": "runner",
}

__all__ = ["JobReport", "JobStatus", "arrow_schema", "read_status", "run"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"summarize.jobs.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'summarize.jobs' has no attribute {name!r}")
