"""A kept report holds the declared fields and nothing else."""

from __future__ import annotations

import json
from datetime import date

import pytest

from core.errors import PlumblineError
from core.reports import from_json, to_json
from core.reports.model import (
    Audience,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Comparison,
    Figure,
    Kind,
    Point,
    Report,
    Section,
    Series,
    Status,
    Table,
)
from core.units import Unit


def _report() -> Report:
    figure = Figure(
        key="orders",
        label="Credited orders",
        written="700",
        value=700.0,
        unit=Unit.COUNT,
        goal=800.0,
        goal_written="800",
        status=Status.SHORT,
        status_words="87.5% of the goal of 800",
        provenance=("measured by the shop",),
        benchmark=Comparison(written="5.38%", grade="A", words="somebody"),
    )
    day = date(2026, 3, 2)
    chart = Chart(
        kind=ChartKind.LINE,
        title="Views by week",
        alt="Views were highest in one week.",
        x_title="Week of",
        y_title="Views",
        unit=Unit.COUNT,
        series=(Series(name="Views", points=(Point(label="2 Mar", value=None, written="–", day=day),)),),
    )
    table = Table(
        title="By week",
        columns=(Column(label="Week of", kind=ColumnKind.DAY),),
        rows=((Cell(written="2 Mar 2026", day=day),),),
    )
    section = Section(
        key="goals", title="Goals", claim="Words", figures=(figure,), charts=(chart,), tables=(table,)
    )
    return Report(
        kind=Kind.FULL,
        title="Spring",
        brand="Northlight",
        campaign="Spring",
        period="March",
        claim="Words",
        as_of=None,
        as_of_words="no files imported yet",
        made_at=1_780_000_000,
        made_words="a day",
        currency="GBP",
        audience=Audience(show_money=True),
        sections=(section,),
        logo=b"\x89PNG\r\n\x1a\n\xff",
    )


def test_a_report_comes_back_as_it_went() -> None:
    assert from_json(to_json(_report())) == _report()


@pytest.mark.parametrize("place", [(), ("audience",), ("sections", 0), ("sections", 0, "figures", 0)])
def test_a_field_that_is_not_declared_is_refused(place: tuple[str | int, ...]) -> None:
    kept = json.loads(to_json(_report()))
    inner = kept["report"]
    for step in place:
        inner = inner[step]
    inner["e_mail"] = "somebody@example.com"
    with pytest.raises(PlumblineError, match="cannot be read"):
        from_json(json.dumps(kept))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"schema": 99, "report": {}}', "[" * 100_000, b"\xff\xfe"]
)
def test_a_damaged_text_is_refused(text: str | bytes) -> None:
    with pytest.raises(PlumblineError, match="cannot be read"):
        from_json(text)


def test_another_schema_version_is_refused() -> None:
    kept = json.loads(to_json(_report()))
    kept["schema"] = 2
    with pytest.raises(PlumblineError, match="cannot be read"):
        from_json(json.dumps(kept))
