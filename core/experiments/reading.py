"""One experiment as it stands today: the reading, the planned videos, and what to know beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import Action, require
from core.campaigns.plans import campaign_of
from core.entry.words import counted
from core.experiments.frozen import thaw
from core.experiments.gathering import Gathered, gather, reason_unread
from core.experiments.model import Design
from core.experiments.planned import Matched, Status
from core.experiments.stored import experiment_of
from core.experiments.verdicts import read_experiment
from core.units import day_number, day_of, write_day

if TYPE_CHECKING:
    from datetime import date

    from core.experiments.matching import Matching
    from core.experiments.model import ExperimentData
    from core.experiments.planned import Experiment, PlannedVideo
    from core.experiments.reading_model import Reading
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """A planned video as it stands.

    Attributes:
        slot: as drawn.
        arm: name of its version.
        video_id, url: the video that fills it; '' while it is open.
        how: how it was matched.
        state: where it stands, in words.
        is_read: it is counted at the reading age.
    """

    slot: PlannedVideo
    arm: str
    video_id: str
    url: str
    caption: str
    how: Matched
    state: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentView:
    """An experiment and what it says.

    Attributes:
        experiment: as planned.
        reading: of today, or as it stood when it was concluded; None for a draft.
        data: what the reading was made from; None for a draft and a concluded one.
        rows: planned videos, by creator and order.
        matching: planned and made videos; None for a draft.
        notes: what a reader must know beside the verdict.
        ends_on: the day from which the end counts; None for a draft.
    """

    experiment: Experiment
    reading: Reading | None
    data: ExperimentData | None
    rows: tuple[PlannedRow, ...]
    matching: Matching | None
    notes: tuple[str, ...]
    ends_on: date | None


def view_experiment(store: Store, campaign_id: int, experiment_id: int, *, today: date) -> ExperimentView:
    """Return an experiment as it stands; a concluded one shows the reading of its last day, for good.

    Raises:
        PlumblineError: `not-found`, `not-allowed`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        experiment = experiment_of(connection, campaign_id, experiment_id)
        if experiment.status is Status.DRAFT:
            return _plain(experiment)
        plan = campaign_of(connection, campaign_id)
        found = gather(connection, experiment, zone=plan.zone, currency=plan.currency, today=today)
    if experiment.conclusion is not None:
        reading = thaw(experiment.conclusion.result)
    else:
        reading = read_experiment(found.data)
    return ExperimentView(
        experiment=experiment,
        reading=reading,
        data=None if experiment.conclusion else found.data,
        rows=_rows(experiment, found, today),
        matching=found.matching,
        notes=_notes(experiment, found),
        ends_on=day_of(found.data.planned_end),
    )


def _plain(experiment: Experiment) -> ExperimentView:
    return ExperimentView(
        experiment=experiment, reading=None, data=None, rows=(), matching=None, notes=(), ends_on=None
    )


def _rows(experiment: Experiment, found: Gathered, today: date) -> tuple[PlannedRow, ...]:
    return tuple(_row(experiment, slot, found, today) for slot in experiment.slots)


def _row(experiment: Experiment, slot: PlannedVideo, found: Gathered, today: date) -> PlannedRow:
    video_id = found.matching.filled.get(slot.slot_id, "")
    outcome = found.outcomes.get(video_id)
    unread = reason_unread(outcome) if video_id else ""
    return PlannedRow(
        slot=slot,
        arm=experiment.arm(slot.arm_id).name,
        video_id=video_id,
        url=outcome.url if outcome else "",
        caption=outcome.caption if outcome else "",
        how=found.matching.how.get(slot.slot_id, Matched.NONE),
        state=_state(experiment, slot, video_id, unread, today),
        is_read=bool(video_id) and not unread,
    )


def _state(experiment: Experiment, slot: PlannedVideo, video_id: str, unread: str, today: date) -> str:
    if video_id:
        return unread or f"read at {experiment.age_days} days"
    if slot.matched is Matched.LEFT_OUT:
        return "not made"
    if slot.left_day is not None:
        return f"creator left on {write_day(slot.left_day)}"
    if slot.due_day is not None and slot.due_day < today:
        return "late"
    return "waited for"


def _notes(experiment: Experiment, found: Gathered) -> tuple[str, ...]:
    """Return what happened to the plan, in sentences."""
    notes = [
        f"{change.sentence} ({change.who}, {write_day(change.at.date())})" for change in experiment.changes
    ]
    if notes:
        notes.insert(0, f"The plan was changed after the start, {counted(len(notes), 'time')}:")
    if experiment.design is Design.NOT_ASSIGNED and found.late_tags:
        videos = counted(found.late_tags, "video")
        notes.append(
            f"{videos} got the tag that tells the versions apart after the results could be seen: "
            "whoever tagged them may have known how they did."
        )
    return tuple(notes)


def days_left(view: ExperimentView, today: date) -> int | None:
    """Return days until the end counts; None where it does already, or nothing is planned."""
    if view.ends_on is None or view.ends_on <= today:
        return None
    return day_number(view.ends_on) - day_number(today)
