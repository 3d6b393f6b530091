"""What a shared link shows: the same report object that the team reads, without what stays inside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.access import Action, require
from core.campaigns import get_campaign
from core.entry.forms import entry_error
from core.reports import KINDS, Audience, Kind, Report, build_report, from_json, to_json
from core.sharing.logos import get_logo
from core.units import local_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.sharing.model import LinkForm
    from core.sharing.opening import OpenLink
    from core.store.engine import Store


def link_report(
    store: Store,
    campaign_id: int,
    *,
    kind: str,
    creator_id: int | None = None,
    with_money: bool = False,
    with_logo: bool = True,
    sections: Collection[str] = (),
    now: int,
) -> Report:
    """Return the report as people outside the team may see it.

    Args:
        store: where to read; the asker must be allowed to read the campaign.
        campaign_id: the campaign.
        kind: kind of report.
        creator_id: whose own figures, for the creator's sheet.
        with_money: whether amounts are shown.
        with_logo: whether the brand's logo stands on top.
        sections: names of the sections to keep; empty keeps all.
        now: Unix seconds.

    Raises:
        PlumblineError: `not-allowed`, `not-found`, and those of the report.
    """
    zone = get_campaign(store, campaign_id).zone
    report = build_report(
        store,
        Kind(kind),
        campaign_id,
        audience=Audience(show_money=with_money, internal=False),
        creator_id=creator_id,
        today=local_day(now, zone),
        now=now,
    )
    kept = tuple(section for section in report.sections if not sections or section.key in sections)
    return replace(report, sections=kept, logo=get_logo(store, campaign_id) if with_logo else b"")


def frozen_report(store: Store, campaign_id: int, form: LinkForm, *, now: int) -> str:
    """Return the report of a link about to be made, as the text that is kept."""
    require(store.principal, Action.SHARE, campaign_id)
    report = link_report(
        store,
        campaign_id,
        kind=form.kind,
        creator_id=form.creator_id,
        with_money=form.with_money,
        with_logo=form.with_logo,
        sections=form.sections,
        now=now,
    )
    return to_json(report)


def report_of(opened: OpenLink, *, now: int) -> Report:
    """Return what an open link shows: the kept report, or for a live link the present one.

    Raises:
        PlumblineError: `report-unreadable`, and those of the report.
    """
    if opened.frozen:
        return from_json(opened.frozen)
    link = opened.link
    return link_report(
        opened.store,
        link.campaign_id,
        kind=link.kind,
        creator_id=link.creator_id,
        with_money=link.with_money,
        with_logo=link.with_logo,
        sections=link.sections,
        now=now,
    )


def require_known(form: LinkForm) -> None:
    """Do nothing if the kind of report is one there is, with a creator exactly where it needs one.

    Raises:
        EntryError: `not-a-choice`, `creator-missing`, `no-creator-here`.
    """
    chosen = next((one for one in KINDS if one.kind.value == form.kind), None)
    if chosen is None:
        raise entry_error(
            "kind", "not-a-choice", f'"{form.kind}" is not a report there is.', "Choose one from the list."
        )
    if chosen.needs_creator and form.creator_id is None:
        raise entry_error(
            "creator_id",
            "creator-missing",
            "This report shows one creator.",
            "Choose whose results it shows.",
        )
    if not chosen.needs_creator and form.creator_id is not None:
        raise entry_error(
            "creator_id",
            "no-creator-here",
            f'"{chosen.title}" shows every creator of the campaign.',
            "Choose the creator's sheet to show one creator only.",
        )
