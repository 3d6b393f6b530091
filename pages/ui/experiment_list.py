"""The experiments of a campaign as cards, each with where it stands in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.experiments.planned import Status
from core.experiments.reading import ExperimentView, view_experiment
from core.units import write_day
from pages.ui.empty import say_empty
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.experiments.planned import Experiment
    from core.store.engine import Store
    from pages.ui.context import Visit


def view_of(now: Visit, experiment_id: int) -> ExperimentView:
    """Return an experiment as it stands today, read once per data revision and day."""
    return kept(now, _view, now.chosen.campaign_id, experiment_id, now.today)


def _view(store: Store, campaign_id: int, experiment_id: int, today: date) -> ExperimentView:
    return view_experiment(store, campaign_id, experiment_id, today=today)


def draw_first(now: Visit) -> None:
    """Draw what experiments are for, while there is none."""
    say_empty(
        "Which hook, call to action, posting time, format or offer works better, with how sure that is.",
        "No experiment is planned here yet. A plan takes five minutes and tells you before the start "
        "what it can see.",
        page="experiments.py",
        button="Plan an experiment",
        campaign=now.chosen.code,
        new="1",
    )
    way_to(
        "patterns.py",
        label="Or look for an idea in past videos",
        icon=":material/insights:",
        query_params={"campaign": now.chosen.code},
    )


def draw_experiments(now: Visit, experiments: Sequence[Experiment]) -> None:
    """Draw each experiment as a card, running ones first."""
    way_to(
        "experiments.py",
        label="Plan an experiment",
        icon=":material/add:",
        query_params={"campaign": now.chosen.code, "new": "1"},
    )
    order = (Status.RUNNING, Status.DRAFT, Status.CONCLUDED)
    for one in sorted(experiments, key=lambda one: order.index(one.status)):
        _draw_card(now, one)


def _draw_card(now: Visit, one: Experiment) -> None:
    view = view_of(now, one.experiment_id)
    with st.container(border=True):
        st.markdown(f"#### {plain(one.name)}")
        st.caption(" · ".join(_about(now, view)))
        st.markdown(plain(_stands(view), longest=600))
        way_to(
            "experiment.py",
            label="Open it" if one.status is not Status.DRAFT else "Finish the plan and start it",
            icon=":material/arrow_forward:",
            query_params={"campaign": now.chosen.code, "experiment": str(one.experiment_id)},
        )


def _about(now: Visit, view: ExperimentView) -> list[str]:
    one = view.experiment
    parts = [one.status.value.capitalize(), plain(one.topic.value), plain(one.metric.label)]
    if one.conclusion is not None:
        parts.append(f"decided {write_day(one.conclusion.at.date(), locale=now.locale)}")
    elif one.first_day is not None and one.last_day is not None:
        days = (write_day(day, locale=now.locale) for day in (one.first_day, one.last_day))
        parts.append(" to ".join(days))
    return parts


def _stands(view: ExperimentView) -> str:
    if view.reading is None:
        return "A draft: nothing was given out yet."
    if view.experiment.conclusion is not None:
        done = view.experiment.conclusion
        return f"{view.reading.title}. Decision: {done.decision}. {done.reason}"
    return view.reading.sentence
