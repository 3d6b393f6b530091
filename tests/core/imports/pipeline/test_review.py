"""What a person is told before anything is written."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from core.access import Principal, Role
from core.errors import PlumblineError
from core.imports.commit import commit
from core.imports.model import Ask
from core.imports.questions import forget
from core.imports.review import Offered, ReviewState, answer, answer_alike, answer_everywhere, review_files
from tests.core.imports.pipeline.makers import (
    NOW,
    Order,
    archive,
    bring,
    content_file,
    csv_bytes,
    orders_file,
    overview_file,
    review,
    rows_in,
)

WEEK = {f"March {day}": 100 * day for day in range(1, 4)}
ADS = ("Ad name", "Ad ID", "Cost", "Impressions", "Clicks (destination)")


def drop(store, **files: bytes):
    offered = [Offered(name=name.replace("_", "."), data=data) for name, data in files.items()]
    return {one.file: one for one in review_files(store, offered, now=NOW)}


def test_sentence_says_how_many_when_and_how_much(store):
    orders = [Order(number=1001), Order(number=1002, total="35.00", day=9, refunded="5.00")]
    found = review(store, "orders.csv", orders_file(orders))
    assert found.sentence.startswith("Shopify orders: 2 orders, 1 to 9 Feb 2026, £55.00; 1 has refunds.") or (
        found.sentence.startswith("Shopify orders: 2 orders, 1 Feb to 9 Feb 2026, £55.00; 1 has refunds.")
    )
    assert "Nothing of names, e-mail or postal addresses is kept." in found.sentence
    assert (found.state, found.counts.adds_up, found.counts.stored) == (ReviewState.READY, True, 2)


def test_looking_writes_nothing(store):
    before = store.revision()
    review(store, "orders.csv", orders_file([Order(number=1001)]))
    assert store.revision() == before
    assert rows_in(store, "import_batch") == 0


def test_rows_set_aside_are_announced(store):
    found = review(
        store, "orders.csv", orders_file([Order(number=1001), Order(number=1002, status="nonsense")])
    )
    assert "1 row needs a look and will be set aside" in found.sentence
    assert (found.counts.rows_in, found.counts.stored, found.counts.aside) == (2, 1, 1)


def test_file_of_which_no_row_can_be_stored_is_refused_with_an_example(store):
    found = review(store, "orders.csv", orders_file([Order(number=1001, status="nonsense")]))
    assert found.state is ReviewState.REFUSED
    assert "For instance row 2:" in found.sentence


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b""), ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(50)), ("page.csv", b"<!doctype html><html><body>x</body></html>")],
    ids=["empty", "image", "web page"],
)  # fmt: skip
def test_what_cannot_be_read_is_a_review_and_no_error(store, name, data):
    found = review(store, name, data)
    assert found.state is ReviewState.REFUSED
    assert found.sentence
    assert found.issues


def test_header_without_rows_is_nothing_to_read(store):
    found = review(store, "orders.csv", orders_file([]))
    assert found.state in (ReviewState.NOTHING, ReviewState.REFUSED)
    assert found.counts.rows_in == 0


def test_file_in_an_archive_learns_the_account_its_sibling_proves(store):
    zipped = archive({"Content.csv": content_file("maya.skin"), "Overview.csv": overview_file(WEEK)})
    found = drop(store, bundle_zip=zipped)
    overview = found["bundle.zip/Overview.csv"]
    assert Ask.ACCOUNT not in [one.ask for one in overview.questions]
    assert [(one.value, one.origin) for one in overview.answered] == [
        ("maya.skin", "shown by another file of the same archive")
    ]


def test_loose_files_only_suggest_the_account_to_each_other(store):
    found = drop(store, Content_csv=content_file("maya.skin"), Overview_csv=overview_file(WEEK))
    (asked,) = [one for one in found["Overview.csv"].questions if one.ask is Ask.ACCOUNT]
    assert asked.suggestion == "maya.skin"


def test_two_accounts_in_one_archive_prove_nothing(store):
    members = {
        "Content.csv": content_file("maya.skin"),
        "Content (1).csv": content_file("lena.fit", "7341234567890999999"),
        "Overview.csv": overview_file(WEEK),
    }
    found = drop(store, bundle_zip=archive(members))
    assert Ask.ACCOUNT in [one.ask for one in found["bundle.zip/Overview.csv"].questions]


def test_archive_with_a_table_twice_comes_from_two_accounts_and_proves_nothing(store):
    members = {
        "a/Content.csv": content_file("maya.skin"),
        "a/Overview.csv": overview_file(WEEK),
        "a/Overview (1).csv": overview_file({"March 1": 7, "March 2": 9}),
    }
    offered = [Offered(name="bundle.zip", data=archive(members))]
    overviews = [one for one in review_files(store, offered, now=NOW) if one.format == "studio_overview"]
    assert len({one.key for one in overviews}) == 2
    assert all(Ask.ACCOUNT in [asked.ask for asked in one.questions] for one in overviews)


def test_folder_of_an_archive_proves_nothing_for_another_folder(store):
    members = {
        "a/Content.csv": content_file("maya.skin"),
        "a/Overview.csv": overview_file(WEEK),
        "b/Overview.csv": overview_file({"March 1": 7, "March 2": 9}),
    }
    found = drop(store, bundle_zip=archive(members))
    assert found["bundle.zip/a/Overview.csv"].reading.account == "maya.skin"
    assert Ask.ACCOUNT in [one.ask for one in found["bundle.zip/b/Overview.csv"].questions]


def test_equal_files_of_two_accounts_are_two_files(store):
    said = {(Ask.EXPORT_DAY, ""): "2026-03-04"}
    bring(store, "Overview.csv", overview_file(WEEK), answers={**said, (Ask.ACCOUNT, ""): "maya"})
    other = review(store, "Overview.csv", overview_file(WEEK), answers={**said, (Ask.ACCOUNT, ""): "lena"})
    assert other.state is ReviewState.READY
    same = review(store, "Overview.csv", overview_file(WEEK), answers={**said, (Ask.ACCOUNT, ""): "maya"})
    assert same.state is ReviewState.ALREADY_IMPORTED
    assert review(store, "Overview.csv", overview_file(WEEK)).state is ReviewState.ALREADY_IMPORTED


def ads_file(cost: str = "10.50") -> bytes:
    rows = [(f"Maya v{number}", f"18000000000000{number:02d}", cost, "1000", "20") for number in range(1, 4)]
    return csv_bytes(ADS, rows)


def answered_ads(store, name: str, data: bytes, currency: str):
    found = review(store, name, data)
    for _ in range(4):
        if found.state is not ReviewState.ASKS:
            break
        said = {
            Ask.CURRENCY: currency,
            Ask.PERIOD: "2026-02-01/2026-02-28",
            Ask.EXPORT_DAY: "2026-03-01",
            Ask.ZONE: "UTC",
        }
        found = answer(
            found, {(one.ask, one.key): one.suggestion or said.get(one.ask, "") for one in found.questions}
        )
    return found


def test_currency_is_asked_once_per_source_and_shown_the_next_time(store):
    first = answered_ads(store, "ads_feb.csv", ads_file(), "EUR")
    assert first.state is ReviewState.READY, [one.sentence for one in first.questions]
    commit(store, first, upload="x", now=NOW)
    again = review(store, "ads_mar.csv", ads_file("11.50"))
    assert Ask.CURRENCY not in [one.ask for one in again.questions]
    (shown,) = [one for one in again.answered if one.question.ask is Ask.CURRENCY]
    assert (shown.value, shown.question.remembered, shown.origin) == (
        "EUR",
        True,
        "remembered for this source",
    )


def test_remembered_answer_can_be_changed_for_this_file_and_the_next(store):
    commit(store, answered_ads(store, "ads_feb.csv", ads_file(), "EUR"), upload="x", now=NOW)
    second = answer(answered_ads(store, "ads_mar.csv", ads_file("11.50"), "EUR"), {(Ask.CURRENCY, ""): "USD"})
    commit(store, second, upload="x", now=NOW)
    with store.reading() as connection:
        rows = connection.execute(text("SELECT DISTINCT currency FROM stat ORDER BY currency")).scalars()
        assert list(rows) == ["EUR", "USD"]
    third = review(store, "ads_apr.csv", ads_file("12.50"))
    assert [one.value for one in third.answered if one.question.ask is Ask.CURRENCY] == ["USD"]


def test_period_belongs_to_one_file_and_is_asked_again(store):
    commit(store, answered_ads(store, "ads_feb.csv", ads_file(), "EUR"), upload="x", now=NOW)
    again = review(store, "ads_mar.csv", ads_file("11.50"))
    assert Ask.PERIOD in [one.ask for one in again.questions]


def test_forgotten_source_is_asked_again(store):
    first = answered_ads(store, "ads_feb.csv", ads_file(), "EUR")
    commit(store, first, upload="x", now=NOW)
    with store.writing("forget answers") as connection:
        forget(connection, first.source)
    assert Ask.CURRENCY in [one.ask for one in review(store, "ads_mar.csv", ads_file("11.50")).questions]


def test_one_answer_serves_the_files_of_one_source(store):
    offered = [Offered(name="a.csv", data=ads_file()), Offered(name="b.csv", data=ads_file("3.00"))]
    reviews = review_files(store, offered, now=NOW)
    after = answer_alike(
        reviews, reviews[0].key, {(Ask.CURRENCY, ""): "EUR", (Ask.PERIOD, ""): "2026-02-01/2026-02-28"}
    )
    assert Ask.CURRENCY not in [one.ask for one in after[1].questions]
    assert Ask.PERIOD in [one.ask for one in after[1].questions]
    everywhere = answer_everywhere(reviews, {(Ask.PERIOD, ""): "2026-02-01/2026-02-28"})
    assert [Ask.PERIOD in [one.ask for one in review.questions] for review in everywhere] == [False, False]


def test_cancel_between_files_ends_it(store):
    stop = threading.Event()
    stop.set()
    with pytest.raises(PlumblineError, match="cancelled"):
        review_files(store, [Offered(name="a.csv", data=ads_file())], cancelled=stop.is_set)


def test_progress_names_each_file(store):
    seen: list[tuple[int, int, str]] = []
    offered = [Offered(name="a.csv", data=ads_file()), Offered(name="b.csv", data=b"")]
    review_files(store, offered, progress=lambda done, total, name: seen.append((done, total, name)), now=NOW)
    assert seen == [(0, 2, "a.csv"), (1, 2, "b.csv")]


def test_viewer_may_not_hand_in_files(store):
    with pytest.raises(PlumblineError, match="right"):
        review_files(store.acting_as(Principal(name="v", role=Role.VIEWER)), [])


def test_reader_that_breaks_refuses_its_file_and_logs_no_cell(store, caplog):
    from dataclasses import replace

    from core.imports.formats import FORMATS

    def broken(typed):
        raise ValueError(typed.columns["email"].values.iloc[0])

    formats = [replace(one, build=broken) if one.name == "shopify_orders" else one for one in FORMATS]
    data = orders_file([Order(number=1, email="jane@canary.example")])
    offered = [Offered(name="orders.csv", data=data)]
    (found,) = review_files(store, offered, formats=formats, now=NOW)
    assert found.state is ReviewState.REFUSED
    assert "could not be understood" in found.sentence
    assert "canary" not in caplog.text
    assert "ValueError" in caplog.text
