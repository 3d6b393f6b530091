"""Large files are read in blocks: where the blocks meet, nothing is lost, moved or counted twice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.imports import child, quick_csv
from core.imports.limits import Limits
from core.imports.quick_csv import read_quick
from core.imports.reading import _tables
from core.imports.wire import read_head, write_file

if TYPE_CHECKING:
    from core.imports.model import SheetTable

HEADER = "Name,Email,Total,Note,Later,Never"


def through_the_wire(data: bytes) -> SheetTable:
    """Return the one table of a file as the app gets it, read in this process."""
    out = io.BytesIO()
    write_file(out, child.read(data, "text", "", Limits()))
    answer = out.getvalue()
    head = read_head(answer)
    assert head is not None
    (found,) = _tables(head[0]["tables"], memoryview(answer)[head[1] :], "export.csv")
    return found


def said(table: SheetTable) -> tuple[object, ...]:
    cells = [column.tolist() for column in table.columns]
    ragged = [(row.row, row.cells) for row in table.ragged]
    return table.header, cells, table.row_numbers.tolist(), ragged


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_csv, "_BLOCK", 2_000)
    monkeypatch.setattr(quick_csv, "FROM_BYTES", 0)


def lines(count: int) -> list[str]:
    """Return rows with line breaks inside cells, a long cell, and a column that begins late."""
    return [
        f"#{number},p{number}@x.com,{number}.50,"
        + (f'"two\nlines {number}"' if number % 5 == 0 else "ünï 😀" if number % 3 else "")
        + ","
        + ("y" * 300 if number == count - 7 else "late" if number > count // 2 else "")
        + ","
        for number in range(count)
    ]


@pytest.mark.usefixtures("small_blocks")
def test_blocks_give_what_the_careful_reader_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\n".join([HEADER, *lines(900)]).encode()
    assert read_quick(data, Limits()) is not None
    quick = said(through_the_wire(data))
    monkeypatch.setattr(quick_csv, "FROM_BYTES", 1 << 40)
    assert said(through_the_wire(data)) == quick
    assert len(quick[1][0]) == 900  # type: ignore[index]  # the cells of the first column


@pytest.mark.usefixtures("small_blocks")
def test_a_row_that_does_not_fit_is_named_by_its_row_in_whichever_block_it_lies() -> None:
    some = [line.replace("\n", " ") for line in lines(900)]
    for place in (3, 450, 897):
        some[place] = f"#{place},short"
    found = through_the_wire("\n".join([HEADER, *some]).encode())
    assert found.row_count == 897
    assert [row.row for row in found.ragged] == [5, 452, 899]
    assert [row.cells[0] for row in found.ragged] == ["#3", "#450", "#897"]
    by_name = dict(zip(found.columns[0], found.row_numbers.tolist(), strict=True))
    assert (by_name["#4"], by_name["#451"], by_name["#899"]) == (6, 453, 901)


@pytest.mark.usefixtures("small_blocks")
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=400),
            st.sampled_from(["", "1.50", "x" * 260]),
            st.integers(0, 40),
        ),
        min_size=12,
        max_size=30,
    )
)
def test_whatever_the_cells_hold_both_readers_agree(cells: list[tuple[str, str, int]]) -> None:
    rows = [
        ",".join(['"' + note.replace('"', '""') + '"', amount, *["z"] * (1 if width == 40 else 2)])
        for note, amount, width in cells
    ]
    data = "\n".join(["Note,Amount,First,Second", *["plain,1,a,b"] * 12, *rows]).encode()
    quick = read_quick(data, Limits())
    if quick is None:  # an odd file is left to the careful reader
        return
    seen = said(through_the_wire(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_csv, "FROM_BYTES", 1 << 40)
        careful = said(through_the_wire(data))
    assert seen == careful
