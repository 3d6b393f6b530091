"""Everything the funnel of one campaign stands on, read in one snapshot."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.evidence.reach import read_reach
from core.evidence.reading import (
    SUMMED,
    added,
    followers_by_creator,
    known_sum,
    sums_by,
    sums_by_video,
    videos_of,
)
from core.evidence.sources import read_sources
from core.metrics.registry import METRICS, PAID_ONLY, has_unique_count
from core.scope import Traffic
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from core.evidence.plan import Partner, Plan
    from core.evidence.quotients import Quotient
    from core.evidence.reach import Reach
    from core.evidence.reading import ByTraffic, Handles, Totals, VideoNote
    from core.evidence.sources import Sources
    from core.metrics.model import Metric
    from core.scope import Scope

_LOOK_BACK = 31  # days: an older follower count says little about the day of a video
_ALWAYS = frozenset({"views", "cost", "commission", "orders"})  # what spend and "no orders" are told by
_LEDGER_COUNTS = ("orders", "revenue", "refunds", "code_orders")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Totals of a campaign, by creator and by video, for each traffic.

    Attributes:
        plan: what was written down.
        scope: what was asked.
        sources: the imports it stands on.
        whole: totals of everything in the scope.
        by_creator: totals by creator id; 0 is tied to no creator.
        by_video: totals by video id.
        videos: what is known of the videos.
        reach: lowest and highest possible reach, None where no reach is stated.
        followers: newest known followers by creator id.
        fee_gap: names of creators whose fee is in a currency other than the campaign's.
        quotients: metrics worked out so far, by name and traffic: a page asks for each several times.
    """

    plan: Plan
    scope: Scope
    sources: Sources
    whole: ByTraffic
    by_creator: Mapping[int, ByTraffic]
    by_video: Mapping[str, ByTraffic]
    videos: Mapping[str, VideoNote]
    reach: Mapping[Traffic, Reach | None]
    followers: Mapping[int, float]
    fee_gap: tuple[str, ...]
    quotients: dict[tuple[str, Traffic], Quotient] = field(default_factory=dict, compare=False, repr=False)

    def totals(self, traffic: Traffic) -> Totals:
        """Return the totals of one traffic; empty where nothing is known."""
        return self.whole.get(traffic, {})


def read_evidence(
    connection: Connection, plan: Plan, scope: Scope, metrics: Iterable[Metric] = METRICS
) -> Evidence:
    """Return what is known of a campaign within a scope.

    Args:
        connection: a reading connection; everything is read in its snapshot.
        plan: the campaign as written down.
        scope: what to count of it.
        metrics: which metrics will be asked for.
    """
    names = needed_sums(metrics)
    sources = read_sources(connection, plan)
    by_creator = sums_by(connection, scope, "creator_id", names)
    by_video = sums_by_video(connection, scope, names)
    videos = videos_of(connection, scope)
    followers = followers_by_creator(connection, scope.campaign_id, *_follower_days(plan, scope))
    _add_creators_without_counts(by_creator, plan, scope, videos)
    for video_id, note in videos.items():
        totals = by_video.setdefault(video_id, {})
        _take_paid_counts(totals)
        totals.setdefault(Traffic.TOTAL, {})["followers_at_posting"] = _followers_when_posted(note, followers)
    owned: dict[int, list[VideoNote]] = {}
    for video in videos.values():
        owned.setdefault(video.creator_id or 0, []).append(video)
    partners = {one.creator_id: one for one in plan.partners}
    for creator_id, totals in by_creator.items():
        own = owned.get(creator_id, [])
        _complete(totals, partners.get(creator_id), plan, scope, sources)
        totals[Traffic.TOTAL] |= _of_people(own, by_video, followers.get(creator_id, {}), plan, scope)
    whole = _whole(by_creator)
    return Evidence(
        plan=plan,
        scope=scope,
        sources=sources,
        whole=whole,
        by_creator=by_creator,
        by_video=by_video,
        videos=videos,
        reach=read_reach(connection, scope, videos, by_video, whole),
        followers=_newest(followers),
        fee_gap=tuple(
            one.name
            for one in plan.partners
            if one.creator_id in by_creator and one.fee is not None and one.currency != plan.currency
        ),
    )


def read_creator_totals(
    connection: Connection, plan: Plan, scope: Scope, metrics: Iterable[Metric]
) -> tuple[Sources, dict[int, ByTraffic]]:
    """Return the imports a campaign stands on and each creator's totals, without reading its videos.

    For pages that show many creators and no rate that must be matched video by video.
    """
    sources = read_sources(connection, plan)
    by_creator = sums_by(connection, scope, "creator_id", needed_sums(metrics))
    _add_creators_without_counts(by_creator, plan, scope, {})
    partners = {one.creator_id: one for one in plan.partners}
    for creator_id, totals in by_creator.items():
        _complete(totals, partners.get(creator_id), plan, scope, sources)
    return sources, by_creator


def _complete(totals: ByTraffic, partner: Partner | None, plan: Plan, scope: Scope, sources: Sources) -> None:
    """Add to a creator's totals what follows from them and from what was agreed."""
    _take_paid_counts(totals)
    totals[Traffic.TOTAL] |= _no_orders(totals[Traffic.TOTAL], partner, sources)
    totals[Traffic.TOTAL] |= _worked_out(totals, partner, plan, scope)


def _newest(followers: Mapping[int, Handles]) -> dict[int, float]:
    """Return the newest count of each creator's largest account."""
    return {
        creator_id: max(days[-1][1] for days in handles.values() if days)
        for creator_id, handles in followers.items()
        if any(handles.values())
    }


def needed_sums(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """Return the sums that metrics need, those that spend is made of included."""
    wanted = tuple(metrics)
    names = {measure.name for metric in wanted for measure in metric.measures} | _ALWAYS
    if any(has_unique_count(metric) for metric in wanted):
        names.add("impressions")  # where no reach is stated, ads can have reached one person each
    return tuple(name for name in SUMMED if name in names)


def _follower_days(plan: Plan, scope: Scope) -> tuple[int, int]:
    first = day_number(scope.first_day or plan.first_day) - _LOOK_BACK
    return first, day_number(scope.last_day or plan.last_day)


def _add_creators_without_counts(
    by_creator: dict[int, ByTraffic], plan: Plan, scope: Scope, videos: Mapping[str, VideoNote]
) -> None:
    for partner in plan.partners:
        if not scope.creator_ids or partner.creator_id in scope.creator_ids:
            by_creator.setdefault(partner.creator_id, {})
    for video in videos.values():
        by_creator.setdefault(video.creator_id or 0, {})


def _take_paid_counts(totals: ByTraffic) -> None:
    """Give the totals what only ads count, and the organic views beside the total ones."""
    both = totals.setdefault(Traffic.TOTAL, {})
    paid = totals.get(Traffic.PAID, {})
    for name in PAID_ONLY:
        if both.get(name) is None and paid.get(name) is not None:
            both[name] = paid[name]
    both["organic_views"] = totals.get(Traffic.ORGANIC, {}).get("views")


def _worked_out(totals: ByTraffic, partner: Partner | None, plan: Plan, scope: Scope) -> Totals:
    """Return fees and spend: known only for whole creators over the whole campaign."""
    if scope.video_ids or scope.first_day or scope.last_day:
        return {}
    is_payable = partner is not None and partner.currency == plan.currency
    fee = float(partner.fee) if is_payable and partner and partner.fee is not None else None
    both = totals[Traffic.TOTAL]
    return {"fees": fee, "spend": known_sum((fee, both.get("cost"), both.get("commission")))}


def _no_orders(totals: Totals, partner: Partner | None, sources: Sources) -> Totals:
    """Return zeros for a creator whose orders would have shown in the imported files, and did not.

    Without code and link no order could have been linked, so that nothing is known.
    """
    could_be_linked = partner is not None and (partner.has_code or partner.has_link)
    if not sources.has_orders or not could_be_linked or totals.get("orders") is not None:
        return {}
    return dict.fromkeys(_LEDGER_COUNTS, 0.0)


def _of_people(
    own: list[VideoNote],
    by_video: Mapping[str, ByTraffic],
    handles: Handles,
    plan: Plan,
    scope: Scope,
) -> Totals:
    """Return what is worked out from videos and followers of one creator."""
    gained, start = _followers_gained(handles, day_number(scope.first_day or plan.first_day))
    posting = [by_video[video.video_id][Traffic.TOTAL].get("followers_at_posting") for video in own]
    return {
        "videos": float(len(own)) or None,
        "followers_at_posting": known_sum(posting),
        "followers_gained": gained,
        "followers_at_start": start,
    }


def _followers_gained(handles: Handles, first: int) -> tuple[float | None, float | None]:
    """Return followers gained and followers at the start, over accounts with two known days.

    A typed count is used only where no export gives the account's own.
    """
    exported = [days for handle, days in handles.items() if handle]
    pairs = []
    for days in exported or [handles.get("", [])]:
        within = [(day, count) for day, count in days if day >= first]
        if len(within) >= 2 and within[0][0] < within[-1][0]:
            pairs.append((within[-1][1] - within[0][1], within[0][1]))
    return known_sum(gain for gain, _ in pairs), known_sum(start for _, start in pairs)


def _followers_when_posted(note: VideoNote, followers: Mapping[int, Handles]) -> float | None:
    """Return the newest count known on the day of the video, at most a month old."""
    if note.posted_day is None or note.creator_id is None:
        return None
    handles = followers.get(note.creator_id, {})
    for days in (handles.get(note.handle, []), handles.get("", [])):
        at = bisect_right(days, (note.posted_day, float("inf"))) - 1
        if at >= 0 and note.posted_day - days[at][0] <= _LOOK_BACK:
            return days[at][1]
    return None


def _whole(by_creator: Mapping[int, ByTraffic]) -> ByTraffic:
    return {
        traffic: added(totals[traffic] for totals in by_creator.values() if traffic in totals)
        for traffic in Traffic
    }
