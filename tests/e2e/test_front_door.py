"""The front door: deep links, health, headers, and nothing fetched from elsewhere."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request

import pytest

from pages.ui.front_door import is_known_host
from tests.e2e.screens import ADDRESSES, settle

pytestmark = pytest.mark.browser


def test_a_deep_link_as_first_request_goes_through_the_router(server, browser):
    page = browser.new_page()
    page.goto(f"{server.address}/funnel?campaign=no-such-campaign")
    settle(page)
    page.get_by_text("There is no campaign yet.").first.wait_for()
    shown = page.locator("[data-testid=stSidebarNav]").inner_text()
    assert "Upload files" in shown
    assert "Orders and credit" in shown
    assert "plain" not in shown.lower()
    page.close()


def test_every_page_opens_on_an_empty_store_as_first_request_without_an_error(server, browser):
    page = browser.new_page()
    for address in ADDRESSES:
        page.goto(f"{server.address}/{address}")
        settle(page)
        page.locator("h1").first.wait_for()
        assert page.get_by_text("Something went wrong").count() == 0, address
        assert page.locator("[data-testid=stException]").count() == 0, address
    page.close()


def test_health_touches_the_store(server):
    with urllib.request.urlopen(f"{server.address}/healthz") as answer:
        assert json.load(answer)["status"] == "ok"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/openapi.json"])
def test_what_nobody_needs_is_closed(server, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.address + path)
    assert refused.value.code == 404


def test_pages_carry_a_strict_policy_and_fetch_nothing_from_elsewhere(server, browser):
    page = browser.new_page()
    asked, blocked = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: blocked.append(message.text) if "Content Security Policy" in message.text else None,
    )
    answer = page.goto(server.address)
    settle(page)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.address.split("/")[2]}
    assert blocked == []
    page.close()


def answer_to(server, host, path="/", **headers):
    connection = http.client.HTTPConnection("localhost", server.port, timeout=20)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {"Host": host, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/_stcore/stream", "/media/x.csv"])
def test_a_name_that_somebody_elses_page_points_here_is_refused(server, path):
    answer = answer_to(server, f"evil.example:{server.port}", path)
    assert answer.status == 421
    assert b"evil" not in answer.read()


def test_a_websocket_under_a_strange_name_is_refused(server):
    asks = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}  # fmt: skip
    assert answer_to(server, "evil.example", "/_stcore/stream", **asks).status == 403
    assert answer_to(server, f"localhost:{server.port}", "/_stcore/stream", **asks).status == 101


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "127.0.0.1", "[::1]"])
def test_this_computer_is_known_by_each_of_its_names(server, name):
    assert answer_to(server, f"{name}:{server.port}", "/healthz").status == 200


@pytest.mark.parametrize(
    ("host", "known", "is_known"),
    [
        ("", ["*"], False),
        ("app.example:443", ["app.example"], True),
        ("app.example.evil", ["app.example"], False),
        ("a.app.example", ["*.app.example"], True),
        ("app.example", ["*.app.example"], False),
        ("localhost@evil.example", ["localhost"], False),
        ("[::1", ["::1"], False),
        ("anything.example", ["*"], True),
    ],
)
def test_a_host_is_known_by_its_whole_name(host, known, is_known):
    assert is_known_host(host, known) is is_known
