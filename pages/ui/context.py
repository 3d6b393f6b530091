"""Who is asking, about which campaign: worked out once per run by the router.

A page asks for its visit before it draws. Without the router there is none, and the
page stops with nothing shown.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from core.access import Action, may
from core.scope import Scope, scope_from_query

if TYPE_CHECKING:
    from core.campaigns import Campaign
    from core.store.engine import Store

_CURRENT: ContextVar[Visit | None] = ContextVar("visit", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One run of one page for one person.

    Attributes:
        store: the store, acting as the person who asks.
        revision: the data revision that caches are keyed by.
        campaigns: the campaigns the person may see.
        campaign: the campaign in the address, None where there is none.
        today: the current day in the campaign's zone, else UTC.
        locale: CLDR name of the reader's locale.
    """

    store: Store
    revision: int
    campaigns: tuple[Campaign, ...]
    campaign: Campaign | None
    today: date
    locale: str

    def may(self, action: Action) -> bool:
        """Return whether the person may do this on the whole workspace."""
        return may(self.store.principal, action)

    @property
    def chosen(self) -> Campaign:
        """Return the campaign of a page that needs one."""
        if self.campaign is None:
            st.stop()
        return self.campaign


def begin(visit: Visit) -> None:
    """Remember the visit for the page that runs next (the router's part)."""
    _CURRENT.set(visit)


def visit_or_none() -> Visit | None:
    """Return the visit of this run, None where no router worked it out."""
    return _CURRENT.get()


def visit() -> Visit:
    """Return the visit of this run; stop the page where no router worked it out."""
    current = _CURRENT.get()
    if current is None:
        st.stop()
    return current


def today_in(zone: str) -> date:
    """Return the current day in a zone."""
    return datetime.now(tz=ZoneInfo(zone) if zone else UTC).date()


def reader_locale() -> str:
    """Return the reader's locale as CLDR writes it, for instance `de_DE`."""
    return (st.context.locale or "en-US").replace("-", "_")


def scope_of(current: Visit) -> Scope:
    """Return the filter that the address asks for, and say what of it was not understood."""
    campaign = current.chosen
    fields = {name: st.query_params.get_all(name) for name in st.query_params}
    scope, bad = scope_from_query(campaign.campaign_id, fields)
    if bad:
        st.warning(f"Part of this link was not understood and is left out: {', '.join(sorted(set(bad)))}.")
    return scope


def set_query(**fields: str | list[str] | None) -> None:
    """Write filter fields into the address, so that it opens the same view; None removes one."""
    for name, value in fields.items():
        if value in (None, "", []):
            st.query_params.pop(name, None)
        elif st.query_params.get_all(name) != (value if isinstance(value, list) else [value]):
            st.query_params[name] = value
