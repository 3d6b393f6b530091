"""How the child process hands tables to the app: a JSON head, then raw columns. Nothing is executed.

A column is the byte length of each cell as int32 (form `lengths`) or as one byte (`lengths8`), followed
by all cells as one UTF-8 text. Runs on both sides; this half uses the standard library only.
"""

from __future__ import annotations

import json
import struct
from array import array
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.rawtable import RawFile, RawTable

MAGIC = b"PLB1"
_HEAD = struct.Struct("<4sQ")


class Packed(Protocol):
    """A column that is already in the form of the wire."""

    def buffers(self) -> tuple[str, Sequence[bytes | memoryview], Sequence[bytes | memoryview]]:
        """Return the form, the lengths and the text, each in as many pieces as there are."""


def write_file(out: BinaryIO, found: RawFile) -> None:
    """Write everything found in a file."""
    bodies: list[bytes | memoryview] = []
    tables = [_table_head(table, bodies) for table in found.tables]
    head = {"encoding": found.encoding, "noticed": [asdict(each) for each in found.noticed], "tables": tables}
    _write(out, head, bodies)


def write_refusal(out: BinaryIO, issue: Mapping[str, Any]) -> None:
    """Write why the file is refused."""
    _write(out, {"refused": dict(issue)}, [])


def read_head(data: bytes | memoryview) -> tuple[dict[str, Any], int] | None:
    """Return the head and where the columns begin, None when the message is not whole."""
    if len(data) < _HEAD.size:
        return None
    magic, size = _HEAD.unpack_from(data)
    if magic != MAGIC or len(data) < _HEAD.size + size:
        return None
    head: dict[str, Any] = json.loads(bytes(data[_HEAD.size : _HEAD.size + size]))  # our own child wrote it
    return head, _HEAD.size + size


def _write(out: BinaryIO, head: Mapping[str, Any], bodies: list[bytes | memoryview]) -> None:
    text = json.dumps(head, ensure_ascii=True).encode("ascii")
    out.write(_HEAD.pack(MAGIC, len(text)))
    out.write(text)
    bodies.reverse()
    while bodies:  # what is written is let go of
        out.write(bodies.pop())
    out.flush()


def _table_head(table: RawTable, bodies: list[bytes | memoryview]) -> dict[str, Any]:
    """Return what the head says of a table, adding its columns to the bodies."""
    numbers = table.row_numbers
    is_plain = len(numbers) > 0 and numbers[-1] - numbers[0] == len(numbers) - 1
    columns: list[list[Any] | None] = []
    for column in table.columns:
        if column is None:
            columns.append(None)
            continue
        form, lengths, texts = column.buffers() if hasattr(column, "buffers") else _pack(column)
        size = sum(map(_size, texts))
        if not size:  # a column without any text, as exports are full of
            columns.append(None)
            continue
        columns.append([form, sum(map(_size, lengths)), size])
        bodies += lengths
        bodies += texts
    return {
        "sheet": table.sheet,
        "part": table.part,
        "preamble": list(table.preamble),
        "header": list(table.header),
        "rows": len(numbers),
        "first_row": numbers[0] if is_plain else None,
        "row_numbers": [] if is_plain else list(numbers),
        "ragged": [[row, list(cells)] for row, cells in table.ragged],
        "header_row": table.header_row,
        "is_date_1904": table.is_date_1904,
        "columns": columns,
    }


def _size(part: bytes | memoryview) -> int:
    return part.nbytes if isinstance(part, memoryview) else len(part)


def _pack(cells: Sequence[str]) -> tuple[str, Sequence[bytes], Sequence[bytes]]:
    """Return the form, lengths and text of a column of Python strings."""
    joined = "".join(cells)
    text = joined.encode("utf-8", errors="replace")
    if len(text) == len(joined):
        return "lengths", (array("i", map(len, cells)).tobytes(),), (text,)
    encoded = [cell.encode("utf-8", errors="replace") for cell in cells]
    return "lengths", (array("i", map(len, encoded)).tobytes(),), (b"".join(encoded),)
