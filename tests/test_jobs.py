"""Jobs with a stand-in for the model: what is done once, done again, put aside, refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standin import BUG, ENGINE, KILLS, REFUSED, Slow, Standin, factory

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
from summarize.jobs import JobReport
from summarize.jobs.digesting import Input, digest_batch
from summarize.jobs.sinks import GROUP
from summarize.jobs.sources import read_sources

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
    with pytest.raises(JobError, match=r"model was 'a' and is now 'b'.*--restart"):
        run(source, out, settings={"model": "b"})
    with pytest.raises(JobError, match="rows was 'article'"):
        run(source, out, settings={"model": "a"}, rows="section")
    assert run(source, out, settings={"model": "b"}, restart=True).done == 3
    assert len(ids(out)) == 3


def test_what_is_not_of_a_job_is_left_alone(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(3)), tmp_path / "out.jsonl"
    out.write_text("precious")
    for restart in (False, True):
        with pytest.raises(JobError, match="not of a batch job"):
            run(source, out, restart=restart)
    assert out.read_text() == "precious"
    with pytest.raises(JobError, match="does not exist"):
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
    assert jobs.read_status(tmp_path / "out.jsonl").report.total_failed == {}


def broken_factory(report: Any) -> Any:
    raise EngineError("There is no such engine.")


def test_a_worker_that_is_killed_takes_only_its_article_with_it(tmp_path: Path) -> None:
    texts = articles(30) | {"文11": f"第十一号{KILLS}。"}
    source, out = write_jsonl(tmp_path / "in.jsonl", texts), tmp_path / "out.jsonl"
    report = run(source, out, workers=2, factory=Slow(0.002))
    assert report.failed == {"worker died": 1} and "signal 9" in quarantine(out)["文11"]["message"]
    assert ids(out) == [id for id in texts if id != "文11"]


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


# ---- strange inputs


def test_strange_files(tmp_path: Path) -> None:
    folder = tmp_path / "night"
    (folder / "deep").mkdir(parents=True)
    (folder / "1.txt").write_bytes("社区新增车位286个。".encode("gb18030"))
    (folder / "2.md").write_text("渔船安全返港。", "utf-8")
    (folder / "deep" / "3.txt").write_bytes(b"\xe7\xa4\xbe\xff\xfe\x81")
    (folder / "4.txt").write_bytes("车位。".encode() * (50_000_000 // 9))
    (folder / "5.pdf").write_bytes(b"%PDF")
    (folder / ".6.txt").write_text("藏着。", "utf-8")
    with open(bytes(folder / "7") + b"\xff.txt", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("名字不是文字。")
    out = folder / "out.jsonl"  # inside of what is read
    report = run(folder, out)
    assert ids(out) == ["night/1.txt", "night/2.md", "night/7\\udcff.txt"]
    failed = quarantine(out)
    assert sorted(failed) == ["night/4.txt", "night/deep/3.txt"]
    assert "49,999,995 bytes" in failed["night/4.txt"]["message"] and report.failed == {"not an article": 2}
    assert run(tmp_path / "night" / ".." / "night", out).skipped == 5
    assert run(str(folder / "*.txt"), out).skipped == 3
    assert run([folder / "1.txt"], out).skipped == 1
    texts = folder / "texts"
    assert run(folder, texts, format="text").done == run(folder, texts, format="text").skipped - 2 == 3


def test_strange_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.jobs.sources.LONGEST_LINE", 1000)
    lines = [
        '{"id": "a", "text": "第一号。"}',
        "",
        "not json",
        '{"id": "b", "text": 7}',
        "[1]",
        '"只有文字。"',
        '{"text": "没有名字。"}',
        '{"id": 12, "text": "' + "长" * 1000 + '"}',
        '{"id": "c", "text": "坏\\ud800字。"}',
        '{"id": "\\ud800", "text": "坏名字。"}',
    ]
    (tmp_path / "in.jsonl").write_bytes("\n".join(lines).encode() + b'\n{"id": "d", "text": "\xff"}\n{"id": "e')
    out = tmp_path / "out.jsonl"
    run(tmp_path / "in.jsonl", out)
    name = f"{tmp_path.name}/in.jsonl"
    assert ids(out) == ["a", f"{name}:6", f"{name}:7", "\\ud800"]
    assert sorted(quarantine(out)) == sorted(["b", "c", *(f"{name}:{n}" for n in (3, 5, 8, 11, 12))])


def test_clock_jumps_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = iter(range(10**9))
    monkeypatch.setattr(time, "time", lambda: (-1) ** next(jumps) * 1e9)
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5)), tmp_path / "out.jsonl"
    report = run(source, out)
    assert report.done == 5 and 0 < report.seconds < 60
    assert run(source, out).skipped == 5


# ---- sources


def test_tables(tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["key", "body"], ["a", "第一号。\n第二段。"], ["b", "第二号。"], ["", "第三号。"]])
    assert run(tmp_path / "in.csv", tmp_path / "n.jsonl", text_column="body").done == 3
    assert ids(tmp_path / "n.jsonl") == [f"{tmp_path.name}/in.csv:{n}" for n in (1, 2, 3)]
    out = tmp_path / "out.jsonl"
    assert run(tmp_path / "in.csv", out, text_column="body", id_column="key").failed == {"unreadable": 1}
    assert ids(out) == ["a", "b"]
    with pytest.raises(InputError, match=r"no column 'text' .*it has 'key', 'body'"):
        run(tmp_path / "in.csv", tmp_path / "other.jsonl")


def test_standard_input(tmp_path: Path) -> None:
    lines = b'\n{"id": "a", "text": "\xe7\xac\xac\xe4\xb8\x80\xe3\x80\x82"}\n'
    assert run("-", tmp_path / "out.jsonl", stdin=io.BytesIO(lines)).done == 1
    assert ids(tmp_path / "out.jsonl") == ["a"]
    run("-", tmp_path / "one.jsonl", stdin=io.BytesIO("\n第一号。\n第二段。".encode()))
    assert [row["sections"][1]["summary"]["zh"] for row in read_jsonl(tmp_path / "one.jsonl")] == ["第二段。"]


def test_globs_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "a/x/3.txt", "a/4.log"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("第一号。", "utf-8")
    root = tmp_path.name

    def found(pattern: str) -> list[str]:
        return [given.id for given in read_sources([f"{tmp_path}/{pattern}"])]

    assert found("*/*.txt") == [f"{root}/a/1.txt", f"{root}/b/2.txt"]
    assert found("**/*.txt") == [f"{root}/a/1.txt", f"{root}/a/x/3.txt", f"{root}/b/2.txt"]
    assert found("a/[0-9].txt") == ["a/1.txt"]
    assert found("") == [f"{root}/a/1.txt", f"{root}/a/x/3.txt", f"{root}/b/2.txt"]
    with pytest.raises(InputError, match="No file matches"):
        found("*.md")


def test_parquet_with_a_damaged_row_group(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = articles(30)
    table = pyarrow.table({"id": list(texts), "text": list(texts.values()), "other": [1.0] * 30})
    path, out = tmp_path / "in.parquet", tmp_path / "out.jsonl"
    parquet.write_table(table, path, row_group_size=10, write_page_checksum=True)
    whole = path.read_bytes()
    column = parquet.ParquetFile(path).metadata.row_group(1).column(1)
    middle = column.dictionary_page_offset + 60
    path.write_bytes(whole[:middle] + b"damaged!" + whole[middle + 8 :])
    report = run(path, out)
    assert report.total_failed == {"unreadable": 1}
    assert ids(out) == list(texts)[:10] + list(texts)[20:]
    (failure,) = quarantine(out).values()
    assert "row group 1 from row 11 to 20" in failure["place"]
    path.write_bytes(whole)  # mended: the rest is done, and the failure is gone
    report = run(path, out)
    assert (report.done, report.skipped, report.total_failed) == (10, 20, {})
    path.write_bytes(whole[:-20])
    assert run(path, tmp_path / "other.jsonl").total_failed == {"unreadable": 1}


def test_dataset_on_disk(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    texts = articles(6)
    rows = datasets.Dataset.from_dict({"id": list(texts), "text": list(texts.values())})
    rows.save_to_disk(tmp_path / "plain")
    datasets.DatasetDict({"train": rows.select([4, 2]), "test": rows.select([0])}).save_to_disk(tmp_path / "split")
    run(tmp_path / "plain", tmp_path / "plain.jsonl")
    assert ids(tmp_path / "plain.jsonl") == list(texts)
    run(tmp_path / "split", tmp_path / "split.jsonl")
    assert ids(tmp_path / "split.jsonl") == ["文4", "文2", "文0"]


def test_urls(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/news/a.txt", "第一号。".encode())
    memory.pipe("/news/b.jsonl", '{"id": "b", "text": "第二号。"}\n'.encode())
    run(["memory://news", "memory://news/*.jsonl"], tmp_path / "out.jsonl")
    assert ids(tmp_path / "out.jsonl") == ["news/a.txt", "b"]


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    source = write_jsonl(tmp_path / "in.jsonl", articles(1))
    with pytest.raises(MissingPackageError, match=r"pyarrow is needed.*summarize-zh\[jobs\]"):
        run(source, tmp_path / "out.parquet")


# ---- a disk that fails


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


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out"])
def test_disk_full(name: str, small_disk: Path, tmp_path: Path) -> None:
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


def contents(out: Path) -> dict[str, bytes]:
    paths = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


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


# ---- the command


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
    assert code == 0 and "not running, begun 1 times" in told and "not an article" in told
    assert command(source, "--out", out, "--summary-chars", 50)[0] == JobError.exit_code
    assert command(source, "--out", out, "--summary-chars", 50, "--restart", "--quiet") == (21, "", "")
    code, _, error = command(source, "--out", out, "--restart", "--max-failures", 0)
    assert code == TooManyFailuresError.exit_code and error.startswith("Error: 1 inputs failed")
    assert command(source)[0] == command("--out", out)[0] == InputError.exit_code
    assert command("--status", tmp_path / "other")[0] == JobError.exit_code


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


def test_dry_run(command: Any, tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(5) | {"坏": "bad"}), tmp_path / "out.jsonl"
    code, told, _ = command(source, "--out", out, "--dry-run")
    characters = sum(map(len, articles(5).values()))
    assert code == 0 and f"5 articles, {characters} characters" in told and "the default model on a machine" in told
    assert not out.exists() and not (tmp_path / "out.jsonl.job").exists()
    command(source, "--out", out)
    told = command(source, "--out", out, "--dry-run")[1]
    assert "0 articles" in told and "the 5 articles that this job has done so far" in told


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
