"""Time, memory and fresh processes for the measures."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MEGABYTE = 1_000_000
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SAMPLE_SECONDS = 0.02


@dataclass(kw_only=True)
class Span:
    """What a stretch of work took.

    Attributes:
        cpu: seconds of processor time, child processes that ended included.
        wall: seconds by the clock.
    """

    cpu: float = 0.0
    wall: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Table:
    """A small table of results.

    Attributes:
        title: what was measured.
        header: column names.
        rows: cells as text.
        notes: sentences below it.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())

    def text(self) -> str:
        """Return the table in Markdown, aligned for reading in a terminal."""
        rows = [list(self.header), *map(list, self.rows)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(self.header))]
        lines = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            for row in rows
        ]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join([f"\n## {self.title}\n", *lines, *(f"\n{note}" for note in self.notes)])


def cpu_now() -> float:
    """Return the processor seconds of this process and of its children that ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@contextmanager
def measured() -> Iterator[Span]:
    """Give a span that is filled when the block ends."""
    gc.collect()
    span = Span()
    cpu, wall = cpu_now(), time.perf_counter()
    yield span
    span.cpu, span.wall = cpu_now() - cpu, time.perf_counter() - wall


def ratio(one: float, other: float) -> str:
    """Return how many times the other one is."""
    return f"{one / other:.2f}×" if other else "–"


def seconds(amount: float) -> str:
    """Return seconds as shown in the tables."""
    return f"{amount:.2f} s" if amount >= 1 else f"{amount * 1000:.1f} ms"


def megabytes(amount: float) -> str:
    """Return bytes as megabytes."""
    return f"{amount / MEGABYTE:,.0f} MB"


def apart(work: Callable[..., Any], *arguments: Any) -> tuple[Any, int]:
    """Return what a function answers in a fresh process, and the most memory it and its children held.

    The memory is what lies in RAM for all of them together, looked at fifty times a second.
    """
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sending, work, arguments))
    process.start()
    sending.close()
    ended = threading.Event()
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, ended, peak), daemon=True)
    watcher.start()
    try:
        answer = receiving.recv()
    finally:
        process.join()
        ended.set()
        watcher.join()
    return answer, peak[0]


def _answer(sending: Any, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    sending.send(work(*arguments))


def _watch(pid: int, ended: threading.Event, peak: list[int]) -> None:
    while not ended.wait(_SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(_resident(one) for one in _family(pid)))


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    family = [pid]
    for one in family:
        with suppress(OSError):  # it may end while it is looked at
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                family += map(int, children.read_text().split())
    return family


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
