"""Creators with known true rates, written straight into plan and rollup tables."""

from __future__ import annotations

from datetime import date

import numpy as np
from sqlalchemy import insert as rows_into

from core.store.tables import Base
from core.units import day_number

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 29)
TODAY = date(2026, 5, 20)
AGES = (1, 3, 7, 14, 28, 40)
_SHARE_BY_AGE = (0.35, 0.55, 0.7, 0.85, 0.95, 1.0)
_AT_ONCE = 2_000


def add(connection, table, rows):
    """Insert rows; texts that are not given are empty, as the table models say."""
    columns = Base.metadata.tables[table].columns
    empty = {
        column.name: ""
        for column in columns
        if not column.nullable and not column.primary_key and column.type.python_type is str
    }
    whole = [empty | row for row in rows]
    for first in range(0, len(whole), _AT_ONCE):
        connection.execute(rows_into(columns.values()[0].table), whole[first : first + _AT_ONCE])


def add_campaign(connection, number, *, first=FIRST, last=LAST, currency="EUR", **more):
    add(
        connection,
        "campaign",
        [
            {
                "id": number, "brand_id": 1, "code": f"campaign-{number}", "name": f"Campaign {number}",
                "first_day": day_number(first), "last_day": day_number(last), "zone": "UTC", "currency": currency,
                "objective": "engagement", "click_window_days": 30, "is_sample": False, "version": 1,
            }
            | more
        ],
    )  # fmt: skip


def tell(store, *, creators=10, videos=4, campaigns=1, seed=1, spread=0.5, rates=None, rows=AGES):
    """Write campaigns in which the same creators take part; return their true engagement rates."""
    rng = np.random.default_rng(seed)
    true = np.asarray(rates) if rates is not None else 0.05 * np.exp(spread * rng.standard_normal(creators))
    with store.writing("tell the story") as connection:
        add(connection, "brand", [{"id": 1, "name": "Lumo", "currency": "EUR", "zone": "UTC"}])
        for number in range(1, campaigns + 1):
            add_campaign(connection, number)
            add(
                connection,
                "campaign_metric",
                [{"campaign_id": number, "metric": "engagement_rate", "is_primary": True, "target": 0.06}],
            )
        people = range(1, creators + 1)
        add(
            connection, "creator", [{"id": one, "name": f"Creator {one:04d}", "version": 1} for one in people]
        )
        add(
            connection,
            "creator_handle",
            [{"handle": f"creator.{one}", "creator_id": one, "is_main": True} for one in people],
        )
        add(
            connection,
            "creator_followers",
            [
                {"creator_id": one, "day": day_number(FIRST) - 5, "followers": (3_000, 20_000)[one % 2]}
                for one in people
            ],
        )
        places = [((one - 1) % campaigns + 1, one) for one in people]
        add(
            connection,
            "collaboration",
            [
                {
                    "campaign_id": campaign,
                    "creator_id": one,
                    "fee": 50_000,
                    "currency": "EUR",
                    "deliverables": 3,
                    "version": 1,
                }
                for campaign, one in places
            ],
        )
        add(
            connection,
            "promo_code",
            [
                {
                    "code_key": f"C{one}",
                    "code": f"C{one}",
                    "kind": "creator",
                    "campaign_id": campaign,
                    "creator_id": one,
                }
                for campaign, one in places
            ],
        )
        _videos(connection, rng, true, places=places, videos=videos, ages=rows)
    return true


def _videos(connection, rng, true, *, places, videos, ages):
    notes, days, totals, sums = [], [], [], []
    first = day_number(FIRST)
    shares = dict(zip(AGES, _SHARE_BY_AGE, strict=True))
    for campaign, one in places:
        final_views = np.maximum(200, np.exp(9 + 1.1 * rng.standard_normal(videos))).astype(int)
        steady = rng.gamma(6, 1 / 6, videos)
        whole = dict.fromkeys(("views", "likes", "comments", "shares", "saves"), 0)
        for number in range(videos):
            key = f"{one}-{number}"
            posted = first + int(rng.integers(0, 10))
            notes.append(
                {"video_id": key, "handle": f"creator.{one}", "creator_id": one, "campaign_id": campaign,
                 "posted_day": posted, "duration_seconds": 20 + one % 3}
            )  # fmt: skip
            rate = min(0.6, true[one - 1] * steady[number])
            last = dict.fromkeys(whole, 0)
            for age in ages:
                views = int(final_views[number] * shares[age])
                engaged = rng.binomial(max(views - last["views"], 0), rate)
                rise = {
                    "views": views - last["views"], "likes": engaged - engaged // 10, "comments": engaged // 10,
                    "shares": 0, "saves": engaged // 5,
                }  # fmt: skip
                last = {name: last[name] + rise[name] for name in last}
                days.append({"video_id": key, "day": posted + age, "traffic": "total", **rise})
            whole = {name: whole[name] + last[name] for name in whole}
            totals.append(
                {"campaign_id": campaign, "creator_id": one, "video_id": key, "traffic": "total", **last}
            )
        sums.append(
            {"campaign_id": campaign, "creator_id": one, "traffic": "total", **whole,
             "orders": float(rng.poisson(whole["views"] / 2_000)), "revenue": whole["views"] * 2}
        )  # fmt: skip
    for table, rows in (
        ("video", notes),
        ("video_day", days),
        ("video_total", totals),
        ("creator_total", sums),
    ):
        add(connection, table, rows)
