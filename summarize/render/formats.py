"""Digests in every format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

from summarize.digest import Digest
from summarize.errors import OutputError
from summarize.formats import Format, choose_format
from summarize.packages import require
from summarize.render.characters import clean
from summarize.render.docx import digests_to_docx
from summarize.render.html import digests_to_html
from summarize.render.markdown import digests_to_markdown
from summarize.render.output import open_output
from summarize.render.text import digest_to_text
from summarize.render.tmx import digests_to_tmx


def render(digests: Iterable[Digest], format: Format, several: bool = False) -> Iterator[str | bytes]:
    """Digests in a format, in parts, each as soon as there is enough for it; no part at all if there is no digest.

    Args:
        digests: the articles.
        format: text for a terminal, JSON, JSON Lines, Markdown, a page of HTML, a Word document, a translation memory.
        several: whether there may be more than one: text and Markdown then name each article, JSON becomes JSON Lines.

    Raises:
        MissingPackageError: at once, if "docx" is asked for and python-docx is not installed.
        OutputError: at once, if there is no such format.
    """
    if format not in get_args(Format):
        raise OutputError(f"There is no format {format!r}; choose one of {', '.join(get_args(Format))}.")
    if format == "docx":
        require("docx", extra="docx")
    return _parts(iter(digests), format, several)


def save(digests: Digest | Iterable[Digest], path: str | Path, format: Format | None = None) -> None:
    """Writes digests to a file, which is there only when all is written.

    Args:
        digests: one or more, taken as they come.
        path: the file.
        format: as in `render`; that of the file's name (`format_of`) if not given.

    Raises:
        MissingPackageError: if "docx" is asked for and python-docx is not installed.
        OutputError: if the file cannot be written, or its name says another format.
    """
    path, several = Path(path), not isinstance(digests, Digest)
    format = choose_format(path, format)
    parts = render([digests] if isinstance(digests, Digest) else digests, format, several)
    with open_output(path) as write:
        for part in parts:
            write(part)


def _parts(digests: Iterator[Digest], format: Format, several: bool) -> Iterator[str | bytes]:
    first = next(digests, None)
    if first is None:
        return
    digests = chain([first], digests)
    match format:
        case "text":
            for digest in digests:
                yield (f"{clean(digest.source)}\n\n" if several else "") + digest_to_text(digest)
        case "json" | "jsonl":
            indent = None if several or format == "jsonl" else 2
            for digest in digests:
                yield json.dumps(digest.to_dict(), ensure_ascii=False, indent=indent) + "\n"
        case "markdown":
            yield from digests_to_markdown(digests, several)
        case "html":
            yield from digests_to_html(digests, several)
        case "docx":
            yield digests_to_docx(digests)
        case "tmx":
            yield from digests_to_tmx(digests)
