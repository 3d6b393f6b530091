"""After signing in, back to the page that was asked for, and nowhere else."""

import pytest

from pages.ui import way_back
from pages.ui.serving import Serving
from pages.ui.way_back import COOKIE, WayBack
from tests.access.asking import Visitor


def answering(status=200, location=""):
    headers = [(b"location", location.encode())] if location else []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return app


def ask(path, *, app=None, address="127.0.0.1", **headers):
    return Visitor(
        address=address, headers=headers, app=WayBack(app or answering(), addresses=["funnel", "data"])
    ).get(path)


@pytest.fixture(autouse=True)
def _with_sign_in(monkeypatch):
    monkeypatch.setattr(way_back, "serving", lambda: Serving.SIGN_IN)


def cookie_of(answer):
    return answer.headers.get("set-cookie", "")


def test_a_page_that_was_asked_for_waits_in_a_cookie_of_the_browser():
    cookie = cookie_of(ask("/funnel?campaign=spring&x=a%26b"))
    assert cookie.startswith(f"{COOKIE}=%2Ffunnel%3Fcampaign%3Dspring%26x%3Da%2526b;")
    assert {"HttpOnly", "Max-Age=900", "Path=/", "SameSite=lax"} <= {
        part.strip() for part in cookie.split(";")
    }


@pytest.mark.parametrize(
    "path", ["/", "/static/js/main.js", "/_stcore/health", "/s/token", "/funnel/x", "//evil.example"]
)
def test_nothing_else_is_remembered(path):
    assert cookie_of(ask(path)) == ""


def test_the_way_back_leads_to_the_page_and_takes_the_cookie_away():
    answer = ask(
        "/oauth2callback?code=1", app=answering(302, "/"), cookie=f"{COOKIE}=%2Ffunnel%3Fcampaign%3Dspring"
    )
    assert answer.headers["location"] == "/funnel?campaign=spring"
    assert "Max-Age=0" in cookie_of(answer)


@pytest.mark.parametrize(
    "kept",
    [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example%2Ffunnel",
        "%2Fnothing",
        "%2Ffunnel%0d%0aset-cookie%3Ax",
        "%5C%5Cevil",
    ],
)
def test_whatever_the_cookie_says_nobody_is_led_elsewhere(kept):
    answer = ask("/oauth2callback", app=answering(302, "/"), cookie=f"{COOKIE}={kept}")
    assert answer.headers["location"] == "/"


def test_a_query_with_line_breaks_stays_a_query():
    answer = ask(
        "/oauth2callback", app=answering(302, "/"), cookie=f"{COOKIE}=%2Ffunnel%3Fa%3D%250d%250aX%253Ay"
    )
    assert answer.headers["location"] == "/funnel?a=%0D%0AX%3Ay"


def test_where_signing_in_failed_or_leads_on_the_way_stays():
    for status, location in ((302, "https://service.example/"), (400, "")):
        answer = ask("/oauth2callback", app=answering(status, location), cookie=f"{COOKIE}=%2Ffunnel")
        assert answer.headers.get("location", "") == location


def test_a_very_long_query_is_left_out():
    assert cookie_of(ask(f"/funnel?x={'a' * 5_000}")).startswith(f"{COOKIE}=%2Ffunnel;")


def test_without_signing_in_there_is_no_way_back(monkeypatch):
    monkeypatch.setattr(way_back, "serving", lambda: Serving.LOCAL)
    assert cookie_of(ask("/funnel")) == ""
