"""What a report is made from: read once, so that all its sections speak of the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.campaigns.notes import list_notes
from core.evidence.plan import read_plan
from core.evidence.sources import read_sources
from core.funnel import build_funnel
from core.scope import Scope
from core.units import instant_of, local_day, write_day

if TYPE_CHECKING:
    from datetime import date

    from core.campaigns.notes import Note
    from core.evidence.plan import Plan
    from core.evidence.sources import Batch
    from core.funnel.model import Funnel
    from core.reports.model import Audience
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything the sections of a report may draw on.

    Attributes:
        funnel: of the campaign, or of one creator's part of it.
        plan: what was written down about the campaign.
        notes: decisions and remarks, newest first; empty for readers outside.
        batches: the standing imports, newest first.
        audience: who reads it.
        today, now: the reader's day, and Unix seconds.
        locale: how numbers are written.
        creator: the name of the one creator it is about; '' for the whole campaign.
    """

    funnel: Funnel
    plan: Plan
    notes: tuple[Note, ...]
    batches: tuple[Batch, ...]
    audience: Audience
    today: date
    now: int
    locale: str
    creator: str = ""

    @property
    def has_begun(self) -> bool:
        """Return whether the campaign's first day has come."""
        return self.today >= self.funnel.header.first_day

    @property
    def is_over(self) -> bool:
        """Return whether the campaign's last day has passed."""
        return self.today > self.funnel.header.last_day

    def day(self, day: date) -> str:
        """Return a day as the reader writes it."""
        return write_day(day, locale=self.locale)

    def day_at(self, instant: int) -> str:
        """Return the day of an instant in the campaign's zone, as the reader writes it."""
        return self.day(local_day(instant, self.plan.zone) if self.plan.zone else instant_of(instant).date())


def gather(
    store: Store,
    campaign_id: int,
    *,
    audience: Audience,
    creator_id: int | None,
    today: date,
    now: int,
    locale: str,
) -> Material:
    """Return the material of a campaign, or of one creator's part of it."""
    scope = Scope(campaign_id=campaign_id, creator_ids=() if creator_id is None else (creator_id,))
    funnel = build_funnel(store, scope, today=today)
    with store.reading() as connection:
        plan = read_plan(connection, campaign_id)
        sources = read_sources(connection, plan)
    partner = plan.partner(creator_id) if creator_id is not None else None
    return Material(
        funnel=funnel,
        plan=plan,
        notes=list_notes(store, campaign_id) if audience.internal and creator_id is None else (),
        batches=sources.batches,
        audience=audience,
        today=today,
        now=now,
        locale=locale,
        creator=partner.name if partner else "",
    )
