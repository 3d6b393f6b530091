"""How large each stage is, and how much of it is met again in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence.quotients import campaign_quotient
from core.funnel.figures import coverage_sentence
from core.funnel.model import Step
from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.metrics.model import Metric, Stage
from core.units import write, write_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.evidence.campaign import Evidence

# The count that says how large a stage is: the first that is known, else the first of all.
HEADLINES: Mapping[Stage, tuple[Metric, ...]] = {
    Stage.AWARENESS: (awareness.VIEWS,),
    Stage.ENGAGEMENT: (engagement.ENGAGEMENTS,),
    Stage.CONSIDERATION: (
        conversion.LINK_CLICKS,
        conversion.SESSIONS,
        conversion.CLICKS,
        consideration.PROFILE_VISITS,
        consideration.SAVES,
    ),
    Stage.CONVERSION: (conversion.ORDERS,),
    Stage.LOYALTY: (loyalty.RETURNING_CUSTOMERS, loyalty.NEW_CUSTOMERS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """A rate that can stand for the step out of a stage.

    Attributes:
        rate: the metric.
        short: the step in a few words; `{}` is the number.
        note: what its units are.
        is_like_with_like: both are counted in the same unit, so that it is a share.
    """

    rate: Metric
    short: str
    note: str
    is_like_with_like: bool = False


# The first that is known. Into consideration they follow the headlines above, so that the
# step and the count it leads to speak of the same thing.
STEPS: Mapping[Stage, tuple[StepChoice, ...]] = {
    Stage.AWARENESS: (
        StepChoice(
            rate=engagement.ENGAGEMENT_RATE,
            short="{} engaged",
            note="A view is a play and an engagement is an act, so this is not a share of people.",
        ),
    ),
    Stage.ENGAGEMENT: (
        StepChoice(
            rate=conversion.LINK_CLICK_RATE,
            short="{} clicked a link",
            note="Engagements and clicks are counted by different tools, so the step is taken from views.",
        ),
        StepChoice(
            rate=conversion.SESSION_RATE,
            short="{} visited the shop",
            note="Engagements and visits are counted by different tools, so the step is taken from views.",
        ),
        StepChoice(
            rate=conversion.CTR,
            short="{} clicked the ad",
            note="Both are counted on the same ads, so this is a share of ad impressions.",
            is_like_with_like=True,
        ),
        StepChoice(
            rate=consideration.PROFILE_VISIT_RATE,
            short="{} visited a profile",
            note="Engagements and profile visits are different acts, so the step is taken from views.",
        ),
        StepChoice(
            rate=consideration.SAVE_RATE,
            short="{} saved it",
            note="Engagements and saves are different acts, so the step is taken from views.",
        ),
        StepChoice(
            rate=consideration.COMPLETION_RATE,
            short="{} watched to the end",
            note="Both are views of the same videos, so this is a share of views.",
            is_like_with_like=True,
        ),
    ),
    Stage.CONSIDERATION: (
        StepChoice(
            rate=conversion.CONVERSION_RATE,
            short="{} of clicks ordered",
            note="Orders by code need no click, so this is not a share of the clicks.",
        ),
        StepChoice(
            rate=conversion.SESSION_CONVERSION_RATE,
            short="{} of visits bought",
            note="Both are counted by web analytics; orders by code need no visit and come on top.",
            is_like_with_like=True,
        ),
        StepChoice(
            rate=conversion.ORDERS_PER_THOUSAND_VIEWS,
            short="{} orders per 1,000 views",
            note="Clicks and orders are counted by different tools, so the step is taken from views.",
        ),
    ),
    Stage.CONVERSION: (
        StepChoice(
            rate=loyalty.REPEAT_RATE,
            short="{} came back",
            note="Both count customers, so this is a share of people.",
            is_like_with_like=True,
        ),
        StepChoice(
            rate=loyalty.NEW_CUSTOMER_SHARE,
            short="{} were new",
            note="Both count orders of known customers, so this is a share of orders.",
            is_like_with_like=True,
        ),
    ),
}


def headline_metric(evidence: Evidence, stage: Stage) -> Metric:
    """Return the count that says how large a stage is: the first that is known."""
    choices = HEADLINES[stage]
    traffic = evidence.scope.traffic
    return next(
        (one for one in choices if campaign_quotient(evidence, one, traffic).value is not None), choices[0]
    )


def step_after(evidence: Evidence, stage: Stage) -> Step | None:
    """Return the step from a stage to the next; None after the last."""
    choices = STEPS.get(stage, ())
    for choice in choices:
        rate, found = choice.rate, campaign_quotient(evidence, choice.rate, evidence.scope.traffic)
        if found.value is None:
            continue
        written = write(found.value, rate.unit)
        left = f" {coverage}" if (coverage := coverage_sentence(rate, found)) else ""
        below = rate.denominator.words if rate.denominator else ""
        return Step(
            rate=rate,
            value=found.value,
            numerator=found.numerator,
            denominator=found.denominator,
            is_like_with_like=choice.is_like_with_like,
            short=choice.short.format(written),
            sentence=(
                f"{write_count(found.numerator)} {rate.numerator.words} against "
                f"{write_count(found.denominator)} {below}: {choice.short.format(written)}. "
                f"{choice.note}{left}"
            ),
        )
    if not choices:
        return None
    rate = choices[0].rate
    return Step(
        rate=rate,
        value=None,
        numerator=None,
        denominator=None,
        is_like_with_like=choices[0].is_like_with_like,
        short="",
        sentence=f"The step to the next stage is not known: it takes {rate.formula}.",
    )
