from collections.abc import Hashable, Iterator
from typing import Any

import pytest

from summarize.engines import Completion, Request
from summarize.errors import EngineError
from summarize.scheduler import Job, Statistics, Writing, run


class Echo:
    """An engine that writes one character of each running request a step: long texts take long."""

    family = "causal"
    context = 1000

    def __init__(self, size: int = 4) -> None:
        self.size = size
        self.waiting: list[tuple[Hashable, Request, int]] = []
        self.most = 0

    def count_tokens(self, text: str) -> int:
        return len(text)

    @property
    def pending(self) -> int:
        return len(self.waiting)

    def submit(self, key: Hashable, request: Request) -> None:
        self.waiting.append((key, request, len(request.text)))
        self.most = max(self.most, len(self.waiting))

    def clear(self) -> None:
        self.waiting.clear()

    def step(self) -> list[tuple[Hashable, Completion]]:
        running = [(key, request, left - 1) for key, request, left in self.waiting[: self.size]]
        self.waiting[: self.size] = [item for item in running if item[2] > 0]
        return [(key, Completion(r.text.upper(), len(r.text), 1, True)) for key, r, left in running if left <= 0]


def ask(*texts: str) -> Writing[str]:
    answers = yield [Request("translate", "", text, 10) for text in texts]
    return "".join(answer.text for answer in answers)


def twice(text: str) -> Writing[str]:
    first = yield from ask(text)
    second = yield from ask(first.lower() * 2)
    return second


def nothing() -> Writing[str]:
    answers = yield []
    assert answers == []
    return "-"


def jobs(texts: list[str], read: list[int] | None = None) -> Iterator[Job[str]]:
    for number, text in enumerate(texts):
        if read is not None:
            read.append(number)
        yield Job([ask(text), twice(text), nothing()], "".join)


def test_results_come_in_the_order_of_the_jobs() -> None:
    texts = ["a" * 50, "b", "cc", "d" * 20, "e"]
    engine: Any = Echo()
    found = list(run(jobs(texts), {"translate": engine}))
    assert found == [t.upper() + t.upper() * 2 + "-" for t in texts]


def test_a_job_without_writing() -> None:
    assert list(run(iter([Job([], lambda results: "empty")]), {"translate": Echo()})) == ["empty"]  # type: ignore[dict-item]
    assert list(run(iter([]), {})) == []


def test_a_long_article_does_not_hold_up_the_others() -> None:
    engine: Any = Echo(size=2)
    seen: list[Statistics] = []
    texts = ["x" * 60, *["y"] * 20]
    steps_until_others_done = 0

    def report(statistics: Statistics) -> None:
        nonlocal steps_until_others_done
        seen.append(statistics)
        if statistics.finished < 1 + 3 * 20 - 1:
            steps_until_others_done += 1

    assert len(list(run(jobs(texts), {"translate": engine}, report))) == 21
    # On a batch of two the twenty short articles pass beside the long one, which takes 60 + 120 steps itself.
    assert steps_until_others_done < 180


def test_jobs_are_read_only_as_fast_as_they_are_done() -> None:
    read: list[int] = []
    engine: Any = Echo()
    results = run(jobs(["a"] * 100, read), {"translate": engine}, waiting=6, ahead=5)
    next(results)
    assert len(read) <= 6
    list(results)
    assert len(read) == 100
    assert engine.most <= 8


def test_statistics() -> None:
    last = Statistics()

    def report(statistics: Statistics) -> None:
        nonlocal last
        last = statistics

    list(run(jobs(["ab", "c"]), {"translate": Echo()}, report))  # type: ignore[dict-item]
    assert (last.requests, last.finished, last.output_tokens) == (6, 6, 6)
    assert last.prompt_tokens == 2 + 2 + 4 + 1 + 1 + 2


def test_an_error_leaves_nothing_in_the_engine() -> None:
    def broken() -> Writing[str]:
        yield [Request("translate", "", "abc", 10)]
        raise EngineError("It broke.")

    engine: Any = Echo()
    with pytest.raises(EngineError, match="broke"):
        list(run(iter([Job([broken(), ask("long" * 9)], str)]), {"translate": engine}))
    assert engine.pending == 0


def test_a_reader_that_stops_early_leaves_nothing_in_the_engine() -> None:
    engine: Any = Echo()
    results = run(jobs(["a", "b" * 99]), {"translate": engine})
    next(results)
    assert engine.pending
    with pytest.raises(EngineError, match="still busy"):
        next(run(jobs(["a"]), {"translate": engine}))
    results.close()
    assert engine.pending == 0
    assert list(run(jobs(["a"]), {"translate": engine})) == ["AAA-"]
