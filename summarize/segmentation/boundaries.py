"""Where sections begin: the best of all segmentations, by dynamic programming over the gaps between paragraphs.

A segmentation scores the sum of the scores of the paragraphs that begin its sections and of the pairs of nearby
paragraphs that share a section. Time and memory grow with the paragraphs times `BAND`, however long the sections are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarize.segmentation.features import Floats

_FAR = 1e4  # larger than any score of a gap
_STEPS = 26  # halvings of the range of the bonus


def best_starts(gaps: Floats, pairs: Floats, several: float = 0.0) -> list[int]:
    """The starts of the best segmentation.

    Args:
        gaps: the score of a section that begins with paragraph `i`.
        pairs: the score of paragraphs `i` and `i + d` in one section, at `[i, d - 1]`.
        several: what it costs to have more than one section.
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
    if best[count] - several < _pairs_inside(pairs):
        return [0]
    return _follow(start, count)


def start_probabilities(gaps: Floats, pairs: Floats, several: float = 0.0) -> Floats:
    """How likely each paragraph begins a section, summed over all segmentations; the first one certainly does."""
    count = len(pairs)
    before = _sums(gaps, pairs)
    after = _sums(gaps, pairs, backwards=True)
    whole = _pairs_inside(pairs)
    split = before[count] + np.log1p(-np.exp(min(whole - before[count], -1e-9)))
    total = np.logaddexp(whole, split - several)
    chances = np.exp(np.minimum(before[:count] + gaps + after[:count] - several - total, 0.0))
    chances[0] = 1.0
    result: Floats = chances.astype(np.float32)
    return result


def _sums(gaps: Floats, pairs: Floats, backwards: bool = False) -> NDArray[np.float64]:
    """The logarithm of the sum over all segmentations of the paragraphs before `i`, or from `i` on, at `[i]`."""
    count, band = pairs.shape
    sums = np.zeros(count + 1)
    near, far = np.full(band + 1, -np.inf), -np.inf  # as in `best_starts`, but sums instead of the best
    for step in range(count):
        here = count - 1 - step if backwards else step
        reach = min(band, step)
        steps = np.arange(reach)
        others = pairs[here, steps] if backwards else pairs[here - 1 - steps, steps]
        gains = np.zeros(band + 1)
        gains[1 : reach + 1] = np.cumsum(others)
        gains[reach + 1 :] = gains[reach]
        far = np.logaddexp(far, near[-1]) + gains[-1]
        near[1:] = near[:-1] + gains[1:]
        opened = here + 1 if backwards else here
        near[0] = sums[opened] + (gaps[opened] if 0 < opened < count else 0.0)
        sums[here if backwards else here + 1] = np.logaddexp(np.logaddexp.reduce(near), far)
    return sums


def _pairs_inside(pairs: Floats) -> float:
    """The score of one section of all paragraphs."""
    return float(sum(pairs[: len(pairs) - d, d - 1].sum() for d in range(1, min(pairs.shape[1], len(pairs) - 1) + 1)))


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


def _follow(start: NDArray[np.int64], count: int) -> list[int]:
    starts: list[int] = []
    end = count
    while end > 0:
        end = int(start[end])
        starts.append(end)
    return starts[::-1]
