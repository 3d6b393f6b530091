"""Writes the made-up campaign straight into plan and rollup tables, as imports would leave them."""

from datetime import date

from sqlalchemy import text

from core.metrics.measures import BY_NAME, IMPORTED
from core.store.tables import Base
from core.units import day_number

SPRING, WINTER = 2, 1
ANA, BEN, CLEO = 1, 2, 3
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 29)
TODAY = date(2026, 12, 1)


def insert(connection, table, **values):
    """Insert one row; texts that are not given are empty, as the table models say."""
    columns = Base.metadata.tables[table].columns
    empty = {
        column.name: ""
        for column in columns
        if not column.nullable and not column.primary_key and column.type.python_type is str
    }
    connection.execute(columns.values()[0].table.insert(), empty | values)


def tell(store):
    """Write everything; see the tests for the totals it adds up to."""
    with store.writing("tell the story") as connection:
        plan(connection)
        batches(connection)
        counts(connection)
        orders(connection)
        add_up(connection)


def add_up(connection):
    """Fill the smaller sums from the finer ones, as a rebuild would."""
    columns = [c.name for c in Base.metadata.tables["creator_total"].columns if c.name in BY_NAME]
    sums = ", ".join(f"SUM({name})" for name in columns)
    earned = ", ".join(name for name in NAMES)
    connection.execute(  # videos without ads: their total stands for organic too
        text(
            f"INSERT INTO campaign_day (campaign_id, creator_id, day, traffic, {earned})"
            f" SELECT campaign_id, creator_id, day, 'organic', {earned} FROM campaign_day d WHERE traffic = 'total'"
            " AND NOT EXISTS (SELECT 1 FROM campaign_day o WHERE o.campaign_id = d.campaign_id"
            " AND o.creator_id = d.creator_id AND o.day = d.day AND o.traffic = 'organic')"
        )
    )
    for table, source, key in (
        ("creator_total", "campaign_day", "campaign_id, creator_id, traffic"),
        ("day_total", "campaign_day", "campaign_id, day, traffic"),
    ):
        connection.execute(
            text(
                f"INSERT INTO {table} ({key}, {', '.join(columns)}) SELECT {key}, {sums} FROM {source} GROUP BY {key}"
            )
        )
    counted = [name for name in columns if name in {measure.name for measure in IMPORTED}]
    sums = ", ".join(f"SUM(d.{name})" for name in counted)
    key = "campaign_id, creator_id, video_id, traffic"
    source = "FROM video v JOIN video_day d ON d.video_id = v.video_id"
    for traffic, where in (
        ("d.traffic", "1 = 1"),
        ("'organic'", "d.traffic = 'total' AND v.video_id <> '7001'"),
    ):
        connection.execute(
            text(
                f"INSERT INTO video_total ({key}, {', '.join(counted)})"
                f" SELECT v.campaign_id, v.creator_id, v.video_id, {traffic}, {sums} {source} WHERE {where}"
                " GROUP BY v.campaign_id, v.creator_id, v.video_id, d.traffic"
            )
        )
    connection.execute(
        text(
            "UPDATE video_total SET reach = (SELECT MAX(d.reach) FROM video_day d"
            " WHERE d.video_id = video_total.video_id AND d.traffic = video_total.traffic)"
        )
    )


def campaign(connection, number, code, name, days, **more):
    insert(
        connection, "campaign",
        **{
            "id": number, "brand_id": 1, "code": code, "name": name, "first_day": day_number(days[0]),
            "last_day": day_number(days[1]), "zone": "UTC", "currency": "EUR", "objective": "conversion",
            "vertical": "", "owner": "", "notes": "", "click_window_days": 30, "is_sample": False, "version": 1,
        }
        | more,
    )  # fmt: skip


def brand(connection):
    insert(connection, "brand", id=1, name="Lumo", currency="EUR", zone="UTC")


def collaboration(connection, campaign_id, creator_id, fee, currency="EUR"):
    insert(
        connection, "collaboration", campaign_id=campaign_id, creator_id=creator_id, fee=fee,
        currency=currency, deliverables=2, notes="", version=1,
    )  # fmt: skip


def plan(connection):
    brand(connection)
    campaign(connection, WINTER, "winter", "Winter", (date(2025, 12, 1), date(2025, 12, 31)))
    campaign(connection, SPRING, "spring", "Spring glow", (FIRST, LAST))
    for number, name, handle in ((ANA, "Ana", "ana"), (BEN, "Ben", "ben"), (CLEO, "Cleo", "cleo")):
        insert(connection, "creator", id=number, name=name, niche="", country="", notes="", version=1)
        insert(connection, "creator_handle", handle=handle, creator_id=number, is_main=True)
    collaboration(connection, WINTER, ANA, 50_000)
    collaboration(connection, SPRING, ANA, 100_000)
    collaboration(connection, SPRING, BEN, 40_000)
    collaboration(connection, SPRING, CLEO, None)
    insert(connection, "campaign_metric", campaign_id=SPRING, metric="orders", is_primary=True, target=80.0)
    insert(
        connection, "campaign_metric", campaign_id=SPRING, metric="cost_per_order", is_primary=False,
        target=2_000.0,
    )  # fmt: skip
    insert(
        connection, "promo_code", code_key="ANA10", code="ANA10", kind="creator", campaign_id=SPRING,
        creator_id=ANA, video_id="",
    )  # fmt: skip


def batch(connection, number, name, label, **more):
    insert(
        connection, "import_batch",
        **{
            "id": number, "upload": "u", "file_name": name, "sha256": f"{number:064x}", "size": 1,
            "format": "x", "label": label, "account": "", "currency": "",
            "zone": "", "first_day": day_number(FIRST), "last_day": day_number(LAST), "provenance": "platform",
            "as_of_from": "file", "answers": "{}", "importer_version": 1, "rows_digest": "", "rows_in": 3,
            "rows_stored": 3, "rows_aside": 0, "rows_ignored": 0, "receipt": "{}", "who": "", "at": more["as_of"],
        }
        | more,
    )  # fmt: skip


def batches(connection):
    batch(connection, 1, "content-ana.csv", "TikTok Studio content", as_of=1_774_000_000)
    batch(connection, 2, "ads.xlsx", "Ads Manager report", as_of=1_774_100_000)
    batch(connection, 3, "orders.csv", "Shopify orders", provenance="shop", as_of=1_774_200_000)
    batch(connection, 4, "undone.csv", "Shopify orders", provenance="shop", as_of=1_999_000_000, undone_at=1)


# video, creator, day, views, likes, comments, shares, saves, watch seconds, watched views
VIDEOS = (
    ("7001", ANA, 3, 100_000, 5_000, 300, 700, 2_000, None, None),
    ("7002", ANA, 10, 20_000, 400, 50, 50, None, 160_000, 20_000),
    ("7003", BEN, 4, 30_000, 900, 60, 40, None, None, None),
    ("7004", BEN, 17, 500, 100, 5, 5, None, None, None),
    ("7000", ANA, None, 10_000, 300, 50, 50, 100, None, None),
)
NAMES = ("views", "likes", "comments", "shares", "saves", "watch_seconds", "watched_views")


def counts(connection):
    campaign_days = {}
    for video_id, creator, day, *numbers in VIDEOS:
        campaign_id = WINTER if day is None else SPRING
        at = date(2025, 12, 10) if day is None else date(2026, 3, day)
        handle = {ANA: "ana", BEN: "ben"}[creator]
        insert(
            connection, "video", video_id=video_id, handle=handle, creator_id=creator, url="",
            caption=f"Caption of {video_id}", hashtags="", posted_day=day_number(at), campaign_id=campaign_id,
            membership="by hand",
        )  # fmt: skip
        known = {name: value for name, value in zip(NAMES, numbers, strict=True) if value is not None}
        insert(connection, "video_day", video_id=video_id, day=day_number(at), traffic="total", **known)
        totals = campaign_days.setdefault((campaign_id, creator, day_number(at)), {})
        for name, value in known.items():
            totals[name] = totals.get(name, 0) + value
        insert(
            connection, "stat", batch_id=1, subject_kind="video", subject=video_id, kind="lifetime",
            first_day=day_number(at), last_day=day_number(at), traffic="total", breakdown="",
            video_id=video_id, handle=handle, campaign_hint="", label="", currency="", is_rounded=False,
            **known,
        )  # fmt: skip
    for (campaign_id, creator, day), totals in campaign_days.items():
        insert(
            connection, "campaign_day", campaign_id=campaign_id, creator_id=creator, day=day,
            traffic="total", **totals,
        )  # fmt: skip
    paid = {
        "views": 40_000, "likes": 500, "comments": 20, "shares": 30, "impressions": 50_000,
        "views_2s": 16_000, "views_6s": 8_000, "clicks": 600, "cost": 30_000,
    }  # fmt: skip
    day = day_number(date(2026, 3, 3))
    insert(connection, "campaign_day", campaign_id=SPRING, creator_id=ANA, day=day, traffic="paid", **paid)
    insert(connection, "video_day", video_id="7001", day=day, traffic="paid", reach=30_000, **paid)
    insert(connection, "video_day", video_id="7003", day=day, traffic="paid", reach=12_000)
    insert(
        connection, "stat", batch_id=2, subject_kind="ad", subject="ad1", kind="daily", first_day=day,
        last_day=day, traffic="paid", breakdown="", video_id="7001", handle="ana", campaign_hint="", label="",
        currency="EUR", is_rounded=False, reach=30_000, **paid,
    )  # fmt: skip
    organic = {"views": 60_000, "likes": 4_500, "comments": 280, "shares": 670}
    insert(
        connection, "campaign_day", campaign_id=SPRING, creator_id=ANA, day=day, traffic="organic", **organic
    )
    insert(connection, "video_day", video_id="7001", day=day, traffic="organic", **organic)
    for number, followers in ((1, 40_000), (28, 42_000)):
        insert(
            connection, "account_day", handle="ana", day=day_number(date(2026, 3, number)) + 1,
            followers=followers,
        )  # fmt: skip


def orders(connection):
    """Ana 60 orders worth 3,000.00, of them 40 by code; Ben none."""
    ledger = {
        "orders": 60, "revenue": 300_000, "refunds": 10_000, "code_orders": 40,
        "known_customer_orders": 50, "new_customers": 30, "repeat_customers": 6, "repeat_revenue": 24_000,
    }  # fmt: skip
    day = day_number(date(2026, 3, 10))
    connection.execute(
        text(
            f"UPDATE campaign_day SET {', '.join(f'{name} = :{name}' for name in ledger)}"
            " WHERE campaign_id = 2 AND creator_id = 1 AND traffic = 'total' AND day = :day"
        ),
        ledger | {"day": day},
    )
    insert(
        connection, "shop_order", batch_id=3, system="shopify", order_id="1", order_name="#1", sale_key="",
        created_at=1_773_100_000, day=day, status="paid", currency="EUR", channel="", customer_key="",
    )  # fmt: skip
    insert(
        connection, "credit", system="shopify", order_id="1", rule="default", position=0, campaign_id=SPRING,
        creator_id=ANA, video_id="7002", evidence="code", key="ANA10", share=1.0, has_conflict=False, day=day,
        revenue=300_000, refunds=10_000, currency="EUR",
    )  # fmt: skip
