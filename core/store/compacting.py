"""Rewriting the store after something was erased, so that no byte of it is left in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from core.store.sqlite import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.store.engine import Store


def compact(store: Store) -> bool:
    """Return whether the store was rewritten: False while others hold it, or on a server that may not.

    SQLite already overwrites what is deleted (`secure_delete`); this also empties the journal
    and free pages. PostgreSQL rewrites a table once nobody can see its old rows any more.
    """
    with store.home.writer, store.home.write.connect() as connection:
        if store.dialect == "sqlite":
            return _rewrite_file(connection)
        return _rewrite_tables(connection)


def left_over(store: Store) -> str:
    """Return in a sentence what may be left where `compact` could not rewrite the store, and the remedy."""
    if store.dialect == "sqlite":
        return (
            "Others were reading meanwhile, so traces may be left in the store's journal: "
            "stop Plumbline and start it again, and they are gone."
        )
    return (
        "The server did not let its tables be rewritten, so traces may be left in its files: "
        "have whoever looks after it run VACUUM FULL."
    )


def _rewrite_file(connection: Connection) -> bool:
    raw: Any = connection.connection.driver_connection  # driver connections have no shared type
    try:
        raw.execute("VACUUM").close()
        return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except driver().DatabaseError:
        return False


def _rewrite_tables(connection: Connection) -> bool:
    alone = connection.execution_options(isolation_level="AUTOCOMMIT")
    try:
        alone.exec_driver_sql("VACUUM FULL")
    except DBAPIError:
        return False
    return True
