"""Tables handed out as CSV that a spreadsheet opens as text, never as a formula."""

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
