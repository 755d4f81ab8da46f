"""The engines side by side: the same model, the same prompts.

    python benchmarks/engines.py [--sentences 100] [--model MODEL] [--only ENGINE ...] [--name engines]

Each engine runs in a process of its own and translates sentences of flores-dev, prompts as the package writes them but
without grounding. Preparation is what happens once for each model; loading happens at each start. CTranslate2 reads
what the transformers engine prepared, so its preparation counts both. MODEL may be a folder, but for
CTranslate2. Writes benchmarks/results/NAME.{json,md}.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from machine import machine
from roundups import read_flores, save

from summarize.store import DEFAULT_MODEL

ENGINES = ("openvino", "openvino groups of GGUF", "openvino bfloat16", "ctranslate2 int8", "transformers float32")


def read_requests(count: int) -> tuple[list[Any], list[str]]:
    """Requests for every eighth sentence or so, over the whole file, and the references."""
    from summarize.engines import Request
    from summarize.translation import INSTRUCTION, max_tokens

    chinese = read_flores("zh", count)
    requests = [Request("translate", INSTRUCTION, zh, max_tokens(zh), latin=True) for zh in chinese]
    return requests, read_flores("en", count)


def keep_groups(source: Path, target: Path, *_: Any) -> None:
    """In the place of `requantise`: the model as it is."""
    for suffix in (".xml", ".bin"):
        shutil.copy(source.with_suffix(suffix), target.with_suffix(suffix))


def run_package_engine(name: str, model_name: str, requests: list[Any], store: str) -> dict[str, Any]:
    """OpenVINO or transformers, as the package runs them; `store` is empty, so that preparation is timed."""
    from summarize.engines import load_engine
    from summarize.engines import openvino as openvino_engine
    from summarize.store import resolve

    if name == "openvino bfloat16":
        openvino_engine.PRECISION = "bf16"
    if name == "openvino groups of GGUF":  # the weights as OpenVINO reads them, each group with its scale
        openvino_engine.ACTIVATIONS = 32
        openvino_engine.requantise = keep_groups
    model = resolve(model_name, offline=True)
    begin = time.perf_counter()
    load_engine(model, backend=name.split()[0], device="cpu", cache_dir=store)  # type: ignore[arg-type]
    first = time.perf_counter() - begin
    begin = time.perf_counter()
    engine = load_engine(model, backend=name.split()[0], device="cpu", cache_dir=store)  # type: ignore[arg-type]
    load = time.perf_counter() - begin
    begin = time.perf_counter()
    for key, request in enumerate(requests):
        engine.submit(key, request)
    answers: dict[Any, Any] = {}
    while engine.pending:
        answers.update(engine.step())
    seconds = time.perf_counter() - begin
    done = [answers[key] for key in range(len(requests))]
    return {
        "prepare": first - load,
        "load": load,
        "seconds": seconds,
        "prompt_tokens": sum(answer.prompt_tokens for answer in done),
        "output_tokens": sum(answer.output_tokens for answer in done),
        "texts": [answer.text for answer in done],
    }


def run_ctranslate2(model_name: str, requests: list[Any], store: str) -> dict[str, Any]:
    """CTranslate2's generator with int8 weights, sentences sorted by length and batched by tokens."""
    import ctranslate2
    from transformers import AutoTokenizer

    from summarize.engines import find_gguf
    from summarize.engines.loading import dequantise
    from summarize.engines.prompt import PromptEncoder
    from summarize.store import resolve

    begin = time.perf_counter()
    plain, converted = Path(store) / "plain", Path(store) / "ct2"
    plain.mkdir(parents=True)
    gguf = find_gguf(resolve(model_name, offline=True))
    assert gguf is not None
    dequantise(gguf, plain, None)
    ctranslate2.converters.TransformersConverter(str(plain)).convert(str(converted), quantization="int8")
    prepare = time.perf_counter() - begin
    begin = time.perf_counter()
    tokenizer = AutoTokenizer.from_pretrained(plain)
    prompt = PromptEncoder(tokenizer)
    generator = ctranslate2.Generator(str(converted), device="cpu", compute_type="int8", intra_threads=2)
    load = time.perf_counter() - begin
    begin = time.perf_counter()
    ids = [prompt.encode(request.instruction, request.text) for request in requests]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    results = generator.generate_batch(
        [tokenizer.convert_ids_to_tokens(ids[i]) for i in order],
        max_length=max(request.max_tokens for request in requests),
        include_prompt_in_result=False,
        end_token="<|im_end|>",
        max_batch_size=4096,
        batch_type="tokens",
        sampling_topk=1,
    )
    written = dict(zip(order, (result.sequences_ids[0] for result in results), strict=True))
    seconds = time.perf_counter() - begin
    return {
        "prepare": prepare,
        "load": load,
        "seconds": seconds,
        "prompt_tokens": sum(map(len, ids)),
        "output_tokens": sum(map(len, written.values())),
        "texts": [prompt.decode(written[i]) for i in range(len(ids))],
    }


def measure(name: str, model_name: str, sentences: int, store: str) -> dict[str, Any]:
    import sacrebleu

    requests, references = read_requests(sentences)
    if name == "ctranslate2 int8":
        run = run_ctranslate2(model_name, requests, store)
    else:
        run = run_package_engine(name, model_name, requests, store)
    texts = [" ".join(text.split()) for text in run.pop("texts")]
    return {
        **run,
        "tokens_per_second": run["output_tokens"] / run["seconds"],
        "all_tokens_per_second": (run["prompt_tokens"] + run["output_tokens"]) / run["seconds"],
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "chrf": sacrebleu.corpus_chrf(texts, [references]).score,
        "bleu": sacrebleu.corpus_bleu(texts, [references]).score,
    }


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    lines = [
        "# Engines",
        "",
        f"{result['model']}, {result['sentences']} sentences of flores-dev, {where['date']}, {where['cpu']}, "
        f"{where['cores']} cores. Written by `python benchmarks/engines.py`.",
        "",
        "Peak memory is of the whole process, so it holds the preparation too.",
        "",
        "| engine | prepare s | load s | translate s | output tokens/s | all tokens/s | peak GiB | chrF2 | BLEU |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, run in result["engines"].items():
        lines.append(
            f"| {name} | {run['prepare']:.0f} | {run['load']:.1f} | {run['seconds']:.0f} | "
            f"{run['tokens_per_second']:.0f} | {run['all_tokens_per_second']:.0f} | {run['peak_gib']:.1f} | "
            f"{run['chrf']:.1f} | {run['bleu']:.1f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, help="only this one, and print its JSON")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--name", default="engines")
    options = parser.parse_args()
    read_flores("zh")  # says at once if it is not there
    if options.engine:
        with tempfile.TemporaryDirectory() as store:
            print(json.dumps(measure(options.engine, options.model, options.sentences, store)))
        return
    runs: dict[str, Any] = {}
    for name in options.only:
        command = [sys.executable, __file__, "--engine", name, "--sentences", str(options.sentences)]
        command += ["--model", options.model]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name} failed: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        runs[name] = json.loads(done.stdout.strip().splitlines()[-1])
        print(f"{name}: {runs[name]['seconds']:.0f} s, chrF2 {runs[name]['chrf']:.1f}", file=sys.stderr, flush=True)
    model = Path(options.model).name  # of a folder, no path of this machine
    result = {"machine": machine(), "model": model, "sentences": options.sentences, "engines": runs}
    save(options.name, result, to_markdown(result))
    print(to_markdown(result), end="")


if __name__ == "__main__":
    main()
