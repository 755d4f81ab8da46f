"""The desk of a job on Ray: an actor with which batches lie until they are read, and which knows what is in work."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal

from summarize.errors import EngineError, SummarizeError

STILLBORN = 3  # times that an actor may die while it loads its models

_Work = tuple[Literal["batch", "alone"], int]  # a batch by its first input, or an input that is done alone


class _Desk:
    """Where batches lie until they are read, and what is known of actors and batches that were begun."""

    def __init__(self) -> None:
        self._batches: asyncio.Queue[bytes | None] = asyncio.Queue(2)
        self._opened = False
        self._begun: dict[_Work, str] = {}  # what is in work, and on which node
        self._starts: Counter[str] = Counter()  # of actors that have not loaded their models
        self._seats: dict[str, list[str]] = {}  # actors of each node
        self._places: dict[str, str] = {}  # the node on which each actor began last
        self._error: SummarizeError | None = None

    async def put(self, batch: bytes | None) -> None:
        """Lays a batch down, once there is room; None closes the desk."""
        await self._batches.put(batch)

    async def open(self) -> bool:
        """Whether a read task is the first to come."""
        first, self._opened = not self._opened, True
        return first

    async def get(self) -> bytes | None:
        """The next batch, once there is one."""
        return await self._batches.get()

    async def begin(self, work: _Work, node: str) -> bool:
        """Notes that work is begun; False if an actor died of it, and not because its node is gone."""
        before, self._begun[work] = self._begun.get(work), node
        return before is None or before not in living_nodes()

    async def end(self, work: _Work) -> None:
        """Nobody died of it."""
        self._begun.pop(work, None)

    async def seat(self, node: str, actor: str) -> int:
        """A number of an actor among those of its node, which begins; it keeps it when it begins again."""
        self._starts[actor] += 1
        if self._starts[actor] > STILLBORN:
            self._error = EngineError(
                f"An actor died {STILLBORN} times as it began; use fewer --workers on a node or a smaller model, then "
                "run the same command again."
            )
            raise self._error
        self._places[actor] = node
        seats = self._seats.setdefault(node, [])
        if actor not in seats:
            seats.append(actor)
        return seats.index(actor)

    async def nodes(self) -> set[str]:
        """The nodes of the actors."""
        return set(self._places.values())

    async def loaded(self, actor: str, error: SummarizeError | None = None) -> None:
        """An actor has its models, or will never have them because of an error."""
        self._starts[actor] = 0
        self._error = self._error or error

    async def error(self) -> SummarizeError | None:
        """Why the job cannot go on, if an actor knows."""
        return self._error


def start_desk() -> Any:
    """A desk on this node."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    return ray.remote(_Desk).options(num_cpus=0, max_concurrency=1000, scheduling_strategy=here).remote()


def desk_source(desk: Any) -> Any:
    """A datasource whose one read task, on this node, gives the batches that are put on a desk until it is closed."""
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    def read() -> Iterator[Any]:
        import pyarrow
        import ray

        if not ray.get(desk.open.remote()):
            raise RuntimeError("The inputs that were read cannot be read again.")
        while (batch := ray.get(desk.get.remote())) is not None:
            yield pyarrow.table({"batch": [batch]})

    class DeskSource(Datasource):  # type: ignore[misc]
        supports_distributed_reads = False

        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[Any]:
            return [ReadTask(read, BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None))]

    return DeskSource()


def error_at(desk: Any) -> SummarizeError | None:
    """Why the job cannot go on, if the desk is there and knows."""
    import ray

    with suppress(ray.exceptions.RayError):
        error: SummarizeError | None = ray.get(desk.error.remote(), timeout=10)
        return error
    return None


def living_nodes() -> set[str]:
    """The nodes of the cluster that are not gone."""
    import ray

    return {node["NodeID"] for node in ray.nodes() if node["Alive"]}
