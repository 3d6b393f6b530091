"""The record of imports: what came in, its receipt, its rejected rows, and taking it out again."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from core.access import Action, require
from core.errors import PlumblineError, refusal
from core.imports.frames import FACT_TABLES, table_of
from core.imports.quarantine import SetAside, as_csv, rows_set_aside
from core.imports.receipt import Counts, Outcome, Receipt, receipt_from_json
from core.imports.twins import hand_over, renew, standing_twins
from core.rollups import rebuild, touched_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row

    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import on record.

    Attributes:
        batch_id: its number.
        upload: groups the files of one drop.
        file: display name.
        format: name of the kind of export.
        label: the same in words.
        provenance: platform | shop | analytics | typed | estimated.
        account: handle, '' where it is nobody's in particular.
        campaign_id: where the file belongs to one campaign.
        first_day: first day covered (day number), None without a period.
        last_day: last day covered.
        as_of: Unix seconds of the export as stated.
        as_of_from: how that is known.
        counts: rows; reasons of ignored rows are in the receipt.
        who: who imported it.
        at: Unix seconds of the import.
        undone_at: Unix seconds, None while it stands.
        undone_by: who undid it.
        twin_of: the import that holds the same rows for it.
    """

    batch_id: int
    upload: str
    file: str
    format: str
    label: str
    provenance: str
    account: str
    campaign_id: int | None
    first_day: int | None
    last_day: int | None
    as_of: int
    as_of_from: str
    counts: Counts
    who: str
    at: int
    undone_at: int | None
    undone_by: str
    twin_of: int | None

    @property
    def is_standing(self) -> bool:
        """Return whether its facts count."""
        return self.undone_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDetail:
    """An import with everything kept about it.

    Attributes:
        batch: what the list shows.
        receipt: as it was handed out.
        answers: question -> answer, as they were when it was imported.
        aside: rows set aside.
        closed_orders: orders of it that are kept as sums only; another import cannot bring them back.
    """

    batch: Batch
    receipt: Receipt
    answers: Mapping[str, str]
    aside: tuple[SetAside, ...]
    closed_orders: int = 0


def list_batches(
    store: Store,
    *,
    search: str = "",
    formats: tuple[str, ...] = (),
    account: str = "",
    campaign_id: int | None = None,
    with_undone: bool = True,
    limit: int = 100,
    offset: int = 0,
) -> tuple[Batch, ...]:
    """Return imports, newest first.

    Args:
        store: who asks must be allowed to read everything.
        search: part of a file name or label, case aside.
        formats: only these kinds of export; empty means all.
        account: only files of this handle; '' means all.
        campaign_id: only files that belong to this campaign; None means all.
        with_undone: whether undone imports are listed too.
        limit: how many at most.
        offset: how many to pass over.
    """
    require(store.principal, Action.READ)
    batch = table_of("import_batch")
    query = select(batch).order_by(batch.c.id.desc()).limit(limit).offset(offset)
    if search:
        query = query.where(
            or_(
                batch.c.file_name.icontains(search, autoescape=True),
                batch.c.label.icontains(search, autoescape=True),
            )
        )
    query = query.where(batch.c.format.in_(formats)) if formats else query
    query = query.where(batch.c.account == account) if account else query
    query = query.where(batch.c.campaign_id == campaign_id) if campaign_id is not None else query
    query = query if with_undone else query.where(batch.c.undone_at.is_(None))
    with store.reading() as connection:
        return tuple(_batch(row) for row in connection.execute(query))


def count_batches(store: Store, *, with_undone: bool = True) -> int:
    """Return how many imports are on record."""
    require(store.principal, Action.READ)
    batch = table_of("import_batch")
    query = select(func.count()).select_from(batch)
    with store.reading() as connection:
        return int(
            connection.execute(
                query if with_undone else query.where(batch.c.undone_at.is_(None))
            ).scalar_one()
        )


def batch_detail(store: Store, batch_id: int) -> BatchDetail:
    """Return one import with its receipt.

    Raises:
        PlumblineError: `not-allowed`, `import-unknown`.
    """
    require(store.principal, Action.READ)
    with store.reading() as connection:
        row = _header(connection, batch_id)
        receipt = receipt_from_json(row.receipt, batch_id=row.id, file=row.file_name, label=row.label)
        aside = rows_set_aside(connection, batch_id)
        closed = _closed_orders(connection, batch_id)
    return BatchDetail(
        batch=_batch(row),
        receipt=receipt,
        answers=json.loads(row.answers),
        aside=aside,
        closed_orders=closed,
    )


def _closed_orders(connection: Connection, batch_id: int) -> int:
    sums = table_of("closed_sale")
    count = select(func.coalesce(func.sum(sums.c.orders), 0)).where(sums.c.batch_id == batch_id)
    return int(connection.execute(count).scalar_one())


def rejected_rows_csv(store: Store, batch_id: int) -> bytes:
    """Return the rows of an import that were set aside, each with problem and remedy, as CSV.

    Raises:
        PlumblineError: `not-allowed`, `import-unknown`.
    """
    require(store.principal, Action.IMPORT)
    with store.reading() as connection:
        _header(connection, batch_id)
        return as_csv(rows_set_aside(connection, batch_id))


def undo(store: Store, batch_id: int, *, now: int | None = None) -> Receipt:
    """Return the receipt of an undoing, after which all is as if the file had never been imported.

    Undoing twice changes nothing.

    Args:
        store: who asks must be allowed to import.
        batch_id: the import.
        now: Unix seconds; None means the clock.

    Raises:
        PlumblineError: `not-allowed`, `import-unknown` and those of the store; nothing was changed.
    """
    require(store.principal, Action.IMPORT)
    with store.reading() as connection:
        before = _header(connection, batch_id)
    if before.undone_at is not None:
        return _undone(before, Outcome.ALREADY_UNDONE)
    at = int(time.time()) if now is None else now
    with store.writing("undo import", before.file_name, {"batch": batch_id}) as connection:
        row = _header(connection, batch_id)
        if row.undone_at is not None:
            return _undone(row, Outcome.ALREADY_UNDONE)
        _take_out(connection, row, at, store.principal.name)
    return _undone(row, Outcome.UNDONE)


def _take_out(connection: Connection, row: Row[Any], at: int, who: str) -> None:
    """Remove the facts of an import, or give them to a twin, and rebuild what they touched."""
    batch, aside = table_of("import_batch"), table_of("quarantine_row")
    touched = None if row.twin_of else touched_by(connection, row.id)
    twins = standing_twins(connection, row.id)
    connection.execute(
        update(batch).where(batch.c.id == row.id).values(undone_at=at, undone_by=who, twin_of=None)
    )
    connection.execute(delete(aside).where(aside.c.batch_id == row.id))
    if row.twin_of:
        if renew(connection, row.twin_of):
            rebuild(connection, touched_by(connection, row.twin_of))
        return
    if twins:
        hand_over(connection, row.id, twins)
    else:
        for name in FACT_TABLES:
            facts = table_of(name)
            connection.execute(delete(facts).where(facts.c.batch_id == row.id))
    if touched is not None:
        rebuild(connection, touched)


def _header(connection: Connection, batch_id: int) -> Row[Any]:
    batch = table_of("import_batch")
    row = connection.execute(select(batch).where(batch.c.id == batch_id)).first()
    if row is None:
        raise _unknown()
    return row


def _unknown() -> PlumblineError:
    return refusal(
        "import-unknown",
        "There is no such import here.",
        "Choose one from the import history; it may be out of date in this tab.",
    )


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        batch_id=row.id,
        upload=row.upload,
        file=row.file_name,
        format=row.format,
        label=row.label,
        provenance=row.provenance,
        account=row.account,
        campaign_id=row.campaign_id,
        first_day=row.first_day,
        last_day=row.last_day,
        as_of=int(json.loads(row.receipt).get("as_of", row.as_of)),
        as_of_from=row.as_of_from,
        counts=Counts(
            rows_in=row.rows_in,
            stored=row.rows_stored,
            aside=row.rows_aside,
            ignored=json.loads(row.receipt).get("counts", {}).get("ignored", {}),
        ),
        who=row.who,
        at=row.at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        twin_of=row.twin_of,
    )


def _undone(row: Row[Any], outcome: Outcome) -> Receipt:
    return Receipt(batch_id=row.id, file=row.file_name, label=row.label, outcome=outcome)
