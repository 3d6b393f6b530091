"""Links from page to page, drawn only where the other page exists for the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.context import visit
from pages.ui.rights import exists_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def way_to(
    page: str,
    *,
    label: str,
    icon: str | None = None,
    query_params: Mapping[str, str | Sequence[str]] | None = None,
    help: str | None = None,  # noqa: A002  (named as Streamlit names it)
    width: str = "content",
) -> bool:
    """Draw a link to another page and return whether there is one for this reader."""
    if not exists_for(visit().store.principal, page):
        return False
    query = dict(query_params) if query_params else None
    st.page_link(page, label=label, icon=icon, query_params=query, help=help, width=width)  # type: ignore[arg-type]  # words
    return True
