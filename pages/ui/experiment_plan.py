"""Planning an experiment: a short conversation, and beside it what such a test could see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import list_collaborations
from core.content import list_vocabulary
from core.entry.words import counted
from core.evidence.ages import AGES
from core.evidence.tags import Dimension
from core.experiments.learnings import list_learnings
from core.experiments.model import SMALLEST_LIFT, TOLERABLE_HARM, Design
from core.experiments.planned import DESIGNS, DRAWN, FITTING, MOST_ARMS, MOST_SECONDARY, Topic
from core.experiments.planner import metrics_to_choose
from core.experiments.plans import create_plan, edit_plan
from core.metrics.registry import BY_NAME
from pages.ui.experiment_outlook import draw_outlook
from pages.ui.kept import kept
from pages.ui.learning_list import tag_ids_of
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from core.evidence.tags import Tag
    from core.experiments.learnings import Learning
    from core.experiments.planned import Experiment
    from pages.ui.context import Visit

_TOPICS = {
    Topic.HOOK: "The first two seconds",
    Topic.CALL_TO_ACTION: "What viewers are asked to do",
    Topic.POSTING_TIME: "When to post",
    Topic.FORMAT: "The kind of video",
    Topic.CREATOR_TYPE: "The kind of creator",
    Topic.OFFER: "What viewers get for it",
}
_USUAL_GUARDRAIL = "engagement_rate"
Values = dict[str, object]


def draw_plan(now: Visit, before: Experiment | None = None) -> None:
    """Draw the questions of a plan, what it can see, and the button that keeps it.

    Args:
        now: whose visit it is.
        before: the draft that is changed; None begins a new plan.
    """
    notes = FieldNotes()
    topic = _ask_topic(now, before)
    design = _ask_design(topic, before)
    st.markdown("**3. Which versions?** What you do today comes first; the others are compared with it.")
    arms, tags = _ask_versions(now, topic, before)
    notes.under("arms")
    values = _ask_metrics(before, notes)
    values |= _ask_size(now, design, before, notes)
    values |= {"topic": topic.value, "design": design.value}
    st.markdown("**6. What this can see**")
    draw_outlook(now, values, design, len(arms))
    st.markdown("**7. Give it a name**")
    values |= _ask_name(now, topic, before, notes)
    for field in ("design", "topic"):
        notes.under(field)
    words = "Keep this plan" if before is None else "Save the plan"
    if st.button(words, type="primary", icon=":material/check:", key="keep_plan"):
        typed = {name: value for name, value in values.items() if name != "creators"}  # chosen at the start
        keep(lambda: _keep(now, typed, arms, tags, before), refuse=notes.say, then=_leave_form)


def _leave_form() -> None:
    for field in ("new", "tag", "metric", "learning", "edit"):
        st.query_params.pop(field, None)


def _keep(
    now: Visit, values: Values, arms: list[Values], tags: list[Tag | None], before: Experiment | None
) -> str:
    ids = dict(
        zip([tag.label for tag in tags if tag], tag_ids_of(now, [tag for tag in tags if tag]), strict=True)
    )
    versions = [
        arm | {"tag_id": ids.get(tag.label) if tag else None} for arm, tag in zip(arms, tags, strict=True)
    ]
    moment, campaign_id = int(time.time()), now.chosen.campaign_id
    if before is None:
        create_plan(now.store, campaign_id, values, versions, now=moment)
        return "The plan is kept. Open it to give the versions out."
    number, version = before.experiment_id, before.version
    edit_plan(now.store, campaign_id, number, values, versions, version=version, now=moment)
    return "The plan is changed."


# ------------------------------------------------------------- the questions


def _tag_of_address(now: Visit) -> Tag | None:
    asked = st.query_params.get("tag", "")
    words = kept(now, list_vocabulary, now.chosen.campaign_id)
    return next((tag for tag in words if str(tag.tag_id) == asked and tag.tag_id), None)


def _learning_of_address(now: Visit) -> Learning | None:
    asked = st.query_params.get("learning", "")
    return next((one for one in kept(now, list_learnings, now.today) if str(one.learning_id) == asked), None)


_TOPIC_OF = {
    Dimension.HOOK: Topic.HOOK,
    Dimension.FORMAT: Topic.FORMAT,
    Dimension.THEME: Topic.FORMAT,
    Dimension.CALL_TO_ACTION: Topic.CALL_TO_ACTION,
    Dimension.OFFER: Topic.OFFER,
}
_DIMENSION_OF = {
    Topic.HOOK: Dimension.HOOK,
    Topic.FORMAT: Dimension.FORMAT,
    Topic.CALL_TO_ACTION: Dimension.CALL_TO_ACTION,
    Topic.OFFER: Dimension.OFFER,
}


def _ask_topic(now: Visit, before: Experiment | None) -> Topic:
    st.markdown("**1. What do you want to learn?**")
    tag = _tag_of_address(now)
    learning = _learning_of_address(now)
    usual = Topic.HOOK
    if before is not None:
        usual = before.topic
    elif tag is not None:
        usual = _TOPIC_OF[tag.dimension]
    elif learning is not None and learning.tags:
        usual = _TOPIC_OF.get(learning.tags[0].dimension, Topic.HOOK)
    picked = st.pills(
        "What do you want to learn?",
        list(Topic),
        default=usual,
        format_func=lambda one: _TOPICS[one],
        required=True,
        key="plan_topic",
        label_visibility="collapsed",
    )
    return Topic(picked or usual)


def _ask_design(topic: Topic, before: Experiment | None) -> Design:
    st.markdown("**2. Who decides which video gets which version?**")
    fitting = FITTING[topic]
    usual = fitting.index(before.design) if before is not None and before.design in fitting else 0
    picked = st.radio(
        "Who decides which video gets which version?",
        fitting,
        index=usual,
        format_func=lambda one: DESIGNS[one].answer,
        captions=[DESIGNS[one].concludes for one in fitting],
        key=f"plan_design_{topic.value}",
        label_visibility="collapsed",
    )
    return Design(picked)


def _ask_versions(
    now: Visit, topic: Topic, before: Experiment | None
) -> tuple[list[Values], list[Tag | None]]:
    count = st.session_state.setdefault("plan_arms", len(before.arms) if before else 2)
    tag = _tag_of_address(now)
    found: list[Values] = []
    tags: list[Tag | None] = []
    for place in range(count):
        old = before.arms[place] if before and place < len(before.arms) else None
        label = "What you do today" if place == 0 else f"What you try{'' if count == 2 else f' ({place})'}"
        given = tag if tag is not None and place == 1 else None
        with st.grid(3, min_column_width=200):
            name = st.text_input(
                label,
                old.name if old else (given.value.capitalize() if given else ""),
                key=f"arm_name_{place}",
            )
            brief = st.text_input(
                "What creators are told",
                old.brief if old else "",
                key=f"arm_brief_{place}",
                placeholder="One sentence for the brief",
            )
            tags.append(_ask_tag(now, topic, place, old.tag_id if old else (given.tag_id if given else None)))
        found.append({"name": name or "", "brief": brief or ""})
    if count < MOST_ARMS and st.button(
        "Compare one more", icon=":material/add:", type="tertiary", key="more_arms"
    ):
        st.session_state["plan_arms"] = count + 1
        st.rerun()
    return found, tags


def _ask_tag(now: Visit, topic: Topic, place: int, usual: int | None) -> Tag | None:
    dimension = _DIMENSION_OF.get(topic)
    words = [
        tag
        for tag in kept(now, list_vocabulary, now.chosen.campaign_id)
        if dimension is None or tag.dimension is dimension or tag.tag_id == usual
    ]
    index = next((at for at, tag in enumerate(words) if usual and tag.tag_id == usual), None)
    picked: Tag | None = st.selectbox(
        "Tag (so that it can be found again)",
        words,
        index=index,
        format_func=lambda tag: tag.label,
        placeholder="None",
        key=f"arm_tag_{topic.value}_{place}",
    )
    return picked


def _ask_metrics(before: Experiment | None, notes: FieldNotes) -> Values:
    st.markdown("**4. What decides?** One metric. The others only support it, or must not suffer.")
    names = [metric.name for metric in metrics_to_choose()]
    asked = before.primary if before else st.query_params.get("metric", names[0])

    def label(name: str) -> str:
        return BY_NAME[name].label

    with st.grid(3, min_column_width=220):
        primary = st.selectbox(
            "The metric that decides",
            names,
            index=names.index(asked) if asked in names else 0,
            format_func=label,
            key="plan_primary",
        )
        secondary = st.multiselect(
            "Supporting, two or three",
            [name for name in names if name != primary],
            default=[one for one in before.secondary if one != primary] if before else [],
            format_func=label,
            max_selections=MOST_SECONDARY,
            key="plan_secondary",
        )
        usual = [rail.metric for rail in before.guardrails] if before else [_USUAL_GUARDRAIL]
        rails = st.multiselect(
            "Must not suffer",
            [name for name in names if name != primary],
            default=[name for name in usual if name != primary],
            format_func=label,
            key="plan_rails",
        )
    notes.under("primary")
    notes.under("secondary")
    harms = {rail.metric: rail.harm for rail in before.guardrails} if before else {}
    guardrails: dict[str, object] = {}
    for name in rails:
        guardrails[name] = _percent(
            f"{label(name)} may fall by at most", f"harm_{name}", harms.get(name, TOLERABLE_HARM)
        )
    notes.under("guardrails")
    return {"primary": primary, "secondary": tuple(secondary), "guardrails": guardrails}


def _percent(label: str, key: str, usual: float) -> float:
    picked = st.slider(label, 1, 50, round(usual * 100), format="%d%%", key=key, width=340)
    return float(picked) / 100


def _ask_size(now: Visit, design: Design, before: Experiment | None, notes: FieldNotes) -> Values:
    st.markdown("**5. How big?**")
    people = kept(now, list_collaborations, now.chosen.campaign_id)
    values: Values = {}
    with st.grid(4, min_column_width=150, vertical_alignment="bottom"):
        if design in DRAWN:
            values["creators"] = st.number_input(
                "Creators",
                1,
                200,
                max(1, len(people) or 8),
                key="plan_creators",
                help=f"The campaign has {counted(len(people), 'creator')}. Who takes part is chosen later.",
            )
            values["videos_each"] = st.number_input(
                "Videos of each",
                0,
                40,
                before.videos_each if before and before.videos_each else 6,
                key="plan_videos",
            )
        values["age_days"] = st.selectbox(
            "Read at the age of",
            AGES,
            index=AGES.index(before.age_days if before else 7),
            format_func=lambda one: counted(one, "day"),
            key="plan_age",
        )
        values["first_day"] = st.date_input(
            "First day of posting",
            before.first_day if before else None,
            key="plan_first",
            format="YYYY-MM-DD",
        )
        values["last_day"] = st.date_input(
            "Last day of posting", before.last_day if before else None, key="plan_last", format="YYYY-MM-DD"
        )
    for field in ("videos_each", "age_days", "first_day", "last_day"):
        notes.under(field)
    usual = before.worth if before else SMALLEST_LIFT
    values["worth"] = _percent("Smallest lift worth having", "plan_worth", usual)
    notes.under("worth")
    return values


def _ask_name(now: Visit, topic: Topic, before: Experiment | None, notes: FieldNotes) -> Values:
    learning = _learning_of_address(now)
    expected = before.hypothesis if before else (learning.hypothesis if learning else "")
    if learning is not None:
        st.caption(f"Tests again: {plain(learning.hypothesis, longest=300)}")
    with st.grid(2, min_column_width=260):
        name = st.text_input(
            "Name",
            before.name if before else "",
            key="plan_name",
            placeholder=f"For instance: {_TOPICS[topic]}, spring",
        )
        owner = st.text_input("Owner", before.owner if before else "", key="plan_owner")
    notes.under("name")
    hypothesis = st.text_area(
        "What you expect, and why",
        expected,
        key="plan_hypothesis",
        height=80,
        help="Written before the result, so that nobody remembers it differently.",
    )
    notes.under("hypothesis")
    return {
        "name": name or "",
        "owner": owner or "",
        "hypothesis": hypothesis or "",
        "learning_id": learning.learning_id if learning else (before.learning_id if before else None),
    }
