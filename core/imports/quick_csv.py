"""Large, orderly CSV files read in one sweep; anything odd is left to the careful reader.

Runs in the child process, and only there for files large enough to pay for loading Arrow.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from core.imports.personal import is_personal
from core.imports.rawtable import RawTable
from core.imports.records import find_delimiter, read_records, too_many_rows
from core.imports.splitting import split_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from core.imports.limits import Limits

FROM_BYTES = 4_000_000
_SAMPLE = 400_000
_BLOCK = 1 << 21
_MOST_ODD = 10_000


class ArrowColumn:
    """A column of an Arrow table, handed over without making Python strings."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def buffers(self) -> tuple[str, Sequence[bytes | memoryview]]:
        """Return the offsets and the text of all cells."""
        import pyarrow as pa

        whole = self._column.combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = whole.chunk(0) if whole.num_chunks else pa.array([], pa.string())
        _, offsets, text = whole.buffers()
        start, count = whole.offset * 4, (len(whole) + 1) * 4
        return "offsets", (memoryview(offsets)[start : start + count], memoryview(text) if text else b"")


def read_quick(data: bytes, limits: Limits) -> RawTable | None:
    """Return the one table of a large UTF-8 file, None when it needs a closer look.

    A closer look is needed when the start of the file is not one plain table, when many rows do
    not fit it, when a comment or a damaged quote turns up, or when the bytes are not UTF-8.
    """
    cut = data.rfind(b"\n", 0, _SAMPLE)
    head = _sample_table(data[:cut], limits) if cut > 0 else None
    if head is None or b"\0" in data or len(head.header) < 2:
        return None
    first_line, delimiter = _header_line(data[:cut], head)
    if first_line is None:
        return None
    odd: list[tuple[int, list[str]]] = []
    table = _arrow(data, first_line, delimiter, head, odd)
    if (
        table is None
        or len(odd) > _MOST_ODD
        or any(cells[:1] and cells[0].startswith("#") for _, cells in odd)
    ):
        return None
    if table.num_rows > limits.rows:
        raise too_many_rows(limits)
    has_long_cells = data.count(b"\n") > first_line + table.num_rows + len(odd)
    if _is_oversized(table, limits) or (has_long_cells and _swallows(table, delimiter, len(head.header))):
        return None
    numbers, ragged = _numbers(table.num_rows, head.header_row, odd)
    kept = iter(table.columns)
    return RawTable(
        preamble=head.preamble,
        header=head.header,
        columns=[None if is_personal(name) else ArrowColumn(next(kept)) for name in head.header],  # type: ignore[misc]  # a Packed column
        row_numbers=numbers,
        ragged=ragged,
        header_row=head.header_row,
    )


def _sample_table(sample: bytes, limits: Limits) -> RawTable | None:
    """Return the table at the start of the file, None if there is not exactly one plain one."""
    try:
        text = sample.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if text[:4].casefold() == "sep=":
        return None
    records = read_records(text, limits)
    tables = split_tables(records.rows, records.delimiter)
    if len(tables) != 1 or records.noticed or len(tables[0].row_numbers) < 10 or len(tables[0].ragged) > 3:
        return None
    return tables[0]


def _header_line(sample: bytes, head: RawTable) -> tuple[int | None, str]:
    """Return how many physical lines end with the header, None if its cells hold line breaks."""
    text = sample.decode("utf-8-sig")
    if any("\n" in cell or "\r" in cell for cell in head.header):
        return None, ""
    lines = text.split("\n", head.header_row)
    if any(line.count('"') % 2 for line in lines[: head.header_row]) or ("\r" in text and "\r\n" not in text):
        return None, ""
    return head.header_row, find_delimiter(text)


def _arrow(
    data: bytes, skip: int, delimiter: str, head: RawTable, odd: list[tuple[int, list[str]]]
) -> pa.Table | None:
    """Return all columns as text, personal ones left out, filling `odd` with (row, cells) that do not fit."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    width = len(head.header)
    names = [f"f{position}" for position in range(width)]

    def keep_odd(row: arrow_csv.InvalidRow) -> str:
        cells = next(csv.reader([row.text], delimiter=delimiter), [])
        odd.append((row.number, cells))
        if len(odd) > _MOST_ODD:
            return "error"
        return "skip"

    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=_BLOCK, skip_rows=skip, column_names=names
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=keep_odd,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                include_columns=[
                    name for name, title in zip(names, head.header, strict=True) if not is_personal(title)
                ],
            ),
        )
    except pa.ArrowInvalid:
        return None


def _is_oversized(table: pa.Table, limits: Limits) -> bool:
    """Return whether some cell is larger than a cell may be; the careful reader says which."""
    import pyarrow.compute as pc

    most = limits.cell_kb * 1000
    return any((pc.max(pc.binary_length(column)).as_py() or 0) > most for column in table.columns)


def _swallows(table: pa.Table, delimiter: str, width: int) -> bool:
    """Return whether a cell has swallowed whole rows after a quote that nobody closed."""
    import pyarrow.compute as pc

    if width <= 3:
        return False
    for column in table.columns:
        for cell in pc.unique(column.filter(pc.match_substring(column, "\n"))).to_pylist():
            if any(line.count(delimiter) >= width - 1 for line in cell.split("\n")[1:-1]):
                return True
    return False


def _numbers(
    rows: int, header_row: int, odd: Sequence[tuple[int, list[str]]]
) -> tuple[Sequence[int], list[tuple[int, list[str]]]]:
    """Return the spreadsheet row of each good row, and the odd rows without blank ones at the end."""
    if not odd:
        return range(header_row + 1, header_row + 1 + rows), []
    taken = {number for number, _ in odd}
    last = header_row + rows + len(odd)
    numbers = [number for number in range(header_row + 1, last + 1) if number not in taken]
    ragged = list(odd)
    while ragged and ragged[-1][0] == last and not any(ragged[-1][1]):
        ragged.pop()
        last -= 1
    return numbers, ragged
