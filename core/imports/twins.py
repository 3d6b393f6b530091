"""Imports with the very same rows: they are stored once, and outlive each other.

Twins form a group. Its oldest standing member owns the rows; the newest export time of
the group decides how new the rows are. Both depend only on which members stand, so any
order of imports and undoings ends in the same state.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from core.imports.frames import FACT_TABLES, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


def owner_of_rows(connection: Connection, digest: str) -> tuple[int, str] | None:
    """Return the standing import that owns rows of this digest: its id and file name, None without one."""
    batch = table_of("import_batch")
    found = connection.execute(
        select(batch.c.id, batch.c.file_name)
        .where(batch.c.rows_digest == digest, batch.c.undone_at.is_(None), batch.c.twin_of.is_(None))
        .order_by(batch.c.id)
    ).first()
    return (found.id, found.file_name) if found else None


def standing_twins(connection: Connection, owner: int) -> tuple[int, ...]:
    """Return the standing imports whose rows this one holds for them, oldest first."""
    batch = table_of("import_batch")
    query = (
        select(batch.c.id).where(batch.c.twin_of == owner, batch.c.undone_at.is_(None)).order_by(batch.c.id)
    )
    return tuple(connection.execute(query).scalars())


def renew(connection: Connection, owner: int) -> bool:
    """Give the rows of a group its newest export time; return whether other facts may win or lose by it."""
    batch = table_of("import_batch")
    members = (owner, *standing_twins(connection, owner))
    kept = connection.execute(select(batch.c.receipt).where(batch.c.id.in_(members))).scalars()
    newest = max(int(json.loads(receipt)["as_of"]) for receipt in kept)
    before = int(connection.execute(select(batch.c.as_of).where(batch.c.id == owner)).scalar_one())
    if newest == before:
        return False
    connection.execute(update(batch).where(batch.c.id == owner).values(as_of=newest))
    between = select(batch.c.id).where(
        batch.c.as_of.between(min(before, newest), max(before, newest)),
        batch.c.undone_at.is_(None),
        batch.c.twin_of.is_(None),
        batch.c.id != owner,
    )
    return connection.execute(between.limit(1)).first() is not None


def hand_over(connection: Connection, owner: int, twins: tuple[int, ...]) -> int:
    """Give the rows of an undone import to its oldest standing twin and return which that is."""
    batch = table_of("import_batch")
    heir, *others = twins
    for name in FACT_TABLES:
        facts = table_of(name)
        connection.execute(update(facts).where(facts.c.batch_id == owner).values(batch_id=heir))
    connection.execute(update(batch).where(batch.c.id == heir).values(twin_of=None))
    if others:
        connection.execute(update(batch).where(batch.c.id.in_(others)).values(twin_of=heir))
    renew(connection, heir)
    return heir
