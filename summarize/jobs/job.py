"""A job while it runs: a thread reads inputs, a thread writes results, and between them a bounded number is in work.

    with Job(sources, output) as job:
        for result in digest_inputs(digester, job.take):
            job.put(result)

Whatever does the digesting, and in whatever order its results come, they are written in the order of the inputs.
"""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType

from summarize.errors import EngineError, InputError, JobError, TooManyFailuresError
from summarize.jobs.digesting import Failure, Input, Reason, Result
from summarize.jobs.files import manifest_path, output_errors
from summarize.jobs.given import Given
from summarize.jobs.manifest import Entry, Manifest
from summarize.jobs.output import Output
from summarize.jobs.report import JobReport

WINDOW = 192  # inputs read and not yet written: more than a scheduler has in work, and little memory
READ_AHEAD = 32  # of these, inputs that wait to be taken
COMMIT_SECONDS = 1.0  # what a kill can lose beside what is in work
COMMIT_ARTICLES = 256
PATIENCE = 1.0  # seconds a running batch waits for a slow source before it is brought to its end
BROKEN_AFTER = 8  # articles that fail one after the other, without one that does not, are the engine's fault
_BY_ENGINE: frozenset[Reason] = frozenset({"engine error", "unexpected error", "worker died"})
_TICK = 0.1  # seconds between looks at whether to stop


@dataclass(frozen=True, slots=True)
class _InWork:
    id: str
    hash: bytes
    place: str
    characters: int


class Job:
    """Inputs to be taken and results to be put, as a context manager; at its end all results are in the output.

    Args:
        given: the inputs, read lazily in a thread.
        output: where results go; the job does not close it.
        retry_failed: take inputs again that failed in an earlier run, not only new and changed ones.
        max_failures: stop when more inputs than this have failed in this run.
        stop: set by somebody who wants the job to finish what is in work and end.
        progress: told the report after every commit, from the writing thread.
        window: inputs that are read and not written at most.

    Raises:
        SummarizeError: on leaving the block, whatever ended the job early; what was committed stays.
    """

    def __init__(
        self,
        given: Iterable[Given],
        output: Output,
        *,
        retry_failed: bool = False,
        max_failures: int | None = None,
        stop: threading.Event | None = None,
        progress: Callable[[JobReport], None] | None = None,
        window: int = WINDOW,
    ) -> None:
        self.report = JobReport(output.out)
        self._given = given
        self._output = output
        self._retry_failed = retry_failed
        self._max_failures = max_failures
        self._stop = stop or threading.Event()
        self._progress = progress
        self._room = threading.Semaphore(window)
        self._inputs: queue.Queue[Input | None] = queue.Queue(READ_AHEAD)
        self._results: queue.Queue[Result | Entry | list[str] | None] = queue.Queue(2 * COMMIT_ARTICLES)
        self._in_work: dict[int, _InWork] = {}
        self._taken: set[str] = set()  # ids met in this run that the manifest does not know of yet
        self._error: BaseException | None = None
        self._ended = threading.Event()  # nothing new is to be begun, what is in work is to be finished
        self._halted = threading.Event()  # nothing can be written any more
        self._all_read = False  # to the end of the sources
        self._all_taken = False
        self._first_taken = 0.0
        self._reader = threading.Thread(target=self._read, name="read", daemon=True)
        self._writer = threading.Thread(target=self._write_guarded, name="write", daemon=True)

    def __enter__(self) -> Job:
        self._reader.start()
        self._writer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if error is None or isinstance(error, Exception):
            self._send(None)  # what is done is kept
        else:
            self._halted.set()
        self._writer.join()
        if error is None and not self._halted.is_set():
            self._finish()
        self._halted.set()
        self._reader.join(timeout=1)  # it may wait for a source that has nothing to say
        if error is None and self._error is not None:
            raise self._error

    def take(self, wait: bool = True) -> Input | None:
        """The next input; None at the end, or, unless told to wait, if none comes soon. See `digesting.Take`."""
        deadline = time.monotonic() + PATIENCE
        while not self.ending:
            try:
                return self._taken_out(self._inputs.get(timeout=_TICK))
            except queue.Empty:
                if not wait and time.monotonic() > deadline:
                    return None
        return None

    def take_now(self) -> Input | None:
        """The next input if one is ready; `exhausted` tells whether more may come."""
        if self.ending:
            return None
        try:
            return self._taken_out(self._inputs.get_nowait())
        except queue.Empty:
            return None

    def _taken_out(self, item: Input | None) -> Input | None:
        if item is None:
            self._inputs.put(None)  # for the next who asks
            self._all_taken = True
        else:
            self._first_taken = self._first_taken or time.monotonic()
        return item

    @property
    def exhausted(self) -> bool:
        """True if no input will ever come again."""
        return self._all_taken or self.ending

    @property
    def failed(self) -> bool:
        """True if nothing can be written any more; `put` raises why."""
        return self._halted.is_set()

    @property
    def ending(self) -> bool:
        """True if nothing new should be begun: somebody wants the job to stop, or it has failed."""
        return self._stop.is_set() or self._ended.is_set() or self._halted.is_set()

    def put(self, result: Result) -> None:
        """Hands in the result of an input, once for each input that was taken.

        Raises:
            SummarizeError: if the job cannot go on, for instance because the disk is full.
        """
        if not self._send(result) and self._error is not None:
            raise self._error

    # ---- the reader's thread

    def _read(self) -> None:
        seen: list[str] = []
        number = 0
        run = self._output.run
        manifest: Manifest | None = None
        try:
            # A connection of its own: it reads while the writer's is in a transaction.
            manifest = Manifest(manifest_path(self._output.out), read_only=True)
            for position, given in enumerate(self._given, 1):
                if self.ending:
                    return
                # In this order: the manifest knows of an id before it is no longer among those taken.
                taken = given.id in self._taken
                known = manifest.find(given.id)
                if given.whole:
                    self._send(Entry(given.id, b"", given.place, failure=given.failure, occurrence=position))
                    continue
                if taken or (known and known.run == run):
                    failure = Failure("duplicate id", f"An input before {given.place} has the id {given.id} too.")
                    self._send(Entry(given.id, b"", given.place, failure=failure, occurrence=position))
                    continue
                self._taken.add(given.id)
                fingerprint = given.hash
                if known and known.hash == fingerprint and (known.done or not self._retry_failed):
                    seen.append(given.id)
                    if len(seen) == COMMIT_ARTICLES:
                        self._send(seen)
                        seen = []
                    continue
                article = given.read()
                if isinstance(article, Failure):
                    self._send(Entry(given.id, fingerprint, given.place, failure=article))
                    continue
                while not self._room.acquire(timeout=_TICK):
                    if self.ending:
                        return
                self._in_work[number] = _InWork(given.id, fingerprint, given.place, len(article.text))
                if not self._offer(Input(number, given.id, article)):
                    return
                number += 1
            self._send(seen)
            self._all_read = True
        except sqlite3.Error as error:
            self._end(JobError(f"The manifest of {self._output.out} cannot be read ({error}); check its disk."))
        except OSError as error:
            self._end(InputError(f"A source cannot be read ({error}); check its path and permissions."))
        except Exception as error:
            self._end(error)
        finally:
            if manifest:
                manifest.close()
            self._offer(None)

    def _end(self, error: Exception) -> None:
        """Begins nothing new because of an error; what is in work goes on to its end all the same."""
        self._error = self._error or error
        self._ended.set()

    def _offer(self, item: Input | None) -> bool:
        while not self.ending:
            try:
                self._inputs.put(item, timeout=_TICK)
                return True
            except queue.Full:
                continue
        return False

    def _send(self, message: Result | Entry | list[str] | None) -> bool:
        while not self._halted.is_set():
            try:
                self._results.put(message, timeout=_TICK)
                return True
            except queue.Full:
                continue
        return False

    # ---- the writer's thread

    def _write(self) -> None:
        entries: list[Entry] = []
        seen: list[str] = []
        suspects: list[Entry] = []
        committed = time.monotonic()
        for message in self._in_order():
            if isinstance(message, list):
                seen += message
            elif message is not None:
                if message.failure and message.failure.reason in _BY_ENGINE:
                    suspects.append(message)
                    if len(suspects) >= BROKEN_AFTER:
                        self._commit(entries, seen)
                        raise EngineError(
                            f"{BROKEN_AFTER} articles in a row failed, the last with: {message.failure.message} "
                            "It is rather the model or the machine; run the same command again when that is mended."
                        )
                else:
                    if message.payload:
                        entries += suspects
                        suspects = []
                    entries.append(message)
            due = time.monotonic() - committed >= COMMIT_SECONDS or len(entries) + len(seen) >= COMMIT_ARTICLES
            if (entries or seen) and due:
                self._commit(entries, seen)
                entries, seen, committed = [], [], time.monotonic()
        if not self._halted.is_set():
            self._commit(entries + suspects, seen)

    def _in_order(self) -> Iterator[Entry | list[str] | None]:
        """Results in the order of their inputs; all else as it comes; None now and then, so that time is noticed."""
        waiting: dict[int, Result] = {}
        following = 0
        while not self._halted.is_set():
            try:
                message = self._results.get(timeout=_TICK)
            except queue.Empty:
                yield None
                continue
            if message is None:
                return
            if not isinstance(message, Result):
                yield message
                continue
            waiting[message.number] = message
            while result := waiting.pop(following, None):
                following += 1
                self._room.release()
                yield self._entry(result)

    def _entry(self, result: Result) -> Entry:
        item = self._in_work.pop(result.number)
        report = self.report
        report.prompt_tokens += result.prompt_tokens
        report.output_tokens += result.output_tokens
        report.seconds = time.monotonic() - self._first_taken
        if result.failure:
            return Entry(item.id, item.hash, item.place, failure=result.failure)
        report.characters += item.characters
        findings = json.dumps(result.findings, separators=(",", ":")) if result.findings else ""
        for kind, count in result.findings.items():
            report.findings[kind] = report.findings.get(kind, 0) + count
        return Entry(item.id, item.hash, item.place, result.payload, findings)

    def _commit(self, entries: list[Entry], seen: list[str]) -> None:
        if entries or seen:
            self._output.commit(entries, seen)
        report = self.report
        report.skipped += len(seen)
        for entry in entries:
            if entry.failure:
                report.failed[entry.failure.reason] = report.failed.get(entry.failure.reason, 0) + 1
            else:
                report.done += 1
        self._taken.difference_update(seen, (entry.id for entry in entries))
        if self._progress:
            self._progress(report)
        failed = sum(report.failed.values())
        if self._max_failures is not None and failed > self._max_failures and self._error is None:
            self._end(
                TooManyFailuresError(
                    f"{failed} input{'s' * (failed > 1)} failed, more than the {self._max_failures} allowed; "
                    f"see quarantine.jsonl in {self._output.folder}, then run the same command again to go on."
                )
            )

    def _finish(self) -> None:
        report = self.report
        report.interrupted = self._stop.is_set() and (not self._all_read or bool(self._in_work))
        with output_errors(self._output.out):
            self._output.finish()
            report.total_done, report.total_failed, report.total_findings = self._output.manifest.counts()
            if report.done:
                manifest = self._output.manifest
                measured = manifest.get("measured", {})
                for name in ("done", "characters", "prompt_tokens", "output_tokens", "seconds"):
                    measured[name] = measured.get(name, 0) + getattr(report, name)
                manifest["measured"] = measured

    def _write_guarded(self) -> None:
        try:
            self._write()
        except BaseException as error:
            self._error = error
            self._halted.set()
