"""Content patterns on screen: what is compared, the words that stand out, videos to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.charts import pattern_bars
from core.content import Patterns, find_patterns
from core.entry.words import counted
from core.evidence.ages import AGES
from core.experiments.planner import metrics_to_choose
from core.metrics.registry import BY_NAME
from core.units import write, write_change
from pages.ui.charts import draw_once
from pages.ui.context import set_query
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.content import Example, Pattern
    from core.store.engine import Store
    from pages.ui.context import Visit

_USUAL = "engagement_rate"


def choose_comparison(now: Visit) -> tuple[str, int, bool]:
    """Draw the pickers of metric, age and campaigns, and return what was picked; it stands in the address."""
    names = [metric.name for metric in metrics_to_choose()]
    asked, age = st.query_params.get("metric", ""), st.query_params.get("age", "")

    def keep() -> None:
        set_query(
            metric=st.session_state["pattern_metric"],
            age=str(st.session_state["pattern_age"]),
            all="1" if st.session_state["pattern_all"] else None,
        )

    st.session_state["pattern_metric"] = asked if asked in names else _USUAL
    st.session_state["pattern_age"] = int(age) if age in {str(one) for one in AGES} else 7
    st.session_state["pattern_all"] = st.query_params.get("all") == "1"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = st.selectbox(
            "Compare by",
            names,
            format_func=lambda name: BY_NAME[name].label,
            key="pattern_metric",
            on_change=keep,
            width=300,
        )
        days = st.selectbox(
            "Read at",
            AGES,
            format_func=lambda one: counted(one, "day"),
            key="pattern_age",
            on_change=keep,
            width=130,
            help="Every video is read at the same age, so that older ones have no head start.",
        )
        everywhere = st.toggle("All campaigns", key="pattern_all", on_change=keep)
    return str(metric), int(days), bool(everywhere) and len(now.campaigns) > 1


def patterns_of(now: Visit, metric: str, age: int, everywhere: bool) -> Patterns:  # noqa: FBT001  (as picked)
    """Return the patterns of the picked comparison, made once per data revision."""
    return kept(now, _find, now.chosen.campaign_id, metric, age, everywhere)


def _find(store: Store, campaign_id: int, metric: str, age: int, everywhere: bool) -> Patterns:  # noqa: FBT001
    return find_patterns(store, campaign_id, metric=metric, age=age, all_campaigns=everywhere)


def draw_patterns(now: Visit, patterns: Patterns) -> None:
    """Draw the cautions, the picture, and each word with the videos to watch."""
    st.warning(plain(patterns.cautions[0], longest=500), icon=":material/help:")
    if patterns.shown:
        name = f"patterns {patterns.metric.name} {st.query_params.to_dict()}"
        draw_once(now, name, lambda: pattern_bars(patterns))
        st.caption(
            "Filled dots: inside creators, allowing for length, posting time and boosts, with the 95% range. "
            "Hollow marks: everybody's videos together."
        )
    for one in patterns.shown:
        _draw_one(now, patterns, one)
    _draw_rest(now, patterns)
    for caution in patterns.cautions[1:]:
        st.caption(plain(caution, longest=400))


def _draw_one(now: Visit, patterns: Patterns, one: Pattern) -> None:
    with st.container(border=True):
        sign = ":material/star:" if one.is_notable else ":material/blur_on:"
        st.markdown(f"**{sign} {plain(one.tag.label)}** :gray[{counted(one.with_word, 'video')} with it]")
        st.markdown(plain(one.sentence, longest=500))
        if one.raw is not None and one.lift is not None:
            st.caption(
                f"Everybody together: {write_change(one.raw)}. Inside creators: {write_change(one.lift)}."
            )
        watch = " · ".join(_watch(patterns, each) for each in one.examples)
        if watch:
            st.markdown(f"Watch: {watch}")
        if one.tag.tag_id and not one.is_in_test:
            way_to(
                "experiments.py",
                label="Turn this into an experiment",
                icon=":material/science:",
                query_params={
                    "campaign": now.chosen.code,
                    "new": "1",
                    "tag": str(one.tag.tag_id),
                    "metric": patterns.metric.name,
                },
            )
        elif one.is_in_test:
            way_to(
                "experiments.py",
                label="See its experiment",
                icon=":material/science:",
                query_params={"campaign": now.chosen.code},
            )


def _watch(patterns: Patterns, one: Example) -> str:
    figure = write(one.figure, patterns.metric.unit)
    times = f", {one.times:.1f}× the creator's usual" if one.times else ""
    words = f"{plain(one.creator)} ({figure}{times})"
    return f"[{words}]({one.url})" if one.url.startswith("https://") else words


def _draw_rest(now: Visit, patterns: Patterns) -> None:
    parts = []
    if patterns.others:
        parts.append(f"{counted(patterns.others, 'word')} more were compared and are less clear")
    if patterns.thin:
        parts.append(f"{counted(patterns.thin, 'word')} cannot be compared inside creators yet")
    if parts:
        st.caption(f"{'; '.join(parts)}. At most five are shown, so that luck does not look like a list.")
    untagged = patterns.videos - patterns.tagged
    if untagged:
        way_to(
            "tags.py",
            label=f"Tag {counted(untagged, 'more video')} to see more",
            icon=":material/label:",
            query_params={"campaign": now.chosen.code},
        )
