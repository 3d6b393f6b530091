"""Putting a backup in place while the app runs: checked and upgraded first, and the store before is kept."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import refusal
from core.store import locks
from core.store.backup import backup_failed, only_files, set_aside
from core.store.migrate import FOLDER, needs_steps
from core.store.sqlite import driver
from core.store.sqlite_home import file_version, lock_path, write_marker
from core.store.upgrade import find_fault, flush, migrate_copy, remove_database

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.engine import Store

PATIENCE = 15.0  # seconds to wait for writers and for other processes


def restore_running(store: Store, source: Path) -> Path | None:
    """Put a backup in the place of the store in use; return where the store before is kept.

    Whoever reads at that moment finishes reading the store before; the next look shows the backup.
    The data revision grows past both, so that no kept figure of the one is taken for the other.

    Args:
        store: an open SQLite store.
        source: the backup; it is left as it is.

    Raises:
        PlumblineError: `not-allowed`, `backup-by-server`, `backup-missing`, `backup-failed`,
            `store-newer`, `store-foreign`, `store-damaged`, `store-busy`, `store-in-use`.
    """
    require(store.principal, Action.ADMINISTER)
    path = store.path
    if path is None:
        raise only_files()
    if not source.is_file():
        raise refusal("backup-missing", f"There is no file {source.name}.", "Choose another backup.")
    draft = path.with_name(f"{path.name}.restore")
    remove_database(draft)
    try:
        install_id = _prepare(store, source, draft)
        return _swap(store, path, draft, install_id)
    finally:
        remove_database(draft)


def _prepare(store: Store, source: Path, draft: Path) -> str:
    """Make a checked, upgraded copy that says what it is; return its install id."""
    is_old = needs_steps(file_version(source))
    shutil.copyfile(source, draft)
    fault = find_fault(draft)
    if fault:
        raise backup_failed(source, fault)
    if is_old:
        migrate_copy(draft, FOLDER)
    connection = driver().connect(str(draft), isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("UPDATE workspace SET revision = MAX(revision, ?) + 1", (store.revision(),))
        connection.execute(
            "INSERT INTO audit_entry (at, who, action, subject, detail)"
            " VALUES (?, ?, 'backup restored', ?, '')",
            (int(time.time()), store.principal.name, source.name[:200]),
        )
        found = connection.execute("SELECT install_id FROM workspace").fetchone()
    finally:
        connection.close()
    flush(draft)
    return str(found[0])


def _swap(store: Store, path: Path, draft: Path, install_id: str) -> Path | None:
    home = store.home
    if os.name == "nt":
        raise refusal(
            "store-in-use",
            "On Windows a backup cannot be put back while Plumbline runs.",
            "Stop Plumbline and run: python -m core.store.backup restore FILE",
        )
    if not home.writer.acquire(timeout=PATIENCE):
        raise _in_use("somebody is just importing")
    try:
        with (
            locks.held(lock_path(path), patience=PATIENCE) as first,
            locks.alone(home.in_use, patience=PATIENCE) as second,
        ):
            if not (first and second):
                raise _in_use("another Plumbline uses it as well")
            home.write.dispose()
            home.read.dispose()
            kept = set_aside(path)
            draft.replace(path)
            flush(path.parent)
            write_marker(path, install_id)
            home.write.dispose()
            home.read.dispose()
        return kept
    finally:
        home.writer.release()


def _in_use(why: str) -> Exception:
    return refusal(
        "store-in-use",
        f"The backup was not put back: {why}. Everything is as it was.",
        "Wait a moment and try again.",
    )
