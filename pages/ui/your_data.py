"""Backups on the page: made, listed, downloaded, put back, taken away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.store.backup import backup
from core.store.everything import everything_bytes
from core.store.restoring import restore_running
from core.store.shelf import Backup, find_backup, folder_of, list_backups, remove_backups
from core.units import instant_of, write_day
from pages.ui.plain import plain
from pages.ui.saying import keep
from pages.ui.upload_gate import forget_taken, open_gate

if TYPE_CHECKING:
    from core.store.engine import Store
    from pages.ui.context import Visit

_MEGABYTE = 1_000_000
_SHOWN = 12


def draw_where(now: Visit) -> None:
    """Draw where everything is kept, and what should be known about it."""
    if now.store.path is not None:
        st.markdown(
            f"Everything is kept in one file on this computer: `{str(now.store.path).replace('`', '')}`"
        )
        st.caption(
            "Beside it lies the key that recognises a customer from one file to the next. It is in no "
            "backup: keep a copy of it yourself."
        )
    else:
        st.markdown("Everything is kept in a PostgreSQL database, named by DATABASE_URL.")
    if now.store.notice:
        st.warning(plain(now.store.notice, longest=600))


def draw_backups(now: Visit) -> None:
    """Draw the backups that lie beside the store, and the button that makes one."""
    if now.store.path is None:
        st.markdown("Backups of a database server are made on the server, with pg_dump.")
        return
    st.markdown(
        "A backup is a checked copy of the whole store; others can go on working while it is made. One is "
        "made every day while Plumbline runs; seven daily and four weekly ones are kept, and no copy longer "
        "than a month."
    )
    if st.button("Make a backup now", icon=":material/backup:", type="primary", key="backup"):
        keep(lambda: _make(now.store))
    backups = list_backups(now.store)
    if not backups:
        st.caption("No backup has been made yet.")
    for one in backups[:_SHOWN]:
        _draw_backup(now, one)
    if len(backups) > _SHOWN:
        st.caption(f"{len(backups) - _SHOWN} older copies lie in {plain(str(folder_of(now.store)))}.")


def _make(store: Store) -> str:
    made = backup(store, folder_of(store))
    return f"The backup is made and checked: {made.name}."


def words_of(one: Backup, locale: str) -> str:
    """Return a backup in words: its day, time, size, and what it was kept for."""
    at = instant_of(one.at)
    kind = "" if one.is_backup else ", kept before a restore or an upgrade"
    return f"{write_day(at.date(), locale=locale)}, {at:%H:%M} UTC, {one.size / _MEGABYTE:,.1f} MB{kind}"


def _draw_backup(now: Visit, one: Backup) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(words_of(one, now.locale)), width="stretch")
        st.download_button(
            "Download",
            data=one.path.read_bytes,
            file_name=one.name,
            mime="application/vnd.sqlite3",
            icon=":material/download:",
            on_click="ignore",
            key=f"get_{one.name}",
        )
        if st.button("Remove", icon=":material/delete:", type="tertiary", key=f"drop_{one.name}"):
            keep(lambda: _remove(now.store, one.name))


def _remove(store: Store, name: str) -> str:
    remove_backups(store, [name])
    return "The backup is removed."


def draw_everything(now: Visit) -> None:
    """Offer all that is stored as one archive."""
    st.markdown(
        "One archive with a table for each kind of row, readable without Plumbline: campaigns, creators, "
        "every imported figure, orders with pseudonyms for customers, decisions, and who did what."
    )
    st.download_button(
        "Export everything",
        data=lambda: everything_bytes(now.store),
        file_name="plumbline-everything.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        key="everything",
    )


def draw_restore(now: Visit) -> None:
    """Offer to put a backup in place: one from the list or one from this computer."""
    if now.store.path is None:
        st.markdown("Put a dump back with pg_restore on the server.")
        return
    st.markdown(
        "Everybody sees the backup afterwards. What is here now is kept as a copy, so that this can be "
        "taken back."
    )
    listed = {one.name: one for one in list_backups(now.store)}
    chosen = st.selectbox(
        "A backup from the list",
        list(listed),
        index=None,
        placeholder="Choose one",
        format_func=lambda name: words_of(listed[name], now.locale),
        key="restore_name",
    )
    open_gate()
    file = st.file_uploader("Or a backup file", type=["db"], key="restore_file")
    is_sure = st.checkbox("Yes, replace what is here now", key="restore_sure")
    is_ready = is_sure and (chosen is not None or file is not None)
    if st.button("Put it back", icon=":material/restore:", disabled=not is_ready, key="restore"):
        keep(lambda: _put_back(now, chosen, file.getvalue() if file is not None else None))
        forget_taken()


def _put_back(now: Visit, name: str | None, data: bytes | None) -> str:
    if data is not None:
        with tempfile.TemporaryDirectory(dir=now.store.folder) as folder:
            source = Path(folder) / "uploaded.db"
            source.write_bytes(data)
            kept = restore_running(now.store, source)
    else:
        kept = restore_running(now.store, find_backup(now.store, name or "").path)
    before = f" The store before is kept as {kept.name}." if kept else ""
    return f"The backup is in place.{before}"
