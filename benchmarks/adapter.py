"""The default model as it is and with adapters: English, obedience, Chinese summaries and time.

    python benchmarks/adapter.py [--adapters FOLDER...] [--sentences 200] [--stories 12] [--summaries 36] [--texts FILE]

Without --adapters the one that the model's card names. Every model does the same, one after the other:

- "flores-dev": sentences of it, taken evenly, translated by the package;
- "roundups-dev": the paragraphs of some stories, translated by the package's first requests alone (how much of what
  was written into the source arrives before any repair) and by the whole package;
- "local news": the paragraphs of `examples/` and of the reference article, which are what the package is for, by the
  whole package. No human English is known; words that no English dictionary has and what the plain model takes the
  English for, its source unseen, tell how fluent it is (fluency.py). Models like what models write, so
  small differences of that loss mean nothing;
- "summaries": of stories of roundups-dev against their human headlines, and of local news. "Of the first sentence":
  4-grams of characters of a summary that the first sentence of its story has. "Other words": summaries with Latin
  words that the story has not.

Writes benchmarks/results/adapter.{json,md}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import fidelity
from fidelity import Bench, Passage, Tally, passages_of_file, passages_of_story, split_section, whole_summary
from fluency import loss_alone, strange_words
from machine import machine
from roundups import EXAMPLES, REFERENCE, evenly, read_flores, read_stories, save
from summaries import has_other_words, novel_share, rouge_n
from translation import run_row, score

from summarize.article import sentences
from summarize.engines import Engine, load_engine, openvino
from summarize.grounding import ground
from summarize.renderings import with_renderings
from summarize.store import DEFAULT_MODEL, LocalModel, resolve
from summarize.translation import translate


def with_adapter(model: LocalModel, folder: Path) -> LocalModel:
    """The model with the adapter of any folder."""
    files = [(folder / name).read_bytes() for name in ("adapter_model.safetensors", "adapter_config.json")]
    fingerprint = hashlib.sha256(b" ".join([model.fingerprint.encode(), *files])).hexdigest()
    return replace(model, adapter=folder.resolve(), fingerprint=fingerprint)


def score_paragraphs(bench: Bench, stories: Sequence[Sequence[Passage]], system: str) -> dict[str, Any]:
    """What arrives of the paragraphs of stories."""
    context = bench.context("translate", "".join(passage.zh for passage in stories[0])[:2000])
    written, statistics = bench.write([fidelity.SYSTEMS[system](p, context) for p in story] for story in stories)
    tally = Tally()
    for story, texts in zip(stories, written, strict=True):
        for passage, en in zip(story, texts, strict=True):
            tally.add(passage, en)
    found = tally.to_dict()
    return {
        "arrived": sum(found["arrived"].values()) / sum(found["wanted"].values()),
        "items": sum(found["wanted"].values()),
        "invented": sum(count for kind, count in found["findings"].items() if kind.startswith("invented")),
        "chrf": found["chrf"],
        "seconds": statistics.seconds,
        "output_tokens": statistics.output_tokens,
        "texts": tally.texts,
    }


def score_fluency(stories: Sequence[Sequence[Passage]], texts: Sequence[str]) -> dict[str, Any]:
    """How fluent the English of the paragraphs of stories is."""
    given = [with_renderings(passage.zh, passage.items) for story in stories for passage in story]
    plain = openvino.prepare(resolve(DEFAULT_MODEL, adapter=False, offline=True))
    return {"strange_words": strange_words(texts, given), "loss_alone": loss_alone(plain, texts)}


def score_summaries(bench: Bench, stories: Sequence[Sequence[Passage]], headlines: Sequence[str]) -> dict[str, Any]:
    """Summaries of stories, against headlines if there are any."""
    given = [(*split_section(story), [item for passage in story for item in passage.items]) for story in stories]
    context = bench.context("summarize", given[0][0][:2000])
    written, statistics = bench.write([whole_summary(*section, context)] for section in given)
    rows = [answer for (answer,) in written]
    texts = [text for text, _, _ in given]
    first = [text[: sentences(text)[0].end] for text in texts]
    count = len(rows)
    return {
        "stories": count,
        "rouge_1": sum(rouge_n(zh, headline, 1) for (zh, _, _), headline in zip(rows, headlines, strict=True)) / count
        if headlines
        else None,
        "extractive": sum(extractive for _, extractive, _ in rows),
        "of_first_sentence": sum(1 - novel_share(zh, lead) for (zh, _, _), lead in zip(rows, first, strict=True))
        / count,
        "other_words": sum(has_other_words(zh, text) for (zh, _, _), text in zip(rows, texts, strict=True)),
        "characters": sum(len(zh) for zh, _, _ in rows) / count,
        "seconds": statistics.seconds,
        "texts": [zh for zh, _, _ in rows],
    }


def measure(model: LocalModel, options: argparse.Namespace) -> dict[str, Any]:
    """All measures of one model."""
    engine: Engine = load_engine(model)
    zh, references = read_flores("zh", options.sentences), read_flores("en", options.sentences)
    grounded = [ground([text])[0] for text in zh]
    row = run_row(translate, zh, grounded, engine)
    result: dict[str, Any] = {"flores-dev": score(row.texts, references, grounded, zh) | {"seconds": row.seconds}}
    bench = Bench({"summarize": engine, "translate": engine}, {}, None)
    stories = [passages_of_story(story) for story in evenly(read_stories(), options.stories)]
    result["before repair"] = score_paragraphs(bench, stories, "+ mask")
    result["roundups-dev"] = score_paragraphs(bench, stories, "summarize")
    chosen = evenly(read_stories(), options.summaries)
    bodies = [passages_of_story(story)[1:] for story in chosen]
    result["summaries of roundups-dev"] = score_summaries(bench, bodies, [story.title for story in chosen])
    paths = [*EXAMPLES, *([REFERENCE] if REFERENCE.is_file() else [])]
    local = [section for path in paths for section in passages_of_file(path)]
    written = score_paragraphs(bench, local, "summarize")
    result["local news"] = written | score_fluency(local, written["texts"])
    result["summaries of local news"] = score_summaries(bench, local, [])
    return result


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    models = result["models"]
    names = list(models)

    def line(label: str, part: str, form: Any) -> str:
        return f"| {label} | " + " | ".join(form(models[name][part]) for name in names) + " |"

    def summaries(part: str) -> list[str]:
        return [
            line(
                "of the package's summaries, extractive", part, lambda row: f"{row['extractive']} of {row['stories']}"
            ),
            line("with other words", part, lambda row: str(row["other_words"])),
            line("of the first sentence", part, lambda row: f"{row['of_first_sentence']:.0%}"),
            line("characters", part, lambda row: f"{row['characters']:.0f}"),
            line("seconds", part, lambda row: f"{row['seconds']:.0f}"),
        ]

    lines = [
        "# Adapter",
        "",
        f"{DEFAULT_MODEL}; {where['date']}, {where['cpu']}, {where['cores']} cores. Written by "
        "`python benchmarks/adapter.py`, which says what the rows are.",
        "",
        "| | " + " | ".join(names) + " |",
        "|---|" + "---:|" * len(names),
        f"| **{result['sentences']} sentences of flores-dev** |" + " |" * len(names),
        line("BLEU", "flores-dev", lambda row: f"{row['bleu']:.1f}"),
        line("chrF2", "flores-dev", lambda row: f"{row['chrf']:.1f}"),
        line("items arrived", "flores-dev", lambda row: f"{row['arrived']:.1%}"),
        line("sentences with findings", "flores-dev", lambda row: f"{row['with_findings']:.1%}"),
        line("seconds", "flores-dev", lambda row: f"{row['seconds']:.0f}"),
        f"| **{result['stories']} stories of roundups-dev** |" + " |" * len(names),
        line("items arrived before repair", "before repair", lambda row: f"{row['arrived']:.1%}"),
        line("items arrived", "roundups-dev", lambda row: f"{row['arrived']:.1%}"),
        line("invented numbers and names", "roundups-dev", lambda row: str(row["invented"])),
        line("chrF2", "roundups-dev", lambda row: f"{row['chrf']:.1f}"),
        line("seconds", "roundups-dev", lambda row: f"{row['seconds']:.0f}"),
        "| **local news** |" + " |" * len(names),
        line("items arrived", "local news", lambda row: f"{row['arrived']:.1%} of {row['items']}"),
        line("invented numbers and names", "local news", lambda row: str(row["invented"])),
        line("words that no dictionary has", "local news", lambda row: str(len(row["strange_words"]))),
        line("loss of the English alone", "local news", lambda row: f"{row['loss_alone']:.2f}"),
        line("seconds", "local news", lambda row: f"{row['seconds']:.0f}"),
        "| **summaries of roundups-dev** |" + " |" * len(names),
        line("ROUGE-1 with the headline", "summaries of roundups-dev", lambda row: f"{100 * row['rouge_1']:.1f}"),
        *summaries("summaries of roundups-dev"),
        "| **summaries of local news** |" + " |" * len(names),
        *summaries("summaries of local news"),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapters", type=Path, nargs="+", help="folders of adapters; the card's own if not given")
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--stories", type=int, default=12)
    parser.add_argument("--summaries", type=int, default=36)
    parser.add_argument("--texts", type=Path, help="a file outside the project for what was written")
    options = parser.parse_args()
    plain = resolve(DEFAULT_MODEL, adapter=False, offline=True)
    models = {"plain": plain}
    if options.adapters:
        models |= {folder.name: with_adapter(plain, folder) for folder in options.adapters}
    else:
        models["adapter"] = resolve(DEFAULT_MODEL, adapter=True, offline=True)
    result: dict[str, Any] = {
        "machine": machine(),
        "sentences": options.sentences,
        "stories": options.stories,
        "models": {},
    }
    texts: dict[str, Any] = {}
    for name, model in models.items():
        found = measure(model, options)
        texts[name] = {part: row.pop("texts") for part, row in found.items() if "texts" in row}
        result["models"][name] = found
        save("adapter", result, to_markdown(result))
        print(name, json.dumps(found), flush=True)
        if options.texts:
            options.texts.write_text(json.dumps(texts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(to_markdown(result), end="")


if __name__ == "__main__":
    main()
