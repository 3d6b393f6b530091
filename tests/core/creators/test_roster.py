from datetime import date

import pytest

from core import campaigns, creators
from core.access import Principal, Role
from core.entry.edits import TableEdits
from core.entry.forms import EntryError
from core.entry.pasting import PasteKind, parse_pasted
from core.errors import PlumblineError
from tests.core.written import TODAY, add_facts, derived, join, make_campaign, make_creator, rebuilt

VIDEO = "7301234567890123456"


def test_a_creator_is_kept_under_one_handle_however_it_was_typed(store):
    number = make_creator(
        store,
        "https://www.tiktok.com/@Lena.Glow?lang=en",
        name="Lena",
        followers="12.4k",
        country="germany",
        niche="skin",
    )
    creator = creators.get_creator(store, number)
    assert (creator.handle, creator.name, creator.country, creator.followers, creator.followers_day) == (
        "lena.glow",
        "Lena",
        "DE",
        12_400,
        TODAY,
    )
    with pytest.raises(EntryError) as caught:
        make_creator(store, "@LENA.GLOW")
    assert caught.value.remarks[0].issue.code == "handle-taken"
    assert '"Lena"' in str(caught.value)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"handle": "two words"}, "handle"),
        ({"country": "Atlantis"}, "country"),
        ({"followers": "many"}, "followers"),
        ({"followers_day": "3/4/2026", "followers": "5"}, "followers_day"),
        ({"followers_day": "2026-03-01"}, "followers_day"),
        ({"handle": ""}, "handle"),
    ],
)
def test_what_cannot_be_read_is_said_by_field(sqlite_store, values, field):
    with pytest.raises(EntryError) as caught:
        creators.create_creator(sqlite_store, {"handle": "lena"} | values, today=TODAY)
    assert [remark.field for remark in caught.value.remarks] == [field]


def test_a_pasted_list_goes_in_whole_or_not_at_all(store):
    rows = parse_pasted(
        "handle\tfollowers\tcountry\n@a1\t1.2M\tUS\n@b2\tmany\tXX\n@c3\t\t", PasteKind.CREATORS
    ).rows
    with pytest.raises(EntryError) as caught:
        creators.apply_creator_edits(store, TableEdits(added=rows), today=TODAY)
    assert [(remark.row, remark.field) for remark in caught.value.remarks] == [
        (1, "followers"),
        (1, "country"),
    ]
    assert creators.list_creators(store) == ()
    good = [rows[0], {"handle": "@b2"}, rows[2]]
    assert creators.apply_creator_edits(store, TableEdits(added=good), today=TODAY).sentence == "3 added."
    assert [(item.name, item.followers) for item in creators.list_creators(store)] == [
        ("a1", 1_200_000),
        ("b2", None),
        ("c3", None),
    ]


def test_an_edit_changes_only_its_fields_and_follows_the_version(store):
    number = make_creator(store, "lena", name="Lena", niche="skin")
    creators.edit_creator(
        store,
        number,
        {"country": "fr", "followers": "500", "followers_day": "2026-01-05"},
        version=1,
        today=TODAY,
    )
    creator = creators.get_creator(store, number)
    assert (creator.name, creator.niche, creator.country, creator.followers_day) == (
        "Lena",
        "skin",
        "FR",
        date(2026, 1, 5),
    )
    with pytest.raises(EntryError) as caught:
        creators.edit_creator(store, number, {"name": "Eve"}, version=1, today=TODAY)
    assert caught.value.remarks[0].issue.code == "changed-meanwhile"


def test_a_new_main_handle_keeps_the_old_one_as_alias(store):
    number = make_creator(store, "old.name")
    creators.edit_creator(store, number, {"handle": "@New.Name"}, version=1, today=TODAY)
    assert creators.get_creator(store, number).handles == ("new.name", "old.name")
    creators.remove_handle(store, number, "new.name")
    assert creators.get_creator(store, number).handles == ("old.name",)
    with pytest.raises(PlumblineError, match="only handle"):
        creators.remove_handle(store, number, "old.name")


def test_videos_follow_their_handle(store):
    add_facts(
        store,
        videos=[(VIDEO, "second", "", date(2026, 3, 5), 900)],
        orders=[("1", date(2026, 3, 6), "affiliate", "second", 2000)],
    )
    campaign = make_campaign(store)
    (creator,) = join(store, campaign, "anna")
    assert campaigns.list_videos(store, campaign) == ()
    creators.add_handle(store, creator, "@Second")
    assert [video.creator_id for video in campaigns.list_videos(store, campaign)] == [creator]
    assert derived(store) == rebuilt(store)
    assert derived(store)["credit"]
    creators.remove_handle(store, creator, "second")
    assert campaigns.list_videos(store, campaign) == ()
    assert derived(store) == rebuilt(store)
    assert not derived(store)["credit"]


def test_a_creator_in_use_is_not_removed_and_a_free_one_is(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    bea = make_creator(store, "bea")
    with pytest.raises(EntryError, match="1 collaboration"):
        creators.delete_creator(store, anna, version=1, today=TODAY)
    creators.delete_creator(store, bea, version=1, today=TODAY)
    assert [item.name for item in creators.list_creators(store)] == ["anna"]


def test_handles_that_files_name_are_found_and_become_creators(store):
    add_facts(
        store,
        videos=[(VIDEO, "anna", "", date(2026, 3, 5), 900)],
        orders=[
            ("1", date(2026, 3, 6), "affiliate", "bea", 2000),
            ("2", date(2026, 3, 6), "affiliate", "bea", 2000),
        ],
        account_days=[("cleo", date(2026, 3, 1), "followers", 10)],
    )
    assert [(item.handle, item.sentence) for item in creators.found_handles(store)] == [
        ("bea", "2 orders"),
        ("anna", "1 video"),
        ("cleo", "1 day of account figures"),
    ]
    creators.create_from_handles(store, ["anna", "bea"], today=TODAY)
    assert [item.handle for item in creators.found_handles(store)] == ["cleo"]
    assert derived(store) == rebuilt(store)


def test_who_sees_one_campaign_sees_its_creators_only(sqlite_store):
    campaign = make_campaign(sqlite_store)
    join(sqlite_store, campaign, "anna")
    make_creator(sqlite_store, "secret")
    guest = sqlite_store.acting_as(
        Principal(name="guest", role=Role.VIEWER, campaign_ids=frozenset({campaign}))
    )
    assert [item.name for item in creators.list_creators(guest, campaign_id=campaign)] == ["anna"]
    for call in (
        lambda: creators.list_creators(guest),
        lambda: creators.found_handles(guest),
        lambda: make_creator(guest, "x"),
    ):
        with pytest.raises(PlumblineError):
            call()
