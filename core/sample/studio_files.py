"""The sample's TikTok Studio exports: one ZIP per table, account and export day.

Shapes as Studio writes them: byte order mark, every field quoted, no final line end,
dates without a year in the words of the exporter's language.
"""

from __future__ import annotations

import io
import math
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.sample.world import World, days_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.sample.cast import CastCreator

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def studio_label(day: date) -> str:
    """Return a day as Studio labels it, for instance `March 9`."""
    return f"{_MONTHS[day.month - 1]} {day.day}"


def quoted_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as Studio writes it."""
    lines = [header, *rows]
    text = "\n".join(",".join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines)
    return b"\xef\xbb\xbf" + text.encode()


def zip_of(members: dict[str, bytes], at: datetime) -> bytes:
    """Return a ZIP with the members stored at its root, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=at.timetuple()[:6]), data)
    return buffer.getvalue()


def studio_files(world: World) -> dict[str, bytes]:
    """Return every Studio export of the campaign: file name -> bytes."""
    files: dict[str, bytes] = {}
    for creator in world.creators:
        if creator.sends_exports == "never":
            continue
        days = world.campaign.export_days
        for day in days if creator.sends_exports == "weekly" else days[1:2]:
            if world.videos_of(creator)[0].posted_day >= day:
                continue  # nothing to export yet
            files |= _zip("Content", {"Content.csv": _content(world, creator, day)}, world, creator, day)
        last = world.campaign.last_export if creator.sends_exports == "weekly" else days[1]
        files |= _zip("Overview", {"Overview.csv": _overview(world, creator, last)}, world, creator, last)
        files |= _zip("Viewers", {"Viewers.csv": _viewers(world, creator, last)}, world, creator, last)
        files |= _zip("Followers", _followers(world, creator, last), world, creator, last)
    return files


def _zip(
    table: str, members: dict[str, bytes], world: World, creator: CastCreator, day: date
) -> dict[str, bytes]:
    at = datetime.combine(day, time(9, 30), UTC)
    first = world.campaign.first_day - timedelta(days=14)
    return {f"{table}_{first.isoformat()}_{int(at.timestamp())}_{creator.handle}.zip": zip_of(members, at)}


def _content(world: World, creator: CastCreator, day: date) -> bytes:
    seen = day - timedelta(days=1)  # counts as of the evening before
    rows = [
        (
            studio_label(day), video.caption, video.url, studio_label(video.posted_day),
            video.count_to(seen, creator.like_rate), video.count_to(seen, creator.comment_rate),
            video.count_to(seen, creator.share_rate), video.views_to(seen),
        )
        for video in world.videos_of(creator)
        if video.posted_day <= seen
    ]  # fmt: skip
    header = (
        "Time",
        "Video title",
        "Video link",
        "Post time",
        "Total likes",
        "Total comments",
        "Total shares",
        "Total views",
    )
    return quoted_csv(header, rows)


def account_views(world: World, creator: CastCreator, day: date) -> int:
    """Return the account's views of one day: the campaign's videos and a steady trickle of older ones."""
    older = round(creator.typical_views * 0.06 * (1 + 0.25 * math.sin(day.toordinal())))
    return older + sum(
        video.views_to(day) - video.views_to(day - timedelta(days=1)) for video in world.videos_of(creator)
    )


def _account_days(world: World, last: date) -> Iterable[date]:
    return days_between(world.campaign.first_day - timedelta(days=14), last - timedelta(days=2))


def _overview(world: World, creator: CastCreator, last: date) -> bytes:
    rows = []
    for day in _account_days(world, last):
        views = account_views(world, creator, day)
        # A deleted comment makes a day's count negative now and then.
        comments = math.floor(views * creator.comment_rate) or -(day.day % 7 == 0)
        rows.append(
            (
                studio_label(day), views, math.floor(views * 0.011), math.floor(views * creator.like_rate),
                comments, math.floor(views * creator.share_rate),
            )
        )  # fmt: skip
    return quoted_csv(("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"), rows)


def _viewers(world: World, creator: CastCreator, last: date) -> bytes:
    rows: list[tuple[object, ...]] = []
    days = list(_account_days(world, last))
    for day in days[:-1]:
        viewers = math.floor(account_views(world, creator, day) * 0.83)
        rows.append(
            (
                studio_label(day + timedelta(days=1)),
                viewers,
                math.floor(viewers * 0.78),
                viewers - math.floor(viewers * 0.78),
            )
        )
    rows.append((studio_label(days[-1] + timedelta(days=1)), "undefined", 0, 0))
    return quoted_csv(("Date", "Total Viewers", "New Viewers", "Returning Viewers"), rows)


def _followers(world: World, creator: CastCreator, last: date) -> dict[str, bytes]:
    followers, history = creator.followers, []
    for day in _account_days(world, last):
        gained = math.floor(account_views(world, creator, day) * 0.0011)
        followers += gained
        history.append((studio_label(day), followers, gained))
    newest = last - timedelta(days=2)
    activity = [
        (
            studio_label(day),
            hour,
            0
            if day == newest and hour > 8
            else round(followers * (0.04 + 0.03 * math.sin((hour - 8) / 24 * 6.283))),
        )
        for day in days_between(newest - timedelta(days=6), newest)
        for hour in range(24)
    ]
    women = 0.46 + (len(creator.handle) % 5) * 0.05
    home = 0.61 + (len(creator.name) % 4) * 0.04
    others = round(1 - home - 0.14 - 0.06, 3)
    gender = [("Female", f"{women:.2f}"), ("Male", f"{1 - women - 0.02:.2f}"), ("Other", "0.02")]
    places = [(creator.country, f"{home:.3f}"), ("US", "0.14"), ("IE", "0.06"), ("Others", f"{others:.3f}")]
    return {
        "FollowerHistory.csv": quoted_csv(
            ("Date", "Followers", "Difference in followers from previous day"), history
        ),
        "FollowerActivity.csv": quoted_csv(("Date", "Hour", "Active followers"), activity),
        "FollowerGender.csv": quoted_csv(("Gender", "Distribution"), gender),
        "FollowerTopTerritories.csv": quoted_csv(("Top territories", "Distribution"), places),
    }
