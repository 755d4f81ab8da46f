"""Every error that `summarize` raises on purpose.

Each is one clear sentence that says what to do, and carries the exit code that the command line ends with.
"""

from pathlib import Path


class SummarizeError(Exception):
    """Base of all errors of this package; catch it to catch them all."""

    exit_code = 1


class InputError(SummarizeError):
    """The input cannot be read or is not a Chinese article: empty, binary, missing, not Chinese."""

    exit_code = 3


class OutputError(SummarizeError):
    """The result cannot be written: no such folder, no permission, disk full."""

    exit_code = 4


class ModelNotFoundError(SummarizeError):
    """No model card and no directory has the name that was asked for."""

    exit_code = 5


class ModelUnavailableError(SummarizeError):
    """The model's files are not here and could not be fetched: offline, no network, download refused."""

    exit_code = 6


class ModelCorruptError(SummarizeError):
    """The model's files do not have the contents that its card promises."""

    exit_code = 7


class StorageError(SummarizeError):
    """The model store cannot be written: disk full, no permission."""

    exit_code = 8


class EngineError(SummarizeError):
    """The engine cannot run this model or this request: missing package, out of memory, unsupported family."""

    exit_code = 9


class GlossaryError(SummarizeError):
    """A glossary cannot be read: missing, not UTF-8, not TSV, CSV or TBX, or a row without a term."""

    exit_code = 10


class JobError(SummarizeError):
    """A batch job cannot go on as asked: other settings or model, another process at work, a file that was altered."""

    exit_code = 11


class TooManyFailuresError(SummarizeError):
    """A batch job was stopped, since more inputs failed than were allowed."""

    exit_code = 12


class MissingPackageError(SummarizeError):
    """An optional package is needed for this and is not installed."""

    exit_code = 13


def unreadable(path: Path, error: OSError) -> str:
    """One sentence on a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return f"{path} does not exist; check the path."
    if isinstance(error, IsADirectoryError):
        return f"{path} is a directory; name the files in it."
    return f"{path} cannot be read ({error.strerror}); check its permissions."
