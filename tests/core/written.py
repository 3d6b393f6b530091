"""A plan as people type it, and facts as imports leave them, for the tests of the writing services."""

from datetime import UTC, date, datetime

from core import campaigns, creators
from core.rollups import rebuild_all
from core.store.written import add_row
from core.units import day_number

TODAY = date(2026, 4, 10)
NOW = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp())


def form(brand_id, **changes):
    """Return a campaign form as typed."""
    return {
        "brand_id": brand_id,
        "name": "Spring",
        "code": "spring",
        "first_day": "2026-03-01",
        "last_day": "2026-03-31",
        "zone": "UTC",
        "currency": "USD",
        "budget": "12,500.00",
        "objective": "awareness",
        "primary_metric": "views",
        "primary_target": "250,000",
        "secondary": {"engagement_rate": "4.5%", "cost_per_thousand_views": "12.50"},
    } | changes


def make_campaign(store, **changes):
    """Return the id of a campaign of the only brand."""
    brands = campaigns.list_brands(store)
    brand = brands[0].brand_id if brands else campaigns.create_brand(store, {"name": "Glow"})
    return campaigns.create_campaign(store, form(brand, **changes))


def make_creator(store, handle, **values):
    """Return the id of a creator."""
    return creators.create_creator(store, {"handle": handle, **values}, today=TODAY)


def join(store, campaign_id, *handles):
    """Return the ids of new creators of a campaign."""
    ids = [make_creator(store, handle) for handle in handles]
    for number in ids:
        campaigns.add_collaboration(store, campaign_id, number, {})
    return ids


def add_facts(store, *, videos=(), orders=(), account_days=()):
    """Store facts as one import would, and rebuild what is derived.

    Args:
        videos: (video id, handle, caption, day posted, views).
        orders: (order id, day, kind of claim, key as written, net minor units).
        account_days: (handle, day, measure, value).
    """
    with store.writing("facts for a test") as connection:
        batch = add_row(connection, "import_batch", {
            "upload": "u", "file_name": "f.csv", "sha256": "0", "size": 1, "format": "test", "label": "Test",
            "as_of": NOW, "at": NOW,
        })  # fmt: skip
        for video_id, handle, caption, day, views in videos:
            number = day_number(day)
            add_row(
                connection,
                "video_fact",
                {
                    "batch_id": batch,
                    "video_id": video_id,
                    "handle": handle,
                    "caption": caption,
                    "posted_day": number,
                },
            )
            stat = {"batch_id": batch, "subject_kind": "video", "subject": video_id, "kind": "lifetime"}
            add_row(
                connection,
                "stat",
                stat | {"first_day": number, "last_day": number + 3, "handle": handle, "views": views},
            )
        for order_id, day, kind, key, net in orders:
            at = day_number(day) * 86_400 + 43_200
            add_row(connection, "shop_order", {
                "batch_id": batch, "system": "shopify", "order_id": order_id, "created_at": at, "day": day_number(day),
                "paid_at": at, "status": "paid", "currency": "USD", "subtotal": net, "total": net, "tax_included": False,
            })  # fmt: skip
            claim = {"batch_id": batch, "system": "shopify", "order_id": order_id, "kind": kind}
            add_row(
                connection,
                "order_claim",
                claim | {"key": key.upper() if kind == "code" else key, "written": key},
            )
        for handle, day, measure, value in account_days:
            number = day_number(day)
            stat = {
                "batch_id": batch,
                "subject_kind": "account",
                "subject": handle,
                "handle": handle,
                "kind": "daily",
            }
            add_row(connection, "stat", stat | {"first_day": number, "last_day": number, measure: value})
        rebuild_all(connection)


def credit_of(store):
    """Return order id -> creators credited."""
    from sqlalchemy import text

    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT order_id, creator_id FROM credit ORDER BY order_id, creator_id")
        )
        found = {}
        for order_id, creator_id in rows:
            found.setdefault(order_id, []).append(creator_id)
        return found


def derived(store):
    """Return every row of the derived tables, sorted."""
    from core.store.written import table

    with store.reading() as connection:
        return {
            name: sorted(map(repr, connection.execute(table(name).select()).all()))
            for name in ("video", "credit", "campaign_day", "day_total", "creator_total", "video_total")
        }


def rebuilt(store):
    """Return the derived rows after rebuilding everything: what they must be anyhow."""
    with store.writing("rebuild") as connection:
        rebuild_all(connection)
    return derived(store)
