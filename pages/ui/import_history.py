"""The list of imports, one import in full, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import PlumblineError
from core.imports.history import Batch, BatchDetail, batch_detail, list_batches, rejected_rows_csv, undo
from core.units import day_of, instant_of, write_day
from pages.ui.context import set_query
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.engine import Store

_PAGE = 200
_AS_OF_WORDS = {
    "file": "the file says so",
    "name": "its name says so",
    "modified": "by the file's date",
    "upload": "by the day of upload",
    "stated": "as stated by a person",
}


def draw_batches(store: Store, *, locale: str) -> tuple[Batch, ...]:
    """Draw the table of imports and return what it shows; a row picked stands in the address."""
    search = st.text_input("Find a file", placeholder="Part of a name or kind", key="find_batch")
    with_undone = st.toggle("Show undone imports", value=True, key="with_undone")
    batches = list_batches(store, search=search.strip(), with_undone=with_undone, limit=_PAGE)
    if not batches:
        return ()
    frame = pd.DataFrame([_line(batch, locale) for batch in batches])
    picked = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="batches",
        alt="Imports, newest first",
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(batches):
        set_query(batch=str(batches[rows[0]].batch_id))
    if len(batches) == _PAGE:
        st.caption(f"The newest {_PAGE} are listed; search to find older ones.")
    return batches


def _line(batch: Batch, locale: str) -> dict[str, object]:
    return {
        "File": batch.file,
        "State": "counts" if batch.is_standing else "undone",
        "Kind": batch.label,
        "Account": f"@{batch.account}" if batch.account else "",
        "Period": _period(batch, locale),
        "Exported": write_day(instant_of(batch.as_of).date(), locale=locale),
        "Rows in": batch.counts.rows_in,
        "Stored": batch.counts.stored,
        "Set aside": batch.counts.aside,
        "Imported": write_day(instant_of(batch.at).date(), locale=locale),
        "By": batch.who,
    }


def _period(batch: Batch, locale: str) -> str:
    if batch.first_day is None or batch.last_day is None:
        return ""
    first, last = (write_day(day_of(day), locale=locale) for day in (batch.first_day, batch.last_day))
    return first if first == last else f"{first} to {last}"


def pick_batch(batches: Sequence[Batch]) -> int | None:
    """Return the import that the address names, else None."""
    asked = st.query_params.get("batch", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 12:
        return int(asked)
    st.caption(f"Pick one of the {len(batches)} to see its receipt, or to undo it.")
    return None


def draw_batch(store: Store, batch_id: int, *, locale: str) -> None:
    """Draw one import: receipt, where its rows went, rows set aside, undo."""
    try:
        detail = batch_detail(store, batch_id)
    except PlumblineError as problem:
        st.warning(plain(str(problem), longest=400))
        return
    batch = detail.batch
    st.subheader(plain(batch.file), divider="gray")
    st.markdown(plain(detail.receipt.sentence, longest=700))
    known = _AS_OF_WORDS.get(batch.as_of_from, batch.as_of_from)
    st.caption(plain(f"Exported {write_day(instant_of(batch.as_of).date(), locale=locale)} ({known})."))
    for issue in detail.receipt.issues:
        st.markdown(f":material/info: {plain(issue, longest=600)}")
    _draw_checks(detail)
    _draw_answers(detail)
    _draw_aside(store, detail)
    if detail.closed_orders and batch.is_standing:
        st.markdown(
            f":material/event_busy: {detail.closed_orders:,} of its orders are closed: kept as sums by day, "
            "because they are older than order rows are kept here."
        )
    _draw_undo(store, detail)


def _draw_checks(detail: BatchDetail) -> None:
    rows = [
        {"Control sum": label, "Stated in the file": stated, "Sum of its rows": computed}
        for label, (stated, computed) in detail.receipt.checks.items()
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="checks", alt="Control sums of the file")


def _draw_answers(detail: BatchDetail) -> None:
    for question, given in detail.answers.items():
        st.markdown(f":material/question_answer: {plain(question, longest=200)}: **{plain(given)}**")


def _draw_aside(store: Store, detail: BatchDetail) -> None:
    if not detail.aside:
        return
    st.markdown(
        f"**{len(detail.aside):,} rows were set aside.** Correct them in the file you download, "
        "and upload it again."
    )
    rows = [
        {"Row": row.row, "Column": row.column, "Problem": row.what, "What to do": row.fix}
        for row in detail.aside[:500]
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="aside", alt="Rows set aside, with reason and remedy"
    )
    st.download_button(
        "Download the rows set aside",
        data=rejected_rows_csv(store, detail.batch.batch_id),
        file_name=f"rows-set-aside-{detail.batch.batch_id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _draw_undo(store: Store, detail: BatchDetail) -> None:
    batch = detail.batch
    if not batch.is_standing:
        when = write_day(instant_of(batch.undone_at or 0).date())
        st.info(plain(f"Undone by {batch.undone_by} on {when}; its rows count nowhere."))
        return
    if st.button("Undo this import", icon=":material/undo:", key="undo"):
        _confirm(store, detail)


@st.dialog("Undo this import?")
def _confirm(store: Store, detail: BatchDetail) -> None:
    st.markdown(
        f"Everything will be as if **{plain(detail.batch.file)}** had never been imported. "
        "The entry stays in this list. The file can be imported again."
    )
    if detail.closed_orders:
        st.warning(
            f"Not so {detail.closed_orders:,} of its orders, which are older than order rows are kept here: "
            "their sums go, and importing the file again does not bring them back."
        )
    if st.button("Undo it", type="primary", key="undo_yes"):
        receipt = undo(store, detail.batch.batch_id)
        st.toast(plain(receipt.sentence, longest=300))
        st.rerun()
