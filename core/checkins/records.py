"""Check-ins that were held, and the measurement plan as it stood when the campaign began."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from sqlalchemy import Connection, insert, select

from core.access import Action, require
from core.checkins.model import Choice
from core.entry.forms import Form, read_form
from core.errors import refusal
from core.evidence.campaign import read_evidence
from core.evidence.plan import read_plan
from core.evidence.quotients import campaign_quotient
from core.metrics.registry import BY_NAME
from core.scope import Scope, Traffic
from core.store.written import add_row, row_of, table
from core.units import Unit, day_number, day_of, instant_of, write, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.checkins.model import CheckIn
    from core.evidence.campaign import Evidence
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A check-in that was finished.

    Attributes:
        day: in the campaign's zone.
        figures: metric -> value as it stood.
        sentence: the headline as it was.
        choice: what the team did.
        suggested: what was suggested, in words.
        reason: in the team's words.
        who, at: who finished it and when, UTC.
    """

    check_in_id: int
    day: date
    figures: Mapping[str, float]
    sentence: str
    choice: Choice
    suggested: str
    reason: str
    who: str
    at: datetime


class ChoiceForm(Form):
    """What the team decided, as typed."""

    choice: Annotated[Choice, Field(title="What we do")] = Choice.KEEP
    reason: Annotated[str, Field(title="Reason", max_length=2_000)] = ""


def finish_check_in(store: Store, check_in: CheckIn, values: Mapping[str, object], *, now: int) -> int:
    """Return the id of the check-in on record: its figures as they are, and what was chosen.

    The measurement plan is locked with the first check-in, if it was not before.

    Args:
        store: where to write.
        check_in: as it was on screen.
        values: `choice` and `reason`.
        now: Unix seconds.

    Raises:
        EntryError: what the form finds; PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.DECIDE, check_in.campaign_id)
    form = read_form(ChoiceForm, values)
    with store.writing("check-in finished", "", {"campaign": check_in.campaign_id}) as connection:
        row_of(connection, "campaign", check_in.campaign_id, "campaign")
        if _locked(connection, check_in.campaign_id) is None:
            _lock(connection, check_in.campaign_id, who=store.principal.name, now=now)
        return add_row(
            connection,
            "check_in",
            {
                "campaign_id": check_in.campaign_id,
                "day": day_number(check_in.today),
                "figures": json.dumps(figures_of(check_in)),
                "sentence": check_in.headline,
                "choice": form.choice.value,
                "advice": json.dumps(asdict(check_in.advice)),
                "reason": form.reason,
                "who": store.principal.name,
                "at": now,
            },
        )


def figures_of(check_in: CheckIn) -> dict[str, float]:
    """Return the figures that the next check-in compares itself with."""
    goals = [*(status.forecast for status in check_in.goals), check_in.forecast.views]
    return {goal.metric.name: goal.now for goal in goals if goal.now is not None}


def list_check_ins(store: Store, campaign_id: int) -> tuple[Held, ...]:
    """Return the check-ins of a campaign, newest first."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return held_check_ins(connection, campaign_id)


def held_check_ins(connection: Connection, campaign_id: int) -> tuple[Held, ...]:
    """Return the check-ins of a campaign as one connection sees them, newest first."""
    rows = table("check_in")
    query = select(rows).where(rows.c.campaign_id == campaign_id).order_by(rows.c.at.desc(), rows.c.id.desc())
    return tuple(
        Held(
            check_in_id=row["id"],
            day=day_of(row["day"]),
            figures=json.loads(row["figures"]),
            sentence=row["sentence"],
            choice=Choice(row["choice"]),
            suggested=json.loads(row["advice"]).get("sentence", ""),
            reason=row["reason"],
            who=row["who"],
            at=instant_of(row["at"]),
        )
        for row in connection.execute(query).mappings()
    )


# ------------------------------------------------------------- the measurement plan


def lock_plan(store: Store, campaign_id: int, *, now: int) -> None:
    """Fix how a campaign is measured, so that later changes show.

    Raises:
        PlumblineError: `plan-locked` if it is locked already; `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("measurement plan locked", "", {"campaign": campaign_id}) as connection:
        if _locked(connection, campaign_id) is not None:
            raise refusal(
                "plan-locked",
                "The measurement plan of this campaign is locked already.",
                "Change the goals with a reason; the change is shown beside the figures.",
            )
        _lock(connection, campaign_id, who=store.principal.name, now=now)


def _lock(connection: Connection, campaign_id: int, *, who: str, now: int) -> None:
    plan = read_plan(connection, campaign_id)
    evidence = read_evidence(connection, plan, Scope(campaign_id=campaign_id))
    values = {
        "campaign_id": campaign_id,
        "plan": json.dumps(plan_as_it_stands(connection, evidence)),
        "who": who,
    }
    connection.execute(insert(table("locked_plan")).values(values | {"at": now}))


def plan_as_it_stands(connection: Connection, evidence: Evidence) -> dict[str, object]:
    """Return what decides how a campaign is measured: goals, days, window, definitions, baseline."""
    plan = evidence.plan
    row = row_of(connection, "campaign", plan.campaign_id, "campaign")
    return {
        "goals": {
            goal.metric: {"target": goal.target, "primary": goal.is_primary, "formula": _formula(goal.metric)}
            for goal in plan.goals
        },
        "first_day": day_number(plan.first_day),
        "last_day": day_number(plan.last_day),
        "currency": plan.currency,
        "window": row["click_window_days"],
        "baseline": {
            goal.metric: campaign_quotient(evidence, BY_NAME[goal.metric], Traffic.TOTAL).value
            for goal in plan.goals
            if goal.metric in BY_NAME
        },
    }


def _formula(metric: str) -> str:
    return BY_NAME[metric].formula if metric in BY_NAME else ""


def _locked(connection: Connection, campaign_id: int) -> dict[str, object] | None:
    rows = table("locked_plan")
    found = connection.execute(select(rows.c.plan).where(rows.c.campaign_id == campaign_id)).scalar()
    return None if found is None else dict(json.loads(found))


def plan_deviations(store: Store, campaign_id: int) -> tuple[str, ...]:
    """Return how a campaign's plan differs from the locked one; empty where none is locked.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        plan = read_plan(connection, campaign_id)
        evidence = read_evidence(connection, plan, Scope(campaign_id=campaign_id))
        return read_deviations(connection, evidence)[1]


def read_deviations(connection: Connection, evidence: Evidence) -> tuple[bool, tuple[str, ...]]:
    """Return whether the plan is locked, and how today's plan differs from it, each one sentence."""
    locked = _locked(connection, evidence.plan.campaign_id)
    if locked is None:
        return False, ()
    now = plan_as_it_stands(connection, evidence)
    return True, (*_of_goals(locked, now, evidence.plan.currency), *_of_terms(locked, now))


def _of_goals(locked: Mapping[str, object], now: Mapping[str, object], currency: str) -> list[str]:
    before, after = locked["goals"], now["goals"]
    assert isinstance(before, dict)  # noqa: S101  (JSON that this module wrote)
    assert isinstance(after, dict)  # noqa: S101
    found = []
    for name in (*before, *(name for name in after if name not in before)):
        label = BY_NAME[name].label if name in BY_NAME else name
        if name not in after:
            found.append(f"{label} was a goal when the plan was locked and is none now.")
        elif name not in before:
            found.append(f"{label} became a goal after the plan was locked.")
        else:
            found += _of_goal(label, name, before[name], after[name], currency)
    return found


def _of_goal(
    label: str, name: str, before: Mapping[str, object], after: Mapping[str, object], currency: str
) -> list[str]:
    found = []
    if before["target"] != after["target"]:
        was, is_now = (_target(name, one["target"], currency) for one in (before, after))
        found.append(f"The target of {label} was {was} when the plan was locked and is {is_now} now.")
    if before["primary"] != after["primary"]:
        word = "became" if after["primary"] else "is no longer"
        found.append(f"{label} {word} the goal that decides after the plan was locked.")
    if before["formula"] != after["formula"]:
        found.append(f"{label} was defined as {before['formula']} when the plan was locked.")
    return found


def _target(name: str, value: object, currency: str) -> str:
    if not isinstance(value, int | float) or name not in BY_NAME:
        return "none"
    unit = BY_NAME[name].unit
    return write(value, unit, currency=currency if unit is Unit.MONEY else "")


def _of_terms(locked: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    found = []
    for field, label in (("first_day", "first day"), ("last_day", "last day")):
        if locked[field] != now[field]:
            was, is_now = (write_day(day_of(int(str(one[field])))) for one in (locked, now))
            found.append(f"The {label} was {was} when the plan was locked and is {is_now} now.")
    if locked["window"] != now["window"]:
        found.append(
            f"When the plan was locked, orders counted up to {locked['window']} days after a click; "
            f"now up to {now['window']}."
        )
    if locked["currency"] != now["currency"]:
        found.append(
            f"Money was in {locked['currency']} when the plan was locked and is in {now['currency']} now."
        )
    return found
