"""From the store to what a reading needs: versions, planned and made videos, counts at one age."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.evidence.ages import Unread
from core.evidence.compared import counted_of
from core.evidence.outcomes import VideoOutcome, is_weekend, length_of, read_outcomes, time_of_day
from core.evidence.tags import Given, standing_tags
from core.experiments.matching import Matching, Posted, excluded_of, match_videos
from core.experiments.model import (
    Arm,
    Audience,
    Counted,
    Creator,
    Design,
    ExperimentData,
    Slot,
    VideoRow,
)
from core.experiments.planned import DRAWN, Experiment, Status
from core.experiments.read_metrics import outcome_of
from core.experiments.stored import experiments_of
from core.metrics.registry import BY_NAME
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from core.metrics.model import Metric

_TRACKED = frozenset({"link_clicks", "unique_link_clicks", "sessions", "engaged_sessions", "key_events"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the store says about an experiment.

    Attributes:
        data: for the reading.
        matching: planned and made videos.
        outcomes: the campaign's videos at the reading age, by id.
        late_tags: videos whose version was told by a tag given after their results could be seen.
    """

    data: ExperimentData
    matching: Matching
    outcomes: Mapping[str, VideoOutcome]
    late_tags: int = 0


def gather(
    connection: Connection, experiment: Experiment, *, zone: str, currency: str, today: date
) -> Gathered:
    """Return everything a reading of an experiment needs.

    Args:
        connection: a reading connection.
        experiment: as planned and drawn.
        zone: of the campaign.
        currency: of the campaign.
        today: day of the reading.
    """
    metrics = _metrics(experiment)
    outcomes = {
        one.video_id: one
        for one in read_outcomes(
            connection,
            metrics,
            experiment.age_days,
            campaign_ids=(experiment.campaign_id,),
            traffic=experiment.traffic,
        )
    }
    matching = _matched(connection, experiment, outcomes)
    arms, late = _arms_of_videos(connection, experiment, outcomes, matching)
    shared = _also_in(connection, experiment, outcomes, set(arms))
    tracked = _tracked(connection, experiment)
    rows = [
        _row(
            experiment,
            metrics,
            outcomes[video_id],
            arm_id,
            zone=zone,
            also_in=shared.get(video_id, ()),
            tracked=tracked,
        )
        for video_id, arm_id in arms.items()
        if video_id in outcomes
    ]
    data = ExperimentData(
        key=f"experiment {experiment.experiment_id}",
        name=experiment.name,
        design=experiment.design,
        arms=tuple(
            Arm(key=str(arm.arm_id), name=arm.name, is_control=arm.position == 0) for arm in experiment.arms
        ),
        primary=outcome_of(experiment.metric, *_worth(connection, experiment, currency)),
        secondary=tuple(outcome_of(BY_NAME[name]) for name in experiment.secondary),
        guardrails=tuple(
            outcome_of(BY_NAME[rail.metric], tolerable_harm=rail.harm) for rail in experiment.guardrails
        ),
        creators=_creators(connection, experiment, rows),
        slots=_slots(experiment, matching),
        videos=tuple(rows),
        audience=_audience(experiment, outcomes),
        reading_age=experiment.age_days,
        smallest_lift=experiment.worth,
        planned_end=_planned_end(experiment, rows, today),
        today=day_number(today),
        is_assigned=experiment.design is not Design.NOT_ASSIGNED,
    )
    return Gathered(data=data, matching=matching, outcomes=outcomes, late_tags=late)


def _metrics(experiment: Experiment) -> tuple[Metric, ...]:
    names = (experiment.primary, *experiment.secondary, *(rail.metric for rail in experiment.guardrails))
    return tuple(BY_NAME[name] for name in dict.fromkeys(names))


# ------------------------------------------------------------- which video is which version


def _matched(
    connection: Connection, experiment: Experiment, outcomes: Mapping[str, VideoOutcome]
) -> Matching:
    return match_videos(
        experiment, as_posted(outcomes.values()), excluded_of(connection, experiment.experiment_id)
    )


def as_posted(outcomes: Iterable[VideoOutcome]) -> tuple[Posted, ...]:
    """Return videos as they are matched."""
    names = ("video_id", "creator_id", "caption", "url", "posted_at", "posted_day")
    return tuple(Posted(**{name: getattr(one, name) for name in names}) for one in outcomes)


def _arms_of_videos(
    connection: Connection,
    experiment: Experiment,
    outcomes: Mapping[str, VideoOutcome],
    matching: Matching,
) -> tuple[dict[str, int], int]:
    """Return video id -> arm id, and how many versions were told by a tag given late."""
    if experiment.design is not Design.NOT_ASSIGNED:
        by_slot = {slot.slot_id: slot.arm_id for slot in experiment.slots}
        return {video: by_slot[slot] for slot, video in matching.filled.items()}, 0
    by_tag = {arm.tag_id: arm.arm_id for arm in experiment.arms if arm.tag_id is not None}
    tags = standing_tags(connection)
    arms: dict[str, int] = {}
    late = 0
    for video_id, outcome in outcomes.items():
        told = [one for one in tags.get(video_id, ()) if one.tag.tag_id in by_tag]
        if len(told) == 1 and _is_in_days(experiment, outcome):
            arms[video_id] = by_tag[told[0].tag.tag_id]
            late += _is_late(told[0], outcome, experiment.age_days)
    return arms, late


def _is_in_days(experiment: Experiment, outcome: VideoOutcome) -> bool:
    if outcome.posted_day is None:
        return False
    first, last = experiment.first_day, experiment.last_day
    return (first is None or outcome.posted_day >= day_number(first)) and (
        last is None or outcome.posted_day <= day_number(last)
    )


def _is_late(given: Given, outcome: VideoOutcome, age: int) -> bool:
    return outcome.posted_day is not None and given.at // 86_400 > outcome.posted_day + age


def _also_in(
    connection: Connection,
    experiment: Experiment,
    outcomes: Mapping[str, VideoOutcome],
    videos: set[str],
) -> dict[str, tuple[str, ...]]:
    """Return the names of other experiments that use these videos as well."""
    found: dict[str, list[str]] = {}
    for other in experiments_of(connection, (experiment.campaign_id,)):
        if other.experiment_id == experiment.experiment_id or other.status is Status.DRAFT:
            continue
        if other.design not in DRAWN or experiment.design not in DRAWN:
            continue
        theirs = set(_matched(connection, other, outcomes).filled.values())
        for video in theirs & videos:
            found.setdefault(video, []).append(other.name)
    return {video: tuple(names) for video, names in found.items()}


# ------------------------------------------------------------- the parts of the data


def _tracked(connection: Connection, experiment: Experiment) -> frozenset[str] | None:
    """Return the videos on which a link counts anything; None where the metric needs no link."""
    names = [one.name for one in experiment.metric.numerator.measures if one.name in _TRACKED]
    if not names:
        return None
    known = " OR ".join(f"d.{name} IS NOT NULL" for name in names)
    rows = connection.execute(
        text(
            "SELECT DISTINCT d.video_id FROM video_day d JOIN video v ON v.video_id = d.video_id"
            f" WHERE v.campaign_id = :campaign AND ({known}) UNION"
            " SELECT l.video_id FROM tracking_link l WHERE l.campaign_id = :campaign AND l.video_id <> ''"
        ),
        {"campaign": experiment.campaign_id},
    )
    return frozenset(rows.scalars())


def _row(
    experiment: Experiment,
    metrics: Sequence[Metric],
    outcome: VideoOutcome,
    arm_id: int,
    *,
    zone: str,
    also_in: tuple[str, ...],
    tracked: frozenset[str] | None,
) -> VideoRow:
    boosted = "boosted" if outcome.is_boosted else "not boosted"
    weekend = outcome.posted_day is not None and is_weekend(outcome.posted_day)
    block = "weekend" if weekend else "weekday"
    return VideoRow(
        video_id=outcome.video_id,
        creator=str(outcome.creator_id or 0),
        arm=str(arm_id),
        posted_day=outcome.posted_day,
        age=outcome.newest_age,
        numbers={metric.name: _counted(metric, outcome) for metric in metrics},
        paid_share=_paid_share(outcome),
        is_boosted=outcome.is_boosted,
        has_tracking=None if tracked is None else outcome.video_id in tracked,
        block=block if experiment.design is Design.POSTING_SLOTS else "",
        link=outcome.url,
        title=outcome.caption,
        also_in=also_in,
        features={
            "duration band": length_of(outcome.duration_seconds),
            "posted": f"{block}, {time_of_day(outcome.posted_at, zone)}",
            "boosted": boosted,
        },
    )


def _counted(metric: Metric, outcome: VideoOutcome) -> Counted:
    numerator, denominator = counted_of(metric, outcome.counts)
    return Counted(numerator=numerator, denominator=denominator)


def _paid_share(outcome: VideoOutcome) -> float | None:
    if not outcome.views:
        return None
    return min(1.0, outcome.paid_views / outcome.views)


def _slots(experiment: Experiment, matching: Matching) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            creator=str(slot.creator_id),
            arm=str(slot.arm_id),
            number=slot.position,
            planned_day=None if slot.due_day is None else day_number(slot.due_day),
            block=""
            if slot.due_day is None or experiment.design is not Design.POSTING_SLOTS
            else "weekend"
            if is_weekend(day_number(slot.due_day))
            else "weekday",
            video_id=matching.filled.get(slot.slot_id),
        )
        for slot in experiment.slots
    )


_NAMES = text("SELECT id, name FROM creator")


def _creators(
    connection: Connection, experiment: Experiment, rows: Sequence[VideoRow]
) -> tuple[Creator, ...]:
    names = {int(row.id): str(row.name) for row in connection.execute(_NAMES)}
    left = {slot.creator_id: slot.left_day for slot in experiment.slots if slot.left_day is not None}
    wanted = {slot.creator_id for slot in experiment.slots} | {int(row.creator) for row in rows}
    past = _history(connection, experiment) if experiment.design is Design.WHOLE_CREATORS else {}
    return tuple(
        Creator(
            key=str(number),
            name=names.get(number, "not known"),
            history={experiment.primary: past.get(number)},
            left_day=day_number(left[number]) if number in left else None,
        )
        for number in sorted(wanted, key=lambda number: (names.get(number, "").casefold(), number))
    )


def _history(connection: Connection, experiment: Experiment) -> dict[int, float]:
    """Return each creator's typical figure before the experiment: the geometric mean of their videos."""
    metric = experiment.metric
    before = day_number(experiment.first_day) if experiment.first_day else None
    logs: dict[int, list[float]] = {}
    for outcome in read_outcomes(connection, (metric,), experiment.age_days, traffic=experiment.traffic):
        is_before = before is None or (outcome.posted_day is not None and outcome.posted_day < before)
        value = metric.value(outcome.counts)
        if outcome.creator_id is not None and is_before and value is not None and value > 0:
            logs.setdefault(outcome.creator_id, []).append(math.log(value))
    return {number: math.exp(sum(own) / len(own)) for number, own in logs.items()}


def _audience(experiment: Experiment, outcomes: Mapping[str, VideoOutcome]) -> tuple[Audience, ...]:
    """Return the versions' people: as typed, else impressions, which are no people."""
    if experiment.design is not Design.AUDIENCE_SPLIT:
        return ()
    found = []
    for arm in experiment.arms:
        people: float | None = arm.people
        are_people = people is not None
        events: float | None = arm.events
        ad = outcomes.get(arm.video_id)
        if people is None:
            people = arm.impressions
        if people is None and ad is not None:
            counted, shown = counted_of(experiment.metric, ad.counts)
            people, events = shown, counted if events is None else events
        successes = {experiment.primary: events}
        found.append(Audience(arm=str(arm.arm_id), people=people, successes=successes, are_people=are_people))
    return tuple(found)


def _planned_end(experiment: Experiment, rows: Sequence[VideoRow], today: date) -> int:
    """Return the day on which the plan says to judge: the last posting day and the reading age."""
    if experiment.last_day is not None:
        return day_number(experiment.last_day) + experiment.age_days
    due = [day_number(slot.due_day) for slot in experiment.slots if slot.due_day is not None]
    if due:
        return max(due) + experiment.age_days
    posted = [row.posted_day for row in rows if row.posted_day is not None]
    planned = [slot for slot in experiment.slots if slot.left_day is None]
    if posted and len(rows) >= len(planned):
        return max(posted) + experiment.age_days
    return day_number(today) + experiment.age_days + 1


def _worth(connection: Connection, experiment: Experiment, currency: str) -> tuple[float | None, str]:
    """Return what one click or visit brought in the campaign, minor units; None where not known."""
    column = {"link_click_rate": "link_clicks", "session_rate": "sessions"}.get(experiment.primary)
    if column is None:
        return None, ""
    row = connection.execute(
        text(
            f"SELECT SUM(t.revenue) AS revenue, SUM(t.{column}) AS events FROM creator_total t"
            " WHERE t.campaign_id = :campaign AND t.traffic = 'total'"
        ),
        {"campaign": experiment.campaign_id},
    ).one()
    if not row.revenue or not row.events:
        return None, ""
    return float(row.revenue) / float(row.events), currency


def reason_unread(outcome: VideoOutcome | None) -> str:
    """Return why a made video is not read yet, in words; '' where it is."""
    if outcome is None:
        return "no file names it any more"
    if outcome.unread is Unread.TOO_YOUNG:
        return f"{outcome.newest_age} days old, still maturing"
    return "" if outcome.unread is None else outcome.unread.value
