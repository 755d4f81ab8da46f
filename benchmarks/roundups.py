"""The texts that benchmarks read: roundups-dev with human English, flores-dev, the reference article, the examples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ROUNDUPS = SHARED / "eval" / "segmentation" / "roundups-dev.jsonl"
FLORES = SHARED / "eval" / "translation"
REFERENCE = SHARED / "three-parks.txt"
TIMED = REFERENCE if REFERENCE.is_file() else ROOT / "examples" / "three-communities.txt"  # one digest of it
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
RESULTS = ROOT / "benchmarks" / "results"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Story:
    """A section of a roundup: Chinese, and the human English of each paragraph."""

    title: str
    title_en: str
    paragraphs: tuple[str, ...]
    paragraphs_en: tuple[str, ...]


def read_articles() -> list[list[Story]]:
    """The articles of roundups-dev, each a list of stories. Stories recur, cut differently."""
    if not ROUNDUPS.is_file():
        raise SystemExit(f"{ROUNDUPS} does not exist; the benchmark reads roundups-dev from there.")
    lines = ROUNDUPS.read_text("utf-8").splitlines()
    return [[_story(section) for section in json.loads(line)["sections"]] for line in lines]


def read_stories() -> list[Story]:
    """The stories of roundups-dev, each once: of those with the same title the longest."""
    longest: dict[str, Story] = {}
    for story in (story for article in read_articles() for story in article):
        known = longest.get(story.title)
        if known is None or len("".join(story.paragraphs)) > len("".join(known.paragraphs)):
            longest[story.title] = story
    return list(longest.values())


def read_flores(name: str, count: int | None = None) -> list[str]:
    """Sentences of flores-dev, taken evenly over the file: `zh`, `en`, or `SYSTEM.en` for what a system wrote."""
    if not FLORES.is_dir():
        raise SystemExit(f"{FLORES} does not exist; the benchmark reads flores-dev from there.")
    return evenly((FLORES / f"flores-dev.{name}").read_text("utf-8").splitlines(), count)


def evenly(rows: Sequence[T], count: int | None) -> list[T]:
    """At most `count` rows, taken evenly over all of them."""
    count = len(rows) if count is None else min(count, len(rows))
    return [rows[i * len(rows) // count] for i in range(count)]


def save(
    name: str, result: dict[str, Any] | list[dict[str, Any]], table: str | None = None, folder: Path = RESULTS
) -> None:
    """Writes NAME.json and the table as NAME.md; called after every step by what takes long, which may be stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if table is not None:
        (folder / f"{name}.md").write_text(table, "utf-8")


def _story(section: dict[str, Any]) -> Story:
    return Story(
        section["title_zh"], section["title_en"], tuple(section["paragraphs_zh"]), tuple(section["paragraphs_en"])
    )
