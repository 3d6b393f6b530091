"""What happened: who did what and when. Entries are added with each write and never change."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

LONGEST = 500  # characters of a subject; a name longer than this is cut
# control characters and marks that change the direction of text could fake a line of the record
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One entry of the audit trail.

    Attributes:
        at: Unix seconds.
        who: the name of the principal.
        action: what was done.
        subject: what it was done to; '' if nothing in particular.
        detail: JSON; '' if there is none.
    """

    at: int
    who: str
    action: str
    subject: str = ""
    detail: str = ""


def add(connection: Connection, line: AuditLine) -> None:
    """Add an entry, on one line whatever its words contain."""
    values: dict[str, object] = {"at": line.at, "detail": _storable(line.detail)}
    values |= {name: _one_line(getattr(line, name)) for name in ("who", "action", "subject")}
    connection.execute(
        text(
            "INSERT INTO audit_entry (at, who, action, subject, detail)"
            " VALUES (:at, :who, :action, :subject, :detail)"
        ),
        values,
    )


def list_entries(
    connection: Connection, *, limit: int = 200, before: int | None = None
) -> tuple[AuditLine, ...]:
    """Return entries, newest first.

    Args:
        connection: from `Store.reading`.
        limit: how many at most.
        before: only entries before this moment (Unix seconds); None starts with the newest.
    """
    rows = connection.execute(
        text(
            "SELECT at, who, action, subject, detail FROM audit_entry"
            " WHERE at < :before ORDER BY at DESC, id DESC LIMIT :limit"
        ),
        {"before": before if before is not None else 2**62, "limit": limit},
    )
    return tuple(
        AuditLine(at=row.at, who=row.who, action=row.action, subject=row.subject, detail=row.detail)
        for row in rows
    )


@contextmanager
def changeable(connection: Connection) -> Iterator[None]:
    """Let entries be changed in the block: only to strike the names of what is erased out of them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_fixed")
        yield
        connection.exec_driver_sql("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_fixed")
        return
    guard = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'audit_entry_no_update'"
    ).scalar_one()
    connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
    yield
    connection.exec_driver_sql(guard)


def _one_line(words: str) -> str:
    return UNSEEN.sub(" ", _storable(words))[:LONGEST]


def _storable(words: str) -> str:
    """Return the words without what no database takes: half characters and NUL."""
    return words.encode("utf-8", "replace").decode().replace("\x00", " ")
