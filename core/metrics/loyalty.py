"""Loyalty: whether customers were new, came back, and the following grew."""

from __future__ import annotations

from core.metrics import measures as m
from core.metrics.model import Better, Metric, Stage, Total
from core.units import Unit

_FIRST = "New means: no earlier order in the files imported so far; what was never imported is unknown."
_COHORT = "docs.gocrux.io, cohort definitions"

NEW_CUSTOMERS = Metric(
    name="new_customers",
    label="New customers",
    stage=Stage.LOYALTY,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.NEW_CUSTOMERS),
    denominator=None,
    scale=1,
    definition="Credited orders that were the customer's first.",
    caution=_FIRST,
    source="Plumbline, from shop orders",
    minimum=1,
)
NEW_CUSTOMER_SHARE = Metric(
    name="new_customer_share",
    label="New customer share",
    stage=Stage.LOYALTY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.NEW_CUSTOMERS),
    denominator=Total.of(m.KNOWN_CUSTOMER_ORDERS),
    scale=1,
    definition="Which part of the credited orders with a known customer was the customer's first.",
    caution=_FIRST,
    source="Plumbline, from shop orders",
    minimum=20,
)
RETURNING_CUSTOMERS = Metric(
    name="returning_customers",
    label="Customers who came back",
    stage=Stage.LOYALTY,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.REPEAT_CUSTOMERS),
    denominator=None,
    scale=1,
    definition="New customers of the campaign with a further order on a later day.",
    caution="Grows with time: a campaign that just ended has had little chance of second orders.",
    source=_COHORT,
    minimum=1,
)
REPEAT_RATE = Metric(
    name="repeat_rate",
    label="Repeat rate",
    stage=Stage.LOYALTY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.REPEAT_CUSTOMERS),
    denominator=Total.of(m.NEW_CUSTOMERS),
    scale=1,
    definition="Of the campaign's new customers, the part that ordered again on a later day.",
    caution="To date and growing; it is not the returning-customer rate that shops show.",
    source=_COHORT,
    minimum=20,
)
LATER_REVENUE_PER_NEW_CUSTOMER = Metric(
    name="later_revenue_per_new_customer",
    label="Later revenue per new customer",
    stage=Stage.LOYALTY,
    unit=Unit.MONEY,
    better=Better.HIGHER,
    numerator=Total.of(m.REPEAT_REVENUE),
    denominator=Total.of(m.NEW_CUSTOMERS),
    scale=1,
    definition="Net value of later orders for each new customer of the campaign, to date.",
    caution="The lifetime value to date without the first order; what may still come is not guessed.",
    source=_COHORT,
    minimum=20,
)
REFUND_RATE = Metric(
    name="refund_rate",
    label="Refund rate",
    stage=Stage.LOYALTY,
    unit=Unit.SHARE,
    better=Better.LOWER,
    numerator=Total.of(m.REFUNDS),
    denominator=m.REVENUE + m.REFUNDS,
    scale=1,
    definition="Which part of the credited order value was refunded.",
    caution="Refunds come weeks after the order; a young campaign shows too few.",
    source="Plumbline, from shop orders",
    minimum=1,
)
FOLLOWER_GROWTH_RATE = Metric(
    name="follower_growth_rate",
    label="Follower growth of the creators",
    stage=Stage.LOYALTY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.FOLLOWERS_GAINED),
    denominator=Total.of(m.FOLLOWERS_AT_START),
    scale=1,
    definition="Followers gained between the first and the last known day, for each follower at the start.",
    caution="Followers of the creators, not of the brand; accounts also grow without a campaign.",
    source="usual definition, (end − start) ÷ start",
    minimum=1000,
)
NEW_FOLLOWERS = Metric(
    name="new_followers",
    label="New followers (stated)",
    stage=Stage.LOYALTY,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.FOLLOWS),
    denominator=None,
    scale=1,
    definition="People who began to follow after a video or ad, as TikTok states it.",
    caution="Stated for ads and on screenshots only.",
    source="TikTok Ads Manager help; TikTok app",
    minimum=1,
)
