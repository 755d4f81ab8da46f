"""The results: frozen dataclasses, and their JSON form (schema `summarize/digest/1`)."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

Role = Literal["heading", "subheading", "lead", "caption", "body", "byline", "notice"]

DIGEST_SCHEMA = "summarize/digest/1"
SEGMENTATION_SCHEMA = "summarize/segmentation/1"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its role, its place in the source (character offsets, half-open), Chinese and English.

    `confidence`, from 0 to 1, says how sure the role is.
    """

    role: Role
    start: int
    end: int
    zh: str
    en: str = ""
    confidence: float = 1.0


FindingKind = Literal[
    "missing",  # an item of the source is not in the English
    "altered",  # an item arrived with another value or spelling
    "invented",  # a number or name that the source does not have
    "doubtful",  # words that a model which reads both texts would not have written
    "untranslated",  # Chinese characters in the English
    "repeated",  # the same words over and over
    "cut off",  # ends in mid-sentence
    "too short",
    "too long",
    "refused",  # "I'm sorry, but ..."
    "off task",  # talks about its task instead of doing it
    "heading repeated",  # a summary that only repeats the heading
    "extractive",  # a summary of the section's own sentences, since none could be written faithfully
]
Part = Literal["title", "summary", "paragraph"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the fidelity check found.

    Attributes:
        kind: what is wrong.
        detail: one sentence for a person.
        part: where in the section.
        paragraph: the number of the paragraph in its section, if that is where.
        item: what it concerns ("number", "person", ..., "line" for one that was left out or added), "" if it concerns
            the whole text.
        source: `(start, end)` in the Chinese of that part (soft line breaks left out), if there is a place.
        target: `(start, end)` in the checked text (English; Chinese of a summary), if there is a place.
    """

    kind: FindingKind
    detail: str
    part: Part = "paragraph"
    paragraph: int | None = None
    item: str = ""
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What the check of a section found; empty findings mean that nothing was found, not that nothing is wrong."""

    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind."""
        counts: dict[str, int] = {}
        for finding in self.findings:
            counts[finding.kind] = counts.get(finding.kind, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Section:
    """One story of the article. `start` and `end` are character offsets into the source."""

    index: int
    start: int
    end: int
    title: Bilingual
    summary: Bilingual
    paragraphs: tuple[Paragraph, ...]
    fidelity: Fidelity = field(default_factory=Fidelity)


@dataclass(frozen=True, slots=True)
class Digest:
    """All stories of one article. `models` names the model of each task and its SHA-256."""

    source: str
    models: dict[str, str]
    sections: tuple[Section, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; `from_dict` reads it back to an equal digest."""
        return {
            "schema": DIGEST_SCHEMA,
            "source": self.source,
            "models": dict(self.models),
            "sections": [_section_to_dict(section) for section in self.sections],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Digest:
        """Reads the JSON form.

        Raises:
            ValueError: if it is not of schema `summarize/digest/1`; it says what is wrong where.
        """
        schema = data.get("schema") if isinstance(data, dict) else None
        if schema != DIGEST_SCHEMA:
            raise ValueError(f"its schema is {json.dumps(schema)[:40]} and must be {DIGEST_SCHEMA}")
        return cast(Digest, _read(cls, data, ""))


@dataclass(frozen=True, slots=True)
class Segment:
    """One section of a segmentation: which paragraphs it has, without summary or English."""

    index: int
    start: int
    end: int
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The sections of an article before anything is written."""

    source: str
    sections: tuple[Segment, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form (schema `summarize/segmentation/1`)."""
        return {
            "schema": SEGMENTATION_SCHEMA,
            "source": self.source,
            "sections": [
                {
                    "index": section.index,
                    "start": section.start,
                    "end": section.end,
                    "title": {"zh": section.title},
                    "paragraphs": [
                        {"role": p.role, "start": p.start, "end": p.end, "zh": p.zh, "confidence": p.confidence}
                        for p in section.paragraphs
                    ],
                }
                for section in self.sections
            ],
        }


def _section_to_dict(section: Section) -> dict[str, Any]:
    data = asdict(section)
    data["fidelity"] = {
        "counts": section.fidelity.counts,
        "findings": [asdict(finding) for finding in section.fidelity.findings],
    }
    data["paragraphs"] = list(data["paragraphs"])
    return data


def _read(kind: Any, data: Any, place: str) -> Any:
    """A value of a type of this module, from its JSON form; `place` names it in errors."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(data, dict) and is_dataclass(kind):
        return _read_fields(kind, data, place)
    if isinstance(data, dict) and origin is dict:
        return {name: _read(arguments[1], value, f"{place}.{name}") for name, value in data.items()}
    if isinstance(data, (list, tuple)) and origin is tuple:
        kinds = [arguments[0]] * len(data) if arguments[-1] is Ellipsis else arguments
        if len(data) == len(kinds):
            return tuple(
                _read(of, value, f"{place}[{i}]") for i, (of, value) in enumerate(zip(kinds, data, strict=True))
            )
    if origin is UnionType:  # the type or null
        return None if data is None else _read(arguments[0], data, place)
    fits = (
        (origin is Literal and isinstance(data, str) and data in arguments)
        or (kind is str and isinstance(data, str))
        or (kind is int and type(data) is int and data >= 0)  # all are places or numbers of something
        or (kind is float and type(data) in (int, float) and 0 <= data <= 1)
    )
    if not fits:
        raise ValueError(f"{place} is {json.dumps(data)[:40]} and must be {_name(kind)}")
    return data


def _read_fields(kind: Any, data: dict[str, Any], place: str) -> Any:
    """A dataclass; what else is in the data is what follows from its fields, or was added to them."""
    hints, values = _hints(kind), {}
    for known in fields(kind):
        if known.name in data:
            values[known.name] = _read(hints[known.name], data[known.name], f"{place}.{known.name}".lstrip("."))
        elif known.default is MISSING and known.default_factory is MISSING:
            raise ValueError(f"{place or 'it'} has no {known.name}")
    return kind(**values)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _name(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return f"one of {', '.join(arguments)}"
    if origin is tuple:
        return "a list" if arguments[-1] is Ellipsis else f"a list of {len(arguments)}"
    names = {str: "a string", int: "a whole number from 0 up", float: "a number from 0 to 1"}
    return names.get(kind, "an object")
