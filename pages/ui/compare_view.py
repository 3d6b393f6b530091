"""Two to four creators side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import PlumblineError
from core.scorecards.comparing import MOST, side_by_side
from core.units import DASH
from pages.ui.context import set_query
from pages.ui.plain import plain
from pages.ui.saying import say_problems

if TYPE_CHECKING:
    from core.scorecards import Scorecards
    from core.scorecards.comparing import MetricBeside, SideBySide
    from pages.ui.context import Visit


def draw_comparison(now: Visit, cards: Scorecards) -> None:
    """Draw a choice of creators and, from two on, all their metrics beside each other."""
    if len(cards.cards) < 2:
        return
    st.subheader("Side by side", divider="gray")
    chosen = _pick(cards)
    if len(chosen) < 2:
        st.caption("Choose two to four creators to see them side by side.")
        return
    try:
        beside = side_by_side(cards, chosen)
    except PlumblineError as problem:
        say_problems(problem)
        return
    for row in beside.rows[:1]:
        st.markdown(f"**{plain(row.sentence, longest=400)}**")
    st.dataframe(
        pd.DataFrame([_cells(row, beside, now.locale) for row in beside.rows]),
        hide_index=True,
        placeholder=DASH,
        height="content",
        key="beside_each_other",
        alt=" ".join(row.sentence for row in beside.rows[:3]),
    )


def _pick(cards: Scorecards) -> list[int]:
    names = {card.creator_id: card.name for card in cards.cards}
    asked = [int(one) for one in st.query_params.get_all("with") if one.isascii() and one.isdigit()]

    def keep() -> None:
        set_query(**{"with": [str(one) for one in st.session_state["beside"]]})

    st.session_state["beside"] = [one for one in asked if one in names][:MOST]
    picked: list[int] = st.multiselect(
        "Creators to compare",
        list(names),
        format_func=names.__getitem__,
        max_selections=MOST,
        key="beside",
        on_change=keep,
        placeholder="Choose two to four",
    )
    return picked


def _cells(row: MetricBeside, beside: SideBySide, locale: str) -> dict[str, object]:
    cells: dict[str, object] = {"Metric": row.metric.label}
    for card, one in zip(beside.cards, row.estimates, strict=True):
        said = None
        if one is not None and one.value is not None:
            ends = f"{one.written(one.low, locale=locale)} to {one.written(one.high, locale=locale)}"
            said = f"{one.written(one.value, locale=locale)} ({ends})"
        elif one is not None and one.raw is not None:
            said = f"{one.written(one.raw, locale=locale)} measured"
        cells[card.name] = said
    cells["Who is better"] = row.sentence
    return cells
