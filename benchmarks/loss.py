"""What the weights that OpenVINO runs cost in likelihood: the loss of human references, given their Chinese.

    python benchmarks/loss.py [--sentences 100]

Writes benchmarks/results/loss.{json,md}. Three ways to rows of int8: from OpenVINO's own form of the GGUF file, from
the file's values (what the package does), and from those with the model's adapter. The sentences are taken evenly over
flores-dev. Loss shows small differences of weights that BLEU and chrF of some hundred sentences do not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from machine import machine
from roundups import read_flores, save
from transformers import AutoTokenizer

from summarize.engines import openvino as openvino_engine
from summarize.engines.prompt import PromptEncoder
from summarize.engines.weights import Weights
from summarize.store import DEFAULT_MODEL, resolve
from summarize.translation import INSTRUCTION


def loss(folder: Path, prompts: Sequence[Sequence[int]], answers: Sequence[Sequence[int]]) -> float:
    """Mean cross entropy of the tokens of answers after their prompts, in natural logarithms.

    Args:
        folder: OpenVINO's form of a model.
        prompts: tokens, at least one of each answer.
        answers: tokens.
    """
    import openvino

    config = {
        "INFERENCE_PRECISION_HINT": openvino_engine.PRECISION,
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(openvino_engine.ACTIVATIONS),
    }
    model = openvino.Core().compile_model(folder / openvino_engine.MODEL, "CPU", config)
    known = {name for given in model.inputs for name in given.get_names()}
    request = model.create_infer_request()
    losses: list[float] = []
    for prompt, answer in zip(prompts, answers, strict=True):
        ids = np.array([[*prompt, *answer]])
        given: dict[str, Any] = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "position_ids": np.arange(ids.shape[1])[None],
            "beam_idx": np.zeros(1, np.int32),
        }
        request.reset_state()
        found = request.infer({name: value for name, value in given.items() if name in known})
        logits = next(iter(found.values()))[0][len(prompt) - 1 : -1].astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        losses += list(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(answer)), answer])
    return float(np.mean(losses))


def loss_of_references(folder: Path, zh: list[str], en: list[str]) -> float:
    """The loss of human English after the package's request for it."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = PromptEncoder(tokenizer)
    return loss(
        folder,
        [encoder.encode(INSTRUCTION, source) for source in zh],
        [[*encoder.encode_text(reference), tokenizer.eos_token_id] for reference in en],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=100)
    options = parser.parse_args()
    zh, en = read_flores("zh", options.sentences), read_flores("en", options.sentences)
    rows: dict[str, float] = {}
    plain = resolve(DEFAULT_MODEL, adapter=False, offline=True)
    adapted = resolve(DEFAULT_MODEL, adapter=True, offline=True)
    with tempfile.TemporaryDirectory() as folder:
        with patch.object(Weights, "find", return_value=None):
            openvino_engine._convert(plain, Path(folder), None)
        rows["from OpenVINO's form of the file"] = loss_of_references(Path(folder), zh, en)
    rows["from the file's values"] = loss_of_references(openvino_engine.prepare(plain), zh, en)
    rows["from the file's values, with the adapter"] = loss_of_references(openvino_engine.prepare(adapted), zh, en)
    where = machine()
    result = {"machine": where, "model": DEFAULT_MODEL, "sentences": options.sentences, "loss": rows}
    lines = [
        "# Loss of human references",
        "",
        f"{options.sentences} sentences of flores-dev; {DEFAULT_MODEL}; {where['date']}, {where['cpu']}. "
        "Mean cross entropy of a token, natural logarithms.",
        "Written by `python benchmarks/loss.py`.",
        "",
        "| rows of int8 | loss |",
        "|---|---:|",
        *(f"| {name} | {value:.4f} |" for name, value in rows.items()),
    ]
    save("loss", result, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
