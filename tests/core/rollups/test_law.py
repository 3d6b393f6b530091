"""The law of derived data: the state is a function of the set of standing imports."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.rollups import rebuild_campaign
from tests.core.rollups.world import World, ad, claim, day, open_engine, order, stat, video_id

VIDEOS = [video_id(1), video_id(2, posted=20), video_id(3, posted=62)]
counts = st.one_of(st.none(), st.integers(0, 1000))
days = st.integers(1, 8)
traffic = st.sampled_from(["total", "total", "organic", "paid"])


@st.composite
def video_rows(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["lifetime", "lifetime", "daily", "period"]))
    first = draw(days)
    last = first + draw(st.integers(0, 4)) if kind == "period" else first
    return stat(
        draw(st.sampled_from(VIDEOS)),
        kind,
        first,
        last,
        traffic=draw(traffic),
        views=draw(counts),
        likes=draw(counts),
        reach=draw(counts),
        shop_gmv=draw(counts),
        currency=draw(st.sampled_from(["USD", "EUR", "JPY"])),
        is_rounded=draw(st.booleans()),
        breakdown=draw(st.sampled_from(["", "", "", "age=18-24"])),
    )


@st.composite
def ad_rows(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["daily", "period"]))
    first = draw(days)
    last = first + draw(st.integers(0, 4)) if kind == "period" else first
    return ad(
        draw(st.sampled_from(["a1", "a2"])),
        kind,
        first,
        last,
        video_id=draw(st.sampled_from(["", *VIDEOS[:2]])),
        campaign_hint=draw(st.sampled_from(["", "spring", "Autumn", "other"])),
        cost=draw(counts),
        views=draw(counts),
        reach=draw(counts),
    )


@st.composite
def web_rows(draw: st.DrawFn) -> dict[str, Any]:
    row = stat(
        draw(st.sampled_from(["ada-link", "bea-link", "else"])), "daily", draw(days), sessions=draw(counts)
    )
    return row | {"subject_kind": "web", "campaign_hint": draw(st.sampled_from(["", "spring"]))}


@st.composite
def shop_rows(draw: st.DrawFn) -> dict[str, Any]:
    handle = draw(st.sampled_from(["ada", "bea"]))
    row = stat(handle, "period", 1, 5, shop_gmv=draw(counts), commission=draw(counts), currency="USD")
    return row | {
        "subject_kind": "shop_creator",
        "handle": handle,
        "campaign_hint": draw(st.sampled_from(["", "spring"])),
    }


@st.composite
def account_rows(draw: st.DrawFn) -> dict[str, Any]:
    row = stat(
        draw(st.sampled_from(["ada", "bea"])),
        "daily",
        draw(days),
        profile_views=draw(counts),
        followers=draw(counts),
    )
    return row | {"subject_kind": "account"}


@st.composite
def video_facts(draw: st.DrawFn) -> dict[str, Any]:
    posted = draw(st.one_of(st.none(), st.integers(1, 70)))
    return {
        "video_id": draw(st.sampled_from(VIDEOS)),
        "handle": draw(st.sampled_from(["", "ada", "bea", "cyd", "stranger"])),
        "caption": draw(st.sampled_from([None, "", "so #nice"])),
        "posted_at": None if posted is None else day(posted) * 86_400,
        "posted_from": draw(st.sampled_from(["file", "id"])),
        "posted_day": draw(st.one_of(st.none(), st.integers(day(1), day(70)))),
    }


@st.composite
def orders(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    number = draw(st.sampled_from(["1", "2", "3", "4"]))
    system = draw(st.sampled_from(["shopify", "tiktok_shop"]))
    sale = draw(st.sampled_from(["", "", "tiktok_shop/1", "tiktok_shop/2"])) if system == "shopify" else ""
    row = order(
        number,
        draw(st.integers(1, 9)),
        draw(st.integers(0, 9999)),
        system=system,
        sale_key=sale,
        status=draw(st.sampled_from(["paid", "paid", "pending", "refunded", "partially_refunded"])),
        currency=draw(st.sampled_from(["USD", "USD", "EUR", "SEK"])),
        customer_key=draw(st.sampled_from(["", "kim", "lou"])),
        refunded=draw(st.one_of(st.none(), st.integers(0, 5000))),
    )
    found = []
    for position in range(draw(st.integers(0, 2))):
        kind, key = draw(
            st.sampled_from(
                [
                    ("code", "ADA10"),
                    ("code", "BEA10"),
                    ("code", "SALE"),
                    ("code", "NEW"),
                    ("affiliate", "ada"),
                    ("affiliate", "bea"),
                    ("link", "ada-link"),
                ]
            )
        )
        found.append(claim(number, key, kind, system=system, position=position))
    return row, found


@st.composite
def batches(draw: st.DrawFn) -> tuple[dict[str, list[dict[str, Any]]], int, int | None]:
    facts: dict[str, list[dict[str, Any]]] = {
        "stat": [],
        "video_fact": [],
        "shop_order": [],
        "order_claim": [],
        "touch": [],
    }
    for strategy in (video_rows(), ad_rows(), web_rows(), shop_rows(), account_rows()):
        facts["stat"] += draw(st.lists(strategy, max_size=3))
    facts["video_fact"] = draw(st.lists(video_facts(), max_size=2))
    for row, found in draw(
        st.lists(orders(), max_size=3, unique_by=lambda pair: (pair[0]["system"], pair[0]["order_id"]))
    ):
        facts["shop_order"].append(row)
        facts["order_claim"] += found
    if draw(st.booleans()):
        moment = day(draw(days)) * 86_400
        facts["touch"] = [
            {
                "person_key": "kim",
                "at": moment,
                "link_key": draw(st.sampled_from(["ada-link", "bea-link", "x"])),
            }
        ]
    if draw(st.booleans()):
        facts["order_claim"].append(claim(draw(st.sampled_from(["1", "9"])), "bea-link", "link", position=50))
    return facts, draw(st.integers(0, 2)), draw(st.sampled_from([None, None, 2]))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Any], list[int]]:
    made = draw(st.lists(batches(), min_size=1, max_size=4))
    undone = draw(st.lists(st.integers(1, len(made)), unique=True, max_size=len(made)))
    return made, undone


def assert_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for table, rows in one.items():
        assert rows == other[table], table


def state_of(tmp_path: Any, name: str, made: list[Any], undone: list[int], *, early: bool) -> Any:
    """Return the derived tables after imports and undos, and after a rebuild of everything."""
    path = tmp_path / name
    path.unlink(missing_ok=True)
    engine = open_engine(path)
    with engine.begin() as connection:
        world = World(connection)
        connection.execute(
            text(
                "INSERT INTO exchange_rate (currency, \"into\", day, rate, stated_by) VALUES ('EUR', 'USD', :day, 1.25, '')"
            ),
            {"day": day(3)},
        )
        for number, (facts, as_of, campaign) in enumerate(made, start=1):
            world.batch(facts, as_of=as_of, campaign=campaign)
            if early and number in undone:
                world.undo(number)
        if not early:
            for number in undone:
                world.undo(number)
        state = world.derived(), world.rebuilt()
    engine.dispose()
    return state


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(histories(), st.booleans())
def test_any_order_of_imports_and_undos_leaves_what_the_standing_imports_alone_would(
    tmp_path, history, early
):
    made, undone = history
    state, whole = state_of(tmp_path, "history.db", made, undone, early=early)
    assert_same(state, whole)
    standing = [batch for number, batch in enumerate(made, start=1) if number not in undone]
    alone, _ = state_of(tmp_path, "standing.db", standing, [], early=False)
    assert_same(state, alone)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(st.lists(batches(), min_size=1, max_size=3))
def test_credited_revenue_never_exceeds_what_the_shop_took_and_shares_never_exceed_one(tmp_path, made):
    path = tmp_path / "credit.db"
    path.unlink(missing_ok=True)
    engine = open_engine(path)
    with engine.begin() as connection:
        world = World(connection)
        for facts, as_of, campaign in made:
            world.batch(facts, as_of=as_of, campaign=campaign)
        for system, number, share, revenue, creators, campaigns in world.rows(
            "SELECT system, order_id, SUM(share), SUM(revenue), COUNT(DISTINCT creator_id), COUNT(DISTINCT campaign_id)"
            " FROM credit GROUP BY system, order_id"
        ):
            taken = world.value(
                "SELECT o.subtotal FROM shop_order o JOIN import_batch b ON b.id = o.batch_id WHERE system = :s"
                " AND order_id = :n ORDER BY b.as_of DESC, b.id DESC LIMIT 1",
                s=system,
                n=number,
            )
            assert share <= 1 + 1e-9
            assert revenue <= taken, (creators, campaigns)
    engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaign SET last_day = last_day + 40 WHERE id = 1",
        "UPDATE campaign SET zone = 'Pacific/Auckland', currency = 'EUR' WHERE id = 1",
        "DELETE FROM collaboration WHERE campaign_id = 1 AND creator_id = 1",
        "UPDATE creator_handle SET creator_id = 2 WHERE handle = 'ada'",
        "UPDATE promo_code SET creator_id = 2 WHERE code_key = 'ADA10'",
        "DELETE FROM promo_code WHERE code_key = 'BEA10'",
        "UPDATE promo_code SET campaign_id = NULL WHERE campaign_id = 1",
        "DELETE FROM tracking_link WHERE link_key = 'ada-link'",
        "UPDATE campaign SET click_window_days = 0 WHERE id = 1",
        "INSERT INTO membership_rule (campaign_id, kind, value) VALUES (1, 'hashtag', 'nice')",
        "INSERT INTO exchange_rate (currency, \"into\", day, rate, stated_by) VALUES ('EUR', 'USD', 0, 1.1, '')",
    ],
    ids=lambda sql: sql.split(" WHERE")[0][:50],
)
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(made=st.lists(batches(), min_size=1, max_size=3))
def test_a_changed_plan_moves_what_it_must(tmp_path, change, made):
    path = tmp_path / "plan.db"
    path.unlink(missing_ok=True)
    engine = open_engine(path)
    with engine.begin() as connection:
        world = World(connection)
        for facts, as_of, campaign in made:
            world.batch(facts, as_of=as_of, campaign=campaign)
        connection.execute(text(change))
        rebuild_campaign(connection, 1)
        if "handle" in change:
            rebuild_campaign(connection, 2)
        assert_same(world.derived(), world.rebuilt())
    engine.dispose()
