"""Plays the engine for one piece of writing."""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from summarize.engines import Completion, Request

T = TypeVar("T")
Answers = Sequence[str | Completion] | Callable[[Request], str | Completion]


def play(writing: Generator[list[Request], list[Completion], T], *rounds: Answers) -> tuple[T, list[list[Request]]]:
    """What was written, and what was asked, a list for each round of answers (given, or made from each request)."""
    asked: list[list[Request]] = []
    answers: list[Completion] | None = None
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
