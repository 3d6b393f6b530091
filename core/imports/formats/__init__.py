"""Every kind of export that Plumbline knows; a new one is a module here and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats import (
    appsflyer,
    comments,
    ga4_exploration,
    ga4_report,
    google_trends,
    mapped_account_days,
    mapped_ads,
    mapped_codes,
    mapped_links,
    mapped_orders,
    mapped_videos,
    mapped_web,
    shopify_orders,
    studio_content,
    studio_follower_activity,
    studio_follower_gender,
    studio_follower_history,
    studio_follower_territories,
    studio_overview,
    studio_viewers,
    surveys,
    tiktok_ads,
    tiktok_shop_affiliate_orders,
    tiktok_shop_transactions,
    tiktok_shop_video_list,
    video_metadata,
)

if TYPE_CHECKING:
    from core.imports.model import ExportFormat

FORMATS: tuple[ExportFormat, ...] = (
    studio_overview.FORMAT,
    studio_viewers.FORMAT,
    studio_follower_history.FORMAT,
    studio_follower_activity.FORMAT,
    studio_follower_gender.FORMAT,
    studio_follower_territories.FORMAT,
    studio_content.FORMAT,
    video_metadata.FORMAT,
    comments.FORMAT,
    *google_trends.FORMATS,
    *surveys.FORMATS,
    shopify_orders.FORMAT,
    tiktok_shop_video_list.FORMAT,
    tiktok_shop_affiliate_orders.FORMAT,
    *tiktok_shop_transactions.FORMATS,
    *tiktok_ads.FORMATS,
    ga4_report.FORMAT,
    ga4_exploration.FORMAT,
    appsflyer.FORMAT,
    mapped_videos.FORMAT,
    mapped_account_days.FORMAT,
    mapped_orders.FORMAT,
    mapped_ads.FORMAT,
    mapped_links.FORMAT,
    mapped_web.FORMAT,
    mapped_codes.FORMAT,
)
