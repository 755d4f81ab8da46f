"""Makes training examples of Chinese summaries by self-distillation: the model's own, the best of several kept.

    python summaries.py MODEL_FOLDER CORPUS.jsonl OUT.jsonl --exclude DEVELOPMENT_FILE... [--stories 400 --samples 3]

Each story of the corpus is summarised several times by sampling. Kept is the answer that the checker finds nothing in,
that keeps its bound, and that shares the most with the headline that people wrote. Lines of OUT as in translations.py.
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
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2]), str(HERE.parents[1] / "segmenter")]

from overlap import Overlap, read_texts  # noqa: E402
from stories import Story, read_stories  # noqa: E402
from translations import Example  # noqa: E402

from summarize.engines.prompt import PromptEncoder  # noqa: E402
from summarize.fidelity import check_summary  # noqa: E402
from summarize.grounding import ground  # noqa: E402
from summarize.summary import ASKED, INSTRUCTION  # noqa: E402

LIMITS = (100, 120, 150, 200)  # characters that summaries are asked for
LONGEST = 900  # characters of a story
GROUP = 8  # stories that are summarised at a time


def sample(model: Any, prompts: PromptEncoder, texts: Sequence[str], limits: Sequence[int], samples: int) -> list[Any]:
    """For each text several answers, those that ended by themselves."""
    tokenizer = prompts.tokenizer
    rows = [
        prompts.encode(INSTRUCTION.format(limit=round(ASKED * limit)), text)
        for text, limit in zip(texts, limits, strict=True)
    ]
    width = max(map(len, rows))
    pad = tokenizer.pad_token_id
    with torch.inference_mode():
        output = model.generate(
            input_ids=torch.tensor([[pad] * (width - len(row)) + row for row in rows], device=model.device),
            attention_mask=torch.tensor(
                [[0] * (width - len(row)) + [1] * len(row) for row in rows], device=model.device
            ),
            max_new_tokens=max(limits) + 16,
            do_sample=True,
            temperature=0.7,
            top_p=0.9,
            num_return_sequences=samples,
            pad_token_id=pad,
        )
    answers = []
    for ids in output[:, width:].tolist():
        ended = next((place for place, token in enumerate(ids) if token in (tokenizer.eos_token_id, pad)), None)
        answers.append(prompts.decode(ids[:ended]) if ended is not None else "")
    return [answers[start : start + samples] for start in range(0, len(answers), samples)]


def choose(story: Story, answers: Sequence[str], limit: int) -> str | None:
    """The faithful answer that is most like the headline."""
    text = "".join(story.sentences)
    items = ground([text])[0]
    faithful = [
        answer
        for answer in answers
        if 30 <= len(answer) <= limit
        and "\n" not in answer
        and not check_summary(
            text, story.headline, answer, limit, summary_items=ground([answer])[0], section_items=items
        )
    ]
    return max(faithful, key=lambda answer: _shared(story.headline, answer), default=None)


def _shared(headline: str, answer: str) -> float:
    """The share of the headline's pairs of characters that an answer has, less a little for each character."""
    pairs = Counter(headline[i : i + 2] for i in range(len(headline) - 1))
    there = Counter(answer[i : i + 2] for i in range(len(answer) - 1))
    return (pairs & there).total() / max(1, pairs.total()) - len(answer) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exclude", type=Path, nargs="+", default=[])
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--samples", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    corpus = [json.loads(line)["zh"] for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    overlap = Overlap(text for path in options.exclude for text in read_texts(path))
    stories = [
        story
        for story, _ in read_stories(corpus)
        if 150 <= len("".join(story.sentences)) <= LONGEST and not overlap.has("".join(story.sentences))
    ]
    stories = chance.sample(stories, min(options.stories, len(stories)))
    stories.sort(key=lambda story: len("".join(story.sentences)))  # groups of like length
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    prompts = PromptEncoder(tokenizer)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.bfloat16, use_safetensors=True)
    model.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    kept = 0
    with options.out.open("w", encoding="utf-8") as out:
        for start in range(0, len(stories), GROUP):
            group = stories[start : start + GROUP]
            limits = [chance.choice(LIMITS) for _ in group]
            texts = ["\n".join(filter(None, (story.headline, *_paragraphs(story)))) for story in group]
            for story, text, limit, answers in zip(
                group, texts, limits, sample(model, prompts, texts, limits, options.samples), strict=True
            ):
                answer = choose(story, answers, limit)
                if answer:
                    kept += 1
                    instruction = INSTRUCTION.format(limit=round(ASKED * limit))
                    example = Example(instruction, text, answer, "summary", "self")
                    out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            print(f"{start + len(group)} of {len(stories)} stories, {kept} summaries kept", flush=True)


def _paragraphs(story: Story) -> list[str]:
    """Two sentences a paragraph, as news is set."""
    return ["".join(story.sentences[i : i + 2]) for i in range(0, len(story.sentences), 2)]


if __name__ == "__main__":
    main()
