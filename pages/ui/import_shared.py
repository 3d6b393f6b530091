"""Questions that several files ask alike, drawn once above the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import PlumblineError
from core.imports.jobs import Job, SharedQuestion, answer_shared, shared_questions
from pages.ui.import_question import draw_question
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.imports.file_review import FileReview
    from core.imports.model import Ask
    from core.store.engine import Store

_NAMED = 8  # files listed by name


def draw_shared(store: Store, job: Job, found: Sequence[FileReview]) -> frozenset[tuple[Ask, str]]:
    """Draw one form for everything that two files or more ask alike, and return what it asks."""
    shared = shared_questions(found)
    if shared:
        _draw_form(store, job, shared)
    return frozenset((one.ask, one.key) for one in shared)


def _draw_form(store: Store, job: Job, shared: Sequence[SharedQuestion]) -> None:
    files = list(dict.fromkeys(file for question in shared for file in question.files))
    with st.container(border=True):
        st.subheader(f"Answer once for {len(files)} files")
        names = ", ".join(plain(file, longest=60) for file in files[:_NAMED])
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        st.caption(f"{names}{more}. If they do not belong together, answer each on its own below instead.")
        with st.form(f"shared_{job.job_id}", border=False):
            answers = [
                (one, draw_question(one, f"shared_{job.job_id}_{one.ask}_{one.key}")) for one in shared
            ]
            if not st.form_submit_button(
                "Use for all of these files", icon=":material/done_all:", type="primary"
            ):
                return
        try:
            for one, value in answers:
                if value:
                    answer_shared(store, job.job_id, one.ask, one.key, value)
        except PlumblineError as problem:
            st.error(plain(str(problem), longest=500))
        else:
            st.rerun()
