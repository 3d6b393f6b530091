"""A real server on a free port and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One `streamlit run streamlit_app.py` with a data folder of its own."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = data.parent / "server.log"
        surroundings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        surroundings |= {"PLUMBLINE_DATA": str(data), "PYTHONPATH": str(ROOT), **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(self.port), "--server.headless", "true"],
            cwd=ROOT, env=surroundings, stdout=self.log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=20)

    def kill(self) -> None:
        """End it as a power cut would, with whatever it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server on an empty store, one for the tests of a module."""
    running = Server(tmp_path_factory.mktemp("empty") / "data")
    yield running
    running.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the data folder of a test's own server."""
    return tmp_path / "data"


@pytest.fixture
def own_server(folder: Path) -> Iterator[Callable[..., Server]]:
    """Return how to start servers of a test's own, on the test's folder; they end with the test."""
    running: list[Server] = []

    def start(data: Path = folder) -> Server:
        running.append(Server(data))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()


@pytest.fixture(scope="session")
def sample_server(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with the sample campaign, for tests that only look."""
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample_folder, data)
    running = Server(data)
    yield running
    running.stop()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return how to open a tab in a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def open_tab(**options: object) -> Page:
        contexts.append(browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options)))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = next(
        (
            shutil.which(name)
            for name in ("chromium", "chromium-browser", "google-chrome")
            if shutil.which(name)
        ),
        None,
    )
    if found is None:
        if os.environ.get("PLUMBLINE_TESTS_WITHOUT_BROWSER"):
            pytest.skip("no Chromium on this machine: browser tests skipped")
        pytest.fail(
            "No Chromium on this machine. Install it (Debian: apt-get install chromium), or set PLUMBLINE_TESTS_WITHOUT_BROWSER=1."
        )
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_SWITCHES)
        yield running
        running.close()
