"""Requests become token ids for causal models: chat template around instruction and text.

The text of an article is encoded apart, with control tokens read as plain characters, so an article that holds
`<|im_end|>` cannot end its turn and speak as somebody else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_PLACE = "\ue000text\ue000"  # private use: stands where the article's text goes


class PromptEncoder:
    """Encodes requests with the tokenizer of a causal model."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._frame = lru_cache(maxsize=64)(self._encode_frame)

    def encode(self, instruction: str, text: str) -> list[int]:
        """The ids of the whole prompt."""
        before, after = self._frame(instruction)
        return [*before, *self.encode_text(text), *after]

    def encode_text(self, text: str) -> list[int]:
        """The ids of article text, control tokens as plain characters."""
        ids: list[int] = self.tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
        return ids

    def decode(self, ids: list[int]) -> str:
        """The text of an answer."""
        return str(self.tokenizer.decode(ids, skip_special_tokens=True)).strip()

    def _encode_frame(self, instruction: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        content = f"{instruction}\n{_PLACE}"
        if self.tokenizer.chat_template:
            prompt = self.tokenizer.apply_chat_template(
                [{"role": "user", "content": content}],
                tokenize=False,
                add_generation_prompt=True,
                enable_thinking=False,
            )
        else:
            prompt = f"{content}\n\n"
        before, _, after = prompt.partition(_PLACE)
        return tuple(self._encode_control(before)), tuple(self._encode_control(after))

    def _encode_control(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"] if text else []
        return ids
