"""The `Summarizer`: articles in, digests out. It plans the writing of each section; the scheduler runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarize import __version__
from summarize.article import Article, parse_article, read_article, readable, without_soft_breaks
from summarize.completion_cache import FILE, CompletionCache
from summarize.consistency import same_spelling
from summarize.digest import (
    Bilingual,
    Digest,
    Fidelity,
    Finding,
    Part,
    Section,
    Segment,
    Segmentation,
)
from summarize.engines import Backend, Device, Engine, Task, load_engine, require_known
from summarize.errors import InputError, SummarizeError
from summarize.grounding import Item, ground, introduced_once, load_glossary, with_names_of
from summarize.scheduler import Job, Report, Writing, run, side_by_side
from summarize.segmentation import segment
from summarize.store import DEFAULT_MODEL, LocalModel, Progress, resolve
from summarize.store.local import cache_directory
from summarize.summary import Summary, summarize_section, write_headline
from summarize.translation import Translation, respelled, translate, translate_paragraph

LONGEST_SUMMARY = 1000  # characters
SHORTEST_SUMMARY = 30

OnError = Callable[[Any, SummarizeError], None]
# Chinese, what it says for certain (None if it has not been looked at by itself), and what was written.
_Passage = tuple[str, Sequence[Item] | None, Translation]


class Summarizer:
    """Writes digests of Chinese articles with local models.

    The models are found, fetched and loaded when they are first needed, or by `load()`.

    Args:
        model: a model card's name, or a folder or `.gguf` file; it writes the summaries, and the English too if no
            `translator` is named.
        translator: another model for the English.
        adapter: merge the adapter of a model into it, where its card has one (what that changes is told in
            models/qwen2.5-coder-1.5b-instruct/adapter/README.md); False for the plain model.
        device: "auto", "cpu" or "cuda".
        engine: "auto", "openvino" or "transformers".
        summary_chars: characters of a Chinese summary at most, 30 to 1000.
        sections: how many sections each article has; found out if it is None.
        glossary: your own renderings: a mapping from Chinese to English, or paths of TSV, CSV or TBX files. They go
            before all that the package knows.
        memory: GiB for the keys and values of the requests in work, beside the weights; the engine's own choice if
            None (1 on a CPU with OpenVINO). With less memory, fewer requests run at a time.
        cache: keep completions on disk, for equal requests of later runs: in the model store, or in this file.
        offline: never fetch a model.
        cache_dir: the model store; the environment's SUMMARIZE_CACHE or the user's cache folder if None.
        progress: told what is fetched, prepared or read: `(label, bytes or steps done, in all)`.
        report: told the `Statistics` of the writing as it goes on.

    Raises:
        InputError: if a number is out of range.
        EngineError: if there is no such device or engine.
        GlossaryError: if a glossary cannot be read.
    """

    def __init__(
        self,
        model: str | Path = DEFAULT_MODEL,
        *,
        translator: str | Path | None = None,
        adapter: bool = True,
        device: Device = "auto",
        engine: Backend = "auto",
        summary_chars: int = 100,
        sections: int | None = None,
        glossary: Mapping[str, str] | Iterable[str | Path] | None = None,
        memory: float | None = None,
        cache: bool | str | Path = False,
        offline: bool = False,
        cache_dir: str | None = None,
        progress: Progress | None = None,
        report: Report | None = None,
    ) -> None:
        if not SHORTEST_SUMMARY <= summary_chars <= LONGEST_SUMMARY:
            raise InputError(
                f"A summary of {summary_chars} characters cannot be written; "
                f"give a number from {SHORTEST_SUMMARY} to {LONGEST_SUMMARY}."
            )
        if sections is not None and sections < 1:
            raise InputError(f"An article cannot have {sections} sections; give a number from 1 up.")
        if memory is not None and not 0 < memory < float("inf"):
            raise InputError(f"The models cannot work in {memory} GiB; give a number above 0.")
        require_known(device, engine)
        self._names: dict[Task, str | Path] = {"summarize": model, "translate": translator or model}
        self._adapter = adapter
        self._device: Device = device
        self._backend: Backend = engine
        self._memory = memory
        self._summary_chars = summary_chars
        self._sections = sections
        self._glossary = load_glossary(glossary) if glossary else None
        self._offline = offline
        self._cache_dir = cache_dir
        self._progress = progress
        self._report = report
        self._models: dict[Task, LocalModel] = {}
        self._engines: dict[Task, Engine] = {}
        self._identities: dict[Task, str] = {}
        self._cache: CompletionCache | None = None
        if cache:
            path = cache_directory(cache_dir) / FILE if cache is True else Path(cache)
            self._cache = CompletionCache(path, self._identities)

    def load(self, *tasks: Task) -> None:
        """Finds, fetches, prepares and loads the models of these tasks (of all if none is named), if not done yet.

        Raises:
            SummarizeError: if a model cannot be found, fetched, verified or loaded.
        """
        for task in tasks or ("summarize", "translate"):
            if task in self._engines:
                continue
            model = resolve(
                self._names[task],
                adapter=self._adapter,
                cache_dir=self._cache_dir,
                offline=self._offline,
                progress=self._progress,
            )
            shared = [engine for other, engine in self._engines.items() if self._models[other] == model]
            engine = (
                shared[0]
                if shared
                else load_engine(
                    model,
                    device=self._device,
                    backend=self._backend,
                    memory=self._memory,
                    cache_dir=self._cache_dir,
                    progress=self._progress,
                )
            )
            self._models[task], self._engines[task] = model, engine
            self._identities[task] = f"{__version__} {model.fingerprint} {engine.identity}"

    def digest(self, text_or_path: str | Path | bytes | Article) -> Digest:
        """The digest of one article: its text (or bytes), or the path of a file.

        Raises:
            InputError: if it cannot be read or is not a Chinese article.
            SummarizeError: if a model is not available or an engine cannot go on.
        """
        return next(self.digest_many([text_or_path]))

    def digest_many(
        self, articles: Iterable[str | Path | bytes | Article], on_error: OnError | None = None
    ) -> Iterator[Digest]:
        """The digests of many articles, in their order, each as soon as it is done; the input is read as needed.

        Args:
            articles: texts, paths or articles; or one of them.
            on_error: told an article that cannot be read, and why, which is then left out; without it, the error is
                raised.
        """
        if isinstance(articles, (str, bytes, Path, Article)):
            articles = [articles]

        def jobs() -> Iterator[Job[Digest]]:
            for given in articles:
                try:
                    article = _read(given)
                    segmentation = segment(article, self._sections)
                except InputError as error:
                    if on_error is None:
                        raise
                    on_error(given, error)
                    continue
                self.load()
                yield self._plan(article, segmentation)

        return run(jobs(), self._engines, self._report, cache=self._cache)

    def segment(self, text_or_path: str | Path | bytes | Article) -> Segmentation:
        """The sections of one article, without summaries and English; needs no language model.

        Raises:
            InputError: if it cannot be read or is not a Chinese article.
        """
        return segment(_read(text_or_path), self._sections)

    def translate(self, text: str) -> Translation:
        """The English of one passage of Chinese and what the check finds in it."""
        return next(self.translate_many([text]))

    def translate_many(self, texts: Iterable[str]) -> Iterator[Translation]:
        """The English of many passages, in their order; each is grounded on its own. Blank ones stay blank.

        Findings say where they are in a passage without its invisible characters.
        """
        if isinstance(texts, str):
            texts = [texts]

        def jobs() -> Iterator[Job[Translation]]:
            self.load("translate")
            for text in map(readable, texts):
                items = ground([text], self._glossary)[0]
                yield Job(
                    [translate(text, items, context=self._context("translate", text))], lambda results: results[0]
                )

        return run(jobs(), self._engines, self._report, cache=self._cache)

    def translate_article(self, text_or_path: str | Path | bytes | Article) -> Iterator[Translation]:
        """The English of each paragraph of an article, in order: names read the same, bylines are written by rule.

        Raises:
            InputError: if it cannot be read or is not a Chinese article.
        """
        article = _read(text_or_path)

        def jobs() -> Iterator[Job[list[Translation]]]:
            self.load("translate")
            segmentation = segment(article)
            paragraphs = [p for section in segmentation.sections for p in section.paragraphs]
            context = self._context("translate", article.text)
            pairs = list(zip(paragraphs, self._ground(segmentation), strict=True))

            def assemble(results: list[Translation]) -> list[Translation]:
                passages = [
                    (without_soft_breaks(paragraph.zh), items, written)
                    for (paragraph, items), written in zip(pairs, results, strict=True)
                ]
                return self._with_same_spelling(passages)

            yield Job([translate_paragraph(paragraph, items, context) for paragraph, items in pairs], assemble)

        return (
            written for article in run(jobs(), self._engines, self._report, cache=self._cache) for written in article
        )

    def _context(self, task: Task, text: str) -> int:
        """How many characters of text like this one the model of a task can read and write at most."""
        sample = text[:2000] or " "
        engine = self._engines[task]
        return engine.context * len(sample) // max(engine.count_tokens(sample), 1)

    def _ground(self, segmentation: Segmentation) -> list[list[Item]]:
        """What each paragraph says for certain; a heading, too short to tell every name, by the rest of its section.

        People are introduced once in each section.
        """
        texts = [without_soft_breaks(p.zh) for section in segmentation.sections for p in section.paragraphs]
        rest = iter(ground(texts, self._glossary, [len(section.paragraphs) for section in segmentation.sections]))
        widened: list[list[Item]] = []
        for section in segmentation.sections:
            own = [next(rest) for _ in section.paragraphs]
            known = [item for found in own for item in found]
            headings = ["heading" in paragraph.role for paragraph in section.paragraphs]
            read = [
                with_names_of(without_soft_breaks(paragraph.zh), found, known) if heading else found
                for paragraph, found, heading in zip(section.paragraphs, own, headings, strict=True)
            ]
            widened += introduced_once(read, headings)
        return widened

    def _plan(self, article: Article, segmentation: Segmentation) -> Job[Digest]:
        """All the writing of an article, and how it becomes a digest."""
        items = self._ground(segmentation)
        contexts: dict[Task, int] = {task: self._context(task, article.text) for task in self._engines}
        places = iter(items)
        writings: list[Writing[Any]] = []
        for planned in segmentation.sections:
            own = [next(places) for _ in planned.paragraphs]
            writings += self._plan_section(planned, own, contexts)
        models: dict[str, str] = {
            task: f"{model.name} sha256:{model.fingerprint}" for task, model in self._models.items()
        }

        def assemble(results: list[Any]) -> Digest:
            rest, grounded = iter(results), iter(items)
            heads: list[tuple[str, Summary]] = []
            passages: list[_Passage] = []
            for planned in segmentation.sections:
                summary, summary_en, title, title_en = next(rest)
                heads.append((title, summary))
                passages += [(title, None, title_en), (summary.zh, None, summary_en)]
                passages += [(without_soft_breaks(p.zh), next(grounded), next(rest)) for p in planned.paragraphs]
            written = iter(self._with_same_spelling(passages))
            sections = [
                _assemble_section(planned, *head, [next(written) for _ in range(2 + len(planned.paragraphs))])
                for planned, head in zip(segmentation.sections, heads, strict=True)
            ]
            return Digest(article.source, models, tuple(sections))

        return Job(writings, assemble)

    def _with_same_spelling(self, passages: Sequence[_Passage]) -> list[Translation]:
        """The English of the passages of an article, its foreign names spelled alike, and checked again if need be."""
        known = [item for _, items, _ in passages for item in items or ()]
        english = same_spelling(
            [(zh, written.en) for zh, _, written in passages], known, self._engines["translate"].count_tokens
        )
        unified = []
        for (zh, items, written), en in zip(passages, english, strict=True):
            if en != written.en:
                own = with_names_of(zh, ground([zh], self._glossary)[0], known) if items is None else items
                written = respelled(written, zh, en, own)
            unified.append(written)
        return unified

    def _plan_section(
        self, planned: Segment, items: Sequence[Sequence[Item]], contexts: Mapping[Task, int]
    ) -> list[Writing[Any]]:
        """The writing of a section: its title and summary first, then each of its paragraphs."""
        return [
            self._write_summary(planned, items, contexts),
            *(
                translate_paragraph(paragraph, found, contexts["translate"])
                for paragraph, found in zip(planned.paragraphs, items, strict=True)
            ),
        ]

    def _write_summary(
        self, planned: Segment, items: Sequence[Sequence[Item]], contexts: Mapping[Task, int]
    ) -> Writing[tuple[Summary, Translation, str, Translation]]:
        """Chinese summary, its English, the title and its English."""
        chosen = [i for i, p in enumerate(planned.paragraphs) if p.role in ("body", "lead", "subheading")]
        chosen = [i for i in chosen if planned.paragraphs[i].role == "body"] or chosen or [0]
        text = "\n".join(without_soft_breaks(planned.paragraphs[i].zh) for i in chosen)
        order = [*chosen, *(i for i in range(len(items)) if i not in chosen)]  # people are in full in the text first
        known = [item for i in order for item in items[i]]

        def find(written: str) -> Sequence[Item]:
            return with_names_of(written, ground([written], self._glossary)[0], known)

        summary = yield from summarize_section(
            text, planned.title, known, self._summary_chars, contexts["summarize"], find
        )
        context = contexts["translate"]

        def write_title() -> Writing[tuple[str, Translation]]:
            title = planned.title or (yield from write_headline(text, summary.zh, find, known))
            (named,) = introduced_once([find(title)], [True])
            return title, (yield from translate(title, named, context=context, headline=True))

        pieces: list[Writing[Any]] = [translate(summary.zh, find(summary.zh), context=context), write_title()]
        summary_en, (title, title_en) = yield from side_by_side(pieces)
        return summary, summary_en, title, title_en


def _assemble_section(planned: Segment, title: str, summary: Summary, english: Sequence[Translation]) -> Section:
    """The section; `english` is that of its title, of its summary and of its paragraphs."""
    title_en, summary_en, *translations = english
    findings: list[Finding] = [*_placed(title_en.findings, "title", None)]
    findings += [*_placed(summary.findings, "summary", None), *_placed(summary_en.findings, "summary", None)]
    paragraphs = []
    for number, (paragraph, translation) in enumerate(zip(planned.paragraphs, translations, strict=True)):
        findings += _placed(translation.findings, "paragraph", number)
        paragraphs.append(replace(paragraph, en=translation.en))
    return Section(
        planned.index,
        planned.start,
        planned.end,
        Bilingual(title, title_en.en),
        Bilingual(summary.zh, summary_en.en),
        tuple(paragraphs),
        Fidelity(tuple(findings)),
    )


def _placed(findings: Iterable[Finding], part: Part, paragraph: int | None) -> list[Finding]:
    return [replace(finding, part=part, paragraph=paragraph) for finding in findings]


def _read(given: str | Path | bytes | Article) -> Article:
    if isinstance(given, Article):
        return given
    if isinstance(given, bytes):
        return parse_article(given)
    if not isinstance(given, (str, Path)):
        raise InputError(f"{given!r} is no article; give a path, a text or bytes.")
    return read_article(given)
