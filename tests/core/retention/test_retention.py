"""How long order rows are kept: set by an admin, tried first, carried out without moving a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core import tracking
from core.access import Principal, Role
from core.campaigns import campaign_checklist, edit_campaign, get_campaign
from core.errors import PlumblineError
from core.imports.commit import commit
from core.imports.history import batch_detail, list_batches, undo
from core.orders import order_summary
from core.retention import close_due, preview, read_retention, set_retention
from core.retention.keeping import limit_of
from core.scope import Scope
from core.store.backup import backup
from core.tracing import trace
from tests.core.imports.pipeline.makers import Order, bring, orders_file, review
from tests.core.written import form, join, make_campaign

LATER = date(2027, 3, 15)  # twelve months before this month is 1 March 2026; the orders are of February
ORDERS = [
    Order(number=1, code="ADA", day=2, email="kim@canary.example"),
    Order(number=2, code="ADA", day=3, email="lou@canary.example", refunded="5.00"),
    Order(number=3, code="BEN", day=4, email="kim@canary.example"),
    Order(number=4, code="ADA", day=5, status="pending"),
    Order(number=5, day=6),
]


@pytest.fixture
def filled(store):
    """Return a store with a campaign of two creators and five orders of February 2026."""
    number = make_campaign(store, currency="GBP", first_day="2026-02-01", last_day="2026-02-28")
    for name, creator in zip(("ADA", "BEN"), join(store, number, "ada", "ben"), strict=True):
        tracking.add_code(store, number, {"code": name, "creator_id": creator})
    bring(store, "orders.csv", orders_file(ORDERS))
    return store, number


def close(store, months=12, today=LATER):
    set_retention(store, months)
    return close_due(store, today=today)


def rows(store, sql):
    with store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.mark.parametrize(
    ("months", "today", "limit"),
    [
        (12, date(2027, 3, 15), date(2026, 3, 1)),
        (12, date(2027, 1, 1), date(2026, 1, 1)),
        (18, date(2027, 3, 31), date(2025, 9, 1)),
        (24, date(2027, 12, 31), date(2025, 12, 1)),
        (36, date(2028, 2, 29), date(2025, 2, 1)),
    ],
)
def test_the_limit_is_the_beginning_of_a_month(months, today, limit):
    assert limit_of(months, today) == (limit - date(1970, 1, 1)).days * 86_400


def test_by_itself_nothing_is_closed(filled):
    store, _ = filled
    assert read_retention(store).months is None
    assert close_due(store, today=date(2099, 1, 1)) is None
    assert len(rows(store, "SELECT 1 FROM shop_order")) == 5


def test_a_look_first_changes_nothing(filled):
    store, _ = filled
    revision = store.revision()
    seen = preview(store, 12, today=LATER)
    assert (seen.orders, seen.is_done) == (5, False)
    assert "5 orders from 2 Feb 2026 up to 1 Mar 2026 would be closed" in seen.sentence
    assert preview(store, 24, today=LATER).orders == 0
    assert store.revision() == revision


def test_codes_that_nobody_explained_are_named_first(filled):
    store, _ = filled
    bring(store, "more.csv", orders_file([Order(number=7, code="WHOSE", day=8)]))
    assert "1 of them carries a code that nobody has explained" in preview(store, 12, today=LATER).sentence


def test_what_was_seen_is_what_is_done_and_it_is_done_once(filled):
    store, _ = filled
    done = close(store)
    assert done.is_done
    assert done.orders == 5
    assert (
        "5 orders from before 1 Mar 2026 are closed; the sums of every campaign were compared"
        in done.sentence
    )
    assert close_due(store, today=LATER) is None
    assert close_due(store, today=date(2027, 4, 1)).orders == 0
    entries = rows(store, "SELECT subject, detail FROM audit_entry WHERE action = 'orders closed'")
    assert entries[0] == ("1 Mar 2026", '{"orders": 5, "clicks": 0, "rows set aside": 0}')


def test_the_orders_page_says_the_same_before_and_after(filled):
    store, number = filled
    before = order_summary(store, number)
    assert (before.orders, before.revenue) == (3, 5500)
    close(store)
    after = order_summary(store, number)
    assert "3 of these orders are from before 1 Mar 2026" in after.closed
    assert replace(after, closed="") == before


@pytest.mark.parametrize("metric", ["revenue", "orders", "new_customer_share", "roas", "repeat_rate"])
def test_a_figure_and_the_files_behind_it_stay(filled, metric):
    store, number = filled
    before = trace(store, Scope(campaign_id=number), metric)
    close(store)
    after = trace(store, Scope(campaign_id=number), metric)
    assert (after.value, after.numerator, after.denominator) == (
        before.value,
        before.numerator,
        before.denominator,
    )
    assert [(one.batch_id, one.rows) for one in after.sources] == [
        (one.batch_id, one.rows) for one in before.sources
    ]
    assert any("kept as sums by day" in words for words in after.exclusions)


def test_the_checklist_and_the_codes_count_on(filled):
    store, number = filled
    steps, codes = campaign_checklist(store, number), tracking.list_codes(store, campaign_id=number)
    close(store)
    assert campaign_checklist(store, number) == steps
    assert [(one.code, one.orders) for one in tracking.list_codes(store, campaign_id=number)] == [
        (one.code, {"ADA": 2, "BEN": 1}[one.code]) for one in codes
    ], "the pending order is credited to nobody and is counted there no more"


def test_older_files_with_closed_orders_are_not_taken_in_again(filled):
    store, number = filled
    close(store)
    before = order_summary(store, number)
    again = orders_file([*ORDERS, Order(number=6, code="ADA", day=9)], newline="\r\n")
    assert "6 × older than order rows are kept here" in review(store, "again.csv", again).sentence
    newer = again.replace(b"2026-02-09", b"2026-03-02")
    receipt = bring(store, "newer.csv", newer)
    assert receipt.counts.ignored == {"older than order rows are kept here": 5}
    assert (receipt.counts.stored, receipt.counts.adds_up) == (1, True)
    after = order_summary(store, number)
    assert (after.orders, after.revenue) == (before.orders + 1, before.revenue + 2_000)


def test_a_file_that_was_looked_at_before_the_closing_is_looked_at_again(filled):
    store, _ = filled
    waiting = review(store, "more.csv", orders_file([Order(number=6, code="ADA", day=9)]))
    close(store)
    with pytest.raises(PlumblineError, match="older orders were closed"):
        commit(store, waiting, upload="u")


def test_undoing_the_import_undoes_the_closed_orders(filled):
    store, number = filled
    (batch,) = list_batches(store)
    close(store)
    assert batch_detail(store, batch.batch_id).closed_orders == 5
    undo(store, batch.batch_id)
    assert order_summary(store, number).orders == 0
    for name in ("closed_credit", "closed_left_out", "closed_sale", "earlier_buyer"):
        assert rows(store, f"SELECT 1 FROM {name}") == []


def test_the_currency_of_a_campaign_with_closed_orders_stays(filled):
    store, number = filled
    close(store)
    plan = get_campaign(store, number)
    values = form(plan.brand_id, currency="USD", first_day="2026-02-01", last_day="2026-02-28")
    with pytest.raises(PlumblineError, match="kept as sums in GBP"):
        edit_campaign(store, number, values, version=plan.version, now=0)


def test_a_figure_that_would_move_stops_it_and_nothing_is_lost(filled, monkeypatch):
    store, number = filled
    before = order_summary(store, number)
    monkeypatch.setattr("core.rollups.closing._keep_credit", lambda *_: None)
    with pytest.raises(PlumblineError, match="Nothing was changed"):
        close(store)
    monkeypatch.undo()
    assert order_summary(store, number) == before
    assert read_retention(store).closed_before is None


def test_no_byte_of_a_closed_customer_is_left(sqlite_store):
    number = make_campaign(sqlite_store, currency="GBP", first_day="2026-02-01", last_day="2026-02-28")
    join(sqlite_store, number, "ada")
    bring(sqlite_store, "orders.csv", orders_file(ORDERS))
    people = {key for (key,) in rows(sqlite_store, "SELECT DISTINCT customer_key FROM shop_order")}
    assert len(people) == 4
    done = close(sqlite_store)
    assert done.is_compact
    left = b"".join(one.read_bytes() for one in sqlite_store.folder.rglob("*") if one.is_file())
    assert not [key for key in people if key.encode() in left]
    assert b"6000000000003" not in left, "nor an order's number"
    assert backup(sqlite_store, sqlite_store.folder / "backups").exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER, None])
def test_only_an_admin_sets_looks_and_closes(filled, role):
    store, _ = filled
    other = store.acting_as(Principal(name="somebody", role=role))
    for work in (
        lambda: read_retention(other),
        lambda: set_retention(other, 12),
        lambda: preview(other, 12, today=LATER),
        lambda: close_due(other, today=LATER),
    ):
        with pytest.raises(PlumblineError, match="right"):
            work()


@pytest.mark.parametrize("months", [0, 1, -12, 13])
def test_other_months_are_refused(store, months):
    with pytest.raises(PlumblineError, match="Choose 12, 18, 24, 36, 60 months, or for ever"):
        set_retention(store, months)
