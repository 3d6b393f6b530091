"""Both databases derive the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.rollups import rebuild_campaign
from tests.core.rollups.world import World, ad, at, claim, order, stat, video_id

if TYPE_CHECKING:
    from core.store.engine import Store

V = video_id(1)


def everything(world: World) -> list[dict[str, Any]]:
    """Import one of everything, undo some, and return the state after each step."""
    steps = []
    first = world.batch(
        {
            "video_fact": [
                {"video_id": V, "handle": "ada", "caption": "#Hi"},
                {"video_id": video_id(2), "handle": "bea"},
            ],
            "stat": [
                stat(V, "lifetime", 3, views=100, likes=5, reach=50),
                stat(video_id(2), "daily", 4, views=7),
                ad("a", "daily", 2, video_id=V, views=30, cost=500, reach=9),
                ad("b", "period", 1, 4, cost=20, campaign_hint="spring"),
                stat("ada-link", "daily", 3, sessions=4) | {"subject_kind": "web"},
                stat("bea", "period", 1, 4, shop_gmv=4, currency="USD", handle="bea")
                | {"subject_kind": "shop_creator", "campaign_hint": "spring"},
                stat("ada", "daily", 3, profile_views=4, followers=8) | {"subject_kind": "account"},
            ],
        }
    )
    steps.append(world.derived())
    world.batch(
        {
            "shop_order": [
                order("1", 3, customer_key="kim"),
                order("2", 5, customer_key="kim"),
                order("#3", 5, sale_key="tiktok_shop/9"),
                order("9", 5, system="tiktok_shop"),
                order("4", 6, customer_key="lou", status="pending"),
                order("5", 6, customer_key="lou"),
            ],
            "order_claim": [
                claim("1", "ADA10"),
                claim("1", "BEA10", position=1),
                claim("9", "bea", "affiliate", system="tiktok_shop"),
                claim("4", "ADA10"),
            ],
            "touch": [{"person_key": "lou", "at": at(4), "link_key": "bea-link"}],
        }
    )
    second = world.batch({"shop_order": [order("1", 3, 7000)], "order_claim": [claim("1", "ADA10")]}, as_of=5)
    steps.append(world.derived())
    rebuild_campaign(world.connection, 1)
    steps.append(world.derived())
    world.undo(second)
    world.undo(first)
    steps.append(world.derived())
    steps.append(world.rebuilt())
    return steps


@pytest.mark.postgres
def test_both_databases_derive_the_same(sqlite_url: str, postgres_url: str) -> None:
    from core.store.engine import open_store

    states = []
    for url in (sqlite_url, postgres_url):
        store: Store = open_store(url)
        with store.writing("test") as connection:
            states.append(everything(World(connection)))
        store.close()
    assert states[0] == states[1]
    assert states[0][1] == states[0][2]
    assert states[0][3] == states[0][4]
    assert states[0][1]["credit"]
