"""How many tokens an engine is given at a time. This, and not a number of requests, bounds the memory it works in."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """What an engine takes; a single request that is larger runs alone.

    Attributes:
        prompt: prompt tokens that it is given before each of its steps (prefill). The last request may exceed it.
        live: tokens of all requests in work, prompts and answers at their longest (decode): each token of them holds
            its keys and values in memory.
        requests: in work at a time. What more there is waits in the scheduler, where older articles go first.
    """

    prompt: int
    live: int
    requests: int = sys.maxsize


def tokens_in(memory: float, token: int) -> int:
    """How many tokens of so many bytes fit into `memory` GiB; at least one."""
    return max(int(memory * 2**30) // token, 1)
