"""Doing a thing once for all who ask for it at the same time, without a thread waiting for each of them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

V = TypeVar("V")


class Together(Generic[V]):
    """Does things in threads of its own, the same thing never twice at once."""

    def __init__(self, name: str, *, threads: int) -> None:
        """Use at most so many threads."""
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._busy: set[Hashable] = set()
        self._waiting: dict[Hashable, Future[V]] = {}
        self._running: dict[Hashable, Future[V]] = {}

    async def afresh(self, key: Hashable, work: Callable[[], V]) -> V:
        """Return what the work answers, begun after this was asked: never an answer from before.

        Who asks while it is being done waits for the next time, which answers all of them.
        """
        with self._lock:
            coming = self._waiting.get(key)
            if coming is None:
                coming = self._waiting[key] = Future()
            is_first = key not in self._busy
            if is_first:
                self._busy.add(key)
        if is_first:
            self._pool.submit(self._rounds, key, work)
        return await _answer_of(coming)

    async def once(self, key: Hashable, work: Callable[[], V]) -> V:
        """Return what the work answers; who asks while it is being done gets the same answer.

        For work whose key says all it depends on.
        """
        with self._lock:
            running = self._running.get(key)
            if running is None:
                running = self._running[key] = Future()
                self._pool.submit(self._once, key, running, work)
        return await _answer_of(running)

    def _rounds(self, key: Hashable, work: Callable[[], V]) -> None:
        while True:
            with self._lock:
                asked = self._waiting.pop(key, None)
                if asked is None:
                    self._busy.discard(key)
                    return
            _do(asked, work)

    def _once(self, key: Hashable, running: Future[V], work: Callable[[], V]) -> None:
        try:
            _do(running, work)
        finally:
            with self._lock:
                self._running.pop(key, None)


def _do(asked: Future[V], work: Callable[[], V]) -> None:
    try:
        asked.set_result(work())
    except Exception as problem:  # noqa: BLE001  (whoever asked raises it)
        asked.set_exception(problem)


async def _answer_of(coming: Future[V]) -> V:
    """Wait for an answer; one who gives up waiting takes it from nobody else."""
    return await asyncio.shield(asyncio.wrap_future(coming))
