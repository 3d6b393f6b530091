"""A shared page beside an empty Streamlit page in the same browser; fifty readers of one live link."""

from __future__ import annotations

import http.client
import random
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measuring import Table, apart, ratio, seconds
from bench.pages import load_sample
from bench.visiting import ROOT, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

READERS, CLICKS, LOADS = 50, 6, 7
_LAUNCHER = """
import streamlit as st
from pages.ui.front_door import prepare_process

app = st.App("router.py", lifespan=prepare_process)
"""
_ROUTER = 'import streamlit as st\n\nst.title("Nothing else")\n'
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def run() -> Table:
    """Return how soon a reader sees something, and what many readers do to each other."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        home = Path(folder)
        apart(load_sample, str(home / "sample"))
        (path, _) = apart(_make_link, str(home / "sample"))
        plain = home / "plain"
        plain.mkdir()
        for name, code in {"app": _LAUNCHER, "router": _ROUTER}.items():
            (plain / f"{name}.py").write_text(code)
        with (
            serving(ROOT / "streamlit_app.py", home / "sample") as (_, port),
            serving(plain / "app.py", home / "nothing") as (_, plain_port),
        ):
            shown, empty = _first_sights(f"http://localhost:{port}{path}", f"http://localhost:{plain_port}/")
            reader = _Reader(port, path)
            one = [reader.click() for _ in range(30)][5:]
            paced, failed = _crowd(port, path, pause=2.0)
            burst, failed_too = _crowd(port, path, pause=0.0)
    single = statistics.median(one)
    return Table(
        title=f"Shared links: first sight, and {READERS} readers of one live link",
        header=("what", "median", "beside", "aim"),
        rows=(
            ("empty Streamlit page, until its title stands", seconds(empty), "", ""),
            ("shared page from its link, until its title stands", seconds(shown), ratio(shown, empty), "≤ 1.5×"),
            ("one reader's click", seconds(single), "", ""),
            (f"a click while {READERS} read, one in two seconds each", seconds(statistics.median(paced)), ratio(statistics.median(paced), single), "≤ 3×"),
            (f"a click while {READERS} click without a pause", seconds(statistics.median(burst)), ratio(statistics.median(burst), single), "no error"),
            ("clicks that failed", f"{len(failed) + len(failed_too)} of {len(paced) + len(burst)}", "", "0"),
        ),
        notes=tuple(sorted({*failed, *failed_too})[:5]),
    )  # fmt: skip


def _make_link(data: str) -> str:
    from core.sharing import create_link
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{data}/plumbline.db")
    values = {"name": "Bench", "kind": "leadership", "mode": "live"}
    made = create_link(store, 1, values, now=int(time.time()))
    store.close()
    return made.path


def _first_sights(shared: str, empty: str) -> tuple[float, float]:
    """Return the median seconds until each page's title stands, in turns, each in a fresh profile."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_SWITCHES)
        spans = [(_sight(browser, shared), _sight(browser, empty)) for _ in range(LOADS)][1:]
        browser.close()
    return statistics.median(one for one, _ in spans), statistics.median(other for _, other in spans)


def _sight(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("h1").first.wait_for(timeout=60_000)
    span = time.perf_counter() - began
    context.close()
    return span


class _Reader:
    """Somebody who opened a link and clicks within it."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        answer = self._ask(path, "")
        self.place = answer.headers["location"]
        self.cookie = answer.headers["set-cookie"].partition(";")[0]

    def _ask(self, path: str, cookie: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        connection.request("GET", path, headers={"cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]  # kept for the check
        connection.close()
        return answer

    def click(self) -> float:
        """Return how many seconds the page took."""
        began = time.perf_counter()
        answer = self._ask(self.place, self.cookie)
        span = time.perf_counter() - began
        if answer.status != 200 or b"</html>" not in answer.body:  # type: ignore[attr-defined]
            msg = f"status {answer.status}"
            raise RuntimeError(msg)
        return span


def _crowd(port: int, path: str, *, pause: float) -> tuple[Sequence[float], Sequence[str]]:
    """Return the seconds of each click of many readers at once, and what failed."""
    spans: list[float] = []
    failed: list[str] = []

    def read(number: int) -> None:
        chance = random.Random(number)
        try:
            time.sleep(chance.random() * pause)
            reader = _Reader(port, path)
            for _ in range(CLICKS):
                time.sleep(chance.uniform(0.5, 1.5) * pause)
                spans.append(reader.click())
        except Exception as error:  # noqa: BLE001  (whatever fails is counted)
            failed.append(f"{type(error).__name__}: {error}"[:200])

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spans, failed
