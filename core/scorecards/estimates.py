"""Kept rows become estimates with their sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from core.benchmarks.scored import SCORED_BY_NAME
from core.scorecards.model import Band, Estimate, Reading
from core.statistics.ranks import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, Any]  # a row of `stored_estimate`


def estimate_of(row: Row, currency: str) -> Estimate:
    """Return the estimate that a row keeps."""
    scored = SCORED_BY_NAME[row["metric"]]
    return Estimate(
        metric=scored.metric,
        currency=currency if scored.is_money else "",
        peers=_band(row),
        standing=_standing(row),
        is_of_videos=scored.is_of_videos,
        quantiles=tuple(json.loads(row["detail"])) if row["detail"] else (),
        **{name: row[name] for name in _AS_KEPT},
    )


_PLACE = {name: place for place, name in enumerate(SCORED_BY_NAME)}
_AS_KEPT = (
    "raw", "value", "low", "high", "next_low", "next_high", "videos", "events", "exposure", "narrowing",
    "lack", "lack_have", "lack_need",
)  # fmt: skip


def _band(row: Row) -> Band | None:
    if row["peer_middle"] is None:
        return None
    return Band(
        label=row["peers"],
        creators=row["peer_count"],
        low=row["peer_low"],
        middle=row["peer_middle"],
        high=row["peer_high"],
        is_fallback=row["peer_level"] > 0,
    )


def _standing(row: Row) -> Standing | None:
    if row["above_median"] is None:
        return None
    return Standing(
        above_median=row["above_median"],
        percentile=row["percentile"],
        low=row["percentile_low"],
        high=row["percentile_high"],
        top_quarter=row["top_quarter"],
    )


def by_creator(rows: Iterable[Any], currency: str) -> dict[int, dict[str, Estimate]]:
    """Return the estimates by creator and metric, metrics in the order of the funnel."""
    found: dict[int, dict[str, Estimate]] = {}
    for row in sorted((row for row in rows if row["metric"]), key=lambda row: _PLACE[row["metric"]]):
        found.setdefault(row["creator_id"], {})[row["metric"]] = estimate_of(row, currency)
    return found


def readings(rows: Iterable[Any]) -> dict[int, tuple[Reading, str, str, int]]:
    """Return by creator how videos were read, its tier, its usual length, and impossible counts."""
    found: dict[int, tuple[Reading, str, str, int]] = {}
    for row in rows:
        if row["metric"] == "":
            kept = json.loads(row["detail"])
            reading = Reading(
                used=row["videos"],
                young=kept["young"],
                undated=kept["undated"],
                no_snapshot=kept["no snapshot"],
                uncounted=kept["uncounted"],
            )
            found[row["creator_id"]] = (reading, kept["tier"], kept["length"], kept["impossible"])
    return found
