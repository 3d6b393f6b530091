"""Locks between processes on one computer, kept in small files beside the store.

On systems without `flock` (Windows) nothing is locked here: there an open file
cannot be replaced, and SQLite's own locks keep writers apart.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the module is absent there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAUSE = 0.02  # seconds between two attempts


def take(path: Path, *, shared: bool, patience: float) -> IO[bytes] | None:
    """Return the open file that holds the lock until closed; None if others kept it.

    Args:
        path: the lock file; made if absent.
        shared: several may hold it at once.
        patience: seconds to wait.
    """
    file = path.open("ab")
    if fcntl is None:
        return file
    deadline = time.monotonic() + patience
    kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    while True:
        try:
            fcntl.flock(file, kind)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                file.close()
                return None
            time.sleep(PAUSE)
        else:
            return file


@contextmanager
def held(path: Path, *, patience: float) -> Iterator[bool]:
    """Hold a lock alone for the block; gives whether it could be had."""
    file = take(path, shared=False, patience=patience)
    try:
        yield file is not None
    finally:
        if file is not None:
            file.close()


@contextmanager
def alone(file: IO[bytes] | None, *, patience: float) -> Iterator[bool]:
    """Hold a lock that is shared by us alone for the block; gives whether nobody else shares it."""
    if fcntl is None or file is None:
        yield fcntl is None
        return
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                fcntl.flock(file, fcntl.LOCK_SH)  # a failed change of kind may have let go of the lock
                yield False
                return
            time.sleep(PAUSE)
        else:
            break
    try:
        yield True
    finally:
        fcntl.flock(file, fcntl.LOCK_SH)
