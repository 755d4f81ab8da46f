"""The general engine: Hugging Face transformers on torch, CPU or CUDA, causal and seq2seq models.

Causal models on CUDA share one running batch (continuous.py). All else runs in groups under a token budget: the request
that has waited longest, and those nearest to it in length. Seq2seq models search with the beams that their makers set.
When a card runs out of memory, the budget is halved and what ran is begun again. Nothing here has been timed on a GPU.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarize.engines import Completion, Device, Request, find_gguf
from summarize.engines.adapter import merge
from summarize.engines.budget import Budget, tokens_in
from summarize.engines.continuous import ContinuousBatch, can_batch
from summarize.engines.latin import latin_tokens
from summarize.engines.loop import LOOP, is_loop, said_before_loop
from summarize.engines.prompt import PromptEncoder, TextEncoder, ends_of_answer
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress, prepared
from summarize.store.weights import gguf_parts

TOKENS_CPU = 4096  # prompt and answer tokens of one group, padding included
TOKENS_CUDA = 65536
PREFILL_CUDA = 2048  # prompt tokens a step of a running batch reads: the attention mask grows with them
NO_ROOM = "The card has no memory left for one request; use --device cpu."
CHOICE = 4  # groups that wait at a time, so that each can be made of requests that are alike

# Chinese and English as multilingual models name them: NLLB, mBART, M2M100.
LANGUAGES = (("zho_Hans", "eng_Latn"), ("zh_CN", "en_XX"), ("zh", "en"))


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A request, its prompt as tokens, and how many tokens may be written."""

    key: Hashable
    request: Request
    ids: list[int]
    limit: int


class TransformersEngine:
    """Runs any causal or seq2seq model that transformers loads from safetensors or GGUF.

    Args:
        model: what is loaded.
        device: "auto" takes CUDA where it is.
        memory: GiB for keys and values; if None, for 4,096 tokens on a CPU and 65,536 on CUDA.
        continuous: whether a causal model gets a running batch (paged attention); if None, on CUDA where it can.
        cache_dir: the model store.
        progress: told how far the preparation is.

    Raises:
        EngineError: if the model cannot be loaded or is of neither family, or CUDA is asked for and not there.
    """

    family: Literal["causal", "seq2seq"]

    def __init__(
        self,
        model: LocalModel,
        *,
        device: Device = "auto",
        memory: float | None = None,
        continuous: bool | None = None,
        cache_dir: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        import torch
        import transformers

        if device == "cuda" and not torch.cuda.is_available():
            raise EngineError("There is no CUDA device on this machine; use --device cpu.")
        self._device = "cuda" if device != "cpu" and torch.cuda.is_available() else "cpu"
        # bfloat16 is the natural type of a card; on the CPUs measured it is slower than float32.
        dtype = torch.bfloat16 if self._device == "cuda" else torch.float32
        directory = model.directory
        if find_gguf(model):
            directory = prepared(
                model.without_adapter(),  # which is merged at each load
                "transformers",
                lambda target: _dequantise(model, target, progress),
                cache_dir=cache_dir,
                progress=progress,
            )
        self._tokenizer, self._model = _load(directory, model, dtype)
        if model.adapter:
            merge(self._model, model.adapter)
        self._model.to(self._device).eval()
        config = self._model.config
        self.family = "seq2seq" if config.is_encoder_decoder else "causal"
        self.context = _context(config, self._tokenizer, model)
        self._ends = ends_of_answer(self._tokenizer, self._model.generation_config.eos_token_id)
        pad = self._tokenizer.pad_token_id
        self._pad: int = min(self._ends) if pad is None else pad
        beams = model.card.beams if model.card else None
        settings = _settings(self._model.generation_config, self.family, self._ends, self._pad, beams)
        self._model.generation_config = settings
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
        self._tokens = TOKENS_CUDA if self._device == "cuda" else TOKENS_CPU
        if memory is not None:
            self._tokens = tokens_in(memory, _bytes_of_token(config.get_text_config(), dtype))
        self._tokens = max(self._tokens // settings.num_beams, 1)  # each beam has keys and values of its own
        self._waiting: list[_Waiting] = []
        self._latin: Any = None
        self._batch: ContinuousBatch | None = None
        if continuous is None:
            continuous = self._device == "cuda" and self.family == "causal" and can_batch(self._model)
        if continuous:
            budget = Budget(min(PREFILL_CUDA, self._tokens), self._tokens)
            self._batch = ContinuousBatch(self._model, self._model.generation_config, budget, self._latin_row)
        self._running: dict[int, _Waiting] = {}
        self._number = 0
        self.identity = (
            f"transformers {transformers.__version__}, torch {torch.__version__}, {self._device}, {dtype}, "
            f"{'continuous' if continuous else 'groups'}, {self._languages}, "
            f"{model.card.prefix if model.card else None}, beams of {settings.num_beams}, loops of {LOOP}"
        )

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads this text as."""
        return len(self._text.encode(text))

    @property
    def budget(self) -> Budget:
        """What the engine takes at a time."""
        return self._batch.budget if self._batch else Budget(CHOICE * self._tokens, CHOICE * self._tokens)

    @property
    def pending(self) -> int:
        """How many requests wait or run."""
        return len(self._waiting) + len(self._running)

    def clear(self) -> None:
        """Drops all requests that wait or run."""
        self._waiting.clear()
        self._running.clear()
        if self._batch:
            self._batch.clear()

    def submit(self, key: Hashable, request: Request) -> None:
        """Adds a request to those that wait.

        Raises:
            EngineError: if the model cannot read so long a request.
        """
        if self._prompt:
            ids = self._prompt.encode(request.instruction, request.text, request.examples)
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
        item = _Waiting(key, request, ids, min(request.max_tokens, room))
        if not self._batch:
            self._waiting.append(item)
            return
        if _cost([item]) > self._batch.budget.live:
            raise EngineError(
                f"A request of {_cost([item])} tokens does not fit into the memory for keys and values; "
                "give more with --memory."
            )
        self._number += 1
        self._running[self._number] = item
        self._batch.add(self._number, ids, item.limit, request.latin)

    def step(self) -> list[tuple[Hashable, Completion]]:
        """Advances the running batch by a token, or runs one group of those that wait.

        Raises:
            EngineError: if the card's memory does not hold a single request.
        """
        return self._step_batch(self._batch) if self._batch else self._run_group()

    def _step_batch(self, batch: ContinuousBatch) -> list[tuple[Hashable, Completion]]:
        try:
            done = batch.step()
        except MemoryError:
            raise EngineError(NO_ROOM) from None
        except RuntimeError as error:
            raise EngineError(f"transformers stopped: {_first_line(error)}") from error
        answers: list[tuple[Hashable, Completion]] = []
        for number, ids in done:
            item = self._running.pop(number)
            answers.append((item.key, self._read(item, ids)))
        return answers

    def _run_group(self) -> list[tuple[Hashable, Completion]]:
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
                    raise EngineError(NO_ROOM) from None
            # Not in the handler: there the error still holds the tensors of the run that failed.
            torch.cuda.empty_cache()
            self._tokens = min(self._tokens, _cost(group)) // 2
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
            if _cost([*group, item]) > self._tokens:
                break
            group.append(item)
        return group

    def _generate(self, group: list[_Waiting]) -> list[tuple[Hashable, Completion]]:
        import torch
        from transformers import LogitsProcessorList, StoppingCriteriaList

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
                stopping_criteria=StoppingCriteriaList([_ending(width if left else 1, [i.limit for i in group])]),
                **options,
            )
        answers: list[tuple[Hashable, Completion]] = []
        for item, row in zip(group, output.tolist(), strict=True):
            answers.append((item.key, self._read(item, row[width:] if left else row[1:])))
        return answers

    def _read(self, item: _Waiting, written: list[int]) -> Completion:
        """What was written, up to its end, a loop or the limit."""
        ends = self._ends | {self._pad}  # a row of a group is filled up when it is done
        stop = next((place for place, token in enumerate(written) if token in ends), len(written))
        kept = written[: min(stop, item.limit)]
        looped = is_loop(kept)
        said = said_before_loop(kept) if looped else kept
        text = str(self._tokenizer.decode(said, skip_special_tokens=True)).strip()
        finished = stop < min(len(written), item.limit) and not looped
        return Completion(text, len(item.ids), len(kept), finished)

    def _latin_only(self, _ids: Any, scores: Any) -> Any:
        return scores + self._latin_row(scores.shape[-1])

    def _latin_row(self, size: int) -> Any:
        """What is added to scores so that only Latin script can be written."""
        import torch

        if self._latin is None:
            allowed = torch.tensor(latin_tokens(self._tokenizer, size), device=self._device)
            allowed[sorted(self._ends)] = True
            if self._languages:
                allowed[_language_id(self._tokenizer, self._languages[1])] = True
            self._latin = torch.zeros(size, device=self._device).masked_fill(~allowed, float("-inf"))
        return self._latin


def _ending(start: int, limits: list[int]) -> Any:
    """What stops the rows of a group that are at their limit or say the same again; answers begin at `start`.

    The beams of a request lie side by side; each has the limit of the request, whatever else is in the group.
    """
    import torch

    def ending(ids: Any, _scores: Any, **_: Any) -> Any:
        rows = ids[:, start:].tolist()
        beams = len(rows) // len(limits)
        ends = [len(row) >= limits[place // beams] or is_loop(row) for place, row in enumerate(rows)]
        return torch.tensor(ends, device=ids.device)

    return ending


def _cost(group: list[_Waiting]) -> int:
    """The tokens that a group fills at the most, padding included."""
    return (max(len(item.ids) for item in group) + max(item.limit for item in group)) * len(group)


def _bytes_of_token(config: Any, dtype: Any) -> int:
    """Bytes of the keys and values of one token."""
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return int(2 * config.num_hidden_layers * heads * size * dtype.itemsize)


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
    if len(gguf_parts(folder / name)) > 1:
        raise EngineError(f"transformers cannot read {name} and its other parts; use --engine openvino, or join them.")
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


def _settings(made: Any, family: str, ends: set[int], pad: int, beams: int | None) -> Any:
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
