"""Text to records: the delimiter is found by structure, damaged quotes are noticed.

Runs in the child process: standard library only. A record is one row as a spreadsheet shows
it, however many lines of the file it takes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.errors import Place, refusal
from core.imports.limits import Limits, setting
from core.imports.rawtable import Noticed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 200
_SAMPLE_SIGNS = 100_000
_LONGEST_JOIN = 200  # lines that one quoted cell may span when a damaged file is put together again


@dataclass(slots=True, kw_only=True)
class Records:
    """All rows of a text file.

    Attributes:
        rows: cells by record, record 1 first; a blank line is an empty list.
        delimiter: the sign between cells.
        noticed: damaged quotes.
    """

    rows: list[list[str]]
    delimiter: str
    noticed: list[Noticed] = field(default_factory=list)


def read_records(text: str, limits: Limits) -> Records:
    """Return every record of a text file.

    Raises:
        PlumblineError: `cell-too-large`, `too-many-rows`.
    """
    text, named = _named_delimiter(text)
    delimiter = named or find_delimiter(text)
    csv.field_size_limit(limits.cell_kb * 1000)
    try:
        rows = _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), limits)
        if not any(_swallowed(row, delimiter) for row in rows):
            return Records(rows=rows, delimiter=delimiter)
    except csv.Error:
        pass
    return _mended(text, delimiter, limits)


def find_delimiter(text: str) -> str:
    """Return the sign that cuts the rows into the same number of cells most consistently."""
    sample = text[:_SAMPLE_SIGNS]
    scores = {delimiter: _consistency(sample, delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """Return (share of rows cut × share of those with the usual width, the usual width)."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                widths.append(len(row))
            if len(widths) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0.0, 1
    usual, count = Counter(cut).most_common(1)[0]
    return count / len(widths), usual


def _named_delimiter(text: str) -> tuple[str, str]:
    """Return the text without Excel's `sep=,` line, which Excel does not show either, and the sign."""
    found = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)
    return (text[found.end() :], found[1]) if found else (text, "")


def _bounded(rows: Iterator[list[str]], limits: Limits) -> list[list[str]]:
    """Return all rows, refusing more than the limit (with room for lines that are no data)."""
    read: list[list[str]] = []
    most = limits.rows + 1000
    for row in rows:
        read.append(row)
        if len(read) > most:
            raise too_many_rows(limits)
    return read


def too_many_rows(limits: Limits) -> Exception:
    """Return the refusal of a file with more rows than the limit."""
    return refusal(
        "too-many-rows",
        f"The file has more than {limits.rows:,} rows.",
        f"Export a shorter period and upload the parts. {setting('rows')}",
    )


def _swallowed(row: Sequence[str], delimiter: str) -> bool:
    """Return whether a cell holds whole rows, as happens after a quote that nobody closed."""
    width = len(row)
    for cell in row:
        if "\n" in cell and width > 3:
            lines = cell.split("\n")
            if any(line.count(delimiter) >= width - 1 for line in lines[1:-1]):
                return True
    return False


def _mended(text: str, delimiter: str, limits: Limits) -> Records:
    """Return the records of a file with damaged quotes, each damaged line as a row of one cell.

    Lines are put together while a quote is open, but never so that a cell holds whole rows.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    usual = _consistency(text[:_SAMPLE_SIGNS], delimiter)[1]
    rows: list[list[str]] = []
    damaged: list[int] = []
    position = 0
    while position < len(lines):
        row, used = _one_record(lines, position, delimiter, usual)
        if row is None:
            _refuse_large(lines[position], len(rows) + 1, limits)
            row, used = [lines[position]], 1
            damaged.append(len(rows) + 1)
        rows.append(row)
        position += used
        if len(rows) > limits.rows + 1000:
            raise too_many_rows(limits)
    noticed = [_quotes_damaged(row) for row in damaged]
    return Records(rows=rows, delimiter=delimiter, noticed=noticed)


def _one_record(lines: Sequence[str], start: int, delimiter: str, usual: int) -> tuple[list[str] | None, int]:
    """Return the record that starts at a line and how many lines it takes; None if it is damaged."""
    taken = lines[start]
    for used in range(1, _LONGEST_JOIN + 1):
        if taken.count('"') % 2 == 0:
            try:
                row = next(csv.reader([taken], delimiter=delimiter, strict=True), [])
            except csv.Error:
                return None, 1
            return (
                (row, used)
                if used == 1 or (len(row) == usual and not _swallowed(row, delimiter))
                else (None, 1)
            )
        if start + used >= len(lines) or lines[start + used].count(delimiter) == usual - 1 > 2:
            return None, 1
        taken = f"{taken}\n{lines[start + used]}"
    return None, 1


def _refuse_large(line: str, row: int, limits: Limits) -> None:
    """Raise if a line that cannot be cut into cells is larger than a cell may be."""
    if len(line) > limits.cell_kb * 1000:
        raise refusal(
            "cell-too-large",
            f"One cell holds more than {limits.cell_kb} kB of text.",
            f"Check whether this is the export you meant. {setting('cell_kb')}",
            Place(row=row),
        )


def _quotes_damaged(row: int) -> Noticed:
    return Noticed(
        code="quotes-damaged",
        severity="warning",
        what="A quotation mark in this row is opened and never closed, so its cells cannot be told apart.",
        fix="Correct the row, or export the file again, and upload it again.",
        row=row,
    )
