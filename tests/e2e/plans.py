"""A planned campaign and small exports of its one creator, all in March 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.campaigns import add_collaboration, create_brand, create_campaign
from core.creators import create_creator
from core.store.engine import open_store
from core.tracking import add_code
from tests.core.imports.pipeline.makers import Order, archive, content_file, csv_bytes, orders_file

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 28)
VIDEO = str(
    (int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()) << 32) + 7
)  # an id tells when it was posted


def plan(folder, *, name="Spring", handle="ada.brews", creator="Ada"):
    """Write a campaign of one creator into a store that no server uses yet; returns its code."""
    folder.mkdir(exist_ok=True)
    store = open_store(f"sqlite:///{folder / 'plumbline.db'}")
    brand = create_brand(store, {"name": "Glow", "currency": "GBP", "zone": "UTC"})
    campaign = create_campaign(
        store,
        {
            "brand_id": brand, "name": name, "code": "spring", "zone": "UTC", "first_day": FIRST,
            "last_day": LAST, "currency": "GBP", "objective": "awareness", "primary_metric": "views", "primary_target": "1000",
            "secondary": {"engagement_rate": "5%", "orders": "10"},
        },
    )  # fmt: skip
    person = create_creator(store, {"handle": handle, "name": creator}, today=FIRST)
    add_collaboration(store, campaign, person, {"currency": "GBP"})
    add_code(store, campaign, {"code": "ADA10", "creator_id": person, "first_day": FIRST, "last_day": LAST})
    store.close()
    return "spring"


def studio_zip(handle="ada.brews", caption="Glow up"):
    """Return TikTok Studio's Content ZIP with one video of 500 views, and its name."""
    table = content_file(handle, VIDEO).replace(b"Glow up", caption.encode())
    return f"Content_2026-03-01_1773048600_{handle}.zip", archive({"Content.csv": table})


def shop_orders(count=5, *, total="20.00", code="ADA10", name="orders_export_1.csv"):
    """Return a Shopify export of March with so many orders, and its name."""
    orders = [Order(number=n, total=total, code=code, day=n % 27 + 1) for n in range(1, count + 1)]
    return name, orders_file(orders).replace(b"2026-02-", b"2026-03-")


def unknown_table(name="Partner figures.csv"):
    """Return a table that no known export looks like, and its name."""
    rows = [(f"https://www.tiktok.com/@ada.brews/video/{VIDEO}", "12", "31")]
    return name, csv_bytes(("Video link", "Bookmarks", "Zzz"), rows)
