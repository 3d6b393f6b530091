"""The record of what happened: filtered, read, taken along as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.team import Entry, RecordFilter, Sort, list_names, list_record, record_csv

if TYPE_CHECKING:
    from datetime import date

    from pages.ui.context import Visit

_MOST = 500


def draw_filter(now: Visit) -> RecordFilter:
    """Return which entries are asked for."""
    sorts = st.pills(
        "About",
        list(Sort),
        format_func=lambda sort: sort.value.capitalize(),
        selection_mode="multi",
        key="record_sorts",
    )
    with st.grid(2, min_column_width=260):
        who = st.selectbox(
            "Who",
            ["", *list_names(now.store)],
            format_func=lambda name: name or "Everybody",
            key="record_who",
        )
        days = st.date_input(
            "Days",
            value=(),  # type: ignore[arg-type]  # an empty span is how Streamlit writes none
            key="record_days",
            help="Pick the first and the last day; none means all.",
        )
    first, last = _ends(days)
    return RecordFilter(sorts=tuple(sorts), who=who, first_day=first, last_day=last)


def _ends(days: object) -> tuple[date | None, date | None]:
    """Return the first and last day picked; one day alone begins a span that is not over yet."""
    picked = days if isinstance(days, tuple) else ()
    return (picked[0] if picked else None, picked[1] if len(picked) > 1 else None)


def draw_record(now: Visit, wanted: RecordFilter) -> None:
    """Draw the entries and offer them as a file."""
    found = list_record(now.store, wanted, limit=_MOST)
    if not found:
        st.markdown("Nothing of this kind has happened.")
        return
    st.dataframe(
        _frame(found),
        hide_index=True,
        height=520,
        placeholder="",
        column_config={"When": st.column_config.DatetimeColumn("When", format="YYYY-MM-DD HH:mm")},
        alt=f"{len(found)} things that were done in this workspace, newest first",
    )
    if len(found) == _MOST:
        st.caption(f"The newest {_MOST} are shown. The file holds all of them.")
    st.download_button(
        "Download as CSV",
        lambda: record_csv(now.store, wanted),
        file_name="plumbline-record.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="record_file",
    )


def _frame(found: tuple[Entry, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "When": [entry.at.replace(tzinfo=None) for entry in found],
            "Who": [entry.who for entry in found],
            "About": [entry.sort.value for entry in found],
            "What": [entry.action for entry in found],
            "On": [entry.subject or None for entry in found],
            "Details": [entry.detail or None for entry in found],
        }
    )
