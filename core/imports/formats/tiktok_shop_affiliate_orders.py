"""TikTok Shop's affiliate orders, from the seller's or the partner's side: one row per order and SKU."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells.ids import video_id_of
from core.imports.formats.closed_orders import CLOSED, is_closed
from core.imports.formats.context import (
    currency_question,
    has_any,
    local_days,
    one_currency,
    only_value,
    per_text,
    problems_at,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.order_claims import claims
from core.imports.formats.repeated_rows import TWICE, word_for_word
from core.imports.formats.stat_rows import add_counts, column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask, Column, ExportFormat, Facts, Kind, SheetTable, TypedTable
from core.keys import handle_key

SYSTEM = "tiktok_shop"
_MONEY = (
    "payment",
    "price",
    "commission",
    "commission_est",
    "ads_commission",
    "ads_commission_est",
    "bonus",
    "bonus_est",
)
_PAIRS = (("commission", "commission_est"), ("ads_commission", "ads_commission_est"), ("bonus", "bonus_est"))
_ORDER_WORDS = (
    ("cancel", "cancelled"), ("unpaid", "pending"), ("awaiting payment", "pending"), ("on hold", "pending"),
    ("ineligible", "voided"), ("invalid", "voided"), ("frozen", "pending"),
    ("complet", "paid"), ("process", "paid"), ("ship", "paid"), ("deliver", "paid"), ("transit", "paid"),
    ("collection", "paid"), ("settle", "paid"), ("paid", "paid"), ("return", "refunded"), ("refund", "refunded"),
)  # fmt: skip


def order_status(text: str) -> str:
    """Return our status for TikTok's order or settlement status, '' where it is not known."""
    plain = text.strip().lower()
    return next((status for word, status in _ORDER_WORDS if word in plain), "")


def build(typed: TypedTable) -> Facts:
    """Return the orders, their lines, the creators who brought them and the commission."""
    good, problems = sound_rows(typed)
    frame = _rows(typed, good)
    twice = word_for_word(typed, good, frame["order_id"] + "\x1f" + frame["sku"])
    is_first = ~np.isin(good, twice)
    good, frame = good[is_first], frame[is_first].reset_index(drop=True)
    nameless = (frame["order_id"] == "").to_numpy(dtype=bool)
    odd = ((frame["status"] == "") & ~nameless).to_numpy(dtype=bool)
    undated = frame["created_at"].isna().to_numpy(dtype=bool) & ~nameless & ~odd
    problems += problems_at(
        good[nameless], column=typed.headers["order_id"], code="order-without-name",
        what="The row names no order.", fix="Fill in the order id and import again.",
    )  # fmt: skip
    problems += problems_at(
        good[odd], column=typed.headers.get("status", ""), code="order-status-unknown",
        what="The order's status is not one that TikTok Shop uses in English.",
        fix="Export with the Seller Center set to English, or write Completed, Shipped, Unpaid or Cancelled.",
    )  # fmt: skip
    problems += problems_at(
        good[undated], column=typed.headers["created_at"], code="order-without-time",
        what="The order has no time.", fix="Fill in the time the order was created and import again.",
    )  # fmt: skip
    frame = frame[~nameless & ~odd & ~undated].reset_index(drop=True)
    commission = _commission(frame)  # sums by day, which are no order rows and stay
    closed = is_closed(frame, typed.known)
    frame = frame[~closed].reset_index(drop=True) if closed.any() else frame
    money = [name for name in _MONEY if typed.has(name)]
    asks = bool(money) and bool((frame["currency"] == "").any())
    exported = export_time(typed.known, newest=frame[["created_at", "paid_at"]].max().max())
    orders = _orders(frame)
    return Facts(
        tables={
            "shop_order": orders,
            "order_line": _lines(frame),
            "order_claim": _claims(frame),
            "stat": commission,
        },
        problems=problems,
        issues=_unknown_creators(typed, frame),
        questions=currency_question(typed, money) if asks else (),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(frame["day"].min()) if len(frame) else None,
        last_day=int(frame["day"].max()) if len(frame) else None,
        currency=only_value(frame["currency"]),
        zone=typed.known.answers.get((Ask.ZONE, ""), ""),
        rows=len(frame),
        ignored=add_counts({TWICE: len(twice), CLOSED: int(closed.sum())}),
    )


def _rows(typed: TypedTable, rows: np.ndarray) -> pd.DataFrame:
    """Return the rows with what orders, lines and claims need of them."""
    text = {name: pd.Series(texts_at(typed, name, rows), dtype="str").str.strip() for name in (
        "order_id", "product", "sku", "seller_sku", "handle", "content_type", "content_id", "status", "currency",
    )}  # fmt: skip
    frame = pd.DataFrame(text)
    for name in ("created_at", "paid_at", "quantity", *_MONEY):
        frame[name] = column_at(typed, name, rows).astype("Int64")
    money = [name for name in _MONEY if typed.has(name)]
    frame["currency"] = (
        frame["currency"].str.upper().mask(frame["currency"] == "", one_currency(typed, money))
    )
    frame["status"] = per_text(frame["status"], order_status) if typed.has("status") else "paid"
    frame["is_returned"] = column_at(typed, "returned", rows).astype("boolean")
    frame["day"] = local_days(frame["created_at"], typed.known.answers.get((Ask.ZONE, ""), ""))
    frame["written"] = frame["handle"]
    frame["handle"] = per_text(frame["handle"], handle_key)
    is_video = frame["content_type"].str.lower().str.contains("video")
    frame["video_id"] = pd.Series(per_text(frame["content_id"], video_id_of), dtype="str").where(is_video, "")
    frame["paid"] = frame["payment"].fillna(frame["price"] * frame["quantity"])
    return frame


def _orders(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per order; amounts are those of the lines in the file, which may not be all."""
    groups = frame.groupby("order_id", sort=False)
    orders = groups[["created_at", "day", "paid_at", "status", "currency"]].first()
    orders["subtotal"] = groups["paid"].sum(min_count=1)
    orders["items"] = groups["quantity"].sum(min_count=1)
    returned = frame[frame["is_returned"].fillna(value=False)]
    orders["refunded"] = returned.groupby("order_id")["paid"].sum(min_count=1).reindex(orders.index)
    known = groups["is_returned"].count() > 0
    orders["refunded"] = orders["refunded"].mask(known & orders["refunded"].isna(), 0).astype("Int64")
    lines, back = groups.size(), returned.groupby("order_id").size().reindex(orders.index)
    is_paid = orders["status"] == "paid"
    orders["status"] = orders["status"].mask(is_paid & (back == lines), "refunded")
    orders["status"] = orders["status"].mask(is_paid & (back < lines), "partially_refunded")
    orders = orders.reset_index()
    orders["system"], orders["channel"] = SYSTEM, "tiktok"
    orders["sale_key"] = SYSTEM + "/" + orders["order_id"]
    return orders


def _lines(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per order and SKU."""
    lines = frame[["order_id", "product", "quantity", "price"]].copy()
    lines["system"] = SYSTEM
    lines["sku"] = frame["seller_sku"].mask(frame["seller_sku"] == "", frame["sku"])
    lines["line"] = frame.groupby("order_id", sort=False).cumcount() + 1
    return lines


def _claims(frame: pd.DataFrame) -> pd.DataFrame:
    """Return which creator and video brought each order, each once."""
    brought = frame[frame["handle"] != ""].drop_duplicates(["order_id", "handle", "video_id"])
    found = claims(
        system=SYSTEM, order_id=brought["order_id"], kind="affiliate", key=brought["handle"],
        written=brought["written"], video_id=brought["video_id"],
    )  # fmt: skip
    found["position"] = found.groupby("order_id", sort=False).cumcount()
    return found


def _commission(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the commission per creator and day: what was paid, else what is estimated."""
    owed = frame[["handle", "day", "currency"]].copy()
    parts = pd.concat([frame[actual].fillna(frame[estimated]) for actual, estimated in _PAIRS], axis=1)
    owed["commission"] = parts.sum(axis=1, min_count=1).astype("Int64")
    owed = owed[owed["commission"].notna() & (owed["handle"] != "")]
    stated = pd.DataFrame(
        {
            "subject_kind": "shop_creator", "subject": owed["handle"], "kind": "daily", "first_day": owed["day"],
            "last_day": owed["day"], "traffic": "total", "breakdown": "", "handle": owed["handle"],
            "currency": owed["currency"], "commission": owed["commission"],
        }
    )  # fmt: skip
    return one_row_per_key(stated, ("commission",))


def _unknown_creators(typed: TypedTable, frame: pd.DataFrame) -> tuple[Issue, ...]:
    """Return a warning where orders name no creator."""
    count = int((frame["handle"] == "").sum())
    if not count:
        return ()
    return (
        Issue(
            code="order-without-creator",
            severity=Severity.WARNING,
            what=f"{count} rows name no creator; the orders are kept but nobody is credited.",
            fix="Nothing to do if these orders came from no creator.",
            places=(typed.table.place(column=typed.headers["handle"]),),
            count=count,
        ),
    )


def _is_affiliate(table: SheetTable) -> bool:
    """Return whether a table has what only affiliate orders have."""
    return has_any(table, "Content ID", "Content Type", "Order settlement status", "Standard commission rate")


FORMAT = ExportFormat(
    name="tiktok_shop_affiliate_orders",
    label="TikTok Shop affiliate orders",
    system="TikTok Shop",
    grain="one order and SKU",
    how_to_export="Seller Center → Affiliate → Affiliate orders → Export. Partners: Partner Center → Orders → Export.",
    provenance="shop",
    recognise=_is_affiliate,
    build=build,
    columns=(
        Column(field="order_id", headers=("Order ID", "Order Id"), kind=Kind.ID, required=True, words="order id"),
        Column(field="product", headers=("Product Name",), kind=Kind.TEXT, words="product"),
        Column(field="sku", headers=("SKU ID", "Sku ID"), kind=Kind.ID, required=True, words="SKU id"),
        Column(field="seller_sku", headers=("Seller Sku", "Seller SKU"), kind=Kind.TEXT, words="article number"),
        Column(field="price", headers=("Price",), kind=Kind.MONEY, words="price of one piece"),
        Column(field="payment", headers=("Payment Amount", "Payment amount"), kind=Kind.MONEY, words="amount paid for the SKU"),
        Column(field="currency", headers=("Currency",), kind=Kind.CODE, words="currency"),
        Column(field="quantity", headers=("Quantity",), kind=Kind.COUNT, words="pieces"),
        Column(field="returned", headers=("Fully returned or refunded", "Fully Returned or Refunded", "Fully refunded"), kind=Kind.FLAG, words="returned or refunded"),
        Column(field="status", headers=("Order Status", "Order settlement status"), kind=Kind.LABEL, words="order status"),
        Column(field="handle", headers=("Creator Username", "Creator username", "Creator name"), kind=Kind.TEXT, required=True, words="creator"),
        Column(field="content_type", headers=("Content Type", "Content type"), kind=Kind.LABEL, words="video, LIVE or showcase"),
        Column(field="content_id", headers=("Content ID", "Content id"), kind=Kind.ID, words="id of the video or LIVE"),
        Column(field="commission", headers=("Actual Commission Payment", "Actual standard commission payment", "Actual commission payment"), kind=Kind.MONEY, words="commission paid"),
        Column(field="commission_est", headers=("Est. standard commission payment", "Est. commission payment", "Est. Commission Payment"), kind=Kind.MONEY, words="commission estimated"),
        Column(field="ads_commission", headers=("Actual Shop Ads commission payment",), kind=Kind.MONEY, words="ads commission paid"),
        Column(field="ads_commission_est", headers=("Est. Shop Ads commission payment",), kind=Kind.MONEY, words="ads commission estimated"),
        Column(field="bonus", headers=("Actual co-funded creator bonus",), kind=Kind.MONEY, words="bonus paid"),
        Column(field="bonus_est", headers=("Est. co-funded creator bonus",), kind=Kind.MONEY, words="bonus estimated"),
        Column(field="created_at", headers=("Time Created", "Time created", "Create time", "Order creation time", "Created Time"), kind=Kind.INSTANT, required=True, words="when it was ordered"),
        Column(field="paid_at", headers=("Payment time", "Payment Time"), kind=Kind.INSTANT, words="when it was paid"),
    ),
)  # fmt: skip
