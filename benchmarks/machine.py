"""What a result was measured on."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def machine() -> dict[str, str | int | None]:
    """The processor, how many of its cores this process may use, and the day.

    Without instructions for dot products of 8-bit integers (VNNI, AMX) int8 models are several times as slow.
    """
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    flags = next((line for line in lines if line.startswith("flags")), "vnni")  # of x86 alone
    slow = "" if "vnni" in flags or "amx_int8" in flags else " without 8-bit dot products"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": (names[0] if names else platform.machine()) + slow,
        "cores": cores,
        "python": platform.python_version(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
    }
