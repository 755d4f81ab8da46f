"""What a job reads: folders, globs and single files of articles, JSON lines, CSV, Parquet, datasets, standard input.

Everything is read as it is needed, in an order that is always the same. The id of an article file is the name of the
folder that was given and the path below it (`night/a/001.txt`), so it does not depend on how the folder was spelled; a
file that is named itself has the name of its folder and its own. A row has the id of its id column, else the file's id
and its number (`night/articles.jsonl:17`).
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from summarize.article import largest, standard_input
from summarize.documents import LARGEST
from summarize.errors import InputError, MissingPackageError
from summarize.jobs.given import Given, clean, too_long, unreadable
from summarize.jobs.tables import LONGEST_LINE, TABLES, Columns, kind_of, read_dataset, read_table
from summarize.packages import require

ARTICLES = (".txt", ".md", ".docx")
_MAGIC = frozenset("*?[")


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
    columns = Columns(text_column, id_column)
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
            base, pattern = _split_glob(source)
            for path in _expand(base, pattern, avoided):
                found = True
                yield from _read_path(path, _file_id(path, base), columns)
            if not found:
                raise InputError(f"No file matches {source}; check the pattern.")
        elif Path(source).is_dir():
            folder = Path(source)
            if (folder / "state.json").is_file() or (folder / "dataset_dict.json").is_file():
                yield from read_dataset(folder, columns)
            elif parts := sorted(folder.glob("part-*.parquet")):
                for path in parts:
                    yield from _read_path(path, _file_id(path, folder), columns)
            else:
                for path in _walk(folder, avoided):
                    if path.suffix.lower() in ARTICLES:
                        yield _read_article(path, _file_id(path, folder))
        else:
            path = Path(source)
            yield from _read_path(path, _file_id(path, path.parent), columns)


# ---- files


def _read_path(path: Path, id: str, columns: Columns) -> Iterator[Given]:
    """What is in one file, by its suffix; one without a known suffix is an article."""
    kind = kind_of(path)
    if kind not in TABLES:
        if not path.exists():
            raise InputError(f"{path} does not exist; check the path.")
        yield _read_article(path, id)
        return
    try:
        with closing(path.open("rb") if kind == ".parquet" else _open(path)) as file:
            yield from read_table(file, kind, id, columns)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist; check the path.") from None
    except (OSError, EOFError) as error:
        yield unreadable(id, str(path), "", f"{path} cannot be read to its end ({error}).", whole=True)


def _open(path: Path) -> BinaryIO:
    """A file that is unpacked as it is read, if it is packed."""
    match path.suffix.lower():
        case ".gz":
            return cast(BinaryIO, gzip.open(path, "rb"))
        case ".bz2":
            return cast(BinaryIO, bz2.open(path, "rb"))
        case ".xz":
            return cast(BinaryIO, lzma.open(path, "rb"))
        case ".zst":
            pyarrow = require("pyarrow")
            return cast(BinaryIO, pyarrow.input_stream(str(path), compression="zstd", buffer_size=1 << 20))
        case _:
            return path.open("rb")


def _read_article(path: Path, id: str) -> Given:
    try:
        size = path.stat().st_size
        if size > largest(path):
            return too_long(id, str(path), size)
        return Given(id, clean(str(path)), path.read_bytes())
    except OSError as error:
        return unreadable(id, clean(str(path)), "", f"{path} cannot be read ({error.strerror}).")


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
    return clean((Path(folder.absolute().resolve().name) / path.relative_to(folder)).as_posix())


# ---- streams and URLs


def _read_stream(stream: BinaryIO, columns: Columns) -> Iterator[Given]:
    """Standard input: JSON lines if it begins with a brace, else one article."""
    start = stream.readline(LONGEST_LINE)
    while start and not start.strip():
        start = stream.readline(LONGEST_LINE)
    joined = cast(BinaryIO, _Joined(start, stream))
    if start.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from read_table(joined, ".jsonl", "-", columns)
        return
    data = start
    while len(data) <= LARGEST and (more := stream.read(LARGEST)):
        data += more
    yield too_long("-", "-", len(data)) if len(data) > LARGEST else Given("-", "-", data)


class _Joined:
    """A line that was read already, then the rest of its stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, limit: int) -> bytes:
        first, self._first = self._first, b""
        return first or self._rest.readline(limit)


def _read_url(url: str, columns: Columns) -> Iterator[Given]:
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
        id = clean(found.removeprefix(base).lstrip("/"))
        kind = kind_of(PurePath(found))
        try:
            if kind == ".parquet":
                with system.open(found, "rb") as file:
                    yield from read_table(file, kind, id, columns)
            elif kind in TABLES:
                with fsspec.open(system.unstrip_protocol(found), "rb", compression="infer") as file:
                    yield from read_table(file, kind, id, columns)
            elif (size := system.size(found) or 0) > largest(PurePath(found)):
                yield too_long(id, found, size)
            else:
                yield Given(id, found, system.cat_file(found))
        except (OSError, EOFError) as error:
            yield unreadable(id, found, "", f"{found} cannot be read ({error}).", whole=True)
