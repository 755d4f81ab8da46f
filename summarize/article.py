"""Bytes, text or a file become an `Article`: the text and its paragraphs, lossless.

Of a Word document (`documents.py`) that is the text in it; invisible characters are left out, and character references
are what they stand for. All places are places of the text so read.

A paragraph is a `Span` of the text. Together the paragraphs hold every character that is not white space, each in
exactly one paragraph, in order; what lies between two paragraphs is white space only. Where lines break in
mid-sentence, a paragraph holds the line breaks; `without_soft_breaks` takes them out.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from pathlib import Path, PurePath
from typing import BinaryIO

from summarize.documents import LARGEST, is_word, require_readable, text_of_word
from summarize.errors import InputError, unreadable
from summarize.paragraphs import Span, chunks, clauses, find_paragraphs, sentences, strip, without_soft_breaks

__all__ = [
    "MAX_CHARACTERS",
    "Article",
    "Span",
    "chunks",
    "clauses",
    "count_chinese",
    "decode",
    "has_chinese",
    "largest",
    "name_of",
    "parse_article",
    "read_article",
    "read_bytes",
    "read_text",
    "readable",
    "sentences",
    "standard_input",
    "strip",
    "without_soft_breaks",
]

MAX_CHARACTERS = 500_000  # an article; a book or a dump of a site is not one

_COMMON = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年"
_KANA = re.compile("[\u3041-\u30fa]")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|meta|title|div|article|section|p|h[1-6])\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_FILE_NAME = re.compile(r"[^\s，。；！？]{1,250}\.(?:txt|md|html?|docx?|pdf|rtf|jsonl?|csv|tsv)", re.IGNORECASE)
# Soft hyphens, marks of width 0 and of direction; the joiner only where it does not make one picture of several.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_REFERENCE = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the spans of its paragraphs.

    Attributes:
        text: the article as it was read (`readable`); offsets count its characters (code points).
        paragraphs: in order, without surrounding white space; `text[p.start:p.end]` is a paragraph, soft line breaks
            included.
        source: where it came from, for reports: a path, "-" or "".
    """

    text: str
    paragraphs: tuple[Span, ...]
    source: str = ""

    def __getitem__(self, index: int) -> str:
        """The text of paragraph `index`."""
        span = self.paragraphs[index]
        return self.text[span.start : span.end]


def has_chinese(text: str) -> bool:
    """True if the text holds at least one Chinese character."""
    return _HAN.search(text) is not None


def count_chinese(text: str) -> int:
    """How many Chinese characters the text holds."""
    return len(_HAN.findall(text))


def read_article(text_or_path: str | Path, *, source: str = "") -> Article:
    """Reads an article from a path, or takes a string as the article's text.

    A `Path` is always a file. A string is a file name only if it is short, one line, and such a file exists, or if it
    ends as the names of files do; else it is the text.

    Raises:
        InputError: if the file cannot be read or what it holds is not a Chinese article.
    """
    if isinstance(text_or_path, Path) or _names_a_file(text_or_path):
        path = Path(text_or_path)
        return parse_article(read_bytes(path), source=source or str(path))
    return parse_article(text_or_path, source=source)


def parse_article(data: bytes | str, *, source: str = "") -> Article:
    """Turns text, or bytes (UTF-8, UTF-16 with a mark, GB 18030 or Big5; or a Word document), into an article.

    Raises:
        InputError: if it is empty, too large, binary, a page of HTML, or holds no Chinese or more Japanese.
        MissingPackageError: if it is a Word document, and python-docx is not installed.
    """
    name = name_of(source)
    text = read_text(data, name)
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters; split it into single articles.")
    if not text.strip():
        raise InputError(f"{name} is empty; give it the text of a Chinese article.")
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError(f"{name} is not text (it holds NUL or broken characters); give it a plain text file.")
    if _PAGE.match(text):
        raise InputError(f"{name} is HTML; give it the text of the article, as a browser shows it.")
    if len(_KANA.findall(text)) > count_chinese(text) / 3:
        raise InputError(f"{name} is Japanese; give it the text of a Chinese article.")
    if not has_chinese(text):
        raise InputError(f"{name} holds no Chinese; give it the text of a Chinese article.")
    return Article(text, tuple(find_paragraphs(text)), source)


def name_of(source: str) -> str:
    """What a source is called in a sentence."""
    return {"": "the input", "-": "standard input"}.get(source, source)


def read_text(data: bytes | str, name: str = "the input") -> str:
    """The text of what was read, `readable`: of a Word document its paragraphs, or else all of it, decoded.

    Raises:
        InputError: if there is none.
        MissingPackageError: if it is a Word document, and python-docx is not installed.
    """
    if isinstance(data, str):
        return readable(data)
    if is_word(data):
        return readable(text_of_word(data, name))
    require_readable(data, name)
    return readable(decode(data, name))


def readable(text: str) -> str:
    """The text without invisible characters, and with the characters that references of HTML stand for (`&nbsp;`).

    Both come with text from web pages, within words and numbers too. Only complete references are read: AT&T and the
    & of addresses stay as they are.
    """
    return _INVISIBLE.sub("", _REFERENCE.sub(_referred, text))


def _referred(reference: re.Match[str]) -> str:
    if not reference[0].startswith("&#") and reference[0][1:] not in html5:
        return reference[0]
    character = unescape(reference[0])
    return " " if character.splitlines() == [""] else character  # a line break that is so written is none in a page


def decode(data: bytes, name: str = "the input") -> str:
    """Decodes bytes as UTF-8, as UTF-16 if they begin with its mark, else as GB 18030 or Big5.

    Nearly all Big5 is GB 18030 of rare characters too: the one that reads as more common characters is right.

    Raises:
        InputError: if they are none of these, or UTF-8 with some bytes that are not.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:8192]:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030", "big5"]
    texts = []
    for encoding in encodings:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig" and _is_damaged_utf_8(data):
                line = error.object.count(b"\n", 0, error.start) + 1
                raise InputError(f"{name} is UTF-8, but broken in line {line}; mend it there or get it anew.") from None
            continue
        if encoding != "gb18030":
            break
    if not texts:
        raise InputError(f"{name} is not text in UTF-8, UTF-16, GB 18030 or Big5; convert it to UTF-8.")
    return max(texts, key=lambda text: sum(map(text.count, _COMMON)))


def _is_damaged_utf_8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return count_chinese(text) > 10 * text.count("\ufffd")


def _names_a_file(text: str) -> bool:
    if len(text) > 1024 or "\n" in text or "\0" in text:
        return False
    if _FILE_NAME.fullmatch(text):
        return True  # whether it is there or not
    try:
        return Path(text).is_file()
    except OSError:
        return False


def largest(path: PurePath) -> int:
    """How many bytes a file of an article may have; a Word document holds pictures beside it."""
    return LARGEST if path.suffix.lower() == ".docx" else 4 * MAX_CHARACTERS


def standard_input() -> BinaryIO:
    """The bytes that are piped into the process.

    Raises:
        InputError: if there are none: it is closed.
    """
    if sys.stdin is None:
        raise InputError("Standard input is closed; name a file, or pipe one in.")
    return sys.stdin.buffer


def read_bytes(path: Path) -> bytes:
    """The contents of a file.

    Raises:
        InputError: if it cannot be read, is a directory or is too large to be an article.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > largest(path):
                raise InputError(f"{path} is longer than {MAX_CHARACTERS:,} characters; split it into single articles.")
            return file.read()
    except OSError as error:
        raise InputError(unreadable(path, error)) from None
