"""Content patterns: which kinds of video went with better results, and what to test next."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.pattern_cards import choose_comparison, draw_patterns, patterns_of
from pages.ui.plain import plain
from pages.ui.saying import plan_heading

now = visit()
plan_heading(now, "Content patterns")
if now.campaign is None:
    need_campaign("Which hooks, formats, themes and calls to action went with better results.")
    st.stop()

patterns = patterns_of(now, *choose_comparison(now))
st.markdown(f"#### {plain(patterns.sentence, longest=400)}")
if not patterns.videos:
    say_empty(
        "Which kinds of video went with better results, compared inside each creator at equal age.",
        f"No video has a known {patterns.metric.label.lower()} at this age. Choose another metric or age, "
        "or bring in the exports.",
        page="uploads.py",
        button="Upload files",
        campaign=now.campaign.code,
    )
    st.stop()
draw_patterns(now, patterns)
