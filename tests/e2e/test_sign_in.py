"""Signing in with OpenID Connect, in a real browser and with a provider on this computer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.conftest import Server, free_port

BOSS = "mara@example.com"
PEOPLE = (
    {"sub": "mara", "email": BOSS, "email_verified": True},
    {"sub": "eve", "email": "eve@example.com", "email_verified": True},
    {"sub": "una", "email": BOSS, "email_verified": False},
)


@pytest.fixture
def provider():
    """Return the address of a sign-in service that knows three people."""
    address = f"http://localhost:{(port := free_port())}"
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(port)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2).close()
            break
        except OSError:
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
    yield address
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def signing_in(provider, folder, monkeypatch):
    """Return a server that knows people by that service."""
    port = free_port()
    monkeypatch.setattr("tests.e2e.conftest.free_port", lambda: port)
    running = Server(
        folder,
        PLUMBLINE_ADMIN=BOSS,
        PLUMBLINE_SIGN_IN_REDIRECT_URI=f"http://localhost:{port}/oauth2callback",
        PLUMBLINE_SIGN_IN_COOKIE_SECRET="only-for-this-test-" * 2,
        PLUMBLINE_SIGN_IN_CLIENT_ID="plumbline",
        PLUMBLINE_SIGN_IN_CLIENT_SECRET="only-for-this-test",
        PLUMBLINE_SIGN_IN_METADATA_URL=f"{provider}/.well-known/openid-configuration",
    )
    yield running
    running.stop()


def sign_in(page, server, who, address="/"):
    page.goto(server.address + address)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{server.address}/**")
    return page


def test_who_is_listed_gets_in_and_lands_on_the_page_asked_for(signing_in, tab):
    page = sign_in(tab(), signing_in, "mara", "/glossary")
    page.get_by_role("heading", name="Glossary").wait_for()
    assert page.url == f"{signing_in.address}/glossary"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="End Session").wait_for()
    page.goto(f"{signing_in.address}/glossary")
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_role("heading", name="Glossary").count() == 0


def test_who_is_not_listed_or_not_vouched_for_stays_outside(signing_in, tab):
    page = sign_in(tab(), signing_in, "eve")
    page.get_by_text("nobody has given you access").wait_for()
    page = sign_in(tab(), signing_in, "una")
    page.get_by_text("does not vouch for your e-mail address").wait_for()
    assert page.get_by_text("Funnel").count() == 0
