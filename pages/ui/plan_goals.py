"""Choosing what a campaign is judged by: one metric that decides, two or three beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import suggested_metrics
from core.metrics.registry import BY_NAME, METRICS

if TYPE_CHECKING:
    from core.metrics.model import Stage
    from pages.ui.saying import FieldNotes

_TARGET = "250,000 or 4.5% or 12.50"
_MOST = 3


def choose_goals(
    key: str, objective: Stage, before: Mapping[str, object], notes: FieldNotes
) -> dict[str, object]:
    """Draw the metrics with their targets and return them as the form of a campaign takes them.

    Args:
        key: of the form.
        objective: proposes the metrics, and comes first in the lists.
        before: the campaign as it stands; empty for a new one.
        notes: where problems are said.
    """
    primary, second = _proposed(objective, before)
    names = [metric.name for metric in sorted(METRICS, key=lambda metric: metric.stage is not objective)]
    at = f"{key}_{objective.value}"
    st.markdown("**The one metric that decides**")
    with st.grid(2, min_column_width=220):
        metric = st.selectbox(
            "Primary metric", names, index=names.index(primary[0]), format_func=_label, key=f"{at}_p"
        )
        with st.container():
            target = st.text_input(
                "Target",
                primary[1],
                placeholder=_TARGET,
                key=f"{at}_pt",
                help="A share needs its sign: 4.5%.",
            )
            notes.under("primary_target")
    notes.under("primary_metric")
    st.markdown("**Two or three that explain it**")
    secondary = {}
    for number in range(_MOST):
        name, typed = second[number] if number < len(second) else (None, "")
        with st.grid(2, min_column_width=220):
            picked = st.selectbox(
                f"Secondary metric {number + 1}",
                names,
                index=names.index(name) if name in names else None,
                format_func=_label,
                placeholder="None",
                key=f"{at}_s{number}",
            )
            wanted = st.text_input(f"Target {number + 1}", typed, placeholder=_TARGET, key=f"{at}_st{number}")
        if picked:
            secondary[picked] = wanted or ""
    notes.under("secondary")
    return {"primary_metric": metric, "primary_target": target or "", "secondary": secondary}


def _proposed(
    objective: Stage, before: Mapping[str, object]
) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """Return metric and target of the primary goal, and of the others.

    They are as they stand; for another objective, as it suggests.
    """
    stored = before.get("secondary")
    if (
        before.get("objective") == objective.value
        and isinstance(stored, Mapping)
        and before["primary_metric"] in BY_NAME
    ):
        rest = [(str(name), str(target)) for name, target in stored.items()]
        return (str(before["primary_metric"]), str(before["primary_target"])), rest
    first, *others = suggested_metrics(objective)
    return (first, ""), [(name, "") for name in others[:_MOST]]


def _label(name: str) -> str:
    return f"{BY_NAME[name].label} · {BY_NAME[name].stage.value}"
