"""Mapper target: orders of any shop, one row per order or per line item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, Severity
from core.imports.formats.closed_orders import CLOSED, is_closed
from core.imports.formats.context import (
    currency_question,
    local_days,
    one_currency,
    only_value,
    per_text,
    problems_at,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.mapped_estimates import estimates
from core.imports.formats.order_claims import claims, code_claims
from core.imports.formats.shopify_facts import tax_included
from core.imports.formats.stat_rows import add_counts, column_at, sound_rows, texts_at
from core.imports.model import Ask, Column, ExportFormat, Facts, Kind, Question, RowProblem, TypedTable
from core.keys import handle_key, link_key

if TYPE_CHECKING:
    import numpy as np

_STATUS = {
    "paid": "paid", "completed": "paid", "complete": "paid", "processing": "paid", "shipped": "paid", "delivered": "paid",
    "fulfilled": "paid", "closed": "paid", "success": "paid", "approved": "paid",
    "pending": "pending", "pending payment": "pending", "on hold": "pending", "unpaid": "pending", "open": "pending",
    "authorized": "authorized", "partially paid": "partially_paid", "partially refunded": "partially_refunded",
    "refunded": "refunded", "returned": "refunded", "voided": "voided", "expired": "voided",
    "cancelled": "cancelled", "canceled": "cancelled", "failed": "cancelled", "declined": "cancelled", "trash": "cancelled",
    "test": "test",
}  # fmt: skip
_MONEY = ("subtotal", "discount", "shipping", "tax", "total", "refunded")
_UTM = ("source", "medium", "campaign", "content", "term")
_NO_LINK = "||||"
_SHOPS = {
    "woocommerce": "WooCommerce", "shopify": "Shopify", "bigcommerce": "BigCommerce", "magento": "Magento",
    "wix": "Wix", "squarespace": "Squarespace", "amazon": "Amazon", "tiktok_shop": "TikTok Shop", "shop": "another shop",
}  # fmt: skip


def build(typed: TypedTable) -> Facts:
    """Return the orders of the shop with their lines and who brought them."""
    good, problems = sound_rows(typed)
    rows = _rows(typed, good)
    aside, set_aside = _set_aside(typed, good, rows)
    problems += aside
    rows = rows[~set_aside].reset_index(drop=True)
    closed = is_closed(rows, typed.known)
    rows = rows[~closed].reset_index(drop=True) if closed.any() else rows
    back = rows["total"].lt(0).fillna(value=False) & rows["order_id"].isin(
        rows.loc[rows["total"].ge(0).fillna(value=False), "order_id"]
    )
    orders = _orders(rows[~back], rows[back])
    questions = _questions(typed, orders)
    system = typed.known.answers.get((Ask.SHOP, ""), "").strip().lower() or "shop"
    orders["system"] = system
    exported = export_time(typed.known, newest=rows["created_at"].max() if len(rows) else None)
    return Facts(
        tables={
            "shop_order": orders.drop(columns=["codes", "link_key", "handle", "written"]),
            "order_line": _lines(rows[~back], system),
            "order_claim": _claims(orders, system),
        },
        problems=problems,
        issues=(*estimates(typed), *_no_status(typed)),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(orders["day"].min()) if len(orders) else None,
        last_day=int(orders["day"].max()) if len(orders) else None,
        currency=only_value(orders["currency"]),
        zone=typed.known.answers.get((Ask.ZONE, ""), ""),
        rows=len(rows),
        ignored=add_counts({CLOSED: int(closed.sum())}),
    )


def order_status(text: str) -> str:
    """Return our status for a shop's own word, '' where it is not known."""
    return _STATUS.get(
        " ".join(text.lower().removeprefix("wc-").replace("_", " ").replace("-", " ").split()), ""
    )


def _rows(typed: TypedTable, at: np.ndarray) -> pd.DataFrame:
    """Return the rows with all that orders, lines and claims need; e-mails only as pseudonyms."""

    def text(name: str) -> pd.Series:
        return pd.Series(texts_at(typed, name, at), dtype="str").str.strip()

    frame = pd.DataFrame(
        {
            name: text(name)
            for name in ("order_id", "order_name", "channel", "codes", "product", "sku", "currency")
        }
    )
    frame["currency"] = (
        frame["currency"].str.upper().mask(frame["currency"] == "", one_currency(typed, _MONEY))
    )
    frame["customer_key"] = per_text(text("email"), typed.known.customer_key)
    frame["status"] = per_text(text("status"), order_status) if typed.has("status") else "paid"
    frame["written"] = text("handle")
    frame["handle"] = per_text(frame["written"], handle_key)
    written = text("source").str.cat(pd.DataFrame({name: text(name) for name in _UTM[1:]}), sep="\x1f")
    frame["link_key"] = per_text(written, lambda cell: link_key(*cell.split("\x1f")))
    for name in ("created_at", "paid_at", "quantity", "price", *_MONEY):
        frame[name] = column_at(typed, name, at).astype("Int64")
    frame["day"] = local_days(frame["created_at"], typed.known.answers.get((Ask.ZONE, ""), ""))
    return frame


def _set_aside(
    typed: TypedTable, at: np.ndarray, rows: pd.DataFrame
) -> tuple[tuple[RowProblem, ...], np.ndarray]:
    """Return the problems of rows that are no order, and which rows these are."""
    nameless = (rows["order_id"] == "").to_numpy(dtype=bool)
    first = ~rows.duplicated("order_id").to_numpy(dtype=bool) & ~nameless
    odd_ids = rows.loc[first & (rows["status"] == "").to_numpy(dtype=bool), "order_id"]
    odd = rows["order_id"].isin(odd_ids).to_numpy(dtype=bool) & ~nameless
    dated = set(rows.loc[rows["created_at"].notna(), "order_id"])
    undated = ~rows["order_id"].isin(dated).to_numpy(dtype=bool) & ~nameless & ~odd
    problems = (
        *problems_at(at[nameless], column=typed.headers["order_id"], code="order-without-name",
                     what="The row names no order.", fix="Fill in the order number and import again."),
        *problems_at(at[odd], column=typed.headers.get("status", ""), code="order-status-unknown",
                     what="The order's status is not one that we know.",
                     fix="Write completed, processing, pending, cancelled or refunded, and import again."),
        *problems_at(at[undated], column=typed.headers["created_at"], code="order-without-time",
                     what="The order has no date.", fix="Fill in the date of the order and import again."),
    )  # fmt: skip
    return problems, nameless | odd | undated


def _orders(rows: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """Return one row per order; negative rows of a known order are its refunds."""
    texts = ["order_name", "channel", "codes", "currency", "customer_key", "status", "handle", "written"]
    numbers = ["created_at", "day", "paid_at", *_MONEY]
    filled = rows.assign(**{name: rows[name].mask(rows[name] == "") for name in texts})
    filled["link_key"] = filled["link_key"].mask(filled["link_key"] == _NO_LINK)
    groups = filled.groupby("order_id", sort=False)
    orders = groups[[*texts, "link_key", *numbers]].first()
    for name in (*texts, "link_key"):
        orders[name] = orders[name].astype("object").where(orders[name].notna(), "")
    orders["items"] = groups["quantity"].sum(min_count=1)
    refunds = (-back.groupby("order_id")["total"].sum()).reindex(orders.index)
    orders["refunded"] = orders["refunded"].fillna(refunds)
    orders["tax_included"] = tax_included(orders)
    return orders.reset_index()


def _questions(typed: TypedTable, orders: pd.DataFrame) -> tuple[Question, ...]:
    """Return what only a person knows: which shop it is, and the currency."""
    asked: list[Question] = []
    if not typed.known.answers.get((Ask.SHOP, ""), "").strip():
        asked.append(Question(ask=Ask.SHOP, sentence="Which shop are these orders from?", choices=_SHOPS))
    has_amount = orders[list(_MONEY)].notna().any(axis=1)
    if bool((has_amount & (orders["currency"] == "")).any()):
        asked.extend(currency_question(typed, _MONEY))
    return tuple(asked)


def _lines(rows: pd.DataFrame, system: str) -> pd.DataFrame:
    """Return one row per line item, none where the file has only orders."""
    lines = rows[(rows["product"] != "") | (rows["sku"] != "")]
    frame = lines[["order_id", "sku", "product", "quantity", "price"]].reset_index(drop=True)
    frame["system"] = system
    frame["line"] = frame.groupby("order_id", sort=False).cumcount() + 1
    return frame


def _claims(orders: pd.DataFrame, system: str) -> pd.DataFrame:
    """Return who brought each order: codes, a named creator, a tagged link."""
    creators, links = orders[orders["handle"] != ""], orders[orders["link_key"] != ""]
    ids = orders["order_id"]
    parts = [
        code_claims(system, ids, orders["codes"].astype("str")),
        claims(system=system, order_id=ids.loc[creators.index], kind="affiliate", key=creators["handle"], written=creators["written"]),
        claims(system=system, order_id=ids.loc[links.index], kind="link", key=links["link_key"], written=links["link_key"]),
    ]  # fmt: skip
    filled = [part for part in parts if len(part)]
    found = pd.concat(filled, ignore_index=True) if filled else parts[0]
    found["position"] = found.groupby("order_id", sort=False).cumcount()
    return found


def _no_status(typed: TypedTable) -> tuple[Issue, ...]:
    """Return a note where the file has no status, so that every order counts as paid."""
    if typed.has("status"):
        return ()
    return (
        Issue(
            code="orders-without-status",
            severity=Severity.WARNING,
            what="The file has no status, so every order counts as paid, cancelled ones too.",
            fix="Export the orders with their status, if the shop offers it.",
            places=(typed.table.place(),),
        ),
    )


FORMAT = ExportFormat(
    name="mapped_orders",
    label="Orders of a shop",
    system="any",
    grain="one order, or one line item of an order",
    how_to_export="WooCommerce → Analytics → Orders → Download; any shop: orders with number, date, status, total and coupon.",
    provenance="shop",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="order_id", headers=("Order ID", "Order #", "Order Number", "Order No", "Order", "order_id", "order_number", "ID", "Name", "Transaction ID"), kind=Kind.ID, required=True, words="order number"),
        Column(field="created_at", headers=("Date", "Order Date", "Created", "Created at", "Date created", "order_date", "date", "Order created", "Purchase date", "Ordered at", "date_created"), kind=Kind.INSTANT, required=True, words="when it was ordered"),
        Column(field="total", headers=("Total", "Order Total", "Order Total Amount", "order_total", "Amount", "Grand total", "Total price", "Total sales"), kind=Kind.MONEY, words="total with shipping and tax"),
        Column(field="subtotal", headers=("Subtotal", "Order Subtotal", "N. Revenue", "Net revenue", "Net sales", "Order value", "Items total", "order_subtotal"), kind=Kind.MONEY, words="value of the goods after discount"),
        Column(field="status", headers=("Status", "Order Status", "Financial status", "Payment status", "State", "order_status"), kind=Kind.LABEL, words="status"),
        Column(field="currency", headers=("Currency", "Order currency", "Currency code", "order_currency"), kind=Kind.CODE, words="currency"),
        Column(field="codes", headers=("Coupon(s)", "Coupon", "Coupons", "Coupon Code", "Coupon codes", "Discount code", "Discount codes", "Promo code", "Voucher", "coupon_codes", "coupons"), kind=Kind.TEXT, words="promo codes"),
        Column(field="discount", headers=("Discount", "Discount amount", "Discount Total", "order_discount", "Cart discount", "Total discount"), kind=Kind.MONEY, words="discount"),
        Column(field="shipping", headers=("Shipping", "Shipping total", "Order Shipping Amount", "order_shipping", "Shipping cost"), kind=Kind.MONEY, words="shipping"),
        Column(field="tax", headers=("Tax", "Taxes", "Order Total Tax Amount", "Total tax", "order_tax", "VAT"), kind=Kind.MONEY, words="tax"),
        Column(field="refunded", headers=("Refunded", "Refunded amount", "Refund total", "Order Refund Amount", "Total refunded"), kind=Kind.MONEY, words="refunded so far"),
        Column(field="email", headers=("Email", "E-mail", "Customer email", "Billing Email", "billing_email", "Email (Billing)", "Customer"), kind=Kind.TEXT, words="customer's e-mail, kept only as a pseudonym"),
        Column(field="order_name", headers=("Order name", "Order key"), kind=Kind.TEXT, words="order name"),
        Column(field="paid_at", headers=("Paid at", "Date paid", "Payment date", "Paid Date"), kind=Kind.INSTANT, words="when it was paid"),
        Column(field="channel", headers=("Channel", "Sales channel", "Origin", "Attribution", "created_via"), kind=Kind.TEXT, words="sales channel"),
        Column(field="product", headers=("Product", "Product name", "Product(s)", "Item name", "Item Name", "Lineitem name", "Line item"), kind=Kind.TEXT, words="product"),
        Column(field="sku", headers=("SKU", "Item SKU", "Product SKU", "Lineitem sku"), kind=Kind.TEXT, words="article number"),
        Column(field="quantity", headers=("Quantity", "Qty", "Items sold", "Item quantity", "Quantity (- Refund)", "Lineitem quantity"), kind=Kind.COUNT, words="pieces"),
        Column(field="price", headers=("Price", "Item cost", "Item price", "Unit price", "Lineitem price"), kind=Kind.MONEY, words="price of one piece"),
        Column(field="handle", headers=("Creator", "Influencer", "Affiliate", "Creator handle", "Ambassador", "Partner"), kind=Kind.TEXT, words="creator whom the shop names"),
        Column(field="source", headers=("utm_source", "UTM source", "Source", "Last touch source"), kind=Kind.TEXT, words="utm_source"),
        Column(field="medium", headers=("utm_medium", "UTM medium", "Medium"), kind=Kind.TEXT, words="utm_medium"),
        Column(field="campaign", headers=("utm_campaign", "UTM campaign", "Campaign"), kind=Kind.TEXT, words="utm_campaign"),
        Column(field="content", headers=("utm_content", "UTM content"), kind=Kind.TEXT, words="utm_content"),
        Column(field="term", headers=("utm_term", "UTM term"), kind=Kind.TEXT, words="utm_term"),
    ),
)  # fmt: skip
