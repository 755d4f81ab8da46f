"""A picture of the boundary score along an article."""

from __future__ import annotations

from pathlib import Path

from summarize.errors import OutputError
from summarize.packages import require
from summarize.segmentation.explain import Explanation


def plot_scores(explanation: Explanation, path: str | Path) -> None:
    """Draws how likely each paragraph begins a section, and where sections begin; PNG or SVG by the file's name.

    Raises:
        MissingPackageError: if matplotlib is not installed.
        OutputError: if the file cannot be written, or its name ends in neither.
    """
    path = Path(path)
    if path.suffix.lower() not in (".png", ".svg"):
        raise OutputError(f"{path} is no picture this can draw; give a file name that ends in .png or .svg.")
    numbers = [paragraph.index + 1 for paragraph in explanation.paragraphs]
    chances = [paragraph.probability for paragraph in explanation.paragraphs]
    figure = require("matplotlib.figure", extra="plot").Figure(
        figsize=(min(max(len(numbers) / 6, 6), 40), 3), layout="constrained"
    )
    axes = figure.subplots()
    axes.bar(numbers, chances, color="#4477aa", width=0.8)
    for paragraph in explanation.paragraphs:
        if paragraph.begins:
            axes.axvline(paragraph.index + 0.5, color="#cc3311", linewidth=1)
            axes.text(paragraph.index + 0.6, 1.02, str(paragraph.section + 1), color="#cc3311", fontsize=8)
    axes.set_xlim(0.4, len(numbers) + 0.6)
    axes.set_ylim(0, 1)
    axes.set_xlabel("paragraph")
    axes.set_ylabel("probability of a section")
    try:
        figure.savefig(path, dpi=150)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); check its folder.") from None
