"""The backups that lie on the shelf: which there are, one made every day, old ones taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import refusal
from core.store.backup import backup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from core.store.engine import Store

DAY = 86_400
DAILY, WEEKLY = 7, 4  # how many of each are kept
OLDEST = 30  # days: an older copy may hold what was erased or closed since
_MADE = re.compile(r"plumbline-\d{8}-\d{6}-\d+\.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of the store as it was.

    Attributes:
        name: of the file.
        path: where it lies.
        at: Unix seconds when it was made.
        size: bytes.
        is_backup: made as a backup; False for a store kept before a restore or an upgrade.
    """

    name: str
    path: Path
    at: int
    size: int
    is_backup: bool


def list_backups(store: Store) -> tuple[Backup, ...]:
    """Return every copy of the store that lies beside it, newest first; none for a server.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.ADMINISTER)
    if store.path is None:
        return ()
    kept = store.path.parent.glob(f"{store.path.stem}.before-*{store.path.suffix}")
    made = (path for path in folder_of(store).glob("*.db") if _MADE.fullmatch(path.name))
    found = [_entry(path, is_backup=True) for path in made] + [_entry(path, is_backup=False) for path in kept]
    return tuple(sorted(found, key=lambda one: (-one.at, one.name)))


def folder_of(store: Store) -> Path:
    """Return the folder where backups are put."""
    return store.folder / "backups"


def find_backup(store: Store, name: str) -> Backup:
    """Return one copy by its name.

    Raises:
        PlumblineError: `not-allowed`; `backup-missing`.
    """
    for one in list_backups(store):
        if one.name == name:
            return one
    raise refusal("backup-missing", "This backup is not there any more.", "Reload the page.")


def _entry(path: Path, *, is_backup: bool) -> Backup:
    state = path.stat()
    return Backup(name=path.name, path=path, at=int(state.st_mtime), size=state.st_size, is_backup=is_backup)


def remove_backups(store: Store, names: Iterable[str]) -> int:
    """Return how many copies were removed, for instance because they still hold what was erased.

    Raises:
        PlumblineError: `not-allowed`, `backup-missing`.
    """
    found = [find_backup(store, name) for name in names]
    for one in found:
        _delete(one)
    if found:
        store.note("backups removed", f"{len(found)} copies")
    return len(found)


def daily_backup(store: Store, *, now: int) -> Path | None:
    """Make a backup where the newest is a day old; keep seven daily and four weekly ones.

    No copy is kept longer than a month, nor is one from before a restore or an upgrade.

    Args:
        store: of an admin; nothing happens for a server.
        now: Unix seconds.

    Returns:
        The file made, None where none was due.
    """
    if store.path is None:
        return None
    made = [one for one in list_backups(store) if one.is_backup]
    if made and now - made[0].at < DAY:
        return None
    path = backup(store, folder_of(store))
    everything = list_backups(store)
    gone = {*too_many(one for one in everything if one.is_backup), *too_old(everything, now=now)}
    for one in gone:
        if one.path != path:
            _delete(one)
    return path


def too_old(copies: Iterable[Backup], *, now: int) -> tuple[Backup, ...]:
    """Return the copies of any kind that are older than a month."""
    return tuple(one for one in copies if now - one.at > OLDEST * DAY)


def _delete(one: Backup) -> None:
    for ending in ("", "-wal", "-shm"):
        one.path.with_name(one.path.name + ending).unlink(missing_ok=True)


def too_many(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups beyond the newest of each of seven days and each of four weeks."""
    days: dict[int, Backup] = {}
    weeks: dict[int, Backup] = {}
    listed = sorted(backups, key=lambda one: -one.at)
    for one in listed:
        days.setdefault(one.at // DAY, one)
        weeks.setdefault(one.at // (7 * DAY), one)
    kept = {one.name for one in [*list(days.values())[:DAILY], *list(weeks.values())[:WEEKLY]]}
    return tuple(one for one in listed if one.name not in kept)
