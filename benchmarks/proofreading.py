"""What a language model finds by reading translations against their Chinese, beside what the rules find.

    python benchmarks/proofreading.py [--share 1] [--references 57]

- benchmarks/data/translator_errors_blind.jsonl: free translations and errors of translators by hands that had seen
  neither; of each error whether the rules, the model or one of both tell something that the right translation does not
  have. And how many of the right translations they tell something of. The bound was 8 when this was first run, chosen
  on the last set, and is 10 since; what the model writes on, and the bounds for it, were chosen on the last set too.
- paragraphs of human English of roundups-dev, one of a story: how many have a finding.
- benchmarks/data/translator_errors.jsonl, as the first, but rules were written after its errors; the model's first
  bounds were chosen on every fourth of its passages, which are left out.

`--share 4` takes every fourth pair. Writes benchmarks/results/proofreading.{json,md} after every passage; takes some
four hours on two cores.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from machine import machine
from roundups import evenly, read_stories, save

from summarize import Proofreader
from summarize.fidelity import check_translation, paired_passages
from summarize.grounding import ground
from summarize.grounding.item import items_within
from summarize.proofreading import BOTH, EACH, REORDERED, REWRITTEN, WORD, likelier_edits

DATA = Path(__file__).parent / "data"
BOUNDS = (5.0, 6.5, 8.0, 10.0, 12.0)  # in place of BOTH
CHOSEN_ON = 4  # every fourth passage of the seen errors


@dataclass
class Counts:
    """Of the pairs of a set, at each bound: how many are told as wrong, by the rules, the model and either."""

    right: int = 0
    errors: int = 0
    alarms: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    characters: int = 0


def count(counted: dict[str, int], rules: bool, model: Callable[[float], bool]) -> None:
    """Counts a pair as told by the rules, and at each bound by the model and by either."""
    told = {"rules": rules}
    for bound in BOUNDS:
        doubted = model(bound)
        told |= {f"model {bound:g}": doubted, f"either {bound:g}": rules or doubted}
    for who, tells in told.items():
        counted[who] = counted.get(who, 0) + tells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="take every so manieth pair")
    parser.add_argument("--references", type=int, default=57, help="paragraphs of roundups-dev")
    options = parser.parse_args()
    scorer = Proofreader().load()
    bounds = {"each": EACH, "together": BOTH, "rewritten": REWRITTEN, "reordered": REORDERED, "word": WORD}
    result: dict[str, Any] = {"machine": machine(), "bounds": bounds}
    for name, pairs in sets(options.references):
        counts = Counts()
        for pair in pairs[:: options.share]:
            rows = [pair["en"], *(error["en"] for error in pair["errors"])]
            items = ground([pair["zh"]])[0]
            begun = time.perf_counter()
            told = [tell(scorer, pair["zh"], en, items) for en in rows]
            counts.seconds += time.perf_counter() - begun
            counts.characters += len(pair["zh"]) * len(rows)
            (rules, edits), *others = told
            counts.right += 1
            count(counts.alarms, bool(rules), lambda bound, edits=edits: bool(above(edits, bound)))
            for other_rules, other in others:
                counts.errors += 1
                count(
                    counts.found,
                    bool(other_rules - rules),
                    lambda bound, edits=edits, other=other: bool(above(other, bound) - above(edits, bound)),
                )
            result[name] = vars(counts)
            save("proofreading", result, table(result))


def sets(references: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Names and pairs of Chinese and English, each with errors."""

    def read(name: str, skipped: int | None = None) -> list[dict[str, Any]]:
        lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for i, line in enumerate(lines) if skipped is None or i % skipped]

    yield "translator_errors_blind", read("translator_errors_blind")
    stories = evenly(read_stories(), references)
    middle = [(s.paragraphs[len(s.paragraphs) // 2], s.paragraphs_en[len(s.paragraphs) // 2]) for s in stories]
    yield "roundups-dev", [{"zh": zh, "en": en, "errors": []} for zh, en in middle]
    yield "translator_errors", read("translator_errors", CHOSEN_ON)


def tell(scorer: Any, zh: str, en: str, items: Any) -> tuple[set[str], dict[str, float]]:
    """What the rules tell of a pair, and what the model tells with what it gains."""
    edits: dict[str, float] = {}
    for (start, end), (first, last) in paired_passages(zh, en, items):
        for edit, gain in likelier_edits(scorer, zh[start:end], en[first:last], items_within(items, start, end)):
            edits[edit.detail] = max(gain, edits.get(edit.detail, 0.0))
    return {finding.detail for finding in check_translation(zh, en, items)}, edits


def above(edits: dict[str, float], bound: float) -> set[str]:
    return {detail for detail, gain in edits.items() if gain > bound}


def table(result: dict[str, Any]) -> str:
    on = result["machine"]
    lines = [
        "# Proofreading",
        "",
        f"{on['date']}, {on['cpu']}, {on['cores']} cores. Written by `python benchmarks/proofreading.py`, which says "
        f"what the sets are. Bound: what an edit must gain in both directions together; in the package it is {BOTH:g} "
        f"({REWRITTEN - BOTH:g} more for rewrites, {BOTH - REORDERED:g} less for the same words in another order).",
    ]
    for name, counts in result.items():
        if name in ("machine", "bounds"):
            continue
        right, errors = counts["right"], counts["errors"]
        speed = counts["characters"] / max(counts["seconds"], 0.001)
        lines += [
            "",
            f"## {name}",
            "",
            f"{right} right translations, {errors} errors; {speed:.0f} characters of Chinese a second.",
            "",
            "| who tells | right ones told as wrong | | errors found | |",
            "|---|---:|---:|---:|---:|",
        ]
        for who, alarms in counts["alarms"].items():
            found = counts["found"].get(who, 0)
            share = f"{found} | {found / errors:.0%}" if errors else " | "
            lines.append(f"| {who} | {alarms} | {alarms / right:.0%} | {share} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
