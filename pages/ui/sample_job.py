"""Loading the sample campaign in the background: a click or a closed tab does not stop it."""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import PlumblineError, refusal
from core.sample.load import load_sample
from pages.ui.plain import plain
from pages.ui.saying import say_next

if TYPE_CHECKING:
    from core.store.engine import Store
    from pages.ui.context import Visit

LOG = logging.getLogger("plumbline")


@dataclass(slots=True)
class _Job:
    """How far the loading of one store is; written by its thread, but for the wish to stop."""

    done: int = 0
    total: int = 0
    file: str = ""
    problem: str = ""
    code: str = ""  # of the campaign, once it is loaded
    wants_stop: bool = False

    @property
    def is_working(self) -> bool:
        """Return whether the thread still runs."""
        return not (self.problem or self.code)


_JOBS: dict[str, _Job] = {}
_LOCK = threading.Lock()


def start_sample(store: Store) -> None:
    """Begin to load the sample into a store, unless that is under way already."""
    with _LOCK:
        job = _JOBS.get(_place(store))
        if job is not None and job.is_working:
            return
        _JOBS[_place(store)] = job = _Job()
    threading.Thread(target=_load, args=(store, job), name="sample campaign", daemon=True).start()


def _place(store: Store) -> str:
    return str(store.home.address)


def _load(store: Store, job: _Job) -> None:
    def progress(done: int, total: int, file: str) -> None:
        job.done, job.total, job.file = done, total, file
        if job.wants_stop:
            raise refusal("sample-stopped", "It was stopped.", "What was imported so far stays.")

    try:
        job.code = load_sample(store, progress=progress).campaign_code
    except PlumblineError as problem:
        job.problem = str(problem)
    except Exception:  # a thread has nobody above it to report to
        incident = secrets.token_hex(4)
        LOG.exception("incident %s: the sample could not be loaded", incident)
        job.problem = f"Something went wrong on our side. Quote the number {incident} if it happens again."


def sample_is_loading(store: Store) -> bool:
    """Return whether the sample is being loaded into a store, by whichever tab."""
    job = _JOBS.get(_place(store))
    return job is not None and job.is_working


def draw_sample_job(now: Visit) -> None:
    """Draw how far the loading is, and open the campaign when it is there."""
    job = _JOBS.get(_place(now.store))
    if job is not None:
        _watch(now.store, is_working=job.is_working)


def _watch(store: Store, *, is_working: bool) -> None:
    @st.fragment(run_every="1s" if is_working else None)
    def progress() -> None:
        job = _JOBS.get(_place(store))
        if job is None:
            return
        if job.is_working:
            share = job.done / job.total if job.total else 0.0
            words = f"Importing {job.file}" if job.file else "Making the sample's files …"
            st.progress(
                min(share, 1.0), text=plain(f"{words} ({job.done} of {job.total})" if job.total else words)
            )
            st.caption("You can leave this page: the loading goes on.")
            if st.button(
                "Stop",
                icon=":material/close:",
                key="stop_sample",
                help="Stops after the file that is being imported.",
            ):
                job.wants_stop = True  # noticed after the file that is being imported
            return
        _end(store, job)

    progress()


def _end(store: Store, job: _Job) -> None:
    if job.problem:
        st.warning(plain(f"The sample campaign is not loaded whole. {job.problem}", longest=600))
        if st.button("Load the rest", icon=":material/refresh:", key="resume_sample"):
            start_sample(store)
            st.rerun()
        return
    with _LOCK:
        _JOBS.pop(_place(store), None)
    st.session_state["campaign_code"] = job.code
    st.query_params["campaign"] = job.code
    say_next("The sample campaign is loaded.")
    st.rerun()
