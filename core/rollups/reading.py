"""SQL in, frames out; and short-lived tables of the keys that are being rebuilt.

The SQL is the part that SQLite and PostgreSQL share: no functions of one alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sqlalchemy import BindParameter, Connection, bindparam, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import CursorResult

BLOCK = 20_000  # keys handed to the driver at once


def read_frame(
    connection: Connection, sql: str, values: Mapping[str, Any] | None = None, *, numbers: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the rows of a query, columns named as in the query.

    Args:
        connection: open, in a transaction.
        sql: with `:name` for bound values.
        values: what is bound; a list stands for `IN :name`.
        numbers: columns to hold as floats, NaN where unknown; whole numbers up to 2**53 stay exact.
    """
    lists: list[BindParameter[Any]] = [
        bindparam(name, expanding=True) for name, value in (values or {}).items() if isinstance(value, list)
    ]
    result = connection.execute(text(sql).bindparams(*lists), values or {})
    names = list(result.keys())
    as_number = set(numbers)
    blocks = [
        {
            name: np.array(column, dtype=np.float64) if name in as_number else column
            for name, column in zip(names, zip(*rows, strict=True), strict=True)
        }
        for rows in _blocks(result)
    ]
    result.close()
    return pd.DataFrame(
        {name: _joined([block[name] for block in blocks], is_number=name in as_number) for name in names}
    )


def _blocks(result: CursorResult[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows as the driver gives them: the wrapping of each row would cost as much again."""
    cursor = result.cursor
    if cursor is None:  # the query returned no rows at all, not even none
        return
    while rows := cursor.fetchmany(BLOCK):
        yield list(rows)


def _joined(parts: Sequence[Any], *, is_number: bool) -> pd.Series[Any]:
    """Return the parts of a column as one."""
    if is_number:
        return pd.Series(np.concatenate(parts) if parts else [], dtype="float64")
    column = list(chain.from_iterable(parts))
    return pd.Series(column, dtype=_dtype(column))


def _dtype(column: Sequence[Any]) -> str:
    """Return object for texts and mixed columns, whole numbers where nothing is missing."""
    first = column[0] if column else None
    if type(first) is int and None not in column:
        return "int64"
    return "object"


@contextmanager
def key_table(connection: Connection, name: str, columns: Mapping[str, str]) -> Iterator[str]:
    """Give the name of an empty temporary table, gone afterwards.

    Args:
        connection: in a write transaction.
        name: unused so far in this connection.
        columns: name -> SQL type; all of them together are the key.
    """
    fields = ", ".join(f"{column} {kind} NOT NULL" for column, kind in columns.items())
    kind_of_table = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    connection.execute(
        text(f"CREATE TEMPORARY TABLE {name} ({fields}, PRIMARY KEY ({', '.join(columns)})){kind_of_table}")
    )
    yield name
    # Not in a `finally`: after a failure the transaction is rolled back, and the table with it.
    connection.execute(text(f"DROP TABLE {name}"))


def fill_keys(
    connection: Connection, table: str, columns: Sequence[str], keys: Iterable[Sequence[Any]]
) -> None:
    """Put keys into a temporary table; those already there stay."""
    names = ", ".join(columns)
    marks = ", ".join(f":k{position}" for position in range(len(columns)))
    statement = text(f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING")
    rest = iter(keys)
    while block := list(islice(rest, BLOCK)):
        connection.execute(
            statement, [{f"k{position}": part for position, part in enumerate(key)} for key in block]
        )


def run(connection: Connection, sql: str, values: Mapping[str, Any] | None = None) -> None:
    """Execute a statement that returns nothing."""
    connection.execute(text(sql), values or {})


def is_any(connection: Connection, sql: str, values: Mapping[str, Any] | None = None) -> bool:
    """Return whether the query finds a row."""
    return connection.execute(text(f"{sql} LIMIT 1"), values or {}).first() is not None
