"""How long order rows are kept, on the page: what would be closed is said before anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.retention import CHOICES, SUGGESTED, close_due, preview, read_retention, set_retention
from core.units import instant_of, write_day
from pages.ui.plain import plain
from pages.ui.saying import keep

if TYPE_CHECKING:
    from datetime import date

    from core.store.engine import Store
    from pages.ui.context import Visit

_FOR_EVER = 0
_WHAT_IT_MEANS = (
    "An order row says who bought what and when, with a pseudonym for the customer. Rows that are old "
    "enough can be closed: what they say of campaigns, creators, videos and codes is kept as sums by day, "
    "and the rows go. The sums of every campaign are compared, and nothing is closed if one would move."
)
_WHAT_IT_COSTS = (
    "Closed orders cannot be credited anew: codes and links explained later do not move them, older files "
    "with them are not taken in again, and a customer of whom no row is left counts as new when they "
    "return. How long buyers take is learnt from open orders only, so forecasts can move. Backups made "
    "before hold the rows until they are a month old."
)


def draw_retention(now: Visit) -> None:
    """Draw how long order rows are kept, what another choice would close, and the button that sets it."""
    kept = read_retention(now.store)
    st.markdown(_WHAT_IT_MEANS)
    if kept.closed_before is not None:
        day = write_day(instant_of(kept.closed_before).date(), locale=now.locale)
        st.markdown(plain(f"Orders from before {day} are closed."))
    months = st.selectbox(
        "Keep order rows for",
        [_FOR_EVER, *CHOICES],
        index=[_FOR_EVER, *CHOICES].index(kept.months or _FOR_EVER),
        format_func=_words_of,
        key="retention_months",
    )
    if months == (kept.months or _FOR_EVER):
        st.caption(_STANDS[bool(kept.months)])
        return
    if months == _FOR_EVER:
        st.markdown("What is closed stays closed; no further order is.")
    else:
        st.markdown(plain(preview(now.store, months, today=now.today).sentence, longest=500))
        st.caption(_WHAT_IT_COSTS)
    is_sure = months == _FOR_EVER or st.checkbox(
        "Yes, close what is older, now and every month", key="retention_sure"
    )
    if st.button("Set", icon=":material/event_busy:", type="primary", disabled=not is_sure, key="retention"):
        keep(lambda: _set(now.store, months or None, now.today))


_STANDS = {
    True: "At the beginning of each month, what became older is closed.",
    False: "Nothing is closed. Privacy rules ask for a limit where one is possible; "
    f"{SUGGESTED} months lets one compare two seasons.",
}


def _words_of(months: int) -> str:
    if months == _FOR_EVER:
        return "For ever"
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} months"
    return f"{months} months ({years} {'year' if years == 1 else 'years'})"


def _set(store: Store, months: int | None, today: date) -> str:
    set_retention(store, months)
    done = close_due(store, today=today)
    return done.sentence if done else "It is set; there is nothing to close."
