"""transformers' continuous batching: paged keys and values, requests that join and leave at any step.

Its batch is advanced here step by step, not by the thread that transformers offers: what is in a batch then depends on
the requests alone, so that the same requests in the same order give the same answers, and an error comes out where it
is. For the same reason no prompt prefix is shared, as a shared one rounds differently.

This is the path of causal models on CUDA. It was tested on a CPU, with tiny models; it has not been run or timed on a
GPU.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import Any

from summarize.engines.budget import Budget
from summarize.engines.loop import is_loop

PAGE = 256  # tokens of a page of memory where flash attention reads it
SMALL_PAGE = 32  # elsewhere: less of it stays empty
BATCH = 256  # requests that run at a time: each has a row of logits, as long as the vocabulary


def can_batch(model: Any) -> bool:
    """Whether transformers can batch a causal model so: it must know how to page each of its kinds of attention."""
    from transformers.generation.continuous_batching import cache

    try:
        cache.group_layers_by_attn_type(model.config.get_text_config())
    except ValueError:
        return False
    return bool(model.config._attn_implementation == "sdpa")


class ContinuousBatch:
    """The running batch of a causal model of transformers. Its memory is taken at the first step.

    Args:
        model: loaded, in evaluation mode.
        settings: transformers' generation settings: greedy, with the tokens that end an answer.
        budget: tokens of prompts read in a step, and tokens whose keys and values memory is taken for.
        mask: given the size of the vocabulary, the row that is added to the scores of a request that may only write
            Latin script.
    """

    def __init__(self, model: Any, settings: Any, budget: Budget, mask: Callable[[int], Any]) -> None:
        from transformers.utils.import_utils import is_flash_attn_2_available

        self._model = model
        self._settings = settings
        self._mask = mask
        self.budget = budget
        self._requests: dict[int, tuple[list[int], int, bool]] = {}  # those without an answer
        self._manager: Any = None
        # Never the kernels that transformers would fetch from the hub.
        self._page = SMALL_PAGE
        if model.device.type == "cuda" and is_flash_attn_2_available():
            self._page = PAGE
            model.set_attn_implementation("flash_attention_2")
        # What it logs of a full card is a traceback.
        logging.getLogger("ContinuousBatchingLogger").setLevel(logging.CRITICAL)

    def add(self, number: int, ids: list[int], limit: int, latin: bool) -> None:
        """Adds a request that may write `limit` tokens."""
        self._requests[number] = (ids, limit, latin)
        if self._manager:
            self._pass_on(number)

    def clear(self) -> None:
        """Drops all requests, and gives the memory back."""
        self._requests.clear()
        self._manager = None
        gc.collect()

    def step(self) -> list[tuple[int, list[int]]]:
        """Reads prompts and writes a token of each request that runs.

        Returns:
            The numbers of those that are done or loop, with the tokens written, an end token among them.

        Raises:
            MemoryError: if the card's memory does not hold the longest request.
        """
        import torch

        while self._requests:  # a full card halves the budget, and all that runs is begun again
            try:
                return self._advance()
            except (torch.cuda.OutOfMemoryError, MemoryError):
                if self.budget.live // 2 < max(len(ids) + limit for ids, limit, _ in self._requests.values()):
                    raise MemoryError from None
            # Not in the handler: there the error still holds the tensors of the step that failed.
            self.budget = Budget(max(self.budget.prompt // 2, 1), self.budget.live // 2)
            self._manager = None
            gc.collect()
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
        return []

    def _advance(self) -> list[tuple[int, list[int]]]:
        if self._manager is None:
            self._manager = self._begin()
            for number in self._requests:
                self._pass_on(number)
        batch = self._manager.batch_processor
        if batch.prepare_next_batch():
            batch._generation_step(self._model)
            batch.update_batch()
        done: list[tuple[int, list[int]]] = []
        while result := self._manager.get_result():
            if result.error:
                raise RuntimeError(result.error)
            number = int(result.request_id)
            del self._requests[number]
            done.append((number, result.generated_tokens))
        for number in list(self._requests):
            state = batch.scheduler.active_requests.get(str(number))
            written = state.to_generation_output().generated_tokens if state else []
            if is_loop(written):
                self._manager.cancel_request(str(number))
                del self._requests[number]
                done.append((number, written))
        return done

    def _begin(self) -> Any:
        from transformers import ContinuousBatchingConfig, LogitsProcessorList
        from transformers.generation.continuous_batching.cb_logits_processors import (
            ContinuousBatchingLogitsProcessorList,
        )

        config = ContinuousBatchingConfig(
            page_size=self._page,
            num_blocks=-(-self.budget.live // self._page),
            max_batch_tokens=self.budget.prompt,
            max_requests_per_batch=BATCH,
            max_memory_percent=1.0,
            safety_margin=0.0,  # the scheduler gives no more than there is room for
            allow_block_sharing=False,
            use_async_batching=False,
            auto_switch_to_flash=False,
        )
        manager = self._model.init_continuous_batching(self._settings, config)
        mask = self._mask(self._model.config.get_text_config().vocab_size)
        processors = ContinuousBatchingLogitsProcessorList(LogitsProcessorList([_latin_only(mask)]))
        processors.tensors_required = 1
        manager.logit_processor = processors
        manager.batch_processor = manager._create_batch_processor()
        return manager

    def _pass_on(self, number: int) -> None:
        ids, limit, latin = self._requests[number]
        self._manager.add_request(ids, request_id=str(number), max_new_tokens=limit, latin=latin)


def _latin_only(mask: Any) -> Any:
    """What keeps the requests that ask for it in Latin script."""
    import torch
    from transformers.generation.continuous_batching.cb_logits_processors import ContinuousBatchingLogitsProcessor

    class LatinOnly(ContinuousBatchingLogitsProcessor):  # type: ignore[misc]
        supported_kwargs = {"latin": bool}  # noqa: RUF012
        ignored_kwargs = ()

        def fill_defaults(self, int32_tensor: Any) -> None:
            int32_tensor.zero_()

        def prepare_tensor_args(self, requests_with_new_token: list[Any]) -> Any:
            asked = [request.state.logit_processor_kwargs.get("latin", False) for request in requests_with_new_token]
            return torch.tensor(asked, dtype=torch.int32)

        def __call__(self, scores: Any, tensor_arg: Any) -> Any:
            asked = tensor_arg[: scores.size(0)].unsqueeze(-1).bool()
            return torch.where(asked, scores + mask, scores)

    return LatinOnly()
