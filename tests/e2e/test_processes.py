"""A server that dies during an import, and two servers on one store."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.e2e.plans import plan, shop_orders, studio_zip
from tests.e2e.screens import card, drop, import_all, settle, visit, words

pytestmark = pytest.mark.browser
ORDERS = 15_000


def stored(folder):
    with sqlite3.connect(folder / "plumbline.db") as connection:
        return (
            connection.execute("SELECT COUNT(*) FROM shop_order").fetchone()[0],
            connection.execute("SELECT COUNT(*) FROM import_batch").fetchone()[0],
        )


def test_a_server_killed_during_an_import_leaves_nothing_or_all_and_says_so(own_server, folder, tab):
    plan(folder)
    server, page = own_server(), tab()
    drop(visit(page, server, "upload"), shop_orders(ORDERS))
    job = re.search(r"job=(\d+)", page.url)[1]
    page.get_by_role("button", name=re.compile("Import 1 file")).click()
    page.get_by_text("You can leave this page").wait_for()
    server.kill()
    assert stored(folder) in {(0, 0), (ORDERS, 1)}

    again = own_server()
    visit(page, again, "upload", job=job)
    orders, batches = stored(folder)
    assert page.get_by_role("progressbar").count() == 0
    assert re.search(r"[Ss]topped|imported|rows =", words(page)), words(page)
    visit(page, again, "history")
    assert ("No file has been imported yet" in words(page)) == (batches == 0)
    drop(visit(page, again, "upload"), shop_orders(ORDERS))
    assert ("this very file was imported" in words(page)) == (orders == ORDERS)


def test_two_servers_on_one_store_show_the_same_numbers(own_server, folder, tab):
    plan(folder)
    here, there = own_server(), own_server()
    page, other = tab(), tab()
    visit(other, there, "funnel")
    before = card(other, "Video views")
    drop(visit(page, here, "upload"), studio_zip())
    import_all(page)
    visit(page, here, "funnel")
    other.reload()
    settle(other)
    other.locator("h1").first.wait_for()
    assert card(other, "Video views") == card(page, "Video views") == "500" != before
