"""SQLite connections as the store wants them: durable, checked, one writer at a time."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x504C4D42  # "PLMB": marks a file as ours
FIXED_IN = (3, 51, 3)  # the release that cured the WAL-reset corruption (sqlite.org/wal.html#walresetbug)
WAIT_SECONDS = 15
PRAGMAS = (
    f"busy_timeout={WAIT_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",  # what the app says is saved survives a power cut
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    f"journal_size_limit={64 * 1024 * 1024}",
    "secure_delete=ON",
)
WRITE_CACHE = "cache_size=-65536"  # kB; keeps the indexes of a large import in memory


@cache
def driver() -> ModuleType:
    """Return the SQLite module to use: pysqlite3 where installed, else Python's own."""
    try:
        return import_module("pysqlite3")
    except ImportError:
        return sqlite3


def version_notice(version: tuple[int, ...] | None = None) -> str:
    """Return a sentence if this SQLite has a known fault, '' if not."""
    found = version or tuple(driver().sqlite_version_info)
    if found >= FIXED_IN:
        return ""
    number = ".".join(map(str, found))
    return (
        f"The database library on this computer (SQLite {number}) has a rare fault that can damage a store "
        "under heavy use. Keep backups. The package pysqlite3, or SQLite 3.51.3 or newer, cures it."
    )


def make_engines(path: Path) -> tuple[Engine, Engine]:
    """Return the engine for reading and the engine for writing one file."""
    read = _engine(path, ("query_only=ON",), "BEGIN", size=10, overflow=40)
    write = _engine(path, (WRITE_CACHE,), "BEGIN IMMEDIATE", size=2, overflow=40)
    return read, write


def plain_engine(path: Path) -> Engine:
    """Return an engine for a copy that nobody else uses: transactions, and no journal left behind."""
    engine = create_engine(f"sqlite:///{path}", module=driver())

    def prepare(raw: Any, _record: Any) -> None:  # driver objects have no shared type
        raw.isolation_level = None
        raw.execute("PRAGMA foreign_keys=OFF")  # rebuilding a table must not cascade

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _beginner("BEGIN IMMEDIATE"))
    return engine


def _engine(path: Path, more: tuple[str, ...], begin: str, *, size: int, overflow: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: driver().connect(
            str(path),
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        ),
        module=driver(),
        poolclass=_pool_class(),
        pool_size=size,
        max_overflow=overflow,
        pool_timeout=WAIT_SECONDS,
    )

    def prepare(raw: Any, _record: Any) -> None:  # driver objects have no shared type
        for pragma in (*PRAGMAS, *more):
            raw.execute(f"PRAGMA {pragma}").close()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _beginner(begin))
    return engine


def _pool_class() -> type[Any]:  # the pool's class is generic over nothing useful
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _beginner(statement: str) -> Any:  # an event listener
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
