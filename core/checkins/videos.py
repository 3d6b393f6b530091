"""Videos that do better or worse than their creator's others: only past the minimum age and data.

Each video's count is carried forward to the age of a finished video by the growth that was learnt;
its log is held against the creator's other videos (or everybody's where there are few) by
Student's t for one further video. A video stands out where it lies outside nine in ten.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from core.checkins.model import Flag, VideoStanding
from core.evidence.ages import videos_at_age
from core.scope import Traffic
from core.statistics.growth import FINISHED_AGE
from core.units import write_count

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.evidence.ages import AgedVideo
    from core.evidence.campaign import Evidence
    from core.statistics.growth import Growth

FEWEST_DAYS = 3
FEWEST_OTHERS = 4  # videos of the same creator, of any campaign that may be seen
_TAIL = 0.05


def video_standings(
    connection: Connection, evidence: Evidence, growth: Growth, *, campaign_ids: list[int] | None
) -> tuple[VideoStanding, ...]:
    """Return the campaign's videos that stand out among their creator's videos, the best first.

    Args:
        connection: a reading connection.
        evidence: the campaign's.
        growth: learnt from finished videos.
        campaign_ids: campaigns to compare with; None takes all.
    """
    every = videos_at_age(connection, ("views",), None, campaign_ids=campaign_ids, traffic=Traffic.TOTAL)
    levels = {video.video_id: _level(video, growth) for video in every}
    own = [video for video in every if video.campaign_id == evidence.plan.campaign_id]
    found = [_standing(video, every, levels, evidence) for video in own]
    return tuple(
        sorted((one for one in found if one), key=lambda one: (one.flag != Flag.EARLY_WINNER, -one.views))
    )


def _level(video: AgedVideo, growth: Growth) -> float | None:
    """Return the log count to expect when the video is finished; None for a young or unknown one."""
    views, age = video.counts.get("views"), video.newest_age
    if views is None or views <= 0 or age is None or age < FEWEST_DAYS:
        return None
    return math.log(views) + growth.ratio(age, FINISHED_AGE).mean


def _standing(
    video: AgedVideo, every: tuple[AgedVideo, ...], levels: dict[str, float | None], evidence: Evidence
) -> VideoStanding | None:
    level = levels[video.video_id]
    others = [
        other
        for one in every
        if one.creator_id == video.creator_id and one.video_id != video.video_id
        if (other := levels[one.video_id]) is not None
    ]
    if level is None or video.creator_id is None or len(others) < FEWEST_OTHERS:
        return None
    middle, spread = float(np.mean(others)), max(float(np.std(others, ddof=1)), 0.2)
    half = float(stdtrit(len(others) - 1, 1 - _TAIL)) * spread * math.sqrt(1 + 1 / len(others))
    if abs(level - middle) <= half:
        return None
    flag = Flag.EARLY_WINNER if level > middle else Flag.AT_RISK
    return _told(video, flag, level - middle, len(others), evidence)


def _told(video: AgedVideo, flag: Flag, off: float, others: int, evidence: Evidence) -> VideoStanding:
    partner = evidence.plan.partner(video.creator_id or 0)
    name = partner.name if partner else f"@{video.handle}"
    note = evidence.videos.get(video.video_id)
    caption = " ".join((note.caption if note else "").split())[:60]
    views = video.counts["views"] or 0.0
    times = math.exp(off)
    word = f"{times:.1f} times what" if times >= 1 else f"{times:.0%} of what"
    return VideoStanding(
        video_id=video.video_id,
        name=name,
        caption=caption,
        flag=flag,
        views=views,
        age=video.newest_age or 0,
        sentence=(
            f"{name}, “{caption or video.video_id}”: {write_count(views)} views after {video.newest_age} "
            f"days, heading for {word} the creator's other {others} videos usually reach."
        ),
    )
