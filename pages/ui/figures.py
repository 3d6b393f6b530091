"""How a figure, a stage and what is missing are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.metrics.industry import Benchmark, Grade
from core.metrics.model import Better, Metric
from core.units import DASH, Unit, write
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.funnel.model import Figure, Gap, Series, Split, Step
    from core.scope import Scope

_GOOD = {Better.HIGHER: 1, Better.LOWER: -1, Better.NEITHER: 0}


def draw_figures(
    figures: Sequence[Figure], series: Sequence[Series], *, campaign: str, scope: Scope, locale: str
) -> None:
    """Draw the figures of a stage as cards: three or four beside each other, two on a phone."""
    lines = {
        each.metric.name: [point.value for point in each.weeks if point.value is not None] for each in series
    }
    query = {"campaign": campaign, **scope.to_query()}
    with st.grid(3 if len(figures) in {3, 5, 6} else 4, min_column_width=150):
        for figure in figures:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _draw_card(figure, lines.get(figure.metric.name, []), locale)
                way_to(
                    "show_the_sum.py",
                    label="Show the sum",
                    query_params={**query, "metric": figure.metric.name},
                )


def _draw_card(figure: Figure, line: list[float], locale: str) -> None:
    metric = figure.metric
    # The label stands on its own, so that a long one wraps instead of being cut off.
    goal = " :gray[· goal]" if figure.is_primary else ""
    st.markdown(f"{metric.label}{goal}", help=_about(figure, locale))
    st.metric(
        metric.label,
        figure.written(locale=locale, compact=figure.is_range),
        label_visibility="collapsed",
        chart_data=line if len(line) > 2 else None,
    )
    if change := change_words(figure):
        st.markdown(f":small[{change}]")
    for words in card_notes(figure, locale):
        st.caption(words)


def _about(figure: Figure, locale: str) -> str:
    exact = f"{figure.written(locale=locale)}. " if figure.is_range else ""
    before = ""
    if figure.previous is not None:
        value = write(figure.previous, figure.metric.unit, currency=figure.currency, locale=locale)
        before = f" Last campaign: {figure.previous_campaign}, {value}."
    metric = figure.metric
    words = f"{exact}{metric.definition} {metric.formula}. {figure.caution}{before}"
    return plain(words, longest=1200)


def change_words(figure: Figure) -> str:
    """Return the change since the campaign before; good or bad news only where enough was counted in both."""
    if figure.value is None or not figure.previous:
        return ""
    share = figure.value / figure.previous - 1
    arrow = "arrow_upward" if share > 0 else "arrow_downward" if share < 0 else "arrow_forward"
    news = share * _GOOD[figure.metric.better] if figure.is_enough and figure.previous_is_enough else 0
    colour = "green" if news > 0 else "red" if news < 0 else "gray"
    return f":{colour}[:material/{arrow}: {plain(f'{share:+.0%}')}] :gray[vs. last campaign]"


def card_notes(figure: Figure, locale: str) -> list[str]:
    """Return the lines under a figure: why it is missing, its target, what is published."""
    metric, notes = figure.metric, []
    if figure.why_missing:
        notes.append(plain(figure.why_missing, longest=300))
    if figure.target is not None:
        target = write(figure.target, metric.unit, currency=figure.currency, locale=locale)
        notes.append(", ".join(part for part in (f"Target {plain(target)}", figure.towards_target) if part))
    if isinstance(figure.benchmark, Benchmark):
        notes.append(_published(figure.benchmark, metric, locale))
    if figure.coverage:
        notes.append(plain(figure.coverage, longest=300))
    return notes


def _published(benchmark: Benchmark, metric: Metric, locale: str) -> str:
    value = write(benchmark.value, metric.unit, currency=benchmark.currency, locale=locale)
    weak = ", no method stated" if benchmark.grade is Grade.C else ""
    source = f"{benchmark.publisher}, {benchmark.period}, grade {benchmark.grade.value}{weak}"
    return f"Published: {plain(value)} :gray[({plain(source)})]"


def draw_step(step: Step | None) -> None:
    """Draw what of this stage is met again in the next."""
    if step is not None:
        st.markdown(f":material/south: {plain(step.sentence, longest=400)}")


def draw_gaps(gaps: Sequence[Gap]) -> None:
    """Draw what is missing and how to get it."""
    for gap in gaps:
        st.markdown(f":material/info: {plain(gap.sentence, longest=500)}")
        if gap.page:
            way_to(gap.page, label=gap.button, icon=":material/arrow_forward:")


def split_rows(splits: Sequence[Split], currency: str, locale: str) -> list[dict[str, str]]:
    """Return organic, paid and together as rows of text, unknown as a dash."""
    return [
        {
            "Metric": split.metric.label,
            "Organic": _cell(split.organic, split.metric, currency, locale),
            "Paid": _cell(split.paid, split.metric, currency, locale),
            "Together": _cell(split.total, split.metric, currency, locale),
        }
        for split in splits
    ]


def _cell(value: float | None, metric: Metric, currency: str, locale: str) -> str:
    money = currency if metric.unit is Unit.MONEY else ""
    return DASH if value is None else write(value, metric.unit, currency=money, locale=locale)
