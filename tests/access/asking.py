"""A visitor with a browser of their own, who asks our routes through the front door, without a server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlencode

from starlette.applications import Starlette

from pages.ui.front_door import ROUTES, SHIELD


def run_apart(work):
    """Return what a coroutine returns, run in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: dict
    content: bytes
    path: str
    given: list = field(default_factory=list)  # cookies

    @property
    def text(self):
        return self.content.decode("utf-8", "replace")


@dataclass
class Visitor:
    """Somebody at an address, with the cookies their browser was given."""

    address: str = "127.0.0.1"
    headers: dict = field(default_factory=dict)
    cookies: dict = field(default_factory=dict)  # (path, name) -> value
    app: Starlette = field(default_factory=lambda: Starlette(routes=ROUTES, middleware=SHIELD))

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, data=None, content=b""):
        return self.request("POST", path, urlencode(data).encode() if data is not None else content)

    def request(self, method, path, body=b""):
        answer = run_apart(self._ask(method, path, body))
        for given in answer.given:
            for name, morsel in SimpleCookie(given).items():
                self.cookies[morsel["path"], name] = morsel.value
        return answer

    async def _ask(self, method, path, body):
        held = [f"{name}={value}" for (under, name), value in self.cookies.items() if path.startswith(under)]
        headers = {"host": "localhost", **self.headers}
        if held and "cookie" not in headers:
            headers["cookie"] = "; ".join(held)
        place, _, query = path.partition("?")
        raw = quote(place, safe="/%:@!$&'()*+,;=~-._").encode()
        scope = {
            "type": "http", "method": method, "path": unquote(place), "raw_path": raw, "query_string": query.encode(),
            "scheme": "http", "http_version": "1.1", "root_path": "", "server": ("localhost", 80),
            "client": (self.address, 5000), "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()],
        }  # fmt: skip
        sent = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        return Answer(
            status_code=start["status"],
            headers={name.decode(): value.decode("latin-1") for name, value in start["headers"]},
            content=b"".join(message.get("body", b"") for message in sent[1:]),
            path=path,
            given=[value.decode("latin-1") for name, value in start["headers"] if name == b"set-cookie"],
        )
