"""One system of throughput.py in a process of its own, so that its memory is its own.

    python throughput_systems.py SYSTEM MODEL OUT.json RUNS REPEAT_BELOW WORKLOAD.json ...

The obvious scripts ("naive": one request after the other; "batched": eight at a time, padded) are what one writes
with transformers alone; they get the same prompts as token ids and the same bounds, and read no token more.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from throughput_llamacpp import peak_memory

from summarize.engines import Backend, Request, find_gguf, load_engine
from summarize.scheduler import Job, Statistics, Writing, run
from summarize.store import LocalModel, prepared, resolve
from summarize.store.local import cache_directory

BATCH = 8
Answers = dict[str, Any]  # texts, prompt_tokens, output_tokens, steps


def load_naive(model: LocalModel, precision: str, batch: int) -> tuple[Callable[[dict[str, Any]], Answers], int]:
    """transformers' `generate` on the CPU, and how many bytes the weights have."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from summarize.engines.adapter import merge
    from summarize.engines.loading import dequantise

    directory = model.directory
    if gguf := find_gguf(model):  # as safetensors, which the transformers engine prepares too
        directory = prepared(model, "transformers", lambda target: dequantise(gguf, target, None))
    tokenizer = AutoTokenizer.from_pretrained(directory)
    weights = AutoModelForCausalLM.from_pretrained(directory, dtype=getattr(torch, precision)).eval()
    if model.adapter:
        merge(weights, model.adapter)
    end = tokenizer.eos_token_id
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else end
    ends = {end, *_as_list(weights.generation_config.eos_token_id)}
    greedy = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None, "repetition_penalty": 1.0}

    def write(workload: dict[str, Any]) -> Answers:
        texts, output_tokens, steps = [], 0, 0
        requests = workload["requests"]
        for first in range(0, len(requests), batch):
            group = requests[first : first + batch]
            width = max(len(request["ids"]) for request in group)
            ids = [[pad] * (width - len(request["ids"])) + request["ids"] for request in group]
            mask = [[0] * (width - len(request["ids"])) + [1] * len(request["ids"]) for request in group]
            with torch.inference_mode():
                output = weights.generate(
                    input_ids=torch.tensor(ids),
                    attention_mask=torch.tensor(mask),
                    max_new_tokens=max(request["max_tokens"] for request in group),
                    pad_token_id=pad,
                    **greedy,
                )
            steps += output.shape[1] - width
            for request, row in zip(group, output[:, width:].tolist(), strict=True):
                stop = next((place for place, token in enumerate(row) if token in ends), len(row))
                kept = row[: min(stop, request["max_tokens"])]
                output_tokens += len(kept)
                texts.append(tokenizer.decode(kept, skip_special_tokens=True).strip())
        prompt_tokens = sum(len(request["ids"]) for request in requests)
        return {"texts": texts, "prompt_tokens": prompt_tokens, "output_tokens": output_tokens, "steps": steps}

    return write, sum(parameter.numel() * parameter.element_size() for parameter in weights.parameters())


def load_scheduled(model: LocalModel, backend: Backend) -> tuple[Callable[[dict[str, Any]], Answers], int]:
    """An engine of the package under its scheduler."""
    engine = load_engine(model, device="cpu", backend=backend)

    def write(workload: dict[str, Any]) -> Answers:
        last, steps = Statistics(), 0

        def report(now: Statistics) -> None:
            nonlocal last, steps
            last, steps = now, steps + 1

        def once(request: Request) -> Writing[str]:
            (answer,) = yield [request]
            return answer.text

        def jobs() -> Iterator[Job[list[str]]]:
            for row in workload["requests"]:
                examples = tuple((zh, en) for zh, en in row["examples"])
                request = Request(
                    "translate", row["instruction"], row["text"], row["max_tokens"], latin=True, examples=examples
                )
                yield Job([once(request)], list)

        texts = [text for texts in run(jobs(), {"translate": engine}, report) for text in texts]
        known = backend == "openvino"  # whose steps write one token of each request
        return {
            "texts": texts,
            "prompt_tokens": last.prompt_tokens,
            "output_tokens": last.output_tokens,
            "steps": steps if known else None,
        }

    return write, _openvino_bytes(model) if backend == "openvino" else 0


def load_digest(model: LocalModel, backend: Backend) -> tuple[Callable[[dict[str, Any]], Answers], int]:
    """The whole package: segmentation, grounding, summaries, translations, checks and repairs."""
    from summarize import Summarizer

    last = Statistics()

    def report(now: Statistics) -> None:
        nonlocal last
        last = now

    path = str(model.directory) if model.card is None else model.name
    summarizer = Summarizer(path, engine=backend, device="cpu", offline=True, report=report)
    summarizer.load()

    def write(workload: dict[str, Any]) -> Answers:
        findings: dict[str, int] = {}
        for digest in summarizer.digest_many(workload["articles"]):
            for section in digest.sections:
                for kind, count in section.fidelity.counts.items():
                    findings[kind] = findings.get(kind, 0) + count
        return {
            "texts": [],
            "prompt_tokens": last.prompt_tokens,
            "output_tokens": last.output_tokens,
            "steps": None,
            "findings": findings,
            "reused": last.reused / max(last.finished, 1),
        }

    return write, 0


def _openvino_bytes(model: LocalModel) -> int:
    folders = (cache_directory() / "derived").glob("*/openvino-*")
    found = [folder for folder in folders if folder.name.endswith(model.fingerprint[:16])]
    newest = max(found, key=lambda folder: folder.stat().st_mtime, default=None)
    return (newest / "openvino_model.bin").stat().st_size if newest else 0


def _as_list(value: int | list[int] | None) -> list[int]:
    return [] if value is None else value if isinstance(value, list) else [value]


def load(system: str, model: LocalModel) -> tuple[Callable[[dict[str, Any]], Answers], int]:
    kind, _, detail = system.partition(" ")
    if kind in ("naive", "batched"):
        return load_naive(model, detail, 1 if kind == "naive" else BATCH)
    if kind == "digest":
        return load_digest(model, detail)  # type: ignore[arg-type]
    return load_scheduled(model, kind)  # type: ignore[arg-type]


def main() -> None:
    system, name, out, runs, repeat_below, *paths = sys.argv[1:]
    model = resolve(name, offline=True)
    results = []
    for path in paths:
        workload = json.loads(Path(path).read_text("utf-8"))
        seconds: list[float] = []
        answers: Answers = {}
        while len(seconds) < int(runs) and (not seconds or seconds[-1] < float(repeat_below)):
            # Loaded anew each time: an engine that has read these prompts before remembers them (prefix cache).
            begin = time.perf_counter()
            write, size = load(system, model)
            loaded = time.perf_counter() - begin
            # What is compiled or allocated at first use is not counted.
            write({"requests": workload["requests"][:1], "articles": [text[:100] for text in workload["articles"][:1]]})
            begin = time.perf_counter()
            answers = write(workload)
            seconds.append(time.perf_counter() - begin)
            del write
            gc.collect()
        results.append({"load": loaded, "seconds": seconds, **answers, "weight_bytes": size, "peak_gib": peak_memory()})
        Path(out).write_text(json.dumps(results), "utf-8")


if __name__ == "__main__":
    main()
