"""A model as transformers loads it: its weights and tokenizer, its makers' settings, the languages that it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarize.engines import Device, find_gguf
from summarize.engines.adapter import merge
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress, prepared
from summarize.store.weights import gguf_parts

# Chinese and English as multilingual models name them: NLLB, mBART, M2M100.
LANGUAGES = (("zho_Hans", "eng_Latn"), ("zh_CN", "en_XX"), ("zh", "en"))


def load_on(
    device: Device, model: LocalModel, cache_dir: str | None = None, progress: Progress | None = None
) -> tuple[Any, Any]:
    """Tokenizer and weights of a model with its adapter, ready to run; "auto" takes CUDA where it is.

    Raises:
        EngineError: if transformers cannot load them, or CUDA is asked for and not there.
    """
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise EngineError("There is no CUDA device on this machine; use --device cpu.")
    chosen = "cuda" if device != "cpu" and torch.cuda.is_available() else "cpu"
    directory = model.directory
    if gguf := find_gguf(model):
        directory = prepared(
            model.without_adapter(),  # which is merged at each load
            "transformers",
            lambda target: dequantise(gguf, target, progress),
            cache_dir=cache_dir,
            progress=progress,
        )
    # bfloat16 is the natural type of a card; on the CPUs measured it is slower than float32.
    tokenizer, weights = load(directory, model, torch.bfloat16 if chosen == "cuda" else torch.float32)
    if model.adapter:
        merge(weights, model.adapter)
    return tokenizer, weights.to(chosen).eval()


def load(directory: Path, model: LocalModel, dtype: Any) -> tuple[Any, Any]:
    """Tokenizer and weights of a folder.

    Raises:
        EngineError: if transformers cannot load them, or some of the weights are missing.
    """
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        with quiet():
            config = AutoConfig.from_pretrained(directory, **local)
            auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
            tokenizer = AutoTokenizer.from_pretrained(directory, **local)
            weights, report = auto.from_pretrained(
                directory, dtype=dtype, use_safetensors=True, output_loading_info=True, **local
            )
    except Exception as error:  # damaged files raise anything: tokenizers and safetensors have types of their own
        raise EngineError(f"transformers cannot load {model.name}: {first_line(error)}") from error
    # transformers fills what it does not find with random numbers.
    if missing := sorted(report["missing_keys"]):
        raise EngineError(f"The weights of {model.name} lack {missing[0]}; fetch the model again.")
    return tokenizer, weights


def dequantise(gguf: Path, target: Path, progress: Progress | None) -> None:
    """Writes the weights of a GGUF file as bfloat16 safetensors with config and tokenizer into `target`.

    Raises:
        EngineError: if transformers cannot read them.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    folder, name = gguf.parent, gguf.name
    if len(gguf_parts(gguf)) > 1:
        raise EngineError(f"transformers cannot read {name} and its other parts; use --engine openvino, or join them.")
    if progress:
        progress("Preparing the weights", 0, 2)
    try:
        with quiet():
            AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(target)
            weights = AutoModelForCausalLM.from_pretrained(
                folder, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
            )
    except OSError:  # a full disk is the store's to report
        raise
    except Exception as error:  # a damaged or unknown file raises anything
        raise EngineError(f"transformers cannot read {name}: {first_line(error)}") from error
    if progress:
        progress("Preparing the weights", 1, 2)
    with quiet():
        weights.save_pretrained(target)
    config = json.loads((target / "config.json").read_text(encoding="utf-8"))
    config.pop("quantization_config", None)
    (target / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    if progress:
        progress("Preparing the weights", 2, 2)


def context_of(config: Any, tokenizer: Any, model: LocalModel) -> int:
    """How many tokens the model takes, by its card or else by what its makers say."""
    if model.card:
        return model.card.context
    config = config.get_text_config()
    known = [getattr(config, name, None) for name in ("max_position_embeddings", "n_positions")]
    limits = [limit for limit in (*known, tokenizer.model_max_length) if limit and limit < 10**7]
    return min(limits) if limits else 512


def generation_settings(made: Any, family: str, ends: set[int], pad: int, beams: int | None) -> Any:
    """The makers' settings without sampling: seq2seq models search with beams, causal ones take the likeliest token.

    Penalties for repetition stay with seq2seq models, which are trained for them; a causal model would be kept from
    writing the names of its prompt.

    Args:
        made: the makers' settings.
        family: "causal" or "seq2seq".
        ends: the tokens that end an answer.
        pad: the token that fills up rows.
        beams: of a seq2seq model; what the makers' settings say if None.
    """
    from transformers import GenerationConfig

    kept = dict(made.to_diff_dict()) if family == "seq2seq" else {"bos_token_id": made.bos_token_id}
    for name in ("max_length", "max_new_tokens", "temperature", "top_k", "top_p", "min_p"):
        kept.pop(name, None)
    kept["num_beams"] = (beams or made.num_beams or 1) if family == "seq2seq" else 1
    if kept["num_beams"] == 1:
        for name in ("length_penalty", "early_stopping"):
            kept.pop(name, None)
    kept |= {"do_sample": False, "eos_token_id": sorted(ends), "pad_token_id": pad}
    return GenerationConfig(**kept)


def find_languages(tokenizer: Any) -> tuple[str, str] | None:
    """The codes of Chinese and English of a multilingual model."""
    if not hasattr(tokenizer, "src_lang"):
        return None
    for source, target in LANGUAGES:
        known = (language_id(tokenizer, source), language_id(tokenizer, target))
        if None not in known and tokenizer.unk_token_id not in known:
            return source, target
    return None


def language_id(tokenizer: Any, code: str) -> int | None:
    """The token that tells a multilingual model this language."""
    token = getattr(tokenizer, "lang_code_to_token", {}).get(code, code)  # M2M100 spells it __en__
    number: int | None = tokenizer.convert_tokens_to_ids(token)
    return number


def sequence_frame(tokenizer: Any) -> tuple[list[int], list[int]]:
    """The tokens that the model wants before and after a source text."""
    whole, inner = tokenizer("a")["input_ids"], tokenizer("a", add_special_tokens=False)["input_ids"]
    start = next(place for place in range(len(whole) + 1) if whole[place : place + len(inner)] == inner)
    return whole[:start], whole[start + len(inner) :]


@contextmanager
def quiet() -> Iterator[None]:
    """Within it transformers draws no progress bars of its own."""
    from transformers.utils import logging

    drawn = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if drawn:
            logging.enable_progress_bar()


def first_line(error: Exception) -> str:
    """The beginning of what a library says of an error."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
