"""What a forecast stands on: the growth of finished videos, the videos that are out and those to come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import text

from core.evidence.ages import read_histories
from core.scope import Traffic
from core.statistics.growth import Coming, Growth, Running, finished_level, learn_growth
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd
    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence

_FINAL = 28  # days of age from which a count is taken for a finished video's level


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """Everything the simulation needs.

    Attributes:
        growth: learnt from finished videos, of every campaign that may be seen.
        running: videos of the campaign that are out, with their age at the horizon.
        coming: videos agreed and still to be posted.
        settled: views of videos whose age is not known.
        undated: how many of these there are.
        counted: views known on each day (day number), rising.
        overdue: agreed videos that are not there although the last day is over.
        usual: mean and spread of the log views of a finished video of these creators; None where not known.
    """

    growth: Growth
    running: tuple[Running, ...]
    coming: tuple[Coming, ...]
    settled: float
    undated: int
    counted: tuple[tuple[int, float], ...]
    overdue: int
    usual: tuple[float, float] | None


def read_material(
    connection: Connection,
    evidence: Evidence,
    *,
    today: date,
    horizon: date,
    campaign_ids: Sequence[int] | None,
) -> Material:
    """Return what the forecast of a campaign stands on.

    Args:
        connection: a reading connection.
        evidence: the campaign's, whole.
        today: in the campaign's zone.
        horizon: the day the forecast is for.
        campaign_ids: campaigns to learn growth from; None takes all.
    """
    histories = read_histories(connection, ("views",), campaign_ids=campaign_ids, traffic=Traffic.TOTAL)
    histories = histories[histories["views"].notna()]
    own = histories[histories["campaign_id"] == evidence.plan.campaign_id]
    levels = _levels(histories)
    newest = own.groupby("video_id", sort=False).tail(1)
    dated = newest[newest["age"].notna() & (newest["age"] >= 0)]
    coming, overdue = _coming(evidence, levels, today=today, horizon=horizon)
    everybody = [count for counts in levels.values() for count in counts]
    return Material(
        growth=learn_growth(_as_arrays(histories)),
        running=_running(dated, day_number(horizon)),
        coming=coming,
        settled=float(newest[~newest.index.isin(dated.index)]["views"].clip(lower=0).sum()),
        undated=len(newest) - len(dated),
        counted=_counted(own),
        overdue=overdue,
        usual=finished_level([], everybody),
    )


def _running(dated: pd.DataFrame, end: int) -> tuple[Running, ...]:
    columns = (dated[name].to_numpy(dtype=float) for name in ("views", "age", "posted_day"))
    return tuple(
        Running(count=float(views), age=int(age), until=max(end - int(posted), int(age)))
        for views, age, posted in zip(*columns, strict=True)
        if views > 0
    )


def _as_arrays(histories: pd.DataFrame) -> list[tuple[np.ndarray, np.ndarray]]:
    dated = histories[histories["age"].notna()]
    return [
        (group["age"].to_numpy(dtype=float), group["views"].to_numpy(dtype=float))
        for _, group in dated.groupby("video_id", sort=False)
    ]


def _levels(histories: pd.DataFrame) -> Mapping[int, list[float]]:
    """Return the views of finished videos by creator; 0 is nobody's."""
    newest = histories.groupby("video_id", sort=False).tail(1)
    found: dict[int, list[float]] = defaultdict(list)
    finished = newest[newest["age"] >= _FINAL]
    owners = finished["creator_id"].fillna(0).to_numpy(dtype=np.int64)
    for owner, views in zip(owners, finished["views"].to_numpy(dtype=float), strict=True):
        found[int(owner)].append(float(views))
    return found


def _counted(own: pd.DataFrame) -> tuple[tuple[int, float], ...]:
    """Return the views known on each day on which any video's count became known."""
    dated = own[own["age"].notna()].copy()
    if dated.empty:
        return ()
    dated["day"] = dated["age"] + dated["posted_day"]
    dated["rise"] = dated.groupby("video_id", sort=False)["views"].diff().fillna(dated["views"])
    total = dated.groupby("day")["rise"].sum().sort_index().cumsum()
    days, views = total.index.to_numpy(dtype=np.int64), total.to_numpy(dtype=float)
    return tuple((int(day), float(count)) for day, count in zip(days, views, strict=True))


def _coming(
    evidence: Evidence, levels: Mapping[int, list[float]], *, today: date, horizon: date
) -> tuple[tuple[Coming, ...], int]:
    """Return the videos agreed and not out yet, spread over the days left; and how many are overdue."""
    out: dict[int, int] = defaultdict(int)
    for video in evidence.videos.values():
        out[video.creator_id or 0] += 1
    everybody = [count for counts in levels.values() for count in counts]
    open_slots = [
        partner.creator_id
        for partner in evidence.plan.partners
        for _ in range(max((partner.deliverables or 0) - out[partner.creator_id], 0))
    ]
    if today > evidence.plan.last_day:
        return (), len(open_slots)
    first = max(today, evidence.plan.first_day)
    days = (evidence.plan.last_day - first).days + 1
    late = (horizon - first).days
    coming = []
    for place, creator_id in enumerate(open_slots):
        level = finished_level(levels.get(creator_id, []), everybody)
        if level is not None:
            posted = int((place + 0.5) * days / len(open_slots))
            coming.append(Coming(log_mean=level[0], log_spread=level[1], until=late - posted))
    return tuple(coming), 0


_DELAYS = text(
    "SELECT k.at, o.created_at FROM credit c"
    " JOIN order_claim k ON k.system = c.system AND k.order_id = c.order_id AND k.kind = 'link'"
    " JOIN shop_order o ON o.system = c.system AND o.order_id = c.order_id"
    " WHERE c.campaign_id = :campaign AND k.at IS NOT NULL AND k.at <= o.created_at"
)
_DELAYS_OF_VIDEOS = text(
    "SELECT v.posted_day, c.day FROM credit c JOIN video v ON v.video_id = c.video_id"
    " WHERE c.campaign_id = :campaign AND c.video_id <> '' AND v.posted_day IS NOT NULL"
    " AND c.day >= v.posted_day"
)
_DAY = 86_400


def read_delays(connection: Connection, campaign_id: int) -> tuple[list[int], list[int]]:
    """Return days from click (or posting) to order and the day of the click, for orders that tell it."""
    values = {"campaign": campaign_id}
    delays, days = [], []
    for clicked, ordered in connection.execute(_DELAYS, values):
        delays.append((ordered - clicked) // _DAY)
        days.append(clicked // _DAY)
    for posted, ordered in connection.execute(_DELAYS_OF_VIDEOS, values):
        delays.append(ordered - posted)
        days.append(posted)
    return delays, days
