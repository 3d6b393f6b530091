"""What stands in front of every request: start-up, health, who may pass, headers, last-resort errors."""

from __future__ import annotations

import gc
import logging
import secrets
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.websockets import WebSocketClose

from core.access import Action, may_somewhere
from core.errors import PlumblineError
from pages.ui.daily import back_up_daily
from pages.ui.identity import principal_of_request
from pages.ui.peers import is_encrypted, is_this_computer, without_claims
from pages.ui.refusals import note_refused
from pages.ui.routing import PAGES
from pages.ui.serving import LOCAL_NAMES, Serving, base_path, serving, serving_problem, stand_at_the_door
from pages.ui.shared_routes import SHARED_ROUTES, VISITS
from pages.ui.sockets import send_at_once
from pages.ui.upload_gate import GATE
from pages.ui.way_back import WayBack
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.access import Principal

LOG = logging.getLogger("plumbline")

# Streamlit needs inline styles; scripts come from this server only, and nothing is
# fetched from elsewhere, so that a name or caption in a file cannot call home.
# The one inline script of Streamlit 1.67's index page, allowed by its hash.
INDEX_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {INDEX_SCRIPT}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_ENCRYPTED_ONLY = "max-age=31536000"
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")
_UPLOADS, _MEDIA = "/_stcore/upload_file/", "/media/"
_ELSEWHERE = "Plumbline serves the computer it runs on and nobody else, because no sign-in is set up."
_UNKNOWN_NAME = (
    "Plumbline is not known under this name. Open it as http://localhost, or list the name in "
    "server.allowedHosts."
)


def is_known_host(host: str, known: Sequence[str]) -> bool:
    """Return whether a request's Host header names this server.

    A page elsewhere can make its own name point at this computer and then read what
    its visitor's browser is answered; only the name it asked for gives it away.

    Args:
        host: the header, with or without a port.
        known: names as in `server.allowedHosts`; `*.` stands for what lies below a name, `*` for all.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    patterns = [pattern.strip().lower() for pattern in known]
    return bool(name) and any(
        pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))
        for pattern in patterns
    )


def known_hosts() -> tuple[str, ...]:
    """Return the names this server goes by; those of this computer while it serves nobody else."""
    stated = tuple(str(name) for name in st.get_option("server.allowedHosts") or ())
    is_local = str(st.get_option("server.address") or "").strip("[]") in LOCAL_NAMES
    return stated or (LOCAL_NAMES if is_local else ("*",))


class Shield:
    """Refuses whom this server does not answer, closes what nobody needs, adds the headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not is_known_host(Headers(scope=scope).get("host", ""), known_hosts()):
            await _refuse(scope, receive, send, status=421, words=_UNKNOWN_NAME)
            return
        if serving() is Serving.LOCAL and not is_this_computer(scope):
            await _refuse(scope, receive, send, status=403, words=_ELSEWHERE)
            return
        scope = without_claims(scope)
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        await self._answer(scope, receive, _with_headers(scope, send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = _path_of(scope)
        if any(path.rstrip("/").startswith(closed) for closed in CLOSED_PATHS):
            await _refuse(scope, receive, send, status=404, words="Not found.")
        elif path.startswith(_UPLOADS) and scope["method"] in ("PUT", "DELETE"):
            await self._take_file(scope, receive, send, path)
        elif path.startswith(_MEDIA) and not await anyio.to_thread.run_sync(_may_read, scope):
            await _refuse(scope, receive, send, status=404, words="Not found.")
        else:
            await self.app(scope, receive, send)

    async def _take_file(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        session, _, file = path.removeprefix(_UPLOADS).partition("/")
        if not await anyio.to_thread.run_sync(_may_send_files, scope):
            await _refuse(scope, receive, send, status=403, words="You may not send files here.")
            return
        if scope["method"] == "DELETE":
            GATE.let_go(session, file)
            await self.app(scope, receive, send)
            return
        size = Headers(scope=scope).get("content-length", "")
        if not (size.isascii() and size.isdigit()):
            await _refuse(scope, receive, send, status=411, words="The size of the file is missing.")
            return
        problem = GATE.take(session, file, int(size))
        if problem:
            status, words = _GATE_WORDS[problem]
            await _refuse(scope, receive, send, status=status, words=words)
            return
        await self.app(scope, receive, send)


_GATE_WORDS = {
    "closed": (403, "Files are taken on the upload page only."),
    "full": (413, "Too many files are waiting. Import those first, or remove some."),
}


def _path_of(scope: Scope) -> str:
    """Return the path of a request as if the app lay at the root of its server."""
    return str(scope["path"]).removeprefix(base_path())


def _asker(scope: Scope) -> Principal:
    headers = Headers(scope=scope)
    cookies = cookie_parser(headers.get("cookie", ""))
    return principal_of_request(headers, cookies, workspace_store())


def _may_read(scope: Scope) -> bool:
    return may_somewhere(_asker(scope), Action.READ)


def _may_send_files(scope: Scope) -> bool:
    """Return whether whoever asks may import, or share: a brand's logo is a file, too."""
    asker = _asker(scope)
    return any(may_somewhere(asker, action) for action in (Action.IMPORT, Action.SHARE))


def _with_headers(scope: Scope, send: Send) -> Send:
    """Return a `send` that adds our headers, those of the answer first."""
    is_media = _path_of(scope).startswith(_MEDIA)
    encrypted = is_encrypted(scope)

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if is_media:
                headers["cache-control"] = "no-store"
            if encrypted:
                headers.setdefault("strict-transport-security", _ENCRYPTED_ONLY)
        await send(message)

    return answer


async def _refuse(scope: Scope, receive: Receive, send: Send, *, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(reason="refused")(scope, receive, send)
        return
    await PlainTextResponse(words, status_code=status, headers={"cache-control": "no-store"})(
        scope, receive, send
    )


def _health() -> tuple[dict[str, str], int]:
    try:
        revision = workspace_store().revision()
    except PlumblineError as problem:
        return {"status": "failing", "problem": problem.issue.code}, 503
    return {"status": "ok", "revision": str(revision)}, 200


async def _answer_health(_request: Request) -> JSONResponse:
    body, status = await anyio.to_thread.run_sync(_health)
    return JSONResponse(body, status_code=status, headers={"cache-control": "no-store"})


def _warm_up() -> None:
    """Import what the first page needs and draw one throw-away chart."""
    import altair as alt
    import pandas as pd

    import core.charts  # noqa: F401  (so that the first page finds it loaded)
    from core.imports.jobs import close_orphans

    alt.Chart(pd.DataFrame({"x": [0]})).mark_bar().encode(x="x").to_dict()
    try:
        close_orphans(workspace_store())
    except PlumblineError as problem:
        LOG.warning("The store could not be opened: %s", problem)


@asynccontextmanager
async def prepare_process(
    _app: st.App,
) -> AsyncIterator[dict[str, Any]]:  # Any: Starlette's own type of state
    """Prepare the process once: imports, migrations, and a heap that is not collected again.

    Streamlit collects garbage after every run; freezing what start-up made keeps a
    rerun of an empty page at a few milliseconds.

    Raises:
        SystemExit: where the server would answer people it must not answer.
    """
    problem = serving_problem()
    if problem:
        sys.stderr.write(f"\nPlumbline does not start.\n{problem}\n\n")
        raise SystemExit(3)
    stand_at_the_door()
    await anyio.to_thread.run_sync(_warm_up)
    back_up_daily()
    send_at_once()
    gc.collect()
    gc.freeze()
    yield {"ready": True}
    await anyio.to_thread.run_sync(VISITS.write)


def report_error(problem: Exception) -> bool:
    """Say in plain words that something went wrong, and log the rest under an id."""
    if isinstance(problem, PlumblineError):
        note_refused(problem)
        st.error(f"{problem.issue.what} {problem.issue.fix}".replace("[", "\\[").replace("!", "\\!"))
        return True
    incident = secrets.token_hex(4)
    LOG.error("incident %s", incident, exc_info=problem)
    st.error(
        "Something went wrong on our side. Nothing of your data was changed by it. "
        f"Reload the page; if it happens again, quote the number {incident}.",
    )
    return True


ROUTES = [Route("/healthz", _answer_health), *SHARED_ROUTES]
SHIELD = [
    Middleware(Shield),
    Middleware(WayBack, addresses=[address for pages in PAGES.values() for *_, address in pages]),
]
