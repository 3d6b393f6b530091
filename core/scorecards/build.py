"""Scorecards of a campaign and the card of one creator."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.access import Action, require
from core.benchmarks.population import population_of
from core.benchmarks.scored import DEFAULT_AGE, SCORED, SCORED_BY_NAME, Scored, candidates
from core.campaigns.requests import ExportRequest, export_requests
from core.errors import refusal
from core.evidence.campaign import read_creator_totals, read_evidence
from core.evidence.plan import read_plan
from core.evidence.reading import added
from core.metrics import consideration
from core.scope import Scope, Traffic
from core.scorecards.audience import audience_fit
from core.scorecards.corridor import Worth, corridor_of
from core.scorecards.decisions import decision_of, decisions_where, newest_by_creator, outcome_words
from core.scorecards.estimates import by_creator, readings
from core.scorecards.facts import COUNTED, IN_A_LIST, LISTED_NEED, NEEDED, facts_of, reach_facts, totals_of
from core.scorecards.fits import SHARES
from core.scorecards.margins import margin_of
from core.scorecards.model import Header, PastCampaign, Reading, Scorecard, Scorecards
from core.scorecards.ratings import ratings_of
from core.scorecards.stored import estimates_for, history_of
from core.scorecards.tier_costs import costs_by_tier
from core.scorecards.words import (
    advice,
    age_words,
    counted,
    in_sentence,
    lean_of,
    reading_sentence,
    share_words,
)
from core.statistics.posteriors import draws_of_quantiles
from core.statistics.ranks import best_of
from core.units import day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from core.evidence.plan import Partner, Plan
    from core.evidence.reading import ByTraffic
    from core.evidence.sources import Sources
    from core.scorecards.fits import Progress
    from core.scorecards.model import Corridor, Decision, Estimate, Fact, Rating
    from core.store.engine import Store

_DRAWS = 2_000
_SEED = 7
_ATTENTION = (consideration.AVERAGE_WATCH_SECONDS.name, consideration.COMPLETION_RATE.name)
_NOTHING_READ = Reading(used=0, young=0, undated=0, no_snapshot=0, uncounted=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ground:
    """What every card of a campaign stands on."""

    plan: Plan
    sources: Sources
    totals: Mapping[int, ByTraffic]
    estimates: Mapping[int, Mapping[str, Estimate]]
    readings: Mapping[int, tuple[Reading, str, str, int]]
    ratings: Mapping[int, tuple[Rating, ...]]
    decisions: Mapping[int, Decision]
    header: Header


def build_scorecards(
    store: Store,
    scope: Scope,
    *,
    age: int = DEFAULT_AGE,
    today: date,
    metric: str | None = None,
    progress: Progress | None = None,
) -> Scorecards:
    """Return the creators of a campaign beside each other, like for like.

    Args:
        store: an open store, as the person who asks uses it.
        scope: the campaign, the views that count, and which creators; days and videos are not used.
        age: days at which videos are read, 0 for final.
        today: the day in the campaign's zone.
        metric: what creators are judged by; None takes what the goals ask for, as far as it can be told.
        progress: told while estimates are made anew, which happens once after figures changed.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.READ, scope.campaign_id)
    rows = estimates_for(
        store, scope.campaign_id, age=age, traffic=scope.traffic, now=int(time.time()), progress=progress
    )
    with store.reading() as connection:
        ground = _ground(connection, scope, rows, age=age, today=today, metric=metric)
        wanted = scope.creator_ids or tuple(one.creator_id for one in ground.plan.partners)
        cards = [
            _card(ground, one, _listed(ground, one))
            for one in ground.plan.partners
            if one.creator_id in wanted
        ]
    judged = ground.header.judged_by.name
    cards.sort(key=lambda card: _order(card, judged))
    known = {
        name
        for card in cards
        for name, one in card.estimates.items()
        if one.raw is not None or one.value is not None
    }
    tiers = {card.creator_id: card.tier for card in cards}
    return Scorecards(
        header=ground.header,
        cards=tuple(cards),
        metrics=tuple(one.metric for one in SCORED if one.metric.name in known),
        claim=_claim(ground, cards, SCORED_BY_NAME[judged]),
        tier_costs=costs_by_tier(
            ground.totals, tiers, [name for name, _ in ground.sources.tiers], ground.plan.currency
        ),
        notes=_notes(ground, cards),
    )


def build_scorecard(
    store: Store,
    creator_id: int,
    *,
    campaign_id: int,
    today: date,
    age: int = DEFAULT_AGE,
    traffic: Traffic = Traffic.TOTAL,
    metric: str | None = None,
    progress: Progress | None = None,
) -> Scorecard:
    """Return the card of one creator with history, audience, fee corridor and decisions.

    Args:
        store: an open store, as the person who asks uses it.
        creator_id: whose card.
        campaign_id: in which campaign.
        today: the day in the campaign's zone.
        age: days at which videos are read, 0 for final.
        traffic: which views count.
        metric: what the creator is judged by; None takes what the goals ask for.
        progress: told while estimates are made anew.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`, `no-collaboration`.
    """
    require(store.principal, Action.READ, campaign_id)
    scope = Scope(campaign_id=campaign_id, traffic=traffic)
    rows = estimates_for(
        store, campaign_id, age=age, traffic=traffic, now=int(time.time()), progress=progress
    )
    asks = export_requests(store, campaign_id, today, creator_id=creator_id)
    with store.reading() as connection:
        ground = _ground(connection, scope, rows, age=age, today=today, metric=metric)
        partner = ground.plan.partner(creator_id)
        if partner is None:
            raise refusal(
                "no-collaboration",
                "This creator has no collaboration in this campaign.",
                "Add the creator to the campaign, or choose another one.",
            )
        past = _past(connection, store, ground, creator_id)
        return _whole(connection, ground, partner, past, asks[0] if asks else None)


def _ground(
    connection: Connection, scope: Scope, rows: Sequence[object], *, age: int, today: date, metric: str | None
) -> _Ground:
    plan = read_plan(connection, scope.campaign_id)
    sources, totals = read_creator_totals(connection, plan, Scope(campaign_id=scope.campaign_id), LISTED_NEED)
    estimates = by_creator(rows, plan.currency)
    chosen = _judged_by(plan, estimates, metric)
    header = Header(
        campaign_id=plan.campaign_id,
        code=plan.code,
        campaign=plan.name,
        brand=plan.brand,
        currency=plan.currency,
        first_day=plan.first_day,
        last_day=plan.last_day,
        is_sample=plan.is_sample,
        age=age,
        traffic=scope.traffic,
        judged_by=chosen.metric,
        today=today,
    )
    return _Ground(
        plan=plan,
        sources=sources,
        totals=totals,
        estimates=estimates,
        readings=readings(rows),
        ratings=ratings_of(connection, scope.campaign_id),
        decisions=newest_by_creator(decisions_where(connection, campaign_id=scope.campaign_id)),
        header=header,
    )


def _judged_by(plan: Plan, estimates: Mapping[int, Mapping[str, Estimate]], metric: str | None) -> Scored:
    """Return what was asked for, else the first metric of the goals by which creators can be compared."""
    if metric is not None and metric in SCORED_BY_NAME:
        return SCORED_BY_NAME[metric]
    possible = candidates([goal.metric for goal in plan.goals])
    for one in possible:
        if any((found := own.get(one.metric.name)) and found.standing for own in estimates.values()):
            return one
    return possible[0]


def _listed(ground: _Ground, partner: Partner) -> tuple[Fact, ...]:
    whole = ground.totals.get(partner.creator_id, {})
    return totals_of(whole, IN_A_LIST, ground.header.traffic, ground.plan.currency)


def _card(ground: _Ground, partner: Partner, facts: tuple[Fact, ...]) -> Scorecard:
    reading, tier, length, impossible = ground.readings.get(partner.creator_id, (_NOTHING_READ, "", "", 0))
    estimates = ground.estimates.get(partner.creator_id, {})
    judged = ground.header.judged_by
    own = estimates.get(judged.name)
    return Scorecard(
        campaign_id=ground.plan.campaign_id,
        creator_id=partner.creator_id,
        name=partner.name,
        handle=partner.handle,
        tier=tier,
        length=length,
        fee=partner.fee,
        fee_currency=partner.currency,
        deliverables=partner.deliverables,
        reading=reading,
        estimates=estimates,
        facts=facts,
        lean=lean_of(own, reading.of),
        advice=advice(own, judged, reading.of),
        ask=None,
        ratings=ground.ratings.get(partner.creator_id, ()),
        decision=ground.decisions.get(partner.creator_id),
        gaps=_gaps(ground, partner, reading, tier, impossible),
        header=ground.header,
    )


def _order(card: Scorecard, judged: str) -> tuple[float, float, str]:
    """Sort by the chance above the peers' middle; never by followers or by a bare figure."""
    own = card.estimates.get(judged)
    if own is None:
        return (2.0, 0.0, card.name.casefold())
    if own.standing is None:
        return (1.0, 0.0, card.name.casefold())
    return (0.0, -own.standing.above_median, card.name.casefold())


def _gaps(ground: _Ground, partner: Partner, reading: Reading, tier: str, impossible: int) -> tuple[str, ...]:
    """Return what cannot be said of a creator, a sentence each."""
    said: list[str] = []
    totals = ground.totals.get(partner.creator_id, {}).get(Traffic.TOTAL, {})
    if reading.of == 0:
        said.append("No video of this creator belongs to the campaign yet.")
    elif reading.used < reading.of:
        said.append(reading_sentence(reading, ground.header.age))
    if reading.of == 1:
        said.append("One video only: its luck and the creator cannot be told apart, so the range is wide.")
    if impossible:
        said.append(
            f"{counted(impossible, 'video')} with a count below zero left out; check the file it came from."
        )
    if not tier:
        said.append(
            "No follower count was known when the campaign began, "
            "so the tier is unknown; compared with all creators."
        )
    if partner.fee is None and not totals.get("spend"):
        said.append("No fee is stated, so nothing can be said about cost per result.")
    elif partner.fee is not None and partner.currency != ground.plan.currency:
        said.append(
            f"The fee is in {partner.currency}, the campaign in {ground.plan.currency}: "
            "costs are not compared. State the fee in the campaign's currency."
        )
    orders = totals.get("orders")
    if orders is None:
        said.append(
            "No order can be tied to this creator: it needs a code or a tagged link, and an orders file."
        )
    elif orders == 0:
        said.append("No order was credited so far, so a cost per order cannot be formed.")
    return (*said, *_attention_gap(ground, partner.creator_id, reading))


def _attention_gap(ground: _Ground, creator_id: int, reading: Reading) -> tuple[str, ...]:
    """Return whether watch time is missing, or known only at another age."""
    own = ground.estimates.get(creator_id, {})
    if not reading.of or any(name in own and own[name].raw is not None for name in _ATTENTION):
        return ()
    kept = ground.totals.get(creator_id, {}).get(ground.header.traffic, {})
    if any(kept.get(name) is not None for name in ("watch_seconds", "completions")):
        return (
            (
                f"Watch time is known, but not at {age_words(ground.header.age)}: "
                "it is shown as counted and not compared."
            ),
        )
    return ("Watch time is missing: ask this creator for the Content export of TikTok Studio.",)


def _claim(ground: _Ground, cards: Sequence[Scorecard], judged: Scored) -> str:
    """Return what the page says, in one or two sentences."""
    header = ground.header
    if not cards:
        return "No creator takes part in this campaign yet."
    if header.today < header.first_day and not any(card.reading.of for card in cards):
        begins = write_day(header.first_day)
        return f"The campaign begins on {begins}. Cards fill once videos are posted and exports arrive."
    label = in_sentence(judged.metric)
    known = [card for card in cards if (own := card.estimates.get(judged.metric.name)) and own.quantiles]
    if not known:
        when = f" at {age_words(header.age)}" if judged.is_of_videos else ""
        lack = next(
            (own.gap for card in cards if (own := card.estimates.get(judged.metric.name)) and own.gap), ""
        )
        return lack or f"Nothing can be compared yet: {label} is not known of any creator{when}."
    if len(known) == 1:
        return f"Only {known[0].name} has a known {label}, so there is nobody to compare with yet."
    draws = draws_of_quantiles(
        SHARES, np.array([card.estimates[judged.metric.name].quantiles for card in known]), _DRAWS, _SEED
    )
    best = best_of(draws, is_high_good=judged.is_high_good)
    name, chance = known[best.creator].name, share_words(best.chance)
    if best.is_clear:
        return f"{name} is very likely the best on {label} (chance {chance})."
    return (
        f"No creator is clearly the best on {label}. {name} comes out first most often, "
        f"with a chance of {chance}; that can still be luck."
    )


def _notes(ground: _Ground, cards: Sequence[Scorecard]) -> tuple[str, ...]:
    header = ground.header
    notes = [
        (
            f"Videos are read at {age_words(header.age)}, {_TRAFFIC[header.traffic]}. "
            "Where no export falls near that day, counts lie on the line between two exports. "
            "Clicks, orders and costs are of the whole campaign so far."
        ),
        (
            "An estimate lies between what was measured and what peers have: the fewer videos, "
            "the nearer to the peers. The bar holds the true value in 9 of 10 cases."
        ),
    ]
    primary = next((goal.metric for goal in ground.plan.goals if goal.is_primary), None)
    wished = candidates([primary] if primary else [])[0].metric
    if primary and wished.name != header.judged_by.name:
        lack = next((own.gap for card in cards if (own := card.estimates.get(wished.name)) and own.gap), "")
        ordered, instead = in_sentence(header.judged_by), in_sentence(wished)
        notes.append(f"Ordered by {ordered}, not by {instead}. {lack}".strip())
    return tuple(notes)


_TRAFFIC: Mapping[Traffic, str] = {
    Traffic.TOTAL: "earned and paid views together",
    Traffic.ORGANIC: "organic views only",
    Traffic.PAID: "paid views only",
}


def _past(connection: Connection, store: Store, ground: _Ground, creator_id: int) -> tuple[PastCampaign, ...]:
    """Return the creator's campaigns that the reader may see, this one included, newest first."""
    from sqlalchemy import bindparam, text

    key, campaign_ids = population_of(connection, store.principal, ground.plan.campaign_id)
    query = text(
        "SELECT c.id, c.code, c.name, c.first_day, c.currency, k.fee, k.currency AS fee_currency"
        " FROM collaboration k JOIN campaign c ON c.id = k.campaign_id"
        " WHERE k.creator_id = :creator AND c.id IN :campaigns ORDER BY c.first_day DESC, c.id DESC"
    ).bindparams(bindparam("campaigns", expanding=True))
    rows = connection.execute(query, {"creator": creator_id, "campaigns": campaign_ids}).mappings().all()
    kept = history_of(connection, key, creator_id, age=ground.header.age, traffic=ground.header.traffic)
    return tuple(
        PastCampaign(
            campaign_id=row["id"],
            code=row["code"],
            name=row["name"],
            first_day=day_of(row["first_day"]),
            estimates=by_creator(
                [one for one in kept if one["campaign_id"] == row["id"]], row["currency"]
            ).get(creator_id, {}),
            fee=row["fee"],
            currency=row["fee_currency"] or row["currency"],
        )
        for row in rows
    )


def _whole(
    connection: Connection,
    ground: _Ground,
    partner: Partner,
    past: tuple[PastCampaign, ...],
    ask: ExportRequest | None,
) -> Scorecard:
    """Return a card with everything that only the page of one creator shows."""
    from sqlalchemy import select

    from core.store.written import table

    traffic, creator_id = ground.header.traffic, partner.creator_id
    handles = table("creator_handle")
    query = (
        select(handles.c.handle).where(handles.c.creator_id == creator_id).order_by(handles.c.is_main.desc())
    )
    own_handles = list(connection.execute(query).scalars())
    visible = {one.campaign_id for one in past}
    rows = [
        row for row in decisions_where(connection, creator_id=creator_id) if row["campaign_id"] in visible
    ]
    own = Scope(campaign_id=ground.plan.campaign_id, creator_ids=(creator_id,))
    evidence = read_evidence(connection, ground.plan, own, NEEDED)
    facts = reach_facts(connection, evidence, creator_id, traffic)
    card = _card(ground, partner, facts + facts_of(evidence, creator_id, COUNTED, traffic))
    return replace(
        card,
        ask=ask if ask is not None and ask.needs else None,
        audience=audience_fit(connection, ground.plan.campaign_id, own_handles),
        corridor=_corridor(connection, ground, partner),
        past=tuple(one for one in past if one.campaign_id != ground.plan.campaign_id),
        decisions=tuple(decision_of(row, outcome=outcome_words(row, past)) for row in rows),
    )


def _corridor(connection: Connection, ground: _Ground, partner: Partner) -> Corridor:
    totals = ground.totals.get(partner.creator_id, {}).get(Traffic.TOTAL, {})
    whole = added(one.get(Traffic.TOTAL, {}) for one in ground.totals.values())
    estimates = ground.estimates.get(partner.creator_id, {})
    worth = Worth(
        orders=totals.get("orders"),
        revenue=totals.get("revenue"),
        views=totals.get("views"),
        commission=totals.get("commission"),
        fee=totals.get("fees"),
        campaign_orders=whole.get("orders"),
        campaign_revenue=whole.get("revenue"),
    )
    margin = margin_of(connection, ground.plan.campaign_id, ground.plan.brand_id)
    return corridor_of(
        worth,
        estimates.get("orders_per_thousand_views"),
        estimates.get("cost_per_thousand_views"),
        margin,
        ground.plan.currency,
    )
