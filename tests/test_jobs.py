"""Jobs with a stand-in for the model: what is done once, done again, put aside, refused."""

from __future__ import annotations

import gzip
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from job_files import articles, ids, quarantine, read_jsonl, run, write_jsonl
from standin import BUG, ENGINE, HUNGRY, KILLS, REFUSED, Slow, Standin

from summarize import Digest, Summarizer, jobs
from summarize.article import parse_article
from summarize.errors import (
    EngineError,
    InputError,
    JobError,
    MissingPackageError,
    OutputError,
    TooManyFailuresError,
)
from summarize.formats import SUFFIXES
from summarize.jobs import JobReport
from summarize.jobs.digesting import Input, digest_batch
from summarize.jobs.sinks import GROUP
from summarize.threads import available_cores, limited_threads

# ---- one result an input


def test_each_input_has_one_result_in_order(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(20))
    report = run(source, tmp_path / "out.jsonl")
    assert (report.done, report.total_done, report.failed, report.interrupted) == (20, 20, {}, False)
    assert report.findings == {"missing": 20} == report.total_findings
    rows = read_jsonl(tmp_path / "out.jsonl")
    assert [row.pop("id") for row in rows] == list(articles(20))
    assert [Digest.from_dict(row).source for row in rows] == list(articles(20))
    assert not list((tmp_path / "out.jsonl.job").glob("quarantine*"))


def test_an_error_of_the_progress_function_is_the_callers(tmp_path: Path) -> None:
    """It is not taken for one of the disk, and what was committed before it is kept."""
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5)), tmp_path / "out.jsonl"

    def progress(report: JobReport) -> None:
        raise ConnectionRefusedError("nobody listens")

    with pytest.raises(ConnectionRefusedError, match="nobody listens"):
        run(source, out, progress=progress)
    assert run(source, out).skipped == 5


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "out", "texts"])
def test_again_and_with_changes(name: str, tmp_path: Path) -> None:
    """New inputs are added, changed ones replaced, and all else is left as it was, in every kind of output."""
    if name.endswith((".zst", ".parquet")):
        pytest.importorskip("pyarrow")
    out, options = tmp_path / name, {"format": "text" if name == "texts" else "auto"}

    def found() -> dict[str, str]:
        """A part of each result that says from which text it is, by id; fails if there are two for one input."""
        if name.endswith("parquet"):
            import pyarrow.parquet

            rows = pyarrow.parquet.read_table(out).to_pylist()
        elif ".jsonl" in name:
            rows = read_jsonl(out)
        else:
            return {path.stem: path.read_text("utf-8") for path in out.iterdir()}
        assert len({row["id"] for row in rows}) == len(rows)
        return {row["id"]: row["sections"][0]["summary"]["zh"] for row in rows}

    texts = articles(GROUP + 10)
    source = write_jsonl(tmp_path / "in.jsonl", texts)
    assert run(source, out, **options).done == GROUP + 10
    assert run(source, out, **options).skipped == GROUP + 10
    texts |= {"文3": "改了的第三号。", f"文{GROUP + 1}": "改了的另一号。", "新": "新来的一号。", "文5": "no Chinese"}
    write_jsonl(source, texts)
    report = run(source, out, **options)
    assert (report.done, report.skipped, report.failed) == (3, GROUP + 7, {"not an article": 1})
    assert report.total_done == GROUP + 10
    results = found()
    assert sorted(results) == sorted(set(texts) - {"文5"})
    assert all(text.split("\n")[0] in results[id] for id, text in texts.items() if id != "文5")
    del texts["文3"]  # the result of an input that is gone stays
    write_jsonl(source, {**texts, "文5": "第五号又好了。"})
    assert run(source, out, **options).done == 1
    assert len(found()) == GROUP + 11


FORMATS = {"html": b"<!DOCTYPE html>", "markdown": b"## ", "tmx": b"<?xml", "docx": b"PK"}


@pytest.mark.parametrize(("format", "begins"), FORMATS.items())
def test_a_folder_of_files_of_a_format(format: str, begins: bytes, tmp_path: Path) -> None:
    if format == "docx":
        pytest.importorskip("docx")
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(2)), tmp_path / "out"
    assert run(source, out, format=format).done == 2
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{id}{SUFFIXES[format]}" for id in articles(2))
    assert all(path.read_bytes().startswith(begins) for path in out.iterdir())


def test_a_folder_of_word_documents_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingPackageError, match="docx"):
        run(write_jsonl(tmp_path / "in.jsonl", articles(2)), tmp_path / "out", format="docx")
    assert not (tmp_path / "out").exists()


def test_compressed_output_does_not_depend_on_interruptions(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(GROUP + 50))
    run(source, tmp_path / "whole.jsonl.gz")
    stop = threading.Event()

    def progress(report: JobReport) -> None:
        stop.set()

    out = tmp_path / "out.jsonl.gz"
    report = run(source, out, factory=Slow(0.01), stop=stop, progress=progress)
    assert report.interrupted and 0 < report.total_done < GROUP + 50
    assert len(read_jsonl(out)) == report.total_done
    run(source, out)
    assert out.read_bytes() == (tmp_path / "whole.jsonl.gz").read_bytes()


def test_changed_settings_are_refused(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(3)), tmp_path / "out.jsonl"
    run(source, out, settings={"model": "a"})
    with pytest.raises(JobError, match=r"model was a and is now b.*--restart"):
        run(source, out, settings={"model": "b"})
    with pytest.raises(JobError, match="rows was article"):
        run(source, out, settings={"model": "a"}, rows="section")
    for old, new, told in [
        (None, "f5d5", "there was no glossary before"),
        ("f5d5", "7ab1", "the glossary has changed"),
        ("f5d5", None, "there was a glossary before"),
    ]:
        run(source, out, settings={"glossary": old}, restart=True)
        with pytest.raises(JobError, match=rf"other settings \({told}\)"):
            run(source, out, settings={"glossary": new})
    run(source, out, settings={"sections": None}, restart=True)
    with pytest.raises(JobError, match="sections was auto and is now 3"):
        run(source, out, settings={"sections": 3})
    with pytest.raises(InputError, match="does not exist"):
        run(tmp_path / "none.jsonl", out, restart=True)
    assert len(ids(out)) == 3  # nothing was thrown away
    assert run(source, out, settings={"model": "b"}, restart=True).done == 3
    assert len(ids(out)) == 3


def test_what_is_not_of_a_job_is_left_alone(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(3)), tmp_path / "out.jsonl"
    out.write_text("precious")
    for restart in (False, True):
        with pytest.raises(JobError, match="not of a batch job"):
            run(source, out, restart=restart)
    assert out.read_text() == "precious"
    with pytest.raises(OutputError, match="does not exist"):
        run(source, tmp_path / "no" / "out.jsonl")


def test_torn_lines_are_cut_off_and_lost_ones_are_noticed(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5)), tmp_path / "out.jsonl"
    run(source, out)
    whole = out.read_bytes()
    out.write_bytes(whole + b'{"id": "torn')
    run(source, out)
    assert out.read_bytes() == whole
    out.write_bytes(whole[:-9])
    with pytest.raises(OutputError, match="shorter than its manifest says"):
        run(source, out)


def test_damaged_manifest_is_told(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5)), tmp_path / "out.jsonl"
    run(source, out)
    (tmp_path / "out.jsonl.job" / "manifest.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(JobError, match="damaged"):
        run(source, out)
    assert run(source, out, restart=True).done == 5


def test_only_one_process_at_a_time(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5)), tmp_path / "out.jsonl"
    told: list[str] = []

    def progress(report: JobReport) -> None:
        assert jobs.read_status(out).running
        with pytest.raises(JobError, match="Another process is at work") as error:
            run(source, out)
        told.append(str(error.value))

    run(source, out, progress=progress)
    assert told and not jobs.read_status(out).running


def test_results_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(40))
    run(source, tmp_path / "one.jsonl")
    report = run(source, tmp_path / "two.jsonl", workers=2, factory=Slow(0.002))
    assert report.done == 40
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_rows_of_sections(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(4))
    run(source, tmp_path / "out.jsonl", rows="section")
    rows = read_jsonl(tmp_path / "out.jsonl")
    assert [(row["id"], row["index"]) for row in rows[:4]] == [("文0", 0), ("文0", 1), ("文1", 0), ("文1", 1)]
    assert rows[0]["summary"]["zh"] == "第0号：社区新增车位286个。" and rows[0]["findings"][0]["kind"] == "missing"
    with pytest.raises(InputError, match="one file an article"):
        run(source, tmp_path / "folder", rows="section")


def test_parquet_has_all_of_a_digest(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    source = write_jsonl(tmp_path / "in.jsonl", articles(4))
    run(source, tmp_path / "a.parquet")
    run(source, tmp_path / "s.parquet", rows="section")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.schema.equals(jobs.arrow_schema("article"))
    run(source, tmp_path / "a.jsonl")
    for row, wanted in zip(table.to_pylist(), read_jsonl(tmp_path / "a.jsonl"), strict=True):
        for section in wanted["sections"]:
            section["findings"] = section.pop("fidelity")["findings"]
        assert wanted.pop("schema")
        assert {**row, "models": dict(row["models"])} == wanted
    sections = parquet.read_table(tmp_path / "s.parquet")
    assert sections.schema.equals(jobs.arrow_schema("section")) and sections.num_rows == 8


def test_names_of_rendered_files(tmp_path: Path) -> None:
    strange = {"../../up": 1, "a/b": 2, "a:b": 3, "/root": 4, "x" * 300: 5, "..": 6, "行\n行": 7}
    source = write_jsonl(tmp_path / "in.jsonl", {id: f"第{n}号。" for id, n in strange.items()})
    (tmp_path / "out").mkdir()
    assert run(source, tmp_path / "out" / "x").done == len(strange)
    files = [path for path in (tmp_path / "out" / "x").rglob("*") if path.is_file()]
    assert len(files) == len(strange)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out"]
    assert {json.loads(path.read_text("utf-8"))["source"] for path in files} == set(strange)


# ---- what fails


def test_failures_are_put_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    texts = articles(12) | {
        "文4": f"第四号{BUG}。",
        "文6": f"第六号{ENGINE}。",
        "文8": f"第八号{REFUSED}。",
        "文9": "Hello",
    }
    source, out = write_jsonl(tmp_path / "in.jsonl", texts), tmp_path / "out.jsonl"
    report = run(source, out)
    assert ids(out) == [id for id in texts if id not in ("文4", "文6", "文8", "文9")]
    assert report.failed == {"unexpected error": 1, "engine error": 1, "not an article": 2} == report.total_failed
    failed = quarantine(out)
    assert [failed[id]["reason"] for id in ("文4", "文6", "文8", "文9")] == [
        "unexpected error",
        "engine error",
        "not an article",
        "not an article",
    ]
    assert failed["文4"]["message"] == "a bug" and failed["文9"]["place"].endswith("in.jsonl:10")
    log = (tmp_path / "out.jsonl.job" / "tracebacks.log").read_text("utf-8")
    assert f"==== {failed['文4']['traceback']}\n" in log and "ValueError: a bug" in log
    # They stay aside, until somebody asks for them or they change.
    assert run(source, out).failed == {}
    assert run(source, out, retry_failed=True).failed == report.failed
    write_jsonl(source, articles(12))
    assert run(source, out).done == 4
    assert sorted(ids(out)) == sorted(texts) and not quarantine(out)


def test_retry_failed_replaces_the_failure(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(6) | {"文2": f"第二号{BUG}。"})
    out = tmp_path / "out.jsonl"
    assert run(source, out).failed == {"unexpected error": 1}

    class Mended(Standin):
        def digest_many(self, articles: Any, on_error: Any = None) -> Iterator[Digest]:
            return super().digest_many(
                (parse_article(article.text.replace(BUG, ""), source=article.source) for article in articles), on_error
            )

    report = run(source, out, retry_failed=True, factory=lambda report: Mended())
    assert (report.done, report.skipped, report.total_failed) == (1, 5, {})
    assert sorted(ids(out)) == sorted(articles(6))


def test_first_of_two_with_one_id_wins(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write_jsonl(source, articles(3))
    write_jsonl(tmp_path / "more.jsonl", {"文1": "另一篇。", "文7": "第七号。"})
    for restart in (False, True, False):
        report = run([source, tmp_path / "more.jsonl"], out, restart=restart)
        assert report.total_failed == {"duplicate id": 1}
        rows = {row["id"]: row["sections"][0]["summary"]["zh"] for row in read_jsonl(out)}
        assert rows["文1"] == "第1号：社区新增车位286个。" and len(rows) == 4
    assert "more.jsonl:1" in quarantine(out)["文1"]["message"]
    assert run(source, out).total_failed == {}  # no longer there, no longer told


def test_too_many_failures_stop_the_job(tmp_path: Path) -> None:
    bad = {f"坏{number}": "bad" for number in range(10)}
    source = write_jsonl(tmp_path / "in.jsonl", articles(3) | bad)
    run(source, tmp_path / "few.jsonl", max_failures=10)
    with pytest.raises(TooManyFailuresError, match=r"10 inputs failed, more than the 9 allowed"):
        run(source, tmp_path / "out.jsonl", max_failures=9)
    assert len(ids(tmp_path / "out.jsonl")) == 3 and len(quarantine(tmp_path / "out.jsonl")) == 10


def test_a_broken_engine_stops_the_job(tmp_path: Path) -> None:
    """Thousands of articles are not put aside because the machine has a bad day."""
    source = write_jsonl(tmp_path / "in.jsonl", articles(5) | {f"坏{n}": f"第{n}号{ENGINE}。" for n in range(30)})
    out = tmp_path / "out.jsonl"
    with pytest.raises(EngineError, match="8 articles in a row failed"):
        run(source, out)
    assert len(ids(out)) == 5
    assert jobs.read_status(out).report.total_failed == {}


def test_a_model_that_cannot_be_loaded_is_no_failure_of_an_article(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(3))
    with pytest.raises(EngineError, match="no such engine"):
        run(source, tmp_path / "out.jsonl", factory=broken_factory)
    with pytest.raises(EngineError, match="no such engine"):
        run(source, tmp_path / "out.jsonl", factory=broken_factory, workers=2)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def broken_factory(report: Any) -> Any:
    raise EngineError("There is no such engine.")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_is_killed_takes_only_its_article_with_it(workers: int, tmp_path: Path) -> None:
    texts = articles(30) | {"文11": f"第十一号{KILLS}。"}
    source, out = write_jsonl(tmp_path / "in.jsonl", texts), tmp_path / "out.jsonl"
    report = run(source, out, workers=workers, factory=Slow(0.002))
    assert report.failed == {"worker died": 1} and "signal 9" in quarantine(out)["文11"]["message"]
    assert ids(out) == [id for id in texts if id != "文11"]


@pytest.mark.parametrize("workers", [0, 1])
def test_an_article_that_needs_too_much_memory_fails_alone(workers: int, tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(12) | {"文5": f"第五号{HUNGRY}。"})
    report = run(source, tmp_path / "out.jsonl", workers=workers)
    assert (report.done, report.failed) == (11, {"unexpected error": 1})
    assert quarantine(tmp_path / "out.jsonl")["文5"]["message"] == "MemoryError"


def test_a_source_that_ends_badly_keeps_what_was_read(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", articles(5))
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(source.read_bytes())[:-12])
    out = tmp_path / "out.jsonl"
    report = run(packed, out)
    assert report.total_failed == {"unreadable": 1} and "to its end" in next(iter(quarantine(out).values()))["message"]
    with pytest.raises(InputError, match="does not exist"):
        run([source, tmp_path / "missing.jsonl"], tmp_path / "other.jsonl")


def test_an_exception_leaves_the_others_in_work_alone() -> None:
    inputs = [Input(n, str(n), parse_article(f"第{n}号{BUG if n == 2 else ''}。")) for n in range(6)]
    results = digest_batch(Standin(), inputs)
    assert [result.number for result in results if not result.failure] == [0, 1, 3, 4, 5]
    (failure,) = [result.failure for result in results if result.failure]
    assert failure.reason == "unexpected error" and "ValueError: a bug" in failure.traceback


# ---- a real model, if a tiny one


def test_with_a_model(tiny_causal: Path, tmp_path: Path) -> None:
    from test_pipeline import HEADED, UNHEADED

    source = write_jsonl(
        tmp_path / "in.jsonl", {"一": HEADED, "二": UNHEADED, "三": "English only", "四": HEADED + "雨停了。"}
    )
    options: dict[str, Any] = {"model": tiny_causal, "cache_dir": str(tmp_path / "store"), "factory": None}
    report = run(source, tmp_path / "out.jsonl", **options)
    assert report.total_failed == {"not an article": 1} and report.prompt_tokens > report.output_tokens > 50
    summarizer = Summarizer(tiny_causal, cache_dir=str(tmp_path / "store"))
    for row, text in zip(read_jsonl(tmp_path / "out.jsonl"), (HEADED, UNHEADED, HEADED + "雨停了。"), strict=True):
        wanted = summarizer.digest(parse_article(text, source=row.pop("id")))
        assert row == json.loads(json.dumps(wanted.to_dict()))
    assert run(source, tmp_path / "two.jsonl", workers=2, **options).done == 3
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()
    with pytest.raises(JobError, match="summary_chars was 100 and is now 60"):
        run(source, tmp_path / "out.jsonl", summary_chars=60, **options)


def test_threads_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    cores = available_cores()
    with limited_threads(1):
        assert (os.environ["OMP_NUM_THREADS"], os.environ["MKL_NUM_THREADS"]) == ("1", "1")
        assert sys.platform != "linux" or len(available_cores()) == 1
    assert os.environ["OMP_NUM_THREADS"] == "7" and "MKL_NUM_THREADS" not in os.environ
    assert available_cores() == cores
