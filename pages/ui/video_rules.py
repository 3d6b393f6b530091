"""By which rules videos belong to a campaign, and what a further rule would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import (
    Campaign,
    Rule,
    RuleKind,
    add_rule,
    list_collaborations,
    list_rules,
    preview_rule,
    remove_rule,
)
from core.errors import PlumblineError
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from pages.ui.context import Visit

_KINDS = {
    RuleKind.CREATOR_DATES: "Creator and dates",
    RuleKind.HASHTAG: "Hashtag",
    RuleKind.LINK: "Text in the link or caption",
}


def draw_rules(now: Visit, campaign: Campaign) -> None:
    """Draw the rules of a campaign, each with a way to remove it, and the form for another."""
    rules = kept(now, list_rules, campaign.campaign_id)
    if not rules:
        st.markdown("There is no rule: only videos put in by hand count.")
    for rule in rules:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/rule: {plain(rule.words)}")
            if st.button("Remove", key=f"rule_{rule.rule_id}", type="tertiary"):
                keep(lambda each=rule: _remove(now, campaign, each))  # type: ignore[misc]  # bound now, not later
    with st.expander("Add a rule", icon=":material/add:"):
        _draw_new(now, campaign)


def _remove(now: Visit, campaign: Campaign, rule: Rule) -> str:
    remove_rule(now.store, campaign.campaign_id, rule.rule_id)
    return f"The rule is removed: {rule.words}."


def _draw_new(now: Visit, campaign: Campaign) -> None:
    kind = st.segmented_control(
        "By what?",
        list(RuleKind),
        default=RuleKind.HASHTAG,
        format_func=_KINDS.__getitem__,
        required=True,
        key="rule_kind",
    )
    notes = FieldNotes()
    with st.form("rule", border=False):
        value = _pick_value(now, campaign, RuleKind(kind or RuleKind.HASHTAG))
        notes.under("value")
        with st.grid(2, min_column_width=180):
            first = st.date_input(
                "From", None, key="rule_first", format="YYYY-MM-DD", help="Empty: the campaign's first day."
            )
            last = st.date_input(
                "To", None, key="rule_last", format="YYYY-MM-DD", help="Empty: the campaign's last day."
            )
        notes.under("last_day")
        with st.container(horizontal=True):
            look = st.form_submit_button("See what it would take", icon=":material/visibility:")
            add = st.form_submit_button("Add the rule", icon=":material/add:")
    values: dict[str, object] = {
        "kind": str(kind or RuleKind.HASHTAG),
        "value": value,
        "first_day": first,
        "last_day": last,
    }
    if look:
        _draw_preview(now, campaign, values, notes)
    if add:
        keep(lambda: _add(now, campaign, values), refuse=notes.say)


def _pick_value(now: Visit, campaign: Campaign, kind: RuleKind) -> str:
    if kind is RuleKind.HASHTAG:
        return st.text_input("Hashtag", placeholder="#springglow", key="rule_hashtag") or ""
    if kind is RuleKind.LINK:
        return st.text_input("Text in the link or caption", placeholder="glow.shop", key="rule_text") or ""
    names = {
        str(item.creator_id): item.creator for item in kept(now, list_collaborations, campaign.campaign_id)
    }
    picked = st.selectbox(
        "Creator",
        list(names),
        index=None,
        placeholder="Every creator of the campaign",
        format_func=names.__getitem__,
        key=f"rule_creator_{campaign.campaign_id}",
    )
    return picked or ""


def _draw_preview(now: Visit, campaign: Campaign, values: dict[str, object], notes: FieldNotes) -> None:
    try:
        preview = preview_rule(now.store, campaign.campaign_id, values)
    except PlumblineError as problem:
        notes.say(problem)
        return
    st.markdown(f"**{plain(preview.sentence)}**")
    for caption in preview.examples[:5]:
        st.markdown(f"- {plain(caption, longest=120) or 'a video without a caption'}")


def _add(now: Visit, campaign: Campaign, values: dict[str, object]) -> str:
    words = preview_rule(now.store, campaign.campaign_id, values).sentence
    add_rule(now.store, campaign.campaign_id, values)
    return "The rule is added. " + words.replace("would take", "took")
