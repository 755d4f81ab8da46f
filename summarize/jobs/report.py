"""What a job did: counts for programs, a table for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from summarize.jobs.files import job_folder


@dataclass(slots=True)
class JobReport:
    """Counts of a job.

    Attributes:
        out: the output.
        done: inputs digested in this run.
        skipped: inputs whose result was there already.
        failed: inputs that failed in this run, by reason.
        findings: what the fidelity check found in this run, by kind.
        characters: characters of the articles digested in this run.
        prompt_tokens: tokens read by the models in this run.
        output_tokens: tokens written by the models in this run.
        seconds: from the first input given to a model to the last result.
        interrupted: stopped before all inputs were read.
        total_done: inputs with a result in the output.
        total_failed: all inputs in the quarantine, by reason.
        total_findings: what the fidelity check found in all results, by kind.
    """

    out: Path
    done: int = 0
    skipped: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    total_done: int = 0
    total_failed: dict[str, int] = field(default_factory=dict)
    total_findings: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Articles a second in this run; 0 if nothing was done."""
        return self.done / self.seconds if self.seconds else 0.0

    def to_text(self) -> str:
        """A table of what was done."""
        lines = [
            ("done", self.total_done, f"{self.done:,} in this run" if self.skipped else ""),
            ("failed", sum(self.total_failed.values()), ""),
            *(("  " + reason, count, "") for reason, count in sorted(self.total_failed.items())),
            ("findings", sum(self.total_findings.values()), "of the fidelity check" if self.total_findings else ""),
            *(("  " + kind, count, "") for kind, count in sorted(self.total_findings.items(), key=lambda kv: -kv[1])),
        ]
        text = "".join(f"{name:<20} {count:>12,}  {note}".rstrip() + "\n" for name, count, note in lines)
        if self.done:
            text += f"{'articles/s':<20} {self.rate:>12,.2f}\n"
        if self.total_failed:
            text += f"What failed, and why: {job_folder(self.out) / 'quarantine.jsonl'}\n"
        return text
