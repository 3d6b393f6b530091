"""The sentences of the funnel: words first, and none that claims more than files show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.quotients import campaign_quotient
from core.funnel.figures import coverage_sentence
from core.funnel.model import Header, Step
from core.metrics import consideration, conversion, engagement, loyalty
from core.metrics.model import Metric, Stage
from core.scope import Traffic
from core.units import DASH, Unit, write, write_day, write_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.evidence.campaign import Evidence

LABELS: Mapping[Stage, str] = {stage: stage.value.capitalize() for stage in Stage}
QUESTIONS: Mapping[Stage, str] = {
    Stage.AWARENESS: "How far did the videos carry, and at what cost?",
    Stage.ENGAGEMENT: "Did the opening hold, and did people react?",
    Stage.CONSIDERATION: "Did people stay, keep the video or look the creator up?",
    Stage.CONVERSION: "What was clicked and bought that can be linked to a creator?",
    Stage.LOYALTY: "Were the customers new, and did they come back?",
}
_TRAFFIC = {Traffic.TOTAL: "", Traffic.ORGANIC: " organic", Traffic.PAID: " paid"}

# The step out of each stage: the first rate that can be taken, and what its units are.
STEPS: Mapping[Stage, tuple[tuple[Metric, bool, str], ...]] = {
    Stage.AWARENESS: (
        (
            engagement.ENGAGEMENT_RATE,
            False,
            "A view is a play and an engagement is an act, so this is not a share of people.",
        ),
    ),
    Stage.ENGAGEMENT: (
        (
            consideration.PROFILE_VISIT_RATE,
            False,
            "Engagements and profile visits are different acts, so the step is taken from the views of both.",
        ),
        (
            consideration.SAVE_RATE,
            False,
            "Engagements and saves are different acts, so the step is taken from the views of both.",
        ),
        (
            consideration.COMPLETION_RATE,
            True,
            "Both are views of the same videos, so this is a share of views.",
        ),
    ),
    Stage.CONSIDERATION: (
        (
            conversion.LINK_CLICK_RATE,
            False,
            "Profile visits and clicks are counted by different tools, so the step is taken from views.",
        ),
        (conversion.CTR, True, "Both are counted on the same ads, so this is a share of ad impressions."),
    ),
    Stage.CONVERSION: ((loyalty.REPEAT_RATE, True, "Both count customers, so this is a share of people."),),
}


def step_after(evidence: Evidence, stage: Stage) -> Step | None:
    """Return the step from a stage to the next; None after the last."""
    choices = STEPS.get(stage, ())
    for rate, is_like, note in choices:
        found = campaign_quotient(evidence, rate, evidence.scope.traffic)
        if found.value is not None:
            left = f" {coverage}" if (coverage := coverage_sentence(rate, found)) else ""
            below = rate.denominator.words if rate.denominator else ""
            sentence = (
                f"{_count(found.numerator)} {rate.numerator.words} against "
                f"{_count(found.denominator)} {below}: {write(found.value, Unit.SHARE)}. {note}{left}"
            )
            return Step(
                rate=rate,
                value=found.value,
                numerator=found.numerator,
                denominator=found.denominator,
                is_like_with_like=is_like,
                sentence=sentence,
            )
    if not choices:
        return None
    rate, is_like, _ = choices[0]
    return Step(
        rate=rate,
        value=None,
        numerator=None,
        denominator=None,
        is_like_with_like=is_like,
        sentence=f"The step to the next stage is not known: it takes {rate.formula}.",
    )


def stage_sentence(evidence: Evidence, stage: Stage) -> str:
    """Return what a stage says in one or two plain sentences."""
    if not evidence.sources.batches:
        return "Nothing has been imported yet, so there is nothing to say here."
    return _SPEAKERS[stage](evidence)


def headline(evidence: Evidence, header: Header, *, has_begun: bool) -> str:
    """Return the campaign in one sentence."""
    days = f"{write_day(header.first_day)} to {write_day(header.last_day)}"
    if not has_begun:
        return f"{header.name} begins on {write_day(header.first_day)}; there is nothing to measure before."
    if not evidence.sources.batches:
        return f"{header.name} ({days}) has no imports yet: drop in the exports you have to fill the funnel."
    views = _value(evidence, "views")
    if views is None:
        return f"{header.name} ({days}): no video of this campaign has been found in the imported files yet."
    orders = _value(evidence, "orders")
    sold = "" if orders is None else f", and {_counted(orders, 'order')} could be linked to a creator"
    videos = _counted(float(len(evidence.videos)), "video")
    return f"{header.name} ({days}): {videos} carried {_count(views)} views{sold}."


def _awareness(evidence: Evidence) -> str:
    views = _value(evidence, "views")
    if views is None:
        return "No file states the views of this campaign's videos yet."
    creators = {note.creator_id for note in evidence.videos.values() if note.creator_id}
    by = f" by {_counted(float(len(creators)), 'creator')}" if creators else ""
    kind = _TRAFFIC[evidence.scope.traffic]
    first = f"{_counted(float(len(evidence.videos)), 'video')}{by} carried {_count(views)}{kind} views."
    reach = evidence.reach.get(evidence.scope.traffic)
    if reach is None:
        return f"{first} How many different people that were is not known."
    if reach[0] == reach[1]:
        return f"{first} They reached {_count(reach[0])} people."
    return f"{first} They reached between {_count(reach[0])} and {_count(reach[1])} people."


def _engagement(evidence: Evidence) -> str:
    found = campaign_quotient(evidence, engagement.ENGAGEMENT_RATE, evidence.scope.traffic)
    if found.value is None:
        return "No file states likes, comments and shares together with views yet."
    hook = campaign_quotient(evidence, engagement.HOOK_RATE, evidence.scope.traffic).value
    counted = write(found.value * 1000, Unit.NUMBER)
    first = f"For every 1,000 views, {counted} likes, comments and shares were counted."
    return (
        first
        if hook is None
        else f"{first} {write(hook, Unit.SHARE)} of ad impressions were watched for 2 seconds."
    )


def _consideration(evidence: Evidence) -> str:
    traffic = evidence.scope.traffic
    seconds = campaign_quotient(evidence, consideration.AVERAGE_WATCH_SECONDS, traffic).value
    finished = campaign_quotient(evidence, consideration.COMPLETION_RATE, traffic).value
    saved = campaign_quotient(evidence, consideration.SAVE_RATE, traffic).value
    parts = [
        f"a view lasted {write(seconds, Unit.SECONDS)} on average" if seconds is not None else "",
        f"{write(finished, Unit.SHARE)} of views reached the end" if finished is not None else "",
        f"for every 1,000 views {write(saved * 1000, Unit.NUMBER)} saves were counted"
        if saved is not None
        else "",
    ]
    said = [part for part in parts if part]
    if said:
        text = ", ".join(said[:-1]) + " and " + said[-1] if len(said) > 1 else said[0]
        return f"{text[0].upper()}{text[1:]}, as far as files state it."
    visits = _value(evidence, "profile_views")
    if visits is not None:
        return f"{_counted(visits, 'profile visit')} were counted on the creators' accounts."
    return "Watch time, completion, saves and profile visits are not known yet."


def _conversion(evidence: Evidence) -> str:
    if evidence.scope.traffic is not Traffic.TOTAL:
        clicks = campaign_quotient(evidence, conversion.CLICKS, evidence.scope.traffic).value
        first = "Orders are not split: nobody can say whether an organic or a paid view came before one."
        return first if clicks is None else f"Ads were clicked {_count(clicks)} times. {first}"
    orders, revenue = _value(evidence, "orders"), _value(evidence, "revenue")
    clicks = _value(evidence, "link_clicks")
    clicked = "" if clicks is None else f" Tagged links were clicked {_count(clicks)} times."
    if orders is None and evidence.sources.has_orders:
        return (
            f"No creator here has a code or a tagged link yet, so no order could be linked to one.{clicked}"
        )
    if orders is None:
        return f"No orders file has been imported for these days, so sales are not known.{clicked}"
    if orders == 0:
        return f"Orders were imported, and none carried a code or tagged link of this campaign.{clicked}"
    worth = "" if revenue is None else f" worth {write_money(revenue, evidence.plan.currency)} net"
    linked = "could be linked to a creator by code, affiliate or link."
    return f"{_counted(orders, 'order')}{worth} {linked}{clicked}"


def _loyalty(evidence: Evidence) -> str:
    new, again = _value(evidence, "new_customers"), _value(evidence, "repeat_customers")
    if evidence.scope.traffic is not Traffic.TOTAL:
        return (
            "Customers are not split: nobody can say whether an organic or a paid view came before an order."
        )
    if new is None:
        gained = _value(evidence, "followers_gained")
        if gained is None:
            return "Whether customers were new or came back is not known yet."
        word = "gained" if gained >= 0 else "lost"
        return f"The creators' accounts {word} {_count(abs(gained))} followers; customers are not known yet."
    first = f"{_counted(new, 'credited order')} {'was' if new == 1 else 'were'} the customer's first"
    if again is None:
        return f"{first}; whether they came back is not known yet."
    have = "has" if again == 1 else "have"
    return f"{first}, and {_count(again)} of those customers {have} ordered again so far."


_SPEAKERS = {
    Stage.AWARENESS: _awareness,
    Stage.ENGAGEMENT: _engagement,
    Stage.CONSIDERATION: _consideration,
    Stage.CONVERSION: _conversion,
    Stage.LOYALTY: _loyalty,
}


def _value(evidence: Evidence, measure: str) -> float | None:
    return evidence.totals(evidence.scope.traffic).get(measure)


def _count(value: float | None) -> str:
    """Return a count; shared orders keep their fraction."""
    if value is None:
        return DASH
    return write(value, Unit.COUNT if value == round(value) else Unit.NUMBER)


def _counted(value: float, word: str) -> str:
    return f"{_count(value)} {word}{'' if value == 1 else 's'}"
