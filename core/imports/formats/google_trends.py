"""Google Trends, interest over time: an index from 0 to 100 that compares the terms of one file.

Two files are scaled each by its own highest value. They never share an axis, so the
terms, place and span of a file are its `term_set`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pandas as pd

from core.errors import refusal
from core.imports.cells import read_column
from core.imports.formats.export_time import export_time
from core.imports.formats.stat_rows import add_counts
from core.imports.model import Column, ExportFormat, Facts, Kind, RowProblem
from core.units import DASH, day_number, instant_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.imports.model import SheetTable, TypedTable

SYSTEM = "Google Trends"
HIGHEST = 100
EMPTY = "no value of its own for any term"
_TERM = re.compile(r"(?P<term>.+): \((?P<region>.+)\)\s*\Z", re.DOTALL)
_VALUE = re.compile(r"\d{1,3}\Z")
_RELATED_VALUE = re.compile(r"(?:100|\+?[\d.,\s]+%|[^\W\d]+(?:\s[^\W\d]+)?)\Z")
_BARE_HOUR = re.compile(r"^(\d{4}-\d{2}-\d{2}T\d{2})$")
_BELOW_ONE = re.compile(r"<\s?1%?\Z")
_SPANS = ((3_600, "hour"), (86_400, "day"), (7 * 86_400, "week"), (31 * 86_400, "month"))
_PERIOD = (
    "Week", "Day", "Month", "Time", "Hour",
    "Semana", "Día", "Dia", "Mes", "Mês", "Hora", "Tiempo",
    "Semaine", "Jour", "Mois", "Heure", "Woche", "Tag", "Monat", "Zeit", "Uhrzeit", "Stunde",
    "Settimana", "Giorno", "Mese", "Ora", "Тиждень", "День", "Місяць", "Час", "Неделя", "Месяц", "Время",
    "Tydzień", "Dzień", "Miesiąc", "Hafta", "Gün", "Ay", "Saat", "Minggu", "Hari", "Bulan", "Waktu",
    "Tuần", "Ngày", "Tháng", "Thời gian", "Εβδομάδα", "Ημέρα", "Μήνας", "Ώρα", "週", "日", "月", "時間", "주", "일", "월", "시간",
)  # fmt: skip


def is_timeline(table: SheetTable) -> bool:
    """Return whether every column after the first is a term with its place, as Google writes them."""
    terms = [header.strip() for header in table.header[1:] if header.strip()]
    return bool(terms) and all(_TERM.match(term) for term in terms)


def build(typed: TypedTable) -> Facts:
    """Return one row per term and period.

    `<1` is known to be above zero and below one: no number is stored, only that flag.
    """
    starts, undated = _starts(typed)
    known = starts.dropna()
    terms = [
        (found, typed.table.columns[index])
        for index, header in enumerate(typed.table.header)
        if index and (found := _TERM.match(header.strip()))
    ]
    rows, bad = _cells(known, terms)
    frame = pd.DataFrame(rows, columns=["at", "term", "region", "interest", "is_below_one"])
    frame = frame.drop_duplicates(["at", "term", "region"], keep="last", ignore_index=True)
    frame = frame.assign(
        at=frame["at"].astype("Int64"),
        interest=frame["interest"].astype("Int64"),
        term_set=_term_set(typed, [found for found, _ in terms], known),
        grain=_grain(known.to_numpy(dtype=int)),
    )
    exported = export_time(typed.known)
    stored = frame["at"].nunique()
    return Facts(
        tables={"search_interest": frame},
        problems=(*undated, *bad),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=day_number(instant_of(int(frame["at"].min())).date()) if len(frame) else None,
        last_day=day_number(instant_of(int(frame["at"].max())).date()) if len(frame) else None,
        zone="UTC",
        rows=stored,
        ignored=add_counts({EMPTY: len(typed.kept) - stored - len(bad) - len(undated)}),
    )


def _starts(typed: TypedTable) -> tuple[pd.Series, tuple[RowProblem, ...]]:
    """Return the start of each period (Int64, index = position in the table), and rows without one."""
    header = typed.headers["period"]
    cells = typed.values("period").reset_index(drop=True).str.replace(_BARE_HOUR, r"\1:00", regex=True)
    written = read_column(cells, Kind.INSTANT, header=header, zone="UTC")
    problems = tuple(replace(one, position=int(typed.kept[one.position])) for one in written.problems)
    return written.values.astype("Int64").set_axis(typed.kept), problems


def _cells(
    starts: pd.Series, terms: list[tuple[re.Match[str], pd.Series]]
) -> tuple[list[dict[str, object]], list[RowProblem]]:
    """Return one entry per filled cell, and one problem per row with a cell that is no index."""
    rows: list[dict[str, object]] = []
    bad: list[RowProblem] = []
    for position, start in zip(starts.index.tolist(), starts.tolist(), strict=True):
        written = [(found, str(cells.iloc[position]).strip()) for found, cells in terms]
        read = [(found, cell, _interest(cell)) for found, cell in written if cell]
        wrong = next(((found, cell) for found, cell, value in read if value is None), None)
        if wrong:
            bad.append(_no_index(position, wrong[1], wrong[0].string))
            continue
        rows += [
            {"at": start, "term": found["term"], "region": found["region"], **(value or {})}
            for found, _cell, value in read
        ]
    return rows, bad


def _interest(cell: str) -> dict[str, object] | None:
    """Return the index of a cell, None where it is none."""
    if _BELOW_ONE.match(cell):
        return {"interest": None, "is_below_one": True}
    if _VALUE.match(cell) and int(cell) <= HIGHEST:
        return {"interest": int(cell), "is_below_one": False}
    return None


def _term_set(typed: TypedTable, terms: list[re.Match[str]], starts: pd.Series) -> str:
    """Return what makes two files comparable: the same terms, places, category and span."""
    names = ", ".join(f"{found['term']} ({found['region']})" for found in terms)
    about = " ".join(line.strip(" ,") for line in typed.table.preamble if line.strip(" ,"))
    span = (
        f"{instant_of(int(starts.min())).date()} {DASH} {instant_of(int(starts.max())).date()}"
        if len(starts)
        else ""
    )
    return "; ".join(part for part in (names, about, span) if part)


def _grain(starts: np.ndarray) -> str:
    """Return the length of a period, from the shortest step between two of them."""
    steps = [int(step) for step in np.diff(np.sort(starts)) if step > 0]
    shortest = min(steps, default=0)
    return next((grain for seconds, grain in _SPANS if shortest <= seconds), "month")


def _no_index(position: int, cell: str, header: str) -> RowProblem:
    return RowProblem(
        position=position,
        column=header,
        code="not-an-index",
        what=f"“{cell[:40]}” is not an index from 0 to {HIGHEST}, nor “<1”.",
        fix="Download the file again from Google Trends without changing it.",
    )


def is_related(table: SheetTable) -> bool:
    """Return whether a table lists related searches: no header, a section's name above, an index beside.

    `TOP` stands above the first section and `RISING` above the second, in the language of the page.
    """
    cells = [header.strip() for header in table.header if header.strip()]
    above = [line.strip(" ,") for line in table.preamble if line.strip(" ,")]
    if len(cells) != 2 or not above or not _RELATED_VALUE.match(cells[1]):
        return False
    section = above[-1]
    is_section = (
        section == section.upper() and section != section.lower() and not any(map(str.isdigit, section))
    )
    return is_section and (len(above) == 1 or ":" in above[0] or "：" in above[0])


def _refuse_as(what: str) -> Callable[[TypedTable], NoReturn]:
    def refuse(typed: TypedTable) -> NoReturn:
        raise refusal(
            "trends-table-not-read",
            f"{typed.table.file} is a Google Trends {what}. It says nothing about how interest went from week to "
            "week, so it is not read; nothing was stored.",
            "Take the download button above the chart “Interest over time” instead (multiTimeline.csv).",
            typed.table.place(),
        )

    return refuse


HOW_TO_EXPORT = (
    "On trends.google.com, compare the terms that belong together in one search (up to five), choose place and period, "
    "then the download arrow above “Interest over time” (multiTimeline.csv)."
)
TIMELINE = ExportFormat(
    name="google_trends",
    label="Google Trends interest over time",
    system=SYSTEM,
    grain="one period, one column per search term",
    how_to_export=HOW_TO_EXPORT,
    columns=(
        Column(field="period", headers=_PERIOD, kind=Kind.TEXT, required=True, words="start of the period"),
    ),
    provenance="analytics",
    recognise=is_timeline,
    build=build,
)
REGIONS = ExportFormat(
    name="google_trends_regions",
    label="Google Trends interest by region",
    system=SYSTEM,
    grain="one region",
    how_to_export=HOW_TO_EXPORT,
    columns=(
        Column(
            field="region",
            headers=("Region", "Country", "City", "Metro", "DMA", "Subregion", "Región", "Região", "Région", "Land", "Stadt", "País", "Pays", "Ciudad", "Cidade", "Ville", "Регіон", "Країна", "Регион", "Страна", "Город", "Місто"),
            kind=Kind.TEXT, required=True, words="region",
        ),
    ),
    provenance="analytics",
    recognise=is_timeline,
    build=_refuse_as("table by region"),
)  # fmt: skip
RELATED = ExportFormat(
    name="google_trends_related",
    label="Google Trends related searches",
    system=SYSTEM,
    grain="one related search",
    how_to_export=HOW_TO_EXPORT,
    columns=(),
    provenance="analytics",
    recognise=is_related,
    build=_refuse_as("list of related searches (top and rising)"),
)
FORMATS = (TIMELINE, REGIONS, RELATED)
