"""README.md is true: its examples run, and the commands, options, names, models and files it mentions exist."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from typer.main import get_command

import summarize
from summarize import Summarizer, errors, jobs, store
from summarize.batch_command import SOME_FAILED
from summarize.cli import FINDINGS, INTERRUPTED, app
from summarize.store import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [line for block in re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S) for line in block.splitlines()]
COMMANDS = [line for line in SHELL if re.search(r"\bsummarize\b", line)]
MODEL_FREE = [line for line in COMMANDS if re.match(r"summarize (?:segment|models (?:list|show))\b", line)]


def arguments(line: str) -> list[str]:
    """What the shell gives the command `summarize`: no pipe before it, no redirection behind it, no comment."""
    words = shlex.split(line, comments=True)
    words = words[words.index("summarize") + 1 :]
    return words[: words.index(">")] if ">" in words else words


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = get_command(app)
    while subcommands := getattr(command, "commands", None):
        assert words[0] in subcommands
        command, words = subcommands[words[0]], words[1:]
    return command, words


def all_options(command: click.Command) -> set[str]:
    found = {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
    return found.union(*(all_options(inner) for inner in getattr(command, "commands", {}).values()))


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_are_understood(line: str) -> None:
    command, words = command_of(arguments(line))
    given = command.make_context("summarize", list(words)).params  # an unknown option or a bad value raises
    for path in re.findall(r"examples/\S+", line):
        assert list(ROOT.glob(path)), path
    for name in (given.get("model"), given.get("translator"), given.get("name")):
        if name and "/" not in name:
            store.find_card(name)


def test_options_in_the_prose_exist() -> None:
    known = all_options(get_command(app)) | {"--help", "--install-completion"}
    mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert "--format" in mentioned and mentioned <= known


def test_make_targets_exist() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    mentioned = re.findall(r"\bmake ([a-z]+)\b(?=`| +#)", README)
    assert set(mentioned) == {"digest", "test"} <= set(targets)


@pytest.mark.parametrize("block", PYTHON)
def test_python_names_exist(block: str) -> None:
    signature = inspect.signature(Summarizer)
    calls = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call)]
    imports = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.ImportFrom)]
    names = [alias.name for node in imports if node.module == "summarize" for alias in node.names]
    assert names and set(names) <= {*summarize.__all__, "jobs", "render"}
    for call in calls:
        keywords = {keyword.arg: None for keyword in call.keywords}
        match call.func:
            case ast.Name("Summarizer"):
                signature.bind(*call.args, **keywords)
            case ast.Attribute(ast.Name("summarizer") | ast.Call(ast.Name("Summarizer")), method):
                inspect.signature(getattr(Summarizer, method)).bind(None, *call.args, **keywords)


def test_all_options_of_the_summarizer_are_named() -> None:
    listed = re.search(r"All options of `Summarizer`:\s(.*?)\.\n\n", README, re.DOTALL)
    assert listed
    assert re.findall(r"`(\w+)`", listed[1]) == list(inspect.signature(Summarizer).parameters)
    for method in re.findall(r"`(\w+)` takes|, `(\w+)` a whole", README):
        assert hasattr(Summarizer, "".join(method))


def test_models_are_those_of_the_cards() -> None:
    rows = re.findall(r"^\| `([^`]+)`( \(default\))? \| ([^|]+) \| ([\w.-]+)[^|]* \| (yes|not yet) \|$", README, re.M)
    tasks = {"summarize": "summaries", "translate": "English"}
    assert sorted(name for name, *_ in rows) == [card.name for card in store.list_cards()]
    for name, default, does, licence, run in rows:
        card = store.find_card(name)
        assert bool(default) == (name == DEFAULT_MODEL)
        assert re.sub(r" \(.*\)", "", does).split(", ") == [tasks[task] for task in card.tasks]
        assert (licence, run == "yes") == (card.licence, card.tested)


def test_every_exit_code_is_in_the_table() -> None:
    listed = {int(code) for cell in re.findall(r"^\| ([\d, ]+) \|", README, re.M) for code in cell.split(",")}
    own = {kind.exit_code for kind in errors.SummarizeError.__subclasses__()}
    assert listed == own | {0, 2, FINDINGS, SOME_FAILED, INTERRUPTED}


def test_links_lead_somewhere() -> None:
    headings = {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^#+ (.*)$", README, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in headings
        elif "://" not in target:
            assert (ROOT / target).exists(), target


def test_the_chinese_shown_is_that_of_the_example() -> None:
    shown = re.search(r"<!-- example: (\S+) -->\n```text\n(.*?)```\n<!-- end", README, re.DOTALL)
    assert shown
    article = re.sub(r"\s", "", (ROOT / shown[1]).read_text(encoding="utf-8"))
    blocks = re.findall(r"(?:^  \S*[\u4e00-\u9fff].*\n)+", shown[2], re.MULTILINE)  # wrapped lines of a paragraph
    paragraphs = [re.sub(r"\s|\[\w+\]", "", block) for block in blocks if not block.lstrip().startswith("-")]
    assert paragraphs
    for paragraph in paragraphs:
        assert paragraph in article


ROUNDUPS = ROOT.parent / "shared" / "eval" / "segmentation" / "roundups-dev.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with the beginnings of the examples, and the three shortest roundups where they are there."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    for path in tmp_path.glob("examples/*.txt"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[: max(len(lines) // 3, 4)]), encoding="utf-8")
    night = [{"id": "short", "text": "昨日下午，泾河镇开通了两条公交线路。"}, {"id": "long", "text": "\n".join(texts)}]
    if ROUNDUPS.exists():
        rows = [json.loads(line) for line in ROUNDUPS.read_text("utf-8").splitlines()]
        night = sorted(rows, key=lambda row: len(row["text"]))[:3]
    lines = (json.dumps({"id": row["id"], "text": row["text"]}, ensure_ascii=False) for row in night)
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def environment() -> dict[str, str]:
    """That of a shell in which this `summarize` is installed."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def execute(words: list[str], folder: Path) -> str:
    """Standard output of a program that must end well, with the `summarize` of this environment."""
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{words}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("line", MODEL_FREE)
def test_commands_without_a_language_model_run(line: str, folder: Path) -> None:
    assert execute(["bash", "-c", line], folder)


HAS_MODEL = pytest.mark.skipif(
    not store.is_present(DEFAULT_MODEL), reason="the default model's weights are not on this machine"
)


@HAS_MODEL
def test_examples_run_with_the_default_model(folder: Path) -> None:
    for block in PYTHON:
        assert execute([sys.executable, "-c", block], folder)
    for command in ("translate", "check"):
        (line,) = [line for line in COMMANDS if line.startswith(f"summarize {command}")]
        execute(["bash", "-c", line], folder)
    source, target = (folder / name for name in ("examples/night-market.txt", "night-market.en.txt"))
    assert len(target.read_text("utf-8").splitlines()) == len(source.read_text("utf-8").splitlines())


@HAS_MODEL
def test_batch_job_with_the_default_model(folder: Path) -> None:
    """Articles come in between two runs; the second is killed at its work, and a third ends what it began."""
    dry, command, status = (line for line in COMMANDS if line.startswith("summarize batch"))
    out, night = folder / "digests.jsonl", folder / "articles.jsonl"
    lines = night.read_text("utf-8").splitlines(keepends=True)
    given = [path.name for path in folder.glob("examples/*.txt")] + [json.loads(line)["id"] for line in lines]
    assert f"{len(given)} articles" in execute(["bash", "-c", dry], folder)
    night.write_text(lines[0], encoding="utf-8")
    execute(["bash", "-c", command], folder)
    night.write_text("".join(lines), encoding="utf-8")
    with subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=folder, env=environment(), stderr=-1) as second:
        time.sleep(10)  # it has loaded the model, or is about to
        assert second.poll() is None
        second.kill()
    assert 0 < jobs.read_status(out).report.total_done < len(given)
    execute(["bash", "-c", command], folder)
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert sorted(Path(row["id"]).name for row in rows) == sorted(given)
    assert all(section["summary"]["zh"] and section["summary"]["en"] for row in rows for section in row["sections"])
    assert re.search(rf"done +{len(given)}\n", execute(["bash", "-c", status], folder))
    (render,) = (line for line in COMMANDS if line.startswith("summarize render"))
    execute(["bash", "-c", render], folder)
    memory = ElementTree.parse(folder / "memory.tmx")
    assert {prop.text for prop in memory.iterfind(".//prop[@type='x-source']")} == {row["source"] for row in rows}
