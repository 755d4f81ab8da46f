"""How well `check` finds which lines of a translation belong to which lines of the Chinese.

    python benchmarks/alignment.py [--articles 40]

Roundups of roundups-dev and their human English, a paragraph a line, changed by chance (the seed is fixed):

- "as it is": nothing changed;
- "left out": one English paragraph in ten is missing;
- "added": one in ten is followed by a paragraph of another roundup;
- "joined": one in five, but no heading, is written on one line with the next;
- "split": one in three of several sentences is written on two lines;
- "all": all of these.

After the slash the same without what grounding finds, by lengths and numerals alone. Links: pairs of a Chinese and an
English line that have something in common. Left out, added: lines of which that is said. F1 of each against the truth;
"-" where there is neither. flores-dev: systems' English of sentences that have nothing to do with each other, with all
lines and without every tenth.

Writes benchmarks/results/alignment.{json,md}.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from machine import machine
from roundups import evenly, read_articles, read_flores, save

from summarize.fidelity.alignment import Bead, align
from summarize.fidelity.text import ends_sentence, english_sentences
from summarize.grounding import Item, ground

SYSTEMS = ("argos", "opusmt", "nllb", "google")


@dataclass(slots=True)
class Lines:
    """A text and a translation by lines, and which belong together."""

    zh: list[str]
    en: list[str] = field(default_factory=list)
    links: set[tuple[int, int]] = field(default_factory=set)

    def left_out(self) -> set[int]:
        return set(range(len(self.zh))) - {row for row, _ in self.links}

    def added(self) -> set[int]:
        return set(range(len(self.en))) - {column for _, column in self.links}


def change(zh: Sequence[str], en: Sequence[str], strange: Sequence[str], what: str, chance: random.Random) -> Lines:
    """The text with its English changed."""
    lines = Lines(list(zh))
    joining = False
    for row, text in enumerate(en):
        if what in ("left out", "all") and chance.random() < 0.1:
            continue
        parts = [text]
        if what in ("split", "all") and len(own := english_sentences(text)) > 1 and chance.random() < 1 / 3:
            cut = chance.randrange(1, len(own))
            parts = [" ".join(own[:cut]), " ".join(own[cut:])]
        for part in parts:
            if joining:
                lines.en[-1] += " " + part
            else:
                lines.en.append(part)
            joining = False
            lines.links.add((row, len(lines.en) - 1))
        joining = what in ("joined", "all") and chance.random() < 0.2 and ends_sentence(zh[row])
        if not joining and what in ("added", "all") and chance.random() < 0.1:
            lines.en.append(chance.choice(strange))
    return lines


class Tally:
    """Counts for the F1 of links, lines left out and lines added."""

    def __init__(self) -> None:
        self.right = {"links": 0, "left out": 0, "added": 0}
        self.said = dict(self.right)
        self.true = dict(self.right)
        self.texts = self.exact = 0

    def add(self, lines: Lines, beads: Sequence[Bead]) -> None:
        found = Lines(
            lines.zh, lines.en, {(row, column) for rows, columns in beads for row in rows for column in columns}
        )
        for what, said, true in (
            ("links", found.links, lines.links),
            ("left out", found.left_out(), lines.left_out()),
            ("added", found.added(), lines.added()),
        ):
            self.right[what] += len(said & true)  # type: ignore[operator]
            self.said[what] += len(said)
            self.true[what] += len(true)
        self.texts += 1
        self.exact += found.links == lines.links

    def to_dict(self) -> dict[str, Any]:
        return {"right": self.right, "said": self.said, "true": self.true, "texts": self.texts, "exact": self.exact}


def f1(row: dict[str, Any], what: str) -> str:
    said, true = row["said"][what], row["true"][what]
    return f"{2 * row['right'][what] / (said + true):.3f}" if said + true else "-"


def measure(texts: Sequence[Lines], items: Sequence[Sequence[Sequence[Item]]]) -> dict[str, Any]:
    """Both ways over some texts."""
    ways: dict[str, Callable[[Sequence[Item]], Sequence[Item]]] = {
        "align": lambda own: own,
        "without items": lambda own: (),
    }
    result: dict[str, Any] = {}
    for name, choose in ways.items():
        tally, start = Tally(), time.perf_counter()
        for lines, own in zip(texts, items, strict=True):
            tally.add(lines, align(lines.zh, lines.en, [choose(found) for found in own]))
        result[name] = tally.to_dict() | {"seconds": time.perf_counter() - start}
    return result


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    lines = [
        "# Alignment",
        "",
        f"{where['date']}, {where['cpu']}, {where['cores']} cores. Written by `python benchmarks/alignment.py`, which "
        "says what the rows are. After the slash: by lengths and numerals alone, without what grounding finds.",
        "",
        "| | texts | all links right | links, F1 | left out, F1 | added, F1 | seconds a text |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, ways in result["rows"].items():
        rows = list(ways.values())
        cells = [
            " / ".join(f"{row['exact'] / row['texts']:.0%}" for row in rows),
            *(" / ".join(f1(row, what) for row in rows) for what in ("links", "left out", "added")),
            " / ".join(f"{row['seconds'] / row['texts']:.2f}" for row in rows),
        ]
        lines.append(f"| {name} | {rows[0]['texts']} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    articles = evenly(read_articles(), options.articles)
    zh = [[p for story in article for p in (story.title, *story.paragraphs)] for article in articles]
    en = [[p for story in article for p in (story.title_en, *story.paragraphs_en)] for article in articles]
    grounded = [ground(text) for text in zh]
    result: dict[str, Any] = {"machine": machine(), "rows": {}}

    def add(name: str, texts: Sequence[Lines], items: Sequence[Sequence[Sequence[Item]]]) -> None:
        result["rows"][name] = measure(texts, items)
        save("alignment", result, to_markdown(result))
        print(to_markdown(result).splitlines()[-1], flush=True)

    for what in ("as it is", "left out", "added", "joined", "split", "all"):
        chance = random.Random(11)
        strange = [*en[1:], en[0]]
        add(what, [change(*text, what, chance) for text in zip(zh, en, strange, strict=True)], grounded)
    sentences_zh = read_flores("zh", 200)
    own = ground(sentences_zh)
    for system in SYSTEMS:
        written = read_flores(f"{system}.en", 200)
        add(f"flores-dev, {system}", [Lines(sentences_zh, written, {(i, i) for i in range(len(written))})], [own])
        kept = [i for i in range(len(written)) if i % 10 != 4]
        add(
            f"flores-dev, {system}, a tenth left out",
            [Lines(sentences_zh, [written[i] for i in kept], {(row, column) for column, row in enumerate(kept)})],
            [own],
        )


if __name__ == "__main__":
    main()
