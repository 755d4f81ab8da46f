"""The table and the plot of throughput.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def to_markdown(result: dict[str, Any]) -> str:
    where, limits = result["machine"], result["limits"]
    lines = [
        "# Throughput",
        "",
        f"{result['model']} ({result['parameters'] / 1e9:.2f} billion parameters); {where['date']}, {where['cpu']}, "
        f"{where['cores']} cores. Medians of {result['wanted_runs']} runs; of one where a run takes longer than "
        f"{result['repeat_below']:.0f} s. Written by `python benchmarks/throughput.py`, which says what the systems "
        "are.",
        "",
        f"Measured on this machine: {limits['int8']:.0f} GOP/s of int8, {limits['float32']:.0f} of float32, "
        f"{limits['bfloat16']:.0f} of bfloat16; {limits['read_gb_s']:.1f} GB/s read.",
        "",
    ]
    for name, rows in result["workloads"].items():
        known = [row for row in rows.values() if isinstance(row, dict)]
        if not known:
            continue
        slow = [row["seconds"] for system, row in rows.items() if system.startswith("naive") and isinstance(row, dict)]
        batched = [
            row["seconds"] for system, row in rows.items() if system.startswith("batched") and isinstance(row, dict)
        ]
        sample = result["samples"].get(name)
        note = f" chrF2 over {sample} paragraphs that all wrote." if sample else ""
        lines += [
            f"## {name} ({known[0]['characters']:,.0f} characters)",
            "",
            f"Ratios are to the quicker of the naive and of the batched ones.{note}",
            "",
            "| system | seconds | runs | to naive | to batched | characters/s | prompt tokens/s | output tokens/s "
            "| load s | peak GiB | of int8 limit | of bandwidth | chrF2 to naive | chrF2 to human |",
            "|---|" + "---:|" * 13,
        ]
        for system, row in rows.items():
            if isinstance(row, str):
                lines.append(f"| {system} | not run: {row.replace('|', '/')[:120]} |" + " |" * 12)
                continue
            part = row["extrapolated_from"]
            seconds = f"{row['seconds']:.1f}" + (f" (extrapolated from {part:,.0f} characters)" if part else "")
            digest = system.startswith("digest")
            ratios = [f"{min(s) / row['seconds']:.1f}" if s and not digest else "" for s in (slow, batched)]
            bandwidth = "" if row["share_of_bandwidth"] is None else f"{row['share_of_bandwidth']:.0%}"
            quality = ["" if row.get(key) is None else f"{row[key]:.1f}" for key in ("chrf_naive", "chrf_human")]
            lines.append(
                f"| {system} | {seconds} | {len(row['runs'])} | {ratios[0]} | {ratios[1]} "
                f"| {row['characters_per_second']:.0f} | {row['prompt_tokens_per_second']:.0f} "
                f"| {row['output_tokens_per_second']:.0f} | {row['load']:.1f} | {row['peak_gib']:.1f} "
                f"| {row['share_of_int8']:.1%} | {bandwidth} | {quality[0]} | {quality[1]} |"
            )
        lines.append("")
        for system, row in rows.items():
            if isinstance(row, dict) and row.get("reused"):
                lines += [f"{row['reused']:.1%} of the requests of {system} were equal to another one and not run.", ""]
    if result["growth"]:
        sizes = sorted({int(size) for rows in result["growth"].values() for size in rows})
        lines += [
            "## Growth: seconds, and peak GiB, by number of stories",
            "",
            "| system | " + " | ".join(map(str, sizes)) + " |",
            "|---|" + "---:|" * len(sizes),
        ]
        for system, rows in result["growth"].items():
            cells = [
                f"{rows[str(s)]['seconds']:.1f} s, {rows[str(s)]['peak_gib']:.1f}" for s in sizes if str(s) in rows
            ]
            lines.append(f"| {system} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def plot(result: dict[str, Any], path: Path) -> None:
    """Source characters a second of each system, and how the time grows."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    panels = list(result["workloads"]) + (["growth"] if result["growth"] else [])
    if not panels:
        return
    figure, axes = pyplot.subplots(1, len(panels), figsize=(5 * len(panels), 3.6), squeeze=False)
    for name, axis in zip(panels, axes[0], strict=True):
        axis.set_title(name)
        if name == "growth":
            for system, rows in result["growth"].items():
                axis.plot([int(s) for s in rows], [row["seconds"] for row in rows.values()], "o-", label=system)
            axis.set(xscale="log", yscale="log", xlabel="stories", ylabel="seconds")
            axis.legend()
            continue
        rows = {system: row for system, row in result["workloads"][name].items() if isinstance(row, dict)}
        axis.barh(list(rows), [row["characters_per_second"] for row in rows.values()])
        axis.invert_yaxis()
        axis.set_xlabel("source characters/s")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
