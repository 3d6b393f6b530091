"""The kinds of report, and how one is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import refusal
from core.reports import sections
from core.reports.checking_in import today as today_part
from core.reports.cleaning import cleaned
from core.reports.finding_out import learned, patterns, tests
from core.reports.logo import checked_logo
from core.reports.material import Asked, gather
from core.reports.model import Kind, Report, Section
from core.reports.paying import pay
from core.reports.renewing import renew
from core.reports.words import claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from core.reports.material import Material
    from core.reports.model import Audience
    from core.store.engine import Store

    Made = Section | tuple[Section, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfReport:
    """One kind: what it is called and which parts it has, in order.

    Attributes:
        title: as it is called on screen.
        words: who it is for and what it holds, in one sentence.
        parts: what it is put together from; one line adds a part.
        needs_creator: it is about one creator alone.
        has_files: it lists the files behind its figures.
    """

    kind: Kind
    title: str
    words: str
    parts: tuple[Callable[[Material], Made], ...]
    needs_creator: bool = False
    has_files: bool = False


KINDS: tuple[KindOfReport, ...] = (
    KindOfReport(
        kind=Kind.LEADERSHIP,
        title="Leadership page",
        words="One page: goal against actual, funnel, what worked, what it brought, what to keep in mind.",
        parts=(
            sections.goals,
            sections.funnel,
            sections.worked,
            renew,
            sections.cost,
            sections.caveats_in_short,
            sections.next_step,
        ),
    ),
    KindOfReport(
        kind=Kind.FULL,
        title="Full report",
        words="Every stage with its figures, by creator, video and week, what was found out, and the method.",
        parts=(
            sections.goals,
            sections.funnel_with_steps,
            sections.stages,
            sections.creators,
            renew,
            sections.videos,
            sections.weeks,
            tests,
            learned,
            patterns,
            sections.decided,
            sections.caveats,
            sections.method,
        ),
        has_files=True,
    ),
    KindOfReport(
        kind=Kind.CREATOR,
        title="Creator's sheet",
        words="One creator's own results, and nobody else's; with money also what the creator is owed.",
        parts=(sections.funnel, pay, sections.stages, sections.videos, sections.weeks),
        needs_creator=True,
    ),
    KindOfReport(
        kind=Kind.CHECKIN,
        title="Check-in digest",
        words="Where a running campaign stands today, in words to forward.",
        parts=(
            today_part,
            sections.goals,
            sections.worked,
            sections.decided,
            sections.caveats,
            sections.next_step,
        ),
    ),
)
BY_KIND = {one.kind: one for one in KINDS}


def build_report(
    store: Store,
    kind: Kind,
    campaign_id: int,
    *,
    audience: Audience,
    creator_id: int | None = None,
    today: date,
    now: int,
    locale: str = "en_US",
    logo: bytes = b"",
) -> Report:
    """Return a report of a campaign as it stands.

    Args:
        store: an open store, as the person who asks uses it.
        kind: which report.
        campaign_id: the campaign.
        audience: who reads it; decides on money, notes and small counts.
        creator_id: whose sheet; needed for a creator's sheet, not used otherwise.
        today: the day in the reader's sense.
        now: Unix seconds.
        locale: how numbers and days are written.
        logo: picture of the brand, as `checked_logo` returns it.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`, `no-collaboration`, and what `checked_logo` finds.
    """
    require(store.principal, Action.READ, campaign_id)
    chosen = BY_KIND[kind]
    whose = creator_id if chosen.needs_creator else None
    if chosen.needs_creator and whose is None:
        raise refusal("no-collaboration", "A creator's sheet needs a creator.", "Choose one of the campaign.")
    material = gather(
        store,
        Asked(
            campaign_id=campaign_id,
            audience=audience,
            creator_id=whose,
            has_files=chosen.has_files,
            has_cards=renew in chosen.parts,
            has_check_in=today_part in chosen.parts,
            has_findings=patterns in chosen.parts,
            today=today,
            now=now,
            locale=locale,
        ),
    )
    if chosen.needs_creator and not material.creator:
        raise refusal(
            "no-collaboration",
            "This creator has no collaboration in this campaign.",
            "Add the creator to the campaign, or choose another one.",
        )
    header = material.funnel.header
    as_of = header.as_of
    report = Report(
        kind=kind,
        title=f"{material.creator}: {header.name}" if material.creator else header.name,
        brand=header.brand,
        campaign=header.name,
        period=f"{material.day(header.first_day)} to {material.day(header.last_day)}",
        claim=claim(material),
        as_of=as_of,
        as_of_words="no files imported yet" if as_of is None else f"figures as of {material.day_at(as_of)}",
        made_at=now,
        made_words=material.day_at(now),
        currency=header.currency if audience.show_money else "",
        audience=audience,
        sections=tuple(_put_together(material, chosen)),
        is_sample=header.is_sample,
        logo=checked_logo(logo),
    )
    return cleaned(report)


def _put_together(material: Material, chosen: KindOfReport) -> Iterable[Section]:
    for part in chosen.parts:
        made = part(material)
        if isinstance(made, Section):
            yield made
        elif made is not None:
            yield from made
