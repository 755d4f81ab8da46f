"""Articles made harder: each change takes sections, lists of paragraphs, and gives them changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from summarize.segmentation.roles import read_line


@dataclass(frozen=True)
class Case:
    """A text with what its paragraphs are and which of them begin a section."""

    text: str
    paragraphs: list[str]
    starts: list[int]


Change = Callable[[list[list[str]], random.Random], list[list[str]]]


def case(sections: list[list[str]], separator: str = "\n") -> Case:
    paragraphs = [text for section in sections for text in section]
    starts, count = [], 0
    for section in sections:
        starts.append(count)
        count += len(section)
    return Case(separator.join(paragraphs), paragraphs, starts)


def _title_lines(section: list[str]) -> int:
    return 1 if read_line(section[0]).kind == "title" else 0


def headings_removed(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    return [
        section[1:] if len(section) > 1 and read_line(section[0]).kind == "title" else section for section in sections
    ]


def captions_first(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    changed = []
    for section in sections:
        words = next((text for text in section if read_line(text).kind == "body"), section[0])[:18].rstrip("，。、,")
        place = _title_lines(section)
        changed.append(
            [*section[:place], f"{words}。{chance.choice('王李张陈')}{chance.choice('伟芳磊静')} 摄", *section[place:]]
        )
    return changed


def bylines_removed(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    return [[text for text in section if read_line(text).kind != "byline"] or section for section in sections]


def bylines_first(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    """A reporter's name over the text of each section instead of under it."""
    changed = []
    for section in bylines_removed(sections, chance):
        place = _title_lines(section)
        changed.append(
            [*section[:place], f"本报记者 {chance.choice('王李张陈')}{chance.choice('伟芳磊静')}", *section[place:]]
        )
    return changed


def divided(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    """A row of signs after each section but the last."""
    return [[*section, "* * *"] for section in sections[:-1]] + sections[-1:]


def unequal_sections(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Every other section keeps its heading, if it has one, and a single paragraph."""
    return [section if i % 2 else section[: _title_lines(section) + 1] for i, section in enumerate(sections)]


def paragraphs_shuffled(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    changed = []
    for section in sections:
        place = _title_lines(section)
        rest = section[place:]
        chance.shuffle(rest)
        changed.append([*section[:place], *rest])
    return changed


def traditional(sections: list[list[str]], chance: random.Random) -> list[list[str]]:
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return [[convert(text) for text in section] for section in sections]


CHANGES: dict[str, Change] = {
    "headings removed": headings_removed,
    "captions first": captions_first,
    "bylines removed": bylines_removed,
    "bylines over the text": bylines_first,
    "rows of signs between sections": divided,
    "sections of very unequal length": unequal_sections,
    "paragraphs shuffled inside sections": paragraphs_shuffled,
    "traditional characters": traditional,
}


def wrapped(plain: Case, width: int = 28) -> Case:
    """Lines broken at one width, as text recognition gives them."""
    lines = [text[i : i + width] for text in plain.paragraphs for i in range(0, len(text), width)]
    return Case("\n".join(lines), plain.paragraphs, plain.starts)


def unbroken(plain: Case) -> Case:
    """No line breaks at all."""
    return Case("".join(plain.paragraphs), plain.paragraphs, plain.starts)
