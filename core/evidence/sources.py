"""The standing imports that a campaign's numbers can come from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from core.metrics.industry import TIERS
from core.metrics.measures import BY_NAME, IMPORTED
from core.metrics.model import Origin
from core.rollups.foreign_money import ForeignMoney, money_without_rate
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from core.evidence.plan import Plan
    from core.metrics.model import Measure, Metric


class Provenance(StrEnum):
    """Who measured a number."""

    PLATFORM = "measured by the platform"
    SHOP = "measured by the shop"
    ANALYTICS = "measured by web analytics"
    TYPED = "typed by a person"
    ESTIMATED = "estimated"
    MODELLED = "modelled"


WORDS: Mapping[str, Provenance] = {
    "platform": Provenance.PLATFORM,
    "shop": Provenance.SHOP,
    "analytics": Provenance.ANALYTICS,
    "typed": Provenance.TYPED,
    "estimated": Provenance.ESTIMATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import that was not undone."""

    batch_id: int
    file_name: str
    label: str
    provenance: Provenance
    first_day: int | None
    last_day: int | None
    as_of: int
    imported_at: int
    has_orders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The imports a campaign can stand on.

    Attributes:
        batches: newest first.
        revision: data revision of the snapshot.
        tiers: name and followers from, rising.
        has_orders: an orders file covers days of the campaign, so no order means none.
        by_hand: measure name -> typed or estimated, where some values were.
        foreign: amounts in other currencies that no sum holds, for want of a rate.
    """

    batches: tuple[Batch, ...]
    revision: int
    tiers: tuple[tuple[str, int], ...]
    has_orders: bool
    by_hand: Mapping[str, frozenset[Provenance]] = field(default_factory=dict)
    foreign: tuple[ForeignMoney, ...] = ()

    @property
    def as_of(self) -> int | None:
        """Return the newest moment any of the files speaks of; None without imports."""
        return max((batch.as_of for batch in self.batches), default=None)

    def provenance(self, metric: Metric) -> tuple[Provenance, ...]:
        """Return who measured the parts of a metric, in a fixed order."""
        found = {kind for measure in metric.measures for kind in self.of_measure(measure)}
        return tuple(kind for kind in Provenance if kind in found)

    def of_measure(self, measure: Measure) -> tuple[Provenance, ...]:
        """Return who measured the values of one measure, in a fixed order."""
        found = usual_provenance(measure) | self.by_hand.get(measure.name, frozenset())
        return tuple(kind for kind in Provenance if kind in found)


def usual_provenance(measure: Measure) -> frozenset[Provenance]:
    """Return who counts a measure where nobody typed what a file should state."""
    if measure.origin is Origin.LEDGER:
        return frozenset({Provenance.SHOP})
    if measure.name == "spend":
        return frozenset({Provenance.PLATFORM, Provenance.TYPED})
    if measure.name in {"fees", "creators"}:
        return frozenset({Provenance.TYPED})
    if "GA4" in measure.source or "link tools" in measure.source:
        return frozenset({Provenance.ANALYTICS})
    return frozenset({Provenance.PLATFORM})


_BATCHES = text(
    "SELECT b.id, b.file_name, b.label, b.provenance, b.first_day, b.last_day, b.as_of, b.at,"
    " EXISTS (SELECT 1 FROM shop_order o WHERE o.batch_id = b.id)"
    " OR EXISTS (SELECT 1 FROM closed_sale o WHERE o.batch_id = b.id) AS has_orders"
    " FROM import_batch b WHERE b.undone_at IS NULL AND (b.campaign_id IS NULL OR b.campaign_id = :campaign)"
    " ORDER BY b.as_of DESC, b.id DESC"
)


def read_sources(connection: Connection, plan: Plan) -> Sources:
    """Return the standing imports that may speak of a campaign."""
    batches = tuple(
        Batch(
            batch_id=row["id"],
            file_name=row["file_name"],
            label=row["label"],
            provenance=WORDS.get(row["provenance"], Provenance.PLATFORM),
            first_day=row["first_day"],
            last_day=row["last_day"],
            as_of=row["as_of"],
            imported_at=row["at"],
            has_orders=bool(row["has_orders"]),
        )
        for row in connection.execute(_BATCHES, {"campaign": plan.campaign_id}).mappings()
    )
    revision, tiers = _workspace(connection)
    return Sources(
        batches=batches,
        revision=revision,
        tiers=tiers,
        has_orders=any(batch.has_orders and _touches(batch, plan) for batch in batches),
        by_hand=_by_hand(connection, batches),
        foreign=money_without_rate(connection, plan.campaign_id, plan.currency),
    )


def _workspace(connection: Connection) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return the data revision and the tiers, as the team cut them or as IAB UK does."""
    row = connection.execute(text("SELECT revision, tier_cutoffs FROM workspace")).first()
    if row is None:
        return 0, TIERS
    cut = json.loads(row.tier_cutoffs) if row.tier_cutoffs else []
    return int(row.revision), tuple((str(name), int(start)) for name, start in cut) or TIERS


def _touches(batch: Batch, plan: Plan) -> bool:
    if batch.first_day is None or batch.last_day is None:
        return True
    return batch.first_day <= day_number(plan.last_day) and batch.last_day >= day_number(plan.first_day)


def _by_hand(connection: Connection, batches: Iterable[Batch]) -> dict[str, frozenset[Provenance]]:
    """Return for which measures some values were typed or are estimates."""
    kinds = {Provenance.TYPED, Provenance.ESTIMATED}
    ids = {batch.batch_id: batch.provenance for batch in batches if batch.provenance in kinds}
    if not ids:
        return {}
    names = [measure.name for measure in IMPORTED]
    counts = ", ".join(f"COUNT({name})" for name in names)
    query = text(f"SELECT batch_id, {counts} FROM stat WHERE batch_id IN :ids GROUP BY batch_id")
    found: dict[str, set[Provenance]] = {}
    for row in connection.execute(query.bindparams(bindparam("ids", expanding=True)), {"ids": list(ids)}):
        for name, count in zip(names, row[1:], strict=True):
            if count:
                found.setdefault(name, set()).add(ids[row[0]])
    return {BY_NAME[name].name: frozenset(kinds) for name, kinds in found.items()}
