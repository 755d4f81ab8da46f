"""What trains the segmenter: embeddings that tell stories apart, and made-up roundups of stories new to them."""

import importlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "models" / "segmenter"
TOPICS = (("渔港", "渔船", "出海", "海鲜"), ("学校", "学生", "老师", "课堂"), ("麦田", "小麦", "收割", "农机"))
EVERYDAY = ("今天", "大家", "已经", "看到")


@pytest.fixture(scope="module")
def scripts() -> Iterator[SimpleNamespace]:
    """The modules of models/segmenter, which import one another by their short names."""
    names = ("distill", "stories", "roundups", "train")
    before = {name: sys.modules.pop(name, None) for name in names}
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in names})
    finally:
        sys.path.remove(str(SCRIPTS))
        for name, module in before.items():
            sys.modules.pop(name)
            if module:
                sys.modules[name] = module


def sentence(topic: int, chance: random.Random) -> str:
    return "".join([*chance.choices(EVERYDAY, k=3), *chance.choices(TOPICS[topic], k=3)]) + "。"


def make_table(distill: ModuleType) -> tuple[object, np.ndarray]:
    """A tokenizer and a table in which everyday words are large and a topic is a small part of its words."""
    tokens = [*EVERYDAY, *(word for topic in TOPICS for word in topic)]
    table = np.random.default_rng(1).normal(0, 0.1, (len(tokens) + 1, 8))
    for number in range(len(EVERYDAY)):
        table[1 + number, 4 + number] += 3
    for number in range(len(tokens) - len(EVERYDAY)):
        table[1 + len(EVERYDAY) + number, number // len(TOPICS[0])] += 0.5
    table[0] = 0
    return distill.make_tokenizer(tokens), table.astype(np.float32)


def mean_cosines(vectors: np.ndarray, topics: list[int]) -> tuple[float, float]:
    """How alike texts of one topic are on average, and texts of two."""
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    alike = vectors @ vectors.T
    same = np.equal.outer(topics, topics)
    return float(alike[same & ~np.eye(len(topics), dtype=bool)].mean()), float(alike[~same].mean())


def test_directions_that_tell_stories_apart_are_kept(scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts.distill, "DIMENSIONS", 3)
    monkeypatch.setattr(scripts.distill, "SHRINKAGE", 0.01)
    monkeypatch.setattr(scripts.distill, "NEAREST", 11)
    tokenizer, table = make_table(scripts.distill)
    chance = random.Random(2)
    stories = [[sentence(topic, chance) for _ in range(6)] for topic in (0, 1, 2) * 4]
    reduced = scripts.distill.tell_apart(tokenizer, table, stories)
    assert reduced.shape == (len(table), 3)
    unseen, topics = [sentence(number % 3, chance) for number in range(30)], [number % 3 for number in range(30)]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(unseen)]  # type: ignore[attr-defined]
    before = mean_cosines(np.stack([table[row].sum(axis=0) for row in ids]), topics)
    after = mean_cosines(np.stack([reduced[row].sum(axis=0) for row in ids]), topics)
    assert before[0] - before[1] < 0.2  # everyday words drown the topic
    assert after[0] - after[1] > 0.8


def test_vectors_survive_eight_bits(scripts: SimpleNamespace) -> None:
    vectors = np.random.default_rng(3).normal(size=(50, 16))
    vectors[0] = 0
    rounded, scale = scripts.distill.quantise(vectors)
    assert rounded.dtype == np.int8
    assert np.abs(rounded * scale[:, None] - vectors).max() < 0.5 * np.abs(vectors).max() / 127 + 1e-6


def test_embeddings_of_a_made_up_roundup_have_not_seen_its_stories(scripts: SimpleNamespace) -> None:
    chance = random.Random(4)
    stories = [
        scripts.stories.Story(
            f"{TOPICS[i % 3][0]}今天开放", tuple(f"编号{i}的{sentence(i % 3, chance)}" for _ in range(6))
        )
        for i in range(120)
    ]
    seen: list[set[object]] = []
    used: list[set[object]] = []

    class Model:
        def embed(self, texts: list[str]) -> np.ndarray:
            used[-1].update(texts)
            return np.ones((len(texts), 4), np.float32)

    def embedded(chosen: tuple[object, ...]) -> Model:
        seen.append({text for story in chosen for text in story.sentences})  # type: ignore[attr-defined]
        used.append(set())
        return Model()

    examples = scripts.train.make_unseen_examples(stories, 20, embedded, seed=5)
    assert len(examples) == 16  # two of each part
    assert len(seen) == 1 + scripts.train.PARTS  # first all stories, only to see which are alike
    for known, texts in zip(seen[1:], used[1:], strict=True):
        assert known
        assert texts
        assert not any(sentence in text for sentence in known for text in texts)  # type: ignore[operator]


def test_the_shipped_table_has_a_row_for_each_token() -> None:
    from safetensors.numpy import load_file

    tensors = load_file(SCRIPTS / "model.safetensors")
    vocabulary = json.loads((SCRIPTS / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    assert tensors["embeddings"].shape[0] == tensors["scale"].shape[0] == len(vocabulary)
