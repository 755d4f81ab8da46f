"""What this machine can do at most: multiplications and memory reads, measured, not read from a data sheet.

python benchmarks/limits.py
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROWS = 512  # of activations: as many tokens as are read at once
WIDTH = 2048  # of a square layer, about that of a 1.5B model
LAYERS = 8
REPEATS = 7
BLOCK = 2**26  # numbers of 4 bytes that are read: far more than any cache of a processor holds


def measure_limits(threads: int) -> dict[str, float]:
    """GOP/s (a multiplication and an addition are two operations) of several ways to multiply, and GB/s of reading.

    `int8` is the best of the ways that multiply 8-bit integers.
    """
    import torch

    torch.set_num_threads(threads)
    operations = 2 * ROWS * WIDTH * WIDTH / 1e9
    with torch.inference_mode():
        figures = {
            name: operations / best(_torch_multiply(dtype))
            for name, dtype in (("float32", torch.float32), ("bfloat16", torch.bfloat16))
        }
        integers = [operations / best(_torch_int8_multiply())]
        block = torch.ones(BLOCK)
        figures["read_gb_s"] = 4 * BLOCK / 1e9 / best(block.sum)
    with suppress(ImportError):  # openvino has no wheels for some processors
        integers += [LAYERS * operations / best(_openvino_multiply(dynamic, threads)) for dynamic in (False, True)]
    figures["int8"] = max(integers)
    return figures


def best(action: Callable[[], Any]) -> float:
    """Seconds of the quickest of some runs."""
    action()
    seconds = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def _torch_multiply(dtype: Any) -> Callable[[], Any]:
    import torch

    x, weights = torch.randn(ROWS, WIDTH).to(dtype), torch.randn(WIDTH, WIDTH).to(dtype)
    return lambda: torch.nn.functional.linear(x, weights)


def _torch_int8_multiply() -> Callable[[], Any]:
    import torch

    x, weights = (torch.randint(-127, 127, shape, dtype=torch.int8) for shape in ((ROWS, WIDTH), (WIDTH, WIDTH)))
    return lambda: torch._int_mm(x, weights)


def _openvino_multiply(dynamic: bool, threads: int) -> Callable[[], Any]:
    """Layers with int8 weights; the activations are quantised once for all, or as they come (dynamic)."""
    import numpy as np
    import openvino
    from openvino import opset13 as op

    generator = np.random.default_rng(0)
    given = op.parameter([ROWS, WIDTH], np.float32)
    x = given
    for _ in range(LAYERS):
        integers = op.constant(generator.integers(-127, 127, (WIDTH, WIDTH), dtype=np.int8))
        weights = op.multiply(op.convert(integers, "f32"), op.constant(np.full((WIDTH, 1), 0.001, np.float32)))
        if not dynamic:
            low, high = np.float32(-1), np.float32(1)
            x = op.fake_quantize(x, low, high, low, high, 256)
        x = op.matmul(x, weights, False, True)
    options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": str(threads)}
    if dynamic:
        options["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = "128"
    request = openvino.Core().compile_model(openvino.Model([x], [given]), "CPU", options).create_infer_request()
    activations = generator.standard_normal((ROWS, WIDTH), dtype=np.float32)
    return lambda: request.infer([activations])


def count_parameters(path: Path) -> int:
    """How many weights a `.gguf` file, or a folder with one or with safetensors, holds."""
    ggufs = [path] if path.is_file() else sorted(path.glob("*.gguf"))
    if ggufs:
        import gguf

        return sum(int(tensor.n_elements) for tensor in gguf.GGUFReader(ggufs[0]).tensors)
    total = 0
    for file in path.glob("*.safetensors"):
        with file.open("rb") as opened:
            header = json.loads(opened.read(int.from_bytes(opened.read(8), "little")))
        total += sum(math.prod(entry["shape"]) for name, entry in header.items() if name != "__metadata__")
    return total


if __name__ == "__main__":
    import os

    print(json.dumps(measure_limits(len(os.sched_getaffinity(0))), indent=1))
