"""A causal model on the CPU that reads texts and rates their tokens: OpenVINO on the weights of the fast engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.engines.openvino import CONTEXT, MODEL, known_limits, last_line, prepare, properties
from summarize.engines.scoring import ALTERNATIVES, Rated
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress


class OpenVINOReader:
    """Reads with a model that OpenVINO runs.

    What several texts begin with is read once, and its keys and values are kept for each of them.

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

    def rate(
        self, prefix: list[int], rests: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None
    ) -> list[Rated]:
        """Reads several texts that begin alike (see `Reader`)."""
        import numpy

        self._request.reset_state()
        if prefix:
            self._infer([prefix], 0, numpy.zeros(1), numpy.zeros((1, 1)))
        width = max(map(len, rests))
        places = [
            row * width + place
            for row, (rest, answer) in enumerate(zip(rests, answers, strict=True))
            for place in range(len(rest) - answer - 1, len(rest) - 1)
        ]
        written = [token for rest, answer in zip(rests, answers, strict=True) for token in rest[len(rest) - answer :]]
        ids = numpy.array(written)[:, None]
        if alternatives is not None:
            ids = numpy.hstack([ids, alternatives])
        of_ids, best, of_best = self._infer(rests, len(prefix), numpy.array(places), ids)
        if alternatives is not None:
            best, of_best = alternatives, of_ids[:, 1:]
        ends = numpy.cumsum(answers)[:-1]
        parts = (numpy.split(array, ends) for array in (of_ids[:, 0], best, of_best))
        return [Rated(*arrays) for arrays in zip(*parts, strict=True)]

    def _infer(self, rests: Sequence[list[int]], read: int, places: Any, ids: Any) -> tuple[Any, Any, Any]:
        """Reads rows of tokens after `read` others, and rates ids at places of the rows laid end to end."""
        import numpy

        width = max(map(len, rests))
        tokens = numpy.zeros((len(rests), width), numpy.int64)
        mask = numpy.zeros((len(rests), read + width), numpy.int64)
        for row, rest in enumerate(rests):
            tokens[row, : len(rest)] = rest
            mask[row, : read + len(rest)] = 1
        outputs = self._request.infer(
            {
                "input_ids": tokens,
                "attention_mask": mask,
                "position_ids": numpy.tile(numpy.arange(read, read + width), (len(rests), 1)),
                # The rows whose keys and values each row goes on from.
                "beam_idx": numpy.zeros(len(rests), numpy.int32)
                if read
                else numpy.arange(len(rests), dtype=numpy.int32),
                "places": places.astype(numpy.int64),
                "ids": ids.astype(numpy.int64),
            }
        )
        of_ids, best, of_best = (array.copy() for array in outputs.values())
        return of_ids, best, of_best


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
