"""How likely a causal model finds answers that are already written, and what it would rather have written.

The model reads prompt and answer, and tells the probability of each token of the answer after all that stands before
it. It can also write on from places of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple, Protocol

from summarize.engines import Backend, Device, takes_openvino, too_long
from summarize.engines.prompt import PromptEncoder, ends_of_answer
from summarize.store import LocalModel, Progress

ALTERNATIVES = 3  # tokens that are told in the place of each
NO_TEXT = "（略）"  # "omitted"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A token that may stand in the place of another.

    Attributes:
        id: the token.
        text: the token as text.
        log_probability: natural logarithm.
        evidence: how much more the text that was asked about speaks for it, and against the token that stands there,
            than no text does: a difference of logarithms.
    """

    id: int
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

    def rate(self, texts: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None) -> list[Rated]:
        """Reads texts, quickest if they begin as the first does.

        Args:
            texts: the ids of each.
            answers: how many of the last ids of each are its answer; fewer than it has.
            alternatives: of the answer of a single text, the ids that may stand in the places of its tokens (tokens,
                any number); the likeliest if None.
        """
        ...

    def write_on(
        self, prompt: list[int], answer: list[int], starts: Sequence[tuple[int, int]], length: int
    ) -> list[list[int]]:
        """Goes on from several places of an answer, greedily.

        Args:
            prompt: ids.
            answer: ids.
            starts: of each: how many tokens of the answer stand before it, and the token that stands there instead.
            length: how many more tokens are written.

        Returns:
            Of each the token that stood there instead, and those written.
        """
        ...


class Scorer:
    """Asks a reader about answers to instructions, as engines ask for them (prompt.py)."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._prompt = PromptEncoder(reader.tokenizer)
        end = reader.tokenizer.eos_token_id
        self._end = [] if end is None else [end]
        self._ends = ends_of_answer(reader.tokenizer)

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
            alternatives = tuple(
                Alternative(int(other), text, float(value), float(by))
                for other, value, by in zip(others, values, speaks, strict=True)
                if (text := decode([int(other)], skip_special_tokens=True))
            )
            tokens.append(Token(start, end, float(own), alternatives))
        return tokens

    def write_on(
        self, instruction: str, text: str, answer: str, starts: Sequence[tuple[int, Alternative]], length: int
    ) -> list[str]:
        """How the model would go on from places of an answer to a text.

        Args:
            instruction: what the model is told.
            text: what is answered.
            answer: the answer as it is.
            starts: of each place the number of tokens before it, and what the model goes on from there.
            length: how many more tokens it writes at most.

        Raises:
            EngineError: if it is longer than the model can read.
        """
        if not starts:
            return []
        prompt, ids = self._prompt.encode(instruction, text), self._prompt.encode_text(answer)
        self._require_room(len(prompt) + len(ids) + length + 1)
        rows = self._reader.write_on(prompt, ids, [(place, first.id) for place, first in starts], length)
        decode = self._reader.tokenizer.decode
        return [
            decode(list(takewhile(lambda token: token not in self._ends, row)), skip_special_tokens=True)
            for row in rows
        ]

    def log_probabilities(self, instruction: str, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """The natural logarithms of the probabilities of whole answers, each to its text: `(text, answer)`.

        Returns:
            Of each answer those of its tokens, and at last that of its end.

        Raises:
            EngineError: if one is longer than the model can read.
        """
        encoded = [
            (self._prompt.encode(instruction, text), [*self._prompt.encode_text(answer), *self._end])
            for text, answer in pairs
        ]
        return [rated.log_probabilities.tolist() for rated in self._rate(encoded)]

    def _rate(self, texts: Sequence[tuple[list[int], list[int]]], alternatives: Any = None) -> list[Rated]:
        """Reads prompts and their answers; `alternatives` of a single one."""
        for prompt, answer in texts:
            self._require_room(len(prompt) + len(answer))
        answers = [len(answer) for _, answer in texts]
        return self._reader.rate([prompt + answer for prompt, answer in texts], answers, alternatives) if texts else []

    def _require_room(self, tokens: int) -> None:
        if tokens > self._reader.context:
            raise too_long(tokens, self._reader.context)


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
