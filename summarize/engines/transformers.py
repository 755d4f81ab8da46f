"""The general engine: Hugging Face transformers on torch, CPU or CUDA, causal and seq2seq models.

Requests that wait are sorted by length and run in groups under a token budget. When a card runs out of memory, the
budget is halved and the group runs again in parts.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Literal

from summarize.engines import Completion, Device, Request, find_gguf
from summarize.engines.latin import latin_tokens
from summarize.engines.prompt import PromptEncoder
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress, prepared

TOKENS_CPU = 4096  # prompt and answer tokens of one group, padding included
TOKENS_CUDA = 65536


class TransformersEngine:
    """Runs any causal or seq2seq model that transformers loads from safetensors or GGUF.

    Raises:
        EngineError: if the model cannot be loaded or is of neither family, or CUDA is asked for and not there.
    """

    family: Literal["causal", "seq2seq"]

    def __init__(
        self,
        model: LocalModel,
        *,
        device: Device = "auto",
        cache_dir: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        import torch

        if device == "cuda" and not torch.cuda.is_available():
            raise EngineError("There is no CUDA device on this machine; use --device cpu.")
        self._device = "cuda" if device != "cpu" and torch.cuda.is_available() else "cpu"
        # bfloat16 is the natural type of a card; on the CPUs measured it is slower than float32.
        dtype = torch.bfloat16 if self._device == "cuda" else torch.float32
        directory = model.directory
        if find_gguf(model):
            directory = prepared(
                model,
                "transformers",
                lambda target: _dequantise(model, target, progress),
                cache_dir=cache_dir,
                progress=progress,
            )
        self._card = model.card
        self._tokenizer, self._model = _load(directory, model, dtype)
        self._model.to(self._device).eval()
        config = self._model.config
        self.family = "seq2seq" if config.is_encoder_decoder else "causal"
        self._prompt = PromptEncoder(self._tokenizer) if self.family == "causal" else None
        self.context = _context(config, self._tokenizer, model)
        self._budget = TOKENS_CUDA if self._device == "cuda" else TOKENS_CPU
        self._waiting: list[tuple[Hashable, Request, list[int]]] = []
        self._latin: Any = None

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads this text as."""
        return len(self._encode_text(text))

    @property
    def pending(self) -> int:
        """How many requests wait."""
        return len(self._waiting)

    def submit(self, key: Hashable, request: Request) -> None:
        """Adds a request to those that wait."""
        if self._prompt:
            ids = self._prompt.encode(request.instruction, request.text)
        else:
            ids = self._encode_source(request.text)
        self._waiting.append((key, request, ids))

    def step(self) -> list[tuple[Hashable, Completion]]:
        """Runs one group of those that wait, all of one task, longest first."""
        import torch

        if not self._waiting:
            return []
        while True:
            group = self._next_group()
            try:
                answers = self._generate(group)
                break
            except torch.cuda.OutOfMemoryError:
                torch.cuda.empty_cache()
                if len(group) == 1:
                    raise EngineError("The card has no memory left for one request; use --device cpu.") from None
                self._budget //= 2
        keys = {key for key, _, _ in group}
        self._waiting = [item for item in self._waiting if item[0] not in keys]
        return answers

    def _next_group(self) -> list[tuple[Hashable, Request, list[int]]]:
        latin = self._waiting[0][1].latin
        ready = sorted((item for item in self._waiting if item[1].latin == latin), key=lambda item: -len(item[2]))
        group: list[tuple[Hashable, Request, list[int]]] = []
        width = 0
        for item in ready:
            width = max(width, len(item[2]) + item[1].max_tokens)
            if group and width * (len(group) + 1) > self._budget:
                break
            group.append(item)
        return group

    def _generate(self, group: list[tuple[Hashable, Request, list[int]]]) -> list[tuple[Hashable, Completion]]:
        import torch
        from transformers import LogitsProcessorList

        pad = self._tokenizer.pad_token_id
        pad = self._tokenizer.eos_token_id if pad is None else pad
        width = max(len(ids) for _, _, ids in group)
        left = self.family == "causal"
        rows = [[pad] * (width - len(i)) + i if left else i + [pad] * (width - len(i)) for _, _, i in group]
        mask = [
            [0] * (width - len(i)) + [1] * len(i) if left else [1] * len(i) + [0] * (width - len(i))
            for _, _, i in group
        ]
        limit = max(request.max_tokens for _, request, _ in group)
        options: dict[str, Any] = {}
        if group[0][1].latin:
            options["logits_processor"] = LogitsProcessorList([self._latin_only])
        if not left and self._card and self._card.languages and group[0][1].task == "translate":
            options["forced_bos_token_id"] = self._tokenizer.convert_tokens_to_ids(self._card.languages[1])
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=torch.tensor(rows, device=self._device),
                attention_mask=torch.tensor(mask, device=self._device),
                max_new_tokens=limit,
                do_sample=False,
                num_beams=1,
                pad_token_id=pad,
                **options,
            )
        answers: list[tuple[Hashable, Completion]] = []
        ends = {self._tokenizer.eos_token_id, *_as_list(self._model.generation_config.eos_token_id)}
        for (key, request, ids), row in zip(group, output.tolist(), strict=True):
            written = row[width:] if left else row[1:]
            stop = next((i for i, token in enumerate(written) if token in ends), None)
            kept = written[: min(len(written) if stop is None else stop, request.max_tokens)]
            text = str(self._tokenizer.decode(kept, skip_special_tokens=True)).strip()
            finished = stop is not None and stop <= request.max_tokens
            answers.append((key, Completion(text, len(ids), len(kept), finished)))
        return answers

    def _latin_only(self, _ids: Any, scores: Any) -> Any:
        import torch

        if self._latin is None:
            allowed = torch.tensor(latin_tokens(self._tokenizer, scores.shape[-1]), device=scores.device)
            for end in {self._tokenizer.eos_token_id, *_as_list(self._model.generation_config.eos_token_id)}:
                allowed[end] = True
            forced = self._card.languages[1] if self._card and self._card.languages else None
            if forced:
                allowed[self._tokenizer.convert_tokens_to_ids(forced)] = True
            self._latin = torch.zeros_like(scores[0]).masked_fill(~allowed, float("-inf"))
        return scores + self._latin

    def _encode_text(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
        return ids

    def _encode_source(self, text: str) -> list[int]:
        if self._card and self._card.languages:
            self._tokenizer.src_lang = self._card.languages[0]
        prefix = (self._card.prefix if self._card else None) or ""
        ids: list[int] = self._tokenizer(
            prefix + text, truncation=True, max_length=self.context, split_special_tokens=True
        )["input_ids"]
        return ids


def _load(directory: Path, model: LocalModel, dtype: Any) -> tuple[Any, Any]:
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        config = AutoConfig.from_pretrained(directory, local_files_only=True)
        auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
        weights = auto.from_pretrained(directory, dtype=dtype, use_safetensors=True, local_files_only=True)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        message = str(error).strip().splitlines()
        raise EngineError(f"transformers cannot load {model.name}: {message[0] if message else error!r}") from error
    finally:
        logging.enable_progress_bar()
    return tokenizer, weights


def _dequantise(model: LocalModel, target: Path, progress: Progress | None) -> None:
    """Writes GGUF weights as bfloat16 safetensors with config and tokenizer into `target`."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    name = find_gguf(model)
    assert name is not None
    folder = model.directory.parent if model.directory.is_file() else model.directory
    logging.disable_progress_bar()
    if progress:
        progress("Preparing the weights", 0, 2)
    try:
        AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(target)
        weights = AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
        )
        if progress:
            progress("Preparing the weights", 1, 2)
        weights.save_pretrained(target)
    except (ValueError, KeyError, NotImplementedError) as error:
        raise EngineError(f"transformers cannot read {name}: {str(error).splitlines()[0]}") from error
    finally:
        logging.enable_progress_bar()
    config = json.loads((target / "config.json").read_text(encoding="utf-8"))
    config.pop("quantization_config", None)
    (target / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    if progress:
        progress("Preparing the weights", 2, 2)


def _context(config: Any, tokenizer: Any, model: LocalModel) -> int:
    if model.card:
        return model.card.context
    known = [getattr(config, name, None) for name in ("max_position_embeddings", "n_positions")]
    limits = [limit for limit in (*known, tokenizer.model_max_length) if limit and limit < 10**6]
    return min(limits) if limits else 512


def _as_list(value: int | list[int] | None) -> list[int]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
