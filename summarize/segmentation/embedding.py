"""The local model: static token embeddings distilled from a language model, and the numbers learnt on top of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.errors import ModelUnavailableError
from summarize.segmentation.encoder import Encoder
from summarize.segmentation.features import Floats, unit

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BATCH = 256  # paragraphs tokenised at once


@dataclass(frozen=True, slots=True)
class Scorer:
    """What features are worth: a linear layer and a small hidden one beside it."""

    weights: Floats
    hidden: Floats
    bias: Floats
    out: Floats

    def __call__(self, table: Floats) -> Floats:
        """One score for each row of features (the last axis of the table)."""
        scores: Floats = table @ self.weights + np.maximum(table @ self.hidden + self.bias, 0) @ self.out
        return scores


@dataclass(frozen=True, slots=True)
class SegmentationModel:
    """A tokenizer, a table of 8-bit token vectors with one scale a token, and what `boundaries` weighs.

    Attributes:
        gap: the worth of a section's start, by the features of its gap.
        around: the same, by those of the gaps around it.
        pair: the worth of two nearby paragraphs in one section.
        several: the worth of an article's features for it to stay one section.
        typical: what the features of a gap mostly are, for explanations.
    """

    tokenizer: Tokenizer
    embeddings: NDArray[np.int8]
    scale: Floats
    gap: Scorer
    around: Encoder
    pair: Scorer
    several: Floats
    typical: Floats

    def embed(self, texts: list[str]) -> Floats:
        """One vector a text: the sum of its tokens, rare ones weighing more; of length 1, or 0 if nothing is known."""
        vectors = np.zeros((len(texts), self.embeddings.shape[1]), np.float32)
        for start in range(0, len(texts), BATCH):
            for row, encoding in enumerate(self.tokenizer.encode_batch(texts[start : start + BATCH]), start):
                ids = np.asarray(encoding.ids, np.int64)
                vectors[row] = self.scale[ids] @ self.embeddings[ids].astype(np.float32)
        return unit(vectors)


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
    gap, pair = (Scorer(*(tensors[f"{name}_{part.name}"] for part in fields(Scorer))) for name in ("gap", "pair"))
    return SegmentationModel(
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        embeddings=tensors["embeddings"],
        scale=tensors["scale"],
        gap=gap,
        around=Encoder(*(tensors[f"around_{part.name}"] for part in fields(Encoder))),
        pair=pair,
        several=tensors["several"],
        typical=tensors["gap_typical"],
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
