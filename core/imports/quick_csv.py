"""Large, orderly CSV files read in one sweep; anything odd is left to the careful reader.

Runs in the child process, and only there for files large enough to pay for loading Arrow.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.imports.personal import is_personal
from core.imports.rawtable import RawTable
from core.imports.records import find_delimiter, read_records, too_many_rows
from core.imports.splitting import split_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from core.imports.limits import Limits

FROM_BYTES = 4_000_000
_SAMPLE = 400_000
_BLOCK = 1 << 21
_MOST_ODD = 10_000
_SHORT = 255  # what a length of one byte can say


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How the file is cut: lines above the data, the sign between cells, and which columns are kept."""

    skip: int
    delimiter: str
    width: int
    kept: tuple[int, ...]


class PackedColumn:
    """A column gathered block by block in the form of the wire, without making Python strings."""

    def __init__(self) -> None:
        self._lengths: list[pa.Array] = []
        self._texts: list[bytes] = []
        self._rows = 0
        self._longest = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, cells: pa.Array, longest: int, text: bytes) -> None:
        """Add a block of cells."""
        import pyarrow.compute as pc

        lengths = pc.binary_length(cells)
        self._lengths.append(lengths.cast("uint8") if longest <= _SHORT else lengths)
        self._texts.append(text)
        self._rows += len(cells)
        self._longest = max(self._longest, longest)

    def buffers(self) -> tuple[str, Sequence[bytes | memoryview], Sequence[bytes]]:
        """Return the form of the lengths, the lengths of all cells, and their text; nothing is kept."""
        form, kind = ("lengths8", "uint8") if self._longest <= _SHORT else ("lengths", "int32")
        lengths = [_plain_buffer(part.cast(kind)) for part in self._lengths]
        texts, self._texts, self._lengths = self._texts, [], []
        return form, lengths, texts


def _plain_buffer(numbers: pa.Array) -> memoryview:
    """Return the bytes of numbers of which none is missing."""
    width = numbers.type.bit_width // 8
    start = numbers.offset * width
    return memoryview(numbers.buffers()[1])[start : start + len(numbers) * width]


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
    layout = _Layout(
        skip=first_line,
        delimiter=delimiter,
        width=len(head.header),
        kept=tuple(position for position, title in enumerate(head.header) if not is_personal(title)),
    )
    columns = _pack(data, layout, odd, limits)
    if columns is None or len(odd) > _MOST_ODD or any(_is_comment(cells) for _, cells in odd):
        return None
    rows = max(map(len, columns.values()), default=0)
    numbers, ragged = _numbers(rows, head.header_row, odd)
    return RawTable(
        preamble=head.preamble,
        header=head.header,
        columns=[columns.get(position) for position in range(len(head.header))],  # type: ignore[misc]  # a Packed column
        row_numbers=numbers,
        ragged=ragged,
        header_row=head.header_row,
    )


def _is_comment(cells: Sequence[str]) -> bool:
    return bool(cells[:1]) and cells[0].startswith("#")


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


def _pack(
    data: bytes, layout: _Layout, odd: list[tuple[int, list[str]]], limits: Limits
) -> dict[int, PackedColumn] | None:
    """Return position -> column for all but personal ones, None when the careful reader must look.

    Rows that do not fit go into `odd` as (row, cells). The file is read in blocks, so that beside
    its bytes only the packed cells lie in memory.
    """
    import pyarrow as pa

    columns = {position: PackedColumn() for position in layout.kept}
    rows = 0
    try:
        with _open(data, layout, odd) as reader:
            for batch in reader:
                rows += batch.num_rows
                if rows > limits.rows:
                    raise too_many_rows(limits)
                for position, cells in zip(layout.kept, batch.columns, strict=True):
                    if not _add(columns[position], cells, layout, limits):
                        return None
    except pa.ArrowInvalid:
        return None
    return columns


def _open(data: bytes, layout: _Layout, odd: list[tuple[int, list[str]]]) -> arrow_csv.CSVStreamingReader:
    """Return a reader of blocks of rows, all cells as text."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [f"f{position}" for position in range(layout.width)]

    def keep_odd(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, next(csv.reader([row.text], delimiter=layout.delimiter), [])))
        return "error" if len(odd) > _MOST_ODD else "skip"

    return arrow_csv.open_csv(
        pa.BufferReader(pa.py_buffer(data)),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=_BLOCK, skip_rows=layout.skip, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=b'"' in data,
            ignore_empty_lines=False,
            invalid_row_handler=keep_odd,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            include_columns=[names[position] for position in layout.kept],
        ),
    )


def _add(column: PackedColumn, cells: pa.Array, layout: _Layout, limits: Limits) -> bool:
    """Add a block of cells to a column; return False for cells that need a closer look.

    Those are cells larger than a cell may be, of which the careful reader says which, and cells
    that swallowed whole rows after a quote that nobody closed.
    """
    import pyarrow.compute as pc

    buffer = cells.buffers()[2]
    text = buffer.to_pybytes() if buffer is not None else b""
    longest = (pc.max(pc.binary_length(cells)).as_py() or 0) if text else 0
    if longest > limits.cell_kb * 1000 or (
        b"\n" in text and _swallows(cells, layout.delimiter, layout.width)
    ):
        return False
    column.add(cells, longest, text)
    return True


def _swallows(cells: pa.Array, delimiter: str, width: int) -> bool:
    """Return whether a cell has swallowed whole rows after a quote that nobody closed."""
    import pyarrow.compute as pc

    if width <= 3:
        return False
    several = pc.unique(cells.filter(pc.match_substring(cells, "\n"))).to_pylist()
    return any(line.count(delimiter) >= width - 1 for cell in several for line in cell.split("\n")[1:-1])


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
