"""Many cores, many machines: a pool of processes here, or the workers of a Dask cluster elsewhere.

Both have `.map`, give answers back in order, and never change one: what a worker does depends on its task alone. So a
worker that is lost costs time and no answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_RETRIES: Final = 10


class Serial:
    """Counts one after the other, in this process."""

    def map(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Return the answer for each item, in order."""
        return map(function, items)


class Processes:
    """Processes on this machine. One that is lost, such as to a lack of memory, is replaced and its work done again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pool = self._started()

    def map(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Return the answer for each item, in order, as they come; BrokenProcessPool when every process is lost."""
        left = list(items)
        for turn in range(_RETRIES + 1):
            try:
                for answer in self.pool.map(function, left):
                    yield answer
                    left = left[1:]
                return
            except BrokenProcessPool:
                if turn == _RETRIES:
                    raise
                self.close()
                self.pool = self._started()

    def close(self) -> None:
        """Let the processes go."""
        self.pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))


@contextmanager
def processes(workers: int | None = None) -> Iterator[Processes | Serial]:
    """Give processes, by default one for each core; with one worker everything happens in this process.

    Workers start fresh and with one thread each: more would only wait for each other.
    """
    count = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    if count == 1:
        yield Serial()
        return
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    pool = Processes(count)
    try:
        yield pool
    finally:
        pool.close()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


class Cluster:
    """The workers of a Dask cluster. One that is lost costs time and no answer: its tasks go to the others."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def map(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Return the answer for each item, in order, as they come."""
        asked: Sequence[Any] = self.client.map(function, list(items), retries=_RETRIES, pure=False)
        for future in asked:
            yield future.result()


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Give the workers of the Dask scheduler at an address such as tcp://10.0.0.5:8786."""
    from distributed import Client  # noqa: PLC0415 (an optional extra, for who has more than one machine)

    with Client(address) as client:  # type: ignore[no-untyped-call]
        yield Cluster(client)
