"""Which campaign a video belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from core.rollups import rebuild_campaign
from core.rollups.videos import hashtags
from tests.core.rollups.world import World, at, day, put, video_id

V = video_id(1)


def membership(world: World, **fact: Any) -> tuple[Any, ...]:
    world.batch({"video_fact": [{"video_id": V, **fact}]})
    return world.rows("SELECT campaign_id, membership FROM video")[0]


def test_without_a_rule_a_collaborators_videos_within_the_dates_belong(world: World) -> None:
    assert membership(world, handle="ada") == (1, "creator and dates")


@pytest.mark.parametrize(
    ("handle", "posted"), [("ada", 31), ("ada", 0), ("cyd", 2), ("stranger", 2), ("", 2)]
)
def test_others_videos_and_other_days_do_not_belong(world: World, handle: str, posted: int) -> None:
    assert membership(world, handle=handle, posted_at=at(posted), posted_from="file") == (None, "")


def test_the_day_is_that_of_the_campaigns_zone(world: World) -> None:
    world.connection.exec_driver_sql("UPDATE campaign SET zone = 'Pacific/Auckland' WHERE id = 1")
    assert membership(world, handle="ada", posted_at=at(30, hour=13), posted_from="file") == (
        None,
        "",
    )  # 2 am on day 31
    assert world.value("SELECT posted_day FROM video") == day(30)


def test_a_stated_moment_beats_a_stated_day_and_both_beat_the_id(world: World) -> None:
    membership(world, handle="ada", posted_day=day(9))
    assert world.rows("SELECT posted_day, posted_at FROM video") == [(day(9), None)]
    membership(world, posted_at=at(12), posted_from="file")
    assert world.rows("SELECT posted_day, posted_at FROM video") == [(day(12), at(12))]
    world.undo(2)
    world.undo(1)
    membership(world, handle="ada")
    assert world.rows("SELECT posted_day FROM video") == [(day(2),)]


def test_a_hashtag_rule_takes_whole_tags_whatever_their_case(world: World) -> None:
    put(world.connection, "membership_rule", campaign_id=1, kind="hashtag", value="#Spring")
    assert membership(world, handle="stranger", caption="so #spring!") == (1, "hashtag")
    assert membership(world, handle="stranger", caption="so #springtime") == (None, "")
    assert membership(world, handle="ada", caption="no tag") == (None, "")  # a rule replaces the silent one


def test_a_link_rule_looks_into_address_and_caption(world: World) -> None:
    put(world.connection, "membership_rule", campaign_id=1, kind="link", value="Brand.example/go")
    assert membership(world, caption="see brand.example/GO") == (1, "link")


def test_a_video_that_two_campaigns_claim_belongs_to_none_until_a_person_decides(world: World) -> None:
    put(world.connection, "membership_rule", campaign_id=2, kind="hashtag", value="love", first_day=day(1))
    assert membership(world, handle="ada", caption="#love") == (None, "conflict: autumn, spring")
    put(world.connection, "membership_choice", video_id=V, campaign_id=2, belongs=True)
    rebuild_campaign(world.connection, 2)
    assert world.rows("SELECT campaign_id, membership FROM video") == [(2, "by hand")]
    world.connection.exec_driver_sql("UPDATE membership_choice SET belongs = 0")
    rebuild_campaign(world.connection, 2)
    assert world.rows("SELECT campaign_id, membership FROM video") == [(1, "creator and dates")]


def test_figures_follow_a_video_into_another_campaign(world: World) -> None:
    from tests.core.rollups.world import stat

    world.batch(
        {"video_fact": [{"video_id": V, "handle": "ada"}], "stat": [stat(V, "lifetime", 3, views=10)]}
    )
    assert world.rows("SELECT campaign_id, creator_id, views FROM creator_total WHERE traffic = 'total'") == [
        (1, 1, 10)
    ]
    put(world.connection, "membership_choice", video_id=V, campaign_id=2, belongs=True)
    rebuild_campaign(world.connection, 2)
    assert world.rows("SELECT campaign_id, creator_id, views FROM creator_total WHERE traffic = 'total'") == [
        (2, 1, 10)
    ]
    assert world.derived() == world.rebuilt()


@pytest.mark.parametrize(
    ("caption", "tags"),
    [
        ("", ""),
        ("a # b", ""),
        ("#Ärger #ärger", " #ärger "),
        ("x #one#two", " #one #two "),
        ("＃ｗｉｄｅ", " #wide "),
        ("#日本 #a_1", " #日本 #a_1 "),
    ],
)
def test_hashtags_are_read_in_one_form(caption: str, tags: str) -> None:
    assert hashtags(caption) == tags
