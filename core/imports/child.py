"""The process that opens files which nobody has looked at yet.

It reads an order and the bytes from its input, lowers its own rights to memory, time and disk,
and writes tables of text to its output. Started by `core.imports.reading`; nothing but the
standard library, chardet, calamine and (for large CSV files) Arrow is loaded here.
"""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict
from typing import Any

from core.errors import PlumblineError
from core.imports.limits import Limits
from core.imports.rawtable import RawFile, RawTable
from core.imports.wire import write_file, write_refusal


def main() -> None:
    """Read one order from standard input, answer on standard output."""
    gc.disable()  # one short job without cycles: collecting would cost a third of a large workbook
    source, out = sys.stdin.buffer, sys.stdout.buffer
    order: dict[str, Any] = json.loads(source.readline())
    _lower_rights(int(order["memory"]), int(order["cpu_seconds"]))
    data = source.read(int(order["size"]))  # of a known size: without it the bytes would be held twice
    try:
        found = read(data, order["form"], order["encoding"], Limits(**order["limits"]))
    except PlumblineError as problem:
        write_refusal(out, asdict(problem.issue))
        return
    del data
    write_file(out, found)


def read(data: bytes, form: str, encoding: str, limits: Limits) -> RawFile:
    """Return the tables of a file.

    Args:
        data: the bytes, unpacked.
        form: text | json | workbook.
        encoding: what a person chose, '' to decide by the bytes.
        limits: sizes to hold.

    Raises:
        PlumblineError: when the file must be refused.
    """
    if form == "workbook":
        from core.imports.workbooks import read_workbook

        found = read_workbook(data, limits)
    elif form == "json":
        from core.imports.json_tables import read_json

        text, used, noticed = _decoded(data, encoding)
        found = RawFile(encoding=used, tables=read_json(text, limits), noticed=noticed)
    else:
        found = _read_text(data, encoding, limits)
    for table in found.tables:
        _check_width(table, limits)
        _leave_out_personal(table)
    return found


def _read_text(data: bytes, encoding: str, limits: Limits) -> RawFile:
    """Return the tables of a delimited text file."""
    from core.imports.quick_csv import FROM_BYTES, read_quick
    from core.imports.records import read_records, too_many_rows
    from core.imports.splitting import split_tables

    if len(data) >= FROM_BYTES and encoding in {"", "utf-8", "utf-8-sig"}:
        table = read_quick(data, limits)
        if table is not None:
            return RawFile(encoding="utf-8", tables=[table])
    text, used, noticed = _decoded(data, encoding)
    del data
    records = read_records(text, limits)
    del text
    tables = split_tables(records.rows, records.delimiter)
    if sum(len(table.row_numbers) + len(table.ragged) for table in tables) > limits.rows:
        raise too_many_rows(limits)
    return RawFile(encoding=used, tables=tables, noticed=[*noticed, *records.noticed])


def _decoded(data: bytes, encoding: str) -> tuple[str, str, list[Any]]:
    from core.imports.decoding import decode

    return decode(data, encoding)


def _check_width(table: RawTable, limits: Limits) -> None:
    """Raise if a table has more columns than the limit."""
    if len(table.header) > limits.columns:
        from core.imports.json_tables import too_many_columns

        raise too_many_columns(len(table.header), limits)


def _leave_out_personal(table: RawTable) -> None:
    """Take out the cells of columns that hold people's details; their headers stay."""
    from core.imports.personal import is_personal

    kept = [not is_personal(name) for name in table.header]
    table.columns = [column if keep else None for column, keep in zip(table.columns, kept, strict=True)]
    table.ragged = [
        (row, [cell if at >= len(kept) or kept[at] else "" for at, cell in enumerate(cells)])
        for row, cells in table.ragged
    ]


def _lower_rights(memory: int, cpu_seconds: int) -> None:
    """Give up what reading does not need: memory, time, files to write, crash dumps.

    Windows has no such limits; there the app ends the process after its time.
    """
    try:
        import resource
    except ImportError:
        return
    for name, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (limit, limit))
