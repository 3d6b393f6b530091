"""What is missing or broken: said before anything is judged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.campaigns.requests import export_requests
from core.checkins.model import Alarm
from core.evidence.reading import sums_by
from core.scope import Scope, Traffic
from core.units import day_of, write_day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.plan import Partner
    from core.evidence.reading import ByTraffic, Totals
    from core.store.engine import Store

SOON_DAYS = 14  # an export that is lost within two weeks is pressing
_SILENT_DAYS = 2  # days of growing views without a click
_COUNTED = ("views", "link_clicks", "sessions")
_GRACE_DAYS = 3  # after a first video


def find_alarms(connection: Connection, evidence: Evidence, *, today: date) -> tuple[Alarm, ...]:
    """Return what is missing or broken in the campaign, the most pressing first."""
    if today < evidence.plan.first_day:
        return tuple(_before_start(evidence))
    found = [*_silent_links(connection, evidence)]
    for partner in evidence.plan.partners:
        found += _of_partner(evidence, partner, today)
    found += _videos_missing(evidence, today)
    return tuple(found)


def export_alarms(store: Store, campaign_id: int, *, today: date) -> tuple[Alarm, ...]:
    """Return the exports that TikTok is about to forget, with the message to send."""
    return tuple(
        Alarm(
            code="export-overdue",
            sentence=f"{one.creator}'s figures of some days are lost after {write_day(one.lose_by)}.",
            fix="Send the message and ask for the export.",
            message=one.message,
            page="people.py",
        )
        for one in export_requests(store, campaign_id, today)
        if one.needs and one.lose_by is not None and one.lose_by <= today + timedelta(days=SOON_DAYS)
    )


def _before_start(evidence: Evidence) -> list[Alarm]:
    return [
        _untagged(partner) for partner in evidence.plan.partners if not (partner.has_code or partner.has_link)
    ]


def _untagged(partner: Partner) -> Alarm:
    return Alarm(
        code="tag-missing",
        sentence=f"{partner.name} has neither a code nor a tagged link, so no order can be linked to them.",
        fix="Make a link or a code before the next video.",
        page="links.py",
    )


def _of_partner(evidence: Evidence, partner: Partner, today: date) -> list[Alarm]:
    totals = evidence.by_creator.get(partner.creator_id, {}).get(Traffic.TOTAL, {})
    has_views = bool(totals.get("views"))
    is_settling = _first_day(evidence, partner.creator_id, today) > today - timedelta(days=_GRACE_DAYS)
    found = []
    if not (partner.has_code or partner.has_link):
        found.append(_untagged(partner))
    if (
        partner.has_code
        and evidence.sources.has_orders
        and has_views
        and not is_settling
        and totals.get("code_orders") == 0
    ):
        found.append(
            Alarm(
                code="code-unused",
                sentence=f"The code of {partner.name} was never used, though the videos are being watched.",
                fix="See whether the code is on the videos and works in the shop.",
                page="links.py",
            )
        )
    is_counted = _clicks(evidence.totals(Traffic.TOTAL)) is not None
    if partner.has_link and is_counted and has_views and not is_settling and not _clicks(totals):
        found.append(
            Alarm(
                code="link-unclicked",
                sentence=f"Files count clicks of this campaign, and none is of the link of {partner.name}.",
                fix="Open the link yourself, and see whether it is in the profile or video.",
                page="links.py",
            )
        )
    return found


def _first_day(evidence: Evidence, creator_id: int, today: date) -> date:
    days = [
        video.posted_day
        for video in evidence.videos.values()
        if video.creator_id == creator_id and video.posted_day is not None
    ]
    return day_of(min(days)) if days else today


def _videos_missing(evidence: Evidence, today: date) -> list[Alarm]:
    """Return creators of whom no video has been seen, or fewer than the days gone would have brought."""
    plan = evidence.plan
    if today < plan.first_day + timedelta(days=_GRACE_DAYS):
        return []
    gone = min(1.0, ((today - plan.first_day).days + 1) / ((plan.last_day - plan.first_day).days + 1))
    found = []
    for partner in plan.partners:
        seen = sum(video.creator_id == partner.creator_id for video in evidence.videos.values())
        sentence = _behind(partner.name, seen, partner.deliverables, gone)
        if sentence:
            fix = "Ask for the links of the videos, or say by which rule their videos belong to the campaign."
            found.append(Alarm(code="video-missing", sentence=sentence, fix=fix, page="videos.py"))
    return found


def _behind(name: str, seen: int, agreed: int | None, gone: float) -> str:
    if seen == 0:
        return f"No video of {name} has been seen yet."
    if agreed is None or seen >= int(agreed * gone):
        return ""
    were = "was" if seen == 1 else "were"
    so_far = "" if gone >= 1 else f" with {gone:.0%} of the days gone"
    return f"{name} agreed to {agreed} videos; {seen} {were} seen{so_far}."


def _silent_links(connection: Connection, evidence: Evidence) -> list[Alarm]:
    """Return creators whose views grow while clicks, counted before, have stopped for two days."""
    number = evidence.plan.campaign_id
    covered = _days_with_clicks(sums_by(connection, Scope(campaign_id=number), "day", _COUNTED))
    found = []
    for partner in evidence.plan.partners:
        scope = Scope(campaign_id=number, creator_ids=(partner.creator_id,))
        if partner.has_link and has_gone_silent(sums_by(connection, scope, "day", _COUNTED), covered):
            found.append(
                Alarm(
                    code="clicks-stopped",
                    sentence=f"Views of {partner.name} grow, but their link has had no click for two days.",
                    fix="Open the link yourself before anything else: it may be broken.",
                    page="links.py",
                )
            )
    return found


def has_gone_silent(days: dict[int, ByTraffic], covered: frozenset[int]) -> bool:
    """Return whether views grew on the two newest days and clicks, counted before, were none.

    Args:
        days: the creator's totals by day number.
        covered: days on which any creator's clicks are known. Link tools list no link without a
            click, so a link that is missing on such a day had none; on other days nothing is known.
    """
    totals = {day: one.get(Traffic.TOTAL, {}) for day, one in days.items()}
    watched = [day for day, one in totals.items() if (one.get("views") or 0) > 0]
    if not watched:
        return False
    last = range(max(watched) - _SILENT_DAYS + 1, max(watched) + 1)
    if not all(day in watched for day in last):
        return False
    had_clicks = any((_clicks(one) or 0) > 0 for day, one in totals.items() if day < last[0])
    return had_clicks and all(_is_silent(totals[day], is_covered=day in covered) for day in last)


def _is_silent(totals: Totals, *, is_covered: bool) -> bool:
    clicks = _clicks(totals)
    return is_covered if clicks is None else clicks == 0


def _days_with_clicks(days: dict[int, ByTraffic]) -> frozenset[int]:
    return frozenset(day for day, one in days.items() if _clicks(one.get(Traffic.TOTAL, {})) is not None)


def _clicks(totals: Totals) -> float | None:
    return totals.get("link_clicks") if totals.get("link_clicks") is not None else totals.get("sessions")
