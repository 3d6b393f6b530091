from datetime import date

import pytest

from core import campaigns, creators, tracking
from core.errors import PlumblineError
from core.store.written import table
from tests.core.written import (
    TODAY,
    add_facts,
    credit_of,
    derived,
    join,
    make_campaign,
    make_creator,
    rebuilt,
)

WRITTEN = (
    "creator_handle",
    "creator_followers",
    "collaboration",
    "promo_code",
    "tracking_link",
    "membership_rule",
)


def written(store):
    with store.reading() as connection:
        return {name: sorted(map(repr, connection.execute(table(name).select()).all())) for name in WRITTEN}


def names_of(store):
    return [
        (item.creator_id, item.name, item.niche, item.handles, item.followers)
        for item in creators.list_creators(store)
    ]


def merge(store, keep, gone):
    versions = {item.creator_id: item.version for item in creators.list_creators(store)}
    creators.merge_creators(store, keep, gone, keep_version=versions[keep], gone_version=versions[gone])


@pytest.fixture
def world(store):
    add_facts(
        store,
        videos=[
            ("7301234567890123451", "anna", "", date(2026, 3, 5), 900),
            ("7301234567890123452", "anna.two", "", date(2026, 3, 6), 100),
        ],
        orders=[
            ("1", date(2026, 3, 6), "code", "anna15", 2000),
            ("2", date(2026, 3, 7), "affiliate", "anna.two", 1000),
        ],
    )
    campaign = make_campaign(store)
    other = make_campaign(store, code="summer", first_day="2026-06-01", last_day="2026-06-30")
    keep, gone = join(store, campaign, "anna", "anna.two")
    campaigns.add_collaboration(store, other, gone, {"fee": "250"})
    creators.edit_creator(
        store, keep, {"followers": "5000", "followers_day": "2026-02-01"}, version=1, today=TODAY
    )
    creators.edit_creator(
        store,
        gone,
        {"niche": "skin", "followers": "10", "followers_day": "2026-02-01"},
        version=1,
        today=TODAY,
    )
    creators.edit_creator(
        store, gone, {"followers": "70", "followers_day": "2026-02-02"}, version=2, today=TODAY
    )
    tracking.add_code(store, campaign, {"code": "ANNA15", "creator_id": gone})
    tracking.add_link(store, campaign, creator_id=gone, landing_page="https://glow.example/", asset="v1")
    campaigns.add_rule(store, campaign, {"kind": "creator_dates", "value": str(gone)})
    return campaign, keep, gone


def test_all_that_the_one_has_passes_to_the_other(store, world):
    campaign, keep, gone = world
    assert credit_of(store) == {"1": [gone], "2": [gone]}
    merge(store, keep, gone)
    (creator,) = creators.list_creators(store)
    assert creator.handles == ("anna", "anna.two")
    assert (creator.followers, creator.campaigns) == (70, 2)
    assert credit_of(store) == {"1": [keep], "2": [keep]}
    assert {video.creator_id for video in campaigns.list_videos(store, campaign)} == {keep}
    assert [code.creator_id for code in tracking.list_codes(store)] == [keep]
    assert [link.creator_id for link in tracking.list_links(store, campaign)] == [keep]
    assert derived(store) == rebuilt(store)


def test_a_merge_taken_back_leaves_everything_exactly_as_it_was(store, world):
    _, keep, gone = world
    before = (names_of(store), written(store), derived(store))
    merge(store, keep, gone)
    (merged,) = creators.list_merges(store)
    assert (merged.kept, merged.gone, merged.who) == ("anna", "anna.two", "this computer")
    assert creators.split_creators(store, merged.merge_id) == gone
    assert (names_of(store), written(store), derived(store)) == before
    assert derived(store) == rebuilt(store)
    assert creators.list_merges(store) == ()
    with pytest.raises(PlumblineError):
        creators.split_creators(store, merged.merge_id)


def test_what_was_added_since_the_merge_stays_with_the_creator_kept(store, world):
    _, keep, gone = world
    merge(store, keep, gone)
    creators.add_handle(store, keep, "anna.three")
    creators.split_creators(store, creators.list_merges(store)[0].merge_id)
    assert creators.get_creator(store, keep).handles == ("anna", "anna.three")
    assert creators.get_creator(store, gone).handles == ("anna.two",)


def test_merges_in_a_chain_are_taken_back_in_order(store):
    first, second, third = (make_creator(store, handle) for handle in ("aa", "bb", "cc"))
    before = names_of(store)
    merge(store, second, first)
    merge(store, third, second)
    later, earlier = creators.list_merges(store)
    with pytest.raises(PlumblineError, match="Take that merge back first"):
        creators.split_creators(store, earlier.merge_id)
    creators.split_creators(store, later.merge_id)
    creators.split_creators(store, earlier.merge_id)
    assert names_of(store) == before


def test_two_filled_collaborations_in_one_campaign_are_not_thrown_together(store):
    campaign = make_campaign(store)
    keep, gone = make_creator(store, "aa"), make_creator(store, "bb")
    for number in (keep, gone):
        campaigns.add_collaboration(store, campaign, number, {"fee": "100"})
    with pytest.raises(PlumblineError, match="Both creators"):
        merge(store, keep, gone)
    assert len(creators.list_creators(store)) == 2


def test_a_creator_is_not_merged_with_itself_or_in_an_old_version(sqlite_store):
    keep, gone = make_creator(sqlite_store, "aa"), make_creator(sqlite_store, "bb")
    with pytest.raises(PlumblineError):
        merge(sqlite_store, keep, keep)
    with pytest.raises(PlumblineError, match="while you were editing"):
        creators.merge_creators(sqlite_store, keep, gone, keep_version=1, gone_version=7)
    assert len(creators.list_creators(sqlite_store)) == 2
