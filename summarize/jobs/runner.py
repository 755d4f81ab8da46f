"""Runs a batch job: in this process, in several on this machine, or on a Ray cluster."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from summarize.errors import InputError
from summarize.formats import JobFormat
from summarize.jobs.digesting import Digester, Factory, TokenCount, digest_inputs
from summarize.jobs.files import job_folder
from summarize.jobs.given import Given
from summarize.jobs.job import WINDOW, Job
from summarize.jobs.output import Output, check_output
from summarize.jobs.report import JobReport
from summarize.jobs.rows import Rows
from summarize.jobs.sources import read_sources
from summarize.scheduler import Report
from summarize.store import DEFAULT_MODEL
from summarize.threads import limited_threads


@dataclass(frozen=True, slots=True)
class SummarizerFactory:
    """Makes a `Summarizer` with its models loaded, in whatever process; `options` are its arguments."""

    options: dict[str, Any] = field(default_factory=dict)

    def __call__(self, report: Report) -> Digester:
        """A `Summarizer` that tells `report` of its writing."""
        from summarize.pipeline import Summarizer

        summarizer = Summarizer(**{**self.options, "report": report})
        summarizer.load()
        return summarizer


def run(
    sources: Iterable[str | Path] | str | Path,
    out: str | Path,
    *,
    format: JobFormat = "auto",
    rows: Rows = "article",
    text_column: str = "text",
    id_column: str | None = None,
    workers: int = 0,
    threads: int | None = None,
    ray: str | None = None,
    max_workers: int | None = None,
    gpus: float = 0.0,
    batch_size: int = 8,
    restart: bool = False,
    retry_failed: bool = False,
    max_failures: int | None = None,
    stop: threading.Event | None = None,
    progress: Callable[[JobReport], None] | None = None,
    stdin: BinaryIO | None = None,
    factory: Factory | None = None,
    settings: Mapping[str, Any] | None = None,
    **options: Any,
) -> JobReport:
    """Digests all inputs of `sources` that `out` has no result of yet; it can be stopped or killed and run again.

    Args:
        sources: folders, globs, files (.txt, .md, .docx, .jsonl, .csv, .parquet), datasets on disk, fsspec URLs, "-".
        out: a file .jsonl, .jsonl.gz or .jsonl.zst, a folder .parquet, or a folder for one file an article.
        format: "jsonl" or "parquet", or for a folder one of the formats of `render`; by the name of `out` if "auto".
        rows: one row an "article" or one a "section".
        text_column: the column of tables with the text.
        id_column: the column with the id.
        workers: processes, each with its own models; 0: this process. An input that kills a worker is put aside, one
            that kills this process ends the job.
        threads: processor threads of each; the machine's shared out among them if None, on Ray 1.
        ray: "local", "auto" or the address of a Ray cluster: workers are its actors. See `run_on_ray`.
        max_workers: on Ray, let the number of actors follow the load, from `workers` to this.
        gpus: on Ray, GPUs of each actor, or the fraction of one.
        batch_size: on Ray, inputs that an actor is given at a time.
        restart: throw away what `out` holds.
        retry_failed: take inputs again that failed before.
        max_failures: stop when more than these have failed in this run.
        stop: when it is set, what is in work is finished and nothing new begun.
        progress: told the report so far after every commit, from another thread.
        stdin: read for the source "-" instead of the process's standard input.
        factory: makes what writes the digests, instead of a `Summarizer` with `options`.
        settings: all that results of `factory` depend on; found out from `options` if there is no factory.
        options: arguments of `Summarizer`.

    Returns:
        What was done. Failed inputs are not errors: they are in `total_failed` and in OUT.job/quarantine.jsonl.

    Raises:
        InputError: if a source is not there, no source has an article, or a number is out of range.
        JobError: if `out` was made with other settings or model, or another process is at work on it.
        TooManyFailuresError: if more inputs failed than allowed; what was done is kept.
        OutputError: if `out` cannot be written; what was committed is kept.
        MissingPackageError: if a source, `out` or `ray` needs a package that is not installed.
        SummarizeError: if a model is not available or the engine is broken; what was committed is kept.
    """
    if workers < 0 or (threads is not None and threads < 1):
        raise InputError("--workers is a number from 0 up, --threads from 1 up.")
    if ray is None and (max_workers is not None or gpus):
        raise InputError("--max-workers and --gpus are for actors of Ray; give --ray too.")
    if gpus < 0 or batch_size < 1 or (max_workers is not None and max_workers < workers):
        raise InputError("--batch-size is a number from 1 up, --gpus from 0 up, --max-workers from --workers up.")
    described = None
    if factory is None:
        described = describe(options)
        settings = {**described, **(settings or {})}
        factory = SummarizerFactory(options)
    out = Path(out)
    columns = {"text_column": text_column, "id_column": id_column, "stdin": stdin}
    sink = check_output(out, format, rows)
    inputs = read_inputs(sources, out, **columns)  # before --restart throws anything away
    with Output(out, sink, rows=rows, settings=settings or {}, restart=restart) as output:
        job = Job(
            inputs,
            output,
            retry_failed=retry_failed,
            max_failures=max_failures,
            stop=stop,
            progress=progress,
            # On Ray four batches an actor: one in work, one or two that wait there, one on the way.
            window=max(WINDOW, 4 * batch_size) * (max_workers or workers or 1),
        )
        if ray is not None:
            from summarize.jobs.ray_runner import run_on_ray

            with job:
                run_on_ray(
                    job,
                    factory,
                    ray,
                    workers=workers or 1,
                    max_workers=max_workers,
                    threads=threads,
                    gpus=gpus,
                    batch_size=batch_size,
                    expected=described,
                )
        elif workers == 0:
            tokens = TokenCount()
            with limited_threads(threads):
                digester = factory(tokens)
                with job:
                    for result in digest_inputs(digester, job.take, tokens):
                        job.put(result)
        else:
            from summarize.jobs.workers import run_workers

            with job:
                run_workers(job, factory, workers, threads)
        return job.report


def read_inputs(sources: Iterable[str | Path] | str | Path, out: Path, **columns: Any) -> Iterator[Given]:
    """All inputs of the sources but the job's own output; `columns` are arguments of `read_sources`.

    Raises:
        InputError: at once, if there is none, or the first cannot be read.
    """
    named = [sources] if isinstance(sources, (str, Path)) else list(sources)
    inputs = read_sources(named, leave_out=(out, job_folder(out)), **columns)
    try:
        first = next(inputs, None)
    except OSError as error:
        raise InputError(f"A source cannot be read ({error}); check its path and permissions.") from error
    if first is None:
        raise InputError(
            f"There is no article in {', '.join(map(str, named))}; of folders, .txt, .md and .docx files are read."
        )
    return chain([first], inputs)


def describe(options: Mapping[str, Any]) -> dict[str, Any]:
    """All that the results of a `Summarizer` with these options depend on; fetches models that are not here.

    Device and engine are left out, so that a job can go on elsewhere: an engine that rounds otherwise may choose
    another word now and then.

    Raises:
        SummarizeError: if a model cannot be found, fetched or verified.
        GlossaryError: if a glossary cannot be read.
    """
    from summarize.grounding import load_glossary
    from summarize.store import resolve

    model = options.get("model", DEFAULT_MODEL)
    names = ("cache_dir", "progress", "offline")
    store: dict[str, Any] = {name: options[name] for name in names if name in options}
    adapter = bool(options.get("adapter", True))
    fingerprints = {}
    for task, name in (("model", model), ("translator", options.get("translator") or model)):
        found = resolve(name, adapter=adapter, **store)
        fingerprints[task] = f"{found.name} sha256:{found.fingerprint}"
    glossary = options.get("glossary")
    if glossary and not isinstance(glossary, Mapping):
        glossary = [Path(path) for path in ([glossary] if isinstance(glossary, (str, Path)) else glossary)]
        load_glossary(glossary)  # a clear error before anything begins
        told: Any = [path.read_text(encoding="utf-8") for path in glossary]
    else:
        told = dict(glossary or {})
    return {
        **fingerprints,
        "summary_chars": options.get("summary_chars", 100),
        "sections": options.get("sections"),
        "glossary": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] if told else None,
    }
