"""One creator beside the others of the campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.units import DASH, Unit, write, write_money
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.funnel.model import CollaborationFunnel, Comparison


def draw_terms(part: CollaborationFunnel, locale: str) -> None:
    """Draw what was agreed with the creator, in one line."""
    said = [f"@{part.handle}" if part.handle else "", f"{part.tier} creator" if part.tier else ""]
    if part.fee is not None:
        said.append(f"fee {write_money(part.fee, part.fee_currency, locale=locale)}")
    else:
        said.append("no fee written down")
    if part.deliverables:
        said.append(f"{part.deliverables} {'video' if part.deliverables == 1 else 'videos'} agreed")
    st.caption(plain(" · ".join(one for one in said if one)))


def draw_comparisons(part: CollaborationFunnel, locale: str) -> None:
    """Draw the creator's metrics beside those of the others; what is not known of the creator is left out."""
    currency = part.funnel.header.currency
    rows = [_row(one, part.name, currency, locale) for one in part.comparisons if one.own is not None]
    if not rows:
        return
    st.subheader("Beside the other creators", divider="gray")
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder=DASH,
        height="content",
        key="beside",
        alt=" ".join(one.sentence for one in part.comparisons if one.own is not None),
    )
    st.caption(
        "Rates of the others are their totals divided; counts are per creator. "
        "Only creators whose count is known are in it."
    )


def _row(one: Comparison, name: str, currency: str, locale: str) -> dict[str, str | int]:
    money = currency if one.metric.unit is Unit.MONEY else ""
    return {
        "Metric": one.metric.label,
        name: write(one.own, one.metric.unit, currency=money, locale=locale),
        "The others": write(one.others, one.metric.unit, currency=money, locale=locale),
        "How many others": one.others_count,
    }
