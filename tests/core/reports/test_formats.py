"""The same figure in every format, read back from the files themselves."""

from __future__ import annotations

import pytest

from core.reports import RENDERERS, Kind, from_json, render_html, to_json
from core.reports.model import ColumnKind, plain_number
from core.units import Unit
from tests.core.funnel import story
from tests.core.reports.making import BOARD, OUTSIDE, TEAM, build, every_part
from tests.core.reports.reading import (
    FORMATS,
    cells,
    csv_rows,
    page,
    pdf_pages,
    slide_charts,
    squeezed,
    words_in,
)


@pytest.fixture
def told(sqlite_store):
    story.tell(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "txt"])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_figure_is_in_every_format_as_written(told, kind, format_name):
    report = build(told, kind)
    found = squeezed(words_in(format_name, RENDERERS[format_name](report)))
    figures = [figure for _, figure in report.figures()]
    assert figures
    for figure in figures:
        label, written = squeezed(figure.label), squeezed(figure.written)
        if format_name == "pdf":
            written = "".join(letter for letter in written if letter.isascii())
        assert label in found, figure.label
        assert written in found, figure.written


@pytest.mark.parametrize("format_name", FORMATS)
def test_goals_and_freshness_are_in_every_format(told, format_name):
    report = build(told, Kind.LEADERSHIP)
    found = squeezed(words_in(format_name, RENDERERS[format_name](report)))
    goals = report.section("goals").figures
    assert [figure.written for figure in goals] == ["60", "€28.33"]
    assert squeezed("75.0% of the goal of 80") in found
    if format_name != "csv":  # numbers only
        assert squeezed("figures as of 22 Mar 2026") in found
        assert squeezed(report.claim) in found


def test_raw_numbers_of_workbook_and_csv_are_those_of_the_report(told):
    report = build(told)
    numbers = [
        plain_number(one.value, one.unit, one.currency)
        for _, one in report.figures()
        if one.value is not None
    ]
    in_book = [cell.value for cell in cells(RENDERERS["xlsx"](report)) if cell.data_type == "n"]
    in_csv = [float(row["value"]) for row in csv_rows(RENDERERS["csv"](report)) if row["value"]]
    for number in numbers:
        assert any(abs(number - found) < 1e-9 for found in in_book), number
        assert any(abs(number - found) < 1e-9 for found in in_csv), number
    revenue = next(one for _, one in report.figures() if one.key == "revenue")
    assert (revenue.value, plain_number(revenue.value, Unit.MONEY, "EUR")) == (300_000, 3_000.0)


def test_table_cells_of_the_workbook_are_numbers_and_days(told):
    report = build(told)
    table = report.section("videos").tables[0]
    wanted = [cell.number for row in table.rows for cell in row if cell.number is not None]
    found = [cell.value for cell in cells(RENDERERS["xlsx"](report)) if cell.data_type == "n"]
    assert wanted
    assert all(any(abs(number - one) < 1e-9 for one in found) for number in wanted)
    days = {cell.value.date() for cell in cells(RENDERERS["xlsx"](report)) if cell.is_date}
    assert {row[2].day for row in table.rows} <= days
    assert table.columns[2].kind is ColumnKind.DAY


def test_charts_of_slides_are_native_and_hold_the_raw_numbers(told):
    report = build(told)
    wanted = [chart for section in report.sections for chart in section.charts[:2]]
    drawn = slide_charts(RENDERERS["pptx"](report))
    assert wanted
    assert len(drawn) == len(wanted)
    for chart, native in zip(wanted, drawn, strict=True):
        values = list(native.plots[0].series[0].values)
        assert values == [
            plain_number(point.value, chart.unit, chart.currency) for point in chart.series[0].points
        ]


@pytest.mark.parametrize("audience", [OUTSIDE, BOARD, TEAM])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_kept_report_gives_the_very_same_files(told, kind, audience):
    report = build(told, kind, audience)
    again = from_json(to_json(report))
    assert again == report
    assert render_html(again) == render_html(report)


def test_the_same_report_gives_the_same_pdf():
    report = every_part()
    assert RENDERERS["pdf"](report) == RENDERERS["pdf"](report)


def test_leadership_is_one_page_and_the_full_report_is_more(told):
    assert len(pdf_pages(RENDERERS["pdf"](build(told, Kind.LEADERSHIP)))) == 1
    assert len(pdf_pages(RENDERERS["pdf"](build(told)))) > 1


def test_one_section_a_page_links_to_the_others(told):
    report = build(told, Kind.LEADERSHIP)
    words, elements = page(
        render_html(report, section="funnel", link=lambda key: f"/r/1?part={key}").encode()
    )
    links = [one["href"] for tag, one in elements if tag == "a"]
    assert links[: len(report.sections)] == [f"/r/1?part={one.key}" for one in report.sections]
    assert report.section("funnel").claim in words
    assert report.section("next").claim not in words


def test_a_part_that_is_not_there_is_refused(told):
    with pytest.raises(Exception, match="no such part"):
        render_html(build(told), section="nothing")


def test_a_page_is_not_for_search_engines_and_sends_no_referrer():
    _, elements = page(RENDERERS["html"](every_part()))
    metas = {one.get("name"): one.get("content") for tag, one in elements if tag == "meta"}
    assert "noindex" in metas["robots"]
    assert metas["referrer"] == "no-referrer"


def test_charts_of_a_page_say_their_takeaway():
    _, elements = page(RENDERERS["html"](every_part()))
    labels = [one["aria-label"] for tag, one in elements if tag == "svg" and "aria-label" in one]
    assert labels == ["Spring has the most video views.", "Highest in the first week."]
