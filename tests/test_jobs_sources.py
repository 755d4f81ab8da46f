"""Sources of jobs: strange files and lines, tables, globs, URLs; all with a stand-in for the model."""

from __future__ import annotations

import csv
import gzip
import io
import time
import tracemalloc
from pathlib import Path

import pytest
from job_files import articles, ids, quarantine, read_jsonl, run, write_jsonl

from summarize.errors import InputError, MissingPackageError
from summarize.jobs.sources import read_sources

# ---- what is read


def test_the_output_is_not_read_though_it_is_named(tmp_path: Path) -> None:
    """As a shell names it that expands *.jsonl on the second run."""
    article, out = tmp_path / "a.txt", tmp_path / "digests.jsonl"
    article.write_text("渔船安全返港。", "utf-8")
    out.write_text('{"id": "x", "text": "车位。"}\n', "utf-8")
    assert [Path(given.id).name for given in read_sources([article, out], leave_out=(out,))] == ["a.txt"]


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
    monkeypatch.setattr("summarize.jobs.tables.LONGEST_LINE", 1000)
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


def test_a_line_of_50_megabytes_is_not_held_in_memory(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", articles(2)), tmp_path / "out.jsonl"
    with source.open("ab") as file:
        file.write(b'{"id": "long", "text": "' + "车位。".encode() * (50_000_000 // 9) + b'"}\n')
        file.write('{"id": "last", "text": "渔船安全返港。"}\n'.encode())
    tracemalloc.start()
    try:
        report = run(source, out)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert report.failed == {"not an article": 1} and ids(out) == [*articles(2), "last"]
    assert peak < 80_000_000  # two buffers of LONGEST_LINE; the line itself would be more


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


def test_a_row_of_csv_that_is_not_utf8_fails_alone(tmp_path: Path) -> None:
    rows = ["id,text", "a,第一号。", "b,第二号。", "c,第三号。"]
    (tmp_path / "in.csv").write_bytes("\n".join(rows).encode().replace("二".encode(), b"\xff\xfe"))
    out = tmp_path / "out.jsonl"
    assert run(tmp_path / "in.csv", out).total_failed == {"not an article": 1}
    assert ids(out) == ["a", "c"] and list(quarantine(out)) == ["b"]


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
    fsspec, pyarrow = pytest.importorskip("fsspec"), pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    memory = fsspec.filesystem("memory")
    memory.pipe("/news/a.txt", "第一号。".encode())
    memory.pipe("/news/b.jsonl", '{"id": "b", "text": "第二号。"}\n'.encode())
    memory.pipe("/news/c.JSONL.GZ", gzip.compress('{"id": "c", "text": "第三号。"}\n'.encode()))
    with memory.open("/news/d.parquet", "wb") as file:
        parquet.write_table(pyarrow.table({"id": ["d"], "text": ["第四号。"]}), file)
    run(["memory://news", "memory://news/*.jsonl", "memory://news/[cd].*"], tmp_path / "out.jsonl")
    assert ids(tmp_path / "out.jsonl") == ["news/a.txt", "b", "c", "d"]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(InputError, match=r"A source cannot be read .*Permission denied"):
        run(tmp_path, tmp_path / "out.jsonl")


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    source = write_jsonl(tmp_path / "in.jsonl", articles(1))
    with pytest.raises(MissingPackageError, match=r"pyarrow is needed.*summarize-zh\[jobs\]"):
        run(source, tmp_path / "out.parquet")
