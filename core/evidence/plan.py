"""What was written down about a campaign, as the funnel needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.errors import refusal
from core.units import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A creator of the campaign, with what was agreed."""

    creator_id: int
    name: str
    handle: str  # main handle, lower case without @; '' unknown
    fee: int | None  # minor units of `currency`
    currency: str
    deliverables: int | None
    has_code: bool
    has_link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A metric the campaign is judged by."""

    metric: str
    is_primary: bool
    target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A campaign with its people and goals."""

    campaign_id: int
    brand_id: int
    brand: str
    code: str
    name: str
    first_day: date
    last_day: date
    zone: str
    currency: str
    objective: str
    is_sample: bool
    partners: tuple[Partner, ...]
    goals: tuple[Goal, ...]

    def partner(self, creator_id: int) -> Partner | None:
        """Return a creator of the campaign; None for somebody else."""
        return next((one for one in self.partners if one.creator_id == creator_id), None)


_CAMPAIGN = text(
    "SELECT c.id, c.brand_id, b.name AS brand, c.code, c.name, c.first_day, c.last_day, c.zone, c.currency,"
    " c.objective, c.is_sample FROM campaign c JOIN brand b ON b.id = c.brand_id WHERE c.id = :campaign"
)
_PARTNERS = text(
    "SELECT k.creator_id, r.name, k.fee, k.currency, k.deliverables,"
    " (SELECT h.handle FROM creator_handle h WHERE h.creator_id = k.creator_id"
    "  ORDER BY h.is_main DESC, h.handle LIMIT 1) AS handle,"
    " EXISTS (SELECT 1 FROM promo_code p WHERE p.creator_id = k.creator_id"
    "  AND (p.campaign_id = k.campaign_id OR p.campaign_id IS NULL)) AS has_code,"
    " EXISTS (SELECT 1 FROM tracking_link l WHERE l.creator_id = k.creator_id"
    "  AND l.campaign_id = k.campaign_id) AS has_link"
    " FROM collaboration k JOIN creator r ON r.id = k.creator_id WHERE k.campaign_id = :campaign"
    " ORDER BY r.name, k.creator_id"
)
_GOALS = text(
    "SELECT metric, is_primary, target FROM campaign_metric WHERE campaign_id = :campaign"
    " ORDER BY is_primary DESC, id"
)
_BEFORE = text(
    "SELECT id FROM campaign WHERE brand_id = :brand AND last_day < :first AND id <> :campaign"
    " ORDER BY last_day DESC, id DESC LIMIT 1"
)


def read_plan(connection: Connection, campaign_id: int) -> Plan:
    """Return the campaign as people wrote it down.

    Raises:
        PlumblineError: `no-campaign`.
    """
    row = connection.execute(_CAMPAIGN, {"campaign": campaign_id}).mappings().first()
    if row is None:
        raise refusal(
            "no-campaign",
            f"There is no campaign with the number {campaign_id} here.",
            "Choose one from the list of campaigns.",
        )
    partners = connection.execute(_PARTNERS, {"campaign": campaign_id}).mappings()
    goals = connection.execute(_GOALS, {"campaign": campaign_id}).mappings()
    return Plan(
        campaign_id=row["id"],
        brand_id=row["brand_id"],
        brand=row["brand"],
        code=row["code"],
        name=row["name"],
        first_day=day_of(row["first_day"]),
        last_day=day_of(row["last_day"]),
        zone=row["zone"],
        currency=row["currency"],
        objective=row["objective"],
        is_sample=bool(row["is_sample"]),
        partners=tuple(
            Partner(
                creator_id=one["creator_id"],
                name=one["name"],
                handle=one["handle"] or "",
                fee=one["fee"],
                currency=one["currency"] or row["currency"],
                deliverables=one["deliverables"],
                has_code=bool(one["has_code"]),
                has_link=bool(one["has_link"]),
            )
            for one in partners
        ),
        goals=tuple(
            Goal(metric=one["metric"], is_primary=bool(one["is_primary"]), target=one["target"])
            for one in goals
        ),
    )


def campaign_before(connection: Connection, plan: Plan) -> int | None:
    """Return the brand's campaign that ended last before this one began; None for the first."""
    first = (plan.first_day - date(1970, 1, 1)).days
    wanted = {"brand": plan.brand_id, "first": first, "campaign": plan.campaign_id}
    found = connection.execute(_BEFORE, wanted).scalar()
    return None if found is None else int(found)
