"""Several processes on one machine, each with its own models; this one deals out inputs and collects results.

A worker asks for each input when its scheduler has room for it. If there is none just now it is told so and brings its
batch to an end, so that nobody waits for anybody. If a worker dies, the inputs it had are given once more to another
one, each alone, so that the one which kills a process takes no other with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from summarize.errors import EngineError
from summarize.jobs.digesting import Factory, Failure, Input, Result, TokenCount, digest_inputs
from summarize.jobs.job import PATIENCE, Job
from summarize.threads import set_threads, share

STILLBORN = 3  # workers that die before they have asked for an input, one after the other
_TICK = 0.05

# What a worker says: True or False (give me an input; True: I have none, I can wait), a Result, or an exception.
# What it hears: an Input, None (none just now), or "end".


def run_workers(job: Job, factory: Factory, workers: int, threads: int | None = None) -> None:
    """Runs a job in processes until all inputs are done.

    Args:
        job: entered already.
        factory: makes the digester of each process; it must be picklable.
        workers: how many.
        threads: of each; the machine's shared out if None.

    Raises:
        EngineError: if workers die as soon as they begin.
        SummarizeError: whatever making a digester raises.
    """
    context = multiprocessing.get_context("spawn")
    again: deque[Input] = deque()
    stillborn = 0
    pool = [_Worker(context, factory, number, workers, threads) for number in range(workers)]
    try:
        while not job.failed:
            hungry = any(worker.asked and not worker.can_wait for worker in pool)
            places = [place for worker in pool for place in (worker.pipe, worker.process.sentinel)]
            ready = wait(places, timeout=_TICK / 10 if hungry else _TICK)
            for worker in pool:
                if worker.pipe in ready or worker.process.sentinel in ready:
                    for message in worker.heard():
                        if isinstance(message, Result):
                            worker.in_work.pop(message.number)
                            job.put(message)
                        elif isinstance(message, BaseException):
                            raise message
                        else:
                            stillborn = 0
                            worker.asked, worker.can_wait = time.monotonic(), message
                if worker.dead:
                    stillborn += not worker.has_asked
                    if stillborn >= STILLBORN:
                        raise EngineError(
                            f"{stillborn} workers died as they began (exit code {worker.process.exitcode}); "
                            "use fewer --workers or a smaller model, then run the same command again."
                        )
                    for item in worker.lost():
                        if item.number in worker.second_try:
                            job.put(Result(item.number, failure=_died(worker.process.exitcode)))
                        else:
                            again.append(item)
                    pool[pool.index(worker)] = _Worker(context, factory, worker.number, workers, threads)
            for worker in pool:
                worker.answer(job, again)
            if job.exhausted and not again and not any(worker.in_work for worker in pool):
                return
    finally:
        for worker in pool:
            worker.end()


def _died(code: int | None) -> Failure:
    how = f"by signal {-code}" if code and code < 0 else f"with exit code {code}"
    return Failure("worker died", f"The process that worked on it ended {how}, twice; it may need too much memory.")


class _Worker:
    """A process, and what it has in work."""

    def __init__(self, context: Any, factory: Factory, number: int, workers: int, threads: int | None) -> None:
        self.number = number
        self.in_work: dict[int, Input] = {}
        self.second_try: set[int] = set()
        self.asked = 0.0  # when it asked for an input that it has not been given; 0 if it has not
        self.can_wait = False
        self.has_asked = False
        self.dead = False
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_work, args=(theirs, factory, *share(workers, number, threads)), name=f"worker-{number}", daemon=True
        )
        self.process.start()
        theirs.close()

    def heard(self) -> Iterator[Any]:
        """What it has said since."""
        try:
            while self.pipe.poll():
                message = self.pipe.recv()
                self.has_asked = self.has_asked or isinstance(message, bool)
                yield message
        except (EOFError, OSError):  # its end of the pipe is closed
            self.process.join(timeout=10)
            self.dead = True

    def lost(self) -> list[Input]:
        """What it had in work, in order."""
        return [self.in_work[number] for number in sorted(self.in_work)]

    def answer(self, job: Job, again: deque[Input]) -> None:
        """Gives it an input if it has asked and there is one for it."""
        if not self.asked:
            return
        item: Input | None = None
        if again:
            # Second tries are for a worker that has nothing else.
            if self.can_wait:
                item = again.popleft()
                self.second_try.add(item.number)
        elif not any(number in self.second_try for number in self.in_work):
            item = job.take_now()
            if item is None and not job.exhausted and time.monotonic() - self.asked < PATIENCE:
                return
        if item is None and self.can_wait:
            return
        self.asked = 0.0
        if item:
            self.in_work[item.number] = item
        with suppress(OSError):  # it has died: the next round finds out
            self.pipe.send(item)

    def end(self) -> None:
        """Ends the process; nothing of it is needed any more."""
        if not self.in_work and self.asked:
            with suppress(OSError):
                self.pipe.send("end")
                self.process.join(timeout=10)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


def _work(pipe: Connection, factory: Factory, threads: int, cores: list[int]) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    set_threads(threads, cores)
    tokens = TokenCount()
    try:
        digester = factory(tokens)
    except Exception as error:
        pipe.send(error)
        return

    def take(wait: bool) -> Input | None:
        try:
            pipe.send(wait)
            heard: Input | str | None = pipe.recv()
        except (EOFError, OSError):
            os._exit(1)  # the parent is gone, and with it all that could be done with a result
        return None if isinstance(heard, str) else heard

    try:
        for result in digest_inputs(digester, take, tokens):
            pipe.send(result)
    except OSError:
        os._exit(1)
