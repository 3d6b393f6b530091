"""The one step that comes next for a campaign, and the page on which it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.campaigns import Place, Step, campaign_checklist
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.campaigns import Campaign
    from pages.ui.context import Visit

_PAGES = {
    Place.CAMPAIGNS: "plan.py",
    Place.CREATORS: "people.py",
    Place.TRACKING: "links.py",
    Place.UPLOADS: "uploads.py",
    Place.FUNNEL: "funnel.py",
}


def page_of(step: Step) -> str:
    """Return the page on which a step is done."""
    return "videos.py" if step.name == "conflicts" else _PAGES[step.place]


def next_step(now: Visit, campaign: Campaign) -> Step | None:
    """Return the first open step, those before the others without which the funnel says nothing."""
    steps = [step for step in kept(now, campaign_checklist, campaign.campaign_id) if not step.is_done]
    return next((step for step in steps if step.is_needed), next(iter(steps), None))


def link_step(step: Step, campaign: Campaign) -> None:
    """Draw a step as a link to where it is done."""
    way_to(
        page_of(step),
        label=f"Next: {step.label}",
        icon=":material/arrow_forward:",
        query_params={"campaign": campaign.code},
        help=plain(step.detail),
    )


def draw_next_step(now: Visit, *, here: str) -> None:
    """Lead on to what the funnel cannot do without, unless it is done on the page `here`."""
    if now.campaign is None:
        return
    step = next_step(now, now.campaign)
    if step is not None and step.is_needed and page_of(step) != here:
        link_step(step, now.campaign)
