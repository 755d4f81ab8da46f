"""Learns the weights of `summarize.segmentation.boundaries` from roundups that it makes up out of news stories.

    python models/segmenter/train.py CORPUS.jsonl

The corpus (`zh` of each line) is news in order, a sentence a line; `stories.py` finds its stories.
Roundups of 1 to 20 stories are put together from them, with and without headings of many styles, bylines, captions,
notices and subheadings. The weights are those that make the true segmentations likeliest among all (a semi-Markov
model), learnt on four fifths of the stories; the rest measures. Adds the weights to model.safetensors.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from stories import Story, read_stories  # noqa: E402

from summarize.segmentation.boundaries import best_starts  # noqa: E402
from summarize.segmentation.embedding import Scorer, SegmentationModel  # noqa: E402
from summarize.segmentation.features import ARTICLE_FEATURES, BAND, PAIR_FEATURES, article_features, features  # noqa: E402
from summarize.segmentation.roles import read_line  # noqa: E402

PLACES = (
    *("北京", "上海", "广州", "深圳", "杭州", "成都高新区", "武汉", "西安", "苏州工业园", "长沙"),
    *("青岛", "厦门湖里", "昆明", "贵阳", "兰州", "太原", "吉林", "台北", "扬州", "绵阳"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建国志红晓东文海"
NUMERALS = (*"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十")
SUBHEADS = ("plain", "bracket", "bullet", "一、", "（一）", "1.", "①")
HEADED = ("plain", "plain", "plain", "bar", "bar", *SUBHEADS)  # as often as they are met, about
DATELINE = re.compile(
    r"^[（(【]?(?:新华社|中新社|中新网|人民网|央广网|路透|中国天气网|本报讯|新京报|北京晨报|湖北日报)"
    r"[^。，]{0,26}?(?:电|讯|消息|报道|日\s*-)\s*(?:[(（][^)）]*[)）])?\s*|^(?:本报|新京报|北京晨报|湖北日报)?讯?\s*[(（][^)）]*记者[^)）]*[)）]\s*"
)
CAUTION = 1.5  # added to the worth of one section where only words tell: other text is less alike than this
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
        lines = [read_line(text) for text in texts]
        gaps, pairs = features(texts, lines, model.embed(texts))
        several = float(article_features(texts, lines) @ model.several)
        if len(best_starts(model.gap(gaps), model.pair(pairs), several)) == 1:
            kept.append(story)
    return kept


def make_roundup(stories: list[Story], chance: random.Random) -> tuple[list[str], list[int], bool]:
    """Paragraphs of a roundup of these stories, which of them begin a story, and whether it has headings."""
    style = chance.choice(HEADED) if chance.random() < 0.5 else chance.choice(("none", "none", "none", "run-in"))
    longest_paragraph = chance.choice((1, 2, 3, 5))
    longest_story = chance.choice((2, 3, 5, 8, 12, 25, 40))
    ends_with = chance.choice(("", "", "", "byline", "in text", "dateline"))
    opens_with = chance.choice(("", "", "", "local news", "dateline"))
    captions = chance.random() < 0.2
    keeps_datelines = chance.random() < 0.25
    subtitles = style in HEADED and chance.random() < 0.08
    subheads = ""
    if style in HEADED and chance.random() < (0.3 if len(stories) == 1 else 0.2):
        subheads = chance.choice([s for s in SUBHEADS if s != style or len(stories) == 1])
    run_in = chance.choice(("bracket", "bullet", "一、", "1."))
    paragraphs: list[str] = []
    starts: list[int] = []
    for number, story in enumerate(stories):
        starts.append(len(paragraphs))
        body = _paragraphs(
            story.sentences[: chance.randint(min(3, longest_story), longest_story)], chance, longest_paragraph
        )
        if not keeps_datelines:
            body[0] = DATELINE.sub("", body[0]) or body[0]
        title = story.headline or re.split(r"[，。,；;：:！？!?]", body[0], maxsplit=1)[0][:24]
        if chance.random() < 0.08:
            _number(body, chance)
        if opens_with and style != "run-in":
            body[0] = _opening(opens_with, chance) + body[0]
        if ends_with == "in text":
            body[-1] += f"（{_byline(chance)}）"
        if captions and chance.random() < 0.6:
            text = _clause(story.sentences[-1]) or "现场"
            body.insert(
                _caption_place(style, bool(ends_with or opens_with), body, chance),
                f"{text}。{_name(chance)} {chance.choice('摄摄攝图')}",
            )
        if subheads and len(body) > 4:
            _add_subheads(body, subheads, chance)
        if style == "run-in":
            body[0] = _headed(title, run_in, number, chance) + body[0] if run_in == "bracket" else body[0]
            body[0] = _headed(body[0], run_in, number, chance) if run_in != "bracket" else body[0]
        elif style != "none":
            paragraphs.append(_headed(title, style, number, chance))
            subtitle = _clause(story.sentences[-1])
            if subtitles and subtitle:
                paragraphs.append(chance.choice(("——", "")) + subtitle)
        paragraphs += body
        if ends_with == "byline":
            paragraphs.append(f"（{_byline(chance)}）")
        elif ends_with == "dateline" and chance.random() < 0.8:
            paragraphs.append(
                f"（新华社{chance.choice(PLACES)[:2]}{chance.randint(1, 12)}月{chance.randint(1, 28)}日电）"
            )
    if len(stories) == 1 and subheads and chance.random() < 0.5:
        paragraphs = _without_lead(paragraphs, subheads)
    if chance.random() < 0.2:
        notices = (
            f"责任编辑：{_name(chance)}",
            f"编辑：{_name(chance)} 校对：{_name(chance)}",
            "来源：本地新闻网",
            "版权所有，未经授权不得转载",
        )
        paragraphs += chance.sample(notices, chance.randint(1, 2))
    return paragraphs, starts, style != "none"


def _number(body: list[str], chance: random.Random) -> None:
    """Numbers some paragraphs in a row, as a list within a story is."""
    mark = chance.choice(("（一）", "1.", "①", "bullet"))
    start = chance.randrange(len(body))
    for number, i in enumerate(range(start, min(start + chance.randint(2, 5), len(body)))):
        body[i] = _headed(body[i], mark, number, chance)


def _caption_place(style: str, limited: bool, body: list[str], chance: random.Random) -> int:
    """First under a heading, mostly; without headings only where other signs show the limits of stories."""
    if style in ("none", "run-in"):
        return 0 if limited and chance.random() < 0.5 else chance.randint(1, len(body))
    return 0 if chance.random() < 0.7 else chance.randint(0, len(body))


def _add_subheads(body: list[str], style: str, chance: random.Random) -> None:
    """Puts subheadings, the first words of the paragraph that follows, into a story."""
    number = 0
    for paragraph in body[1:-1]:
        clause = _clause(paragraph)
        if clause and chance.random() < 0.3:
            body.insert(body.index(paragraph), _headed(clause, style, number, chance))
            number += 1


def _paragraphs(sentences: tuple[str, ...], chance: random.Random, longest: int) -> list[str]:
    paragraphs, i = [], 0
    while i < len(sentences):
        size = chance.randint(1, longest)
        paragraphs.append("".join(sentences[i : i + size]))
        i += size
    return paragraphs


def _without_lead(paragraphs: list[str], style: str) -> list[str]:
    """A single story from its first subheading on: what is left to cut once title and lead are recognised."""
    marks = [read_line(paragraph) for paragraph in paragraphs]
    heading = "" if style == "plain" else style
    places = [i for i, line in enumerate(marks) if i > 0 and line.kind == "title" and line.mark == heading]
    return paragraphs[places[0] :] if len(places) > 1 else paragraphs


def _clause(text: str) -> str:
    clause = re.split(r"[，。,；;：:！？!?“”]", text, maxsplit=1)[0].strip()
    return clause if 4 <= len(clause) <= 24 else ""


def _headed(title: str, style: str, number: int, chance: random.Random) -> str:
    numeral = NUMERALS[number % 20]
    return {
        "plain": title,
        "bar": f"{chance.choice(PLACES)}{chance.choice('丨|｜')}{title}",
        "bracket": f"【{title}】",
        "bullet": f"{chance.choice('■●◆')}{title}",
        "一、": f"{numeral}、{title}",
        "（一）": f"（{numeral}）{title}",
        "1.": f"{number + 1}.{title}",
        "①": f"{chr(ord('①') + number % 20)}{title}",
    }[style]


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))


def _byline(chance: random.Random) -> str:
    byline = f"{chance.choice(('', '本报', '新华社', '中国警察网'))}记者{chance.choice(('', ' '))}{_name(chance)}"
    return byline + (f"、通讯员{_name(chance)}" if chance.random() < 0.3 else "")


def _opening(kind: str, chance: random.Random) -> str:
    if kind == "local news":
        return chance.choice(("本报讯 ", f"本报讯（{_byline(chance)}）"))
    day = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日电"
    return f"{chance.choice(('新华社', '中新网'))}{chance.choice(PLACES)[:2]}{day} "


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
        texts, starts, headed = make_roundup([stories[i] for i in chosen], chance)
        if len(texts) > LONGEST:
            continue
        lines = [read_line(text) for text in texts]
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


def learn(
    examples: list[Example], steps: int, decay: float, units: int, seed: int
) -> tuple[Scorer, Scorer, np.ndarray]:
    """What gaps, pairs and several sections are worth, by maximum likelihood over all segmentations."""
    torch.manual_seed(seed)
    order = sorted(examples, key=lambda example: len(example.gaps))
    batches = [_batch(order[i : i + 64]) for i in range(0, len(order), 64)]
    gap, pair = Layer(examples[0].gaps.shape[1], units), Layer(examples[0].pairs.shape[2], units)
    several = torch.zeros(len(ARTICLE_FEATURES), requires_grad=True)
    linear = [gap.weights, pair.weights, several]
    rest = [*list(gap.parameters())[1:], *list(pair.parameters())[1:]]
    optimiser = torch.optim.Adam([{"params": linear, "lr": 0.1}, {"params": rest, "lr": 0.01}])
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [0.1, 0.01], total_steps=steps)
    for step in range(steps):
        gaps, pairs, articles, starts, lengths = batches[torch.randint(len(batches), ()).item()]
        size = sum(p.square().sum() for p in linear) + 10 * sum(p.square().sum() for p in rest)
        loss = _loss(gap(gaps), pair(pairs), articles @ several, starts, lengths) + decay * size
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 400 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    return gap.scorer(), pair.scorer(), several.detach().numpy().copy()


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


def measure(examples: list[Example], gap: Scorer, pair: Scorer, several: np.ndarray) -> str:
    """Scores of the weights: with headings, without, and of single stories."""
    kinds = {
        "headed": [e for e in examples if e.headed and len(e.starts) > 1],
        "unheaded": [e for e in examples if not e.headed and len(e.starts) > 1],
        "single stories, headed": [e for e in examples if e.headed and len(e.starts) == 1],
        "single stories, unheaded": [e for e in examples if not e.headed and len(e.starts) == 1],
    }
    lines = []
    for kind, chosen in kinds.items():
        found = [best_starts(gap(e.gaps), pair(e.pairs), float(e.article @ several)) for e in chosen]
        error = np.mean([pk(e.starts, f, len(e.gaps)) for e, f in zip(chosen, found, strict=True)])
        exact = np.mean([e.starts == f for e, f in zip(chosen, found, strict=True)])
        lines.append(f"{kind} ({len(chosen)}): Pk {error:.3f}, exact {exact:.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="lines of JSON with a Chinese sentence `zh`, news stories in order")
    parser.add_argument("--roundups", type=int, default=9000)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--decay", type=float, default=1e-5)
    parser.add_argument("--units", type=int, default=16, help="hidden units beside the linear weights")
    parser.add_argument("--noise", type=float, default=0.4, help="how much the likeness of paragraphs is varied")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--model", type=Path, default=HERE)
    parser.add_argument("--output", type=Path, help="folder for model.safetensors, if not that of the model")
    options = parser.parse_args()

    from tokenizers import Tokenizer

    torch.set_num_threads(1)
    file = options.model / "model.safetensors"
    tensors = {name: tensor for name, tensor in load_file(file).items() if name in ("embeddings", "scale")}
    empty = Scorer(*(np.zeros(shape, np.float32) for shape in (0, (0, 0), 0, 0)))
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    model = SegmentationModel(
        tokenizer, tensors["embeddings"], tensors["scale"], empty, empty, empty.weights, empty.weights
    )

    corpus = [json.loads(line)["zh"] for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    stories = read_stories(corpus)
    checked = [story for story, by_hand in stories if by_hand]
    random.Random(options.seed).shuffle(checked)
    held_out, checked = checked[: len(checked) // 5], checked[len(checked) // 5 :]
    print(f"{len(checked)} checked stories to learn from, {len(held_out)} held out")
    first = make_examples(checked, options.roundups // 3, model, options.seed)
    gap, pair, several = learn(first, options.steps // 2, options.decay, 0, options.seed)
    unchecked = [story for story, by_hand in stories if not by_hand]
    kept = drop_mixed(unchecked, replace(model, gap=gap, pair=pair, several=several))
    print(f"{len(kept)} of {len(unchecked)} unchecked stories kept")

    examples = make_examples(checked + kept, options.roundups, model, options.seed + 1, options.noise)
    gap, pair, several = learn(examples, options.steps, options.decay, options.units, options.seed)
    print(f"several: {np.round(several, 2)}; made-up roundups of held-out stories:")
    print(measure(make_examples(held_out, 1000, model, options.seed + 2), gap, pair, several))
    several[ARTICLE_FEATURES.index("any article")] += CAUTION
    for sign in ("title lines of one style", "a byline or closing inside"):
        several[ARTICLE_FEATURES.index(sign)] -= CAUTION
    print("with caution:")
    print(measure(make_examples(held_out, 1000, model, options.seed + 2), gap, pair, several))
    output = options.output or options.model
    output.mkdir(parents=True, exist_ok=True)
    typical = np.concatenate([example.gaps for example in examples]).mean(axis=0)
    weights = {"several": several, "gap_typical": typical}
    for name, scorer in (("gap", gap), ("pair", pair)):
        weights |= {f"{name}_{part}": getattr(scorer, part) for part in ("weights", "hidden", "bias", "out")}
    save_file({**tensors, **weights}, output / "model.safetensors")
    (output / "model.safetensors").chmod(0o644)


if __name__ == "__main__":
    main()
