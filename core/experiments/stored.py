"""Experiments as the store keeps them, put together from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, func, select

from core.errors import refusal
from core.experiments.model import Design
from core.experiments.planned import (
    Conclusion,
    Experiment,
    Guardrail,
    Matched,
    PlanChange,
    PlannedVideo,
    Status,
    Topic,
    Version,
)
from core.scope import Traffic
from core.store.written import table
from core.units import day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def experiment_of(connection: Connection, campaign_id: int, experiment_id: int) -> Experiment:
    """Return one experiment of a campaign.

    Raises:
        PlumblineError: `not-found`, also for one of another campaign.
    """
    rows = table("experiment")
    wanted = (rows.c.id == experiment_id) & (rows.c.campaign_id == campaign_id)
    row = connection.execute(select(rows).where(wanted)).mappings().first()
    if row is None:
        raise refusal("not-found", "This experiment is not here.", "Choose one from the list.")
    return _experiments(connection, [row])[0]


def experiments_of(connection: Connection, campaign_ids: Sequence[int]) -> tuple[Experiment, ...]:
    """Return the experiments of campaigns, newest first."""
    rows = table("experiment")
    query = select(rows).where(rows.c.campaign_id.in_(campaign_ids)).order_by(rows.c.id.desc())
    return _experiments(connection, connection.execute(query).mappings().all())


def _experiments(connection: Connection, rows: Sequence[RowMapping]) -> tuple[Experiment, ...]:
    ids = [int(row["id"]) for row in rows]
    parts = {
        name: _parts(connection, name, ids)
        for name in ("experiment_metric", "experiment_change", "experiment_conclusion")
    }
    arms, slots = _arms(connection, ids), _slots(connection, ids)
    return tuple(
        _experiment(row, {name: found.get(row["id"], []) for name, found in parts.items()}, arms, slots)
        for row in rows
    )


def _parts(connection: Connection, name: str, ids: Sequence[int]) -> dict[int, list[RowMapping]]:
    rows = table(name)
    order = rows.c.position if "position" in rows.c else rows.c.at
    found: dict[int, list[RowMapping]] = {}
    for row in connection.execute(
        select(rows).where(rows.c.experiment_id.in_(ids)).order_by(order)
    ).mappings():
        found.setdefault(row["experiment_id"], []).append(row)
    return found


def _arms(connection: Connection, ids: Sequence[int]) -> dict[int, list[Version]]:
    arms, tags = table("experiment_arm"), table("tag_value")
    query = (
        select(arms, func.coalesce(tags.c.value, "").label("tag"))
        .join(tags, tags.c.id == arms.c.tag_id, isouter=True)
        .where(arms.c.experiment_id.in_(ids))
        .order_by(arms.c.position)
    )
    found: dict[int, list[Version]] = {}
    same = ("position", "name", "brief", "tag_id", "tag", "video_id", "people", "impressions", "events")
    for row in connection.execute(query).mappings():
        arm = Version(arm_id=row["id"], **{name: row[name] for name in same})
        found.setdefault(row["experiment_id"], []).append(arm)
    return found


def _slots(connection: Connection, ids: Sequence[int]) -> dict[int, list[PlannedVideo]]:
    slots, creators, handles = table("experiment_slot"), table("creator"), table("creator_handle")
    main = select(func.max(handles.c.handle)).where(
        handles.c.creator_id == slots.c.creator_id, handles.c.is_main
    )
    query = (
        select(slots, creators.c.name.label("creator"), main.scalar_subquery().label("handle"))
        .join(creators, creators.c.id == slots.c.creator_id)
        .where(slots.c.experiment_id.in_(ids))
    )
    found: dict[int, list[PlannedVideo]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["experiment_id"], []).append(_slot(row))
    for own in found.values():
        own.sort(key=lambda slot: (slot.creator.casefold(), slot.creator_id, slot.position, slot.slot_id))
    return found


def _slot(row: RowMapping) -> PlannedVideo:
    return PlannedVideo(
        slot_id=row["id"],
        creator_id=row["creator_id"],
        creator=row["creator"],
        handle=row["handle"] or "",
        position=row["position"],
        arm_id=row["arm_id"],
        due_day=_day(row["due_day"]),
        video_id=row["video_id"],
        matched=Matched(row["matched"]),
        left_day=_day(row["left_day"]),
    )


def _day(number: int | None) -> Any:  # a day, None where none is kept
    return None if number is None else day_of(number)


def _experiment(
    row: RowMapping,
    parts: Mapping[str, Sequence[RowMapping]],
    arms: Mapping[int, list[Version]],
    slots: Mapping[int, list[PlannedVideo]],
) -> Experiment:
    metrics = parts["experiment_metric"]
    same = (
        "campaign_id", "name", "hypothesis", "worth", "age_days", "videos_each", "seed", "owner", "made_by",
        "started_by", "version", "learning_id",
    )  # fmt: skip
    return Experiment(
        experiment_id=row["id"],
        topic=Topic(row["topic"]),
        design=Design(row["design"]),
        status=Status(row["status"]),
        primary=row["primary_metric"],
        secondary=tuple(one["metric"] for one in metrics if one["role"] == "secondary"),
        guardrails=tuple(
            Guardrail(metric=one["metric"], harm=one["harm"]) for one in metrics if one["role"] == "guardrail"
        ),
        traffic=Traffic(row["traffic"]),
        first_day=_day(row["first_day"]),
        last_day=_day(row["last_day"]),
        made_at=instant_of(row["made_at"]),
        started_at=None if row["started_at"] is None else instant_of(row["started_at"]),
        arms=tuple(arms.get(row["id"], ())),
        slots=tuple(slots.get(row["id"], ())),
        changes=tuple(_change(one) for one in parts["experiment_change"]),
        conclusion=next((_conclusion(one) for one in parts["experiment_conclusion"]), None),
        **{name: row[name] for name in same},
    )


def _change(row: RowMapping) -> PlanChange:
    same = ("what", "before", "after", "who")
    return PlanChange(at=instant_of(row["at"]), **{name: row[name] for name in same})


def _conclusion(row: RowMapping) -> Conclusion:
    same = ("decision", "reason", "owner", "verdict", "sentence", "result", "who")
    return Conclusion(at=instant_of(row["at"]), **{name: row[name] for name in same})
