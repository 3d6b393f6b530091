"""A marketer's own files: plan, drop, answer, import, read, repeat, undo."""

from __future__ import annotations

import re

import pytest

from tests.e2e.plans import plan, shop_orders, studio_zip, unknown_table
from tests.e2e.screens import card, drop, import_all, press, settle, type_day, visit, words

pytestmark = pytest.mark.browser


def create_campaign(page, server):
    visit(page, server).get_by_text("Create your campaign").click()
    page.get_by_label("Campaign name").fill("Spring launch")
    page.get_by_placeholder("Glow Cosmetics").fill("Glow")
    type_day(page, "First day", "20260301")
    type_day(page, "Last day", "20260328")
    press(page, "Create campaign")
    page.get_by_text("is created").wait_for()


def add_creator(page):
    page.get_by_role("link", name="Next: Add the creators").first.click()
    box = page.get_by_role("textbox", name="Rows, with or without headings")
    box.fill("handle\tname\tfee\n@ada.brews\tAda\t100")
    box.press("Control+Enter")
    press(page, "Add 1 creator")
    page.get_by_role("gridcell", name="ada.brews", include_hidden=True).first.wait_for(state="attached")


def test_from_nothing_to_a_funnel_of_ones_own_files_and_back(own_server, tab):
    server, page = own_server(), tab()
    create_campaign(page, server)
    add_creator(page)

    files = (studio_zip(), shop_orders(), unknown_table())
    page.get_by_role("link", name="Next: Bring in the video figures").click()
    page.get_by_role("heading", name="Upload files").wait_for()
    drop(page, *files)
    assert "2 of 3 files are ready" in words(page)
    page.get_by_text("Check what each column is").wait_for()
    press(page, "Use these columns")
    page.get_by_role("button", name="Import 3 files (7 rows)").wait_for()
    import_all(page)
    said = words(page)
    assert "1 row = 1 stored" in said
    assert "5 rows = 5 stored" in said

    visit(page, server, "funnel")
    assert card(page, "Video views") == "500"

    drop(visit(page, server, "upload"), *files)
    assert "0 of 3 files are ready" in words(page)
    assert words(page).count("this very file was imported") == 3

    visit(page, server, "history", batch=1)
    press(page, "Undo this import")
    page.get_by_role("dialog").get_by_role("button", name="Undo it").click()
    page.get_by_text("Undone by").first.wait_for()
    visit(page, server, "funnel")
    assert card(page, "Video views") != "500"


def test_a_page_change_and_a_closed_tab_do_not_stop_an_import(own_server, folder, tab):
    plan(folder)
    server, page = own_server(), tab()
    drop(visit(page, server, "upload"), shop_orders(8_000))
    address = page.url
    page.get_by_role("button", name=re.compile(r"Import 1 file")).click()
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    page.context.close()

    other = tab()
    other.goto(address)
    settle(other)
    other.get_by_role("link", name="Read the funnel").wait_for(timeout=90_000)
    assert "8,000 rows = 8,000 stored" in words(other)
