"""Mapper target: which code or affiliate brought which order, for instance Refersion or Impact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

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
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask, Column, ExportFormat, Facts, Kind, TypedTable
from core.keys import handle_key

if TYPE_CHECKING:
    import numpy as np

_TAKEN_BACK = ("revers", "reject", "denied", "declin", "void", "cancel")


def build(typed: TypedTable) -> Facts:
    """Return who brought which order, and the commission per creator and day.

    The orders themselves come from the shop's own file; the shop behind this list is not
    known, so an order is found by its number.
    """
    good, problems = sound_rows(typed)
    rows = _rows(typed, good)
    nameless = (rows["order_id"] == "").to_numpy(dtype=bool)
    nobodys = ((rows["codes"] == "") & (rows["key"] == "")).to_numpy(dtype=bool) & ~nameless
    problems += problems_at(
        good[nameless], column=typed.headers["order_id"], code="order-without-name",
        what="The row names no order.", fix="Fill in the order number and import again.",
    )  # fmt: skip
    problems += problems_at(
        good[nobodys], column="", code="order-without-code", what="The row names neither a code nor a creator.",
        fix="Fill in the code or the creator and import again.",
    )  # fmt: skip
    rows = rows[~nameless & ~nobodys]
    taken_back = rows["is_taken_back"]
    rows = rows[~taken_back].reset_index(drop=True)
    commission = _commission(rows)
    asks = bool((rows["commission"].notna() & (rows["currency"] == "")).any())
    exported = export_time(typed.known, newest=rows["at"].max() if len(rows) else None)
    days = rows["day"].dropna()
    return Facts(
        tables={"order_claim": _claims(rows), "stat": commission},
        problems=problems,
        issues=estimates(typed),
        questions=currency_question(typed, ["commission"]) if asks else (),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(days.min()) if len(days) else None,
        last_day=int(days.max()) if len(days) else None,
        currency=only_value(rows["currency"]),
        zone=typed.known.answers.get((Ask.ZONE, ""), ""),
        rows=len(rows),
        ignored={"reversed conversion": int(taken_back.sum())} if taken_back.any() else {},
    )


def _rows(typed: TypedTable, at: np.ndarray) -> pd.DataFrame:
    """Return the rows with what claims and commission need."""

    def text(name: str) -> pd.Series:
        return pd.Series(texts_at(typed, name, at), dtype="str").str.strip()

    frame = pd.DataFrame(
        {"order_id": text("order_id").str.removeprefix("#"), "codes": text("code"), "written": text("handle")}
    )
    frame["key"] = per_text(frame["written"], _creator_key)
    frame["is_taken_back"] = (
        text("status").str.lower().map(lambda word: any(part in word for part in _TAKEN_BACK)).astype(bool)
    )
    frame["at"] = column_at(typed, "at", at).astype("Int64")
    frame["day"] = local_days(frame["at"], typed.known.answers.get((Ask.ZONE, ""), ""))
    frame["commission"] = column_at(typed, "commission", at).astype("Int64")
    frame["currency"] = text("currency").str.upper()
    frame["currency"] = frame["currency"].mask(frame["currency"] == "", one_currency(typed, ["commission"]))
    return frame


def _creator_key(written: str) -> str:
    """Return the handle in a name, else the name as names are compared."""
    return handle_key(written) or " ".join(written.lower().split())


def _claims(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one claim per order and code, and per order and creator where no code is named."""
    named = rows[(rows["key"] != "") & (rows["codes"] == "")]
    parts = [
        code_claims("", rows["order_id"], rows["codes"]),
        claims(
            system="",
            order_id=named["order_id"],
            kind="affiliate",
            key=named["key"],
            written=named["written"],
        ),
    ]
    filled = [part for part in parts if len(part)]
    found = pd.concat(filled, ignore_index=True) if filled else parts[0]
    found = found.drop_duplicates(["order_id", "kind", "key"]).reset_index(drop=True)
    found["position"] = found.groupby("order_id", sort=False).cumcount()
    return found


def _commission(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the commission per creator and day."""
    owed = rows[rows["commission"].notna() & (rows["key"] != "") & rows["day"].notna()]
    frame = pd.DataFrame(
        {
            "subject_kind": "shop_creator", "subject": owed["key"], "kind": "daily", "first_day": owed["day"],
            "last_day": owed["day"], "traffic": "total", "breakdown": "", "currency": owed["currency"],
            "label": owed["written"], "commission": owed["commission"],
        }
    )  # fmt: skip
    return one_row_per_key(frame, ("commission",))


FORMAT = ExportFormat(
    name="mapped_codes",
    label="Orders by code or affiliate",
    system="any",
    grain="one order that a code or affiliate brought",
    how_to_export="Refersion → Conversions → Export; Impact → Reports → Actions → Export; GRIN, Aspire: conversions as CSV.",
    provenance="shop",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="order_id", headers=("Order ID", "Order number", "Order #", "Order No", "Order", "oid", "Oid", "Order name", "Transaction ID", "Reference"), kind=Kind.TEXT, required=True, words="order number"),
        Column(field="code", headers=("Promo code", "Coupon", "Coupon code", "Code", "Discount code", "Voucher code", "PromoCode"), kind=Kind.TEXT, words="promo code"),
        Column(field="handle", headers=("Affiliate", "Affiliate name", "Creator", "Influencer", "Partner", "Media partner", "Ambassador", "Publisher", "Creator handle", "Username"), kind=Kind.TEXT, words="creator or affiliate"),
        Column(field="at", headers=("Created", "Date", "Event date", "Conversion date", "Action date", "Created at", "Order date"), kind=Kind.INSTANT, words="when it was ordered"),
        Column(field="status", headers=("Status", "State", "Action status", "Payment status", "Conversion status"), kind=Kind.LABEL, words="status; reversed ones are left out"),
        Column(field="commission", headers=("Commission", "Payout", "Commission amount", "Earnings", "Commission earned", "Actual payout"), kind=Kind.MONEY, words="commission"),
        Column(field="currency", headers=("Currency", "Payout currency", "Currency code"), kind=Kind.CODE, words="currency"),
    ),
)  # fmt: skip
