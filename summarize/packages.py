"""Packages that are needed only for some kinds of input and output."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from summarize.errors import MissingPackageError


def require(name: str, extra: str = "jobs") -> Any:
    """The module `name`, imported.

    Raises:
        MissingPackageError: if it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        package = name.split(".")[0]
        raise MissingPackageError(
            f"The package {package} is needed for this; install it with `pip install 'summarize-zh[{extra}]'`."
        ) from error
