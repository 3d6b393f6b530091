"""The form of a shared link: what it shows, for how long, and how it is kept from others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import list_collaborations
from core.errors import PlumblineError
from core.reports import KINDS, KindOfReport
from core.sharing import SHORTEST_PASSWORD, USUAL_DAYS, Mode, create_link, link_report, longest_days
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.share_list import remember_made
from pages.ui.share_logo import draw_logo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store
    from pages.ui.context import Visit

_MODES = {
    Mode.FROZEN: "Frozen: stays as it is today",
    Mode.LIVE: "Live: follows new imports",
}
_SPANS = (7, 14, 30, 90, 180, 365)
_KINDS = {one.kind.value: one for one in KINDS}


def draw_form(now: Visit) -> None:
    """Draw the form and make the link that is asked for."""
    st.subheader("Make a link", divider="gray")
    kind = _pick_kind()
    notes = FieldNotes()
    creator_id = _pick_creator(now, kind, notes)
    if kind.needs_creator and creator_id is None:
        st.markdown(
            "This campaign has no creators yet. Add them first, then a creator's sheet can be shared."
        )
        return
    mode = st.radio(
        "Frozen or live",
        list(Mode),
        format_func=_MODES.__getitem__,
        horizontal=True,
        key="share_mode",
        help="A frozen link shows the same figures for good, also after an undo or a new file. A live link "
        "shows what the campaign's page shows at that moment.",
    )
    with_money = st.toggle(
        "Show money: fees, cost per result, revenue",
        key="share_money",
        help="Off by default. Notes, file names and small counts are never shown, whatever you choose.",
    )
    values: dict[str, object] = {
        "kind": kind.kind.value,
        "creator_id": creator_id,
        "mode": mode,
        "with_money": with_money,
        "sections": _pick_sections(now, kind, creator_id, with_money=with_money),
    }
    _draw_rest(now, values, notes)


def _pick_kind() -> KindOfReport:
    asked = st.query_params.get("kind", "")
    if "share_kind" not in st.session_state or st.session_state.get("share_kind_asked") != asked:
        st.session_state["share_kind_asked"] = asked
        st.session_state["share_kind"] = asked if asked in _KINDS else next(iter(_KINDS))
    picked = st.segmented_control(
        "What to show",
        list(_KINDS),
        format_func=lambda name: _KINDS[name].title,
        key="share_kind",
        required=True,
    )
    kind = _KINDS[picked or next(iter(_KINDS))]
    st.caption(kind.words)
    return kind


def _pick_creator(now: Visit, kind: KindOfReport, notes: FieldNotes) -> int | None:
    if not kind.needs_creator:
        return None
    names = {one.creator_id: one.creator for one in kept(now, list_collaborations, now.chosen.campaign_id)}
    asked = st.query_params.get("creator", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in names else None
    picked = st.selectbox(
        "Whose results",
        list(names),
        index=list(names).index(first) if first else 0,
        format_func=lambda number: names[number],
        key="share_creator",
    )
    notes.under("creator_id")
    return picked


def _pick_sections(
    now: Visit, kind: KindOfReport, creator_id: int | None, *, with_money: bool
) -> tuple[str, ...]:
    """Return the sections to show, () for all of them."""
    try:
        titles = kept(now, _titles, now.chosen.campaign_id, kind.kind.value, creator_id, with_money)
    except PlumblineError as problem:
        st.warning(plain(str(problem), longest=400))
        return ()
    found = dict(titles)
    picked = st.pills(
        "Parts of it",
        list(found),
        format_func=found.__getitem__,
        selection_mode="multi",
        default=list(found),
        key=f"share_sections_{kind.kind.value}_{with_money}",
        help="Take out what the reader does not need.",
    )
    return () if len(picked) in (0, len(found)) else tuple(picked)


def _titles(
    store: Store,
    campaign_id: int,
    kind: str,
    creator_id: int | None,
    with_money: bool,  # noqa: FBT001  (positional in `kept`)
) -> tuple[tuple[str, str], ...]:
    report = link_report(
        store, campaign_id, kind=kind, creator_id=creator_id, with_money=with_money, now=int(time.time())
    )
    return tuple((section.key, section.title) for section in report.sections)


def _draw_rest(now: Visit, values: Mapping[str, object], notes: FieldNotes) -> None:
    spans = [days for days in _SPANS if days <= longest_days()] or [longest_days()]
    with st.form("share", border=False):
        with st.grid(2, min_column_width=260):
            with st.container():
                name = st.text_input(
                    "Name of the link",
                    now.chosen.name,
                    key="share_name",
                    help="You tell links apart by it, and the reader sees it on top.",
                )
                notes.under("name")
            with st.container():
                days = st.selectbox(
                    "Opens for",
                    spans,
                    index=spans.index(USUAL_DAYS) if USUAL_DAYS in spans else len(spans) - 1,
                    format_func=lambda number: f"{number} days",
                    key="share_days",
                    help="It can be renewed, and ended at any moment.",
                )
                notes.under("days")
            with st.container():
                password = st.text_input(
                    "Password, if it should have one",
                    type="password",
                    key="share_password",
                    help=f"At least {SHORTEST_PASSWORD} characters. Send it by another way than the link.",
                )
                notes.under("password")
            with st.container():
                downloads = st.checkbox("Let readers download the report as files", key="share_downloads")
                logo = st.checkbox("Show the brand's logo", value=True, key="share_logo")
        is_wanted = st.form_submit_button("Make the link", type="primary", icon=":material/add_link:")
    rest = {"name": name, "days": days, "password": password, "allow_downloads": downloads, "with_logo": logo}
    if is_wanted:
        keep(lambda: _make(now, {**values, **rest}), refuse=notes.say)
    draw_logo(now)


def _make(now: Visit, values: Mapping[str, object]) -> str:
    made = create_link(now.store, now.chosen.campaign_id, values, now=int(time.time()))
    remember_made(made)
    return "The link is made."
