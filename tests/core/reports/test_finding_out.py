"""The full report says what tests and patterns concluded, with their cautions, and nothing that is not finished."""

from __future__ import annotations

from random import Random

from core.content import find_patterns
from core.experiments.concluding import conclude
from core.experiments.frozen import thaw
from core.experiments.learnings import add_learning
from core.experiments.plans import get_experiment
from core.reports import RENDERERS, Audience, Kind, build_report
from core.units import day_of
from tests.core.content.test_patterns import told
from tests.core.experiments.campaign import END, deliver, people, started
from tests.core.reports.reading import words_in
from tests.core.written import NOW, make_campaign

TODAY = day_of(END)
REASON = "zebrafish said so"
LEARNED = {
    "hypothesis": "Questions hold people.",
    "clause": "Open with a question.",
    "strength": "experience",
}


def report(store, campaign_id, kind=Kind.FULL, *, internal=False, money=False):
    audience = Audience(show_money=money, internal=internal)
    return build_report(store, kind, campaign_id, audience=audience, today=TODAY, now=NOW)


def run(store, **changes):
    """Return a campaign with an experiment that has all its videos."""
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators, **changes)
    chance = Random(5)  # noqa: S311
    deliver(store, experiment, lambda *_: chance.uniform(0.015, 0.025))
    return campaign_id, experiment.experiment_id


def end(store, campaign_id, number):
    conclude(store, campaign_id, number, {"decision": "test again", "reason": REASON}, today=TODAY, now=NOW)


def test_a_campaign_without_tests_tags_and_learnings_has_no_such_sections(store):
    found = report(store, make_campaign(store), internal=True)
    assert not {"tests", "learned", "patterns"} & {one.key for one in found.sections}


def test_a_running_test_says_nothing_and_an_ended_one_its_frozen_verdict_with_cautions(store):
    campaign_id, number = run(store)
    assert report(store, campaign_id).section("tests") is None
    end(store, campaign_id, number)
    section = report(store, campaign_id).section("tests")
    conclusion = get_experiment(store, campaign_id, number).conclusion
    kept = thaw(conclusion.result)
    assert section.claim == f"“Hook test”: {conclusion.sentence}"
    assert {f"“Hook test”: {one}" for one in kept.cautions} <= set(section.notes)
    (row,) = section.tables[0].rows
    assert row[3].number == kept.contrasts[0].lift
    assert row[6].written == kept.title


def test_data_that_carry_no_verdict_show_no_numbers_and_outside_no_advice_on_mending_them(store):
    campaign_id, creators = people(store)
    number = started(store, campaign_id, creators).experiment_id  # not one video came in
    end(store, campaign_id, number)
    for internal in (False, True):
        section = report(store, campaign_id, internal=internal).section("tests")
        assert ("No verdict" in section.claim) != internal
        for row in section.tables[0].rows:
            assert (row[3].number, row[4].written) == (None, "–")


def test_why_the_team_decided_and_what_it_decided_stay_inside(store):
    campaign_id, number = run(store)
    end(store, campaign_id, number)
    add_learning(store, campaign_id, LEARNED, now=NOW)
    outside, team = report(store, campaign_id), report(store, campaign_id, internal=True)
    assert outside.section("learned") is None
    assert "test again" not in str(outside.section("tests").tables)
    assert "test again" in str(team.section("tests").tables)
    assert team.section("learned").points == (
        "Questions hold people. The team's experience, not measured. Next brief: Open with a question.",
    )
    assert "zebrafish" not in str((outside, team))


def test_learnings_and_tests_of_another_campaign_are_not_in_it(store):
    campaign_id, number = run(store)
    end(store, campaign_id, number)
    add_learning(store, campaign_id, LEARNED, now=NOW)
    other = make_campaign(store, code="other", name="Other")
    found = report(store, other, internal=True)
    assert not {"tests", "learned", "patterns"} & {one.key for one in found.sections}


def test_patterns_carry_their_range_and_what_may_be_luck(store):
    campaign_id = told(store, effect=1.6)
    with store.writing("another goal") as connection:
        connection.exec_driver_sql("UPDATE campaign_metric SET metric = 'link_click_rate' WHERE is_primary")
    section = report(store, campaign_id).section("patterns")
    found = find_patterns(store, campaign_id, metric="link_click_rate")
    assert section.claim == found.sentence
    assert section.notes == found.cautions
    assert section.notes[0].startswith("Association only.")
    assert [row[0].written for row in section.tables[0].rows] == [one.tag.value for one in found.shown]
    for row, one in zip(section.tables[0].rows, found.shown, strict=True):
        assert row[2].number == one.lift
        assert " to " in row[3].written
        assert ("luck" in row[6].written) != one.is_notable


def test_the_other_kinds_of_report_do_not_speak_of_it_and_every_format_of_the_full_one_does(store):
    campaign_id, number = run(store)
    end(store, campaign_id, number)
    for kind in (Kind.LEADERSHIP, Kind.CHECKIN):
        assert report(store, campaign_id, kind).section("tests") is None
    full = report(store, campaign_id)
    for name, render in RENDERERS.items():
        if name != "txt":  # a chat text quotes the shortest parts only
            assert "Hook test" in words_in(name, render(full)), name
