"""Rows that people write: read by id, added, and changed only as they stood on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from core.errors import refusal
from core.store.tables import Base

if TYPE_CHECKING:
    from collections.abc import Mapping


def table(name: str) -> Table:
    """Return a table of the store by its name."""
    return Base.metadata.tables[name]


def row_of(connection: Connection, name: str, number: int, thing: str) -> RowMapping:
    """Return one row by id.

    Args:
        connection: where to read.
        name: the table.
        number: the id.
        thing: what people call it, for the message.

    Raises:
        PlumblineError: `not-found`.
    """
    rows = table(name)
    row = connection.execute(select(rows).where(rows.c.id == number)).mappings().first()
    if row is None:
        raise refusal(
            "not-found",
            f"This {thing} is not there any more.",
            "Reload the page; somebody may have removed it.",
        )
    return row


def add_row(connection: Connection, name: str, values: Mapping[str, object]) -> int:
    """Return the id of a new row."""
    key = connection.execute(insert(table(name)).values(dict(values))).inserted_primary_key
    assert key is not None  # noqa: S101  (every driver in use returns it for a single row)
    return int(key[0])


def change_row(
    connection: Connection, name: str, number: int, version: int, values: Mapping[str, object], *, thing: str
) -> None:
    """Change one row if it still has the version that was on screen, and count the version up.

    Raises:
        PlumblineError: `not-found`, or `changed-meanwhile`.
    """
    rows = table(name)
    same = (rows.c.id == number) & (rows.c.version == version)
    done = connection.execute(update(rows).where(same).values({**values, "version": version + 1}))
    if done.rowcount == 0:
        row_of(connection, name, number, thing)
        raise refusal(
            "changed-meanwhile",
            f"Somebody changed this {thing} while you were editing it.",
            "Reload to see the change, then make yours again.",
        )
