"""Files to tables of text: guard, unpack, read in a child process with limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from core.errors import Issue, Place, PlumblineError, Severity, refusal
from core.imports.archives import check_workbook, unpack_gzip, unpack_zip
from core.imports.guard import Form, Guarded, display_name, guard
from core.imports.limits import Limits, limits_from
from core.imports.model import FileText, RaggedRow, SheetTable
from core.imports.process import run_child

Cancelled = Callable[[], bool]
_LENGTHS = {"lengths": np.int32, "lengths8": np.uint8}


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """What was said about reading, the same for every file of an upload."""

    encoding: str
    cancelled: Cancelled | None
    limits: Limits


def read_file(
    name: str,
    data: bytes,
    *,
    modified_at: int | None = None,
    encoding: str = "",
    cancelled: Cancelled | None = None,
    limits: Limits | None = None,
) -> tuple[FileText, ...]:
    """Return the tables of an upload; an archive gives one entry for each file in it.

    Args:
        name: file name as the browser gives it.
        data: all bytes.
        modified_at: Unix seconds, where the browser knows.
        encoding: what a person chose for a text file; '' decides by the bytes.
        cancelled: asked often; a true answer stops reading.
        limits: sizes to hold; the installation's own by default.

    Raises:
        PlumblineError: when the file must be refused; nothing of it is kept.
    """
    limits = limits or limits_from()
    how = _How(encoding=encoding, cancelled=cancelled, limits=limits)
    guarded = guard(name, data, limits)
    if guarded.form is Form.ARCHIVE:
        return _read_archive(guarded, data, how)
    if guarded.form is Form.GZIP:
        inner = unpack_gzip(data, guarded.file, limits)
        inner_name = display_name(name).removesuffix(".gz").removesuffix(".GZ")
        inside = guard(inner_name if "." in inner_name else f"{inner_name}.csv", inner, _unpacked(limits))
        if inside.form in {Form.ARCHIVE, Form.GZIP}:
            raise refusal(
                "archive-nested",
                "The archive holds another archive.",
                "Unpack it and upload the files in it.",
                Place(file=guarded.file),
            )
        read = _read_one(replace(inside, file=guarded.file), inner, modified_at, how)
        return (replace(read, sha256=_sha256(data), size=len(data)),)
    return (_read_one(guarded, data, modified_at, how),)


def _unpacked(limits: Limits) -> Limits:
    """Return the limits for a file that came out of an archive."""
    return replace(limits, file_mb=max(limits.file_mb, limits.unpacked_mb))


def _read_archive(guarded: Guarded, data: bytes, how: _How) -> tuple[FileText, ...]:
    """Return every file of an archive; copies of one another are read once and named."""
    files: list[FileText] = []
    position: dict[tuple[str, str], int] = {}
    for member in unpack_zip(data, guarded.file, how.limits):
        # Two accounts may have equal files: only within one folder are equal bytes a copy.
        digest = (member.name.rpartition("/")[0], _sha256(member.data))
        inner = f"{guarded.file}/{member.name}"
        if digest in position:
            first = files[position[digest]]
            files[position[digest]] = replace(first, issues=(*first.issues, _copy(inner, first.file)))
            continue
        inside = guard(member.name, member.data, _unpacked(how.limits), inside=guarded.file)
        position[digest] = len(files)
        files.append(_read_one(inside, member.data, member.modified_at, how))
    return tuple(files)


def _read_one(
    guarded: Guarded,
    data: bytes,
    modified_at: int | None,
    how: _How,
) -> FileText:
    """Return the tables of a file that is no archive."""
    unpacked = len(data)
    if guarded.form is Form.WORKBOOK and data.startswith(b"PK"):
        unpacked = check_workbook(data, guarded.file, how.limits)
    head, body = run_child(
        data,
        guarded.form.value,
        guarded.file,
        unpacked=unpacked,
        encoding=how.encoding,
        limits=how.limits,
        cancelled=how.cancelled,
    )
    if "refused" in head:
        raise _refused(head["refused"], guarded.file)
    tables = _tables(head["tables"], body, guarded.file)
    if not any(table.header for table in tables):
        raise refusal(
            "file-empty",
            "The file holds no table.",
            "Export it again and upload the new copy.",
            Place(file=guarded.file),
        )
    return FileText(
        file=guarded.file,
        sha256=_sha256(data),
        size=len(data),
        encoding=head["encoding"],
        tables=tables,
        issues=tuple(_issue(each, guarded.file) for each in head["noticed"]),
        modified_at=modified_at,
    )


def _tables(heads: list[Mapping[str, Any]], body: memoryview, file: str) -> tuple[SheetTable, ...]:
    """Return the tables whose columns lie one after the other in the child's answer."""
    tables: list[SheetTable] = []
    at = 0
    for head in heads:
        columns: list[pd.Series] = []
        rows = int(head["rows"])
        empty = _empty(rows)  # one for all: exports are full of columns without a cell
        for column in head["columns"]:
            if column is None:
                columns.append(empty)
                continue
            form, *sizes = column
            parts = []
            for size in sizes:
                parts.append(body[at : at + size])
                at += size
            columns.append(_column(form, parts[0], parts[1], rows))
        tables.append(_table(head, tuple(columns), file))
    return tuple(tables)


def _table(head: Mapping[str, Any], columns: tuple[pd.Series, ...], file: str) -> SheetTable:
    """Return one table with its columns."""
    rows, first = int(head["rows"]), head["first_row"]
    numbers = (
        np.arange(first, first + rows) if first is not None else np.array(head["row_numbers"], dtype=np.int64)
    )
    return SheetTable(
        file=file,
        sheet=head["sheet"],
        part=head["part"],
        preamble=tuple(head["preamble"]),
        header=tuple(head["header"]),
        columns=columns,
        row_numbers=numbers,
        ragged=tuple(RaggedRow(row=row, cells=tuple(cells)) for row, cells in head["ragged"]),
        header_row=head["header_row"],
        is_date_1904=head["is_date_1904"],
    )


def _column(form: str, first: memoryview, text: memoryview, rows: int) -> pd.Series:
    """Return a column of text around the bytes of the child's answer, not copied."""
    offsets = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(first, dtype=_LENGTHS[form]), out=offsets[1:])
    return _series(pa.py_buffer(offsets), pa.py_buffer(text), rows)


def _empty(rows: int) -> pd.Series:
    """Return a column whose cells were left out."""
    return _series(pa.py_buffer(np.zeros(rows + 1, dtype=np.int64)), pa.py_buffer(b""), rows)


def _series(offsets: pa.Buffer, text: pa.Buffer, rows: int) -> pd.Series:
    """Return Arrow text as a pandas series of `str`."""
    return pd.Series(pd.array(pa.LargeStringArray.from_buffers(rows, offsets, text), dtype="str"))


def _issue(noticed: Mapping[str, Any], file: str) -> Issue:
    """Return what the child noticed, placed in the file."""
    place = Place(file=file, sheet=noticed["sheet"], row=noticed["row"], column=noticed["column"])
    return Issue(
        code=noticed["code"],
        severity=Severity(noticed["severity"]),
        what=noticed["what"],
        fix=noticed["fix"],
        places=(place,),
    )


def _refused(issue: Mapping[str, Any], file: str) -> PlumblineError:
    """Return the child's refusal, placed in the file."""
    places = tuple(Place(**{**place, "file": file}) for place in issue["places"]) or (Place(file=file),)
    return PlumblineError(
        Issue(
            code=issue["code"], severity=Severity.ERROR, what=issue["what"], fix=issue["fix"], places=places
        )
    )


def _copy(inner: str, first: str) -> Issue:
    return Issue(
        code="member-copy",
        severity=Severity.NOTE,
        what=f'"{inner}" is an exact copy of "{first}" and was read once.',
        places=(Place(file=inner),),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
