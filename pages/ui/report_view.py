"""A report on the page, from the very object that every file is made from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.reports import export_report, file_name
from core.reports.model import ColumnKind, Status
from core.reports.vega import vega_spec
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.reports import Report
    from core.reports.model import Chart, Figure, Section, Table
    from pages.ui.context import Visit

_COLOURS = {Status.REACHED: "green", Status.CLOSE: "orange", Status.SHORT: "red", Status.NONE: "gray"}
_FORMATS = (
    ("pdf", "PDF", "application/pdf"),
    ("pptx", "PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("html", "Web page", "text/html"),
    ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("csv", "CSV", "text/csv"),
)


def draw_downloads(now: Visit, report: Report) -> None:
    """Draw a button for each format; a file is made when its button is pressed."""
    campaign_id = now.chosen.campaign_id
    with st.container(horizontal=True):
        for number, (ending, label, mime) in enumerate(_FORMATS):
            st.download_button(
                label,
                data=partial(export_report, now.store, campaign_id, report, ending),
                file_name=file_name(report, ending),
                mime=mime,
                icon=":material/download:",
                type="primary" if number == 0 else "secondary",
                on_click="ignore",
                key=f"report_as_{ending}",
            )


def draw_report(report: Report) -> None:
    """Draw the report as it will read."""
    with st.container(border=True):
        if report.logo:
            st.image(report.logo, width=160)
        st.caption(plain(report.facts_line))
        st.header(plain(report.title))
        st.markdown(plain(report.claim, longest=600))
        for section in report.sections:
            _draw_section(section)
        st.caption(plain(f"Made on {report.made_words}."))


def _draw_section(section: Section) -> None:
    st.subheader(plain(section.title), divider="gray", anchor=section.key)
    st.markdown(f"**{plain(section.claim, longest=900)}**")
    if section.figures:
        with st.container(horizontal=True):
            for figure in section.figures:
                _draw_figure(figure)
    if section.charts:
        for column, chart in zip(st.columns(len(section.charts)), section.charts, strict=True):
            with column:
                _draw_chart(chart)
    for point in section.points:
        st.markdown(f"- {plain(point, longest=900)}")
    for table in section.tables:
        _draw_table(table)
    for note in section.notes:
        st.caption(plain(note, longest=600))


def _draw_figure(figure: Figure) -> None:
    with st.container(border=True, width=192, gap="xxsmall"):
        st.markdown(f":small[{plain(figure.label)}]", help=plain(_about(figure), longest=900))
        st.markdown(f"#### {plain(figure.written)}")
        if figure.step:
            st.caption(f":material/south_east: {plain(figure.step)}")
        if figure.status_words:
            st.markdown(f":small[:{_COLOURS[figure.status]}[{plain(figure.status_words)}]]")
        if figure.why_missing:
            st.caption(plain(figure.why_missing, longest=300))
        if figure.provenance_words:
            st.caption(plain(figure.provenance_words))


def _about(figure: Figure) -> str:
    published = figure.benchmark
    beside = (
        f"Published: {published.written}, grade {published.grade} ({published.words})." if published else ""
    )
    return " ".join(part for part in (figure.definition, figure.caution, beside) if part)


def _draw_chart(chart: Chart) -> None:
    st.markdown(f"**{plain(chart.title)}**")
    st.vega_lite_chart(vega_spec(chart), alt=chart.alt)


def _draw_table(table: Table) -> None:
    """Draw a table as it is written; rows keep the order of the report."""
    st.markdown(f"**{plain(table.title)}**")
    columns = {
        column.label: [row[at].written for row in table.rows] for at, column in enumerate(table.columns)
    }
    st.dataframe(
        columns,
        hide_index=True,
        alt=f"{table.title}, {len(table.rows)} rows",
        column_config={
            column.label: st.column_config.TextColumn(
                column.label, alignment="right" if column.kind is ColumnKind.NUMBER else "left"
            )
            for column in table.columns
        },
    )
    if table.note:
        st.caption(plain(table.note, longest=300))
