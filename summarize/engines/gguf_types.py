"""GGUF files with matrices of types that OpenVINO cannot read, such as Q5_0 or Q3_K, written as Q8_0 for it to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarize.errors import EngineError

# Types of matrices that OpenVINO GenAI 2026.4 unpacks; of others it says that "gguf_tensor_to_f16 failed". It takes
# F16 too if all matrices are.
READABLE = {"Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K"}
FILE_TYPE = "general.file_type"
FILE_OF_Q8_0 = 7
ROWS = 8192  # rows that are unpacked at a time, which bounds memory

Report = Callable[[int, int], None]


def make_readable(source: Path, target: Path, report: Report | None = None) -> None:
    """Links a GGUF file to `target`, or writes it there with all its matrices as Q8_0 if OpenVINO could not read them.

    Args:
        source: the file.
        target: a path at which there is nothing yet.
        report: told how many of how many tensors are written.

    Raises:
        EngineError: if the file cannot be read, or has matrices that no known way unpacks.
    """
    from gguf import GGUFReader

    try:
        reader = GGUFReader(source)
        if _is_readable(reader):
            target.symlink_to(source.resolve())
        else:
            _write(reader, target, report)
    except (ValueError, KeyError, IndexError, NotImplementedError) as error:
        raise EngineError(f"{source} cannot be read as GGUF ({error}); fetch the model again.") from error


def _is_readable(reader: Any) -> bool:
    return FILE_TYPE in reader.fields and all(
        tensor.tensor_type.name in READABLE for tensor in reader.tensors if tensor.data.ndim > 1
    )


def _write(reader: Any, target: Path, report: Report | None) -> None:
    from gguf import GGMLQuantizationType, GGUFValueType, GGUFWriter
    from gguf.quants import quant_shape_to_byte_shape

    q8 = GGMLQuantizationType.Q8_0
    writer = GGUFWriter(target, reader.get_field("general.architecture").contents(), endianess=reader.endianess)
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name in ("general.architecture", FILE_TYPE):
            continue  # the writer's own
        kind = field.types[0]
        within = field.types[-1] if kind == GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), kind, sub_type=within)
    writer.add_file_type(FILE_OF_Q8_0)
    for tensor in reader.tensors:
        if tensor.data.ndim < 2:
            writer.add_tensor_info(
                tensor.name, tensor.data.shape, tensor.data.dtype, tensor.data.nbytes, tensor.tensor_type
            )
        else:
            shape = quant_shape_to_byte_shape([int(size) for size in reversed(tensor.shape)], q8)
            writer.add_tensor_info(tensor.name, shape, np.dtype(np.uint8), int(np.prod(shape)), q8)
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for done, tensor in enumerate(reader.tensors):
            if report:
                report(done, len(reader.tensors))
            data = tensor.data if tensor.data.ndim < 2 else np.concatenate(list(_as_q8(tensor)))
            writer.write_tensor_data(data, tensor_endianess=reader.endianess)
    finally:
        writer.close()


def _as_q8(tensor: Any) -> Iterator[npt.NDArray[np.uint8]]:
    from gguf import GGMLQuantizationType
    from gguf.quants import dequantize, quantize

    for start in range(0, len(tensor.data), ROWS):
        values = dequantize(tensor.data[start : start + ROWS], tensor.tensor_type)
        yield quantize(values, GGMLQuantizationType.Q8_0)
