"""Taking an SQLite store to a new shape: on a checked copy that is swapped in at the end.

Whatever goes wrong before the swap, and a kill at any moment, leaves the old store
as it was.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from core.errors import PlumblineError, refusal
from core.store import locks
from core.store.migrate import FOLDER, migrate
from core.store.problems import file_words
from core.store.sqlite import WAIT_SECONDS, driver, plain_engine

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 10.0  # seconds to wait until other processes let go of the store


def upgrade_file(path: Path, use_lock: Path, steps: Path = FOLDER) -> Path:
    """Bring the store in a file up to date; return where the old one is kept.

    Args:
        path: the store, which passed its check.
        use_lock: the lock that every process holds while it uses the store.
        steps: the folder of migrations.

    Raises:
        PlumblineError: `store-in-use` or `store-upgrade-failed`; the old store is as it was.
    """
    with locks.held(use_lock, patience=PATIENCE) as alone:
        if not alone:
            raise refusal(
                "store-in-use",
                f"The store {path} has to be upgraded, but another Plumbline still uses it.",
                "Close the other Plumbline and start this one again.",
            )
        copy = path.with_name(f"{path.name}.upgrade")
        remove_database(copy)
        try:
            version = _empty_journal(path)
            vacuum_into(path, copy)
            migrate_copy(copy, steps)
            kept = _keep(path, version)
            _swap(copy, path)
        except PlumblineError:
            raise
        except Exception as error:  # whatever a step does, the old store stays
            raise _failed(path, error) from error
        finally:
            remove_database(copy)
        return kept


def vacuum_into(path: Path, copy: Path) -> None:
    """Write a compact copy of a database that others may be using.

    Raises:
        PlumblineError: `disk-full`, `store-busy`, `store-damaged` or `store-read-only`.
    """
    connection = driver().connect(str(path), isolation_level=None, timeout=WAIT_SECONDS)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except driver().DatabaseError as error:
        raise file_words(error, path) from error
    finally:
        connection.close()


def _empty_journal(path: Path) -> str:
    """Take the journal into the file, which nobody uses; return the version of the store."""
    connection = driver().connect(str(path), isolation_level=None, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def migrate_copy(copy: Path, steps: Path) -> None:
    """Take a copy that nobody uses to the newest shape, and check that no row was lost."""
    before = count_rows(copy)
    engine = plain_engine(copy)
    try:
        with engine.begin() as connection:
            migrate(connection, steps)
    finally:
        engine.dispose()
    problem = find_fault(copy)
    after = count_rows(copy)
    lost = [table for table, rows in before.items() if table in after and after[table] != rows]
    if problem or lost:
        raise _failed(copy, problem or f"rows differ in {', '.join(lost)}")


def find_fault(path: Path) -> str:
    """Return what is wrong with a database file, '' if its whole contents are sound."""
    connection = driver().connect(str(path), isolation_level=None)
    try:
        finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if finding != "ok":
            return finding
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        return f"a row of {broken[0]} belongs to nothing" if broken else ""
    except driver().DatabaseError as error:
        return str(error)
    finally:
        connection.close()


def count_rows(path: Path) -> dict[str, int]:
    """Return how many rows each table holds."""
    connection = driver().connect(str(path), isolation_level=None)
    try:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        connection.close()


def _keep(path: Path, version: str) -> Path:
    """Give the old store a second name before its own is taken over."""
    kept = path.with_name(f"{path.stem}.before-upgrade-from-{version}{path.suffix}")
    remove_database(kept)
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    return kept


def _swap(copy: Path, path: Path) -> None:
    """Put the finished copy in the place of the store.

    A journal left beside the old file would be played into the new one, so there must be none.
    """
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists() and journal.stat().st_size:
        raise _failed(path, "its journal is still in use")
    flush(copy)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    copy.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Make sure a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_database(path: Path) -> None:
    """Remove a database file and its journals, as far as they are there."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _failed(path: Path, reason: Any) -> PlumblineError:  # an exception or words
    return refusal(
        "store-upgrade-failed",
        f'The store {path} could not be upgraded ("{reason}"). It was left as it was and nothing is lost.',
        "Start the earlier Plumbline again, and show this message to whoever looks after this computer.",
    )
