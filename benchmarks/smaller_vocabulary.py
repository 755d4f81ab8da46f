"""A prepared OpenVINO model that can write fewer tokens: a lever that `levers.py` measures.

Two in five tokens of Qwen's vocabulary are of source code or of scripts that neither Chinese nor English needs. The
tokens are numbered anew, those that may be written first, so that the last matrix has no rows for the others; all can
still be read.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from summarize.engines.openvino import MODEL
from summarize.engines.prompt import control_tokens

_WRITTEN = re.compile(
    r" ?[A-Z]?[a-z\u00c0-\u024f\u1e00-\u1eff]+| ?[A-Z]{1,6}|[^\w]{1,3}| ?\d+|[^\w\s]+|[ -~]{1,2}"  # English
    r"|.*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\ufffd].*",  # Chinese, and parts of characters
    re.DOTALL,
)


def write_smaller(source: Path, target: Path) -> int:
    """Writes the smaller form of a prepared model into an empty folder; returns how many tokens it can write."""
    import openvino
    import openvino_tokenizers
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(source)
    pieces = tokenizer.batch_decode([[i] for i in range(len(tokenizer))], clean_up_tokenization_spaces=False)
    control = {*tokenizer.all_special_ids, *tokenizer.convert_tokens_to_ids(sorted(control_tokens(tokenizer)))}
    written = [i for i, piece in enumerate(pieces) if i in control or _WRITTEN.fullmatch(piece)]

    model = openvino.Core().read_model(source / MODEL)
    rows = model.output("logits").get_partial_shape()[-1].get_length()
    order = np.array([*written, *sorted(set(range(rows)) - set(written))])
    number = np.argsort(order)
    for node in model.get_ordered_ops():
        if node.get_type_name() == "Constant" and len(node.shape) == 2 and node.shape[0] == rows:
            chosen = order if _leads_to_table(node) else order[: len(written)]
            constant = openvino.opset13.constant(np.ascontiguousarray(node.data[chosen]))
            for reader in node.output(0).get_target_inputs():
                reader.replace_source_output(constant.output(0))
    model.validate_nodes_and_infer_types()
    openvino.save_model(model, target / MODEL, compress_to_fp16=False)

    # OpenVINO's own tokenizer serves the grammar alone, which must know the tokens that may be written and no others.
    described = json.loads((source / "tokenizer.json").read_text("utf-8"))
    tokens = {token: int(number[i]) for token, i in described["model"]["vocab"].items()}
    for added in described["added_tokens"]:
        added["id"] = int(number[added["id"]])
    few = {token: i for token, i in tokens.items() if i < len(written)}
    merges = [pair for pair in described["model"]["merges"] if {*pair, "".join(pair)} <= few.keys()]
    small = _save_tokenizer(source, target / "small", described, few, merges)
    both = openvino_tokenizers.convert_tokenizer(AutoTokenizer.from_pretrained(small), with_detokenizer=True)
    for name, converted in zip(("openvino_tokenizer.xml", "openvino_detokenizer.xml"), both, strict=True):
        openvino.save_model(converted, target / name)
    shutil.rmtree(small)
    _save_tokenizer(source, target, described, tokens, described["model"]["merges"])
    return len(written)


def _leads_to_table(node: Any) -> bool:
    """Whether a constant belongs to the table of embeddings, not to the last matrix."""
    while node.get_type_name() in ("Constant", "Convert", "Multiply"):
        node = next(iter(node.output(0).get_target_inputs())).get_node()
    return bool(node.get_type_name() == "Gather")


def _save_tokenizer(source: Path, target: Path, described: Any, vocabulary: dict[str, int], merges: list[Any]) -> Path:
    target.mkdir(exist_ok=True)
    model = described["model"] | {"vocab": vocabulary, "merges": merges}
    (target / "tokenizer.json").write_text(json.dumps(described | {"model": model}, ensure_ascii=False), "utf-8")
    for name in ("tokenizer_config.json", "chat_template.jinja"):
        shutil.copy(source / name, target)
    return target
