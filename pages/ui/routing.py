"""The list of pages, and the visit that each run begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import Campaign, list_campaigns
from core.errors import PlumblineError
from pages.ui.context import Visit, begin, reader_locale, today_in
from pages.ui.plain import plain
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

# section -> (file, title, icon, address); one line adds a page.
PAGES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "": (("home.py", "Start", ":material/home:", "home"),),
    "Bring in": (
        ("uploads.py", "Upload files", ":material/upload_file:", "upload"),
        ("figures.py", "Type in figures", ":material/edit_note:", "figures"),
        ("history.py", "Import history", ":material/history:", "history"),
    ),
    "Campaign": (
        ("funnel.py", "Funnel", ":material/filter_alt:", "funnel"),
        ("collaboration.py", "One creator", ":material/person_search:", "creator"),
        ("show_the_sum.py", "Show the sum", ":material/calculate:", "sum"),
        ("orders.py", "Orders and credit", ":material/receipt_long:", "orders"),
    ),
    "Decide": (
        ("checkin.py", "Check-in", ":material/fact_check:", "checkin"),
        ("scorecards.py", "Scorecards", ":material/leaderboard:", "scorecards"),
        ("scorecard.py", "Scorecard of one creator", ":material/person_check:", "scorecard"),
        ("benchmarks.py", "Benchmarks", ":material/straighten:", "benchmarks"),
    ),
    "Plan": (
        ("plan.py", "Campaign and goals", ":material/flag:", "plan"),
        ("people.py", "Creators and fees", ":material/groups:", "people"),
        ("videos.py", "Videos", ":material/smart_display:", "videos"),
        ("links.py", "Codes and links", ":material/link:", "links"),
    ),
    "Reference": (
        ("glossary.py", "Glossary", ":material/menu_book:", "glossary"),
        ("settings.py", "Workspace", ":material/settings:", "workspace"),
    ),
}
HOME = "home.py"
_ABOUT_A_CAMPAIGN = frozenset(
    address
    for section, pages in PAGES.items()
    if section not in {"", "Bring in", "Reference"}
    for *_, address in pages
)
_ASSETS = Path(__file__).parent / "assets"
ICON = str(_ASSETS / "icon.png")
LOGO = str(_ASSETS / "logo.svg")
MARK = str(_ASSETS / "mark.svg")


def navigation() -> StreamlitPage:
    """Return the page that the address asks for."""
    st.logo(LOGO, icon_image=MARK, size="large")
    sections = {
        section: [
            st.Page(file, title=title, icon=icon, url_path=address, default=file == HOME)
            for file, title, icon, address in pages
        ]
        for section, pages in PAGES.items()
    }
    return st.navigation(sections, expanded=True)


def begin_visit(page: StreamlitPage) -> None:
    """Work out who is asking about which campaign, and offer the choice of campaign.

    A store that cannot be used ends the run here, with what to do about it.
    """
    try:
        store = workspace_store()
        revision = store.revision()
        campaigns = list_campaigns(store)
    except PlumblineError as problem:
        st.title("Plumbline cannot open its store")
        st.error(f"{plain(problem.issue.what, longest=600)} {plain(problem.issue.fix, longest=600)}")
        st.stop()
    campaign = _campaign_of_address(campaigns, is_offered=page.url_path in _ABOUT_A_CAMPAIGN)
    if store.notice:
        st.session_state.setdefault("store_notice", store.notice)
    begin(
        Visit(
            store=store,
            revision=revision,
            campaigns=tuple(campaigns),
            campaign=campaign,
            today=today_in(campaign.zone if campaign else ""),
            locale=reader_locale(),
        )
    )


def _campaign_of_address(
    campaigns: list[Campaign] | tuple[Campaign, ...], *, is_offered: bool
) -> Campaign | None:
    """Return the campaign named in the address, else the one last looked at, else the newest."""
    by_code = {campaign.code: campaign for campaign in campaigns}
    asked = st.query_params.get("campaign")
    if asked is not None and asked not in by_code:
        st.warning(
            f"There is no campaign called {plain(asked)} here, or it is not yours to see. Choose one below."
        )
        asked = None
    picked = asked or st.session_state.get("campaign_code")
    if picked not in by_code:
        newest = max(campaigns, key=lambda each: (each.first_day, each.campaign_id), default=None)
        picked = newest.code if newest else None
    if picked is None:
        return None
    st.session_state["campaign_code"] = picked
    if is_offered and len(by_code) > 1:
        _offer_choice(list(by_code), picked, by_code)
    st.query_params["campaign"] = picked
    return by_code[picked]


def _offer_choice(codes: list[str], picked: str, by_code: dict[str, Campaign]) -> None:
    def choose() -> None:
        chosen = st.session_state["campaign_choice"]
        st.session_state["campaign_code"] = chosen
        st.query_params.clear()
        st.query_params["campaign"] = chosen

    # Above the title and not in the sidebar, which a phone folds away and a long menu pushes down.
    st.session_state["campaign_choice"] = picked
    st.selectbox(
        "Campaign",
        codes,
        key="campaign_choice",
        format_func=lambda code: by_code[code].name,
        on_change=choose,
        label_visibility="collapsed",
        width=360,
    )
