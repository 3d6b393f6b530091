"""Ads Manager reports: days, periods, totals, masks, Spark ads, audiences."""

from __future__ import annotations

import pandas as pd
import pytest

from core.imports.formats.ad_facts import video_in_name
from core.imports.formats.context import periods_in, zone_in
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask

VIDEO = "7608135132913569644"
NOW = 1_795_000_000
EUR = {(Ask.CURRENCY, ""): "EUR"}


def test_a_report_by_day_is_daily_and_always_paid(facts_of) -> None:
    text = f"Ad name,Ad ID,By Day,Cost,Impressions,Clicks (destination),Currency\nSPARK_{VIDEO},1790000000000001,2026-03-02,20.25,6000,120,EUR\n"
    (row,) = facts_of("report.csv", text).tables["stat"].to_dict("records")
    assert (row["kind"], row["first_day"], row["traffic"], row["subject"]) == (
        "daily",
        20514,
        "paid",
        "1790000000000001",
    )
    assert (row["cost"], row["clicks"], row["video_id"]) == (2025, 120, VIDEO)


@pytest.mark.parametrize("name", ["Campaign_20260301_20260331_GMT+0.csv", "Ads 2026-03-01 ~ 2026-03-31.csv"])
def test_a_report_without_days_takes_its_period_from_its_name(facts_of, name) -> None:
    facts = facts_of(name, "Campaign name,Cost,Impressions\nSpring,€1,10\n")
    (row,) = facts.tables["stat"].to_dict("records")
    assert (row["kind"], row["first_day"], row["last_day"]) == ("period", 20513, 20543)


def test_a_report_without_any_days_asks(facts_of) -> None:
    facts = facts_of("report.csv", "Campaign name,Cost,Impressions\nSpring,€1,10\n")
    assert [one.ask for one in facts.questions] == [Ask.PERIOD]


def test_a_totals_row_checks_the_sum_and_is_not_an_ad(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions\nTotal of 2 results,-,€3.00,40\nSpring,2026-03-01,€1.00,10\nSpring,2026-03-02,€2.00,29\n"
    facts = facts_of("report.csv", text)
    assert facts.checks == {"Cost": ("300", "300"), "Impressions": ("40", "39")}
    assert facts.tables["stat"]["cost"].tolist() == [100, 200]


def test_a_masked_count_is_unknown_and_not_zero(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions,Paid follows\nSpring,2026-03-01,€1,10,<5\nSpring,2026-03-02,€1,10,7\n"
    follows = facts_of("report.csv", text).tables["stat"]["follows"]
    assert follows.isna().tolist() == [True, False]


def test_clicks_of_both_kinds_stay_apart(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions,Clicks (all),Clicks (destination)\nSpring,2026-03-01,€1,1000,90,30\n"
    (row,) = facts_of("report.csv", text).tables["stat"].to_dict("records")
    assert (row["clicks_all"], row["clicks"]) == (90, 30)
    (only_all,) = (
        facts_of("report.csv", text.replace(",Clicks (destination)", "").replace(",90,30", ",90"))
        .tables["stat"]
        .to_dict("records")
    )
    assert "clicks" not in only_all


def test_average_play_time_becomes_total_watch_time(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions,Video views,Average play time per video view\nA,2026-03-01,€1,10,1000,4.5\nB,2026-03-01,€1,10,50,-\n"
    stat = facts_of("report.csv", text).tables["stat"]
    assert stat["watch_seconds"].tolist()[0] == 4500
    assert stat["watched_views"].tolist()[0] == 1000
    assert stat[["watch_seconds", "watched_views"]].isna().to_numpy().tolist()[1] == [True, True]


def test_purchases_on_the_website_and_in_the_shop_add_up(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions,Purchases (website conversions),Purchases (Shop)\nA,2026-03-01,€1,10,3,4\nB,2026-03-01,€1,10,-,4\nC,2026-03-01,€1,10,-,-\n"
    bought = facts_of("report.csv", text).tables["stat"]["claimed_purchases"]
    assert bought.tolist()[:2] == [7, 4]
    assert bought.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("cell", "breakdown"),
    [
        ("18-24 - Male", "age=18-24;gender=male"),
        ("55+ - Female", "age=55+;gender=female"),
        ("Berlin", "audience=berlin"),
    ],
)
def test_an_audience_never_counts_in_totals(facts_of, cell, breakdown) -> None:
    facts = facts_of(
        "A_20260301_20260331.csv",
        f"Audience,Campaign name,Cost,Impressions\n{cell},Spring,€1,10\n",
        expected="tiktok_ads_audience",
    )
    assert facts.tables["stat"]["breakdown"].tolist() == [breakdown]


def test_korean_headers_are_read(facts_of) -> None:
    text = '일별,광고 ID,광고 이름,노출수,클릭수(목적지),전환수,비용\n2026-03-01,1790000000000001,A,"1,000",20,3,"₩12,000,000"\n'
    (row,) = facts_of("report.csv", text).tables["stat"].to_dict("records")
    assert (row["impressions"], row["clicks"], row["claimed_conversions"], row["cost"], row["currency"]) == (
        1000,
        20,
        3,
        12_000_000,
        "KRW",
    )


def test_gmv_max_keeps_product_cards_apart_from_videos(facts_of) -> None:
    text = f"Video title,Video ID,TikTok account,Creative type,Time posted,Cost,SKU orders,Gross revenue,Currency\nhat,{VIDEO},lina.knits,Video,2026-02-18 09:30,120.00,14,420.00,USD\n-,N/A,-,Product card,-,300.00,60,1800.00,USD\n"
    facts = facts_of("GMV 20260301-20260331.csv", text, expected="tiktok_gmv_max")
    assert facts.tables["stat"]["video_id"].tolist() == [VIDEO, ""]
    assert facts.tables["stat"]["claimed_revenue"].sum() == 222000
    assert facts.tables["video_fact"]["video_id"].tolist() == [VIDEO]


def test_a_stated_click_rate_that_the_counts_deny_is_told(facts_of) -> None:
    text = "Campaign name,By Day,Cost,Impressions,Clicks (destination),CTR (destination)\nA,2026-03-01,€1,4000,50,9.99%\nB,2026-03-01,€1,4000,50,1.25%\n"
    assert [(one.code, one.count) for one in facts_of("report.csv", text).issues] == [("rate-disagrees", 1)]


@pytest.mark.parametrize(
    ("name", "video"),
    [
        (f"SPARK_{VIDEO}", VIDEO),
        (f"lina {VIDEO} hook A", VIDEO),
        ("ad 1790000000000001", ""),  # as an id it would lie in 1970
        (f"{VIDEO} and 7612994029431705042", ""),  # two videos: not guessed
        ("9223372036854775807 future", ""),
        ("", ""),
    ],
)
def test_a_video_is_found_in_the_name_of_an_ad(name, video) -> None:
    assert video_in_name(name, NOW) == video


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Campaign_20260101_20260131_GMT+0.xlsx", (20454, 20484)),
        ("Ads 2026-08-01 ~ 2026-08-31", (20666, 20696)),
        ("Video_List_20260216-20260315_20260316024652.xlsx", (20500, 20527)),
        ("20261301_20261302", None),
        ("20260131_20260101", None),
        ("report.csv", None),
    ],
)
def test_days_in_a_name(text, days) -> None:
    found = next(periods_in(text), None)
    assert (None if found is None else (found.first, found.last)) == days


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("x_GMT+0.csv", "UTC"),
        ("x UTC-5.csv", "Etc/GMT+5"),
        ("x GMT+8", "Etc/GMT-8"),
        ("x", ""),
        ("GMT+5:30", ""),
    ],
)
def test_the_zone_in_a_name(name, zone) -> None:
    assert zone_in(name) == zone


def test_reach_of_joined_rows_is_unknown_rather_than_added() -> None:
    row = {
        "subject_kind": "ad",
        "subject": "a",
        "kind": "daily",
        "first_day": 1,
        "last_day": 1,
        "traffic": "paid",
        "breakdown": "",
    }
    frame = pd.DataFrame(
        [
            {**row, "reach": 10, "cost": 5},
            {**row, "reach": 20, "cost": None},
            {**row, "subject": "b", "reach": 7, "cost": 1},
        ]
    )
    joined = one_row_per_key(frame.astype({"reach": "Int64", "cost": "Int64"}), ("reach", "cost"))
    assert joined["cost"].tolist() == [5, 1]
    assert joined["reach"].isna().tolist() == [True, False]


def test_a_table_of_another_ads_tool_is_not_taken_for_tiktok(facts_of) -> None:
    with pytest.raises(AssertionError):
        facts_of("ads.csv", "date,campaign,impressions,clicks,spend\n2026-01-01,A,10,1,2\n")
