"""Plays the engine for one piece of writing."""

from collections.abc import Callable, Generator, Sequence
from itertools import islice
from typing import Any, TypeVar

from summarize.engines import Completion, Request
from summarize.scheduler import SideBySide

T = TypeVar("T")
Answers = Sequence[str | Completion] | Callable[[Request], str | Completion]


def in_rounds(writing: Generator[Any, Any, T]) -> Generator[list[Request], list[Completion], T]:
    """The same writing, but pieces side by side ask in rounds, each when all before it are answered."""
    answers: list[Any] | None = None
    while True:
        try:
            asked = next(writing) if answers is None else writing.send(answers)
        except StopIteration as end:
            return end.value
        if not isinstance(asked, SideBySide):
            answers = yield asked
            continue
        answers = [None] * len(asked.writings)
        pieces = {i: in_rounds(piece) for i, piece in enumerate(asked.writings)}
        given: dict[int, list[Completion] | None] = dict.fromkeys(pieces)
        while given:
            requests: dict[int, list[Request]] = {}
            for i, own in given.items():
                try:
                    requests[i] = next(pieces[i]) if own is None else pieces[i].send(own)
                except StopIteration as end:
                    answers[i] = end.value
            written = iter((yield [request for own in requests.values() for request in own]) if requests else ())
            given = {i: list(islice(written, len(own))) for i, own in requests.items()}


def play(writing: Generator[Any, Any, T], *rounds: Answers) -> tuple[T, list[list[Request]]]:
    """What was written, and what was asked, a list for each round of answers (given, or made from each request)."""
    asked: list[list[Request]] = []
    answers: list[Completion] | None = None
    writing = in_rounds(writing)
    while True:
        try:
            requests = next(writing) if answers is None else writing.send(answers)
        except StopIteration as end:
            return end.value, asked
        assert len(asked) < len(rounds), f"more was asked: {requests}"
        given = rounds[len(asked)]
        asked.append(requests)
        texts = [given(request) for request in requests] if callable(given) else given
        answers = [text if isinstance(text, Completion) else Completion(text, 1, 1, True) for text in texts]
        assert len(answers) == len(requests)
