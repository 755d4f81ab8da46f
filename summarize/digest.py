"""The results: frozen dataclasses, and their JSON form (schema `summarize/digest/1`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

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
            ValueError: if it is not of schema `summarize/digest/1`.
        """
        if data.get("schema") != DIGEST_SCHEMA:
            raise ValueError(f"expected schema {DIGEST_SCHEMA!r}, found {data.get('schema')!r}")
        sections = tuple(_section_from_dict(section) for section in data["sections"])
        return cls(data["source"], dict(data["models"]), sections)


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


def _section_from_dict(data: dict[str, Any]) -> Section:
    return Section(
        index=data["index"],
        start=data["start"],
        end=data["end"],
        title=Bilingual(**data["title"]),
        summary=Bilingual(**data["summary"]),
        paragraphs=tuple(Paragraph(**paragraph) for paragraph in data["paragraphs"]),
        fidelity=Fidelity(tuple(_finding_from_dict(finding) for finding in data["fidelity"]["findings"])),
    )


def _finding_from_dict(data: dict[str, Any]) -> Finding:
    spans = {name: tuple(data[name]) if data[name] else None for name in ("source", "target")}
    return Finding(**{**data, **spans})
