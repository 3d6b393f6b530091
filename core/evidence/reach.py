"""Reach as a range: people counted once cannot be added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence.reading import scope_filter
from core.scope import Traffic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from core.evidence.reading import ByTraffic
    from core.scope import Scope

Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people can have been reached.

    Attributes:
        low: the largest single reach: everybody else may be among those people.
        high: everything together: nobody may be in two of them; None where a video states nothing at all.
        stated: videos that state the reach of the views counted here.
        of: videos counted here.
        silent: videos that state neither reach nor views.
        has_loose_views: some views hang on no video, and each may be another person.
    """

    low: float
    high: float | None
    stated: int
    of: int
    silent: int = 0
    has_loose_views: bool = False

    @property
    def sentence(self) -> str:
        """Return what the range stands on, in words; '' where every view is in a stated reach."""
        said = []
        if self.stated == 0:
            said.append(
                "No video states the reach of all its views; without it every view may be another person."
            )
        elif self.stated < self.of:
            state = "states" if self.stated == 1 else "state"
            said.append(
                f"{self.stated} of {self.of} videos {state} reach; "
                "for the others every view may be another person."
            )
        if self.has_loose_views:
            said.append("Views that hang on no video may each be another person too.")
        if self.silent:
            videos = "1 video" if self.silent == 1 else f"{self.silent} videos"
            said.append(f"For {videos} not even views are known, so the upper end is unknown.")
        return " ".join(said)


def read_reach(
    connection: Connection,
    scope: Scope,
    videos: Iterable[str],
    by_video: Mapping[str, ByTraffic],
    whole: ByTraffic,
) -> dict[Traffic, Reach | None]:
    """Return the lowest and highest possible reach by traffic; None where no reach is stated.

    A video without stated reach can have reached one person per view (per impression of its
    ads) and no more. Reach is stated for a video's whole life, so for a part of the days it
    is not known.

    Args:
        connection: a reading connection.
        scope: what to count.
        videos: ids of the videos in it.
        by_video: their totals, views and impressions among them.
        whole: totals of everything in the scope.
    """
    if scope.first_day or scope.last_day:
        return dict.fromkeys(Traffic)
    stated = _stated(connection, scope)
    counted = {one: (stated.get(one, {}), by_video.get(one, {})) for one in videos}
    for said, totals in counted.values():
        if Traffic.TOTAL in said and not _has_ads(said, totals):
            said.setdefault(Traffic.ORGANIC, said[Traffic.TOTAL])
    return {
        traffic: _together(traffic, list(counted.values()), _loose_views(traffic, whole, by_video))
        for traffic in Traffic
    }


def _stated(connection: Connection, scope: Scope) -> dict[str, dict[Traffic, Range]]:
    wanted = scope_filter(scope, "d.creator_id", "d.video_id", "")
    sql = (
        "SELECT d.video_id, d.traffic, d.reach, COALESCE(d.reach_most, d.reach) FROM video_total d"
        f" WHERE d.campaign_id = :campaign AND d.reach IS NOT NULL{wanted.sql}"
    )
    found: dict[str, dict[Traffic, Range]] = {}
    for video_id, traffic, least, most in connection.execute(wanted.statement(sql), dict(wanted.values)):
        found.setdefault(video_id, {})[Traffic(traffic)] = (float(least), float(most))
    return found


def _together(
    traffic: Traffic, videos: list[tuple[dict[Traffic, Range], ByTraffic]], loose: float
) -> Reach | None:
    if traffic is Traffic.PAID:
        videos = [(said, totals) for said, totals in videos if _has_ads(said, totals)]
    lows = [
        least
        for said, _ in videos
        for kind, (least, _) in said.items()
        if kind is traffic or traffic is Traffic.TOTAL
    ]
    if not lows:
        return None
    mosts = [_most(traffic, said, totals) for said, totals in videos]
    known = [most for most in mosts if most is not None]
    return Reach(
        low=max(lows),
        high=max(*lows, sum(known) + loose) if len(known) == len(mosts) else None,
        stated=sum(traffic in said for said, _ in videos),
        of=len(videos),
        silent=len(mosts) - len(known),
        has_loose_views=loose > 0,
    )


def _most(traffic: Traffic, said: Mapping[Traffic, Range], totals: ByTraffic) -> float | None:
    """Return how many people one video can have reached at most; None where nothing tells."""
    if traffic in said:
        return said[traffic][1]
    own = totals.get(traffic, {})
    if traffic is Traffic.PAID:
        impressions = own.get("impressions")
        return own.get("views") if impressions is None else impressions
    if traffic is Traffic.ORGANIC:
        return own.get("views")
    if not _has_ads(said, totals):
        return own.get("views")
    earned = _most(Traffic.ORGANIC, said, totals)
    bought = _most(Traffic.PAID, said, totals)
    earned = own.get("views") if earned is None else earned
    return None if earned is None or bought is None else earned + bought


def _has_ads(said: Mapping[Traffic, Range], totals: ByTraffic) -> bool:
    return Traffic.PAID in said or any(value is not None for value in totals.get(Traffic.PAID, {}).values())


def _loose_views(traffic: Traffic, whole: ByTraffic, by_video: Mapping[str, ByTraffic]) -> float:
    """Return how many more people views that hang on no video can stand for."""

    def loose(kind: Traffic, name: str) -> float:
        tied = sum(totals.get(kind, {}).get(name) or 0.0 for totals in by_video.values())
        return max((whole.get(kind, {}).get(name) or 0.0) - tied, 0.0)

    if traffic is Traffic.ORGANIC:
        return loose(traffic, "views")
    seen = max(loose(Traffic.PAID, "impressions"), loose(Traffic.PAID, "views"))
    if traffic is Traffic.PAID:
        return seen
    return loose(Traffic.TOTAL, "views") + max(seen - loose(Traffic.PAID, "views"), 0.0)
