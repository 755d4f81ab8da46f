"""The manifest of a job: an SQLite file beside the output that says what is done, and where in the output it is.

What it says is true of the output at any moment, since results are on the disk before the manifest says so.

Tables:

- `job`: key and value: version, settings, number of the last run, measured rate.
- `items`: one row an input. `chunk` is where its result is: a chunk of the output, or NULL while it is in `tail`.
  `occurrence` is 0, or for an input that cannot be told apart by its id the place where it was met in this run.
- `chunks`: the parts of the output that are written for good, as byte ranges of a file or as files of a folder.
- `tail`: results that do not fill a chunk yet.
- `superseded`: results in chunks that newer ones have replaced; they are taken out at the end of a run.
- `tracebacks`: each once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from summarize.errors import JobError
from summarize.jobs.digesting import Failure

VERSION = 1

_TABLES = """
CREATE TABLE job (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE items (
    id TEXT, occurrence INTEGER, hash BLOB, done INTEGER, run INTEGER, chunk INTEGER, findings TEXT,
    place TEXT, reason TEXT, message TEXT, traceback TEXT,
    PRIMARY KEY (id, occurrence)
) WITHOUT ROWID;
CREATE INDEX failed ON items (reason) WHERE NOT done;
CREATE TABLE chunks (number INTEGER PRIMARY KEY, start INTEGER, size INTEGER);
CREATE TABLE tail (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, payload BLOB);
CREATE TABLE superseded (chunk INTEGER, id TEXT, PRIMARY KEY (chunk, id)) WITHOUT ROWID;
CREATE TABLE tracebacks (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
"""


class Known(NamedTuple):
    """What the manifest knows of an id: hash of the input, whether it is done, the run that met it last."""

    hash: bytes
    done: bool
    run: int


class Chunk(NamedTuple):
    """A part of the output: bytes `start` to `start + size` of the file, or the part file of this number."""

    number: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An input and what became of it, ready to be recorded. A failure has no payload."""

    id: str
    hash: bytes
    place: str
    payload: bytes = b""
    findings: str = ""
    failure: Failure | None = None
    occurrence: int = 0


def read_manifest(path: Path) -> Manifest:
    """Opens a manifest that only shall be read.

    Raises:
        JobError: if it cannot be.
    """
    try:
        return Manifest(path, read_only=True)
    except sqlite3.OperationalError as error:
        raise JobError(f"{path} cannot be read ({error}); check its permissions.") from error


class Manifest:
    """An open manifest. Times out after a minute if somebody else holds the file.

    Raises:
        JobError: if the file is no manifest or one of another version.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._db = sqlite3.connect(uri, uri=True, timeout=60, isolation_level=None, check_same_thread=False)
        try:
            if not read_only:
                # A file that is ahead of the manifest is cut back, so losing the last commits to a power cut is fine.
                self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
            if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone() and not read_only:
                with self.transaction():
                    for statement in _TABLES.strip().split(";\n"):
                        self._db.execute(statement)
                    self["version"] = VERSION
            if self.get("version") != VERSION:
                raise JobError(f"{path} is of another version of summarize; start the job again with --restart.")
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError) and "no such table" not in str(error):
                raise
            raise JobError(f"{path} is not a manifest or is damaged; start the job again with --restart.") from error

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is recorded within the block is recorded at once, or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def get(self, key: str, default: Any = None) -> Any:
        """A value of the table `job`."""
        row = self._db.execute("SELECT value FROM job WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else default

    def __setitem__(self, key: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO job VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False)))

    def begin_run(self, settings: Mapping[str, Any]) -> int:
        """The number of a new run. Duplicates and unreadable sources are forgotten: each run meets them anew."""
        run = int(self.get("run", 0)) + 1
        with self.transaction():
            self["run"] = run
            self["settings"] = dict(settings)
            self._db.execute("DELETE FROM items WHERE NOT done AND occurrence > 0")
        return run

    # ---- items

    def find(self, id: str) -> Known | None:
        """What is known of an input."""
        row = self._db.execute("SELECT hash, done, run FROM items WHERE id = ? AND occurrence = 0", (id,)).fetchone()
        return Known(row[0], bool(row[1]), row[2]) if row else None

    def mark_seen(self, ids: Iterable[str], run: int) -> None:
        """Says that a run has met these inputs."""
        self._db.executemany("UPDATE items SET run = ? WHERE id = ? AND occurrence = 0", [(run, id) for id in ids])

    def record(self, entry: Entry, run: int, chunk: int | None) -> None:
        """Records what became of an input; an older result of it is superseded."""
        key = (entry.id, entry.occurrence)
        old = self._db.execute("SELECT done, chunk FROM items WHERE id = ? AND occurrence = ?", key).fetchone()
        if old and old[0]:
            if old[1] is None:
                self._db.execute("DELETE FROM tail WHERE id = ?", (entry.id,))
            else:
                self._db.execute("INSERT OR IGNORE INTO superseded VALUES (?, ?)", (old[1], entry.id))
        failure = entry.failure
        told = (failure.reason, failure.message, failure.traceback_id) if failure else (None, None, None)
        self._db.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *key,
                entry.hash,
                not failure,
                run,
                chunk,
                entry.findings or None,
                entry.place if failure else None,
                *told,
            ),
        )
        if failure and failure.traceback:
            self._db.execute(
                "INSERT OR IGNORE INTO tracebacks VALUES (?, ?)", (failure.traceback_id, failure.traceback)
            )

    def failures(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Id, place, reason, message and traceback id of each input that failed, by id."""
        return iter(
            self._db.execute(
                "SELECT id, place, reason, message, traceback FROM items WHERE NOT done ORDER BY id, occurrence"
            )
        )

    def tracebacks(self) -> Iterator[tuple[str, str]]:
        """Id and text of the tracebacks of inputs that failed."""
        return iter(
            self._db.execute(
                "SELECT id, text FROM tracebacks WHERE id IN (SELECT traceback FROM items WHERE NOT done) ORDER BY id"
            )
        )

    def counts(self) -> tuple[int, dict[str, int], dict[str, int]]:
        """How many inputs are done, how many failed for each reason, and the findings of each kind."""
        done = self._db.execute("SELECT count(*) FROM items WHERE done").fetchone()[0]
        failed = dict(self._db.execute("SELECT reason, count(*) FROM items WHERE NOT done GROUP BY reason ORDER BY 1"))
        findings: dict[str, int] = {}
        grouped = "SELECT findings, count(*) FROM items WHERE done AND findings IS NOT NULL GROUP BY findings"
        for text, articles in self._db.execute(grouped):
            for kind, count in json.loads(text).items():
                findings[kind] = findings.get(kind, 0) + count * articles
        return done, failed, findings

    def is_empty(self) -> bool:
        """True if nothing is recorded of any input."""
        return self._db.execute("SELECT 1 FROM items").fetchone() is None

    # ---- where results are

    def chunks(self) -> list[Chunk]:
        """The chunks in their order."""
        return [Chunk(*row) for row in self._db.execute("SELECT * FROM chunks ORDER BY number")]

    def last_chunk(self) -> Chunk | None:
        """The chunk that was written last."""
        row = self._db.execute("SELECT * FROM chunks ORDER BY number DESC LIMIT 1").fetchone()
        return Chunk(*row) if row else None

    def add_chunk(self, chunk: Chunk) -> None:
        """Records a chunk, or where it is now."""
        self._db.execute("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?)", chunk)

    def tail(self) -> list[tuple[str, bytes]]:
        """Id and payload of the results that are in no chunk yet, in order."""
        return list(self._db.execute("SELECT id, payload FROM tail ORDER BY number"))

    def add_to_tail(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keeps results until they fill a chunk."""
        self._db.executemany("INSERT INTO tail (id, payload) VALUES (?, ?)", rows)

    def move_from_tail(self, id: str, chunk: int) -> None:
        """Says that a result has come from the tail into a chunk."""
        self._db.execute("DELETE FROM tail WHERE id = ?", (id,))
        self._db.execute("UPDATE items SET chunk = ? WHERE id = ? AND occurrence = 0", (chunk, id))

    def superseded(self, chunk: int) -> set[str]:
        """Ids of a chunk whose results there are no longer valid."""
        return {row[0] for row in self._db.execute("SELECT id FROM superseded WHERE chunk = ?", (chunk,))}

    def count_superseded(self) -> int:
        """How many results of the output are no longer valid."""
        return int(self._db.execute("SELECT count(*) FROM superseded").fetchone()[0])

    def forget_superseded(self) -> None:
        """Says that results which are no longer valid are gone from the output."""
        self._db.execute("DELETE FROM superseded")
