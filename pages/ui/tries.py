"""How often an address tried a link or password that does not open, so that guessing stays hopeless."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_FAILURES = 20
WITHIN = 600.0  # seconds
_MOST_ADDRESSES = 10_000


class Tries:
    """Counts failures by address within the last ten minutes. Safe to share between threads."""

    def __init__(self, most: int = MOST_FAILURES, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow at most so many failures."""
        self._most, self._clock = most, clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def is_stopped(self, address: str) -> bool:
        """Return whether an address has failed too often to be answered now."""
        with self._lock:
            return len(self._recent(address)) >= self._most

    def failed(self, address: str) -> bool:
        """Count a failure; return whether it is the one that stops the address."""
        with self._lock:
            recent = self._recent(address)
            recent.append(self._clock())
            self._failures[address] = recent
            self._failures.move_to_end(address)
            while len(self._failures) > _MOST_ADDRESSES:
                self._failures.popitem(last=False)
            return len(recent) == self._most

    def _recent(self, address: str) -> deque[float]:
        """Return the moments of the failures that still count."""
        found = self._failures.get(address, deque(maxlen=self._most))
        while found and self._clock() - found[0] > WITHIN:
            found.popleft()
        return found
