"""The formats that digests are written in, and the names of their files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from summarize.errors import OutputError

Format = Literal["text", "json", "jsonl", "markdown", "html", "docx", "tmx"]
JobFormat = Literal["auto", Format, "parquet"]  # of the output of a batch job

SUFFIXES: dict[Format, str] = {
    "text": ".txt",
    "json": ".json",
    "jsonl": ".jsonl",
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "tmx": ".tmx",
}

# Kinds of files that are not written: text by such a name would not open in the program that it belongs to.
OTHER_SUFFIXES = (
    ".pdf",
    ".doc",
    ".odt",
    ".rtf",
    ".epub",
    ".csv",
    ".tsv",
    ".xls",
    ".xlsx",
    ".parquet",
    ".gz",
    ".zst",
    ".zip",
)


def format_of(path: Path) -> Format:
    """The format that a file's name asks for: .json, .jsonl, .md, .html, .htm, .docx, .tmx; of any other, text.

    Raises:
        OutputError: if it is the name of a kind of file that is not written, such as .pdf.
    """
    suffix = path.suffix.lower()
    if suffix in OTHER_SUFFIXES:
        raise OutputError(
            f"{path} cannot be written, since {suffix} is not; choose from {', '.join(SUFFIXES.values())}."
        )
    return (
        "html" if suffix == ".htm" else next((format for format, known in SUFFIXES.items() if known == suffix), "text")
    )


def choose_format(path: Path, format: Format | None) -> Format:
    """The format for a file: the one that was asked for, if any, or else that of its name.

    Raises:
        OutputError: if the name says another format than was asked for; a name that says none takes all.
    """
    named = format_of(path)
    if format is None or named == "text":
        return format or named
    if format != named and {format, named} != {"json", "jsonl"}:
        raise OutputError(f"{path} is the name of {named} and would hold {format}; choose another name or format.")
    return format
