"""What a creator is paid in a campaign, as far as anybody wrote it down or a shop's file states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.evidence.reading import known_sum
from core.scope import Traffic
from core.units import day_number, day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.plan import Partner

_FILES = text(
    "SELECT b.label, MAX(b.as_of) AS as_of, MIN(s.first_day) AS first_day, MAX(s.last_day) AS last_day"
    " FROM stat s JOIN import_batch b ON b.id = s.batch_id AND b.undone_at IS NULL"
    " JOIN creator_handle h ON h.handle = s.handle"
    " WHERE h.creator_id = :creator AND s.commission IS NOT NULL"
    " AND s.last_day >= :first AND s.first_day <= :last GROUP BY b.label ORDER BY b.label"
)
_ANY = text(
    "SELECT 1 FROM stat s JOIN import_batch b ON b.id = s.batch_id AND b.undone_at IS NULL"
    " WHERE s.commission IS NOT NULL AND s.last_day >= :first AND s.first_day <= :last LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionFile:
    """A kind of export that states commission of the creator.

    Attributes:
        label: what kind of export.
        as_of: what the newest of them speaks of, Unix seconds.
        first_day, last_day: the days they state.
    """

    label: str
    as_of: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """One creator's pay in one campaign; advertising is no pay.

    Attributes:
        fee: as agreed, minor units of `fee_currency`; None where not written down.
        deliverables: videos agreed; None where not written down.
        videos: videos of the campaign by this creator that are known.
        commission: minor units of `currency`; None where not known.
        currency: of the campaign.
        files: what states the commission; empty where nothing does.
        has_any_commission: some file states commission in these days, of whomever.
    """

    fee: int | None
    fee_currency: str
    deliverables: int | None
    videos: int | None
    commission: float | None
    currency: str
    files: tuple[CommissionFile, ...]
    has_any_commission: bool

    @property
    def is_fee_summed(self) -> bool:
        """Return whether the fee is known in the campaign's currency, so that it can be added."""
        return self.fee is not None and self.fee_currency == self.currency

    @property
    def total(self) -> float | None:
        """Return the sum of what is known in the campaign's currency; None where nothing is."""
        return known_sum((self.fee if self.is_fee_summed else None, self.commission))


def read_pay(connection: Connection, evidence: Evidence, partner: Partner) -> Pay:
    """Return what a creator of a campaign is paid.

    Args:
        connection: the moment that the evidence was read at.
        evidence: of the campaign over all its days, with this creator in it.
        partner: whose pay.
    """
    plan = evidence.plan
    totals = evidence.by_creator.get(partner.creator_id, {}).get(Traffic.TOTAL, {})
    days = {"first": day_number(plan.first_day), "last": day_number(plan.last_day)}
    rows = connection.execute(_FILES, days | {"creator": partner.creator_id}).mappings()
    videos = totals.get("videos")
    return Pay(
        fee=partner.fee,
        fee_currency=partner.currency or plan.currency,
        deliverables=partner.deliverables,
        videos=None if videos is None else int(videos),
        commission=totals.get("commission"),
        currency=plan.currency,
        files=tuple(
            CommissionFile(
                label=row["label"],
                as_of=row["as_of"],
                first_day=day_of(row["first_day"]),
                last_day=day_of(row["last_day"]),
            )
            for row in rows
        ),
        has_any_commission=connection.execute(_ANY, days).first() is not None,
    )
