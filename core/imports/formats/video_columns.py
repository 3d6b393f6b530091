"""Columns of public video data: one thing has many names, and nested ones many spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.cells import posted_from_id, video_id_of
from core.imports.headers import header_key
from core.imports.model import Column, Kind

if TYPE_CHECKING:
    from core.imports.model import SheetTable

_LOOKED_AT = 20  # rows that are enough to see that a column names videos
_JOINTS = (".", "/", "_", "__")


def paths(*names: str) -> tuple[str, ...]:
    """Return the names, each nested one (`stats.playCount`) in every spelling that flattening gives."""
    spelled: dict[str, None] = {}
    for name in names:
        for joint in _JOINTS if "." in name else ("",):
            spelled[name.replace(".", joint)] = None
    return tuple(spelled)


COLUMNS = (
    Column(
        field="video_id",
        headers=("id", "video_id", "video id", "aweme_id", "awemeId", "item_id", "post_id", "videoId", "video.id"),
        kind=Kind.ID, words="TikTok's id of the video",
    ),
    Column(
        field="url",
        headers=paths(
            "webVideoUrl", "video_url", "video link", "videoUrl", "link", "url", "post_url", "postUrl", "share_url",
            "video url", "submittedVideoUrl", "tiktok link", "video.url",
        ),
        kind=Kind.URL, words="link of the video",
    ),
    Column(
        field="views",
        headers=paths(
            "playCount", "play_count", "view_count", "viewCount", "views", "video views", "plays", "play", "total views",
            "stats.playCount", "statistics.play_count", "statsV2.playCount", "number of views",
        ),
        kind=Kind.COUNT, required=True, words="views since posting",
    ),
    Column(
        field="likes",
        headers=paths(
            "diggCount", "digg_count", "like_count", "likeCount", "likes", "heart", "hearts", "total likes", "likesCount",
            "stats.diggCount", "statistics.digg_count", "statsV2.diggCount", "number of likes",
        ),
        kind=Kind.COUNT, words="likes since posting",
    ),
    Column(
        field="comments",
        headers=paths(
            "commentCount", "comment_count", "comments", "total comments", "commentsCount", "comments_count",
            "stats.commentCount", "statistics.comment_count", "statsV2.commentCount",
        ),
        kind=Kind.COUNT, words="comments since posting",
    ),
    Column(
        field="shares",
        headers=paths(
            "shareCount", "share_count", "shares", "total shares", "shareCounts", "sharesCount",
            "stats.shareCount", "statistics.share_count", "statsV2.shareCount",
        ),
        kind=Kind.COUNT, words="shares since posting",
    ),
    Column(
        field="saves",
        headers=paths(
            "collectCount", "collect_count", "favorites_count", "favourites_count", "favorites", "saves", "saveCount",
            "bookmarks", "stats.collectCount", "statistics.collect_count", "statsV2.collectCount",
        ),
        kind=Kind.COUNT, words="times saved since posting",
    ),
    Column(
        field="handle",
        headers=paths(
            "authorMeta.name", "author.uniqueId", "author_uniqueId", "author.unique_id", "username", "handle", "account",
            "authorUniqueId", "profile_username", "account_id", "creator",
        ),
        kind=Kind.CODE, words="handle of the account",
    ),
    Column(
        field="followers",
        headers=paths(
            "authorMeta.fans", "authorStats.followerCount", "author.followerCount", "author.fans", "profile_followers",
            "followerCount", "fans",
        ),
        kind=Kind.COUNT, words="followers of the account",
    ),
    Column(
        field="caption",
        headers=("text", "desc", "description", "video_description", "video_title", "video title", "caption", "title"),
        kind=Kind.TEXT, words="caption",
    ),
    Column(
        field="posted",
        headers=("createTimeISO", "createTime", "create_time", "create time", "created_at", "posted_at", "date_posted", "upload date", "timestamp_posted"),
        kind=Kind.TEXT, words="moment of posting",
    ),
    Column(
        field="seen",
        headers=("scrapedAt", "scraped_at", "scrape_timestamp", "scrape time", "collected_at", "captured_at", "fetched_at", "crawled_at", "collection date"),
        kind=Kind.DAY, words="day the counts were seen",
    ),
    Column(
        field="duration",
        headers=paths("videoMeta.duration", "video.duration", "video_duration", "duration", "video length"),
        kind=Kind.SECONDS, words="length of the video",
    ),
    Column(field="is_ad", headers=("isAd", "is_ad"), kind=Kind.FLAG, words="marked as advertising"),
    Column(
        field="is_sponsored",
        headers=("isSponsored", "is_sponsored", "isPaidPartnership", "is_paid_partnership", "paid partnership"),
        kind=Kind.FLAG, words="marked as paid partnership",
    ),
)  # fmt: skip


def names_videos(table: SheetTable) -> bool:
    """Return whether a column of links or ids names TikTok videos in the first rows.

    `views` and `link` are words of every platform; only the ids say that it is TikTok.
    """
    wanted = {header_key(header) for column in COLUMNS[:2] for header in column.headers}
    for header, cells in zip(table.header, table.columns, strict=True):
        if header_key(header) in wanted:
            first = [str(cell) for cell in cells.iloc[:_LOOKED_AT] if str(cell).strip()]
            if first and any(_is_video(cell) for cell in first):
                return True
    return False


def _is_video(cell: str) -> bool:
    video = video_id_of(cell)
    return bool(video) and (posted_from_id(video) is not None or "tiktok.com" in cell)
