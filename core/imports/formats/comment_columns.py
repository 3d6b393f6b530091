"""Columns of comments in the shapes that scrapers give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats.video_columns import paths
from core.imports.model import Column, Kind

if TYPE_CHECKING:
    from core.imports.model import SheetTable

ROOT_PARENTS = frozenset({"root", "0", "none", "null", "nan", "-"})

COLUMNS = (
    Column(
        field="text",
        headers=("comment", "text_content", "comment_text", "content", "text", "Comment", "comment text", "message"),
        kind=Kind.TEXT, required=True, words="what the comment says",
    ),
    Column(
        field="comment_id",
        headers=("comment_id", "cid", "commentId", "entry_id", "id", "comment id"),
        kind=Kind.ID, words="id of the comment",
    ),
    Column(
        field="parent_id",
        headers=("parent_comment_id", "repliesToId", "parentCommentId", "parent_id", "parent", "reply_to"),
        kind=Kind.TEXT, words="the comment it answers",
    ),
    Column(
        field="url",
        headers=("videoWebUrl", "video_url", "post_url", "submittedVideoUrl", "videoUrl", "video url", "video link", "postUrl", "(view) source"),
        kind=Kind.URL, words="link of the video",
    ),
    Column(
        field="video_id",
        headers=("video_id", "post_id", "aweme_id", "videoId", "video id", "postId", "input"),
        kind=Kind.TEXT, words="id of the video",
    ),
    Column(
        field="created",
        headers=(
            "create_time", "createTimeISO", "createTime", "creation_timestamp", "date_posted_unix", "date_posted_utc",
            "date_created", "publishedAt", "created_at", "timestamp", "date", "comment date", "created",
        ),
        kind=Kind.TEXT, words="moment of the comment",  # read here: the clock in the ids may tell the zone
    ),
    Column(
        field="likes",
        headers=("diggCount", "like_count", "likeCount", "likes", "num_likes", "likesCount", "digg_count", "comment_likes"),
        kind=Kind.COUNT, words="likes of the comment",
    ),
    Column(
        field="replies",
        headers=(
            "total_reply", "replyCommentTotal", "comment_total_replies", "replies_under_comment_count", "num_replies",
            "replyCount", "reply_count", "reply_comment_total",
        ),
        kind=Kind.COUNT, words="replies to the comment",
    ),
    Column(
        field="author",
        headers=paths(
            "username", "uniqueId", "author_username", "commenter_user_name", "authorUniqueId", "author", "user.unique_id",
            "user.uniqueId", "user_name", "author.uniqueId",
        ),
        kind=Kind.TEXT, words="who wrote it; only a pseudonym is stored",
    ),
    Column(
        field="author_id",
        headers=paths("uid", "user_id", "commenter_id", "author_id", "userId", "authorId", "user.uid", "Profile ID"),
        kind=Kind.TEXT, words="account that wrote it; only a pseudonym is stored",
    ),
    Column(field="row", headers=("_row",), kind=Kind.TEXT, words="number of the row, from a nested file"),
    Column(field="parent_row", headers=("_parent",), kind=Kind.TEXT, words="row of the comment it answers, from a nested file"),
)  # fmt: skip

# One of these says that the rows are comments; `text`, `id` and `likes` are words of everything.
_SIGNS = frozenset(
    header.casefold()
    for column in COLUMNS
    for header in column.headers
    if column.field in {"parent_id", "parent_row", "replies"}
    or "comment" in header.casefold()
    or header == "cid"
) - {"parent", "content"}
_ELSEWHERE = frozenset({
    "playcount", "play_count", "view_count", "views", "video views", "plays", "stats.playcount", "stats_playcount",
    "impressions", "sku", "order id",
})  # fmt: skip


def is_about_comments(table: SheetTable) -> bool:
    """Return whether the header names something that only comments have, and no counts of videos."""
    names = {header.strip().strip("\ufeff").casefold() for header in table.header}
    return bool(names & _SIGNS) and not names & _ELSEWHERE
