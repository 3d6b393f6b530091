"""Files that wait in memory between being looked at and being imported; nothing of them is on disk."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.imports.file_review import FileReview
    from core.imports.receipt import Receipt
    from core.store.engine import Store

MOST_WAITING = 400_000_000  # bytes of files that wait in one server process; the oldest drop gives way
AT_ONCE = 2  # imports that read at the same time; each has a child process of its own
PROCESS = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True, kw_only=True)
class Drop:
    """What the server process keeps of one drop of files.

    Attributes:
        reviews: the files, in the order handed in.
        receipts: of those imported.
        failures: file -> why it was not imported.
        done: files finished in the present step.
        total: files of the present step.
        name: the file being worked on.
        is_running: whether a thread works on it.
        stop: set when somebody cancels.
        at: moment it came in, for giving way to newer ones.
    """

    reviews: tuple[FileReview, ...] = ()
    receipts: list[Receipt] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    name: str = ""
    is_running: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    at: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """Return the bytes of the files that still wait."""
        return sum(review.size for review in self.reviews if review.material is not None)


class Drops:
    """The drops of this server process, of all stores and people."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._drops: dict[tuple[str, int], Drop] = {}
        self.slots = threading.BoundedSemaphore(AT_ONCE)

    def add(self, store: Store, job_id: int, drop: Drop) -> list[int]:
        """Keep a drop; return the jobs of the same store whose drops had to give way."""
        with self._lock:
            self._drops[place_of(store), job_id] = drop
            return self._make_room(place_of(store), job_id)

    def make_room(self, store: Store, job_id: int) -> list[int]:
        """Return the jobs whose drops give way now that this one is known in size."""
        with self._lock:
            return self._make_room(place_of(store), job_id)

    def get(self, store: Store, job_id: int) -> Drop | None:
        """Return a drop, None when this process does not hold it."""
        return self._drops.get((place_of(store), job_id))

    def remove(self, store: Store, job_id: int) -> None:
        """Let go of a drop."""
        with self._lock:
            self._drops.pop((place_of(store), job_id), None)

    def of_store(self, store: Store) -> dict[int, Drop]:
        """Return the drops of one store by job."""
        with self._lock:
            return {job: drop for (place, job), drop in self._drops.items() if place == place_of(store)}

    def _make_room(self, place: str, job_id: int) -> list[int]:
        gone: list[int] = []
        waiting = sorted((drop.at, key) for key, drop in self._drops.items() if not drop.is_running)
        for _, key in waiting:
            if sum(drop.size for drop in self._drops.values()) <= MOST_WAITING:
                break
            if key != (place, job_id) and self._drops[key].size:
                del self._drops[key]
                gone += [key[1]] if key[0] == place else []
        return gone


def place_of(store: Store) -> str:
    """Return what tells one store from another within a process."""
    return str(store.home.address)


DROPS = Drops()
