"""What a creator is told: which version each of their videos has, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.spreadsheet import csv_bytes
from core.units import write_day

if TYPE_CHECKING:
    from core.experiments.planned import Experiment


_SAME = (
    "Please keep to this order and change nothing else between the versions: same product, same length, "
    "same kind of caption."
)


def brief_of(experiment: Experiment, creator_id: int, *, locale: str = "en_US") -> str:
    """Return the brief of one creator as text to send; it does not say which version is hoped for."""
    slots = [slot for slot in experiment.slots if slot.creator_id == creator_id]
    if not slots:
        return ""
    lines = [
        f"Hi {slots[0].creator},",
        "",
        f"for “{experiment.name}” we would like {len(slots)} videos from you, in this order:",
        "",
    ]
    for slot in slots:
        arm = experiment.arm(slot.arm_id)
        when = f" (post around {write_day(slot.due_day, locale=locale)})" if slot.due_day else ""
        told = f": {arm.brief}" if arm.brief else ""
        lines.append(f"{slot.position}. {arm.name}{told}{when}")
    lines += [
        "",
        _SAME,
        "If you cannot make one of them, tell us instead of swapping.",
        f"Please send us your export {experiment.age_days} days after each video.",
    ]
    return "\n".join(lines)


def briefs_csv(experiment: Experiment) -> bytes:
    """Return every planned video as a table, one row each, for a spreadsheet."""
    rows: list[tuple[object, ...]] = [
        (
            slot.creator,
            slot.handle,
            slot.position,
            experiment.arm(slot.arm_id).name,
            experiment.arm(slot.arm_id).brief,
            slot.due_day.isoformat() if slot.due_day else "",
        )
        for slot in experiment.slots
    ]
    return csv_bytes(("Creator", "Handle", "Video", "Version", "What to do", "Post around"), rows)
