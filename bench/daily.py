"""A store with a million daily rows: many videos, each seen on each day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.rollups import rebuild_all
from core.store.bulk import insert_frame, insert_rows
from core.units import day_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.store.engine import Store

FIRST = day_number(date(2025, 1, 1))
MEASURES = ("views", "likes", "comments", "shares", "saves", "follows", "watch_seconds", "watched_views")
CREATORS = (500, 120, 80, 50)  # of each campaign
BIGGEST = 2  # its id: the first campaign is its predecessor


def fill(store: Store, videos: int = 2_000, days: int = 500) -> int:
    """Return how many rows of daily counts were stored, rollups made."""
    with store.writing("measure") as connection:
        owners = _plan(connection, days)
        rows = _facts(connection, owners, videos, days)
        rebuild_all(connection)
    return rows


def _plan(connection: Connection, days: int) -> list[tuple[int, int]]:
    """Write brand, campaigns and creators; return (campaign, creator) of each collaboration."""
    sizes = {2: CREATORS[0], 1: CREATORS[1], 3: CREATORS[2], 4: CREATORS[3]}
    insert_rows(connection, "brand", ("id", "name", "currency", "zone"), [(1, "Measured", "EUR", "UTC")])
    insert_rows(
        connection,
        "campaign",
        ("id", "brand_id", "code", "name", "first_day", "last_day", "zone", "currency"),
        [
            (
                number,
                1,
                f"measured-{number}",
                f"Measured {number}",
                FIRST + number,
                FIRST + days,
                "UTC",
                "EUR",
            )
            for number in sizes
        ],
    )
    pairs = [
        (campaign, creator)
        for campaign, (start, size) in zip(sizes, _spans(list(sizes.values())), strict=True)
        for creator in range(start + 1, start + size + 1)
    ]
    insert_rows(connection, "creator", ("id", "name"), [(number, f"Creator {number}") for _, number in pairs])
    insert_rows(
        connection,
        "creator_handle",
        ("handle", "creator_id", "is_main"),
        [(f"c.{n}", n, True) for _, n in pairs],
    )
    insert_rows(
        connection,
        "collaboration",
        ("campaign_id", "creator_id", "fee", "currency"),
        [(campaign, creator, 50_000, "EUR") for campaign, creator in pairs],
    )
    return pairs


def _spans(sizes: list[int]) -> list[tuple[int, int]]:
    return [(sum(sizes[:place]), size) for place, size in enumerate(sizes)]


def _facts(connection: Connection, pairs: list[tuple[int, int]], videos: int, days: int) -> int:
    """Write one import of daily counts; videos go round the creators."""
    insert_rows(
        connection,
        "import_batch",
        ("id", "upload", "file_name", "sha256", "size", "format", "label", "as_of", "at"),
        [(1, "measured", "measured.csv", "0", 1, "studio_content", "Measured", 1_800_000_000, 1_800_000_000)],
    )
    draw = np.random.default_rng(7)
    names = [str(7_300_000_000_000_000_000 + number) for number in range(videos)]
    owner = [pairs[number % len(pairs)] for number in range(videos)]
    handles = [f"c.{creator}" for _, creator in owner]
    insert_rows(
        connection,
        "video_fact",
        ("batch_id", "video_id", "handle", "posted_day", "posted_from"),
        [(1, name, handle, FIRST + 5, "file") for name, handle in zip(names, handles, strict=True)],
    )
    insert_rows(
        connection,
        "membership_choice",
        ("video_id", "campaign_id", "belongs"),
        [(name, campaign, True) for name, (campaign, _) in zip(names, owner, strict=True)],
    )
    for start in range(0, videos, 200):
        some = names[start : start + 200]
        count = len(some) * days
        day = np.tile(np.arange(FIRST, FIRST + days), len(some))
        views = draw.integers(100, 5_000, count)
        frame = pd.DataFrame(
            {
                "subject": np.repeat(np.array(some, dtype=object), days),
                "handle": np.repeat(np.array(handles[start : start + 200], dtype=object), days),
                "first_day": day,
                "last_day": day,
                "views": views,
                **{name: views // (place + 2) for place, name in enumerate(MEASURES[1:])},
            }
        )
        insert_frame(connection, "stat", frame, batch_id=1, subject_kind="video", kind="daily")
    return videos * days
