"""What the store does with files: hashes and the stamps that save hashing twice, locks, free space, disk errors."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock

from summarize.errors import StorageError

Progress = Callable[[str, int, int], None]  # (what is being done, bytes done, bytes in all)

BLOCK = 1 << 20  # bytes read at a time

_FULL = {errno.ENOSPC, errno.EDQUOT}


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file in hex.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamped_hashes(
    directory: Path, names: Iterable[str], stamp: Path, label: str, progress: Progress | None = None
) -> dict[str, str]:
    """The SHA-256 of files of a directory, by name; a file is read only if its size or time differ from the stamp's.

    What had to be hashed is written to the stamp; a stamp that cannot be written only costs the next call its time.

    Raises:
        OSError: if a file cannot be read.
    """
    stats = {name: (directory / name).stat() for name in names}
    known = _read_stamp(stamp)
    fresh = {name: _entry(stat, "") for name, stat in stats.items()}
    stale = []
    for name, entry in fresh.items():
        old = known.get(name, {})
        if (old.get("size"), old.get("mtime_ns")) == (entry["size"], entry["mtime_ns"]) and "sha256" in old:
            entry["sha256"] = old["sha256"]
        else:
            stale.append(name)
    done, total = 0, sum(stats[name].st_size for name in stale)
    for name in stale:
        if progress:
            progress(label, done, total)
        fresh[name]["sha256"] = file_sha256(directory / name)
        done += stats[name].st_size
    if stale:
        if progress:
            progress(label, total, total)
        _write_stamp(stamp, known | fresh)
    return {name: str(entry["sha256"]) for name, entry in fresh.items()}


def stamp_file(path: Path, sha256: str, stamp: Path) -> None:
    """Records in the stamp that this file has this hash now."""
    _write_stamp(stamp, _read_stamp(stamp) | {path.name: _entry(path.stat(), sha256)})


def recorded_hash(name: str, stamp: Path) -> str | None:
    """The hash that the stamp records for a file, however old."""
    sha256 = _read_stamp(stamp).get(name, {}).get("sha256")
    return sha256 if isinstance(sha256, str) else None


def write_text(path: Path, text: str) -> None:
    """Writes a small file so that readers see the old or the new one, never half of it.

    Raises:
        OSError: if it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def flush_to_disk(path: Path) -> None:
    """Makes sure that a file, or all files below a directory, would survive a power cut."""
    for file in path.rglob("*") if path.is_dir() else (path,):
        if file.is_file():
            with file.open("rb+" if os.name == "nt" else "rb") as stream:  # Windows flushes only what may be written
                os.fsync(stream.fileno())


def tree_size(path: Path) -> int:
    """Bytes of all files below a directory; 0 if there is none."""
    return sum(file.lstat().st_size for file in path.rglob("*") if file.is_symlink() or file.is_file())


def require_room(folder: Path, needed: int) -> None:
    """Checks that the disk of a folder (which need not exist yet) has `needed` bytes free.

    Raises:
        StorageError: if it has not.
    """
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise StorageError(
            f"{folder} needs {needed / 1e6:,.0f} MB and its disk has {free / 1e6:,.0f} MB free; "
            "free some space or set SUMMARIZE_CACHE to a folder on another disk."
        )


@contextmanager
def locked(root: Path, name: str) -> Iterator[None]:
    """Holds the lock of a model in the store; a second process waits here.

    Raises:
        StorageError: if the store cannot be written.
    """
    with storage_errors(root):
        (root / "locks").mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / "locks" / f"{name}.lock")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns what the operating system refuses within the block into a `StorageError`."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, folder) from error


def storage_error(error: OSError, folder: Path) -> StorageError:
    """The sentence for an error of the operating system on a folder of the store."""
    if error.errno in _FULL:
        return StorageError(
            f"The disk of {folder} is full; free some space or set SUMMARIZE_CACHE to a folder on another disk."
        )
    return StorageError(
        f"{folder} cannot be used as model store ({error.strerror or error}); "
        "check its permissions or set SUMMARIZE_CACHE to another folder."
    )


def is_storage_failure(error: BaseException) -> bool:
    """True if the disk is full or may not be written, whatever library says so and with whatever exception."""
    if isinstance(error, OSError) and error.errno in {*_FULL, errno.EACCES, errno.EPERM, errno.EROFS}:
        return True
    return "No space left on device" in str(error)


def _entry(stat: os.stat_result, sha256: str) -> dict[str, Any]:
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": sha256}


def _read_stamp(stamp: Path) -> dict[str, dict[str, Any]]:
    try:
        data = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {name: entry for name, entry in data.items() if isinstance(entry, dict)}


def _write_stamp(stamp: Path, entries: dict[str, dict[str, Any]]) -> None:
    with suppress(OSError):
        stamp.parent.mkdir(parents=True, exist_ok=True)
        write_text(stamp, json.dumps(entries, indent=1))
