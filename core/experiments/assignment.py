"""Giving the versions out: drawn by the app, kept with its seed, never drawn again unseen."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from core.access import Action, require
from core.entry.forms import entry_error
from core.errors import refusal
from core.experiments.drawing_lots import Lot, draw_lots
from core.experiments.model import Design
from core.experiments.planned import DRAWN, Experiment, Status
from core.experiments.plans import note_change, require_open
from core.experiments.stored import experiment_of
from core.store.written import row_of, table
from core.units import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.engine import Store

_SEED_BITS = 48


def start_experiment(
    store: Store,
    campaign_id: int,
    experiment_id: int,
    creator_ids: Sequence[int] = (),
    *,
    now: int,
    seed: int | None = None,
) -> None:
    """Start an experiment: draw who makes which version when, and keep it.

    Args:
        store: where to write.
        campaign_id: the campaign.
        experiment_id: a draft.
        creator_ids: who takes part; only for designs in which the app gives versions out.
        now: Unix seconds.
        seed: of the draw; None takes a new one.

    Raises:
        EntryError: `nobody-takes-part`, `not-in-campaign`, `too-few-videos`, `version-without-tag`,
            `no-days`.
        PlumblineError: `started-already`, `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    seed = secrets.randbits(_SEED_BITS) if seed is None else seed
    detail: dict[str, object] = {"experiment": experiment_id, "seed": seed}
    with store.writing("experiment started", "", detail) as connection:
        plan = experiment_of(connection, campaign_id, experiment_id)
        require_open(plan)
        if plan.status is Status.RUNNING:
            raise refusal(
                "started-already",
                f"“{plan.name}” runs already; its draw stays as it is.",
                "Draw again only on purpose, with a reason.",
            )
        _require_ready(plan)
        if plan.design in DRAWN:
            _draw(connection, plan, _taking_part(connection, plan, creator_ids), seed)
        else:
            seed = 0
        rows = table("experiment")
        done = {
            "status": Status.RUNNING.value,
            "seed": seed,
            "started_by": store.principal.name,
            "started_at": now,
        }
        if plan.first_day is None and plan.design is not Design.NOT_ASSIGNED:
            done["first_day"] = now // 86_400
        connection.execute(update(rows).where(rows.c.id == experiment_id).values(done))


def draw_again(
    store: Store, campaign_id: int, experiment_id: int, *, reason: str, now: int, seed: int | None = None
) -> None:
    """Draw anew for the same creators, before any video was made; why is kept with the experiment.

    Raises:
        EntryError: `missing-field` without a reason.
        PlumblineError: `videos-are-in` once a planned video may have been made; `not-drawn`,
            `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    if not reason.strip():
        raise entry_error("reason", "missing-field", "The reason is empty.", "Say why the draw is made anew.")
    seed = secrets.randbits(_SEED_BITS) if seed is None else seed
    with store.writing("versions drawn again", "", {"experiment": experiment_id, "seed": seed}) as connection:
        plan = experiment_of(connection, campaign_id, experiment_id)
        require_open(plan)
        if plan.status is not Status.RUNNING or plan.design not in DRAWN:
            raise refusal("not-drawn", "Nothing was drawn here yet.", "Start the experiment first.")
        if _has_videos(connection, plan):
            raise refusal(
                "videos-are-in",
                "Videos of it may be out already: drawing again would let the result pick the draw.",
                "Keep the draw. If it cannot be kept, finish this experiment and plan another.",
            )
        creators = list(dict.fromkeys(slot.creator_id for slot in plan.slots))
        rows = table("experiment_slot")
        connection.execute(delete(rows).where(rows.c.experiment_id == experiment_id))
        _draw(connection, plan, creators, seed)
        plans = table("experiment")
        connection.execute(update(plans).where(plans.c.id == experiment_id).values(seed=seed))
        note_change(
            connection,
            experiment_id,
            ("The draw", str(plan.seed), f"{seed} ({reason})"),
            who=store.principal.name,
            now=now,
        )


def leave_experiment(
    store: Store, campaign_id: int, experiment_id: int, creator_id: int, *, day: int, now: int
) -> None:
    """Note that a creator left: videos made until then stay, the others are not waited for.

    Raises:
        PlumblineError: `not-in-experiment`, `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("creator left experiment", "", {"experiment": experiment_id}) as connection:
        plan = experiment_of(connection, campaign_id, experiment_id)
        require_open(plan)
        if creator_id not in plan.creators:
            raise refusal(
                "not-in-experiment", "This creator takes no part in the experiment.", "Reload the page."
            )
        slots = table("experiment_slot")
        mine = (slots.c.experiment_id == experiment_id) & (slots.c.creator_id == creator_id)
        connection.execute(update(slots).where(mine).values(left_day=day))
        name = plan.creators[creator_id]
        note_change(
            connection,
            experiment_id,
            (f"{name} left", "", day_of(day).isoformat()),
            who=store.principal.name,
            now=now,
        )


def _require_ready(plan: Experiment) -> None:
    arms = len(plan.arms)
    if plan.design is Design.NOT_ASSIGNED and any(arm.tag_id is None for arm in plan.arms):
        raise entry_error(
            "arms",
            "version-without-tag",
            "A comparison of videos that are out already needs a tag for each version.",
            "Choose the tag that tells the versions apart.",
        )
    fewest = arms if plan.design in {Design.INSIDE_CREATORS, Design.POSTING_SLOTS} else 1
    if plan.design in DRAWN and plan.videos_each < fewest:
        raise entry_error(
            "videos_each",
            "too-few-videos",
            f"With {plan.videos_each} videos each, a creator cannot make all {arms} versions."
            if fewest > 1
            else "Nobody is to make a video.",
            f"Plan at least {fewest} videos of each creator; {2 * fewest} or more say much more.",
        )
    if plan.design is Design.POSTING_SLOTS and (plan.first_day is None or plan.last_day is None):
        raise entry_error(
            "first_day",
            "no-days",
            "A test of posting times needs its days, so that weekdays can be balanced.",
            "Set the first and the last day.",
        )


def _taking_part(connection: Connection, plan: Experiment, creator_ids: Sequence[int]) -> list[int]:
    rows = table("collaboration")
    query = select(rows.c.creator_id).where(rows.c.campaign_id == plan.campaign_id)
    known = set(connection.execute(query).scalars())
    chosen = list(dict.fromkeys(creator_ids))
    strange = [number for number in chosen if number not in known]
    if strange:
        raise entry_error(
            "creators",
            "not-in-campaign",
            "One of these creators takes no part in the campaign.",
            "Add the creator on the page Creators and fees first.",
        )
    fewest = len(plan.arms) if plan.design is Design.WHOLE_CREATORS else 1
    if len(chosen) < fewest:
        raise entry_error(
            "creators",
            "nobody-takes-part",
            "Nobody takes part yet." if not chosen else "There are fewer creators than versions.",
            f"Choose at least {fewest} creators.",
        )
    names = {number: row_of(connection, "creator", number, "creator")["name"] for number in chosen}
    return sorted(chosen, key=lambda number: (str(names[number]).casefold(), number))


def _draw(connection: Connection, plan: Experiment, creators: Sequence[int], seed: int) -> None:
    first, last = (None if day is None else day_number(day) for day in (plan.first_day, plan.last_day))
    lots = draw_lots(
        plan.design,
        creators=len(creators),
        videos_each=plan.videos_each,
        arms=len(plan.arms),
        seed=seed,
        first_day=first,
        last_day=last,
    )
    connection.execute(
        insert(table("experiment_slot")), [_slot(plan, creators[lot.creator], lot) for lot in lots]
    )


def _slot(plan: Experiment, creator_id: int, lot: Lot) -> dict[str, object]:
    return {
        "experiment_id": plan.experiment_id,
        "creator_id": creator_id,
        "position": lot.position,
        "arm_id": plan.arms[lot.arm].arm_id,
        "due_day": lot.day,
        "video_id": "",
        "matched": "",
        "matched_by": "",
    }


def _has_videos(connection: Connection, plan: Experiment) -> bool:
    videos = table("video")
    first = day_number(plan.first_day) if plan.first_day else 0
    query = select(videos.c.video_id).where(
        videos.c.campaign_id == plan.campaign_id,
        videos.c.creator_id.in_([slot.creator_id for slot in plan.slots]),
        videos.c.posted_day >= first,
    )
    by_hand = any(slot.video_id for slot in plan.slots)
    return by_hand or connection.execute(query.limit(1)).first() is not None


def is_balanced(plan: Experiment) -> bool:
    """Return whether each creator's versions differ in number by at most one."""
    counts: dict[int, Counter[int]] = {}
    for slot in plan.slots:
        counts.setdefault(slot.creator_id, Counter())[slot.arm_id] += 1
    return all(
        max(own[arm.arm_id] for arm in plan.arms) - min(own[arm.arm_id] for arm in plan.arms) <= 1
        for own in counts.values()
    )
