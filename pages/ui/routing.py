"""The list of pages, and the visit that each run begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import streamlit as st

from core.access import NOBODY
from core.campaigns import Campaign, list_campaigns
from core.errors import PlumblineError
from pages.ui.context import Visit, begin, reader_locale, today_in
from pages.ui.identity import setup_problem, who_asks
from pages.ui.plain import plain
from pages.ui.refusals import note_asked
from pages.ui.rights import exists_for, is_for_campaign
from pages.ui.share_button import draw_share_button
from pages.ui.sign_in import draw_account, draw_set_up, draw_sign_in
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

    from core.access import Principal

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
    "Learn": (
        ("patterns.py", "Content patterns", ":material/insights:", "patterns"),
        ("tags.py", "Content tags", ":material/label:", "tags"),
        ("experiments.py", "Experiments", ":material/science:", "experiments"),
        ("experiment.py", "One experiment", ":material/experiment:", "experiment"),
        ("learnings.py", "Learnings", ":material/lightbulb:", "learnings"),
    ),
    "Share": (
        ("reports.py", "Reports", ":material/summarize:", "reports"),
        ("shares.py", "Shared links", ":material/share:", "shares"),
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
        ("data.py", "Your data", ":material/database:", "data"),
        ("team.py", "People and rights", ":material/group:", "team"),
        ("audit.py", "Who did what", ":material/history_edu:", "record"),
    ),
}
HOME = "home.py"
# Pages about one thing that another page leads to: in the menu they would only be in the way.
REACHED_FROM_OTHERS = frozenset({"show_the_sum.py", "scorecard.py", "experiment.py"})
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


def let_in() -> Principal:
    """Return who is asking; where nobody may be let in, that is all the page says, and the run ends."""
    st.logo(LOGO, icon_image=MARK, size="large")
    problem = setup_problem()
    if problem:
        _only(lambda: draw_set_up(problem))
    try:
        asker = who_asks()
    except PlumblineError as trouble:
        said = trouble
        _only(lambda: _draw_no_store(said))
    if isinstance(asker, PlumblineError):
        refused = asker
        _only(lambda: draw_sign_in(refused))
    elif asker == NOBODY:
        _only(lambda: draw_sign_in(None))
    if st.session_state.setdefault("asker", asker.name) != asker.name:
        st.session_state.clear()  # what somebody else chose or was shown in this session is not for them
        st.session_state["asker"] = asker.name
    return asker


def _only(draw: Callable[[], None]) -> NoReturn:
    """Run a page that is all there is, whatever the address asks for."""
    addresses = [address for pages in PAGES.values() for *_, address in pages]
    # Under each address, or Streamlit would lay "Page not found" over the button to sign in.
    everywhere = [st.Page(draw, title="Plumbline", url_path=address) for address in addresses]
    st.navigation(
        [st.Page(draw, title="Plumbline", url_path="sign-in", default=True), *everywhere], position="hidden"
    ).run()
    st.stop()


def navigation(asker: Principal) -> StreamlitPage:
    """Return the page that the address asks for, among those that exist for who is asking."""
    sections = {
        section: [
            st.Page(
                file,
                title=title,
                icon=icon,
                url_path=address,
                default=file == HOME,
                visibility="hidden" if file in REACHED_FROM_OTHERS else "visible",
            )
            for file, title, icon, address in pages
            if exists_for(asker, file)
        ]
        for section, pages in PAGES.items()
    }
    return st.navigation({name: pages for name, pages in sections.items() if pages}, expanded=True)


def begin_visit(page: StreamlitPage, asker: Principal) -> None:
    """Work out which campaign is asked about, and offer the choice of campaign.

    A store that cannot be used ends the run here, with what to do about it.
    """
    try:
        store = workspace_store().acting_as(asker)
        revision = store.revision()
        campaigns = list_campaigns(store)
    except PlumblineError as problem:
        _draw_no_store(problem)
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
    _note_closed_page(asker)
    if page.url_path in _ABOUT_A_CAMPAIGN or not page.url_path:
        draw_share_button(page)
    draw_account()
    _keep_to_rights(page, asker, campaign)


def _keep_to_rights(page: StreamlitPage, asker: Principal, campaign: Campaign | None) -> None:
    """End the run on a page for changing a campaign that the reader may only read."""
    file = next((one[0] for pages in PAGES.values() for one in pages if one[3] == page.url_path), HOME)
    if campaign is not None and not is_for_campaign(asker, file, campaign.campaign_id):
        st.title(page.title)
        st.info(
            f"You can read {plain(campaign.name)}, and change other campaigns. Choose one of those above."
        )
        st.stop()


def _draw_no_store(problem: PlumblineError) -> None:
    st.title("Plumbline cannot open its store")
    st.error(f"{plain(problem.issue.what, longest=600)} {plain(problem.issue.fix, longest=600)}")


def _note_closed_page(asker: Principal) -> None:
    """Write down that somebody asked for a page that does not exist for them."""
    asked = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    for pages in PAGES.values():
        for file, title, _, address in pages:
            if address == asked and not exists_for(asker, file):
                note_asked(f"the page {title}")


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
