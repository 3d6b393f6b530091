from datetime import date

import pytest

from core import campaigns
from core.entry.edits import TableEdits
from core.entry.forms import EntryError
from core.entry.pasting import PasteKind, parse_pasted
from core.errors import PlumblineError
from tests.core.written import add_facts, derived, join, make_campaign, make_creator, rebuilt


def test_a_pasted_table_becomes_collaborations(store):
    campaign = make_campaign(store, currency="EUR", budget="")
    make_creator(store, "lena"), make_creator(store, "mia")
    rows = parse_pasted(
        "creator\tfee\tvideos\tdue\n@Lena\t1.200,50\t3\t25.03.2026\nmia\t\t\t", PasteKind.COLLABORATIONS
    ).rows
    done = campaigns.apply_collaboration_edits(store, campaign, TableEdits(added=rows))
    assert done.sentence == "2 added."
    lena, mia = campaigns.list_collaborations(store, campaign)
    assert (lena.fee, lena.currency, lena.deliverables, lena.due_day, lena.fee_text) == (
        120_050,
        "EUR",
        3,
        date(2026, 3, 25),
        "1200.50",
    )
    assert (mia.fee, mia.deliverables, mia.due_day) == (None, None, None)


def test_one_wrong_row_keeps_all_of_them_out_and_each_problem_is_placed(store):
    campaign = make_campaign(store)
    join(store, campaign, "zoe")
    make_creator(store, "lena")
    added = [
        {"handle": "lena", "fee": "100"},
        {"handle": "nobody"},
        {"handle": "zoe"},
        {"handle": "lena", "fee": "a lot"},
    ]
    with pytest.raises(EntryError) as caught:
        campaigns.apply_collaboration_edits(store, campaign, TableEdits(added=added))
    assert [(remark.row, remark.issue.code) for remark in caught.value.remarks] == [
        (1, "unknown-creator"),
        (2, "already-in-campaign"),
        (3, "already-in-campaign"),
    ]
    assert "row 2" in str(caught.value.remarks[0].issue)
    assert [item.handle for item in campaigns.list_collaborations(store, campaign)] == ["zoe"]


def test_edited_deleted_and_added_rows_go_in_together(store):
    campaign = make_campaign(store)
    join(store, campaign, "anna", "bea")
    make_creator(store, "cleo")
    anna, bea = campaigns.list_collaborations(store, campaign)
    edits = TableEdits(
        added=[{"handle": "cleo", "fee": "5"}],
        changed={anna.collaboration_id: {"fee": "1,000", "notes": "two hooks"}},
        deleted=[bea.collaboration_id],
        versions={anna.collaboration_id: 1, bea.collaboration_id: 1},
    )
    assert (
        campaigns.apply_collaboration_edits(store, campaign, edits).sentence
        == "1 added, 1 changed, 1 removed."
    )
    found = campaigns.list_collaborations(store, campaign)
    assert [(item.creator, item.fee, item.notes) for item in found] == [
        ("anna", 100_000, "two hooks"),
        ("cleo", 500, ""),
    ]


def test_an_emptied_cell_becomes_unknown_not_zero(store):
    campaign = make_campaign(store)
    (creator,) = (make_creator(store, "anna"),)
    number = campaigns.add_collaboration(store, campaign, creator, {"fee": "100", "deliverables": 2})
    campaigns.edit_collaboration(store, campaign, number, {"fee": None, "deliverables": ""}, version=1)
    item = campaigns.list_collaborations(store, campaign)[0]
    assert (item.fee, item.deliverables) == (None, None)


def test_a_row_changed_meanwhile_stops_the_whole_edit(store):
    campaign = make_campaign(store)
    join(store, campaign, "anna")
    number = campaigns.list_collaborations(store, campaign)[0].collaboration_id
    campaigns.edit_collaboration(store, campaign, number, {"fee": "1"}, version=1)
    with pytest.raises(EntryError) as caught:
        campaigns.edit_collaboration(store, campaign, number, {"fee": "2"}, version=1)
    assert [(remark.row_id, remark.issue.code) for remark in caught.value.remarks] == [
        (number, "changed-meanwhile")
    ]
    with pytest.raises(EntryError):
        campaigns.apply_collaboration_edits(store, campaign, TableEdits(deleted=[number]))


def test_a_collaboration_of_another_campaign_cannot_be_reached(sqlite_store):
    one, two = make_campaign(sqlite_store), make_campaign(sqlite_store, code="two")
    join(sqlite_store, one, "anna")
    number = campaigns.list_collaborations(sqlite_store, one)[0].collaboration_id
    with pytest.raises(PlumblineError):
        campaigns.remove_collaboration(sqlite_store, two, number, version=1)
    assert len(campaigns.list_collaborations(sqlite_store, one)) == 1


def test_videos_follow_a_creator_into_and_out_of_a_campaign(store):
    add_facts(
        store,
        videos=[
            ("7301234567890123456", "anna", "hi #glow", date(2026, 3, 5), 900),
            ("7301234567890123457", "anna", "", date(2026, 5, 5), 1),
        ],
    )
    campaign = make_campaign(store)
    creator = make_creator(store, "anna")
    number = campaigns.add_collaboration(store, campaign, creator, {})
    assert [(video.video_id, video.reason) for video in campaigns.list_videos(store, campaign)] == [
        ("7301234567890123456", "creator and dates")
    ]
    assert campaigns.list_collaborations(store, campaign)[0].videos == 1
    assert derived(store) == rebuilt(store)
    campaigns.remove_collaboration(store, campaign, number, version=1)
    assert campaigns.list_videos(store, campaign) == ()
    assert derived(store) == rebuilt(store)


def test_other_dates_bring_other_videos(store):
    add_facts(
        store,
        videos=[
            ("7301234567890123456", "anna", "", date(2026, 3, 5), 900),
            ("7301234567890123457", "anna", "", date(2026, 5, 5), 1),
        ],
    )
    campaign = make_campaign(store)
    join(store, campaign, "anna")
    plan = campaigns.get_campaign(store, campaign)
    campaigns.edit_campaign(
        store, campaign, campaigns.form_values(plan) | {"last_day": "2026-05-31"}, version=1, now=0
    )
    assert len(campaigns.list_videos(store, campaign)) == 2
    assert derived(store) == rebuilt(store)
