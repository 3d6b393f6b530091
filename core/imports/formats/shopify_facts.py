"""What Shopify's order export says: orders, their lines and the codes they carry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.formats.closed_orders import CLOSED, is_closed
from core.imports.formats.context import (
    broken_rows,
    currency_question,
    number_of,
    one_currency,
    only_value,
    per_text,
    problems_at,
    rows_of,
    text_of,
    written_days,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.order_claims import claims, code_claims, link_claims
from core.imports.formats.shopify_repeats import REPEATED, each_order_once
from core.imports.formats.stat_rows import add_counts, sound_rows
from core.imports.model import Facts, Question, RowProblem, TypedTable

SYSTEM = "shopify"
_STATUS = {
    "paid": "paid", "pending": "pending", "unpaid": "pending", "authorized": "authorized",
    "partially_paid": "partially_paid", "partially_refunded": "partially_refunded",
    "refunded": "refunded", "voided": "voided", "expired": "voided",
}  # fmt: skip
_ORDER_FIELDS = (
    "created_at", "paid_at", "cancelled_at", "order_id", "currency", "subtotal", "shipping", "tax", "total",
    "discount", "refunded",
)  # fmt: skip
_LINE_FIELDS = ("quantity", "price", "line_discount")
_MONEY = ("subtotal", "shipping", "tax", "total", "discount", "refunded")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouping:
    """Which row belongs to which order.

    Attributes:
        order: order number (from 0) of each kept row, -1 where the row has no order name.
        head: for each order, the place among the kept rows of its first row, -1 where there is none.
    """

    order: np.ndarray
    head: np.ndarray


def build_orders(typed: TypedTable) -> Facts:
    """Return the orders, lines and claims of a Shopify order export."""
    once = each_order_once(typed)
    typed = once.typed
    groups = _group(typed)
    good, problems = _sort_out(typed, groups)
    heads = rows_of(typed)[groups.head[good]]
    orders, questions = _orders(typed, heads)
    closed = is_closed(orders, typed.known)
    old = np.flatnonzero(good)[closed]
    if len(old):  # a copy of a million orders is made only where it must be
        good[old] = False
        heads, orders = heads[~closed], orders[~closed]
    lines = _lines(typed, groups, good, orders, problems)
    orders["items"] = _items(lines, orders)
    newest = _newest(typed)
    exported = export_time(typed.known, newest=newest)
    days = orders["day"]
    aside = {problem.position for problem in problems}
    left_out = len(set(rows_of(typed)[np.isin(groups.order, old)]) - aside)
    return Facts(
        tables={
            "shop_order": orders.reset_index(drop=True),
            "order_line": lines.drop(columns="place").reset_index(drop=True),
            "order_claim": _claims(typed, heads, orders),
        },
        problems=(*once.problems, *problems),
        issues=_tax_issue(typed, orders),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(days.min()) if len(days) else None,
        last_day=int(days.max()) if len(days) else None,
        currency=only_value(orders["currency"]),
        rows=len(typed.kept) - len(aside) - left_out,
        ignored=add_counts({REPEATED: once.repeated, CLOSED: left_out}),
        checks={},
    )


def _group(typed: TypedTable) -> _Grouping:
    """Return which row belongs to which order; rows repeat the order's name."""
    names = typed.values("order_name").str.strip()
    ids = text_of(typed, "order_id")
    begins = ((typed.values("status") != "") | number_of(typed, "total").notna() | (ids != "")).to_numpy(
        dtype=bool
    )
    order = pd.factorize(names)[0]
    order = np.where((names == "").to_numpy(dtype=bool), -1, order)
    own = ids[begins & (ids != "").to_numpy(dtype=bool)]
    if own.nunique() > names.loc[own.index].nunique():  # two shops in one file may both have a #1001
        filled = ids.mask(ids == "").groupby(order, sort=False).ffill().fillna("")
        order = np.where(order < 0, -1, pd.factorize(names + "\x1f" + filled)[0])
    head = np.full(int(order.max(initial=-1)) + 1, -1, dtype=np.int64)
    places = np.flatnonzero(begins & (order >= 0))[::-1]
    head[order[places]] = places  # reversed, so that the first row of an order is written last
    return _Grouping(order=order, head=head)


def _sort_out(typed: TypedTable, groups: _Grouping) -> tuple[np.ndarray, tuple[RowProblem, ...]]:
    """Return which orders can be stored, and the problems of the rows that cannot."""
    rows = rows_of(typed).to_numpy()
    column = typed.headers
    headless = groups.head < 0
    places = groups.head.clip(min=0)
    status = _status_known(typed)[places] if len(rows) else np.array([], dtype=bool)
    has_time = typed.values("created_at").notna().to_numpy(dtype=bool)[places] if len(rows) else status
    cells = sound_rows(typed, (*_ORDER_FIELDS, *_LINE_FIELDS))[1]
    is_broken = np.isin(rows, broken_rows(typed, _ORDER_FIELDS))
    broken = is_broken[places] if len(rows) else status
    good = ~headless & status & has_time & ~broken
    of_row = np.where(groups.order < 0, 0, groups.order)
    in_order = groups.order >= 0

    def rows_where(flags: np.ndarray) -> np.ndarray:
        return rows[in_order & flags[of_row]] if len(flags) else rows[:0]

    unread = [problem.position for problem in cells]
    problems = (
        *cells,
        *problems_at(rows[~in_order], column=column["order_name"], code="order-without-name",
                     what="The row names no order.", fix="Fill in the order name, for instance #1001, and import again."),
        *problems_at(rows_where(headless), column=column["order_name"], code="order-continued",
                     what="The row continues an order whose first row is not in this file.",
                     fix="Export the orders again in one file, or add the first row of the order."),
        *problems_at(np.setdiff1d(rows_where(~headless & broken), unread), column="", code="order-unreadable",
                     what="An amount or time on the order's first row cannot be read.",
                     fix="Correct the order's first row and import the file again."),
        *problems_at(rows_where(~headless & ~broken & ~status), column=column["status"], code="order-status-unknown",
                     what="The payment status of the order is not one that Shopify uses.",
                     fix="Use paid, pending, authorized, partially_paid, refunded, partially_refunded, voided or expired."),
        *problems_at(rows_where(~headless & ~broken & status & ~has_time), column=column["created_at"],
                     code="order-without-time", what="The order has no time.", fix="Fill in Created at and import again."),
    )  # fmt: skip
    first: dict[int, RowProblem] = {}
    for problem in problems:
        first.setdefault(problem.position, problem)
    return good, tuple(first[position] for position in sorted(first))


def _status_known(typed: TypedTable) -> np.ndarray:
    """Return for each kept row whether its payment status is one that we know."""
    return pd.notna(per_text(typed.values("status"), _status_of))


def _status_of(text: str) -> str | None:
    return _STATUS.get("_".join(text.lower().split()))


def _orders(typed: TypedTable, heads: pd.Index) -> tuple[pd.DataFrame, tuple[Question, ...]]:
    """Return one row per order (index = its first row) and the question for a missing currency."""
    created = typed.values("created_at").loc[heads]
    names = typed.values("order_name").loc[heads].str.strip()
    ids = text_of(typed, "order_id").loc[heads].str.strip()
    tags = text_of(typed, "tags").loc[heads]
    emails = text_of(typed, "email").loc[heads]
    tiktok = _tiktok_orders(tags)
    currency = text_of(typed, "currency").loc[heads].str.strip().str.upper()
    currency = currency.mask(currency == "", one_currency(typed, _MONEY))
    frame = pd.DataFrame(index=heads)
    frame["system"] = SYSTEM
    frame["order_id"] = ids.mask(ids == "", names)
    frame["order_name"] = names
    frame["sale_key"] = ("tiktok_shop/" + tiktok).mask(tiktok == "", "")
    frame["created_at"] = created
    frame["day"] = written_days(typed, "created_at", created)
    frame["paid_at"] = number_of(typed, "paid_at").loc[heads]
    frame["cancelled_at"] = number_of(typed, "cancelled_at").loc[heads]
    frame["status"] = _statuses(typed, heads, frame["cancelled_at"])
    frame["currency"] = currency
    for name in _MONEY:
        frame[name] = number_of(typed, name).loc[heads]
    frame["tax_included"] = tax_included(frame)
    frame["channel"] = text_of(typed, "channel").loc[heads].str.strip()
    frame["customer_key"] = per_text(emails, typed.known.customer_key)
    amounts = frame[list(_MONEY)].notna().any(axis=1)
    asks = bool((amounts & (currency == "")).any())
    return frame, (currency_question(typed, _MONEY) if asks else ())


def _tiktok_orders(tags: pd.Series) -> pd.Series:
    """Return the TikTok order number in each order's tags, '' where there is none."""
    tagged = tags[tags.str.contains("ikTokOrderID", regex=False)]
    numbers = tagged.str.extract(r"[Tt]ikTokOrderID\s*:\s*(\d+)", expand=False).fillna("")
    return numbers.reindex(tags.index, fill_value="")


def _statuses(typed: TypedTable, heads: pd.Index, cancelled_at: pd.Series) -> pd.Series:
    """Return the status of each order: cancelled and test beat what was paid."""
    status = pd.Series(per_text(typed.values("status").loc[heads], _status_of), index=heads, dtype="str")
    status = status.mask(cancelled_at.notna(), "cancelled")
    bogus = per_text(text_of(typed, "payment").loc[heads], lambda text: "bogus" in text.lower())
    return status.mask(bogus.astype(bool), "test")


def tax_included(orders: pd.DataFrame) -> bool | None:
    """Return whether the amounts of a file's orders contain the tax, None where the file cannot tell.

    Totals that add up with tax on top prove one, totals that add up without it prove the
    other; only orders with tax say anything.
    """
    without = orders["subtotal"] + orders["shipping"]
    taxed = (orders["tax"] > 0).fillna(value=False)  # an unknown tax says nothing either way
    inside = int(((orders["total"] == without) & taxed).fillna(value=False).sum())
    on_top = int(((orders["total"] == without + orders["tax"]) & taxed).fillna(value=False).sum())
    enough = 0.5 * int(taxed.sum())
    if inside > 4 * on_top and inside >= enough:
        return True
    if on_top > 4 * inside and on_top >= enough:
        return False
    return None


def _tax_issue(typed: TypedTable, orders: pd.DataFrame) -> tuple[Issue, ...]:
    """Return a warning where the orders have tax and nothing shows whether amounts contain it."""
    if not bool((orders["tax"] > 0).fillna(value=False).any()) or bool(orders["tax_included"].notna().any()):
        return ()
    return (
        Issue(
            code="tax-unclear",
            severity=Severity.WARNING,
            what="The totals do not show whether the prices contain the tax.",
            fix="Check one order: is the total the subtotal plus shipping, or is the tax added on top?",
            places=(typed.table.place(column=typed.headers.get("tax", "")),),
        ),
    )


def _lines(
    typed: TypedTable,
    groups: _Grouping,
    good: np.ndarray,
    orders: pd.DataFrame,
    problems: tuple[RowProblem, ...],
) -> pd.DataFrame:
    """Return one row per line item of a stored order; `place` is the order's place in `orders`."""
    rows = rows_of(typed)
    aside = np.fromiter({problem.position for problem in problems}, dtype=np.int64)
    is_good = np.zeros(len(groups.head) + 1, dtype=bool)  # the last place stands for rows without an order
    is_good[:-1] = good
    product = typed.values("product")
    chosen = is_good[groups.order] & ~np.isin(rows.to_numpy(), aside) & (product != "").to_numpy(dtype=bool)
    at = rows[chosen]
    place = (np.cumsum(good) - 1)[groups.order[chosen]] if len(good) else np.array([], dtype=np.int64)
    frame = pd.DataFrame(index=at)
    frame["system"] = SYSTEM
    frame["order_id"] = orders["order_id"].to_numpy(dtype=object)[place]
    frame["line"] = frame.groupby(place, sort=False).cumcount() + 1
    frame["sku"] = text_of(typed, "sku").loc[at].str.strip()
    frame["product"] = product.loc[at]
    frame["quantity"] = number_of(typed, "quantity").loc[at]
    frame["price"] = number_of(typed, "price").loc[at]
    frame["discount"] = number_of(typed, "line_discount").loc[at]
    frame["place"] = place
    return frame


def _items(lines: pd.DataFrame, orders: pd.DataFrame) -> pd.Series:
    """Return the number of pieces of each order, missing where no line states one."""
    pieces = lines.groupby("place", sort=True)["quantity"].sum(min_count=1)
    return pd.Series(pieces.reindex(range(len(orders))).to_numpy(), index=orders.index, dtype="Int64")


def _claims(typed: TypedTable, heads: pd.Index, orders: pd.DataFrame) -> pd.DataFrame:
    """Return who brought the orders: the codes they carry, and links noted on them."""
    codes = text_of(typed, "codes").loc[heads]
    notes = text_of(typed, "attributes").loc[heads]
    parts = [code_claims(SYSTEM, orders["order_id"], codes), link_claims(SYSTEM, orders["order_id"], notes)]
    filled = [part for part in parts if len(part)]
    if not filled:
        nothing = pd.Series(dtype="str")
        return claims(system=SYSTEM, order_id=nothing, kind="code", key=nothing, written=nothing)
    return pd.concat(filled, ignore_index=True)


def _newest(typed: TypedTable) -> float | None:
    """Return the latest moment any row speaks of, None without one."""
    moments = [
        number_of(typed, name).max() for name in ("created_at", "paid_at", "fulfilled_at", "cancelled_at")
    ]
    known = [float(moment) for moment in moments if not pd.isna(moment)]
    return max(known) if known else None
