"""The credit ledger as a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.entry.words import counted
from core.units import Unit, minor_digits, write, write_money
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.orders import CreatorCredit, LeftOutGroup, OrderSummary


def draw_totals(summary: OrderSummary, *, locale: str) -> None:
    """Draw what was credited in four figures."""
    money = write(summary.revenue, Unit.MONEY, currency=summary.currency, locale=locale)
    left = sum(group.orders for group in summary.left_out)
    figures = (
        ("Credited orders", summary.orders, "Each order is counted once, however many codes it carries."),
        ("Revenue", money, "After refunds, before tax and shipping."),
        ("Left out", left, "Orders that point here but are no sale, or cannot be decided."),
        ("In conflict", summary.conflicts, "Something on the order pointed to another creator too."),
    )
    with st.grid(4, min_column_width=150):
        for label, value, words in figures:
            shown = value if isinstance(value, str) else write(value, Unit.COUNT, locale=locale)
            st.metric(label, shown, help=words, border=True)


def draw_creators(summary: OrderSummary) -> None:
    """Draw who is credited with what, and by which evidence."""
    digits = 10 ** minor_digits(summary.currency)
    money = f"Revenue ({summary.currency})"
    refunds = f"Refunds ({summary.currency})"
    frame = pd.DataFrame(
        [
            {
                "Creator": item.name or "a creator who is gone",
                "Orders": item.orders,
                money: item.revenue / digits,
                refunds: item.refunds / digits,
                "By code": item.by_code,
                "By the shop": item.by_shop,
                "By link": item.by_link,
                "In conflict": item.conflicts,
            }
            for item in summary.creators
        ]
    )
    numbers = st.column_config.NumberColumn
    step = 1 / digits  # so that every amount shows the decimals of its currency
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            "Orders": numbers(
                "Orders", format="localized", help="An order that two creators share counts half for each."
            ),
            money: numbers(
                money, format="localized", step=step, help="Refunds are taken off; before tax and shipping."
            ),
            refunds: numbers(refunds, format="localized", step=step),
            "By code": numbers(
                "By code", format="localized", help="The order carries the creator's promo code."
            ),
            "By the shop": numbers(
                "By the shop", format="localized", help="The shop names the creator as its affiliate."
            ),
            "By link": numbers("By link", format="localized", help="The last tagged click before the order."),
        },
        alt=_best(summary.creators, summary.currency),
    )


def _best(creators: tuple[CreatorCredit, ...], currency: str) -> str:
    best = creators[0]
    worth = write_money(best.revenue, currency)
    return f"{counted(len(creators), 'creator')}; most revenue: {best.name}, {worth}"


def draw_left_out(summary: OrderSummary, *, locale: str) -> None:
    """Draw why orders that point here are credited to nobody."""
    if not summary.left_out:
        st.markdown("No order that points to this campaign is left out.")
        return
    for group in summary.left_out:
        count = counted(group.orders, "order")
        st.markdown(f"- **{plain(group.reason)}**: {count}{_amount(group, locale)}. {plain(group.advice)}")


def _amount(group: LeftOutGroup, locale: str) -> str:
    unknown = f", {counted(group.unknown_amounts, 'amount')} not stated" if group.unknown_amounts else ""
    if group.amount is None:
        return unknown
    return f", {plain(write_money(group.amount, group.currency, locale=locale))}{unknown}"


def draw_unknown_link(summary: OrderSummary) -> None:
    """Draw how many codes nobody has explained, with the way to explain them."""
    if not summary.unknown_codes:
        st.markdown("Every code on the imported orders is known.")
        return
    verb = "carries" if summary.unknown_orders == 1 else "carry"
    orders, codes = counted(summary.unknown_orders, "order"), counted(summary.unknown_codes, "code")
    st.markdown(f"{orders} {verb} one of {codes} that nobody has explained.")
    way_to("links.py", label="Say whose they are", icon=":material/arrow_forward:")
