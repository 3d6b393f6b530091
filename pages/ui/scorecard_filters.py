"""What scorecards and benchmarks are read at: age, views, metric; all of it in the address."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.benchmarks.scored import AGE_WORDS, DEFAULT_AGE, SCORED
from core.scorecards import build_scorecard, build_scorecards
from core.scorecards.stored import is_kept, prepare
from pages.ui.context import set_query
from pages.ui.kept import kept
from pages.ui.plain import plain

if TYPE_CHECKING:
    from datetime import date

    from core.scope import Scope, Traffic
    from core.scorecards import Scorecard, Scorecards
    from core.store.engine import Store
    from pages.ui.context import Visit

_LABELS = {one.metric.name: one.metric.label for one in SCORED}


def pick_age() -> int:
    """Return the age in the address, offering the others."""
    asked = st.query_params.get("age", "")
    age = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in AGE_WORDS else DEFAULT_AGE

    def keep() -> None:
        picked = st.session_state["age"]
        set_query(age=None if picked == DEFAULT_AGE else str(picked))

    st.session_state["age"] = age
    st.selectbox(
        "Age of videos",
        list(AGE_WORDS),
        format_func=AGE_WORDS.__getitem__,
        key="age",
        on_change=keep,
        width=170,
        help="Every video is read at the same number of days after it was posted, so that early and late "
        "ones compare. Younger videos wait.",
    )
    return age


def pick_judged(cards: Scorecards) -> None:
    """Offer the metrics by which creators can be judged."""
    names = [metric.name for metric in cards.metrics]
    if not names:
        return
    judged = cards.header.judged_by.name
    if judged not in names:
        names.insert(0, judged)

    def keep() -> None:
        set_query(metric=st.session_state["judged"])

    st.session_state["judged"] = judged
    st.selectbox(
        "Judge by", names, format_func=_LABELS.__getitem__, key="judged", on_change=keep, width=320,
        help="Creators are ordered by the chance of being better than the middle of their peers.",
    )  # fmt: skip


def pick_scored_metric() -> str:
    """Return the metric in the address, offering the others."""
    asked = st.query_params.get("metric", "")
    chosen = asked if asked in _LABELS else "engagement_rate"

    def keep() -> None:
        set_query(metric=st.session_state["scored_metric"])

    st.session_state["scored_metric"] = chosen
    st.selectbox(
        "Metric",
        list(_LABELS),
        format_func=_LABELS.__getitem__,
        key="scored_metric",
        on_change=keep,
        width=320,
    )
    return chosen


def asked_metric() -> str | None:
    """Return the metric that the address asks for; None where it asks for none that is scored."""
    asked = st.query_params.get("metric", "")
    return asked if asked in _LABELS else None


def _cards(store: Store, scope: Scope, age: int, today: date, metric: str | None) -> Scorecards:
    return build_scorecards(store, scope, age=age, today=today, metric=metric)


def _card(  # noqa: PLR0917  (what it is asked for, one by one, is the key of the cache)
    store: Store,
    creator_id: int,
    campaign_id: int,
    today: date,
    age: int,
    traffic: Traffic,
    metric: str | None,
) -> Scorecard:
    return build_scorecard(
        store, creator_id, campaign_id=campaign_id, today=today, age=age, traffic=traffic, metric=metric
    )


def scorecards_of(now: Visit, scope: Scope, age: int) -> Scorecards:
    """Return the scorecards of the campaign, showing how far their making is where it takes a moment."""
    _make_ready(now, age, scope.traffic)
    return kept(
        now, _cards, scope.only(first_day=None, last_day=None, video_ids=()), age, now.today, asked_metric()
    )


def scorecard_of(now: Visit, creator_id: int, age: int, traffic: Traffic) -> Scorecard:
    """Return one creator's card, showing how far its making is where it takes a moment."""
    _make_ready(now, age, traffic)
    return kept(now, _card, creator_id, now.chosen.campaign_id, now.today, age, traffic, asked_metric())


def _make_ready(now: Visit, age: int, traffic: Traffic) -> None:
    campaign_id = now.chosen.campaign_id
    if is_kept(now.store, campaign_id, age=age, traffic=traffic):
        return
    bar = st.progress(0.0, text="Reading everybody's videos …")

    def progress(done: int, total: int, label: str) -> None:
        bar.progress(done / total, text=plain(f"Comparing creators: {label} ({done + 1} of {total})"))

    prepare(now.store, campaign_id, age=age, traffic=traffic, now=int(time.time()), progress=progress)
    bar.empty()
