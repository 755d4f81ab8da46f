"""How many processor threads the models of a process use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def available_cores() -> list[int]:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def set_threads(threads: int, cores: list[int] | None = None) -> None:
    """Sets how many threads models use that are loaded from now on; on Linux also which cores.

    Torch and OpenMP read a number, OpenVINO counts the cores that it may run on.
    """
    for name in _VARIABLES:
        os.environ[name] = str(threads)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, (cores or available_cores())[:threads])
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)


@contextmanager
def limited_threads(threads: int | None) -> Iterator[None]:
    """Processor threads for the models of this process, if a number was given."""
    if threads is None:
        yield
        return
    before, named = available_cores(), {name: os.environ.get(name) for name in _VARIABLES}
    set_threads(threads)
    try:
        yield
    finally:
        set_threads(len(before), before)
        for name, value in named.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def share(workers: int, number: int, threads: int | None = None) -> tuple[int, list[int]]:
    """How many threads worker `number` of so many has, and its cores: neighbours share none while there are enough."""
    cores = available_cores()
    own = threads or max(len(cores) // workers, 1)
    start = number * own % len(cores)
    return own, [cores[(start + i) % len(cores)] for i in range(min(own, len(cores)))]
