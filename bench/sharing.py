"""A shared page beside an empty Streamlit page in the same browser; fifty readers of one live link."""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measuring import Table, apart, ratio, seconds
from bench.pages import load_sample
from bench.visiting import ROOT, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READERS, CLICKS, LOADS, ALONE = 50, 20, 7, 100
_BARE = "/_stcore/health"  # the least that this server takes to answer anything
_QUEUE = (
    f"Who clicks without a pause waits for the others: {READERS} at once take the server {READERS} answers. "
    "So the crowd is held against the same crowd at an address where the server does nothing."
)
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
            alone = asyncio.run(_alone(port, path))
            paced, failed, _ = asyncio.run(_crowd(port, path, pause=2.0))
            burst, failed_too, _ = asyncio.run(_crowd(port, path))
            bare, _, _ = asyncio.run(_crowd(port, path, place=_BARE))
            alone += asyncio.run(_alone(port, path))
    single, crowded, least = (statistics.median(each) for each in (alone, burst, bare))
    return Table(
        title=f"Shared links: first sight, and {READERS} readers of one live link",
        header=("what", "median", "beside", "aim"),
        rows=(
            ("empty Streamlit page, until its title stands", seconds(empty), "", ""),
            ("shared page from its link, until its title stands", seconds(shown), ratio(shown, empty), "≤ 1.5×"),
            ("one reader's click", seconds(single), "", ""),
            (f"a click while {READERS} read, one in two seconds each", seconds(statistics.median(paced)), ratio(statistics.median(paced), single), "≤ 3×"),
            (f"a click while {READERS} click without a pause", seconds(crowded), ratio(crowded, single), ""),
            (f"{_BARE} while {READERS} ask without a pause", seconds(least), ratio(least, single), ""),
            ("a click beside that", "", ratio(crowded, least), "≤ 2×"),
            ("clicks that failed", f"{len(failed) + len(failed_too)} of {len(paced) + len(burst)}", "", "0"),
        ),
        notes=(_QUEUE, *sorted({*failed, *failed_too})[:5]),
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
    """Somebody who opened a link and clicks within it: one connection, and the cookies a browser would hold."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    async def open(self, path: str) -> None:
        """Follow a link to its report."""
        self._reading, self._writing = await asyncio.open_connection("localhost", self.port)
        _, headers = await self._ask(path)
        self.place = headers["location"]

    async def click(self, place: str = "") -> float:
        """Return how many seconds a page took: that of the link, or another one."""
        began = time.perf_counter()
        status, _ = await self._ask(place or self.place)
        span = time.perf_counter() - began
        if status != 200:
            msg = f"status {status}"
            raise RuntimeError(msg)
        return span

    async def _ask(self, path: str) -> tuple[int, dict[str, str]]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Encoding: gzip"]
        lines += [f"Cookie: {held}"] if held else []
        self._writing.write("\r\n".join([*lines, "", ""]).encode())
        head = (await self._reading.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(": ")[::2] for line in head[1:] if line]
        headers = {name.lower(): value for name, value in pairs}
        for name, value in pairs:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition(";")[0].partition("=")
                self.cookies[key] = rest
        await self._body(headers)
        return int(head[0].split()[1]), headers

    async def _body(self, headers: dict[str, str]) -> None:
        if "content-length" in headers:
            await self._reading.readexactly(int(headers["content-length"]))
            return
        while size := int(await self._reading.readline(), 16):
            await self._reading.readexactly(size + 2)
        await self._reading.readline()

    def close(self) -> None:
        """Let go of the connection."""
        self._writing.close()


async def _alone(port: int, path: str) -> list[float]:
    """Return the seconds of each click of somebody who reads alone."""
    reader = _Reader(port)
    await reader.open(path)
    spans = [await reader.click() for _ in range(ALONE)]
    reader.close()
    return spans[5:]


async def _crowd(
    port: int, path: str, *, pause: float = 0.0, place: str = ""
) -> tuple[list[float], list[str], float]:
    """Return the seconds of each click of many readers at once, what failed, and how long all took."""
    spans: list[float] = []
    failed: list[str] = []
    ready = asyncio.Barrier(READERS)

    async def read(number: int) -> None:
        chance = random.Random(number)
        reader = _Reader(port)
        await reader.open(path)
        await reader.click()
        await ready.wait()
        try:
            for _ in range(CLICKS):
                await asyncio.sleep(chance.uniform(0.0, 2.0) * pause)
                spans.append(await reader.click(place))
        except Exception as error:  # noqa: BLE001  (whatever fails is counted)
            failed.append(f"{type(error).__name__}: {error}"[:200])
        reader.close()

    began = time.perf_counter()
    await asyncio.gather(*(read(number) for number in range(READERS)))
    return spans, failed, time.perf_counter() - began
