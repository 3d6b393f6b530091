"""What the ledger leaves out or doubts is listed, for those who may read the campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.access import Principal, Role
from core.errors import PlumblineError
from core.store.engine import Store, open_store
from core.store.facts import Doubts, LeftOutOrders, left_out_orders, read_doubts
from tests.core.rollups.world import World, claim, day, order, put, video_id

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    with opened.writing("test") as connection:
        world = World(connection)
        world.batch(
            {
                "shop_order": [order(str(n), 3, 1000, status="pending") for n in range(5)]
                + [order("7", 3, 2000, currency="SEK"), order("8", 3), order("9", 3)],
                "order_claim": [claim(str(n), "ADA10") for n in (0, 1, 2, 3, 4, 7, 8, 9)]
                + [claim("9", "BEA10", position=1)],
            }
        )
        put(connection, "membership_rule", campaign_id=2, kind="hashtag", value="love", first_day=day(1))
        world.batch({"video_fact": [{"video_id": video_id(1), "handle": "ada", "caption": "#love"}]})
    yield opened
    opened.close()


def test_left_out_orders_are_listed_by_reason_with_amounts_and_examples(store: Store) -> None:
    assert left_out_orders(store, 1) == (
        LeftOutOrders(reason="pending", orders=5, amounts={"USD": 5000}, examples=("0", "1", "2")),
        LeftOutOrders(reason="currency", orders=1, amounts={"SEK": 2000}, examples=("7",)),
    )
    assert left_out_orders(store, 2) == ()


def test_conflicts_of_orders_and_videos_are_counted(store: Store) -> None:
    assert read_doubts(store, 1) == Doubts(conflicts=1, credited=2, videos=(video_id(1),))
    assert read_doubts(store, 2) == Doubts(conflicts=0, credited=0, videos=(video_id(1),))


@pytest.mark.parametrize("ask", [left_out_orders, read_doubts])
def test_nobody_reads_a_campaign_that_is_not_theirs(store: Store, ask) -> None:
    stranger = store.acting_as(Principal(name="x", role=Role.EDITOR, campaign_ids=frozenset({2})))
    with pytest.raises(PlumblineError, match="right"):
        ask(stranger, 1)
