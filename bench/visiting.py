"""A server of its own and a visitor who speaks to it as a browser does, without drawing."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds


@contextmanager
def serving(script: Path, data: Path) -> Iterator[tuple[int, int]]:
    """Give process id and port of `streamlit run script`, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {"PLUMBLINE_DATA": str(data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.headless", "true"],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port)
        yield process.pid, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError


def cpu_of(pid: int) -> float:
    """Return the processor seconds of another process so far, its ended threads included."""
    return time.clock_gettime((~pid << 3) | 2)  # the number of a process's clock, see clock_getcpuclockid(3)


def rerun_cpu(pid: int, port: int, page: str, query: str = "", *, times: int = 30) -> tuple[float, int, str]:
    """Return the median processor seconds of a rerun of a page, its bytes, and the error it showed."""
    address = f"ws://localhost:{port}/_stcore/stream"
    origin = f"http://localhost:{port}"
    with connect(address, origin=origin, subprotocols=["streamlit"], max_size=None) as line:  # type: ignore[list-item,arg-type]  # new types of text
        for _ in range(3):  # fills the caches
            _, error = _rerun(line, page, query)
        spans, sizes = [], []
        for _ in range(times):
            time.sleep(0.03)  # what a run leaves to be done belongs to that run
            before = cpu_of(pid)
            size, error = _rerun(line, page, query)
            time.sleep(0.03)
            spans.append(cpu_of(pid) - before)
            sizes.append(size)
    return statistics.median(spans), int(statistics.median(sizes)), error


def _rerun(line: ClientConnection, page: str, query: str) -> tuple[int, str]:
    """Return the bytes that came and the error shown, when the page has been run."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    message.rerun_script.context_info.locale = "en-US"
    line.send(message.SerializeToString())
    size, error = 0, ""
    while True:
        data = line.recv(timeout=PATIENCE)
        answer = ForwardMsg()
        answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
        size += len(data)
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") in {"exception", "alert"}:
            element = answer.delta.new_element
            error = error or str(element.alert.body or element.exception.message)[:60]
        if kind == "script_finished" and answer.script_finished in {0, 1}:
            return size, error
