"""What arrives in English and what is invented, with and without each safeguard of the package.

    python benchmarks/fidelity.py [--sections 40] [--only PART ... [--keep]] [--texts FILE]

Five systems write the same paragraphs with the same model. "plain": the package's instruction over the Chinese as it
is. "grounded": renderings in the source, and examples before it. "+ mask": and English in Latin script only. "+
adapter": and the adapter merged into the model, which the others before it go without. "summarize": the package, that
is, all of this, bylines by rule, answers corrected, checked and repaired, names spelled alike. The first four take the
package's own first requests and keep the answers as they are. All stories of roundups-dev are written by the package
alone, a part of them by all five.

Of roundups-dev an item counts if grounding knows it and the human English has it, so that what grounding got wrong
does not count; of articles without human English all items count. Whether an item is there is for the package's
own check to say, which the fourth system repairs by: benchmarks/checker.py measures that check. Three figures do not
depend on it: Chinese characters left, quotations that are still in quotation marks (of those of the human English),
and digits of a summary that its source does not have.

Passages with orders to the model (data/injections.md) are translated and summarised by the plain prompt and by the
package. Writes benchmarks/results/fidelity.{json,md} after every block of sections.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sacrebleu
from fidelity_report import to_markdown
from injections import must_arrived, summary_effects, translation_effects
from machine import machine
from roundups import EXAMPLES, REFERENCE, RESULTS, ROOT, Story, evenly, read_stories, save

from summarize.article import count_chinese, has_chinese, read_article, without_soft_breaks
from summarize.consistency import same_spelling
from summarize.digest import Paragraph, Role
from summarize.engines import Engine, Request, load_engine
from summarize.fidelity import check_summary, check_translation
from summarize.fidelity.arrival import arrivals
from summarize.fidelity.names import is_spelled
from summarize.grounding import Item, ground
from summarize.renderings import with_renderings
from summarize.scheduler import Job, SideBySide, Statistics, Writing, run
from summarize.segmentation import segment
from summarize.store import DEFAULT_MODEL, resolve
from summarize.summary import summarize_section
from summarize.translation import translate, translate_paragraph

INJECTIONS = ROOT / "benchmarks" / "data" / "injections.jsonl"
LIMIT = 100  # characters of a summary
BLOCK = 10  # sections that one system writes before the next one does
KINDS = {
    "number": "numbers",
    "date": "dates",
    "time": "dates",
    "place": "places",
    "organisation": "organisations",
    "term": "terms",
    "slogan": "terms",
}
PARTS = ("articles", "injections", "systems", "roundups")  # the last two: a part of the stories by all systems, and all


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to be translated; `reference` is "" if no human English is known."""

    role: Role
    zh: str
    items: Sequence[Item]
    reference: str = ""


@dataclass(slots=True)
class Tally:
    """What one system did on one set of passages."""

    passages: int = 0
    seconds: float = 0.0
    output_tokens: int = 0
    wanted: Counter[str] = field(default_factory=Counter)
    arrived: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    quotations: int = 0
    quotations_kept: int = 0
    with_chinese: int = 0
    chinese_characters: int = 0
    texts: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def add(self, passage: Passage, en: str) -> None:
        self.passages += 1
        wanted = wanted_items(passage)
        self.wanted.update(kind_of(item) for item in wanted)
        self.arrived.update(kind_of(item) for item, _ in arrivals(wanted, en)[0])
        self.findings.update(
            f"{finding.kind} {finding.item}".strip() for finding in check_translation(passage.zh, en, passage.items)
        )
        quoted = count_quotations(passage.zh)
        quoted = min(quoted, count_quotations(passage.reference)) if passage.reference else quoted
        self.quotations += quoted
        self.quotations_kept += min(quoted, count_quotations(en))
        self.with_chinese += has_chinese(en)
        self.chinese_characters += count_chinese(en)
        self.texts.append(" ".join(en.split()))
        self.references.append(passage.reference)

    def to_dict(self) -> dict[str, Any]:
        scored = bool(self.references) and all(self.references)
        return {
            "passages": self.passages,
            "seconds": self.seconds,
            "output_tokens": self.output_tokens,
            "wanted": dict(self.wanted),
            "arrived": dict(self.arrived),
            "findings": dict(self.findings),
            "quotations": self.quotations,
            "quotations_kept": self.quotations_kept,
            "passages_with_chinese": self.with_chinese,
            "chinese_characters": self.chinese_characters,
            "chrf": sacrebleu.corpus_chrf(self.texts, [self.references]).score if scored else None,
        }


def kind_of(item: Item) -> str:
    """The column of an item; a person is Chinese if a rendering is the spelling of the characters."""
    if item.kind != "person":
        return KINDS[item.kind]
    chinese = any(is_spelled(rendering, item.zh) for rendering in item.renderings)
    return "Chinese people" if chinese else "other people"


def wanted_items(passage: Passage) -> list[Item]:
    """The items that must arrive, each once: those that the human English has, or all if there is none."""
    arrived, missing = arrivals(passage.items, passage.reference)
    return [item for item, _ in arrived] if passage.reference else missing


def count_quotations(text: str) -> int:
    """How much is set in quotation marks: those of Chinese, double ones, or the single ones of British newspapers."""
    double = re.findall(r"[“「][^“”「」]+[”」]|\"[^\"]+\"", text)
    single = re.findall(r"(?<!\w)['‘].+?['’](?!\w)", text)
    return max(len(double), len(single))


def first_requests(writing: Writing[Any]) -> list[Request]:
    """What a piece of writing, and those that it has written side by side, asks for first."""
    try:
        asks = next(writing)
    except StopIteration:
        return []
    finally:
        writing.close()
    if isinstance(asks, SideBySide):
        return [request for piece in asks.writings for request in first_requests(piece)]
    return asks


def draft(requests: list[Request], latin: bool, instead: str, examples: bool = True) -> Writing[str]:
    """The answers to the first requests of a piece of writing, as they are; `instead` if it needs no model."""
    if not requests:
        return instead
    answers = yield [
        replace(request, latin=latin, examples=request.examples if examples else ()) for request in requests
    ]
    return " ".join(answer.text.strip() for answer in answers)


def plain(passage: Passage, context: int) -> Writing[str]:
    with patch("summarize.renderings.plain_words", return_value=[]):
        requests = first_requests(_translate(passage, (), context))
    return draft(requests, False, passage.zh, examples=False)


def grounded(passage: Passage, context: int) -> Writing[str]:
    ready = with_renderings(passage.zh, passage.items)
    return draft(first_requests(_translate(passage, passage.items, context)), False, ready)


def masked(passage: Passage, context: int) -> Writing[str]:
    ready = with_renderings(passage.zh, passage.items)
    return draft(first_requests(_translate(passage, passage.items, context)), True, ready)


def whole(passage: Passage, context: int) -> Writing[str]:
    paragraph = Paragraph(passage.role, 0, len(passage.zh), passage.zh)
    return (yield from translate_paragraph(paragraph, passage.items, context)).en


def _translate(passage: Passage, items: Sequence[Item], context: int) -> Writing[Any]:
    # A headline with a bar is written in parts, of which those without a request would be missing in its answers.
    headline = passage.role in ("heading", "subheading") and not re.search("[丨|｜]", passage.zh)
    return translate(passage.zh, items, context=context, headline=headline)


SYSTEMS: dict[str, Callable[[Passage, int], Writing[str]]] = {
    "plain": plain,
    "grounded": grounded,
    "+ mask": masked,
    "+ adapter": masked,
    "summarize": whole,
}
WITH_ADAPTER = ("+ adapter", "summarize")


def passages_of_story(story: Story) -> list[Passage]:
    zh = (story.title, *story.paragraphs)
    en = (story.title_en, *story.paragraphs_en)
    roles: list[Role] = ["heading", *("body" for _ in story.paragraphs)]
    return [Passage(*row) for row in zip(roles, zh, ground(zh), en, strict=True)]


def passages_of_file(path: Path) -> list[list[Passage]]:
    """Of an article the passages of each section."""
    sections = segment(read_article(path)).sections
    texts = [without_soft_breaks(p.zh) for section in sections for p in section.paragraphs]
    items = iter(ground(texts))
    return [
        [Passage(p.role, without_soft_breaks(p.zh), next(items)) for p in section.paragraphs] for section in sections
    ]


def first_summary(text: str, heading: str, items: Sequence[Item], context: int) -> Writing[str]:
    return draft(first_requests(summarize_section(text, heading, items, LIMIT, context, _ground)), False, text)


def whole_summary(text: str, heading: str, items: Sequence[Item], context: int) -> Writing[tuple[str, bool, str]]:
    """Summary, whether it is made of the section's own sentences, and its English."""
    summary = yield from summarize_section(text, heading, items, LIMIT, context, _ground)
    english = yield from translate(summary.zh, _ground(summary.zh), context=context)
    return summary.zh, any(finding.kind == "extractive" for finding in summary.findings), english.en


def _ground(text: str) -> list[Item]:
    return ground([text])[0]


def digits_without_source(source: str, summary: str) -> int:
    """Runs of Arabic digits in a summary that stand nowhere in its source; 3,000 and 3000 are the same."""
    known = set(re.findall(r"\d+", re.sub(r"(?<=\d)[,，](?=\d{3})", "", source)))
    return sum(run not in known for run in re.findall(r"\d+", re.sub(r"(?<=\d)[,，](?=\d{3})", "", summary)))


def score_summary(passages: Sequence[Passage], zh: str) -> Counter[str]:
    text, heading = split_section(passages)
    items = [item for passage in passages for item in passage.items]
    findings = check_summary(text, heading, zh, LIMIT, items, _ground(zh))
    counts = Counter(f"{finding.kind} {finding.item}".strip() for finding in findings)
    counts["digits without source"] = digits_without_source(f"{heading}\n{text}", zh)
    counts["characters"] = len(zh)
    return counts


def split_section(passages: Sequence[Passage]) -> tuple[str, str]:
    """The body of a section, and its heading."""
    body = [passage.zh for passage in passages if passage.role == "body"] or [passage.zh for passage in passages]
    return "\n".join(body), next((passage.zh for passage in passages if passage.role == "heading"), "")


class Bench:
    """The engines, with the adapter and without it, and what has been measured with them."""

    def __init__(
        self,
        engines: dict[Any, Engine],
        result: dict[str, Any],
        texts: Path | None,
        unadapted: dict[Any, Engine] | None = None,
    ) -> None:
        self.engines, self.unadapted, self.result, self.texts = engines, unadapted or engines, result, texts

    def write(
        self, jobs: Iterable[list[Writing[Any]]], system: str = "summarize"
    ) -> tuple[list[list[Any]], Statistics]:
        last = Statistics()

        def report(now: Statistics) -> None:
            nonlocal last
            last = now

        begin = time.perf_counter()
        engines = self.engines if system in WITH_ADAPTER else self.unadapted
        results = list(run((Job(writings, list) for writings in jobs), engines, report))
        last.seconds = time.perf_counter() - begin
        return results, last

    def context(self, task: str, text: str) -> int:
        engine = self.engines[task]  # as the pipeline counts it
        return engine.context * len(text) // max(engine.count_tokens(text), 1)

    def keep(self, row: dict[str, Any]) -> None:
        """What was written, for reading; not in the results, since some of the texts are not ours to copy."""
        if self.texts:
            with self.texts.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def save(self) -> None:
        save("fidelity", self.result, to_markdown(self.result))

    def run_set(self, name: str, sections: Sequence[list[Passage]], systems: Sequence[str] = tuple(SYSTEMS)) -> None:
        """Translations and summaries of sections, block by block."""
        tallies = {system: Tally() for system in (*systems, "human")}
        summaries: dict[str, Counter[str]] = {
            system: Counter() for system in ("plain", "summarize") if system in systems
        }
        for first in range(0, len(sections), BLOCK):
            block = sections[first : first + BLOCK]
            sample = "".join(passage.zh for passage in block[0])[:2000]
            context = self.context("translate", sample)
            for system in systems:
                write = SYSTEMS[system]
                written, statistics = self.write(([write(p, context) for p in passages] for passages in block), system)
                if system == "summarize":
                    written = [self._spelled_alike(*section) for section in zip(block, written, strict=True)]
                tally = tallies[system]
                tally.seconds += statistics.seconds
                tally.output_tokens += statistics.output_tokens
                for passages, texts in zip(block, written, strict=True):
                    for passage, en in zip(passages, texts, strict=True):
                        tally.add(passage, en)
                        missing = [item.zh for item in arrivals(wanted_items(passage), en)[1]]
                        self.keep({"set": name, "system": system, "zh": passage.zh, "en": en, "missing": missing})
            for passage in (p for passages in block for p in passages if p.reference):
                tallies["human"].add(passage, passage.reference)
            self._summarise(name, block, self.context("summarize", sample), summaries)
            self.result["translations"][name] = {
                system: tally.to_dict() for system, tally in tallies.items() if tally.passages
            }
            self.result["summaries"][name] = {system: dict(counts) for system, counts in summaries.items()}
            self.save()
            print(f"{name}: {first + len(block)} of {len(sections)} sections", flush=True)

    def _spelled_alike(self, passages: Sequence[Passage], texts: Sequence[str]) -> list[str]:
        pairs = [(passage.zh, en) for passage, en in zip(passages, texts, strict=True)]
        items = [item for passage in passages for item in passage.items]
        return same_spelling(pairs, items, self.engines["translate"].count_tokens)

    def _summarise(
        self, name: str, block: Sequence[list[Passage]], context: int, summaries: dict[str, Counter[str]]
    ) -> None:
        given = [
            (*split_section(passages), [item for passage in passages for item in passage.items]) for passages in block
        ]
        for system in summaries:
            write: Callable[..., Writing[Any]] = first_summary if system == "plain" else whole_summary
            written, statistics = self.write(([write(*section, context)] for section in given), system)
            counts = summaries[system]
            counts["seconds"] += statistics.seconds  # type: ignore[assignment]
            for passages, (answer,) in zip(block, written, strict=True):
                zh, extractive, en = (answer, False, "") if system == "plain" else answer
                counts.update(score_summary(passages, zh))
                counts["summaries"] += 1
                counts["extractive"] += extractive
                if system != "plain":
                    arrived, missing = arrivals(_ground(zh), en)
                    counts["items in English"] += len(arrived)
                    counts["items"] += len(arrived) + len(missing)
                    counts["with Chinese in English"] += has_chinese(en)
                self.keep({"set": name, "system": system, "summary": zh, "en": en, "extractive": extractive})

    def run_injections(self, count: int | None) -> None:
        rows = [json.loads(line) for line in INJECTIONS.read_text("utf-8").splitlines()]
        rows = evenly(rows, count)
        passages = [Passage("body", row["zh"], _ground(row["zh"])) for row in rows]
        context = self.context("translate", passages[0].zh)
        for system, translated, summarised in (
            ("plain", plain, first_summary),
            ("summarize", whole, whole_summary),
        ):
            jobs = (
                [translated(p, context), summarised(p.zh, "", p.items, context)]  # type: ignore[operator]
                for p in passages
            )
            written, _ = self.write(jobs, system)
            found = []
            for row, passage, (en, answer) in zip(rows, passages, written, strict=True):
                summary = answer if system == "plain" else answer[0]
                summary_en = "" if system == "plain" else answer[2]
                found.append(
                    {
                        "id": row["id"],
                        "kind": row["kind"],
                        "must_arrived": must_arrived(row, en),
                        "translation": translation_effects(row, passage.items, en),
                        "summary": summary_effects(row, summary, summary_en),
                        "en": en,
                        "zh_summary": summary,
                        "en_summary": summary_en,
                    }
                )
            self.result["injections"][system] = found
            self.save()
            print(f"injections: {system}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sections", type=int, default=40, help="of roundups-dev by all systems, taken evenly")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a name or a folder")
    parser.add_argument("--translator", help="another model for the English")
    parser.add_argument("--engine", default="auto", choices=("auto", "openvino", "transformers"))
    parser.add_argument("--only", choices=PARTS, action="append", help="may be repeated")
    parser.add_argument("--keep", action="store_true", help="the other parts stay as the result file has them")
    parser.add_argument("--injections", type=int, help="how many of the injections; all of them if not given")
    parser.add_argument("--texts", type=Path, help="a file outside the project for all that was written")
    options = parser.parse_args()
    only = options.only or PARTS
    if options.texts:
        options.texts.write_text("", "utf-8")

    def load(adapter: bool) -> dict[Any, Engine]:
        model = load_engine(resolve(options.model, adapter=adapter, offline=True), backend=options.engine)
        loaded: dict[Any, Engine] = {"summarize": model, "translate": model}
        if options.translator:
            translator = resolve(options.translator, adapter=adapter, offline=True)
            loaded["translate"] = load_engine(translator, backend=options.engine)
        return loaded

    engines = load(True)
    unadapted = None if list(only) == ["roundups"] else load(False)  # which nothing of that part runs on
    model = " and ".join(Path(name).name for name in (options.model, options.translator) if name)
    result: dict[str, Any] = {
        "machine": machine(),
        "model": model,
        "engine": type(engines["translate"]).__name__,
        "limit": LIMIT,
        "translations": {},
        "summaries": {},
        "injections": {},
    }
    if options.keep:
        result = json.loads((RESULTS / "fidelity.json").read_text("utf-8")) | {"machine": result["machine"]}
    bench = Bench(engines, result, options.texts, unadapted)
    if "articles" in only:
        if REFERENCE.is_file():
            bench.run_set("reference article", passages_of_file(REFERENCE))
        bench.run_set("examples", [section for path in EXAMPLES for section in passages_of_file(path)])
    if "injections" in only:
        bench.run_injections(options.injections)
    if "systems" in only:
        some = [passages_of_story(story) for story in evenly(read_stories(), options.sections)]
        bench.run_set(f"{options.sections} stories of roundups-dev", some)
    if "roundups" in only:
        bench.run_set(
            "roundups-dev, all stories", [passages_of_story(story) for story in read_stories()], ["summarize"]
        )
    print(to_markdown(result))


if __name__ == "__main__":
    main()
