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
        label: of the first, in words.
        file_name: as it was called then.
        at: Unix seconds of the import.
        is_whole: whether every kind of export in the file stands.
    """

    batch_ids: tuple[int, ...]
    formats: tuple[str, ...]
    label: str
    file_name: str
    at: int
    is_whole: bool


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
        label=rows[0].label,
        file_name=rows[0].file_name,
        at=rows[0].at,
        is_whole=parts <= set(formats),
    )
