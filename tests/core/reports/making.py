"""Reports for the tests: of the made-up campaign, and one that holds every kind of part."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.reports import Audience, Kind, build_report
from core.reports.model import (
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Comparison,
    Figure,
    Point,
    Report,
    Section,
    Series,
    Status,
    Table,
)
from core.units import Unit
from tests.core.funnel.story import ANA, SPRING, TODAY

NOW = int(datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp())
OUTSIDE, BOARD, TEAM = Audience(), Audience(show_money=True), Audience(show_money=True, internal=True)
DAY = date(2026, 3, 2)


def build(store, kind=Kind.FULL, audience=TEAM, campaign_id=SPRING, **more):
    """Return a report of the made-up campaign."""
    asked = {"today": TODAY, "now": NOW, "creator_id": ANA} | more
    return build_report(store, kind, campaign_id, audience=audience, **asked)


def every_part(words="Spring", *, kind=Kind.FULL, key="goals"):
    """Return a report with every kind of part, and these words wherever people's words may stand."""
    figure = Figure(
        key="revenue", label="Credited revenue (net)", written="€1,234.50", value=123_450.0, unit=Unit.MONEY,
        currency="EUR", goal=200_000.0, goal_written="€2,000.00", status=Status.SHORT,
        status_words="61.7% of the goal of €2,000.00", provenance=("measured by the shop",),
        benchmark=Comparison(written="5.38%", grade="A", words="somebody"), definition="What was sold.",
        is_primary=True,
    )  # fmt: skip
    bars = Chart(
        kind=ChartKind.BARS, title="Video views by creator", alt=f"{words} has the most video views.",
        x_title="Video views", y_title="Creator", unit=Unit.COUNT,
        series=(Series(name="Video views", points=(
            Point(label=words, value=1_234.0, written="1,234"), Point(label="Ben", value=None, written="–"),
        )),),
    )  # fmt: skip
    line = Chart(
        kind=ChartKind.LINE, title="Video views by week", alt="Highest in the first week.", x_title="Week of",
        y_title="Video views", unit=Unit.COUNT,
        series=(Series(name="Video views", points=(
            Point(label="2 Mar 2026", value=1_234.0, written="1,234", day=DAY),
            Point(label="9 Mar 2026", value=None, written="–", day=date(2026, 3, 9)),
            Point(label="16 Mar 2026", value=617.0, written="617", day=date(2026, 3, 16)),
        )),),
    )  # fmt: skip
    table = Table(
        title="By video",
        columns=(
            Column(label="Video"), Column(label="Posted", kind=ColumnKind.DAY),
            Column(label="Rate", kind=ColumnKind.NUMBER, unit=Unit.SHARE),
        ),
        rows=((Cell(written=words), Cell(written="2 Mar 2026", day=DAY), Cell(written="5.06%", number=0.0506)),),
        note="A note.",
    )  # fmt: skip
    section = Section(
        key=key, title="Goal against actual", claim=f"About {words}", points=(f"A decision: {words}",),
        figures=(figure,), charts=(bars, line), tables=(table,), notes=("Small print.",),
    )  # fmt: skip
    return Report(
        kind=kind, title=words, brand=words, campaign=words, period="2 Mar 2026 to 29 Mar 2026",
        claim=f"In short: {words}", as_of=NOW, as_of_words="figures as of 1 Dec 2026", made_at=NOW,
        made_words="1 Dec 2026", currency="EUR", audience=TEAM, sections=(section,),
    )  # fmt: skip
