"""Backups that are real: made while the app runs, checked, and put back by one command.

`python -m core.store.backup make [FOLDER]` writes one, `… restore FILE` puts one back.
A PostgreSQL store is backed up with the server's own `pg_dump`.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import PlumblineError, refusal
from core.store import locks
from core.store.addresses import find_address
from core.store.engine import open_store
from core.store.migrate import needs_steps
from core.store.sqlite import driver
from core.store.sqlite_home import file_version, lock_path, use_path, write_marker
from core.store.upgrade import find_fault, flush, remove_database, vacuum_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.engine import Store

PATIENCE = 10.0  # seconds to wait until others let go of the store


def backup(store: Store, folder: Path) -> Path:
    """Return the file of a new, checked backup; others may go on reading and writing.

    Args:
        store: an SQLite store.
        folder: where to put it; made if absent.

    Raises:
        PlumblineError: `not-allowed`, `backup-by-server` for PostgreSQL, `backup-failed`, `disk-full`.
    """
    require(store.principal, Action.ADMINISTER)
    if store.path is None:
        raise only_files()
    folder.mkdir(parents=True, exist_ok=True)
    with store.home.copying:
        target = folder / f"plumbline-{stamp()}-{store.revision()}.db"
        checked_copy(store.path, target)
    store.note("backup made", target.name)
    return target


def stamp() -> str:
    """Return the present moment (UTC) as file names carry it."""
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime())


def checked_copy(path: Path, target: Path) -> None:
    """Write a whole copy of a store in one file, which appears under its name only once it is checked.

    Args:
        path: the store; others may go on reading and writing.
        target: the copy.

    Raises:
        PlumblineError: `backup-failed`, `disk-full`, `store-busy`.
    """
    draft = target.with_name(f"{target.name}.part")
    remove_database(draft)
    try:
        vacuum_into(path, draft)
        fault = find_fault(draft)
        if fault:
            raise backup_failed(target, fault)
        flush(draft)
        draft.replace(target)
        flush(target.parent)
    finally:
        remove_database(draft)


def restore(source: Path, path: Path) -> Path | None:
    """Put a backup in the place of a store; return where the earlier store is kept, None if there was none.

    Args:
        source: the backup; it is left as it is.
        path: the SQLite file of the store, which nobody may be using.

    Raises:
        PlumblineError: `backup-missing`, `backup-failed`, `store-in-use`, or those of opening a store.
    """
    if not source.is_file():
        raise refusal("backup-missing", f"There is no file {source}.", "Check the name and try again.")
    needs_steps(file_version(source))
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        locks.held(lock_path(path), patience=PATIENCE) as first,
        locks.held(use_path(path), patience=PATIENCE) as second,
    ):
        if not (first and second):
            raise refusal(
                "store-in-use",
                f"The store {path} is in use, so the backup was not put back.",
                "Stop Plumbline and run the command again.",
            )
        return _put_back(source, path)


def _put_back(source: Path, path: Path) -> Path | None:
    draft = path.with_name(f"{path.name}.restore")
    remove_database(draft)
    try:
        shutil.copyfile(source, draft)
        fault = find_fault(draft)
        if fault:
            raise backup_failed(source, fault)
        install_id = _install_id(draft)
        flush(draft)
        kept = _set_aside(path)
        draft.replace(path)
        flush(path.parent)
    finally:
        remove_database(draft)
    write_marker(path, install_id)
    return kept


def kept_path(path: Path, tail: str) -> Path:
    """Return under which name the store before a restore is kept.

    Args:
        path: the store.
        tail: what tells it from another kept in the same second.
    """
    return path.with_name(f"{path.stem}.before-restore-{stamp()}-{tail}{path.suffix}")


def _set_aside(path: Path) -> Path | None:
    """Move the earlier store away together with its journal, which must not meet the backup."""
    kept = kept_path(path, str(os.getpid()))
    existed = path.exists()
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept if existed else None


def _install_id(path: Path) -> str:
    connection = driver().connect(str(path), isolation_level=None)
    try:
        return str(connection.execute("SELECT install_id FROM workspace").fetchone()[0])
    finally:
        connection.close()


def backup_failed(path: Path, reason: str) -> PlumblineError:
    """Return the refusal of a backup that is not sound."""
    return refusal(
        "backup-failed",
        f'The backup {path} is not sound: the check says "{reason}". The store was left as it is.',
        "Use another backup, and check the disk it was on.",
    )


def only_files() -> PlumblineError:
    """Return the refusal where the store is on a server."""
    return refusal(
        "backup-by-server",
        "This store is on a PostgreSQL server, which makes its own backups.",
        "Use pg_dump and pg_restore, as the server's manual describes.",
    )


def main(arguments: list[str]) -> int:
    """Run the command; return 0 if it worked, 1 if not, 2 if it was not understood."""
    match arguments:
        case ["make", *rest] if len(rest) <= 1:
            return _say(lambda: _make(Path(rest[0]) if rest else None))
        case ["restore", source]:
            return _say(lambda: _restore(Path(source)))
    sys.stderr.write("Use: python -m core.store.backup make [FOLDER] | restore FILE\n")
    return 2


def _make(folder: Path | None) -> str:
    store = open_store()
    try:
        return f"Backup written and checked: {backup(store, folder or store.folder / 'backups')}"
    finally:
        store.close()


def _restore(source: Path) -> str:
    address = find_address()
    if address.path is None:
        raise only_files()
    kept = restore(source, address.path)
    return f"The backup {source} is in place." + (f" The earlier store is kept as {kept}." if kept else "")


def _say(work: Callable[[], str]) -> int:
    try:
        sys.stdout.write(work() + "\n")
    except PlumblineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
