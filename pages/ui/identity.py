"""Who is asking, worked out once per run; where nobody may, the way to sign in is all there is."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import streamlit as st

from core.access import LOCAL_OWNER, NOBODY, Principal
from core.errors import PlumblineError
from core.team import SignIn, note_refusal, note_sign_in, principal_of
from pages.ui.serving import LOCAL_NAMES, Serving, is_behind_the_door, serving, serving_problem, user_header
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.store.engine import Store

_NOTED = "sign_in_noted"
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def who_asks() -> Principal | PlumblineError:
    """Return who runs this page, or why nobody is let in. Never from the address or what a page kept."""
    how = serving()
    if how in (Serving.LOCAL, Serving.EVERYBODY):
        return LOCAL_OWNER
    store = workspace_store()
    sign_in = _sign_in_of_run(how)
    if sign_in is None:
        return NOBODY
    try:
        found = principal_of(store, sign_in)
    except PlumblineError as problem:
        reason = problem.issue
        _note_once(reason.code, lambda: note_refusal(store, sign_in, reason.what))
        return problem
    _note_once("in", lambda: note_sign_in(store, sign_in, found, now=int(time.time())))
    return found


def setup_problem() -> str:
    """Return why nobody may be answered as this server is set up, '' where all is well."""
    found = serving_problem()
    if found or is_behind_the_door():
        return found
    if serving() is not Serving.LOCAL or comes_from_elsewhere(st.context.headers):
        return "Start Plumbline with streamlit_app.py: started otherwise it serves this computer only."
    return ""


def comes_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Return whether a request was passed on for somebody, or asks for another name than this computer's."""
    given = {name.lower(): value for name, value in headers.items()}
    if any(name in given for name in _PASSED_ON):
        return True
    host = given.get("host", "")
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return bool(host) and name.lower() not in LOCAL_NAMES


def principal_of_request(headers: Mapping[str, str], cookies: Mapping[str, str], store: Store) -> Principal:
    """Return who makes a request outside a page: for a picture, a download, an upload.

    Args:
        headers: as they passed the front door, which takes out claims nobody vouches for.
        cookies: of the request.
        store: where the list of people is.
    """
    how = serving()
    if how in (Serving.LOCAL, Serving.EVERYBODY):
        return LOCAL_OWNER
    sign_in = (
        _of_header(headers.get(user_header(), "")) if how is Serving.PROXY else _of_claims(_cookie(cookies))
    )
    if sign_in is None:
        return NOBODY
    try:
        return principal_of(store, sign_in)
    except PlumblineError:
        return NOBODY


def _sign_in_of_run(how: Serving) -> SignIn | None:
    if how is Serving.PROXY:
        return _of_header(st.context.headers.get(user_header(), ""))
    return _of_claims(st.user.to_dict()) if st.user.get("is_logged_in") else None


def _of_header(written: str) -> SignIn | None:
    return SignIn(email=written, is_verified=True, needs_age=False) if written.strip() else None


def _of_claims(claims: Mapping[str, object]) -> SignIn | None:
    """Return what an identity token says; without a time it counts as too old."""
    if not claims.get("is_logged_in"):
        return None
    since = claims.get("iat")
    return SignIn(
        email=str(claims.get("email") or ""),
        is_verified=claims.get("email_verified") is True,
        since=int(since) if isinstance(since, int | float) else None,
    )


def _cookie(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """Return what Streamlit's own signed cookie says; {} for none, a forged or an unreadable one.

    The call is internal to Streamlit: where it has moved, nobody is let in.
    """
    try:
        from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

        found = _get_signed_cookie_with_chunks(dict(cookies), "_streamlit_user")
        claims = json.loads(found) if found else {}
    except (ImportError, ValueError, TypeError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _note_once(what: str, note: Callable[[], None]) -> None:
    """Write something down once per session, so that a reload does not fill the record."""
    noted = st.session_state.setdefault(_NOTED, set())
    if what not in noted:
        noted.add(what)
        note()
