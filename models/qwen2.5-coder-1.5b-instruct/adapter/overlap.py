"""Whether a training text shares a long run of words with texts that it must not have been learnt from.

Brown et al. 2020 (https://arxiv.org/abs/2005.14165, appendix C) call 13 words in a row contamination; in Chinese it is
13 characters here, which is stricter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LENGTH = 13

_ENGLISH = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


class Overlap:
    """The runs of 13 words or Chinese characters of some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs = {hash(run) for text in texts for line in text.splitlines() for run in _runs(line)}

    def has(self, *texts: str) -> bool:
        """Whether any of these texts holds a run of those."""
        return any(hash(run) in self._runs for text in texts for run in _runs(text))


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a file: all strings of a file of JSON lines, the lines of any other."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from _strings(json.loads(line)) if path.suffix == ".jsonl" else [line]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    # Chinese is read without its marks, so that punctuation does not hide a copy.
    for words in (_ENGLISH.findall(text.lower()), "".join(_CHINESE.findall(text))):
        for start in range(len(words) - LENGTH + 1):
            yield tuple(words[start : start + LENGTH])
