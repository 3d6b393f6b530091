"""Estimates made once per state of the data and kept, so that a page only reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, text

from core.access import Action, require
from core.benchmarks.population import population_of, read_population
from core.errors import PlumblineError
from core.scorecards.fits import METHOD, fit_population
from core.store.written import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import RowMapping

    from core.scope import Traffic
    from core.scorecards.fits import Progress, Row
    from core.store.engine import Store

# Writing these down changes no figure, so that estimates made before still stand.
HARMLESS = frozenset(
    {
        "creator rated", "decision on a creator", "target audience stated", "margin stated",
        "decision noted", "remark noted", "report exported",
        "check-in finished", "measurement plan locked", "backups removed", "everything exported",
    }
)  # fmt: skip
_KEPT_FITS = 40  # of one population and older ones; the rest is made again when asked for
_AT_ONCE = 500


def estimates_for(
    store: Store,
    campaign_id: int,
    *,
    age: int,
    traffic: Traffic,
    now: int,
    progress: Progress | None = None,
) -> tuple[RowMapping | Row, ...]:
    """Return the estimates of a campaign's creators, made first where the kept ones are out of date.

    Args:
        store: where figures are read and estimates kept.
        campaign_id: the campaign.
        age: days, or `FINAL`.
        traffic: whose views.
        now: Unix seconds, for the record.
        progress: told while they are made.

    Returns:
        Rows of `stored_estimate`; those with metric '' say how the videos were read.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        key, campaign_ids = population_of(connection, store.principal, campaign_id)
        if _still_stands(connection, key, age, traffic):
            return _read(connection, key, age, traffic, campaign_id)
        population = read_population(connection, key, campaign_ids, age=age, traffic=traffic)
    rows = fit_population(population, progress=progress)
    name: Row = {"population": key, "age": age, "traffic": traffic.value}
    _keep(store, name, rows, audit_id=population.audit_id, now=now)
    columns = [column.name for column in table("stored_estimate").columns]
    return tuple(
        dict.fromkeys(columns) | _EMPTY | name | row for row in rows if row["campaign_id"] == campaign_id
    )


_EMPTY: Row = {
    "peers": "",
    "peer_level": -1,
    "peer_count": 0,
    "lack": "",
    "lack_have": 0,
    "lack_need": 0,
    "detail": "",
}


def prepare(
    store: Store, campaign_id: int, *, age: int, traffic: Traffic, now: int, progress: Progress | None = None
) -> None:
    """Make the estimates if they are not there yet, so that what follows only reads them."""
    require(store.principal, Action.READ, campaign_id)
    if not is_kept(store, campaign_id, age=age, traffic=traffic):
        estimates_for(store, campaign_id, age=age, traffic=traffic, now=now, progress=progress)


def is_kept(store: Store, campaign_id: int, *, age: int, traffic: Traffic) -> bool:
    """Return whether the estimates are there already, so that reading them takes no time."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        key, _ = population_of(connection, store.principal, campaign_id)
        return _still_stands(connection, key, age, traffic)


def _still_stands(connection: Connection, key: str, age: int, traffic: Traffic) -> bool:
    """Return whether nothing that could change a figure was written since the estimates were made."""
    found = connection.execute(
        text(
            "SELECT audit_id FROM stored_fit WHERE population = :key AND age = :age AND traffic = :traffic"
            " AND method = :method"
        ),
        {"key": key, "age": age, "traffic": traffic.value, "method": METHOD},
    ).scalar()
    if found is None:
        return False
    since = text("SELECT DISTINCT action FROM audit_entry WHERE id > :last")
    return set(connection.execute(since, {"last": found}).scalars()) <= HARMLESS


def _read(
    connection: Connection, key: str, age: int, traffic: Traffic, campaign_id: int
) -> tuple[RowMapping, ...]:
    query = text(
        "SELECT * FROM stored_estimate WHERE population = :key AND age = :age AND traffic = :traffic"
        " AND campaign_id = :campaign"
    )
    values = {"key": key, "age": age, "traffic": traffic.value, "campaign": campaign_id}
    return tuple(connection.execute(query, values).mappings())


def _keep(store: Store, name: Row, rows: Sequence[Row], *, audit_id: int, now: int) -> None:
    """Keep the estimates; while somebody else writes for long they are only shown, not kept."""
    fits, estimates = table("stored_fit"), table("stored_estimate")
    nothing = {column.name: None for column in estimates.columns} | _EMPTY
    full = [nothing | name | row for row in rows]
    try:
        with store.tracking() as connection:
            for one in (estimates, fits):
                same = [one.c[field] == value for field, value in name.items()]
                connection.execute(delete(one).where(*same))
            for first in range(0, len(full), _AT_ONCE):
                connection.execute(insert(estimates), full[first : first + _AT_ONCE])
            kept = name | {"method": METHOD, "audit_id": audit_id, "made_at": now}
            connection.execute(insert(fits).values(kept))
            _forget_old(connection)
    except PlumblineError as problem:
        if problem.issue.code not in {"store-busy", "store-read-only", "disk-full"}:
            raise


def _forget_old(connection: Connection) -> None:
    """Take away the oldest estimates, so that they never grow without end."""
    fits = table("stored_fit")
    query = select(fits).order_by(fits.c.made_at.desc(), fits.c.audit_id.desc()).offset(_KEPT_FITS)
    for row in connection.execute(query).mappings().all():
        for name in ("stored_estimate", "stored_fit"):
            rows = table(name)
            same = [rows.c[field] == row[field] for field in ("population", "age", "traffic")]
            connection.execute(delete(rows).where(*same))


def history_of(
    connection: Connection, key: str, creator_id: int, *, age: int, traffic: Traffic
) -> tuple[RowMapping, ...]:
    """Return the kept estimates of one creator in all campaigns of a population."""
    query = text(
        "SELECT * FROM stored_estimate WHERE population = :key AND age = :age AND traffic = :traffic"
        " AND creator_id = :creator"
    )
    values = {"key": key, "age": age, "traffic": traffic.value, "creator": creator_id}
    return tuple(connection.execute(query, values).mappings())
