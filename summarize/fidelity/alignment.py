"""Which lines of a translation say what which lines of the Chinese say.

The lines of both are divided, in order, into beads: a line and its translation mostly, lines that were joined or
split, lines that were left out or added. The likeliest division is found by dynamic programming over the lengths of
the lines (Gale and Church 1993, https://aclanthology.org/J93-1004/) and, as in Moore 2002
(https://doi.org/10.1007/3-540-45820-4_14), over words that true pairs share: here the items whose English is known.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Sequence

from summarize.fidelity.arrival import arrivals
from summarize.fidelity.text import ends_sentence, expected_length
from summarize.fidelity.translation import invented_numbers
from summarize.grounding.item import Item

Bead = tuple[range, range]
"""Numbers of lines of the Chinese and of those that are their English; one of both may be empty."""

_MOST = 6  # lines that become one
# How likely beads of so many lines are, together 1: translators split more than they join, and more than they add.
_PRIORS = {(1, 1): 0.87, (1, 0): 0.02, (0, 1): 0.01, (2, 2): 0.002} | {
    shape: often * 0.4**more
    for more in range(_MOST - 1)
    for shape, often in (((2 + more, 1), 0.02), ((1, 2 + more), 0.04))
}
_HEADING_JOINED = 0.1  # times as often as others lines that end no sentence are joined with the next
# Logarithms of lengths, standard deviations: of a translation from what the whole text lets expect, and of any other
# line. The slack, in letters, is added to both lengths, since short lines are less regular.
_DEVIATION, _OTHERS_DEVIATION, _SLACK = 0.25, 0.8, 15
_FEWEST, _MOST_LETTERS = 0.8, 1.6  # times the letters expected: how much translators differ
_ARRIVING = 0.95  # of the items of a line in its English
_STRANGE = 0.8  # of the numbers of a line in any other
_WIDTH = 10  # lines to both sides of where one must be by the length of what is before it
# So much likelier (natural logarithm) than line by line another division must be where both have as many lines.
_PREFERENCE = 12.0


def align(source: Sequence[str], target: Sequence[str], items: Sequence[Sequence[Item]]) -> list[Bead]:
    """The likeliest beads of the lines of a text and its translation, in order.

    Where both have as many lines, each is paired with its own unless another division is far likelier.

    Args:
        source: lines of Chinese that are not blank.
        target: lines of English that are not blank.
        items: what each line of the Chinese says for certain.
    """
    expected, found = [expected_length(line) for line in source], [len(line) for line in target]
    ratio = min(max(sum(found) / max(sum(expected), 1), _FEWEST), _MOST_LETTERS)
    bands = _bands(expected, found)
    shared = _Shared(source, target, items, bands)

    def score(rows: range, columns: range) -> float:
        """How much likelier it is that these lines are of one bead than that they have nothing in common."""
        prior = math.log(_PRIORS[len(rows), len(columns)])
        if not rows or not columns:
            return prior
        wanted = ratio * sum(expected[row] for row in rows) + _SLACK
        deviation = math.log((sum(found[column] for column in columns) + _SLACK) / wanted) / _DEVIATION
        prior += sum(math.log(_HEADING_JOINED) for row in rows[:-1] if not ends_sentence(source[row]))
        return prior + math.log(_OTHERS_DEVIATION / _DEVIATION) - deviation**2 / 2 + shared.score(rows, columns)

    paired = [(range(index, index + 1), range(index, index + 1)) for index in range(len(source))]
    best: dict[tuple[int, int], tuple[float, Bead]] = {(0, 0): (0.0, (range(0), range(0)))}
    for row in range(len(source) + 1):
        for column in bands[row]:
            for more, more_columns in _PRIORS:
                before = best.get((row - more, column - more_columns))
                if before is None:
                    continue
                bead = range(row - more, row), range(column - more_columns, column)
                total = before[0] + score(*bead)
                if (row, column) not in best or total > best[row, column][0]:
                    best[row, column] = total, bead
    end = len(source), len(target)
    if len(source) == len(target) and sum(score(*bead) for bead in paired) + _PREFERENCE > best[end][0]:
        return paired
    beads: list[Bead] = []
    while end != (0, 0):
        rows, columns = best[end][1]
        beads.append((rows, columns))
        end = rows.start, columns.start
    return beads[::-1]


def _bands(expected: Sequence[float], found: Sequence[int]) -> list[range]:
    """Before how many lines of the English each line of the Chinese may end, the first entry before the first line."""
    width = _WIDTH + abs(len(expected) - len(found)) // 2
    scale = sum(found) / max(sum(expected), 1)
    ends = list(itertools.accumulate(found))
    middles = [bisect.bisect_left(ends, scale * before) for before in itertools.accumulate(expected, initial=0)]
    starts = [max(0, middle - width) for middle in middles]
    # Each reaches into the next, that there be a way through however uneven the lines are.
    reach = [*starts[1:], len(found)]
    return [
        range(start, max(min(len(found), middle + width), after) + 1)
        for start, middle, after in zip(starts, middles, reach, strict=True)
    ]


class _Shared:
    """What lines say that lines of the English say too, and the numbers of those that they do not say."""

    def __init__(
        self, source: Sequence[str], target: Sequence[str], items: Sequence[Sequence[Item]], bands: Sequence[range]
    ) -> None:
        # Of each line its items: how frequent each is in the lines of the English around there, and in which it is.
        self._items: list[dict[tuple[str, str], tuple[float, set[int]]]] = []
        # Of each pair of lines, where in the English numbers begin that the Chinese does not have.
        self._strange: dict[tuple[int, int], set[int]] = {}
        for row, (line, own) in enumerate(zip(source, items, strict=True)):
            columns = range(bands[row].start, min(bands[row + 1].stop, len(target)))
            places: dict[tuple[str, str], set[int]] = {}
            for column in columns:
                arrived, missing = arrivals(own, target[column])
                for item in (*(item for item, _ in arrived), *missing):
                    places.setdefault((item.kind, item.zh), set())
                for item, _ in arrived:
                    places[item.kind, item.zh].add(column)
                invented = invented_numbers(line, target[column], [place for _, place in arrived], own)
                self._strange[row, column] = {number.start for number in invented}
            self._items.append({key: ((len(found) + 0.5) / (len(columns) + 1), found) for key, found in places.items()})

    def score(self, rows: range, columns: range) -> float:
        """How much likelier what these lines share and do not share is of a bead than of any lines."""
        items = {key: known for row in rows for key, known in self._items[row].items()}
        score = 0.0
        for frequency, found in items.values():
            others = 1 - (1 - frequency) ** len(columns)
            there = any(column in found for column in columns)
            score += math.log(_ARRIVING / others if there else (1 - _ARRIVING) / (1 - others))
        for column in columns:
            strange = set.intersection(*(self._strange.get((row, column), set()) for row in rows))
            score += len(strange) * math.log((1 - _ARRIVING) / _STRANGE)
        return score
