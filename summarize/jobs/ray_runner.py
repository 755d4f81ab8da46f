"""A job on a Ray cluster: Ray Data's actors hold the models, this process deals out inputs and writes results.

    job.take_now() -> desk (an actor beside this process) -> read task -> blocks -> actors of map_batches -> job.put()

A row of the dataset is a batch of inputs, and becomes a row with their results. Ray restarts an actor that died and
gives it its batch again; the desk knows that it was begun before, so its inputs are done one by one, and the one that
kills an actor again fails alone. Inputs are not to blame if the whole node is gone. The read task cannot be repeated,
for it takes inputs away; where Ray would have to, it fails, and all that has no result yet is dealt out anew. So it is
if a node is gone and its actors find no other.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from summarize.errors import EngineError, InputError, JobError, SummarizeError
from summarize.jobs.digesting import Factory, Failure, Input, Result, TokenCount, digest_batch
from summarize.jobs.job import PATIENCE, Job
from summarize.jobs.ray_desk import desk_source, error_at, living_nodes, start_desk
from summarize.packages import require
from summarize.threads import available_cores, set_threads, share

OBJECT_STORE_BYTES = 200 * 2**20  # of a Ray that is started here: inputs and results in flight are small
BATCHES = 3  # of an actor: in work, waiting there, on the way; an interrupted job does them all
FRUITLESS = 3  # executions in a row that end without a new result
STALLED = 30.0  # seconds without a result, after which it is looked whether a node is gone
_TICK = 0.02


def run_on_ray(
    job: Job,
    factory: Factory,
    address: str,
    *,
    workers: int = 1,
    max_workers: int | None = None,
    threads: int | None = None,
    gpus: float = 0.0,
    batch_size: int = 8,
    expected: Mapping[str, Any] | None = None,
) -> None:
    """Runs a job on Ray until all inputs are done.

    Args:
        job: entered already; its window must exceed what the actors hold, a few batches each.
        factory: makes the digester of each actor; it must be picklable.
        address: "local" starts Ray on this machine, "auto" or an address joins a cluster that has this machine as a
            node. A Ray that this process has joined already is used as it is.
        workers: actors, or the least of them.
        max_workers: the most, if their number is to follow the load and the cluster's autoscaler.
        threads: processors of each actor; 1 if None.
        gpus: of each actor; 0.5 puts two on a GPU.
        batch_size: inputs that an actor is given at a time.
        expected: what `describe` must say of the models of a `SummarizerFactory` on every node.

    Raises:
        MissingPackageError: if Ray is not installed.
        InputError: if there is no Ray at the address.
        JobError: if a node has another model or glossary.
        EngineError: if actors die as soon as they begin, or Ray fails again and again.
        SummarizeError: whatever making a digester raises.
    """
    ray = require("ray", "ray")
    require("ray.data", "ray")
    if address.startswith("ray://"):
        raise InputError("A job must run on a node of the cluster; start it there with --ray auto, not by ray://.")
    in_work: dict[int, Input] = {}
    fruitless = 0
    with _connected(address, max(workers, max_workers or 0) * (threads or 1)):
        while not job.failed:
            again = deque(in_work[number] for number in sorted(in_work))
            desk = start_desk()
            dataset = _dataset(desk, factory, expected, workers, max_workers or workers, threads or 1, gpus)
            over, moved = threading.Event(), threading.Event()
            fed = (job, desk, in_work, again, batch_size, BATCHES * (max_workers or workers), over)
            helpers = [
                threading.Thread(target=_feed, args=fed, daemon=True),
                threading.Thread(target=_watch, args=(desk, moved, over), daemon=True),
            ]
            for helper in helpers:
                helper.start()
            try:
                for block in dataset.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                    moved.set()
                    for row in block.column("batch").to_pylist():
                        results: list[Result] = pickle.loads(row)
                        desk.end.remote(("batch", results[0].number))
                        for result in results:
                            if in_work.pop(result.number, None):
                                fruitless = 0
                                job.put(result)
                if not in_work:
                    return
            except (ray.exceptions.RayError, RuntimeError) as error:
                # Ray Data raises what happened in an actor as one of these, whatever it was.
                fruitless += 1
                if told := error_at(desk):
                    raise told from None
                if fruitless >= FRUITLESS:
                    raise EngineError(
                        f"Ray failed {fruitless} times without a result ({_first_line(error)}); look at the cluster, "
                        "then run the same command again."
                    ) from error
            finally:
                over.set()
                ray.kill(desk)
                for helper in helpers:
                    helper.join()


@contextmanager
def _connected(address: str, processors: int) -> Iterator[None]:
    import ray

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what fails is raised too
    if ray.is_initialized():
        yield
        return
    # Else Ray says in each run that an actor could not be restarted if this process were gone.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    given: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address == "local":
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine
        given |= {"include_dashboard": False, "object_store_memory": OBJECT_STORE_BYTES}
        given["num_cpus"] = max(processors, len(available_cores()))
    try:
        ray.init(address=address, **given)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise InputError(
            f"Ray at {address} cannot be joined ({_first_line(error)}); start it with `ray start`, or use --ray local."
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def _dataset(
    desk: Any,
    factory: Factory,
    expected: Mapping[str, Any] | None,
    workers: int,
    max_workers: int,
    threads: int,
    gpus: float,
) -> Any:
    """Results of what comes over the desk, lazily."""
    import ray.data

    dataset = ray.data.read_datasource(desk_source(desk), override_num_blocks=1, num_cpus=0).map_batches(
        _Digesting,
        fn_constructor_args=(desk, factory, expected, threads, gpus),
        batch_size=1,  # of rows; Ray insists on a number where there are GPUs
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=workers, max_size=max_workers, max_tasks_in_flight_per_actor=2),
        num_cpus=threads,
        num_gpus=gpus or None,
    )
    dataset.context.target_max_block_size = 1  # so that each row, a batch, is a block and goes its way at once
    dataset.context.enable_progress_bars = False
    dataset.context.print_on_execution_start = False
    return dataset


def _watch(desk: Any, moved: threading.Event, over: threading.Event) -> None:
    """Ends an execution in which nothing moves any more after a node is gone.

    A batch belongs to its actor. If the cluster has no room to start that again, Ray would wait for room forever.
    """
    import ray

    with suppress(ray.exceptions.RayError):
        while not over.wait(STALLED):
            if moved.is_set():
                moved.clear()
                continue
            if ray.get(desk.nodes.remote()) - living_nodes():
                ray.kill(desk)
                return


def _first_line(error: BaseException) -> str:
    plain = re.sub(r"\x1b\[[\d;]*m", "", str(error))
    return next((line for line in plain.splitlines() if line.strip()), type(error).__name__)[:200]


def _feed(
    job: Job,
    desk: Any,
    in_work: dict[int, Input],
    again: deque[Input],
    batch_size: int,
    batches: int,
    over: threading.Event,
) -> None:
    """Takes inputs, first those to be done again, and lays them on the desk until there are no more."""
    import ray

    batch: list[Input] = []
    since = 0.0
    # If the desk is gone, the execution has ended; those in `in_work` are dealt out anew.
    with suppress(ray.exceptions.RayError):
        while not over.is_set():
            item = None
            if again:
                item = again.popleft()
            elif len(in_work) < batches * batch_size:
                item = job.take_now()
            if item:
                in_work[item.number] = item
                since = since if batch else time.monotonic()
                batch.append(item)
            late = not item and (job.exhausted or time.monotonic() - since > PATIENCE)
            if len(batch) == batch_size or (batch and late):
                ray.get(desk.put.remote(pickle.dumps(batch)))
                batch = []
            elif item is None and not batch and job.exhausted and not again:
                ray.get(desk.put.remote(None))
                return
            elif item is None:
                time.sleep(_TICK)


class _Digesting:
    """What an actor of `map_batches` is: models, and batches in and results out."""

    def __init__(
        self, desk: Any, factory: Factory, expected: Mapping[str, Any] | None, threads: int, gpus: float
    ) -> None:
        import ray

        self._desk = desk
        context = ray.get_runtime_context()
        actor, self._node = context.get_actor_id(), context.get_node_id()
        seat = ray.get(desk.seat.remote(self._node, actor))
        if not gpus:
            set_threads(*share(1, seat, threads))
        self._tokens = TokenCount()
        try:
            if expected is not None:
                _require_same(factory, expected, self._node)
            self._digester = factory(self._tokens)
        except SummarizeError as error:
            ray.get(desk.loaded.remote(actor, error))
            raise
        except Exception as error:
            told = EngineError(f"An actor could not begin: {type(error).__name__}: {error}")
            ray.get(desk.loaded.remote(actor, told))
            raise
        ray.get(desk.loaded.remote(actor))

    def __call__(self, block: Any) -> Any:
        import pyarrow

        rows = [pickle.dumps(self._digest(pickle.loads(row))) for row in block.column("batch").to_pylist()]
        return pyarrow.table({"batch": rows})

    def _digest(self, inputs: Sequence[Input]) -> list[Result]:
        import ray

        if ray.get(self._desk.begin.remote(("batch", inputs[0].number), self._node)):
            return digest_batch(self._digester, inputs, self._tokens)
        results: list[Result] = []
        for item in inputs:
            alone = ("alone", item.number)
            if ray.get(self._desk.begin.remote(alone, self._node)):
                results += digest_batch(self._digester, [item], self._tokens)
                ray.get(self._desk.end.remote(alone))
            else:
                message = "The actor that worked on it died, twice; it may need too much memory."
                results.append(Result(item.number, failure=Failure("worker died", message)))
        return results


def _require_same(factory: Any, expected: Mapping[str, Any], node: str) -> None:
    """Sees to it that results do not depend on where they are made."""
    from summarize.jobs.runner import describe

    found = describe(factory.options)
    for name, value in expected.items():
        if found.get(name) != value:
            raise JobError(
                f"On the node {node} {name} is {found.get(name)!r}, not {value!r}; put the same files on all nodes."
            )
