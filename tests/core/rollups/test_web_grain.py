"""Visits that several analytics files state in different detail count once."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from core.rollups.untied import repeated_rows
from tests.core.rollups.world import World, day, stat

ADA, BEA = "tiktok|creator|spring|ada|", "tiktok|creator|spring|bea|"
WHOLE = "tiktok|creator|spring||"


@pytest.fixture
def shop(world: World) -> World:
    """Return the world with two creators whose links name them in the content."""
    world.link(ADA, 1, 1)
    world.link(BEA, 2, 1)
    return world


def web(subject: str, first: int, last: int | None = None, **more: Any) -> dict[str, Any]:
    kind = "daily" if last is None else "period"
    row = stat(subject, kind, first, last, **more) | {"subject_kind": "web"}
    return row | {"campaign_hint": "spring" if "|spring|" in subject else ""}


def covers(world: World, batch: int, first: int, last: int) -> None:
    """Say which days a file covers, as the import does."""
    world.connection.exec_driver_sql(
        f"UPDATE import_batch SET first_day = {day(first)}, last_day = {day(last)} WHERE id = {batch}"
    )


def total(world: World, column: str = "sessions") -> dict[int, int]:
    rows = world.rows(
        f"SELECT creator_id, {column} FROM creator_total WHERE campaign_id = 1 AND traffic = 'total' AND {column} IS NOT NULL"
    )
    return dict(rows)


FINE = {"stat": [web(ADA, 1, 9, sessions=30), web(BEA, 1, 9, sessions=20)]}
COARSE = {"stat": [web(WHOLE, 1, 9, sessions=55, web_revenue=900, currency="USD")]}
BY_DAY = {"stat": [web(WHOLE, on, sessions=5) for on in range(1, 10)]}


def test_with_and_without_the_content_counts_once_and_keeps_the_creators(shop: World) -> None:
    shop.batch(COARSE)
    assert total(shop) == {0: 55}
    shop.batch(FINE)
    assert total(shop) == {1: 30, 2: 20}


def test_what_only_the_coarser_file_states_is_kept(shop: World) -> None:
    shop.batch(FINE)
    shop.batch(COARSE)
    assert total(shop, "web_revenue") == {0: 900}
    assert total(shop) == {1: 30, 2: 20}


def test_days_and_one_total_of_the_same_link_count_once(shop: World) -> None:
    shop.batch({"stat": [web(WHOLE, 1, 9, sessions=45)]})
    shop.batch(BY_DAY)
    assert total(shop) == {0: 45}


def test_a_few_days_do_not_push_out_the_month_that_holds_them(shop: World) -> None:
    shop.batch({"stat": [web(WHOLE, 1, 30, sessions=300)]}, as_of=1)
    shop.batch({"stat": [web(WHOLE, 2, sessions=9), web(WHOLE, 3, sessions=8)]}, as_of=2)
    assert total(shop) == {0: 300}


def test_days_after_the_total_are_added_to_it(shop: World) -> None:
    shop.batch({"stat": [web(ADA, 1, 9, sessions=30)]})
    shop.batch({"stat": [web(WHOLE, on, sessions=5) for on in range(6, 13)]})
    assert total(shop) == {0: 15, 1: 30}


def test_sources_that_the_finer_file_does_not_name_stay(shop: World) -> None:
    shop.batch(FINE)
    shop.batch({"stat": [web(WHOLE, 1, 9, sessions=55), web("mail|news|spring||", 1, 9, sessions=7)]})
    assert total(shop) == {0: 7, 1: 30, 2: 20}


def test_rows_without_a_content_in_a_file_with_contents_are_no_sum_of_the_others(shop: World) -> None:
    shop.batch({"stat": [*FINE["stat"], web(WHOLE, 1, 9, sessions=4)]})
    assert total(shop) == {0: 4, 1: 30, 2: 20}


def test_files_that_share_no_dimension_but_the_campaign_count_once(shop: World) -> None:
    shop.batch({"stat": [web("||spring|ada|", 1, 9, sessions=30)]})
    shop.batch({"stat": [web(WHOLE, 1, 9, sessions=55)]})
    assert sum(total(shop).values()) == 30


def test_a_file_of_other_days_is_added(shop: World) -> None:
    shop.batch(FINE)
    shop.batch({"stat": [web(WHOLE, 10, 19, sessions=40)]})
    assert total(shop) == {0: 40, 1: 30, 2: 20}


def test_undo_brings_the_other_file_back(shop: World) -> None:
    coarse, fine = shop.batch(COARSE), shop.batch(FINE)
    shop.undo(fine)
    assert total(shop) == {0: 55}
    shop.undo(coarse)
    assert total(shop) == {}


@pytest.mark.parametrize("order", list(permutations((COARSE, FINE, BY_DAY))))
def test_the_order_of_imports_does_not_matter(
    shop: World, order: tuple[dict[str, list[dict[str, Any]]], ...]
) -> None:
    for facts in order:
        shop.batch(facts)
        assert shop.derived() == shop.rebuilt()
    assert total(shop) == {1: 30, 2: 20}


def test_the_rows_that_are_not_counted_can_be_named(shop: World) -> None:
    coarse, fine = shop.batch({"stat": [web(WHOLE, 1, 9, sessions=55)]}), shop.batch(FINE)
    assert repeated_rows(shop.connection, 1, ["sessions"]) == {coarse: 1}
    shop.undo(fine)
    assert repeated_rows(shop.connection, 1, ["sessions"]) == {}


def test_a_file_covers_the_days_it_says_also_those_without_visits(shop: World) -> None:
    fine = shop.append({"stat": [web(ADA, 3, sessions=2)]})
    covers(shop, fine, 1, 9)
    shop.batch({"stat": [web(WHOLE, 1, 9, sessions=5)]})
    assert total(shop) == {1: 2}
