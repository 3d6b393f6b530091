import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entry.fields import (
    UnreadableError,
    amount_text,
    day_from,
    read_amount,
    read_count,
    read_day,
    read_goal,
)
from core.units import Unit, day_number


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12,500.00", "USD", 1_250_000), ("12.500,00", "EUR", 1_250_000), ("12 500", "SEK", 1_250_000), ("1,250", "USD", 125_000),
        ("1.250", "EUR", 125_000), ("12,5", "USD", 1_250), ("€ 1.200,50", "EUR", 120_050), ("USD 300", "USD", 30_000), ("300 kr.", "SEK", 30_000),
        ("12,34,567.50", "INR", 123_456_750), ("1'000.50", "CHF", 100_050), ("1,250", "JPY", 1_250), ("0", "USD", 0), ("0.10", "USD", 10), ("1,250.000", "KWD", 1_250_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text, currency, minor):
    assert read_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("1,250", "KWD", "ambiguous-number"), ("$5", "EUR", "other-currency"), ("5 EUR", "USD", "other-currency"), ("-5", "USD", "negative-amount"),
        ("abc", "USD", "not-a-number"), ("1,2,3", "USD", "not-a-number"), ("", "USD", "not-a-number"), ("1.234.5", "USD", "not-a-number"), ("0.005", "USD", "too-many-decimals"),
        ("1,25", "JPY", "too-many-decimals"), ("9" * 30, "USD", "too-large"), ("1e5", "USD", "not-a-number"), ("١٢٣", "USD", "not-a-number"), ("=1+1", "USD", "not-a-number"),
    ],
)  # fmt: skip
def test_an_amount_without_one_reading_is_refused_with_a_remedy(text, currency, code):
    with pytest.raises(UnreadableError) as caught:
        read_amount(text, currency)
    assert caught.value.code == code
    assert text in caught.value.what
    assert caught.value.fix


@given(st.integers(0, 10**12), st.sampled_from(["USD", "JPY", "EUR", "KWD"]))
def test_an_amount_written_back_reads_as_itself(minor, currency):
    assert read_amount(amount_text(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12.4k", 12_400),
        ("1.2M", 1_200_000),
        ("12,400", 12_400),
        ("12.400", 12_400),
        ("1.234.567", 1_234_567),
        ("0", 0),
    ],
)
def test_a_count_is_read(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["1.5", "x", "-3", "1,200k", "k", ""])
def test_a_count_that_is_none_is_refused(text):
    with pytest.raises(UnreadableError):
        read_count(text)


@pytest.mark.parametrize(
    "text",
    ["2026-03-25", "25/03/2026", "03/25/2026", "25.3.2026", "25 Mar 2026", "March 25, 2026", "2026/3/25"],
)
def test_a_day_is_read(text):
    assert read_day(text) == day_number(dt.date(2026, 3, 25))


def test_a_day_with_two_readings_is_refused_with_both_named():
    with pytest.raises(UnreadableError, match="2026-04-03 or 2026-03-04"):
        read_day("3/4/2026")


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "0026-01-01", "tomorrow", "2026"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UnreadableError):
        read_day(text)


def test_a_day_comes_as_date_number_or_text():
    day = dt.date(2026, 3, 1)
    assert day_from(day) == day_from(day_number(day)) == day_from("2026-03-01") == day_number(day)
    assert day_from("") is None
    assert day_from(None) is None


def test_targets_are_kept_in_the_unit_of_their_metric():
    assert read_goal("4.5%", Unit.SHARE, "USD") == pytest.approx(0.045)
    assert read_goal("12.50", Unit.MONEY, "USD") == 1250
    assert read_goal("3.2×", Unit.TIMES, "USD") == pytest.approx(3.2)
    assert read_goal("250k", Unit.COUNT, "USD") == 250_000
    with pytest.raises(UnreadableError, match="with the sign"):
        read_goal("4.5", Unit.SHARE, "USD")
