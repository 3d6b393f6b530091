"""Reports to hand out: choose, look, download."""

import streamlit as st

from core.access import Action, may
from core.reports import chat_text, with_brand
from core.sharing.logos import get_logo
from pages.ui.cache import creators_of, report_of
from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.kept import kept
from pages.ui.report_choice import choose_brand, choose_report
from pages.ui.report_view import draw_downloads, draw_report
from pages.ui.saying import plan_heading

now = visit()
plan_heading(
    now, "Reports", "A page for leadership, slides, a workbook: every file is made from the report below."
)
if now.campaign is None:
    need_campaign("A report of a campaign, ready to hand to people who never open Plumbline.")
    st.stop()

names = creators_of(now.store, now.revision, now.campaign.campaign_id)
choice = choose_report(names)
if choice.kind.needs_creator and choice.creator_id is None:
    say_empty(
        "One creator's own results, to send to the creator.",
        "No creator takes part in this campaign yet.",
        page="people.py",
        button="Add creators",
        campaign=now.campaign.code,
    )
    st.stop()

brand = choose_brand()
report = with_brand(
    report_of(now, choice.kind.kind, choice.audience, choice.creator_id),
    name=brand.name,
    logo=brand.logo or kept(now, get_logo, now.campaign.campaign_id),
)
if may(now.store.principal, Action.SHARE, now.campaign.campaign_id):
    draw_downloads(now, report)
else:
    st.caption("Downloading needs the right to share; ask an editor of this campaign.")
draw_report(report)
with st.expander("Text for a chat or an e-mail"):
    st.code(chat_text(report), language=None, wrap_lines=True)
