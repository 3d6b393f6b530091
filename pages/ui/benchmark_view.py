"""Own history in cells, the published figure beside it, and what a goal can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.benchmarks import goal_help, own_history, tolerance_of
from core.benchmarks.goals import TOTALS
from core.benchmarks.history import LEVELS
from core.metrics.registry import BY_NAME
from core.statistics.refusals import NotEnough
from core.units import DASH, Unit, minor_digits, write
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from datetime import date

    from core.benchmarks import GoalHelp, History
    from core.scope import Traffic
    from core.statistics.quantiles import Quantile
    from core.store.engine import Store
    from pages.ui.context import Visit


def _history(  # noqa: PLR0917  (what it is asked for, one by one, is the key of the cache)
    store: Store, campaign_id: int, metric: str, age: int, traffic: Traffic, today: date
) -> History:
    return own_history(store, campaign_id, metric, age=age, traffic=traffic, today=today)


def _help(  # noqa: PLR0917  (what it is asked for, one by one, is the key of the cache)
    store: Store, campaign_id: int, metric: str, videos: int, age: int, traffic: Traffic, today: date
) -> GoalHelp:
    return goal_help(store, campaign_id, metric, videos=videos, age=age, traffic=traffic, today=today)


def history_for(now: Visit, metric: str, age: int, traffic: Traffic) -> History:
    """Return own history of a metric, made once per data revision."""
    return kept(now, _history, now.chosen.campaign_id, metric, age, traffic, now.today)


def _written(history: History, value: float) -> str:
    unit = Unit.COUNT if history.metric.name == "views_per_video" else history.metric.unit
    return write(value, unit, currency=history.currency, compact=True)


def _quantile(history: History, one: Quantile | NotEnough) -> str:
    if isinstance(one, NotEnough):
        return f"needs {one.need} creators"
    return f"{_written(history, one.value)} ({_written(history, one.low)} to {_written(history, one.high)})"


def draw_cells(history: History) -> None:
    """Draw quartiles and median by group, with counts and how sure they are."""
    rows = [
        {
            "Group": cell.label,
            "Level": LEVELS[cell.level],
            "Lower quarter": _quantile(history, cell.low),
            "Middle": _quantile(history, cell.middle),
            "Upper quarter": _quantile(history, cell.high),
            "Creators": cell.creators,
            "Videos or campaigns": cell.videos,
        }
        for cell in history.cells
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", key="cells",
        alt=" ".join(cell.sentence for cell in history.cells[:4]),
    )  # fmt: skip
    st.caption("In brackets: where the value lies in 9 of 10 cases, creators drawn again.")


def draw_dots(history: History) -> None:
    """Draw the single values where there are too few for a median."""
    values = sorted(one.value for one in history.dots)
    words = ", ".join(_written(history, value) for value in values[:40])
    st.markdown(f"Single values: {plain(words or DASH, longest=600)}")


def draw_cited(history: History) -> None:
    """Draw the published figure of the same definition, never coloured on a weak grade."""
    st.subheader("Published figures", divider="gray")
    cited = history.cited
    st.markdown(plain(cited.sentence, longest=600))
    if cited.is_better is not None:
        side = "on the better side" if cited.is_better else "on the weaker side"
        colour = "green" if cited.is_better else "orange"
        st.markdown(f":{colour}[Your middle lies {side} of it.]")
    elif cited.figure is not None:
        st.caption("Shown for orientation only: too weak, or nothing of your own to compare with.")


def draw_goal_help(now: Visit, age: int, traffic: Traffic) -> None:
    """Draw what the planned videos would bring if they went like past work."""
    st.subheader("What a goal can be", divider="gray")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = st.selectbox(
            "Goal", TOTALS, format_func=lambda name: BY_NAME[name].label, key="goal_metric", width=260
        )
        videos = st.number_input(
            "Videos planned", min_value=1, max_value=500, value=12, key="goal_videos", width=160
        )
    found = kept(now, _help, now.chosen.campaign_id, metric, int(videos), age, traffic, now.today)
    st.markdown(plain(found.sentence, longest=600))
    if found.realistic is not None:
        st.caption("Realistic is the middle case, ambitious the strong one. Set the goal on the plan page.")
        way_to(
            "plan.py",
            label="Set the goal",
            icon=":material/flag:",
            query_params={"campaign": now.chosen.code},
        )


def draw_tolerance(history: History) -> None:
    """Draw how near is near enough for a target on this metric, by group."""
    with st.expander("How near a target is near enough"):
        scale = _typed_scale(history)
        typed = st.number_input(
            f"Target for {plain(history.metric.label)}{_typed_unit(history)}",
            min_value=0.0,
            value=None,
            key="tolerance_target",
        )
        if not typed:
            st.caption("Type a target to see how far work usually lies from it.")
            return
        for cell in history.cells or (None,):
            band = tolerance_of(history.metric.name, typed * scale, cell)
            group = cell.label if cell is not None else "no group is large enough"
            st.markdown(
                f"**{plain(group)}**: near down or up to {plain(_written(history, band.edge))}. "
                f"{plain(band.sentence, longest=300)}"
            )


def _typed_scale(history: History) -> float:
    if history.metric.unit is Unit.SHARE:
        return 0.01
    return float(10 ** minor_digits(history.currency)) if history.currency else 1.0


def _typed_unit(history: History) -> str:
    if history.metric.unit is Unit.SHARE:
        return " (%)"
    return f" ({history.currency})" if history.currency else ""
