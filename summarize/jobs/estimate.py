"""What a job would cost, before it is begun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summarize.jobs.digesting import Failure
from summarize.jobs.files import manifest_path
from summarize.jobs.given import Given
from summarize.jobs.manifest import read_manifest

# One roundup digested on its own by the default model on 2 cores: the medians of benchmarks/results/digest.json.
DEFAULT_RATE = {"characters": 2540, "prompt_tokens": 12684, "output_tokens": 2573, "seconds": 33.4}
REASONS = 5  # failing inputs of which the estimate says why


@dataclass(frozen=True, slots=True)
class Estimate:
    """Inputs to be digested, and what that may take.

    Attributes:
        articles: inputs without a result.
        characters: of these articles.
        done: inputs that have their result.
        failing: inputs that cannot be read or are no articles.
        reasons: why, of the first few.
        prompt_tokens: tokens that the models will read.
        output_tokens: tokens that they will write.
        seconds: time they will take.
        measured_on: where the rates come from.
    """

    articles: int
    characters: int
    done: int
    failing: int
    reasons: tuple[str, ...]
    prompt_tokens: int
    output_tokens: int
    seconds: float
    measured_on: str

    def to_text(self) -> str:
        """A few lines for people."""
        hours, minutes = divmod(round(self.seconds / 60), 60)
        reasons = "".join(f"           {reason}\n" for reason in self.reasons)
        return (
            f"to do      {self.articles:>14,} articles, {self.characters:,} characters\n"
            f"done       {self.done:>14,}\n"
            f"failing    {self.failing:>14,}\n{reasons}"
            f"tokens     {self.prompt_tokens:>14,} to read, {self.output_tokens:,} to write\n"
            f"time       {f'{hours} h {minutes:02} min':>14}\n"
            f"Rates are from {self.measured_on}.\n"
        )


def estimate(given: Iterable[Given], out: Path, *, retry_failed: bool = False, restart: bool = False) -> Estimate:
    """Reads all inputs, digests none and changes nothing.

    The rates are those of earlier runs of this job; if there are none, those of the default model on the machine that
    the benchmarks were run on.

    Raises:
        InputError: if a source is not there.
        JobError: if there is a manifest that cannot be read.
    """
    manifest = read_manifest(manifest_path(out)) if manifest_path(out).is_file() else None
    articles = characters = done = failing = 0
    reasons: list[str] = []
    try:
        for item in given:
            known = manifest.find(item.id) if manifest and not restart else None
            if known and known.hash == item.hash and (known.done or not retry_failed):
                done += known.done
                failing += not known.done
                continue
            article = item.read()
            if isinstance(article, Failure):
                failing += 1
                if len(reasons) < REASONS:
                    reasons.append(article.message)
                continue
            articles += 1
            characters += len(article.text)
        measured = manifest.get("measured", {}) if manifest else {}
    finally:
        if manifest:
            manifest.close()
    if measured.get("characters") and measured.get("seconds"):
        where = f"the {measured['done']:,} articles that this job has done so far"
    else:
        measured = DEFAULT_RATE
        where = "the default model on a machine with 2 cores, roughly (docs/jobs.md); yours will differ"
    share = characters / measured["characters"]
    return Estimate(
        articles,
        characters,
        done,
        failing,
        tuple(reasons),
        round(measured["prompt_tokens"] * share),
        round(measured["output_tokens"] * share),
        measured["seconds"] * share,
        where,
    )
