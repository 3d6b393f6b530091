"""Consideration: who stayed, kept the video for later, or looked the creator up."""

from __future__ import annotations

from core.metrics import measures as m
from core.metrics.model import Better, Metric, Stage, Total
from core.units import Unit

_PLAY = "TikTok Ads Manager help, video play metrics"

AVERAGE_WATCH_SECONDS = Metric(
    name="average_watch_seconds",
    label="Average watch time",
    stage=Stage.CONSIDERATION,
    unit=Unit.SECONDS,
    better=Better.HIGHER,
    numerator=Total.of(m.WATCH_SECONDS),
    denominator=Total.of(m.WATCHED_VIEWS),
    scale=1,
    definition="Seconds played for each view, over the views whose watch time is known.",
    caution="Replays are in the time and not in the views, so short videos can pass their own length.",
    source=_PLAY,
    minimum=1000,
)
COMPLETION_RATE = Metric(
    name="completion_rate",
    label="Completion rate",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.COMPLETIONS),
    denominator=Total.of(m.COMPLETION_VIEWS),
    scale=1,
    definition="Which part of the views reached the end, over the views whose completion is known.",
    caution="Short videos complete more easily; compare videos of similar length.",
    source=_PLAY,
    minimum=1000,
)
VIEW_THROUGH_RATE = Metric(
    name="view_through_rate",
    label="View-through rate (ads)",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.COMPLETIONS),
    denominator=Total.of(m.IMPRESSIONS),
    scale=1,
    definition="Completed ad views for each ad impression.",
    caution="Some tools put any view on top; this one counts only views to the end.",
    source=_PLAY,
    minimum=1000,
)
SAVES = Metric(
    name="saves",
    label="Saves",
    stage=Stage.CONSIDERATION,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.SAVES),
    denominator=None,
    scale=1,
    definition="How often videos were put among the favourites, as far as files state it.",
    caution="TikTok Studio's tables leave saves out; they come from public video data or a screenshot.",
    source="public video data; TikTok app",
    minimum=1,
)
SAVE_RATE = Metric(
    name="save_rate",
    label="Save rate",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.SAVES),
    denominator=Total.of(m.VIEWS),
    scale=1,
    definition="Saves for each view, over the videos whose saves are known.",
    caution="A save is a sign of intent and no promise to buy.",
    source="TikTok One campaign reporting, by views",
    minimum=1000,
)
PROFILE_VISITS = Metric(
    name="profile_visits",
    label="Profile visits",
    stage=Stage.CONSIDERATION,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.PROFILE_VIEWS),
    denominator=None,
    scale=1,
    definition="How often the creators' profiles were opened.",
    caution="An account's visits are not split by video: other videos of the creator are in them.",
    source="TikTok Studio overview; Ads Manager for Spark ads",
    minimum=1,
)
PROFILE_VISIT_RATE = Metric(
    name="profile_visit_rate",
    label="Profile-visit rate",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.PROFILE_VIEWS),
    denominator=Total.of(m.VIEWS),
    scale=1,
    definition="Profile visits for each video view.",
    caution="Where visits come from the whole account, other videos of the creator are in them.",
    source="TikTok Studio overview; Ads Manager for Spark ads",
    minimum=1000,
)
LANDING_PAGE_VIEWS = Metric(
    name="landing_page_views",
    label="Landing page views (ads)",
    stage=Stage.CONSIDERATION,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.LANDING_PAGE_VIEWS),
    denominator=None,
    scale=1,
    definition="How often the landing page loaded after a tap on an ad.",
    caution="Needs TikTok's pixel on the page; without it the number is too low.",
    source="TikTok Ads Manager help, page events",
    minimum=1,
)
PRODUCT_IMPRESSIONS = Metric(
    name="product_impressions",
    label="Product impressions",
    stage=Stage.CONSIDERATION,
    unit=Unit.COUNT,
    better=Better.HIGHER,
    numerator=Total.of(m.PRODUCT_IMPRESSIONS),
    denominator=None,
    scale=1,
    definition="How often a product was shown in a video, as TikTok Shop counts.",
    caution="Counted by TikTok Shop only, for videos with a product.",
    source="TikTok Shop, video list",
    minimum=1,
)
PRODUCT_CLICK_RATE = Metric(
    name="product_click_rate",
    label="Product click rate",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.PRODUCT_CLICKS),
    denominator=Total.of(m.PRODUCT_IMPRESSIONS),
    scale=1,
    definition="Taps on a product for each time it was shown in a video.",
    caution="Counted by TikTok Shop only, for videos with a product.",
    source="TikTok Shop, video list",
    minimum=1000,
)
ENGAGED_SESSION_RATE = Metric(
    name="engaged_session_rate",
    label="Engaged session rate",
    stage=Stage.CONSIDERATION,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    numerator=Total.of(m.ENGAGED_SESSIONS),
    denominator=Total.of(m.SESSIONS),
    scale=1,
    definition="Which part of the visits through tagged links lasted, went on or converted, as GA4 counts.",
    caution="Visitors who refuse cookies are missing from web analytics.",
    source="Google Analytics help, engagement rate",
    minimum=100,
)
