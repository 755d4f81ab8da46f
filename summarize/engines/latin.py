"""What English may be written with: the characters, as a regular expression, and the tokens that hold no other."""

from __future__ import annotations

import re
from typing import Any

from summarize.engines.prompt import control_tokens

# Printable ASCII, Latin letters with marks (names such as Müller or Nguyễn), general punctuation, currency and
# letter-like signs. No line break: one paragraph in, one paragraph out.
LATIN = r"[ -~\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2100-\u214f]*"

_LATIN = re.compile(LATIN)


def is_latin(text: str) -> bool:
    """True if the text could have been written under the constraint."""
    return _LATIN.fullmatch(text) is not None


def latin_tokens(tokenizer: Any, size: int) -> list[bool]:
    """For each token id below `size` whether English may be written with it.

    A token that holds part of a character only (byte-level vocabularies have them) decodes to a replacement mark and
    is not allowed: two of them could make a Chinese character.
    """
    control = {*tokenizer.all_special_ids, *tokenizer.convert_tokens_to_ids(sorted(control_tokens(tokenizer)))}
    length = min(size, len(tokenizer))
    pieces = tokenizer.batch_decode([[i] for i in range(length)], clean_up_tokenization_spaces=False)
    allowed = [i not in control and is_latin(piece) for i, piece in enumerate(pieces)]
    return allowed + [False] * (size - length)
