"""The record: what is found by which filter, and that it can be taken along."""

from datetime import date

import pytest

from core.access import Principal, Role
from core.errors import PlumblineError
from core.team import RecordFilter, Sort, list_names, list_record, record_csv
from core.team.record import sort_of
from tests.core.written import make_campaign


def test_every_sort_is_told_by_its_action():
    actions = {
        "import": Sort.IMPORTS, "undo import": Sort.IMPORTS, "shared link made": Sort.SHARING,
        "shared link refused": Sort.REFUSALS, "sign-in refused": Sort.REFUSALS, "refused": Sort.REFUSALS,
        "signed in": Sort.SIGN_INS, "export of the record": Sort.EXPORTS, "report downloaded": Sort.EXPORTS,
        "person removed": Sort.PEOPLE, "right given": Sort.PEOPLE, "campaign created": Sort.OTHER,
        "promo codes changed": Sort.OTHER, "link made": Sort.OTHER,
    }  # fmt: skip
    assert {action: sort_of(action) for action in actions} == actions


@pytest.mark.parametrize("sort", Sort)
def test_the_filter_of_a_sort_finds_exactly_what_is_shown_as_that_sort(store, sort):
    for action in ("import", "shared link made", "shared link refused", "signed in", "backup made", "refused", "right given", "tags changed"):  # fmt: skip
        store.note(action)
    everything = list_record(store)
    assert list_record(store, RecordFilter(sorts=(sort,))) == tuple(
        one for one in everything if one.sort is sort
    )
    assert any(one.sort is sort for one in everything)


def test_entries_are_found_by_who_and_day_and_name_what_they_were_about(store):
    number = make_campaign(store)
    other = store.acting_as(Principal(name="Mara", role=Role.ADMIN))
    other.note("shared link revoked", "", {"campaign": number})
    (entry,) = list_record(store, RecordFilter(who="Mara"))
    assert entry.subject == "Spring"
    today = entry.at.date()
    assert entry in list_record(store, RecordFilter(first_day=today, last_day=today))
    assert list_record(store, RecordFilter(first_day=date(2100, 1, 1))) == ()
    assert list_record(store, RecordFilter(last_day=date(2000, 1, 1))) == ()
    assert "Mara" in list_names(store)


def test_the_file_is_safe_to_open_and_its_taking_is_recorded(store):
    store.note("refused", "=HYPERLINK(1)\nand more")
    text = record_csv(store).decode("utf-8-sig")
    assert "'=HYPERLINK(1) and more" in text
    assert "\n=HYPER" not in text
    assert list_record(store)[0].action == "export of the record"


def test_only_admins_read_it(store):
    for asker in (Principal(name="e", role=Role.EDITOR), Principal(name="n", role=None)):
        for work in (list_record, list_names, record_csv):
            with pytest.raises(PlumblineError):
                work(store.acting_as(asker))


def test_damaged_details_do_not_hide_an_entry(store):
    with store.tracking() as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit_entry (at, who, action, subject, detail) VALUES (1, 'x', 'y', '', '{broken')"
        )
    assert list_record(store)[0].detail == ""
