"""The commands `summarize models ...`: what is known of models, and what of them lies on this machine."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from summarize.options import Adapter, CacheDir, Quiet, progress_bars
from summarize.store import DEFAULT_MODEL

models = typer.Typer(help="The models: list, show, pull, verify, remove.", no_args_is_help=True)


@models.command("list")
def list_models(cache_dir: CacheDir = None) -> None:
    """List the models that can be named, and whether they are on this machine."""
    from rich.console import Console
    from rich.table import Table

    from summarize import store

    table = Table("name", "tasks", "licence", "on this machine", "run with this package", box=None, pad_edge=False)
    for card in store.list_cards():
        here = store.is_present(card.name, cache_dir=cache_dir)
        default = " (default)" if card.name == DEFAULT_MODEL else ""
        tested = "yes" if card.tested else "not yet"
        table.add_row(card.name + default, ", ".join(card.tasks), card.licence, "yes" if here else "no", tested)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


@models.command("show")
def show_model(name: Annotated[str, typer.Argument()]) -> None:
    """Show what is known of a model: licence, sources, hashes."""
    from summarize import store

    card = store.find_card(name)
    typer.echo(f"{card.title}\n{card.homepage}\n{card.note}\n")
    for label in ("family", "licence", "context"):
        typer.echo(f"{label:<9} {getattr(card, label)}")
    typer.echo(f"{'tasks':<9} {', '.join(card.tasks)}")
    for file in card.files:
        typer.echo(f"{'file':<9} {file.name}, {file.bytes / 1e6:,.0f} MB, SHA-256 {file.sha256}")
    for file in card.adapter:
        typer.echo(f"{'adapter':<9} {file.name}, {file.bytes / 1e6:,.1f} MB, SHA-256 {file.sha256}")
    for source in card.sources:
        match source:
            case store.PypiSource():
                typer.echo(f"{'source':<9} {len(source.parts)} wheels, from {source.parts[0].requirement}")
            case store.HubSource():
                typer.echo(f"{'source':<9} {source.repo} of the model hub, revision {source.revision}")
            case store.PathSource():
                typer.echo(f"{'source':<9} {source.path}")


@models.command("pull")
def pull_model(
    name: Annotated[str, typer.Argument(show_default=False)] = DEFAULT_MODEL,
    prepare: Annotated[bool, typer.Option("--prepare", help="Also make what the engine needs of it.")] = False,
    adapter: Adapter = True,
    quiet: Quiet = False,
    cache_dir: CacheDir = None,
) -> None:
    """Fetch a model and check it, so that later runs need no network."""
    from summarize import store
    from summarize.engines import load_engine

    with progress_bars(quiet) as progress:
        model = store.resolve(name, adapter=adapter, cache_dir=cache_dir, progress=progress.show_bytes)
        if prepare:
            load_engine(model, cache_dir=cache_dir, progress=progress.show_bytes)
    typer.echo(f"{model.name} is ready in {model.directory}", err=True)


@models.command("verify")
def verify_model(name: Annotated[str, typer.Argument()], quiet: Quiet = False, cache_dir: CacheDir = None) -> None:
    """Read all files of a model and compare their SHA-256 with its card."""
    from summarize import store

    with progress_bars(quiet) as progress:
        store.verify(name, cache_dir=cache_dir, progress=progress.show_bytes)
    typer.echo(f"{name} is what its card promises.", err=True)


@models.command("remove")
def remove_model(name: Annotated[str, typer.Argument()], cache_dir: CacheDir = None) -> None:
    """Delete a model and all that was made of it."""
    from summarize import store

    freed = store.remove(name, cache_dir=cache_dir)
    told = f"is removed, {freed / 1e6:,.0f} MB are free again" if freed else "was not on this machine"
    typer.echo(f"{name} {told}.", err=True)
