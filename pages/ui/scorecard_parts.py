"""One creator's card: who it is, estimates, counted figures, what is missing, other campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.metrics.model import Stage
from core.scorecards.words import age_words, reading_sentence, shown_chance
from core.units import DASH, write_day, write_money
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.scorecards import Scorecard
    from core.scorecards.model import Estimate, PastCampaign

_MOST_GAPS = 8


def draw_who(card: Scorecard, locale: str) -> None:
    """Draw who the creator is and what was agreed, in one line."""
    said = [
        f"@{card.handle}" if card.handle else "",
        f"{card.tier} creator" if card.tier else "size not known",
    ]
    said.append(f"videos {card.length}" if card.length else "")
    said.append(
        "no fee written down"
        if card.fee is None
        else f"fee {write_money(card.fee, card.fee_currency, locale=locale)}"
    )
    st.caption(plain(" · ".join(one for one in said if one), longest=300))


def draw_gaps(card: Scorecard) -> None:
    """Draw what cannot be said of this creator."""
    for gap in card.gaps[:_MOST_GAPS]:
        st.caption(f":material/info: {plain(gap, longest=400)}")


def draw_estimates(card: Scorecard) -> None:
    """Draw each metric with its range, peers and chance."""
    st.subheader("Like for like", divider="gray")
    if card.header is not None:
        st.caption(plain(reading_sentence(card.reading, card.header.age), longest=400))
    if not card.estimates:
        st.markdown("Nothing was measured of this creator yet.")
        return
    st.dataframe(
        pd.DataFrame([_cells(one) for one in card.estimates.values()]),
        hide_index=True,
        placeholder=DASH,
        height="content",
        key="estimates",
        column_config={
            "Metric": st.column_config.TextColumn("Metric", pinned=True, width=190),
            "Chance above peers": st.column_config.ProgressColumn(
                "Chance above peers", format="percent", min_value=0.0, max_value=1.0
            ),
        },
        alt=" ".join(one.sentence for one in list(card.estimates.values())[:4]),
    )
    with st.expander("The same in words"):
        for one in card.estimates.values():
            st.markdown(f"**{plain(one.metric.label)}.** {plain(one.sentence, longest=600)}")
            st.caption(plain(f"{one.metric.formula}. {one.metric.definition}", longest=400))


def _cells(one: Estimate) -> dict[str, object]:
    ends = None if one.low is None else f"{one.written(one.low)} to {one.written(one.high)}"
    ahead = None if one.next_low is None else f"{one.written(one.next_low)} to {one.written(one.next_high)}"
    return {
        "Metric": one.metric.label,
        "Measured": None if one.raw is None else one.written(one.raw),
        "Expected": None if one.value is None else one.written(one.value),
        "Likely range": ends,
        "Next video": ahead,
        "Peers' middle": None if one.peers is None else one.written(one.peers.middle),
        "Chance above peers": None if one.standing is None else shown_chance(one.standing.above_median),
        "Better than": None if one.standing is None else _share(one),
        "Compared with": "" if one.peers is None else f"{one.peers.label} ({one.peers.creators})",
        "What is missing": one.gap,
    }


def _share(one: Estimate) -> str:
    assert one.standing is not None  # noqa: S101  (asked for only then)
    return f"{one.standing.percentile:.0%} ({one.standing.low:.0%} to {one.standing.high:.0%})"


def draw_ask(card: Scorecard) -> None:
    """Draw the text that asks the creator for what is missing."""
    if card.ask is None:
        return
    with st.expander("Ask this creator for missing exports", icon=":material/mail:"):
        if card.ask.lose_by is not None:
            st.markdown(
                f"Some days are lost after **{write_day(card.ask.lose_by)}**: TikTok keeps them for 60 days."
            )
        if card.ask.message:
            st.code(card.ask.message, language=None, wrap_lines=True)
        else:
            st.markdown("TikTok no longer gives these days back; there is nothing to ask for.")


def draw_facts(card: Scorecard) -> None:
    """Draw the counted figures, stage by stage."""
    st.subheader("As counted, stage by stage", divider="gray")
    rows = [
        {"Stage": fact.stage.value.capitalize(), "Metric": fact.metric.label, "Figure": fact.written,
         "How": fact.metric.formula, "Note": fact.note}
        for stage in Stage for fact in card.facts if fact.stage is stage
    ]  # fmt: skip
    known = ", ".join(f"{row['Metric']} {row['Figure']}" for row in rows if row["Figure"] != DASH)
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", key="facts",
        alt=known or "Nothing was counted of this creator yet.",
    )  # fmt: skip


def draw_past(card: Scorecard, locale: str) -> None:
    """Draw the creator's other campaigns on the metric that decides."""
    if not card.past or card.header is None:
        return
    st.subheader("Other campaigns together", divider="gray")
    judged = card.header.judged_by
    st.dataframe(
        pd.DataFrame([_past_row(one, judged.name, judged.label, locale) for one in card.past]),
        hide_index=True,
        placeholder=DASH,
        height="content",
        key="past",
        alt=f"{judged.label} in {len(card.past)} other campaigns, read at {age_words(card.header.age)}.",
    )


def _past_row(one: PastCampaign, name: str, label: str, locale: str) -> dict[str, object]:
    own = one.estimates.get(name)
    chance = None if own is None or own.standing is None else f"{shown_chance(own.standing.above_median):.0%}"
    return {
        "Campaign": one.name,
        "From": write_day(one.first_day, locale=locale),
        f"{label}, measured": None if own is None or own.raw is None else own.written(own.raw, locale=locale),
        "Expected": None if own is None or own.value is None else own.written(own.value, locale=locale),
        "Chance above peers": chance,
        "Fee": None if one.fee is None else write_money(one.fee, one.currency, locale=locale),
    }
