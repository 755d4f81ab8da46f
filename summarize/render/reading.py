"""Digests read back from the JSON or JSON Lines that the package wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from summarize.article import name_of, standard_input
from summarize.digest import Digest
from summarize.errors import InputError, unreadable


def read_digests(file: str) -> Iterator[Digest]:
    """The digests of a file, one after the other: one as JSON, or one a line. "-" is standard input.

    Raises:
        InputError: if the file cannot be read, or something in it is no digest.
    """
    try:
        with nullcontext(standard_input()) if file == "-" else Path(file).open("rb") as data:
            first = data.readline()
            if not _is_json(first):
                first += data.read()  # one digest over many lines
            yield _digest(first, file, 1)
            for number, line in enumerate(data, 2):
                if line.strip():
                    yield _digest(line, file, number)
    except OSError as error:
        raise InputError(unreadable(Path(file), error)) from None


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _digest(data: bytes, file: str, line: int) -> Digest:
    try:
        return Digest.from_dict(json.loads(data))
    except RecursionError:
        reason = "it is nested too deep"
    except json.JSONDecodeError as error:
        place = line + error.lineno - 1
        reason = f"it is not JSON: {error.msg} in line {place}, column {error.colno}"
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except ValueError as error:
        reason = str(error)
    raise InputError(
        f"What begins in line {line} of {name_of(file)} is no digest ({reason}); give what `summarize digest --format "
        "json` or `summarize batch` wrote."
    )
