"""The creators of a campaign as one table, typed and pasted."""

import pytest

from core import creators
from core.entry.edits import TableEdits
from core.entry.forms import EntryError
from core.people import apply_people_edits, list_people, read_pasted_people
from tests.core.written import TODAY, join, make_campaign


@pytest.fixture
def campaign(store):
    number = make_campaign(store)
    join(store, number, "ada", "ben")
    return number


def edit(store, campaign, people=None, **edits):
    shown = list_people(store, campaign) if people is None else people
    return apply_people_edits(store, campaign, TableEdits(**edits), shown, today=TODAY)


def row_of(store, campaign, handle):
    return next(person for person in list_people(store, campaign) if person.creator.handle == handle)


def test_one_row_changes_who_somebody_is_and_what_was_agreed(store, campaign):
    number = row_of(store, campaign, "ada").agreed.collaboration_id
    done = edit(
        store,
        campaign,
        changed={number: {"name": "Ada B", "fee": 450.0, "followers": 12400, "country": "Germany"}},
    )
    ada = row_of(store, campaign, "ada")
    assert (ada.creator.name, ada.creator.followers, ada.creator.country) == ("Ada B", 12_400, "DE")
    assert (ada.agreed.fee, done.sentence) == (45_000, "1 changed.")


def test_a_new_row_makes_the_creator_and_the_collaboration(store, campaign):
    edit(store, campaign, added=[{"handle": "@Cleo", "fee": "1,200.50", "deliverables": 3}])
    cleo = row_of(store, campaign, "cleo")
    assert (cleo.agreed.fee, cleo.agreed.deliverables) == (120_050, 3)


def test_a_creator_known_from_elsewhere_joins_without_a_second_entry(store, campaign):
    creators.create_creator(store, {"handle": "dora", "name": "Dora"}, today=TODAY)
    edit(store, campaign, added=[{"handle": "dora", "fee": "10"}])
    assert row_of(store, campaign, "dora").creator.name == "Dora"
    assert len(creators.list_creators(store)) == 3


def test_a_row_taken_out_leaves_the_creator(store, campaign):
    edit(store, campaign, deleted=[row_of(store, campaign, "ben").agreed.collaboration_id])
    assert [person.creator.handle for person in list_people(store, campaign)] == ["ada"]
    assert len(creators.list_creators(store)) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"handle": "cleo", "fee": "plenty"}, "not-a-number"),
        ({"handle": "cleo", "due_day": "soon"}, "not-a-day"),
        ({"handle": "not a handle!"}, "not-a-handle"),
        ({"handle": ""}, "missing-field"),
        ({"handle": "cleo", "country": "Moon"}, "not-a-country"),
        ({"handle": "ADA"}, "already-in-campaign"),
    ],
    ids=["fee", "day", "handle", "no handle", "country", "twice"],
)
def test_a_new_row_that_cannot_be_kept_leaves_nothing_behind(store, campaign, row, code):
    with pytest.raises(EntryError) as caught:
        edit(store, campaign, added=[{"handle": "zoe"}, row])
    assert [(item.row, item.issue.code) for item in caught.value.remarks] == [(1, code)]
    assert len(creators.list_creators(store)) == 2
    assert len(list_people(store, campaign)) == 2


def test_a_changed_row_that_cannot_be_kept_is_named_by_its_row(store, campaign):
    number = row_of(store, campaign, "ben").agreed.collaboration_id
    for values in ({"fee": -1.0}, {"country": "Moon"}):
        with pytest.raises(EntryError) as caught:
            edit(store, campaign, changed={number: {"name": "B", **values}})
        assert {item.row_id for item in caught.value.remarks} == {number}
        assert row_of(store, campaign, "ben").creator.name == "ben"


def test_a_change_made_by_somebody_else_meanwhile_is_not_overwritten(store, campaign):
    shown = list_people(store, campaign)
    number = row_of(store, campaign, "ada").agreed.collaboration_id
    edit(store, campaign, changed={number: {"name": "Theirs"}})
    with pytest.raises(EntryError, match="Somebody changed"):
        edit(store, campaign, shown, changed={number: {"name": "Mine"}})
    assert row_of(store, campaign, "ada").creator.name == "Theirs"


def test_a_fee_in_another_currency_is_kept_in_it(store, campaign):
    edit(store, campaign, added=[{"handle": "cleo", "fee": "€ 300", "currency": "EUR"}])
    assert (row_of(store, campaign, "cleo").agreed.fee, row_of(store, campaign, "cleo").agreed.currency) == (
        30_000,
        "EUR",
    )


def test_a_paste_with_headings_holds_people_and_terms_in_one_row():
    read = read_pasted_people("Handle\tName\tFollowers\tFee\tVideos\n@ada\tAda\t12.4k\t1,200\t3\n")
    (row,) = read.rows
    assert row == {"handle": "@ada", "name": "Ada", "followers": "12.4k", "fee": "1,200", "deliverables": "3"}
    assert (read.issues, read.sentence) == ((), "1 creator found.")


def test_a_paste_without_headings_is_read_as_creators():
    read = read_pasted_people("@ada\n@ben\n")
    assert [row["handle"] for row in read.rows] == ["@ada", "@ben"]


def test_a_column_that_nobody_uses_is_named():
    read = read_pasted_people("handle\tfee\tshoe size\n@ada\t10\t38\n")
    assert len(read.issues) == 1
    assert "shoe size" in read.issues[0]


@pytest.mark.parametrize("paste", ["", "\n\n", "\t\t\n"], ids=["nothing", "lines", "tabs"])
def test_an_empty_paste_is_nothing(paste):
    assert read_pasted_people(paste).sentence == "Nothing was pasted yet."


def test_a_row_that_cannot_be_read_is_counted_as_to_correct():
    read = read_pasted_people("handle\tcountry\n@ada\tMoon\n")
    assert "Moon" in read.issues[0]
    assert read.sentence == "1 creator found. 1 to correct first."


def test_handles_with_fees_alone_are_read():
    read = read_pasted_people("handle\tfee\tvideos\n@ada\t$1,200\t3\n@ben\tplenty\t2\n")
    assert [row["fee"] for row in read.rows] == ["$1,200", "plenty"]
    assert len(read.issues) == 1
    assert "plenty" in read.issues[0]
