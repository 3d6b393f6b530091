"""Rows set aside: nothing of people is kept, and the download runs nothing."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.model import Column, Kind, RaggedRow, RowProblem, SheetTable
from core.imports.quarantine import SetAside, as_csv, safe_cell, set_aside

COLUMNS = {
    0: Column(field="order_name", headers=("Name",), kind=Kind.TEXT),
    1: Column(field="email", headers=("Email",), kind=Kind.TEXT),
    2: Column(field="total", headers=("Total",), kind=Kind.MONEY),
}


def table(*rows: tuple[str, str, str], ragged: tuple[RaggedRow, ...] = ()) -> SheetTable:
    columns = tuple(pd.Series(list(cells), dtype="str") for cells in zip(*rows, strict=True))
    return SheetTable(
        file="o.csv",
        header=("Name", "Email", "Total"),
        columns=columns,
        row_numbers=np.arange(2, 2 + len(rows)),
        ragged=ragged,
    )


def problem(position: int, cell: str, code: str = "not-a-number") -> RowProblem:
    return RowProblem(
        position=position, column="Total", code=code, what=f'"{cell}" is not an amount.', fix="Correct it."
    )


def test_row_is_kept_without_the_customer():
    (row,) = set_aside(table(("#1", "jane@canary.example", "n/a")), COLUMNS, [problem(0, "n/a")])
    assert row.cells == {"Name": "#1", "Total": "n/a"}
    assert (row.row, row.column, row.what) == (2, "Total", '"n/a" is not an amount.')


def test_name_that_slipped_into_a_figure_is_not_kept():
    (row,) = set_aside(table(("#1", "", "Jane Canary")), COLUMNS, [problem(0, "Jane Canary")])
    assert "Jane" not in str(row)


def test_address_that_slipped_into_a_name_is_not_kept():
    (row,) = set_aside(table(("jane@canary.example", "", "1")), COLUMNS, [problem(0, "1")])
    assert "canary" not in str(row)


def test_several_problems_of_a_row_are_one_row():
    found = set_aside(
        table(("#1", "", "x"), ("#2", "", "y")), COLUMNS, [problem(0, "x"), problem(0, "z"), problem(1, "y")]
    )
    assert [row.row for row in found] == [2, 3]
    assert found[0].what == '"x" is not an amount. "z" is not an amount.'


def test_row_of_other_width_is_counted_and_none_of_its_cells_kept():
    ragged = (RaggedRow(row=9, cells=("#9", "Jane Canary", "1", "+44 7700 900123")),)
    found = set_aside(table(("#1", "", "1"), ragged=ragged), COLUMNS, [])
    assert [(row.row, row.cells) for row in found] == [(9, {})]
    assert "4 cells" in found[0].what
    assert "3" in found[0].what


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\x00=1",
        "\n=1",
        "＝1+1",
        "＋1x",
        "－x",
        "＠x",
        "-",
        "+",
    ],
    ids=repr,
)
def test_what_looks_like_a_formula_is_quoted(cell):
    assert safe_cell(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-3", "+4.5", "-1,234.50", "12", "", "plain", "a=b"], ids=repr)
def test_figures_and_words_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


@given(st.text(max_size=30))
def test_no_cell_starts_a_formula(cell):
    safe = safe_cell(cell)
    assert "\x00" not in safe
    if safe[:1] in "=@\t\r\n" and safe:
        pytest.fail(repr(safe))


def test_download_holds_problem_and_remedy_beside_the_row():
    row = SetAside(
        sheet="",
        row=7,
        column="Total",
        code="x",
        what='"=2" is odd.',
        fix="Fix it.",
        cells={"Total": "=2", "Name": "#1"},
    )
    text = as_csv([row]).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["Total", "Name", "row in the file", "problem", "how to fix"]
    assert lines[1] == ["'=2", "#1", "7", '"=2" is odd.', "Fix it."]


def test_download_of_nothing_still_has_its_headers():
    assert as_csv([]).decode("utf-8-sig").startswith("row in the file,problem,how to fix")
