"""The files of the sample's content tests: public counts every five days, clicks of links, one ads report."""

from __future__ import annotations

from datetime import date, timedelta

from core.sample.shop_files import plain_csv
from core.sample.trial_cast import TRIALS
from core.sample.trial_world import TrialVideo, boosted_world
from core.sample.web_files import ads_report, public_videos
from core.sample.world import World

COUNTED_DAYS = 21  # after which nobody collects a video's public counts any more
CLICKS_FILE = "link_clicks_by_day.csv"
CLICKS_MAPPING = {
    "Short link": "link", "Date": "day", "Clicks": "link_clicks", "Video link": "video", "Creator": "handle",
}  # fmt: skip


def trial_files(videos: tuple[TrialVideo, ...]) -> dict[str, tuple[bytes, date]]:
    """Return every file of the tests: name -> bytes and the day it was made."""
    files: dict[str, tuple[bytes, date]] = {}
    for day in TRIALS.export_days:
        seen = tuple(one.video for one in videos if 0 < (day - one.video.posted_day).days <= COUNTED_DAYS)
        world = World(campaign=TRIALS, creators=(), videos=seen, orders=(), visits={})
        files[f"public_counts_{day:%Y-%m-%d}.jsonl"] = public_videos(world, day), day
    files[CLICKS_FILE] = _clicks(videos), TRIALS.last_export
    name, report = ads_report(boosted_world(videos))
    files[name] = report, TRIALS.last_export
    return files


def _clicks(videos: tuple[TrialVideo, ...]) -> bytes:
    """Return clicks of each video's short link by day, as a link tool exports them."""
    header = ("Short link", "Date", "Clicks", "Video link", "Creator")
    rows: list[tuple[object, ...]] = [
        (
            f"https://fern.example/{place:03}", (one.video.posted_day + timedelta(days=age)).isoformat(),
            clicks, one.video.url, one.video.creator.handle,
        )
        for place, one in enumerate(videos)
        for age, clicks in enumerate(one.clicks)
        if one.video.posted_day + timedelta(days=age) <= TRIALS.last_export
    ]  # fmt: skip
    return plain_csv(header, rows)
