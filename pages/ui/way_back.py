"""After signing in, back to the page that was asked for: Streamlit itself leads to the start.

The address waits in a cookie of this browser. Only addresses of our own pages are led back to, and the
address is put together anew, so that nobody can be sent elsewhere.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

from pages.ui.peers import is_encrypted
from pages.ui.serving import Serving, base_path, serving

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "plumbline_wanted"
CALLBACK = "/oauth2callback"
_SECONDS = 900  # how long somebody may take to sign in
_LONGEST = 1_500  # characters of a query that is remembered


class WayBack:
    """Notes which page was asked for, and turns the way back from the sign-in service there."""

    def __init__(self, app: ASGIApp, *, addresses: Collection[str]) -> None:
        """Stand in front of `app`.

        Args:
            app: what answers.
            addresses: of the pages, without slashes.
        """
        self.app = app
        self.addresses = frozenset(addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or serving() is not Serving.SIGN_IN:
            await self.app(scope, receive, send)
            return
        path = str(scope["path"]).removeprefix(base_path())
        wanted = self._page(path, scope["query_string"].decode("latin-1"))
        if wanted:
            send = _with_cookie(send, wanted, _SECONDS, is_secure=is_encrypted(scope))
        elif path == CALLBACK:
            kept = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")
            send = self._led_back(send, kept, is_secure=is_encrypted(scope))
        await self.app(scope, receive, send)

    def _page(self, path: str, query: str) -> str:
        """Return the address of one of our pages, put together anew; '' for anything else."""
        name = path.strip("/")
        if name not in self.addresses:
            return ""
        pairs = urlencode(parse_qsl(query, keep_blank_values=True))
        bare = f"{base_path()}/{name}"
        return f"{bare}?{pairs}" if pairs and len(pairs) <= _LONGEST else bare

    def _led_back(self, send: Send, kept: str, *, is_secure: bool) -> Send:
        path, _, query = unquote(kept).partition("?")
        address = self._page(path.removeprefix(base_path()), query)
        home = {f"{base_path()}/", base_path()}

        async def answer(message: Message) -> None:
            if address and message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                if headers.get("location") in home:  # signed in: after a failure it leads elsewhere
                    headers["location"] = address
            await send(message)

        return _with_cookie(answer, "", 0, is_secure=is_secure) if kept else answer


def _with_cookie(send: Send, value: str, seconds: int, *, is_secure: bool) -> Send:
    """Return a `send` that sets our cookie on the answer; no seconds take it away."""
    cookie = SimpleCookie({COOKIE: quote(value, safe="")})
    words: dict[str, Any] = {"max-age": seconds, "path": "/", "httponly": True, "samesite": "lax"}
    cookie[COOKIE].update(words | ({"secure": True} if is_secure else {}))
    written = cookie[COOKIE].OutputString()

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", written)
        await send(message)

    return answer
