"""One question about a file as a field: why it is asked, what the file shows, and the right kind of input."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Protocol
from zoneinfo import available_timezones

import streamlit as st
from babel import Locale, numbers

from core.imports.model import Ask
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHY = {
    Ask.CURRENCY: "Amounts of different currencies are never added up, so each needs its own.",
    Ask.ZONE: "The zone decides on which day a sale or comment counts.",
    Ask.ACCOUNT: "Figures are credited to the creator who owns the account.",
    Ask.CAMPAIGN: "The figures show up in the campaign they belong to.",
    Ask.VIDEO: "Comments count for the video they stand under.",
    Ask.EXPORT_DAY: "Newer figures replace older ones, so the day decides which hold.",
    Ask.PERIOD: "Without its days a total cannot be compared with anything.",
    Ask.DAY_ORDER: "03/04 is 3 April for some programs and 4 March for others.",
    Ask.DECIMAL: "1.234 is a thousand for some programs and a bit more than one for others.",
    Ask.SHOP: "Orders of two shops may carry the same numbers.",
}
_HINT = {
    Ask.ACCOUNT: "For instance @ada.brews",
    Ask.VIDEO: "For instance https://www.tiktok.com/@ada.brews/video/7612…",
    Ask.PERIOD: "First and last day, for instance 2026-03-01/2026-03-31",
    Ask.SHOP: "For instance my-shop.com",
}
_COMMON_CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "BRL",
    "MXN",
    "IDR",
    "INR",
    "JPY",
    "KRW",
    "PLN",
    "TRY",
    "VND",
)
_COMMON_ZONES = (
    "UTC", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
    "Europe/Athens", "Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
_EVIDENCE = 8  # lines shown beside a question


class Asked(Protocol):
    """What a field needs to know; a question of one file or of several has it."""

    @property
    def ask(self) -> Ask:
        """Return what is asked."""

    @property
    def sentence(self) -> str:
        """Return the question in plain words."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return what the file shows."""

    @property
    def choices(self) -> Mapping[str, str]:
        """Return value -> words, empty for free input."""

    @property
    def suggestion(self) -> str:
        """Return the value to preselect."""


def draw_question(question: Asked, key: str) -> str:
    """Draw a question with its evidence and return the answer, '' while there is none."""
    label, why = plain(question.sentence, longest=500), _WHY.get(question.ask)
    st.markdown(f"**{label}**")
    if why:
        st.caption(why)
    if question.evidence:
        lines = [plain(line, longest=160) for line in question.evidence[:_EVIDENCE]]
        st.caption("  \n".join(["What the file shows:", *lines]))
    if question.choices:
        return draw_choice(label, question.choices, question.suggestion, key)
    if question.ask is Ask.CURRENCY:
        return draw_choice(label, currencies(), question.suggestion, key)
    if question.ask is Ask.ZONE:
        return draw_choice(label, zones(), question.suggestion, key)
    if question.ask is Ask.EXPORT_DAY:
        return _draw_day(label, question.suggestion, key)
    return st.text_input(
        label,
        value=question.suggestion,
        key=key,
        label_visibility="collapsed",
        placeholder=_HINT.get(question.ask),
    ).strip()


def draw_choice(label: str, choices: Mapping[str, str], suggestion: str, key: str) -> str:
    """Draw a list that can be searched by typing and return the chosen value, '' for none."""
    values = list(choices)
    chosen = st.selectbox(
        label,
        values,
        index=values.index(suggestion) if suggestion in values else None,
        format_func=lambda value: choices[value],
        placeholder="Choose, or type to search",
        label_visibility="collapsed",
        key=key,
    )
    return chosen or ""


def _draw_day(label: str, suggestion: str, key: str) -> str:
    try:
        suggested = date.fromisoformat(suggestion)
    except ValueError:
        suggested = None
    chosen = st.date_input(label, value=suggested, key=key, label_visibility="collapsed")
    return chosen.isoformat() if isinstance(chosen, date) else ""


@cache
def currencies() -> Mapping[str, str]:
    """Return every currency in use by its code, common ones first, with its name in words."""
    names = Locale("en").currencies
    current = {code for code in numbers.list_currencies() if numbers.is_currency(code) and code in names}
    ordered = (*_COMMON_CURRENCIES, *sorted(current - set(_COMMON_CURRENCIES)))
    return {code: f"{code}, {names[code]}" for code in ordered}


@cache
def zones() -> Mapping[str, str]:
    """Return every time zone by its name, common ones first."""
    ordered = (*_COMMON_ZONES, *sorted(available_timezones() - set(_COMMON_ZONES)))
    return {zone: zone.replace("_", " ") for zone in ordered}
