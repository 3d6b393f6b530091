"""Results kept between runs, keyed by the data revision so that no stale number shows.

Results are frozen, so one copy serves everyone who may see the campaign; whose they are
is part of the key. Arguments that begin with an underscore are not.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from core.campaigns import list_collaborations
from core.checkins import CheckIn, build_check_in
from core.funnel import CollaborationFunnel, Funnel, build_collaboration_funnel, build_funnel
from core.reports import Audience, Kind, Report, build_report
from core.tracing import Trace, trace

if TYPE_CHECKING:
    from datetime import date

    from core.scope import Scope
    from core.store.engine import Store
    from pages.ui.context import Visit

_KEPT = 200  # results; a funnel is some tens of kilobytes


@st.cache_resource(max_entries=_KEPT, show_spinner="Adding up …")
def _funnel(_store: Store, who: str, revision: int, scope: Scope, today: date) -> Funnel:
    return build_funnel(_store, scope, today=today)


@st.cache_resource(max_entries=_KEPT, show_spinner="Adding up …")
def _collaboration(
    _store: Store,
    who: str,
    revision: int,
    campaign_id: int,
    creator_id: int,
    today: date,
) -> CollaborationFunnel:
    return build_collaboration_funnel(_store, campaign_id, creator_id, today=today)


@st.cache_resource(max_entries=_KEPT, show_spinner="Looking up the files …")
def _trace(_store: Store, who: str, revision: int, scope: Scope, metric: str) -> Trace:
    return trace(_store, scope, metric)


def funnel_of(store: Store, revision: int, scope: Scope, today: date) -> Funnel:
    """Return the funnel of a scope, made once per data revision."""
    return _funnel(store, str(store.principal), revision, scope, today)


def collaboration_of(
    store: Store, revision: int, campaign_id: int, creator_id: int, today: date
) -> CollaborationFunnel:
    """Return one creator's part of a campaign, made once per data revision."""
    return _collaboration(store, str(store.principal), revision, campaign_id, creator_id, today)


def trace_of(store: Store, revision: int, scope: Scope, metric: str) -> Trace:
    """Return what stands behind a figure, made once per data revision."""
    return _trace(store, str(store.principal), revision, scope, metric)


@st.cache_resource(max_entries=_KEPT, show_spinner="Looking ahead …")
def _check_in(_store: Store, who: str, revision: int, campaign_id: int, today: date) -> CheckIn:
    return build_check_in(_store, campaign_id, today=today)


def check_in_of(store: Store, revision: int, campaign_id: int, today: date) -> CheckIn:
    """Return how a campaign stands on a day, made once per data revision."""
    return _check_in(store, str(store.principal), revision, campaign_id, today)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _creators(_store: Store, who: str, revision: int, campaign_id: int) -> dict[int, str]:
    return {one.creator_id: one.creator for one in list_collaborations(_store, campaign_id)}


def creators_of(store: Store, revision: int, campaign_id: int) -> dict[int, str]:
    """Return the campaign's creators: id -> name."""
    return _creators(store, str(store.principal), revision, campaign_id)


class _Asked(NamedTuple):
    """Which report; part of the key, since results are read through the visit's own store."""

    campaign_id: int
    kind: Kind
    audience: Audience
    creator_id: int | None
    today: date
    locale: str


@st.cache_resource(max_entries=_KEPT, show_spinner="Putting the report together …")
def _report(_store: Store, who: str, revision: int, asked: _Asked) -> Report:
    return build_report(
        _store,
        asked.kind,
        asked.campaign_id,
        audience=asked.audience,
        creator_id=asked.creator_id,
        today=asked.today,
        now=int(time.time()),
        locale=asked.locale,
    )


def report_of(now: Visit, kind: Kind, audience: Audience, creator_id: int | None) -> Report:
    """Return a report of the visit's campaign, made once per data revision."""
    asked = _Asked(now.chosen.campaign_id, kind, audience, creator_id, now.today, now.locale)
    return _report(now.store, str(now.store.principal), now.revision, asked)
