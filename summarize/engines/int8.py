"""Weights of an OpenVINO model as 8-bit integers with one scale a row.

GGUF files hold weights of 4 to 6 bits in groups of 16 or 32, each with a scale of its own. Integer instructions
multiply whole rows of bytes much faster than such groups, and a row of bytes loses little of what 4 bits hold
(`benchmarks/engines.py` runs both). The values are taken from the model's own files: OpenVINO's form of GGUF rounds
the offsets of 4-bit groups to whole steps (`benchmarks/loss.py` shows what that costs).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from summarize.engines.adapter import Layer
from summarize.engines.weights import ROWS, Matrix, Report, Weights
from summarize.errors import EngineError

MATRIX_INPUT = {"MatMul": 1, "Gather": 0}  # the input that may be weights: of a product, of a table of embeddings


def requantise(
    source: Path,
    target: Path,
    weights: Weights,
    adapter: Mapping[str, Layer] | None = None,
    report: Report | None = None,
) -> None:
    """Writes a model whose matrices are signed bytes, symmetric around zero, with a scale for each row.

    Args:
        source: an OpenVINO model (.xml) with compressed constant weights.
        target: where the new one is written (.xml; its weights go beside it as .bin).
        weights: of the files that `source` was made of; a matrix that is not found there keeps the values it has.
        adapter: what is added to matrices, by their names in `weights`.
        report: told how many of how many matrices are done.

    Raises:
        EngineError: if a matrix that the adapter is for is not found.
    """
    import openvino

    core = openvino.Core()
    model = core.read_model(source)
    nodes = [node for node in model.get_ordered_ops() if node.get_type_name() in MATRIX_INPUT]
    readers = [node.input(MATRIX_INPUT[node.get_type_name()]) for node in nodes]
    readers = [reader for reader in readers if _is_packed(reader.get_source_output())]
    left = dict(adapter or {})
    for done, reader in enumerate(readers):
        if report:
            report(done, len(readers))
        reader.replace_source_output(_as_bytes(core, reader.get_source_output(), weights, left))
    if left:
        raise EngineError(f"The adapter does not fit: OpenVINO's form of the model has no {min(left)}.")
    if report:
        report(len(readers), len(readers))
    model.validate_nodes_and_infer_types()
    openvino.save_model(model, target, compress_to_fp16=False)


def _is_packed(output: Any) -> bool:
    """Whether this is a matrix that a chain of operations unpacks from constants."""
    shape = output.get_partial_shape()
    if shape.is_dynamic or len(shape) != 2 or output.get_node().get_type_name() == "Constant":
        return False
    return output.get_element_type().is_real() and _is_constant(output.get_node())


def _is_constant(node: Any) -> bool:
    if node.get_type_name() in ("Parameter", "ReadValue"):
        return False
    return all(_is_constant(reader.get_source_output().get_node()) for reader in node.inputs())


def _as_bytes(core: Any, output: Any, weights: Weights, adapter: dict[str, Layer]) -> Any:
    """The same matrix, unpacked from bytes and scales. Takes its layer out of `adapter`."""
    from openvino import opset13 as ops

    rows, columns = output.get_shape()
    unpack = _unpacker(core, output)
    sample = tuple(sorted({0, 1 % rows, rows // 2, rows - 1}))
    name = weights.find(unpack(np.array(sample)), sample, (rows, columns))
    layer = adapter.pop(name, None) if name else None
    values = np.empty((rows, columns), np.int8)
    scales = np.empty((rows, 1), np.float16)
    for start in range(0, rows, ROWS):
        end = min(start + ROWS, rows)
        block = weights.rows(name, start, end) if name else unpack(np.arange(start, end))
        if layer:
            block = block + layer[0][start:end] @ layer[1]
        scale = (np.abs(block).max(axis=1, keepdims=True) / 127).astype(np.float16)
        scale[scale == 0] = 1
        scales[start:end] = scale
        values[start:end] = np.clip(np.rint(block / scale.astype(np.float32)), -127, 127)
    real = ops.multiply(ops.convert(ops.constant(values), "f16"), ops.constant(scales))
    return ops.convert(real, output.get_element_type()).output(0)


def _unpacker(core: Any, output: Any) -> Callable[[Any], Matrix]:
    """What gives the rows with some numbers as OpenVINO unpacks them."""
    import openvino
    from openvino import opset13 as ops

    chosen = ops.parameter([-1], openvino.Type.i64)
    rows = ops.gather(output, chosen, ops.constant(0))
    config = {"INFERENCE_PRECISION_HINT": "f32"}
    request = core.compile_model(openvino.Model([rows], [chosen]), "CPU", config).create_infer_request()

    def unpack(numbers: Any) -> Matrix:
        found: Matrix = request.infer({0: numbers})[0].copy()
        return found

    return unpack
