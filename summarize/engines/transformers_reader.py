"""A causal model that reads texts and rates their tokens: Hugging Face transformers on torch, CPU or CUDA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarize.engines import Device
from summarize.engines.loading import context_of, load_on
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

    def rate(
        self, prefix: list[int], rests: Sequence[list[int]], answers: Sequence[int], alternatives: Any = None
    ) -> list[Rated]:
        """Reads several texts that begin alike (see `Reader`)."""
        import torch

        rated: list[Rated] = []
        done = 0
        for rest, answer in zip(rests, answers, strict=True):
            ids = torch.tensor([[*prefix, *rest]], device=self._model.device)
            with torch.inference_mode():
                logits = self._model(input_ids=ids, logits_to_keep=answer + 1).logits[0, :-1].float()
            whole = logits.log_softmax(-1)
            written = whole.gather(1, ids[0, -answer:, None])[:, 0]
            if alternatives is None:
                of_best, best = whole.topk(ALTERNATIVES)
            else:
                best = torch.tensor(alternatives[done : done + answer], device=self._model.device)
                of_best = whole.gather(1, best)
            rated.append(Rated(*(array.cpu().numpy() for array in (written, best, of_best))))
            done += answer
        return rated
