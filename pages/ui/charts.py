"""The charts of a funnel on a page: drawn small, with a sentence for those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.charts import Drawing, creator_bars, stage_bars, stage_line
from pages.ui.context import set_query
from pages.ui.filters import picked_by_chart

if TYPE_CHECKING:
    from core.funnel.model import Funnel
    from core.metrics.model import Metric


def _draw(drawing: Drawing, *, key: str | None = None, selects: bool = False) -> None:
    if selects:
        st.altair_chart(drawing.chart, on_select="rerun", key=key, alt=drawing.alt)
    else:
        st.altair_chart(drawing.chart, key=key, alt=drawing.alt)


def draw_stages(funnel: Funnel) -> None:
    """Draw what of each stage is met again in the next."""
    _draw(stage_bars(funnel), key="stages")


def draw_creators(funnel: Funnel) -> None:
    """Draw the creators beside each other; a click keeps only that creator on the page."""
    metric = _pick_metric("creator_metric", funnel.creators.metrics, _primary(funnel))
    if metric is None:
        return
    picked = picked_by_chart("creator_bars", "creator")
    if picked and picked.isdigit() and int(picked) not in funnel.scope.creator_ids:
        set_query(creator=[picked])
        st.rerun()
    _draw(
        creator_bars(funnel.creators, metric, currency=funnel.header.currency),
        key="creator_bars",
        selects=True,
    )
    st.caption("Click a bar to see the whole page for that creator only.")


def draw_weeks(funnel: Funnel) -> None:
    """Draw one metric by week or by day."""
    series = {one.metric.name: one for view in funnel.stages for one in view.series}
    metrics = tuple(one.metric for one in series.values())
    metric = _pick_metric("week_metric", metrics, _primary(funnel))
    if metric is None:
        return
    grain = st.segmented_control(
        "Grain",
        ["By week", "By day"],
        default="By week",
        required=True,
        key="grain",
        label_visibility="collapsed",
    )
    _draw(
        stage_line(series[metric.name], by_day=grain == "By day", currency=funnel.header.currency),
        key="weeks",
    )


def _primary(funnel: Funnel) -> str:
    return next((f.metric.name for view in funnel.stages for f in view.figures if f.is_primary), "")


def _pick_metric(key: str, metrics: tuple[Metric, ...], preferred: str) -> Metric | None:
    if not metrics:
        return None
    names = [metric.name for metric in metrics]
    labels = {metric.name: metric.label for metric in metrics}
    chosen = st.selectbox(
        "Metric",
        names,
        index=names.index(preferred) if preferred in names else 0,
        format_func=labels.__getitem__,
        key=key,
    )
    return metrics[names.index(chosen)]
