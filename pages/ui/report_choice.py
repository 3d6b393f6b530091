"""What a report is to be: which one, for whom, of which creator, under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from core.errors import PlumblineError
from core.reports import KINDS, Audience, Kind, checked_logo
from pages.ui.choose import choose_creator
from pages.ui.context import set_query
from pages.ui.saying import say_problems
from pages.ui.upload_box import release
from pages.ui.upload_gate import open_gate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports import KindOfReport

_BY_KIND = {one.kind: one for one in KINDS}
_LOGO = "report_logo"


class Choice(NamedTuple):
    """What was chosen; the creator is None where the report is not about one."""

    kind: KindOfReport
    audience: Audience
    creator_id: int | None


class Brand(NamedTuple):
    """Under which name and logo a report goes out; empty means the campaign's own."""

    name: str
    logo: bytes


def choose_report(names: Mapping[int, str]) -> Choice:
    """Return which report the address asks for, offering the others."""
    kind = _choose_kind()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        audience = Audience(
            show_money=_switch(
                "money",
                "Show money",
                "Fees, spend, revenue and what is divided by them.",
                is_usual=not kind.needs_creator,
            ),
            internal=_switch(
                "internal",
                "For the team only",
                "Adds decisions, what to ask for, and counts of fewer than 5 orders. Leave it off for "
                "anybody outside the team.",
                is_usual=False,
            ),
        )
    creator_id = choose_creator(names) if kind.needs_creator else None
    return Choice(kind, audience, creator_id)


def _choose_kind() -> KindOfReport:
    asked = st.query_params.get("report", "")
    chosen = Kind(asked) if asked in set(Kind) else KINDS[0].kind

    def keep() -> None:
        picked = st.session_state["report_kind"]
        set_query(report=picked.value, money=None, internal=None)

    st.session_state["report_kind"] = chosen
    st.segmented_control(
        "Report",
        [one.kind for one in KINDS],
        format_func=lambda kind: _BY_KIND[kind].title,
        key="report_kind",
        required=True,
        on_change=keep,
    )
    st.caption(_BY_KIND[chosen].words)
    return _BY_KIND[chosen]


def _switch(field: str, label: str, about: str, *, is_usual: bool) -> bool:
    """Return a switch that stands in the address where it is not as usual."""
    asked = {"yes": True, "no": False}.get(st.query_params.get(field, ""), is_usual)

    def keep() -> None:
        is_on = st.session_state[f"report_{field}"]
        set_query(**{field: None if is_on is is_usual else "yes" if is_on else "no"})

    st.session_state[f"report_{field}"] = asked
    return st.toggle(label, key=f"report_{field}", help=about, on_change=keep)


def choose_brand() -> Brand:
    """Return the name and logo that were given for this sitting; nothing of it is stored."""
    with st.expander("Brand name and logo"):
        name = st.text_input(
            "Brand name on the report", key="report_brand", max_chars=120, placeholder="As in the campaign"
        )
        open_gate()
        file = st.file_uploader(
            "Logo (PNG, JPEG or WebP, at most 1 MB)",
            type=["png", "jpg", "jpeg", "webp"],
            key="report_logo_file",
        )
        if file is not None:
            try:
                st.session_state[_LOGO] = checked_logo(file.getvalue())
            except PlumblineError as problem:
                say_problems(problem)
            finally:
                release([file])
        logo = st.session_state.get(_LOGO, b"")
        if logo:
            st.image(logo, width=160)
            if st.button("Take the logo off", icon=":material/close:"):
                del st.session_state[_LOGO]
                st.rerun()
    return Brand(name or "", logo)
