"""Kept rows become estimates with their sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from core.metrics.registry import BY_NAME
from core.scorecards.model import Band, Estimate, Reading
from core.benchmarks.scored import SCORED_BY_NAME
from core.scorecards.words import estimate_sentence, gap_words, standing_sentence
from core.statistics.ranks import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, Any]  # a row of `stored_estimate`


def estimate_of(row: Row, currency: str) -> Estimate:
    """Return the estimate that a row keeps."""
    metric = BY_NAME[row["metric"]]
    scored = SCORED_BY_NAME[row["metric"]]
    money = currency if scored.is_money else ""
    peers = _band(row)
    ends = None if row["value"] is None else (row["value"], row["low"], row["high"])
    standing = _standing(row)
    videos = row["videos"] if scored.is_of_videos else 0
    said = estimate_sentence(metric, money, raw=row["raw"], ends=ends, videos=videos, peers=peers)
    if standing is not None and peers is not None:
        said += " " + standing_sentence(standing, peers)
    gap = gap_words(row["lack"], row["lack_have"], row["lack_need"], metric)
    return Estimate(
        metric=metric,
        currency=money,
        peers=peers,
        standing=standing,
        is_of_videos=scored.is_of_videos,
        quantiles=tuple(json.loads(row["detail"])) if row["detail"] else (),
        gap=gap,
        sentence=f"{said} {gap}".strip() if row["raw"] is not None or not gap else gap,
        **{name: row[name] for name in _AS_KEPT},
    )


_AS_KEPT = (
    "raw",
    "value",
    "low",
    "high",
    "next_low",
    "next_high",
    "videos",
    "events",
    "exposure",
    "narrowing",
)


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


def by_creator(rows: Iterable[Row], currency: str) -> dict[int, dict[str, Estimate]]:
    """Return the estimates by creator and metric."""
    found: dict[int, dict[str, Estimate]] = {}
    for row in rows:
        if row["metric"]:
            found.setdefault(row["creator_id"], {})[row["metric"]] = estimate_of(row, currency)
    return found


def readings(rows: Iterable[Row]) -> dict[int, tuple[Reading, str, str, int]]:
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
