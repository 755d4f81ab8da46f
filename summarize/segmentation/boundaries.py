"""Where sections begin: the best of all segmentations, by dynamic programming over the gaps between paragraphs.

A segmentation scores the sum of the scores of the paragraphs that begin its sections and of the pairs of nearby
paragraphs that share a section. Time and memory grow with the paragraphs times `BAND`, however long the sections are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summarize.segmentation.embedding import Floats, SegmentationModel
from summarize.segmentation.features import gap_features, pair_features
from summarize.segmentation.roles import Line

_FAR = 1e4  # larger than any score of a gap
_STEPS = 26  # halvings of the range of the bonus


def find_starts(
    texts: Sequence[str], lines: Sequence[Line], model: SegmentationModel, sections: int | None = None
) -> list[int]:
    """The paragraphs that begin a section, the first one always; exactly `sections` of them if it is given."""
    gaps = gap_features(texts, lines) @ model.gap_weights
    pairs = pair_features(texts, lines, model.embed(list(texts))) @ model.pair_weights
    return best_starts(gaps, pairs) if sections is None else exact_starts(gaps, pairs, sections)


def best_starts(gaps: Floats, pairs: Floats) -> list[int]:
    """The starts of the best segmentation.

    Args:
        gaps: the score of a section that begins with paragraph `i`.
        pairs: the score of paragraphs `i` and `i + d` in one section, at `[i, d - 1]`.
    """
    count, band = pairs.shape
    best = np.zeros(count + 1)  # best[i]: the best segmentation of the paragraphs before i
    start = np.zeros(count + 1, np.int64)  # start[i]: where its last section begins
    near = np.full(band + 1, -np.inf)  # near[k]: the best whose last section has k + 1 paragraphs
    far, far_start = -np.inf, 0  # the best whose last section is longer than that
    for end in range(1, count + 1):
        last = end - 1
        reach = min(band, last)
        gains = np.zeros(band + 1)  # gains[k]: what the last paragraph adds to a section with k others
        gains[1 : reach + 1] = np.cumsum(pairs[last - np.arange(1, reach + 1), np.arange(reach)])
        gains[reach + 1 :] = gains[reach]
        if near[-1] > far:
            far, far_start = near[-1], last - band - 1
        far += gains[-1]
        near[1:] = near[:-1] + gains[1:]
        near[0] = best[last] + (gaps[last] if last else 0.0)
        size = int(np.argmax(near))
        best[end], start[end] = max((near[size], end - 1 - size), (far, far_start))
    return _follow(start, count)


def exact_starts(gaps: Floats, pairs: Floats, sections: int) -> list[int]:
    """The starts of about the best segmentation into exactly so many sections.

    A bonus for every section is searched that gives the number; where none does, the best of the next larger
    segmentation's starts fill up.
    """
    low, high = -_FAR, _FAR
    few, many = [0], list(range(len(gaps)))
    for _ in range(_STEPS):
        if len(few) == sections:
            return few
        middle = (low + high) / 2
        starts = best_starts(gaps + np.float32(middle), pairs)
        if len(starts) <= sections:
            low, few = middle, starts
        else:
            high, many = middle, starts
    spare = sorted(set(many) - set(few), key=lambda i: (-float(gaps[i]), i))
    return sorted(few + spare[: sections - len(few)])


def _follow(start: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> list[int]:
    starts: list[int] = []
    end = count
    while end > 0:
        end = int(start[end])
        starts.append(end)
    return starts[::-1]
