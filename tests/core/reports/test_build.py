"""What a report holds, and what it keeps back from whom."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from sqlalchemy import text

from core.access import Principal, Role
from core.campaigns import add_note
from core.errors import PlumblineError
from core.metrics.registry import BY_NAME
from core.reports import KINDS, RENDERERS, Audience, Kind, export_report, to_json
from core.reports.holding_back import has_money
from core.store.audit import list_entries
from core.units import DASH, Unit
from tests.core.funnel import story
from tests.core.funnel.story import ANA, BEN, CLEO, SPRING
from tests.core.reports.making import BOARD, NOW, OUTSIDE, TEAM, build

SECRET = "Offer Ana half next time"
OVERCLAIMS = ("caused", "drove", "generated", "driven", "thanks to", "because of")


@pytest.fixture
def told(store):
    story.tell(store)
    return store


@pytest.fixture
def quick(sqlite_store):
    story.tell(sqlite_store)
    return sqlite_store


def every_text(value):
    """Yield every text of a report, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from every_text(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from every_text(getattr(value, field.name))


def set_orders(store, orders, **more):
    """Give Ana this many orders, everywhere they are summed up."""
    values = {
        "orders": orders,
        "new_customers": orders,
        "known_customer_orders": orders,
        "code_orders": orders,
    } | more
    chosen = ", ".join(f"{name} = :{name}" for name in values)
    with store.writing("fewer orders") as connection:
        for table in ("campaign_day", "creator_total", "day_total"):
            connection.execute(text(f"UPDATE {table} SET {chosen} WHERE orders IS NOT NULL"), values)


def test_the_goal_stands_against_what_was_counted(told):
    report = build(told, Kind.LEADERSHIP)
    first = report.section("goals").figures[0]
    assert (first.key, first.value, first.goal, first.is_primary) == ("orders", 60, 80, True)
    assert first.status_words == "75.0% of the goal of 80"
    assert first.provenance == ("measured by the shop",)


def test_the_full_report_has_its_parts(told):
    keys = [section.key for section in build(told).sections]
    assert keys == [
        "goals", "funnel", "awareness", "engagement", "consideration", "conversion", "loyalty", "creators", "renew",
        "videos", "weeks", "caveats", "method",
    ]  # fmt: skip


def test_spend_revenue_and_what_came_back_stand_together(quick):
    cost = build(quick, Kind.LEADERSHIP, BOARD).section("cost")
    assert {one.key: one.value for one in cost.figures} == {
        "spend": 170_000, "revenue": 300_000, "roas": pytest.approx(300 / 170), "cost_per_order": pytest.approx(170_000 / 60),
    }  # fmt: skip
    assert cost.claim == (
        "€1,700.00 was spent, and orders worth €3,000.00 net could be linked to a creator: 1.76× the spend."
    )


@pytest.mark.parametrize("internal", [True, False])
@pytest.mark.parametrize("kind", list(Kind))
def test_without_money_no_amount_is_anywhere(quick, kind, internal):
    report = build(quick, kind, Audience(internal=internal))
    for _, figure in report.figures():
        assert not has_money(BY_NAME[figure.key])
        assert figure.unit is not Unit.MONEY
    for section in report.sections:
        assert all(column.unit is not Unit.MONEY for table in section.tables for column in table.columns)
        assert all(chart.unit is not Unit.MONEY for chart in section.charts)
    words = " ".join(every_text(report)).lower()
    for sign in ("€", "eur ", "3,000.00", "1,700.00", "1.76", "roas", "revenue", "fee "):
        assert sign not in words, sign


def test_with_money_the_amounts_are_there(quick):
    assert "€3,000.00" in " ".join(every_text(build(quick, Kind.FULL, BOARD)))


@pytest.mark.parametrize("kind", list(Kind))
def test_notes_are_for_the_team_and_their_author_for_nobody(quick, kind):
    quick = quick.acting_as(Principal(name="Nora Notewriter", role=Role.ADMIN))
    add_note(quick, SPRING, {"text": SECRET, "kind": "decision"}, now=NOW)
    for audience in (OUTSIDE, BOARD, TEAM):
        kept = to_json(build(quick, kind, audience))
        assert "Nora Notewriter" not in kept
        has_decisions = kind in {Kind.FULL, Kind.CHECKIN} and audience is TEAM
        assert (SECRET in kept) is has_decisions


@pytest.mark.parametrize("audience", [OUTSIDE, BOARD, TEAM])
def test_a_creators_sheet_knows_nobody_else(quick, audience):
    report = build(quick, Kind.CREATOR, audience, creator_id=BEN)
    words = to_json(report)
    for other in ("Ana", "Cleo", "7001", "7002", "ANA10", "150,500", "120,000"):
        assert other not in words, other
    assert report.title == "Ben: Spring glow"
    assert report.section("funnel").figures[0].value == 30_500


def test_a_creators_sheet_needs_a_creator_of_the_campaign(quick):
    for creator_id in (None, 99):
        with pytest.raises(PlumblineError) as refused:
            build(quick, Kind.CREATOR, creator_id=creator_id)
        assert refused.value.issue.code == "no-collaboration"


def test_a_creator_without_counts_has_dashes_with_reasons(quick):
    report = build(quick, Kind.CREATOR, creator_id=CLEO)
    views = report.section("funnel").figures[0]
    assert (views.written, views.value) == (DASH, None)
    assert views.why_missing


def test_few_orders_are_held_back_from_readers_outside(quick):
    set_orders(quick, 4, revenue=20_000, repeat_customers=2)
    report = build(quick, Kind.FULL, BOARD)
    figures = {figure.key: figure for _, figure in report.figures()}
    assert (figures["orders"].written, figures["orders"].value) == ("< 5", None)
    for name in ("revenue", "roas", "cost_per_order", "repeat_rate", "new_customers"):
        assert figures[name].value is None, name
        assert "held back" in figures[name].why_missing
    words = " ".join(every_text(report))
    assert "€200.00" not in words
    assert "4 orders" not in words
    assert "fewer than 5 orders" in words.lower()
    by_creator = report.section("creators").tables[0]
    assert [row[3].written for row in by_creator.rows] == ["< 5", DASH, DASH]


def test_few_orders_are_shown_to_the_team_and_five_to_everyone(quick):
    set_orders(quick, 4)
    assert build(quick, Kind.FULL, TEAM).section("funnel").figures[3].value == 4
    set_orders(quick, 5)
    assert build(quick, Kind.FULL, OUTSIDE).section("funnel").figures[3].value == 5


def test_no_orders_at_all_is_said_to_everyone(quick):
    set_orders(quick, 0)
    assert build(quick, Kind.FULL, OUTSIDE).section("funnel").figures[3].written == "0"


def test_one_small_creator_cannot_be_worked_out_from_the_total(quick):
    with quick.writing("an order for Ben") as connection:
        connection.execute(
            text(
                "UPDATE creator_total SET orders = 3 WHERE campaign_id = :c AND creator_id = :b AND traffic = 'total'"
            ),
            {"c": SPRING, "b": BEN},
        )
    table = build(quick, Kind.FULL, OUTSIDE).section("creators").tables[0]
    assert [row[3].written for row in table.rows[:2]] == ["< 5", "< 5"]
    assert "held back" in table.note


def test_rates_of_few_counts_stand_in_brackets(quick):
    table = build(quick).section("videos").tables[0]
    small = next(row for row in table.rows if row[0].written == "Caption of 7004")
    assert small[4].written == "(22.0%)"
    assert small[4].number == pytest.approx(0.22)
    assert "brackets" in table.note


@pytest.mark.parametrize("audience", [OUTSIDE, TEAM])
@pytest.mark.parametrize("kind", list(Kind))
def test_sentences_claim_only_what_was_observed(quick, kind, audience):
    words = " ".join(every_text(build(quick, kind, audience))).lower()
    for word in OVERCLAIMS:
        assert not re.search(rf"\b{word}\b", words), word


@pytest.mark.parametrize("kind", list(Kind))
def test_a_campaign_that_has_not_begun_says_so_in_every_format(quick, kind):
    report = build(quick, kind, today=date(2026, 2, 1))
    assert "begins on 2 Mar 2026" in report.claim
    assert all(RENDERERS[name](report) for name in RENDERERS)


@pytest.mark.parametrize("kind", [one.kind for one in KINDS if not one.needs_creator])
def test_an_empty_campaign_says_so_in_every_format(sqlite_store, kind):
    with sqlite_store.writing("plan only") as connection:
        story.brand(connection)
        story.campaign(connection, SPRING, "spring", "Spring", (story.FIRST, story.LAST))
    report = build(sqlite_store, kind)
    assert report.claim == "No file has been imported yet, so there is nothing to report."
    assert report.as_of is None
    assert report.as_of_words == "no files imported yet"
    assert all(RENDERERS[name](report) for name in RENDERERS)


def test_a_running_campaign_short_of_its_goal_is_no_bad_news_yet(quick):
    report = build(quick, Kind.CHECKIN, today=date(2026, 3, 20))
    orders = report.section("goals").figures[0]
    assert orders.status_words == "75.0% of the goal of 80 so far"
    assert orders.status == ""


def test_a_stranger_gets_no_report(quick):
    quick = quick.acting_as(Principal(name="stranger", role=Role.EDITOR, campaign_ids=frozenset({99})))
    with pytest.raises(PlumblineError) as refused:
        build(quick)
    assert refused.value.issue.code == "not-allowed"


def test_handing_out_is_on_record_and_needs_the_right(quick):
    report = build(quick, Kind.LEADERSHIP, BOARD)
    assert export_report(quick, SPRING, report, "pdf").startswith(b"%PDF")
    with quick.reading() as connection:
        line = list_entries(connection, limit=1)[0]
    assert (line.action, line.subject) == ("report exported", "leadership")
    quick = quick.acting_as(Principal(name="reader", role=Role.VIEWER))
    with pytest.raises(PlumblineError) as refused:
        export_report(quick, SPRING, report, "pdf")
    assert refused.value.issue.code == "not-allowed"


def test_a_format_that_is_not_there_is_refused(quick):
    with pytest.raises(PlumblineError) as refused:
        export_report(quick, SPRING, build(quick), "docx")
    assert refused.value.issue.code == "no-format"


def test_the_creator_is_not_used_where_the_report_is_not_about_one(quick):
    assert build(quick, Kind.FULL, creator_id=ANA) == build(quick, Kind.FULL, creator_id=None)
