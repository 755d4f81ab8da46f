"""Traditional to simplified characters, one for one, so that offsets hold; and back, as a text has them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

_USUAL = "\uffff"  # beyond are simplified forms that nobody writes and no dictionary reads: 蟳 stays 蟳


def simplify(text: str) -> str:
    """The text in simplified characters; always as long as the text, so that offsets into one are offsets into both."""
    if text.isascii():
        return text
    converter = _converter("t2s")
    simplified: str = converter.convert(text)
    if len(simplified) == len(text) and max(simplified) <= _USUAL:
        return simplified
    single = [converter.convert(character) for character in text]
    return "".join(new if len(new) == 1 and new <= _USUAL else old for old, new in zip(text, single, strict=True))


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters: more of them would be simplified than the other way round."""
    simplified, converted = simplify(text), _converter("s2t").convert(text)
    return sum(map(str.__ne__, text, simplified)) > sum(map(str.__ne__, text, converted))


def in_script_of(text: str, written: str) -> str:
    """What was written about a text, in traditional characters if the text is in them: 裡 or 裏, as the text has it."""
    if not is_traditional(text):
        return written
    simplified = simplify(text)
    used: dict[str, Counter[str]] = {}
    for character, plain in zip(text, simplified, strict=True):
        used.setdefault(plain, Counter())[character] += 1
    traditional = _converter("s2t").convert(written)
    return "".join(
        character if character == plain or character in used.get(plain, character) else used[plain].most_common(1)[0][0]
        for character, plain in zip(traditional, simplify(traditional), strict=True)
    )


@lru_cache(maxsize=2)
def _converter(direction: str) -> Any:
    from opencc import OpenCC

    return OpenCC(direction)
