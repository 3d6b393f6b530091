"""Writing down an experiment: the plan, its versions, and what changed after the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, update

from core.access import Action, require
from core.campaigns.plans import campaign_of
from core.entry.forms import EntryError, Remark, entry_error, read_form
from core.errors import refusal
from core.experiments.model import Design
from core.experiments.plan_form import ArmForm, PlanForm, clean
from core.experiments.planned import FEWEST_ARMS, MOST_ARMS, Experiment, Status
from core.experiments.stored import experiment_of, experiments_of
from core.metrics.registry import BY_NAME
from core.store.written import add_row, change_row, row_of, table
from core.units import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.store.engine import Store

_SHOWN = {
    "name": "The name",
    "hypothesis": "What was expected",
    "topic": "The question",
    "design": "The design",
    "primary_metric": "The metric that decides",
    "worth": "The smallest lift worth having",
    "age_days": "The age at which videos are read",
    "videos_each": "The number of videos of each creator",
    "first_day": "The first day",
    "last_day": "The last day",
    "owner": "The owner",
}
LOCKED = ("topic", "design", "primary_metric", "age_days")
"""What a running experiment cannot change: another question needs another experiment."""


def list_experiments(store: Store, campaign_id: int) -> tuple[Experiment, ...]:
    """Return the experiments of a campaign, newest first."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return experiments_of(connection, (campaign_id,))


def get_experiment(store: Store, campaign_id: int, experiment_id: int) -> Experiment:
    """Return one experiment of a campaign.

    Raises:
        PlumblineError: `not-found`, also for one of another campaign; `not-allowed`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return experiment_of(connection, campaign_id, experiment_id)


def create_plan(
    store: Store,
    campaign_id: int,
    values: Mapping[str, object],
    arms: Sequence[Mapping[str, object]],
    *,
    now: int,
) -> int:
    """Return the id of a new plan, a draft until it is started.

    Args:
        store: where to write.
        campaign_id: the campaign.
        values: the fields of `PlanForm` as typed.
        arms: the versions as typed, what is done today first.
        now: Unix seconds.

    Raises:
        EntryError: `too-few-arms`, `too-many-arms`, `same-name`, and what the forms find.
    """
    require(store.principal, Action.PLAN, campaign_id)
    form, versions = _checked(values, arms)
    with store.writing("experiment planned", form.name, {"campaign": campaign_id}) as connection:
        campaign_of(connection, campaign_id)
        made = {"campaign_id": campaign_id, "made_by": store.principal.name, "made_at": now, "version": 1}
        number = add_row(connection, "experiment", _columns(form) | made)
        _write_metrics(connection, number, form)
        _write_arms(connection, number, versions)
    return number


def edit_plan(
    store: Store,
    campaign_id: int,
    experiment_id: int,
    values: Mapping[str, object],
    arms: Sequence[Mapping[str, object]],
    *,
    version: int,
    now: int,
) -> None:
    """Change a plan; after the start every change is kept and shown with the result.

    Raises:
        EntryError: as `create_plan`, and `plan-locked` for what a running experiment cannot change.
        PlumblineError: `experiment-finished`, `changed-meanwhile`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    form, versions = _checked(values, arms)
    with store.writing("experiment changed", form.name, {"experiment": experiment_id}) as connection:
        before = experiment_of(connection, campaign_id, experiment_id)
        require_open(before)
        columns = _columns(form)
        if before.status is Status.RUNNING:
            _require_unlocked(connection, before, columns)
            _keep_changes(store, connection, before, columns, versions, now=now)
            _rename_arms(connection, before, versions)
        else:
            _drop_parts(connection, experiment_id, ("experiment_arm",))
            _write_arms(connection, experiment_id, versions)
        change_row(connection, "experiment", experiment_id, version, columns, thing="experiment")
        _drop_parts(connection, experiment_id, ("experiment_metric",))
        _write_metrics(connection, experiment_id, form)


def delete_draft(store: Store, campaign_id: int, experiment_id: int) -> None:
    """Remove a plan that was never started.

    Raises:
        PlumblineError: `experiment-started`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("experiment removed", "", {"experiment": experiment_id}) as connection:
        before = experiment_of(connection, campaign_id, experiment_id)
        if before.status is not Status.DRAFT:
            raise refusal(
                "experiment-started",
                f"“{before.name}” was started, so it stays on record.",
                "End it with a decision instead.",
            )
        _drop_parts(connection, experiment_id, ("experiment_metric", "experiment_arm", "experiment_change"))
        rows = table("experiment")
        connection.execute(delete(rows).where(rows.c.id == experiment_id))


def require_open(experiment: Experiment) -> None:
    """Do nothing while an experiment is not concluded.

    Raises:
        PlumblineError: `experiment-finished`.
    """
    if experiment.status is Status.CONCLUDED:
        raise refusal(
            "experiment-finished",
            f"“{experiment.name}” is finished; its result stays as it was on that day.",
            "Plan a new experiment to test it again.",
        )


def note_change(
    connection: Connection, experiment_id: int, change: tuple[str, str, str], *, who: str, now: int
) -> None:
    """Keep what was changed in a running experiment.

    Args:
        connection: of the running transaction.
        experiment_id: the experiment.
        change: what, how it was ('' where nothing was there), how it is now.
        who: who changed it.
        now: Unix seconds.
    """
    what, was, becomes = change
    row = {"experiment_id": experiment_id, "what": what, "before": was, "after": becomes}
    add_row(connection, "experiment_change", row | {"who": who, "at": now})


def _checked(
    values: Mapping[str, object], arms: Sequence[Mapping[str, object]]
) -> tuple[PlanForm, tuple[ArmForm, ...]]:
    remarks: list[Remark] = []
    form: PlanForm | None = None
    try:
        form = read_form(PlanForm, values)
    except EntryError as error:
        remarks += error.remarks
    versions: list[ArmForm] = []
    for position, arm in enumerate(arms):
        try:
            versions.append(read_form(ArmForm, arm, row=position))
        except EntryError as error:
            remarks += [Remark(field="arms", issue=one.issue, row=position) for one in error.remarks]
    if not remarks:
        remarks += _arm_remarks(versions)
    if remarks or form is None:
        raise EntryError(remarks)
    return form, tuple(versions)


def _arm_remarks(arms: Sequence[ArmForm]) -> tuple[Remark, ...]:
    if len(arms) < FEWEST_ARMS:
        what = "One version alone cannot be compared with anything."
        return entry_error(
            "arms", "too-few-arms", what, "Name what you do today and what you want to try."
        ).remarks
    if len(arms) > MOST_ARMS:
        what = f"{len(arms)} versions share the videos, so that none gets enough."
        return entry_error("arms", "too-many-arms", what, f"Compare at most {MOST_ARMS} at once.").remarks
    names = [clean(arm.name).casefold() for arm in arms]
    if len(set(names)) < len(names):
        what = "Two versions have the same name."
        return entry_error("arms", "same-name", what, "Give each version a name of its own.").remarks
    return ()


def _columns(form: PlanForm) -> dict[str, object]:
    same = ("hypothesis", "worth", "age_days", "videos_each", "first_day", "last_day", "owner", "learning_id")
    return {
        **{name: getattr(form, name) for name in same},
        "name": clean(form.name),
        "topic": form.topic.value,
        "design": form.design.value,
        "primary_metric": form.primary,
        "traffic": form.traffic.value,
    }


def _write_metrics(connection: Connection, experiment_id: int, form: PlanForm) -> None:
    rows: list[dict[str, object]] = [
        {"experiment_id": experiment_id, "metric": name, "role": "secondary", "position": place, "harm": None}
        for place, name in enumerate(form.secondary)
    ]
    rows += [
        {"experiment_id": experiment_id, "metric": name, "role": "guardrail", "position": place, "harm": harm}
        for place, (name, harm) in enumerate(form.guardrails.items())
    ]
    if rows:
        connection.execute(insert(table("experiment_metric")), rows)


def _write_arms(connection: Connection, experiment_id: int, arms: Sequence[ArmForm]) -> None:
    for place, arm in enumerate(arms):
        row = {"experiment_id": experiment_id, "position": place, "name": clean(arm.name), "video_id": ""}
        add_row(connection, "experiment_arm", row | {"brief": arm.brief, "tag_id": arm.tag_id})


def _drop_parts(connection: Connection, experiment_id: int, names: Sequence[str]) -> None:
    for name in names:
        rows = table(name)
        connection.execute(delete(rows).where(rows.c.experiment_id == experiment_id))


def _require_unlocked(connection: Connection, before: Experiment, columns: Mapping[str, object]) -> None:
    row = row_of(connection, "experiment", before.experiment_id, "experiment")
    moved = [name for name in LOCKED if row[name] != columns[name]]
    if moved:
        raise entry_error(
            moved[0],
            "plan-locked",
            f"{_SHOWN[moved[0]]} cannot change while it runs: the result would be picked afterwards.",
            "Finish this experiment, then plan another.",
        )


def _keep_changes(
    store: Store,
    connection: Connection,
    before: Experiment,
    columns: Mapping[str, object],
    arms: Sequence[ArmForm],
    *,
    now: int,
) -> None:
    row = row_of(connection, "experiment", before.experiment_id, "experiment")
    for name, words in _SHOWN.items():
        if row[name] != columns[name]:
            was, becomes = _written(name, row[name]), _written(name, columns[name])
            note_change(
                connection, before.experiment_id, (words, was, becomes), who=store.principal.name, now=now
            )
    if len(arms) != len(before.arms):
        raise entry_error(
            "arms",
            "plan-locked",
            "The number of versions cannot change while the experiment runs.",
            "Finish this experiment, then plan another.",
        )
    for old, new in zip(before.arms, arms, strict=True):
        if old.name != clean(new.name):
            words = f"The name of version {old.position + 1}"
            note_change(
                connection,
                before.experiment_id,
                (words, old.name, clean(new.name)),
                who=store.principal.name,
                now=now,
            )
        if old.brief != new.brief:
            words = f"The brief of “{old.name}”"
            note_change(
                connection,
                before.experiment_id,
                (words, old.brief or "nothing", new.brief),
                who=store.principal.name,
                now=now,
            )


def _written(name: str, value: object) -> str:
    if value is None or value == "":
        return "not set"
    if name in {"first_day", "last_day"}:
        return day_of(int(str(value))).isoformat()
    if name == "worth":
        return f"{float(str(value)):.0%}"
    if name == "primary_metric":
        return BY_NAME[str(value)].label
    return str(value)


def _rename_arms(connection: Connection, before: Experiment, arms: Sequence[ArmForm]) -> None:
    rows = table("experiment_arm")
    for old, new in zip(before.arms, arms, strict=True):
        values = {"name": clean(new.name), "brief": new.brief}
        connection.execute(update(rows).where(rows.c.id == old.arm_id).values(values))


def set_split_figures(
    store: Store, campaign_id: int, experiment_id: int, figures: Mapping[int, Mapping[str, int | None]]
) -> None:
    """Keep what Ads Manager shows for each version of an audience split.

    Args:
        store: where to write.
        campaign_id: the campaign.
        experiment_id: the experiment.
        figures: arm id -> `people`, `impressions` and `events` (whole numbers, None unknown).

    Raises:
        EntryError: `not-a-count`, `more-events-than-people`.
        PlumblineError: `not-a-split`, `experiment-finished`, `not-found`.
    """
    require(store.principal, Action.IMPORT, campaign_id)
    with store.writing("split figures typed", "", {"experiment": experiment_id}) as connection:
        before = experiment_of(connection, campaign_id, experiment_id)
        require_open(before)
        if before.design is not Design.AUDIENCE_SPLIT:
            raise refusal(
                "not-a-split",
                "Only an audience split is read from typed figures.",
                "Import the exports; planned videos are matched by themselves.",
            )
        rows = table("experiment_arm")
        for arm in before.arms:
            typed = figures.get(arm.arm_id, {})
            _check_figures(arm.name, typed)
            values = {name: typed.get(name) for name in ("people", "impressions", "events")}
            connection.execute(update(rows).where(rows.c.id == arm.arm_id).values(values))


def _check_figures(name: str, typed: Mapping[str, int | None]) -> None:
    for field, value in typed.items():
        if value is not None and value < 0:
            raise entry_error(
                field, "not-a-count", f"{name}: {value} is below zero.", "Type the count as shown."
            )
    events, most = typed.get("events"), typed.get("people") or typed.get("impressions")
    if events is not None and most is not None and events > most:
        raise entry_error(
            "events",
            "more-events-than-people",
            f"{name}: {events:,} of {most:,} cannot be.",
            "Check that the two figures are not in the wrong fields.",
        )
