"""What people wrote, read once per data revision.

A page may draw many times while nothing changed; whose reading it is belongs to the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from core.store.engine import Store
    from pages.ui.context import Visit

T = TypeVar("T")
_KEPT = 500  # results; each is a small tuple


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _kept(
    _read: Callable[..., Any],
    _store: Store,
    name: str,  # noqa: ARG001  (name, who and revision are the key)
    who: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    arguments: tuple[Hashable, ...],
) -> Any:  # what it returns is whatever `_read` returns; `kept` gives it its type back
    return _read(_store, *arguments)


def kept(now: Visit, read: Callable[..., T], *arguments: Hashable) -> T:
    """Return what a reading function of core returns, made once per data revision.

    Args:
        now: whose visit it is.
        read: takes the store and then the arguments; returns frozen values.
        arguments: what it is asked for.
    """
    name = f"{read.__module__}.{read.__qualname__}"
    found: T = _kept(read, now.store, name, str(now.store.principal), now.revision, arguments)
    return found
