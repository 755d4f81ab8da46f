"""Translation of flores-dev, beside what other systems wrote for the same sentences.

    python benchmarks/translation.py [--sentences 997] [--models with-adapter no-adapter] [--rows plain grounded ...]

Writes benchmarks/results/translation.{json,md}. "plain" is the model with the package's instruction alone; "examples"
shows it the package's examples before; "grounded" has the renderings written into the source too; "summarize" is the
whole: corrected, checked and repaired. Each is run with the model's adapter and without it. With fewer sentences than
all they are taken evenly over the file, and the peers are scored on the same ones.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sacrebleu
from machine import machine
from roundups import RESULTS, read_flores, save

from summarize.article import has_chinese
from summarize.engines import Request, load_engine
from summarize.fidelity import check_translation
from summarize.grounding import Item, ground
from summarize.punctuation import straight_quotations
from summarize.renderings import with_renderings
from summarize.scheduler import Job, Writing, run
from summarize.store import DEFAULT_MODEL, resolve
from summarize.translation import EXAMPLES, INSTRUCTION, Examples, Translation, max_tokens, translate

PEERS = ("argos", "opusmt", "nllb", "bergamot-base", "google", "microsoft")


def ask(text: str, source: str, examples: Examples = EXAMPLES) -> Writing[Translation]:
    """One request for a text, which the model reads as `source`, and its answer as it is."""
    (answer,) = yield [Request("translate", INSTRUCTION, source, max_tokens(text), latin=True, examples=examples)]
    return Translation(answer.text, ())


def plain(text: str, items: Sequence[Item]) -> Writing[Translation]:
    return ask(text, straight_quotations(text), ())


def with_examples(text: str, items: Sequence[Item]) -> Writing[Translation]:
    return ask(text, straight_quotations(text))


def grounded(text: str, items: Sequence[Item]) -> Writing[Translation]:
    return ask(text, with_renderings(text, items))


WRITERS = {"plain": plain, "examples": with_examples, "grounded": grounded, "summarize": translate}


@dataclass
class Row:
    """What one system wrote, how long it took and how many tokens it was."""

    texts: list[str]
    seconds: float
    output_tokens: int


def run_row(write: Any, zh: Sequence[str], given: Sequence[Sequence[Item]], engine: Any) -> Row:
    """Translates all sentences at once."""

    def jobs() -> Iterator[Job[Translation]]:
        for text, items in zip(zh, given, strict=True):
            yield Job([write(text, items)], lambda results: results[0])

    written: list[int] = []
    begin = time.perf_counter()
    texts = [
        " ".join(result.en.split())
        for result in run(jobs(), {"translate": engine}, lambda told: written.append(told.output_tokens))
    ]
    return Row(texts, time.perf_counter() - begin, max(written, default=0))


def score(texts: Sequence[str], references: Sequence[str], given: Sequence[Sequence[Item]], zh: Sequence[str]) -> Any:
    """BLEU, chrF2 and what the check finds."""
    checked = [check_translation(*row) for row in zip(zh, texts, given, strict=True)]
    wanted = sum(bool(item.renderings) for items in given for item in items)
    lost = sum(finding.kind in ("missing", "altered") for findings in checked for finding in findings)
    return {
        "bleu": sacrebleu.corpus_bleu(list(texts), [list(references)]).score,
        "chrf": sacrebleu.corpus_chrf(list(texts), [list(references)]).score,
        "arrived": 1 - lost / wanted,
        "with_findings": sum(bool(findings) for findings in checked) / len(checked),
        "chinese_left": sum(has_chinese(text) for text in texts),
    }


def cells(name: str, row: dict[str, Any]) -> str:
    """The scores of a row of a table in Markdown."""
    return f"| {name} | {row['bleu']:.1f} | {row['chrf']:.1f} | {row['arrived']:.1%} | {row['with_findings']:.1%} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=997)
    parser.add_argument("--models", nargs="+", default=["no-adapter", "with-adapter"])
    parser.add_argument("--rows", nargs="+", choices=list(WRITERS), default=list(WRITERS))
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for translation.json and .md")
    options = parser.parse_args()
    count = options.sentences
    zh, references = read_flores("zh", count), read_flores("en", count)
    given = [ground([text])[0] for text in zh]
    rows: dict[str, Any] = {name: score(read_flores(f"{name}.en", count), references, given, zh) for name in PEERS}
    for variant in options.models:
        engine = load_engine(resolve(DEFAULT_MODEL, adapter=variant == "with-adapter", offline=True))
        for name in options.rows:
            row = run_row(WRITERS[name], zh, given, engine)
            rows[f"{name}, {variant}"] = score(row.texts, references, given, zh) | {
                "seconds": row.seconds,
                "output_tokens": row.output_tokens,
            }
            print(f"{name}, {variant}", rows[f"{name}, {variant}"], flush=True)
            write(rows, options.sentences, options.output)
        del engine


def write(rows: dict[str, Any], sentences: int, folder: Path) -> None:
    """The result files, also of a run that is not over yet."""
    where = machine()
    lines = [
        "# Translation",
        "",
        f"{sentences} of 997 sentences of flores-dev; {DEFAULT_MODEL}; {where['date']}, {where['cpu']}, "
        f"{where['cores']} cores. Written by `python benchmarks/translation.py`, which says what the rows are.",
        "",
        "Arrived: of the items with a known rendering, by this package's own check, for all systems alike. With "
        "findings, with Chinese left: sentences.",
        "",
        "| system | BLEU | chrF2 | arrived | with findings | with Chinese left | seconds | tokens/s |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in rows.items():
        time_taken = (
            f"{row['seconds']:.0f} | {row['output_tokens'] / row['seconds']:.0f}" if "seconds" in row else " | "
        )
        lines.append(f"{cells(name, row)} {row['chinese_left']} | {time_taken} |")
    result = {"machine": where, "model": DEFAULT_MODEL, "sentences": sentences, "systems": rows}
    save("translation", result, "\n".join(lines) + "\n", folder)


if __name__ == "__main__":
    main()
