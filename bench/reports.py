"""Every format of the sample campaign's reports."""

from __future__ import annotations

import statistics
import tempfile
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.measuring import Table, apart, measured, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 5
TODAY, NOW = date(2026, 4, 20), 1_776_680_000
ASKED = ("pdf", "pptx", "xlsx", "html")


def run() -> Table:
    """Return what making reports of the sample campaign takes."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        apart(fill, folder)
        took, _ = apart(make, folder)
    rows = [(name, seconds(full), seconds(one_page)) for name, (full, one_page) in took.items()]
    together = sum(took[name][0] for name in ASKED)
    return Table(
        title="Reports of the sample campaign",
        header=("step", "full report, CPU", "leadership page, CPU"),
        rows=rows,
        notes=(
            f"Median of {TIMES}, after a first one. PDF, PPTX, XLSX and HTML of the full report take "
            f"{seconds(together)} together; aim: less than 3 s.",
        ),
    )


def fill(folder: str) -> None:
    """Load the sample campaign into a store."""
    from core.sample.load import load_sample
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    load_sample(store)
    store.close()


def make(folder: str) -> dict[str, tuple[float, float]]:
    """Return CPU seconds of the full report and the leadership page, by step."""
    from core.campaigns import find_campaign
    from core.reports import RENDERERS, Audience, Kind, build_report
    from core.sample.cast import SPRING
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    campaign = find_campaign(store, SPRING.code)
    assert campaign is not None
    whose = Audience(show_money=True, internal=True)

    def build(kind: Kind) -> Any:
        return build_report(store, kind, campaign.campaign_id, audience=whose, today=TODAY, now=NOW)

    reports = [build(kind) for kind in (Kind.FULL, Kind.LEADERSHIP)]
    took = {"put together": (_median(lambda: build(Kind.FULL)), _median(lambda: build(Kind.LEADERSHIP)))}
    for name, render in RENDERERS.items():
        full, one_page = (_median(partial(render, report)) for report in reports)
        took[name] = (full, one_page)
    store.close()
    return took


def _median(work: Callable[[], Any]) -> float:
    work()
    spans = []
    for _ in range(TIMES):
        with measured() as span:
            work()
        spans.append(span.cpu)
    return statistics.median(spans)
