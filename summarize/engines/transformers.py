"""The general engine: Hugging Face transformers on torch, CPU or CUDA, causal and seq2seq models.

Requests that wait run in groups under a token budget: the one that has waited longest, and those nearest to it in
length. When a card runs out of memory, the budget is halved and the group runs again in parts.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarize.engines import Completion, Device, Request, find_gguf
from summarize.engines.latin import latin_tokens
from summarize.engines.prompt import PromptEncoder, TextEncoder
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress, prepared

TOKENS_CPU = 4096  # prompt and answer tokens of one group, padding included
TOKENS_CUDA = 65536

# Chinese and English as multilingual models name them: NLLB, mBART, M2M100.
LANGUAGES = (("zho_Hans", "eng_Latn"), ("zh_CN", "en_XX"), ("zh", "en"))

# What ends a turn, in the models known to us; some name only one of theirs as the end.
TURN_ENDS = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<end_of_turn>")


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A request, its prompt as tokens, and how many tokens may be written."""

    key: Hashable
    request: Request
    ids: list[int]
    limit: int


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
        self._tokenizer, self._model = _load(directory, model, dtype)
        self._model.to(self._device).eval()
        config = self._model.config
        self.family = "seq2seq" if config.is_encoder_decoder else "causal"
        self.context = _context(config, self._tokenizer, model)
        self._ends = _ends(self._tokenizer, self._model.generation_config)
        pad = self._tokenizer.pad_token_id
        self._pad: int = min(self._ends) if pad is None else pad
        self._model.generation_config = _greedy(self._model.generation_config, self.family, self._ends, self._pad)
        self._text = TextEncoder(self._tokenizer)
        self._prompt: PromptEncoder | None = None
        self._languages: tuple[str, str] | None = None
        if self.family == "causal":
            self._prompt = PromptEncoder(self._tokenizer)
        else:
            self._languages = (model.card.languages if model.card else None) or _find_languages(self._tokenizer)
            if self._languages:
                self._tokenizer.src_lang = self._languages[0]
            self._before, self._after = _sequence_frame(self._tokenizer)
            if model.card and model.card.prefix:
                self._before += self._tokenizer(model.card.prefix, add_special_tokens=False)["input_ids"]
        self._budget = TOKENS_CUDA if self._device == "cuda" else TOKENS_CPU
        self._waiting: list[_Waiting] = []
        self._latin: Any = None

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads this text as."""
        return len(self._text.encode(text))

    @property
    def pending(self) -> int:
        """How many requests wait."""
        return len(self._waiting)

    def clear(self) -> None:
        """Drops all requests that wait."""
        self._waiting.clear()

    def submit(self, key: Hashable, request: Request) -> None:
        """Adds a request to those that wait.

        Raises:
            EngineError: if the model cannot read so long a request.
        """
        if self._prompt:
            ids = self._prompt.encode(request.instruction, request.text)
            room = self.context - len(ids)
        else:
            ids = [*self._before, *self._text.encode(request.text), *self._after]
            positions = getattr(self._model.config, "max_position_embeddings", None)
            room = request.max_tokens if len(ids) <= self.context else 0
            room = min(room, positions - 1) if positions else room
        if room < 1:
            raise EngineError(
                f"A request of {len(ids)} tokens is too long for this model, which takes {self.context}; "
                "use shorter passages."
            )
        self._waiting.append(_Waiting(key, request, ids, min(request.max_tokens, room)))

    def step(self) -> list[tuple[Hashable, Completion]]:
        """Runs one group of those that wait.

        Raises:
            EngineError: if the card's memory does not hold a single request.
        """
        import torch

        if not self._waiting:
            return []
        while True:
            group = self._next_group()
            try:
                answers = self._generate(group)
                break
            except torch.cuda.OutOfMemoryError:
                if len(group) == 1:
                    raise EngineError("The card has no memory left for one request; use --device cpu.") from None
            # Not in the handler: there the error still holds the tensors of the run that failed.
            torch.cuda.empty_cache()
            self._budget = min(self._budget, _cost(group)) // 2
        done = {id(item) for item in group}
        self._waiting = [item for item in self._waiting if id(item) not in done]
        return answers

    def _next_group(self) -> list[_Waiting]:
        first = self._waiting[0]
        kind = (first.request.task, first.request.latin)
        length = len(first.ids) + first.limit
        alike = [item for item in self._waiting if (item.request.task, item.request.latin) == kind]
        alike.sort(key=lambda item: abs(len(item.ids) + item.limit - length))  # stable: first stays first
        alike.remove(first)
        group = [first]
        for item in alike:
            if _cost([*group, item]) > self._budget:
                break
            group.append(item)
        return group

    def _generate(self, group: list[_Waiting]) -> list[tuple[Hashable, Completion]]:
        import torch
        from transformers import LogitsProcessorList

        width = max(len(item.ids) for item in group)
        left = self.family == "causal"
        rows: list[list[int]] = []
        mask: list[list[int]] = []
        for item in group:
            gap = width - len(item.ids)
            rows.append([self._pad] * gap + item.ids if left else item.ids + [self._pad] * gap)
            mask.append([0] * gap + [1] * len(item.ids) if left else [1] * len(item.ids) + [0] * gap)
        options: dict[str, Any] = {}
        if group[0].request.latin:
            options["logits_processor"] = LogitsProcessorList([self._latin_only])
        if self._languages:
            source, target = self._languages
            language = target if group[0].request.task == "translate" else source
            options["forced_bos_token_id"] = _language_id(self._tokenizer, language)
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=torch.tensor(rows, device=self._device),
                attention_mask=torch.tensor(mask, device=self._device),
                max_new_tokens=max(item.limit for item in group),
                **options,
            )
        answers: list[tuple[Hashable, Completion]] = []
        for item, row in zip(group, output.tolist(), strict=True):
            written = row[width:] if left else row[1:]
            stop = next((place for place, token in enumerate(written) if token in self._ends), len(written))
            kept = written[: min(stop, item.limit)]
            text = str(self._tokenizer.decode(kept, skip_special_tokens=True)).strip()
            finished = stop < min(len(written), item.limit)
            answers.append((item.key, Completion(text, len(item.ids), len(kept), finished)))
        return answers

    def _latin_only(self, _ids: Any, scores: Any) -> Any:
        import torch

        if self._latin is None:
            allowed = torch.tensor(latin_tokens(self._tokenizer, scores.shape[-1]), device=scores.device)
            allowed[sorted(self._ends)] = True
            if self._languages:
                allowed[_language_id(self._tokenizer, self._languages[1])] = True
            self._latin = torch.zeros_like(scores[0]).masked_fill(~allowed, float("-inf"))
        return scores + self._latin


def _cost(group: list[_Waiting]) -> int:
    """The tokens that a group fills at the most, padding included."""
    return (max(len(item.ids) for item in group) + max(item.limit for item in group)) * len(group)


def _load(directory: Path, model: LocalModel, dtype: Any) -> tuple[Any, Any]:
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        with _quiet():
            config = AutoConfig.from_pretrained(directory, **local)
            auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
            tokenizer = AutoTokenizer.from_pretrained(directory, **local)
            weights, report = auto.from_pretrained(
                directory, dtype=dtype, use_safetensors=True, output_loading_info=True, **local
            )
    except Exception as error:  # damaged files raise anything: tokenizers and safetensors have types of their own
        raise EngineError(f"transformers cannot load {model.name}: {_first_line(error)}") from error
    # transformers fills what it does not find with random numbers.
    if missing := sorted(report["missing_keys"]):
        raise EngineError(f"The weights of {model.name} lack {missing[0]}; fetch the model again.")
    return tokenizer, weights


def _dequantise(model: LocalModel, target: Path, progress: Progress | None) -> None:
    """Writes GGUF weights as bfloat16 safetensors with config and tokenizer into `target`."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    name = find_gguf(model)
    assert name is not None
    folder = model.directory.parent if model.directory.is_file() else model.directory
    if progress:
        progress("Preparing the weights", 0, 2)
    try:
        with _quiet():
            AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(target)
            weights = AutoModelForCausalLM.from_pretrained(
                folder, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
            )
    except OSError:  # a full disk is the store's to report
        raise
    except Exception as error:  # a damaged or unknown file raises anything
        raise EngineError(f"transformers cannot read {name}: {_first_line(error)}") from error
    if progress:
        progress("Preparing the weights", 1, 2)
    with _quiet():
        weights.save_pretrained(target)
    config = json.loads((target / "config.json").read_text(encoding="utf-8"))
    config.pop("quantization_config", None)
    (target / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    if progress:
        progress("Preparing the weights", 2, 2)


def _context(config: Any, tokenizer: Any, model: LocalModel) -> int:
    if model.card:
        return model.card.context
    config = config.get_text_config()
    known = [getattr(config, name, None) for name in ("max_position_embeddings", "n_positions")]
    limits = [limit for limit in (*known, tokenizer.model_max_length) if limit and limit < 10**7]
    return min(limits) if limits else 512


def _ends(tokenizer: Any, made: Any) -> set[int]:
    """The tokens that end an answer."""
    named = made.eos_token_id
    ends = {tokenizer.eos_token_id, *(named if isinstance(named, list) else [named])}
    vocabulary = tokenizer.get_vocab()
    ends |= {vocabulary.get(token) for token in TURN_ENDS}
    return ends - {None}


def _greedy(made: Any, family: str, ends: set[int], pad: int) -> Any:
    """The makers' settings without sampling and beams.

    Penalties for repetition stay with seq2seq models, which are trained for them; a causal model would be kept from
    writing the names of its prompt.
    """
    from transformers import GenerationConfig

    kept = dict(made.to_diff_dict()) if family == "seq2seq" else {"bos_token_id": made.bos_token_id}
    for name in ("max_length", "max_new_tokens", "temperature", "top_k", "top_p", "min_p", "length_penalty"):
        kept.pop(name, None)
    kept |= {"do_sample": False, "num_beams": 1, "early_stopping": False}
    kept |= {"eos_token_id": sorted(ends), "pad_token_id": pad}
    return GenerationConfig(**kept)


def _find_languages(tokenizer: Any) -> tuple[str, str] | None:
    """The codes of Chinese and English of a multilingual model."""
    if not hasattr(tokenizer, "src_lang"):
        return None
    for source, target in LANGUAGES:
        known = (_language_id(tokenizer, source), _language_id(tokenizer, target))
        if None not in known and tokenizer.unk_token_id not in known:
            return source, target
    return None


def _language_id(tokenizer: Any, code: str) -> int | None:
    token = getattr(tokenizer, "lang_code_to_token", {}).get(code, code)  # M2M100 spells it __en__
    number: int | None = tokenizer.convert_tokens_to_ids(token)
    return number


def _sequence_frame(tokenizer: Any) -> tuple[list[int], list[int]]:
    """The tokens that the model wants before and after a source text."""
    whole, inner = tokenizer("a")["input_ids"], tokenizer("a", add_special_tokens=False)["input_ids"]
    start = next(place for place in range(len(whole) + 1) if whole[place : place + len(inner)] == inner)
    return whole[:start], whole[start + len(inner) :]


@contextmanager
def _quiet() -> Iterator[None]:
    """Within it transformers draws no progress bars of its own."""
    from transformers.utils import logging

    drawn = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if drawn:
            logging.enable_progress_bar()


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
