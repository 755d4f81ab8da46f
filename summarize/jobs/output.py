"""The output of a job: a sink and the manifest that says what is in it, changed in step.

Beside OUT lies the folder OUT.job: manifest.sqlite, lock, and for people quarantine.jsonl and tracebacks.log.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from summarize.errors import JobError, OutputError
from summarize.formats import JobFormat
from summarize.jobs.files import flush_folder, job_folder, manifest_path, output_errors, written_whole
from summarize.jobs.manifest import Chunk, Entry, Manifest
from summarize.jobs.rows import Rows
from summarize.jobs.sinks import PART_BYTES, Row, Sink, make_sink


class Output:
    """An output that only this process writes, as a context manager.

    A new job that fails before anything is recorded leaves nothing behind.

    Args:
        out: where results go.
        sink: what `check_output` says of it.
        rows: one row an article or one a section.
        settings: all that results depend on; a job goes on only with the same ones.
        restart: throw away what is there.

    Raises:
        JobError: if the settings differ from those of the manifest, or another process is at work.
        OutputError: if it cannot be written.
    """

    def __init__(
        self, out: Path, sink: Sink, *, rows: Rows, settings: Mapping[str, Any], restart: bool = False
    ) -> None:
        self.out = out
        self.folder = job_folder(out)
        self.sink = sink
        settings = {"format": sink.name, "rows": rows, **settings}
        with output_errors(out):
            self._is_new = not (self.folder.exists() or out.exists())
            self.folder.mkdir(exist_ok=True)
            self._lock = FileLock(self.folder / "lock")
            try:
                self._lock.acquire(timeout=0.5)  # --status holds it for a moment
            except Timeout:
                raise JobError(f"Another process is at work on {out}; wait for it or stop it.") from None
            try:
                self._open(settings, restart)
            except BaseException:
                self._lock.release()
                raise

    def _open(self, settings: Mapping[str, Any], restart: bool) -> None:
        if restart:
            self.sink.remove()
            for path in self.folder.iterdir():
                if path.name != "lock":
                    path.unlink()
        self.manifest = Manifest(manifest_path(self.out))
        try:
            _require_same(self.manifest.get("settings"), settings, self.out)
            if self.manifest.get("adopt"):
                self._adopt()
            else:
                (self.folder / "rewritten").unlink(missing_ok=True)
            last = self.manifest.last_chunk()
            self.sink.open(last)
            self._next_chunk = last.number + 1 if last else 0
            self._tail: list[Row] = self.manifest.tail()
            self.run = self.manifest.begin_run(settings)
        except BaseException:
            self.manifest.close()
            raise
        flush_folder(self.out.parent)

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._withdraw()
        self.sink.close()
        self.manifest.close()
        self._lock.release()

    def _withdraw(self) -> None:
        """Takes back what the beginning of a job has made, if the job is new and nothing is recorded of it."""
        with suppress(OSError, sqlite3.Error):
            if self._is_new and self.manifest.is_empty():
                self.sink.close()
                self.manifest.close()
                self.sink.remove()
                shutil.rmtree(self.folder, ignore_errors=True)

    def commit(self, entries: Sequence[Entry], seen: Iterable[str] = ()) -> None:
        """Makes results and failures durable: first in the sink, then in the manifest.

        Args:
            entries: in the order in which they are to be written, at most one an id.
            seen: ids of inputs that were done already.

        Raises:
            OutputError: if the output cannot be written; nothing of it is recorded then, and nothing is torn.
        """
        again = {entry.id for entry in entries if entry.occurrence == 0}
        tail = [row for row in self._tail if row[0] not in again]
        queue = tail + [(entry.id, entry.payload) for entry in entries if not entry.failure]
        place: dict[str, int] = {}  # of the ids that come into a chunk
        with output_errors(self.out):
            chunks: list[Chunk] = []
            for rows in self._take_full(queue):
                chunks.append(self.sink.append(self._next_chunk + len(chunks), rows))
                place.update((id, chunks[-1].number) for id, _ in rows)
            if not self.sink.chunked:
                self.sink.discard(entry.id for entry in entries if entry.failure and entry.occurrence == 0)
                chunks, place = [], {}
            with self.manifest.transaction():
                for entry in entries:
                    self.manifest.record(entry, self.run, None if entry.failure else place.get(entry.id))
                for chunk in chunks:
                    self.manifest.add_chunk(chunk)
                for id, _ in tail:
                    if id in place:
                        self.manifest.move_from_tail(id, place[id])
                new = {entry.id for entry in entries}
                self.manifest.add_to_tail(row for row in queue if row[0] in new)
                self.manifest.mark_seen(seen, self.run)
        self._tail = queue
        self._next_chunk += len(chunks)

    def _take_full(self, queue: list[Row]) -> Iterable[list[Row]]:
        """Takes from the front of a queue what fills chunks; where they end depends on nothing but the results."""
        size = self.sink.articles
        if size is None:
            if queue:
                yield queue[:]
                queue.clear()
            return
        count = weight = 0
        for _, payload in queue[:]:
            count += 1
            weight += len(payload)
            if count == size or weight >= PART_BYTES:
                yield queue[:count]
                del queue[:count]
                count = weight = 0

    def finish(self) -> None:
        """Takes superseded results out, writes the tail and the lists of failures.

        Raises:
            OutputError: if that cannot be written; running the job again does it.
        """
        with output_errors(self.out):
            if self.manifest.count_superseded():
                with self.manifest.transaction():
                    for chunk in self.sink.rewrite(self.manifest.chunks(), self.manifest.superseded):
                        self.manifest.add_chunk(chunk)
                    self.manifest.forget_superseded()
                    self.manifest["adopt"] = True
                self._adopt()
                self.sink.open(self.manifest.last_chunk())
            self.sink.write_tail(self._next_chunk, self._tail)
            self._write_failures()

    def _adopt(self) -> None:
        self.sink.adopt()
        self.manifest["adopt"] = False

    def _write_failures(self) -> None:
        """Writes quarantine.jsonl and tracebacks.log from the manifest; neither is there if nothing failed."""
        quarantine, log = self.folder / "quarantine.jsonl", self.folder / "tracebacks.log"
        names = ("id", "place", "reason", "message", "traceback")
        lines = (
            json.dumps(dict(zip(names, failure, strict=True)), ensure_ascii=False) + "\n"
            for failure in self.manifest.failures()
        )
        _write_lines(quarantine, lines)
        _write_lines(log, (f"==== {id}\n{text}\n" for id, text in self.manifest.tracebacks()))


def check_output(out: Path, format: JobFormat, rows: Rows) -> Sink:
    """The sink of an output that a job may begin, or go on with.

    Raises:
        InputError: if format, rows and name do not go together.
        JobError: if there is something of that name that is not of a job.
        OutputError: if there is no folder for it.
        MissingPackageError: if pyarrow or python-docx is needed and not installed.
    """
    sink = make_sink(out, format, rows)
    with output_errors(out):
        if not out.parent.is_dir():
            raise OutputError(f"The folder {out.parent} does not exist; make it first.")
        if not manifest_path(out).exists() and _holds_something(out):
            raise JobError(f"{out} is there already and not of a batch job; choose another --out or remove it.")
    return sink


def _require_same(old: Mapping[str, Any] | None, new: Mapping[str, Any], out: Path) -> None:
    if old is None or old == json.loads(json.dumps(new)):
        return
    changed = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    told = "; ".join(_tell_change(name, old.get(name), new.get(name)) for name in changed)
    raise JobError(
        f"{out} was made with other settings ({told}); use the same ones, another --out, or --restart to begin anew."
    )


def _tell_change(name: str, old: Any, new: Any) -> str:
    if name == "glossary":  # known by its hash, which tells people nothing
        return "the glossary has changed" if old and new else f"there was {'a' if old else 'no'} glossary before"
    was, now = ("auto" if value is None else value for value in (old, new))
    return f"{name} was {was} and is now {now}"


def _holds_something(out: Path) -> bool:
    return any(out.iterdir()) if out.is_dir() else out.exists() and out.stat().st_size > 0


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    first = next(lines, None)
    if first is None:
        path.unlink(missing_ok=True)
        return
    with (
        written_whole(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file,
    ):
        file.writelines(chain([first], lines))
