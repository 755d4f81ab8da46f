"""The command `summarize batch`, with a stand-in for the model."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from job_files import articles, ids, write_jsonl
from standin import KILLS, factory

from summarize import Summarizer, jobs
from summarize.batch_command import SOME_FAILED
from summarize.errors import InputError, JobError, OutputError, TooManyFailuresError
from summarize.jobs.estimate import DEFAULT_RATE

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `summarize batch` in this process, with the stand-in; returns exit code, output and what it told."""
    from summarize.cli import main

    monkeypatch.setattr("summarize.jobs.runner.SummarizerFactory", lambda options: factory)
    monkeypatch.setattr("summarize.jobs.runner.describe", lambda options: {"chars": options["summary_chars"]})

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["summarize", "batch", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def test_command(command: Any, tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5) | {"坏": "bad"}), tmp_path / "out.jsonl"
    code, told, table = command(source, "--out", out)
    assert (code, told) == (21, "") and len(ids(out)) == 5
    lines = {
        line.rsplit(None, 1)[0].strip(): line.split()[-1] for line in table.splitlines() if "quarantine" not in line
    }
    assert lines["done"] == "5" and lines["failed"] == "1" == lines["not an article"] and lines["articles/s"] > "0.00"
    assert str(tmp_path / "out.jsonl.job" / "quarantine.jsonl") in table
    code, told, _ = command("--status", out)
    assert code == 0 and "not running, begun once" in told and "not an article" in told
    assert command(source, "--out", out, "--summary-chars", 50)[0] == JobError.exit_code
    assert command(source, "--out", out, "--summary-chars", 50, "--restart", "--quiet") == (21, "", "")
    code, _, error = command(source, "--out", out, "--restart", "--max-failures", 0)
    assert code == TooManyFailuresError.exit_code and error.startswith("Error: 1 input failed")
    assert command(source)[0] == command("--out", out)[0] == InputError.exit_code
    assert command("--status", tmp_path / "other")[0] == JobError.exit_code


def test_an_article_that_kills_its_process_is_put_aside(command: Any, tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(5) | {"文2": f"第二号{KILLS}。"})
    code, _, table = command(source, "--out", tmp_path / "out.jsonl")
    assert code == SOME_FAILED and "worker died" in table and len(ids(tmp_path / "out.jsonl")) == 4


def test_job_file(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "in.jsonl", articles(5))
    job = tmp_path / "job.toml"
    job.write_text('sources = ["in.jsonl"]\nout = "out.jsonl"\nsummary-chars = 60\nrows = "section"\n')
    assert command("--job", "job.toml", "--rows", "article")[0] == 0
    assert len(ids(tmp_path / "out.jsonl")) == 5
    assert jobs.read_status("out.jsonl").settings["chars"] == 60
    for line, words in [
        ("rowz = 1", "which there is not"),
        ("rows = 1", "give a string"),
        ('glossary = "x.tsv"', "give a list of strings"),
        ("workers = true", "give a whole number"),
        ("= 1", "is not TOML"),
    ]:
        job.write_text(line)
        code, _, error = command("--job", "job.toml")
        assert code == InputError.exit_code and words in error
    assert command("--job", "none.toml")[0] == InputError.exit_code


def test_options_of_the_models_arrive(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr("summarize.jobs.runner.SummarizerFactory", lambda options: [given.update(options), factory][1])
    source, job = write_jsonl(tmp_path / "in.jsonl", articles(1)), tmp_path / "job.toml"
    job.write_text("memory = 2\ncache = true\nsections = '3'\noffline = true\n")
    assert (
        command(source, "--out", tmp_path / "out.jsonl", "--job", job, "--sections", "auto", "--device", "cpu")[0] == 0
    )
    wanted = {"memory": 2.0, "cache": True, "sections": None, "offline": True, "device": "cpu", "engine": "auto"}
    assert wanted.items() <= given.items()
    inspect.signature(Summarizer).bind(**given)


def test_dry_run(command: Any, tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5) | {"坏": "bad"}), tmp_path / "out.jsonl"
    code, told, _ = command(source, "--out", out, "--dry-run")
    characters = sum(map(len, articles(5).values()))
    assert code == 0 and f"5 articles, {characters} characters" in told and "the default model on a machine" in told
    assert "坏 holds no Chinese" in told
    assert not out.exists() and not (tmp_path / "out.jsonl.job").exists()
    command(source, "--out", out)
    told = command(source, "--out", out, "--dry-run")[1]
    assert "0 articles" in told and "the 5 articles that this job has done so far" in told


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (["none", "-o", "q.jsonl"], InputError, "none does not exist"),
        (["*.zzz", "-o", "q.jsonl"], InputError, "No file matches"),
        (["empty", "-o", "q.jsonl"], InputError, "There is no article in empty"),
        (["empty", "empty", "-o", "q"], InputError, "no article in empty, empty"),
        (["in.jsonl", "-o", "x.pdf"], InputError, "name a .jsonl or .parquet file, or a folder"),
        (["in.jsonl", "-o", "x.HTML"], InputError, "name a .jsonl or .parquet file, or a folder"),
        (["in.jsonl", "-o", "x.jsonl", "--format", "html"], InputError, "no name for output in html; name a folder"),
        (["in.jsonl", "-o", "x.html", "--format", "html"], InputError, "name a folder"),
        (["in.jsonl", "-o", "x.jsonl", "--format", "parquet"], InputError, "name a folder .parquet"),
        (["in.jsonl", "-o", "x.docx", "--format", "jsonl"], InputError, "name a .jsonl file"),
        (["in.jsonl", "-o", "none/x.jsonl"], OutputError, "The folder none does not exist"),
        (["in.jsonl", "-o", "in.jsonl"], JobError, "not of a batch job"),
    ],
)
def test_what_cannot_begin_leaves_nothing(
    command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], error: Any, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "in.jsonl", articles(1))
    (tmp_path / "empty").mkdir()
    for asked in (given, [*given, "--dry-run"]):
        code, told, wrong = command(*asked)
        assert (code, told) == (error.exit_code, "") and words in wrong and wrong.count("\n") == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "in.jsonl"]


def test_default_rate_is_the_measured_one() -> None:
    measured = json.loads((ROOT / "benchmarks" / "results" / "digest.json").read_text("utf-8"))
    assert DEFAULT_RATE["characters"] == measured["article"]["characters"]
    # What is measured again is a little different each time; a rate that is no longer true is not.
    assert DEFAULT_RATE["seconds"] == pytest.approx(measured["median"]["digest"], rel=0.3)
    assert DEFAULT_RATE["output_tokens"] == pytest.approx(measured["output_tokens"], rel=0.3)
