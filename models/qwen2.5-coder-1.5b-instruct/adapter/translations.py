"""Makes training examples of translation out of news sentence pairs: the prompts of this package and their English.

    python translations.py PAIRS.jsonl OUT.jsonl --exclude DEVELOPMENT_FILE...

Consecutive sentences of a story become passages of one to several sentences. What the grounding finds and the English
really says is written into the Chinese, as `summarize.translation` does, in the very words of the English: the model
learns to copy whatever it is given. Some passages stay without, some are repair requests that name the words again.
Pairs in which the checker finds anything are left out, human ones too, and any pair that shares 13 characters of
Chinese or 13 words of English in a row with a file to exclude. Lines of OUT: instruction, text, answer, kind, source,
and the earlier turns of a request.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2]), str(HERE.parents[1] / "segmenter")]

from overlap import Overlap, read_texts  # noqa: E402
from stories import ENDINGS, clean  # noqa: E402

from summarize.article import has_chinese  # noqa: E402
from summarize.fidelity import check_translation  # noqa: E402
from summarize.grounding import Item, ground  # noqa: E402
from summarize.renderings import with_renderings  # noqa: E402
from summarize.translation import (  # noqa: E402
    EXAMPLES,
    HEADLINE_EXAMPLES,
    HEADLINE_INSTRUCTION,
    INSTRUCTION,
    REPAIR_INSTRUCTION,
    REPAIR_WORDS,
    SITE,
    Examples,
)

HUMAN = "ref"  # sources with this in their names are human translations
LENGTHS = (1, 40, 80, 80, 160)  # characters that passages are filled up to, as often
PLAIN = 0.05  # share of passages without renderings
REPAIR = 0.15  # share of passages asked for with the words to use named again


@dataclass(frozen=True)
class Example:
    """A request as the model gets it and the answer that it should give."""

    instruction: str
    text: str
    answer: str
    kind: str
    source: str
    examples: Examples = ()  # earlier turns


@dataclass(frozen=True)
class Pair:
    """A sentence in Chinese, in English, and who translated it."""

    zh: str
    en: str
    source: str


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file, one JSON object a line, cleaned of the corpus' stray spaces."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Pair(clean(row["zh"]), SITE.sub("", " ".join(row["en"].split())), row["source"]) for row in rows]


def is_headline(pair: Pair) -> bool:
    """Whether a line is the headline of a story, or a line like one."""
    return 5 <= len(pair.zh) <= 40 and not pair.zh.endswith(ENDINGS)


def passages(pairs: Sequence[Pair], chance: random.Random) -> Iterator[list[Pair]]:
    """Runs of sentences of one story, each filled up to a length drawn at random; headlines alone."""
    run: list[Pair] = []
    length = chance.choice(LENGTHS)
    for pair in pairs:
        full = run and (len(pair.zh) + sum(len(other.zh) for other in run) > length or pair.source != run[0].source)
        if full or (run and is_headline(pair)):
            yield run
            run, length = [], chance.choice(LENGTHS)
        if is_headline(pair):
            yield [pair]
        else:
            run.append(pair)
    if run:
        yield run


def is_good(pair: Pair, items: Sequence[Item]) -> bool:
    """Whether a pair is fit to learn from."""
    if not has_chinese(pair.zh) or len(pair.zh) < 5 or has_chinese(pair.en):
        return False
    return not check_translation(pair.zh, pair.en, items)


def as_written(items: Sequence[Item], english: str) -> list[Item]:
    """The items whose English is in a translation word for word, each with that English alone."""
    kept = []
    for item in items:
        spelled = next((rendering for rendering in item.renderings if rendering in english), None)
        if spelled:
            kept.append(replace(item, renderings=(spelled,)))
    return kept


def make_example(run: Sequence[Pair], chance: random.Random) -> Example:
    """The request for a passage and its English."""
    text = "".join(pair.zh for pair in run)
    english = " ".join(pair.en for pair in run)
    source = run[0].source
    draw = chance.random()
    if draw < PLAIN:
        written = with_renderings(text, [])
        if is_headline(run[0]):
            return Example(HEADLINE_INSTRUCTION, written, english, "plain", source, HEADLINE_EXAMPLES)
        return Example(INSTRUCTION, written, english, "plain", source, EXAMPLES)
    items = as_written(ground([text])[0], english)
    written = with_renderings(text, items)
    if is_headline(run[0]):
        return Example(HEADLINE_INSTRUCTION, written, english, "headline", source, HEADLINE_EXAMPLES)
    if draw < PLAIN + REPAIR:
        named = "; ".join(dict.fromkeys(item.renderings[0] for item in items))
        words = REPAIR_WORDS.format(words=named) if named else ""
        return Example(REPAIR_INSTRUCTION.format(words=words), written, english, "repair", source)
    return Example(INSTRUCTION, written, english, "grounded" if items else "plain", source, EXAMPLES)


def make_examples(pairs: Sequence[Pair], overlap: Overlap, seed: int) -> tuple[list[Example], Counter[str]]:
    """All examples of a corpus, and how many pairs were kept and left out for which reason."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    examples: list[Example] = []
    story: list[Pair] = []
    for pair in pairs:
        if overlap.has(pair.zh, pair.en):
            counts["overlap"] += 1
        elif not is_good(pair, ground([pair.zh])[0]):
            counts["not good"] += 1
        else:
            counts["kept"] += 1
            story.append(pair)
            continue
        # What is left out would be a hole in a passage.
        examples += [make_example(run, chance) for run in passages(story, chance)]
        story = []
    examples += [make_example(run, chance) for run in passages(story, chance)]
    return examples, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exclude", type=Path, nargs="+", default=[], help="development files, text or JSON lines")
    parser.add_argument("--machine", type=float, default=1.0, help="share of the examples that machines translated")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    overlap = Overlap(text for path in options.exclude for text in read_texts(path))
    examples, counts = make_examples(read_pairs(options.pairs), overlap, options.seed)
    chance = random.Random(options.seed)
    examples = [example for example in examples if HUMAN in example.source or chance.random() < options.machine]
    lines = (json.dumps(asdict(example), ensure_ascii=False) + "\n" for example in examples)
    options.out.write_text("".join(lines), encoding="utf-8")
    kinds = Counter(example.kind for example in examples)
    print(f"pairs: {dict(counts)}; examples: {len(examples)}, {dict(kinds)}")


if __name__ == "__main__":
    main()
