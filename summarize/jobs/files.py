"""The files of a job: where they are; how they are there whole or not at all, and on the disk; errors of the disk."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from summarize.errors import OutputError


def job_folder(out: Path) -> Path:
    """The folder with all that a job keeps beside its output."""
    return out.with_name(f"{out.name}.job")


def manifest_path(out: Path) -> Path:
    """The manifest of an output."""
    return job_folder(out) / "manifest.sqlite"


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to; what it holds when the block ends is then at `path`, on the disk, or else nothing is."""
    temporary = path.with_name(f".{path.name}")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Makes sure that new names of files would survive a power cut, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def output_errors(out: Path) -> Iterator[None]:
    """Turns what the system refuses while output or manifest are written into an `OutputError`."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "full" in str(error):
            message = f"The disk of {out} is full; free some space and run the same command again to go on."
        else:
            reason = getattr(error, "strerror", None) or error
            message = f"{out} cannot be written ({reason}); see to it and run the same command again to go on."
        raise OutputError(message) from error
