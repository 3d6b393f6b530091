"""What mapped columns become: the same facts as those of recognised files."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from core.imports.formats import FORMATS
from core.imports.formats.mapped_estimates import is_estimate
from core.imports.formats.mapped_links import short_address
from core.imports.formats.mapped_orders import order_status
from core.imports.model import Ask, Facts, Known
from core.imports.reading import read_file
from core.imports.recognise import match_headers
from core.imports.typing_columns import type_table

TARGETS = {one.name: one for one in FORMATS if one.is_mapped}
VIDEO = "7608135132913569644"


def mapped(target: str, text: str, name: str = "file.csv", **answers: str) -> Facts:
    """Return the facts of a file whose columns are mapped by their known spellings."""
    (table,) = read_file(name, text.encode())[0].tables
    known = Known(
        now=1_795_000_000, file=name, modified_at=None, answers={(Ask(key), ""): value for key, value in answers.items()},
        customer_key=lambda mail: hashlib.sha256(mail.strip().lower().encode()).hexdigest() if mail.strip() else "",
        person_key=lambda person: person, account_days=lambda _: pd.DataFrame(), video_handles=lambda _: {},
    )  # fmt: skip
    typed, questions, _ = type_table(table, TARGETS[target], match_headers(table, TARGETS[target]), known)
    assert not questions
    return TARGETS[target].build(typed)


def test_organic_and_paid_views_are_kept_beside_the_total() -> None:
    text = f"Post URL,Creator,Views,Organic views,Paid views,Likes,Completion rate\nhttps://www.tiktok.com/@lina.knits/video/{VIDEO},@Lina.Knits,1000,700,300,50,12%\n"
    facts = mapped("mapped_videos", text, export_day="2026-03-20")
    assert facts.tables["stat"].set_index("traffic")["views"].to_dict() == {
        "total": 1000,
        "organic": 700,
        "paid": 300,
    }
    total = facts.tables["stat"].iloc[0]
    assert (total["completions"], total["completion_views"], total["last_day"], total["kind"]) == (
        120,
        1000,
        20532,
        "lifetime",
    )
    assert facts.tables["video_fact"][["video_id", "handle", "posted_from"]].to_numpy().tolist() == [
        [VIDEO, "lina.knits", "id"]
    ]


def test_an_estimated_column_is_told_apart() -> None:
    text = f"Post URL,Views,Est. reach\nhttps://www.tiktok.com/@a/video/{VIDEO},10,5\n"
    assert [one.code for one in mapped("mapped_videos", text).issues] == ["column-is-estimate"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Est. impressions", True),
        ("EMV", True),
        ("Estimated reach", True),
        ("Best views", False),
        ("Views", False),
    ],
)
def test_headers_that_admit_an_estimate(header, expected) -> None:
    assert is_estimate(header) is expected


def test_orders_of_a_shop_ask_which_shop_it_is() -> None:
    text = "Order Number,Order Date,Status,Order Total,Currency\n55,2026-03-01 10:00:00 +0100,completed,20.00,EUR\n"
    assert [one.ask for one in mapped("mapped_orders", text).questions] == [Ask.SHOP]
    facts = mapped("mapped_orders", text, shop="woocommerce")
    assert facts.tables["shop_order"][["system", "order_id", "status", "total"]].to_numpy().tolist() == [
        ["woocommerce", "55", "paid", 2000]
    ]


def test_a_negative_row_of_a_known_order_is_its_refund() -> None:
    text = "Order Number,Order Date,Status,Order Total,Currency,Coupon(s),Email\n55,2026-03-01 10:00:00 +0100,completed,20.00,EUR,lina20,a@example.com\n55,2026-03-09 10:00:00 +0100,completed,-5.00,EUR,,a@example.com\n"
    facts = mapped("mapped_orders", text, shop="woocommerce")
    (order,) = facts.tables["shop_order"].to_dict("records")
    assert (order["total"], order["refunded"]) == (2000, 500)
    assert facts.tables["order_claim"]["key"].tolist() == ["LINA20"]
    assert "a@example.com" not in facts.tables["shop_order"].to_csv()


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("wc-completed", "paid"),
        ("On hold", "pending"),
        ("Canceled", "cancelled"),
        ("partially_refunded", "partially_refunded"),
        ("hm", ""),
    ],
)
def test_statuses_of_other_shops(written, status) -> None:
    assert order_status(written) == status


def test_conversions_name_codes_first_and_creators_else() -> None:
    text = "Order ID,Affiliate,Coupon code,Status,Commission,Currency,Created\n#1001,Lina.Knits,LINA20,approved,2.00,EUR,2026-03-01 10:00:00Z\n1002,Nora Makes,,approved,1.00,EUR,2026-03-01 11:00:00Z\n1003,Lina.Knits,,reversed,9.00,EUR,2026-03-01 12:00:00Z\n"
    facts = mapped("mapped_codes", text)
    assert facts.tables["order_claim"][["system", "order_id", "kind", "key"]].to_numpy().tolist() == [
        ["", "1001", "code", "LINA20"], ["", "1002", "affiliate", "nora makes"],
    ]  # fmt: skip
    assert facts.ignored == {"reversed conversion": 1}
    assert facts.tables["stat"]["commission"].tolist() == [200, 100]


def test_clicks_are_kept_by_the_tags_of_the_long_address() -> None:
    text = "Bitlink,Long URL,Date,Clicks,Unique clicks\nbit.ly/AbC,https://shop.example/?utm_source=tiktok&utm_medium=creator&utm_campaign=spring,2026-03-01,12,9\nhttps://bit.ly/xYz/,https://shop.example/,2026-03-01,3,3\n"
    stat = mapped("mapped_links", text).tables["stat"]
    assert stat[["subject", "link_clicks", "kind"]].to_numpy().tolist() == [
        ["tiktok|creator|spring||", 12, "daily"],
        ["bit.ly/xYz", 3, "daily"],
    ]


def test_a_short_address_keeps_the_case_of_its_path() -> None:
    assert short_address("https://www.Bit.ly/AbC/") == "bit.ly/AbC"


def test_days_of_an_account_ask_whose_they_are() -> None:
    text = "Date,Views,Followers\n2026-03-01,10,500\n"
    assert [one.ask for one in mapped("mapped_account_days", text).questions] == [Ask.ACCOUNT]
    facts = mapped("mapped_account_days", text, account="@Lina.Knits")
    assert facts.account == "lina.knits"
    assert facts.tables["stat"][["subject", "views", "followers", "kind"]].to_numpy().tolist() == [
        ["lina.knits", 10, 500, "daily"]
    ]


def test_ads_of_an_agency_sheet_are_added_up_per_campaign_and_day() -> None:
    text = "date,tactic,state,campaign,impressions,clicks,spend,attributed_revenue\n2026-01-01,Search,NY,Spring,100,5,$1.50,$9.00\n2026-01-01,Search,TX,Spring,50,1,$0.50,$1.00\n"
    (row,) = mapped("mapped_ads", text, currency="USD").tables["stat"].to_dict("records")
    assert (row["impressions"], row["clicks"], row["cost"], row["claimed_revenue"], row["traffic"]) == (
        150,
        6,
        200,
        1000,
        "paid",
    )


def test_visits_by_source_become_sessions_of_a_link() -> None:
    text = "utm_source,utm_medium,utm_campaign,Date,Sessions\nTikTok,creator,spring,2026-03-01,7\n"
    (row,) = mapped("mapped_web", text).tables["stat"].to_dict("records")
    assert (row["subject"], row["sessions"], row["kind"]) == ("tiktok|creator|spring||", 7, "daily")


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_target_says_what_a_row_is_and_what_each_column_is(name) -> None:
    target = TARGETS[name]
    assert target.grain
    assert any(column.required for column in target.columns)
    assert all(column.words for column in target.columns)
