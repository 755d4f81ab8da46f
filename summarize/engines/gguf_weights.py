"""The matrices of a GGUF file as real numbers, and which of them an engine's nameless matrix is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from summarize.errors import EngineError

Matrix = npt.NDArray[np.float32]

# Engines store 4-bit groups a little differently, which moves a row by a tenth of its length; others are far away.
_NEAR = 0.3


class GGUFWeights:
    """The two-dimensional tensors of a GGUF file, by their names in it.

    Raises:
        EngineError: if the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        from gguf import GGUFReader

        try:
            self._tensors = {str(tensor.name): tensor for tensor in GGUFReader(path).tensors if tensor.data.ndim == 2}
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise EngineError(f"{path} cannot be read as GGUF ({error}); fetch the model again.") from error
        self._first_rows = {name: self.rows(name, 0, 1)[0] for name in self._tensors}

    def shape(self, name: str) -> tuple[int, int] | None:
        """Rows and columns of a matrix; None if there is no such matrix."""
        if name not in self._tensors:
            return None
        return len(self._tensors[name].data), len(self._first_rows[name])

    def rows(self, name: str, start: int, end: int) -> Matrix:
        """Some rows of a matrix."""
        from gguf.quants import dequantize

        tensor = self._tensors[name]
        values: Matrix = dequantize(tensor.data[start:end], tensor.tensor_type).astype(np.float32)
        return values

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


def _near(row: Matrix, known: Matrix) -> bool:
    return bool(np.linalg.norm(row - known) <= _NEAR * np.linalg.norm(known))
