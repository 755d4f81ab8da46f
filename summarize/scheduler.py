"""Runs the writing of many articles on one running batch.

A piece of writing (a paragraph's translation, a section's summary) is a generator: it yields the requests that it
needs next, receives their completions and in the end returns what it wrote; it may also ask for several other pieces
side by side and receive what they wrote. A job is all the writing of one article.
Every piece goes on as soon as its own answers are there, so no article waits for another one, and the engine's batch
stays full across articles; results come out in the order of the jobs.

An engine is given as many tokens as its budget says. Requests of older articles go first, so that results come out
early; of one article the summaries, whose English waits for them, then the longest, so that nothing long is left to run
alone at the end; and what the older articles leave free goes to the newer ones. Equal requests are answered once.
"""

from __future__ import annotations

import heapq
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from summarize.completion_cache import CompletionCache
from summarize.engines import Completion, Engine, Request, Task
from summarize.errors import EngineError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What a piece of writing asks for that goes on when all of these pieces are written."""

    writings: Sequence[Generator[Any, Any, Any]]


# It receives a completion for each request, or what the pieces of writing returned.
Writing = Generator[list[Request] | SideBySide, list[Any], T]

WAITING = 32  # requests ready beside what the engines have; more would only take memory and delay the first step
AHEAD = 64  # articles in work beside the oldest unfinished one; results wait for it, so this bounds memory
REMEMBERED = 1024  # completions kept for requests that come again: agencies and papers repeat their notices
FRAME = 32  # tokens of a chat template around instruction and text, at most about that


def side_by_side(writings: Sequence[Writing[T]]) -> Writing[list[T]]:
    """Pieces of writing of which each goes on as soon as its own answers are there; what they wrote, in order."""
    return (yield SideBySide(writings)) if writings else []


@dataclass(slots=True)
class Job(Generic[T]):
    """All the writing of one article, and how the results make up a whole."""

    writings: list[Writing[Any]]
    assemble: Callable[[list[Any]], T]


@dataclass(slots=True)
class Statistics:
    """What a run has done so far; `seconds` counts from its start.

    Attributes:
        articles: whose results are out.
        read: articles begun.
        requests: asked for.
        finished: answered, by an engine or by what was known.
        reused: of these, the ones that no engine had to run: equal to another one, or in the cache.
        prompt_tokens: read by engines.
        output_tokens: written by engines.
        seconds: since the start.
    """

    articles: int = 0
    read: int = 0
    requests: int = 0
    finished: int = 0
    reused: int = 0
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
    cache: CompletionCache | None = None,
    waiting: int = WAITING,
    ahead: int = AHEAD,
    remembered: int = REMEMBERED,
) -> Iterator[T]:
    """Runs jobs and yields their results in order, each as soon as it and all before it are done.

    Jobs are read one by one, and only as fast as the engines take requests.

    Args:
        jobs: the articles; read lazily.
        engines: the engine of each task; the same engine may serve both. They must be there once a job is read.
        report: told the statistics after every step of an engine.
        cache: completions of earlier runs; new ones are added.
        waiting: another job is read while fewer requests than this are ready beside what the engines have.
        ahead: jobs in work at most.
        remembered: completions of this run that are kept for equal requests.

    Raises:
        EngineError: if an engine cannot go on, or is still busy with another run.
        Exception: whatever `jobs` or a piece of writing raises.
    """
    statistics = Statistics()
    source = iter(jobs)
    open_jobs: deque[tuple[Job[T], _Group]] = deque()
    lines: dict[int, _Line] = {}  # by the identity of the engine
    asked: dict[Request, list[tuple[_Piece, int]]] = {}  # who waits for it
    known: OrderedDict[Request, Completion] = OrderedDict()

    def line_of(engine: Engine) -> _Line:
        return lines.setdefault(id(engine), _Line(engine))

    def recall(request: Request) -> Completion | None:
        if request in known:
            known.move_to_end(request)
            return known[request]
        if completion := cache.get(request) if cache and request not in asked else None:
            remember(request, completion)
        return completion

    def remember(request: Request, completion: Completion) -> None:
        known[request] = completion
        if len(known) > remembered:
            known.popitem(last=False)

    def begin(number: int, writings: Sequence[Writing[Any]], parent: _Piece | None = None) -> _Group:
        group = _Group(number, [None] * len(writings), len(writings), parent)
        for index, writing in enumerate(writings):
            advance(_Piece(group, index, writing, []), None)
        return group

    def end(piece: _Piece, written: Any) -> None:
        group = piece.group
        group.results[piece.index] = written
        group.left -= 1
        if group.parent and not group.left:
            advance(group.parent, group.results)

    def advance(piece: _Piece, answers: list[Any] | None) -> None:
        """Lets a piece of writing go on until it waits for an engine or for other pieces, or ends."""
        while True:
            try:
                asks = next(piece.writing) if answers is None else piece.writing.send(answers)
            except StopIteration as stop:
                end(piece, stop.value)
                return
            if isinstance(asks, SideBySide):
                begin(piece.group.job, asks.writings, piece)
                return
            piece.answers = [recall(request) for request in asks]
            statistics.requests += len(asks)
            for place, request in enumerate(asks):
                if piece.answers[place]:
                    statistics.finished += 1
                    statistics.reused += 1
                elif request in asked:
                    asked[request].append((piece, place))
                else:
                    asked[request] = [(piece, place)]
                    line_of(engines[request.task]).add(piece.group.job, request)
            if None in piece.answers:
                return
            answers = piece.answers

    def answer(request: Request, completion: Completion) -> None:
        """Gives a completion to all who wait for it."""
        remember(request, completion)
        if cache:
            cache.put(request, completion)
        pieces = asked.pop(request)
        statistics.finished += len(pieces)
        statistics.reused += len(pieces) - 1
        statistics.prompt_tokens += completion.prompt_tokens
        statistics.output_tokens += completion.output_tokens
        for piece, place in pieces:
            piece.answers[place] = completion
        for piece in {id(piece): piece for piece, _ in pieces}.values():
            answers = [answer for answer in piece.answers if answer]
            if len(answers) == len(piece.answers):
                advance(piece, answers)

    if any(engine.pending for engine in engines.values()):
        raise EngineError(
            "The model is still busy with other results of this Summarizer; read those to their end first."
        )
    exhausted = False
    try:
        while True:
            while (
                not exhausted and len(open_jobs) < ahead and sum(len(line.ready) for line in lines.values()) < waiting
            ):
                if open_jobs and not open_jobs[0][1].left:  # a result that is there does not wait for more reading
                    break
                job = next(source, None)
                if job is None:
                    exhausted = True
                    break
                open_jobs.append((job, begin(statistics.read, job.writings)))
                statistics.read += 1
                for line in lines.values():
                    line.fill()
            while open_jobs and not open_jobs[0][1].left:
                job, group = open_jobs.popleft()
                statistics.articles += 1
                yield job.assemble(group.results)
            if not open_jobs and exhausted:
                return
            for line in list(lines.values()):  # an answer may ask another engine, the first that does
                for request, completion in line.step():
                    answer(request, completion)
            if report:
                statistics.seconds = time.perf_counter() - statistics.started
                report(statistics)
    finally:  # a reader that stops early, an error or an interrupt leaves nothing behind in the engines
        for line in lines.values():
            if line.engine.pending:
                line.engine.clear()


@dataclass(slots=True)
class _Group:
    """Pieces side by side: all the writing of a job, or what one piece, the parent, waits for."""

    job: int
    results: list[Any]
    left: int
    parent: _Piece | None


@dataclass(slots=True)
class _Piece:
    group: _Group
    index: int
    writing: Writing[Any]
    answers: list[Completion | None]


@dataclass(slots=True)
class _Line:
    """The requests of one engine: those that are ready, in the order they shall run, and those in work."""

    engine: Engine
    ready: list[tuple[int, bool, int, int, int, Request]] = field(default_factory=list)  # a heap
    running: dict[Hashable, tuple[Request, int]] = field(default_factory=dict)  # and the tokens of each
    live: int = 0
    prefilled: int = 0  # prompt tokens given since the last step
    added: int = 0

    def add(self, job: int, request: Request) -> None:
        turns = [request.instruction, request.text, *(turn for example in request.examples for turn in example)]
        prompt = sum(map(self.engine.count_tokens, turns)) + FRAME
        waited_for = request.task == "summarize"
        heapq.heappush(self.ready, (job, not waited_for, -prompt - request.max_tokens, self.added, prompt, request))
        self.added += 1

    def fill(self) -> None:
        """Gives the engine what its budget allows."""
        budget = self.engine.budget
        while self.ready:
            _, _, size, key, prompt, request = self.ready[0]
            full = self.prefilled >= budget.prompt or self.live - size > budget.live
            if self.running and (full or len(self.running) >= budget.requests):
                return
            heapq.heappop(self.ready)
            self.engine.submit(key, request)
            self.running[key] = (request, -size)
            self.live -= size
            self.prefilled += prompt

    def step(self) -> list[tuple[Request, Completion]]:
        self.fill()
        self.prefilled = 0
        done: list[tuple[Request, Completion]] = []
        for key, completion in self.engine.step() if self.running else ():
            request, size = self.running.pop(key)
            self.live -= size
            done.append((request, completion))
        return done
