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
    from core.store.engine import Store

SOON_DAYS = 14  # an export that is lost within two weeks is pressing
_SILENT_DAYS = 2  # days of growing views without a click
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
    clicks = totals.get("link_clicks") if totals.get("link_clicks") is not None else totals.get("sessions")
    others = evidence.totals(Traffic.TOTAL)
    is_counted = others.get("link_clicks") is not None or others.get("sessions") is not None
    if partner.has_link and is_counted and has_views and not is_settling and not clicks:
        found.append(
            Alarm(
                code="link-unclicked",
                sentence=f"The link of {partner.name} was never clicked, though the videos are watched.",
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
    """Return creators of whom no video has been seen, or fewer than agreed at the end."""
    is_over = today > evidence.plan.last_day
    if not is_over and today < evidence.plan.first_day + timedelta(days=_GRACE_DAYS):
        return []
    found = []
    for partner in evidence.plan.partners:
        seen = sum(video.creator_id == partner.creator_id for video in evidence.videos.values())
        agreed = partner.deliverables
        if seen == 0:
            sentence = f"No video of {partner.name} has been seen yet."
        elif is_over and agreed is not None and seen < agreed:
            sentence = (
                f"{partner.name} agreed to {agreed} videos; {seen} {'was' if seen == 1 else 'were'} seen."
            )
        else:
            continue
        fix = "Ask for the links of the videos, or say by which rule their videos belong to the campaign."
        found.append(Alarm(code="video-missing", sentence=sentence, fix=fix, page="videos.py"))
    return found


def _silent_links(connection: Connection, evidence: Evidence) -> list[Alarm]:
    """Return creators whose views grow while clicks, counted before, have stopped for two days."""
    found = []
    for partner in evidence.plan.partners:
        scope = Scope(campaign_id=evidence.plan.campaign_id, creator_ids=(partner.creator_id,))
        days = sums_by(connection, scope, "day", ("views", "link_clicks", "sessions"))
        if partner.has_link and _has_gone_silent(days):
            found.append(
                Alarm(
                    code="clicks-stopped",
                    sentence=f"Views of {partner.name} grow, but their link has had no click for two days.",
                    fix="Open the link yourself before anything else: it may be broken.",
                    page="links.py",
                )
            )
    return found


def _has_gone_silent(days: dict[int, dict[Traffic, dict[str, float | None]]]) -> bool:
    totals = {day: one.get(Traffic.TOTAL, {}) for day, one in days.items()}
    clicked = {day: _clicks(one) for day, one in totals.items()}
    counted = [day for day, clicks in clicked.items() if clicks is not None]
    if not counted or not any((clicked[day] or 0) > 0 for day in counted):
        return False
    newest = (
        max(day for day, one in totals.items() if one.get("views"))
        if any(one.get("views") for one in totals.values())
        else None
    )
    if newest is None:
        return False
    last = range(newest - _SILENT_DAYS + 1, newest + 1)
    grows = all((totals.get(day, {}).get("views") or 0) > 0 for day in last)
    return grows and max(counted) >= newest - _SILENT_DAYS and not any(clicked.get(day) for day in last)


def _clicks(totals: dict[str, float | None]) -> float | None:
    return totals.get("link_clicks") if totals.get("link_clicks") is not None else totals.get("sessions")
