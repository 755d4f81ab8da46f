"""Bytes, text or a file become an `Article`: the text and its paragraphs, lossless.

A paragraph is a `Span` of the text. Together the paragraphs hold every character that is not white space, each in
exactly one paragraph, in order; what lies between two paragraphs is white space only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from summarize.errors import InputError

MAX_CHARACTERS = 500_000  # an article; a book or a dump of a site is not one
LONG_PARAGRAPH = 2000  # characters; a longer line is cut at sentence ends, so that every request stays small

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]+[”’」』）)】》\"']*|[^。！？!?…]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range `[start, end)` of characters of the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the spans of its paragraphs.

    Attributes:
        text: the article as it was read; offsets count its characters (code points).
        paragraphs: in order, without surrounding white space; `text[p.start:p.end]` is a paragraph.
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

    A `Path` is always a file. A string is a file name only if it is short, one line, without Chinese sentence marks,
    and such a file exists; else it is the text.

    Raises:
        InputError: if the file cannot be read or what it holds is not a Chinese article.
    """
    if isinstance(text_or_path, Path) or _names_a_file(text_or_path):
        path = Path(text_or_path)
        return parse_article(_read_bytes(path), source=source or str(path))
    return parse_article(text_or_path, source=source)


def parse_article(data: bytes | str, *, source: str = "") -> Article:
    """Turns bytes (UTF-8, UTF-16 with a mark, or GB 18030) or text into an article.

    Raises:
        InputError: if it is empty, too large, binary or holds no Chinese.
    """
    name = source or "the input"
    text = decode(data, name) if isinstance(data, bytes) else data
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters; split it into single articles.")
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise InputError(f"{name} is empty; give it the text of a Chinese article.")
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError(f"{name} is not text (it holds NUL or broken characters); give it a plain text file.")
    if not has_chinese(text):
        raise InputError(f"{name} holds no Chinese; give it the text of a Chinese article.")
    return Article(text, tuple(_paragraphs(text)), source)


def decode(data: bytes, name: str = "the input") -> str:
    """Decodes bytes as UTF-8, as UTF-16 if they begin with its mark, else as GB 18030 (the Chinese standard).

    Raises:
        InputError: if they are none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:8192]:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name} is not text in UTF-8, UTF-16 or GB 18030; convert it to UTF-8.")


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph as spans that cover it without gaps; closing quotes stay with their sentence."""
    return [Span(m.start(), m.end()) for m in _SENTENCE.finditer(text)]


def chunks(text: str, limit: int) -> list[Span]:
    """Cuts a text into spans of at most `limit` characters, at sentence ends where there are any, without gaps."""
    spans: list[Span] = []
    start = end = 0
    for sentence in sentences(text):
        if sentence.end - start > limit and end > start:
            spans.append(Span(start, end))
            start = end
        while sentence.end - start > limit:
            spans.append(Span(start, start + limit))
            start += limit
        end = sentence.end
    if end > start:
        spans.append(Span(start, end))
    return spans


def _names_a_file(text: str) -> bool:
    if len(text) > 1024 or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except OSError:
        return False


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path} is a directory; name the article files in it.")
        if path.stat().st_size > 4 * MAX_CHARACTERS:
            raise InputError(f"{path} is longer than {MAX_CHARACTERS:,} characters; split it into single articles.")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist; check the path.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions.") from None


def _paragraphs(text: str) -> list[Span]:
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        content = line.group().strip("\ufeff \t\u3000\xa0")
        if not content.strip():
            continue
        start = line.start() + line.group().index(content)
        if len(content) <= LONG_PARAGRAPH:
            spans.append(Span(start, start + len(content)))
        else:
            spans += [_strip(text, start + c.start, start + c.end) for c in chunks(content, LONG_PARAGRAPH)]
    return [span for span in spans if span.end > span.start]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
