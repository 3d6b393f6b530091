from datetime import date

import pytest

from core import tracking
from core.access import Principal, Role
from core.entry.edits import TableEdits
from core.entry.forms import EntryError
from core.entry.pasting import PasteKind, parse_pasted
from core.errors import PlumblineError
from tests.core.written import add_facts, credit_of, derived, join, make_campaign, rebuilt

ORDERS = [
    ("1", date(2026, 3, 5), "code", "lena15", 2000),
    ("2", date(2026, 3, 6), "code", "LENA15", 3000),
    ("3", date(2026, 3, 6), "code", "lenna15", 1000),
    ("4", date(2026, 3, 20), "code", "WELCOME", 500),
]


@pytest.fixture
def world(store):
    add_facts(store, orders=ORDERS)
    campaign = make_campaign(store)
    return campaign, *join(store, campaign, "lena", "mia")


def test_a_code_credits_its_orders_back_in_time_and_forward(store, world):
    campaign, lena, _ = world
    assert credit_of(store) == {}
    number = tracking.add_code(store, campaign, {"code": " Lena15 ", "handle": "@Lena"})
    assert credit_of(store) == {"1": [lena], "2": [lena]}
    (code,) = tracking.list_codes(store, campaign_id=campaign)
    assert (code.code, code.code_key, code.orders, code.handle) == ("Lena15", "LENA15", 2, "lena")
    assert derived(store) == rebuilt(store)
    tracking.remove_code(store, campaign, number)
    assert credit_of(store) == {}
    assert derived(store) == rebuilt(store)


def test_a_code_given_to_somebody_else_moves_its_credit(store, world):
    campaign, _, mia = world
    number = tracking.add_code(store, campaign, {"code": "LENA15", "handle": "lena"})
    tracking.edit_code(store, campaign, number, {"creator_id": mia})
    assert credit_of(store) == {"1": [mia], "2": [mia]}
    tracking.edit_code(store, campaign, number, {"first_day": "2026-03-06"})
    assert credit_of(store) == {"2": [mia]}
    tracking.edit_code(store, campaign, number, {"is_sitewide": True})
    assert credit_of(store) == {}
    assert derived(store) == rebuilt(store)


def test_unknown_codes_are_listed_with_a_hint_and_never_guessed(store, world):
    campaign, lena, _ = world
    tracking.add_code(store, campaign, {"code": "LENA15", "handle": "lena"})
    found = {code.code_key: code for code in tracking.unknown_codes(store)}
    assert set(found) == {"LENNA15", "WELCOME"}
    assert (found["LENNA15"].written, found["LENNA15"].orders, found["LENNA15"].resembles) == (
        "lenna15",
        1,
        "LENA15",
    )
    assert found["WELCOME"].resembles == ""
    assert found["WELCOME"].first_day == found["WELCOME"].last_day == date(2026, 3, 20)
    assert "3" not in credit_of(store)
    tracking.map_code_to_creator(store, campaign, "lenna15", lena)
    tracking.map_code_to_nobody(store, "welcome")
    assert tracking.unknown_codes(store) == ()
    assert credit_of(store) == {"1": [lena], "2": [lena], "3": [lena]}


def test_an_explained_code_has_the_days_of_the_campaign_and_names_the_orders_outside(store, world):
    campaign, lena, _ = world
    kept = tracking.map_code_to_creator(store, campaign, "lenna15", lena)
    (code,) = [one for one in tracking.list_codes(store, campaign_id=campaign) if one.code_key == "LENNA15"]
    assert (code.first_day, code.last_day) == (kept.first_day, kept.last_day)
    assert kept.orders_outside == 0
    assert "the days of the campaign" in kept.sentence


def test_orders_before_the_campaign_stay_out_until_the_days_are_changed(store, world):
    campaign, lena, _ = world
    with store.writing("moved", "", {}) as connection:
        connection.exec_driver_sql(
            f"UPDATE campaign SET first_day = first_day + 40, last_day = last_day + 40 WHERE id = {campaign}"
        )
    kept = tracking.map_code_to_creator(store, campaign, "lenna15", lena)
    assert kept.orders_outside == 1
    assert "1 order with it on other days stays out" in kept.sentence
    tracking.edit_code(store, campaign, kept.code_id, {"first_day": None, "last_day": None})
    assert credit_of(store) == {"3": [lena]}


def test_one_code_has_one_owner_on_each_day(store, world):
    campaign, *_ = world
    tracking.add_code(
        store,
        campaign,
        {"code": "GLOW", "handle": "lena", "first_day": "2026-03-01", "last_day": "2026-03-10"},
    )
    for days in (
        {},
        {"first_day": "2026-03-10"},
        {"last_day": "2026-03-01"},
        {"first_day": "2026-02-01", "last_day": "2026-04-01"},
    ):
        with pytest.raises(EntryError) as caught:
            tracking.add_code(store, campaign, {"code": "glow", "handle": "mia"} | days)
        assert caught.value.remarks[0].issue.code == "code-overlaps"
        assert "from 1 Mar 2026 to 10 Mar 2026" in str(caught.value)
    tracking.add_code(store, campaign, {"code": "glow", "handle": "mia", "first_day": "2026-03-11"})
    tracking.add_code(store, campaign, {"code": "glow", "is_sitewide": True, "last_day": "2026-02-28"})
    assert len(tracking.list_codes(store)) == 3


def test_two_rows_of_one_paste_that_clash_are_refused_together(store, world):
    campaign, *_ = world
    rows = parse_pasted(
        "code\tcreator\tfrom\nA1\tlena\t\na1\tmia\t\nB1\tghost\t\nC1\t\t\nD1\tmia\t3/4/2026", PasteKind.CODES
    ).rows
    with pytest.raises(EntryError) as caught:
        tracking.apply_code_edits(store, campaign, TableEdits(added=rows))
    assert [(remark.row, remark.issue.code) for remark in caught.value.remarks] == [
        (1, "code-overlaps"),
        (2, "unknown-creator"),
        (3, "no-owner"),
        (4, "ambiguous-day"),
    ]
    assert tracking.list_codes(store) == ()


def test_a_code_of_another_campaign_is_not_reached_from_here(sqlite_store):
    one, two = make_campaign(sqlite_store), make_campaign(sqlite_store, code="two")
    join(sqlite_store, one, "lena")
    number = tracking.add_code(sqlite_store, one, {"code": "A", "handle": "lena"})
    guest = sqlite_store.acting_as(Principal(name="g", role=Role.EDITOR, campaign_ids=frozenset({two})))
    for call in (
        lambda: tracking.remove_code(guest, two, number),
        lambda: tracking.remove_code(guest, one, number),
        lambda: tracking.add_code(guest, None, {"code": "B", "is_sitewide": True}),
        lambda: tracking.unknown_codes(guest),
        lambda: tracking.list_codes(guest),
        lambda: tracking.add_code(sqlite_store, None, {"code": "B", "handle": "lena"}),
        lambda: tracking.add_code(sqlite_store, one, {"code": "\u200b", "handle": "lena"}),
        lambda: tracking.add_code(sqlite_store, one, {"code": "C", "handle": "lena", "is_sitewide": True}),
    ):
        with pytest.raises(PlumblineError):
            call()
    assert [code.code for code in tracking.list_codes(sqlite_store)] == ["A"]
