"""The drop zone. Files leave Streamlit's memory as soon as an import job holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.errors import PlumblineError
from core.imports.formats import FORMATS
from core.imports.jobs import start_review
from core.imports.review import Offered
from pages.ui.plain import plain
from pages.ui.upload_gate import forget_taken, open_gate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from core.store.engine import Store

KINDS = ["csv", "tsv", "txt", "xlsx", "xlsm", "json", "jsonl", "ndjson", "zip", "gz"]


def take_files(store: Store) -> None:
    """Draw the drop zone; files dropped start a job that is looked at next."""
    open_gate()
    turn = st.session_state.setdefault("drop_turn", 0)
    files = st.file_uploader(
        "Drop files here, several at once",
        type=KINDS,
        accept_multiple_files=True,
        key=f"drop_{turn}",
        help="A ZIP is read without unpacking it to disk. Original files are not kept.",
    )
    with st.expander("Which files does Plumbline know, and where do I get them?"):
        for known in FORMATS:
            if not known.is_mapped:
                how = plain(known.how_to_export, longest=500)
                st.markdown(f"**{plain(known.label)}** ({plain(known.system)}). {how}")
        st.markdown("Any other table works too: you say once which column is what, and it is remembered.")
    if files:
        _start(store, files)


def _start(store: Store, files: Sequence[UploadedFile]) -> None:
    try:
        job_id = start_review(store, [Offered(name=file.name, data=file.getvalue()) for file in files])
    except PlumblineError as problem:
        st.error(plain(str(problem), longest=600))
        return
    finally:
        release(files)
    st.session_state["drop_turn"] += 1
    st.query_params["job"] = str(job_id)
    st.rerun()


def release(files: Sequence[UploadedFile]) -> None:
    """Let go of the bytes that Streamlit would hold for as long as the session lives.

    The call is internal to Streamlit: where it has moved, memory is freed later instead.
    """
    context = get_script_run_ctx()
    remove = getattr(getattr(context, "uploaded_file_mgr", None), "remove_file", None)
    if context is None or remove is None:
        return
    for file in files:
        remove(context.session_id, file.file_id)
    forget_taken()
