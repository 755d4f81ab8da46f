"""How fluent English is where no human English is known: words that are none, and how a language model takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from loss import loss
from spellchecker import SpellChecker
from transformers import AutoTokenizer

from summarize.engines.prompt import PromptEncoder

_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")  # capitals are of names


def strange_words(texts: Iterable[str], given: Iterable[str]) -> list[str]:
    """The words in small letters that no English dictionary has, and that nobody wrote into the source either.

    Args:
        texts: English.
        given: what the model was given to copy.
    """
    found = {word for text in texts for word in _WORD.findall(text)}
    return sorted(SpellChecker().unknown(found) - set(_WORD.findall(" ".join(given))))


def loss_alone(folder: Path, texts: Sequence[str]) -> float:
    """Mean cross entropy of the tokens of English of which the model has not seen the source; see `loss`."""
    encoder = PromptEncoder(AutoTokenizer.from_pretrained(folder))
    return loss(folder, [encoder.encode_text("\n") for _ in texts], [encoder.encode_text(text) for text in texts])
