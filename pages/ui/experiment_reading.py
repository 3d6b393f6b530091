"""The result on screen: the verdict in one sentence, then the pictures, then the small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.charts import creator_slopes, effect_bars, lift_words, running_range, video_strip
from core.entry.words import counted
from core.experiments.reading_model import CheckStatus, GuardrailState, VerdictKind
from core.units import DASH, Unit, write, write_day
from pages.ui.charts import draw_once
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.experiments.reading import ExperimentView
    from core.experiments.reading_model import Contrast, Reading
    from pages.ui.context import Visit

_SIGNS = {
    CheckStatus.PASSED: ":green[:material/check_circle:]",
    CheckStatus.CAUTION: ":orange[:material/warning:]",
    CheckStatus.WAITING: ":blue[:material/hourglass_top:]",
    CheckStatus.TOO_LITTLE: ":orange[:material/hourglass_empty:]",
    CheckStatus.BLOCKED: ":red[:material/block:]",
    CheckStatus.UNKNOWN: ":gray[:material/help:]",
}
_RAILS = {
    GuardrailState.FINE: ":green[:material/check_circle:]",
    GuardrailState.AT_RISK: ":orange[:material/warning:]",
    GuardrailState.BREACHED: ":red[:material/block:]",
    GuardrailState.UNKNOWN: ":gray[:material/help:]",
}
_VERDICTS = {
    VerdictKind.CHECK_DATA: ":red[:material/block:]",
    VerdictKind.WINS: ":green[:material/emoji_events:]",
    VerdictKind.EARLY_WINNER: ":green[:material/emoji_events:]",
    VerdictKind.WINS_BUT_HURTS: ":orange[:material/warning:]",
}


def draw_reading(now: Visit, view: ExperimentView) -> None:
    """Draw what an experiment says, most important first."""
    reading = view.reading
    if reading is None:
        return
    sign = _VERDICTS.get(reading.verdict, ":material/balance:")
    st.markdown(f"#### {sign} {plain(reading.title, longest=200)}")
    st.markdown(plain(after_title(reading), longest=1200))
    for caution in reading.cautions:
        st.markdown(f":orange[:material/warning:] {plain(caution, longest=500)}")
    _draw_progress(now, view, reading)
    _draw_notes(view)
    _draw_checks(reading)
    contrast = _pick(reading)
    if contrast is not None and contrast.lift is not None:
        _draw_pictures(now, view, reading, contrast)
    _draw_totals(reading)
    _draw_beside(reading)
    _draw_details(view, reading)


def after_title(reading: Reading) -> str:
    """Return the sentence of a reading without the title that stands above it."""
    return reading.sentence.removeprefix(reading.title).lstrip(".: ") or reading.sentence


def _draw_progress(now: Visit, view: ExperimentView, reading: Reading) -> None:
    got = reading.progress
    planned = got.planned or got.delivered
    with st.container(horizontal=True):
        st.metric("Videos in", f"{got.delivered} of {planned}" if got.planned else str(got.delivered))
        st.metric(f"Read at {view.experiment.age_days} days", str(got.used))
        st.metric("Creators compared", str(got.creators))
        if view.ends_on is not None and view.experiment.conclusion is None:
            st.metric("Judged from", write_day(view.ends_on, locale=now.locale))
    if planned and view.experiment.conclusion is None and not reading.is_end:
        st.progress(
            min(1.0, got.matured / planned), text=f"{got.matured} of {planned} are old enough to be read"
        )


def _draw_notes(view: ExperimentView) -> None:
    if view.notes:
        with st.container(border=True):
            for note in view.notes:
                st.markdown(f":material/edit_note: {plain(note, longest=500)}")


def _draw_checks(reading: Reading) -> None:
    bad = [one for one in reading.checks if one.status is not CheckStatus.PASSED]
    good = [one for one in reading.checks if one.status is CheckStatus.PASSED]
    st.markdown("**Checks**")
    for one in bad:
        st.markdown(f"{_SIGNS[one.status]} {plain(one.sentence, longest=400)} {plain(one.cure, longest=300)}")
    if good:
        with st.expander(f"{counted(len(good), 'check')} passed", icon=":material/check_circle:"):
            for one in good:
                st.markdown(f"{_SIGNS[one.status]} {plain(one.sentence, longest=400)}")


def _pick(reading: Reading) -> Contrast | None:
    """Return the version that the pictures are about, offering the others where there are several."""
    if len(reading.contrasts) < 2:
        return next(iter(reading.contrasts), None)
    picked = st.segmented_control(
        "Version",
        range(len(reading.contrasts)),
        default=0,
        format_func=lambda at: reading.contrasts[at].arm.name,
        required=True,
        key="contrast",
    )
    return reading.contrasts[picked or 0]


def _draw_pictures(now: Visit, view: ExperimentView, reading: Reading, contrast: Contrast) -> None:
    one = view.experiment
    control = one.arms[0].name
    if reading.is_blocked:
        st.caption(
            "Shown so that you can look at the videos. Until the checks above pass it decides nothing."
        )
    key = f"experiment {one.experiment_id} {contrast.arm.key} {reading.day}"
    draw_once(now, f"{key} effect", lambda: effect_bars(reading))
    st.caption(f"{plain(effect_bars(reading).alt, longest=400)}")
    if contrast.chance is not None:
        _draw_chance(contrast)
    with st.grid(2, min_column_width=320):
        with st.container():
            st.markdown("**Creator by creator**")
            drawing = creator_slopes(reading, contrast, control, one.metric)
            draw_once(now, f"{key} slopes", lambda: drawing)
            st.caption(plain(drawing.alt))
        with st.container():
            st.markdown("**Video by video**")
            names = {str(arm.arm_id): arm.name for arm in one.arms}
            people = {str(number): name for number, name in one.creators.items()}
            strip = video_strip(reading, names, people, one.metric)
            draw_once(now, f"{key} strip", lambda: strip)
            st.caption(plain(strip.alt, longest=400))
    if reading.running:
        st.markdown("**Day by day**")
        running = running_range(reading, contrast)
        draw_once(now, f"{key} running", lambda: running)
        st.caption(plain(running.alt, longest=400))


def _draw_chance(contrast: Contrast) -> None:
    chance = contrast.chance or 0.0
    shown = "over 99%" if chance > 0.99 else "under 1%" if chance < 0.01 else f"{chance:.0%}"
    with st.container(horizontal=True):
        st.metric("Chance that it is really better", shown)
        if contrast.expected_loss is not None:
            st.metric(
                "Expected loss if it is wrong",
                f"{contrast.expected_loss:.1%}",
                help=contrast.loss_words or None,
            )
    if contrast.luck_sentence:
        st.caption(plain(contrast.luck_sentence, longest=300))
    if contrast.rests_on:
        st.markdown(f":orange[:material/person_alert:] It rests on one creator: {plain(contrast.rests_on)}.")


def _draw_totals(reading: Reading) -> None:
    if not reading.totals:
        return
    st.markdown("**Totals, for the books**")
    st.markdown(plain(reading.totals_sentence, longest=600))
    st.table(
        pd.DataFrame(
            {
                "Version": [plain(one.arm.name) for one in reading.totals],
                "Videos": [str(one.videos) for one in reading.totals],
                "Counted": [write(one.numerator, Unit.COUNT) for one in reading.totals],
                "Out of": [write(one.denominator, Unit.COUNT) for one in reading.totals],
                "Largest video's share": [write(one.largest_share, Unit.SHARE) for one in reading.totals],
            }
        ),
        hide_index=True,
    )
    st.caption(
        "One viral video can decide a total. The verdict is about the typical video, so the two may differ."
    )


def _draw_beside(reading: Reading) -> None:
    if reading.guardrails:
        st.markdown("**Must not suffer**")
        for rail in reading.guardrails:
            st.markdown(f"{_RAILS[rail.state]} {plain(rail.sentence, longest=400)}")
    if reading.secondary:
        st.markdown("**Supporting** :gray[these decide nothing]")
        for one in reading.secondary:
            st.markdown(f"- {plain(one.sentence, longest=400)}")


def _draw_details(view: ExperimentView, reading: Reading) -> None:
    with st.expander("Details and the sum", icon=":material/calculate:"):
        for contrast in reading.contrasts:
            st.markdown(f"**{plain(contrast.arm.name)}**: {plain(lift_words(contrast), longest=300)}")
            if contrast.without:
                _draw_without(contrast)
        st.table(
            pd.DataFrame(
                {
                    "What": [plain(one.label) for one in reading.details],
                    "Value": [plain(one.text, longest=300) for one in reading.details],
                }
            ),
            hide_index=True,
        )
        if reading.set_aside:
            _draw_set_aside(view, reading)


def _draw_without(contrast: Contrast) -> None:
    st.caption("With one creator left out at a time:")
    st.dataframe(
        pd.DataFrame(
            {
                "Without": [one.creator for one in contrast.without],
                "Difference": [one.lift for one in contrast.without],
            }
        ),
        hide_index=True,
        height=min(38 * (len(contrast.without) + 1), 320),
        column_config={"Difference": st.column_config.NumberColumn("Difference", format="percent")},
        alt=f"The difference of {contrast.arm.name} without each creator",
        key=f"without_{contrast.arm.key}",
    )


def _draw_set_aside(view: ExperimentView, reading: Reading) -> None:
    names = {str(arm.arm_id): arm.name for arm in view.experiment.arms}
    people = {str(number): name for number, name in view.experiment.creators.items()}
    st.markdown(f"**{counted(len(reading.set_aside), 'video')} not counted**")
    st.dataframe(
        pd.DataFrame(
            {
                "Video": [one.video_id for one in reading.set_aside],
                "Creator": [people.get(one.creator, one.creator) for one in reading.set_aside],
                "Version": [names.get(one.arm, one.arm) for one in reading.set_aside],
                "Why": [one.why for one in reading.set_aside],
            }
        ),
        hide_index=True,
        placeholder=DASH,
        alt=f"{len(reading.set_aside)} videos that are not counted, with the reason",
        key=f"aside_{view.experiment.experiment_id}",
    )
