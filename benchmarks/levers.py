"""What single choices of the package cost or save: each against the package as it is, on the same paragraphs.

    python benchmarks/levers.py [--levers passage,examples,prefix,...] [--paragraphs 24]

Long paragraphs of roundups-dev are translated as the package does it, with grounding, checks and repairs. Each setting
runs in a process of its own; the package as it is runs first and last, which shows what the machine itself varies by.
With the defaults it takes about 17 minutes on two cores; nothing else should run meanwhile.

passage: characters of one request. examples: what is shown before each. prefix: whether instructions are read once
only. system: whether the instruction is what the system says, or stands before the text. grammar: whether English is
kept in Latin script while it is written. activations: how many of them OpenVINO quantises together. batch: requests
that OpenVINO runs at a time. step: tokens read and written in one of its steps. cache: the numbers that it keeps keys
and values as. vocabulary: which tokens can be written (smaller_vocabulary.py). lookup: how many tokens are guessed
from the prompt and read in the same step (prompt lookup, a kind of speculative decoding). Writes
benchmarks/results/levers.{json,md}, which keep what earlier runs measured of other settings or on other processors.
"""

from __future__ import annotations

import argparse
import atexit
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import sacrebleu
from fidelity import Passage, _translate, passages_of_story
from machine import machine
from roundups import RESULTS, evenly, read_stories, save
from smaller_vocabulary import write_smaller
from throughput_llamacpp import peak_memory

from summarize.article import count_chinese
from summarize.engines import load_engine, openvino, prompt
from summarize.scheduler import Job, Statistics, run
from summarize.store import DEFAULT_MODEL, resolve
from summarize.threads import available_cores

LONG = 121  # characters of the paragraphs that are taken, at least: more than one passage
AS_IT_IS = "as it is"
LEVERS: dict[str, tuple[str, ...]] = {
    "passage": ("80", "160", "400"),
    "examples": ("none",),
    "prefix": ("off",),
    "system": ("before the text",),
    "grammar": ("off",),
    "activations": ("32", "128"),
    "batch": ("8", "16", "32"),
    "step": ("32", "128", "512"),
    "cache": ("u8", "f32"),
    "vocabulary": ("of news",),
    "lookup": ("3",),
}


def apply(lever: str, setting: str, engine_class: Any) -> None:
    """Changes the package in this process."""
    from summarize import translation

    match lever:
        case "passage":
            translation.PASSAGE = int(setting)
        case "examples":
            translation.EXAMPLES = ()
        case "system":
            prompt.TURNS = prompt.TURNS[1:]  # type: ignore[assignment]
        case "grammar":
            submit = engine_class.submit
            engine_class.submit = lambda self, key, request: submit(self, key, replace(request, latin=False))
        case "activations":
            openvino.ACTIVATIONS = int(setting)
        case "prefix":
            openvino.PREFIX_CACHE = False
        case "batch":
            openvino.BATCH = int(setting)
        case "step":
            openvino.STEP_A_CORE = int(setting) // max(len(available_cores()), 2)
        case "cache":
            openvino.CACHE_PRECISION = setting
        case "vocabulary":
            use_smaller_vocabulary()
        case "lookup":
            use_prompt_lookup(int(setting))


def use_smaller_vocabulary() -> None:
    prepared = openvino.prepared

    def smaller(*arguments: Any, **options: Any) -> Path:
        target = Path(tempfile.mkdtemp(prefix="vocabulary-"))
        atexit.register(shutil.rmtree, target)
        write_smaller(prepared(*arguments, **options), target)
        return target

    openvino.prepared = smaller


def use_prompt_lookup(count: int) -> None:
    """Has OpenVINO guess so many tokens at a time, from what follows the same two tokens in the prompt."""
    import openvino_genai

    pipeline, config = openvino_genai.ContinuousBatchingPipeline, openvino_genai.GenerationConfig

    def guessing() -> Any:
        made = config()
        made.num_assistant_tokens, made.max_ngram_size = count, 2
        return made

    def with_lookup(directory: str, scheduler: Any, device: str, properties: dict[str, Any]) -> Any:
        openvino_genai.GenerationConfig = guessing
        return pipeline(directory, scheduler, device, properties | {"prompt_lookup": True})

    openvino_genai.ContinuousBatchingPipeline = with_lookup


def passages(count: int) -> list[Passage]:
    found = [p for story in read_stories() for p in passages_of_story(story) if p.role == "body" and len(p.zh) >= LONG]
    return evenly(found, count)


def measure(lever: str, setting: str, options: argparse.Namespace) -> dict[str, Any]:
    """One setting, in this process."""
    from summarize.engines.transformers import TransformersEngine

    apply(lever, setting, TransformersEngine if options.engine == "transformers" else openvino.OpenVINOEngine)
    begin = time.perf_counter()
    engine = load_engine(resolve(options.model, offline=True), device="cpu", backend=options.engine)
    load = time.perf_counter() - begin
    chosen = passages(options.paragraphs + 1)
    last = Statistics()

    def report(now: Statistics) -> None:
        nonlocal last
        last = now

    def jobs(some: list[Passage]) -> Iterator[Job[Any]]:
        for passage in some:
            yield Job([_translate(passage, passage.items, 4000)], lambda results: results[0])

    list(run(jobs(chosen[:1]), {"translate": engine}))  # what is compiled or allocated at first use is not counted
    # Once only: what an engine has read before it remembers (prefix cache).
    begin = time.perf_counter()
    written = list(run(jobs(chosen[1:]), {"translate": engine}, report))
    seconds = time.perf_counter() - begin
    chosen = chosen[1:]
    references = [passage.reference for passage in chosen]
    return {
        "load": load,
        "seconds": seconds,
        "characters": sum(len(passage.zh) for passage in chosen),
        "requests": last.requests,
        "prompt_tokens": last.prompt_tokens,
        "output_tokens": last.output_tokens,
        "peak_gib": peak_memory(),
        "chrf": sacrebleu.corpus_chrf([one.en for one in written], [references]).score,
        "findings": sum(len(one.findings) for one in written),
        "chinese": sum(count_chinese(one.en) for one in written),
    }


def with_earlier(new: dict[str, Any], earlier: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The new run and the earlier ones, less what it measured again on the same processor."""
    again = {(row["lever"], row["setting"]) for row in new["rows"] if row["lever"]}
    kept = []
    for measured in earlier:
        if measured["machine"]["cpu"] == new["machine"]["cpu"]:
            rows = [row for row in measured["rows"] if (row["lever"], row["setting"]) not in again]
            measured = {**measured, "rows": rows}
        if any(row["lever"] for row in measured["rows"]):
            kept.append(measured)
    return [new, *kept]


def to_markdown(runs: list[dict[str, Any]]) -> str:
    lines = [
        "# Levers",
        "",
        "Each table is one run of `python benchmarks/levers.py`, which says what the levers are, on paragraphs of "
        "roundups-dev, with repairs; the newest first. Seconds are to be compared within a table only: the package "
        "as it is has changed from run to run, and so have machines.",
    ]
    for measured in runs:
        lines += ["", *_run_to_markdown(measured)]
    return "\n".join(lines) + "\n"


def _run_to_markdown(result: dict[str, Any]) -> list[str]:
    where, rows = result["machine"], result["rows"]
    first = rows[0]["seconds"]
    lines = [
        f"## {where['date']}, {where['cpu']}, {where['cores']} cores",
        "",
        f"{result['model']} on {result['engine']}; {rows[0]['characters']:,} characters.",
        *(["", result["note"]] if result["note"] else []),
        "",
        "| lever | setting | seconds | to the first row | characters/s | requests | prompt tokens | output tokens "
        "| peak GiB | chrF2 | findings | Chinese characters left |",
        "|---|---|" + "---:|" * 10,
    ]
    for row in rows:
        seconds = row["seconds"]
        lines.append(
            f"| {row['lever']} | {row['setting']} | {seconds:.1f} | {seconds / first:.2f} "
            f"| {row['characters'] / seconds:.0f} | {row['requests']} | {row['prompt_tokens']} "
            f"| {row['output_tokens']} | {row['peak_gib']:.1f} | {row['chrf']:.1f} | {row['findings']} "
            f"| {row['chinese']} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--levers", default=",".join(LEVERS), help="names, divided by commas")
    parser.add_argument("--paragraphs", type=int, default=24)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--engine", choices=("openvino", "transformers"), default="openvino")
    parser.add_argument("--note", default="", help="a sentence that goes into the results")
    parser.add_argument("--one", nargs=2, metavar=("LEVER", "SETTING"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one, options)))
        return
    names = options.levers.split(",")
    if unknown := sorted(set(names) - set(LEVERS)):
        raise SystemExit(f"There is no lever {unknown[0]!r}; choose from {', '.join(LEVERS)}.")
    settings = [(name, setting) for name in names for setting in LEVERS[name]]
    result: dict[str, Any] = {"machine": machine(), "model": str(options.model), "engine": options.engine}
    result |= {"note": options.note, "rows": []}
    path = RESULTS / "levers.json"
    earlier = json.loads(path.read_text("utf-8")) if path.is_file() else []
    for lever, setting in [("", AS_IT_IS), *settings, ("", f"{AS_IT_IS}, again")]:
        command = [sys.executable, str(Path(__file__)), *sys.argv[1:], "--one", lever, setting]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        result["rows"].append({"lever": lever, "setting": setting, **json.loads(done.stdout.splitlines()[-1])})
        runs = with_earlier(result, earlier)
        save("levers", runs, to_markdown(runs))
        print(_run_to_markdown(result)[-1], flush=True)


if __name__ == "__main__":
    main()
