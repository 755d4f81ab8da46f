"""The tensors of a model as numbers, by the names of GGUF files, and which of them an engine's nameless matrix is."""

from __future__ import annotations

import json
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

# Engines store 4-bit groups a little differently, which moves a row by a tenth of its length; others are far away.
_NEAR = 0.3


@dataclass(frozen=True)
class Tensor:
    """A tensor in a file: rows and columns, or the length of a vector, and what reads rows from one to another."""

    shape: tuple[int, ...]
    rows: Callable[[int, int | None], Matrix]


class Weights:
    """The tensors of a model, by the names that GGUF files give them."""

    def __init__(self, tensors: Mapping[str, Tensor]) -> None:
        self.tensors = tensors

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
            if self.shape(name) != shape or not _near(sample[0], first):
                continue
            known = np.concatenate([self.rows(name, row, row + 1) for row in rows])
            if all(_near(*pair) for pair in zip(sample, known, strict=True)):
                return name
        return None

    @cached_property
    def _first_rows(self) -> dict[str, Matrix]:
        return {name: self.rows(name, 0, 1)[0] for name, tensor in self.tensors.items() if len(tensor.shape) == 2}


def read_gguf(path: Path) -> Weights:
    """The tensors of a GGUF file, of all its parts if it was cut.

    Raises:
        EngineError: if the file cannot be read, or holds numbers of a type that no known way unpacks.
    """
    from gguf import GGUFReader

    tensors = {}
    for part in gguf_parts(path):
        try:
            for tensor in GGUFReader(part).tensors:
                shape = tuple(int(size) for size in reversed(tensor.shape))  # GGUF names the columns first
                tensors[str(tensor.name)] = Tensor(shape, partial(_unpack, tensor))
                _unpack(tensor, 0, 1)
        except (OSError, ValueError, KeyError, IndexError, NotImplementedError) as error:
            raise EngineError(f"{part} cannot be read as GGUF ({error}); fetch the model again.") from error
    return Weights(tensors)


def read_qwen(folder: Path) -> Weights:
    """The tensors of all *.safetensors of a folder whose config.json names Qwen2 or Qwen3.

    Raises:
        EngineError: if a file cannot be read, or a tensor is none of such a model.
    """
    from gguf import MODEL_ARCH, get_tensor_name_map
    from safetensors import safe_open

    config = json.loads((folder / "config.json").read_text("utf-8"))
    names = get_tensor_name_map(MODEL_ARCH[config["model_type"].upper()], config["num_hidden_layers"])
    tensors = {}
    for path in sorted(folder.glob("*.safetensors")):
        try:
            file: Any = safe_open(path, "pt")  # numpy has no bfloat16
            slices = {key: file.get_slice(key) for key in file.keys()}  # noqa: SIM118 (no mapping)
        except Exception as error:  # safetensors has types of its own
            raise EngineError(f"{path} cannot be read ({error}); fetch the model again.") from error
        for key, part in slices.items():
            name = names.get_name(key, try_suffixes=(".weight", ".bias"))
            if name is None:
                raise EngineError(f"{path} holds {key}, which is no part of such a model; use --engine transformers.")
            tensors[name] = Tensor(tuple(part.get_shape()), partial(_widen, part))
    return Weights(tensors)


def _unpack(tensor: Any, start: int, end: int | None) -> Matrix:
    from gguf.quants import dequantize

    values: Matrix = dequantize(tensor.data[start:end], tensor.tensor_type).astype(np.float32)
    return values


def _widen(part: Any, start: int, end: int | None) -> Matrix:
    values: Matrix = part[start:end].float().numpy()
    return values


def _near(row: Matrix, known: Matrix) -> bool:
    return bool(np.linalg.norm(row - known) <= _NEAR * np.linalg.norm(known))
