"""Awareness: how far the campaign carried, and what that cost."""

from __future__ import annotations

from core.metrics import measures as m
from core.metrics.model import Better, Metric, Stage, Total
from core.units import Unit

VIEWS = Metric(
    name="views",
    label="Video views",
    stage=Stage.AWARENESS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.VIEWS),
    denominator=None,
    scale=1,
    definition="How often the campaign's videos started to play, earned and bought plays together.",
    caution="A view counts as soon as playback starts; it does not say that anybody watched.",
    source="TikTok Ads Manager help, video play metrics",
    minimum=1,
)
IMPRESSIONS = Metric(
    name="impressions",
    label="Impressions",
    stage=Stage.AWARENESS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.IMPRESSIONS),
    denominator=None,
    scale=1,
    definition="How often ads were shown, repeats counted.",
    caution="Only ads count impressions; for organic videos the nearest number is video views.",
    source="TikTok Ads Manager help, basic metrics",
    minimum=1,
)
REACH = Metric(
    name="reach",
    label="Reach",
    stage=Stage.AWARENESS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.REACH),
    denominator=None,
    scale=1,
    definition="How many different people saw it at least once.",
    caution=(
        "One person can be in the reach of several videos, so reaches are never added: "
        "the range goes from the largest single reach to all of them together, with one person "
        "per view where a video states no reach."
    ),
    source="ANA guidelines; TikTok Ads Manager help, basic metrics",
    minimum=1,
)
FREQUENCY = Metric(
    name="frequency",
    label="Frequency",
    stage=Stage.AWARENESS,
    unit=Unit.NUMBER,
    better=Better.NEITHER,
    numerator=Total.of(m.IMPRESSIONS),
    denominator=Total.of(m.REACH),
    scale=1,
    definition="How often an ad was shown to each person it reached, on average.",
    caution="Known for ads only; where several reaches are known it is a range, as reach is.",
    source="TikTok Ads Manager help, basic metrics",
    minimum=1000,
)
VIDEOS = Metric(
    name="videos",
    label="Videos",
    stage=Stage.AWARENESS,
    unit=Unit.COUNT,
    better=Better.NEITHER,
    numerator=Total.of(m.VIDEOS),
    denominator=None,
    scale=1,
    definition="How many videos belong to the campaign.",
    caution="A video counts once a file names it and a rule or a person put it in the campaign.",
    source="Plumbline",
    minimum=1,
)
VIEWS_PER_VIDEO = Metric(
    name="views_per_video",
    label="Views per video",
    stage=Stage.AWARENESS,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.VIEWS),
    denominator=Total.of(m.VIDEOS),
    scale=1,
    definition="Video views for each video of the campaign.",
    caution="One video that spread widely can carry the average; look at the videos one by one too.",
    source="Plumbline",
    minimum=3,
)
ORGANIC_VIEW_SHARE = Metric(
    name="organic_view_share",
    label="Organic share of views",
    stage=Stage.AWARENESS,
    unit=Unit.SHARE,
    better=Better.NEITHER,
    numerator=Total.of(m.ORGANIC_VIEWS),
    denominator=Total.of(m.VIEWS),
    scale=1,
    definition="Which part of the video views was earned and not bought.",
    caution="Organic views are all views less the paid ones where no file states them.",
    source="Plumbline",
    minimum=1000,
)
SPEND = Metric(
    name="spend",
    label="Total spend",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.NEITHER,
    numerator=Total.of(m.SPEND),
    denominator=None,
    scale=1,
    definition="Fees, ad cost and commission together, as far as they are known.",
    caution="Product given away, agencies and working hours are not in it.",
    source="Plumbline",
    minimum=1,
)
CPM = Metric(
    name="cpm",
    label="CPM (ads)",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.LOWER,
    numerator=Total.of(m.COST),
    denominator=Total.of(m.IMPRESSIONS),
    scale=1000,
    definition="Ad cost for a thousand ad impressions.",
    caution="Ad cost only: creator fees are not in it.",
    source="TikTok Ads Manager help, basic metrics",
    minimum=1000,
)
COST_PER_THOUSAND_VIEWS = Metric(
    name="cost_per_thousand_views",
    label="Cost per 1,000 views",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.LOWER,
    numerator=Total.of(m.SPEND),
    denominator=Total.of(m.VIEWS),
    scale=1000,
    definition="Fees, ad cost and commission together for a thousand video views, earned and bought.",
    caution="Fees count in full from the first day, so early on the cost looks higher than it will be.",
    source="Plumbline, after the usual CPM",
    minimum=1000,
)
COST_PER_VIEW = Metric(
    name="cost_per_view",
    label="CPV",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.LOWER,
    numerator=Total.of(m.SPEND),
    denominator=Total.of(m.VIEWS),
    scale=1,
    definition="Fees, ad cost and commission together for one video view.",
    caution="Others divide by 2-second, 6-second or completed views; those are different numbers.",
    source="Plumbline; a view is a start of playback",
    minimum=1000,
)
COST_PER_VIDEO = Metric(
    name="cost_per_video",
    label="Cost per video",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.LOWER,
    numerator=Total.of(m.SPEND),
    denominator=Total.of(m.VIDEOS),
    scale=1,
    definition="Fees, ad cost and commission together for each video of the campaign.",
    caution="Videos agreed but not yet posted are in the fees and not in the videos.",
    source="Later (Mavrck) help, cost per post",
    minimum=1,
)
COST_PER_THOUSAND_REACHED = Metric(
    name="cost_per_thousand_reached",
    label="Cost per 1,000 people reached (ads)",
    stage=Stage.AWARENESS,
    unit=Unit.MONEY,
    better=Better.LOWER,
    numerator=Total.of(m.COST),
    denominator=Total.of(m.REACH),
    scale=1000,
    definition="Ad cost for a thousand different people who saw an ad.",
    caution="Where several reaches are known it is a range, as reach is.",
    source="ANA guidelines; TikTok Ads Manager help, basic metrics",
    minimum=1000,
)
