"""Runs the child process that reads files: bytes in, tables out, ended when time is up."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess  # the child is our own code with a fixed command line
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import Place, PlumblineError, refusal
from core.imports.limits import MEGABYTE, Limits
from core.imports.wire import read_head

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = "import sys; sys.path.insert(0, sys.argv[1]); from core.imports.child import main; main()"
_POLL_SECONDS = 0.02
_MEMORY_FLOOR = 2_000 * MEGABYTE
_MEMORY_TIMES = 12  # what reading takes at most, as a multiple of the unpacked bytes
_SECONDS_PER_MB = 0.6


def run_child(
    data: bytes,
    form: str,
    file: str,
    *,
    unpacked: int,
    encoding: str,
    limits: Limits,
    cancelled: Callable[[], bool] | None,
) -> tuple[Mapping[str, Any], memoryview]:
    """Return the head of the child's answer and its columns.

    Args:
        data: bytes of the file.
        form: text | json | workbook.
        file: display name, for messages.
        unpacked: bytes once unpacked, from which memory and time follow.
        encoding: what a person chose, '' to decide by the bytes.
        limits: sizes to hold.
        cancelled: asked every few milliseconds whether to stop; None never stops.

    Raises:
        PlumblineError: `reading-cancelled`, `reading-too-long`, `reading-failed`.
    """
    more = int(unpacked / MEGABYTE * _SECONDS_PER_MB)
    order = {
        "form": form,
        "encoding": encoding,
        "limits": asdict(limits),
        "memory": _MEMORY_FLOOR + _MEMORY_TIMES * unpacked,
        "cpu_seconds": limits.cpu_seconds + more,
        "size": len(data),
    }
    child = subprocess.Popen(  # noqa: S603  (fixed command: our interpreter, our module)
        [sys.executable, "-I", "-c", _COMMAND, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        start_new_session=True,
    )
    answer: list[bytes] = []
    feeder = threading.Thread(
        target=_feed, args=(child, json.dumps(order).encode() + b"\n", data), daemon=True
    )
    taker = threading.Thread(target=_take, args=(child, answer), daemon=True)
    feeder.start()
    taker.start()
    place = Place(file=file)
    try:
        _watch(taker, limits.wall_seconds + more, cancelled, place)
        child.wait(timeout=10)
    finally:
        _end(child)
        feeder.join(timeout=5)
        taker.join(timeout=5)
    body = memoryview(answer[0] if answer else b"")
    found = read_head(body)
    if child.returncode != 0 or found is None:
        raise _failed(child.returncode, place)
    head, start = found
    return head, body[start:]


def _feed(child: subprocess.Popen[bytes], order: bytes, data: bytes) -> None:
    """Write the order and the bytes; a child that has died no longer listens."""
    if child.stdin is None:
        return
    with contextlib.suppress(OSError, ValueError), child.stdin:
        child.stdin.write(order)
        child.stdin.write(data)


def _take(child: subprocess.Popen[bytes], answer: list[bytes]) -> None:
    """Keep all that the child writes, past the buffer, which would hold the answer twice for a moment."""
    if child.stdout is not None:
        pipe: Any = child.stdout  # a BufferedReader; the stubs name only what all pipes can do
        with contextlib.suppress(OSError, ValueError), pipe:
            answer.append(pipe.raw.readall())


def _watch(
    taker: threading.Thread, seconds: float, cancelled: Callable[[], bool] | None, place: Place
) -> None:
    """Return when the answer is complete.

    Raises:
        PlumblineError: when cancelled or out of time.
    """
    end = time.monotonic() + seconds
    while taker.is_alive():
        taker.join(timeout=_POLL_SECONDS)
        if cancelled is not None and cancelled():
            raise refusal("reading-cancelled", "Reading was cancelled; nothing was stored.", "", place)
        if time.monotonic() > end:
            raise refusal(
                "reading-too-long",
                f"Reading the file took longer than {seconds:.0f} seconds and was stopped.",
                "Export a shorter period, or as CSV, and upload that.",
                place,
            )


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, if it still runs."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=10)


def _failed(code: int | None, place: Place) -> PlumblineError:
    """Return the refusal of a file that brought its reader down."""
    out_of_time = hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU
    if out_of_time:
        return refusal(
            "reading-too-long",
            "Reading the file took too long and was stopped.",
            "Export a shorter period, or as CSV, and upload that.",
            place,
        )
    return refusal(
        "reading-failed",
        "The file could not be read: it is damaged, or needs far more memory than its size suggests.",
        "Open it in a spreadsheet, copy the table into a new file, and upload that.",
        place,
    )
