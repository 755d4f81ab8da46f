"""Scores of `summarize.segmentation` on roundups with known boundaries.

    python benchmarks/segmentation.py [ROUNDUPS.jsonl]

Each line of the file has `text`, `headed` and `section_starts` (line numbers). Pk and WindowDiff as segeval defines
them (window: half the mean length of the true sections, at least 2; no padding), the mean over articles; boundary F1
over all boundaries of all articles, without near misses; exact: the share of articles with every boundary right.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from summarize.article import Article, parse_article  # noqa: E402
from summarize.segmentation import segment  # noqa: E402
from summarize.segmentation.roles import read_line  # noqa: E402

ROUNDUPS = ROOT.parent / "shared" / "eval" / "segmentation" / "roundups-dev.jsonl"
RESULTS = ROOT / "benchmarks" / "results"
SCORES = ("articles", "pk", "window_diff", "boundary_f1", "exact")
Segmenter = Callable[[Article, int], list[int]]


def by_model(article: Article, true_sections: int) -> list[int]:
    return _starts(article, None)


def by_model_with_true_count(article: Article, true_sections: int) -> list[int]:
    return _starts(article, true_sections)


def one_section(article: Article, true_sections: int) -> list[int]:
    return [0]


def every_title_line(article: Article, true_sections: int) -> list[int]:
    lines = [read_line(article[i]) for i in range(len(article.paragraphs))]
    return [i for i, line in enumerate(lines) if i == 0 or line.kind == "title"]


def uniform_with_true_count(article: Article, true_sections: int) -> list[int]:
    return [round(i * len(article.paragraphs) / true_sections) for i in range(true_sections)]


SYSTEMS: dict[str, Segmenter] = {
    "summarize": by_model,
    "summarize, true count given": by_model_with_true_count,
    "one section": one_section,
    "every title line": every_title_line,
    "uniform, true count given": uniform_with_true_count,
}


def _starts(article: Article, sections: int | None) -> list[int]:
    starts = [0]
    for section in segment(article, sections).sections[:-1]:
        starts.append(starts[-1] + len(section.paragraphs))
    return starts


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


def machine() -> dict[str, str | int | None]:
    """The processor and how many of its cores this process may use."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        name = names[0] if names else name
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"cpu": name, "cores": cores, "system": platform.system(), "python": platform.python_version()}


def run(path: Path) -> dict[str, object]:
    """All systems on all articles, and on those with and without headings."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [parse_article(row["text"]) for row in rows]
    for row, article in zip(rows, articles, strict=True):
        if len(article.paragraphs) != row["text"].count("\n") + 1:
            raise SystemExit(f"{row['id']}: its lines are not its paragraphs; the true boundaries do not fit.")
    segment(articles[0])  # loads the model
    scores: dict[str, dict[str, dict[str, float]]] = {}
    seconds: dict[str, float] = {}
    for name, system in SYSTEMS.items():
        begin = time.perf_counter()
        found = [system(article, len(row["section_starts"])) for row, article in zip(rows, articles, strict=True)]
        seconds[name] = round((time.perf_counter() - begin) / len(rows), 5)
        scored = [(r["section_starts"], f, len(a.paragraphs)) for r, f, a in zip(rows, found, articles, strict=True)]
        scores[name] = {
            "headed": score([s for s, row in zip(scored, rows, strict=True) if row["headed"]]),
            "unheaded": score([s for s, row in zip(scored, rows, strict=True) if not row["headed"]]),
            "all": score(scored),
        }
    return {
        "data": path.name,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "seconds_per_article": seconds,
        "scores": scores,
    }


def to_markdown(result: dict[str, object]) -> str:
    where: dict[str, object] = result["machine"]  # type: ignore[assignment]
    scores: dict[str, dict[str, dict[str, float]]] = result["scores"]  # type: ignore[assignment]
    seconds: dict[str, float] = result["seconds_per_article"]  # type: ignore[assignment]
    lines = [
        "# Segmentation",
        "",
        f"{result['data']}, {result['date']}, {where['cpu']}, {where['cores']} cores, Python {where['python']}.",
        "Pk and WindowDiff: lower is better. Written by `python benchmarks/segmentation.py`.",
        "",
        "| system | articles | Pk | WindowDiff | boundary F1 | exact | ms an article |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, kinds in scores.items():
        for kind, values in kinds.items():
            cells = [f"{values['articles']} {kind}", *(f"{values[key]:.3f}" for key in SCORES[1:])]
            time_cell = f"{1000 * seconds[name]:.1f}" if kind == "all" else ""
            lines.append(f"| {name} | {' | '.join(cells)} | {time_cell} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roundups", type=Path, nargs="?", default=ROUNDUPS)
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for segmentation.json and .md")
    options = parser.parse_args()
    if not options.roundups.is_file():
        raise SystemExit(f"{options.roundups} does not exist; name a file of roundups with known boundaries.")
    result = run(options.roundups)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "segmentation.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    table = to_markdown(result)
    (options.output / "segmentation.md").write_text(table, "utf-8")
    print(table, end="")


if __name__ == "__main__":
    main()
