from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarize.completion_cache import CompletionCache
from summarize.engines import Completion, Request
from summarize.engines.budget import Budget
from summarize.errors import EngineError
from summarize.scheduler import FRAME, Job, Statistics, Writing, run, side_by_side


class Echo:
    """An engine that writes one character of each running request a step: long texts take long."""

    family = "causal"
    context = 1000
    identity = "echo"

    def __init__(self, size: int = 4, budget: Budget | None = None) -> None:
        self.size = size
        self.budget = budget or Budget(10**9, 10**9)
        self.waiting: list[tuple[Hashable, Request, int]] = []
        self.submitted: list[str] = []
        self.most = 0
        self.most_live = 0
        self.most_prompts: list[int] = [0]  # tokens given before each step

    def count_tokens(self, text: str) -> int:
        return len(text)

    @property
    def pending(self) -> int:
        return len(self.waiting)

    def submit(self, key: Hashable, request: Request) -> None:
        self.waiting.append((key, request, len(request.text)))
        self.submitted.append(request.text)
        self.most = max(self.most, len(self.waiting))
        self.most_live = max(self.most_live, sum(cost(request) for _, request, _ in self.waiting))
        self.most_prompts[-1] += cost(request) - request.max_tokens

    def clear(self) -> None:
        self.waiting.clear()

    def step(self) -> list[tuple[Hashable, Completion]]:
        self.most_prompts.append(0)
        running = [(key, request, left - 1) for key, request, left in self.waiting[: self.size]]
        self.waiting[: self.size] = [item for item in running if item[2] > 0]
        return [(key, Completion(r.text.upper(), len(r.text), 1, True)) for key, r, left in running if left <= 0]


def cost(request: Request) -> int:
    """The tokens that the scheduler counts for a request to `Echo`."""
    return len(request.text) + FRAME + request.max_tokens


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


def test_writing_side_by_side_asks_together_and_ends_apart() -> None:
    engine = Echo()
    writings = [side_by_side([twice("a"), ask("b", "c")]), side_by_side([nothing(), twice("d")]), side_by_side([])]
    assert list(run([Job(writings, list)], {"translate": engine})) == [[["AA", "BC"], ["-", "DD"], []]]
    assert engine.submitted.index("b") < engine.submitted.index("aa")


def test_a_piece_may_go_on_to_another_engine() -> None:
    def summary_then_english() -> Writing[str]:
        (answer,) = yield [Request("summarize", "", "a", 10)]
        (english,) = yield [Request("translate", "", answer.text * 2, 10)]
        return english.text

    engines: Any = {"summarize": Echo(), "translate": Echo()}
    assert list(run([Job([summary_then_english()], "".join)], engines)) == ["AA"]


def test_each_of_several_pieces_goes_on_without_the_others() -> None:
    engine = Echo()

    def inner(text: str) -> Writing[str]:
        first, second = yield from side_by_side([twice(text), ask(text * 30)])
        return f"{first} {len(second)} " + (yield from ask("end"))

    assert list(run([Job([side_by_side([inner("a"), inner("b")]), ask("b" * 40)], list)], {"translate": engine})) == [
        [["AA 30 END", "BB 30 END"], "B" * 40]
    ]
    # What follows the short answers is asked for while the long ones, asked for before, are still written.
    assert engine.submitted.index("aa") < engine.submitted.index("end")
    assert engine.submitted.count("end") == 1


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
    engine: Any = Echo(budget=Budget(10**9, 8 * (FRAME + 12)))
    results = run(jobs([chr(97 + i % 26) * (i // 26 + 1) for i in range(100)], read), {"translate": engine}, ahead=5)
    next(results)
    assert len(read) <= 6
    list(results)
    assert len(read) == 100
    assert engine.most <= 8


def test_few_requests_are_ready_beside_what_the_engine_has() -> None:
    read: list[int] = []
    engine: Any = Echo(budget=Budget(10**9, 4 * (FRAME + 30)))
    results = run(jobs([f"text {i}" for i in range(100)], read), {"translate": engine}, waiting=6)
    next(results)
    assert 4 <= len(read) <= 12


def test_statistics() -> None:
    last = Statistics()

    def report(statistics: Statistics) -> None:
        nonlocal last
        last = statistics

    list(run(jobs(["ab", "c"]), {"translate": Echo()}, report))  # type: ignore[dict-item]
    # Both pieces of an article begin with the same request, which runs once.
    assert (last.read, last.requests, last.finished, last.reused, last.output_tokens) == (2, 6, 6, 2, 4)
    assert last.prompt_tokens == 2 + 4 + 1 + 2


# Budget and order


@pytest.mark.parametrize("live", [60, 150, 400, 10_000])
def test_no_more_tokens_are_live_than_the_budget_allows(live: int) -> None:
    texts = ["x" * (1 + 7 * i % 90) + str(i) for i in range(60)]
    engine: Any = Echo(budget=Budget(10**9, live))
    assert list(run(one_each(texts), {"translate": engine})) == [text.upper() for text in texts]
    longest = max(cost(Request("translate", "", text, 10)) for text in texts)
    assert engine.most_live <= max(live, longest)  # one that is larger runs, but alone
    assert engine.most > 1 or live == 60


def test_prompts_are_let_in_step_by_step() -> None:
    texts = [f"{i:03}" for i in range(60)]
    engine: Any = Echo(size=60, budget=Budget(100, 10**9))
    assert list(run(one_each(texts), {"translate": engine})) == texts
    assert max(engine.most_prompts) <= 100 + FRAME + 3  # the last one may exceed it
    assert engine.most > 4  # those before go on meanwhile


def test_a_budget_that_shrinks_is_kept() -> None:
    engine: Any = Echo(budget=Budget(10**9, 1000))
    texts = [f"{i:03}" for i in range(60)]
    results = run(one_each(texts), {"translate": engine})
    first = next(results)
    engine.budget = Budget(10**9, 100)
    while len(engine.waiting) * (FRAME + 13) > 100:
        next(results)
    engine.most_live = 0
    rest = list(results)
    assert 0 < engine.most_live <= 100
    assert first == texts[0] and rest[-1] == texts[-1]


def test_older_articles_go_first_and_of_each_the_longest() -> None:
    articles = [["a", "bbb", "cc"], ["dddd", "e"]]
    engine: Any = Echo(size=1, budget=Budget(1, 10**9))  # one request before each step
    source = iter(Job([ask(text) for text in texts], "".join) for texts in articles)
    assert list(run(source, {"translate": engine})) == ["ABBBCC", "DDDDE"]
    assert engine.submitted == ["bbb", "cc", "a", "dddd", "e"]


def test_of_each_article_the_summaries_go_first() -> None:
    def sum_up(text: str) -> Writing[str]:
        (summary,) = yield [Request("summarize", "", text, 10)]
        return summary.text

    articles = [["aaaa", "bbb", "c"], ["dddd", "e"]]
    engine: Any = Echo(size=1, budget=Budget(1, 10**9))
    source = iter(Job([*map(ask, texts[:-1]), sum_up(texts[-1])], "".join) for texts in articles)
    engines: Any = {"translate": engine, "summarize": engine}
    assert list(run(source, engines)) == ["AAAABBBC", "DDDDE"]
    assert engine.submitted == ["c", "aaaa", "bbb", "e", "dddd"]


def test_what_an_older_article_asks_for_later_does_not_wait_behind_newer_ones() -> None:
    engine: Any = Echo(size=3, budget=Budget(10**9, 10**9, requests=3))
    texts = [f"{i:02}" for i in range(40)]
    assert list(run(jobs(texts), {"translate": engine})) == [text + text * 2 + "-" for text in texts]
    assert engine.most == 3
    assert engine.submitted.index("0000") < engine.submitted.index("03")


def one_each(texts: list[str]) -> Iterator[Job[str]]:
    return (Job([ask(text)], "".join) for text in texts)


# Equal requests


def test_equal_requests_run_once_within_and_across_articles() -> None:
    notice = "the editors of this page"
    texts = [text for i in range(30) for text in (f"story {i}", notice)]
    engine: Any = Echo()
    assert list(run(one_each(texts), {"translate": engine})) == [text.upper() for text in texts]
    assert engine.submitted.count(notice) == 1
    assert len(engine.submitted) == 31


def test_requests_that_differ_in_anything_run_apart() -> None:
    kinds = [
        Request("translate", "a", "text", 10),
        Request("translate", "b", "text", 10),
        Request("translate", "a", "text", 11),
        Request("translate", "a", "text", 10, latin=True),
        Request("summarize", "a", "text", 10),
    ]

    def all_of_them() -> Writing[int]:
        return len((yield kinds))

    engine: Any = Echo()
    assert list(run(iter([Job([all_of_them()], sum)]), {"translate": engine, "summarize": engine})) == [5]
    assert len(engine.submitted) == 5


def test_only_so_many_completions_are_remembered() -> None:
    engine: Any = Echo(size=1, budget=Budget(1, 1))
    texts = ["first", *(f"{i:03}" for i in range(5)), "first"]
    assert list(run(one_each(texts), {"translate": engine}, remembered=3, ahead=1)) == [t.upper() for t in texts]
    assert engine.submitted.count("first") == 2


def test_results_are_the_same_with_a_cache_new_or_old(tmp_path: Path) -> None:
    texts = ["a" * 50, "b", "cc", "b", "d" * 20]
    plain = list(run(jobs(texts), {"translate": Echo()}))  # type: ignore[dict-item]
    cache = CompletionCache(tmp_path / "cache", {"translate": "echo"})
    first: Any = Echo()
    assert list(run(jobs(texts), {"translate": first}, cache=cache)) == plain
    second: Any = Echo()
    assert list(run(jobs(texts), {"translate": second}, cache=cache)) == plain
    assert first.submitted and not second.submitted
    assert list(run(jobs(["new", *texts]), {"translate": second}, cache=cache))[1:] == plain
    assert set(second.submitted) == {"new", "newnew"}


# Ends


def test_an_error_leaves_nothing_in_the_engine() -> None:
    writing: Writing[Any]

    def broken() -> Writing[str]:
        yield [Request("translate", "", "abc", 10)]
        raise EngineError("It broke.")

    engine: Any = Echo()
    for writing in broken(), side_by_side([ask("x"), side_by_side([broken()])]):
        with pytest.raises(EngineError, match="broke"):
            list(run(iter([Job([writing, ask("long" * 9)], str)]), {"translate": engine}))
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
