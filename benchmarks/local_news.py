"""Translation of local news, beside the English of somebody who had seen neither the package nor its tables.

    python benchmarks/local_news.py [--texts FILE]

Reads data/local_news.jsonl and writes benchmarks/results/local_news.{json,md}. "plain" is the model with the package's
instruction alone; "summarize" is the whole package; "without plain words" is the package that leaves idioms and words
of everyday speech to the model (plain_words.py).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from machine import machine
from roundups import RESULTS, save
from translation import cells, plain, run_row, score

from summarize.engines import load_engine
from summarize.grounding import ground
from summarize.store import DEFAULT_MODEL, resolve
from summarize.translation import translate

PASSAGES = Path(__file__).parent / "data" / "local_news.jsonl"
ROWS = ("plain", "without plain words", "summarize")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="keep all that was written there, for reading")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for local_news.json and .md")
    options = parser.parse_args()
    passages = [json.loads(line) for line in PASSAGES.read_text("utf-8").splitlines()]
    zh, references = [passage["zh"] for passage in passages], [passage["en"] for passage in passages]
    given = [ground([text])[0] for text in zh]
    engine = load_engine(resolve(DEFAULT_MODEL, offline=True))
    rows: dict[str, Any] = {}
    texts: dict[str, Sequence[str]] = {}
    for name in ROWS:
        without = patch("summarize.renderings.plain_words", return_value=[])
        with without if name == "without plain words" else nullcontext():
            row = run_row(plain if name == "plain" else translate, zh, given, engine)
        texts[name] = row.texts
        rows[name] = score(row.texts, references, given, zh) | {"seconds": row.seconds}
        print(name, rows[name], flush=True)
    write(rows, len(passages), options.output)
    if options.texts:
        written = [passage | {name: texts[name][number] for name in ROWS} for number, passage in enumerate(passages)]
        options.texts.write_text(json.dumps(written, ensure_ascii=False, indent=1), "utf-8")


def write(rows: dict[str, Any], passages: int, folder: Path) -> None:
    """The result files."""
    where = machine()
    lines = [
        "# Local news",
        "",
        f"{passages} passages; {DEFAULT_MODEL}; {where['date']}, {where['cpu']}, {where['cores']} cores. Written by "
        "`python benchmarks/local_news.py`, which says what the rows are.",
        "",
        "Arrived: of the items with a known rendering, by this package's own check.",
        "",
        "| | BLEU | chrF2 | arrived | passages with findings | seconds |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [f"{cells(name, row)} {row['seconds']:.0f} |" for name, row in rows.items()]
    result = {"machine": where, "model": DEFAULT_MODEL, "passages": passages, "rows": rows}
    save("local_news", result, "\n".join(lines) + "\n", folder)


if __name__ == "__main__":
    main()
