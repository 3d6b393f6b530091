"""What a rerun of each page costs the server, beside an empty page and one small chart."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.measuring import Table, apart, ratio
from bench.visiting import ROOT, rerun_cpu, serving

_LAUNCHER = """
import streamlit as st
from pages.ui.front_door import prepare_process

app = st.App("router.py", lifespan=prepare_process)
"""
_ROUTER = """
import streamlit as st

page = st.navigation([st.Page("empty.py", url_path="empty", default=True), st.Page("chart.py", url_path="chart")])
page.run()
"""
_CHART = """
import altair as alt
import pandas as pd
import streamlit as st

frame = pd.DataFrame({"stage": list("abcde"), "count": [5, 4, 3, 2, 1]})
st.altair_chart(alt.Chart(frame).mark_bar().encode(x="count", y="stage"))
"""
AIM = {"funnel": 60}
USUAL_AIM = 30


def run() -> Table:
    """Return the processor time of a rerun of every page, on the sample campaign and on a million rows."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        home = Path(folder)
        plain = _yardstick(home)
        apart(load_sample, str(home / "sample"))
        apart(_load_daily, str(home / "daily"))
        sample = _costs(home / "sample", "cold-brew-26")
        daily = _costs(home / "daily", "measured-2")
    rows = [
        ("(empty page)", _ms(plain["empty"]), "", "1.0×", "", ""),
        ("(one small chart)", _ms(plain["chart"]), "", ratio(plain["chart"], plain["empty"]), "", ""),
    ]
    for address, (cost, size, error) in sample.items():
        rows.append(
            (address, _ms(cost), _ms(daily[address][0]), ratio(cost, plain["empty"]),
             f"{size / 1000:,.0f} kB", error or f"≤ {AIM.get(address, USUAL_AIM)} ms")
        )  # fmt: skip
    return Table(
        title="Pages: CPU of the server for one rerun, caches warm",
        header=("page", "sample campaign", "1 M rows", "÷ empty", "sent", "aim or message"),
        rows=rows,
        notes=(
            "Median of 30 reruns over the page's own connection; the server froze its heap after start-up.",
        ),
    )


def _ms(amount: float) -> str:
    return f"{amount * 1000:.1f} ms"


def _yardstick(home: Path) -> dict[str, float]:
    folder = home / "plain"
    folder.mkdir()
    for name, code in {"app": _LAUNCHER, "router": _ROUTER, "chart": _CHART, "empty": "pass\n"}.items():
        (folder / f"{name}.py").write_text(code)
    with serving(folder / "app.py", home / "nothing") as (pid, port):
        return {name: rerun_cpu(pid, port, name)[0] for name in ("empty", "chart")}


def _costs(data: Path, campaign: str) -> dict[str, tuple[float, int, str]]:
    from pages.ui.routing import PAGES

    addresses = [page[3] for pages in PAGES.values() for page in pages]
    with serving(ROOT / "streamlit_app.py", data) as (pid, port):
        return {
            address: rerun_cpu(pid, port, address, f"campaign={campaign}&metric=views")
            for address in addresses
        }


def load_sample(data: str) -> None:
    from core.sample.load import load_sample

    load_sample(_store(data))


def _load_daily(data: str) -> None:
    from bench.daily import fill

    fill(_store(data))


def _store(data: str):  # the store's type would be an import of all of it
    from core.store.engine import open_store

    Path(data).mkdir(parents=True, exist_ok=True)
    return open_store(f"sqlite:///{data}/plumbline.db")
