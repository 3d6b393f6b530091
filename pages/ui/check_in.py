"""How a check-in is drawn: words first, then the picture, then who stands out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.access import Action, may
from core.charts import forecast_fan
from core.checkins import (
    CheckIn,
    Choice,
    Flag,
    Status,
    digest_text,
    finish_check_in,
    how_it_went,
    list_check_ins,
    lock_plan,
    plan_deviations,
)
from core.units import write_count, write_day, write_money
from pages.ui.charts import draw_once
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.checkins import Alarm, GoalStatus, Standing
    from pages.ui.context import Visit

_SIGNS = {
    Status.ON_TRACK: (":material/check_circle:", "green"),
    Status.MET: (":material/check_circle:", "green"),
    Status.OPEN: (":material/help:", "orange"),
    Status.AT_RISK: (":material/error:", "red"),
    Status.MISSED: (":material/error:", "red"),
    Status.TOO_EARLY: (":material/hourglass_empty:", "gray"),
    Status.NO_TARGET: (":material/flag:", "gray"),
    Status.NOT_KNOWN: (":material/question_mark:", "gray"),
}
_FLAGS = {
    Flag.EARLY_WINNER: (":material/trending_up:", "green"),
    Flag.AT_RISK: (":material/trending_down:", "red"),
    Flag.AS_USUAL: (":material/trending_flat:", "gray"),
    Flag.TOO_EARLY: (":material/hourglass_empty:", "gray"),
}
_CHOICES = {
    Choice.KEEP: "Keep the plan",
    Choice.SHIFT: "Shift as suggested",
    Choice.OTHER: "Something else",
}
_SHOWN_ALARMS = 4
_LISTED_ALARMS = 30  # behind a click; nobody works through more at a time


def check_in_heading(now: Visit, check_in: CheckIn) -> None:
    """Draw the campaign's name and where it stands in one sentence."""
    st.title("Check-in")
    newest = check_in.forecast.as_of
    fresh = (
        "no files imported yet"
        if newest is None
        else f"newest export from {write_day(newest, locale=now.locale)}"
    )
    sample = " · made-up sample campaign" if now.chosen.is_sample else ""
    st.caption(plain(f"{check_in.name} · {write_day(check_in.today, locale=now.locale)} · {fresh}{sample}"))
    st.markdown(f"#### {plain(check_in.headline, longest=400)}")


def draw_goals(check_in: CheckIn) -> None:
    """Draw each goal with its status and forecast, and the money beside them."""
    for goal in check_in.goals:
        _draw_goal(goal)
    money = check_in.spending
    colour = "orange" if money.is_ahead else "gray"
    st.markdown(f":{colour}[:material/payments:] {plain(money.sentence, longest=400)}")
    st.markdown(f":gray[:material/schedule:] {plain(check_in.forecast.arrivals.sentence, longest=400)}")


def _draw_goal(goal: GoalStatus) -> None:
    sign, colour = _SIGNS[goal.status]
    with st.container(border=True, gap="xsmall"):
        mark = " :gray[· goal that decides]" if goal.forecast.is_primary else ""
        badge = f":{colour}[{sign} **{plain(goal.status.value.capitalize())}**]"
        st.markdown(f"**{plain(goal.forecast.metric.label)}**{mark}  \n{badge}")
        st.markdown(plain(goal.forecast.sentence, longest=600))


def draw_alarms(now: Visit, check_in: CheckIn) -> None:
    """Draw what is missing or broken, the first few open."""
    st.subheader("To fix first", divider="gray")
    if not check_in.alarms:
        st.markdown(":material/check_circle: Nothing is missing or broken, as far as the files can tell.")
        return
    for place, alarm in enumerate(check_in.alarms[:_SHOWN_ALARMS]):
        _draw_alarm(now, alarm, place)
    rest = check_in.alarms[_SHOWN_ALARMS:]
    if rest:
        with st.expander(f"{len(rest)} more to fix"):
            for place, alarm in enumerate(rest[:_LISTED_ALARMS], start=_SHOWN_ALARMS):
                _draw_alarm(now, alarm, place)
            if len(rest) > _LISTED_ALARMS:
                st.caption(f"{len(rest) - _LISTED_ALARMS} more come up once these are mended.")


def _draw_alarm(now: Visit, alarm: Alarm, place: int) -> None:
    st.markdown(
        f":orange[:material/warning:] {plain(alarm.sentence, longest=300)} {plain(alarm.fix, longest=300)}"
    )
    if alarm.message:
        with st.popover(
            "Message to send", icon=":material/content_copy:", type="tertiary", key=f"ask_{place}"
        ):
            st.code(alarm.message, language=None, wrap_lines=True)
    elif alarm.page:
        way_to(
            alarm.page,
            label="Go there",
            icon=":material/arrow_forward:",
            query_params={"campaign": now.chosen.code},
        )


def draw_since(check_in: CheckIn) -> None:
    """Draw what changed since the check-in before."""
    if check_in.since is None:
        return
    st.subheader(f"Since {write_day(check_in.since)}", divider="gray")
    for change in check_in.changes:
        st.markdown(f"- {plain(change.sentence, longest=300)}")


def draw_forecast(now: Visit, check_in: CheckIn) -> None:
    """Draw the way of the views to the horizon, and what limits the forecast."""
    forecast = check_in.forecast
    st.subheader("Where the views are going", divider="gray")
    if not forecast.fan:
        st.markdown("Once a file counts the campaign's videos, their way to the end is drawn here.")
    else:
        goal = next((one for one in forecast.goals if one.metric.name == "views"), None)
        if goal is None:
            st.markdown(plain(forecast.views.sentence, longest=500))
        target = goal.target if goal else None
        fan = forecast.fan
        draw_once(now, f"fan_{check_in.today}", lambda: forecast_fan(fan, target=target))
    for words in check_in.cautions:
        st.caption(plain(words, longest=500))


def draw_creators(now: Visit, check_in: CheckIn) -> None:
    """Draw who stands out, and who cannot be judged yet."""
    st.subheader("Who stands out", divider="gray")
    if not check_in.creators:
        st.markdown("No creator is written down for this campaign yet.")
        return
    striking = [one for one in check_in.creators if one.flag in {Flag.EARLY_WINNER, Flag.AT_RISK}]
    if not striking:
        st.markdown("Nobody: no creator differs from the others by more than luck would explain.")
    for one in striking:
        sign, colour = _FLAGS[one.flag]
        st.markdown(
            f":{colour}[{sign} **{plain(one.flag.value.capitalize())}**] {plain(one.sentence, longest=400)}"
        )
    for video in check_in.videos:
        sign, colour = _FLAGS[video.flag]
        word = "Video ahead" if video.flag is Flag.EARLY_WINNER else "Video behind"
        st.markdown(f":{colour}[{sign} **{word}**] {plain(video.sentence, longest=400)}")
    with st.expander("Every creator"):
        st.table([_row(one, check_in.currency, now.locale) for one in check_in.creators], hide_index=True)


def _row(one: Standing, currency: str, locale: str) -> dict[str, str]:
    cost = "–"
    if one.low is not None and one.high is not None:
        cost = " to ".join(write_money(end, currency, locale=locale) for end in (one.low, one.high))
    return {
        "Creator": plain(one.name),
        "Standing": one.flag.value,
        "Orders": "–" if one.orders is None else write_count(one.orders, locale=locale),
        "Cost of an order, 9 in 10": cost,
    }


def draw_advice(check_in: CheckIn) -> None:
    """Draw what could be changed; keeping the plan is always among the choices."""
    st.subheader("What to change", divider="gray")
    st.markdown(f":material/balance: {plain(check_in.advice.sentence, longest=700)}")


def offer_finish(now: Visit, check_in: CheckIn) -> None:
    """Offer to put the check-in on record with what was chosen."""
    if not may(now.store.principal, Action.DECIDE, check_in.campaign_id):
        return
    choices = [choice for choice in Choice if choice is not Choice.SHIFT or check_in.advice.is_shift]
    notes = FieldNotes()
    with st.form("finish_check_in", border=True):
        choice = st.radio("What we do", choices, format_func=_CHOICES.__getitem__, horizontal=True)
        reason = st.text_area("Why, in a sentence", height=80, max_chars=2_000)
        notes.under("reason")
        is_done = st.form_submit_button("Finish the check-in", type="primary", icon=":material/task_alt:")
    if is_done:
        values = {"choice": choice, "reason": reason or ""}
        keep(lambda: _finish(now, check_in, values), refuse=notes.say)


def _finish(now: Visit, check_in: CheckIn, values: Mapping[str, object]) -> str:
    finish_check_in(now.store, check_in, values, now=int(time.time()))
    return "The check-in is kept. The next one says what changed since."


def offer_digest(check_in: CheckIn) -> None:
    """Offer the check-in as text to paste elsewhere."""
    with st.expander("As text, ready to copy"):
        st.code(digest_text(check_in), language=None, wrap_lines=True)


def draw_plan_lock(now: Visit, check_in: CheckIn) -> None:
    """Draw how the plan differs from the locked one, or offer to lock it."""
    for words in check_in.deviations:
        st.markdown(f":orange[:material/lock_open:] {plain(words, longest=400)}")
    if check_in.is_locked:
        if not check_in.deviations:
            st.caption("The measurement plan is locked and unchanged.")
        return
    if may(now.store.principal, Action.PLAN, check_in.campaign_id) and st.button(
        "Lock the measurement plan",
        icon=":material/lock:",
        type="tertiary",
        help="Goals, days, definitions and credit window as they are now; later changes are shown here.",
    ):
        keep(lambda: _lock(now, check_in))


def _lock(now: Visit, check_in: CheckIn) -> str:
    lock_plan(now.store, check_in.campaign_id, now=int(time.time()))
    return "The measurement plan is locked."


def draw_deviations(now: Visit) -> None:
    """Draw how the plan on this page differs from the locked one."""
    for words in kept(now, plan_deviations, now.chosen.campaign_id):
        st.markdown(f":orange[:material/lock_open:] {plain(words, longest=400)}")


def draw_held(now: Visit, check_in: CheckIn) -> None:
    """Draw the check-ins that were held before."""
    held = kept(now, list_check_ins, now.chosen.campaign_id)
    if not held:
        return
    with st.expander(f"Earlier check-ins ({len(held)})"):
        for one in held:
            reason = f" {plain(one.reason, longest=2_000)}" if one.reason else ""
            st.markdown(
                f"**{write_day(one.day, locale=now.locale)}** {plain(one.sentence, longest=400)} "
                f":material/gavel: {_CHOICES[one.choice]}.{reason} :gray[{plain(one.who)}]"
            )
            if went := how_it_went(one, check_in):
                st.caption(plain(went, longest=900))
