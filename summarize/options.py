"""Options that several commands have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarize import engines
from summarize.errors import InputError

if TYPE_CHECKING:
    from summarize.render.progress import ProgressBars


Model = Annotated[str, typer.Option(help="A model's name (see `models list`), or the path of a folder or .gguf file.")]
Translator = Annotated[str | None, typer.Option(help="Another model for the English; --model writes it if not given.")]
Device = Annotated[engines.Device, typer.Option(help="Where the models run.")]
Engine = Annotated[engines.Backend, typer.Option(help="What runs the models.")]
Sections = Annotated[str, typer.Option(help="How many stories each article has: a number, or auto.")]
Glossaries = Annotated[
    list[Path] | None, typer.Option("--glossary", help="Your renderings: a TSV, CSV or TBX file. May be repeated.")
]
SummaryChars = Annotated[int, typer.Option(help="Characters of a Chinese summary at most.")]
Adapter = Annotated[
    bool, typer.Option("--adapter/--no-adapter", help="With the adapter of a model, where its card has one.")
]
Cache = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Keep what the models write on disk, for equal passages of later runs."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Never fetch a model.")]
CacheDir = Annotated[
    str | None, typer.Option(envvar="SUMMARIZE_CACHE", help="The model store.", show_default="the user's cache folder")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]


def number_of_sections(value: str) -> int | None:
    """How many stories an article is said to have, None for "auto".

    Raises:
        InputError: if it is neither.
    """
    if value == "auto":
        return None
    try:
        return int(value)
    except ValueError:
        raise InputError(f"--sections {value} is neither a number nor auto; give one of them.") from None


def progress_bars(quiet: bool) -> ProgressBars:
    """Progress on standard error if that is a terminal, unless `quiet`."""
    from summarize.render.progress import ProgressBars

    return ProgressBars(shown=not quiet and sys.stderr.isatty())
