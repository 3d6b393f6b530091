"""Ending an experiment: the decision with its reason, and the result frozen as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from sqlalchemy import update

from core.access import Action, require
from core.campaigns.plans import campaign_of
from core.entry.forms import Form, read_form
from core.errors import refusal
from core.experiments.frozen import freeze
from core.experiments.gathering import gather
from core.experiments.learnings import USUAL_RETEST_DAYS, Strength
from core.experiments.model import Design
from core.experiments.planned import Status
from core.experiments.plans import require_open
from core.experiments.reading_model import VerdictKind
from core.experiments.stored import experiment_of
from core.experiments.verdicts import read_experiment
from core.store.written import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.experiments.planned import Experiment
    from core.experiments.reading_model import Reading
    from core.store.engine import Store


class Decision(StrEnum):
    """What is done with the result."""

    ADOPT = "use the new version"
    KEEP = "keep what we do"
    TEST_AGAIN = "test again"
    STOP = "stop without a result"


class ConclusionForm(Form):
    """A decision as typed."""

    decision: Annotated[Decision, Field(title="Decision")]
    reason: Annotated[str, Field(title="Reason", min_length=1, max_length=2000)]
    owner: Annotated[str, Field(title="Who follows it up", max_length=80)] = ""


_FITS: Mapping[VerdictKind, Decision] = {
    VerdictKind.WINS: Decision.ADOPT,
    VerdictKind.EARLY_WINNER: Decision.ADOPT,
    VerdictKind.KEEP_CONTROL: Decision.KEEP,
    VerdictKind.STOP: Decision.KEEP,
    VerdictKind.NO_DIFFERENCE: Decision.KEEP,
    VerdictKind.WINS_BUT_HURTS: Decision.KEEP,
    VerdictKind.LEANING: Decision.TEST_AGAIN,
    VerdictKind.UNDECIDED: Decision.TEST_AGAIN,
    VerdictKind.ASSOCIATION: Decision.TEST_AGAIN,
    VerdictKind.CHECK_DATA: Decision.STOP,
    VerdictKind.NOT_ENOUGH: Decision.STOP,
    VerdictKind.KEEP_GOING: Decision.STOP,
}


def suggested_decision(verdict: VerdictKind) -> Decision:
    """Return the decision that a verdict suggests; people decide."""
    return _FITS[verdict]


def conclude(
    store: Store,
    campaign_id: int,
    experiment_id: int,
    values: Mapping[str, object],
    *,
    today: date,
    now: int,
) -> None:
    """End an experiment for good: the decision is kept with the result as it stands today.

    Args:
        store: where to write.
        campaign_id: the campaign.
        experiment_id: a running experiment.
        values: the fields of `ConclusionForm` as typed.
        today: day of the reading that is kept.
        now: Unix seconds.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `not-started`, `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    form = read_form(ConclusionForm, values)
    detail = {"experiment": experiment_id, "decision": form.decision.value}
    with store.writing("experiment concluded", "", detail) as connection:
        experiment = experiment_of(connection, campaign_id, experiment_id)
        require_open(experiment)
        if experiment.status is Status.DRAFT:
            raise refusal(
                "not-started",
                f"“{experiment.name}” was never started, so there is nothing to decide.",
                "Start it, or remove the draft.",
            )
        plan = campaign_of(connection, campaign_id)
        found = gather(connection, experiment, zone=plan.zone, currency=plan.currency, today=today)
        reading = read_experiment(found.data)
        row = {
            "experiment_id": experiment_id,
            "verdict": reading.verdict.value,
            "sentence": reading.sentence,
            "result": freeze(reading),
            "who": store.principal.name,
            "at": now,
        }
        done = form.model_dump() | {"decision": form.decision.value}
        connection.execute(table("experiment_conclusion").insert().values(done | row))
        rows = table("experiment")
        ended = {"status": Status.CONCLUDED.value, "version": experiment.version + 1}
        connection.execute(update(rows).where(rows.c.id == experiment_id).values(ended))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLearning:
    """A learning as an experiment suggests it, for a person to put right.

    Attributes:
        values: the fields of `core.experiments.learnings.LearningForm`.
        retest_day: when it should be tested again.
        tag_ids: the tags of the versions.
    """

    values: dict[str, object]
    retest_day: date
    tag_ids: tuple[int, ...]


def draft_learning(experiment: Experiment, reading: Reading, *, today: date) -> DraftLearning:
    """Return what an experiment suggests to write down; nothing is claimed beyond its verdict."""
    control, others = experiment.arms[0], experiment.arms[1:]
    leader = reading.leader.name if reading.leader else ""
    names = " or ".join(arm.name for arm in others)
    clear = {VerdictKind.WINS, VerdictKind.EARLY_WINNER}
    keeps = {VerdictKind.KEEP_CONTROL, VerdictKind.STOP, VerdictKind.NO_DIFFERENCE}
    if reading.verdict in clear and leader:
        learned = f"“{leader}” does better than “{control.name}” on {experiment.metric.label.lower()}."
        arm = next((arm for arm in experiment.arms if arm.name == leader), None)
        clause = (arm.brief if arm else "") or f"Use “{leader}”."
    elif reading.verdict in keeps:
        learned = f"“{names}” does not do better than “{control.name}” on {experiment.metric.label.lower()}."
        clause = ""
    else:
        learned = f"We do not know yet whether “{names}” does better than “{control.name}”."
        clause = ""
    retest_day = today + timedelta(days=USUAL_RETEST_DAYS)
    is_tested = experiment.design is not Design.NOT_ASSIGNED
    return DraftLearning(
        values={
            "hypothesis": learned,
            "evidence": reading.sentence,
            "strength": (Strength.EXPERIMENT if is_tested else Strength.ASSOCIATION).value,
            "clause": clause,
            "retest_day": retest_day,
        },
        retest_day=retest_day,
        tag_ids=tuple(arm.tag_id for arm in experiment.arms if arm.tag_id is not None),
    )
