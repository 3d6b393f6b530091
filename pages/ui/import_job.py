"""A background import as a page shows it: progress, cancel, and the way back to the drop zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import PlumblineError
from core.imports.jobs import Job, cancel, job, list_jobs, reviews
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.store.engine import Store


def job_of_address(store: Store) -> Job | None:
    """Return the job that the address names; None where it names none that is known here."""
    asked = st.query_params.get("job", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
        return None
    try:
        return job(store, int(asked))
    except PlumblineError as problem:
        st.warning(plain(str(problem), longest=400))
        del st.query_params["job"]
        return None


def draw_job(store: Store, current: Job) -> None:
    """Draw how far a job is; while it works the picture renews itself."""
    _watch(store, current.job_id, working=current.is_working)


def _watch(store: Store, job_id: int, *, working: bool) -> None:
    @st.fragment(run_every="1s" if working else None)
    def progress() -> None:
        current = job(store, job_id)
        if working and not current.is_working:
            st.rerun()
        if current.is_working:
            share = current.done / current.total if current.total else 0.0
            st.progress(min(share, 1.0), text=plain(current.sentence or "Waiting for its turn.", longest=300))
            st.caption("You can leave this page or close the tab: the import goes on.")
            if st.button("Cancel", icon=":material/close:", key="cancel_job"):
                cancel(store, job_id)
                st.rerun()
        elif current.sentence and not reviews(store, job_id):  # the files speak for themselves
            st.markdown(plain(current.sentence, longest=500))

    progress()


def running_jobs(store: Store) -> None:
    """List imports that are still open, also those of another tab."""
    waiting = [each for each in list_jobs(store) if not each.has_ended]
    for each in waiting[:5]:
        way_to(
            "uploads.py",
            label=f"Go on with {plain(each.label)}: {plain(each.sentence or each.state.value)}",
            icon=":material/pending_actions:",
            query_params={"job": str(each.job_id)},
        )


def start_over(store: Store, current: Job) -> None:
    """Offer to leave a job for new files; what was not imported is let go of."""
    words = "Upload more files" if current.has_ended else "Set these files aside and start again"
    if st.button(words, icon=":material/upload_file:", key="start_over"):
        if not current.has_ended:
            cancel(store, current.job_id)
        del st.query_params["job"]
        st.rerun()
