"""Numbers are read right or asked about, never guessed."""

# ruff: noqa: PD011  (the values of a typed column, not those of pandas)

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from core.imports.cells import NO_CURRENCY, Mark, read_column
from core.imports.model import Kind, State, TypedColumn


def column(*cells: str) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def values(read: TypedColumn) -> list[float | None]:
    return [None if value is pd.NA else value for value in read.values]


def codes(read: TypedColumn) -> list[tuple[int, str]]:
    return [(problem.position, problem.code) for problem in read.problems]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "-",
        "--",
        "—",
        "–",
        "N/A",
        "n/a",
        "null",
        "undefined",
        "(not set)",
        "NaN",
        "#N/A",
        "#DIV/0!",
        "\u00a0",
    ],
)
@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.SECONDS])
def test_missing_is_never_zero(cell: str, kind: Kind) -> None:
    read = read_column(column(cell, "1"), kind, currency="USD")
    assert read.values[0] is pd.NA
    assert read.values[1] == (100 if kind is Kind.MONEY else 1)
    assert not read.problems


def test_masked_cells_are_known_to_be_small_but_have_no_value() -> None:
    read = read_column(column("<5", "7", "< 1", "≤5"), Kind.COUNT)
    assert values(read) == [None, 7, None, None]
    assert read.masked == (0, 2, 3)
    assert not read.problems


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1,234", "12"), [1234, 12]),
        (("1.234", "12"), [1234, 12]),
        (("1 234", "1\u202f234\u202f567"), [1234, 1_234_567]),
        (("1'234", "1’234"), [1234, 1234]),
        (("12,34,567",), [1_234_567]),
        (("12.3K", "1.2M"), [12_300, 1_200_000]),
        (("1,2 mil", "3"), [1200, 3]),
        (("1.2万",), [12_000]),
        (("130.2K", "6236"), [130_200, 6236]),
        (("５６", "٤٢"), [56, 42]),
        (("(12)", "-3", "−4", "5-"), [-12, -3, -4, -5]),
        (("+46", "'+46", "\t7\t"), [46, 46, 7]),
        (("12.0", "7"), [12, 7]),
    ],
    ids=str,
)
def test_counts_are_read_in_every_common_spelling(cells: tuple[str, ...], expected: list[int]) -> None:
    read = read_column(column(*cells), Kind.COUNT)
    assert values(read) == expected
    assert read.state is State.PROVEN


def test_a_count_with_a_fraction_is_set_aside_not_rounded() -> None:
    read = read_column(column("12.5", "3"), Kind.COUNT)
    assert values(read) == [None, 3]
    assert codes(read) == [(0, "not-whole")]
    assert '"12.5"' in read.problems[0].what


@pytest.mark.parametrize(
    "cell", ["abc", "12 apples", "1,2,3", "12/5", "1.2.3,4", "²", "12²", "1 2", "$", "%", "0x10"]
)
def test_what_is_no_number_is_a_problem_with_its_place(cell: str) -> None:
    read = read_column(column("4", cell), Kind.COUNT, header="Views")
    assert values(read) == [4, None]
    assert [(one.position, one.column) for one in read.problems] == [(1, "Views")]


def test_suffixes_make_the_column_rounded() -> None:
    assert read_column(column("1.2K", "5"), Kind.COUNT).is_rounded
    assert not read_column(column("1200", "5"), Kind.COUNT).is_rounded


def test_one_cell_decides_the_decimal_mark_of_the_column() -> None:
    point = read_column(column("1,234", "0.5"), Kind.NUMBER)
    comma = read_column(column("1,234", "0,5"), Kind.NUMBER)
    assert values(point) == [1234, 0.5]
    assert values(comma) == [1.234, 0.5]
    assert (point.convention, comma.convention) == (Mark.POINT, Mark.COMMA)


def test_a_column_that_fits_both_marks_is_asked_about() -> None:
    read = read_column(column("1,234", "2"), Kind.MONEY, currency="EUR")
    assert read.state is State.AMBIGUOUS
    assert set(read.choices) == set(Mark)
    answered = read_column(column("1,234", "2"), Kind.MONEY, currency="EUR", convention=Mark.COMMA)
    assert answered.state is State.PROVEN
    assert values(answered) == [123, 200]


def test_both_marks_proven_is_a_contradiction_and_open_cells_are_set_aside() -> None:
    read = read_column(column("1.234,56", "1,234.56", "1,234"), Kind.MONEY, currency="EUR")
    assert read.state is State.CONTRADICTORY
    assert values(read) == [123_456, 123_456, None]
    assert codes(read) == [(2, "mixed-decimals")]


def test_a_slip_against_many_is_the_one_set_aside() -> None:
    cells = [f"{number}.50" for number in range(40)]
    read = read_column(column(*cells, "7,5", "1,234"), Kind.NUMBER)
    assert read.state is State.CONTRADICTORY
    assert codes(read) == [(40, "not-a-number")]
    assert values(read)[-1] == 1234


@pytest.mark.parametrize(
    ("cell", "currency", "minor"),
    [
        ("$2,200.00", "USD", 220_000),
        ("Rp154.530", "IDR", 15_453_000),
        ("Rp40.000.000", "IDR", 4_000_000_000),
        ("RM12.30", "MYR", 1230),
        ("£2", "GBP", 200),
        ("1.234,50 €", "EUR", 123_450),
        ("₫154.530", "VND", 154_530),
        ("¥1,234", "JPY", 1234),
        ("(5.00)", "USD", -500),
        ("-$3.10", "USD", -310),
        ("12.345", "KWD", 12_345),
    ],
)
def test_money_is_whole_minor_units(cell: str, currency: str, minor: int) -> None:
    read = read_column(column(cell, "0.5" if currency == "KWD" else ""), Kind.MONEY, currency=currency)
    assert read.values[0] == minor
    assert read.currency == currency


@pytest.mark.parametrize(
    ("cell", "currency"), [("£2", "GBP"), ("RM12.30", "MYR"), ("3 €", "EUR"), ("USD 4", "USD")]
)
def test_a_sign_of_one_currency_proves_it(cell: str, currency: str) -> None:
    assert read_column(column(cell), Kind.MONEY).currency == currency


def test_a_shared_sign_or_none_proves_no_currency() -> None:
    for cells in (("$12.00",), ("12.00",)):
        read = read_column(column(*cells), Kind.MONEY)
        assert (read.state, read.convention, read.currency) == (State.AMBIGUOUS, NO_CURRENCY, "")


def test_the_header_may_name_the_currency() -> None:
    assert read_column(column("12.00"), Kind.MONEY, header="Cost (USD)").currency == "USD"
    assert read_column(column("12.00"), Kind.MONEY, header="Cost (total)").currency == ""


def test_currencies_are_never_mixed() -> None:
    read = read_column(column("£2.00", "£3.00", "€4.00"), Kind.MONEY)
    assert values(read) == [200, 300, None]
    assert codes(read) == [(2, "mixed-currencies")]
    other = read_column(column("£2.00"), Kind.MONEY, currency="USD")
    assert codes(other) == [(0, "mixed-currencies")]


def test_more_decimals_than_the_currency_has_are_rounded_and_said() -> None:
    read = read_column(column("4.389160886712906", "1.00"), Kind.MONEY, currency="USD")
    assert values(read) == [439, 100]
    assert read.is_rounded


def test_shares_follow_the_per_cent_sign_of_the_column() -> None:
    assert values(read_column(column("74%", "0%", "0"), Kind.SHARE)) == [0.74, 0, 0]
    assert values(read_column(column("0.74", "0.1"), Kind.SHARE)) == [0.74, 0.1]
    assert values(read_column(column("74", "1"), Kind.SHARE)) == [0.74, 0.01]
    assert values(read_column(column("0.74", "1"), Kind.SHARE, header="CTR (%)")) == [0.0074, 0.01]
    mixed = read_column(column("74%", "12"), Kind.SHARE)
    assert codes(mixed) == [(1, "mixed-percent")]


def test_a_growth_above_a_thousand_per_cent_is_a_number() -> None:
    assert values(read_column(column("+4,900%", "12.5%"), Kind.NUMBER)) == [49, 0.125]


def test_long_plain_columns_are_read_like_short_ones() -> None:
    cells = [str(number) for number in range(5000)] + ["", "-3"]
    read = read_column(column(*cells), Kind.COUNT)
    assert values(read) == [*range(5000), None, -3]
    money = [f"{number}.5" for number in range(5000)] + ["", "-3.25", "7"]
    assert values(read_column(column(*money), Kind.MONEY, currency="USD"))[-4:] == [499_950, None, -325, 700]


def test_one_odd_cell_in_a_long_column_is_still_found() -> None:
    cells = [str(number) for number in range(5000)] + ["4711 views"]
    assert codes(read_column(column(*cells), Kind.COUNT)) == [(5000, "not-a-number")]


LOCALES = [
    "en_US",
    "de_DE",
    "fr_FR",
    "es_ES",
    "pt_BR",
    "de_CH",
    "sv_SE",
    "pl_PL",
    "tr_TR",
    "id_ID",
    "vi_VN",
    "hi_IN",
    "ru_RU",
    "it_IT",
]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=12),
    st.sampled_from(LOCALES),
)
def test_numbers_written_in_any_locale_read_back(numbers: list[Decimal], locale: str) -> None:
    written = [
        format_decimal(number, locale=locale, format=None, decimal_quantization=False) for number in numbers
    ]
    decisive = format_decimal(Decimal("1234567.25"), locale=locale)
    read = read_column(column(decisive, *written), Kind.NUMBER)
    assert read.state is State.PROVEN
    assert values(read) == [1234567.25, *(float(number) for number in numbers)]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12), st.sampled_from(LOCALES))
def test_a_proven_count_is_the_count_that_was_written(numbers: list[int], locale: str) -> None:
    read = read_column(column(*(format_decimal(number, locale=locale) for number in numbers)), Kind.COUNT)
    if read.state is State.PROVEN:
        assert values(read) == numbers


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from(list(Kind)))
def test_no_text_whatever_breaks_a_reader_or_loses_a_row(cells: list[str], kind: Kind) -> None:
    read = read_column(column(*cells), kind, currency="USD", zone="UTC", now=1_800_000_000)
    assert len(read.values) == len(cells)
    assert all(0 <= problem.position < len(cells) for problem in read.problems)
