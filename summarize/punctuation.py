"""Marks: those of Chinese and full-width characters as English has them, and brackets that are left open."""

from __future__ import annotations

import re

BARS = "丨｜|│︱∣"  # between the place that a headline begins with and the rest
OPENING_QUOTES, CLOSING_QUOTES = '“「『‘"', '”」』’"'

_MARKS = str.maketrans(
    {
        **{"，": ", ", "、": ", ", "。": ". ", "；": "; ", "：": ": ", "！": "! ", "？": "? "},
        **{"（": " (", "）": ") ", "【": " [", "】": "] ", "《": ' "', "》": '" '},
        **dict.fromkeys(BARS, " | "),
        **{"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "『": "'", "』": "'"},
        **{"．": ".", "％": "%", "～": "-", "\u3000": " "},
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)
_ASCII = re.compile(r"(?<=[\u4e00-\u9fff”’》）)\]}])[,:;!?](?!\d)|[()]")
_FULL_WIDTH = str.maketrans(",:;!?()", "，：；！？（）")
_CLOSING = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】"}
_QUOTATIONS = str.maketrans({"“": ' "', "「": ' "', "”": '" ', "」": '" '})


def english_marks(text: str) -> str:
    """The text in the marks of English and in ASCII digits, with spaces where English has them."""
    text = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", text)  # 1，600
    text = re.sub(r"\s+", " ", text.translate(_MARKS).replace("……", "…")).strip()
    text = re.sub(r"\s+([,.;:!?)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
    text = re.sub(r"\b([ap])\. m\.", r"\1.m.", text)
    parts = text.split('"')
    if len(parts) % 2:  # all quotations are closed: no space within their marks
        parts[1::2] = [part.strip() for part in parts[1::2]]
        parts[2::2] = [f" {part}" if part[:1].isalnum() else part for part in parts[2::2]]
    return '"'.join(parts)


def chinese_marks(text: str) -> str:
    """The text with commas and the like that follow Chinese, and brackets, as Chinese has them; of the same length."""
    return _ASCII.sub(lambda mark: mark[0].translate(_FULL_WIDTH), text)


def straight_quotations(text: str) -> str:
    """Chinese with its quotations in the straight marks of English."""
    return text.translate(_QUOTATIONS)


def closing_marks(text: str) -> str:
    """The marks that would close the quotations and brackets which a Chinese text leaves open."""
    opened: list[str] = []
    for character in text:
        if character in _CLOSING:
            opened.append(character)
        elif opened and character == _CLOSING[opened[-1]]:
            opened.pop()
    return "".join(_CLOSING[bracket] for bracket in reversed(opened))
