"""How a metric of one video is compared: as a rate of its counts, or as an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.metrics.model import Metric


def is_value(metric: Metric) -> bool:
    """Return whether a metric is compared as an amount of each video, not as a rate."""
    return metric.denominator is None or metric.unit is not Unit.SHARE


def counted_of(metric: Metric, counts: Mapping[str, float | None]) -> tuple[float | None, float | None]:
    """Return numerator and denominator of a metric on one video.

    An amount has no denominator; one that is not above zero is not known.

    Args:
        metric: one of `core.evidence.outcomes.comparable_metrics`.
        counts: of the video, by measure; None where not known.
    """
    if is_value(metric):
        return metric.value(counts), None
    below = None if metric.denominator is None else metric.denominator.value(counts)
    return metric.numerator.value(counts), below if below is not None and below > 0 else None
