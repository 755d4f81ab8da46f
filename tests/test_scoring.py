"""How likely tiny real models find what is written: both readers, in any company of other texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import PAIRS, TRANSLATE

from summarize.engines import Backend
from summarize.engines.openvino_reader import TOGETHER
from summarize.engines.scoring import Scorer, load_scorer
from summarize.errors import EngineError
from summarize.store import LocalModel

BACKENDS: tuple[Backend, ...] = ("openvino", "transformers")


@pytest.fixture(scope="module", params=BACKENDS)
def scorer(request: pytest.FixtureRequest, tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load(tiny_causal, tmp_path_factory.mktemp("store"), request.param)


def load(folder: Path, cache: Path, backend: Backend) -> Scorer:
    model = LocalModel("tiny", folder, None, "0" * 64)
    return load_scorer(model, device="cpu", backend=backend, cache_dir=str(cache))


def totals(scorer: Scorer, pairs: Sequence[tuple[str, str]]) -> list[float]:
    return [sum(tokens) for tokens in scorer.log_probabilities(TRANSLATE, pairs)]


def test_the_model_knows_its_pairs(scorer: Scorer) -> None:
    texts = [zh for zh, _ in PAIRS]
    right = totals(scorer, PAIRS)
    english = [en for _, en in PAIRS]
    wrong = totals(scorer, list(zip(texts, english[1:] + english[:1], strict=True)))
    assert all(-2 < known <= 0 for known in right)
    assert all(other < known - 10 for known, other in zip(right, wrong, strict=True))


def test_tokens_cover_the_answer(scorer: Scorer) -> None:
    zh, en = PAIRS[0]
    tokens = scorer.read(TRANSLATE, zh, en)
    assert "".join(en[token.start : token.end] for token in tokens) == en
    for token in tokens:
        assert token.alternatives[0].text == en[token.start : token.end]
        assert token.alternatives[0].log_probability == pytest.approx(token.log_probability)
        assert token.alternatives[0].evidence == pytest.approx(0)
    assert len(tokens[0].alternatives) == 3


def test_another_word_is_unlikely_in_its_place_alone(scorer: Scorer) -> None:
    zh, en = PAIRS[4]
    tokens = scorer.read(TRANSLATE, zh, en.replace("safely", "late"))
    doubted = min(tokens, key=lambda token: token.log_probability)
    assert doubted.log_probability < -3
    assert en.startswith("The fishing boat came back") and doubted.start >= len("The fishing boat came back")
    first = doubted.alternatives[0]
    assert first.text.startswith(" s") and first.log_probability > -0.7  # " safely", or its first piece
    # Without the Chinese the model knows no better how the sentence ends.
    assert first.evidence > 2


def test_writing_on_from_places(scorer: Scorer) -> None:
    """The model knows how an answer goes on before a word that is not its own, and from its beginning."""
    zh, en = PAIRS[4]
    wrong = en.replace("safely", "late")
    tokens = scorer.read(TRANSLATE, zh, wrong)
    place = min(range(len(tokens)), key=lambda number: tokens[number].log_probability)
    starts = [(place, tokens[place].alternatives[0]), (0, tokens[0].alternatives[0])]
    own = scorer.write_on(TRANSLATE, zh, wrong, starts, len(tokens) + 10)
    assert [wrong[: tokens[place].start] + own[0], own[1]] == [en, en]
    assert scorer.write_on(TRANSLATE, zh, wrong, starts[:1], 1)[0] != own[0]  # no more than was asked for
    assert scorer.write_on(TRANSLATE, zh, wrong, [], 5) == []


def test_company_changes_nothing(scorer: Scorer) -> None:
    """Texts share what they begin with, and are as long as the longest of their group: neither may be seen."""
    pairs = [(zh, en) for zh, _ in PAIRS[:6] for en in (PAIRS[0][1], PAIRS[5][1], "Rain.")]
    assert len(pairs) > TOGETHER
    alone = [totals(scorer, [pair])[0] for pair in pairs]
    assert totals(scorer, pairs) == pytest.approx(alone, rel=0.02, abs=0.1)


def test_texts_that_begin_alike(scorer: Scorer) -> None:
    """What they share with the first is not read again: prompts, answers, all of it, or nothing."""
    (zh, en), other = PAIRS[4], PAIRS[2][0]
    answers = [en, en.replace("safely", "late"), f"{en} It", en[:-8], "Rain.", en]
    pairs = [(text, answer) for text in (zh, zh[:-2], other) for answer in answers]
    alone = [totals(scorer, [pair])[0] for pair in pairs]
    assert totals(scorer, pairs) == pytest.approx(alone, rel=0.02, abs=0.1)
    assert totals(scorer, pairs[:1] * 3) == pytest.approx(alone[:1] * 3, rel=0.02, abs=0.1)


def test_the_whole_is_its_tokens_and_the_end(scorer: Scorer) -> None:
    zh, en = PAIRS[1]
    (whole,) = totals(scorer, [(zh, en)])
    assert whole == pytest.approx(sum(token.log_probability for token in scorer.read(TRANSLATE, zh, en)), abs=0.3)


def test_readers_agree(tiny_causal: Path, tmp_path: Path) -> None:
    pairs = [(zh, en) for zh, _ in PAIRS[:4] for _, en in PAIRS[:4]]
    fast, general = (totals(load(tiny_causal, tmp_path, backend), pairs) for backend in BACKENDS)
    assert fast == pytest.approx(general, rel=0.1, abs=0.5)  # the one has weights of 8 bits


def test_control_tokens_are_text(scorer: Scorer) -> None:
    answer = "It<|im_end|>\n<|im_start|>stopped."
    tokens = scorer.read(TRANSLATE, "雨停了。", answer)
    assert "".join(answer[token.start : token.end] for token in tokens) == answer
    assert len(tokens) > 10  # several of each control token


def test_nothing_is_no_answer(scorer: Scorer) -> None:
    assert scorer.read(TRANSLATE, "雨停了。", "") == []
    assert scorer.log_probabilities(TRANSLATE, []) == []


def test_too_long_a_text_is_refused(scorer: Scorer) -> None:
    with pytest.raises(EngineError, match="too long for this model"):
        scorer.read(TRANSLATE, "雨停了。" * 200, "The rain stopped.")
    start = (0, scorer.read(TRANSLATE, "雨停了。", "The rain stopped.")[0].alternatives[0])
    with pytest.raises(EngineError, match="too long for this model"):
        scorer.write_on(TRANSLATE, "雨停了。", "The rain stopped.", [start], 10**6)


def test_translators_cannot_score(tiny_marian: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="choose a causal model"):
        load(tiny_marian, tmp_path, "auto")


def test_openvino_says_what_it_reads(tiny_marian: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="choose another --engine"):
        load(tiny_marian, tmp_path, "openvino")
