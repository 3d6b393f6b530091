"""Made-up input: orders as Shopify exports them, and the campaign they belong to."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from core.campaigns import add_collaboration, create_brand, create_campaign
from core.creators import create_creator
from core.sample.shop_files import SHOPIFY_HEADER
from core.tracking import add_code

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.engine import Store

FIRST = date(2026, 1, 1)
DAYS = 180
CREATORS = 60
_LINES = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)
_AT = {name: place for place, name in enumerate(SHOPIFY_HEADER)}


def codes() -> tuple[str, ...]:
    """Return the creators' codes."""
    return tuple(f"CREATOR{number:02d}" for number in range(CREATORS))


def write_orders(path: Path, rows: int, *, line_end: str = "\n", seed: int = 7) -> int:
    """Return how many orders were written in about that many rows."""
    draw = random.Random(seed)
    orders = written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(SHOPIFY_HEADER) + line_end)
        while written < rows:
            lines = _order(draw, orders)
            file.write(line_end.join(lines) + line_end)
            written += len(lines)
            orders += 1
    return orders


def _order(draw: random.Random, number: int) -> list[str]:
    at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(
        seconds=int(draw.random() * DAYS * 86_400)
    )
    name = f"#{number + 1001}"
    pieces = [(draw.randrange(1, 4), draw.randrange(40)) for _ in range(draw.choice(_LINES))]
    prices = [499 + 150 * product for _, product in pieces]
    value = sum(quantity * price for (quantity, _), price in zip(pieces, prices, strict=True))
    code = f"CREATOR{draw.randrange(CREATORS):02d}" if draw.random() < 0.25 else ""
    discount = value // 10 if code else 0
    written = at.strftime("%Y-%m-%d %H:%M:%S +0000")
    refunded = draw.random() < 0.03
    head = {
        "Name": name,
        "Email": f"c{draw.randrange(500_000)}@example.com",
        "Financial Status": "refunded" if refunded else "paid",
        "Currency": "EUR",
        "Subtotal": _money(value - discount),
        "Shipping": "4.95",
        "Taxes": _money((value - discount) * 19 // 119),
        "Total": _money(value - discount + 495),
        "Discount Code": code,
        "Discount Amount": _money(discount),
        "Created at": written,
        "Refunded Amount": _money(value - discount if refunded else 0),
        "Id": str(5_000_000_000_000 + number),
    }
    lines = []
    for (quantity, product), price in zip(pieces, prices, strict=True):
        cells = [""] * len(SHOPIFY_HEADER)
        own = {
            "Name": name,
            "Created at": written,
            "Lineitem quantity": str(quantity),
            "Lineitem name": f"Coffee {product}",
            "Lineitem price": _money(price),
            "Lineitem sku": f"C{product}",
            **(head if not lines else {}),
        }
        for title, cell in own.items():
            cells[_AT[title]] = cell
        lines.append(",".join(cells))
    return lines


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def plan_campaign(store: Store, creators: int = CREATORS, *, name: str = "Measured") -> int:
    """Return the id of a campaign with creators, each with a code."""
    brand = create_brand(store, {"name": f"Brand of {name}", "currency": "EUR", "zone": "Europe/Berlin"})
    last = FIRST + timedelta(days=DAYS - 1)
    campaign = create_campaign(
        store,
        {
            "brand_id": brand, "name": name, "code": name.lower().replace(" ", "-"), "zone": "Europe/Berlin",
            "first_day": FIRST, "last_day": last, "currency": "EUR", "objective": "conversion",
            "primary_metric": "orders", "primary_target": "100000", "secondary": {"views": "", "engagement_rate": ""},
        },
    )  # fmt: skip
    for number in range(creators):
        creator = create_creator(
            store, {"handle": f"creator.{number}", "name": f"Creator {number}"}, today=FIRST
        )
        add_collaboration(store, campaign, creator, {"currency": "EUR", "deliverables": 3})
        add_code(store, campaign, {"code": f"CREATOR{number:02d}", "creator_id": creator})
    return campaign
