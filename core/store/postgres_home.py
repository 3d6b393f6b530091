"""Opening a store on a PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from core.store.home import Home
from core.store.migrate import migrate, needs_steps, version_of
from core.store.workspace import ensure_workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.store.addresses import Address

UPGRADE_KEY = 0x504C4D55  # the advisory lock of those who set up or upgrade


def open_home(address: Address) -> Home:
    """Return the open store, set up or brought up to date in one transaction."""
    write = create_engine(
        address.url,
        pool_size=10,
        max_overflow=40,
        pool_timeout=15,
        pool_pre_ping=True,  # a server that was restarted is found before a statement fails
        connect_args={"connect_timeout": 10, "application_name": "plumbline"},
    )
    try:
        _bring_up_to_date(write)
    except BaseException:
        write.dispose()
        raise
    read = write.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Home(address=address, dialect="postgresql", read=read, write=write)


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        if not needs_steps(version_of(connection)):
            return
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_KEY})
        if needs_steps(version_of(connection)):  # another process may have been faster
            migrate(connection)
        ensure_workspace(connection)
