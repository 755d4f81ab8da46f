"""The command `summarize`: arguments in, the library's functions called, text or JSON out."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, get_args

import typer

from summarize.batch_command import INTERRUPTED, batch
from summarize.errors import InputError, OutputError, SummarizeError
from summarize.formats import Format, choose_format
from summarize.models_command import models
from summarize.options import (
    Adapter,
    Cache,
    CacheDir,
    Device,
    Engine,
    Glossaries,
    Model,
    Offline,
    Quiet,
    Sections,
    SummaryChars,
    Translator,
    number_of_sections,
    progress_bars,
)
from summarize.store import DEFAULT_MODEL

if TYPE_CHECKING:
    from summarize.article import Article

FINDINGS = 20  # the exit code of --strict when the check found something

app = typer.Typer(
    help="Chinese news roundups to Chinese summaries and English translations, story by story, with local models.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.add_typer(models, name="models")
app.command()(batch)

DigestFormat = Literal["auto", Format]
PlainFormat = Literal["auto", "text", "json", "jsonl"]  # of what is no digest

Files = Annotated[list[str], typer.Argument(help="Article files, or - for standard input.", show_default=False)]
File = Annotated[str, typer.Argument(help="An article file, or - for standard input.", show_default=False)]
_FORMAT = typer.Option("--format", "-f", help="How to write the result; auto goes by the name of --output, else text.")
PlainFormatOption = Annotated[PlainFormat, _FORMAT]
DigestFormatOption = Annotated[DigestFormat, _FORMAT]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Memory = Annotated[
    float | None,
    typer.Option(
        metavar="GIB",
        help="Memory for what the models have in work, beside their weights.",
        show_default="the engine's choice",
    ),
]


def _show_version(asked: bool) -> None:
    if asked:
        from summarize import __version__

        typer.echo(f"summarize {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    pass


@app.command()
def digest(
    files: Files,
    format: DigestFormatOption = "auto",
    output: Output = None,
    model: Model = DEFAULT_MODEL,
    translator: Translator = None,
    adapter: Adapter = True,
    device: Device = "auto",
    engine: Engine = "auto",
    sections: Sections = "auto",
    summary_chars: SummaryChars = 100,
    glossary: Glossaries = None,
    memory: Memory = None,
    cache: Cache = False,
    offline: Offline = False,
    quiet: Quiet = False,
    cache_dir: CacheDir = None,
) -> None:
    """Write the digest of each article: summaries, translations and what the fidelity check found.

    Several files give one page, document or memory, or one JSON object a line. A file that cannot be read is reported
    and left out.
    """
    from summarize.pipeline import Summarizer
    from summarize.render import open_output, render

    written_as = _format(format, output)
    failures: list[SummarizeError] = []

    def tell(_: Any, error: SummarizeError) -> None:
        _tell(error)
        failures.append(error)

    def articles() -> Iterator[Article]:
        for file in files:
            try:
                yield _read(file)
            except InputError as error:
                tell(file, error)

    with progress_bars(quiet) as progress, open_output(output, [*files, *(glossary or ())]) as write:
        summarizer = Summarizer(
            model,
            translator=translator,
            adapter=adapter,
            device=device,
            engine=engine,
            summary_chars=summary_chars,
            sections=number_of_sections(sections),
            glossary=glossary,
            memory=memory,
            cache=cache,
            offline=offline,
            cache_dir=cache_dir,
            progress=progress.show_bytes,
            report=progress.show_writing,
        )
        progress.expect(len(files), "articles")
        for part in render(summarizer.digest_many(articles(), on_error=tell), written_as, several=len(files) > 1):
            write(part)
        if len(failures) == len(files):  # an old file is not replaced by nothing
            raise typer.Exit(failures[0].exit_code)
    if failures:
        raise typer.Exit(failures[0].exit_code)


@app.command()
def render(
    files: Annotated[
        list[str], typer.Argument(help="Digests as JSON or JSON Lines, or - for standard input.", show_default=False)
    ],
    format: DigestFormatOption = "auto",
    output: Output = None,
) -> None:
    """Write digests that were kept as JSON in another format: a page, a Word document, a translation memory."""
    from summarize.render import open_output, read_digests
    from summarize.render import render as render_digests

    written_as = _format(format, output)
    digests = (digest for file in files for digest in read_digests(file))
    first = list(islice(digests, 2))
    parts = render_digests(chain(first, digests), written_as, several=len(first) > 1)
    with open_output(output, files) as write:
        for part in parts:
            write(part)


@app.command()
def segment(
    file: File,
    format: PlainFormatOption = "auto",
    output: Output = None,
    sections: Sections = "auto",
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell why each section begins where it does, paragraph by paragraph.")
    ] = False,
    plot: Annotated[
        Path | None, typer.Option(help="Also draw how likely each paragraph begins a section: a .png or .svg file.")
    ] = None,
) -> None:
    """Show the stories of an article and the role of each paragraph; needs no language model."""
    from summarize import segmentation
    from summarize.render import open_output, segmentation_to_text

    written_as = _format(format, output, plain=True)
    article, count = _read(file), number_of_sections(sections)
    found = segmentation.explain(article, count) if explain else segmentation.segment(article, count)
    with open_output(output, [file]) as write:
        if plot:
            segmentation.plot_scores(segmentation.explain(article, count), plot)
        if written_as != "text":
            write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2 if written_as == "json" else None) + "\n")
        elif isinstance(found, segmentation.Explanation):
            write(found.to_text())
        else:
            write(segmentation_to_text(found))


@app.command()
def translate(
    file: File,
    lines: Annotated[
        bool, typer.Option("--lines", help="One output line for each input line; blank lines stay blank.")
    ] = False,
    format: PlainFormatOption = "auto",
    output: Output = None,
    model: Model = DEFAULT_MODEL,
    adapter: Adapter = True,
    device: Device = "auto",
    engine: Engine = "auto",
    glossary: Glossaries = None,
    memory: Memory = None,
    cache: Cache = False,
    offline: Offline = False,
    quiet: Quiet = False,
    cache_dir: CacheDir = None,
) -> None:
    """Translate Chinese into English, paragraph by paragraph, without segmentation and summaries."""
    from summarize.pipeline import Summarizer
    from summarize.render import open_output

    written_as = _format(format, output, plain=True)
    texts, article = (_lines(file), None) if lines else ([], _read(file))
    with progress_bars(quiet) as progress, open_output(output, [file, *(glossary or ())]) as write:
        summarizer = Summarizer(
            model,
            adapter=adapter,
            device=device,
            engine=engine,
            glossary=glossary,
            memory=memory,
            cache=cache,
            offline=offline,
            cache_dir=cache_dir,
            progress=progress.show_bytes,
            report=progress.show_writing,
        )
        if article:
            texts = [article[i] for i in range(len(article.paragraphs))]
        progress.expect(len(texts), "passages")
        results = summarizer.translate_article(article) if article else summarizer.translate_many(texts)
        for text, result in zip(texts, results, strict=True):
            if written_as != "text":
                found = [asdict(finding) for finding in result.findings]
                write(json.dumps({"zh": text, "en": result.en, "findings": found}, ensure_ascii=False) + "\n")
            else:
                write(result.en + "\n" + "\n" * (not lines))


@app.command("check")
def check_command(
    source: Annotated[Path, typer.Argument(help="The Chinese text.", show_default=False)],
    target: Annotated[Path, typer.Argument(help="Its English translation, anybody's.", show_default=False)],
    format: DigestFormatOption = "auto",
    output: Output = None,
    glossary: Glossaries = None,
    strict: Annotated[bool, typer.Option("--strict", help=f"Exit with {FINDINGS} if anything was found.")] = False,
    proofread: Annotated[
        bool, typer.Option("--proofread", help="Also let a language model read both texts; takes far longer.")
    ] = False,
    model: Model = DEFAULT_MODEL,
    adapter: Adapter = True,
    device: Device = "auto",
    engine: Engine = "auto",
    offline: Offline = False,
    quiet: Quiet = False,
    cache_dir: CacheDir = None,
) -> None:
    """Check a translation against its source: names, numbers, dates, terms, what is missing or invented.

    Lines are aligned first: some may have been joined, split, left out or added. Text and JSON have the findings
    alone, the other formats all lines of both languages side by side. Needs no language model, unless it is to
    --proofread: then words that the model doubts are findings too, "doubtful" ones.
    """
    from summarize import check, review
    from summarize.article import name_of, read_text
    from summarize.render import findings_to_text, open_output, render

    chosen = _format(format, output)
    if str(source) == str(target) == "-":
        raise InputError("Both texts cannot be standard input; name a file for one of them.")
    zh = _read(str(source)).text
    en = read_text(_bytes(str(target)), name_of(str(target)))
    with progress_bars(quiet) as progress, open_output(output, [source, target, *(glossary or ())]) as write:
        proofreader = None
        if proofread:
            from summarize.proofreading import Proofreader

            proofreader = Proofreader(
                model,
                adapter=adapter,
                device=device,
                engine=engine,
                offline=offline,
                cache_dir=cache_dir,
                progress=progress.show_bytes,
            )
        if chosen in ("text", "json", "jsonl"):
            fidelity = check(zh, en, glossary, proofreader=proofreader)
        if chosen == "text":
            write("\n".join(findings_to_text(fidelity, english=en)) + "\n")
        elif chosen in ("json", "jsonl"):
            found = {"counts": fidelity.counts, "findings": [asdict(finding) for finding in fidelity.findings]}
            write(json.dumps(found, ensure_ascii=False, indent=2 if chosen == "json" else None) + "\n")
        else:
            reviewed = review(zh, en, glossary, name=f"{source} | {target}", proofreader=proofreader)
            fidelity = reviewed.sections[0].fidelity
            for part in render([reviewed], chosen):
                write(part)
    if strict and fidelity.findings:
        raise typer.Exit(FINDINGS)


def main() -> None:
    """Runs the command; every error on purpose ends it with one sentence and its own exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        app(prog_name="summarize")
    except SummarizeError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is still to be written would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        full = OutputError("The disk is full, so the output cannot be written; free some space.")
        _tell(full)
        sys.exit(full.exit_code)


def _tell(error: SummarizeError) -> None:
    from summarize.render import clean

    typer.echo(f"Error: {clean(str(error))}", err=True)


def _interrupt(*_: Any) -> NoReturn:
    # SystemExit unwinds like any exception: half-written files are removed on the way.
    typer.echo("Interrupted.", err=True)
    raise SystemExit(INTERRUPTED)


def _format(format: DigestFormat, output: Path | None, *, plain: bool = False) -> Format:
    """The format that was asked for, or else the one that the output's name asks for."""
    given = None if format == "auto" else format
    if output is None:
        if given == "docx" and sys.stdout.isatty():
            raise OutputError("A Word document cannot be shown in a terminal; name a file with --output.")
        return given or "text"
    chosen = choose_format(output, given)
    if plain and chosen not in get_args(PlainFormat):
        raise OutputError(f"{output} is the name of {chosen}, which is not written here; name a .txt or .json file.")
    return chosen


def _read(file: str) -> Article:
    from summarize.article import parse_article, read_article

    return parse_article(_bytes(file), source="-") if file == "-" else read_article(Path(file))


def _bytes(file: str) -> bytes:
    from summarize.article import read_bytes, standard_input

    return standard_input().read() if file == "-" else read_bytes(Path(file))


def _lines(file: str) -> list[str]:
    """The lines of a file of passages; it need not be an article."""
    from summarize.article import MAX_CHARACTERS, name_of, read_text

    text = read_text(_bytes(file), name_of(file))
    lines = [line.removesuffix("\n") for line in io.StringIO(text, newline=None)]
    if any(len(line) > MAX_CHARACTERS for line in lines):
        raise InputError(
            f"{name_of(file)} has a line longer than {MAX_CHARACTERS:,} characters; split it into passages."
        )
    return lines
