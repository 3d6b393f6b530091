"""Putting a backup in place while the app runs: checked and upgraded first, and the store before is kept.

Others go on reading until the last moment. Then writers wait, readers are held at the gate for the
blink in which one file takes the place of the other, and whoever was reading finishes with the store
before. A kill at any moment leaves one of the two, whole.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import PlumblineError, refusal
from core.store import locks
from core.store.backup import backup_failed, checked_copy, kept_path, only_files
from core.store.migrate import FOLDER, needs_steps
from core.store.sqlite import WAIT_SECONDS, driver
from core.store.sqlite_home import file_version, lock_path, write_marker
from core.store.upgrade import find_fault, flush, migrate_copy, remove_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from threading import Lock

    from core.store.engine import Store

PATIENCE = 15.0  # seconds to wait for writers and for other processes
PAUSE = 0.02  # seconds between two looks whether a reader has finished


def restore_running(store: Store, source: Path) -> Path:
    """Put a backup in the place of the store in use; return where a copy of the store before is kept.

    Whoever reads at that moment finishes reading the store before; the next look shows the backup.
    The data revision grows past both, so that no kept figure of the one is taken for the other.

    Args:
        store: an open SQLite store.
        source: the backup; it is left as it is.

    Raises:
        PlumblineError: `not-allowed`, `backup-by-server`, `backup-missing`, `backup-failed`,
            `store-newer`, `store-foreign`, `store-damaged`, `store-busy`, `store-in-use`, `disk-full`.
    """
    require(store.principal, Action.ADMINISTER)
    path = store.path
    if path is None:
        raise only_files()
    if os.name == "nt":
        raise refusal(
            "store-in-use",
            "On Windows a backup cannot be put back while Plumbline runs.",
            "Stop Plumbline and run: python -m core.store.backup restore FILE",
        )
    if not source.is_file():
        raise refusal("backup-missing", f"There is no file {source.name}.", "Choose another backup.")
    draft = path.with_name(f"{path.name}.restore")
    with _had(store.home.copying, "another backup is just being made or put back"):
        remove_database(draft)
        try:
            _prepare(source, draft)
            return _swap(store, path, draft, source.name)
        finally:
            remove_database(draft)


def _prepare(source: Path, draft: Path) -> None:
    """Make a checked copy of the backup that this program can read."""
    is_old = needs_steps(file_version(source))
    shutil.copyfile(source, draft)
    fault = find_fault(draft)
    if fault:
        raise backup_failed(source, fault)
    if is_old:
        migrate_copy(draft, FOLDER)


def _swap(store: Store, path: Path, draft: Path, name: str) -> Path:
    """Put the draft in the store's place, while nobody writes and no other process is there."""
    home = store.home
    if home.check is not None:
        home.check.finish()
    with (
        _had(home.writer, "somebody is just importing"),
        locks.held(lock_path(path), patience=PATIENCE) as first,
        locks.alone(home.in_use, patience=PATIENCE) as second,
    ):
        if not (first and second):
            raise _in_use("another Plumbline uses it as well")
        revision = store.revision()  # of the last write: nobody writes any more
        install_id = _stamp(store, draft, name, revision)
        kept = kept_path(path, str(revision))
        checked_copy(path, kept)
        try:
            with _had(home.gate, "somebody is just reading"):
                _put_in_place(store, path, draft)
        except PlumblineError:
            kept.unlink(missing_ok=True)
            raise
        write_marker(path, install_id)
    return kept


def _stamp(store: Store, draft: Path, name: str, revision: int) -> str:
    """Write into the draft that it was put back, and a revision past both; return its install id."""
    connection = driver().connect(str(draft), isolation_level=None)
    try:
        connection.execute("UPDATE workspace SET revision = MAX(revision, ?) + 1", (revision,))
        connection.execute(
            "INSERT INTO audit_entry (at, who, action, subject, detail)"
            " VALUES (?, ?, 'backup restored', ?, '')",
            (int(time.time()), store.principal.name, name[:200]),
        )
        found = connection.execute("SELECT install_id FROM workspace").fetchone()
        # Were it not in this mode yet, those who open it next would race to change it.
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
    flush(draft)
    return str(found[0])


def _put_in_place(store: Store, path: Path, draft: Path) -> None:
    """Let one file take the other's place, with no journal beside it and no moment without a file."""
    store.home.write.dispose()
    store.home.read.dispose()
    _empty_journal(path)
    for ending in ("-wal", "-shm"):  # all that was in them is in the file, and readers hold them open
        path.with_name(path.name + ending).unlink(missing_ok=True)
    draft.replace(path)
    flush(path.parent)


def _empty_journal(path: Path) -> None:
    """Take the whole journal into the file: whoever still reads an earlier moment is waited for.

    Raises:
        PlumblineError: `store-in-use`.
    """
    deadline = time.monotonic() + PATIENCE
    connection = driver().connect(str(path), isolation_level=None, timeout=WAIT_SECONDS)
    try:
        while True:
            _, frames, taken = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if frames == taken:
                return
            if time.monotonic() >= deadline:
                raise _in_use("somebody reads a large report")
            time.sleep(PAUSE)
    finally:
        connection.close()


@contextmanager
def _had(lock: Lock, why: str) -> Iterator[None]:
    """Hold a lock for the block.

    Raises:
        PlumblineError: `store-in-use` if others kept it.
    """
    if not lock.acquire(timeout=PATIENCE):
        raise _in_use(why)
    try:
        yield
    finally:
        lock.release()


def _in_use(why: str) -> PlumblineError:
    return refusal(
        "store-in-use",
        f"The backup was not put back: {why}. Everything is as it was.",
        "Wait a moment and try again.",
    )
