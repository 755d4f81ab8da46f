"""Where results go: a file of JSON lines, a folder of Parquet files, or a folder of rendered files.

A sink takes results in chunks. A chunk is on the disk, whole, before the manifest speaks of it; what the manifest does
not speak of is cut off when a job goes on. The results that do not fill a chunk yet are written as a last, short one at
the end of a run, and written again once there are more of them.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote

from summarize.errors import InputError, OutputError
from summarize.formats import OTHER_SUFFIXES, SUFFIXES, Format, JobFormat
from summarize.jobs.files import flush_folder, job_folder, written_whole
from summarize.jobs.manifest import Chunk
from summarize.jobs.rows import Rows, arrow_schema, to_digest, to_lines, to_table
from summarize.packages import require
from summarize.render import encode, render

Row = tuple[str, bytes]  # id and payload of a result

GROUP = 256  # articles of a gzip member or zstd frame
PART = 1000  # articles of a Parquet file
PART_BYTES = 64 << 20  # or as many bytes of JSON, if they are very long


class Sink:
    """A kind of output."""

    name: str
    articles: int | None = None  # results of a chunk; None if a chunk may have any number
    chunked = True  # False if each result is its own file, found by its id

    def open(self, last: Chunk | None) -> None:
        """Makes the output what it was after its last chunk, whatever a killed process has left."""
        raise NotImplementedError

    def append(self, number: int, rows: Sequence[Row]) -> Chunk:
        """Writes a chunk; it is on the disk when this returns."""
        raise NotImplementedError

    def write_tail(self, number: int, rows: Sequence[Row]) -> None:
        """Writes results that do not fill a chunk, to be written again."""

    def discard(self, ids: Iterable[str]) -> None:
        """Removes results that are their own files."""

    def rewrite(self, chunks: Sequence[Chunk], superseded: Callable[[int], set[str]]) -> list[Chunk]:
        """Writes the output anew without superseded results, for `adopt`; returns its chunks."""
        return list(chunks)

    def adopt(self) -> None:
        """Puts what `rewrite` wrote in its place; does nothing if it is there already."""

    def remove(self) -> None:
        """Deletes all output."""
        raise NotImplementedError

    def close(self) -> None:
        """Lets go of the output."""


def make_sink(out: Path, format: JobFormat, rows: Rows) -> Sink:
    """The sink of a format; `auto` goes by the name: .jsonl, .jsonl.gz, .jsonl.zst, .parquet, or a folder of JSON.

    Raises:
        InputError: if format, rows and name do not go together.
        MissingPackageError: if pyarrow or python-docx is needed and not installed.
    """
    if format not in get_args(JobFormat) or rows not in ("article", "section"):
        raise InputError(f"There is no output {format!r} with rows {rows!r}; see docs/jobs.md for what there is.")
    named = _named(out)
    if format == "auto":
        if named == "file":
            raise InputError(f"{out} is no kind of output; name a .jsonl or .parquet file, or a folder.")
        format = named or "json"
    elif named not in (None, format):
        wanted = {"jsonl": "a .jsonl file", "parquet": "a folder .parquet"}.get(format, "a folder")
        raise InputError(f"{out} is no name for output in {format}; name {wanted}.")
    if format == "jsonl":
        return _JsonLines(out, rows)
    if format == "parquet":
        return _Parquet(out, rows)
    if rows == "section":
        raise InputError(
            "A folder of rendered files has one file an article; use --rows section with .jsonl or .parquet."
        )
    if format == "docx":
        require("docx", extra="docx")
    return _Folder(out, format)


def _named(out: Path) -> Literal["jsonl", "parquet", "file"] | None:
    """What the name of an output says that it is; None if it may be anything."""
    if ".jsonl" in out.suffixes[-2:]:
        return "jsonl"
    if out.suffix == ".parquet":
        return "parquet"
    return "file" if out.suffix.lower() in (*SUFFIXES.values(), ".htm", *OTHER_SUFFIXES) else None


class _JsonLines(Sink):
    """JSON lines, perhaps compressed: then a chunk is a gzip member or a zstd frame of its own."""

    def __init__(self, out: Path, rows: Rows) -> None:
        self._out, self._rows = out, rows
        self._new = job_folder(out) / "rewritten"
        self._compression = {".gz": "gzip", ".zst": "zstd"}.get(out.suffix, "")
        self.articles = GROUP if self._compression else None
        self.name = f"jsonl {self._compression}".rstrip()
        self._codec: Any = require("pyarrow").Codec("zstd") if self._compression == "zstd" else None
        self._file: Any = None
        self._end = 0

    def open(self, last: Chunk | None) -> None:
        self._end = last.start + last.size if last else 0
        self._file = os.open(self._out, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        size = os.fstat(self._file).st_size
        if size < self._end:
            raise OutputError(
                f"{self._out} is shorter than its manifest says; put it back, or start the job again with --restart."
            )
        os.ftruncate(self._file, self._end)
        flush_folder(self._out.parent)

    def append(self, number: int, rows: Sequence[Row]) -> Chunk:
        chunk = Chunk(number, self._end, self._write(rows))
        self._end += chunk.size
        return chunk

    def write_tail(self, number: int, rows: Sequence[Row]) -> None:
        self._write(rows)

    def _write(self, rows: Sequence[Row]) -> int:
        data = self._encode(b"".join(to_lines(payload, self._rows) for _, payload in rows))
        os.ftruncate(self._file, self._end)
        try:
            os.lseek(self._file, self._end, os.SEEK_SET)
            view = memoryview(data)
            while view:
                view = view[os.write(self._file, view) :]
            os.fsync(self._file)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(self._file, self._end)
            raise
        return len(data)

    def _encode(self, data: bytes) -> bytes:
        if not data:
            return b""
        if self._codec:
            return bytes(self._codec.compress(data))
        return gzip.compress(data, mtime=0) if self._compression else data

    def _decode(self, data: bytes) -> bytes:
        if self._codec:
            pyarrow = require("pyarrow")
            return bytes(pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read())
        return gzip.decompress(data) if self._compression else data

    def rewrite(self, chunks: Sequence[Chunk], superseded: Callable[[int], set[str]]) -> list[Chunk]:
        written: list[Chunk] = []
        end = 0
        with self._out.open("rb") as old, self._new.open("wb") as new:
            for chunk in chunks:
                old.seek(chunk.start)
                data = old.read(chunk.size)
                if gone := superseded(chunk.number):
                    lines = self._decode(data).splitlines(keepends=True)
                    data = self._encode(b"".join(line for line in lines if json.loads(line)["id"] not in gone))
                new.write(data)
                written.append(Chunk(chunk.number, end, len(data)))
                end += len(data)
            new.flush()
            os.fsync(new.fileno())
        return written

    def adopt(self) -> None:
        self.close()
        if self._new.exists():
            self._new.replace(self._out)
            flush_folder(self._out.parent)

    def remove(self) -> None:
        self._out.unlink(missing_ok=True)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _Parquet(Sink):
    """A folder of Parquet files; each is there only when it is whole."""

    articles = PART
    name = "parquet"

    def __init__(self, out: Path, rows: Rows) -> None:
        self._out, self._rows = out, rows
        self._schema = arrow_schema(rows)

    def open(self, last: Chunk | None) -> None:
        self._out.mkdir(exist_ok=True)
        number = last.number if last else -1
        for path in self._out.glob("*part-*.parquet"):
            if path.name.startswith(".") or int(path.stem.removeprefix("part-")) > number:
                path.unlink()
        if last and not self._path(number).exists():
            raise OutputError(f"{self._path(number)} is missing; put it back, or start the job again with --restart.")

    def append(self, number: int, rows: Sequence[Row]) -> Chunk:
        self._write(self._path(number), to_table((payload for _, payload in rows), self._rows))
        return Chunk(number, 0, 0)

    def write_tail(self, number: int, rows: Sequence[Row]) -> None:
        if rows:
            self.append(number, rows)
        else:
            self._path(number).unlink(missing_ok=True)

    def rewrite(self, chunks: Sequence[Chunk], superseded: Callable[[int], set[str]]) -> list[Chunk]:
        # Part by part and in place: taking the same rows out twice does no harm.
        import pyarrow.compute
        import pyarrow.parquet

        for chunk in chunks:
            if gone := superseded(chunk.number):
                path = self._path(chunk.number)
                table = pyarrow.parquet.read_table(path, schema=self._schema)
                kept = pyarrow.compute.invert(pyarrow.compute.is_in(table["id"], pyarrow.array(sorted(gone))))
                self._write(path, table.filter(kept))
        return list(chunks)

    def remove(self) -> None:
        for path in self._out.glob("*part-*.parquet"):
            path.unlink()
        with suppress(OSError):
            self._out.rmdir()

    def _path(self, number: int) -> Path:
        return self._out / f"part-{number:06}.parquet"

    def _write(self, path: Path, table: Any) -> None:
        import pyarrow.parquet

        with written_whole(path) as temporary:
            pyarrow.parquet.write_table(table, temporary, compression="zstd")


class _Folder(Sink):
    """One file an article, named after its id."""

    chunked = False

    def __init__(self, out: Path, format: Format) -> None:
        self._out, self._format = out, format
        self.name = format

    def open(self, last: Chunk | None) -> None:
        self._out.mkdir(exist_ok=True)

    def append(self, number: int, rows: Sequence[Row]) -> Chunk:
        for id, payload in rows:
            path = self._path(id)
            path.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(path) as temporary:
                temporary.write_bytes(b"".join(encode(part) for part in render([to_digest(payload)], self._format)))
        return Chunk(number, 0, 0)

    def discard(self, ids: Iterable[str]) -> None:
        for id in ids:
            self._path(id).unlink(missing_ok=True)

    def remove(self) -> None:
        # Nothing else is in it: a folder that was not empty is refused when the job begins.
        shutil.rmtree(self._out, ignore_errors=True)

    def _path(self, id: str) -> Path:
        *folders, name = [_file_name(part) for part in ("%2F" + id[1:] if id.startswith("/") else id).split("/")]
        return self._out.joinpath(*folders, name + SUFFIXES[self._format])


def _file_name(part: str) -> str:
    """A part of an id as a name that every file system takes: readable, and another one for another id."""
    if part in ("", ".", ".."):
        return "%" + (part.encode().hex() or "00")
    safe = "".join(c if c.isprintable() and c not in '<>:"|?*\\' else quote(c, safe="") for c in part)
    if len(safe.encode("utf-8", "replace")) > 200:
        short = safe.encode("utf-8", "replace")[:160].decode("utf-8", "ignore")
        return f"{short}-{blake2b(part.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
    return safe
