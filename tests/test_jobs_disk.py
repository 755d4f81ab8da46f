"""Outputs of jobs on disks that fail."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from job_files import articles, contents, run, write_jsonl
from standin import Slow

from summarize import jobs
from summarize.errors import OutputError
from summarize.jobs import JobReport


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs the rights of root")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet", "out"])
def test_disk_full(name: str, small_disk: Path, tmp_path: Path) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    # Chinese characters that do not repeat: they are not compressed to nothing.
    texts = {f"文{n}": "".join(chr(0x4E00 + (n * 7919 + i * 104729) % 20000) for i in range(900)) for n in range(300)}
    source, out = write_jsonl(tmp_path / "in.jsonl", texts), small_disk / name
    with pytest.raises(OutputError, match=r"is full; free some space and run the same command again"):
        run(source, out, factory=Slow(0.002))
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    if out.is_file():
        before = jobs.read_status(out).report.total_done
        assert before < 300
    assert run(source, out).total_done == 300
    run(source, tmp_path / name)
    assert contents(out) == contents(tmp_path / name)


@pytest.fixture
def protect(tmp_path: Path) -> Iterator[Any]:
    """A function that makes a folder read-only; for root, for whom permissions are nothing, by an attribute."""
    protected: list[Path] = []

    def make_read_only(folder: Path) -> None:
        protected.append(folder)
        folder.chmod(0o500)
        if os.geteuid() == 0 and subprocess.run(["chattr", "+i", folder], capture_output=True).returncode:
            pytest.skip("root may write everywhere, and there is no chattr here")

    yield make_read_only
    for folder in protected:
        subprocess.run(["chattr", "-i", folder], capture_output=True)
        folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another thing here")
def test_output_made_read_only(tmp_path: Path, protect: Any) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(200)), tmp_path / "out"

    def progress(report: JobReport) -> None:
        if not out.stat().st_mode & 0o200:
            return
        protect(out)

    with pytest.raises(OutputError, match=r"cannot be written .*run the same command again"):
        run(source, out, factory=Slow(0.02), progress=progress)
    done = jobs.read_status(out).report.total_done
    assert 0 < done < 200 and len(contents(out)) == done
    subprocess.run(["chattr", "-i", out], capture_output=True)
    out.chmod(0o700)
    assert run(source, out).total_done == 200
    run(source, tmp_path / "other")
    assert contents(out) == contents(tmp_path / "other")
