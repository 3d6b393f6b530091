"""Ids are text; what spreadsheets did to them is noticed. Durations and flags."""

# ruff: noqa: PD011  (the values of a typed column, not those of pandas)

from __future__ import annotations

import pandas as pd
import pytest

from core.imports.cells import handle_of, posted_from_id, read_column, video_id_of
from core.imports.model import Kind, TypedColumn

ID = "7507084128119016709"


def read(kind: Kind, *cells: str) -> TypedColumn:
    return read_column(pd.Series(list(cells), dtype="str"), kind)


def test_ids_keep_every_digit_and_leading_zeros() -> None:
    column = read(Kind.ID, ID, "0012", "'555", '="0034"', " 77\t", "8.0", "", "--")
    assert column.values.tolist() == [ID, "0012", "555", "0034", "77", "8", "", ""]
    assert not column.problems


@pytest.mark.parametrize("cell", ["7.41968E+18", "7.41968e18", "7,41968E+18", "7234567890123456800.0"])
def test_a_damaged_id_is_flagged_and_not_kept(cell: str) -> None:
    column = read(Kind.ID, ID, cell)
    assert column.values.tolist() == [ID, ""]
    assert [(one.position, one.code) for one in column.problems] == [(1, "id-damaged")]


def test_ids_rounded_by_a_float_are_flagged_as_a_column() -> None:
    whole = [int(ID) + step * 999_983 for step in range(20)]
    rounded = [str(int(float(number))) for number in whole]
    assert len(read(Kind.ID, *rounded).problems) == 20
    assert not read(Kind.ID, *map(str, whole)).problems


def test_ids_cut_to_fifteen_digits_are_flagged() -> None:
    cut = [f"{number // 10_000}0000" for number in (int(ID), int(ID) + 123_456_789)]
    assert len(read(Kind.ID, *cut).problems) == 2


def test_text_survives_as_written_and_words_are_trimmed() -> None:
    assert read(Kind.TEXT, " null ", "NA", "=1+1", "").values.tolist() == [" null ", "NA", "=1+1", ""]
    assert read(Kind.LABEL, " NA ", "None", "--").values.tolist() == ["NA", "None", ""]
    assert read(Kind.CODE, " $12 ", "#FINALCALL").values.tolist() == ["$12", "#FINALCALL"]


def test_long_columns_of_ids_are_read_like_short_ones() -> None:
    cells = [f"#{number}" for number in range(3000)]
    assert read(Kind.ID, *cells, "").values.tolist() == [*cells, ""]
    assert [one.position for one in read(Kind.ID, *cells, "7.4E+18").problems] == [3000]


@pytest.mark.parametrize(
    "link",
    [
        ID, f" {ID} ", f"https://www.tiktok.com/@a.b_c/video/{ID}", f"https://www.tiktok.com/@a/photo/{ID}?lang=en",
        f"https://m.tiktok.com/v/{ID}.html", f"https://t.tiktok.com/i18n/share/video/{ID}/?_d=0&mid=7507084110168754950",
        f"https://www.tiktok.com/embed/v2/{ID}", f"tiktok.com/@a/{ID}", f"https://x.com/?item_id={ID}",
        f"https://www.tiktok.com/player/v1/{ID}",
    ],
)  # fmt: skip
def test_a_video_id_is_found_in_every_link(link: str) -> None:
    assert video_id_of(link) == ID


@pytest.mark.parametrize(
    "link", ["", "--", "https://vm.tiktok.com/ZM8abc/", "https://www.tiktok.com/t/ZT8/", "@anna", "12345"]
)
def test_a_link_without_an_id_gives_none(link: str) -> None:
    assert video_id_of(link) == ""


def test_an_id_holds_the_second_of_its_upload() -> None:
    assert posted_from_id(ID) == 1_747_879_229
    assert posted_from_id("1234567890123456789", now=1_800_000_000) is None
    assert posted_from_id("abc") is None
    assert posted_from_id(ID, now=1_600_000_000) is None


def test_a_handle_is_found_in_links_and_names() -> None:
    assert handle_of("https://www.tiktok.com/@Anna.B/video/1") == "anna.b"
    assert handle_of("@Anna_B") == "anna_b"
    assert handle_of("two words") == ""


def test_durations_are_seconds() -> None:
    column = read(
        Kind.SECONDS, "19s", "1h39min", "00:00:12", "12.5", "1:39", "PT1M5S", "2 min 3 s", "--", "fast"
    )
    assert [None if v is pd.NA else v for v in column.values] == [19, 5940, 12, 12.5, 99, 65, 123, None, None]
    assert [one.code for one in column.problems] == ["not-a-duration"]


def test_flags_are_yes_no_or_unknown() -> None:
    column = read(Kind.FLAG, "Yes", "nein", "TRUE", "0", "", "maybe")
    assert [None if v is pd.NA else bool(v) for v in column.values] == [True, False, True, False, None, None]
    assert [one.position for one in column.problems] == [5]
