"""What there is to know of a job, whether it runs or not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summarize.errors import JobError
from summarize.jobs.files import job_folder, manifest_path
from summarize.jobs.manifest import read_manifest
from summarize.jobs.report import JobReport


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job as its manifest tells it.

    Attributes:
        running: a process is at work on it.
        runs: how often it was begun.
        settings: what its results depend on.
        report: totals of all runs; nothing of a single one.
        measured: articles, characters, tokens and seconds of all runs that came to an orderly end; {} if none did.
    """

    running: bool
    runs: int
    settings: dict[str, Any]
    report: JobReport
    measured: dict[str, float]

    def to_text(self) -> str:
        """The table of the report, and whether the job runs."""
        state = "running" if self.running else "not running"
        runs = "once" if self.runs == 1 else f"{self.runs} times"
        return f"{self.report.out}: {state}, begun {runs}\n{self.report.to_text()}"


def read_status(out: str | Path) -> JobStatus:
    """The status of the job with this output.

    Raises:
        JobError: if there is no such job, or its manifest cannot be read.
    """
    out = Path(out)
    if not manifest_path(out).is_file():
        raise JobError(f"There is no batch job with the output {out}; check the path.")
    manifest = read_manifest(manifest_path(out))
    try:
        report = JobReport(out)
        report.total_done, report.total_failed, report.total_findings = manifest.counts()
        return JobStatus(
            _is_locked(out), manifest.get("run", 0), manifest.get("settings", {}), report, manifest.get("measured", {})
        )
    finally:
        manifest.close()


def _is_locked(out: Path) -> bool:
    lock = FileLock(job_folder(out) / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # may only be read: nobody can be at work on it here
        return False
    lock.release()
    return False
