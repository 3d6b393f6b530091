"""Opening a store in an SQLite file: never over a damaged, missing, foreign or newer one."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from core.errors import PlumblineError, refusal
from core.store import locks, upgrade
from core.store.addresses import refuse_network
from core.store.home import FileCheck, Home
from core.store.migrate import migrate, needs_steps, version_of
from core.store.problems import disk_full, file_words, store_busy, store_damaged, store_read_only
from core.store.sqlite import APPLICATION_ID, driver, make_engines, version_notice
from core.store.workspace import ensure_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.addresses import Address

PATIENCE = 60.0  # seconds to wait for another process that sets the store up
MAGIC = b"SQLite format 3\x00"
MARKER_NOTE = "\nThis file tells Plumbline that its store is here. Please leave it beside the store.\n"


def open_home(address: Address) -> Home:
    """Return the open store; the file is made at the first start and brought up to date later."""
    path = address.path
    if path is None:
        msg = "an address of a file is needed"
        raise ValueError(msg)
    _prepare_folder(path.parent)
    try:
        with locks.held(lock_path(path), patience=PATIENCE) as alone:
            if not alone:
                raise store_busy()
            return _open_alone(address, path)
    except OSError as error:
        raise _folder_words(error, path.parent) from error


def marker_path(path: Path) -> Path:
    """Return the file that tells that a store was set up here."""
    return _beside(path, ".installed")


def lock_path(path: Path) -> Path:
    """Return the lock held while a store is opened, set up, upgraded or restored."""
    return _beside(path, ".lock")


def use_path(path: Path) -> Path:
    """Return the lock that every process shares while it uses the store."""
    return _beside(path, ".use")


def write_marker(path: Path, install_id: str) -> None:
    """Write the marker of a store if it is not there already."""
    marker = marker_path(path)
    if not marker.exists() or not marker.read_text(encoding="utf-8").startswith(install_id):
        draft = marker.with_name(f"{marker.name}.new")
        draft.write_text(install_id + MARKER_NOTE, encoding="utf-8")
        draft.replace(marker)


def file_version(path: Path) -> str:
    """Return the step at which the store in this file stands; '' if it was never set up.

    Raises:
        PlumblineError: `store-damaged` or `store-foreign`.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise store_damaged(str(path), "its beginning is not that of a database")
    module = driver()
    connection = module.connect(str(path), isolation_level=None, timeout=15)
    try:
        identity = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return ""
        if identity != APPLICATION_ID or "alembic_version" not in tables:
            raise _foreign(path)
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except module.DatabaseError as error:
        raise file_words(error, path) from error
    finally:
        connection.close()


def _open_alone(address: Address, path: Path) -> Home:
    """Open while no other process may set up, upgrade or restore."""
    is_new = _is_new(path)
    check = None
    if not is_new:
        version = file_version(path)
        check = FileCheck(path)
        if check.problem is not None:
            raise check.problem
        if needs_steps(version):
            problem = check.finish()
            if problem is not None:
                raise problem
            upgrade.upgrade_file(path, use_path(path))
    in_use = locks.take(use_path(path), shared=True, patience=PATIENCE)
    read, write = make_engines(path)
    home = Home(
        address=address,
        dialect="sqlite",
        read=read,
        write=write,
        notice=version_notice(),
        check=check,
        in_use=in_use,
    )
    try:
        write_marker(path, _settle(home, is_new=is_new))
    except BaseException:
        home.close()
        raise
    return home


def _settle(home: Home, *, is_new: bool) -> str:
    """Return the install id of a store that is ready, made now if it is new."""
    if not is_new:
        with home.read.connect() as connection:
            found = connection.exec_driver_sql("SELECT install_id FROM workspace").scalar()
        if found is not None:
            return str(found)
    with home.write.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        if needs_steps(version_of(connection)):
            migrate(connection)
        return ensure_workspace(connection)


def _is_new(path: Path) -> bool:
    """Return whether there is no store yet.

    Raises:
        PlumblineError: `store-missing` if there was one.
    """
    is_empty = not path.exists() or path.stat().st_size == 0 or not file_version(path)
    if is_empty and marker_path(path).exists():
        raise refusal(
            "store-missing",
            f"The store {path} is gone or empty, though it was set up here before. No new one was started.",
            "Put the file back, or restore the newest backup: python -m core.store.backup restore FILE. "
            f"To really start afresh, remove {marker_path(path).name}.",
        )
    return is_empty


def _prepare_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what is stored is nobody else's business
    except OSError as error:
        raise _folder_words(error, folder) from error
    refuse_network(folder)


def _folder_words(error: OSError, folder: Path) -> PlumblineError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(str(folder))
    return store_read_only(str(folder))


def _foreign(path: Path) -> PlumblineError:
    return refusal(
        "store-foreign",
        f"{path} is a database of another program. Plumbline did not touch it.",
        "Choose another file with DATABASE_URL or another folder with PLUMBLINE_DATA.",
    )


def _beside(path: Path, ending: str) -> Path:
    return path.with_suffix(ending)
