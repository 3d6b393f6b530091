"""One creator's part of a campaign as a funnel of its own, beside the other creators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import refusal
from core.evidence.campaign import read_evidence
from core.evidence.plan import read_plan
from core.evidence.quotients import group_quotient
from core.evidence.reading import added
from core.funnel.build import funnel_of
from core.funnel.model import CollaborationFunnel, Comparison, is_money
from core.funnel.tables import CREATOR_METRICS, creator_videos, tier_of
from core.scope import Scope, Traffic
from core.units import Unit, write

if TYPE_CHECKING:
    from datetime import date

    from core.evidence.campaign import Evidence
    from core.metrics.model import Metric
    from core.store.engine import Store


def build_collaboration_funnel(
    store: Store, campaign_id: int, creator_id: int, *, today: date
) -> CollaborationFunnel:
    """Return the mini funnel of one creator in one campaign.

    Args:
        store: an open store, as the person who asks uses it.
        campaign_id: which campaign.
        creator_id: which of its creators.
        today: the day in the reader's sense.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`, `no-collaboration`.
    """
    require(store.principal, Action.READ, campaign_id)
    scope = Scope(campaign_id=campaign_id)
    with store.reading() as connection:
        plan = read_plan(connection, campaign_id)
        partner = plan.partner(creator_id)
        if partner is None:
            raise refusal(
                "no-collaboration",
                "This creator has no collaboration in this campaign.",
                "Add the creator to the campaign, or choose another one.",
            )
        evidence = read_evidence(connection, plan, scope, CREATOR_METRICS)
        funnel = funnel_of(connection, scope.only(creator_ids=(creator_id,)), today=today)
    return CollaborationFunnel(
        creator_id=creator_id,
        name=partner.name,
        handle=partner.handle,
        tier=tier_of(evidence, creator_id),
        fee=partner.fee,
        fee_currency=partner.currency,
        deliverables=partner.deliverables,
        funnel=funnel,
        comparisons=tuple(_compare(evidence, creator_id, metric) for metric in CREATOR_METRICS),
    )


def _compare(evidence: Evidence, creator_id: int, metric: Metric) -> Comparison:
    """Return a creator's metric beside that of the others: totals divided, counts per creator."""
    ids = [one.creator_id for one in evidence.plan.partners if one.creator_id != creator_id]
    own = group_quotient(
        metric, evidence.by_creator.get(creator_id, {}), creator_videos(evidence, creator_id), Traffic.TOTAL
    ).value
    known = [
        one
        for one in ids
        if group_quotient(
            metric, evidence.by_creator.get(one, {}), creator_videos(evidence, one), Traffic.TOTAL
        ).value
        is not None
    ]
    whole = {
        traffic: added(evidence.by_creator[one].get(traffic, {}) for one in known) for traffic in Traffic
    }
    videos = [video for one in known for video in creator_videos(evidence, one)]
    others = group_quotient(metric, whole, videos, Traffic.TOTAL).value
    if others is not None and metric.denominator is None:
        others /= len(known)
    return Comparison(
        metric=metric,
        own=own,
        others=others,
        others_count=len(known),
        sentence=_sentence(evidence, metric, own, others, len(known)),
    )


def _sentence(evidence: Evidence, metric: Metric, own: float | None, others: float | None, count: int) -> str:
    if own is None:
        return f"{metric.label}: not known for this creator."
    currency = evidence.plan.currency if is_money(metric) else ""
    unit = Unit.NUMBER if metric.unit is Unit.COUNT and own != round(own) else metric.unit
    said = f"{metric.label}: {write(own, unit, currency=currency)}"
    if others is None:
        return f"{said}; no other creator of the campaign has it."
    each = " per creator" if metric.denominator is None else ""
    words = "other creator" if count == 1 else "other creators"
    return f"{said}, against {write(others, metric.unit, currency=currency)}{each} over {count} {words}."
