"""Translation of flores-dev, beside what other systems wrote for the same sentences.

    python benchmarks/translation.py [--sentences 997]

Writes benchmarks/results/translation.{json,md}. "plain" is the model with the package's prompt and no grounding;
"grounded" has the renderings written into the source; "summarize" is the whole: corrected, checked and repaired.
With fewer sentences than all they are taken evenly over the file, and the peers are scored on the same ones.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sacrebleu
from machine import machine

from summarize.article import has_chinese
from summarize.engines import load_engine
from summarize.fidelity import check_translation
from summarize.grounding import Item, ground
from summarize.scheduler import Job, Writing, run
from summarize.store import DEFAULT_MODEL, resolve
from summarize.translation import INSTRUCTION, Translation, max_tokens, translate, with_renderings

ROOT = Path(__file__).resolve().parents[1]
FLORES = ROOT.parent / "shared" / "eval" / "translation"
RESULTS = ROOT / "benchmarks" / "results"
PEERS = ("argos", "opusmt", "nllb", "bergamot-base", "google", "microsoft")


def once(text: str, items: Sequence[Item]) -> Writing[Translation]:
    """One request and its answer as it is."""
    from summarize.engines import Request

    source = with_renderings(text, items)
    (answer,) = yield [Request("translate", INSTRUCTION, source, max_tokens(text), latin=True)]
    return Translation(answer.text, ())


def score(
    texts: Sequence[str], references: Sequence[str], grounded: Sequence[Sequence[Item]], zh: Sequence[str]
) -> Any:
    """BLEU, chrF2 and what the check finds."""
    checked = [check_translation(*row) for row in zip(zh, texts, grounded, strict=True)]
    wanted = sum(bool(item.renderings) for items in grounded for item in items)
    lost = sum(finding.kind in ("missing", "altered") for findings in checked for finding in findings)
    return {
        "bleu": sacrebleu.corpus_bleu(list(texts), [list(references)]).score,
        "chrf": sacrebleu.corpus_chrf(list(texts), [list(references)]).score,
        "arrived": 1 - lost / wanted,
        "with_findings": sum(bool(findings) for findings in checked) / len(checked),
        "chinese_left": sum(has_chinese(text) for text in texts),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=997)
    options = parser.parse_args()
    if not FLORES.is_dir():
        raise SystemExit(f"{FLORES} does not exist; the benchmark reads flores-dev from there.")

    def read(name: str) -> list[str]:
        lines = (FLORES / f"flores-dev.{name}").read_text("utf-8").splitlines()
        return [lines[i * len(lines) // options.sentences] for i in range(options.sentences)]

    zh, references = read("zh"), read("en")
    grounded = [ground([text])[0] for text in zh]
    nothing: list[list[Item]] = [[] for _ in zh]
    engine = load_engine(resolve(DEFAULT_MODEL, offline=True))
    rows: dict[str, Any] = {name: score(read(f"{name}.en"), references, grounded, zh) for name in PEERS}
    for name, write, given in (
        ("plain", once, nothing),
        ("grounded", once, grounded),
        ("summarize", translate, grounded),
    ):

        def jobs(write: Any = write, given: Any = given) -> Iterator[Job[Translation]]:
            for text, items in zip(zh, given, strict=True):
                yield Job([write(text, items)], lambda results: results[0])

        begin = time.perf_counter()
        texts = [" ".join(result.en.split()) for result in run(jobs(), {"translate": engine})]
        rows[name] = score(texts, references, grounded, zh) | {"seconds": time.perf_counter() - begin}
        print(name, rows[name], flush=True)
    result = {"machine": machine(), "model": DEFAULT_MODEL, "sentences": options.sentences, "systems": rows}
    where = result["machine"]
    lines = [
        "# Translation",
        "",
        f"{options.sentences} of 997 sentences of flores-dev; {DEFAULT_MODEL}; {where['date']}, {where['cpu']}, "
        f"{where['cores']} cores. Written by `python benchmarks/translation.py`.",
        "",
        "Arrived: of the items with a known rendering, by this package's own check, for all systems alike.",
        "",
        "| system | BLEU | chrF2 | arrived | sentences with findings | sentences with Chinese left | seconds |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in rows.items():
        seconds = f"{row['seconds']:.0f}" if "seconds" in row else ""
        lines.append(
            f"| {name} | {row['bleu']:.1f} | {row['chrf']:.1f} | {row['arrived']:.1%} | {row['with_findings']:.1%} | "
            f"{row['chinese_left']} | {seconds} |"
        )
    (RESULTS / "translation.json").write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    (RESULTS / "translation.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
