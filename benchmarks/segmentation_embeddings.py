"""How well the segmenter's embeddings tell paragraphs of one story from those of another.

    python benchmarks/segmentation_embeddings.py [FOLDER...]

FOLDER: a segmenter (model.safetensors, tokenizer.json); the shipped one if none is given. Stories: roundups-dev, on
which none was learnt. The number is how often two neighbouring paragraphs of a story are more alike (cosine) than two
paragraphs of different stories: the area under the ROC curve, 0.5 for chance. "Like stories": the second pair is of a
story and one of the five most like it, as all models together find them, so that no model chooses its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from numpy.typing import NDArray
from roundups import read_stories, save

from summarize.segmentation.embedding import find_model, load_model
from summarize.segmentation.features import Floats, unit

LIKE = 5  # stories most like one
PAIRS = 12  # of paragraphs, of each pair of stories
ANY = 30  # stories by chance for each story


def area(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """How often a number of the first kind exceeds one of the second; a tie counts half."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / (2 * len(ordered)))


def nearest(embedded: list[list[Floats]]) -> NDArray[np.int64]:
    """For each story the `LIKE` stories that are most like it by the mean over models."""
    alike = np.zeros((len(embedded[0]), len(embedded[0])))
    for stories in embedded:
        topics = unit(np.stack([vectors.mean(axis=0) for vectors in stories]))
        alike += topics @ topics.T
    np.fill_diagonal(alike, -np.inf)
    return np.argsort(-alike, axis=1)[:, :LIKE]


def score(stories: list[Floats], like: NDArray[np.int64]) -> dict[str, float]:
    """The areas for stories by chance and for like ones; the same pairs for every model."""
    together = np.concatenate([(vectors[:-1] * vectors[1:]).sum(axis=1) for vectors in stories])
    chance = np.random.default_rng(0)
    others = {"by chance": [], "like": []}  # type: dict[str, list[float]]
    for number, vectors in enumerate(stories):
        strangers = chance.choice([i for i in range(len(stories)) if i != number], ANY, replace=False)
        for kind, chosen in (("by chance", strangers), ("like", like[number])):
            for other in chosen:
                here = chance.integers(len(vectors), size=PAIRS)
                there = chance.integers(len(stories[other]), size=PAIRS)
                others[kind] += (vectors[here] * stories[other][there]).sum(axis=1).tolist()
    return {kind: area(together, np.array(values)) for kind, values in others.items()}


def to_markdown(result: dict[str, Any]) -> str:
    lines = [
        "# Embeddings of the segmenter",
        "",
        f"{result['stories']} stories of roundups-dev; {result['machine']['date']}. Written by "
        "`python benchmarks/segmentation_embeddings.py`, which says what the numbers are.",
        "",
        "| embeddings | dimensions | stories by chance | like stories |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {row['name']} | {row['dimensions']} | {row['by chance']:.3f} | {row['like']:.3f} |"
        for row in result["models"]
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="segmenters; the shipped one if none is given")
    folders = parser.parse_args().folders or [find_model()]
    stories = [list(story.paragraphs) for story in read_stories() if len(story.paragraphs) > 1]
    embedded = [[load_model(folder).embed(paragraphs) for paragraphs in stories] for folder in folders]
    like = nearest(embedded)
    rows = [
        {"name": folder.name, "dimensions": vectors[0].shape[1], **score(vectors, like)}
        for folder, vectors in zip(folders, embedded, strict=True)
    ]
    result = {"machine": machine(), "stories": len(stories), "models": rows}
    table = to_markdown(result)
    save("segmentation_embeddings", result, table)
    print(table)


if __name__ == "__main__":
    main()
