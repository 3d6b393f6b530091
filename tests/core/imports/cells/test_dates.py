"""Dates: the order of day and month is proven or asked, years are never invented."""

# ruff: noqa: PD011  (the values of a typed column, not those of pandas)

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from core.imports.cells import MONTHS, NO_ZONE, Order, read_column, read_yearless_days
from core.imports.model import Kind, State, TypedColumn
from core.units import day_number, day_of

NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())


def column(*cells: str) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def read_days(*cells: str, **options: str) -> TypedColumn:
    return read_column(column(*cells), Kind.DAY, now=NOW, **options)  # type: ignore[arg-type]


def days(values: pd.Series) -> list[str | None]:
    return [None if value is pd.NA else day_of(int(value)).isoformat() for value in values]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05", "2026/3/5", "2026.03.05", "20260305", "2026030514", "5 March 2026", "Mar 5, 2026", "5 Mar 26",
        "Thu, 05 Mar 2026 10:00:00 +0000", "5 de marzo de 2026", "5. März 2026", "2026年3月5日", "2026년 3월 5일",
        "5 Μαρτίου 2026", "5 tháng 3 2026", "2026-03-05T10:00:00Z", "2026-03-05 23:59:59 +0100", "13.3.2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_unmistakable_spelling(cell: str) -> None:
    read = read_days(cell)
    assert days(read.values) == ["2026-03-13" if cell.startswith("13") else "2026-03-05"]
    assert read.state is State.PROVEN


def test_a_number_above_twelve_proves_the_order() -> None:
    assert days(read_days("03/04/2026", "13/04/2026").values)[0] == "2026-04-03"
    assert days(read_days("03/04/2026", "04/13/2026").values)[0] == "2026-03-04"


def test_without_proof_the_order_is_asked_with_an_example() -> None:
    read = read_days("03/04/2026", "05/04/2026")
    assert read.state is State.AMBIGUOUS
    assert read.choices == {
        "day first": "03/04/2026 is 3 Apr 2026",
        "month first": "03/04/2026 is 4 Mar 2026",
    }
    assert days(read_days("03/04/2026", convention=Order.MONTH_FIRST).values) == ["2026-03-04"]


def test_both_orders_proven_sets_the_open_dates_aside() -> None:
    read = read_days("13/04/2026", "04/14/2026", "03/04/2026", "05/05/2026")
    assert read.state is State.CONTRADICTORY
    assert days(read.values) == ["2026-04-13", "2026-04-14", None, "2026-05-05"]
    assert [one.code for one in read.problems] == ["mixed-day-order"]


def test_an_order_that_would_lie_in_the_future_is_ruled_out() -> None:
    assert days(read_days("03/12/2026").values) == ["2026-03-12"]


def test_days_in_a_row_prove_the_order_but_firsts_of_months_do_not() -> None:
    daily = read_days(*(f"{day}/2/2026" for day in range(1, 8)))
    assert daily.state is State.PROVEN
    assert days(daily.values)[2] == "2026-02-03"
    assert read_days(*(f"{day}/1/2026" for day in range(1, 8))).state is State.AMBIGUOUS


def test_day_zero_is_missing_not_a_date() -> None:
    read = read_days("1970-01-01", "0", "2026-01-02", "01/01/1970")
    assert days(read.values) == [None, None, "2026-01-02", None]
    assert not read.problems


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2026", "not-a-date"), ("2026-13-01", "not-a-date"), ("2025-02-29", "not-a-date"),
        ("2032-12-31", "date-in-future"), ("1923-01-01", "date-too-early"), ("soon", "not-a-date"),
        ("March 5", "not-a-date"), ("5 2026", "not-a-date"),
    ],
)  # fmt: skip
def test_impossible_and_future_dates_are_set_aside(cell: str, code: str) -> None:
    read = read_days("2026-01-02", cell)
    assert [one.code for one in read.problems] == [code]
    assert read.values[1] is pd.NA


def test_spreadsheet_days_and_unix_times_are_understood() -> None:
    assert days(read_days("45000").values) == ["2023-03-15"]
    shifted = read_column(column("43538"), Kind.DAY, now=NOW, is_1904=True)
    assert days(shifted.values) == ["2023-03-15"]
    assert days(read_days("1700000000", "1700000000000").values) == ["2023-11-14", "2023-11-14"]
    assert read_days("2026-03").convention == MONTHS


def test_instants_keep_their_own_offset() -> None:
    read = read_column(
        column("2026-02-04 00:34:19 +0100", "2026-02-03T23:34:19Z", "2026-02-03T18:34:19-05:00"), Kind.INSTANT
    )
    assert set(read.values) == {1_770_161_659}
    assert read.state is State.PROVEN


def test_a_clock_without_a_zone_is_asked_about_and_read_in_the_answer() -> None:
    cells = column("2026-07-01 12:00:00", "3/25/2026 1:05:00 PM")
    open_column = read_column(cells, Kind.INSTANT)
    assert (open_column.state, open_column.convention) == (State.AMBIGUOUS, NO_ZONE)
    read = read_column(cells, Kind.INSTANT, zone="Europe/Athens")
    assert [datetime.fromtimestamp(value, UTC).hour for value in read.values] == [9, 11]


def test_the_hour_that_a_clock_change_skips_is_still_read() -> None:
    read = read_column(
        column("2026-03-29 02:30:00", "2026-10-25 02:30:00"), Kind.INSTANT, zone="Europe/Berlin"
    )
    assert read.values.notna().all()


def test_long_uniform_columns_are_read_like_short_ones() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    stamps = [(start + timedelta(minutes=7 * step)).strftime("%Y-%m-%d %H:%M:%S") for step in range(3000)]
    long = read_column(column(*stamps, ""), Kind.INSTANT, zone="Asia/Tokyo", now=NOW)
    short = read_column(column(*stamps[:100]), Kind.INSTANT, zone="Asia/Tokyo", now=NOW)
    assert long.values[:100].tolist() == short.values.tolist()
    assert long.values.iloc[-1] is pd.NA
    damaged = read_column(column(*stamps, "2026-02-30 00:00:00"), Kind.INSTANT, zone="Asia/Tokyo", now=NOW)
    assert [(one.position, one.code) for one in damaged.problems] == [(3000, "not-a-date")]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.dates(date(2015, 1, 1), date(2026, 11, 20)), min_size=1, max_size=20),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_a_proven_order_is_the_one_that_was_written(some: list[date], form: str) -> None:
    read = read_days(*(day.strftime(form) for day in some))
    if read.state is State.PROVEN:
        assert days(read.values) == [day.isoformat() for day in some]


@settings(deadline=None, max_examples=120)
@given(
    st.dates(date(2015, 1, 1), date(2026, 11, 20)),
    st.sampled_from(
        ["en", "es", "fr", "de", "pt", "it", "el", "ru", "pl", "tr", "id", "nl", "sv", "cs", "uk", "ja", "ko"]
    ),
)
def test_long_dates_of_any_language_read_back(day: date, locale: str) -> None:
    assert days(read_days(format_date(day, "long", locale=locale)).values) == [day.isoformat()]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("17 Μαρτίου", "2026-03-17"), ("18 tháng Sáu", "2025-06-18"), ("11 septembre", "2025-09-11"),
        ("8 de marzo", "2026-03-08"), ("February 28", "2026-02-28"), ("8 Juli", "2025-07-08"), ("26 March", "2026-03-26"),
        ("27 tháng Mười Hai", "2025-12-27"), ("3月17日", "2026-03-17"),
    ],
)  # fmt: skip
def test_a_label_without_a_year_is_the_latest_such_day(label: str, expected: str) -> None:
    read = read_yearless_days(column(label), newest=date(2026, 3, 25), contiguous=False)
    assert days(read.values) == [expected]


def test_a_year_of_days_is_dated_backwards_from_the_newest() -> None:
    last = date(2026, 3, 16)
    some = [last - timedelta(days=364 - step) for step in range(365)]
    labels = [f"{day:%B} {day.day}" for day in some]
    read = read_yearless_days(column(*labels), newest=date(2026, 3, 17), contiguous=True)
    assert days(read.values) == [day.isoformat() for day in some]
    assert labels[0] == "March 17"
    assert read.gaps == 0
    turned = read_yearless_days(column(*labels[::-1]), newest=date(2026, 3, 17), contiguous=True)
    assert days(turned.values) == [day.isoformat() for day in some[::-1]]


def test_gaps_and_repeated_labels_are_counted_not_refused() -> None:
    read = read_yearless_days(
        column("March 1", "March 1", "March 4"), newest=date(2026, 3, 5), contiguous=True
    )
    assert days(read.values) == ["2026-03-01", "2026-03-01", "2026-03-04"]
    assert (read.gaps, read.repeats) == (2, 1)


def test_a_leap_day_needs_a_leap_year() -> None:
    read = read_yearless_days(
        column("28 February", "29 February", "1 March"), newest=date(2024, 3, 2), contiguous=True
    )
    assert days(read.values) == ["2024-02-28", "2024-02-29", "2024-03-01"]


def test_without_a_newest_day_nothing_is_dated() -> None:
    read = read_yearless_days(column("March 1", "nonsense"), newest=None, contiguous=True)
    assert read.values.isna().all()
    assert [one.position for one in read.problems] == [1]


@settings(deadline=None, max_examples=40)
@given(
    st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    st.integers(1, 365),
    st.integers(0, 2),
    st.sampled_from(["en", "el", "es", "fr", "vi"]),
)
def test_contiguous_labels_of_any_length_and_language_date_back(
    last: date, count: int, lag: int, locale: str
) -> None:
    some = [last - timedelta(days=count - 1 - step) for step in range(count)]
    labels = [format_date(day, "MMMM d" if locale == "en" else "d MMMM", locale=locale) for day in some]
    read = read_yearless_days(column(*labels), newest=last + timedelta(days=lag), contiguous=True)
    assert read.values.tolist() == [day_number(day) for day in some]
