"""Who takes part in the sample campaign, and what is true about them.

The shop, the people and the figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BRAND = "Northlight Tea"
SHOP_CURRENCY = "GBP"
ZONE = "Europe/London"
AD_ACCOUNT = "Northlight Tea UK"
LANDING_PAGE = "https://northlight-tea.example/cold-brew"
HASHTAG = "coldbrewtea"


@dataclass(frozen=True, slots=True, kw_only=True)
class CastCampaign:
    """One campaign of the sample: its plan and how its files are dated."""

    code: str
    name: str
    first_day: date
    last_day: date
    budget: int  # minor units
    export_days: tuple[date, ...]  # days on which creators sent their Content export
    last_export: date  # day of the account exports and of the shop's files


SPRING = CastCampaign(
    code="cold-brew-26",
    name="Cold Brew launch, spring 2026",
    first_day=date(2026, 3, 2),
    last_day=date(2026, 3, 29),
    budget=1_800_000,
    export_days=(
        date(2026, 3, 9),
        date(2026, 3, 16),
        date(2026, 3, 23),
        date(2026, 3, 30),
        date(2026, 4, 13),
    ),
    last_export=date(2026, 4, 13),
)
WINTER = CastCampaign(
    code="winter-warmers-25",
    name="Winter Warmers 2025",
    first_day=date(2025, 11, 10),
    last_day=date(2025, 12, 7),
    budget=900_000,
    export_days=(date(2025, 11, 24), date(2025, 12, 15)),
    last_export=date(2025, 12, 15),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CastCreator:
    """One creator: the plan's side and the truth behind the figures.

    Attributes:
        handle, name, niche, country: who they are.
        followers: at the start of the campaign.
        fee: agreed fee in minor units; None where the product was the pay.
        code: promo code as printed on the videos.
        videos: how many videos they post.
        typical_views: median total views of one of their videos.
        like_rate, comment_rate, share_rate, save_rate: true share of views.
        click_rate: true link clicks per view.
        orders_per_thousand: true orders per 1,000 views.
        watched: true average share of the video watched.
        sends_exports: whether their Studio exports arrive, and how: weekly, once or never.
        winter: also took part in the campaign before.
    """

    handle: str
    name: str
    niche: str
    country: str
    followers: int
    fee: int | None
    code: str
    videos: int
    typical_views: int
    like_rate: float
    comment_rate: float
    share_rate: float
    save_rate: float
    click_rate: float
    orders_per_thousand: float
    watched: float
    sends_exports: str = "weekly"
    winter: bool = False


CREATORS: tuple[CastCreator, ...] = (
    CastCreator(
        handle="ada.brews", name="Ada Whitfield", niche="tea and coffee", country="GB", followers=48_200,
        fee=120_000, code="ADA15", videos=4, typical_views=52_000, like_rate=0.082, comment_rate=0.0060,
        share_rate=0.0085, save_rate=0.0140, click_rate=0.0115, orders_per_thousand=1.15, watched=0.41, winter=True,
    ),
    CastCreator(
        handle="benjamin.eats", name="Benjamin Okoye", niche="food", country="GB", followers=312_000,
        fee=420_000, code="BEN15", videos=3, typical_views=210_000, like_rate=0.061, comment_rate=0.0032,
        share_rate=0.0062, save_rate=0.0071, click_rate=0.0048, orders_per_thousand=0.32, watched=0.31, winter=True,
    ),
    CastCreator(
        handle="chiaraslowlife", name="Chiara Moretti", niche="slow living", country="IT", followers=21_900,
        fee=65_000, code="CHIARA15", videos=4, typical_views=24_000, like_rate=0.094, comment_rate=0.0088,
        share_rate=0.0074, save_rate=0.0221, click_rate=0.0102, orders_per_thousand=0.98, watched=0.47,
    ),
    CastCreator(
        handle="dev.and.tea", name="Dev Raman", niche="study", country="GB", followers=8_700,
        fee=30_000, code="DEV15", videos=5, typical_views=9_500, like_rate=0.103, comment_rate=0.0110,
        share_rate=0.0049, save_rate=0.0168, click_rate=0.0127, orders_per_thousand=1.30, watched=0.44,
    ),
    CastCreator(
        handle="elsiekitchen", name="Elsie Grant", niche="recipes", country="GB", followers=96_500,
        fee=180_000, code="ELSIE15", videos=3, typical_views=78_000, like_rate=0.071, comment_rate=0.0041,
        share_rate=0.0131, save_rate=0.0312, click_rate=0.0089, orders_per_thousand=0.71, watched=0.38, winter=True,
    ),
    CastCreator(
        handle="fitwithfarah", name="Farah Siddiqui", niche="fitness", country="GB", followers=540_000,
        fee=520_000, code="FARAH15", videos=2, typical_views=265_000, like_rate=0.052, comment_rate=0.0021,
        share_rate=0.0035, save_rate=0.0044, click_rate=0.0025, orders_per_thousand=0.11, watched=0.24,
        sends_exports="once",
    ),
    CastCreator(
        handle="gwen_in_wales", name="Gwen Parry", niche="outdoors", country="GB", followers=14_300,
        fee=None, code="GWEN15", videos=3, typical_views=12_500, like_rate=0.088, comment_rate=0.0072,
        share_rate=0.0058, save_rate=0.0117, click_rate=0.0094, orders_per_thousand=0.85, watched=0.42,
    ),
    CastCreator(
        handle="hugo.onthego", name="Hugo Lindqvist", niche="travel", country="SE", followers=67_800,
        fee=150_000, code="HUGO15", videos=3, typical_views=61_000, like_rate=0.066, comment_rate=0.0035,
        share_rate=0.0047, save_rate=0.0062, click_rate=0.0051, orders_per_thousand=0.38, watched=0.29,
        sends_exports="never",
    ),
)  # fmt: skip

BOOSTED = ("ada.brews", "elsiekitchen", "fitwithfarah")  # whose first video ran as a Spark ad
HOOKS = (
    "Stop steeping hot",
    "You are making iced tea wrong",
    "My 5 minute cold brew",
    "Taste test",
    "Day in my life",
)
