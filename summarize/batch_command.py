"""The command `summarize batch`: arguments and job file in, `summarize.jobs` called, a table out."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarize.errors import InputError
from summarize.formats import JobFormat
from summarize.jobs.rows import Rows
from summarize.options import (
    Adapter,
    Cache,
    CacheDir,
    Device,
    Engine,
    Glossaries,
    Model,
    Offline,
    Sections,
    SummaryChars,
    Translator,
    number_of_sections,
)
from summarize.store import DEFAULT_MODEL

if TYPE_CHECKING:
    from summarize.jobs import JobReport

SOME_FAILED = 21  # the exit code if all was done but what is in the quarantine
INTERRUPTED = 130


def batch(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, globs and files: .txt, .md, .docx, .jsonl, .csv, .parquet, a dataset on disk, a URL, or - "
            "for standard input.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", help="A file .jsonl, .jsonl.gz or .jsonl.zst, a folder .parquet, or a folder of files."
        ),
    ] = None,
    format: Annotated[
        JobFormat, typer.Option("--format", "-f", help="How to write results; auto goes by the name of --out.")
    ] = "auto",
    rows: Annotated[Rows, typer.Option(help="One row an article, or one a story.")] = "article",
    text_column: Annotated[str, typer.Option(help="The column of tables with the text.")] = "text",
    id_column: Annotated[
        str | None, typer.Option(help="The column with the id.", show_default="id if there is one, else the row number")
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Processes or actors, each with its own models; 0: no process beside this one.", min=0)
    ] = 1,
    threads: Annotated[
        int | None, typer.Option(help="Processor threads of each process.", min=1, show_default="shared out")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            help="Work on Ray: local, auto (the cluster that this machine is a node of) or an address.",
            show_default=False,
        ),
    ] = None,
    max_workers: Annotated[
        int | None, typer.Option(help="On Ray, at most so many actors, as the load asks.", show_default="--workers")
    ] = None,
    gpus: Annotated[float, typer.Option(help="On Ray, GPUs of each actor; 0.5 puts two on one.", min=0)] = 0.0,
    batch_size: Annotated[int, typer.Option(help="On Ray, articles that an actor is given at a time.", min=1)] = 8,
    max_failures: Annotated[
        int | None, typer.Option(help="Stop when more inputs than this have failed.", min=0, show_default="no limit")
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Take inputs again that failed before.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Throw away what --out holds and begin anew.")] = False,
    job: Annotated[Path | None, typer.Option(help="A TOML file with these options; the command line wins.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count the inputs, and estimate tokens and time.")
    ] = False,
    status: Annotated[
        str | None, typer.Option(help="Only tell how the job with this output stands.", show_default=False)
    ] = None,
    model: Model = DEFAULT_MODEL,
    translator: Translator = None,
    adapter: Adapter = True,
    device: Device = "auto",
    engine: Engine = "auto",
    sections: Sections = "auto",
    summary_chars: SummaryChars = 100,
    glossary: Glossaries = None,
    memory: Annotated[
        float | None,
        typer.Option(
            metavar="GIB",
            help="Memory of each worker for what its models have in work, beside their weights.",
            show_default="the engine's choice",
        ),
    ] = None,
    cache: Cache = False,
    offline: Offline = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")] = False,
    cache_dir: CacheDir = None,
) -> None:
    """Digest many articles: stopped, killed or run again, each has one result.

    A job goes on where it was; inputs that have their result are left out, changed ones are done again. What fails is
    put aside in OUT.job/quarantine.jsonl. Ctrl-C finishes what is in work; a second one stops at once.
    """
    if status is not None:
        from summarize.jobs import read_status

        typer.echo(read_status(status).to_text(), nl=False)
        return
    given = {name: value for name, value in context.params.items() if name not in ("job", "status")}
    if job is not None:
        _take_from_file(given, context, job)
    _run(given)


_TYPES: dict[str, type] = {
    **dict.fromkeys(("sources", "glossary"), list),
    **dict.fromkeys(("out", "format", "rows", "text_column", "id_column", "model", "translator", "ray"), str),
    **dict.fromkeys(("device", "engine", "sections", "cache_dir"), str),
    **dict.fromkeys(("workers", "threads", "max_workers", "batch_size", "max_failures", "summary_chars"), int),
    **dict.fromkeys(("gpus", "memory"), float),
    **dict.fromkeys(("retry_failed", "restart", "dry_run", "cache", "adapter", "offline", "quiet"), bool),
}


def _take_from_file(given: dict[str, Any], context: typer.Context, path: Path) -> None:
    """Adds what a job file says and the command line does not."""
    from summarize.jobs.jobfile import read_job_file

    for name, value in read_job_file(path, _TYPES).items():
        source = context.get_parameter_source(name)
        if source is None or source.name == "DEFAULT":
            given[name] = value


def _run(given: dict[str, Any]) -> None:
    from summarize.jobs.estimate import estimate
    from summarize.jobs.output import check_output
    from summarize.jobs.runner import read_inputs, run

    sources, out, dry_run, quiet = (given.pop(name) for name in ("sources", "out", "dry_run", "quiet"))
    if not sources or not out:
        raise InputError("A job needs sources and --out; name them, or a job file that has them.")
    given["sections"] = number_of_sections(str(given["sections"]))
    if dry_run:
        check_output(Path(out), given["format"], given["rows"])
        columns = {name: given[name] for name in ("text_column", "id_column")}
        flags = {name: given[name] for name in ("retry_failed", "restart")}
        typer.echo(estimate(read_inputs(sources, Path(out), **columns), Path(out), **flags).to_text(), nl=False)
        return
    with _stopped_by_interrupt() as stop, _counting(quiet) as progress:
        report = run(sources, out, stop=stop, progress=progress, **given)
    if not quiet:
        typer.echo(report.to_text(), nl=False, err=True)
    if report.interrupted:
        typer.echo("Interrupted; run the same command again to go on.", err=True)
        raise typer.Exit(INTERRUPTED)
    if report.total_failed:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def _stopped_by_interrupt() -> Iterator[threading.Event]:
    """An event that the first SIGINT sets; the second one ends the program."""
    stop = threading.Event()

    def interrupt(*_: object) -> None:
        if stop.is_set():
            raise SystemExit(INTERRUPTED)
        stop.set()
        typer.echo("Finishing what is in work; interrupt again to stop at once.", err=True)

    old = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, old)


@contextmanager
def _counting(quiet: bool) -> Iterator[Callable[[JobReport], None] | None]:
    """One line on a terminal that counts what is done."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("Loading the model") as line:

        def show(report: JobReport) -> None:
            failed = sum(report.failed.values())
            skipped = f", {report.skipped:,} done before" if report.skipped else ""
            line.update(f"{report.done:,} done{skipped}, {failed:,} failed, {report.rate:,.2f} articles/s")

        yield show
