"""The tensors of a model as numbers, by the names of GGUF files, and which of them an engine's nameless matrix is."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarize.errors import EngineError
from summarize.store.weights import gguf_parts

Matrix = npt.NDArray[np.float32]
Report = Callable[[int, int], None]

ROWS = 8192  # rows that are unpacked or packed at a time, which bounds memory

# How far from a row of the file, in its own lengths, an engine's row of it may lie. Engines store 4-bit groups a little
# differently, which moves a row by a tenth of its length; Q8_0 moves it by less than a hundredth.
NEAR_4_BIT = 0.3
NEAR_Q8_0 = 0.03


@dataclass(frozen=True)
class Tensor:
    """A tensor in a file: rows and columns, or the length of a vector, and what reads rows from one to another.

    `packing` is how a GGUF file packs its numbers, such as Q4_K.
    """

    shape: tuple[int, ...]
    rows: Callable[[int, int | None], Matrix]
    packing: str = ""


class Weights:
    """The tensors of a model, by the names that GGUF files give them; of a GGUF file its fields, too."""

    def __init__(self, tensors: Mapping[str, Tensor], fields: Mapping[str, Any] | None = None) -> None:
        self.tensors = tensors
        self.fields = fields or {}
        self.near = NEAR_4_BIT  # how far from them what an engine made of them may lie

    def shape(self, name: str) -> tuple[int, ...] | None:
        """Rows and columns of a matrix; None if there is no such tensor."""
        return self.tensors[name].shape if name in self.tensors else None

    def rows(self, name: str, start: int, end: int | None) -> Matrix:
        """Some rows of a matrix."""
        return self.tensors[name].rows(start, end)

    def find(self, sample: Matrix, rows: tuple[int, ...], shape: tuple[int, int]) -> str | None:
        """The matrix of this shape whose rows with these numbers are nearly `sample`, the first row first.

        None if there is none: an engine may also have put rows in another order.
        """
        for name, first in self._first_rows.items():
            if self.shape(name) != shape or not self._is_near(sample[0], first):
                continue
            known = np.concatenate([self.rows(name, row, row + 1) for row in rows])
            if all(self._is_near(*pair) for pair in zip(sample, known, strict=True)):
                return name
        return None

    def _is_near(self, row: Matrix, known: Matrix) -> bool:
        return bool(np.linalg.norm(row - known) <= self.near * np.linalg.norm(known))

    @cached_property
    def _first_rows(self) -> dict[str, Matrix]:
        return {name: self.rows(name, 0, 1)[0] for name, tensor in self.tensors.items() if len(tensor.shape) == 2}


def read_gguf(path: Path) -> Weights:
    """The tensors of a GGUF file, of all its parts if it was cut.

    Raises:
        EngineError: if the file cannot be read, or holds numbers of a type that no known way unpacks.
    """
    from gguf import GGUFReader

    tensors: dict[str, Tensor] = {}
    fields: Mapping[str, Any] = {}
    for part in gguf_parts(path):
        try:
            reader = GGUFReader(part)
            fields = fields or reader.fields  # the first part has them
            for tensor in reader.tensors:
                shape = tuple(int(size) for size in reversed(tensor.shape))  # GGUF names the columns first
                tensors[str(tensor.name)] = Tensor(shape, partial(_unpack, tensor), tensor.tensor_type.name)
                _unpack(tensor, 0, 1)
        except NotImplementedError as error:
            raise EngineError(f"{part} has numbers of a type that is not known ({error}); use another file.") from error
        except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
            raise EngineError(f"{part} cannot be read as GGUF ({error}); fetch the model again.") from error
    return Weights(tensors, fields)


def read_qwen(folder: Path) -> Weights:
    """The tensors of a folder whose config.json names Qwen2 or Qwen3.

    Raises:
        EngineError: if a file cannot be read, or a tensor is none of such a model.
    """
    from gguf import MODEL_ARCH, get_tensor_name_map
    from safetensors import safe_open

    config = json.loads((folder / "config.json").read_text("utf-8"))
    names = get_tensor_name_map(MODEL_ARCH[config["model_type"].upper()], config["num_hidden_layers"])
    tensors = {}
    for path in _weight_files(folder):
        try:
            file: Any = safe_open(path, "pt")  # numpy has no bfloat16
            slices = {key: file.get_slice(key) for key in file.keys()}  # noqa: SIM118 (no mapping)
        except Exception as error:  # safetensors has types of its own
            raise EngineError(f"{path} cannot be read ({error}); fetch the model again.") from error
        for key, part in slices.items():
            if key.endswith("rotary_emb.inv_freq"):
                continue  # follows from the settings
            name = names.get_name(key, try_suffixes=(".weight", ".bias"))
            if name is None or name in tensors:
                raise EngineError(f"{path} holds {key}, which is no part of such a model; use --engine transformers.")
            tensors[name] = Tensor(tuple(part.get_shape()), partial(_widen, part))
    return Weights(tensors)


def _weight_files(folder: Path) -> list[Path]:
    """The files with the weights as transformers chooses them: the whole one, or those that the index names."""
    whole, index = folder / "model.safetensors", folder / "model.safetensors.index.json"
    if whole.exists():
        return [whole]
    if index.exists():
        return [folder / name for name in sorted(set(json.loads(index.read_text("utf-8"))["weight_map"].values()))]
    return sorted(folder.glob("*.safetensors"))


def _unpack(tensor: Any, start: int, end: int | None) -> Matrix:
    from gguf.quants import dequantize

    values: Matrix = dequantize(tensor.data[start:end], tensor.tensor_type).astype(np.float32)
    return values


def _widen(part: Any, start: int, end: int | None) -> Matrix:
    values: Matrix = part[start:end].float().numpy()
    return values
