"""The form of a campaign: sensible defaults, problems beside the fields they are about."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import streamlit as st
from babel.numbers import get_territory_currencies

from core.campaigns import (
    VERTICALS,
    Brand,
    Campaign,
    create_brand,
    create_campaign,
    edit_campaign,
    form_values,
    get_campaign,
    list_brands,
    suggest_code,
)
from core.metrics.model import Stage
from pages.ui.kept import kept
from pages.ui.plan_goals import choose_goals
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.ui.context import Visit

_OFTEN = ("USD", "EUR", "GBP", "CAD", "AUD", "JPY", "BRL", "MXN", "IDR", "VND", "THB", "PLN", "SEK", "TRY")
_FOUR_WEEKS = timedelta(days=27)
_VERTICALS = {"": "Not said: 30 days"} | {
    item.vertical.value: f"{item.label}: {item.click_window_days} days" for item in VERTICALS
}
_WINDOW_HELP = "So many days after a tagged click an order still counts for the creator. " + " ".join(
    f"{item.label}: {item.click_window_days}, {item.reason}" for item in VERTICALS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What the form holds: the values, and the brand by name."""

    values: Mapping[str, object]
    brand: str
    currency: str
    zone: str


def draw_form(now: Visit, campaign: Campaign | None) -> None:
    """Draw the form of a campaign, or of a new one, and keep what is submitted."""
    key = f"plan_{campaign.code if campaign else 'new'}"
    campaign = _as_first_drawn(key, campaign)
    before = form_values(campaign) if campaign else {}
    objective = _pick_objective(key, str(before.get("objective", Stage.AWARENESS)))
    notes = FieldNotes()
    with st.form(key, enter_to_submit=False):
        typed = _draw_fields(now, key, campaign, before, notes)
        goals = choose_goals(key, objective, before, notes)
        reason = {}
        if campaign and now.today >= campaign.first_day:
            reason = {
                "reason": st.text_input(
                    "Reason, if the goals change",
                    help="The campaign has started: changing goals needs a reason, kept beside the figures.",
                    key=f"{key}_reason",
                )
            }
            notes.under("reason")
        words = "Save campaign" if campaign else "Create campaign"
        done = st.form_submit_button(words, type="primary", icon=":material/check:")
    if done:
        values = {**typed.values, **goals, **reason, "objective": objective}
        keep(lambda: _write(now, campaign, typed, values), refuse=notes.say)


def _as_first_drawn(key: str, campaign: Campaign | None) -> Campaign | None:
    """Return the campaign as the form on screen shows it, so that nobody's change is overwritten unseen."""
    if f"{key}_name" not in st.session_state:  # the form is drawn for the first time on this visit
        st.session_state[f"{key}_shown"] = campaign
    shown: Campaign | None = st.session_state.get(f"{key}_shown", campaign)
    return shown


def _pick_objective(key: str, before: str) -> Stage:
    """Return the objective; it stands outside the form, for the metrics follow it at once."""
    stages = list(Stage)
    picked = st.segmented_control(
        "What is the campaign for?",
        stages,
        default=Stage(before),
        format_func=lambda stage: stage.value.capitalize(),
        required=True,
        key=f"{key}_objective",
        help="The objective proposes the metrics below; every one of them can be changed.",
    )
    return Stage(picked) if picked else Stage(before)


def _draw_fields(
    now: Visit, key: str, campaign: Campaign | None, before: Mapping[str, object], notes: FieldNotes
) -> _Typed:
    brands = {brand.name: brand for brand in kept(now, list_brands)}
    with st.grid(2, min_column_width=260):
        with st.container():
            name = st.text_input(
                "Campaign name", str(before.get("name", "")), key=f"{key}_name", placeholder="Spring launch"
            )
            notes.under("name")
        with st.container():
            brand = _pick_brand(key, brands, before)
            notes.under("brand_id")
        with st.container():
            first = st.date_input(
                "First day",
                campaign.first_day if campaign else now.today,
                key=f"{key}_first",
                format="YYYY-MM-DD",
            )
            notes.under("first_day")
        with st.container():
            planned = campaign.last_day if campaign else now.today + _FOUR_WEEKS
            last = st.date_input("Last day", planned, key=f"{key}_last", format="YYYY-MM-DD")
            notes.under("last_day")
        with st.container():
            currency = _pick_currency(now, key, brands, before)
            notes.under("currency")
        with st.container():
            budget = st.text_input(
                "Budget", str(before.get("budget", "")), key=f"{key}_budget", placeholder="12,500"
            )
            notes.under("budget")
    with st.expander("Code, time zone, credit window, owner, notes"):
        more = _draw_more(key, brands, campaign, before, notes)
    code = more.pop("code") or suggest_code(name or "")
    values = {"name": name, "first_day": first, "last_day": last, "budget": budget, "code": code, **more}
    return _Typed(values=values, brand=(brand or "").strip(), currency=currency, zone=str(more["zone"]))


def _pick_brand(key: str, brands: Mapping[str, Brand], before: Mapping[str, object]) -> str | None:
    names = list(brands)
    if not names:
        return st.text_input("Brand", key=f"{key}_first_brand", placeholder="Glow Cosmetics")
    own = next((name for name, brand in brands.items() if brand.brand_id == before.get("brand_id")), None)
    first = own or names[0]
    return st.selectbox(
        "Brand",
        names,
        index=names.index(first),
        accept_new_options=True,
        placeholder="Type the name of the brand",
        key=f"{key}_brand",
        help="Type a new name to add a brand.",
    )


def _pick_currency(now: Visit, key: str, brands: Mapping[str, Brand], before: Mapping[str, object]) -> str:
    stated = [
        str(before.get("currency", "")),
        *(brand.currency for brand in brands.values()),
        _of_locale(now),
    ]
    first = next((code for code in stated if code), "USD")
    options = list(dict.fromkeys([first, *_OFTEN]))
    picked = st.selectbox("Currency", options, accept_new_options=True, key=f"{key}_currency")
    return picked or first


def _of_locale(now: Visit) -> str:
    territory = now.locale.rpartition("_")[2]
    codes = get_territory_currencies(territory) if territory.isalpha() else []
    return str(codes[0]) if codes else ""


@cache
def _zones() -> tuple[str, ...]:
    """Return every time zone by name; finding them reads hundreds of files."""
    return tuple(sorted(available_timezones()))


def _draw_more(
    key: str,
    brands: Mapping[str, Brand],
    campaign: Campaign | None,
    before: Mapping[str, object],
    notes: FieldNotes,
) -> dict[str, object]:
    zones = _zones()
    stated = [str(before.get("zone", "")), str(st.context.timezone or ""), *(b.zone for b in brands.values())]
    zone = next((name for name in stated if name in zones), "UTC")
    with st.grid(2, min_column_width=260):
        with st.container():
            code = st.text_input(
                "Campaign code",
                str(before.get("code", "")),
                placeholder="made from the name",
                help="Short and lower case; it stands in links and file names.",
                key=f"{key}_code",
            )
            notes.under("code")
        with st.container():
            picked_zone = st.selectbox(
                "Time zone",
                zones,
                index=zones.index(zone),
                key=f"{key}_zone",
                help="Decides on which day an order falls.",
            )
            notes.under("zone")
        vertical = st.selectbox(
            "What is sold",
            list(_VERTICALS),
            index=list(_VERTICALS).index(str(before.get("vertical", ""))),
            format_func=_VERTICALS.__getitem__,
            key=f"{key}_vertical",
            help=_WINDOW_HELP,
        )
        with st.container():
            window = st.number_input(
                "Credit window in days",
                min_value=1,
                max_value=365,
                value=campaign.click_window_days if campaign else None,
                placeholder="as what is sold suggests",
                key=f"{key}_window",
            )
            notes.under("click_window_days")
    owner = st.text_input("Owner", str(before.get("owner", "")), key=f"{key}_owner")
    about = st.text_area("Notes", str(before.get("notes", "")), key=f"{key}_notes")
    return {
        "code": (code or "").strip(),
        "zone": picked_zone,
        "vertical": vertical,
        "click_window_days": window,
        "owner": owner,
        "notes": about,
    }


def _write(now: Visit, campaign: Campaign | None, typed: _Typed, values: Mapping[str, object]) -> str:
    """Return what was done; a brand that is new is made first."""
    known = {brand.name.casefold(): brand.brand_id for brand in list_brands(now.store)}
    brand_id = known.get(typed.brand.casefold())
    if brand_id is None and typed.brand and values["name"]:
        brand_id = create_brand(
            now.store, {"name": typed.brand, "currency": typed.currency, "zone": typed.zone}
        )
    whole = {**values, "brand_id": brand_id, "currency": typed.currency}
    if campaign is None:
        campaign_id = create_campaign(now.store, whole)
    else:
        campaign_id = campaign.campaign_id
        edit_campaign(now.store, campaign_id, whole, version=campaign.version, now=int(time.time()))
    kept_now = get_campaign(now.store, campaign_id)
    st.session_state["campaign_code"] = kept_now.code
    st.session_state[f"plan_{kept_now.code}_shown"] = kept_now
    st.query_params["campaign"] = kept_now.code
    st.query_params.pop("new", None)
    return f"{kept_now.name} is saved." if campaign else f"{kept_now.name} is created. Add the creators next."
