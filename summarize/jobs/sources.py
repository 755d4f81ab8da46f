"""What a job reads: folders, globs and single files of articles, JSON lines, CSV, Parquet, datasets, standard input.

Everything is read as it is needed, in an order that is always the same. The id of an article file is the name of the
folder that was given and the path below it (`night/a/001.txt`), so it does not depend on how the folder was spelled; a
file that is named itself has the name of its folder and its own. A row has the id of its id column, else the file's id
and its number (`night/articles.jsonl:17`).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from summarize.article import largest, standard_input
from summarize.documents import LARGEST
from summarize.errors import InputError, MissingPackageError
from summarize.jobs.digesting import Failure
from summarize.packages import require

ARTICLES = (".txt", ".md", ".docx")
LONGEST_LINE = 32 << 20  # bytes of a JSON line; it may hold other columns, escaped
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was read: an article's data or a failure.

    Attributes:
        id: names the input.
        place: where it was read, for people: a file, with the number of the row.
        data: the article's bytes or text; of a failure, all that is known of it, so that a change is noticed.
        failure: why it cannot be read.
        whole: the failure is of a part of a source that may hold many inputs.
    """

    id: str
    place: str
    data: bytes | str = b""
    failure: Failure | None = None
    whole: bool = False


def read_sources(
    sources: Iterable[str | Path],
    *,
    text_column: str = "text",
    id_column: str | None = None,
    leave_out: Sequence[Path] = (),
    stdin: BinaryIO | None = None,
) -> Iterator[Given]:
    """All inputs of sources, one by one, in the order of the sources; folders and globs in the order of names.

    Args:
        sources: paths, globs, fsspec URLs, or "-" for standard input.
        text_column: the column of tables with the article's text.
        id_column: the column with its id, which must be there; if None, `id` if there is one, else rows are numbered.
        leave_out: paths that are never read: the job's own output.
        stdin: read instead of the process's standard input.

    Raises:
        InputError: if a source is not there, is of no known kind, or is a table without these columns.
        MissingPackageError: if a source needs a package that is not installed.
    """
    columns = _Columns(text_column, id_column)
    avoided = {os.path.realpath(path) for path in leave_out}
    named = [str(source) for source in sources]
    for source in named:
        if source != "-" and "://" not in source and not _MAGIC & set(source) and not Path(source).exists():
            raise InputError(f"{source} does not exist; check the path.")
    for source in named:
        if os.path.realpath(source) in avoided:
            continue  # a pattern that the shell has expanded
        if source == "-":
            yield from _read_stream(stdin or standard_input(), columns)
        elif "://" in source:
            yield from _read_url(source, columns)
        elif _MAGIC & set(source) and not Path(source).exists():
            found = False
            base, parts = _split_glob(source)
            for path in _expand(base, parts, avoided):
                found = True
                yield from _read_path(path, _file_id(path, base), columns)
            if not found:
                raise InputError(f"No file matches {source}; check the pattern.")
        elif Path(source).is_dir():
            folder = Path(source)
            if (folder / "state.json").is_file() or (folder / "dataset_dict.json").is_file():
                yield from _read_dataset(folder, columns)
            elif any(folder.glob("part-*.parquet")):
                for path in sorted(folder.glob("part-*.parquet")):
                    yield from _read_path(path, _file_id(path, folder), columns)
            else:
                for path in _walk(folder, avoided):
                    if path.suffix.lower() in ARTICLES:
                        yield _read_article(path, _file_id(path, folder))
        else:
            path = Path(source)
            yield from _read_path(path, _file_id(path, path.parent), columns)


@dataclass(frozen=True, slots=True)
class _Columns:
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
            return _unreadable(numbered, place, repr(text), f"{place} has no {self.id!r}; give each row an id.")
        id = numbered if name in (None, "") else _clean(str(name))
        if not isinstance(text, str):
            return _unreadable(id, place, repr(text), f"{place} has no text in {self.text!r}.")
        return Given(id, place, text)


# ---- files


def _read_path(path: Path, id: str, columns: _Columns) -> Iterator[Given]:
    """What is in one file, by its suffix; one without a known suffix is an article."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] in (".gz", ".zst", ".bz2", ".xz")
    kind = suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if kind not in (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"):
        if not path.exists():
            raise InputError(f"{path} does not exist; check the path.")
        yield _read_article(path, id)
        return
    try:
        if kind == ".parquet":
            with path.open("rb") as file:
                yield from _read_parquet(file, id, columns)
            return
        with closing(_open(path)) as file:
            if kind in (".csv", ".tsv"):
                yield from _read_csv(file, id, columns, "\t" if kind == ".tsv" else ",")
            else:
                yield from _read_jsonl(file, id, columns)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist; check the path.") from None
    except (OSError, EOFError) as error:
        yield _unreadable(id, str(path), "", f"{path} cannot be read to its end ({error}).", whole=True)


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if path.suffix.lower() == ".zst":
        pyarrow = require("pyarrow")
        return cast(BinaryIO, pyarrow.input_stream(str(path), compression="zstd", buffer_size=1 << 20))
    if path.suffix.lower() in (".bz2", ".xz"):
        import bz2
        import lzma

        return cast(BinaryIO, (bz2.open if path.suffix.lower() == ".bz2" else lzma.open)(path, "rb"))
    return path.open("rb")


def _read_article(path: Path, id: str) -> Given:
    try:
        size = path.stat().st_size
        if size > largest(path):
            return _too_long(id, str(path), size)
        return Given(id, _clean(str(path)), path.read_bytes())
    except OSError as error:
        return _unreadable(id, _clean(str(path)), "", f"{path} cannot be read ({error.strerror}).")


def _walk(folder: Path, avoided: set[str]) -> Iterator[Path]:
    """Files below a folder in the order of their names; only the names of one folder a level are held."""
    with os.scandir(folder) as entries:
        found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    for name, is_folder in found:
        path = folder / name
        if name.startswith(".") or os.path.realpath(path) in avoided:
            continue
        if is_folder:
            yield from _walk(path, avoided)
        else:
            yield path


def _split_glob(pattern: str) -> tuple[Path, list[str]]:
    parts = PurePath(pattern).parts
    first = next(index for index, part in enumerate(parts) if _MAGIC & set(part))
    return Path(*parts[:first]), list(parts[first:])


def _expand(folder: Path, parts: list[str], avoided: set[str]) -> Iterator[Path]:
    """Files that match a glob, in the order of their names; `**` is any number of folders."""
    part, rest = parts[0], parts[1:]
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir()) for entry in entries)
    except OSError:
        return
    if part == "**":
        yield from _expand(folder, rest or ["*"], avoided)
    for name, is_folder in found:
        path = folder / name
        if (name.startswith(".") and not part.startswith(".")) or os.path.realpath(path) in avoided:
            continue
        if part == "**":
            if is_folder and not path.is_symlink():
                yield from _expand(path, parts, avoided)
        elif fnmatchcase(name, part):
            if is_folder and rest:
                yield from _expand(path, rest, avoided)
            elif not is_folder and not rest:
                yield path


def _file_id(path: Path, folder: Path) -> str:
    return _clean((Path(folder.absolute().resolve().name) / path.relative_to(folder)).as_posix())


# ---- tables


def _read_jsonl(file: BinaryIO, id: str, columns: _Columns) -> Iterator[Given]:
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
            yield _too_long(place, place, size)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield _unreadable(place, place, line, f"{place} is not JSON ({error}).")
            continue
        if isinstance(row, str):
            yield Given(place, place, row)
        elif isinstance(row, dict):
            yield columns.given(row, place, place)
        else:
            yield _unreadable(place, place, line, f"{place} is not a JSON object; give it one with {columns.text!r}.")


def _read_csv(file: BinaryIO, id: str, columns: _Columns, delimiter: str) -> Iterator[Given]:
    import io

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
            yield _unreadable(place, place, str(error), f"{place} is not CSV ({error}).")
            continue
        if row is None:
            return
        yield columns.given(row, place, place)


def _read_parquet(file: Any, id: str, columns: _Columns) -> Iterator[Given]:
    """Rows group by group. One that is damaged is one failure: what was read of it stays, the rest goes on."""
    pyarrow = require("pyarrow")
    parquet = require("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(file, page_checksum_verification=True)
    except (pyarrow.ArrowException, OSError) as error:
        yield _unreadable(id, id, "", f"{id} is not a Parquet file or is damaged ({error}).", whole=True)
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
            yield _unreadable(f"{id}:{number + 1}-{start}", place, "", f"{place} cannot be read ({error}).", whole=True)


def _read_dataset(folder: Path, columns: _Columns) -> Iterator[Given]:
    datasets = require("datasets", "datasets")
    try:
        loaded = datasets.load_from_disk(str(folder))
    except Exception as error:
        raise InputError(f"{folder} cannot be read as a dataset ({error}).") from error
    name = _clean(folder.resolve().name)
    splits = loaded.items() if isinstance(loaded, dict) else [("", loaded)]
    for split, rows in splits:
        id = f"{name}/{split}" if split else name
        columns.require(rows.column_names, id)
        wanted = [column for column in {columns.text, columns.id or "id"} if column in rows.column_names]
        for number, row in enumerate(rows.select_columns(wanted), 1):
            yield columns.given(row, f"{id}:{number}", f"{id}:{number}")


# ---- streams and URLs


def _read_stream(stream: BinaryIO, columns: _Columns) -> Iterator[Given]:
    """Standard input: JSON lines if it begins with a brace, else one article."""
    start = stream.readline(LONGEST_LINE)
    while start and not start.strip():
        start = stream.readline(LONGEST_LINE)
    joined = cast(BinaryIO, _Joined(start, stream))
    if start.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _read_jsonl(joined, "-", columns)
        return
    data = start
    while len(data) <= LARGEST and (more := stream.read(LARGEST)):
        data += more
    yield _too_long("-", "-", len(data)) if len(data) > LARGEST else Given("-", "-", data)


class _Joined:
    """A line that was read already, then the rest of its stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, limit: int) -> bytes:
        first, self._first = self._first, b""
        return first or self._rest.readline(limit)


def _read_url(url: str, columns: _Columns) -> Iterator[Given]:
    """Anything that fsspec opens; the names that a folder or glob has there are listed at once."""
    fsspec = require("fsspec")
    try:
        system, path = fsspec.core.url_to_fs(url)
        if _MAGIC & set(path):
            paths = sorted(system.glob(path))
            root = path[: min(path.index(c) for c in _MAGIC if c in path)].rpartition("/")[0]
        elif system.isdir(path):
            paths = [found for found in sorted(system.find(path)) if found.lower().endswith(ARTICLES)]
            root = path.rstrip("/")
        else:
            paths, root = [path], path.rpartition("/")[0]
    except ImportError as error:
        raise MissingPackageError(f"{url} needs a package that is not installed ({error}); install it.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{url} cannot be opened ({error}).") from error
    if not paths:
        raise InputError(f"{url} holds no article files; check the address.")
    base = root.rpartition("/")[0]
    for found in paths:
        id = _clean(found.removeprefix(base).lstrip("/"))
        plain = found.removesuffix(".gz").removesuffix(".zst").removesuffix(".bz2").removesuffix(".xz").lower()
        try:
            if plain.endswith(".parquet"):
                with system.open(found, "rb") as file:
                    yield from _read_parquet(file, id, columns)
            elif plain.endswith((".jsonl", ".ndjson", ".csv", ".tsv")):
                with fsspec.open(system.unstrip_protocol(found), "rb", compression="infer") as file:
                    if plain.endswith((".csv", ".tsv")):
                        yield from _read_csv(file, id, columns, "\t" if plain.endswith(".tsv") else ",")
                    else:
                        yield from _read_jsonl(file, id, columns)
            elif (size := system.size(found) or 0) > largest(PurePath(found)):
                yield _too_long(id, found, size)
            else:
                yield Given(id, found, system.cat_file(found))
        except (OSError, EOFError) as error:
            yield _unreadable(id, found, "", f"{found} cannot be read ({error}).", whole=True)


def _unreadable(id: str, place: str, data: bytes | str, message: str, *, whole: bool = False) -> Given:
    return Given(id, place, data, Failure("unreadable", _clean(message)), whole)


def _too_long(id: str, place: str, size: int) -> Given:
    message = f"{place} has {size:,} bytes, which is no single article; split it into articles."
    return Given(id, _clean(place), f"{size} bytes", Failure("not an article", _clean(message)))


def _clean(text: str) -> str:
    """Text that can be written as UTF-8: names of files may hold bytes that are none."""
    return text.encode("utf-8", "backslashreplace").decode()
