"""Distils static token embeddings from the embedding table of a language model.

    python models/segmenter/distill.py MODEL.gguf TOKENIZER.json CORPUS.jsonl

Keeps the Chinese tokens and the commonest English words, removes the mean, reduces by principal components, weights
each token by how rare it is (smooth inverse frequency) and writes 8-bit numbers with one scale a token. The corpus
(`zh` of each line) says how common the tokens are. There is no chance in it: the same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from gguf import GGUFReader, quants
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

HERE = Path(__file__).parent
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
ENGLISH = re.compile(r" [A-Za-z]{2,}")
UNKNOWN = "[UNK]"


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


def token_probabilities(tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """How common each token is in the texts, smoothed by Zipf's law over the order of the tokens."""
    size = tokenizer.get_vocab_size()
    counts = np.zeros(size)
    for encoding in tokenizer.encode_batch(texts):
        np.add.at(counts, encoding.ids, 1)
    prior = 1 / (np.arange(size) + 10)
    smoothed = counts + 0.2 * counts.sum() * prior / prior.sum()
    return smoothed / smoothed.sum()


def reduce(table: np.ndarray, probabilities: np.ndarray, dimensions: int, rarity: float) -> np.ndarray:
    """Principal components of the table, each token seen as often as it weighs in a text."""
    weights = rarity / (rarity + probabilities)
    mass = probabilities * weights
    mass /= mass.sum()
    centred = table - mass @ table
    _, components = np.linalg.eigh((centred * mass[:, None]).T @ centred)
    return centred @ components[:, ::-1][:, :dimensions] * weights[:, None]


def quantise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit integers, and for each row the number to multiply them by."""
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    rounded = np.rint(vectors / np.where(scale > 0, scale, 1)).astype(np.int8)
    return rounded, scale[:, 0].astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, help="the language model, a GGUF file with token_embd.weight")
    parser.add_argument("tokenizer", type=Path, help="its tokenizer.json")
    parser.add_argument("corpus", type=Path, help="lines of JSON with a Chinese text `zh`")
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--english", type=int, default=8000, help="how many English words to keep")
    parser.add_argument("--rarity", type=float, default=3e-4, help="tokens commoner than this weigh less than half")
    parser.add_argument("--output", type=Path, default=HERE)
    options = parser.parse_args()

    tokens = choose_tokens(Tokenizer.from_file(str(options.tokenizer)), options.english)
    texts = [json.loads(line)["zh"] for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    tokenizer = make_tokenizer(list(tokens))
    probabilities = token_probabilities(tokenizer, texts)

    tensor = next(t for t in GGUFReader(options.gguf).tensors if t.name == "token_embd.weight")
    table = quants.dequantize(tensor.data[list(tokens.values())], tensor.tensor_type).astype(np.float32)
    vectors = reduce(table, probabilities[1:] / probabilities[1:].sum(), options.dimensions, options.rarity)
    rounded, scale = quantise(np.vstack([np.zeros((1, options.dimensions)), vectors]))

    options.output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.output / "tokenizer.json"), pretty=False)
    save_file({"embeddings": rounded, "scale": scale}, options.output / "model.safetensors")
    (options.output / "model.safetensors").chmod(0o644)
    print(f"{len(tokens):,} tokens of {options.dimensions} dimensions in {options.output}")


if __name__ == "__main__":
    main()
