"""Summaries and titles of the stories of roundups-dev against their human headlines, or of local stories.

    python benchmarks/summaries.py [--sections 115] [--local] [--baselines-only]

The model does not see the headline. With --local the stories are those of data/local_stories.jsonl, which authors who
had not seen the package (language models, much larger than this one) wrote as Chinese papers do, each with its heading,
which the model sees, and the summary that an editor would write; the results are then local_stories.{json,md}, with
what judges said of some of the systems (data/local_stories_judged.jsonl).

Character ROUGE-1, -2 and -L (F1) over all characters that are not white space. Beside the package: lead-1 and lead-3,
the first sentence and the first three; TextRank (Mihalcea and Tarau 2004) over sentences, by shared character bigrams;
the key sentences, which the package takes where it does not take what the model writes; all cut at the same bound, at
the end of a sentence or clause. Beside the package's titles: the first clause of the story. A headline has some 24
characters, so a longer summary cannot be precise: compare what is equally long. Writes
benchmarks/results/summaries.{json,md} after every ten stories.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from machine import machine
from roundups import evenly, read_stories, save

from summarize.article import sentences
from summarize.fidelity import check_summary
from summarize.grounding import Item, ground
from summarize.summary import LONGEST_HEADLINE, extract, shorten, summarize_section, write_headline

LOCAL = Path(__file__).parent / "data" / "local_stories.jsonl"
JUDGED = Path(__file__).parent / "data" / "local_stories_judged.jsonl"
BLOCK = 10  # stories after which the results are written


@dataclass(frozen=True, slots=True)
class Source:
    """A story, what stands above it, and what its summary is compared to."""

    heading: str
    paragraphs: tuple[str, ...]
    reference: str


def read_sources(local: bool) -> list[Source]:
    """The local stories, or those of roundups-dev, whose headlines are kept from the model."""
    if not local:
        return [Source("", story.paragraphs, story.title) for story in read_stories()]
    rows = map(json.loads, LOCAL.read_text("utf-8").splitlines())
    return [Source(row["heading"], tuple(row["paragraphs"]), row["summary"]) for row in rows]


def rouge_n(written: str, reference: str, n: int) -> float:
    """F1 of the character n-grams that both have."""
    first, second = _grams(_characters(written), n), _grams(_characters(reference), n)
    return _f1((first & second).total(), first.total(), second.total())


def rouge_l(written: str, reference: str) -> float:
    """F1 of the longest common subsequence of characters."""
    first, second = _characters(written), _characters(reference)
    row = [0] * (len(second) + 1)
    for character in first:
        diagonal = 0
        for place, other in enumerate(second, 1):
            diagonal, row[place] = row[place], diagonal + 1 if character == other else max(row[place], row[place - 1])
    return _f1(row[-1], len(first), len(second))


def novel_share(written: str, source: str, n: int = 4) -> float:
    """The share of character n-grams that the source does not have: 0 if all is copied."""
    known = _grams(_characters(source), n)
    grams = _grams(_characters(written), n)
    return sum(count for gram, count in grams.items() if gram not in known) / max(grams.total(), 1)


def lead(text: str, count: int, limit: int) -> str:
    """The first sentences of a text, cut at `limit` characters."""
    return shorten("".join(_sentences(text)[:count]), limit)


def textrank(text: str, limit: int) -> str:
    """The sentences that are most like the others, as many as fit into `limit` characters, in their order."""
    texts = _sentences(text)
    rank = pagerank(_likeness(texts))
    best = sorted(range(len(texts)), key=lambda i: (-rank[i], i))
    chosen: list[int] = []
    for i in best:
        if sum(len(texts[j]) for j in (*chosen, i)) <= limit:
            chosen.append(i)
    return "".join(texts[i] for i in sorted(chosen)) if chosen else shorten(texts[best[0]], limit)


def pagerank(weights: np.ndarray, damping: float = 0.85) -> np.ndarray:
    """The rank of each node of a graph with symmetric weights; a node without edges passes its rank on to all."""
    count = len(weights)
    degrees = weights.sum(1, keepdims=True)
    moves = np.where(degrees > 0, weights / np.where(degrees > 0, degrees, 1), 1 / count)
    rank = np.full(count, 1 / count)
    for _ in range(100):
        rank = (1 - damping) / count + damping * rank @ moves
    return rank


def _likeness(texts: Sequence[str]) -> np.ndarray:
    """Shared bigrams of each two sentences over the logarithms of their lengths."""
    grams = [_grams(_characters(text), 2) for text in texts]
    weights = np.zeros((len(texts), len(texts)))
    for i, j in combinations(range(len(texts)), 2):
        size = math.log(1 + grams[i].total()) + math.log(1 + grams[j].total())
        if size:
            weights[i, j] = weights[j, i] = (grams[i] & grams[j]).total() / size
    return weights


def first_clause(text: str) -> str:
    """A title without a model: what the package falls back to."""
    return re.split(r"[，,。；;！!？?]", text, maxsplit=1)[0][:LONGEST_HEADLINE]


def has_other_words(written: str, source: str) -> bool:
    """Whether a summary has Latin words that its source does not have."""
    return bool(set(_LATIN.findall(written)) - set(_LATIN.findall(source)))


_LATIN = re.compile(r"[A-Za-z]{2,}")


def _sentences(text: str) -> list[str]:
    parts = (text[span.start : span.end] for span in sentences(text))
    return [part.strip() for part in parts if part.strip()]


def _characters(text: str) -> str:
    return "".join(text.split())


def _grams(text: str, n: int) -> Counter[str]:
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))


def _f1(shared: int, first: int, second: int) -> float:
    return 2 * shared / (first + second) if shared else 0.0


@dataclass(slots=True)
class Scores:
    """Sums over the stories of what one system wrote."""

    count: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, story: Source, items: Sequence[Item], written: str, limit: int, title: bool) -> None:
        text = "\n".join(story.paragraphs)
        self.count += 1
        self.sums.update(
            {
                "rouge_1": rouge_n(written, story.reference, 1),  # type: ignore[dict-item]
                "rouge_2": rouge_n(written, story.reference, 2),  # type: ignore[dict-item]
                "rouge_l": rouge_l(written, story.reference),  # type: ignore[dict-item]
                "novel": novel_share(written, text),  # type: ignore[dict-item]
                "characters": len(written),
                "within_bound": len(written) <= limit,
                "foreign": has_other_words(written, text),
            }
        )
        kinds = [
            f"{f.kind} {f.item}".strip()
            for f in check_summary(text, story.heading, written, limit, items, ground([written])[0])
            if not title or f.kind not in ("cut off", "too short")  # a title is no sentence
        ]
        self.findings.update(kinds)
        self.sums["with_findings"] += bool(kinds)

    def to_dict(self) -> dict[str, Any]:
        means = {name: total / self.count for name, total in self.sums.items()}
        return {"stories": self.count, **means, "findings": dict(self.findings), "seconds": self.seconds}


def write_with_model(engine: Any, stories: Sequence[Source], items: Sequence[Sequence[Item]], limit: int) -> Any:
    """Of each story the summary, whether it is extractive, and the title."""
    from summarize.scheduler import Job, Writing, run

    def find(text: str) -> list[Item]:
        return ground([text])[0]

    def both(text: str, heading: str, known: Sequence[Item]) -> Writing[tuple[str, bool, str]]:
        context = engine.context * len(text) // max(engine.count_tokens(text), 1)
        summary = yield from summarize_section(text, heading, known, limit, context, find)
        title = yield from write_headline(text, summary.zh, find, known)
        return summary.zh, any(finding.kind == "extractive" for finding in summary.findings), title

    def jobs() -> Any:
        for story, known in zip(stories, items, strict=True):
            yield Job([both("\n".join(story.paragraphs), story.heading, known)], lambda results: results[0])

    return list(run(jobs(), {"summarize": engine}))


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    stories = (
        "local stories against the summaries that their authors gave them"
        if result["local"]
        else "stories of roundups-dev, each once, against their human headlines"
    )
    model = f"{result['model']}; " if result["model"] else ""
    lines = [
        "# Summaries",
        "",
        f"{result['stories']} {stories}; at most "
        f"{result['limit']} characters. {model}{where['date']}, {where['cpu']}, {where['cores']} cores. "
        f"Written by `python benchmarks/summaries.py{' --local' if result['local'] else ''}`, which says what the "
        "systems are.",
        "",
        "Novel: 4-grams of characters that the story does not have. Other words: Latin ones that it does not have. "
        "With findings: by the package's own check, which the package repairs by.",
        "",
        "| system | stories | ROUGE-1 | ROUGE-2 | ROUGE-L | characters | within the bound | novel | other words "
        "| with findings | findings | seconds |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    for name, row in result["systems"].items():
        if result["local"] and name.startswith("title"):
            continue  # their authors gave them headings, but no titles
        findings = ", ".join(f"{count} {kind}" for kind, count in sorted(row["findings"].items()))
        seconds = f"{row['seconds']:.0f}" if row["seconds"] else ""
        lines.append(
            f"| {name} | {row['stories']} | {100 * row['rouge_1']:.1f} | {100 * row['rouge_2']:.1f} "
            f"| {100 * row['rouge_l']:.1f} | {row['characters']:.0f} | {row['within_bound']:.1%} | {row['novel']:.1%} "
            f"| {row['foreign']:.1%} | {row['with_findings']:.1%} | {findings} | {seconds} |"
        )
    if result["extractive"] is not None:
        lines += ["", f"{result['extractive']} summaries of the package are made of the story's own sentences."]
    return "\n".join(lines + (judged(JUDGED) if result["local"] else [])) + "\n"


def judged(path: Path) -> list[str]:
    """What judges said of summaries of the local stories, who saw two at a time and did not know whose they were.

    Lines of the file: the place of the story, the system, which of the story's five facts the summary says, how many of
    its statements are wrong, and its grade.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines = [
        "",
        "Judged, two at a time and without their names, by language models much larger than this one: facts of five "
        "that an editor would name, statements that the story does not bear out, a grade from 1 (useless or "
        "misleading) to 5. Judges of different pairs grade differently: compare what stands beside each other. "
        '"summarize before" (commit b703ef5) had the model read the whole story and took answers in words of its own.',
        "",
        "| system | judgements | facts | wrong statements | summaries with one | grade |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for system in dict.fromkeys(row["system"] for row in rows):
        own = [row for row in rows if row["system"] == system]
        facts, wrong, faulty, grade = (
            fmean(values)
            for values in (
                [len(row["facts"]) for row in own],
                [row["wrong"] for row in own],
                [row["wrong"] > 0 for row in own],
                [row["grade"] for row in own],
            )
        )
        lines.append(f"| {system} | {len(own)} | {facts:.2f} | {wrong:.2f} | {faulty:.0%} | {grade:.2f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sections", type=int, help="how many stories, taken evenly; all 115 if not given")
    parser.add_argument("--local", action="store_true", help="the local stories, not those of roundups-dev")
    parser.add_argument("--limit", type=int, default=100, help="characters of a summary")
    parser.add_argument("--baselines-only", action="store_true", help="without the model")
    parser.add_argument("--model", help="a name or a folder; the package's default if not given")
    parser.add_argument("--adapter", action=argparse.BooleanOptionalAction, default=None, help="the model's adapter")
    parser.add_argument("--engine", default="auto", choices=("auto", "openvino", "transformers"))
    parser.add_argument("--name", help="of the result files")
    options = parser.parse_args()
    stories = evenly(read_sources(options.local), options.sections)
    output = options.name or ("local_stories" if options.local else "summaries")
    limit = options.limit
    engine, model = None, ""
    if not options.baselines_only:
        from summarize.engines import load_engine
        from summarize.store import DEFAULT_MODEL, resolve

        model = options.model or DEFAULT_MODEL
        merged = {} if options.adapter is None else {"adapter": options.adapter}
        engine = load_engine(resolve(model, offline=True, **merged), backend=options.engine)
    baselines: dict[str, Callable[[str], str]] = {
        "lead-1": lambda text: lead(text, 1, limit),
        "lead-3": lambda text: lead(text, 3, limit),
        "TextRank": lambda text: textrank(text, limit),
        "key sentences": lambda text: extract(text, limit),
        "title: first clause": first_clause,
    }
    systems = [
        "lead-1",
        "lead-3",
        "TextRank",
        "key sentences",
        *(["summarize"] if engine else []),
        "title: first clause",
    ]
    scores = {name: Scores() for name in [*systems, *(["title: summarize"] if engine else [])]}
    result: dict[str, Any] = {
        "machine": machine(),
        "model": Path(model).name,
        "local": options.local,
        "limit": limit,
        "extractive": 0 if engine else None,
    }
    for first in range(0, len(stories), BLOCK):
        block = stories[first : first + BLOCK]
        items = [[item for found in ground(story.paragraphs) for item in found] for story in block]
        for name, write in baselines.items():
            for story, known in zip(block, items, strict=True):
                written = write("\n".join(story.paragraphs))
                scores[name].add(story, known, written, limit, name.startswith("title"))
        if engine:
            begin = time.perf_counter()
            answers = write_with_model(engine, block, items, limit)
            scores["summarize"].seconds += time.perf_counter() - begin
            for story, known, (summary, extractive, title) in zip(block, items, answers, strict=True):
                scores["summarize"].add(story, known, summary, limit, False)
                scores["title: summarize"].add(story, known, title, LONGEST_HEADLINE, True)
                result["extractive"] += extractive
        result |= {"stories": first + len(block), "systems": {name: row.to_dict() for name, row in scores.items()}}
        save(output, result, to_markdown(result))
        print(f"{first + len(block)} of {len(stories)} stories", flush=True)
    print(to_markdown(result), end="")


if __name__ == "__main__":
    main()
