"""Weights of an OpenVINO model as 8-bit integers with one scale a row.

GGUF files hold weights of 4 to 6 bits in groups of 16 or 32, each with a scale of its own. Integer instructions
multiply whole rows of bytes much faster than such groups, and a row of bytes loses little of what 4 bits hold
(`benchmarks/engines.py` runs both). Nothing else of the model is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarize.engines.adapter import GGUFAdapter

ROWS = 8192  # rows that are unpacked at a time, which bounds memory

Report = Callable[[int, int], None]


def requantise(source: Path, target: Path, report: Report | None = None, adapter: GGUFAdapter | None = None) -> None:
    """Writes a model whose matrix weights are signed bytes, symmetric around zero, with a scale for each row.

    Args:
        source: an OpenVINO model (.xml) with compressed constant weights.
        target: where the new one is written (.xml; its weights go beside it as .bin).
        report: told how many of how many matrices are done.
        adapter: merged into the weights before they become bytes.

    Raises:
        EngineError: if the adapter does not fit the model.
    """
    import openvino

    core = openvino.Core()
    model = core.read_model(source)
    readers = [node.input(1) for node in model.get_ordered_ops() if node.get_type_name() == "MatMul"]
    weights = [reader for reader in readers if _is_weight(reader.get_source_output())]
    for done, reader in enumerate(weights):
        if report:
            report(done, len(weights))
        reader.replace_source_output(_as_bytes(core, reader.get_source_output(), adapter))
    if adapter:
        adapter.finish()
    if report:
        report(len(weights), len(weights))
    model.validate_nodes_and_infer_types()
    openvino.save_model(model, target, compress_to_fp16=False)


def _is_weight(output: Any) -> bool:
    """Whether this is a matrix that a chain of operations unpacks from constants."""
    shape = output.get_partial_shape()
    if shape.is_dynamic or len(shape) != 2 or output.get_node().get_type_name() == "Constant":
        return False
    return output.get_element_type().is_real() and _is_constant(output.get_node())


def _is_constant(node: Any) -> bool:
    if node.get_type_name() in ("Parameter", "ReadValue"):
        return False
    return all(_is_constant(reader.get_source_output().get_node()) for reader in node.inputs())


def _as_bytes(core: Any, output: Any, adapter: GGUFAdapter | None) -> Any:
    """The same matrix, unpacked from bytes and scales."""
    import numpy
    import openvino
    from openvino import opset13 as ops

    rows, columns = output.get_shape()
    first = ops.parameter([-1], openvino.Type.i64)
    chosen = ops.gather(output, first, ops.constant(0))
    config = {"INFERENCE_PRECISION_HINT": "f32"}
    unpack = core.compile_model(openvino.Model([chosen], [first]), "CPU", config).create_infer_request()
    values = numpy.empty((rows, columns), numpy.int8)
    scales = numpy.empty((rows, 1), numpy.float16)
    delta = None
    for start in range(0, rows, ROWS):
        block = unpack.infer({0: numpy.arange(start, min(start + ROWS, rows))})[0]
        if adapter and start == 0:
            delta = adapter.delta(block[0], rows)
        if delta is not None:
            block = block + delta[start : start + ROWS]
        scale = (numpy.abs(block).max(axis=1, keepdims=True) / 127).astype(numpy.float16)
        scale[scale == 0] = 1
        scales[start : start + ROWS] = scale
        values[start : start + ROWS] = numpy.clip(numpy.rint(block / scale.astype(numpy.float32)), -127, 127)
    real = ops.multiply(ops.convert(ops.constant(values), "f16"), ops.constant(scales))
    return ops.convert(real, output.get_element_type()).output(0)
