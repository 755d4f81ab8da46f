"""How likely a causal model finds answers that are already written, and what it would rather have written.

Nothing is generated: the model reads prompt and answer, and tells the probability of each token of the answer after all
that stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple, Protocol

from summarize.engines import Backend, Device, takes_openvino, too_long
from summarize.engines.prompt import PromptEncoder
from summarize.store import LocalModel, Progress

ALTERNATIVES = 3  # tokens that are told in the place of each
NO_TEXT = "（略）"  # "omitted"
TOGETHER = 16  # texts that are read at a time: their rows are as long as the longest


@dataclass(frozen=True, slots=True)
class Alternative:
    """A token that may stand in the place of another.

    Attributes:
        text: the token as text.
        log_probability: natural logarithm.
        evidence: how much more the text that was asked about speaks for it, and against the token that stands there,
            than no text does: a difference of logarithms.
    """

    text: str
    log_probability: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an answer.

    Attributes:
        start: where it begins in the answer, in characters; a space before a word is of its token.
        end: where it ends, half-open.
        log_probability: natural logarithm.
        alternatives: the likeliest tokens in its place, the best first; it may be one of them.
    """

    start: int
    end: int
    log_probability: float
    alternatives: tuple[Alternative, ...]


class Rated(NamedTuple):
    """What a model tells of the tokens of an answer, in arrays."""

    log_probabilities: Any  # (tokens,)
    alternatives: Any  # (tokens, ALTERNATIVES), ids
    of_alternatives: Any  # (tokens, ALTERNATIVES), natural logarithms of their probabilities


class Reader(Protocol):
    """A causal model that is loaded and reads tokens."""

    tokenizer: Any
    context: int  # tokens of prompt and answer together

    def rate(
        self, prefix: list[int], rests: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None
    ) -> list[Rated]:
        """Reads several texts that begin alike.

        Args:
            prefix: the ids that all begin with.
            rests: the ids that follow, at least one of each.
            answers: how many of the last ids of each are its answer; fewer than it has after `prefix`.
            alternatives: of all answers, one after the other, the ids that may stand in the places of their tokens
                (tokens, any number); the likeliest if None.
        """
        ...


class Scorer:
    """Asks a reader about answers to instructions, as engines ask for them (prompt.py)."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._prompt = PromptEncoder(reader.tokenizer)
        end = reader.tokenizer.eos_token_id
        self._end = [] if end is None else [end]

    def read(self, instruction: str, text: str, answer: str) -> list[Token]:
        """The tokens of an answer to a text.

        Raises:
            EngineError: if it is longer than the model can read.
        """
        places = self._prompt.encode_with_places(answer)
        if not places:
            return []
        ids = [token for token, _, _ in places]
        (rated,) = self._rate([(self._prompt.encode(instruction, text), ids)])
        (blind,) = self._rate([(self._prompt.encode(instruction, NO_TEXT), ids)], rated.alternatives)
        evidence = (rated.of_alternatives - rated.log_probabilities[:, None]) - (
            blind.of_alternatives - blind.log_probabilities[:, None]
        )
        decode = self._reader.tokenizer.decode
        tokens = []
        for (_, start, end), own, others, values, speaks in zip(places, *rated, evidence, strict=True):
            texts = (decode([int(other)], skip_special_tokens=True) for other in others)
            alternatives = tuple(
                Alternative(other, float(value), float(by))
                for other, value, by in zip(texts, values, speaks, strict=True)
                if other
            )
            tokens.append(Token(start, end, float(own), alternatives))
        return tokens

    def log_probabilities(self, instruction: str, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The natural logarithms of the probabilities of whole answers, each to its text: `(text, answer)`.

        Raises:
            EngineError: if one is longer than the model can read.
        """
        encoded = [
            (self._prompt.encode(instruction, text), [*self._prompt.encode_text(answer), *self._end])
            for text, answer in pairs
        ]
        return [float(rated.log_probabilities.sum()) for rated in self._rate(encoded)]

    def _rate(self, texts: Sequence[tuple[list[int], list[int]]], alternatives: Any = None) -> Iterator[Rated]:
        """Reads prompts and their answers, what several prompts begin with only once; `alternatives` of one text."""
        for prompt, answer in texts:
            if len(prompt) + len(answer) > self._reader.context:
                raise too_long(len(prompt) + len(answer), self._reader.context)
        for start in range(0, len(texts), TOGETHER):
            group = texts[start : start + TOGETHER]
            columns = zip(*(prompt[:-1] for prompt, _ in group), strict=False)
            shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
            rests = [[*prompt[shared:], *answer] for prompt, answer in group]
            yield from self._reader.rate(
                group[0][0][:shared], rests, [len(answer) for _, answer in group], alternatives
            )


def load_scorer(
    model: LocalModel,
    *,
    device: Device = "auto",
    backend: Backend = "auto",
    cache_dir: str | None = None,
    progress: Progress | None = None,
) -> Scorer:
    """Loads a causal model for reading, on the engine that suits it (as `load_engine` does).

    Raises:
        EngineError: if the device or the backend is not there or cannot run this model, or it is no causal model.
    """
    if takes_openvino(model, device, backend):
        from summarize.engines.openvino_reader import OpenVINOReader

        return Scorer(OpenVINOReader(model, cache_dir=cache_dir, progress=progress))
    from summarize.engines.transformers_reader import TransformersReader

    return Scorer(TransformersReader(model, device=device, cache_dir=cache_dir, progress=progress))
