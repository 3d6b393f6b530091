"""Google Analytics and AppsFlyer: tagged links, orders, days, people."""

from __future__ import annotations

import json

import pytest

from core.imports.formats.ga4_days import report_days
from core.imports.formats.ga4_rows import split_source_medium
from core.imports.model import Ask

TOP = "# Report CSV Export\n# Account: A\n# Property: P\n# \n# Start date: 20260301\n# End date: 20260303\n"
EXPLORE = "# -----\n# P\n# my exploration\n# 20260301-20260331\n# -----\n\n"
AF = "Attributed Touch Type,Attributed Touch Time,Install Time,Event Time,Event Name,Event Value,Event Revenue,Event Revenue Currency,Media Source,Campaign,Adset,Ad,AppsFlyer ID,App ID,IP,Contributor 1 Media Source,Contributor 1 Touch Time\n"
UTC = {(Ask.ZONE, ""): "UTC"}


def test_the_same_link_written_differently_is_one_link(facts_of) -> None:
    text = (
        TOP
        + "Session source / medium,Session campaign,Sessions\ntiktok / creator,spring knits,5\nTikTok / Creator ,spring%20knits,2\n"
    )
    stat = facts_of("data.csv", text).tables["stat"]
    assert stat[["subject", "sessions", "kind"]].to_numpy().tolist() == [
        ["tiktok|creator|spring knits||", 7, "period"]
    ]


def test_users_of_joined_rows_are_not_added(facts_of) -> None:
    text = (
        TOP
        + "Session source / medium,Landing page,Sessions,Total users\ntiktok / creator,/a,5,4\ntiktok / creator,/b,2,2\n"
    )
    (row,) = facts_of("data.csv", text).tables["stat"].to_dict("records")
    assert row["sessions"] == 7
    assert row["users"] != row["users"] or row["users"] is None or str(row["users"]) == "<NA>"


def test_sessions_split_by_event_are_counted_at_their_start_only(facts_of) -> None:
    text = (
        TOP
        + "Session source / medium,Event name,Sessions,Key events\ntiktok / creator,session_start,5,0\ntiktok / creator,purchase,2,2\n"
    )
    (row,) = facts_of("data.csv", text).tables["stat"].to_dict("records")
    assert (row["sessions"], row["key_events"]) == (5, 2)


def test_nth_days_count_from_the_start_of_their_own_table(facts_of) -> None:
    stat = facts_of("data.csv", TOP + "Nth day,Sessions\n0000,4\n0002,6\n").tables["stat"]
    assert stat[["subject_kind", "subject", "first_day", "sessions"]].to_numpy().tolist() == [
        ["web_total", "all", 20513, 4], ["web_total", "all", 20515, 6],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "code"), [("20260401", "day-outside-period"), ("20321231", "date-in-future")]
)
def test_a_day_that_cannot_be_is_set_aside(facts_of, day, code) -> None:
    text = (
        TOP
        + f"Date,Session source / medium,Sessions\n20260301,tiktok / creator,1\n{day},tiktok / creator,9\n"
    )
    facts = facts_of("data.csv", text)
    assert [one.code for one in facts.problems] == [code]
    assert facts.tables["stat"]["sessions"].tolist() == [1]


def test_revenue_asks_for_its_currency_only_when_there_is_any(facts_of) -> None:
    without = facts_of(
        "data.csv", TOP + "Session source / medium,Sessions,Total revenue\ntiktok / creator,1,0\n"
    )
    assert without.questions == ()
    text = TOP + "Session source / medium,Sessions,Total revenue\ntiktok / creator,1,12.5\n"
    assert [one.ask for one in facts_of("data.csv", text).questions] == [Ask.CURRENCY]
    yen = facts_of("data.csv", text, answers={(Ask.CURRENCY, ""): "EUR"})
    assert yen.tables["stat"]["web_revenue"].tolist() == [1250]


def test_a_table_that_says_nothing_of_creators_is_left_out_and_counted(facts_of) -> None:
    facts = facts_of("data.csv", TOP + "Country,Sessions\nGermany,5\nGreece,4\n")
    assert facts.rows == 0
    assert sum(facts.ignored.values()) == 2


def test_an_exploration_of_orders_ties_links_to_orders(facts_of) -> None:
    text = (
        EXPLORE
        + "Transaction ID,Session source/medium,Session campaign,Sessions\n,,,3,Grand total\n#1001,tiktok / creator,spring,2\n1002,(direct) / (none),(not set),1\n"
    )
    facts = facts_of("download.csv", text)
    claims = facts.tables["order_claim"]
    assert claims[["system", "order_id", "kind", "key"]].to_numpy().tolist() == [
        ["", "1001", "link", "tiktok|creator|spring||"]
    ]
    assert facts.checks["Sessions"] == ("3", "3")


def test_people_of_an_exploration_are_counted_and_never_kept(facts_of) -> None:
    text = EXPLORE + "Client ID,Sessions,Total users\n,4,2,Grand total\nabc.1,3,1\ndef.2,1,1\n"
    facts = facts_of("download.csv", text)
    (row,) = facts.tables["stat"].to_dict("records")
    assert (row["sessions"], row["users"]) == (4, 2)
    assert "abc.1" not in "".join(frame.to_csv() for frame in facts.tables.values())


def test_visits_with_an_hour_and_a_person_become_touches(facts_of) -> None:
    text = (
        EXPLORE
        + "User ID,Date + hour (YYYYMMDDHH),Session source/medium,Sessions\nu1,2026030213,tiktok / creator,1\n"
    )
    facts = facts_of("download.csv", text, answers=UTC)
    (touch,) = facts.tables["touch"].to_dict("records")
    assert (touch["at"], touch["link_key"]) == (1772456400, "tiktok|creator|||")
    assert touch["person_key"] not in {"", "u1"}


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("tiktok / creator", ("tiktok", "creator")),
        ("tiktok/creator", ("tiktok", "creator")),
        ("(other)", ("(other)", "")),
        ("", ("", "")),
    ],
)
def test_source_and_medium_share_a_cell(cell, pair) -> None:
    assert split_source_medium(cell) == pair


def test_the_days_above_a_table_are_found_in_any_language() -> None:
    found = report_days(("# Fecha de inicio: 20260301", "# Fecha de finalización: 20260303,,,"))
    assert found is not None
    assert (found.first, found.last) == (20513, 20515)
    assert report_days(("# Start date: 20260301",)) is None


def event(
    *,
    person: str = "177-1",
    name: str = "install",
    value: str = "",
    revenue: str = "",
    at: str = "2026-03-05 10:20:00",
    assist: str = "",
) -> str:
    return f"click,2026-03-05 10:00:00,2026-03-05 10:20:00,{at},{name},{value},{revenue},{'EUR' if revenue else ''},lina_tiktok,spring,,v1,{person},id9,203.0.113.9,{assist},{'2026-03-04 21:00:00' if assist else ''}\n"


def test_a_repeated_purchase_is_one_event(facts_of) -> None:
    bought = event(name="af_purchase", value='"{""id"":1}"', revenue="50.00")
    facts = facts_of(
        "events.csv", AF + event() + bought + bought + bought.replace('"":1', '"":2'), answers=UTC
    )
    assert facts.tables["app_event"]["revenue"].dropna().tolist() == [5000, 5000]
    assert facts.ignored == {"repeated event": 1}


def test_installs_are_counted_per_link_and_day(facts_of) -> None:
    facts = facts_of(
        "installs.csv",
        AF + event() + event(person="177-2") + event(person="177-3", at="2026-03-06 00:10:00"),
        answers=UTC,
    )
    stat = facts.tables["stat"]
    assert stat[["subject_kind", "subject", "first_day", "installs"]].to_numpy().tolist() == [
        ["link", "lina_tiktok|app|spring||v1", 20517, 2], ["link", "lina_tiktok|app|spring||v1", 20518, 1],
    ]  # fmt: skip


def test_assisting_touches_are_kept_and_devices_are_not(facts_of) -> None:
    facts = facts_of("installs.csv", AF + event(assist="tiktokglobal_int"), answers=UTC)
    (row,) = facts.tables["app_event"].to_dict("records")
    assert json.loads(row["assists"]) == [{"media_source": "tiktokglobal_int", "at": 1772658000}]
    everything = "".join(frame.to_csv() for frame in facts.tables.values())
    assert "177-1" not in everything
    assert "203.0.113.9" not in everything
