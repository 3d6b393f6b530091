"""Tables handed out as CSV or XLSX whose texts are never taken for formulas."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# what spreadsheet programs take for the beginning of a formula, also in full width
_FORMULA_STARTS = frozenset("=+-@\t\r\n|%")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")  # a signed figure stays a figure


def safe_cell(value: object) -> object:
    """Return the value as it may stand in a cell: numbers as they are, texts never as formulas."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(value).replace("\0", "")
    if _NUMBER.fullmatch(text):
        return text
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\u200b\ufeff"))[:1]
    return f"'{text}" if {text[:1], first} & _FORMULA_STARTS else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file, UTF-8 with a byte order mark so that every spreadsheet reads it right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return an XLSX workbook of one sheet: numbers as numbers, texts as texts, no formulas, no links."""
    import xlsxwriter  # heavy, and only wanted when somebody downloads

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(sheet[:31])
        page.write_row(0, 0, list(header), book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is None or value != value:  # noqa: PLR0124  (NaN)
                    continue
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    page.write_number(number, column, value)
                else:
                    page.write_string(number, column, str(safe_cell(str(value)))[:32_767])
        page.freeze_panes(1, 0)
        page.autofit(max_width=320)
    return out.getvalue()
