"""Low-rank adapters (LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685), merged into a model when it is prepared.

An adapter adds a product of two thin matrices to weights of the model it was trained on. Merged once, it costs nothing
when the model runs. The files are those that peft writes: adapter_config.json and adapter_model.safetensors.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from summarize.engines.weights import Matrix, Weights
from summarize.errors import EngineError

Layer = tuple[Matrix, Matrix]

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"

# What GGUF files call the layers that transformers calls so: model.layers.7.self_attn.q_proj is blk.7.attn_q.weight.
_LAYERS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def read_adapter(folder: Path) -> dict[str, Layer]:
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


def read_gguf_adapter(folder: Path, weights: Weights) -> dict[str, Layer]:
    """The layers of an adapter, named as in a GGUF file.

    Raises:
        EngineError: if the adapter cannot be read or was trained on another model.
    """
    layers = {}
    for name, (b, a) in read_adapter(folder).items():
        block, _, layer = name.removeprefix("model.layers.").partition(".")
        known = f"blk.{block}.{_LAYERS.get(layer)}.weight"
        if weights.shape(known) != (b.shape[0], a.shape[1]):
            raise EngineError(f"The adapter in {folder} is of another model: this one has no such {name}.")
        layers[known] = b, a
    return layers
