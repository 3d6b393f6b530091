"""Writing many rows quickly: the driver with tuples on SQLite, COPY on PostgreSQL.

Columns that are left out get the default of their table model, so that a caller
names only what it knows.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sqlalchemy import Integer
from sqlalchemy.exc import DBAPIError

from core.store.tables import Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

MANY = 50_000  # rows from which it pays to make the indexes afterwards
_WRITTEN_OUT = 5_000  # rows from which a value that all of them share is written into the statement
_SAFE_WORD = re.compile(r"[A-Za-z0-9_./ -]{0,60}")
_PLACEHOLDER = "?"


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> int:
    """Return how many rows were written.

    Args:
        connection: from `Store.writing`.
        table: name of a table of the store.
        columns: the columns that the tuples hold, in their order.
        rows: Python values; None where unknown. May be an iterator.
    """
    defaults = {name: value for name, value in _defaults(table).items() if name not in columns}
    names = (*columns, *defaults)
    extra = tuple(defaults.values())
    full = (row + extra for row in rows) if extra else rows
    return _insert(connection, table, names, full)


def insert_frame(connection: Connection, table: str, frame: pd.DataFrame, **constants: Any) -> int:
    """Return how many rows of the frame were written.

    Args:
        connection: from `Store.writing`.
        table: name of a table of the store.
        frame: its columns are columns of the table; NaN, NA and NaT are unknown (NULL).
        constants: columns that have one value in every row, for instance `batch_id=7`.

    Raises:
        ValueError: if a column that holds whole numbers is given a fraction.
    """
    if frame.empty:
        return 0
    whole = _whole_columns(table)
    columns = {str(name): _values(frame[name], whole=str(name) in whole) for name in frame.columns}
    given = {**columns, **constants}
    fixed = {**constants, **{name: value for name, value in _defaults(table).items() if name not in given}}
    if connection.dialect.name == "sqlite":
        return _insert_columns(connection, table, columns, fixed, len(frame))
    rows = zip(*columns.values(), *(repeat(value) for value in fixed.values()), strict=False)
    return _insert(connection, table, (*columns, *fixed), rows)


@contextmanager
def many_rows(connection: Connection, table: str, rows: int) -> Iterator[None]:
    """Write many rows into a table that holds fewer: its indexes are gone meanwhile and made anew at the end.

    An index made in one go costs a third of one that grows row by row in no order. All of it
    belongs to the transaction, so others see the table with its indexes throughout. Only SQLite
    gains by it; on PostgreSQL others would have to wait.

    Args:
        connection: from `Store.writing`; after a failure inside, the transaction must be rolled back.
        table: name of a table of the store.
        rows: about how many will be written.
    """
    late = _late_indexes(connection, table, rows)
    for name, _ in late:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    # Not in a `finally`: after a failure the transaction is rolled back, and the indexes are there again.
    for _, statement in late:
        connection.exec_driver_sql(statement)


def _late_indexes(connection: Connection, table: str, rows: int) -> list[tuple[str, str]]:
    """Return name and statement of the indexes that had better be made after the rows; unique ones stay."""
    if connection.dialect.name != "sqlite" or rows < MANY:
        return []
    held = connection.exec_driver_sql(f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT {rows + 1})")
    if held.scalar_one() > rows:
        return []
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
        " AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%' ORDER BY name",
        (table,),
    )
    return [(name, statement) for name, statement in found]


def _insert(connection: Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    _check_names(table, names)
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, names, rows)
    return _execute_many(connection, table, names, [_PLACEHOLDER] * len(names), rows)


def _execute_many(
    connection: Connection,
    table: str,
    names: Sequence[str],
    marks: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> int:
    """Hand the rows to the SQLite driver one by one, without a list of them in between."""
    statement = f"INSERT INTO {table} ({_quoted(names)}) VALUES ({', '.join(marks)})"
    driver: Any = connection.connection.driver_connection  # driver connections have no shared type
    cursor = driver.cursor()
    fault: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        cursor.executemany(statement, rows)
        return max(0, int(cursor.rowcount))
    except fault as error:
        raise DBAPIError.instance(statement, None, error, fault, dialect=connection.dialect) from error
    finally:
        cursor.close()


def _insert_columns(
    connection: Connection, table: str, columns: dict[str, list[Any]], fixed: dict[str, Any], rows: int
) -> int:
    """Write columns on SQLite; what all rows share is said once, in the statement."""
    names = (*columns, *fixed)
    _check_names(table, names)
    words = {name: _literal(values) for name, values in columns.items()} if rows >= _WRITTEN_OUT else {}
    marks = [words.get(name) or _PLACEHOLDER for name in columns]
    varying = [values for values, mark in zip(columns.values(), marks, strict=True) if mark == _PLACEHOLDER]
    for value in fixed.values():
        mark = _literal([value]) or _PLACEHOLDER
        marks.append(mark)
        if mark == _PLACEHOLDER:
            varying.append([value] * rows)
    # Without any varying column there would be nothing to repeat the statement for.
    pairs: Iterable[tuple[Any, ...]] = zip(*varying, strict=True) if varying else repeat((), rows)
    return _execute_many(connection, table, names, marks, pairs)


def _literal(values: list[Any]) -> str:
    """Return the SQL of the one value of a column, '' if there are several or it is not plainly safe."""
    one = values[0]
    if values.count(one) != len(values):
        return ""
    if one is None:
        return "NULL"
    if isinstance(one, int) and all(type(value) is type(one) for value in (one, values[-1])):
        return str(int(one))
    return f"'{one}'" if isinstance(one, str) and _SAFE_WORD.fullmatch(one) else ""


def _copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    import psycopg

    iterator: Iterator[tuple[Any, ...]] = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    statement = f"COPY {table} ({_quoted(names)}) FROM STDIN"
    written = 0
    driver: Any = connection.connection.driver_connection  # driver connections have no shared type
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in chain((first,), iterator):
                copy.write_row(row)
                written += 1
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error
    return written


def _values(column: pd.Series[Any], *, whole: bool) -> list[Any]:
    """Return a column as Python values, None where unknown.

    Args:
        column: any dtype.
        whole: the table holds whole numbers here.
    """
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        words = np.array([*_values(pd.Series(kind.categories), whole=whole), None], dtype=object)
        values: list[Any] = words[column.cat.codes.to_numpy()].tolist()  # code -1 is the None at the end
        return values
    if isinstance(kind, np.dtype) and kind.kind in "iub":
        return column.to_numpy().tolist()
    if isinstance(kind, np.dtype) and kind.kind == "f":
        return _float_values(column.to_numpy(), whole=whole, name=str(column.name))
    objects: Any = column.to_numpy(dtype=object, na_value=None)  # type: ignore[call-overload]  # stubs lack None
    return _plain(objects.tolist(), whole=whole, name=str(column.name))


def _float_values(numbers: np.ndarray[Any, Any], *, whole: bool, name: str) -> list[Any]:
    unknown = np.isnan(numbers)
    if whole:
        known = numbers[~unknown]
        if (known != np.floor(known)).any() or (np.abs(known) > 2**53).any():
            raise _fraction(name)
        objects = np.where(unknown, 0, numbers).astype(np.int64).astype(object)
    else:
        objects = numbers.astype(object)
    objects[unknown] = None
    values: list[Any] = objects.tolist()
    return values


def _plain(values: list[Any], *, whole: bool, name: str) -> list[Any]:
    """Return mixed values as the drivers understand them."""
    kinds = set(map(type, values))
    if kinds & {type(pd.NA), type(pd.NaT)}:
        values = [None if value is pd.NA or value is pd.NaT else value for value in values]
    if any(issubclass(kind, np.generic) for kind in kinds):
        values = [value.item() if isinstance(value, np.generic) else value for value in values]
        kinds = set(map(type, values))
    if float in kinds:
        values = [
            _known_float(value, whole=whole, name=name) if type(value) is float else value for value in values
        ]
    return values


def _known_float(number: float, *, whole: bool, name: str) -> float | int | None:
    if number != number:  # noqa: PLR0124  (NaN is the only value unequal to itself)
        return None
    if not whole:
        return number
    if not number.is_integer():
        raise _fraction(name)
    return int(number)


def _fraction(name: str) -> ValueError:
    return ValueError(
        f"column {name} holds whole numbers; it was given a fraction or a number too large for a float"
    )


def _check_names(table: str, names: Sequence[str]) -> None:
    known = Base.metadata.tables[table].columns
    unknown = [name for name in names if name not in known]
    if unknown:
        msg = f"table {table} has no column {', '.join(unknown)}; it has {', '.join(known.keys())}"
        raise ValueError(msg)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@cache
def _whole_columns(table: str) -> frozenset[str]:
    return frozenset(
        column.name for column in Base.metadata.tables[table].columns if isinstance(column.type, Integer)
    )


@cache
def _defaults(table: str) -> dict[str, Any]:
    """Return the defaults of the table's model that are not NULL."""
    models = {str(mapper.local_table): mapper.class_ for mapper in Base._sa_registry.mappers}  # noqa: SLF001  (SQLModel names its registry so)
    fields = models[table].model_fields
    return {
        name: field.default
        for name, field in fields.items()
        if name in Base.metadata.tables[table].columns
        and not field.is_required()
        and field.default is not None
    }
