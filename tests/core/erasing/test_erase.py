"""What is erased is gone: from tables, figures, texts, the record and every byte of the file."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core import campaigns, tracking
from core.access import Principal, Role
from core.erasing import (
    erase_campaign,
    erase_creator,
    erase_customer,
    foresee_campaign,
    foresee_creator,
    foresee_customer,
)
from core.errors import PlumblineError
from core.store.engine import Store
from core.store.tables import Base
from tests.core.imports.pipeline.makers import Order, bring, orders_file
from tests.core.written import NOW, add_facts, join, make_campaign

if TYPE_CHECKING:
    from pathlib import Path

VIDEO, OTHER = "7300000000000000001", "7300000000000000002"


@pytest.fixture
def planned(store: Store) -> tuple[Store, int, dict[str, int]]:
    """Return a store with a campaign of two creators, videos, codes, orders and notes."""
    number = make_campaign(store, name="Quasar launch", code="quasar-launch")
    ids = dict(zip(("zelda", "yolanda"), join(store, number, "zelda", "yolanda"), strict=True))
    for handle, creator_id in ids.items():
        tracking.add_code(store, number, {"code": f"{handle.upper()}15", "creator_id": creator_id})
    add_facts(
        store,
        videos=[
            (VIDEO, "zelda", "#quasar by zelda", date(2026, 3, 8), 900),
            (OTHER, "yolanda", "#quasar", date(2026, 3, 9), 400),
        ],
        orders=[
            ("1", date(2026, 3, 11), "code", "ZELDA15", 5_000),
            ("2", date(2026, 3, 12), "code", "YOLANDA15", 7_000),
        ],
        account_days=[("zelda", date(2026, 3, 8), "profile_views", 30)],
    )
    campaigns.add_note(store, number, {"text": "Ask Zelda again; Yolanda is slow."}, now=NOW)
    return store, number, ids


def every_text(store: Store) -> str:
    """Return all that the tables hold, as one text."""
    with store.reading() as connection:
        return "\n".join(
            str(tuple(row))
            for rows in Base.metadata.sorted_tables
            for row in connection.execute(rows.select())
        )


def test_a_creator_leaves_no_row_and_no_name(planned):
    store, number, ids = planned
    done = erase_creator(store, ids["zelda"])
    left = every_text(store).lower()
    assert "zelda" not in left
    assert VIDEO not in left
    assert "[erased]" in left, "the note keeps its other words"
    assert "yolanda" in left
    assert done.removed["creator"] == 1
    assert done.removed["stat"] >= 2
    assert [one.creator_id for one in campaigns.list_collaborations(store, number)] == [ids["yolanda"]]


def test_the_others_figures_stay_as_they_were(planned):
    store, _, ids = planned
    with store.reading() as connection:
        before = connection.execute(
            text("SELECT * FROM creator_total WHERE creator_id = :one ORDER BY traffic"),
            {"one": ids["yolanda"]},
        ).fetchall()
    assert before
    erase_creator(store, ids["zelda"])
    with store.reading() as connection:
        after = connection.execute(
            text("SELECT * FROM creator_total WHERE creator_id = :one ORDER BY traffic"),
            {"one": ids["yolanda"]},
        ).fetchall()
    assert after == before


def test_a_campaign_leaves_with_its_videos_codes_and_records(planned):
    store, number, _ = planned
    done = erase_campaign(store, number)
    left = every_text(store).lower()
    assert "quasar" not in left
    assert VIDEO not in left
    assert "zelda15" not in left
    assert campaigns.list_campaigns(store) == ()
    assert done.sentence.startswith("Erased: ")
    assert "shop_order" not in done.removed, "the shop's orders are not the campaign's"


def test_no_byte_of_a_creator_is_left_in_the_folder(sqlite_store: Store):
    number = make_campaign(sqlite_store)
    (creator_id, _) = join(sqlite_store, number, "xanthippe", "ben")
    add_facts(sqlite_store, videos=[(VIDEO, "xanthippe", "a caption of hers", date(2026, 3, 8), 900)])
    assert b"xanthippe" in every_byte(sqlite_store.folder)
    done = erase_creator(sqlite_store, creator_id)
    assert done.is_compact
    kept = every_byte(sqlite_store.folder)
    assert b"xanthippe" not in kept
    assert b"a caption of hers" not in kept
    assert VIDEO.encode() not in kept


def every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_customer_is_found_by_the_address_they_ask_with(store: Store):
    bring(store, "orders.csv", orders_file([Order(number=1), Order(number=2, email="someone@else.example")]))
    with store.reading() as connection:
        before = connection.execute(text("SELECT COUNT(*) FROM shop_order")).scalar_one()
    done = erase_customer(store, "  Someone@ELSE.example ")
    assert done.removed["shop_order"] == 1
    with store.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM shop_order")).scalar_one() == before - 1
    with pytest.raises(PlumblineError, match="Nothing of this person"):
        erase_customer(store, "someone@else.example")


def test_the_record_says_that_something_was_erased_and_not_what(planned):
    store, _, ids = planned
    erase_creator(store, ids["zelda"])
    with store.reading() as connection:
        newest = connection.execute(text("SELECT * FROM audit_entry ORDER BY id DESC LIMIT 1")).one()
    assert (newest.action, newest.subject, newest.detail) == ("creator erased", "", "")


def test_the_record_cannot_be_changed_afterwards(planned):
    store, _, ids = planned
    erase_creator(store, ids["zelda"])
    with pytest.raises(Exception, match="audit trail cannot be changed"), store.writing("try") as connection:
        connection.execute(text("UPDATE audit_entry SET who = 'x'"))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, None], ids=str)
def test_only_an_admin_of_everything_may_erase(planned, role):
    store, number, ids = planned
    other = Store(home=store.home, principal=Principal(name="someone", role=role))
    for erase in (
        lambda: erase_campaign(other, number),
        lambda: erase_creator(other, ids["zelda"]),
        lambda: erase_customer(other, "a@b.example"),
    ):
        with pytest.raises(PlumblineError, match="right"):
            erase()


def test_what_is_not_there_is_said(store: Store):
    with pytest.raises(PlumblineError, match="not there any more"):
        erase_creator(store, 404)


def test_what_would_go_is_told_first_and_nothing_is_changed(planned):
    store, number, ids = planned
    before, revision = every_text(store), store.revision()
    told = foresee_creator(store, ids["zelda"])
    assert told.startswith("This would erase 1 video, 2 rows of figures, 1 collaboration, 1 code, ")
    assert told.endswith(", a name in 2 texts.")
    words = foresee_campaign(store, number)
    assert "2 videos" in words
    assert "2 codes" in words
    assert every_text(store) == before
    assert store.revision() == revision
    rows = [int(part.replace(",", "")) for part in re.findall(r"[\d,]*\d", told)]
    done = erase_creator(store, ids["zelda"])
    assert sum(rows) == sum(done.removed.values()) + done.struck_out, "what was told is what went"


def test_the_orders_of_a_person_are_counted_first(store: Store):
    bring(store, "orders.csv", orders_file([Order(number=1, email="kim@canary.example"), Order(number=2)]))
    assert foresee_customer(store, " KIM@canary.example ").startswith("This would erase 1 order")
    assert foresee_customer(store, "nobody@canary.example") == "Nothing of it is stored here."


def test_where_the_file_could_not_be_rewritten_that_is_said(planned, monkeypatch):
    store, number, _ = planned
    monkeypatch.setattr("core.erasing.erase.compact", lambda _store: False)
    done = erase_campaign(store, number)
    assert not done.is_compact
    assert "traces may be left" in done.sentence


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, None])
def test_only_an_admin_is_told_what_would_go(planned, role):
    store, number, ids = planned
    other = store.acting_as(Principal(name="e", role=role))
    for look in (
        lambda: foresee_campaign(other, number),
        lambda: foresee_creator(other, ids["zelda"]),
        lambda: foresee_customer(other, "kim@canary.example"),
    ):
        with pytest.raises(PlumblineError, match="right"):
            look()
