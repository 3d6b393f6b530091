"""How far a workspace and a campaign are set up, and where the next step is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, func, or_, select

from core.access import Action, may, require
from core.campaigns.membership import codes_in_conflict
from core.campaigns.plans import campaign_of
from core.entry.words import counted
from core.rollups.membership import CONFLICT
from core.store.written import row_of, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.campaigns.model import Campaign
    from core.store.engine import Store


class Place(StrEnum):
    """The page on which a step is done, by the name of its file."""

    CAMPAIGNS = "campaigns"
    CREATORS = "creators"
    TRACKING = "tracking"
    UPLOADS = "uploads"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of setting up.

    Attributes:
        name: stable, for tests and links.
        label: what to do, beginning with the verb.
        detail: how far it is, or why it helps, in one sentence.
        is_done: whether it is done.
        is_needed: whether the funnel can say anything without it.
        place: where it is done.
    """

    name: str
    label: str
    detail: str
    is_done: bool
    is_needed: bool
    place: Place


def next_steps(store: Store) -> tuple[Step, ...]:
    """Return the three steps from an empty workspace to a funnel, in order.

    The sample campaign does not count: it is not the reader's own.
    """
    plans, rows, batches = (table(name) for name in ("campaign", "collaboration", "import_batch"))
    own = select(plans.c.id).where(plans.c.is_sample.is_(False))
    with store.reading() as connection:
        seen = [
            number
            for number in connection.execute(own).scalars()
            if may(store.principal, Action.READ, number)
        ]
        creators = _count(connection, select(func.count()).where(rows.c.campaign_id.in_(seen)))
        theirs = or_(batches.c.campaign_id.in_(seen), batches.c.campaign_id.is_(None))
        files = (
            _count(connection, select(func.count()).where(batches.c.undone_at.is_(None), theirs))
            if seen
            else 0
        )
    return (
        _step(
            "campaign", "Create your campaign", _counted(len(seen), "campaign"), Place.CAMPAIGNS, len(seen)
        ),
        _step("creators", "Add the creators", _counted(creators, "collaboration"), Place.CREATORS, creators),
        _step("files", "Drop in the exports", _counted(files, "file"), Place.UPLOADS, files),
    )


def _counted(count: int, word: str) -> str:
    return f"{counted(count, word)} so far."


def _step(name: str, label: str, detail: str, place: Place, count: int, *, is_needed: bool = True) -> Step:
    return Step(name=name, label=label, detail=detail, is_done=count > 0, is_needed=is_needed, place=place)


def campaign_checklist(store: Store, campaign_id: int) -> tuple[Step, ...]:
    """Return the steps that make a campaign measurable, in order, done or not."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        plan = campaign_of(connection, campaign_id)
        counts = _counts(connection, campaign_id)
    return (_goals(plan), *_people(counts), *_tracking(counts), *_figures(counts))


def _goals(plan: Campaign) -> Step:
    with_target = sum(goal.target is not None for goal in plan.goals)
    detail = f"{with_target} of {len(plan.goals)} metrics have a target; without one nothing can be judged."
    return _step(
        "targets",
        "Set targets",
        detail,
        Place.CAMPAIGNS,
        int(with_target == len(plan.goals) > 0),
        is_needed=False,
    )


def _people(counts: Mapping[str, int]) -> tuple[Step, ...]:
    creators, fees = counts["creators"], counts["fees"]
    return (
        _step("creators", "Add the creators", _counted(creators, "creator"), Place.CREATORS, creators),
        _step(
            "fees",
            "Enter the fees",
            f"{fees:,} of {creators:,} creators have a fee; costs per view and order need it.",
            Place.CREATORS,
            int(fees == creators > 0),
            is_needed=False,
        ),
    )


def _tracking(counts: Mapping[str, int]) -> tuple[Step, ...]:
    codes, links = counts["codes"], counts["links"]
    return (
        _step(
            "codes", "Enter the promo codes", _counted(codes, "code"), Place.TRACKING, codes, is_needed=False
        ),
        _step(
            "links", "Make the tagged links", _counted(links, "link"), Place.TRACKING, links, is_needed=False
        ),
        Step(
            name="unknown_codes",
            label="Say whose the unknown codes are",
            detail=f"{counted(counts['unknown_codes'], 'unknown code')} on imported orders.",
            is_done=counts["unknown_codes"] == 0,
            is_needed=False,
            place=Place.TRACKING,
        ),
    )


def _figures(counts: Mapping[str, int]) -> tuple[Step, ...]:
    videos, orders = counts["videos"], counts["orders"]
    return (
        _step("videos", "Bring in the video figures", _counted(videos, "video"), Place.UPLOADS, videos),
        Step(
            name="conflicts",
            label="Decide on videos that two campaigns claim",
            detail=f"{counted(counts['conflicts'], 'video')} in conflict, counted in neither.",
            is_done=counts["conflicts"] == 0,
            is_needed=False,
            place=Place.CAMPAIGNS,
        ),
        _step(
            "orders",
            "Bring in the shop orders",
            _counted(orders, "credited order"),
            Place.UPLOADS,
            orders,
            is_needed=False,
        ),
    )


def _counts(connection: Connection, campaign_id: int) -> dict[str, int]:
    """Return how much of everything a campaign has."""
    names = (
        "collaboration",
        "promo_code",
        "tracking_link",
        "video",
        "credit",
        "order_claim",
        "closed_credit",
    )
    rows, codes, links, videos, credit, claims, closed = (table(name) for name in names)
    known = select(codes.c.code_key)
    unknown = select(func.count(func.distinct(claims.c.key))).where(
        claims.c.kind == "code", claims.c.key != "", claims.c.key.not_in(known)
    )
    of = {
        "creators": select(func.count()).where(rows.c.campaign_id == campaign_id),
        "fees": select(func.count()).where(rows.c.campaign_id == campaign_id, rows.c.fee.is_not(None)),
        "codes": select(func.count()).where(codes.c.campaign_id == campaign_id),
        "links": select(func.count()).where(links.c.campaign_id == campaign_id),
        "videos": select(func.count()).where(videos.c.campaign_id == campaign_id),
        "orders": select(func.count(func.distinct(credit.c.system + "/" + credit.c.order_id))).where(
            credit.c.campaign_id == campaign_id
        ),
        "unknown_codes": unknown,
    }
    code = str(row_of(connection, "campaign", campaign_id, "campaign")["code"])
    sums = select(func.coalesce(func.sum(closed.c.sales), 0)).where(closed.c.campaign_id == campaign_id)
    counts = {name: _count(connection, query) for name, query in of.items()}
    return counts | {
        "orders": counts["orders"] + _count(connection, sums),
        "conflicts": _conflicts(connection, code),
    }


def _conflicts(connection: Connection, code: str) -> int:
    """Return how many videos this campaign and another claim."""
    videos = table("video")
    query = select(videos.c.membership).where(videos.c.membership.like(f"{CONFLICT}%"))
    return sum(code in codes_in_conflict(words) for words in connection.execute(query).scalars())


def _count(connection: Connection, query: Select[int]) -> int:
    return int(connection.execute(query).scalar_one())
