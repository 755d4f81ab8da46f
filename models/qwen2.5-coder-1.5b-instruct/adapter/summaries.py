"""Makes training examples of Chinese summaries by self-distillation: the model's own, the best of several kept.

    python summaries.py CORPUS.jsonl OUT.jsonl --exclude DEVELOPMENT_FILE... [--stories 400 --samples 2]

Each story of the corpus is summarised several times, exactly as the package asks but within different bounds. Kept is
the answer that the checker finds nothing in, that keeps its bound, and that shares the most with the headline that
people wrote; and the headline that the model gives it, if that is faithful. Lines of OUT as in translations.py.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2]), str(HERE.parents[1] / "segmenter")]

from overlap import Overlap, read_texts  # noqa: E402
from stories import Story, read_stories  # noqa: E402
from translations import Example  # noqa: E402

from summarize.engines import Backend, Completion, Device, Request, load_engine  # noqa: E402
from summarize.fidelity import check_summary  # noqa: E402
from summarize.grounding import ground  # noqa: E402
from summarize.scheduler import Job, Writing, run  # noqa: E402
from summarize.store import DEFAULT_MODEL, resolve  # noqa: E402
from summarize.summary import HEADLINE_INSTRUCTION, INSTRUCTION, summary_request  # noqa: E402

LIMITS = (100, 120, 150, 200)  # characters that summaries are asked for
SHORTEST, LONGEST = 150, 900  # characters of a story


def examples_of(story: Story, limits: Sequence[int]) -> Writing[list[Example]]:
    """The summary of a story that is worth learning from, if there is one, and its headline."""
    text = text_of(story)
    requests = [summary_request(INSTRUCTION, text, limit) for limit in limits]
    answers = yield requests
    chosen = choose(story, [answer.text if answer.finished else "" for answer in answers], limits)
    if chosen is None:
        return []
    summary = answers[chosen].text
    examples = [Example(requests[chosen].instruction, text, summary, "summary", "self")]
    (answer,) = yield [Request("summarize", HEADLINE_INSTRUCTION, summary, 48)]
    if is_headline(answer, summary):
        examples.append(Example(HEADLINE_INSTRUCTION, summary, answer.text, "headline", "self"))
    return examples


def text_of(story: Story) -> str:
    """The story as the package asks for its summary: headline and paragraphs, two sentences each, as news is set."""
    paragraphs = ["".join(story.sentences[i : i + 2]) for i in range(0, len(story.sentences), 2)]
    return "\n".join(filter(None, (story.headline, *paragraphs)))


def choose(story: Story, answers: Sequence[str], limits: Sequence[int]) -> int | None:
    """The place of the faithful answer that is most like the headline."""
    text = "".join(story.sentences)
    items = ground([text])[0]
    faithful = [
        place
        for place, (answer, limit) in enumerate(zip(answers, limits, strict=True))
        if 30 <= len(answer) <= limit
        and "\n" not in answer
        and not check_summary(
            text, story.headline, answer, limit, summary_items=ground([answer])[0], section_items=items
        )
    ]
    return max(faithful, key=lambda place: _shared(story.headline, answers[place]), default=None)


def is_headline(answer: Completion, summary: str) -> bool:
    """Whether an answer is one short line that says nothing which the summary does not say."""
    headline = answer.text
    findings = check_summary(
        summary, "", headline, 30, summary_items=ground([headline])[0], section_items=ground([summary])[0]
    )
    # A headline is short and ends without a full stop.
    faithful = all(finding.kind in ("too short", "cut off") for finding in findings)
    return answer.finished and faithful and 8 <= len(headline) <= 30


def _shared(headline: str, answer: str) -> float:
    """The share of the headline's pairs of characters that an answer has, less a little for each character."""
    pairs = Counter(headline[i : i + 2] for i in range(len(headline) - 1))
    there = Counter(answer[i : i + 2] for i in range(len(answer) - 1))
    return (pairs & there).total() / max(1, pairs.total()) - len(answer) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exclude", type=Path, nargs="+", default=[])
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--samples", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    corpus = [json.loads(line)["zh"] for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    overlap = Overlap(text for path in options.exclude for text in read_texts(path))
    stories = [
        story
        for story, _ in read_stories(corpus)
        if SHORTEST <= len("".join(story.sentences)) <= LONGEST and not overlap.has("".join(story.sentences))
    ]
    stories = chance.sample(stories, min(options.stories, len(stories)))
    backend: Backend = options.engine
    device: Device = options.device
    engine = load_engine(resolve(options.model, adapter=False), backend=backend, device=device)
    jobs = (
        Job([examples_of(story, chance.sample(LIMITS, options.samples))], lambda results: results[0])
        for story in stories
    )
    kept = 0
    with options.out.open("w", encoding="utf-8") as out:
        for done, examples in enumerate(run(jobs, {"summarize": engine}), start=1):
            kept += bool(examples)
            for example in examples:
                out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            out.flush()
            if done % 10 == 0:
                print(f"{done} of {len(stories)} stories, {kept} summaries kept", flush=True)


if __name__ == "__main__":
    main()
