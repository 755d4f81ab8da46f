"""GGUF files in a form that OpenVINO reads, made of those that it cannot read and of Qwen's safetensors."""

from __future__ import annotations

import errno
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarize.engines.weights import ROWS, Report, Tensor, Weights
from summarize.errors import EngineError
from summarize.store.weights import gguf_parts

# Types of matrices that OpenVINO GenAI 2026.4 unpacks; of most others it says that "gguf_tensor_to_f16 failed".
READABLE = {"Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K"}
FILE_TYPE = "general.file_type"
FILE_OF_Q8_0 = 7
GROUP = 32  # columns that Q8_0 gives a scale of their own


def make_readable(source: Path, target: Path, weights: Weights, report: Report | None = None) -> bool:
    """Links a GGUF file to `target`, or writes it there with all its matrices as Q8_0 if OpenVINO could not read it.

    Returns whether it was written.

    Args:
        source: the file, or the first of its parts.
        target: a path at which there is nothing yet.
        weights: of the file, all parts of it.
        report: told how many of how many tensors are written.

    Raises:
        EngineError: if its matrices cannot be packed.
    """
    types = {tensor.packing for tensor in weights.tensors.values() if len(tensor.shape) > 1}
    if len(gguf_parts(source)) == 1 and FILE_TYPE in weights.fields and types <= READABLE:
        target.symlink_to(source.resolve())
        return False
    architecture = str(weights.fields["general.architecture"].contents())
    _write(target, architecture, partial(_copy_fields, weights.fields), weights, report)
    return True


def is_qwen(folder: Path) -> bool:
    """Whether a folder holds Qwen2 (2.5) or Qwen3, dense and unquantised, in the Hugging Face layout."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        rope = config.get("rope_scaling") or config.get("rope_parameters") or {}
        return bool(
            config["model_type"] in ("qwen2", "qwen3")
            and rope.get("rope_type", rope.get("type", "default")) == "default"
            and not config.get("use_sliding_window")
            and not config.get("quantization_config")
            and tokenizer["model"]["type"] == "BPE"
            and "ByteLevel" in json.dumps(tokenizer["decoder"])
            and any(folder.glob("*.safetensors"))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def write_qwen(folder: Path, target: Path, weights: Weights, report: Report | None = None) -> None:
    """Writes a folder for which `is_qwen` holds as a GGUF file with matrices of Q8_0.

    Raises:
        EngineError: if its matrices cannot be packed.
    """
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    _write(target, config.model_type, partial(_add_fields, folder, config), weights, report)


def _write(
    target: Path,
    architecture: str,
    add_fields: Callable[[Any], None],
    weights: Weights,
    report: Report | None,
) -> None:
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quant_shape_to_byte_shape

    for name, tensor in weights.tensors.items():
        if len(tensor.shape) > 2 or (len(tensor.shape) == 2 and tensor.shape[1] % GROUP):
            raise EngineError(f"OpenVINO cannot be given {name}, of {tensor.shape} numbers; use --engine transformers.")
    q8 = GGMLQuantizationType.Q8_0
    writer = GGUFWriter(target, architecture)
    writer.add_file_type(FILE_OF_Q8_0)
    add_fields(writer)
    for name, tensor in weights.tensors.items():
        if len(tensor.shape) == 2:
            shape = quant_shape_to_byte_shape(tensor.shape, q8)
            writer.add_tensor_info(name, shape, np.dtype(np.uint8), math.prod(shape), q8)
        else:
            writer.add_tensor_info(name, tensor.shape, np.dtype(np.float32), 4 * math.prod(tensor.shape))
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for done, tensor in enumerate(weights.tensors.values()):
            if report:
                report(done, len(weights.tensors))
            vector = len(tensor.shape) < 2
            writer.write_tensor_data(tensor.rows(0, None) if vector else np.concatenate(list(_as_q8(tensor))))
    except OSError as error:
        if error.errno is None:  # numpy does not say why it wrote less than asked
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise
    finally:
        writer.close()


def _as_q8(matrix: Tensor) -> Iterator[npt.NDArray[np.uint8]]:
    from gguf import GGMLQuantizationType
    from gguf.quants import quantize

    for start in range(0, matrix.shape[0], ROWS):
        yield quantize(matrix.rows(start, start + ROWS), GGMLQuantizationType.Q8_0)


def _copy_fields(fields: Mapping[str, Any], writer: Any) -> None:
    from gguf import GGUFValueType

    own = ("general.architecture", "general.alignment", FILE_TYPE)  # the writer's
    for field in fields.values():
        kind = field.types[0]
        array = kind == GGUFValueType.ARRAY
        if field.name in own or field.name.startswith(("GGUF.", "split.")) or (array and not len(field.data)):
            continue
        writer.add_key_value(field.name, field.contents(), kind, sub_type=field.types[-1] if array else None)


def _add_fields(folder: Path, config: Any, writer: Any) -> None:
    """What GGUF files say of a Qwen model beside its tensors: its sizes and its tokenizer."""
    from transformers import AutoTokenizer

    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    inner = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]
    words = {number: word for word, number in tokenizer.get_vocab().items()}
    added = tokenizer.added_tokens_decoder
    numbers = range(config.vocab_size)  # more than there are words: it is padded to a round number
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([words.get(number, f"[PAD{number}]") for number in numbers])
    writer.add_token_types([_type_of_token(added.get(number), number in words) for number in numbers])
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in inner["merges"]])
    if tokenizer.eos_token_id is not None:
        writer.add_eos_token_id(tokenizer.eos_token_id)
    if tokenizer.pad_token_id is not None:
        writer.add_pad_token_id(tokenizer.pad_token_id)
    template = tokenizer.chat_template
    if template := template.get("default") if isinstance(template, dict) else template:
        writer.add_chat_template(template)


def _type_of_token(added: Any, known: bool) -> Any:
    from gguf import TokenType

    if added is None:
        return TokenType.NORMAL if known else TokenType.UNUSED
    return TokenType.CONTROL if added.special else TokenType.USER_DEFINED
