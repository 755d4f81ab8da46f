"""The general engine: Hugging Face transformers on torch, CPU or CUDA, causal and seq2seq models.

Causal models on CUDA share one running batch (continuous.py). All else runs in groups under a token budget: the request
that has waited longest, and those nearest to it in length. Seq2seq models search with the beams that their makers set.
When a card runs out of memory, the budget is halved and what ran is begun again. Nothing here has been timed on a GPU.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

from summarize.engines import Completion, Device, Request, too_long
from summarize.engines.budget import Budget, tokens_in
from summarize.engines.continuous import ContinuousBatch, can_batch
from summarize.engines.latin import latin_tokens
from summarize.engines.loading import (
    context_of,
    find_languages,
    first_line,
    generation_settings,
    language_id,
    load_on,
    sequence_frame,
)
from summarize.engines.loop import LOOP, is_loop, said_before_loop
from summarize.engines.prompt import PromptEncoder, TextEncoder, ends_of_answer
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress

TOKENS_CPU = 4096  # prompt and answer tokens of one group, padding included
TOKENS_CUDA = 65536
PREFILL_CUDA = 2048  # prompt tokens a step of a running batch reads: the attention mask grows with them
NO_ROOM = "The card has no memory left for one request; use --device cpu."
CHOICE = 4  # groups that wait at a time, so that each can be made of requests that are alike


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

        self._tokenizer, self._model = load_on(device, model, cache_dir, progress)
        self._device = self._model.device.type
        dtype = self._model.dtype
        config = self._model.config
        self.family = "seq2seq" if config.is_encoder_decoder else "causal"
        self.context = context_of(config, self._tokenizer, model)
        self._ends = ends_of_answer(self._tokenizer, self._model.generation_config.eos_token_id)
        pad = self._tokenizer.pad_token_id
        self._pad: int = min(self._ends) if pad is None else pad
        card = model.card
        languages, prefix, beams = (card.languages, card.prefix, card.beams) if card else (None, None, None)
        settings = generation_settings(self._model.generation_config, self.family, self._ends, self._pad, beams)
        self._model.generation_config = settings
        self._text = TextEncoder(self._tokenizer)
        self._prompt: PromptEncoder | None = None
        self._languages: tuple[str, str] | None = None
        if self.family == "causal":
            self._prompt = PromptEncoder(self._tokenizer)
        else:
            self._languages = languages or find_languages(self._tokenizer)
            if self._languages:
                self._tokenizer.src_lang = self._languages[0]
            self._before, self._after = sequence_frame(self._tokenizer)
            if prefix:
                self._before += self._tokenizer(prefix, add_special_tokens=False)["input_ids"]
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
            f"{'continuous' if continuous else 'groups'}, {self._languages}, {prefix}, "
            f"beams of {settings.num_beams}, loops of {LOOP}"
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
            raise too_long(len(ids), self.context)
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
            raise EngineError(f"transformers stopped: {first_line(error)}") from error
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
            options["forced_bos_token_id"] = language_id(self._tokenizer, language)
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
                allowed[language_id(self._tokenizer, self._languages[1])] = True
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
