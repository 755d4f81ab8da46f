"""Job files: the arguments of `summarize batch` in TOML, for jobs that run again and again.

    sources = ["night/*.txt"]
    out = "digests.jsonl"
    workers = 2

Names are those of the options, with `-` or `_`. Paths mean the same as on the command line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summarize.errors import InputError, unreadable

_KINDS = {
    list: "a list of strings",
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def read_job_file(path: str | Path, options: Mapping[str, type]) -> dict[str, Any]:
    """The options of a job file, by their names with `_`.

    Args:
        path: of the file.
        options: the names that may be in it, and the type of each.

    Raises:
        InputError: if it cannot be read, is not TOML, or has an option that is unknown or of another type.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(unreadable(path, error)) from None
    except ValueError as error:
        raise InputError(f"{path} is not TOML ({error}).") from None
    found: dict[str, Any] = {}
    for name, value in data.items():
        key = name.replace("-", "_")
        wanted: Any = options.get(key)
        if wanted is None:
            raise InputError(f"{path} has the option {name!r}, which there is not; choose from {', '.join(options)}.")
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted or (wanted is list and not all(type(item) is str for item in value)):
            raise InputError(f"{path} has {name} = {value!r}; give {_KINDS[wanted]}.")
        if key in found:
            raise InputError(f"{path} has {name} twice; leave one out.")
        found[key] = value
    return found
