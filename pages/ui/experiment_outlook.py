"""What a planned experiment can see: in one sentence, as a grid of sizes, and tried on one's own videos."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.entry.words import counted
from core.experiments.model import Design
from core.experiments.planned import DRAWN
from core.experiments.planner import (
    GRID_CREATORS,
    GRID_VIDEOS,
    Outlook,
    false_alarm_words,
    own_history,
    people_needed,
    plan_outlook,
    try_on_history,
)
from pages.ui.kept import kept
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store
    from pages.ui.context import Visit


def draw_outlook(now: Visit, values: Mapping[str, object], design: Design, arms: int) -> None:
    """Draw what such a test can see, why one may not be worth it, and what more would take."""
    metric, age = str(values["primary"]), int(str(values["age_days"]))
    if design is Design.AUDIENCE_SPLIT:
        _draw_people()
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wished = st.slider(
            "Lift you would like to see", 5, 100, 30, step=5, format="%d%%", key="wished", width=340
        )
    creators, videos = int(str(values.get("creators", 0))), int(str(values.get("videos_each", 0)))
    outlook = kept(
        now, _outlook, now.chosen.campaign_id, metric, design, (creators, videos, arms), wished / 100, age
    )
    if outlook.refusal:
        st.warning(plain(outlook.refusal, longest=500), icon=":material/do_not_disturb_on:")
    st.markdown(f"**{plain(outlook.sentence, longest=400)}**")
    if design not in DRAWN:
        return
    st.caption(plain(outlook.source, longest=400))
    if outlook.cheapest:
        st.markdown(f":material/payments: {plain(outlook.cheapest, longest=400)}")
    _draw_grid(outlook)
    _draw_trial(now, metric, age)


def _outlook(  # noqa: PLR0917  (the key of its cache)
    store: Store,
    campaign_id: int,
    metric: str,
    design: Design,
    size: tuple[int, int, int],
    wished: float,
    age: int,
) -> Outlook:
    creators, videos_each, arms = size
    return plan_outlook(
        store,
        campaign_id,
        metric=metric,
        design=design,
        creators=creators,
        videos_each=videos_each,
        arms=arms,
        wished=wished,
        age=age,
    )


def _draw_grid(outlook: Outlook) -> None:
    with st.expander("Other sizes: the smallest lift each would notice", icon=":material/grid_on:"):
        by_size = {(cell.creators, cell.videos_each): cell.lift for cell in outlook.grid}
        videos = [each for each in GRID_VIDEOS if (GRID_CREATORS[0], each) in by_size]
        st.table(
            pd.DataFrame(
                {
                    "Creators": [str(count) for count in GRID_CREATORS],
                    **{
                        f"{each} videos each": [_lift(by_size[count, each]) for count in GRID_CREATORS]
                        for each in videos
                    },
                }
            ),
            hide_index=True,
        )
        st.caption("More videos of the same creators help a little; more creators help more.")


def _lift(value: float) -> str:
    return "nothing" if math.isinf(value) else f"+{value:.0%}"


def _draw_people() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        share = st.number_input(
            "Share of people who do it today, %", 0.01, 99.0, 2.0, step=0.1, key="split_share", width=240
        )
        wished = st.slider(
            "Lift you would like to see", 5, 100, 10, step=5, format="%d%%", key="split_wished", width=340
        )
    st.markdown(f"**{plain(people_needed(float(share) / 100, wished / 100))}**")
    st.caption(
        "A split test says which ad did better with the people the platform chose for it: each ad meets the "
        "mix of people that suits it. And one video per version says which video won, not which hook."
    )


def _draw_trial(now: Visit, metric: str, age: int) -> None:
    with st.expander("Try the method on your own past videos", icon=":material/fact_check:"):
        st.markdown(
            "It hands out imaginary versions among your past videos a thousand times. Nothing differed, so "
            "every “winner” is a false alarm. An honest method raises about 5 in 100."
        )
        key = f"trial {metric} {age} {now.revision}"
        if st.button("Try it", icon=":material/play_arrow:", key="try_method"):
            history = own_history(now.store, now.chosen.campaign_id, metric, age=age)
            bar = st.progress(0.0, text=f"Trying on {counted(len(history.creators), 'video')} …")

            def show(share: float) -> None:
                bar.progress(min(share, 1.0))

            found = try_on_history(history, on_progress=show)
            bar.empty()
            st.session_state[key] = false_alarm_words(found)
        if key in st.session_state:
            st.markdown(f"**{plain(st.session_state[key], longest=500)}**")
