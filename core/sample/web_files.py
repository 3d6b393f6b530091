"""The sample's other files: Ads Manager, GA4, public video data, comments, search interest."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta

from core.sample.cast import BRAND
from core.sample.shop_files import plain_csv, pounds
from core.sample.world import World, WorldVideo, days_between

_ADS_HEADER = (
    "By Day", "Campaign name", "Ad group name", "Ad name", "Ad ID", "Video ID", "Currency", "Cost", "Impressions",
    "Reach", "Clicks (destination)", "Clicks (all)", "CTR (destination)", "Video views", "2-second video views",
    "6-second video views", "Video views at 25%", "Video views at 50%", "Video views at 75%", "Video views at 100%",
    "Average play time per video view", "Paid likes", "Paid comments", "Paid shares", "Paid follows", "Conversions",
    "Purchase value (website conversion value)",
)  # fmt: skip


def ads_report(world: World) -> tuple[str, bytes]:
    """Return the name and bytes of the Ads Manager report by day, its totals row first."""
    rows = [row for video in world.videos if any(video.paid_views) for row in _ad_rows(world, video)]
    summed = [sum(int(str(row[column]).replace("<5", "0")) for row in rows) for column in (8, 10, 13)]
    cost = sum(round(float(row[7]) * 100) for row in rows)
    total: list[str] = [
        f"Total of {len(rows)} results",
        *[""] * 6,
        pounds(cost),
        str(summed[0]),
        "",
        str(summed[1]),
        *[""] * 2,
    ]
    total += [str(summed[2]), *[""] * (len(_ADS_HEADER) - len(total) - 1)]
    first, last = world.campaign.first_day, world.campaign.last_day + timedelta(days=7)
    name = f"Ads_{first:%Y%m%d}_{last:%Y%m%d}_GMT+0.csv"
    return name, plain_csv(_ADS_HEADER, [total, *rows])


def _ad_rows(world: World, video: WorldVideo) -> list[list[str]]:
    rows = []
    for age, views in enumerate(video.paid_views):
        if not views:
            continue
        day = video.posted_day + timedelta(days=age)
        impressions = math.floor(views * 1.18)
        clicks = math.floor(views * video.creator.click_rate * 0.8)
        played = video.creator.watched * video.duration_seconds * 0.8
        orders = math.floor(clicks * 0.021)
        rows.append(
            [
                day.isoformat(), world.campaign.code, "Spark, broad", f"SPARK_{video.video_id}",
                f"17901{video.video_id[-10:]}", video.video_id, "GBP", pounds(math.floor(impressions * 0.62)),
                str(impressions), str(math.floor(impressions * 0.81)), str(clicks), str(math.floor(clicks * 1.6)),
                f"{clicks / impressions * 100:.2f}%", str(views), str(math.floor(views * 0.46)),
                str(math.floor(views * 0.27)), str(math.floor(views * 0.34)), str(math.floor(views * 0.21)),
                str(math.floor(views * 0.13)), str(math.floor(views * 0.08)), f"{played:.2f}",
                str(math.floor(views * 0.011)), str(math.floor(views * 0.0008)), str(math.floor(views * 0.0006)),
                str(math.floor(views * 0.0004)), str(orders) if orders >= 5 else "<5", pounds(orders * 1900),
            ]
        )  # fmt: skip
    return rows


def analytics_sessions(world: World) -> bytes:
    """Return the GA4 report of sessions by tagged link and day."""
    campaign = world.campaign
    lines = [
        "# ----------------------------------------", "# Report CSV Export", f"# Account: {BRAND}",
        "# Property: northlight-tea.example - GA4", "# ----------------------------------------", "#  ", "# All Users",
        f"# Start date: {campaign.first_day:%Y%m%d}", f"# End date: {campaign.last_export:%Y%m%d}",
        "Session source / medium,Session campaign,Session manual ad content,Date,Sessions,Engaged sessions,Key events",
    ]  # fmt: skip
    for day in days_between(campaign.first_day, campaign.last_export):
        lines.append(f"google / organic,(organic),(not set),{day:%Y%m%d},{180 + day.day},{110 + day.day},4")
        for creator in world.creators:
            sessions = world.visits.get((day, creator.handle), 0)
            if sessions:
                content = f"{creator.handle}-video"
                lines.append(
                    f"tiktok / creator,{campaign.code},{content},{day:%Y%m%d},{sessions},{sessions * 6 // 10},{sessions // 50}"
                )
    return ("\r\n".join(lines) + "\r\n").encode()


def analytics_transactions(world: World) -> bytes:
    """Return the GA4 exploration that names the session behind each transaction, totals row first."""
    campaign, year = world.campaign, world.campaign.first_day.year
    orders = [order for order in world.orders if order.by_link and order.creator]
    revenue = sum(order.subtotal for order in orders)
    lines = [
        "# ----------------------------------------", "# northlight-tea.example - GA4", "# Transactions by link-Free form 1",
        f"# {campaign.first_day:%Y%m%d}-{campaign.last_export:%Y%m%d}", "# ----------------------------------------", "",
        "Transaction ID,Session source / medium,Session campaign,Session manual ad content,Transactions,Purchase revenue",
        f",,,,{len(orders)},{pounds(revenue)},Grand total",
    ]  # fmt: skip
    for order in orders:
        handle = order.creator.handle if order.creator else ""
        lines.append(
            f"#{year % 100}{order.number},tiktok / creator,{campaign.code},{handle}-video,1,{pounds(order.subtotal)}"
        )
    return ("\n".join(lines) + "\n").encode()


def public_videos(world: World, day: date | None = None) -> bytes:
    """Return public counts of every video as a scraper writes them: JSON lines, large counts rounded.

    Args:
        world: whose videos.
        day: as seen at the end of this day; None takes the day of the last export.
    """
    day = day or world.campaign.last_export
    lines = []
    for video in world.videos:
        counts = {
            "diggCount": video.count_to(day, video.creator.like_rate),
            "shareCount": video.count_to(day, video.creator.share_rate),
            "playCount": video.views_to(day),
            "commentCount": video.count_to(day, video.creator.comment_rate),
            "collectCount": video.count_to(day, video.creator.save_rate),
        }
        lines.append(
            json.dumps(
                {
                    "authorMeta.name": video.creator.handle,
                    "text": video.caption,
                    **{name: _as_shown(count) for name, count in counts.items()},
                    "videoMeta.duration": video.duration_seconds,
                    "createTimeISO": video.posted_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                    "webVideoUrl": video.url,
                },
                ensure_ascii=False,
            )
        )
    return ("\n".join(lines) + "\n").encode()


def _as_shown(count: int) -> int:
    """Return a count as TikTok shows it to everyone: rounded from 10,000 on."""
    if count < 10_000:
        return count
    step = 100 if count < 1_000_000 else 100_000
    return count // step * step


_REMARKS = (
    "where do you get the bottle?", "ordered mine yesterday", "does it work with green tea?", "too sweet for me",
    "this looks so good", "my sister needs this", "how long in the fridge?", "code did not work for me",
    "already on my second bottle", "is it caffeine free?",
)  # fmt: skip


def comments(world: World) -> bytes:
    """Return some comments of each video in a scraper's flat table."""
    header = (
        "post_url",
        "post_id",
        "date_created",
        "comment_text",
        "num_likes",
        "num_replies",
        "comment_id",
        "commenter_user_name",
    )
    rows = []
    for video in world.videos:
        for index in range(min(12, 2 + video.views_to(world.campaign.last_export) // 20_000)):
            at = video.posted_at + timedelta(hours=3 + 7 * index)
            remark = _REMARKS[(index * 3 + len(video.creator.handle)) % len(_REMARKS)]
            rows.append(
                (video.url, video.video_id, at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), remark, index * 2, 0,
                 str(int(video.video_id) + 100 + index), f"viewer_{index}_{video.video_id[-4:]}")
            )  # fmt: skip
    return plain_csv(header, rows)


def search_interest(world: World) -> bytes:
    """Return a Google Trends download over the months around the campaign."""
    lines = [
        "Category: All categories",
        "",
        "Week,northlight tea: (United Kingdom),cold brew tea: (United Kingdom)",
    ]
    first = world.campaign.first_day - timedelta(days=71)
    for week in range(16):
        day = first + timedelta(days=7 * week)
        during = world.campaign.first_day <= day <= world.campaign.last_day
        lines.append(
            f"{day.isoformat()},{'<1' if week < 2 else 9 + 2 * week + 18 * during},{41 + 3 * week + 12 * during}"
        )
    return ("\n".join(lines) + "\n").encode()
