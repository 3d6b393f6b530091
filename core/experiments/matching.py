"""Which video fills which planned one: by creator, order and days; by hand where that is not certain.

The match is worked out anew from the videos as they stand, so that imports and undo
need no upkeep; only what a person decided is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from core.access import Action, require
from core.entry.words import counted
from core.errors import refusal
from core.experiments.planned import DRAWN, Experiment, Matched
from core.experiments.plans import note_change, require_open
from core.experiments.stored import experiment_of
from core.store.written import table
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.experiments.planned import PlannedVideo
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A video that may fill a planned one.

    Attributes:
        posted_at: Unix seconds; None where not known.
        posted_day: day number; None where not known.
    """

    video_id: str
    creator_id: int | None
    caption: str
    url: str
    posted_at: int | None
    posted_day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A creator whose videos cannot be told apart by order and days.

    Attributes:
        videos: which of the creator's videos could be meant, oldest first.
        sentence: what is unclear and what to do.
    """

    creator_id: int
    creator: str
    videos: tuple[Posted, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How planned and made videos came together.

    Attributes:
        filled: slot id -> video id.
        how: slot id -> how it was matched.
        unclear: creators for whom a person has to decide.
        excluded: ids of videos taken out by hand.
    """

    filled: Mapping[int, str]
    how: Mapping[int, Matched]
    unclear: tuple[Unclear, ...]
    excluded: frozenset[str]


def match_videos(
    experiment: Experiment, videos: Sequence[Posted], excluded: frozenset[str] = frozenset()
) -> Matching:
    """Return which video fills which planned one.

    Each creator's videos of the experiment's days fill the planned ones in order. Where a creator
    posted more than was planned, nothing is guessed: a person says which ones are meant.
    """
    filled = {slot.slot_id: slot.video_id for slot in experiment.slots if slot.video_id}
    how = {slot.slot_id: slot.matched for slot in experiment.slots if slot.matched is not Matched.NONE}
    taken = set(filled.values()) | excluded
    unclear: list[Unclear] = []
    for creator_id, name in experiment.creators.items():
        slots = [slot for slot in experiment.slots if slot.creator_id == creator_id]
        open_slots = [slot for slot in slots if slot.slot_id not in how]
        found = [
            video for video in _of_days(experiment, videos, creator_id, slots) if video.video_id not in taken
        ]
        if len(found) > len(open_slots):
            unclear.append(_unclear(creator_id, name, found, len(open_slots)))
            continue
        for slot, video in zip(open_slots, found, strict=False):
            filled[slot.slot_id] = video.video_id
            how[slot.slot_id] = Matched.BY_ORDER
    return Matching(filled=filled, how=how, unclear=tuple(unclear), excluded=excluded)


def _of_days(
    experiment: Experiment, videos: Sequence[Posted], creator_id: int, slots: Sequence[PlannedVideo]
) -> list[Posted]:
    """Return a creator's videos of the experiment's days, in the order they were posted."""
    first = -1 if experiment.first_day is None else day_number(experiment.first_day)
    last = 10**9 if experiment.last_day is None else day_number(experiment.last_day)
    left = next((day_number(slot.left_day) for slot in slots if slot.left_day is not None), None)
    end = last if left is None else min(last, left)
    mine = [
        video
        for video in videos
        if video.creator_id == creator_id
        and video.posted_day is not None
        and first <= video.posted_day <= end
    ]
    return sorted(mine, key=lambda video: (video.posted_day or 0, video.posted_at or 0, video.video_id))


def _unclear(creator_id: int, name: str, found: Sequence[Posted], planned: int) -> Unclear:
    what = f"{name} posted {counted(len(found), 'video')} in these days where {planned} " + (
        "was planned" if planned == 1 else "were planned"
    )
    return Unclear(
        creator_id=creator_id,
        creator=name,
        videos=tuple(found),
        sentence=f"{what}: say which ones belong to the experiment.",
    )


# ------------------------------------------------------------- reading and deciding by hand


def posted_videos(connection: Connection, campaign_id: int) -> tuple[Posted, ...]:
    """Return the videos of a campaign, oldest first."""
    videos = table("video")
    names = ("video_id", "creator_id", "caption", "url", "posted_at", "posted_day")
    query = (
        select(*(videos.c[name] for name in names))
        .where(videos.c.campaign_id == campaign_id)
        .order_by(videos.c.posted_day, videos.c.posted_at, videos.c.video_id)
    )
    return tuple(Posted(**row) for row in connection.execute(query).mappings())


def excluded_of(connection: Connection, experiment_id: int) -> frozenset[str]:
    """Return the videos that were taken out of an experiment by hand."""
    rows = table("experiment_exclusion")
    query = select(rows.c.video_id).where(rows.c.experiment_id == experiment_id)
    return frozenset(connection.execute(query).scalars())


def set_match(
    store: Store, campaign_id: int, experiment_id: int, slot_id: int, video_id: str | None, *, now: int
) -> None:
    """Say by hand which video a planned one is.

    Args:
        store: where to write.
        campaign_id: the campaign.
        experiment_id: the experiment.
        slot_id: the planned video.
        video_id: the video; '' when none was made; None lets order and days decide again.
        now: Unix seconds.

    Raises:
        PlumblineError: `not-its-creator`, `taken`, `not-found`, `experiment-finished`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("planned video matched", "", {"experiment": experiment_id}) as connection:
        plan = experiment_of(connection, campaign_id, experiment_id)
        require_open(plan)
        slot = next((slot for slot in plan.slots if slot.slot_id == slot_id), None)
        if slot is None:
            raise refusal("not-found", "This planned video is not there.", "Reload the page.")
        if video_id:
            _require_fitting(connection, plan, slot, video_id)
        matched = Matched.NONE if video_id is None else Matched.BY_HAND if video_id else Matched.LEFT_OUT
        values = {"video_id": video_id or "", "matched": matched.value, "matched_at": now}
        rows = table("experiment_slot")
        done = values | {"matched_by": store.principal.name}
        connection.execute(update(rows).where(rows.c.id == slot_id).values(done))
        what = f"{slot.creator}, planned video {slot.position}"
        note_change(
            connection, experiment_id, (what, "", _in_words(video_id)), who=store.principal.name, now=now
        )


def _in_words(video_id: str | None) -> str:
    if video_id is None:
        return "matched by order and days again"
    return f"is the video {video_id}" if video_id else "was not made"


def _require_fitting(connection: Connection, plan: Experiment, slot: PlannedVideo, video_id: str) -> None:
    video = next(
        (one for one in posted_videos(connection, plan.campaign_id) if one.video_id == video_id), None
    )
    if video is None or video.creator_id != slot.creator_id:
        raise refusal(
            "not-its-creator",
            f"The video {video_id} is not one of {slot.creator} in this campaign.",
            "Choose a video of the same creator: versions are compared inside creators.",
        )
    other = next(
        (one for one in plan.slots if one.video_id == video_id and one.slot_id != slot.slot_id), None
    )
    if other is not None:
        raise refusal(
            "taken",
            f"The video {video_id} fills planned video {other.position} of {other.creator} already.",
            "Free that one first.",
        )


def exclude_video(
    store: Store, campaign_id: int, experiment_id: int, video_id: str, *, is_out: bool, now: int
) -> None:
    """Say that a video is no part of an experiment, or that it may be one after all.

    Raises:
        PlumblineError: `not-drawn`, `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing(
        "video taken out of experiment", video_id, {"experiment": experiment_id}
    ) as connection:
        plan = experiment_of(connection, campaign_id, experiment_id)
        require_open(plan)
        if plan.design not in DRAWN:
            raise refusal(
                "not-drawn", "Only drawn experiments have planned videos.", "Change the tags instead."
            )
        rows = table("experiment_exclusion")
        mine = (rows.c.experiment_id == experiment_id) & (rows.c.video_id == video_id)
        connection.execute(delete(rows).where(mine))
        if is_out:
            row = {
                "experiment_id": experiment_id,
                "video_id": video_id,
                "who": store.principal.name,
                "at": now,
            }
            connection.execute(insert(rows).values(row))
        words = "is no part of it" if is_out else "may be part of it"
        note_change(
            connection, experiment_id, (f"The video {video_id}", "", words), who=store.principal.name, now=now
        )
