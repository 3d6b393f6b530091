from datetime import date, timedelta

import pytest

from core import campaigns
from core.campaigns import Export
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.metrics.model import Stage
from core.units import day_number
from tests.core.written import NOW, TODAY, add_facts, form, join, make_campaign


def needs_of(store, campaign, today):
    (request,) = campaigns.export_requests(store, campaign, today)
    return {need.export: need for need in request.needs}, request


def test_before_the_campaign_nothing_is_asked_for(sqlite_store):
    campaign = make_campaign(sqlite_store)
    join(sqlite_store, campaign, "anna")
    assert campaigns.export_requests(sqlite_store, campaign, date(2026, 3, 1)) == ()


def test_everything_is_asked_of_a_creator_without_files_with_the_day_it_is_lost(store):
    campaign = make_campaign(store)
    join(store, campaign, "anna")
    needs, request = needs_of(store, campaign, TODAY)
    assert set(needs) == set(Export)
    assert needs[Export.OVERVIEW].missing_days == 31
    assert request.lose_by == date(2026, 3, 1) + timedelta(days=60)
    for part in (
        "@anna",
        "1 Mar 2026 to 31 Mar 2026",
        "Overview, Viewers, Followers, Content",
        "30 Apr 2026",
    ):
        assert part in request.message


def test_days_that_tiktok_no_longer_gives_are_counted_as_lost(store):
    campaign = make_campaign(store)
    join(store, campaign, "anna")
    needs, request = needs_of(store, campaign, date(2026, 5, 10))
    assert needs[Export.OVERVIEW].lost_days == 10
    assert needs[Export.OVERVIEW].lose_by == date(2026, 5, 10)
    late, request = needs_of(store, campaign, date(2026, 8, 1))
    assert late[Export.OVERVIEW].lost_days == 31
    assert request.lose_by is None
    assert "Overview" not in request.message
    assert "Content" in request.message


def test_what_was_imported_is_not_asked_for_again(store):
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(31)]
    figures = [("anna", day, measure, 5) for day in days for measure in ("profile_views", "viewers")]
    add_facts(store, account_days=figures, videos=[("7301234567890123456", "anna", "", date(2026, 4, 5), 9)])
    campaign = make_campaign(store, last_day="2026-04-05", first_day="2026-03-01")
    join(store, campaign, "anna")
    needs, _ = needs_of(store, campaign, date(2026, 4, 5))
    assert set(needs) == {Export.FOLLOWERS}


def test_the_three_steps_of_a_new_workspace_are_ticked_off_one_by_one(store):
    def done():
        return [step.is_done for step in campaigns.next_steps(store)]

    assert done() == [False, False, False]
    campaign = make_campaign(store)
    assert done() == [True, False, False]
    join(store, campaign, "anna")
    assert done() == [True, True, False]
    add_facts(store, videos=[("7301234567890123456", "anna", "", date(2026, 3, 5), 9)])
    assert done() == [True, True, True]
    steps = {step.name: step for step in campaigns.campaign_checklist(store, campaign)}
    assert steps["videos"].is_done
    assert not steps["fees"].is_done
    assert not steps["codes"].is_done


def test_the_sample_campaign_is_not_the_readers_own(sqlite_store):
    brand = campaigns.create_brand(sqlite_store, {"name": "Sample"})

    campaigns.create_campaign(sqlite_store, form(brand), is_sample=True)
    assert not campaigns.next_steps(sqlite_store)[0].is_done


def test_notes_are_kept_by_stage_newest_first(store):
    campaign = make_campaign(store)
    campaigns.add_note(store, campaign, {"text": "Shift budget to Anna", "stage": "conversion"}, now=NOW)
    campaigns.add_note(store, campaign, {"text": "All fine", "kind": "remark"}, now=NOW + 1)
    assert [note.text for note in campaigns.list_notes(store, campaign)] == [
        "All fine",
        "Shift budget to Anna",
    ]
    assert [note.text for note in campaigns.list_notes(store, campaign, stage=Stage.CONVERSION)] == [
        "Shift budget to Anna"
    ]
    with pytest.raises(EntryError):
        campaigns.add_note(store, campaign, {"text": " "}, now=NOW)


def test_rates_are_stated_replaced_and_taken_back(store):
    day = day_number(date(2026, 1, 1))
    campaigns.state_rate(store, {"currency": "eur", "into": "usd", "day": "2026-01-01", "rate": 1.1})
    campaigns.state_rate(store, {"currency": "EUR", "into": "USD", "day": "2026-01-01", "rate": "1.08"})
    (rate,) = campaigns.list_rates(store)
    assert (rate.currency, rate.into, rate.day, rate.rate) == ("EUR", "USD", date(2026, 1, 1), 1.08)
    for wrong in ({"into": "EUR"}, {"rate": "0"}, {"rate": "inf"}, {"currency": "XX"}, {"day": "1/2/2026"}):
        with pytest.raises(EntryError):
            campaigns.state_rate(
                store, {"currency": "EUR", "into": "USD", "day": "2026-01-01", "rate": "1"} | wrong
            )
    campaigns.remove_rate(store, "EUR", "USD", day)
    with pytest.raises(PlumblineError):
        campaigns.remove_rate(store, "EUR", "USD", day)
