"""What a job is given: the data of articles, and what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from summarize.article import Article, parse_article
from summarize.errors import InputError
from summarize.jobs.digesting import Failure


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was read: an article's data or a failure.

    Attributes:
        id: names the input.
        place: where it was read, for people: a file, with the number of the row.
        data: the article's bytes or text; of a failure, all that is known of it, so that a change is noticed.
        failure: why it cannot be read.
        whole: the failure is of a part of a source that may hold many inputs.
    """

    id: str
    place: str
    data: bytes | str = b""
    failure: Failure | None = None
    whole: bool = False

    @property
    def hash(self) -> bytes:
        """By which a changed input is noticed: BLAKE2b of 128 bits over its bytes, a text in UTF-8."""
        data = self.data if isinstance(self.data, bytes) else self.data.encode("utf-8", "surrogatepass")
        return blake2b(data, digest_size=16).digest()

    def read(self) -> Article | Failure:
        """The article, or why there is none."""
        if self.failure:
            return self.failure
        try:
            return parse_article(self.data, source=self.id)
        except InputError as error:
            return Failure("not an article", str(error))


def unreadable(id: str, place: str, data: bytes | str, message: str, *, whole: bool = False) -> Given:
    """An input, or with `whole` a part of a source, that cannot be read."""
    return Given(id, place, data, Failure("unreadable", clean(message)), whole)


def too_long(id: str, place: str, size: int) -> Given:
    """Something of so many bytes that it cannot be an article."""
    message = f"{place} has {size:,} bytes, which is no single article; split it into articles."
    return Given(id, clean(place), f"{size} bytes", Failure("not an article", clean(message)))


def clean(text: str) -> str:
    """Text that can be written as UTF-8: names of files may hold bytes that are none."""
    return text.encode("utf-8", "backslashreplace").decode()
