"""One request after the other on llama.cpp: `python throughput_llamacpp.py MODEL.gguf WORKLOAD.json OUT.json RUNS`.

Needs llama-cpp-python only, so that it can run in an environment of its own (`throughput.py --llama-python`). The
package has no batched generation; a llama.cpp server has, and is not measured here.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def peak_memory() -> float:
    """GiB that this process has held at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 2**20


def main() -> None:
    from llama_cpp import Llama

    model, workload, out, runs = sys.argv[1:]
    requests: list[dict[str, Any]] = json.loads(Path(workload).read_text("utf-8"))["requests"]
    threads = len(os.sched_getaffinity(0))
    begin = time.perf_counter()
    llama = Llama(model, n_ctx=4096, n_threads=threads, n_threads_batch=threads, verbose=False)
    load = time.perf_counter() - begin
    llama.create_completion(requests[0]["ids"], max_tokens=2, temperature=0.0)  # the first one is slower
    seconds, texts, prompt_tokens, output_tokens = [], [], 0, 0
    for _ in range(int(runs)):
        llama.reset()
        texts, prompt_tokens, output_tokens = [], 0, 0
        begin = time.perf_counter()
        for request in requests:
            answer = llama.create_completion(
                request["ids"], max_tokens=request["max_tokens"], temperature=0.0, top_k=1, repeat_penalty=1.0
            )
            texts.append(answer["choices"][0]["text"].strip())
            prompt_tokens += answer["usage"]["prompt_tokens"]
            output_tokens += answer["usage"]["completion_tokens"]
        seconds.append(time.perf_counter() - begin)
    result = {
        "load": load,
        "seconds": seconds,
        "texts": texts,
        "prompt_tokens": prompt_tokens,
        "output_tokens": output_tokens,
        "steps": output_tokens,
        "weight_bytes": Path(model).stat().st_size,
        "peak_gib": peak_memory(),
    }
    Path(out).write_text(json.dumps([result]), "utf-8")


if __name__ == "__main__":
    main()
