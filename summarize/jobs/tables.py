"""Tables whose rows are inputs of a job: JSON lines, CSV, Parquet, datasets on disk."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from summarize.errors import InputError
from summarize.jobs.given import Given, clean, too_long, unreadable
from summarize.packages import require

TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
LONGEST_LINE = 32 << 20  # bytes of a JSON line; it may hold other columns, escaped
_PACKED = (".gz", ".zst", ".bz2", ".xz")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns with the article's text and with its id; if that is None, `id` if there is one."""

    text: str
    id: str | None

    def require(self, names: Iterable[str], place: str) -> None:
        """Checks that a table has the columns that were asked for."""
        names = list(names)
        for wanted in (self.text, self.id):
            if wanted is not None and wanted not in names:
                raise InputError(
                    f"{place} has no column {wanted!r} (it has {', '.join(map(repr, names))}); "
                    "name it with --text-column or --id-column."
                )

    def given(self, row: dict[str, Any], numbered: str, place: str) -> Given:
        """An input from a row of a table."""
        text = row.get(self.text)
        name = row.get(self.id or "id")
        if self.id is not None and name in (None, ""):
            return unreadable(numbered, place, repr(text), f"{place} has no {self.id!r}; give each row an id.")
        id = numbered if name in (None, "") else clean(str(name))
        if not isinstance(text, str):
            return unreadable(id, place, repr(text), f"{place} has no text in {self.text!r}.")
        return Given(id, place, text)


def kind_of(path: PurePath) -> str:
    """The suffix of a file that says what is in it, beside that of a compression; "" if it has none."""
    kinds = [suffix for suffix in map(str.lower, path.suffixes) if suffix not in _PACKED]
    return kinds[-1] if kinds else ""


def read_table(file: BinaryIO, kind: str, id: str, columns: Columns) -> Iterator[Given]:
    """The rows of a file of one of the kinds of `TABLES`; `id` is that of the file.

    Raises:
        InputError: if it has no such columns.
    """
    match kind:
        case ".parquet":
            return _read_parquet(file, id, columns)
        case ".csv":
            return _read_csv(file, id, columns, ",")
        case ".tsv":
            return _read_csv(file, id, columns, "\t")
        case _:
            return _read_jsonl(file, id, columns)


def _read_jsonl(file: BinaryIO, id: str, columns: Columns) -> Iterator[Given]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        place = f"{id}:{number}"
        size = len(line)
        if size == LONGEST_LINE and not line.endswith(b"\n"):
            while rest := file.readline(LONGEST_LINE):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield too_long(place, place, size)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield unreadable(place, place, line, f"{place} is not JSON ({error}).")
            continue
        if isinstance(row, str):
            yield Given(place, place, row)
        elif isinstance(row, dict):
            yield columns.given(row, place, place)
        else:
            yield unreadable(place, place, line, f"{place} is not a JSON object; give it one with {columns.text!r}.")


def _read_csv(file: BinaryIO, id: str, columns: Columns, delimiter: str) -> Iterator[Given]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    # Bytes that are not UTF-8 come through as lone surrogates: then only that article is refused.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.DictReader(text, delimiter=delimiter)
    columns.require(rows.fieldnames or [], id)
    number = 0
    while True:
        number += 1
        place = f"{id}:{number}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield unreadable(place, place, str(error), f"{place} is not CSV ({error}).")
            continue
        if row is None:
            return
        yield columns.given(row, place, place)


def _read_parquet(file: Any, id: str, columns: Columns) -> Iterator[Given]:
    """Rows group by group. One that is damaged is one failure: what was read of it stays, the rest goes on."""
    pyarrow = require("pyarrow")
    parquet = require("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(file, page_checksum_verification=True)
    except (pyarrow.ArrowException, OSError) as error:
        yield unreadable(id, id, "", f"{id} is not a Parquet file or is damaged ({error}).", whole=True)
        return
    names = table.schema_arrow.names
    columns.require(names, id)
    wanted = [name for name in {columns.text, columns.id or "id"} if name in names]
    start = 0
    for group in range(table.num_row_groups):
        number = start
        start += table.metadata.row_group(group).num_rows
        try:
            for batch in table.iter_batches(batch_size=256, row_groups=[group], columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield columns.given(row, f"{id}:{number}", f"{id}:{number}")
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
            place = f"{id}, row group {group} from row {number + 1} to {start}"
            yield unreadable(f"{id}:{number + 1}-{start}", place, "", f"{place} cannot be read ({error}).", whole=True)


def read_dataset(folder: Path, columns: Columns) -> Iterator[Given]:
    """The rows of a dataset that `datasets` has saved to a folder.

    Raises:
        InputError: if it cannot be read.
    """
    datasets = require("datasets", "datasets")
    try:
        loaded = datasets.load_from_disk(str(folder))
    except Exception as error:
        raise InputError(f"{folder} cannot be read as a dataset ({error}).") from error
    name = clean(folder.resolve().name)
    splits = loaded.items() if isinstance(loaded, dict) else [("", loaded)]
    for split, rows in splits:
        id = f"{name}/{split}" if split else name
        columns.require(rows.column_names, id)
        wanted = [column for column in {columns.text, columns.id or "id"} if column in rows.column_names]
        for number, row in enumerate(rows.select_columns(wanted), 1):
            yield columns.given(row, f"{id}:{number}", f"{id}:{number}")
