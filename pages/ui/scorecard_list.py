"""The creators of a campaign as picture and table, with what to hand out and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.access import Action, may
from core.campaigns import export_requests
from core.charts import estimate_bars
from core.scorecards.export import scorecards_csv, scorecards_xlsx
from core.scorecards.model import CHOICE_WORDS
from core.scorecards.words import shown_chance
from core.units import DASH, write_day, write_money
from pages.ui.charts import draw_once
from pages.ui.kept import kept
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.scorecards import Scorecard, Scorecards
    from pages.ui.context import Visit

_TOP = "scorecard_table"


def draw_picture(now: Visit, cards: Scorecards) -> None:
    """Draw the creators with their ranges on the metric that decides."""
    header = cards.header
    money = header.currency if header.judged_by.unit == "money" else ""
    draw_once(
        now,
        f"estimates|{header.code}|{header.age}|{header.traffic}|{header.judged_by.name}",
        lambda: estimate_bars(cards.cards, header.judged_by, currency=money),
    )
    st.caption(
        "Filled dot: what we expect. Bar: where the true value lies in 9 of 10 cases. "
        "Hollow dot: what was measured. Shaded: the middle half of peers."
    )


def draw_cards(now: Visit, cards: Scorecards) -> None:
    """Draw one row per creator; a click opens the card."""
    rows = [_cells(card, cards, now.locale) for card in cards.cards]

    def open_card() -> None:
        chosen = st.session_state[_TOP]["selection"]["rows"]
        if chosen:
            st.session_state["open_card"] = cards.cards[chosen[0]].creator_id

    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder=DASH,
        key=_TOP,
        on_select=open_card,
        selection_mode="single-row",
        column_config=_columns(cards),
        alt=f"Scorecards of {len(cards.cards)} creators. {cards.claim}",
    )
    picked = st.session_state.pop("open_card", None)
    if picked is not None:
        st.switch_page("scorecard.py", query_params=_query(now, picked))
    st.caption("Select a row to open the card: history, ratings, what the next deal is worth, the decision.")


def _query(now: Visit, creator_id: int) -> dict[str, str]:
    kept_fields = {
        name: st.query_params[name] for name in ("age", "traffic", "metric") if name in st.query_params
    }
    return {"campaign": now.chosen.code, "creator": str(creator_id), **kept_fields}


def _cells(card: Scorecard, cards: Scorecards, locale: str) -> dict[str, object]:
    own = card.estimates.get(cards.header.judged_by.name)
    standing = None if own is None else own.standing
    label = cards.header.judged_by.label
    return {
        "Creator": card.name,
        "Tier": card.tier,
        "Chance above peers": None if standing is None else shown_chance(standing.above_median),
        "The figures say": card.lean.value,
        f"{label}: expected": None
        if own is None or own.value is None
        else own.written(own.value, locale=locale),
        "Likely range": _range(card, cards, locale),
        "Measured": None if own is None or own.raw is None else own.written(own.raw, locale=locale),
        "Videos read": f"{card.reading.used} of {card.reading.of}",
        "Better than": _percentile(card, cards),
        "Decided": "" if card.decision is None else CHOICE_WORDS[card.decision.choice],
        **{fact.metric.label: fact.written for fact in card.facts},
        "Fee": None if card.fee is None else write_money(card.fee, card.fee_currency, locale=locale),
    }


def _range(card: Scorecard, cards: Scorecards, locale: str) -> str | None:
    own = card.estimates.get(cards.header.judged_by.name)
    if own is None or own.low is None or own.high is None:
        return None
    return f"{own.written(own.low, locale=locale)} to {own.written(own.high, locale=locale)}"


def _percentile(card: Scorecard, cards: Scorecards) -> str | None:
    own = card.estimates.get(cards.header.judged_by.name)
    if own is None or own.standing is None:
        return None
    one = own.standing
    return f"{one.percentile:.0%} of peers ({one.low:.0%} to {one.high:.0%})"


def _columns(cards: Scorecards) -> dict[str, Any]:  # Streamlit's column types have no common name
    return {
        "Creator": st.column_config.TextColumn("Creator", pinned=True, width=150),
        "Chance above peers": st.column_config.ProgressColumn(
            "Chance above peers",
            help="How likely the creator is better than the middle one of its peers on "
            f"{plain(cards.header.judged_by.label)}.",
            format="percent",
            min_value=0.0,
            max_value=1.0,
            width=150,
        ),
        "Better than": st.column_config.TextColumn(
            "Better than", help="Share of peers it is better than, with the range that luck leaves open."
        ),
        "The figures say": st.column_config.TextColumn("The figures say", width=210),
    }


def draw_downloads(now: Visit, cards: Scorecards) -> None:
    """Offer the whole table as CSV and as a workbook."""
    if not may(now.store.principal, Action.SHARE, now.chosen.campaign_id):
        return
    name = f"scorecards-{cards.header.code}"
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            lambda: _taken(now, "csv", scorecards_csv(cards)),
            f"{name}.csv",
            "text/csv",
            icon=":material/download:",
        )
        st.download_button(
            "Excel workbook",
            lambda: _taken(now, "xlsx", scorecards_xlsx(cards)),
            f"{name}.xlsx",
            icon=":material/download:",
        )


def _taken(now: Visit, kind: str, made: bytes) -> bytes:
    """Return a file, and keep on record that it was handed out."""
    now.store.note("export of scorecards", "", {"campaign": now.chosen.campaign_id, "format": kind})
    return made


def draw_tier_costs(cards: Scorecards) -> None:
    """Draw what one result cost by size of creator."""
    if not cards.tier_costs:
        return
    st.subheader("Cost per result by tier", divider="gray")
    tiers = dict.fromkeys(one.tier for one in cards.tier_costs)
    rows = [
        {"Tier": tier or "size not known"}
        | {one.metric.label: one.written for one in cards.tier_costs if one.tier == tier}
        for tier in tiers
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", placeholder=DASH, key="tier_costs",
        alt=" ".join(f"{one.tier}: {one.sentence}" for one in cards.tier_costs[:4]),
    )  # fmt: skip
    st.caption("Totals divided. The range of the typical creator is shown from 4 creators with a result on.")


def draw_asks(now: Visit) -> None:
    """Draw whom to ask for which export, with the text to send and until when TikTok has it."""
    with st.expander(
        "Whose exports are missing", icon=":material/mail:", on_change="rerun", key="asks"
    ) as box:
        if not box.open:
            return
        asks = [one for one in kept(now, export_requests, now.chosen.campaign_id, now.today) if one.needs]
        if not asks:
            st.markdown("Nothing is missing: every creator's exports are here.")
        for one in asks:
            st.markdown(
                f"**{plain(one.creator)}**: {plain(', '.join(need.export.value for need in one.needs))}"
            )
            if one.lose_by is not None:
                st.caption(
                    f"Lost after {write_day(one.lose_by, locale=now.locale)}: "
                    "TikTok keeps these days for 60 days."
                )
            if one.message:
                st.code(one.message, language=None, wrap_lines=True)
            else:
                st.caption("TikTok no longer gives these days back; nothing to ask for.")
