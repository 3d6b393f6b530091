"""Renew, renegotiate, test again or stop: who decided it, when, why, and on which figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from sqlalchemy import select

from core.access import Action, require
from core.entry.forms import Form, read_form
from core.scorecards.model import Choice, Decision
from core.scorecards.ratings import require_collaboration
from core.store.written import add_row, table
from core.units import day_number, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, RowMapping

    from core.scorecards.model import PastCampaign, Scorecard
    from core.store.engine import Store


class DecisionForm(Form):
    """A choice and why."""

    choice: Annotated[Choice, Field(title="Decision")]
    reason: Annotated[str, Field(title="Reason", min_length=1, max_length=4000)]


def decide(store: Store, card: Scorecard, values: Mapping[str, object], *, now: int) -> int:
    """Return the id of a new decision; the card's figures are kept with it as they stand.

    Args:
        store: where to write.
        card: what was on screen.
        values: `choice` and `reason`.
        now: Unix seconds.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `no-collaboration`, `not-allowed`.
    """
    require(store.principal, Action.DECIDE, card.campaign_id)
    form = read_form(DecisionForm, values)
    row = {
        "campaign_id": card.campaign_id,
        "creator_id": card.creator_id,
        "choice": form.choice.value,
        "reason": form.reason,
        "evidence": json.dumps(evidence_of(card), ensure_ascii=False),
    }
    detail = {"campaign": card.campaign_id, "creator": card.creator_id, "choice": form.choice.value}
    with store.writing("decision on a creator", "", detail) as connection:
        require_collaboration(connection, card.campaign_id, card.creator_id)
        return add_row(connection, "creator_decision", row | {"who": store.principal.name, "at": now})


def evidence_of(card: Scorecard) -> dict[str, Any]:
    """Return the figures of a card as they are frozen with a decision."""
    header = card.header
    return {
        "age": None if header is None else header.age,
        "traffic": None if header is None else header.traffic.value,
        "day": None if header is None else header.today.isoformat(),
        "judged_by": None if header is None else header.judged_by.name,
        "lean": card.lean.value,
        "advice": card.advice,
        "estimates": {
            name: {
                "raw": one.raw,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "videos": one.videos,
                "peers": None if one.peers is None else one.peers.label,
                "above_median": None if one.standing is None else one.standing.above_median,
                "sentence": one.sentence,
            }
            for name, one in card.estimates.items()
        },
        "counted": {fact.metric.label: fact.written for fact in card.facts},
        "corridor": None if card.corridor is None else card.corridor.sentence,
        "audience": None if card.audience is None else card.audience.sentence,
    }


def decisions_where(
    connection: Connection, *, campaign_id: int | None = None, creator_id: int | None = None
) -> list[RowMapping]:
    """Return decisions of a campaign or a creator, newest first, with the campaign's name."""
    rows, plans = table("creator_decision"), table("campaign")
    query = select(rows, plans.c.name.label("campaign"), plans.c.first_day).join(
        plans, plans.c.id == rows.c.campaign_id
    )
    if campaign_id is not None:
        query = query.where(rows.c.campaign_id == campaign_id)
    if creator_id is not None:
        query = query.where(rows.c.creator_id == creator_id)
    return list(connection.execute(query.order_by(rows.c.at.desc(), rows.c.id.desc())).mappings())


def decision_of(row: RowMapping, *, outcome: str = "") -> Decision:
    """Return the decision that a row keeps."""
    return Decision(
        decision_id=row["id"],
        choice=Choice(row["choice"]),
        at=instant_of(row["at"]),
        evidence=json.loads(row["evidence"]),
        outcome=outcome,
        **{name: row[name] for name in ("campaign_id", "campaign", "creator_id", "reason", "who")},
    )


def newest_by_creator(rows: Iterable[RowMapping]) -> dict[int, Decision]:
    """Return the newest decision on each creator; rows are newest first."""
    found: dict[int, Decision] = {}
    for row in rows:
        if row["creator_id"] not in found:
            found[row["creator_id"]] = decision_of(row)
    return found


def outcome_words(row: RowMapping, campaigns: Iterable[PastCampaign]) -> str:
    """Return how a decision turned out in the first campaign that came after it; '' without one.

    Args:
        row: the decision, with the first day of its campaign.
        campaigns: the creator's campaigns with estimates.
    """
    kept = json.loads(row["evidence"])
    name = kept.get("judged_by") or ""
    later = sorted(
        (one for one in campaigns if day_number(one.first_day) > row["first_day"] and name in one.estimates),
        key=lambda one: one.first_day,
    )
    if not later:
        return ""
    now = later[0].estimates[name]
    then = (kept.get("estimates") or {}).get(name, {}).get("raw")
    said = f"In {later[0].name}: {now.metric.label} {now.written(now.raw)}"
    return f"{said}, against {now.written(then)} when it was decided." if then is not None else f"{said}."
