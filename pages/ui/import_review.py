"""What will happen to each file, the questions only a person can answer, and the receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from core.errors import PlumblineError, Severity
from core.imports.file_review import FileReview, ReviewState
from core.imports.jobs import Job, answer_file, failures, receipts, reviews, start_commit
from core.imports.mapper import LEAVE_OUT
from core.imports.model import Ask, Question
from core.imports.receipt import Outcome
from pages.ui.import_question import draw_choice, draw_question
from pages.ui.import_shared import draw_shared
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.imports.model import Answers
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


def draw_reviews(store: Store, job: Job) -> None:
    """Draw a card per file and the one button that imports what is ready."""
    found = reviews(store, job.job_id)
    if not found or job.has_ended:
        return
    ready = [review for review in found if review.state is ReviewState.READY]
    asking = [review for review in found if review.state in _OPEN]
    st.markdown(
        f"{len(ready)} of {len(found)} {'file is' if len(found) == 1 else 'files are'} ready to import."
    )
    _draw_button(store, job, ready, asking)
    shared = draw_shared(store, job, found)
    for review in sorted(found, key=lambda each: each.state not in _OPEN):
        asked = {(question.ask, question.key) for question in review.questions}
        with st.container(border=True):
            _draw_card(store, job, review, is_asked_above=bool(asked) and asked <= shared)


def _draw_button(store: Store, job: Job, ready: list[FileReview], asking: list[FileReview]) -> None:
    rows = sum(review.counts.stored for review in ready)
    if asking and ready:
        waiting = "1 file needs an answer" if len(asking) == 1 else f"{len(asking)} files need an answer"
        st.markdown(
            f"**{waiting} below.** Answer first and import everything together, or import the others now."
        )
    elif asking:
        st.markdown("**Some things only you can know.** Answer below; nothing is stored before that.")
    words = f"Import {len(ready)} {'file' if len(ready) == 1 else 'files'} ({rows:,} rows)"
    kind: Literal["primary", "secondary"] = "secondary" if asking else "primary"
    if st.button(
        words if ready else "Import",
        type=kind,
        icon=":material/download_done:",
        disabled=not ready,
        key="import_ready",
    ):
        start_commit(store, job.job_id)
        st.rerun()


def _draw_card(store: Store, job: Job, review: FileReview, *, is_asked_above: bool) -> None:
    st.markdown(f"{_SIGN[review.state]} **{plain(review.file)}**  \n{plain(review.sentence, longest=700)}")
    for issue in review.issues:
        if issue.severity is not Severity.ERROR or str(issue) not in review.sentence:
            st.caption(f":material/info: {plain(str(issue), longest=600)}")
    if review.questions and is_asked_above:
        with st.expander("Answer for this file alone"):
            _draw_questions(store, job, review)
    elif review.questions:
        _draw_questions(store, job, review)
    if review.state is ReviewState.READY or review.answered:
        with st.expander("Where the rows go, and the answers taken"):
            if review.state is ReviewState.READY:
                st.markdown(plain(review.counts.words, longest=500))
            if review.differences is not None:
                st.markdown(plain(review.differences.words, longest=300))
            _draw_answered(store, job, review)


def _draw_questions(store: Store, job: Job, review: FileReview) -> None:
    if review.state is ReviewState.NEEDS_MAPPING:
        _draw_mapping(store, job, review)
        return
    with st.form(f"ask_{review.key}", border=False):
        answers = {
            (question.ask, question.key): draw_question(question, f"q_{review.key}_{number}")
            for number, question in enumerate(review.questions)
        }
        if st.form_submit_button("Use these answers", icon=":material/task_alt:"):
            _give(store, job, review, {one: value for one, value in answers.items() if value})


def _draw_mapping(store: Store, job: Job, review: FileReview) -> None:
    """Draw what a row is and, under it, what each column is; the columns follow the choice of the row."""
    grain, *columns = review.questions
    offered = grain.suggestion
    chosen = draw_question(grain, f"grain_{review.key}")
    if chosen == LEAVE_OUT:
        if st.button("Leave this file out", icon=":material/block:", key=f"leave_{review.key}"):
            _give(store, job, review, {(Ask.GRAIN, ""): LEAVE_OUT})
        return
    if chosen and chosen != offered:
        _give(store, job, review, {(Ask.GRAIN, ""): chosen})
    st.caption("Check what each column is. Plumbline remembers it for the next file of this shape.")
    with st.form(f"map_{review.key}", border=False):
        meant = {question.key: _draw_column(question, f"{review.key}_{chosen}") for question in columns}
        if st.form_submit_button("Use these columns", icon=":material/task_alt:"):
            fields: Answers = {(Ask.MAPPING, label): field for label, field in meant.items()}
            _give(store, job, review, {(Ask.GRAIN, ""): chosen, **fields})


def _draw_column(question: Question, key: str) -> str:
    """Draw one column with values beside it, and return what a person says it is, '' for not needed."""
    left, right = st.columns(2, vertical_alignment="center")
    shown = ", ".join(question.evidence)
    left.markdown(f"**{plain(question.key, longest=80)}**  \n:gray[{plain(shown, longest=120)}]")
    with right:
        return draw_choice(
            plain(question.sentence, longest=200),
            question.choices,
            question.suggestion,
            f"q_{key}_{question.key}",
        )


def _give(store: Store, job: Job, review: FileReview, answers: Answers) -> None:
    try:
        answer_file(store, job.job_id, review.key, answers)
    except PlumblineError as problem:
        st.error(plain(str(problem), longest=500))
    else:
        st.rerun()


def _draw_answered(store: Store, job: Job, review: FileReview) -> None:
    for number, said in enumerate(review.answered):
        shown = said.question.choices.get(said.value, said.value)
        asked = plain(said.question.sentence or said.question.ask.value, longest=300)
        st.markdown(f"{asked} **{plain(shown)}** :gray[{plain(said.origin)}]")
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
            way_to(
                "history.py",
                label="See the rows set aside",
                icon=":material/rule:",
                query_params={"batch": str(receipt.batch_id)},
            )
    if done:
        with st.container(horizontal=True):
            way_to(
                "funnel.py",
                label="Read the funnel",
                icon=":material/filter_alt:",
                query_params={"campaign": campaign} if campaign else None,
            )
            way_to("history.py", label="Undo or look into an import", icon=":material/history:")
