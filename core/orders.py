"""Orders and credit in words and numbers: by what rule, to whom, and which orders to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from core.access import Action, require
from core.entry.words import counted
from core.rollups.closed import LEDGER_ROWS, LEFT_OUT_ROWS, read_closed_before
from core.rollups.credit_rule import LeftOut
from core.store.written import row_of
from core.units import instant_of, write_day, write_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store

_CREATORS = text(
    "SELECT c.creator_id, COALESCE(r.name, '') AS name, SUM(c.orders) AS orders, SUM(c.revenue) AS revenue,"
    " SUM(c.refunds) AS refunds, SUM(CASE WHEN c.evidence = 'code' THEN c.orders END) AS by_code,"
    " SUM(CASE WHEN c.evidence = 'affiliate' THEN c.orders END) AS by_shop,"
    " SUM(CASE WHEN c.evidence = 'link' THEN c.orders END) AS by_link, SUM(c.conflicts) AS conflicts"
    f" FROM {LEDGER_ROWS} c LEFT JOIN creator r ON r.id = c.creator_id WHERE c.campaign_id = :campaign"
    " GROUP BY c.creator_id, r.name ORDER BY SUM(c.revenue) DESC, c.creator_id"
)
_WHOLE = text(
    "SELECT COUNT(DISTINCT system || '/' || order_id) AS orders, SUM(revenue) AS revenue,"
    " COUNT(DISTINCT CASE WHEN has_conflict THEN system || '/' || order_id END) AS conflicts"
    " FROM credit WHERE campaign_id = :campaign"
)
_CLOSED = text(
    "SELECT SUM(sales) AS orders, SUM(revenue) AS revenue, SUM(sales_in_conflict) AS conflicts"
    " FROM closed_credit WHERE campaign_id = :campaign"
)
_LEFT_OUT = text(
    "SELECT l.reason, l.currency, SUM(l.orders) AS orders, SUM(l.known) AS known, SUM(l.amount) AS amount"
    f" FROM {LEFT_OUT_ROWS} l WHERE l.campaign_id = :campaign GROUP BY l.reason, l.currency"
    " ORDER BY SUM(l.orders) DESC, l.reason, l.currency"
)
_UNKNOWN = text(
    "SELECT COUNT(DISTINCT key) AS codes, COUNT(DISTINCT system || '/' || order_id) AS orders"
    " FROM order_claim WHERE kind = 'code' AND key <> '' AND key NOT IN (SELECT code_key FROM promo_code)"
)
_PENDING = "The payment was still open when the file was exported; a newer export settles it."
_REASONS: Mapping[LeftOut, tuple[str, str]] = {
    LeftOut.CANCELLED: ("Cancelled", "No sale came of it."),
    LeftOut.VOIDED: ("Payment voided", "No sale came of it."),
    LeftOut.TEST: ("Test order", "Nobody bought anything."),
    LeftOut.PENDING: ("Payment pending", _PENDING),
    LeftOut.AUTHORIZED: ("Authorised, not yet paid", _PENDING),
    LeftOut.NOT_PAID: ("Not paid", "The shop does not call it paid."),
    LeftOut.SEVERAL_CREATORS: (
        "Code stands for several creators",
        "Give the code days, or leave it to one creator, on Codes and links.",
    ),
    LeftOut.SEVERAL_CAMPAIGNS: (
        "Several campaigns claim it",
        "Give the codes of both campaigns days that do not overlap.",
    ),
    LeftOut.AMOUNT_UNKNOWN: ("Amount not in the file", "Export the orders with their totals."),
    LeftOut.CURRENCY: ("Other currency, no rate", "State the exchange rate on Campaign and goals."),
}
_OTHER = ("Another reason", "Look at the order in the shop.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorCredit:
    """What a creator is credited with in a campaign.

    Attributes:
        name: '' where the creator is gone.
        orders: orders; one that two creators share counts half for each.
        revenue: minor units of the campaign's currency, refunds taken off.
        refunds: minor units taken off.
        by_code, by_shop, by_link: of the orders, those known by a promo code, by the shop's own
            record of its affiliates, by a tagged click.
        conflicts: orders for which something else pointed to another creator.
    """

    creator_id: int
    name: str
    orders: float
    revenue: int
    refunds: int
    by_code: float
    by_shop: float
    by_link: float
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutGroup:
    """Orders that point to a campaign but are credited to nobody, for one reason in one currency.

    Attributes:
        reason: in a few words.
        advice: why that is right, or what to do about it.
        amount: minor units of `currency`, of the orders whose amount is known; None where none is.
        unknown_amounts: how many orders state no amount.
    """

    reason: str
    advice: str
    orders: int
    amount: int | None
    currency: str
    unknown_amounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """A campaign's credit ledger in short.

    Attributes:
        rule: how orders are credited, in words.
        sentence: what the ledger holds, in words.
        orders: credited orders, each counted once.
        revenue: minor units of `currency`; None where no order is credited.
        conflicts: credited orders for which something else pointed to another creator.
        creators: most revenue first.
        left_out: most orders first.
        closed: that orders of before some day are kept as sums, in words; '' where none are.
        unknown_codes: codes on orders that nobody has explained, in the whole workspace.
        unknown_orders: orders that carry one.
    """

    rule: str
    sentence: str
    orders: int
    revenue: int | None
    currency: str
    conflicts: int
    creators: tuple[CreatorCredit, ...]
    left_out: tuple[LeftOutGroup, ...]
    closed: str
    unknown_codes: int
    unknown_orders: int


def order_summary(store: Store, campaign_id: int) -> OrderSummary:
    """Return what a campaign's credit ledger says.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        plan = row_of(connection, "campaign", campaign_id, "campaign")
        own = {"campaign": campaign_id}
        whole = connection.execute(_WHOLE, own).one()
        closed = connection.execute(_CLOSED, own).one()
        before = read_closed_before(connection)
        unknown = connection.execute(_UNKNOWN).one()
        creators = _creators(connection, own)
        left_out = _left_out(connection, own)
    currency = str(plan["currency"])
    known = [int(one) for one in (whole.revenue, closed.revenue) if one is not None]
    revenue = sum(known) if known else None
    orders = whole.orders + int(closed.orders or 0)
    return OrderSummary(
        rule=_rule(int(plan["click_window_days"])),
        sentence=_sentence(orders, revenue, currency, len(creators), sum(g.orders for g in left_out)),
        orders=orders,
        revenue=revenue,
        currency=currency,
        conflicts=whole.conflicts + int(closed.conflicts or 0),
        closed=_closed_words(int(closed.orders or 0), before),
        creators=creators,
        left_out=left_out,
        unknown_codes=unknown.codes,
        unknown_orders=unknown.orders,
    )


def _creators(connection: Connection, own: Mapping[str, int]) -> tuple[CreatorCredit, ...]:
    return tuple(
        CreatorCredit(
            creator_id=row.creator_id,
            name=row.name,
            orders=float(row.orders),
            revenue=int(row.revenue),
            refunds=int(row.refunds),
            by_code=float(row.by_code or 0),  # no row of this kind is a count of none
            by_shop=float(row.by_shop or 0),
            by_link=float(row.by_link or 0),
            conflicts=int(row.conflicts),
        )
        for row in connection.execute(_CREATORS, own)
    )


def _left_out(connection: Connection, own: Mapping[str, int]) -> tuple[LeftOutGroup, ...]:
    found = []
    for row in connection.execute(_LEFT_OUT, own):
        words, advice = _REASONS[LeftOut(row.reason)] if row.reason in set(LeftOut) else _OTHER
        found.append(
            LeftOutGroup(
                reason=words,
                advice=advice,
                orders=int(row.orders),
                amount=None if row.amount is None else int(row.amount),
                currency=row.currency,
                unknown_amounts=int(row.orders - row.known),
            )
        )
    return tuple(found)


def _closed_words(orders: int, before: int | None) -> str:
    if not orders or before is None:
        return ""
    return (
        f"{orders:,} of these orders {'is' if orders == 1 else 'are'} from before "
        f"{write_day(instant_of(before).date())} and kept as sums by day, creator and code: what they say "
        "stays, but codes and links changed later do not move them."
    )


def _rule(window_days: int) -> str:
    return (
        "An order is credited once: to the creator whose code it carries, or whom the shop names as its"
        f" affiliate; else to the last tagged click at most {counted(window_days, 'day')} before it. "
        "Refunds are taken off. Codes that nobody has explained are listed, never guessed."
    )


def _sentence(orders: int, revenue: int | None, currency: str, creators: int, left_out: int) -> str:
    if not orders and not left_out:
        return "No imported order points to a creator of this campaign yet."
    worth = f", worth {write_money(revenue, currency)} after refunds" if revenue is not None else ""
    text_ = f"{counted(orders, 'order')} credited to {counted(creators, 'creator')}{worth}."
    if left_out:
        verb = "points" if left_out == 1 else "point"
        text_ += (
            f" {counted(left_out, 'more order')} {verb} here but {'is' if left_out == 1 else 'are'} left out."
        )
    return text_
