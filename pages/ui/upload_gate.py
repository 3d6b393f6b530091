"""Who may send files: only sessions for which an upload box was drawn, and only so much at once.

Streamlit takes files from every open session, also from one that sees nothing but the way
to sign in; they wait in memory. A page that draws an upload box opens the gate first.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from streamlit.runtime.scriptrunner import get_script_run_ctx

MEGABYTE = 1024 * 1024
MOST_FILES = 100  # waiting at once in one session
MOST_BYTES = 600 * MEGABYTE
_LASTS = 12 * 3600  # seconds
_MOST_SESSIONS = 2_000


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """What a session has sent that nobody has taken yet."""

    until: float
    sizes: dict[str, int] = field(default_factory=dict)


class Gate:
    """Sessions that may send files. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin closed."""
        self._lock = threading.Lock()
        self._open: OrderedDict[str, _Waiting] = OrderedDict()

    def open_for(self, session: str) -> None:
        """Let a session send files from now on."""
        with self._lock:
            waiting = self._open.setdefault(session, _Waiting(until=0.0))
            waiting.until = time.monotonic() + _LASTS
            self._open.move_to_end(session)
            while len(self._open) > _MOST_SESSIONS:
                self._open.popitem(last=False)

    def take(self, session: str, file: str, size: int) -> str:
        """Return why a file may not come in: '' when it may, else `closed` or `full`."""
        with self._lock:
            waiting = self._open.get(session)
            if waiting is None or waiting.until < time.monotonic():
                return "closed"
            others = {name: held for name, held in waiting.sizes.items() if name != file}
            if len(others) >= MOST_FILES or sum(others.values()) + size > MOST_BYTES:
                return "full"
            waiting.sizes[file] = size
            return ""

    def let_go(self, session: str, file: str | None = None) -> None:
        """Forget a file that was taken or removed; None forgets all of the session."""
        with self._lock:
            waiting = self._open.get(session)
            if waiting is None:
                return
            if file is None:
                waiting.sizes.clear()
            else:
                waiting.sizes.pop(file, None)

    def is_open_for(self, session: str) -> bool:
        """Return whether a session may send files."""
        with self._lock:
            waiting = self._open.get(session)
            return waiting is not None and waiting.until >= time.monotonic()


GATE = Gate()


def open_gate() -> None:
    """Let this session send files; called by whoever draws an upload box for somebody who may use it."""
    context = get_script_run_ctx()
    if context is not None:
        GATE.open_for(context.session_id)


def forget_taken() -> None:
    """Make room again after the files of this session were taken over."""
    context = get_script_run_ctx()
    if context is not None:
        GATE.let_go(context.session_id)
