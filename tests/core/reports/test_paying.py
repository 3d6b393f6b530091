"""The pay statement: the fee of the scorecard and the shop's commission, added up in the open, of one creator."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.reports import RENDERERS, Kind, chat_text
from core.scope import Scope
from core.scorecards import build_scorecards
from core.sharing import create_link, link_report, open_token, report_of
from core.units import day_number
from tests.core.funnel import story
from tests.core.funnel.story import ANA, BEN, CLEO, FIRST, SPRING, TODAY
from tests.core.reports.making import BOARD, NOW, OUTSIDE, TEAM, build
from tests.core.reports.reading import csv_rows, words_in

BENS_FEE = 7_654_321  # written €76,543.21, whatever the format


@pytest.fixture
def store(store):
    story.tell(store)
    with store.writing("another fee") as connection:
        connection.execute(text(f"UPDATE collaboration SET fee = {BENS_FEE} WHERE creator_id = {BEN}"))
    return store


def state_commission(store, creator_id, handle, minor, *, total=True):
    """Let a shop's file state commission, as an import leaves it."""
    with store.writing("commission") as connection:
        batch = connection.execute(text("SELECT MAX(id) FROM import_batch WHERE undone_at IS NULL")).scalar()
        connection.execute(
            text("UPDATE import_batch SET label = 'TikTok Shop affiliate orders' WHERE id = :batch"),
            {"batch": batch},
        )
        story.insert(
            connection, "stat", batch_id=batch, subject_kind="shop_creator", subject=handle, handle=handle,
            kind="daily", first_day=day_number(FIRST), last_day=day_number(FIRST), traffic="total",
            commission=minor, currency="EUR", is_rounded=False,
        )  # fmt: skip
        if total:
            connection.execute(
                text(
                    f"UPDATE creator_total SET commission = {minor} WHERE campaign_id = {SPRING}"
                    f" AND creator_id = {creator_id} AND traffic = 'total'"
                )
            )


def statement(store, creator_id=ANA, audience=BOARD):
    return build(store, Kind.CREATOR, audience, creator_id=creator_id).section("pay")


def figures(section):
    return {one.key: one for one in section.figures}


def test_the_fee_is_the_scorecards_fee_and_the_sum_adds_up(store):
    state_commission(store, ANA, "ana", 21_035)
    found = statement(store)
    card = next(
        one
        for one in build_scorecards(store, Scope(campaign_id=SPRING), today=TODAY).cards
        if one.creator_id == ANA
    )
    numbers = figures(found)
    assert (numbers["fee"].value, numbers["fee"].currency) == (card.fee, card.fee_currency)
    assert numbers["fee"].value + numbers["commission"].value == numbers["pay"].value == 121_035
    assert found.claim == "The pay comes to €1,210.35: €1,000.00 fee + €210.35 commission = €1,210.35."
    fee, commission = found.tables[0].rows
    assert [cell.written for cell in fee[2:5]] == ["1", "€1,000.00", "€1,000.00"]
    assert fee[2].number * fee[3].number == fee[4].number
    assert commission[4].number == 21_035
    assert commission[6].written == "TikTok Shop affiliate orders"
    assert commission[5].written
    assert "Videos agreed: 2." in found.points[0]


def test_money_is_off_by_default_and_then_there_is_no_statement(store):
    assert statement(store, audience=OUTSIDE) is None
    assert statement(store, audience=TEAM) is not None
    plain = link_report(store, SPRING, kind="creator", creator_id=ANA, now=NOW)
    assert plain.section("pay") is None
    assert "1,000.00" not in str(plain)
    shown = link_report(store, SPRING, kind="creator", creator_id=ANA, with_money=True, now=NOW)
    assert shown.section("pay").claim.startswith("The pay comes to €1,000.00")
    assert all(
        build(store, kind, TEAM).section("pay") is None for kind in (Kind.FULL, Kind.LEADERSHIP, Kind.CHECKIN)
    )


def test_what_is_not_known_is_said_and_is_no_zero(store):
    found = statement(store, CLEO)
    assert found.claim == "Nothing is known about the pay yet. Not in it: the fee is not written down."
    assert [one.value for one in found.figures] == [None, None]
    assert found.tables[0].rows[0][4].number is None
    assert "€0" not in str(found)
    state_commission(store, BEN, "ben", 500)
    missing = statement(store).claim
    assert missing.startswith("The pay comes to €1,000.00, as far as it is known: the fee alone. Not in it: ")
    assert "commission is not known" in missing
    state_commission(store, CLEO, "cleo", 900, total=False)
    assert "without an exchange rate" in statement(store, CLEO).claim


def test_no_fee_agreed_is_a_zero_that_somebody_wrote_down(store):
    with store.writing("x") as connection:
        connection.execute(text(f"UPDATE collaboration SET fee = 0 WHERE creator_id = {ANA}"))
    found = statement(store)
    assert figures(found)["pay"].value == 0
    assert "No fee" in found.tables[0].rows[0][1].written


def test_a_fee_in_another_currency_is_named_and_not_added_up(store):
    state_commission(store, ANA, "ana", 21_035)
    with store.writing("x") as connection:
        connection.execute(text(f"UPDATE collaboration SET currency = 'USD' WHERE creator_id = {ANA}"))
    found = statement(store)
    assert figures(found)["pay"].value == 21_035
    assert "A fee of $1,000.00 comes on top; it is in another currency, so it is not added up." in found.claim
    assert found.tables[0].rows[0][4].number is None


@pytest.mark.parametrize("mode", ["frozen", "live"])
def test_no_other_creators_pay_travels(store, mode):
    state_commission(store, BEN, "ben", 987_654)
    values = {"name": "Ana", "kind": "creator", "creator_id": ANA, "with_money": True, "mode": mode}
    made = create_link(store, SPRING, values, now=NOW)
    report = report_of(open_token(store, made.token, now=NOW), now=NOW)
    said = str(report)
    for canary in ("76,543", "7654321", "9,876", "987654", "Ben"):
        assert canary not in said
    assert report.section("pay") is not None


def test_every_format_says_the_same(store):
    state_commission(store, ANA, "ana", 21_035)
    report = build(store, Kind.CREATOR, BOARD)
    for name, render in RENDERERS.items():
        said = words_in(name, render(report))
        assert "1,210.35" in said or "1210.35" in said, name
        assert "76,543" not in said
    rows = csv_rows(RENDERERS["csv"](report))
    amounts = {one["about"].split(" · ")[0]: one["value"] for one in rows if one["what"] == "Amount"}
    assert {name: float(value) for name, value in amounts.items()} == {"Fee": 1_000.0, "Commission": 210.35}
    assert "Pay statement: The pay comes to" in chat_text(report)
