"""What to ask each creator for, and until when TikTok still has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from core.access import Action, require
from core.campaigns.collaborations import Collaboration, list_collaborations
from core.campaigns.plans import campaign_of
from core.store.written import table
from core.units import day_number, day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.campaigns.model import Campaign
    from core.store.engine import Store

DAYS_KEPT = 60  # TikTok gives account figures back for at most 60 days (help.sharpspring.com 115002890712)
_FRESH_DAYS = 7  # while a campaign runs, figures older than a week are worth asking for again
_LAST_LOOK_DAYS = 28  # views of a video still grow for about four weeks after the campaign


class Export(StrEnum):
    """The downloads of TikTok Studio, as its menu calls them."""

    OVERVIEW = "Overview"
    VIEWERS = "Viewers"
    FOLLOWERS = "Followers"
    CONTENT = "Content"


_EVIDENCE = {Export.OVERVIEW: "profile_views", Export.VIEWERS: "viewers", Export.FOLLOWERS: "followers"}
"""The measure that only this export brings, by export with a row for each day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportNeed:
    """One export of one creator that is missing or old.

    Attributes:
        known_until: newest day we have; None where we have none.
        missing_days: days of the campaign without figures; None for Content, which has no days.
        lost_days: those of them that TikTok no longer gives back.
        lose_by: last day to export before the next day is lost; None where nothing can be lost.
    """

    export: Export
    known_until: date | None
    missing_days: int | None
    lost_days: int
    lose_by: date | None

    @property
    def is_missing(self) -> bool:
        """Return whether we have nothing of it at all."""
        return self.known_until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What to ask a creator for.

    Attributes:
        needs: empty where we have everything.
        lose_by: the earliest day by which something is lost; None where nothing can be.
        message: text to send, ready to copy; '' where nothing is needed.
    """

    creator_id: int
    creator: str
    handle: str
    needs: tuple[ExportNeed, ...]
    lose_by: date | None
    message: str


def export_requests(
    store: Store, campaign_id: int, today: date, *, creator_id: int | None = None
) -> tuple[ExportRequest, ...]:
    """Return what to ask each creator of a campaign for, the most pressing first.

    Args:
        store: where to read.
        campaign_id: the campaign.
        today: in the campaign's zone; before its first day nothing is asked for.
        creator_id: only this creator; None asks all.
    """
    require(store.principal, Action.READ, campaign_id)
    collaborations = list_collaborations(store, campaign_id)
    with store.reading() as connection:
        plan = campaign_of(connection, campaign_id)
        if today <= plan.first_day:
            return ()
        newest = _newest_content(connection, campaign_id)
        requests = [
            _request(connection, plan, item, newest.get(item.creator_id), today)
            for item in collaborations
            if creator_id in {None, item.creator_id}
        ]
    return tuple(
        sorted(requests, key=lambda item: (not item.needs, item.lose_by or date.max, item.creator.casefold()))
    )


def _request(
    connection: Connection, plan: Campaign, item: Collaboration, newest: int | None, today: date
) -> ExportRequest:
    handles = table("creator_handle")
    query = select(handles.c.handle).where(handles.c.creator_id == item.creator_id)
    own = list(connection.execute(query).scalars())
    needs = [need for export in _EVIDENCE if (need := _daily_need(connection, plan, own, export, today))]
    content = _content_need(plan, newest, today)
    needs += [content] if content else []
    lose_by = min((need.lose_by for need in needs if need.lose_by), default=None)
    return ExportRequest(
        creator_id=item.creator_id,
        creator=item.creator,
        handle=item.handle,
        needs=tuple(needs),
        lose_by=lose_by,
        message=_message(plan, item, needs, today) if needs else "",
    )


def _daily_need(
    connection: Connection, plan: Campaign, handles: Sequence[str], export: Export, today: date
) -> ExportNeed | None:
    """Return what is missing of an export with a row for each day; None where it is complete or fresh."""
    days = table("account_day")
    known = days.c.handle.in_(handles) & days.c[_EVIDENCE[export]].is_not(None)
    first, end = day_number(plan.first_day), min(day_number(plan.last_day), day_number(today) - 1)
    have = set(connection.execute(select(days.c.day).where(known, days.c.day.between(first, end))).scalars())
    newest = connection.execute(select(func.max(days.c.day)).where(known)).scalar()
    missing = [day for day in range(first, end + 1) if day not in have]
    is_running = day_number(today) <= day_number(plan.last_day) + _FRESH_DAYS
    tail = [day for day in missing if newest is None or day > newest]
    only_fresh_tail = newest is not None and missing == tail and len(tail) <= _FRESH_DAYS
    if not missing or (is_running and only_fresh_tail):
        return None
    oldest_given = day_number(today) - DAYS_KEPT
    left = [day for day in missing if day >= oldest_given]
    return ExportNeed(
        export=export,
        known_until=None if newest is None else day_of(newest),
        missing_days=len(missing),
        lost_days=len(missing) - len(left),
        lose_by=day_of(left[0] + DAYS_KEPT) if left else None,
    )


def _newest_content(connection: Connection, campaign_id: int) -> dict[int, int]:
    """Return by creator the last day of which figures of a video in the campaign are known."""
    stats, videos = table("stat"), table("video")
    # Looked up video by video: joined, the database would go through the counts of all videos.
    last_day = (
        select(func.max(stats.c.last_day))
        .where(stats.c.subject_kind == "video", stats.c.subject == videos.c.video_id)
        .scalar_subquery()
    )
    query = select(videos.c.creator_id, last_day).where(
        videos.c.campaign_id == campaign_id, videos.c.creator_id.is_not(None)
    )
    newest: dict[int, int] = {}
    for creator_id, day in connection.execute(query):
        if day is not None:
            newest[creator_id] = max(day, newest.get(creator_id, day))
    return newest


def _content_need(plan: Campaign, newest: int | None, today: date) -> ExportNeed | None:
    """Return whether a creator's video figures are missing or old; None where they are fresh."""
    wanted = min(day_number(today), day_number(plan.last_day) + _LAST_LOOK_DAYS) - _FRESH_DAYS
    if newest is not None and newest >= wanted:
        return None
    known = None if newest is None else day_of(newest)
    return ExportNeed(export=Export.CONTENT, known_until=known, missing_days=None, lost_days=0, lose_by=None)


def _message(plan: Campaign, item: Collaboration, needs: Sequence[ExportNeed], today: date) -> str:
    """Return a text to the creator, ready to copy."""
    ask = [need for need in needs if need.export is Export.CONTENT or need.lose_by is not None]
    if not ask:
        return ""
    first = max(plan.first_day, today - timedelta(days=DAYS_KEPT))
    last = min(plan.last_day, today - timedelta(days=1))
    names = ", ".join(need.export.value for need in ask)
    dates = [need.lose_by for need in ask if need.lose_by]
    period = f"{write_day(first)} to {write_day(last)}"
    lines = [
        f"Hi {'@' + item.handle if item.handle else item.creator},",
        "",
        f"for {plan.name} we would like to measure your videos properly. Could you send us these downloads?",
        "",
        "1. On a computer, open tiktok.com/tiktokstudio and choose Analytics.",
        f"2. Set the period to {period}." if last >= first else "2. Set the period to the last 60 days.",
        f"3. Use Download data (CSV) on these tabs: {names}.",
        "4. Send us the files as they are, without opening and saving them.",
    ]
    if dates:
        lines += [
            "",
            f"Please do so by {write_day(min(dates))}: TikTok keeps these figures for {DAYS_KEPT} days only.",
        ]
    return "\n".join([*lines, "", "Thank you!"])
