"""The sample campaign as a new user meets it: load, read, trace, share the address, phone, keyboard."""

from __future__ import annotations

import re

import pytest

from tests.e2e.screens import ADDRESSES, STAGES, card, settle, sum_link, visit

pytestmark = pytest.mark.browser
CODE = "cold-brew-26"
NARROW = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
NAMELESS = """() => [...document.querySelectorAll(
    '[data-testid=stMain] img, [data-testid=stMain] canvas, [data-testid=stMain] svg[role=graphics-document],'
    + ' [data-testid=stDataFrame], [data-testid=stVegaLiteChart], [data-testid=stMain] table'
)].filter(one => {
    const near = one.closest('[aria-label], [alt], [title], [aria-hidden=true], [role=presentation], [role=img]')
        || one.querySelector('[aria-label], [alt], caption');
    return !near;
}).map(one => one.outerHTML.slice(0, 120))"""
SIDEWAYS = (
    "() => [document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
)


def test_the_sample_loads_while_one_looks_elsewhere(own_server, tab):
    server, page = own_server(), tab()
    visit(page, server)
    page.get_by_role("button", name="Load the sample campaign").click()
    page.get_by_role("progressbar").first.wait_for()
    page.get_by_text(re.compile(r"\(\d+ of \d+\)")).first.wait_for(timeout=60_000)
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    visit(page, server)
    page.get_by_text(re.compile(r"\(([3-9]|\d\d) of \d+\)")).first.wait_for(timeout=90_000)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("is not loaded whole").wait_for(timeout=60_000)
    page.get_by_role("button", name="Load the rest").wait_for()


def test_the_funnel_has_five_stages_with_figures(sample_server, tab):
    page = visit(tab(), sample_server, "funnel", campaign=CODE)
    headings = " ".join(page.locator("h3").all_inner_texts())
    for number, stage in enumerate(STAGES, start=1):
        assert f"{number} {stage}" in headings
    assert re.fullmatch(r"[\d,]{7,}", card(page, "Video views"))


def test_the_sum_of_a_figure_is_the_figure_on_its_card(sample_server, tab):
    page = visit(tab(), sample_server, "funnel", campaign=CODE, traffic="organic")
    shown = card(page, "Video views")
    sum_link(page, "views").click()
    page.get_by_role("heading", name="Show the sum").wait_for()
    settle(page)
    page.wait_for_url(re.compile(r"metric=views(&|$)"))
    page.wait_for_url(re.compile("traffic=organic"))
    page.get_by_role("heading", name="The files behind it").wait_for()
    page.get_by_test_id("stMetric").filter(has_text="Video views").get_by_text(shown, exact=True).wait_for()


def test_an_address_opens_the_same_view_in_another_browser(sample_server, tab):
    page = visit(tab(), sample_server, "funnel", campaign=CODE)
    whole = card(page, "Video views")
    page.get_by_role("radio", name="Organic").or_(page.get_by_role("button", name="Organic")).first.click()
    page.wait_for_url(re.compile("traffic=organic"))
    page.get_by_text("organic views").first.wait_for()
    settle(page)
    page.locator("h4", has_text="organic views").wait_for()
    here = card(page, "Video views")
    other = tab()
    other.goto(page.url)
    settle(other)
    other.locator("h1").first.wait_for()
    other.locator("h4", has_text="organic views").wait_for()
    assert card(other, "Video views") == here != whole
    other.wait_for_url(page.url)


def test_the_back_button_leads_back_to_the_page_before(sample_server, tab):
    page = visit(tab(), sample_server, "funnel", campaign=CODE)
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    page.go_back()
    page.locator("h3", has_text="1 Awareness").wait_for()
    assert "/funnel" in page.url


@pytest.mark.parametrize(
    ("address", "query", "said"),
    [
        ("funnel", {"campaign": "no-such"}, "There is no campaign called no-such"),
        ("funnel", {"campaign": CODE, "from": "31/02/2026", "traffic": "free"}, "not understood"),
        ("history", {"campaign": CODE, "batch": "999999"}, "There is no"),
        ("upload", {"campaign": CODE, "job": "999999"}, "There is no such import"),
    ],
    ids=["campaign", "filters", "import", "job"],
)
def test_a_bad_link_says_so(sample_server, tab, address, query, said):
    page = visit(tab(), sample_server, address, **query)
    page.get_by_text(said).first.wait_for()


def test_no_page_scrolls_sideways_on_a_phone(sample_server, tab):
    page = tab(**NARROW, color_scheme="dark")
    for address in ADDRESSES:
        visit(page, sample_server, address, campaign=CODE)
        assert max(page.evaluate(SIDEWAYS)) <= 390, address


def test_every_picture_and_table_says_what_it_shows(sample_server, tab):
    page = tab()
    for address in ("funnel", "creator", "sum", "orders", "people", "videos", "links", "history"):
        visit(page, sample_server, address, campaign=CODE)
        assert page.evaluate(NAMELESS) == [], address


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("people", "Save creators"),
        ("plan", "Save campaign"),
        ("upload", "Upload"),
        ("funnel", "Show the sum"),
    ],
)
def test_the_keyboard_reaches_what_a_page_is_for(sample_server, tab, address, target):
    page = visit(tab(), sample_server, address, campaign=CODE)
    page.get_by_text(target).first.wait_for()
    for _ in range(90):
        page.keyboard.press("Tab")
        if target in (page.evaluate("() => document.activeElement.innerText") or ""):
            return
    raise AssertionError(f"{target} cannot be reached with the Tab key")
