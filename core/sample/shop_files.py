"""The sample's shop files: Shopify orders and TikTok Shop affiliate orders."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.sample.cast import SHOP_CURRENCY, ZONE
from core.sample.world import World, WorldOrder, product_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

_ADDRESS = (
    "Name",
    "Street",
    "Address1",
    "Address2",
    "Company",
    "City",
    "Zip",
    "Province",
    "Country",
    "Phone",
)
SHOPIFY_HEADER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price",
    "Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
    *(f"Billing {part}" for part in _ADDRESS), *(f"Shipping {part}" for part in _ADDRESS),
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source",
    "Lineitem discount", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value",
    "Tax 4 Name", "Tax 4 Value", "Tax 5 Name", "Tax 5 Value", "Phone", "Receipt Number", "Duties",
    "Billing Province Name", "Shipping Province Name", "Payment ID", "Payment Terms Name", "Next Payment Due At",
    "Payment References",
)  # fmt: skip
_SHIPPING = 395


def plain_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as most systems write it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def pounds(minor: int) -> str:
    """Return an amount as the shop writes it."""
    return f"{minor // 100}.{minor % 100:02d}"


def shopify_time(at: datetime) -> str:
    """Return an instant as Shopify writes it: shop time with the offset of that moment."""
    return at.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%d %H:%M:%S %z")


def shopify_orders(world: World) -> bytes:
    """Return the orders export of the shop around a campaign."""
    year = world.campaign.first_day.year
    rows = (row for order in world.orders for row in _order_rows(order, year))
    return plain_csv(SHOPIFY_HEADER, rows)


def _order_rows(order: WorldOrder, year: int) -> Iterable[list[str]]:
    paid = order.status in {"paid", "refunded", "partially_refunded"}
    who = f"Customer {order.customer}"
    address = [who, f"{order.customer} Example Road", "", "", "", "Leeds", "LS1 1AA", "ENG", "GB", ""]
    head = {
        "Financial Status": "paid" if order.status == "cancelled" else order.status,
        "Paid at": shopify_time(order.at) if paid else "",
        "Fulfillment Status": "fulfilled" if paid else "unfulfilled",
        "Accepts Marketing": "no",
        "Currency": SHOP_CURRENCY,
        "Subtotal": pounds(order.subtotal),
        "Shipping": pounds(_SHIPPING),
        "Taxes": "0.00",
        "Total": pounds(order.subtotal + _SHIPPING),
        "Discount Code": " + ".join(order.codes) if not order.shop_order_id else "Seller discount",
        "Discount Amount": pounds(order.discount),
        "Cancelled at": shopify_time(order.at) if order.status == "cancelled" else "",
        "Payment Method": "tiktok_shop" if order.shop_order_id else "Shopify Payments",
        "Refunded Amount": pounds(order.refunded),
        "Outstanding Balance": "0.00" if paid else pounds(order.subtotal + _SHIPPING),
        "Id": f"{year}{order.number:09d}",
        "Tags": f"TikTokOrderID:{order.shop_order_id}" if order.shop_order_id else "",
        "Risk Level": "Low",
        "Source": "tiktok" if order.shop_order_id else "web",
        **dict(zip((f"Billing {part}" for part in _ADDRESS), address, strict=True)),
        **dict(zip((f"Shipping {part}" for part in _ADDRESS), address, strict=True)),
    }
    line = {
        "Name": f"#{year % 100}{order.number}",
        "Email": f"customer{order.customer}.{year}@mail.example",
        "Created at": shopify_time(order.at),
        "Lineitem quantity": str(order.quantity),
        "Lineitem name": product_name(order.price),
        "Lineitem price": pounds(order.price),
        "Lineitem sku": f"NT-{order.price}",
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled" if paid else "pending",
        "Vendor": "Northlight Tea",
        "Lineitem discount": "0.00",
    }
    yield [head.get(name, line.get(name, "")) for name in SHOPIFY_HEADER]
    if order.number % 11 == 0:  # some orders hold a free sample as a second line
        extra = line | {
            "Lineitem name": "Free sample sachet",
            "Lineitem price": "0.00",
            "Lineitem quantity": "1",
            "Lineitem sku": "NT-FREE",
        }
        yield [extra.get(name, "") for name in SHOPIFY_HEADER]


AFFILIATE_HEADER = (
    "Order ID", "Product ID", "Product Name", "SKU ID", "Seller Sku", "Price", "Payment Amount", "Currency",
    "Quantity", "Fully returned or refunded", "Payment method", "Order Status", "Creator Username", "Content Type",
    "Content ID", "commission model", "Standard commission rate", "Est. Commission Base",
    "Est. standard commission payment", "Actual Commission Base", "Actual Commission Payment", "Time Created",
    "Time Commission Paid", "Payment time", "Platform",
)  # fmt: skip


def affiliate_orders(world: World) -> bytes:
    """Return the affiliate orders export of TikTok Shop, stray tabs and all."""
    return plain_csv(
        AFFILIATE_HEADER, (_affiliate_row(order) for order in world.orders if order.shop_order_id)
    )


def _affiliate_row(order: WorldOrder) -> list[str]:
    local = order.at.astimezone(ZoneInfo(ZONE))
    commission = order.subtotal * 12 // 100
    return [
        order.shop_order_id + "\t", f"17296{order.price:010d}\t", product_name(order.price), f"17297{order.price:010d}\t",
        f"NT-{order.price}", pounds(order.price), pounds(order.subtotal), SHOP_CURRENCY, str(order.quantity),
        "Yes" if order.status == "refunded" else "No", "Credit card",
        "Cancelled" if order.status == "cancelled" else "Completed",
        order.creator.handle if order.creator else "", "Video", order.video_id + "\t", "Standard", "12%",
        pounds(order.subtotal), pounds(commission), pounds(order.subtotal - order.refunded),
        pounds((order.subtotal - order.refunded) * 12 // 100), local.strftime("%d/%m/%Y %H:%M:%S"), "--",
        local.strftime("%d/%m/%Y %H:%M:%S"), "TikTok",
    ]  # fmt: skip
