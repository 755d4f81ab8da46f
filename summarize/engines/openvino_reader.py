"""A causal model on the CPU that reads texts and rates their tokens: OpenVINO on the weights of the fast engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.engines.openvino import CONTEXT, MODEL, known_limits, last_line, prepare, properties
from summarize.engines.scoring import ALTERNATIVES, Rated
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress

TOGETHER = 8  # texts that are read at a time beside the first


class OpenVINOReader:
    """Reads with a model that OpenVINO runs.

    What texts have in common with the first of them is read once, and its keys and values serve all of them.

    Raises:
        EngineError: if OpenVINO cannot read the model.
    """

    def __init__(self, model: LocalModel, *, cache_dir: str | None = None, progress: Progress | None = None) -> None:
        import openvino
        from transformers import AutoTokenizer

        directory = prepare(model, cache_dir, progress)
        self.tokenizer = AutoTokenizer.from_pretrained(directory)
        self.context = model.card.context if model.card else known_limits(directory).get("context") or CONTEXT
        core = openvino.Core()
        try:
            rating = _with_ratings(core, directory / MODEL)
            self._request: Any = core.compile_model(rating, "CPU", properties()).create_infer_request()
        except RuntimeError as error:
            raise EngineError(f"OpenVINO cannot load {model.name}: {last_line(error)}") from error

    def rate(self, texts: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None) -> list[Rated]:
        """Reads texts of which many begin as the first does (see `Reader`)."""
        import numpy

        first, *others = texts
        starts = [len(text) - answer for text, answer in zip(texts, answers, strict=True)]
        self._request.reset_state()
        whole = self._rate_rows([first], [0], [starts[0]], 0, alternatives)
        rated = [whole[0]]
        same = [_same(first, text) if start >= starts[0] else 0 for text, start in zip(others, starts[1:], strict=True)]
        # Rows are as long as the longest of them: texts that share about as much are read together.
        order = sorted(range(len(others)), key=lambda number: len(others[number]) - same[number])
        parts: dict[int, Rated] = {}
        read = len(first)
        for begin in range(0, len(order), TOGETHER):
            group = order[begin : begin + TOGETHER]
            # A row begins with the last token that it shares: what follows it is rated there.
            kept = [max(same[number] - 1, 0) for number in group]
            rests = [others[number][skipped:] for number, skipped in zip(group, kept, strict=True)]
            from_here = [max(starts[number + 1], same[number]) for number in group]
            parts |= zip(group, self._rate_rows(rests, kept, from_here, read), strict=True)
            read += max(map(len, rests))
        for number, shared in enumerate(same):
            known = max(shared - starts[number + 1], 0)
            offset = starts[number + 1] - starts[0]
            arrays = zip(rated[0], parts[number], strict=True)
            rated.append(Rated(*(numpy.concatenate([old[offset : offset + known], new]) for old, new in arrays)))
        return rated

    def write_on(
        self, prompt: list[int], answer: list[int], starts: Sequence[tuple[int, int]], length: int
    ) -> list[list[int]]:
        """Goes on from places of an answer, side by side (see `Reader`)."""
        import numpy

        self._request.reset_state()
        whole = numpy.array([prompt + answer])
        self._run(whole, numpy.ones_like(whole), numpy.zeros(1), numpy.zeros(1), numpy.zeros((1, 1)))
        written = numpy.array([[token] for _, token in starts])
        rows = numpy.arange(len(starts))
        kept = numpy.array([[len(prompt) + place] for place, _ in starts])
        mask = (numpy.arange(whole.size) < kept).astype(numpy.int64)  # what follows in the answer is not seen
        for step in range(length):
            mask = numpy.hstack([mask, numpy.ones((len(starts), 1), numpy.int64)])
            _, best, _ = self._run(
                written[:, -1:], mask, rows if step else 0 * rows, rows, numpy.zeros((len(starts), 1))
            )
            written = numpy.hstack([written, best[:, :1]])
        return [[int(token) for token in row] for row in written]

    def _rate_rows(
        self,
        rows: Sequence[list[int]],
        kept: Sequence[int],
        starts: Sequence[int],
        read: int,
        alternatives: Any = None,
    ) -> list[Rated]:
        """Reads rows of tokens and rates those of each from a place on.

        Args:
            rows: tokens.
            kept: of each text the tokens before its row, the first that have been read.
            starts: the first token of each text that is rated.
            read: tokens that have been read.
            alternatives: as in `Reader.rate`.
        """
        import numpy

        width = max(map(len, rows))
        before = (numpy.arange(read) < numpy.array(kept)[:, None]).astype(numpy.int64)
        tokens = numpy.zeros((len(rows), width), numpy.int64)
        mask = numpy.zeros((len(rows), width), numpy.int64)
        for number, row in enumerate(rows):
            tokens[number, : len(row)], mask[number, : len(row)] = row, 1
        first = [start - skipped for start, skipped in zip(starts, kept, strict=True)]
        places = [n * width + place - 1 for n, row in enumerate(rows) for place in range(first[n], len(row))]
        ids = numpy.array([token for n, row in enumerate(rows) for token in row[first[n] :]])[:, None]
        if alternatives is not None:
            ids = numpy.hstack([ids, alternatives])
        of_ids, best, of_best = self._run(
            tokens, numpy.hstack([before, mask]), numpy.zeros(len(rows)), numpy.array(places), ids
        )
        if alternatives is not None:
            best, of_best = alternatives, of_ids[:, 1:]
        ends = numpy.cumsum([len(row) - place for row, place in zip(rows, first, strict=True)])[:-1]
        parts = (numpy.split(array, ends) for array in (of_ids[:, 0], best, of_best))
        return [Rated(*arrays) for arrays in zip(*parts, strict=True)]

    def _run(self, tokens: Any, mask: Any, rows_before: Any, places: Any, ids: Any) -> tuple[Any, Any, Any]:
        """Reads rows of tokens, and rates ids at places of the rows laid end to end.

        Args:
            tokens: (rows, tokens).
            mask: what each row sees of all that has been read, and of its own (rows, read and tokens).
            rows_before: the rows of the step before whose keys and values each goes on from.
            places: (rated,)
            ids: (rated, any number)
        """
        import numpy

        outputs = self._request.infer(
            {
                "input_ids": tokens,
                "attention_mask": mask,
                "position_ids": mask.cumsum(1)[:, -tokens.shape[1] :] - 1,
                "beam_idx": rows_before.astype(numpy.int32),
                "places": places.astype(numpy.int64),
                "ids": ids.astype(numpy.int64),
            }
        )
        of_ids, best, of_best = (array.copy() for array in outputs.values())
        return of_ids, best, of_best


def _same(first: list[int], other: list[int]) -> int:
    """How many tokens two texts begin alike with."""
    return next((place for place, pair in enumerate(zip(first, other, strict=False)) if pair[0] != pair[1]), len(other))


def _with_ratings(core: Any, path: Path) -> Any:
    """The model with two more inputs, places and ids, and ratings instead of all logits.

    The product with the vocabulary, its largest, is worked out for the places alone.
    """
    import numpy
    import openvino
    from openvino import opset13 as ops

    model = core.read_model(path)
    product = model.output("logits").get_node()
    while product.get_type_name() != "MatMul":
        product = product.input_value(0).get_node()
    hidden, vocabulary = product.input_value(0), product.input_value(1)
    places, ids = ops.parameter([-1], numpy.int64, name="places"), ops.parameter([-1, -1], numpy.int64, name="ids")
    for node, name in ((places, "places"), (ids, "ids")):
        node.output(0).set_names({name})
    size = hidden.get_partial_shape()[-1].get_length()
    rows = ops.gather(ops.reshape(hidden, ops.constant([-1, size]), False), places, ops.constant(0))
    logits = ops.matmul(rows, vocabulary, False, product.get_attributes()["transpose_b"])
    whole = ops.log_softmax(logits, 1)
    best = ops.topk(whole, ops.constant(ALTERNATIVES), 1, "max", "value")
    results = [ops.result(ops.gather_elements(whole, ids, 1)), ops.result(best.output(1)), ops.result(best.output(0))]
    return openvino.Model(results, model.get_sinks(), [*model.get_parameters(), places, ids])
