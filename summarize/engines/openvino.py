"""The fast CPU engine: OpenVINO GenAI's continuous batching over GGUF weights, or Qwen's safetensors.

All requests share one running batch: a request joins as soon as there is room and leaves when it is done, whatever its
length. English is kept in Latin script by a grammar over the vocabulary.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from summarize.engines import Completion, Request, find_gguf, too_long
from summarize.engines.adapter import read_gguf_adapter
from summarize.engines.budget import Budget, tokens_in
from summarize.engines.gguf_form import is_qwen, make_readable, write_qwen
from summarize.engines.int8 import requantise
from summarize.engines.latin import LATIN
from summarize.engines.loading import quiet
from summarize.engines.loop import LOOP, is_loop, said_before_loop
from summarize.engines.prompt import PromptEncoder, ends_of_answer
from summarize.engines.weights import NEAR_Q8_0, Report, Weights, read_gguf, read_qwen
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress, prepared
from summarize.threads import available_cores

os.environ.setdefault("OPENVINO_TELEMETRY_DISABLED", "1")

CACHE_GIB = 1  # key-value cache: 28 KiB a token of the 1.5B, so about 37,000 tokens
CACHE_PRECISION = "f16"  # of keys and values: nothing to unpack as with 8 bits, which would need half the memory
BATCH = 64  # requests that run at a time
PRECISION = "f32"  # of activations: answers do not depend on whether a processor has bfloat16, which is no faster
PREFIX_CACHE = True  # what was read before, instructions above all, is not read again; in whole blocks of 32 tokens
# Tokens of a step, written and read, for each core. OpenVINO multiplies 64 rows at a time: 65 cost two cores almost as
# much as 128, and full steps of 64 no more a token than long ones, while those that write go on sooner.
STEP_A_CORE = 32
STEP_AT_MOST = 512
MODEL = "openvino_model.xml"
LIMITS = "limits.json"  # beside it: what the makers say of context and ends of answers
CONTEXT = 8192  # tokens, where nobody says
FORM = "int8-rows"  # what int8.py makes of the weights
ACTIVATIONS = 256  # activations that are quantised together: the fastest, and no worse (benchmarks/results/engines.md)


_Opening = tuple[str, tuple[tuple[str, str], ...]]  # what prompts of one kind open with: instruction and examples


@dataclass(slots=True)
class _Running:
    """A request: its prompt, its place in the batch once it is there, and what has been written."""

    prompt: list[int]
    config: Any
    reads: _Opening | None = None  # it is the first with this opening, and others wait until that is read
    handle: Any = None
    ids: list[int] = field(default_factory=list)
    finish: Any = None


class OpenVINOEngine:
    """Runs a causal model on the CPU, from GGUF weights or, of Qwen2 and Qwen3, from safetensors.

    Args:
        model: what is loaded.
        memory: GiB for keys and values; 1 if None.
        cache_dir: the model store.
        progress: told how far the preparation is.

    Raises:
        EngineError: if OpenVINO cannot read the model (its architecture is not known to it).
    """

    family: Literal["causal", "seq2seq"] = "causal"

    def __init__(
        self,
        model: LocalModel,
        *,
        memory: float | None = None,
        cache_dir: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        import openvino_genai
        from transformers import AutoTokenizer

        self._genai = openvino_genai
        directory = prepare(model, cache_dir, progress)
        tokenizer = AutoTokenizer.from_pretrained(directory)
        step = tokens_of_step(len(available_cores()))
        scheduler = openvino_genai.SchedulerConfig()
        scheduler.cache_size = math.ceil(memory or CACHE_GIB)  # of whole GiB; the budget keeps below it
        scheduler.max_num_seqs = BATCH
        scheduler.max_num_batched_tokens = step
        scheduler.enable_prefix_caching = PREFIX_CACHE
        try:
            self._pipeline: Any = openvino_genai.ContinuousBatchingPipeline(
                str(directory), scheduler, "CPU", properties()
            )
        except RuntimeError as error:
            raise EngineError(f"OpenVINO cannot load {model.name}: {last_line(error)}") from error
        self.budget = Budget(step, tokens_in(memory or CACHE_GIB, _bytes_of_token(directory / MODEL)), BATCH)
        self.identity = (
            f"openvino {openvino_genai.__version__}, {PRECISION}, groups of {ACTIVATIONS}, {FORM}, "
            f"cache {CACHE_PRECISION}, loops of {LOOP}"
        )
        self._prompt = PromptEncoder(tokenizer)
        known = known_limits(directory)
        self._stop = ends_of_answer(tokenizer, known.get("ends"))
        self._running: dict[Hashable, _Running] = {}
        self._number = 0
        # The pipeline looks for what it has read before when a request is added. Requests added together would all read
        # the same examples, so those after the first wait until it has.
        self._known: set[_Opening] = set()
        self._waiting: dict[_Opening, list[_Running]] = {}
        self.context = model.card.context if model.card else known.get("context") or CONTEXT

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads this text as."""
        return len(self._prompt.encode_text(text))

    @property
    def pending(self) -> int:
        """How many requests wait or run."""
        return len(self._running)

    def clear(self) -> None:
        """Drops all requests that wait or run."""
        for running in self._running.values():
            if running.handle:
                running.handle.cancel()
        self._running.clear()
        self._waiting.clear()

    def submit(self, key: Hashable, request: Request) -> None:
        """Adds a request to the running batch.

        Raises:
            EngineError: if it is longer than the model can read.
        """
        ids = self._prompt.encode(request.instruction, request.text, request.examples)
        room = self.context - len(ids)
        if room < 1:
            raise too_long(len(ids), self.context)
        config = self._genai.GenerationConfig()
        config.do_sample = False
        config.max_new_tokens = min(request.max_tokens, room)
        config.eos_token_id = min(self._stop)
        config.stop_token_ids = self._stop
        if request.latin:
            config.structured_output_config = self._genai.StructuredOutputConfig(regex=LATIN)
        running = _Running(ids, config)
        opening = (request.instruction, request.examples)
        if opening in self._waiting:
            self._waiting[opening].append(running)
        else:
            self._add(running)
            if PREFIX_CACHE and request.examples and opening not in self._known:
                self._waiting[opening] = []
                running.reads = opening
        self._running[key] = running

    def step(self) -> list[tuple[Hashable, Completion]]:
        """Writes one token of each request that runs; returns those that finished."""
        if not self._running:
            return []
        try:
            self._pipeline.step()
        except RuntimeError as error:
            raise EngineError(f"OpenVINO stopped: {last_line(error)}") from error
        status = self._genai.GenerationStatus
        done: list[tuple[Hashable, Completion]] = []
        for key, running in list(self._running.items()):
            if not running.handle:
                continue
            state = running.handle.get_status()
            if running.handle.can_read():
                output = running.handle.read().popitem()[1]
                running.ids += output.generated_ids
                running.finish = output.finish_reason
                self._let_in(running)
            looped = is_loop(running.ids)
            if state == status.RUNNING and not looped:
                continue
            del self._running[key]
            if state == status.RUNNING:
                running.handle.cancel()
            elif state != status.FINISHED:
                raise EngineError("OpenVINO has no memory left for this request; use shorter passages.")
            text = self._prompt.decode(said_before_loop(running.ids) if looped else running.ids)
            finished = running.finish == self._genai.GenerationFinishReason.STOP and not looped
            done.append((key, Completion(text, len(running.prompt), len(running.ids), finished)))
        return done

    def _add(self, running: _Running) -> None:
        import numpy
        import openvino

        self._number += 1
        tensor = openvino.Tensor(numpy.array([running.prompt], dtype=numpy.int64))
        try:
            running.handle = self._pipeline.add_request(self._number, tensor, running.config)
        except RuntimeError as error:
            raise EngineError(f"OpenVINO cannot take a request: {last_line(error)}") from error

    def _let_in(self, first: _Running) -> None:
        """Adds the requests that waited for what this one has read."""
        if first.reads:
            self._known.add(first.reads)
            for running in self._waiting.pop(first.reads):
                self._add(running)
            first.reads = None


def can_run(model: LocalModel) -> bool:
    """Whether the weights of a model are in a form that this engine takes."""
    return find_gguf(model) is not None or is_qwen(model.directory)


def tokens_of_step(cores: int) -> int:
    """How many tokens one step reads and writes: whole blocks of rows, more on more cores."""
    return min(STEP_A_CORE * max(cores + cores % 2, 2), STEP_AT_MOST)


def properties() -> dict[str, str]:
    """What OpenVINO is told of numbers: read when a model is loaded, as benchmarks change them."""
    return {
        "INFERENCE_PRECISION_HINT": PRECISION,
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(ACTIVATIONS),
        "KV_CACHE_PRECISION": CACHE_PRECISION,
    }


def known_limits(directory: Path) -> dict[str, Any]:
    """What the makers of a prepared model say of its context and the ends of its answers; empty if nothing."""
    path = directory / LIMITS
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return known


def prepare(model: LocalModel, cache_dir: str | None = None, progress: Progress | None = None) -> Path:
    """The folder of a model's OpenVINO form, made if it is not there."""
    import openvino_genai

    return prepared(
        model,
        f"openvino-{openvino_genai.__version__.split('-')[0]}-{FORM}",
        lambda target: _convert(model, target, progress),
        cache_dir=cache_dir,
        progress=progress,
    )


def _convert(model: LocalModel, target: Path, progress: Progress | None) -> None:
    """Writes OpenVINO's form of a model and its tokenizer into `target`."""
    import openvino_genai
    from transformers import AutoTokenizer

    def report(description: str) -> Report | None:
        return (lambda done, of: progress(description, done, of)) if progress else None

    gguf = find_gguf(model)
    folder, name = (gguf.parent, gguf.name) if gguf else (model.directory, None)
    if progress:
        progress("Reading the weights", 0, 1)
    weights = read_gguf(gguf) if gguf else read_qwen(folder)
    if progress:
        progress("Preparing the tokenizer", 0, 1)
    try:
        options = {"local_files_only": True, "trust_remote_code": False}
        with quiet():
            AutoTokenizer.from_pretrained(folder, gguf_file=name, **options).save_pretrained(target)
        (target / LIMITS).write_text(json.dumps(_limits(folder, weights)), encoding="utf-8")
        grouped = target / "grouped"  # the weights in groups, as the GGUF file has them
        grouped.mkdir()
        readable = grouped / "model.gguf"  # OpenVINO writes beside the file it reads
        packed = True
        if gguf:
            packed = make_readable(gguf, readable, weights, report("Packing the weights"))
        else:
            write_qwen(folder, readable, weights, report("Packing the weights"))
        if packed:
            weights.near = NEAR_Q8_0
    except EngineError:
        raise
    except Exception as error:  # tokenizers and settings that are damaged or unknown raise anything
        if isinstance(error, OSError) and error.errno:
            raise  # a full disk is the store's to report
        raise _cannot_read(model, error) from error
    try:
        openvino_genai.LLMPipeline(str(readable), "CPU", enable_save_ov_model=True)
    except (RuntimeError, LookupError, ValueError) as error:
        raise _cannot_read(model, error) from error
    finally:
        readable.unlink()
    if not (grouped / MODEL).exists():
        raise EngineError(f"OpenVINO did not convert {model.name}; use --engine transformers.")
    requantise(
        grouped / MODEL,
        target / MODEL,
        weights,
        read_gguf_adapter(model.adapter, weights) if model.adapter else None,
        report("Preparing the weights"),
    )
    for file in grouped.iterdir():
        if not file.name.startswith(Path(MODEL).stem):
            file.rename(target / file.name)
    shutil.rmtree(grouped)


def _limits(folder: Path, weights: Weights) -> dict[str, Any]:
    """How many tokens the model takes, and the tokens that end its answers, where its makers say."""
    if fields := weights.fields:
        length = fields.get(f"{fields['general.architecture'].contents()}.context_length")
        return {"context": int(length.contents()) if length else None, "ends": None}
    config, made = (
        json.loads(path.read_text("utf-8")) if path.exists() else {}
        for path in (folder / "config.json", folder / "generation_config.json")
    )
    ends = made.get("eos_token_id", config.get("eos_token_id"))
    return {"context": config.get("max_position_embeddings"), "ends": ends}


def _bytes_of_token(path: Path) -> int:
    """Bytes of the keys and values of one token: those of a layer are a variable, kept as 16-bit numbers."""
    shapes = re.findall(r'variable_shape="\?,(\d+),\?,(\d+)"', path.read_text("utf-8"))
    return sum(2 * int(heads) * int(size) for heads, size in shapes) or 2**15


def _cannot_read(model: LocalModel, error: Exception) -> EngineError:
    return EngineError(f"OpenVINO cannot read {model.name} ({last_line(error)}); use --engine transformers.")


def last_line(error: Exception) -> str:
    """What OpenVINO says of an error, after where in its code it was."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
