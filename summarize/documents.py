"""Word documents become plain text, a paragraph a line; other kinds of documents are refused."""

from __future__ import annotations

import io
import zipfile

from summarize.errors import InputError
from summarize.packages import require

LARGEST = 32 << 20  # bytes of a Word document; pictures may be in it
_LARGEST_UNPACKED = 256 << 20

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A text box is kept twice, the second time for old programs; what was moved stands where it went.
_ELSEWHERE = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_WORD}moveFrom")
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_OTHERS = {b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old or protected Word file", b"{\\rtf": "RTF"}


def is_word(data: bytes) -> bool:
    """True if bytes are a Word document, or at least begin as one does."""
    return data.startswith(b"PK\x03\x04")


def require_readable(data: bytes, name: str) -> None:
    """Refuses kinds of documents that are not read.

    Raises:
        InputError: if bytes are a PDF, an old Word file or RTF.
    """
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise InputError(f"{name} is {kind}, which is not read; save it as .docx or as text.")


def text_of_word(data: bytes, name: str) -> str:
    """The paragraphs of a Word document: also of its tables and text boxes, and as if all changes were accepted.

    Headers, footers, notes and the numbers of numbered lists are left out.

    Raises:
        InputError: if it is no Word document or a broken one.
        MissingPackageError: if python-docx is not installed.
    """
    docx = require("docx", extra="docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            if sum(file.file_size for file in files.infolist()) > _LARGEST_UNPACKED:
                raise InputError(f"{name} is too large for an article; split it into single articles.")
        body = docx.Document(io.BytesIO(data)).element.body
    except InputError:
        raise
    except Exception as error:  # whatever is broken in it, the packages have their own words for that
        raise InputError(f"{name} is no Word document that can be read; save it anew as .docx or as text.") from error
    paragraphs: dict[object, list[str]] = {paragraph: [] for paragraph in body.iter(f"{_WORD}p")}
    for element in body.iter(f"{_WORD}t", *_BREAKS):
        written = element.getparent().tag == f"{_WORD}r"  # and no tab stop
        if written and next(element.iterancestors(*_ELSEWHERE), None) is None:
            owner = next(element.iterancestors(f"{_WORD}p"))
            paragraphs[owner].append(_BREAKS.get(element.tag) or element.text or "")
    return "\n".join("".join(runs) for runs in paragraphs.values())
