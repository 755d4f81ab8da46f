"""Characters of an article that a terminal, a page or an XML file must not get."""

from __future__ import annotations

import re

# Control and format characters: in a terminal they could move the cursor, anywhere they could reverse the text.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# What is no character of XML 1.0 (https://www.w3.org/TR/xml/#charsets), of those that `clean` leaves.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text on one line without characters that a terminal would obey."""
    return _CONTROL.sub("", re.sub(r"\s+", " ", text))


def clean_for_xml(text: str) -> str:
    """The text on one line with nothing that an XML file cannot hold."""
    return _NOT_XML.sub("\ufffd", clean(text))
