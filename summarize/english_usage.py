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
_INITIALISM = re.compile(r"(?<!['’])\ba(?= (?:ID|X-ray|MRI|SUV|LED|NGO|HIV|SMS|app)\b)")  # said letter by letter
_AN = re.compile(rf"((?<!['’])\ba|{_BEGINS}A)n(?= (?![aeiou]|hour|honest|honou?r|heir|historic|[xflmnrs]-)[a-z]{{3,}})")
_INTRODUCED = re.compile(r"\bintroduced that\b")  # 介绍 before what somebody said
_SAID = re.compile(r'(?<=: ")[a-z](?![A-Z])(?=[^"]{8,}[.,!?])')  # a sentence in quotation marks
_SPOKE = r"(?:said|says|added|explained|recalled|told (?:the )?reporters?)"
_WHO = r"(?:[A-Z]|(?:he|she|they|a|an|the)\b)[\w'’-]*(?: [\w'’-]+){0,8}(?:, [^,.;:!?\"]{1,60},)? "
_HOW = r"(?:(?: happily| proudly| excitedly| gratefully| with (?:a smile|emotion|a laugh))?[.,])"
_FULL_STOP = re.compile(rf'\."(?P<gap>\s)(?P<speaker>{_WHO}{_SPOKE}{_HOW})')  # "It can run." Wang said.
_AGE_TWICE = re.compile(r", (?P<age>\d{1,3}),(?= an? (?P=age)-year-old\b)")  # Zhou, 78, a 78-year-old resident
_IN_THE = re.compile(r"\b(?P<o>[Oo])n(?= the early morning of\b)")
_DURING = re.compile(r"\b(?P<o>[Oo])n(?= the (?:[A-Z][\w-]+ ){1,3}holidays?\b)")
_INITIALS = re.compile(r"\b([UD])\. ([SKNC])\.(?= [A-Z]| ?$)")  # U. S. President
_SMALL = re.compile(r"(?:The|An?|They|(?:He|She)(?! [A-Z]))\b")  # but He Qiang


def correct_usage(text: str) -> str:
    """The text with the right articles and prepositions, "said that" for "introduced that", capitals in speech."""
    text = _AN.sub(r"\1", _A.sub(r"\1n", text))
    text = _INITIALISM.sub("an", _AGE_TWICE.sub(",", text))
    text = _IN_THE.sub(lambda on: "In" if on["o"] == "O" else "in", text)
    text = _DURING.sub(lambda on: "During" if on["o"] == "O" else "during", text)
    text = _INITIALS.sub(r"\1.\2.", _INTRODUCED.sub("said that", text))
    return _SAID.sub(lambda first: first.group().upper(), text)


def with_speech_joined(text: str) -> str:
    """The text with a comma, not a full stop, between what somebody said and who it was; of the same length."""
    return _FULL_STOP.sub(_with_comma, text)


def _with_comma(speech: re.Match[str]) -> str:
    speaker = speech["speaker"]
    if _SMALL.match(speaker):
        speaker = speaker[0].lower() + speaker[1:]
    return f',"{speech["gap"]}{speaker}'
