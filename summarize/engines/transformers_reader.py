"""A causal model that reads texts and rates their tokens: Hugging Face transformers on torch, CPU or CUDA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarize.engines import Device
from summarize.engines.loading import context_of, generation_settings, load_on
from summarize.engines.prompt import ends_of_answer
from summarize.engines.scoring import ALTERNATIVES, Rated
from summarize.errors import EngineError
from summarize.store import LocalModel, Progress


class TransformersReader:
    """Reads with any causal model that transformers loads, a text at a time.

    Raises:
        EngineError: if the model cannot be loaded or is no causal model, or CUDA is asked for and not there.
    """

    def __init__(
        self,
        model: LocalModel,
        *,
        device: Device = "auto",
        cache_dir: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.tokenizer, self._model = load_on(device, model, cache_dir, progress)
        if self._model.config.is_encoder_decoder:
            raise EngineError(f"{model.name} only translates and cannot proofread; choose a causal model.")
        self.context = context_of(self._model.config, self.tokenizer, model)
        made = self._model.generation_config
        ends = ends_of_answer(self.tokenizer, made.eos_token_id)
        pad = self.tokenizer.pad_token_id
        self._model.generation_config = generation_settings(made, "causal", ends, min(ends) if pad is None else pad, 1)

    def rate(self, texts: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None) -> list[Rated]:
        """Reads one text after the other (see `Reader`)."""
        import torch

        rated: list[Rated] = []
        for text, answer in zip(texts, answers, strict=True):
            ids = torch.tensor([text], device=self._model.device)
            with torch.inference_mode():
                logits = self._model(input_ids=ids, logits_to_keep=answer + 1).logits[0, :-1].float()
            whole = logits.log_softmax(-1)
            written = whole.gather(1, ids[0, -answer:, None])[:, 0]
            if alternatives is None:
                of_best, best = whole.topk(ALTERNATIVES)
            else:
                best = torch.tensor(alternatives, device=self._model.device)
                of_best = whole.gather(1, best)
            rated.append(Rated(*(array.cpu().numpy() for array in (written, best, of_best))))
        return rated

    def write_on(
        self, prompt: list[int], answer: list[int], starts: Sequence[tuple[int, int]], length: int
    ) -> list[list[int]]:
        """Goes on from places of an answer, one after the other (see `Reader`)."""
        import torch

        written = []
        for place, token in starts:
            ids = torch.tensor([[*prompt, *answer[:place], token]], device=self._model.device)
            with torch.inference_mode():
                whole = self._model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=length)
            written.append([token, *whole[0, ids.shape[1] :].tolist()])
        return written
