"""The funnel of the biggest campaign over a million daily rows, beside DuckDB on the same rows."""

from __future__ import annotations

import statistics
import tempfile
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.daily import BIGGEST, CREATORS, MEASURES, fill
from bench.measuring import Table, apart, measured, ratio, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

VIDEOS, DAYS = 2_000, 500
TIMES = 15


def run(videos: int = VIDEOS, days: int = DAYS) -> Table:
    """Return how long the figures of the funnel take to read."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        filled, _ = apart(make, folder, videos, days)
        ours, _ = apart(read_funnel, folder)
        theirs, _ = apart(ask_duckdb, folder)
    rows = [("DuckDB: the same sums", seconds(theirs["cpu"]), seconds(theirs["wall"]), "1.00×", "1.00×")]
    for name, took in ours.items():
        rows.append(
            (name, seconds(took["cpu"]), seconds(took["wall"]), ratio(took["cpu"], theirs["cpu"]),
             ratio(took["wall"], theirs["wall"]))
        )  # fmt: skip
    return Table(
        title=f"Funnel: {filled['rows']:,} daily rows, biggest campaign with {CREATORS[0]} creators",
        header=("step", "CPU", "clock", "÷ DuckDB, CPU", "÷ DuckDB, clock"),
        rows=rows,
        notes=(
            f"Median of {TIMES}. The sums are those by creator, by video and by day of the campaign, and by creator "
            f"and by video of the campaign before it. Aim: the sums in less than DuckDB's time.",
            f"Making every rollup from all rows took {seconds(filled['cpu'])} of CPU, rows written included.",
        ),
    )


def make(folder: str, videos: int, days: int) -> dict[str, float]:
    """Return how many rows were stored and what that took."""
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    with measured() as span:
        rows = fill(store, videos, days)
    store.close()
    return {"rows": rows, "cpu": span.cpu}


def _median(work: Callable[[], Any]) -> dict[str, float]:
    work()
    spans = []
    for _ in range(TIMES):
        with measured() as span:
            work()
        spans.append(span)
    return {
        "cpu": statistics.median(span.cpu for span in spans),
        "wall": statistics.median(span.wall for span in spans),
    }


def read_funnel(folder: str) -> dict[str, dict[str, float]]:
    """Return what the sums and the whole page's funnel take, nothing cached."""
    from core.evidence.campaign import needed_sums
    from core.evidence.plan import campaign_before, read_plan
    from core.evidence.reading import sums_by, sums_by_video
    from core.funnel import build_funnel
    from core.funnel.build import shown_metrics
    from core.scope import Scope
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    scope = Scope(campaign_id=BIGGEST)
    with store.reading() as connection:
        plan = read_plan(connection, BIGGEST)
        names = needed_sums(shown_metrics(plan))
        before = campaign_before(connection, plan)

    def sums() -> None:
        with store.reading() as connection:
            for campaign in (BIGGEST, before):
                if campaign is not None:
                    sums_by(connection, Scope(campaign_id=campaign), "creator_id", names)
                    sums_by_video(connection, Scope(campaign_id=campaign), names)
            sums_by(connection, scope, "day", names)

    found = {"Plumbline: the sums of the page": _median(sums)}
    found["Plumbline: the whole funnel, words and tables included"] = _median(
        lambda: build_funnel(store, scope, today=date(2026, 6, 1))
    )
    store.close()
    return found


def ask_duckdb(folder: str) -> dict[str, float]:
    """Return what DuckDB takes for the same sums from its own table of the same rows."""
    import sqlite3

    import duckdb
    import pandas as pd

    source = sqlite3.connect(f"{folder}/store.db")
    names = ", ".join(MEASURES)
    stat = pd.read_sql_query(f"SELECT subject, last_day AS day, {names} FROM stat", source)
    video = pd.read_sql_query("SELECT video_id, creator_id, campaign_id FROM video", source)
    base = duckdb.connect()
    base.register("stat_rows", stat)
    base.register("video_rows", video)
    base.execute("CREATE TABLE stat AS SELECT * FROM stat_rows")
    base.execute("CREATE TABLE video AS SELECT * FROM video_rows")
    sums = ", ".join(f"SUM(s.{name})" for name in MEASURES)
    joined = "FROM stat s JOIN video v ON v.video_id = s.subject WHERE v.campaign_id = ?"

    def ask() -> None:
        for campaign in (BIGGEST, 1):
            for key in ("v.creator_id", "v.video_id"):
                base.execute(f"SELECT {key}, {sums} {joined} GROUP BY {key}", [campaign]).fetchall()
        base.execute(f"SELECT s.day, {sums} {joined} GROUP BY s.day", [BIGGEST]).fetchall()

    return _median(ask)
