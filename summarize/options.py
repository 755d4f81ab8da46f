"""Options that several commands have."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarize.render.progress import ProgressBars


class DeviceName(StrEnum):
    """Where a model runs."""

    auto = "auto"
    cpu = "cpu"
    cuda = "cuda"


class EngineName(StrEnum):
    """What runs a model."""

    auto = "auto"
    openvino = "openvino"
    transformers = "transformers"


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


def progress_bars(quiet: bool) -> ProgressBars:
    """Progress on standard error if that is a terminal, unless `quiet`."""
    from summarize.render.progress import ProgressBars

    return ProgressBars(shown=not quiet and sys.stderr.isatty())
