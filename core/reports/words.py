"""The sentences of a report: no amount where money is switched off, no count that was held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.metrics.model import Stage
from core.reports.figures import shown
from core.reports.holding_back import FEWEST, HELD_BACK, may_see

if TYPE_CHECKING:
    from core.funnel.model import StageView
    from core.reports.material import Material
    from core.reports.model import Figure


def figure(material: Material, name: str) -> Figure | None:
    """Return a known figure by name; None where it is not known or not for this reader."""
    found = material.found(name)
    if found is None or not may_see(found.metric, material.audience):
        return None
    made = shown(material, found)
    return made if made.is_known or made.written == HELD_BACK else None


def claim(material: Material) -> str:
    """Return the campaign in a sentence or two: what was counted, and its first goal."""
    primary = next(
        (one for view in material.funnel.stages for one in view.figures if one.is_primary and one.target),
        None,
    )
    said = _counts(material)
    made = figure(material, primary.metric.name) if primary and material.has_begun else None
    return f"{said} {made.label}: {made.status_words}." if made and made.status_words else said


def _counts(material: Material) -> str:
    header = material.funnel.header
    if not material.has_begun:
        return f"The campaign begins on {material.day(header.first_day)}; there is nothing to measure before."
    if header.as_of is None:
        return "No file has been imported yet, so there is nothing to report."
    views = figure(material, "views")
    if views is None:
        return "No video of this campaign has been found in the imported files yet."
    count = len(material.funnel.videos.rows)
    first = f"{count} {'video' if count == 1 else 'videos'} carried {views.written} views"
    return f"{first}{_linked(material)}."


def _linked(material: Material) -> str:
    orders = figure(material, "orders")
    if orders is None:
        return ""
    if orders.written == HELD_BACK:
        return f", and fewer than {FEWEST} orders could be linked to a creator"
    return f", and {_counted(orders, 'order')} could be linked to a creator"


def stage_claim(material: Material, view: StageView) -> str:
    """Return what a stage says in one or two sentences."""
    if material.funnel.header.as_of is None:
        return "Nothing has been imported yet, so there is nothing to say here."
    if view.stage is Stage.CONVERSION:
        return _conversion(material)
    if view.stage is Stage.LOYALTY:
        return _loyalty(material)
    return view.sentence


def _conversion(material: Material) -> str:
    orders, revenue = figure(material, "orders"), figure(material, "revenue")
    clicks = figure(material, "link_clicks")
    clicked = f" Tagged links were clicked {clicks.written} times." if clicks else ""
    if orders is None:
        return f"Orders that can be linked to a creator are not known yet.{clicked}"
    if orders.value == 0:
        return f"No order of these days carried a code or tagged link of this campaign.{clicked}"
    if orders.written == HELD_BACK:
        return f"Fewer than {FEWEST} orders could be linked to a creator.{clicked}"
    worth = f" worth {revenue.written} net" if revenue and revenue.value is not None else ""
    said = f"{_counted(orders, 'order')}{worth} could be linked to a creator"
    return f"{said} by code, affiliate or link.{clicked}"


def _loyalty(material: Material) -> str:
    new, again = figure(material, "new_customers"), figure(material, "repeat_rate")
    if new is None:
        gained = figure(material, "follower_growth_rate")
        if gained is None:
            return "Whether customers were new or came back is not known yet."
        return f"The creators' followers changed by {gained.written}; customers are not known yet."
    if new.written == HELD_BACK:
        return f"Fewer than {FEWEST} customers were new, so nothing more is said about them."
    first = f"{_counted(new, 'linked order')} {'was' if new.value == 1 else 'were'} the customer's first"
    if again is None or again.value is None:
        return f"{first}; whether they came back is not known yet."
    return f"{first}, and {again.written} of those customers have ordered again so far."


def _counted(count: Figure, word: str) -> str:
    return f"{count.written} {word}{'' if count.value == 1 else 's'}"
