"""What the mapper suggests: right where the words say it, nothing where they do not."""

from __future__ import annotations

import pytest

from core.imports.formats import FORMATS
from core.imports.mapper import LEAVE_OUT, suggest
from core.imports.model import Ask
from core.imports.review import ReviewState, answer
from tests.core.imports.pipeline.makers import csv_bytes, review

TOTALS = ("date", "orders", "new_orders", "new_customers", "total_revenue", "gross_profit", "cogs")
HEADERS = {
    "mapped_orders": {  # WooCommerce and its export plugins
        "Order #": "order_id", "Date": "created_at", "Coupon(s)": "codes", "N. Revenue": "subtotal", "Items sold": "quantity",
        "Product(s)": "product", "Attribution": "channel", "Customer type": "", "Order Total Amount": "total",
        "State Code (Shipping)": "", "payment_method": "",
    },
    "mapped_codes": {  # Refersion, Impact
        "Conversion ID": "", "Order ID": "order_id", "Affiliate": "handle", "Conversion Type": "", "Commission": "commission",
        "Payment status": "status", "Action Tracker": "", "Locking Date": "", "Promo Code": "code", "Event Date": "at",
    },
    "mapped_videos": {  # GRIN, Aspire, TikTok One, Modash
        "Content Link": "video", "Creator Username": "handle", "Date of Post": "posted_day", "Total views (actual)": "views",
        "Total engagements": "", "Est. reach": "reach", "Engagement rate": "", "Reviews": "", "Followers": "", "EMV": "",
        "Likes %": "", "videoCompletionRate": "completion_share", "Product views": "", "savesCount": "saves",
    },
    "mapped_links": {  # Bitly, Adjust, Branch
        "Bitlink": "link", "Long URL": "long_url", "Engagements": "link_clicks", "Installs": "installs", "App": "",
        "{campaign_name}": "campaign", "{gps_adid}": "", "Date": "day", "Signups count": "leads", "Tags": "title",
    },
}  # fmt: skip
CASES = [(grain, header, field) for grain, headers in HEADERS.items() for header, field in headers.items()]


def fields(store, grain, headers):
    table = review(
        store, "x.csv", csv_bytes((*headers, "zz"), [(*("1" for _ in headers), "")])
    ).material.unread[0]
    (found,) = [one for one in suggest(table, FORMATS) if one.format.name == grain]
    return {match.label: match.column.field for match in found.matches if match.label}


@pytest.mark.parametrize("grain", HEADERS)
def test_headers_of_known_tools_are_matched_and_nothing_else(sqlite_store, grain):
    wanted = {header: field for header, field in HEADERS[grain].items() if field}
    assert fields(sqlite_store, grain, HEADERS[grain]) == wanted


@pytest.mark.parametrize(
    ("grain", "header"),
    [
        ("mapped_ads", "new_customers"), ("mapped_ads", "new_orders"), ("mapped_orders", "orders"),
        ("mapped_videos", "Reviews"), ("mapped_videos", "Followers"), ("mapped_videos", "Search"), ("mapped_codes", "Coder"),
    ],
)  # fmt: skip
def test_a_word_inside_another_is_no_resemblance(sqlite_store, grain, header):
    assert header not in fields(sqlite_store, grain, (header, "nothing"))


@pytest.mark.parametrize(
    ("grain", "header", "field"),
    [
        ("mapped_ads", "Spend USD", "cost"), ("mapped_orders", "Date of order", "created_at"), ("mapped_videos", "totalViewsCount", "views"),
        ("mapped_videos", "Coments", "comments"), ("mapped_links", "TikTok campaign", "campaign"),
    ],
)  # fmt: skip
def test_word_order_units_and_slips_are_forgiven(sqlite_store, grain, header, field):
    assert fields(sqlite_store, grain, (header, "nothing"))[header] == field


def test_days_of_a_whole_shop_are_politely_left_out(sqlite_store):
    found = review(
        sqlite_store,
        "Business.csv",
        csv_bytes(TOTALS, [("2024-01-01", "76", "64", "48", "366.17", "164.98", "202.19")]),
    )
    grain = found.questions[0]
    assert (grain.ask, grain.suggestion) == (Ask.GRAIN, LEAVE_OUT)
    assert "a day of the whole shop" in grain.sentence
    left = answer(found, {(Ask.GRAIN, ""): LEAVE_OUT})
    assert left.state is ReviewState.NOTHING
    assert left.counts.adds_up
    assert "left out as you chose" in left.sentence
    assert answer(left, {(Ask.GRAIN, ""): ""}).state is ReviewState.NEEDS_MAPPING


def test_table_that_names_orders_is_no_total(sqlite_store):
    found = review(
        sqlite_store,
        "x.csv",
        csv_bytes(("date", "order number", "revenue", "discounts"), [("2024-01-01", "A-1", "3", "1")]),
    )
    assert found.questions[0].suggestion != LEAVE_OUT


def test_needed_column_that_is_there_twice_refuses_the_file_at_once(sqlite_store):
    data = csv_bytes(
        ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares", "Likes"),
        [("March 1", "9", "8", "7", "6", "5", "1"), ("March 2", "9", "8", "7", "6", "5", "2")],
    )
    found = review(sqlite_store, "Overview.csv", data)
    assert found.state is ReviewState.REFUSED
    assert not found.questions
    assert "Likes" in found.sentence


def test_totals_row_of_an_exploration_checks_the_sum_and_is_left_out(sqlite_store):
    data = (
        b"# ----\n# shop - GA4\n# User explorer\n# 20260215-20260221\n# ----\n\n"
        b"App-instance ID,Stream name,Event count,Sessions,Total users\n,,12,4,2,Grand total\na.1,web,9,3,1\nb.2,web,3,1,1\n"
    )
    found = review(sqlite_store, "explore.csv", data)
    assert found.counts.words == "3 rows = 2 stored + 1 left out (totals row)"
    assert found.reading.aside == ()
    assert found.reading.checks["Event count"] == ("12", "12")
    assert "visits of the whole site as one total, 15 Feb to 21 Feb 2026" in found.sentence
