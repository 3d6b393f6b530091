"""Delimited text: every byte shape that exports come in, with the rows a spreadsheet would show."""

from __future__ import annotations

import gzip
import io
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import PlumblineError
from core.imports.limits import Limits
from core.imports.reading import read_file
from core.imports.records import find_delimiter, read_records
from core.imports.splitting import split_tables

if TYPE_CHECKING:
    from core.imports.model import FileText, SheetTable


def read(content: str | bytes, name: str = "export.csv", **options: object) -> FileText:
    data = content.encode() if isinstance(content, str) else content
    (found,) = read_file(name, data, **options)  # type: ignore[arg-type]
    return found


def table(content: str | bytes, name: str = "export.csv") -> SheetTable:
    (found,) = read(content, name).tables
    return found


def rows(found: SheetTable) -> list[tuple[str, ...]]:
    return list(zip(*(column.tolist() for column in found.columns), strict=True))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_common_way_of_writing_a_table_reads_the_same(end: str, delimiter: str, encoding: str) -> None:
    lines = ["Handle|Views|Note", "ánna|1,5|x;y", "bo|2,5|", "cy|3,5|z"]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line.split("|")) for line in lines)
    found = table(text.encode(encoding))
    assert found.header == ("Handle", "Views", "Note")
    assert rows(found) == [("ánna", "1,5", "x;y"), ("bo", "2,5", ""), ("cy", "3,5", "z")]
    assert found.row_numbers.tolist() == [2, 3, 4]


def test_old_encodings_are_recognised_and_said() -> None:
    found = read("Créateur;Vues\nAndré;12\nZoë;3\nJosé;4\n".encode("cp1252"))
    assert rows(found.tables[0])[0] == ("André", "12")
    assert [issue.code for issue in found.issues] == ["encoding-guessed"]
    chosen = read("Имя;Просмотры\nАнна;5\n".encode("cp1251"), encoding="cp1251")
    assert rows(chosen.tables[0]) == [("Анна", "5")]
    assert not chosen.issues


def test_a_chosen_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(PlumblineError) as caught:
        read("Имя\nАнна".encode("utf-16"), encoding="utf-8")
    assert caught.value.issue.code == "encoding-wrong"


def test_a_broken_letter_in_utf8_does_not_change_all_others() -> None:
    found = read(b"Name,Views\n" + "ánna é í ó ú,1\n".encode() * 3 + b"x\xff,2\n")
    assert rows(found.tables[0])[0][0] == "ánna é í ó ú"
    assert [issue.code for issue in found.issues] == ["letters-damaged"]


def test_the_sep_line_is_used_and_not_counted() -> None:
    found = table("sep=;\nA;B\n1;2,5\n".encode("utf-16"))
    assert rows(found) == [("1", "2,5")]
    assert (found.header_row, found.row_numbers.tolist()) == (1, [2])


def test_cells_with_line_breaks_count_as_one_row() -> None:
    found = table('Id,Note,Total\n1,"a\nb, c\n\nd",5\n2,x,6\n')
    assert rows(found)[0] == ("1", "a\nb, c\n\nd", "5")
    assert found.row_numbers.tolist() == [2, 3]


def test_zero_bytes_are_refused() -> None:
    with pytest.raises(PlumblineError) as caught:
        read(b"A,B\n" + b"1,2\n" * 400 + b"1,\0\n")
    assert caught.value.issue.code == "nul-bytes"


def test_preamble_lines_are_kept_above_the_header() -> None:
    found = table("Category: All categories,\n,\nWeek,x: (US)\n2026-01-04,5\n2026-01-11,<1\n")
    assert found.preamble == ("Category: All categories",)
    assert (found.header, found.header_row) == (("Week", "x: (US)"), 3)
    assert found.row_numbers.tolist() == [4, 5]


def test_a_title_padded_by_a_spreadsheet_is_preamble() -> None:
    found = table("Report of March,,,\n,,,\nHandle,Views,Likes,Shares\na,1,2,3\nb,4,5,6\n")
    assert found.preamble == ("Report of March",)
    assert found.header[0] == "Handle"


SNAPSHOT = """# ----------------------------------------
# Report CSV Export
# Account: A, B and C
# ----------------------------------------
#
# Start date: 20260301
# End date: 20260302
Nth day,Users
0000,5
0001,6

# Start date: 20260301
# End date: 20260302
Nth day,Total revenue

# Where do they come from?
Country,Users
GR,3
DE,4
"""


def test_several_tables_in_one_file_stay_apart() -> None:
    found = read(SNAPSHOT).tables
    assert [each.header for each in found] == [
        ("Nth day", "Users"),
        ("Nth day", "Total revenue"),
        ("Country", "Users"),
    ]
    assert [each.row_count for each in found] == [2, 0, 2]
    assert [each.part for each in found] == [0, 1, 2]
    assert "# Start date: 20260301" in found[1].preamble
    assert found[2].row_numbers.tolist() == [18, 19]


def test_a_blank_row_inside_a_table_does_not_cut_it() -> None:
    found = table("Handle,Views\na,1\n\n,\nb,2\n\n\n")
    assert rows(found) == [("a", "1"), ("", ""), ("", ""), ("b", "2")]
    assert found.row_numbers.tolist() == [2, 3, 4, 5]


def test_an_order_number_is_no_comment() -> None:
    found = table("Name,Total\n#1001,5.00\n#1002,6.00\n")
    assert rows(found) == [("#1001", "5.00"), ("#1002", "6.00")]
    answers = table("#,What do you think?,Submit Date (UTC)\nabc,good,2026-01-01\n")
    assert answers.header[0] == "#"


def test_rows_of_another_width_are_kept_apart_with_their_number() -> None:
    found = table("A,B,C\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n7,8,9\n1,2,3,,\n1,1,1\n2,2,2\n3,3,3\n4,4,4\n5,5,5\n")
    assert [(row.row, row.cells) for row in found.ragged] == [(3, ("1", "2")), (4, ("1", "2", "3", "4"))]
    assert found.row_count == 9
    assert 3 not in found.row_numbers


def test_a_writer_that_leaves_out_empty_ends_is_understood() -> None:
    found = table("A,B,C\n1,2\n3,4\n5,6,7\n")
    assert rows(found) == [("1", "2", ""), ("3", "4", ""), ("5", "6", "7")]
    assert not found.ragged


def test_a_totals_row_one_cell_longer_shifts_nothing() -> None:
    found = table("Id,Stream,Events\n,,48,Grand total\na.1,web,42\nb.2,web,6\nc,web,0\n")
    assert rows(found)[0] == ("a.1", "web", "42")
    assert found.ragged[0].cells == ("", "", "48", "Grand total")


def test_a_lone_quote_costs_one_row_and_is_named() -> None:
    lines = ["Id,Name,Views,Likes", *(f"{number},n{number},{number},1" for number in range(1, 6))]
    lines[2] = '2,"n2,2,1'
    found = read("\n".join(lines))
    assert [row[0] for row in rows(found.tables[0])] == ["1", "3", "4", "5"]
    assert [(row.row, row.cells[0]) for row in found.tables[0].ragged] == [(3, '2,"n2,2,1')]
    assert [(issue.code, issue.places[0].row) for issue in found.issues] == [("quotes-damaged", 3)]


def test_two_lone_quotes_swallow_no_rows_between_them() -> None:
    lines = ["Id,Name,Views,Likes", '1,"a,1,1', "2,b,2,2", "3,c,3,3", '4,d",4,4', "5,e,5,5"]
    found = table("\n".join(lines))
    assert [row[0] for row in rows(found)][:2] == ["2", "3"]
    assert found.row_count + len(found.ragged) == 5


def test_personal_details_never_reach_the_app() -> None:
    found = table(
        "Name,Email,Billing Name,Shipping Street,Phone,Total\n#1,a@b.c,Jane Roe,Main St 1,'+46 70,5\n"
    )
    assert rows(found) == [("#1", "a@b.c", "", "", "", "5")]
    assert found.header[2] == "Billing Name"


def test_gzip_is_unpacked_and_named() -> None:
    found = read(gzip.compress(b"A,B\n1,2\n"), "events.csv.gz")
    assert found.file == "events.csv.gz"
    assert rows(found.tables[0]) == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        ("A,B\n" + "1,2\n" * 2000, Limits(rows=500), "too-many-rows"),
        (",".join(f"c{number}" for number in range(600)) + "\n", Limits(), "too-many-columns"),
        ("A,B\n1," + "x" * 200_000 + "\n", Limits(), "cell-too-large"),
        ("A,B\n1," + "x" * 2_000_000, Limits(file_mb=1), "file-too-large"),
    ],
    ids=["rows", "columns", "cell", "file"],
)
def test_limits_are_held_and_named(content: str, limits: Limits, code: str) -> None:
    with pytest.raises(PlumblineError) as caught:
        read(content, limits=limits)
    assert caught.value.issue.code == code
    assert "PLUMBLINE_MAX_" in caught.value.issue.fix


def _large(count: int = 60_000) -> list[list[str]]:
    chance = random.Random(4)  # noqa: S311  (sample data)
    return [
        [
            f"#{number}",
            "p@x.com",
            f"{chance.randint(1, 9999)}.50",
            'Glow "serum", 30ml',
            "a\nb" if number % 7 else "",
            "x" * 30,
        ]
        for number in range(count)
    ]


def _write(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    import csv

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Name", "Email", "Total", "Lineitem name", "Note Attributes", "Tags"])
    writer.writerows(lines)
    return out.getvalue().encode()


def test_large_files_read_like_small_ones() -> None:
    lines = _large()
    data = _write(lines)
    assert len(data) > 4_000_000
    found = table(data)
    assert rows(found) == [tuple(line) for line in lines]
    assert found.row_numbers.tolist() == list(range(2, len(lines) + 2))


def test_odd_rows_of_large_files_are_found_at_their_row() -> None:
    lines = _large()
    lines[50_000] = ["#50000", "too", "short"]
    data = _write(lines) + b"\n\n"
    found = table(data)
    assert found.row_count == len(lines) - 1
    odd = [row for row in found.ragged if any(row.cells)]
    assert [(row.row, row.cells) for row in odd] == [(50_002, ("#50000", "too", "short"))]
    assert found.row_numbers[50_000] == 50_003


def test_a_lone_quote_in_a_large_file_swallows_nothing() -> None:
    data = _write(_large()).replace(b"\n#50000,p@x.com,", b'\n#50000,"p@x.com,', 1)
    found = table(data)
    assert found.row_count == 59_999
    assert [row.row for row in found.ragged] == [50_002, 50_003]  # its note takes two lines


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=10,
    )
)
def test_whatever_a_proper_writer_wrote_comes_back(cells: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    writer.writerows(cells)
    records = read_records(out.getvalue(), Limits())
    assert records.rows[1:] == [list(row) for row in cells]
    assert not records.noticed


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_or_loses_a_row(text: str) -> None:
    records = read_records(text.replace("\0", ""), Limits())
    tables = split_tables(records.rows, records.delimiter)
    numbered = [number for each in tables for number in (*each.row_numbers, *(row for row, _ in each.ragged))]
    assert len(numbered) == len(set(numbered))
    assert all(1 <= number <= len(records.rows) for number in numbered)


def test_the_delimiter_is_found_by_structure_not_by_counting() -> None:
    assert find_delimiter("Name;Cost\na;1,5\nb;2,5\n") == ";"
    assert find_delimiter('Name,Text\na,"x;y;z;w"\nb,"p;q"\n') == ","
    assert find_delimiter("Date\tViews, total\n1\t2\n") == "\t"
