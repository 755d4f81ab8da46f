"""transformers' continuous batching, on a CPU with tiny models: the path of CUDA, where nothing has been run."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from conftest import PAIRS, run
from test_engines import CHINESE, ENGLISH, local, summarize, texts, translate

from summarize.article import has_chinese
from summarize.engines import loop
from summarize.engines.budget import Budget
from summarize.engines.continuous import can_batch
from summarize.engines.transformers import TransformersEngine
from summarize.errors import EngineError
from summarize.scheduler import Job, Writing
from summarize.scheduler import run as schedule

NAMES = ("tiny_causal", "tiny_gpt2")


def engine_of(folder: Path, tokens: int | None = None, **options: Any) -> TransformersEngine:
    engine = TransformersEngine(local(folder), device="cpu", continuous=True, **options)
    assert engine._batch
    if tokens:
        engine._batch.budget = Budget(min(engine.budget.prompt, tokens), tokens)
    return engine


@pytest.mark.parametrize("name", NAMES)
def test_both_tasks_in_one_batch_as_taught(request: pytest.FixtureRequest, name: str) -> None:
    engine = engine_of(request.getfixturevalue(name))
    answers = run(engine, [make(zh) for zh in CHINESE for make in (translate, summarize)])
    assert [answer.text for answer in answers] == [text for pair in PAIRS[:6] for text in reversed(pair)]
    assert all(answer.finished and answer.prompt_tokens and answer.output_tokens for answer in answers)


@pytest.mark.parametrize("tokens", [160, 700])
@pytest.mark.parametrize("name", NAMES)
def test_it_writes_what_groups_write(request: pytest.FixtureRequest, name: str, tokens: int) -> None:
    folder = request.getfixturevalue(name)
    requests = [make(zh, 5 + 3 * place) for place, (zh, _) in enumerate(PAIRS) for make in (translate, summarize)]
    expected = run(TransformersEngine(local(folder), device="cpu"), requests)
    order = list(range(len(requests)))
    random.Random(tokens).shuffle(order)
    answers = run(engine_of(folder, tokens), [requests[place] for place in order])
    assert answers == [expected[place] for place in order]
    assert {answer.finished for answer in answers} == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_loops_are_stopped_and_their_pages_given_back(
    request: pytest.FixtureRequest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = request.getfixturevalue(name)
    requests = [translate(zh) for zh, _ in PAIRS]
    monkeypatch.setattr(loop, "LOOP", 1)
    expected = run(TransformersEngine(local(folder), device="cpu"), requests)
    assert {answer.finished for answer in expected} == {True, False}
    engine = engine_of(folder, 300)  # of this room each request takes a third
    assert run(engine, requests) == expected
    assert run(engine, requests) == expected


def test_requests_join_and_leave_while_it_runs(tiny_causal: Path) -> None:
    engine = engine_of(tiny_causal)
    engine.submit("long", translate(CHINESE[5]))
    for _ in range(5):
        assert engine.step() == []
    engine.submit("short", translate("雨停了。"))
    done: list[Any] = []
    while engine.pending:
        done += engine.step()
    assert [key for key, _ in done] == ["short", "long"]
    assert engine.step() == []


def test_latin_holds_for_those_who_ask_for_it(tiny_causal: Path) -> None:
    requests = [summarize(zh, 30, latin=place % 2 == 0) for place, (zh, _) in enumerate(PAIRS)]
    written = texts(engine_of(tiny_causal), requests)
    assert [has_chinese(text) for text in written] == [place % 2 == 1 for place in range(len(PAIRS))]


def test_cleared_requests_never_come_back(tiny_causal: Path) -> None:
    engine = engine_of(tiny_causal)
    engine.submit("gone", translate(CHINESE[0]))
    engine.step()
    engine.clear()
    assert engine.pending == 0 and engine.step() == []
    assert texts(engine, [translate(CHINESE[1])]) == [ENGLISH[1]]


def test_the_scheduler_keeps_within_the_memory(tiny_causal: Path) -> None:
    def ask(zh: str) -> Writing[str]:
        (answer,) = yield [translate(zh)]
        return answer.text

    # Two layers with two key-value heads of 16 numbers of 4 bytes: 512 bytes a token.
    engine = engine_of(tiny_causal, memory=300 * 512 / 2**30)
    assert engine.budget == Budget(300, 300)
    most = 0

    def report(_: object) -> None:
        nonlocal most
        manager = engine._batch._manager  # type: ignore[union-attr]
        running = manager.batch_processor.scheduler.active_requests.values()
        assert manager.batch_processor.cache.num_blocks * 32 <= 300 + 2 * 32
        most = max(most, sum(state.current_len() for state in running))

    jobs = (Job([ask(zh)], "".join) for zh, _ in PAIRS)
    assert list(schedule(jobs, {"translate": engine}, report)) == [en for _, en in PAIRS]
    assert 0 < most <= 300


# Memory that runs out


def crowd(engine: TransformersEngine, monkeypatch: pytest.MonkeyPatch, room: int) -> list[int]:
    """Lets every step fail that reads or holds more than `room` tokens; returns the budgets that failed."""
    import torch

    failed: list[int] = []
    forward = engine._model.forward

    def crowded(*args: Any, **options: Any) -> Any:
        states = engine._batch._manager.batch_processor.scheduler.active_requests.values()  # type: ignore[union-attr]
        if sum(state.current_len() + len(state.tokens_to_process) for state in states) > room:
            failed.append(engine.budget.live)
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return forward(*args, **options)

    monkeypatch.setattr(engine._model, "forward", crowded)
    return failed


def test_a_full_card_halves_the_budget_and_goes_on(
    tiny_causal: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    requests = [make(zh) for zh, _ in PAIRS for make in (translate, summarize)]
    expected = run(TransformersEngine(local(tiny_causal), device="cpu"), requests)
    engine = engine_of(tiny_causal, 4096)
    failed = crowd(engine, monkeypatch, 600)
    assert run(engine, requests) == expected
    assert failed[:2] == [4096, 2048] and len(failed) <= 4
    assert engine.budget.live == failed[-1] // 2
    assert "Traceback" not in capfd.readouterr().err
    count = len(failed)
    assert run(engine, requests) == expected and len(failed) == count  # it has learnt


def test_a_card_too_small_for_one_request(tiny_causal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(tiny_causal)
    crowd(engine, monkeypatch, 10)
    engine.submit(0, translate(CHINESE[0]))
    with pytest.raises(EngineError, match="no memory left for one request"):
        while True:
            engine.step()
    engine.clear()
    monkeypatch.undo()
    assert texts(engine, [translate(CHINESE[1])]) == [ENGLISH[1]]


def test_memory_that_is_not_there_is_asked_for_in_halves(tiny_causal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers.generation.continuous_batching.cache import PagedAttentionMemoryHandler

    monkeypatch.setattr(PagedAttentionMemoryHandler, "get_available_memory", lambda _: 50 * 2**20)
    engine = engine_of(tiny_causal, memory=0.5)
    before = engine.budget.live
    assert texts(engine, [translate(CHINESE[0])]) == [ENGLISH[0]]
    assert engine.budget.live < before


def test_a_request_larger_than_the_memory_is_refused(tiny_causal: Path) -> None:
    engine = engine_of(tiny_causal, memory=64 * 512 / 2**30)
    with pytest.raises(EngineError, match="--memory"):
        engine.submit(0, translate(CHINESE[0]))
    assert engine.pending == 0


def test_any_other_failure_is_one_sentence(tiny_causal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(tiny_causal)

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("device-side assert\nmore\nlines")

    monkeypatch.setattr(engine._model, "forward", broken)
    engine.submit(0, translate(CHINESE[0]))
    with pytest.raises(EngineError, match=r"^transformers stopped: device-side assert$"):
        engine.step()


def test_kinds_of_attention_that_have_no_pages(tiny_causal: Path) -> None:
    model = engine_of(tiny_causal)._model
    assert can_batch(model)
    model.config.layer_types = ["full_attention", "linear_attention"]
    assert not can_batch(model)
