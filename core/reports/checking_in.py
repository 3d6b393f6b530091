"""Where a running campaign stands today, as the check-in sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.checkins import Flag
from core.reports.holding_back import counts_buyers, is_few, may_see
from core.reports.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.checkins import CheckIn, Standing
    from core.reports.material import Material

_MOST_ALARMS = 5
_FLAGGED = (Flag.EARLY_WINNER, Flag.AT_RISK)


def today(material: Material) -> Section | None:
    """Return the goals with their outlook, who stands out, and for the team what to mend."""
    found = material.check_in
    if found is None:
        return None
    return Section(
        key="today",
        title="Where it stands",
        claim=found.headline,
        points=tuple(_points(material, found)),
        notes=tuple(found.cautions) if material.audience.show_money else (),
    )


def _points(material: Material, found: CheckIn) -> Iterable[str]:
    audience = material.audience
    orders = material.funnel.figure("orders")
    are_few = audience.is_outside and is_few(orders.value if orders else None)
    for goal in found.goals:
        metric = goal.forecast.metric
        if may_see(metric, audience) and not (are_few and counts_buyers(metric)):
            yield goal.sentence
    if audience.show_money:
        yield found.spending.sentence
    for one in found.creators:
        if one.flag in _FLAGGED and not (audience.is_outside and is_few(one.orders)):
            yield _standing(material, one)
    if audience.internal:
        yield from (f"{alarm.sentence} {alarm.fix}" for alarm in found.alarms[:_MOST_ALARMS])
    if audience.internal and audience.show_money:
        yield found.advice.sentence


def _standing(material: Material, one: Standing) -> str:
    """Return who stands out; the sentence of the check-in names amounts, so not everybody reads it."""
    is_whole = material.audience.internal and material.audience.show_money
    return one.sentence if is_whole else f"{one.name}: {one.flag.value}."
