"""Shopify's order export: one row per line item, order columns on the first row of each order."""

from __future__ import annotations

from core.imports.formats.context import has_any
from core.imports.formats.shopify_facts import build_orders
from core.imports.model import Column, ExportFormat, Kind, SheetTable


def _is_whole(table: SheetTable) -> bool:
    """Return whether the table has what no other shop's export has together."""
    return has_any(table, "Lineitem name") and has_any(table, "Financial Status")


FORMAT = ExportFormat(
    name="shopify_orders",
    label="Shopify orders",
    system="Shopify",
    grain="one line item of an order",
    how_to_export="Shopify admin → Orders → Export → Plain CSV file. More than 50 orders arrive by e-mail as a ZIP.",
    provenance="shop",
    recognise=_is_whole,
    build=build_orders,
    columns=(
        Column(field="order_name", headers=("Name",), kind=Kind.TEXT, required=True, words="order number"),
        Column(
            field="email",
            headers=("Email",),
            kind=Kind.TEXT,
            words="customer's e-mail, kept only as a pseudonym",
        ),
        Column(
            field="status",
            headers=("Financial Status",),
            kind=Kind.LABEL,
            required=True,
            words="payment status",
        ),
        Column(field="paid_at", headers=("Paid at",), kind=Kind.INSTANT, words="when it was paid"),
        Column(
            field="fulfilled_at", headers=("Fulfilled at",), kind=Kind.INSTANT, words="when it was shipped"
        ),
        Column(field="currency", headers=("Currency",), kind=Kind.CODE, words="currency"),
        Column(field="subtotal", headers=("Subtotal",), kind=Kind.MONEY, words="value after discount"),
        Column(field="shipping", headers=("Shipping",), kind=Kind.MONEY, words="shipping"),
        Column(field="tax", headers=("Taxes",), kind=Kind.MONEY, words="tax"),
        Column(field="total", headers=("Total",), kind=Kind.MONEY, words="total"),
        Column(field="codes", headers=("Discount Code",), kind=Kind.TEXT, words="promo codes used"),
        Column(field="discount", headers=("Discount Amount",), kind=Kind.MONEY, words="discount"),
        Column(
            field="created_at",
            headers=("Created at",),
            kind=Kind.INSTANT,
            required=True,
            words="when it was ordered",
        ),
        Column(field="quantity", headers=("Lineitem quantity",), kind=Kind.COUNT, words="pieces"),
        Column(field="product", headers=("Lineitem name",), kind=Kind.TEXT, required=True, words="product"),
        Column(field="price", headers=("Lineitem price",), kind=Kind.MONEY, words="price of one piece"),
        Column(field="sku", headers=("Lineitem sku",), kind=Kind.TEXT, words="article number"),
        Column(
            field="line_discount",
            headers=("Lineitem discount",),
            kind=Kind.MONEY,
            words="discount on the line",
        ),
        Column(
            field="attributes",
            headers=("Note Attributes", "Landing site", "Landing Site"),
            kind=Kind.TEXT,
            words="only tagged-link fields in it are kept",
        ),
        Column(
            field="cancelled_at", headers=("Cancelled at",), kind=Kind.INSTANT, words="when it was cancelled"
        ),
        Column(field="refunded", headers=("Refunded Amount",), kind=Kind.MONEY, words="refunded so far"),
        Column(field="order_id", headers=("Id",), kind=Kind.ID, words="order id"),
        Column(
            field="tags", headers=("Tags",), kind=Kind.TEXT, words="only a TikTok order number in it is kept"
        ),
        Column(field="channel", headers=("Source",), kind=Kind.TEXT, words="sales channel"),
        Column(
            field="payment",
            headers=("Payment Method",),
            kind=Kind.TEXT,
            words="only `bogus`, which marks test orders, is used",
        ),
    ),
)
