"""Requests become token ids: the chat template around instruction and text for causal models, plain text for the rest.

The instruction is what the system says and the text what the user says, where a template knows both: the article does
not stand where orders do, and the model's standing system prompt does not cost its tokens in every request. Examples
are earlier turns of the same conversation.

Instruction and text both hold words of the article, so control tokens in them are read as plain characters: an article
that holds `<|im_end|>` or `</s>` cannot end its turn and speak as somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from summarize.errors import EngineError

_INSTRUCTION = "\ue000instruction\ue000"  # private use: stands where the instruction goes
_TEXT = "\ue000text\ue000"  # the text
_EXAMPLE, _ANSWER = "\ue000example\ue000", "\ue000answer\ue000"  # an earlier text, and its answer
TURNS = (  # ways to ask, the best first
    [{"role": "system", "content": _INSTRUCTION}, {"role": "user", "content": _TEXT}],
    [{"role": "user", "content": f"{_INSTRUCTION}\n{_TEXT}"}],
)
# What ends a turn, in the models known to us; some name only one of theirs as the end.
TURN_ENDS = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<end_of_turn>")
_BRACKETED = re.compile(r"<\S+>")  # how control tokens are spelled that are not marked as special, such as <think>


def control_tokens(tokenizer: Any) -> set[str]:
    """The tokens that steer the model, as text: the special ones and the added ones in angle brackets."""
    added = (str(token) for token in tokenizer.added_tokens_decoder.values())
    return {*map(str, tokenizer.all_special_tokens), *filter(_BRACKETED.fullmatch, added)}


def ends_of_answer(tokenizer: Any, made: int | list[int] | None = None) -> set[int]:
    """The tokens that end an answer: the tokenizer's own, those that the makers set, and what ends turns of chats."""
    vocabulary = tokenizer.get_vocab()
    named = made if isinstance(made, list) else [made]
    return {tokenizer.eos_token_id, *named, *(vocabulary.get(token) for token in TURN_ENDS)} - {None}


class TextEncoder:
    """Encodes text of articles with any tokenizer; no control token ever comes out."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        # Marian takes >>xxx<< at the beginning as the language to write.
        spelled = [*sorted(map(re.escape, control_tokens(tokenizer)), key=len, reverse=True), ">>.*?<<"]
        self._control = re.compile(f"(?=({'|'.join(spelled)}))")

    def encode(self, text: str) -> list[int]:
        """The ids of a text, without those that begin or end a sequence."""
        return [token for piece, _ in self._pieces(text) for token in piece["input_ids"]]

    def encode_with_places(self, text: str) -> list[tuple[int, int, int]]:
        """The ids of a text, each with where it begins and ends, in characters.

        Raises:
            EngineError: if the tokenizer cannot tell.
        """
        if not self._tokenizer.is_fast:
            raise EngineError("The model's tokenizer does not tell where its tokens are; use another model.")
        return [
            (token, start + first, start + last)
            for piece, start in self._pieces(text, return_offsets_mapping=True)
            for token, (first, last) in zip(piece["input_ids"], piece["offset_mapping"], strict=True)
        ]

    def _pieces(self, text: str, **options: bool) -> Iterator[tuple[Any, int]]:
        """What the tokenizer makes of the pieces of a text, and where each begins."""
        # Cut after the first character of each control token, its halves are no token any more. The tokenizer's own
        # option, split_special_tokens, leaves those that are not marked as special or are in a unigram vocabulary.
        cuts = [match.start() + 1 for match in self._control.finditer(text)]
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            if start < end:
                yield (
                    self._tokenizer(text[start:end], add_special_tokens=False, split_special_tokens=True, **options),
                    start,
                )


class PromptEncoder:
    """Encodes requests with the tokenizer of a causal model.

    Raises:
        EngineError: if the chat template has no place for what the user says.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._text = TextEncoder(tokenizer)
        if tokenizer.chat_template:
            self._parts = [self._encode_control(part) for part in self._split_template()]
        else:
            start = tokenizer("")["input_ids"]
            self._parts = [
                [token for token in start if token != tokenizer.eos_token_id],
                self._encode_control("\n"),
                *[self._encode_control("\n\n")] * 3,
            ]

    def encode(self, instruction: str, text: str, examples: Sequence[tuple[str, str]] = ()) -> list[int]:
        """The ids of the whole prompt; examples are earlier texts and their answers."""
        before, between, after, answering, again = self._parts
        ids = [*before, *self._text.encode(instruction), *between]
        for example, answer in examples if again else ():
            ids += [*self._text.encode(example), *answering, *self._text.encode(answer), *again]
        return [*ids, *self._text.encode(text), *after]

    def encode_text(self, text: str) -> list[int]:
        """The ids of article text, control tokens as plain characters."""
        return self._text.encode(text)

    def encode_with_places(self, text: str) -> list[tuple[int, int, int]]:
        """The ids of article text, each with where it begins and ends, in characters."""
        return self._text.encode_with_places(text)

    def decode(self, ids: list[int]) -> str:
        """The text of an answer."""
        return str(self.tokenizer.decode(ids, skip_special_tokens=True)).strip()

    def _split_template(self) -> tuple[str, str, str, str, str]:
        """What the chat template writes before, between and after instruction and text, and around an earlier answer.

        The last two are "" if the template does not know earlier turns.
        """
        for messages in TURNS:
            before, instruction, rest = self._write(messages).partition(_INSTRUCTION)
            between, text, after = rest.partition(_TEXT)
            if instruction and text:
                earlier = [turn | {"content": turn["content"].replace(_TEXT, _EXAMPLE)} for turn in messages]
                answered = {"role": "assistant", "content": _ANSWER}
                written = self._write([*earlier, answered, {"role": "user", "content": _TEXT}])
                start, _, rest = written.partition(_EXAMPLE)
                answering, _, rest = rest.partition(_ANSWER)
                again, _, end = rest.partition(_TEXT)
                if (start, end) != (f"{before}{_INSTRUCTION}{between}", after):
                    answering = again = ""
                return before, between, after, answering, again
        raise EngineError("The model's chat template leaves out what the user says; use another model.")

    def _write(self, messages: list[dict[str, str]]) -> str:
        """What the chat template makes of these turns; "" if it refuses them."""
        try:
            return str(
                self.tokenizer.apply_chat_template(
                    messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
                )
            )
        except Exception:  # templates refuse roles that they do not know by raising jinja errors of their own
            return ""

    def _encode_control(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"] if text else []
        return ids
