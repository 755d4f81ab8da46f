"""Where results are written: standard output, or a file that is there only when all is written."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from summarize.errors import OutputError

_NUMBERS = itertools.count()  # of the files that this process writes, which may be several at once
_UNENCODABLE = "backslashreplace"  # file names may hold bytes that are no text; so written, they are proper JSON


@contextlib.contextmanager
def open_output(path: Path | None, inputs: Sequence[str | Path] = ()) -> Iterator[Callable[[str | bytes], None]]:
    """A function that writes, to standard output if there is no path; text as UTF-8.

    Args:
        path: the file.
        inputs: files that are read meanwhile, which must not be written over.

    Raises:
        OutputError: if the file cannot be written; what was there stays as it was.
    """
    if path is None:
        if sys.stdout is None:
            raise OutputError("Standard output is closed; name a file with --output.")
        sys.stdout.reconfigure(encoding="utf-8", errors=_UNENCODABLE)  # type: ignore[union-attr]
        yield _write_to_standard_output
        return
    apart = False
    try:
        if path.is_dir():
            raise OutputError(f"{path.resolve()} is a directory; name a file to write to.")
        if path.is_file() and any(path.samefile(file) for file in map(Path, inputs) if file.exists()):
            raise OutputError(f"{path} is read and would be written over; name another file for the output.")
        apart = path.is_file() or not path.exists()  # devices and pipes are written to as they are
        if apart:
            path = path.resolve()  # a link stays a link
        written = path.with_name(f".summarize-{os.getpid()}-{next(_NUMBERS)}") if apart else path
        with written.open("wb") as file:

            def write(data: str | bytes) -> None:
                file.write(encode(data))

            yield write
        if apart:
            written.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}); check the folder, its permissions and free space."
        ) from error
    finally:
        if apart:
            with contextlib.suppress(OSError):
                written.unlink(missing_ok=True)


def _write_to_standard_output(data: str | bytes) -> None:
    if isinstance(data, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:  # through the text stream, which progress bars make room in
        sys.stdout.write(data)
    sys.stdout.flush()


def encode(data: str | bytes) -> bytes:
    """What a file gets: text as UTF-8."""
    return data.encode("utf-8", _UNENCODABLE) if isinstance(data, str) else data
