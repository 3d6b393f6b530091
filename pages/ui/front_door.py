"""What stands in front of every request: start-up, health, headers, last-resort errors."""

from __future__ import annotations

import gc
import logging
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.websockets import WebSocketClose

from core.errors import PlumblineError
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    b"content-security-policy": CONTENT_SECURITY_POLICY.encode(),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-robots-tag": b"noindex",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


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
    """Refuses names that are not ours, closes what nobody needs, adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not is_known_host(Headers(scope=scope).get("host", ""), known_hosts()):
            await _refuse_host(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        if any(str(scope["path"]).rstrip("/").startswith(path) for path in CLOSED_PATHS):
            await JSONResponse({"detail": "not found"}, status_code=404)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in HEADERS.items() if name not in known),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)


async def _refuse_host(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(reason="unknown host")(scope, receive, send)
        return
    words = (
        "Plumbline is not known under this name. Open it as http://localhost, or list the name in "
        "server.allowedHosts."
    )
    await PlainTextResponse(words, status_code=421, headers={"cache-control": "no-store"})(
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
    """
    await anyio.to_thread.run_sync(_warm_up)
    gc.collect()
    gc.freeze()
    yield {"ready": True}


def report_error(problem: Exception) -> bool:
    """Say in plain words that something went wrong, and log the rest under an id."""
    if isinstance(problem, PlumblineError):
        st.error(f"{problem.issue.what} {problem.issue.fix}".replace("[", "\\[").replace("!", "\\!"))
        return True
    incident = secrets.token_hex(4)
    LOG.error("incident %s", incident, exc_info=problem)
    st.error(
        "Something went wrong on our side. Nothing of your data was changed by it. "
        f"Reload the page; if it happens again, quote the number {incident}.",
    )
    return True


ROUTES = [Route("/healthz", _answer_health)]
SHIELD = [Middleware(Shield)]
