"""Learns the model of `summarize.segmentation` from roundups that it makes up out of news stories.

    python models/segmenter/train.py MODEL.gguf TOKENIZER.json CORPUS.jsonl

The corpus (`zh` of each line) is news in order, a sentence a line; `stories.py` finds its stories.
Roundups of 1 to 20 stories are put together from them, with and without headings of many styles, bylines, captions,
notices and subheadings. The weights are those that make the true segmentations likeliest among all (a semi-Markov
model), learnt on four fifths of the stories; the rest measures. Embeddings are learnt from the stories too
(`distill.py`), and those of a made-up roundup without its own stories: they tell these apart no better than others.

Writes tokenizer.json and model.safetensors.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from distill import quantise, read_tokens, tell_apart  # noqa: E402
from roundups import make_roundup  # noqa: E402
from stories import Story, read_stories  # noqa: E402

from summarize.segmentation.boundaries import best_starts  # noqa: E402
from summarize.segmentation.embedding import Scorer, SegmentationModel  # noqa: E402
from summarize.segmentation.encoder import Encoder  # noqa: E402
from summarize.segmentation.features import (  # noqa: E402
    ARTICLE_FEATURES,
    BAND,
    GAP_FEATURES,
    PAIR_FEATURES,
    article_features,
    features,
)
from summarize.segmentation.roles import read_lines  # noqa: E402

FOLDS = 4  # of the stories: a made-up roundup is of one, its embeddings are of the others
PARTS = 2 * FOLDS  # in which roundups are made up, each with chance of its own
NO_ENCODER = Encoder(*(np.zeros((0, 2, 3, 1), np.float32) for _ in fields(Encoder)))
CAUTION = 0.5  # added to the worth of one section where only words tell: other text is less alike than this
CLOSING = 1.0  # added to the worth of a start after a byline, which likeness outweighs where stories are of one series
SERIES = 0.2  # of the made-up roundups are of one series: all their stories speak of one thing
LIKENESS = 14  # the last features of a gap: how alike what precedes and what follows is
LONGEST = 90  # paragraphs of a made-up roundup


@dataclass(frozen=True)
class Example:
    """The features of a made-up roundup and the paragraphs that begin its sections."""

    gaps: np.ndarray
    pairs: np.ndarray
    article: np.ndarray
    starts: list[int]
    headed: bool


def drop_mixed(stories: list[Story], model: SegmentationModel) -> list[Story]:
    """Leaves out "stories" that are in truth several: those where a first model would cut between two long parts."""
    kept = []
    for story in stories:
        texts = list(story.sentences)
        lines = read_lines(texts)
        gaps, pairs = features(texts, lines, model.embed(texts))
        several = float(article_features(texts, lines) @ model.several)
        if len(best_starts(model.gap(gaps) + model.around(gaps), model.pair(pairs), several)) == 1:
            kept.append(story)
    return kept


def make_unseen_examples(
    stories: list[Story],
    count: int,
    embedded: Callable[[tuple[Story, ...]], SegmentationModel],
    seed: int,
    noise: float = 0.0,
) -> list[Example]:
    """Roundups each of which is of one fold of the stories, with embeddings that are learnt from the other folds.

    The stories of a fold are alike: what only names and details tell apart is as hard as it gets in a roundup.
    """
    order = by_topic(stories, embedded(tuple(stories)))
    examples: list[Example] = []
    for part in range(PARTS):
        fold = part % FOLDS
        start, end = len(order) * fold // FOLDS, len(order) * (fold + 1) // FOLDS
        model = embedded((*order[:start], *order[end:]))
        examples += make_examples(order[start:end], count // PARTS, model, PARTS * seed + part, noise)
    return examples


def by_topic(stories: list[Story], model: SegmentationModel) -> list[Story]:
    """The stories in an order in which each is followed by the one most like it that has not been had yet."""
    topics = model.embed(["".join(story.sentences) for story in stories])
    left = list(range(1, len(stories)))
    order = [0]
    while left:
        nearest = left[int(np.argmax(topics[left] @ topics[order[-1]]))]
        left.remove(nearest)
        order.append(nearest)
    return [stories[i] for i in order]


def make_examples(
    stories: list[Story], count: int, model: SegmentationModel, seed: int, noise: float = 0.0
) -> list[Example]:
    """Roundups of stories that are alike or come by chance; `noise` varies how alike all their paragraphs are."""
    chance = random.Random(seed)
    topics = model.embed(["".join(story.sentences) for story in stories])
    alike = np.argsort(-(topics @ topics.T), axis=1)[:, :12]
    examples: list[Example] = []
    while len(examples) < count:
        size = chance.choice((1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8, 12, 20))
        if chance.random() < 0.25:
            where = alike[chance.randrange(len(stories))].tolist()
            chosen = chance.sample(where, min(size, len(where)))
        else:
            chosen = chance.sample(range(len(stories)), size)
        theme = stories[chance.randrange(len(stories))] if chance.random() < SERIES else None
        texts, starts, headed = make_roundup([stories[i] for i in chosen], chance, theme)
        if len(texts) > LONGEST:
            continue
        lines = read_lines(texts)
        gaps, pairs = features(texts, lines, model.embed(texts))
        factor = 1 + noise * (chance.random() * 1.2 - 1)
        gaps[:, -LIKENESS:] *= factor
        pairs.reshape(len(texts), BAND, -1, len(PAIR_FEATURES))[..., 1:] *= factor
        examples.append(Example(gaps, pairs, article_features(texts, lines), starts, headed))
    return examples


class Layer(torch.nn.Module):
    """Twin of `Scorer`: a linear layer and a small hidden one beside it."""

    def __init__(self, size: int, units: int) -> None:
        super().__init__()
        self.weights = torch.nn.Parameter(torch.zeros(size))
        self.hidden = torch.nn.Parameter(torch.randn(size, units) * size**-0.5)
        self.bias = torch.nn.Parameter(torch.zeros(units))
        self.out = torch.nn.Parameter(torch.randn(units) * 0.1 * max(units, 1) ** -0.5)

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        return table @ self.weights + torch.relu(table @ self.hidden + self.bias) @ self.out

    def scorer(self) -> Scorer:
        return Scorer(*(p.detach().numpy().copy() for p in (self.weights, self.hidden, self.bias, self.out)))


class Network(torch.nn.Module):
    """Twin of one network of `Encoder`, and a linear layer beside it."""

    def __init__(self, size: int, units: int) -> None:
        super().__init__()
        self.weights = torch.nn.Parameter(torch.zeros(size))
        self.gru = torch.nn.GRU(size, units, batch_first=True, bidirectional=True)
        self.out = torch.nn.Parameter(torch.zeros(2 * units))
        self.input_dropout, self.dropout = torch.nn.Dropout(0.1), torch.nn.Dropout(0.3)

    def forward(self, table: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        pack = torch.nn.utils.rnn.pack_padded_sequence
        packed = pack(self.input_dropout(table), lengths, batch_first=True, enforce_sorted=False)
        states, _ = torch.nn.utils.rnn.pad_packed_sequence(
            self.gru(packed)[0], batch_first=True, total_length=table.shape[1]
        )
        return table @ self.weights + self.dropout(states) @ self.out

    def scorer(self) -> Scorer:
        size = len(self.weights)
        empty = np.zeros((size, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.float32)
        return Scorer(self.weights.detach().numpy().copy(), *empty)

    def encoder(self) -> Encoder:
        def both(name: str) -> np.ndarray:
            return np.stack([getattr(self.gru, f"{name}_l0{way}").detach().numpy() for way in ("", "_reverse")])[None]

        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        return Encoder(*map(both, names), self.out.detach().numpy().reshape(1, 2, -1).copy())


def learn(
    examples: list[Example], steps: int, decay: float, units: int, seed: int, network: int = 0
) -> tuple[Scorer, Encoder, Scorer, np.ndarray]:
    """What gaps, pairs and several sections are worth, by maximum likelihood over all segmentations.

    Gaps are scored by their own features, or with `network` units by those around them.
    """
    torch.manual_seed(seed)
    order = sorted(examples, key=lambda example: len(example.gaps))
    batches = [_batch(order[i : i + 64]) for i in range(0, len(order), 64)]
    size = examples[0].gaps.shape[1]
    gap = Network(size, network) if network else Layer(size, units)
    pair = Layer(examples[0].pairs.shape[2], units)
    several = torch.zeros(len(ARTICLE_FEATURES), requires_grad=True)
    linear = [gap.weights, pair.weights, several]
    rest = [*list(gap.parameters())[1:], *list(pair.parameters())[1:]]
    rate = 0.003 if network else 0.01
    groups = [{"params": linear, "lr": 0.1}, {"params": rest, "lr": rate, "weight_decay": 0.01 if network else 0.0}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [0.1, rate], total_steps=steps)
    for step in range(steps):
        gaps, pairs, articles, starts, lengths = batches[torch.randint(len(batches), ()).item()]
        size = sum(p.square().sum() for p in linear)
        if not network:
            size = size + 10 * sum(p.square().sum() for p in rest)
        scores = gap(gaps, lengths) if network else gap(gaps)
        loss = _loss(scores, pair(pairs), articles @ several, starts, lengths) + decay * size
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 400 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    gap.eval()
    encoder = gap.encoder() if network else NO_ENCODER
    return gap.scorer(), encoder, pair.scorer(), several.detach().numpy().copy()


def mean(scorers: list[Scorer]) -> Scorer:
    """One scorer whose scores are the mean of theirs."""
    return Scorer(
        np.mean([scorer.weights for scorer in scorers], axis=0),
        np.concatenate([scorer.hidden for scorer in scorers], axis=1),
        np.concatenate([scorer.bias for scorer in scorers]),
        np.concatenate([scorer.out for scorer in scorers]) / np.float32(len(scorers)),
    )


def mean_encoder(encoders: list[Encoder], members: int) -> Encoder:
    """All networks of the encoders; those without any count as well."""
    named = [encoder for encoder in encoders if len(encoder.inputs)]
    parts = [np.concatenate([getattr(encoder, part.name) for encoder in named]) for part in fields(Encoder)]
    return Encoder(*parts[:-1], parts[-1] / np.float32(members))


def _batch(examples: list[Example]) -> tuple[torch.Tensor, ...]:
    longest = max(len(example.gaps) for example in examples)
    gaps = torch.zeros(len(examples), longest, examples[0].gaps.shape[1])
    pairs = torch.zeros(len(examples), longest, BAND, examples[0].pairs.shape[2])
    starts = torch.zeros(len(examples), longest, dtype=torch.bool)
    for i, example in enumerate(examples):
        gaps[i, : len(example.gaps)] = torch.from_numpy(example.gaps)
        pairs[i, : len(example.gaps)] = torch.from_numpy(example.pairs)
        starts[i, example.starts] = True
    articles = torch.from_numpy(np.stack([example.article for example in examples]))
    return gaps, pairs, articles, starts, torch.tensor([len(example.gaps) for example in examples])


def _loss(
    gaps: torch.Tensor, pairs: torch.Tensor, several: torch.Tensor, starts: torch.Tensor, lengths: torch.Tensor
) -> torch.Tensor:
    """The mean surprise at the true segmentations, for each paragraph."""
    count, longest = gaps.shape
    square = torch.zeros(count, longest, longest)
    for distance in range(1, min(BAND, longest - 1) + 1):
        square = square + torch.diag_embed(pairs[:, : longest - distance, distance - 1], offset=distance)
    # inside[:, a, b]: the sum over all pairs a <= i < j <= b
    inside = square.cumsum(2).flip(1).cumsum(1).flip(1)
    first = torch.arange(longest)
    real = first < lengths[:, None]
    opening = torch.where(first == 0, 0.0, gaps)
    total = torch.zeros(count, 1)
    for end in range(longest):
        section = total + opening[:, : end + 1] + inside[:, : end + 1, end]
        total = torch.cat([total, torch.logsumexp(section, dim=1, keepdim=True)], dim=1)
    every = total.gather(1, lengths[:, None])[:, 0]
    whole = inside[:, 0].gather(1, lengths[:, None] - 1)[:, 0]  # one section
    split = every + torch.log1p(-torch.exp((whole - every).clamp(max=-1e-6)))
    every = torch.logaddexp(whole, split - several)
    number = starts.cumsum(1)
    together = (number[:, :, None] == number[:, None, :]) & real[:, None, :]
    true = (opening * starts).sum(1) + (square * together).sum((1, 2)) - several * (starts.sum(1) > 1)
    return ((every - true) / lengths).mean()


def pk(starts: list[int], found: list[int], count: int) -> float:
    """The chance that two paragraphs half a mean section apart are wrongly together or apart."""
    window = max(round(count / len(starts) / 2), 2)
    true, guess = ([sum(s <= i for s in where) for i in range(count)] for where in (starts, found))
    spans = range(max(count - window, 0))
    return sum((true[i] == true[i + window]) != (guess[i] == guess[i + window]) for i in spans) / max(len(spans), 1)


def measure(examples: list[Example], gap: Scorer, around: Encoder, pair: Scorer, several: np.ndarray) -> str:
    """Scores of the weights: with headings, without, and of single stories."""
    kinds = {
        "headed": [e for e in examples if e.headed and len(e.starts) > 1],
        "unheaded": [e for e in examples if not e.headed and len(e.starts) > 1],
        "single stories, headed": [e for e in examples if e.headed and len(e.starts) == 1],
        "single stories, unheaded": [e for e in examples if not e.headed and len(e.starts) == 1],
    }
    lines = []
    for kind, chosen in kinds.items():
        found = [best_starts(gap(e.gaps) + around(e.gaps), pair(e.pairs), float(e.article @ several)) for e in chosen]
        error = np.mean([pk(e.starts, f, len(e.gaps)) for e, f in zip(chosen, found, strict=True)])
        exact = np.mean([e.starts == f for e, f in zip(chosen, found, strict=True)])
        lines.append(f"{kind} ({len(chosen)}): Pk {error:.3f}, exact {exact:.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, help="the language model whose embedding table is used")
    parser.add_argument("tokenizer", type=Path, help="its tokenizer.json")
    parser.add_argument("corpus", type=Path, help="lines of JSON with a Chinese sentence `zh`, news stories in order")
    parser.add_argument("--roundups", type=int, default=9000)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--decay", type=float, default=1e-5)
    parser.add_argument("--units", type=int, default=16, help="hidden units beside the linear weights")
    parser.add_argument("--network", type=int, default=48, help="units of each direction of the recurrent networks")
    parser.add_argument("--members", type=int, default=3, help="trainings of each kind that the scores are the mean of")
    parser.add_argument("--noise", type=float, default=0.4, help="how much the likeness of paragraphs is varied")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path, default=HERE)
    options = parser.parse_args()

    torch.set_num_threads(1)
    corpus = [json.loads(line)["zh"] for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    tokenizer, table = read_tokens(options.gguf, options.tokenizer, corpus)
    empty = Scorer(*(np.zeros(shape, np.float32) for shape in (0, (0, 0), 0, 0)))

    @cache
    def embedded(stories: tuple[Story, ...]) -> SegmentationModel:
        """A model whose embeddings tell these stories apart, without any weights."""
        vectors = tell_apart(tokenizer, table, [story.sentences for story in stories])
        return SegmentationModel(tokenizer, *quantise(vectors), empty, NO_ENCODER, empty, empty.weights, empty.weights)

    stories = read_stories(corpus)
    checked = [story for story, by_hand in stories if by_hand]
    random.Random(options.seed).shuffle(checked)
    held_out, checked = checked[: len(checked) // 5], checked[len(checked) // 5 :]
    print(f"{len(checked)} checked stories to learn from, {len(held_out)} held out")
    first = make_unseen_examples(checked, options.roundups // 3, embedded, options.seed)
    gap, _, pair, several = learn(first, options.steps // 2, options.decay, 0, options.seed)
    unchecked = [story for story, by_hand in stories if not by_hand]
    kept = drop_mixed(unchecked, replace(embedded(tuple(checked)), gap=gap, pair=pair, several=several))
    print(f"{len(kept)} of {len(unchecked)} unchecked stories kept")
    learnt = checked + kept
    random.Random(options.seed).shuffle(learnt)
    model = embedded(tuple(learnt))

    members = []
    fresh = make_examples(held_out, 1000, model, options.seed + 2)
    for seed in range(options.seed, options.seed + 10 * options.members, 10):
        examples = make_unseen_examples(learnt, options.roundups, embedded, seed + 1, options.noise)
        for network in (0, options.network):
            members.append(learn(examples, options.steps, options.decay, options.units, seed, network))
            print(f"seed {seed}, network of {network}:\n{measure(fresh, *members[-1])}", flush=True)
    gaps, encoders, pairs, worths = zip(*members, strict=True)
    gap, pair, around = mean(gaps), mean(pairs), mean_encoder(encoders, len(members))
    several = np.mean(worths, axis=0)
    print(f"several: {np.round(several, 2)}; made-up roundups of held-out stories:")
    print(measure(fresh, gap, around, pair, several))
    several[ARTICLE_FEATURES.index("any article")] += CAUTION
    for sign in ("title lines of one style", "a byline or closing inside"):
        several[ARTICLE_FEATURES.index(sign)] -= CAUTION
    gap.weights[GAP_FEATURES.index("after a byline or closing")] += CLOSING
    print("with caution, and bylines trusted more:")
    print(measure(fresh, gap, around, pair, several))
    options.output.mkdir(parents=True, exist_ok=True)
    typical = np.concatenate([example.gaps for example in examples]).mean(axis=0)
    weights = {"embeddings": model.embeddings, "scale": model.scale, "several": several, "gap_typical": typical}
    for name, scorer in (("gap", gap), ("pair", pair), ("around", around)):
        weights |= {f"{name}_{part.name}": getattr(scorer, part.name) for part in fields(scorer)}
    tokenizer.save(str(options.output / "tokenizer.json"), pretty=False)
    save_file(weights, options.output / "model.safetensors")
    (options.output / "model.safetensors").chmod(0o644)


if __name__ == "__main__":
    main()
