"""Inputs in, results out: the part of a batch job that every runner shares, in this process or on another machine.

A `Result` carries the digest as one line of JSON, so that what is written does not depend on where it was made.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from summarize.article import Article
from summarize.digest import Digest
from summarize.errors import InputError, SummarizeError
from summarize.scheduler import Report, Statistics

Reason = Literal[
    "unreadable",  # a source, or a part of it, cannot be read
    "not an article",  # it can be read but is no Chinese article
    "duplicate id",  # an input before it has the same id
    "engine error",  # the engine gave up on it
    "unexpected error",  # a bug; the traceback is kept
    "worker died",  # the process that worked on it was killed, twice
]


class Digester(Protocol):
    """What a job needs of a `Summarizer`."""

    def digest_many(
        self, articles: Iterable[Article], on_error: Callable[[Any, SummarizeError], None] | None = None
    ) -> Iterator[Digest]:
        """Digests in the order of the articles; `on_error` is told those that are left out."""
        ...


Factory = Callable[[Report], Digester]
"""Makes the digester of a process, and is given what to tell the statistics. Picklable where there are workers."""


@dataclass(frozen=True, slots=True)
class Input:
    """An article of a job. `number` counts those that are given to the model in this run, from 0."""

    number: int
    id: str
    article: Article


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input has no digest: a reason to count by, one sentence, and the traceback if it was not foreseen."""

    reason: Reason
    message: str
    traceback: str = ""

    @property
    def traceback_id(self) -> str:
        """A name for the traceback, the same for the same traceback; "" if there is none."""
        return hashlib.sha256(self.traceback.encode("utf-8", "replace")).hexdigest()[:12] if self.traceback else ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an input: `payload`, its digest as a line of JSON in UTF-8, or a failure.

    Attributes:
        number: of the input.
        payload: `{"id": ..., **digest.to_dict()}` without a line end; b"" if it failed.
        findings: how many findings the fidelity check has of each kind.
        prompt_tokens: tokens read by the models since the result before this one.
        output_tokens: tokens written by them.
    """

    number: int
    payload: bytes = b""
    findings: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None
    prompt_tokens: int = 0
    output_tokens: int = 0


Take = Callable[[bool], Input | None]
"""Gives the next input. Told True, it waits for one and returns None at the end; told False, it returns None if none
is there soon, so that what is in work can be finished meanwhile."""


def digest_inputs(digester: Digester, take: Take, tokens: TokenCount | None = None) -> Iterator[Result]:
    """The results of inputs, nearly in their order. One that fails fails alone, whatever the exception.

    If an exception ends the running batch, nobody can say which article caused it: those in work are done again one
    by one, then the rest goes on together.

    Args:
        digester: writes the digests.
        take: gives the inputs.
        tokens: counts what the models read and write, if it was given to the digester's factory.
    """
    tokens = tokens or TokenCount()
    while first := take(True):
        unfinished: deque[Input] = deque()
        yield from _run_together(digester, _chain(first, take), unfinished, tokens)
        while unfinished:
            yield _run_alone(digester, unfinished.popleft(), tokens)


def digest_batch(digester: Digester, inputs: Sequence[Input], tokens: TokenCount | None = None) -> list[Result]:
    """The results of a whole batch of inputs, in their order: `digest_inputs` for those who have them all."""
    waiting = iter(inputs)
    results = digest_inputs(digester, lambda _: next(waiting, None), tokens)
    return sorted(results, key=lambda result: result.number)


def failure_of(error: Exception) -> Failure:
    """What is told of an exception."""
    if isinstance(error, InputError):
        return Failure("not an article", str(error))
    reason: Reason = "engine error" if isinstance(error, SummarizeError) else "unexpected error"
    trace = "".join(traceback.format_exception(error))
    return Failure(reason, str(error) or type(error).__name__, trace)


class TokenCount:
    """Adds up the tokens of many runs of a `Summarizer`; it is the `Report` that its factory is given."""

    def __init__(self) -> None:
        self._run: Statistics | None = None
        self._told = (0, 0)

    def __call__(self, statistics: Statistics) -> None:
        """Remembers where the run is."""
        if statistics is not self._run:
            self._run, self._told = statistics, (0, 0)

    def take(self) -> tuple[int, int]:
        """Prompt and output tokens since it was last asked."""
        if self._run is None:
            return 0, 0
        now = self._run.prompt_tokens, self._run.output_tokens
        before, self._told = self._told, now
        return now[0] - before[0], now[1] - before[1]


def _chain(first: Input, take: Take) -> Iterator[Input]:
    item: Input | None = first
    while item:
        yield item
        item = take(False)


def _run_together(
    digester: Digester, inputs: Iterator[Input], unfinished: deque[Input], tokens: TokenCount
) -> Iterator[Result]:
    """Runs inputs in one batch; what an exception leaves undone is in `unfinished`."""
    rejected: list[Result] = []

    def articles() -> Iterator[Article]:
        for item in inputs:
            unfinished.append(item)
            yield item.article

    def reject(given: Any, error: SummarizeError) -> None:
        item = next(item for item in reversed(unfinished) if item.article is given)
        unfinished.remove(item)
        rejected.append(Result(item.number, failure=failure_of(error)))

    try:
        for digest in digester.digest_many(articles(), on_error=reject):
            yield _result(unfinished.popleft(), digest, tokens)
            while rejected:
                yield rejected.pop()
    except Exception:
        # Told of again, and for certain, by the one that fails alone.
        pass
    yield from rejected


def _run_alone(digester: Digester, item: Input, tokens: TokenCount) -> Result:
    errors: list[SummarizeError] = []
    try:
        digests = list(digester.digest_many([item.article], on_error=lambda _, error: errors.append(error)))
        return Result(item.number, failure=failure_of(errors[0])) if errors else _result(item, digests[0], tokens)
    except Exception as error:
        return Result(item.number, failure=failure_of(error))


def _result(item: Input, digest: Digest, tokens: TokenCount) -> Result:
    payload = json.dumps({"id": item.id, **digest.to_dict()}, ensure_ascii=False, separators=(",", ":"))
    findings: dict[str, int] = {}
    for section in digest.sections:
        for kind, count in section.fidelity.counts.items():
            findings[kind] = findings.get(kind, 0) + count
    read, written = tokens.take()
    return Result(item.number, payload.encode(), findings, None, read, written)
