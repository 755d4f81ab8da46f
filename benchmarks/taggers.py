"""People found by taggers and by grounding, on hand-labelled sentences: `python benchmarks/taggers.py`.

The sentences in `data/people.tsv` were written for this benchmark. A name counts if its span is exactly right.
jieba is not a dependency of the package; `pip install jieba` to have its row.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from summarize.grounding.names import find_names
from summarize.grounding.tagger import tag
from summarize.traditional import simplify

HERE = Path(__file__).parent
Spans = set[tuple[int, int]]


def read_sentences() -> list[tuple[str, Spans]]:
    sentences = []
    for line in (HERE / "data" / "people.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, _, names = line.partition("\t")
        starts = [(text.index(name), name) for name in names.split("|") if name]
        sentences.append((text, {(start, start + len(name)) for start, name in starts}))
    return sentences


def by_lac(text: str) -> Spans:
    return {(token.start, token.end) for token in tag(text) if token.tag == "PER"}


def by_lac_simplified(text: str) -> Spans:
    return by_lac(simplify(text))


def by_grounding(text: str) -> Spans:
    return {(item.start, item.end) for item in find_names([text])[0] if item.kind == "person"}


def by_jieba(text: str) -> Spans:
    import jieba.posseg

    spans, end = set(), 0
    for word, flag in jieba.posseg.cut(text):
        start, end = end, end + len(word)
        if flag.startswith("nr"):
            spans.add((start, end))
    return spans


def by_jieba_simplified(text: str) -> Spans:
    return by_jieba(simplify(text))


def score(sentences: list[tuple[str, Spans]], tagger: Callable[[str], Spans]) -> str:
    tagger(sentences[0][0])
    began = time.perf_counter()
    found = [tagger(text) for text, _ in sentences]
    seconds = time.perf_counter() - began
    right = sum(len(spans & gold) for spans, (_, gold) in zip(found, sentences, strict=True))
    predicted, wanted = sum(map(len, found)), sum(len(gold) for _, gold in sentences)
    precision, recall = right / max(predicted, 1), right / wanted
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{right} | {predicted} | {wanted} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {seconds:.2f}"


def main() -> None:
    sentences = read_sentences()
    taggers: dict[str, Callable[[str], Spans]] = {
        "LAC": by_lac,
        "LAC, simplified first": by_lac_simplified,
        "grounding (LAC with rules)": by_grounding,
    }
    if find_spec("jieba"):
        taggers |= {"jieba.posseg": by_jieba, "jieba.posseg, simplified first": by_jieba_simplified}
    rows = [f"| {name} | {score(sentences, tagger)} |" for name, tagger in taggers.items()]
    report = "\n".join(
        [
            "# People: taggers compared",
            "",
            f"{len(sentences)} sentences written and labelled for this benchmark (domestic, foreign and traditional); "
            "exact spans. Written by `python benchmarks/taggers.py`.",
            "",
            f"Machine: {platform.machine()}, Python {platform.python_version()}.",
            "",
            "| tagger | right | found | labelled | precision | recall | F1 | seconds |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
    (HERE / "results" / "taggers.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
