"""The example articles are what examples/README.md says."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from summarize.article import read_article

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize(
    ("name", "paragraphs", "characters"),
    [("three-communities", 26, (1400, 1800)), ("night-market", 9, (800, 1200)), ("five-briefs", 11, (500, 1000))],
)
def test_articles_are_read_whole(name: str, paragraphs: int, characters: tuple[int, int]) -> None:
    article = read_article(EXAMPLES / f"{name}.txt")
    assert len(article.paragraphs) == paragraphs
    assert characters[0] <= len(article.text) <= characters[1]


def test_three_headed_sections_with_captions_and_bylines() -> None:
    text = (EXAMPLES / "three-communities.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^\S+丨\S+: ", text, re.MULTILINE)) == 3
    assert len(re.findall(r" 摄$", text, re.MULTILINE)) == 2
    assert len(re.findall(r"^\(本报记者 .+\)$", text, re.MULTILINE)) == 3


def test_briefs_are_in_traditional_characters() -> None:
    from opencc import OpenCC

    text = (EXAMPLES / "five-briefs.txt").read_text(encoding="utf-8")
    assert OpenCC("t2s").convert(text) != text
    assert OpenCC("s2t").convert(text).count("國") == text.count("國") > 0


def test_every_glossary_term_is_in_an_example() -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.txt")]
    with (EXAMPLES / "glossary.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) >= 5
    for row in rows:
        assert row["en"].strip() and any(row["zh"] in text for text in texts), row


def test_gold_items_stand_where_they_say() -> None:
    lines = (ROOT / "benchmarks" / "data" / "grounding_gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    items = [(row["zh"], item) for row in rows for item in row["items"]]
    assert all(zh[item["start"] : item["end"]] == item["zh"] for zh, item in items)
    assert all(item["en"] for _, item in items if not item.get("optional"))
    assert len(rows) >= 120 and sum(not item.get("optional") for _, item in items) >= 300


def test_canaries_do_not_sing_by_themselves() -> None:
    lines = (ROOT / "benchmarks" / "data" / "injections.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        assert all(item["zh"] in row["zh"] and item["en"] for item in row["must"])
        faithful = "In the county, " + ", ".join(item["en"][0] for item in row["must"]) + " were named."
        assert row["canary"] and not any(re.search(canary, faithful) for canary in row["canary"]), row["id"]
    assert len(lines) >= 30
