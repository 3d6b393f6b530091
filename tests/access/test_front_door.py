"""Whom the server answers at all: names, addresses, claims, uploads, pictures."""

import json
import re
from pathlib import Path

import pytest
import streamlit as st

from core.access import LOCAL_OWNER
from core.team import remove_member
from pages.ui import identity, serving
from pages.ui.front_door import Shield
from pages.ui.peers import is_trusted, peer_of, visitor_of, without_claims
from pages.ui.serving import serving_problem
from pages.ui.upload_gate import GATE, MOST_FILES, Gate
from pages.ui.workspace import forget_store, workspace_store
from tests.access.asking import Visitor, run_apart
from tests.access.world import invite

ROOT = Path(__file__).resolve().parents[2]
EVERYWHERE = "0.0.0.0"  # noqa: S104  (it must be refused)
UPLOAD = "/_stcore/upload_file/session-1/file-1"


async def inner(scope, receive, send):
    """Answer with what came through."""
    headers = {key.decode(): value.decode() for key, value in scope["headers"]}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(headers).encode()})


def visitor(address="127.0.0.1", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Visitor(address=address, headers=named, app=Shield(inner))


@pytest.fixture
def proxied(monkeypatch, tmp_path, sqlite_url):
    monkeypatch.setenv("PLUMBLINE_USER_HEADER", "X-Email")
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.0/8")
    monkeypatch.setenv("PLUMBLINE_ADMIN", "boss@example.com")
    forget_store()
    yield workspace_store().acting_as(LOCAL_OWNER)
    forget_store()


def test_without_sign_in_only_this_computer_is_answered():
    assert visitor().get("/").status_code == 200
    assert visitor("::1").get("/").status_code == 200
    assert visitor("192.168.1.5").get("/").status_code == 403
    assert visitor(x_forwarded_for="203.0.113.9").get("/").status_code == 403
    assert visitor(forwarded="for=203.0.113.9").get("/").status_code == 403
    assert visitor(host="evil.example").get("/").status_code == 421


def test_a_claim_counts_only_from_a_trusted_proxy_and_only_once(proxied):
    assert "x-email" in visitor("10.1.2.3", x_email="a@example.com").get("/").text
    for address in ("192.0.2.7", "127.0.0.1", "::1"):
        assert "x-email" not in visitor(address, x_email="a@example.com").get("/").text
    scope = {"client": ("10.1.2.3", 99), "headers": [(b"x-email", b"a@b.c"), (b"X-Email", b"eve@b.c")]}
    assert without_claims(scope)["headers"] == []


def test_a_proxy_on_this_computer_is_known_by_how_the_server_marks_it(proxied, monkeypatch):
    marked = {"client": ("203.0.113.9", 0), "headers": []}
    assert peer_of(marked) == "127.0.0.1"
    assert not is_trusted(marked)
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "127.0.0.1")
    assert is_trusted(marked)
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert not is_trusted(marked)


def test_tries_are_counted_by_the_visitor_behind_the_proxy_and_not_by_what_a_stranger_writes(proxied):
    def of(address, forwarded=""):
        return visitor_of({"client": (address, 99), "headers": [(b"x-forwarded-for", forwarded.encode())]})

    assert of("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2") == "203.0.113.9"
    assert of("192.0.2.7", "203.0.113.9") == "192.0.2.7"
    assert of("2001:db8:1:2:3::4") == of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert of("10.0.0.1", "nonsense") == "10.0.0.1"


def test_files_come_in_from_sessions_with_an_upload_page_only(monkeypatch):
    gate = Gate()
    monkeypatch.setattr("pages.ui.front_door.GATE", gate)
    who = visitor(content_length="1000")
    assert who.request("PUT", UPLOAD).status_code == 403
    gate.open_for("session-1")
    assert who.request("PUT", UPLOAD).status_code == 200
    assert who.request("PUT", UPLOAD.replace("session-1", "session-2")).status_code == 403
    assert visitor().request("PUT", UPLOAD).status_code == 411
    assert visitor(content_length=str(10**12)).request("PUT", UPLOAD).status_code == 413


def test_a_session_may_hold_so_many_files_at_once():
    gate = Gate()
    gate.open_for("s")
    assert all(gate.take("s", str(number), 10) == "" for number in range(MOST_FILES))
    assert gate.take("s", "more", 10) == "full"
    assert gate.take("s", "0", 20) == ""  # the same file again
    gate.let_go("s", "0")
    assert gate.take("s", "more", 10) == ""
    gate.let_go("s")
    assert gate.take("s", "again", 10) == ""
    assert gate.take("other", "x", 1) == "closed"


def test_readers_send_no_files_and_strangers_get_no_pictures(proxied):
    invite(proxied, "reader", "viewer")
    member = invite(proxied, "maker", "editor")
    GATE.open_for("session-1")

    def as_(name):
        return visitor("10.1.2.3", x_email=f"{name}@example.com", content_length="10")

    picture = "/media/abc.png"
    assert [as_(name).get(picture).status_code for name in ("stranger", "reader", "maker")] == [404, 200, 200]
    assert visitor("10.1.2.3").get(picture).status_code == 404
    assert visitor("192.0.2.7", x_email="maker@example.com").get(picture).status_code == 404
    assert as_("reader").get(picture).headers["cache-control"] == "no-store"
    assert [as_(name).request("PUT", UPLOAD).status_code for name in ("stranger", "reader", "maker")] == [
        403,
        403,
        200,
    ]
    remove_member(proxied, member)
    assert as_("maker").get(picture).status_code == 404
    assert as_("maker").request("PUT", UPLOAD).status_code == 403


@pytest.mark.parametrize(
    "cookie", ["", "a", "_streamlit_user=x", "_streamlit_user=1|2|3|x; _streamlit_user_1=y"]
)
def test_a_forged_sign_in_cookie_is_none(monkeypatch, sqlite_url, cookie):
    for name in ("REDIRECT_URI", "COOKIE_SECRET", "CLIENT_ID", "CLIENT_SECRET", "METADATA_URL"):
        monkeypatch.setenv(f"PLUMBLINE_SIGN_IN_{name}", "stated")
    monkeypatch.setenv("PLUMBLINE_ADMIN", "boss@example.com")
    forget_store()
    assert visitor(cookie=cookie).get("/media/x.png").status_code == 404
    forget_store()


def test_a_true_sign_in_cookie_is_read(monkeypatch):
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    claims = {"is_logged_in": True, "email": "boss@example.com", "email_verified": True, "iat": 5}
    signed = create_signed_value(get_cookie_secret(), "_streamlit_user", json.dumps(claims))
    assert identity._cookie({"_streamlit_user": signed.decode()}) == claims


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent", "/_stcore/agent/x"]
)
def test_what_nobody_needs_is_closed(path):
    assert visitor().get(path).status_code == 404


def test_a_websocket_from_elsewhere_is_closed_before_anything_runs():
    sent = []

    async def run():
        scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "client": ("192.168.1.5", 9),
            "headers": [(b"host", b"localhost")],
        }

        async def send(message):
            sent.append(message)

        await Shield(inner)(scope, None, send)

    run_apart(run())
    assert [message["type"] for message in sent] == ["websocket.close"]


@pytest.mark.parametrize(
    ("options", "environment", "problem"),
    [
        ({}, {}, ""),
        ({"server.address": EVERYWHERE}, {}, "no sign-in is set up"),
        ({"server.address": ""}, {}, "no sign-in is set up"),
        ({"server.allowedHosts": ["plumbline.example"]}, {}, "plumbline.example"),
        ({"server.address": EVERYWHERE}, {"PLUMBLINE_SERVE_WITHOUT_SIGN_IN": "1"}, "no sign-in is set up"),
        ({"server.address": EVERYWHERE}, {"PLUMBLINE_SERVE_WITHOUT_SIGN_IN": "everyone-is-admin"}, ""),
        ({}, {"PLUMBLINE_USER_HEADER": "X-Email", "PLUMBLINE_ADMIN": "a@b.c"}, "TRUSTED_PROXIES"),
        ({}, {"PLUMBLINE_USER_HEADER": "X-Email", "PLUMBLINE_TRUSTED_PROXIES": "10.0.0.1"}, "PLUMBLINE_ADMIN"),
        ({}, {"PLUMBLINE_USER_HEADER": "X-Email", "PLUMBLINE_TRUSTED_PROXIES": "all", "PLUMBLINE_ADMIN": "a@b.c"}, "TRUSTED_PROXIES"),
        ({}, {"PLUMBLINE_SIGN_IN_CLIENT_ID": "x"}, "set up by half"),
    ],
)  # fmt: skip
def test_what_would_let_strangers_in_is_refused_at_the_start(monkeypatch, options, environment, problem):
    before = st.get_option
    monkeypatch.setattr(serving.st, "get_option", lambda name: options.get(name, before(name)))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = serving_problem()
    assert problem in found
    assert bool(problem) == bool(found)


def test_whoever_draws_an_upload_box_opens_the_gate():
    for file in (*ROOT.glob("pages/*.py"), *ROOT.glob("pages/ui/*.py")):
        words = file.read_text()
        assert "st.file_uploader(" not in words or "open_gate()" in words, (
            f"{file.name}: call open_gate() before the box"
        )


def test_ways_to_other_pages_are_drawn_through_the_one_that_knows_rights():
    for file in (*ROOT.glob("pages/*.py"), *ROOT.glob("pages/ui/*.py")):
        if file.name != "ways.py":
            assert not re.search(r"\bst\.page_link\(", file.read_text()), f"{file.name}: use way_to() instead"
