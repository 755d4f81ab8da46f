"""Makes examples of preferences: the model's own translations of news, a better one and a worse one of each passage.

    python preferences.py PAIRS.jsonl OUT.jsonl --exclude DEVELOPMENT_FILE... [--passages 1000 --samples 6]

Each passage is translated as the package asks for it: once greedily, and several times with words drawn at random. The
answer most like the corpus' English and like the other answers (chrF1; minimum Bayes risk: Eikema and Aziz 2020,
https://aclanthology.org/2020.coling-main.398) is preferred, if the checker finds nothing in it. Rejected is the greedy
answer where that is clearly worse, else the worst of all. Lines of OUT as in translations.py, with `rejected`. What is
in OUT already is not made again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2]), str(HERE.parents[1] / "segmenter")]

from overlap import Overlap, read_texts  # noqa: E402
from sacrebleu.metrics import CHRF  # noqa: E402
from translations import Example, Pair, is_good, is_headline, passages, read_pairs  # noqa: E402

from summarize.engines import Request  # noqa: E402
from summarize.engines.latin import LATIN  # noqa: E402
from summarize.engines.openvino import ACTIVATIONS, CACHE_PRECISION, LIMITS, PRECISION, prepare  # noqa: E402
from summarize.engines.prompt import PromptEncoder, ends_of_answer  # noqa: E402
from summarize.fidelity import check_translation  # noqa: E402
from summarize.grounding import Item, ground  # noqa: E402
from summarize.renderings import with_renderings  # noqa: E402
from summarize.store import DEFAULT_MODEL, resolve  # noqa: E402
from summarize.translation import EXAMPLES, INSTRUCTION, max_tokens  # noqa: E402

SHORTEST = 12  # characters of a passage
CLEARLY = 2.0  # points of chrF1, half of them those with the other answers, that a preferred answer is better by
TOGETHER = 28  # passages that are translated side by side
ROWS = 256  # answers that are written side by side
CACHE_GIB = 4
TOP_P, TOP_K = 0.95, 50  # what words are drawn from


@dataclass(frozen=True)
class Passage:
    """A passage, its English in the corpus, what is grounded in it, and how the model reads it."""

    zh: str
    en: str
    source: str
    items: list[Item]
    written: str


def read_passages(path: Path, overlap: Overlap, chance: random.Random) -> list[Passage]:
    """The passages of a corpus that are fit to learn from, in an order drawn at random."""
    runs: list[list[Pair]] = []
    story: list[Pair] = []
    for pair in read_pairs(path):
        if not overlap.has(pair.zh, pair.en) and is_good(pair, ground([pair.zh])[0]):
            story.append(pair)
            continue
        runs += passages(story, chance)
        story = []
    runs += passages(story, chance)
    made = []
    for run in runs:
        zh, en = "".join(pair.zh for pair in run), " ".join(pair.en for pair in run)
        if len(zh) >= SHORTEST and not is_headline(run[0]):
            items = ground([zh])[0]
            made.append(Passage(zh, en, run[0].source, items, with_renderings(zh, items)))
    return chance.sample(made, len(made))


def request(passage: Passage) -> Request:
    """What the package asks of the model."""
    length = max_tokens(passage.zh)
    return Request("translate", INSTRUCTION, passage.written, length, latin=True, examples=EXAMPLES)


class Sampler:
    """Writes several answers to each request: the greedy one and some that are drawn."""

    def __init__(self, folder: Path, samples: int, temperature: float) -> None:
        import openvino_genai
        from transformers import AutoTokenizer

        self._genai = openvino_genai
        tokenizer = AutoTokenizer.from_pretrained(folder)
        self._prompt = PromptEncoder(tokenizer)
        known = json.loads((folder / LIMITS).read_text("utf-8"))
        self._stop = ends_of_answer(tokenizer, known.get("ends"))
        self._samples, self._temperature = samples, temperature
        scheduler = openvino_genai.SchedulerConfig()
        scheduler.cache_size = CACHE_GIB
        scheduler.max_num_seqs = scheduler.max_num_batched_tokens = ROWS
        scheduler.enable_prefix_caching = True
        properties = {
            "INFERENCE_PRECISION_HINT": PRECISION,
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(ACTIVATIONS),
            "KV_CACHE_PRECISION": CACHE_PRECISION,
        }
        self._pipeline = openvino_genai.ContinuousBatchingPipeline(str(folder), scheduler, "CPU", properties)

    def answers(self, asked: Sequence[Passage], seed: int) -> Iterator[tuple[Passage, list[str]]]:
        """Each passage and its answers, the greedy one first, as they finish; those that were cut off are left out."""
        running: dict[int, tuple[Passage, list[Any]]] = {}
        waiting = list(enumerate(asked))[::-1]
        while waiting or running:
            while waiting and len(running) < TOGETHER:
                number, passage = waiting.pop()
                asking = request(passage)
                running[number] = passage, [self._add(2 * number + drawn, asking, drawn, seed) for drawn in (0, 1)]
            self._pipeline.step()
            done = self._genai.GenerationStatus.FINISHED
            for number, (passage, handles) in list(running.items()):
                if all(handle.get_status() == done for handle in handles):
                    del running[number]
                    yield passage, self._read(handles)

    def _add(self, number: int, asked: Request, drawn: int, seed: int) -> Any:
        import numpy
        import openvino

        config = self._genai.GenerationConfig()
        config.max_new_tokens = asked.max_tokens
        config.eos_token_id, config.stop_token_ids = min(self._stop), self._stop
        config.structured_output_config = self._genai.StructuredOutputConfig(regex=LATIN)
        config.do_sample = bool(drawn)
        if drawn:
            config.num_return_sequences, config.temperature = self._samples, self._temperature
            config.top_p, config.top_k, config.rng_seed = TOP_P, TOP_K, seed + number
        ids = numpy.array([self._prompt.encode(asked.instruction, asked.text, asked.examples)], dtype=numpy.int64)
        return self._pipeline.add_request(number, openvino.Tensor(ids), config)

    def _read(self, handles: Sequence[Any]) -> list[str]:
        whole = self._genai.GenerationFinishReason.STOP
        outputs = [output for handle in handles for output in handle.read_all() if output.finish_reason == whole]
        return [self._prompt.decode(list(output.generated_ids)) for output in outputs]


def choose(answers: Sequence[str], english: str, faithful: Sequence[bool]) -> tuple[str, str] | None:
    """The answer to prefer and the one to reject, if one is clearly better.

    Args:
        answers: the greedy one first.
        english: the corpus' English.
        faithful: whether the checker finds nothing in an answer.
    """
    chrf = CHRF(beta=1)  # with the usual 2 longer answers are the better ones

    def likeness(one: str, other: str) -> float:
        return float(chrf.sentence_score(one, [other]).score)

    worth = []
    for place, answer in enumerate(answers):
        others = [likeness(answer, other) for number, other in enumerate(answers) if number != place]
        worth.append((likeness(answer, english) + sum(others) / max(len(others), 1)) / 2)
    places = range(len(answers))
    best = max((place for place in places if faithful[place]), key=lambda place: worth[place], default=None)
    if best is None:
        return None
    worst = 0 if worth[best] - worth[0] > CLEARLY else min(places, key=lambda place: worth[place])
    if worth[best] - worth[worst] < CLEARLY:
        return None
    return answers[best], answers[worst]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exclude", type=Path, nargs="+", default=[], help="development files, text or JSON lines")
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=6)
    parser.add_argument("--temperature", type=float, default=0.7)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    overlap = Overlap(text for path in options.exclude for text in read_texts(path))
    asked = read_passages(options.pairs, overlap, random.Random(options.seed))[: options.passages]
    done = options.out.read_text(encoding="utf-8").splitlines() if options.out.exists() else []
    made = {json.loads(line)["text"] for line in done}
    asked = [passage for passage in asked if passage.written not in made]
    sampler = Sampler(prepare(resolve(DEFAULT_MODEL)), options.samples, options.temperature)
    kept = 0
    with options.out.open("a", encoding="utf-8") as out:
        for count, (passage, answers) in enumerate(sampler.answers(asked, options.seed), start=1):
            faithful = [not check_translation(passage.zh, answer, passage.items) for answer in answers]
            chosen = choose(answers, passage.en, faithful)
            if chosen:
                kept += 1
                example = Example(INSTRUCTION, passage.written, chosen[0], "preference", passage.source, EXAMPLES)
                out.write(json.dumps(asdict(example) | {"rejected": chosen[1]}, ensure_ascii=False) + "\n")
                out.flush()
            if count % 25 == 0:
                print(f"{count} of {len(asked)} passages, {kept} pairs", flush=True)


if __name__ == "__main__":
    main()
