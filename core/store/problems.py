"""Database errors in plain words: what happened to the store and what to do.

Errors that a caller should understand itself, such as a value that already exists,
are left as they are.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from core.errors import PlumblineError, refusal

if TYPE_CHECKING:
    from pathlib import Path

# primary result codes of SQLite (sqlite.org/rescode.html)
BUSY, LOCKED, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26
SAID = frozenset({BUSY, LOCKED, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE})
NEARLY_NOTHING = 1_000_000  # bytes free below which a failed write means a full disk


def store_busy() -> PlumblineError:
    """Return the error of a store that others kept for too long."""
    return refusal(
        "store-busy",
        "Somebody else is saving to Plumbline and has not finished yet. Nothing of yours was changed.",
        "Wait a minute and try again.",
    )


def disk_full(where: str) -> PlumblineError:
    """Return the error of a disk without room; `where` names the folder."""
    return refusal(
        "disk-full",
        f"The disk that holds {where} is full. Nothing was changed; what was saved before is intact.",
        "Free some space on that disk and try again.",
    )


def store_read_only(where: str) -> PlumblineError:
    """Return the error of a store that cannot be written."""
    return refusal(
        "store-read-only",
        f"Plumbline may not write to {where}. Nothing was changed.",
        "Make that folder writable for the person who runs Plumbline, or choose another with PLUMBLINE_DATA.",
    )


def store_damaged(where: str, detail: str = "") -> PlumblineError:
    """Return the error of a damaged store; it is never repaired or replaced silently."""
    finding = f' The check says "{detail}".' if detail else ""
    return refusal(
        "store-damaged",
        f"The store {where} is damaged.{finding} Plumbline has not touched it.",
        "Keep a copy of it, then restore the newest backup: python -m core.store.backup restore FILE.",
    )


def store_unreachable(where: str) -> PlumblineError:
    """Return the error of a database server that does not answer."""
    return refusal(
        "store-unreachable",
        f"The database {where} does not answer. What was not saved yet is not saved.",
        "Check that the database server runs and that DATABASE_URL is right, then try again.",
    )


def store_trouble(where: str, detail: str) -> PlumblineError:
    """Return the error of a store that failed in a way without a better name."""
    return refusal(
        "store-trouble",
        f'The store {where} could not do what was asked: "{detail}". Nothing was changed.',
        "Try again; if it happens again, show this message to whoever looks after this computer.",
    )


def is_busy(error: DBAPIError) -> bool:
    """Return whether others hold the store, so that waiting may help."""
    if (code := _sqlite_code(error.orig)) is not None:
        return code in (BUSY, LOCKED)
    return _sqlstate(error.orig) in ("55P03", "40001", "40P01")


def in_words(error: DBAPIError | PoolTimeoutError, where: str, path: Path | None) -> Exception:
    """Return what to raise instead of a database error.

    Args:
        error: the error of SQLAlchemy.
        where: the store, named without secrets.
        path: the SQLite file; None for a server.
    """
    if isinstance(error, PoolTimeoutError):
        return store_busy()
    if isinstance(error, IntegrityError):
        return error
    code = _sqlite_code(error.orig)
    if code is not None:
        return file_words(error.orig or error, path) if path and code in SAID else error
    return _server_words(error, where)


def file_words(error: BaseException, path: Path) -> PlumblineError:
    """Return what to raise instead of an error of the SQLite driver itself."""
    code = _sqlite_code(error) or 0
    if code in (BUSY, LOCKED):
        return store_busy()
    if code == FULL or (code in (IO_ERROR, CANNOT_OPEN) and _has_no_room(path.parent)):
        return disk_full(str(path.parent))
    if code in (READ_ONLY, CANNOT_OPEN):
        return store_read_only(str(path))
    if code in (CORRUPT, NOT_A_DATABASE):
        return store_damaged(str(path), str(error))
    return store_trouble(str(path), str(error))


def _server_words(error: DBAPIError, where: str) -> Exception:
    state = _sqlstate(error.orig)
    if is_busy(error) or state in ("53300", "57014"):
        return store_busy()
    if state == "53100":
        return disk_full(where)
    if state == "25006":
        return store_read_only(where)
    if state in ("XX001", "XX002"):
        return store_damaged(where)
    if (
        error.connection_invalidated
        or state[:2] in ("08", "57", "28", "3D")
        or _never_connected(error, state)
    ):
        return store_unreachable(where)
    return error


def _never_connected(error: DBAPIError, state: str) -> bool:
    """Return whether the server was not reached at all: such errors carry no state."""
    return not state and type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")


def _sqlite_code(original: BaseException | None) -> int | None:
    code = getattr(original, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _sqlstate(original: BaseException | None) -> str:
    return getattr(original, "sqlstate", None) or ""


def _has_no_room(folder: Path | None) -> bool:
    try:
        return folder is not None and shutil.disk_usage(folder).free < NEARLY_NOTHING
    except OSError:
        return False
