"""Records to tables: preamble, header, data, several tables in one file.

Runs in the child process: standard library only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.imports.rawtable import RawTable

Row = Sequence[str]
_COMMENT = re.compile(r"^#(?:\s|-|$)")
_NUMERIC = re.compile(r"^[^\w\s]{0,3}\s?\d[\d.,:/\s+\-%TZ]*(?:[kKmM%]|\s?[^\W\d_]{1,3})?$")
_SYSTEMATIC = 0.2  # from this share of short rows on, the writer leaves trailing empty cells out


@dataclass(slots=True, kw_only=True)
class _Block:
    """Rows without a blank row or comment between them."""

    comments: list[str]
    first: int  # record number of the first row
    rows: list[Row]
    blanks_before: int = 0


def split_tables(rows: Sequence[Row], delimiter: str = ",", sheet: str = "") -> list[RawTable]:
    """Return every table of the records of a file or sheet, record 1 first.

    Blank rows inside a table stay in it, so that rows in equal rows out; blank rows between tables
    and at the end do not count. A row with more cells than the header (unless they are empty) or
    with fewer is ragged; fewer are tolerated when the writer leaves out trailing empty cells in a
    fifth of its rows or more.
    """
    groups = _grouped(_blocks(rows, delimiter))
    return [_table(group, part, delimiter, sheet) for part, group in enumerate(groups)]


def is_blank(row: Row) -> bool:
    """Return whether no cell of the row shows anything."""
    return not any(cell and not cell.isspace() for cell in row)


def looks_like_header(row: Row) -> bool:
    """Return whether a row can be a header: words, no figures, no word twice."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return (
        bool(filled) and len(set(filled)) == len(filled) and not any(_NUMERIC.match(cell) for cell in filled)
    )


def _is_comment(row: Row) -> bool:
    """Return whether a row is a comment such as `# Start date: 20230101`, not an order `#1001`."""
    if not row or not _COMMENT.match(row[0]):
        return False
    return sum(bool(cell.strip()) for cell in row) == 1 or ":" in row[0] or row[0].startswith("# -")


def _blocks(rows: Sequence[Row], delimiter: str) -> list[_Block]:
    """Return the blocks of rows, each with the comments above it; comments alone make one too."""
    blocks: list[_Block] = []
    comments: list[str] = []
    current: _Block | None = None
    blanks = 0
    for number, row in enumerate(rows, start=1):
        if is_blank(row):
            current, blanks = None, blanks + 1
        elif _is_comment(row):
            comments.append(delimiter.join(row).rstrip(delimiter))
            current = None
        else:
            if current is None:
                current = _Block(comments=comments, first=number, rows=[], blanks_before=blanks)
                blocks.append(current)
                comments = []
            current.rows.append(row)
            blanks = 0
    if comments:
        blocks.append(_Block(comments=comments, first=len(rows) + 1, rows=[]))
    return blocks


def _grouped(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Return the blocks that make one table together: titles join what follows, data what precedes."""
    groups: list[list[_Block]] = []
    for block in blocks:
        if groups and not block.comments and _continues(groups[-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _continues(group: Sequence[_Block], block: _Block) -> bool:
    """Return whether a block after blank rows belongs to the table before it."""
    rows = [row for each in group for row in each.rows]
    if not rows:
        return True
    width = _width(rows)
    if _filled(rows[0]) <= 1 and width <= 1:
        return True  # a title, and this block is the table
    own = _width(block.rows)
    if own <= 1 < width:
        return len(block.rows) <= 2 or not looks_like_header(block.rows[0])  # a footnote
    if own != width:
        return False
    header = rows[_header_at(rows, width)]
    first = block.rows[0]
    if list(first) == list(header) or not looks_like_header(first):
        return True
    return not any(
        _NUMERIC.match(below.strip()) and not _NUMERIC.match(above.strip())
        for row in block.rows[1:2]
        for above, below in zip(first, row, strict=False)
        if above.strip() and below.strip()
    )


def _filled(row: Row) -> int:
    """Return how many cells up to the last one that shows something."""
    for position in range(len(row), 0, -1):
        if row[position - 1].strip():
            return position
    return 0


def _width(rows: Sequence[Row]) -> int:
    """Return the usual number of cells of the rows, trailing empty ones left out."""
    counts = Counter(_filled(row) for row in rows[:200])
    counts.pop(0, None)
    if not counts:
        return 0
    most = counts.most_common(1)[0][1]
    return max(width for width, count in counts.items() if count == most)


def _header_at(rows: Sequence[Row], width: int) -> int:
    """Return the position of the header: the first row filled across most of the usual width."""
    for position, row in enumerate(rows[:50]):
        filled = sum(bool(cell.strip()) for cell in row)
        if filled >= min(max(2, 0.5 * width), width) and _filled(row) >= 0.6 * width:
            return position
    return 0


def _table(group: Sequence[_Block], part: int, delimiter: str, sheet: str) -> RawTable:
    """Return the table that the blocks of a group make."""
    numbered: list[tuple[int, Row]] = []
    for block in group:
        if numbered:
            last = numbered[-1][0]
            numbered += [(last + 1 + gap, ()) for gap in range(block.first - last - 1)]
        numbered += [(block.first + position, row) for position, row in enumerate(block.rows)]
    preamble = [line for block in group for line in block.comments]
    if not numbered:
        return RawTable(sheet=sheet, part=part, preamble=preamble, header_row=group[0].first)
    rows = [row for _, row in numbered]
    at = _header_at(rows, _width([row for row in rows if not is_blank(row)]))
    preamble += [delimiter.join(row).rstrip(delimiter) for row in rows[:at] if not is_blank(row)]
    return build_table(numbered[at:], preamble, part, sheet)


def build_table(
    numbered: Sequence[tuple[int, Row]], preamble: Sequence[str], part: int, sheet: str
) -> RawTable:
    """Return a table from (row number, cells), the header first."""
    header_row, first = numbered[0]
    header = list(first)
    body = list(numbered[1:])
    width = len(header)
    while (
        width > 1
        and not header[width - 1].strip()
        and not any(len(r) >= width and r[width - 1] for _, r in body)
    ):
        width -= 1
    header = header[:width]
    short = sum(0 < len(row) < width for _, row in body)
    pads = short >= _SYSTEMATIC * max(len(body), 1)
    fitting: list[Row] = []
    numbers: list[int] = []
    ragged: list[tuple[int, Row]] = []
    empty = [""] * width
    for number, row in body:
        if len(row) == width:
            fitting.append(row)
        elif not row or is_blank(row):
            fitting.append(empty)
        elif len(row) > width and is_blank(row[width:]):
            fitting.append(row[:width])
        elif len(row) < width and (pads and len(row) > 1):
            fitting.append([*row, *empty[len(row) :]])
        else:
            ragged.append((number, row))
            continue
        numbers.append(number)
    columns = [list(column) for column in zip(*fitting, strict=True)] if fitting else [[] for _ in header]
    return RawTable(
        sheet=sheet,
        part=part,
        preamble=preamble,
        header=header,
        columns=columns,
        row_numbers=numbers,
        ragged=ragged,
        header_row=header_row,
    )
