"""The local model: static token embeddings distilled from a language model, and the numbers learnt on top of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.errors import ModelUnavailableError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
BATCH = 256  # paragraphs tokenised at once


@dataclass(frozen=True, slots=True)
class SegmentationModel:
    """A tokenizer, a table of 8-bit token vectors with one scale a token, and the weights of `boundaries`."""

    tokenizer: Tokenizer
    embeddings: NDArray[np.int8]
    scale: Floats
    gap_weights: Floats
    pair_weights: Floats

    def embed(self, texts: list[str]) -> Floats:
        """One vector a text: the sum of its tokens, rare ones weighing more; of length 1, or 0 if nothing is known."""
        vectors = np.zeros((len(texts), self.embeddings.shape[1]), np.float32)
        for start in range(0, len(texts), BATCH):
            for row, encoding in enumerate(self.tokenizer.encode_batch(texts[start : start + BATCH]), start):
                ids = np.asarray(encoding.ids, np.int64)
                vectors[row] = self.scale[ids] @ self.embeddings[ids].astype(np.float32)
        return unit(vectors)


def unit(vectors: Floats) -> Floats:
    """The vectors at length 1; those of no length stay 0."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths < 1e-6] = np.inf
    scaled: Floats = vectors / lengths
    return scaled


@cache
def load_model(folder: Path | None = None) -> SegmentationModel:
    """Loads the model, once; from `models/segmenter` beside or inside the package unless another folder is named.

    Raises:
        ModelUnavailableError: if its files are not there.
    """
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = folder or find_model()
    tensors = load_file(folder / "model.safetensors")
    return SegmentationModel(
        Tokenizer.from_file(str(folder / "tokenizer.json")),
        tensors["embeddings"],
        tensors["scale"],
        tensors["gap_weights"],
        tensors["pair_weights"],
    )


def find_model() -> Path:
    """The folder of the model: in an installed package, or in a checkout.

    Raises:
        ModelUnavailableError: if it is in neither.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "models" / "segmenter", package.parent / "models" / "segmenter"):
        if (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file():
            return folder
    raise ModelUnavailableError("The segmentation model (models/segmenter) is missing; install the package again.")
