"""The form for figures read off a screenshot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import PlumblineError
from core.imports.commit import commit
from core.imports.hand_entry import TypedFigures, check_figures, typed_review
from core.imports.review import ReviewState
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from datetime import date

    from core.store.engine import Store

_COUNTS = {
    "views": "Video views",
    "likes": "Likes",
    "comments": "Comments",
    "shares": "Shares",
    "saves": "Saves",
    "reach": "Reached people",
    "follows": "New followers",
    "profile_views": "Profile visits",
}
_AUDIENCE = {"gender": ("Female", "Male", "Other"), "age": ("18-24", "25-34", "35-44", "45-54", "55+")}


def draw_form(store: Store, *, today: date) -> None:
    """Draw the form; what is typed is checked and stored by the ordinary import path."""
    about = st.segmented_control(
        "The figures are of",
        ["One video", "A whole account"],
        default="One video",
        required=True,
        key="typed_about",
    )
    with st.form("typed", clear_on_submit=False):
        whose = _video_fields(today) if about == "One video" else _account_fields(today)
        typed = _with_numbers(whose)
        sent = st.form_submit_button("Store these figures", type="primary", icon=":material/save:")
    if sent:
        _store(store, typed, today)


def _video_fields(today: date) -> TypedFigures:
    video = st.text_input(
        "Address of the video", placeholder="https://www.tiktok.com/@name/video/…", key="typed_video"
    )
    day = st.date_input("Day of the screenshot", value=today, max_value=today, key="typed_day")
    return TypedFigures(video=video.strip(), day=day)


def _account_fields(today: date) -> TypedFigures:
    account = st.text_input("Handle of the account", placeholder="@name", key="typed_account")
    first = st.date_input("First day the figures cover", value=today, max_value=today, key="typed_first")
    day = st.date_input("Last day the figures cover", value=today, max_value=today, key="typed_last")
    return TypedFigures(account=account.strip(), first_day=first, day=day)


def _with_numbers(whose: TypedFigures) -> TypedFigures:
    """Return the figures with every number that was typed; what is left empty is not known."""
    with st.grid(4, min_column_width=150):
        views, likes, comments, shares, saves, reach, follows, profile_views = (
            st.number_input(words, min_value=0, step=1, value=None, key=f"typed_{name}")
            for name, words in _COUNTS.items()
        )
        seconds = st.number_input(
            "Average watch time (seconds)", min_value=0.0, value=None, key="typed_seconds"
        )
        completion = st.number_input(
            "Watched the full video (%)", min_value=0.0, max_value=100.0, value=None, key="typed_completion"
        )
    with st.expander("Audience, in per cent"):
        audience = _audience_fields()
    return replace(
        whose, views=views, likes=likes, comments=comments, shares=shares, saves=saves, reach=reach,
        follows=follows, profile_views=profile_views, average_watch_seconds=seconds,
        completion=None if completion is None else completion / 100, audience=audience,
    )  # fmt: skip


def _audience_fields() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for dimension, values in _AUDIENCE.items():
        with st.grid(5, min_column_width=110):
            for value in values:
                share = st.number_input(
                    f"{value} (%)",
                    min_value=0.0,
                    max_value=100.0,
                    value=None,
                    key=f"typed_{dimension}_{value}",
                )
                if share is not None:
                    found.setdefault(dimension, {})[value] = share / 100
    return found


def _store(store: Store, figures: TypedFigures, today: date) -> None:
    problems = check_figures(figures, today=today)
    for issue in problems:
        st.error(plain(str(issue), longest=400))
    if problems:
        return
    try:
        review = typed_review(store, figures)
        if review.state is not ReviewState.READY:
            st.warning(plain(review.sentence, longest=500))
            return
        receipt = commit(store, review, upload="typed")
    except PlumblineError as problem:
        st.error(plain(str(problem), longest=500))
        return
    st.success(plain(receipt.sentence, longest=500))
    way_to(
        "history.py",
        label="See it in the import history",
        icon=":material/history:",
        query_params={"batch": str(receipt.batch_id)},
    )
