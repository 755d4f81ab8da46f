"""How fast the package is beside what one would write without it, on the same model and the same machine.

    python benchmarks/throughput.py [--workloads reference roundups long growth] [--systems ...] [--folder FOLDER]
    python benchmarks/throughput.py --memory-tiny

Each system runs in a process of its own. All but "digest" get the same requests: the paragraphs of a workload, grounded
and asked for as the package asks. "naive" and "batched" are transformers' `generate`, one request at a time or eight,
"llama.cpp" is llama-cpp-python one at a time; these three write a sample of the paragraphs, and their time for the
whole is extrapolated by source characters. "transformers" and "openvino" are the package's engines under its scheduler,
"digest" is the whole package: summaries, titles, repairs and checks as well, so it writes more.

Workloads: "reference", the reference article; "roundups", the first articles of roundups-dev; "long", one article of
all stories and examples, at most as long as asked; "growth", 1 to 64 stories. A paragraph that recurs is in a workload
once, as the package runs equal requests once; only the articles that "digest" reads are as they are.

Share of the limits: two operations a parameter and token, of the int8 operations that the machine was measured to do;
and the weights read once a step, of the memory bandwidth, where the steps are known. A run that takes longer than
`--repeat-below` is not repeated. What is in FOLDER is not run again, so that a run that was stopped goes on (with
the same options). Writes benchmarks/results/NAME.{json,md,svg} (throughput) after each system, and with `--memory-tiny`
memory.{json,md}.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sacrebleu
from fidelity import Passage, _translate, first_requests, passages_of_file, passages_of_story
from limits import count_parameters, measure_limits
from machine import machine
from roundups import EXAMPLES, REFERENCE, RESULTS, evenly, read_articles, read_stories, save
from throughput_report import plot, to_markdown

from summarize.article import read_article
from summarize.engines import find_gguf
from summarize.grounding import render_byline
from summarize.store import DEFAULT_MODEL, LocalModel, resolve

HERE = Path(__file__).parent
SAMPLED = ("naive", "batched", "llama.cpp")
SYSTEMS = (
    "naive float32",
    "naive bfloat16",
    "batched float32",
    "batched bfloat16",
    "llama.cpp",
    "transformers",
    "openvino",
    "digest transformers",
    "digest openvino",
)
DEFAULTS = {
    "reference": [system for system in SYSTEMS if system != "digest transformers"],
    "roundups": [system for system in SYSTEMS if system != "digest transformers"],
    "long": ["digest openvino"],
    "growth": ["openvino"],
}
SIZES = (1, 2, 4, 8, 16, 32, 64)
Workload = dict[str, Any]


def make_workload(name: str, passages: list[Passage], articles: list[str], encoder: Any) -> Workload:
    """Requests and references of passages; those that are written by rule need no request."""
    requests, references, characters = [], [], 0
    for passage in {passage.zh: passage for passage in passages}.values():
        if passage.role in ("byline", "notice") and render_byline(passage.zh):
            continue
        asked = first_requests(_translate(passage, passage.items, 4000))
        characters += len(passage.zh) if asked else 0
        requests += [
            {
                "paragraph": len(references),
                "characters": len(passage.zh) / len(asked),
                "instruction": request.instruction,
                "text": request.text,
                "max_tokens": request.max_tokens,
                "examples": request.examples,
                "ids": encoder.encode(request.instruction, request.text, request.examples),
            }
            for request in asked
        ]
        references.append(passage.reference)
    return {
        "name": name,
        "characters": characters,
        "requests": requests,
        "references": references,
        "articles": articles,
        "article_characters": sum(map(len, articles)),
    }


def make_workloads(name: str, encoder: Any, options: argparse.Namespace) -> list[Workload]:
    """The workloads of a name: one, or one of each size."""
    if name == "reference":
        if not REFERENCE.is_file():
            raise SystemExit(f"{REFERENCE} does not exist; leave the workload reference out.")
        passages = [passage for section in passages_of_file(REFERENCE) for passage in section]
        return [make_workload(name, passages, [read_article(REFERENCE).text], encoder)]
    if name == "roundups":
        chosen = read_articles()[: options.articles]
        stories = [story for article in chosen for story in article]
        texts = ["\n".join(line for s in article for line in (s.title, *s.paragraphs)) for article in chosen]
        return [make_workload(name, [p for s in stories for p in passages_of_story(s)], texts, encoder)]
    groups = [passages_of_story(story) for story in read_stories()]
    if name == "growth":
        texts = ["\n".join(passage.zh for passage in group) for group in groups]
        return [
            make_workload(f"growth {size}", [p for group in groups[:size] for p in group], texts[:size], encoder)
            for size in options.sizes
        ]
    groups += [section for path in EXAMPLES for section in passages_of_file(path)]
    passages, count = [], 0
    for passage in {passage.zh: passage for group in groups for passage in group}.values():
        if count >= options.characters:
            break
        passages.append(passage)
        count += len(passage.zh)
    return [make_workload(name, passages, ["\n".join(passage.zh for passage in passages)], encoder)]


def sampled(workload: Workload, count: int) -> Workload:
    """The requests of some paragraphs, taken evenly; all if `count` is 0."""
    chosen = sample_of(workload, count)
    requests = [request for request in workload["requests"] if request["paragraph"] in chosen]
    return {**workload, "requests": requests, "characters": sum(request["characters"] for request in requests)}


def sample_of(workload: Workload, count: int) -> set[int]:
    return set(evenly(sorted({request["paragraph"] for request in workload["requests"]}), count or None))


def paragraphs_of(workload: Workload, texts: list[str]) -> dict[int, str]:
    """What was written for each paragraph, its requests joined."""
    joined: dict[int, str] = {}
    for request, text in zip(workload["requests"], texts, strict=True):
        number = request["paragraph"]
        joined[number] = " ".join([*joined.get(number, "").split(), *text.split()])
    return joined


def chrf(written: dict[int, str], wanted: dict[int, str]) -> float | None:
    numbers = [number for number in wanted if wanted[number] and number in written]
    if not numbers:
        return None
    return sacrebleu.corpus_chrf([written[n] for n in numbers], [[wanted[n] for n in numbers]]).score


def run_system(
    system: str, model: LocalModel, given: list[Workload], out: Path, options: argparse.Namespace
) -> list[dict[str, Any]] | str:
    """What the child process measured, or why it could not."""
    if out.is_file():
        known = json.loads(out.read_text("utf-8"))
        written = [len(run["texts"]) for run in known]  # a digest keeps none
        if len(known) == len(given) and all(
            count in (0, len(workload["requests"])) for count, workload in zip(written, given, strict=True)
        ):
            return list(known)
    paths = [out.with_suffix(f".given{number}.json") for number in range(len(given))]
    for path, workload in zip(paths, given, strict=True):
        path.write_text(json.dumps(workload, ensure_ascii=False), "utf-8")
    if system == "llama.cpp":
        weights = find_gguf(model)
        if weights is None:
            return "needs GGUF weights"
        script = str(HERE / "throughput_llamacpp.py")
        command = [options.llama_python, script, str(weights), str(paths[0]), str(out), str(options.runs)]
    else:
        where = str(model.directory) if model.card is None else model.name
        script = str(HERE / "throughput_systems.py")
        command = [sys.executable, script, system, where, str(out), str(options.runs), str(options.repeat_below)]
        command += map(str, paths)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return lines[-1] if lines else f"exit status {done.returncode}"
    return list(json.loads(out.read_text("utf-8")))


def make_row(
    workload: Workload, given: Workload, run: dict[str, Any], limits: dict[str, float], parameters: int, digest: bool
) -> dict[str, Any]:
    """The figures of one system on one workload; `given` is what it wrote of it."""
    seconds = statistics.median(run["seconds"])
    tokens = run["prompt_tokens"] + run["output_tokens"]
    whole, part = (workload["article_characters"],) * 2 if digest else (workload["characters"], given["characters"])
    read = run["steps"] * run["weight_bytes"] / 1e9 if run["steps"] and run["weight_bytes"] else None
    return {
        "seconds": seconds * whole / part,
        "runs": run["seconds"],
        "extrapolated_from": None if digest or len(given["requests"]) == len(workload["requests"]) else part,
        "characters": whole,
        "characters_per_second": part / seconds,
        "prompt_tokens": run["prompt_tokens"],
        "output_tokens": run["output_tokens"],
        "prompt_tokens_per_second": run["prompt_tokens"] / seconds,
        "output_tokens_per_second": run["output_tokens"] / seconds,
        "load": run["load"],
        "peak_gib": run["peak_gib"],
        "share_of_int8": 2e-9 * parameters * tokens / seconds / limits["int8"],
        "share_of_bandwidth": read and read / seconds / limits["read_gb_s"],
        "findings": run.get("findings"),
        "reused": run.get("reused"),
    }


def load_encoder(model: LocalModel) -> Any:
    from transformers import AutoTokenizer

    from summarize.engines.prompt import PromptEncoder

    gguf = find_gguf(model)
    folder, name = (gguf.parent, gguf.name) if gguf else (model.directory, None)
    return PromptEncoder(AutoTokenizer.from_pretrained(folder, gguf_file=name))


def known_limits(path: Path, cores: int) -> dict[str, float]:
    """The machine's limits, measured once for a folder: a run that goes on has the same."""
    if not path.is_file():
        path.write_text(json.dumps(measure_limits(cores)), "utf-8")
    return dict(json.loads(path.read_text("utf-8")))


def compare(options: argparse.Namespace, folder: Path) -> None:
    model = resolve(options.model, offline=True)
    encoder = load_encoder(model)
    where = machine()
    limits = known_limits(folder / "limits.json", int(where["cores"] or 1))
    parameters = count_parameters(model.directory)
    print(f"int8 {limits['int8']:.0f} GOP/s, read {limits['read_gb_s']:.1f} GB/s", flush=True)
    result: dict[str, Any] = {
        "machine": where,
        "model": model.name,
        "parameters": parameters,
        "limits": limits,
        "wanted_runs": options.runs,
        "repeat_below": options.repeat_below,
        "workloads": {},
        "samples": {},
        "growth": {},
    }
    for name in options.workloads:
        made = make_workloads(name, encoder, options)
        written: dict[str, dict[int, str]] = {}
        for system in options.systems or DEFAULTS[name]:
            limited = system.startswith(SAMPLED)
            if limited and name in ("long", "growth"):
                continue
            given = [sampled(workload, options.naive_sample) if limited else workload for workload in made]
            out = folder / f"{name}.{system.replace(' ', '-')}.json"
            runs = run_system(system, model, given, out, options)
            if isinstance(runs, str):
                print(f"{name}, {system}: {runs}", flush=True)
                result["workloads"].setdefault(name, {})[system] = runs
                continue
            digest = system.startswith("digest")
            rows = [
                make_row(workload, part, run, limits, parameters, digest)
                for workload, part, run in zip(made, given, runs, strict=True)
            ]
            if name == "growth":
                result["growth"][system] = {
                    workload["name"].split()[1]: row for workload, row in zip(made, rows, strict=True)
                }
            else:
                result["workloads"].setdefault(name, {})[system] = rows[0]
                if not digest:
                    written[system] = paragraphs_of(given[0], runs[0]["texts"])
                _score(result, name, made[0], written, sample_of(made[0], options.naive_sample))
            save(options.name, result, to_markdown(result))
            plot(result, RESULTS / f"{options.name}.svg")
            print(
                f"{name}, {system}: {', '.join(f'{seconds:.1f}' for seconds in (row['seconds'] for row in rows))} s",
                flush=True,
            )
    print(to_markdown(result), end="")


def _score(
    result: dict[str, Any], name: str, workload: Workload, written: dict[str, dict[int, str]], sample: set[int]
) -> None:
    """chrF2 of all systems over the paragraphs of the sample, which every system wrote."""
    references = {number: workload["references"][number] for number in sample}
    naive = next((texts for system, texts in written.items() if system.startswith("naive")), {})
    result["samples"][name] = len(sample)
    for system, texts in written.items():
        row = result["workloads"][name][system]
        row["chrf_human"] = chrf(texts, references)
        row["chrf_naive"] = chrf(texts, {number: naive[number] for number in sample if number in naive})


def measure_memory(options: argparse.Namespace, folder: Path) -> None:
    """Peak memory for few and for many articles, with a model so small that its own memory hides nothing."""
    from tiny import make_tiny_model

    model = resolve(make_tiny_model(folder / "tiny"), offline=True)
    lines = [
        "# Memory",
        "",
        "A tiny model with random weights; articles of two sentences; each number of articles in a process of its own. "
        "Written by `python benchmarks/throughput.py --memory-tiny`.",
        *(["", options.note] if options.note else []),
        "",
        "| articles | peak GiB | seconds |",
        "|---:|---:|---:|",
    ]
    rows = {}
    for count in options.memory_articles:
        articles = [f"第{number}号渔船昨天返港。船长王海生说，船上有{number + 3}吨鱼。" for number in range(count)]
        given = {"requests": [], "articles": articles}
        runs = run_system("digest transformers", model, [given], folder / f"memory-{count}.json", options)
        if isinstance(runs, str):
            raise SystemExit(runs)
        rows[count] = {"peak_gib": runs[0]["peak_gib"], "seconds": runs[0]["seconds"][0]}
        lines.append(f"| {count} | {rows[count]['peak_gib']:.3f} | {rows[count]['seconds']:.0f} |")
        save("memory", {"machine": machine(), "note": options.note, "articles": rows}, "\n".join(lines) + "\n")
    print("\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workloads", nargs="+", choices=list(DEFAULTS), default=["reference", "roundups"])
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, help="by default those that suit the workload")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--repeat-below", type=float, default=300, help="seconds; a longer run is not repeated")
    parser.add_argument(
        "--naive-sample", type=int, default=12, help="paragraphs that the outside systems write; 0: all"
    )
    parser.add_argument("--articles", type=int, default=20, help="of roundups-dev")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of stories of growth")
    parser.add_argument("--characters", type=int, default=100_000, help="of the long article, at most")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a causal model: a name or a folder")
    parser.add_argument("--llama-python", default=sys.executable, help="a Python that has llama-cpp-python")
    parser.add_argument("--folder", type=Path, help="for what each system wrote; a temporary one if not given")
    parser.add_argument("--name", default="throughput", help="of the result files: another one for another machine")
    parser.add_argument("--memory-tiny", action="store_true", help="only memory, with a tiny model")
    parser.add_argument("--note", default="", help="a sentence that goes into the result of --memory-tiny")
    parser.add_argument("--memory-articles", type=int, nargs="+", default=[64, 512])
    options = parser.parse_args()
    if not find_spec("matplotlib"):
        raise SystemExit("matplotlib is needed for the plot: pip install matplotlib")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="throughput-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"What the systems write lies in {folder}; give --folder {folder} to go on.", flush=True)
    if options.memory_tiny:
        options.runs = 1
        measure_memory(options, folder)
    else:
        compare(options, folder)


if __name__ == "__main__":
    main()
