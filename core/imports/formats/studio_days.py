"""Daily tables of TikTok Studio: days without a year, one row per day, one account.

The rows are contiguous and ascending, so the newest row is dated once and the others
are counted backwards. Dating each label on its own would put the first row of a
365-day file, whose label is that of the export day, a year late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells import YearlessDays, read_yearless_days
from core.imports.formats import studio_words
from core.imports.formats.export_time import ExportTime, export_time, is_close, noon
from core.imports.formats.label_shift import check_labels
from core.imports.formats.stat_rows import add_counts, measures_at, sound_rows
from core.imports.formats.studio_account import account_of
from core.imports.model import Ask, Column, Facts, Kind, Question, RowProblem, TypedTable
from core.units import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

DATE = Column(
    field="date",
    headers=(
        "Date",
        "Data",
        "Fecha",
        "Datum",
        "Ημερομηνία",
        "Tanggal",
        "Ngày",
        "Tarih",
        "Дата",
        "日付",
        "날짜",
        "日期",
        *studio_words.DATE,
    ),
    kind=Kind.TEXT,  # days without a year are dated here, where the export day is known
    required=True,
    words="the day, as TikTok writes it (without a year)",
)
ZONE_TOLERANCE = timedelta(days=1)  # the exporter's day may be a day ahead of UTC
BACKWARDS = (1, -364, -365)  # the first row is a day after the second, also at New Year
USUAL_LAG = 4  # days between the newest row and the export: one or two were seen
YEARS_OFFERED = 3
YEARS_TRIED = 5  # one of them is a leap year
UNKNOWN = "not known yet"
REPEATED = "same day twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The rows of a daily table with their days.

    Attributes:
        days: day number per row (Int64), index = position in the table; missing where the label is none.
        problems: rows whose label could not be dated.
        exported: when the file was exported.
        questions: what must be asked before the days hold.
        issues: gaps and the like.
    """

    days: pd.Series
    problems: tuple[RowProblem, ...]
    exported: ExportTime
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()


def date_rows(typed: TypedTable, *, contiguous: bool = True) -> Dated:
    """Return the day of each kept row.

    Args:
        typed: the typed table; its `date` field is the label as written.
        contiguous: one row per day, in order; False where a day has several rows.
    """
    labels = typed.values("date").reset_index(drop=True)
    exported = export_time(typed.known)
    header = typed.headers.get("date", "")
    newest = newest_days(_newest_label(labels), exported.day)
    read = [(day, _counted_back(labels, day, header)) for day in newest]
    if not read or read[0][1].has_years:
        stated = read_yearless_days(labels, newest=exported.day, contiguous=False, header=header)
        return _placed(typed, stated, exported, contiguous=contiguous)
    fitting = [(day, column) for day, column in read if _fits(column)]
    chosen, column = (fitting or read)[0]
    if not fitting and column.gaps > max(len(labels), USUAL_LAG):  # the rows are in no order
        column = read_yearless_days(labels, newest=chosen, contiguous=False, header=header)
    dated = _placed(typed, column, exported, contiguous=contiguous)
    if exported.is_stated or len(fitting) == 1 < len(read) or is_close(chosen, exported.day, days=USUAL_LAG):
        return dated
    return replace(dated, questions=(_ask_year(labels, [day for day, _ in fitting or read][:YEARS_OFFERED]),))


def newest_days(label: str, exported: date) -> list[date]:
    """Return the days that a label without a year may mean, the latest first.

    Args:
        label: day and month in words, any language.
        exported: no day later than the one after it is meant.
    """
    found: list[date] = []
    limit = exported
    for _ in range(YEARS_TRIED):
        read = read_yearless_days(pd.Series([label], dtype="str"), newest=limit, contiguous=False)
        if read.values.isna().all():
            break
        found.append(day_of(int(read.values.iloc[0])))
        if read.has_years:
            break
        limit = found[-1] - ZONE_TOLERANCE - timedelta(days=1)
    return found


def _newest_label(labels: pd.Series) -> str:
    """Return the label of the newest row: the last one, or the first where the rows run backwards."""
    filled = labels[labels.str.strip() != ""]
    if len(filled) < 2:
        return str(filled.iloc[0]) if len(filled) else ""
    first, second = (
        read_yearless_days(filled.iloc[[at]], newest=date(2001, 1, 31), contiguous=False) for at in (0, 1)
    )
    if first.values.isna().any() or second.values.isna().any():
        return str(filled.iloc[-1])
    step = int(first.values.iloc[0]) - int(second.values.iloc[0])
    return str(filled.iloc[0] if step in BACKWARDS else filled.iloc[-1])


def _counted_back(labels: pd.Series, newest: date, header: str) -> YearlessDays:
    return read_yearless_days(labels, newest=newest, contiguous=True, header=header)


def _fits(column: YearlessDays) -> bool:
    """Return whether a year fits the labels: 29 February in a leap year, none skipped in between."""
    return not column.problems and not column.gaps


def _placed(typed: TypedTable, column: YearlessDays, exported: ExportTime, *, contiguous: bool) -> Dated:
    """Return the days with their positions in the table instead of among the kept rows."""
    days = column.values.astype("Int64").set_axis(typed.kept)
    problems = tuple(
        replace(problem, position=int(typed.kept[problem.position])) for problem in column.problems
    )
    seen = {problem.position for problem in problems}
    problems += tuple(
        _no_day(typed, position)
        for position in typed.kept[days.isna().to_numpy()].tolist()
        if position not in seen
    )
    known = days.dropna()
    missing = int(known.max() - known.min()) + 1 - known.nunique() if contiguous and len(known) else 0
    return Dated(days=days, problems=problems, exported=exported, issues=(_gap(missing),) if missing else ())


def _no_day(typed: TypedTable, position: int) -> RowProblem:
    return RowProblem(
        position=position,
        column=typed.headers.get("date", ""),
        code="no-day",
        what="The row does not say which day it is about.",
        fix="Download the file again without changing it.",
    )


def _gap(missing: int) -> Issue:
    return Issue(
        code="days-missing",
        severity=Severity.WARNING,
        what=f"{missing} days between the first and the last row are not in the file.",
        fix="Nothing is assumed about them. If they should be there, download the period again.",
        count=missing,
    )


def _ask_year(labels: pd.Series, days: list[date]) -> Question:
    first, last = str(labels.iloc[0]), str(labels.iloc[-1])
    return Question(
        ask=Ask.EXPORT_DAY,
        sentence=f"When was this file downloaded? Its days carry no year; the last one is “{last}”.",
        evidence=(f"{len(labels)} rows, from “{first}” to “{last}”.",),
        choices={
            (day + timedelta(days=1)).isoformat(): f"{day.year}, soon after {day.isoformat()}" for day in days
        },
        suggestion=(days[0] + timedelta(days=1)).isoformat(),
    )


def daily_facts(
    typed: TypedTable, measures: Sequence[str], total: str, notes: Callable[[], tuple[Issue, ...]] = tuple
) -> Facts:
    """Return one `stat` row per day of the account.

    Args:
        typed: the typed table; fields are named like the measures.
        measures: the measures it may carry.
        total: a row without it is not known yet, whatever its other cells say.
        notes: what is always to be said about such a file.
    """
    handle, questions = account_of(typed)
    dated = date_rows(typed)
    sound, cell_problems = sound_rows(typed)
    undated = {problem.position for problem in dated.problems}
    problems = (*dated.problems, *(one for one in cell_problems if one.position not in undated))
    rows = sound[dated.days.loc[sound].notna().to_numpy(dtype=bool)] if len(sound) else sound
    known_rows = rows[typed.columns[total].values.iloc[rows].notna().to_numpy(dtype=bool)]
    waiting = len(rows) - len(known_rows)
    known_rows, repeated, clashes = _one_per_day(typed, dated.days, known_rows, measures)
    problems += clashes
    frame = pd.DataFrame({"first_day": dated.days.loc[known_rows].reset_index(drop=True)})
    figures = measures_at(typed, measures, known_rows)
    shift, asked, said = check_labels(
        typed.known, handle, frame["first_day"], figures, key="", lag=_lag(frame["first_day"], dated.exported)
    )
    frame["first_day"] += shift
    frame = frame.assign(
        subject_kind="account", subject=handle, kind="daily", last_day=frame["first_day"],
        traffic="total", handle=handle, **figures,
    )  # fmt: skip
    return Facts(
        tables={"stat": frame},
        problems=problems,
        issues=(*dated.issues, *said, *notes()),
        questions=(*questions, *dated.questions, *asked),
        as_of=_as_of(frame["first_day"], dated),
        as_of_from=dated.exported.known_from,
        first_day=None if frame.empty else int(frame["first_day"].min()),
        last_day=None if frame.empty else int(frame["first_day"].max()),
        account=handle,
        rows=len(known_rows),
        ignored=add_counts({UNKNOWN: waiting, REPEATED: repeated}),
    )


def _one_per_day(
    typed: TypedTable, days: pd.Series, rows: np.ndarray, measures: Sequence[str]
) -> tuple[np.ndarray, int, tuple[RowProblem, ...]]:
    """Return the rows with one per day, how many were plain repeats, and those that contradict each other."""
    frame = pd.DataFrame({"day": days.loc[rows].to_numpy(), **{
        name: values.to_numpy(dtype=object) for name, values in measures_at(typed, measures, rows).items()
    }})  # fmt: skip
    is_repeat = frame.astype("str").duplicated().to_numpy()
    frame, rows = frame[~is_repeat], rows[~is_repeat]
    clashing = frame["day"].duplicated(keep=False).to_numpy()
    problems = tuple(
        RowProblem(
            position=int(position),
            column=typed.headers.get("date", ""),
            code="day-twice",
            what=f"“{typed.columns['date'].values.iloc[int(position)]}” is in the file more than once, with different figures.",
            fix="Download the file again and hand it in as it comes.",
        )
        for position in rows[clashing]
    )
    return rows[~clashing], int(is_repeat.sum()), problems


def _lag(days: pd.Series, exported: ExportTime) -> int:
    """Return the days between the newest row and the export; 0 where no clock tells the day of the export.

    A day that a person chose to settle the year proves nothing about single days.
    """
    if days.empty or exported.known_from not in {"name", "modified"}:
        return 0
    return day_number(exported.day) - int(days.max())


def _as_of(days: pd.Series, dated: Dated) -> int:
    """Return when the figures were current: the export, but never before the newest row."""
    if days.empty:
        return dated.exported.at
    return max(dated.exported.at, noon(day_of(int(days.max()))))
