"""The sentences of the funnel: words first, and none that claims more than files show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.quotients import campaign_quotient
from core.metrics import consideration, conversion, engagement
from core.metrics.model import Stage
from core.scope import Traffic
from core.units import Unit, write, write_count, write_day, write_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.evidence.campaign import Evidence
    from core.evidence.reach import Reach
    from core.funnel.model import Header

LABELS: Mapping[Stage, str] = {stage: stage.value.capitalize() for stage in Stage}
QUESTIONS: Mapping[Stage, str] = {
    Stage.AWARENESS: "How far did the videos carry, and at what cost?",
    Stage.ENGAGEMENT: "Did the opening hold, and did people react?",
    Stage.CONSIDERATION: "Did people stay, keep the video or look the creator up?",
    Stage.CONVERSION: "What was clicked and bought that can be linked to a creator?",
    Stage.LOYALTY: "Were the customers new, and did they come back?",
}
_TRAFFIC = {Traffic.TOTAL: "", Traffic.ORGANIC: " organic", Traffic.PAID: " paid"}


def stage_sentence(evidence: Evidence, stage: Stage) -> str:
    """Return what a stage says in one or two plain sentences."""
    if not evidence.sources.batches:
        return "Nothing has been imported yet, so there is nothing to say here."
    return _SPEAKERS[stage](evidence)


def headline(evidence: Evidence, header: Header, *, has_begun: bool) -> str:
    """Return the campaign in one sentence, with its name and days."""
    days = f"{write_day(header.first_day)} to {write_day(header.last_day)}"
    said = claim(evidence, header, has_begun=has_begun)
    if not has_begun:
        return f"{header.name} {said[len('It ') :]}"
    return f"{header.name} ({days}): {said[0].lower()}{said[1:]}"


def claim(evidence: Evidence, header: Header, *, has_begun: bool) -> str:
    """Return the campaign in one sentence, for where its name and days stand already."""
    if not has_begun:
        return f"It begins on {write_day(header.first_day)}; there is nothing to measure before."
    if not evidence.sources.batches:
        return "Nothing has been imported yet: drop in the exports you have to fill the funnel."
    views = _value(evidence, "views")
    if views is None:
        if evidence.scope.is_part:
            return "Nothing was counted for this part of the campaign: lift a filter to see more."
        return "No video of this campaign has been found in the imported files yet."
    orders = _value(evidence, "orders")
    sold = "" if orders is None else f", and {_counted(orders, 'order')} could be linked to a creator"
    videos = _counted(float(len(evidence.videos)), "video")
    return f"{videos} carried {write_count(views)}{_TRAFFIC[evidence.scope.traffic]} views{sold}."


def _awareness(evidence: Evidence) -> str:
    views = _value(evidence, "views")
    if views is None:
        whose = "this part of the campaign" if evidence.scope.is_part else "this campaign's videos"
        return f"No file states the views of {whose} yet."
    creators = {note.creator_id for note in evidence.videos.values() if note.creator_id}
    by = f" by {_counted(float(len(creators)), 'creator')}" if creators else ""
    kind = _TRAFFIC[evidence.scope.traffic]
    first = f"{_counted(float(len(evidence.videos)), 'video')}{by} carried {write_count(views)}{kind} views."
    reach = evidence.reach.get(evidence.scope.traffic)
    if reach is None:
        return f"{first} How many different people that were is not known."
    return f"{first} {_people(reach)}{f' {reach.sentence}' if reach.sentence else ''}"


def _people(reach: Reach) -> str:
    if reach.high is None:
        return f"They reached at least {write_count(reach.low)} people."
    if reach.low == reach.high:
        return f"They reached {write_count(reach.low)} people."
    return f"They reached between {write_count(reach.low)} and {write_count(reach.high)} people."


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
        return first if clicks is None else f"Ads were clicked {write_count(clicks)} times. {first}"
    orders, revenue = _value(evidence, "orders"), _value(evidence, "revenue")
    clicks = _value(evidence, "link_clicks")
    visits = _value(evidence, "sessions")
    clicked = "" if clicks is None else f" Tagged links were clicked {write_count(clicks)} times."
    if clicks is None and visits is not None:
        clicked = f" Tagged links brought {_counted(visits, 'visit')} to the shop."
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
        followers = write_count(abs(gained))
        return f"The creators' accounts {word} {followers} followers; customers are not known yet."
    first = f"{_counted(new, 'credited order')} {'was' if new == 1 else 'were'} the customer's first"
    if again is None:
        return f"{first}; whether they came back is not known yet."
    have = "has" if again == 1 else "have"
    return f"{first}, and {write_count(again)} of those customers {have} ordered again so far."


_SPEAKERS = {
    Stage.AWARENESS: _awareness,
    Stage.ENGAGEMENT: _engagement,
    Stage.CONSIDERATION: _consideration,
    Stage.CONVERSION: _conversion,
    Stage.LOYALTY: _loyalty,
}


def _value(evidence: Evidence, measure: str) -> float | None:
    return evidence.totals(evidence.scope.traffic).get(measure)


def _counted(value: float, word: str) -> str:
    return f"{write_count(value)} {word}{'' if value == 1 else 's'}"
