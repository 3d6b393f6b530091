"""The metrics a campaign is judged by: one that decides, two or three beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from core.campaigns.model import CampaignForm, Goal
from core.entry.fields import UnreadableError, amount_text, read_goal
from core.entry.forms import EntryError, Remark, remark
from core.metrics.registry import BY_NAME, OBJECTIVE_METRICS
from core.store.written import table
from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.model import Metric, Stage

FEWEST_SECONDARY = 2
MOST_SECONDARY = 3


def suggested_metrics(objective: Stage) -> tuple[str, ...]:
    """Return the primary metric and then the secondary ones that suit an objective."""
    return tuple(metric.name for metric in OBJECTIVE_METRICS[objective])


def read_goals(form: CampaignForm) -> tuple[Goal, ...]:
    """Return the goals of a form, the primary first.

    Raises:
        EntryError: `not-a-metric`, `not-two-or-three`, `metric-named-twice`, and unreadable targets.
    """
    remarks = _count_remarks(form)
    goals: list[Goal] = []
    wanted = [("primary_metric", form.primary_metric, form.primary_target, True)]
    wanted += [("secondary", metric, target, False) for metric, target in form.secondary.items()]
    for field, name, typed, is_primary in wanted:
        metric = BY_NAME.get(name)
        if metric is None:
            remarks.append(
                remark(
                    field,
                    "not-a-metric",
                    f'"{name}" is not a metric that we know.',
                    "Choose one from the list.",
                )
            )
            continue
        target, problem = _target(field, metric, typed, form.currency)
        remarks += problem
        goals.append(Goal(metric=name, is_primary=is_primary, target=target))
    if remarks:
        raise EntryError(remarks)
    return tuple(goals)


def _count_remarks(form: CampaignForm) -> list[Remark]:
    """Return what is wrong with the choice of metrics as such."""
    found: list[Remark] = []
    if not FEWEST_SECONDARY <= len(form.secondary) <= MOST_SECONDARY:
        what = f"{len(form.secondary)} secondary metrics are chosen."
        fix = "Choose two or three: enough to explain the primary metric, few enough to stay clear."
        found.append(remark("secondary", "not-two-or-three", what, fix))
    if form.primary_metric in form.secondary:
        what = f'"{form.primary_metric}" is both the primary and a secondary metric.'
        found.append(remark("secondary", "metric-named-twice", what, "Choose another secondary metric."))
    return found


def _target(field: str, metric: Metric, typed: str, currency: str) -> tuple[float | None, list[Remark]]:
    """Return a typed target, None where empty, and what is wrong with it."""
    if not typed.strip():
        return None, []
    place = "primary_target" if field == "primary_metric" else field
    try:
        return read_goal(typed, metric.unit, currency), []
    except UnreadableError as error:
        return None, [remark(place, error.code, f"Target for {metric.label}: {error.what}", error.fix)]


def write_goals(connection: Connection, campaign_id: int, goals: Sequence[Goal]) -> None:
    """Replace the goals of a campaign."""
    rows = table("campaign_metric")
    connection.execute(delete(rows).where(rows.c.campaign_id == campaign_id))
    connection.execute(
        insert(rows),
        [
            {
                "campaign_id": campaign_id,
                "metric": goal.metric,
                "is_primary": goal.is_primary,
                "target": goal.target,
            }
            for goal in goals
        ],
    )


def goals_of(connection: Connection, campaign_ids: Sequence[int]) -> dict[int, tuple[Goal, ...]]:
    """Return the goals by campaign, the primary first."""
    rows = table("campaign_metric")
    found: dict[int, tuple[Goal, ...]] = {}
    query = (
        select(rows).where(rows.c.campaign_id.in_(campaign_ids)).order_by(rows.c.is_primary.desc(), rows.c.id)
    )
    for row in connection.execute(query).mappings():
        goal = Goal(metric=row["metric"], is_primary=bool(row["is_primary"]), target=row["target"])
        found[row["campaign_id"]] = (*found.get(row["campaign_id"], ()), goal)
    return found


def goal_text(goal: Goal, currency: str) -> str:
    """Return a target as it would be typed, so that a form can be opened again; '' for none."""
    metric = BY_NAME.get(goal.metric)
    if goal.target is None or metric is None:
        return ""
    if metric.unit is Unit.MONEY:
        return amount_text(round(goal.target), currency)
    if metric.unit is Unit.COUNT:
        return str(round(goal.target))
    if metric.unit is Unit.SHARE:
        return f"{round(goal.target * 100, 4):g}%"
    return f"{goal.target:g}"
