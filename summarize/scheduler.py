"""Runs the writing of many articles on one running batch.

A piece of writing (a paragraph's translation, a section's summary) is a generator: it yields the requests that it
needs next, receives their completions and in the end returns what it wrote. A job is all the writing of one article.
Every piece goes on as soon as its own answers are there, so no article waits for another one, and the engine's batch
stays full across articles; results come out in the order of the jobs.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from summarize.engines import Completion, Engine, Request, Task
from summarize.errors import EngineError

T = TypeVar("T")

Writing = Generator[list[Request], list[Completion], T]

WAITING = 192  # requests given to an engine ahead of what it runs; more would only take memory
AHEAD = 64  # articles in work beside the oldest unfinished one; results wait for it, so this bounds memory


@dataclass(slots=True)
class Job(Generic[T]):
    """All the writing of one article, and how the results make up a whole."""

    writings: list[Writing[Any]]
    assemble: Callable[[list[Any]], T]


@dataclass(slots=True)
class Statistics:
    """What a run has done so far; `seconds` counts from its start."""

    articles: int = 0
    requests: int = 0
    finished: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    started: float = field(default_factory=time.perf_counter, repr=False)


Report = Callable[[Statistics], None]


def run(
    jobs: Iterable[Job[T]],
    engines: dict[Task, Engine],
    report: Report | None = None,
    *,
    waiting: int = WAITING,
    ahead: int = AHEAD,
) -> Iterator[T]:
    """Runs jobs and yields their results in order, each as soon as it and all before it are done.

    Jobs are read one by one, and only as fast as the engines take requests.

    Args:
        jobs: the articles; read lazily.
        engines: the engine of each task; the same engine may serve both. They must be there once a job is read.
        report: told the statistics after every step of an engine.
        waiting: requests that wait in the engines at most before another job is read.
        ahead: jobs in work at most.

    Raises:
        EngineError: if an engine cannot go on, or is still busy with another run.
        Exception: whatever `jobs` or a piece of writing raises.
    """
    statistics = Statistics()
    source = iter(jobs)
    open_jobs: deque[_OpenJob[T]] = deque()
    running: dict[Hashable, tuple[_Piece, int]] = {}
    numbers = iter(range(1 << 62))

    def advance(piece: _Piece, answers: list[Completion] | None) -> None:
        """Lets a piece of writing go on, and gives its new requests to the engines."""
        while True:
            try:
                requests = next(piece.writing) if answers is None else piece.writing.send(answers)
            except StopIteration as end:
                piece.job.results[piece.index] = end.value
                piece.job.left -= 1
                return
            if requests:
                break
            answers = []
        piece.answers = [None] * len(requests)
        for place, request in enumerate(requests):
            key = next(numbers)
            running[key] = (piece, place)
            engines[request.task].submit(key, request)
        statistics.requests += len(requests)

    def distinct() -> list[Engine]:
        return list({id(engine): engine for engine in engines.values()}.values())

    if any(engine.pending for engine in distinct()):
        raise EngineError(
            "The model is still busy with other results of this Summarizer; read those to their end first."
        )
    exhausted = False
    try:
        while True:
            while not exhausted and len(open_jobs) < ahead and sum(engine.pending for engine in distinct()) < waiting:
                job = next(source, None)
                if job is None:
                    exhausted = True
                    break
                opened = _OpenJob(job, [None] * len(job.writings), len(job.writings))
                open_jobs.append(opened)
                for index, writing in enumerate(job.writings):
                    advance(_Piece(opened, index, writing, []), None)
            while open_jobs and open_jobs[0].left == 0:
                done = open_jobs.popleft()
                statistics.articles += 1
                yield done.job.assemble(done.results)
            if not open_jobs and exhausted:
                return
            for engine in distinct():
                for key, completion in engine.step() if engine.pending else ():
                    piece, place = running.pop(key)
                    piece.answers[place] = completion
                    statistics.finished += 1
                    statistics.prompt_tokens += completion.prompt_tokens
                    statistics.output_tokens += completion.output_tokens
                    if all(answer is not None for answer in piece.answers):
                        advance(piece, [answer for answer in piece.answers if answer is not None])
            if report:
                statistics.seconds = time.perf_counter() - statistics.started
                report(statistics)
    finally:  # a reader that stops early, an error or an interrupt leaves nothing behind in the engines
        for engine in distinct() if running else ():
            engine.clear()


@dataclass(slots=True)
class _OpenJob(Generic[T]):
    job: Job[T]
    results: list[Any]
    left: int


@dataclass(slots=True)
class _Piece:
    job: _OpenJob[Any]
    index: int
    writing: Writing[Any]
    answers: list[Completion | None]
