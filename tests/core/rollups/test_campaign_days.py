"""What of a campaign hangs on no video, and the sums that pages read."""

from __future__ import annotations

from tests.core.rollups.world import World, ad, day, stat, video_id

V = video_id(1)


def total(world: World, column: str, traffic: str = "total") -> dict[int, int]:
    return dict(
        world.rows(
            f"SELECT creator_id, {column} FROM creator_total WHERE campaign_id = 1 AND traffic = :t AND {column} IS NOT NULL",
            t=traffic,
        )
    )


def web(subject: str, on: int, **more: object) -> dict:
    return stat(subject, "daily", on, **more) | {"subject_kind": "web"}


def test_ads_without_a_video_belong_by_name_or_by_the_campaign_chosen(world: World) -> None:
    world.batch(
        {
            "stat": [
                ad("a", "daily", 2, cost=10, campaign_hint=" Spring "),
                ad("b", "daily", 2, cost=5, campaign_hint="other"),
            ]
        }
    )
    world.batch({"stat": [ad("c", "daily", 2, cost=7)]}, campaign=1)
    assert total(world, "cost") == total(world, "cost", "paid") == {0: 17}


def test_a_name_that_two_campaigns_share_ties_nothing(world: World) -> None:
    world.campaign(3, "later", first=1, last=9)
    world.connection.exec_driver_sql("UPDATE campaign SET name = 'Spring' WHERE id = 3")
    world.batch({"stat": [ad("a", "daily", 2, cost=10, campaign_hint="spring")]})
    assert total(world, "cost") == {}


def test_an_ad_of_a_video_of_nobody_counts_for_the_campaign_until_the_video_has_one(world: World) -> None:
    world.batch({"stat": [ad("a", "daily", 2, video_id=V, cost=10, campaign_hint="spring")]})
    assert total(world, "cost", "paid") == {0: 10}
    world.batch({"video_fact": [{"video_id": V, "handle": "ada"}]})
    assert total(world, "cost", "paid") == {1: 10}
    world.undo(2)
    assert total(world, "cost", "paid") == {0: 10}


def test_web_rows_go_to_the_creator_of_the_link_else_to_the_campaign_by_name(world: World) -> None:
    world.batch(
        {
            "stat": [
                web("ada-link", 2, sessions=5),
                web("x|y|spring||", 2, sessions=3, campaign_hint="spring"),
                web("z", 2, sessions=9),
            ]
        }
    )
    assert total(world, "sessions") == {0: 3, 1: 5}


def test_a_creators_list_of_the_shop_does_not_repeat_what_the_videos_say(world: World) -> None:
    shop = stat(
        "ada", "period", 1, 9, shop_gmv=500, commission=50, currency="USD", campaign_hint="spring"
    ) | {"subject_kind": "shop_creator", "handle": "ada"}
    world.batch({"stat": [shop]})
    assert (total(world, "shop_gmv"), total(world, "commission")) == ({1: 500}, {1: 50})
    world.batch(
        {
            "video_fact": [{"video_id": V, "handle": "ada"}],
            "stat": [stat(V, "period", 1, 9, shop_gmv=300, currency="USD")],
        }
    )
    assert (total(world, "shop_gmv"), total(world, "commission")) == ({1: 300}, {1: 50})


def test_profile_visits_of_collaborators_count_on_the_days_of_the_campaign(world: World) -> None:
    rows = [
        stat(handle, "daily", on, profile_views=views) | {"subject_kind": "account"}
        for handle, on, views in (("ada", 1, 4), ("ada", 30, 5), ("ada", 31, 9), ("cyd", 3, 7))
    ]
    world.batch({"stat": rows})
    assert total(world, "profile_views") == {1: 9}


def test_an_accounts_day_takes_the_newest_statement_of_each_measure(world: World) -> None:
    world.batch(
        {"stat": [stat("ada", "daily", 2, followers=10, viewers=4) | {"subject_kind": "account"}]}, as_of=1
    )
    world.batch({"stat": [stat("ada", "daily", 2, followers=11) | {"subject_kind": "account"}]}, as_of=2)
    assert world.rows("SELECT followers, viewers FROM account_day") == [(11, 4)]


def test_all_sums_agree_and_nothing_unique_is_in_them(world: World) -> None:
    world.batch(
        {
            "video_fact": [
                {"video_id": video_id(n), "handle": handle} for n, handle in enumerate(("ada", "bea", "bea"))
            ],
            "stat": [
                stat(video_id(n), "daily", on, views=10 * n + on, likes=on, reach=on)
                for n in range(3)
                for on in range(2, 7)
            ]
            + [ad("a", "daily", 3, video_id=video_id(0), views=4, cost=9, reach=3)],
        }
    )
    for traffic in ("total", "organic", "paid"):
        for column in ("views", "likes", "cost"):
            sums = {
                table: world.value(
                    f"SELECT SUM({column}) FROM {table} WHERE campaign_id = 1 AND traffic = :t", t=traffic
                )
                for table in ("campaign_day", "creator_total", "day_total", "video_total")
            }
            assert len(set(sums.values())) == 1, (traffic, column, sums)
    for table in ("campaign_day", "creator_total", "day_total"):
        assert world.rows(f"SELECT 1 FROM {table} WHERE reach IS NOT NULL") == []


def test_videos_without_ads_are_organic_as_far_as_anyone_knows(world: World) -> None:
    world.batch(
        {
            "video_fact": [{"video_id": V, "handle": "ada"}],
            "stat": [stat(V, "daily", 2, views=10, shop_gmv=5, currency="USD")],
        }
    )
    assert total(world, "views", "organic") == {1: 10}
    assert total(world, "shop_gmv", "organic") == {}
    assert world.rows("SELECT day FROM day_total WHERE traffic = 'organic'") == [(day(2),)]


def test_an_older_export_uploaded_later_changes_no_day_of_an_account_and_no_video(world: World) -> None:
    account = stat("ada", "daily", 2, followers=11) | {"subject_kind": "account"}
    world.batch({"stat": [account], "video_fact": [{"video_id": V, "handle": "ada"}]}, as_of=2)
    world.batch(
        {"stat": [account | {"followers": 10}], "video_fact": [{"video_id": V, "handle": "bea"}]}, as_of=1
    )
    assert world.rows("SELECT followers FROM account_day") == [(11,)]
    assert world.rows("SELECT handle FROM video") == [("ada",)]
