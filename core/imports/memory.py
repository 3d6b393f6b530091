"""Giving memory back after a large file: Arrow and the C library would keep hundreds of megabytes."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> None:
    """Give back what is free; slow enough that it is done a few times per file and not per row."""
    pa.default_memory_pool().release_unused()
    _trim()()


@cache
def _trim() -> Callable[[], object]:
    """Return glibc's `malloc_trim`; nothing to do where the C library is another one."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # musl, macOS, Windows
        return lambda: None
    return lambda: trim(0)
