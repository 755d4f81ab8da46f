"""Inputs and outputs of the jobs in tests, and a job with the stand-in for a model."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from standin import factory

from summarize import jobs
from summarize.jobs import JobReport

TEXT = "第{}号：社区新增车位286个。\n渔船{}艘安全返港。"


def run(source: Any, out: Path, **options: Any) -> JobReport:
    return jobs.run(source, out, **{"factory": factory, **options})


def write_jsonl(path: Path, texts: dict[str, str]) -> Path:
    lines = (json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n" for id, text in texts.items())
    path.write_text("".join(lines), encoding="utf-8")
    return path


def articles(count: int) -> dict[str, str]:
    return {f"文{number}": TEXT.format(number, number) for number in range(count)}


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        pyarrow = pytest.importorskip("pyarrow")
        data = pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read()
    return [json.loads(line) for line in data.splitlines()]


def ids(out: Path) -> list[str]:
    return [row["id"] for row in read_jsonl(out)]


def quarantine(out: Path) -> dict[str, dict[str, Any]]:
    path = out.with_name(f"{out.name}.job") / "quarantine.jsonl"
    return {row["id"]: row for row in read_jsonl(path)} if path.exists() else {}


def contents(out: Path) -> dict[str, bytes]:
    paths = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}
