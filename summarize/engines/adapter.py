"""Low-rank adapters (LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685), merged into a model when it is prepared.

An adapter adds a product of two thin matrices to weights of the model it was trained on. Merged once, it costs nothing
when the model runs. The files are those that peft writes: adapter_config.json and adapter_model.safetensors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarize.errors import EngineError

Matrix = npt.NDArray[np.float32]

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"

# How transformers calls the layers that GGUF files call so; NAME is blk.7.attn_q.weight, ours model.layers.7.….
_LAYERS = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_SAME = 0.05  # rows are of the same matrix if they differ by less than this share of their length


def read_adapter(folder: Path) -> dict[str, tuple[Matrix, Matrix]]:
    """The layers of an adapter: for each, named as in transformers, B (rows, rank) with the scale in it, and A.

    Raises:
        EngineError: if the files cannot be read or hold something other than plain low-rank matrices.
    """
    from safetensors.numpy import load_file

    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        tensors = load_file(folder / WEIGHTS)
        scale = config["lora_alpha"] / config["r"]
        plain = config["peft_type"] == "LORA" and not config.get("use_dora") and not config.get("use_rslora")
    except Exception as error:  # damaged files raise anything
        raise EngineError(f"The adapter in {folder} cannot be read ({error}); install this package again.") from error
    layers = {}
    for name in tensors:
        layer = name.removeprefix("base_model.model.").removesuffix(".lora_A.weight")
        b = tensors.get(name.replace(".lora_A.", ".lora_B."))
        if name.endswith(".lora_A.weight") and b is not None:
            layers[layer] = (b.astype(np.float32) * scale, tensors[name].astype(np.float32))
    if not plain or len(tensors) != 2 * len(layers) or not layers:
        raise EngineError(f"The adapter in {folder} is not a plain LoRA adapter; train one with use_dora=False.")
    return layers


def merge(model: Any, folder: Path) -> None:
    """Adds an adapter to a torch model, in place.

    Raises:
        EngineError: if the adapter cannot be read or was trained on another model.
    """
    import torch

    for name, (b, a) in read_adapter(folder).items():
        try:
            weight = model.get_submodule(name).weight
        except AttributeError:
            raise EngineError(f"The adapter in {folder} is of another model: this one has no {name}.") from None
        if weight.shape != (b.shape[0], a.shape[1]):
            raise EngineError(f"The adapter in {folder} is of another model: {name} has another shape.")
        with torch.no_grad():
            delta = torch.from_numpy(b).to(weight.device) @ torch.from_numpy(a).to(weight.device)
            weight.copy_((weight.float() + delta).to(weight.dtype))


class GGUFAdapter:
    """An adapter for matrices of a GGUF file that have lost their names.

    Engines number the matrices of their own form of the model. Which is which is told by the first row of each.

    Raises:
        EngineError: if the adapter cannot be read or was trained on another model.
    """

    def __init__(self, folder: Path, gguf_file: Path) -> None:
        self._folder = folder
        self._layers: Mapping[str, tuple[Matrix, Matrix]] = read_adapter(folder)
        self._first_rows = _first_rows(gguf_file)
        if missing := sorted(set(self._layers) - set(self._first_rows)):
            raise EngineError(f"The adapter in {folder} is of another model: this one has no {missing[0]}.")
        self._left = set(self._layers)

    def delta(self, first_row: Matrix, rows: int) -> Matrix | None:
        """What is added to the matrix with this first row and so many rows; None if the adapter leaves it as it is."""
        for name in self._left:
            b, a = self._layers[name]
            known = self._first_rows[name]
            if (len(b), len(known)) != (rows, len(first_row)):
                continue
            if np.linalg.norm(known - first_row) < _SAME * np.linalg.norm(known):
                self._left.remove(name)
                product: Matrix = b @ a
                return product
        return None

    def finish(self) -> None:
        """Says that all matrices have been asked for.

        Raises:
            EngineError: if a layer of the adapter found none.
        """
        if self._left:
            raise EngineError(
                f"The adapter in {self._folder} is of another model: {min(self._left)} has other weights here."
            )


def _first_rows(gguf_file: Path) -> dict[str, Matrix]:
    """The first row of each matrix of the layers of a GGUF file, by its name in transformers."""
    from gguf import GGUFReader
    from gguf.quants import dequantize

    rows = {}
    for tensor in GGUFReader(gguf_file).tensors:
        block, _, rest = tensor.name.removeprefix("blk.").partition(".")
        layer = _LAYERS.get(rest.removesuffix(".weight"))
        if layer and rest.endswith(".weight") and tensor.name.startswith("blk."):
            rows[f"model.layers.{block}.{layer}"] = dequantize(tensor.data[:1], tensor.tensor_type)[0]
    return rows
