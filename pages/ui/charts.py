"""The charts of a funnel on a page: drawn small, with a sentence for those who do not see them.

A chart's description is made once per data revision and view; making it again in every run
would cost more than everything else on the page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import streamlit as st

from core.charts import Drawing, creator_bars, stage_line
from core.scope import Scope
from pages.ui.context import set_query
from pages.ui.filters import set_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.funnel.model import Funnel
    from core.metrics.model import Metric
    from pages.ui.context import Visit

_KEPT = 300  # descriptions; each is a few kilobytes


class Spec(NamedTuple):
    """A chart as the browser reads it, and what it shows in one sentence."""

    chart: dict[str, Any]  # Vega-Lite's own words
    alt: str


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _spec(
    _make: Callable[[], Drawing],
    who: str,  # noqa: ARG001  (who, revision, scope and name are the key)
    revision: int,  # noqa: ARG001
    scope: Scope,  # noqa: ARG001
    name: str,  # noqa: ARG001
) -> Spec:
    drawing = _make()
    chart = drawing.chart.to_dict()
    sets = chart.get("datasets", {})
    chart["datasets"] = {name: pa.Table.from_pylist(rows) for name, rows in sets.items()}
    return Spec(chart, drawing.alt)


def _draw(
    funnel: Funnel,
    who: str,
    name: str,
    make: Callable[[], Drawing],
    on_select: Callable[[], None] | None = None,
) -> None:
    spec = _spec(make, who, funnel.header.revision, funnel.scope, name)
    key = chart_key(funnel.scope, name)
    if on_select is None:
        st.vega_lite_chart(spec.chart, key=key, alt=spec.alt)
    else:
        st.vega_lite_chart(spec.chart, key=key, alt=spec.alt, on_select=on_select)


def draw_once(now: Visit, name: str, make: Callable[[], Drawing]) -> None:
    """Draw a chart of the visit's campaign, described once per data revision and name.

    Args:
        now: whose visit it is.
        name: tells the chart from every other of the campaign, days it depends on among it.
        make: returns the chart.
    """
    scope = Scope(campaign_id=now.chosen.campaign_id)
    spec = _spec(make, str(now.store.principal), now.revision, scope, name)
    st.vega_lite_chart(spec.chart, key=name, alt=spec.alt)


def chart_key(scope: Scope, name: str) -> str:
    """Return the name of a chart or table on the page; a narrower view begins without a selection."""
    return f"{name}|{scope.to_query()}"


def draw_creators(funnel: Funnel, who: str) -> None:
    """Draw the creators beside each other; a click keeps only that creator on the page."""
    metric = _pick_metric("creator_metric", _known(funnel.creators.metrics, funnel), _primary(funnel))
    if metric is None:
        return
    name = f"creators_{metric.name}"

    def keep() -> None:
        picked = _picked(chart_key(funnel.scope, name), "creator")
        if picked and picked.isdigit():
            set_query(creator=[picked])

    _draw(
        funnel,
        who,
        name,
        lambda: creator_bars(funnel.creators, metric, currency=funnel.header.currency),
        keep,
    )
    st.caption("Click a bar to see the whole page for that creator only.")


def draw_weeks(funnel: Funnel, who: str) -> None:
    """Draw one metric by week or by day; a click keeps only that week or day on the page."""
    series = {one.metric.name: one for view in funnel.stages for one in view.series}
    metric = _pick_metric("week_metric", tuple(one.metric for one in series.values()), _primary(funnel))
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
    by_day = grain == "By day"
    name = f"{'days' if by_day else 'weeks'}_{metric.name}"

    def keep() -> None:
        day = day_of_click(_picked(chart_key(funnel.scope, name), "week"))
        if day is not None:
            set_days(day, day if by_day else day + timedelta(days=6))

    _draw(
        funnel,
        who,
        name,
        lambda: stage_line(series[metric.name], by_day=by_day, currency=funnel.header.currency),
        keep,
    )
    st.caption(f"Click a point to see the whole page for that {'day' if by_day else 'week'} only.")


def day_of_click(clicked: str | None) -> date | None:
    """Return the day behind what a chart says was clicked: milliseconds since 1970, or a written day."""
    if not clicked:
        return None
    try:
        if clicked.lstrip("-").replace(".", "", 1).isdigit():
            return datetime.fromtimestamp(float(clicked) / 1000, tz=UTC).date()
        return date.fromisoformat(clicked[:10])
    except (ValueError, OverflowError, OSError):
        return None


def _picked(key: str, field: str) -> str | None:
    """Return what was clicked in a chart, None where nothing is."""
    event = st.session_state.get(key)
    rows = (event["selection"].get(field) or []) if event else []
    return str(rows[0][field]) if rows and field in rows[0] else None


def _primary(funnel: Funnel) -> str:
    return next((f.metric.name for view in funnel.stages for f in view.figures if f.is_primary), "")


def _known(metrics: tuple[Metric, ...], funnel: Funnel) -> tuple[Metric, ...]:
    rows = funnel.creators.rows
    return tuple(one for one in metrics if any(row.value(one.name) is not None for row in rows))


def _pick_metric(key: str, metrics: tuple[Metric, ...], preferred: str) -> Metric | None:
    if not metrics:
        return None
    by_name = {metric.name: metric for metric in metrics}
    names = list(by_name)
    chosen = st.selectbox(
        "Metric",
        names,
        index=names.index(preferred) if preferred in by_name else 0,
        format_func=lambda name: by_name[name].label,
        key=key,
        width=320,
    )
    return by_name.get(chosen)
