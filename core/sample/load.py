"""Loads the sample campaign the way a person would: plan first, then files, then typed figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from core.access import Action, require
from core.campaigns import (
    add_collaboration,
    add_rule,
    create_brand,
    create_campaign,
    find_campaign,
    list_brands,
)
from core.creators import create_creator, list_creators
from core.errors import refusal
from core.imports.commit import commit
from core.imports.file_review import FileReview, Offered, ReviewState
from core.imports.hand_entry import TypedFigures, typed_review
from core.imports.model import Ask
from core.imports.review import answer, review_files
from core.sample.cast import (
    BRAND,
    HASHTAG,
    LANDING_PAGE,
    SHOP_CURRENCY,
    SPRING,
    WINTER,
    ZONE,
    CastCampaign,
    CastCreator,
)
from core.sample.shop_files import affiliate_orders, shopify_orders
from core.sample.studio_files import studio_files
from core.sample.trial_files import CLICKS_MAPPING, trial_files
from core.sample.trial_plan import conclude_sample, plan_trials, tag_sample
from core.sample.trial_world import make_trials
from core.sample.web_files import (
    ads_report,
    analytics_sessions,
    analytics_transactions,
    comments,
    public_videos,
    search_interest,
)
from core.sample.world import World, make_world
from core.tracking import add_code, add_links

if TYPE_CHECKING:
    from core.store.engine import Store

Progress = Callable[[int, int, str], None]

_GOALS: Mapping[str, Mapping[str, object]] = {
    SPRING.code: {
        "objective": "conversion",
        "primary_metric": "orders",
        "primary_target": "700",
        "secondary": {"views": "1500000", "engagement_rate": "8%", "cost_per_order": "25"},
    },
    WINTER.code: {
        "objective": "awareness",
        "primary_metric": "views",
        "primary_target": "900000",
        "secondary": {"engagement_rate": "7%", "orders": "250"},
    },
}
_ANSWERS = {Ask.CURRENCY: SHOP_CURRENCY, Ask.ZONE: ZONE}  # what the files themselves do not say


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLoaded:
    """What loading the sample did.

    Attributes:
        campaign_code: the campaign to look at.
        files: how many files were imported.
    """

    campaign_code: str
    files: int


def worlds() -> tuple[World, World]:
    """Return the worlds of the sample: the campaign before, then the campaign."""
    return make_world(WINTER, seed=25), make_world(SPRING, seed=26)


def sample_files(world: World) -> dict[str, bytes]:
    """Return every file that a marketer would have of this campaign: name -> bytes."""
    year = world.campaign.first_day.year
    files = dict(studio_files(world))
    files[f"orders_export_{year}.csv"] = shopify_orders(world)
    if world.campaign is not SPRING:
        return files
    name, report = ads_report(world)
    files |= {
        name: report,
        "affiliate_orders.csv": affiliate_orders(world),
        "data-export.csv": analytics_sessions(world),
        "download.csv": analytics_transactions(world),
        "tiktok_scraper.jsonl": public_videos(world),
        "comments.csv": comments(world),
        "multiTimeline.csv": search_interest(world),
    }
    return files


def load_sample(store: Store, *, progress: Progress | None = None) -> SampleLoaded:
    """Return what was loaded: three campaigns of two made-up brands, plan and files, by the ordinary path.

    Loading it again where it is already there changes nothing.

    Raises:
        PlumblineError: `not-allowed`; `sample-file-not-ready` when a file of the sample asks something
            that the sample does not answer, which would be our mistake.
    """
    require(store.principal, Action.PLAN)
    require(store.principal, Action.IMPORT)
    both = worlds()
    for world in both:
        _plan(store, world)
    plan_trials(store)
    files = _all_files(both)
    total = len(files) + 2
    for position, (name, data, day) in enumerate(files):
        _tell(progress, position, total, name)
        exported = int(datetime.combine(day, time(9, 30), UTC).timestamp())
        for review in review_files(store, [Offered(name=name, data=data, modified_at=exported)]):
            _commit(store, review)
    _tell(progress, len(files), total, "figures from screenshots")
    for figures in _screenshots(both[1]):
        _commit(store, typed_review(store, figures))
    _tell(progress, len(files) + 1, total, "tags and results of tests")
    tag_sample(store)
    conclude_sample(store)
    return SampleLoaded(campaign_code=SPRING.code, files=len(files))


def _tell(progress: Progress | None, done: int, total: int, name: str) -> None:
    if progress is not None:
        progress(done, total, name)


def _all_files(both: tuple[World, World]) -> list[tuple[str, bytes, date]]:
    """Return every file of the sample: its name, its bytes and the day it was made."""
    files = [
        (name, data, world.campaign.last_export)
        for world in both
        for name, data in sample_files(world).items()
    ]
    return files + [(name, data, day) for name, (data, day) in trial_files(make_trials()).items()]


def _commit(store: Store, review: FileReview) -> None:
    known = {(one.ask, one.key): _ANSWERS[one.ask] for one in review.questions if one.ask in _ANSWERS}
    if review.state is ReviewState.NEEDS_MAPPING:
        known = {(Ask.GRAIN, ""): "mapped_links"}
        known |= {(Ask.MAPPING, label): field for label, field in CLICKS_MAPPING.items()}
    review = answer(review, known)  # also anew after the import of a sibling just before
    if review.state is ReviewState.ALREADY_IMPORTED:
        return
    if review.state is not ReviewState.READY:
        raise refusal(
            "sample-file-not-ready",
            f"The sample's file {review.file} could not be read: {review.sentence}",
            "Please report this; your own files are not concerned.",
        )
    commit(store, review, upload="sample")


def _plan(store: Store, world: World) -> None:
    campaign = world.campaign
    if find_campaign(store, campaign.code) is not None:
        return
    brands = {brand.name: brand.brand_id for brand in list_brands(store)}
    brand_id = brands.get(BRAND) or create_brand(
        store, {"name": BRAND, "currency": SHOP_CURRENCY, "zone": ZONE}
    )
    campaign_id = create_campaign(
        store,
        {
            "brand_id": brand_id, "name": campaign.name, "code": campaign.code, "zone": ZONE,
            "first_day": campaign.first_day, "last_day": campaign.last_day, "currency": SHOP_CURRENCY,
            "budget": _typed(campaign.budget), "vertical": "general", "owner": "Sample", **_GOALS[campaign.code],
        },
        is_sample=True,
    )  # fmt: skip
    if campaign is SPRING:
        add_rule(store, campaign_id, {"kind": "hashtag", "value": HASHTAG})
    _creators(store, campaign, campaign_id, world.creators)
    add_links(store, campaign_id, landing_page=LANDING_PAGE, assets=("video",))
    if campaign is SPRING:
        add_code(store, None, {"code": "WELCOME10", "is_sitewide": True})


def _creators(store: Store, campaign: CastCampaign, campaign_id: int, cast: tuple[CastCreator, ...]) -> None:
    known = {handle: creator.creator_id for creator in list_creators(store) for handle in creator.handles}
    for creator in cast:
        creator_id = known.get(creator.handle) or create_creator(
            store,
            {
                "handle": creator.handle, "name": creator.name, "niche": creator.niche, "country": creator.country,
                "followers": str(creator.followers), "followers_day": campaign.first_day,
            },
            today=campaign.first_day,
        )  # fmt: skip
        fee = {} if creator.fee is None else {"fee": _typed(creator.fee)}
        add_collaboration(
            store, campaign_id, creator_id, {"currency": SHOP_CURRENCY, "deliverables": creator.videos, **fee}
        )
        days = {"first_day": campaign.first_day, "last_day": campaign.last_export}
        add_code(store, campaign_id, {"code": creator.code, "creator_id": creator_id, **days})


def _typed(minor: int) -> str:
    return str(Decimal(minor) / 100)


def _screenshots(world: World) -> tuple[TypedFigures, ...]:
    """Return what three creators sent as screenshots: watch time, completion, reach, saves of each video."""
    day = world.campaign.last_export
    return tuple(
        TypedFigures(
            video=video.url,
            day=day,
            views=video.views_to(day),
            saves=video.count_to(day, video.creator.save_rate),
            reach=int(video.views_to(day) * 0.84),
            average_watch_seconds=round(video.creator.watched * video.duration_seconds, 1),
            completion=round(video.creator.watched * 0.42, 3),
        )
        for video in world.videos
        if video.creator.handle in {"ada.brews", "chiaraslowlife", "elsiekitchen"}
    )
