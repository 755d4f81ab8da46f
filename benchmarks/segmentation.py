"""Scores of `summarize.segmentation`: boundaries on roundups, single stories, roles, stress and cost.

    python benchmarks/segmentation.py [ROUNDUPS.jsonl] [--llm MODEL] [--quick]

Each line of the file has `text`, `headed`, `section_starts` (line numbers) and `sections`. Pk and WindowDiff as segeval
defines them (window: half the mean length of the true sections, at least 2; no padding), the mean over articles;
boundary F1 over all boundaries of all articles, without near misses; exact: the share of articles with every boundary
right. Roles and more boundaries: `benchmarks/data/roles.jsonl`, articles written for this project.
"""

from __future__ import annotations

import argparse
import bisect
import json
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import segmentation_baselines as baselines  # noqa: E402
import segmentation_stress as stress  # noqa: E402
from machine import machine  # noqa: E402
from roundups import REFERENCE, RESULTS, ROUNDUPS, save  # noqa: E402

from summarize.article import parse_article  # noqa: E402
from summarize.segmentation import segment  # noqa: E402

ROLES = ROOT / "benchmarks" / "data" / "roles.jsonl"
LLM_ROUNDUPS = 10  # of each kind
SCORES = ("articles", "pk", "window_diff", "boundary_f1", "exact")
Scored = tuple[list[int], list[int], int]  # true starts, found starts, number of paragraphs


def found_starts(text: str, paragraphs: list[str], sections: int | None = None) -> list[int]:
    """Which of the true paragraphs begin a section that was found; one that begins elsewhere counts for the nearest."""
    offsets, count = [], 0
    for paragraph in paragraphs:
        offsets.append(count)
        count += _letters(paragraph)
    starts = set()
    for section in segment(parse_article(text), sections).sections:
        place = _letters(text[: section.start])
        after = min(bisect.bisect_left(offsets, place), len(offsets) - 1)
        starts.add(min((after, max(after - 1, 0)), key=lambda i: abs(offsets[i] - place)))
    return sorted(starts | {0})


def _letters(text: str) -> int:
    return len("".join(text.split()))


def by_model(paragraphs: list[str], true_sections: int) -> list[int]:
    return found_starts("\n".join(paragraphs), paragraphs)


def by_model_with_true_count(paragraphs: list[str], true_sections: int) -> list[int]:
    return found_starts("\n".join(paragraphs), paragraphs, true_sections)


SYSTEMS: dict[str, baselines.Segmenter] = {
    "summarize": by_model,
    "summarize, true count given": by_model_with_true_count,
    "one section": baselines.one_section,
    "every title line": baselines.every_title_line,
    "uniform, true count given": baselines.uniform_with_true_count,
    "TextTiling (nltk, jieba)": baselines.texttiling,
    "C99 (jieba)": baselines.c99,
}


def window(true: list[int], count: int) -> int:
    """Half the mean length of the true sections, at least 2."""
    return max(round(count / len(true) / 2), 2)


def pk(true: list[int], found: list[int], count: int) -> float:
    """The share of window positions whose two ends are together in one segmentation and apart in the other."""
    differ = [(a == 0) != (b == 0) for a, b in _boundaries_in_windows(true, found, count)]
    return sum(differ) / len(differ) if differ else 0.0


def window_diff(true: list[int], found: list[int], count: int) -> float:
    """The share of window positions that do not hold as many boundaries in one segmentation as in the other."""
    differ = [a != b for a, b in _boundaries_in_windows(true, found, count)]
    return sum(differ) / len(differ) if differ else 0.0


def _boundaries_in_windows(true: list[int], found: list[int], count: int) -> list[tuple[int, int]]:
    size = window(true, count)
    return [(sum(i < s <= i + size for s in true), sum(i < s <= i + size for s in found)) for i in range(count - size)]


def score(articles: list[tuple[list[int], list[int], int]]) -> dict[str, float]:
    """The scores of articles given as true starts, found starts and number of paragraphs."""
    right = sum(len(set(true[1:]) & set(found[1:])) for true, found, _ in articles)
    boundaries = sum(len(true) - 1 + len(found) - 1 for true, found, _ in articles)
    total = len(articles)
    return {
        "articles": total,
        "pk": round(sum(pk(*article) for article in articles) / total, 4),
        "window_diff": round(sum(window_diff(*article) for article in articles) / total, 4),
        "boundary_f1": round(2 * right / boundaries if boundaries else 1.0, 4),
        "exact": round(sum(true == found for true, found, _ in articles) / total, 4),
    }


def compare(rows: list[dict[str, Any]], systems: dict[str, baselines.Segmenter]) -> dict[str, Any]:
    """All systems on all roundups, and on those with and without headings."""
    table: dict[str, Any] = {}
    for name, system in systems.items():
        begin = time.perf_counter()
        scored = []
        for row in rows:
            paragraphs = row["text"].split("\n")
            found = system(paragraphs, len(row["section_starts"]))
            scored.append((row["headed"], (row["section_starts"], found, len(paragraphs))))
        seconds = (time.perf_counter() - begin) / len(rows)
        table[name] = {
            "headed": score([s for headed, s in scored if headed]),
            "unheaded": score([s for headed, s in scored if not headed]),
            "all": score([s for _, s in scored]),
            "ms": round(1000 * seconds, 2),
        }
    return table


def single_stories(rows: list[dict[str, Any]], systems: dict[str, baselines.Segmenter]) -> dict[str, Any]:
    """The share of the roundups' stories that are split when each stands alone, with and without its title."""
    stories = {section["title_zh"]: section["paragraphs_zh"] for row in rows for section in row["sections"]}
    found: dict[str, Any] = {"stories": len(stories)}
    for name, system in systems.items():
        found[name] = {
            "without title": round(sum(len(system(s, 1)) > 1 for s in stories.values()) / len(stories), 4),
            "with title": round(sum(len(system([t, *s], 1)) > 1 for t, s in stories.items()) / len(stories), 4),
        }
    return found


def stressed(articles: list[list[list[str]]], seed: int = 0) -> dict[str, dict[str, float]]:
    """The scores of the articles as they are and after each change."""
    chance = random.Random(seed)
    plain = [stress.case(sections) for sections in articles]
    cases = {"as they are": plain}
    for name, change in stress.CHANGES.items():
        cases[name] = [stress.case(change(sections, chance)) for sections in articles]
    cases["lines broken at 28 characters"] = [stress.wrapped(case) for case in plain]
    cases["no line breaks at all"] = [stress.unbroken(case) for case in plain]
    return {
        name: score([(c.starts, found_starts(c.text, c.paragraphs), len(c.paragraphs)) for c in changed])
        for name, changed in cases.items()
    }


def in_sections(paragraphs: list[str], starts: list[int]) -> list[list[str]]:
    return [paragraphs[a:b] for a, b in zip(starts, [*starts[1:], len(paragraphs)], strict=True)]


def roles(path: Path) -> dict[str, Any]:
    """Right roles of the labelled paragraphs, what was taken for what, and whether confidence tells."""
    pairs: list[tuple[str, str, float]] = []
    scored: list[Scored] = []
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for article in articles:
        texts = [p["text"] for p in article["paragraphs"]]
        found = [p for s in segment(parse_article("\n".join(texts))).sections for p in s.paragraphs]
        pairs += [(p["role"], f.role, f.confidence) for p, f in zip(article["paragraphs"], found, strict=True)]
        scored.append((article["section_starts"], by_model(texts, 0), len(texts)))
    sure = [(true, role) for true, role, confidence in pairs if confidence >= 0.9]
    unsure = [(true, role) for true, role, confidence in pairs if confidence < 0.9]
    names = sorted({true for true, _, _ in pairs})
    return {
        "paragraphs": len(pairs),
        "accuracy": round(sum(true == role for true, role, _ in pairs) / len(pairs), 4),
        "by role": {
            name: f"{sum(t == r == name for t, r, _ in pairs)} of {sum(t == name for t, _, _ in pairs)}"
            for name in names
        },
        "mistakes": {f"{t} taken for {r}": n for (t, r), n in Counter(p[:2] for p in pairs if p[0] != p[1]).items()},
        "confidence 0.9 and more": _share(sure),
        "confidence less than 0.9": _share(unsure),
        "boundaries": score(scored),
        "stress": stressed(
            [in_sections([p["text"] for p in article["paragraphs"]], article["section_starts"]) for article in articles]
        ),
    }


def _share(pairs: list[tuple[str, str]]) -> str:
    return f"{sum(true == role for true, role in pairs)} of {len(pairs)} right"


def reference(path: Path) -> dict[str, bool]:
    """Whether the reference article's sections are exact, as it is and with headings or line breaks gone."""
    paragraphs = path.read_text(encoding="utf-8").strip().split("\n")
    starts = [i for i, text in enumerate(paragraphs) if "丨" in text[:12]]
    sections = in_sections(paragraphs, starts)
    bare = [section[1:] for section in sections]
    variants = {
        "as it is": stress.case(sections),
        "without headings": stress.case(bare),
        "without line breaks": stress.unbroken(stress.case(sections)),
        "without headings and line breaks": stress.unbroken(stress.case(bare)),
        "lines broken at 28 characters": stress.wrapped(stress.case(sections)),
    }
    exact = {}
    for name, case in variants.items():
        places = [_letters("".join(case.paragraphs[:i])) for i in case.starts]
        found = [_letters(case.text[: s.start]) for s in segment(parse_article(case.text)).sections]
        exact[name] = found == places
    return exact


def cost(paragraphs: list[str]) -> dict[str, float]:
    """Milliseconds for an article of about 3,000 characters, and seconds for one of 100,000."""
    text = "\n".join(paragraphs)
    short = parse_article((text + "\n") * (3000 // len(text) + 1))
    long = parse_article((text + "\n") * (100_000 // len(text)))
    segment(short)
    begin = time.perf_counter()
    for _ in range(10):
        segment(short)
    middle = time.perf_counter()
    segment(long)
    return {
        "short_characters": len(short.text),
        "short_ms": round((middle - begin) * 100, 1),
        "long_characters": len(long.text),
        "long_seconds": round(time.perf_counter() - middle, 2),
    }


def run(path: Path, systems: dict[str, baselines.Segmenter]) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    segment(parse_article(rows[0]["text"]))  # loads the model
    articles = [in_sections(row["text"].split("\n"), row["section_starts"]) for row in rows]
    labelled = json.loads(ROLES.read_text(encoding="utf-8").splitlines()[0])
    return {
        "data": path.name,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "scores": compare(rows, systems),
        "single stories split": single_stories(rows, systems),
        "stress": {
            "headed": stressed([a for a, row in zip(articles, rows, strict=True) if row["headed"]]),
            "unheaded": stressed([a for a, row in zip(articles, rows, strict=True) if not row["headed"]]),
        },
        "roles": roles(ROLES),
        "reference": reference(REFERENCE) if REFERENCE.is_file() else {},
        "cost": cost([p["text"] for p in labelled["paragraphs"]]),
    }


def language_model_alone(path: Path, model: str) -> dict[str, Any]:
    """Scores of a language model on the first roundups of each kind: it takes seconds for each."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [row for headed in (True, False) for row in [r for r in rows if r["headed"] is headed][:LLM_ROUNDUPS]]
    return compare(chosen, {f"{model} alone": baselines.language_model(model)})


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    lines = [
        "# Segmentation",
        "",
        f"{result['data']}, {result['date']}, {where['cpu']}, {where['cores']} cores, Python {where['python']}.",
        "Pk and WindowDiff: lower is better. Written by `python benchmarks/segmentation.py`.",
        "",
        "| system | articles | Pk | WindowDiff | boundary F1 | exact | ms an article |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, kinds in result["scores"].items():
        for kind in ("headed", "unheaded", "all"):
            time_cell = f"{kinds['ms']:.1f}" if kind == "all" else ""
            lines.append(f"| {name} | {_cells(kinds[kind], kind)} | {time_cell} |")
    singles = dict(result["single stories split"])
    lines += ["", f"## {singles.pop('stories')} single stories: share split by mistake", ""]
    lines += ["| system | without title | with title |", "|---|---|---|"]
    lines += [f"| {name} | {v['without title']:.3f} | {v['with title']:.3f} |" for name, v in singles.items()]
    lines += [
        "",
        "## Stress",
        "",
        "| change | articles | Pk | WindowDiff | boundary F1 | exact |",
        "|---|---|---|---|---|---|",
    ]
    tables = {**result["stress"], "written for this project": result["roles"]["stress"]}
    for kind, changes in tables.items():
        lines += [f"| {name} | {_cells(values, kind)} |" for name, values in changes.items()]
    found = result["roles"]
    lines += ["", "## Roles", "", f"{found['paragraphs']} paragraphs written and labelled for this project: "]
    lines[-1] += f"accuracy {found['accuracy']:.3f}. By role: "
    lines[-1] += ", ".join(f"{name} {count}" for name, count in found["by role"].items()) + "."
    lines += ["Mistakes: " + ("; ".join(f"{what} {n}" for what, n in found["mistakes"].items()) or "none") + "."]
    lines += [f"With a confidence of 0.9 and more {found['confidence 0.9 and more']}, "]
    lines[-1] += f"with less {found['confidence less than 0.9']}."
    if result["reference"]:
        lines += ["", "## Reference article, exact", ""]
        lines += [f"- {name}: {'yes' if exact else 'no'}" for name, exact in result["reference"].items()]
    spent = result["cost"]
    lines += ["", "## Cost", "", f"{spent['short_ms']} ms for {spent['short_characters']:,} characters, "]
    lines[-1] += f"{spent['long_seconds']} s for {spent['long_characters']:,}."
    return "\n".join(lines) + "\n"


def _cells(values: dict[str, float], kind: str) -> str:
    return " | ".join([f"{values['articles']} {kind}", *(f"{values[key]:.3f}" for key in SCORES[1:])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roundups", type=Path, nargs="?", default=ROUNDUPS)
    parser.add_argument("--llm", metavar="MODEL", help="also score a language model alone (minutes on a CPU)")
    parser.add_argument("--quick", action="store_true", help="only this system, without baselines")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for segmentation.json and .md")
    options = parser.parse_args()
    if not options.roundups.is_file():
        raise SystemExit(f"{options.roundups} does not exist; name a file of roundups with known boundaries.")
    result = run(options.roundups, {"summarize": by_model} if options.quick else dict(SYSTEMS))
    if options.llm:
        result["scores"] |= language_model_alone(options.roundups, options.llm)
    table = to_markdown(result)
    save("segmentation", result, table, options.output)
    print(table, end="")


if __name__ == "__main__":
    main()
