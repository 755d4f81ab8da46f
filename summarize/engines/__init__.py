"""Engines run requests on a model. They know nothing of articles: text goes in, text comes out.

The protocol is that of a running batch: `submit` adds a request at any time, `step` advances the batch and returns what
has finished. An engine that cannot join requests while it runs takes a group of those that wait in one step.
Causal models decode greedily, seq2seq models search with their makers' beams: the same requests in the same order, on
a model just loaded, give the same answers. An answer that says the same again is stopped (loop.py).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol, get_args

from summarize.engines.budget import Budget
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress
from summarize.store.weights import gguf_parts

Task = Literal["summarize", "translate"]
Device = Literal["auto", "cpu", "cuda"]
Backend = Literal["auto", "openvino", "transformers"]


@dataclass(frozen=True, slots=True)
class Request:
    """One text to be written.

    Attributes:
        task: which model writes it.
        instruction: what a causal model is told; a seq2seq model is trained for its task and never sees it.
        text: the passage of the article: data, which no engine ever reads as instructions or control tokens.
        max_tokens: where writing stops at the latest.
        examples: texts of the same kind and their answers, which a causal model is shown before.
        latin: if true, only Latin script, digits and punctuation on one line can be written (English).
    """

    task: Task
    instruction: str
    text: str
    max_tokens: int
    latin: bool = False
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """The answer to a request. `finished` is False if it was cut off at `max_tokens` or where it repeats itself."""

    text: str
    prompt_tokens: int
    output_tokens: int
    finished: bool


class Engine(Protocol):
    """A model that is loaded and runs requests."""

    family: Literal["causal", "seq2seq"]
    context: int  # tokens of prompt and answer together (causal), or of the source alone (seq2seq)
    identity: str  # all about the engine, beside the model, that decides what it answers

    @property
    def budget(self) -> Budget:
        """What it takes at a time; it may shrink when memory is short."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads this text as."""
        ...

    def submit(self, key: Hashable, request: Request) -> None:
        """Adds a request to those that wait; its completion comes back under `key`."""
        ...

    def step(self) -> list[tuple[Hashable, Completion]]:
        """Advances the batch; returns what finished, perhaps nothing."""
        ...

    @property
    def pending(self) -> int:
        """How many requests wait or run."""
        ...

    def clear(self) -> None:
        """Drops all requests that wait or run."""
        ...


def load_engine(
    model: LocalModel,
    *,
    device: Device = "auto",
    backend: Backend = "auto",
    memory: float | None = None,
    cache_dir: str | None = None,
    progress: Progress | None = None,
) -> Engine:
    """Loads a model on the engine that suits it.

    `auto` takes OpenVINO for GGUF weights and Qwen models on a CPU (see benchmarks/results/engines.md) and transformers
    for all else, and for a folder that OpenVINO turns out not to run.
    `memory` is GiB for the keys and values of what is in work, beside the weights; the engine's own choice if None.

    Raises:
        EngineError: if the device or the backend is not there or cannot run this model.
    """
    if takes_openvino(model, device, backend):
        from summarize.engines.openvino import OpenVINOEngine

        try:
            return OpenVINOEngine(model, memory=memory, cache_dir=cache_dir, progress=progress)
        except EngineError:
            if backend == "openvino" or find_gguf(model):
                raise  # of the other folders transformers runs what OpenVINO does not
    from summarize.engines.transformers import TransformersEngine

    return TransformersEngine(model, device=device, memory=memory, cache_dir=cache_dir, progress=progress)


def takes_openvino(model: LocalModel, device: Device, backend: Backend) -> bool:
    """Whether OpenVINO is to run a model, and not transformers.

    Raises:
        EngineError: if there is no such device or backend, or OpenVINO is asked for and cannot run the model.
    """
    require_known(device, backend)
    from summarize.engines.openvino import can_run

    suits = backend != "transformers" and device != "cuda" and can_run(model)
    if backend == "openvino" and not suits:
        raise EngineError(
            "The engine openvino runs GGUF weights and Qwen models on a CPU; choose another --engine, model or device."
        )
    installed = find_spec("openvino_genai") is not None
    if backend == "openvino" and not installed:
        raise EngineError("The package openvino-genai is not installed; install it, or choose --engine transformers.")
    return suits and installed and not (device == "auto" and backend == "auto" and _cuda_is_available())


def require_known(device: str, backend: str) -> None:
    """Checks that there are a device and a backend of these names.

    Raises:
        EngineError: if there are not.
    """
    if device not in get_args(Device):
        raise EngineError(f"There is no device {device!r}; choose auto, cpu or cuda.")
    if backend not in get_args(Backend):
        raise EngineError(f"There is no engine {backend!r}; choose auto, openvino or transformers.")


def too_long(tokens: int, context: int) -> EngineError:
    """The error for a request of more tokens than a model takes."""
    return EngineError(
        f"A request of {tokens} tokens is too long for this model, which takes {context}; use shorter passages."
    )


def find_gguf(model: LocalModel) -> Path | None:
    """The GGUF file of a model, or its first part, if its weights are in that format."""
    if model.directory.is_file():
        return gguf_parts(model.directory)[0]
    return min(model.directory.glob("*.gguf"), default=None)


def _cuda_is_available() -> bool:
    # /dev or a driver first: importing torch costs seconds that a machine without a card should not pay.
    if not (Path("/dev/nvidia0").exists() or Path("/dev/dxg").exists()):
        return False
    import torch

    return torch.cuda.is_available()
