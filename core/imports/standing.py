"""Imports that stand: which hold a file or its rows already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from core.imports.frames import table_of

if TYPE_CHECKING:
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The import, or imports, of one file.

    Attributes:
        batch_ids: one per kind of export in the file.
        formats: their kinds.
        accounts: whose they are, '' where a file is nobody's in particular.
        days: last day of each, None where it has none.
        label: of the first, in words.
        file_name: as it was called then.
        at: Unix seconds of the import.
        is_whole: whether every kind of export in the file stands.
    """

    batch_ids: tuple[int, ...]
    formats: tuple[str, ...]
    accounts: tuple[str, ...]
    days: tuple[int | None, ...]
    label: str
    file_name: str
    at: int
    is_whole: bool

    @property
    def is_anyones(self) -> bool:
        """Return whether the bytes alone say that it is the same: files of two accounts can be equal."""
        return self.is_whole and not any(self.accounts)

    def holds(self, format_name: str, account: str, snapshot_day: int | None = None) -> bool:
        """Return whether this kind of export of this account stands.

        Args:
            format_name: the kind.
            account: handle; '' when it is not known whose the file is, or nobody's.
            snapshot_day: the day that the file is a picture of, where the file itself does not say it:
                the same figures on another day are another fact. None where it does not matter.
        """
        kept = zip(self.formats, self.accounts, self.days, strict=True)
        return any(
            name == format_name
            and (not account or account == whose)
            and (snapshot_day is None or snapshot_day == day)
            for name, whose, day in kept
        )


def standing_of_file(store: Store, sha256: str) -> Standing | None:
    """Return the standing import of a file with these bytes, None when there is none."""
    with store.reading() as connection:
        return standing_file(connection, sha256)


def standing_file(connection: Connection, sha256: str) -> Standing | None:
    """Return the same within a transaction."""
    batch = table_of("import_batch")
    rows = connection.execute(
        select(batch).where(batch.c.sha256 == sha256, batch.c.undone_at.is_(None)).order_by(batch.c.id)
    ).fetchall()
    if not rows:
        return None
    parts = {part for row in rows for part in json.loads(row.receipt).get("parts", ())}
    formats = tuple(row.format for row in rows)
    return Standing(
        batch_ids=tuple(row.id for row in rows),
        formats=formats,
        accounts=tuple(row.account for row in rows),
        days=tuple(row.last_day for row in rows),
        label=rows[0].label,
        file_name=rows[0].file_name,
        at=rows[0].at,
        is_whole=parts <= set(formats),
    )
