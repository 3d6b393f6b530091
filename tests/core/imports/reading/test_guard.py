"""What is refused at the door, in one plain sentence that names what it looks like."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from core.errors import PlumblineError
from core.imports.guard import display_name
from core.imports.limits import Limits, limits_from
from core.imports.reading import read_file

if TYPE_CHECKING:
    from core.imports.model import FileText

CSV = b"Handle,Views\nanna,1\nbo,2\n"


def refused(name: str, data: bytes, **options: object) -> str:
    with pytest.raises(PlumblineError) as caught:
        read_file(name, data, **options)  # type: ignore[arg-type]
    issue = caught.value.issue
    assert issue.what.endswith(".")
    assert "Traceback" not in str(issue)
    assert issue.places[0].file
    return issue.code


def archive(members: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in members.items():
            written.writestr(name, data)
    return out.getvalue()


def workbook(cells: dict[str, list[list[object]]] | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, lines in (cells or {"Sheet1": [["Handle", "Views"], ["anna", 1]]}).items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.csv", b"", "file-empty", "empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n \n", "file-empty", "empty"),
        ("a.csv", b"<!DOCTYPE html><html><body>Log in</body>", "file-disguised", "web page"),
        ("a.xls", b"\n <html xmlns='x'><table>", "file-disguised", "web page"),
        ("a.csv", b"%PDF-1.7 ...", "file-disguised", "PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n0000", "file-disguised", "picture"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "file-disguised", "XML"),
        ("a.xlsx", CSV, "file-disguised", "plain text"),
        ("a.zip", CSV, "file-disguised", "plain text"),
        ("a.csv", archive({"x.csv": CSV}), "file-disguised", "ZIP"),
        ("a.csv", workbook(), "file-disguised", "Excel workbook"),
        ("a.csv", gzip.compress(CSV, mtime=0), "file-disguised", "gzip"),
        (
            "a.csv",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le"),
            "file-disguised",
            ".xls",
        ),
        ("a.exe", b"MZ\x90\0", "file-type", "program"),
        ("a.docx", archive({"word/document.xml": b"<x/>"}), "file-type", ".docx"),
        ("report", CSV, "file-type", "no ending"),
        ("a.csv", bytes(range(256)) * 20, "file-disguised", "not text"),
    ],
)
def test_a_file_that_is_something_else_is_named(name: str, data: bytes, code: str, words: str) -> None:
    with pytest.raises(PlumblineError) as caught:
        read_file(name, data)
    assert caught.value.issue.code == code
    assert words in caught.value.issue.what


def test_a_locked_workbook_is_named() -> None:
    container = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    assert refused("a.xlsx", container) == "workbook-locked"


def test_a_locked_archive_is_named() -> None:
    data = bytearray(archive({"a.csv": CSV}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    assert refused("a.zip", bytes(data)) == "archive-locked"


def test_archives_in_archives_are_refused() -> None:
    assert refused("a.zip", archive({"inner.zip": archive({"a.csv": CSV})})) == "archive-nested"
    assert refused("a.zip", archive({"inner.csv.gz": gzip.compress(CSV, mtime=0)})) == "archive-nested"
    assert refused("a.csv.gz", gzip.compress(gzip.compress(CSV, mtime=0))) in {
        "archive-nested",
        "file-disguised",
    }


def test_archive_bombs_are_refused_before_they_unpack() -> None:
    zeros = b"0" * 60_000_000
    assert refused("a.zip", archive({"a.csv": zeros})) == "archive-too-large"
    assert refused("a.csv.gz", gzip.compress(zeros, mtime=0)) == "archive-too-large"


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = bytearray(archive({"a.csv": b"A,B\n" + b"1,2\n" * 100_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    assert refused("a.zip", bytes(data)) in {"archive-damaged", "archive-too-large"}


def test_damaged_and_cut_archives_are_refused() -> None:
    whole = archive({"a.csv": CSV * 500})
    assert refused("a.zip", whole[: len(whole) // 2]) == "archive-damaged"
    assert refused("a.csv.gz", gzip.compress(CSV * 50, mtime=0)[:40]) == "archive-damaged"
    assert refused("a.zip", archive({})) in {"archive-empty", "archive-damaged"}
    assert refused("a.xlsx", workbook()[:3000]) in {"archive-damaged", "file-disguised"}


def test_too_many_members_are_refused_with_the_limit() -> None:
    assert refused("a.zip", archive({f"{number}.csv": CSV for number in range(21)})) == "archive-too-many"


def test_members_are_read_in_memory_and_their_paths_only_shown() -> None:
    found = read_file(
        "Overview.zip",
        archive(
            {
                "../../etc/evil.csv": CSV,
                "__MACOSX/._Overview.csv": b"junk",
                ".DS_Store": b"junk",
                "folder/Viewers.csv": CSV + b"cy,3\n",
                "folder/Viewers 2.csv": CSV + b"cy,3\n",
            }
        ),
    )
    assert [each.file for each in found] == ["Overview.zip/etc/evil.csv", "Overview.zip/folder/Viewers.csv"]
    assert [issue.code for issue in found[1].issues] == ["member-copy"]


def test_a_workbook_with_entities_is_refused() -> None:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/extra.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert refused("a.xlsx", out.getvalue()) == "workbook-hostile"


def far_cell() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            copy.writestr(name, data)
    return out.getvalue()


def test_a_cell_in_the_last_corner_does_not_kill_the_app() -> None:
    assert refused("a.xlsx", far_cell()) in {"reading-failed", "too-many-columns"}


def test_reading_can_be_cancelled_and_times_out() -> None:
    lines = b"A,B\n" + b"1,2\n" * 400_000
    assert refused("a.csv", lines, cancelled=lambda: True) == "reading-cancelled"
    assert refused("a.csv", lines * 2, limits=Limits(cpu_seconds=1, wall_seconds=0)) == "reading-too-long"


def test_every_sheet_is_read_exactly() -> None:
    found = one(
        "a.xlsx",
        workbook(
            {
                "Ads": [["Ad ID", "Cost", "On"], ["7507084128119016709", 12.5, True], ["x", 3, False]],
                "Empty": [],
                "Pivot": [["Row Labels", "Sum"], ["a", 1]],
            }
        ),
    )
    assert [table.sheet for table in found.tables] == ["Ads", "Pivot"]
    assert [column.tolist() for column in found.tables[0].columns] == [
        ["7507084128119016709", "x"],
        ["12.5", "3"],
        ["TRUE", "FALSE"],
    ]


def one(name: str, data: bytes) -> FileText:
    (found,) = read_file(name, data)
    return found


def test_a_number_that_lost_digits_shows_it() -> None:
    found = one("a.xlsx", workbook({"S": [["Video ID", "Views"], [7507084128119016709, 4]]}))
    assert "e+18" in found.tables[0].columns[0].iloc[0]


def test_dates_times_and_hidden_sheets_of_a_workbook() -> None:
    from datetime import datetime, time

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm", "date_1904": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["Day", "At", "Clock"])
    sheet.write_datetime(1, 0, datetime(2026, 3, 4))  # noqa: DTZ001  (a workbook has no zones)
    sheet.write_datetime(1, 1, datetime(2026, 3, 4, 5, 6, 7))  # noqa: DTZ001  (as above)
    sheet.write_datetime(1, 2, time(1, 2, 3), book.add_format({"num_format": "hh:mm:ss"}))
    hidden = book.add_worksheet("Old")
    hidden.write_row(0, 0, ["Day", "Views"])
    hidden.write_row(1, 0, ["a", 1])
    hidden.hide()
    book.close()
    found = one("a.xlsx", out.getvalue())
    assert [str(column.iloc[0]) for column in found.tables[0].columns] == [
        "2026-03-04",
        "2026-03-04 05:06:07",
        "01:02:03",
    ]
    assert found.tables[0].is_date_1904
    assert [issue.code for issue in found.issues] == ["hidden-sheet"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\a.csv", "a.csv"),
        ("a\x00b\n\u202ecsv.exe.csv", "abcsv.exe.csv"),
        ("", "file"),
    ],
)
def test_names_are_shown_without_folders_or_tricks(given: str, shown: str) -> None:
    assert display_name(given) == shown


def test_long_names_keep_their_ending() -> None:
    shown = display_name("x" * 500 + ".csv")
    assert len(shown) <= 120
    assert shown.endswith(".csv")


def test_limits_come_from_the_environment_when_they_make_sense() -> None:
    assert limits_from({"PLUMBLINE_MAX_ROWS": "10", "PLUMBLINE_MAX_FILE_MB": "lots"}) == Limits(rows=10)


JSON_CASES = {
    "array": '[{"id": 7507084128119016709, "stats": {"plays": 1.50}}, {"id": "2", "tags": [{"name": "a"}, {"name": "b"}]}]',
    "lines": '{"id": 7507084128119016709, "stats": {"plays": 1.50}}\n\n{"id": "2", "tags": [{"name": "a"}, {"name": "b"}]}\n',
    "wrapped": '{"data": [{"id": 7507084128119016709, "stats": {"plays": 1.50}}, {"id": "2", "tags": [{"name": "a"}, {"name": "b"}]}]}',
}


@pytest.mark.parametrize("content", JSON_CASES.values(), ids=JSON_CASES)
def test_json_becomes_a_table_with_numbers_as_written(content: str) -> None:
    (table,) = one("a.json", content.encode()).tables
    cells = {name: column.tolist() for name, column in zip(table.header, table.columns, strict=True)}
    assert cells == {
        "id": ["7507084128119016709", "2"],
        "stats.plays": ["1.50", ""],
        "tags/0/name": ["", "a"],
        "tags/1/name": ["", "b"],
    }


def test_threads_become_rows_that_name_their_parent() -> None:
    content = b'{"video": "v", "comments": [{"id": "a", "replies": [{"id": "b"}, {"id": "c"}]}, {"id": "d", "replies": []}]}'
    (table,) = one("a.json", content).tables
    cells = {name: column.tolist() for name, column in zip(table.header, table.columns, strict=True)}
    assert cells["id"] == ["a", "b", "c", "d"]
    assert cells["video"] == ["v"] * 4
    assert (cells["_row"], cells["_parent"]) == (["1", "2", "3", "4"], ["", "1", "1", ""])


@pytest.mark.parametrize(
    "content", ["{", "[1, 2]", '"x"', "[]", '{"a": 1}\n{"b"', "[" * 100_000, '[{"a": NaN}, 3]']
)
def test_json_that_is_no_table_is_refused(content: str) -> None:
    assert refused("a.json", content.encode()) in {"json-damaged", "json-not-a-table"}
