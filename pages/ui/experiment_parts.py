"""The parts of one experiment around its result: choosing it, starting it, its videos, its plan."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.campaigns import list_collaborations
from core.entry.words import counted
from core.experiments.assignment import draw_again, is_balanced, leave_experiment, start_experiment
from core.experiments.briefs import brief_of, briefs_csv
from core.experiments.matching import exclude_video, set_match
from core.experiments.planned import DESIGNS, DRAWN, Matched, Status
from core.experiments.plans import delete_draft, edit_plan, list_experiments
from core.metrics.registry import BY_NAME
from core.units import DASH, day_number, write_day
from pages.ui.context import set_query
from pages.ui.empty import say_empty
from pages.ui.experiment_list import view_of
from pages.ui.experiment_plan import draw_plan
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep, plan_heading
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.experiments.matching import Unclear
    from core.experiments.planned import Experiment
    from core.experiments.reading import ExperimentView, PlannedRow
    from pages.ui.context import Visit


def choose_experiment(now: Visit) -> ExperimentView | None:
    """Return the experiment that the address names, offering the others; None where there is none."""
    experiments = {one.experiment_id: one for one in kept(now, list_experiments, now.chosen.campaign_id)}
    if not experiments:
        plan_heading(now, "One experiment")
        say_empty(
            "One experiment: who makes which version, how it stands, what was decided.",
            "No experiment is planned here yet.",
            page="experiments.py",
            button="Plan an experiment",
            campaign=now.chosen.code,
            new="1",
        )
        return None
    asked = st.query_params.get("experiment", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in experiments else None
    if asked and chosen is None:
        st.warning("This link names an experiment that is not here. Another one is shown.")
    number = chosen or next(iter(experiments))
    set_query(experiment=str(number))
    return view_of(now, number)


def draw_heading(now: Visit, view: ExperimentView) -> None:
    """Draw the name, what it is about, and the way back to the list."""
    one = view.experiment
    plan_heading(now, plain(one.name))
    with st.container(horizontal=True, vertical_alignment="center"):
        way_to(
            "experiments.py",
            label="All experiments",
            icon=":material/arrow_back:",
            query_params={"campaign": now.chosen.code},
        )
        about = [
            one.status.value.capitalize(),
            one.design.value,
            one.metric.label,
            f"read at {one.age_days} days",
        ]
        st.caption(" · ".join(plain(part) for part in about))


# ------------------------------------------------------------- a draft


def draw_draft(now: Visit, view: ExperimentView) -> None:
    """Draw a draft: what is planned, and the button that gives the versions out."""
    one = view.experiment
    if "edit" in st.query_params:
        draw_plan(now, one)
        return
    _draw_summary(one, now.locale)
    if one.design in DRAWN:
        _draw_start(now, one)
    else:
        words = "Start it" if one.design.value == "audience split" else "Start the comparison"
        if st.button(words, type="primary", icon=":material/play_arrow:", key="start"):
            keep(lambda: _start(now, one, []))
    with st.container(horizontal=True):
        if st.button("Change the plan", icon=":material/edit:", key="edit_plan"):
            set_query(edit="1")
            st.rerun()
        if st.button("Remove this draft", type="tertiary", icon=":material/delete:", key="remove_draft"):
            keep(lambda: _remove(now, one))


def _draw_start(now: Visit, one: Experiment) -> None:
    people = {
        item.creator_id: item.creator for item in kept(now, list_collaborations, now.chosen.campaign_id)
    }
    if not people:
        say_empty(
            "Who makes which version.",
            "The campaign has no creators yet.",
            page="people.py",
            button="Add creators",
            campaign=now.chosen.code,
        )
        return
    st.markdown("**Who takes part?** Plumbline draws, and keeps the draw: nobody picks who makes what.")
    chosen = st.multiselect(
        "Creators", list(people), default=list(people), format_func=people.__getitem__, key="taking_part"
    )
    notes = FieldNotes()
    for field in ("creators", "videos_each", "arms", "first_day"):
        notes.under(field)
    if st.button("Draw the versions and start", type="primary", icon=":material/casino:", key="start"):
        keep(lambda: _start(now, one, chosen), refuse=notes.say)


def _start(now: Visit, one: Experiment, creators: list[int]) -> str:
    start_experiment(now.store, now.chosen.campaign_id, one.experiment_id, creators, now=int(time.time()))
    return (
        "The versions are given out. Send each creator the brief."
        if creators
        else "The experiment is started."
    )


def _remove(now: Visit, one: Experiment) -> str:
    delete_draft(now.store, now.chosen.campaign_id, one.experiment_id)
    st.query_params.pop("experiment", None)
    return "The draft is removed."


def _draw_summary(one: Experiment, locale: str) -> None:
    if one.hypothesis:
        st.markdown(f"**Expected:** {plain(one.hypothesis, longest=600)}")
    for arm in one.arms:
        role = "today" if arm.position == 0 else "tried"
        told = f": {plain(arm.brief, longest=600)}" if arm.brief else ""
        st.markdown(f"- **{plain(arm.name)}** :gray[({role})]{told}")
    words = [
        f"Decides: {one.metric.label}",
        f"smallest lift worth having {one.worth:.0%}",
        f"{counted(one.videos_each, 'video')} of each creator" if one.design in DRAWN else one.design.value,
    ]
    if one.first_day and one.last_day:
        words.append(f"{write_day(one.first_day, locale=locale)} to {write_day(one.last_day, locale=locale)}")
    st.caption(" · ".join(plain(part) for part in words))
    st.caption(plain(DESIGNS[one.design].concludes))


# ------------------------------------------------------------- planned videos and briefs


def draw_videos_part(now: Visit, view: ExperimentView) -> None:
    """Draw the planned videos one by one, what is unclear, and the briefs."""
    one = view.experiment
    if one.design not in DRAWN:
        st.markdown("Nothing was drawn here, so there are no planned videos.")
        return
    is_open = one.status is Status.RUNNING
    for unclear in view.matching.unclear if view.matching and is_open else ():
        _draw_unclear(now, one, unclear)
    _draw_rows(view)
    if is_open:
        _draw_by_hand(now, view)
    _draw_briefs(one, now.locale)
    if is_open:
        _draw_leaving(now, one)


def _draw_rows(view: ExperimentView) -> None:
    in_now = sum(bool(row.video_id) for row in view.rows)
    st.markdown(f"**{in_now} of {counted(len(view.rows), 'planned video')} are in.**")
    st.dataframe(
        pd.DataFrame(
            {
                "Creator": [row.slot.creator for row in view.rows],
                "Video": [row.slot.position for row in view.rows],
                "Version": [row.arm for row in view.rows],
                "Where it stands": [row.state for row in view.rows],
                "Post around": pd.Series([row.slot.due_day for row in view.rows], dtype="datetime64[s]"),
                "Matched": [row.how.value or None for row in view.rows],
                "Caption": [row.caption or None for row in view.rows],
                "Watch": [row.url or None for row in view.rows],
            }
        ),
        hide_index=True,
        placeholder=DASH,
        column_config={
            "Creator": st.column_config.TextColumn("Creator", pinned=True, width=130),
            "Post around": st.column_config.DateColumn("Post around", format="localized"),
            "Watch": st.column_config.LinkColumn("Watch", display_text="Watch", width=70),
        },
        alt=f"{in_now} of {len(view.rows)} planned videos are in: creator, version, where each stands",
        key=f"planned_{view.experiment.experiment_id}",
    )


def _draw_unclear(now: Visit, one: Experiment, unclear: Unclear) -> None:
    with st.container(border=True):
        st.markdown(f":orange[:material/help:] {plain(unclear.sentence, longest=300)}")
        for video in unclear.videos[:12]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(video.caption, longest=90) or plain(video.video_id))
                if st.button("Not part of it", key=f"out_{video.video_id}", icon=":material/block:"):
                    keep(lambda v=video.video_id: _exclude(now, one, v))  # type: ignore[misc]  # bound now


def _exclude(now: Visit, one: Experiment, video_id: str) -> str:
    exclude_video(
        now.store, now.chosen.campaign_id, one.experiment_id, video_id, is_out=True, now=int(time.time())
    )
    return "The video is left out; the others fill the planned ones in order."


def _draw_by_hand(now: Visit, view: ExperimentView) -> None:
    one = view.experiment
    with st.expander("Match a video by hand", icon=":material/touch_app:"):
        st.markdown("Use this when a creator swapped two versions, skipped one, or posted in another order.")

        def label(row: PlannedRow) -> str:
            return f"{row.slot.creator}, video {row.slot.position}: {row.arm}"

        with st.container(horizontal=True, vertical_alignment="bottom"):
            row = st.selectbox(
                "Planned video", list(view.rows), format_func=label, key="hand_slot", index=None, width=320
            )
            if row is None:
                return
            own = {each.video_id: each for each in view.rows if each.slot.creator_id == row.slot.creator_id}
            known = [video_id for video_id in own if video_id]
            link = st.text_input("Id of the video", key=f"hand_video_{row.slot.slot_id}", width=260,
                                 placeholder=known[0] if known else "7345678901234567890")  # fmt: skip
        with st.container(horizontal=True):
            if st.button("This video", key="hand_set", icon=":material/check:", disabled=not link):
                keep(lambda: _match(now, one, row, (link or "").strip()))
            if st.button("It was not made", key="hand_none"):
                keep(lambda: _match(now, one, row, ""))
            if row.how in {Matched.BY_HAND, Matched.LEFT_OUT} and st.button(
                "By order again", key="hand_auto"
            ):
                keep(lambda: _match(now, one, row, None))


def _match(now: Visit, one: Experiment, row: PlannedRow, video_id: str | None) -> str:
    set_match(
        now.store, now.chosen.campaign_id, one.experiment_id, row.slot.slot_id, video_id, now=int(time.time())
    )
    return "Matched; the change is kept with the experiment."


def _draw_briefs(one: Experiment, locale: str) -> None:
    st.subheader("Briefs", divider="gray")
    st.markdown("One for each creator: copy it, or download all as a table.")
    st.download_button(
        "Download all as a table",
        briefs_csv(one),
        file_name=f"briefs-{one.experiment_id}.csv",
        mime="text/csv",
        icon=":material/download:",
        key="briefs",
    )
    for creator_id, name in one.creators.items():
        with st.expander(plain(name)):
            st.code(brief_of(one, creator_id, locale=locale), language=None, wrap_lines=True)


def _draw_leaving(now: Visit, one: Experiment) -> None:
    with st.expander("A creator left", icon=":material/person_remove:"):
        st.markdown("Videos made until then stay in; the others are not waited for.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            people = one.creators
            who = st.selectbox(
                "Creator", list(people), index=None, format_func=people.__getitem__, key="left_who", width=260
            )
            day = st.date_input("Left on", now.today, key="left_day", format="YYYY-MM-DD", width=180)
            if st.button("Note it", key="left_note", disabled=who is None) and who is not None:
                keep(lambda: _leave(now, one, who, day_number(day)))


def _leave(now: Visit, one: Experiment, creator_id: int, day: int) -> str:
    leave_experiment(
        now.store, now.chosen.campaign_id, one.experiment_id, creator_id, day=day, now=int(time.time())
    )
    return "Noted with the experiment."


# ------------------------------------------------------------- the plan of a running one


def draw_plan_part(now: Visit, view: ExperimentView) -> None:
    """Draw the plan as it stands, what was changed after the start, and what can still be changed."""
    one = view.experiment
    _draw_summary(one, now.locale)
    for label, names in (
        ("Supports", one.secondary),
        ("Must not suffer", tuple(rail.metric for rail in one.guardrails)),
    ):
        if names:
            st.caption(f"{label}: {', '.join(plain(BY_NAME[name].label) for name in names)}")
    if one.started_at is not None:
        drawn = f", drawn with the number {one.seed}" if one.design in DRAWN else ""
        even = " Every creator makes each version equally often." if one.slots and is_balanced(one) else ""
        when = write_day(one.started_at.date(), locale=now.locale)
        st.caption(f"Started by {plain(one.started_by)} on {when}{drawn}.{even}")
    st.markdown("**Changes after the start**")
    if not one.changes:
        st.markdown("None: it runs as it was planned.")
    for change in one.changes:
        when = write_day(change.at.date(), locale=now.locale)
        st.markdown(f"- {plain(change.sentence, longest=400)} :gray[{plain(change.who)}, {when}]")
    if one.status is Status.RUNNING:
        _draw_changing(now, one)


def _draw_changing(now: Visit, one: Experiment) -> None:
    with st.expander("Change names, days or what is worth having", icon=":material/edit:"):
        st.markdown("Every change is kept and shown with the result. The question itself cannot change.")
        notes = FieldNotes()
        with st.form("change_plan", border=False):
            arms: list[dict[str, object]] = []
            for arm in one.arms:
                name = st.text_input(f"Version {arm.position + 1}", arm.name, key=f"rename_{arm.arm_id}")
                arms.append({"name": name or "", "brief": arm.brief, "tag_id": arm.tag_id})
            notes.under("arms")
            with st.grid(3, min_column_width=150):
                first = st.date_input("First day", one.first_day, key="change_first", format="YYYY-MM-DD")
                last = st.date_input("Last day", one.last_day, key="change_last", format="YYYY-MM-DD")
                worth = st.number_input(
                    "Smallest lift worth having, %", 1, 100, round(one.worth * 100), key="change_worth"
                )
            for field in ("first_day", "last_day", "worth"):
                notes.under(field)
            done = st.form_submit_button("Change the plan", icon=":material/check:")
        if done:
            values = _values(one) | {"first_day": first, "last_day": last, "worth": float(worth) / 100}
            keep(lambda: _change(now, one, values, arms), refuse=notes.say)
        if one.design in DRAWN:
            _draw_redraw(now, one)


def _values(one: Experiment) -> dict[str, object]:
    same = (
        "name",
        "hypothesis",
        "primary",
        "secondary",
        "worth",
        "age_days",
        "videos_each",
        "owner",
        "learning_id",
    )
    return {
        **{name: getattr(one, name) for name in same},
        "topic": one.topic.value,
        "design": one.design.value,
        "guardrails": {rail.metric: rail.harm for rail in one.guardrails},
    }


def _change(now: Visit, one: Experiment, values: dict[str, object], arms: list[dict[str, object]]) -> str:
    edit_plan(
        now.store,
        now.chosen.campaign_id,
        one.experiment_id,
        values,
        arms,
        version=one.version,
        now=int(time.time()),
    )
    return "The plan is changed, and the change is kept."


def _draw_redraw(now: Visit, one: Experiment) -> None:
    notes = FieldNotes()
    with st.form("redraw", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input("Draw again, because …", key="redraw_reason", width=320)
        done = st.form_submit_button("Draw again", icon=":material/casino:")
    notes.under("reason")
    if done:
        keep(lambda: _redraw(now, one, reason or ""), refuse=notes.say)


def _redraw(now: Visit, one: Experiment, reason: str) -> str:
    draw_again(now.store, now.chosen.campaign_id, one.experiment_id, reason=reason, now=int(time.time()))
    return "Drawn again; the reason is kept. Send the new briefs."
