"""How a figure, a stage and what is missing are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.metrics.industry import Benchmark, Grade
from core.metrics.model import Better, Metric
from core.units import DASH, Unit, write
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.funnel.model import Decision, Figure, Gap, Series, Split, Step
    from core.scope import Scope

_COLOUR = {Better.HIGHER: "normal", Better.LOWER: "inverse", Better.NEITHER: "off"}


def draw_figures(
    figures: Sequence[Figure], series: Sequence[Series], *, campaign: str, scope: Scope, locale: str
) -> None:
    """Draw the figures of a stage as cards, four beside each other, two on a phone."""
    lines = {
        each.metric.name: [point.value for point in each.weeks if point.value is not None] for each in series
    }
    with st.grid(4, min_column_width=150):
        for figure in figures:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _draw_card(figure, lines.get(figure.metric.name, []), locale)
                st.page_link(
                    "show_the_sum.py",
                    label="Show the sum",
                    query_params={"campaign": campaign, "metric": figure.metric.name, **scope.to_query()},
                )


def _draw_card(figure: Figure, line: list[float], locale: str) -> None:
    metric = figure.metric
    change, colour = _change(figure)
    st.metric(
        f"{metric.label} · goal" if figure.is_primary else metric.label,
        figure.written(locale=locale),
        delta=change,
        delta_color=colour,
        delta_description=f"vs. {plain(figure.previous_campaign, longest=40)}"
        if change is not None
        else None,
        help=f"{metric.definition} {plain(metric.formula, longest=300)}. {plain(figure.caution, longest=600)}",
        chart_data=line if len(line) > 2 else None,
    )
    for words in card_notes(figure, locale):
        st.caption(words)


def _change(figure: Figure) -> tuple[str | None, str]:
    """Return the change since the campaign before, coloured only where enough was counted."""
    if figure.value is None or not figure.previous:
        return None, "off"
    share = figure.value / figure.previous - 1
    colour = _COLOUR[figure.metric.better] if figure.is_enough else "off"
    return f"{share:+.0%}", colour


def card_notes(figure: Figure, locale: str) -> list[str]:
    """Return the lines under a figure: why it is missing, its target, what is published."""
    metric, notes = figure.metric, []
    if figure.why_missing:
        notes.append(plain(figure.why_missing, longest=300))
    if figure.target is not None:
        target = write(figure.target, metric.unit, currency=figure.currency, locale=locale)
        reached = "" if figure.progress is None else f", {figure.progress:.0%} of it reached"
        notes.append(f"Target {plain(target)}{reached}")
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


def draw_decision(decision: Decision) -> None:
    """Draw the decision that a stage supports, with its evidence."""
    sign = ":material/balance:" if decision.is_supported else ":material/hourglass_empty:"
    st.markdown(f"{sign} **{plain(decision.question)}** {plain(decision.evidence, longest=500)}")


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
