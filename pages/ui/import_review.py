"""What will happen to each file, the questions only a person can answer, and the receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import PlumblineError, Severity
from core.imports.file_review import FileReview, ReviewState
from core.imports.jobs import Job, answer_file, failures, receipts, reviews, start_commit
from core.imports.model import Ask, Question
from core.imports.receipt import Outcome
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.store.engine import Store

_SIGN = {
    ReviewState.READY: ":green[:material/check_circle:]",
    ReviewState.ASKS: ":orange[:material/help:]",
    ReviewState.NEEDS_MAPPING: ":orange[:material/view_column:]",
    ReviewState.REFUSED: ":red[:material/block:]",
    ReviewState.ALREADY_IMPORTED: ":gray[:material/done_all:]",
    ReviewState.NOTHING: ":gray[:material/remove_circle:]",
}
_OPEN = (ReviewState.ASKS, ReviewState.NEEDS_MAPPING)


def draw_reviews(store: Store, job: Job, *, locale: str) -> None:
    """Draw a card per file and the one button that imports what is ready."""
    found = reviews(store, job.job_id)
    if not found or job.has_ended:
        return
    ready = [review for review in found if review.state is ReviewState.READY]
    asking = [review for review in found if review.state in _OPEN]
    _draw_button(store, job, ready, asking)
    for review in sorted(found, key=lambda each: each.state not in _OPEN):
        with st.container(border=True):
            _draw_card(store, job, review, locale)


def _draw_button(store: Store, job: Job, ready: list[FileReview], asking: list[FileReview]) -> None:
    rows = sum(review.counts.stored for review in ready)
    if asking:
        st.markdown(
            f"**{len(asking)} of the files need an answer below.** The others can go in now or together with them."
        )
    words = f"Import {len(ready)} {'file' if len(ready) == 1 else 'files'} ({rows:,} rows)"
    if st.button(
        words, type="primary", icon=":material/download_done:", disabled=not ready, key="import_ready"
    ):
        start_commit(store, job.job_id)
        st.rerun()


def _draw_card(store: Store, job: Job, review: FileReview, locale: str) -> None:
    st.markdown(f"{_SIGN[review.state]} **{plain(review.file)}**")
    st.markdown(plain(review.sentence, longest=700))
    for issue in review.issues:
        if issue.severity is not Severity.ERROR or str(issue) not in review.sentence:
            st.markdown(f":material/info: {plain(str(issue), longest=600)}")
    if review.questions:
        _draw_questions(store, job, review)
    if review.state is ReviewState.READY:
        with st.expander("Where the rows go"):
            st.markdown(plain(review.counts.words, longest=500))
            if review.differences is not None:
                st.markdown(plain(review.differences.words, longest=300))
    if review.answered:
        with st.expander("Answers taken, and where they come from"):
            _draw_answered(store, job, review)


def _draw_questions(store: Store, job: Job, review: FileReview) -> None:
    grains = [question for question in review.questions if question.ask is Ask.GRAIN]
    with st.form(f"ask_{review.key}", border=False):
        answers = {
            (question.ask, question.key): _draw_question(question, f"{review.key}_{number}")
            for number, question in enumerate(review.questions)
        }
        words = "Show its columns" if grains and len(review.questions) == 1 else "Use these answers"
        if st.form_submit_button(words, icon=":material/task_alt:"):
            given = {one: value for one, value in answers.items() if value}
            try:
                answer_file(store, job.job_id, review.key, given)
            except PlumblineError as problem:
                st.error(plain(str(problem), longest=500))
            else:
                st.rerun()


def _draw_question(question: Question, key: str) -> str:
    label = plain(question.sentence, longest=500)
    if question.evidence:
        label_help = plain("  ·  ".join(question.evidence), longest=800)
        st.caption(f"In the file: {label_help}")
    if question.choices:
        values = list(question.choices)
        chosen = st.selectbox(
            label,
            values,
            index=values.index(question.suggestion) if question.suggestion in values else None,
            format_func=lambda value: question.choices[value],
            placeholder="Choose",
            key=f"q_{key}",
        )
        return chosen or ""
    return st.text_input(label, value=question.suggestion, key=f"q_{key}").strip()


def _draw_answered(store: Store, job: Job, review: FileReview) -> None:
    for number, said in enumerate(review.answered):
        shown = said.question.choices.get(said.value, said.value)
        st.markdown(
            f"{plain(said.question.sentence or said.question.ask.value, longest=300)} **{plain(shown)}** :gray[{plain(said.origin)}]"
        )
        if not said.value:
            continue
        if st.button("Ask again", key=f"again_{review.key}_{number}", type="tertiary"):
            answer_file(store, job.job_id, review.key, {(said.question.ask, said.question.key): ""})
            st.rerun()


def draw_receipts(store: Store, job: Job, *, campaign: str) -> None:
    """Draw what was stored of each file, and where to go next."""
    done = receipts(store, job.job_id)
    for file, words in failures(store, job.job_id).items():
        st.error(f"**{plain(file)}** was not imported. {plain(words, longest=500)}")
    for receipt in done:
        sign = (
            ":green[:material/check_circle:]"
            if receipt.outcome is Outcome.STORED
            else ":gray[:material/done_all:]"
        )
        st.markdown(f"{sign} {plain(receipt.sentence, longest=600)}")
        if receipt.counts.aside:
            st.page_link(
                "history.py",
                label="See the rows set aside",
                icon=":material/rule:",
                query_params={"batch": str(receipt.batch_id)},
            )
    if done:
        with st.container(horizontal=True):
            st.page_link(
                "funnel.py",
                label="Read the funnel",
                icon=":material/filter_alt:",
                query_params={"campaign": campaign} if campaign else None,
            )
            st.page_link("history.py", label="Undo or look into an import", icon=":material/history:")
