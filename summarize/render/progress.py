"""Progress on standard error: bars for what is fetched and prepared, and one line for the writing."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from summarize.scheduler import Statistics


class ProgressBars:
    """Bars in a terminal, as a context manager; shows nothing at all unless `shown`."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._progress: Progress | None = None
        self._bars: dict[str, TaskID] = {}
        self._expected = 0
        self._unit = "articles"

    def __enter__(self) -> ProgressBars:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def show_bytes(self, label: str, done: int, total: int) -> None:
        """Moves the bar of this label; it goes away when it is full."""
        self._move(label, done, total, f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB" if total > 10_000 else "")

    def expect(self, count: int, unit: str) -> None:
        """Says how many articles, or what `unit` names, will be written in all."""
        self._expected, self._unit = count, unit

    def show_writing(self, statistics: Statistics) -> None:
        """Moves the bar of the writing, by the share of it that is done, as far as that is known."""
        rate = statistics.output_tokens / max(statistics.seconds, 0.001)
        unread = max(self._expected / max(statistics.read, 1), 1)  # as much again for each that is still to be read
        share = statistics.finished / (statistics.requests * unread + 1)  # what comes after repairs is never known
        done = f"{statistics.articles}" + (f" of {self._expected}" if self._expected else "")
        self._move("Writing", share, 1, f"{done} {self._unit}, {rate:,.0f} tokens/s")

    def _move(self, label: str, done: float, total: int, detail: str) -> None:
        if not self._shown:
            return
        if self._progress is None:
            self._progress = _new_progress()
            self._progress.start()
        if label not in self._bars:
            self._bars[label] = self._progress.add_task(label, total=total, detail="")
        self._progress.update(self._bars[label], completed=done, total=total, detail=detail)
        if done >= total:
            self._progress.remove_task(self._bars.pop(label))


def _new_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[detail]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        speed_estimate_period=120,  # seconds: what is written comes in bursts
        # In the same terminal, results go above the bars; anywhere else they must not come to standard error.
        redirect_stdout=sys.stdout.isatty(),
    )
