"""Distils static token embeddings from the embedding table of a language model, such that they tell stories apart.

The Chinese tokens and the commonest English words are kept. Each weighs in a text by how rare it is (smooth inverse
frequency: Arora et al. 2017, https://openreview.net/forum?id=SyK00v5xx). Of the table's dimensions those are kept that
differ between stories that are alike and little from sentence to sentence of one story: linear discriminants, as
speakers are told apart by them (within-class covariance normalisation: Hatch et al. 2006). Principal components, of
which most static embeddings are made, keep what is common instead: how frequent and of what kind a word is.
There is no chance in it: the same inputs give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gguf import GGUFReader, quants
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from summarize.segmentation.features import unit

ENGLISH_WORDS = 8000
RARITY = 1e-3  # a token as common as this weighs half
DIMENSIONS = 256
NEAREST = 10  # stories that a story is to be told from: any word tells the others from it
SHRINKAGE = 1.0  # how much sentences of a story are taken to differ alike in all directions: few stories are known
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
ENGLISH = re.compile(r" [A-Za-z]{2,}")
UNKNOWN = "[UNK]"


def read_tokens(gguf: Path, tokenizer: Path, texts: Sequence[str]) -> tuple[Tokenizer, np.ndarray]:
    """The tokenizer, and the language model's row for each of its tokens, less the mean and weighed by how rare it is.

    Args:
        gguf: the language model, a file with token_embd.weight.
        tokenizer: its tokenizer.json.
        texts: Chinese that says how common tokens are.
    """
    tokens = choose_tokens(Tokenizer.from_file(str(tokenizer)), ENGLISH_WORDS)
    own = make_tokenizer(list(tokens))
    probabilities = token_probabilities(own, texts)[1:]
    probabilities /= probabilities.sum()
    tensor = next(t for t in GGUFReader(gguf).tensors if t.name == "token_embd.weight")
    table = quants.dequantize(tensor.data[list(tokens.values())], tensor.tensor_type).astype(np.float32)
    weights = RARITY / (RARITY + probabilities)
    mass = probabilities * weights
    table = (table - mass @ table / mass.sum()) * weights[:, None]
    return own, np.vstack([np.zeros((1, table.shape[1])), table]).astype(np.float32)


def choose_tokens(tokenizer: Tokenizer, english: int) -> dict[str, int]:
    """Text -> row of the table, commonest first as byte-pair merges are ordered: Chinese, and so many English words."""
    chosen: dict[str, int] = {}
    for row in range(tokenizer.get_vocab_size()):
        text = tokenizer.decode([row])
        if ENGLISH.fullmatch(text) and english > 0 and text.strip().lower() not in chosen:
            english -= 1
            chosen[text.strip().lower()] = row
        elif CHINESE.fullmatch(text):
            chosen.setdefault(text, row)
    return chosen


def make_tokenizer(tokens: list[str]) -> Tokenizer:
    """Cuts text into the most probable tokens, their probability taken from their order (Zipf's law)."""
    vocabulary = [(UNKNOWN, 0.0)] + [(token, -float(np.log(rank + 10))) for rank, token in enumerate(tokens)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\p{Han}+|[a-z]+"), "removed", invert=True)
    return tokenizer


def token_probabilities(tokenizer: Tokenizer, texts: Sequence[str]) -> np.ndarray:
    """How common each token is in the texts, smoothed by Zipf's law over the order of the tokens."""
    size = tokenizer.get_vocab_size()
    counts = np.zeros(size)
    for encoding in tokenizer.encode_batch(texts):
        np.add.at(counts, encoding.ids, 1)
    prior = 1 / (np.arange(size) + 10)
    smoothed = counts + 0.2 * counts.sum() * prior / prior.sum()
    return smoothed / smoothed.sum()


def tell_apart(tokenizer: Tokenizer, table: np.ndarray, stories: Sequence[Sequence[str]]) -> np.ndarray:
    """The table's rows in the directions in which sentences differ most from those of other stories that are alike."""
    within = np.zeros((table.shape[1], table.shape[1]))
    means = []
    for sentences in stories:
        vectors = unit(np.stack([table[encoding.ids].sum(axis=0) for encoding in tokenizer.encode_batch(sentences)]))
        means.append(vectors.mean(axis=0))
        within += (vectors - means[-1]).T @ (vectors - means[-1])
    within /= sum(len(sentences) - 1 for sentences in stories)
    size, directions = np.linalg.eigh(within + SHRINKAGE * np.trace(within) / len(within) * np.eye(len(within)))
    # In this space sentences of one story differ as much in all directions.
    alike = directions * size**-0.5 @ directions.T
    middles = np.stack(means)
    topics = unit(middles)
    nearest = np.argsort(-(topics @ topics.T), axis=1)[:, 1 : NEAREST + 1]
    between = (middles[:, None] - middles[nearest]).reshape(-1, table.shape[1])
    _, telling = np.linalg.eigh(alike @ (between.T @ between) @ alike)
    return table @ (alike @ telling[:, ::-1][:, :DIMENSIONS])


def quantise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit integers, and for each row the number to multiply them by."""
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    rounded = np.rint(vectors / np.where(scale > 0, scale, 1)).astype(np.int8)
    return rounded, scale[:, 0].astype(np.float32)
