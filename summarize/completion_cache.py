"""Completions of earlier runs, kept on disk under the SHA-256 of all that decides them.

The key is that of the package's version, the model's fingerprint, what the engine says of itself, and the request; so
nothing is ever out of date. SQLite is used as it is in Python: it is safe for several processes, and needs no package.
(`diskcache`, which is built on it, had its last release in 2023 and keeps pickles by default.)
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from summarize.engines import Completion, Request, Task

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

LIMIT = 256 * 2**20  # bytes on disk, about 300,000 completions; the oldest quarter goes when it is reached
PATIENCE = 10  # seconds to wait for other processes
FILE = "completions.sqlite"
SELECT = "SELECT CAST(key AS BLOB), CAST(completion AS BLOB), CAST(checksum AS BLOB) FROM completions"

_log = logging.getLogger("summarize")


class CompletionCache:
    """Completions by request. It never raises: without a usable file, nothing is known and nothing is kept.

    A damaged file is dropped and begun anew, which is logged in one sentence.

    Args:
        path: the file; it and its folder are made when they are needed.
        identities: what decides the answers of each task beside the request: package, model and engine. Looked up
            when a request comes, so it may be filled late.
        limit: bytes that the file may have.
    """

    def __init__(self, path: Path, identities: Mapping[Task, str], *, limit: int = LIMIT) -> None:
        self._path = path
        self._identities = identities
        self._limit = limit
        self._connection: sqlite3.Connection | None = None
        self._usable = True

    def get(self, request: Request) -> Completion | None:
        """The completion of an equal request to an equal engine, if there is one."""
        key = self._key(request)

        def read(connection: sqlite3.Connection) -> Completion | None:
            row = connection.execute(f"{SELECT} WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            if row[2] != _checksum(row[0], row[1]):
                raise _Damaged
            return Completion(**json.loads(row[1]))

        return self._do(read)

    def put(self, request: Request, completion: Completion) -> None:
        """Keeps a completion; the oldest are dropped if there are too many."""
        key = self._key(request)
        value = json.dumps(asdict(completion)).encode()

        def write(connection: sqlite3.Connection) -> None:
            row = (key, value, _checksum(key, value))
            connection.execute("INSERT OR IGNORE INTO completions (key, completion, checksum) VALUES (?, ?, ?)", row)
            pages, free, size = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            if (pages - free) * size > self._limit:
                connection.execute(
                    "DELETE FROM completions WHERE id <= (SELECT id FROM completions ORDER BY id LIMIT 1 "
                    "OFFSET (SELECT count(*) / 4 FROM completions))"
                )

        self._do(write)

    def close(self) -> None:
        """Closes the file; it is opened again when it is needed."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _key(self, request: Request) -> bytes:
        told = json.dumps([self._identities[request.task], *astuple(request)])
        return hashlib.sha256(told.encode()).digest()

    def _do(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """Does something with the file, once more if it was damaged and is made anew."""
        import sqlite3

        for again in (True, False):
            if not self._usable:
                return None
            try:
                if self._connection is None:
                    self._connection = self._open()
                return action(self._connection)
            except (_Damaged, sqlite3.DatabaseError) as error:
                self.close()
                if again and _is_damaged(error) and self._drop():
                    continue
                self._give_up(error)
            except OSError as error:
                self._give_up(error)
        return None

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        _log.warning("The cache of completions %s cannot be used (%s); going on without it.", self._path, error)

    def _open(self) -> sqlite3.Connection:
        from filelock import FileLock

        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._path}.lock", timeout=PATIENCE):  # nobody opens it while another drops it
            return _connect(self._path)

    def _drop(self) -> bool:
        """Removes the file, unless another process has done so by now; False if it cannot be removed."""
        import sqlite3

        from filelock import FileLock

        try:
            with FileLock(f"{self._path}.lock", timeout=PATIENCE):
                with suppress(sqlite3.DatabaseError):
                    connection = _connect(self._path)
                    try:
                        sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok" and all(
                            row[2] == _checksum(row[0], row[1]) for row in connection.execute(SELECT)
                        )
                    finally:
                        connection.close()
                    if sound:
                        return True
                for name in ("-wal", "-shm", ""):
                    Path(f"{self._path}{name}").unlink(missing_ok=True)
        except OSError:
            return False
        _log.warning("The cache of completions %s was damaged and has been dropped; a new one is begun.", self._path)
        return True


class _Damaged(Exception):
    """A completion is not the one that was written."""


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    # Results may be read in another thread than the one that began; there is only ever one at a time.
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a lost last second is only written again
        connection.execute(
            "CREATE TABLE IF NOT EXISTS completions (id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, "
            "completion BLOB NOT NULL, checksum BLOB NOT NULL)"
        )
        connection.execute(f"{SELECT} ORDER BY id LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.sha256(key + value).digest()[:8]


def _is_damaged(error: Exception) -> bool:
    """Whether the file is at fault, and not the disk, its permissions, or other processes that hold it."""
    import sqlite3

    if isinstance(error, _Damaged):
        return True
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
