"""Slips of English that small models make and rules put right: "a ambulance", "introduced that", said: "after 8"."""

from __future__ import annotations

import re

# Spelling tells the sound except in words such as "useful", "European", "one", "hour".
_VOWEL_SOUND = (
    r"(?:[ai]|e(?![uw])|o(?!n(?:e|ce)\b)|u(?!n[ia]|s[aeiu]|t[ei]|r[aeiou]|k|b))[a-z]{2,}|hour|honest|honou?r|heir"
)
_BEGINS = r"(?:^|(?<=[.!?:\"] )|(?<=^[\"“]))"  # a sentence: not in vitamin A, Liu An
_EIGHT = r"8[\d,]*\b|1[18](?:,\d{3})*\b(?!\d)"  # eight, eleven, eighteen thousand
_A = re.compile(rf"((?<!['’])\ba|{_BEGINS}A)(?= (?:{_VOWEL_SOUND}|{_EIGHT}))")
_AN = re.compile(rf"((?<!['’])\ba|{_BEGINS}A)n(?= (?![aeiou]|hour|honest|honou?r|heir|historic|[xflmnrs]-)[a-z]{{3,}})")
_INTRODUCED = re.compile(r"\bintroduced that\b")  # 介绍 before what somebody said
_SAID = re.compile(r'(?<=: ")[a-z](?=[^"]{8,}[.,!?])')  # a sentence in quotation marks


def correct_usage(text: str) -> str:
    """The English text with the right articles, "said that" for "introduced that" and capitals in direct speech."""
    text = _AN.sub(r"\1", _A.sub(r"\1n", text))
    text = _INTRODUCED.sub("said that", text)
    return _SAID.sub(lambda first: first.group().upper(), text)
