"""What a reader may not see: money where it is switched off, and counts so small that they name a buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.metrics.model import Origin
from core.metrics.registry import BY_NAME
from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.funnel.model import Figure, Row
    from core.metrics.model import Metric, Total
    from core.reports.model import Audience

FEWEST = 5  # orders or customers; fewer could be told apart by somebody who knows one of them
HELD_BACK = f"< {FEWEST}"
WHY = f"Fewer than {FEWEST} orders: held back, so that no single purchase can be read off."


def has_money(metric: Metric) -> bool:
    """Return whether an amount is in the metric, also where it is divided away as in ROAS."""
    return metric.unit is Unit.MONEY or any(measure.unit is Unit.MONEY for measure in metric.measures)


def counts_buyers(metric: Metric) -> bool:
    """Return whether orders or customers are in the metric."""
    return any(measure.origin is Origin.LEDGER for measure in metric.measures)


def may_see(metric: Metric, audience: Audience) -> bool:
    """Return whether the reader may see the metric at all."""
    return audience.show_money or not has_money(metric)


def is_few(count: float | None) -> bool:
    """Return whether a count of buyers is too small to show; none at all tells of nobody."""
    return count is not None and 0 < count < FEWEST


def is_held_back(figure: Figure, orders: float | None, audience: Audience) -> bool:
    """Return whether a figure is kept from readers outside because it rests on few buyers.

    Args:
        figure: of a funnel.
        orders: the credited orders of the same scope; None where not known.
        audience: who reads it.
    """
    if not audience.is_outside or not counts_buyers(figure.metric):
        return False
    top, below = figure.metric.numerator, figure.metric.denominator
    parts = [(top, figure.numerator if figure.numerator is not None else figure.value)]
    parts += [(below, figure.denominator)] if below else []
    return is_few(orders) or any(_of_buyers(total) and is_few(count) for total, count in parts)


def _of_buyers(total: Total) -> bool:
    return all(one.origin is Origin.LEDGER and one.unit is Unit.COUNT for one in total.measures)


def rows_held_back(rows: Iterable[Row], audience: Audience) -> frozenset[str]:
    """Return the keys of rows whose orders are too few to show readers outside.

    One row alone could be worked out from the total, so the next smallest goes with it.
    """
    if not audience.is_outside:
        return frozenset()
    counted = [(row.value("orders") or 0.0, row.key) for row in rows if row.value("orders")]
    few = {key for count, key in counted if is_few(count)}
    others = sorted(one for one in counted if one[1] not in few)
    if len(few) == 1 and others:
        few.add(others[0][1])
    return frozenset(few)


def named(name: str) -> Metric:
    """Return a metric by its name."""
    return BY_NAME[name]
