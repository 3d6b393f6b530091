"""What people do in front of the screen: open, wait, drop files, read."""

from __future__ import annotations

import re
from urllib.parse import urlencode

ADDRESSES = (
    "", "upload", "figures", "history", "funnel", "creator", "sum", "orders", "plan", "people", "videos",
    "links", "glossary", "workspace", "data", "checkin", "scorecards", "scorecard", "benchmarks", "reports", "shares", "team", "record", "patterns", "tags", "experiments", "experiment", "learnings",
)  # fmt: skip
STAGES = ("Awareness", "Engagement", "Consideration", "Conversion", "Loyalty")
_RUNNING = "[data-testid=stApp]:not([data-test-script-state=notRunning])"
_SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
_COMING = "[data-testid=stMain] [data-testid=stSkeleton]"  # a card or table whose drawing is still loaded


def settle(page):
    """Wait until the page has run and every card and table of it is drawn."""
    page.wait_for_selector(_SETTLED, timeout=60_000)
    page.wait_for_selector(_COMING, state="detached", timeout=60_000)


def visit(page, server, address="", **query):
    """Open a page of a server and wait for its title."""
    page.goto(f"{server.address}/{address}" + (f"?{urlencode(query, doseq=True)}" if query else ""))
    settle(page)
    page.locator("h1").first.wait_for(timeout=60_000)
    settle(page)  # the title may come before the run has begun to show in the page's state
    assert page.get_by_text("Something went wrong").count() == 0, page.url
    return page


def words(page):
    """Return the words of the page without the sidebar, on one line."""
    return " ".join(page.get_by_test_id("stMain").inner_text().split())


def press(page, name):
    """Press a button and wait for the run it starts."""
    page.get_by_role("button", name=name).first.click()
    settle(page)


def drop(page, *files):
    """Drop files (name, bytes) at once and wait until they were looked at."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    page.get_by_text(re.compile(r"(is|are) ready to import")).first.wait_for(timeout=90_000)
    settle(page)


def import_all(page):
    """Press the import button and wait for the receipts."""
    page.get_by_role("button", name=re.compile(r"Import \d")).click()
    page.get_by_role("link", name="Read the funnel").wait_for(timeout=90_000)
    settle(page)


def type_day(page, field, digits):
    """Type a day into a date field as the keyboard would: 20260301."""
    box = page.get_by_test_id("stDateInput").filter(has_text=field)
    box.get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Tab")


def card(page, label):
    """Return the figure on a metric's card, which stands below the strip of stages."""
    name = page.locator("label p", has_text=re.compile(f"^{label}$"))
    box = page.get_by_test_id("stMetric").filter(has=name).last
    return box.get_by_test_id("stMetricValue").inner_text().strip()


def sum_link(page, metric):
    """Return the link from a metric's card to its sum; other cards have the same words on theirs."""
    return page.get_by_test_id("stMain").locator(f"a[href$='metric={metric}']")
