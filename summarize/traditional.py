"""Traditional to simplified characters, one for one, so that offsets hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def simplify(text: str) -> str:
    """The text in simplified characters; always as long as the text, so that offsets into one are offsets into both."""
    if text.isascii():
        return text
    converter = _converter()
    simplified: str = converter.convert(text)
    if len(simplified) == len(text):
        return simplified
    single = [converter.convert(character) for character in text]
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
