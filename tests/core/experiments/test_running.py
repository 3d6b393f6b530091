"""Experiments from plan to decision, as the store keeps them, with everything that goes wrong on the way."""

from __future__ import annotations

from random import Random

import pytest

from core.access import Principal, Role
from core.content import keep_usual_words, tag_videos
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.evidence.tags import Dimension
from core.experiments.assignment import draw_again, is_balanced, leave_experiment, start_experiment
from core.experiments.briefs import brief_of, briefs_csv
from core.experiments.concluding import Decision, conclude, draft_learning, suggested_decision
from core.experiments.frozen import freeze, thaw
from core.experiments.learnings import (
    add_learning,
    edit_learning,
    find_learnings,
    list_learnings,
    next_brief,
    retire_learning,
)
from core.experiments.matching import exclude_video, set_match
from core.experiments.planned import Matched, Status
from core.experiments.plans import (
    delete_draft,
    edit_plan,
    get_experiment,
    list_experiments,
    set_split_figures,
)
from core.experiments.reading import view_experiment
from core.experiments.reading_model import CheckKind, CheckStatus, VerdictKind
from core.units import day_of
from tests.core.experiments.campaign import (
    ARMS,
    END,
    FIRST,
    LAST,
    NOW,
    PLAN,
    boost,
    counts,
    deliver,
    people,
    plan,
    post,
    started,
)


def varied(effect, seed=1, base=0.01):
    """Return clicks per view of a planned video: creators differ, videos differ, the second version by a factor."""
    random = Random(seed)  # noqa: S311
    creators = {}

    def rate(slot):
        own = creators.setdefault(slot.creator_id, base * (0.6 + 0.9 * random.random()))
        noise = 0.75 + 0.5 * random.random()
        return own * noise * (effect if slot.arm_id == rate.tried else 1.0)

    return rate


def with_effect(experiment, effect, seed=1):
    rate = varied(effect, seed)
    rate.tried = experiment.arms[1].arm_id
    return rate


def view(store, campaign_id, experiment, day=END):
    return view_experiment(store, campaign_id, experiment.experiment_id, today=day_of(day))


def check(found, kind):
    return next(one for one in found.reading.checks if one.kind is kind)


# ------------------------------------------------------------- planning


@pytest.mark.parametrize(
    ("changes", "arms", "said"),
    [
        ({}, ARMS[:1], "One version alone"),
        ({}, (*ARMS, {"name": "C"}, {"name": "D"}, {"name": "E"}), "5 versions share"),
        ({}, (ARMS[0], {"name": "product FIRST "}), "same name"),
        ({"primary": "reach"}, ARMS, "not known for a single video"),
        ({"secondary": ("link_click_rate",)}, ARMS, "as a supporting one"),
        ({"design": "posting slots"}, ARMS, "cannot be answered"),
        ({"worth": "0"}, ARMS, "0"),
        ({"guardrails": {"engagement_rate": "200%"}}, ARMS, "out of range"),
        ({"age_days": 5}, ARMS, "not an age"),
        ({"last_day": "2026-02-01"}, ARMS, "before the first day"),
        ({"name": " "}, ARMS, "Name is empty"),
    ],
    ids=["one arm", "five arms", "same names", "metric", "twice", "design", "worth", "harm", "age", "days", "name"],
)  # fmt: skip
def test_a_plan_that_cannot_work_is_refused_with_its_reason(sqlite_store, changes, arms, said):
    campaign_id, _ = people(sqlite_store, 1)
    with pytest.raises(EntryError, match=said):
        plan(sqlite_store, campaign_id, arms, **changes)
    assert list_experiments(sqlite_store, campaign_id) == ()


def test_the_draw_is_balanced_kept_and_never_made_again_unseen(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    assert experiment.status is Status.RUNNING
    assert experiment.seed == 7
    assert len(experiment.slots) == 24
    assert is_balanced(experiment)
    assert [slot.due_day for slot in experiment.slots[:4]] == [day_of(FIRST + n) for n in (0, 7, 13, 20)]
    with pytest.raises(PlumblineError, match="runs already"):
        start_experiment(store, campaign_id, experiment.experiment_id, creators, now=NOW)
    assert get_experiment(store, campaign_id, experiment.experiment_id) == experiment


def test_drawing_again_needs_a_reason_keeps_it_and_ends_with_the_first_video(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    number = experiment.experiment_id
    with pytest.raises(EntryError, match="reason"):
        draw_again(store, campaign_id, number, reason=" ", now=NOW)
    draw_again(store, campaign_id, number, reason="Ben was missing", now=NOW, seed=8)
    again = get_experiment(store, campaign_id, number)
    assert (again.seed, len(again.slots)) == (8, 24)
    assert "Ben was missing" in again.changes[0].sentence
    deliver(store, again, with_effect(again, 1.0))
    with pytest.raises(PlumblineError, match="let the result pick the draw"):
        draw_again(store, campaign_id, number, reason="I do not like it", now=NOW)


@pytest.mark.parametrize(
    ("chosen", "changes", "said"),
    [
        ([], {}, "Nobody takes part"),
        ([9_999], {}, "no part in the campaign"),
        (None, {"videos_each": 1}, "cannot make all 2 versions"),
        (None, {"design": "not assigned"}, "needs a tag"),
        (None, {"topic": "posting time", "design": "posting slots", "first_day": None, "last_day": None}, "needs its days"),
    ],
    ids=["nobody", "a stranger", "one video", "no tag", "no days"],
)  # fmt: skip
def test_a_start_that_cannot_work_is_refused(sqlite_store, chosen, changes, said):
    campaign_id, creators = people(sqlite_store, 2)
    with pytest.raises(EntryError, match=said):
        started(sqlite_store, campaign_id, creators if chosen is None else chosen, **changes)


def test_whole_creators_make_one_version_each_and_slots_are_balanced_over_weekdays(sqlite_store):
    campaign_id, creators = people(sqlite_store)
    whole = started(sqlite_store, campaign_id, creators, design="whole creators")
    by_creator = {
        slot.creator_id: {one.arm_id for one in whole.slots if one.creator_id == slot.creator_id}
        for slot in whole.slots
    }
    assert all(len(arms) == 1 for arms in by_creator.values())
    assert len({next(iter(arms)) for arms in by_creator.values()}) == 2
    slots = started(
        sqlite_store,
        campaign_id,
        creators,
        topic="posting time",
        design="posting slots",
        name="Times",
        videos_each=6,
    )
    for creator in creators:
        own = [slot for slot in slots.slots if slot.creator_id == creator]
        assert abs(sum(slot.arm_id == slots.arms[0].arm_id for slot in own) - 3) <= 1


def test_each_creator_gets_a_brief_in_the_drawn_order(sqlite_store):
    campaign_id, creators = people(sqlite_store, 2)
    experiment = started(sqlite_store, campaign_id, creators)
    brief = brief_of(experiment, creators[0])
    named = [line.split(": ")[0].split(". ")[1] for line in brief.splitlines() if line[:1].isdigit()]
    assert named == [
        experiment.arm(slot.arm_id).name for slot in experiment.slots if slot.creator_id == creators[0]
    ]
    assert briefs_csv(experiment).count(b"\r\n") == 9
    assert brief_of(experiment, 999) == ""


def test_a_draft_can_be_changed_and_removed_and_a_started_one_cannot(store):
    campaign_id, creators = people(store, 4)
    number = plan(store, campaign_id)
    three = [*ARMS, {"name": "Price first"}]
    edit_plan(store, campaign_id, number, PLAN | {"name": "Three hooks"}, three, version=1, now=NOW)
    draft = get_experiment(store, campaign_id, number)
    assert (draft.name, len(draft.arms), draft.changes) == ("Three hooks", 3, ())
    delete_draft(store, campaign_id, number)
    running = started(store, campaign_id, creators)
    with pytest.raises(PlumblineError, match="stays on record"):
        delete_draft(store, campaign_id, running.experiment_id)
    with pytest.raises(EntryError, match="result would be picked afterwards"):
        edit_plan(
            store, campaign_id, running.experiment_id, PLAN | {"primary": "engagement_rate", "guardrails": {}}, ARMS,
            version=running.version, now=NOW,
        )  # fmt: skip


def test_what_changes_after_the_start_is_kept_and_shown(store):
    """An arm renamed, days moved: the numbers stay, the change is told."""
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, with_effect(experiment, 1.6))
    before = view(store, campaign_id, experiment).reading
    renamed = [ARMS[0], ARMS[1] | {"name": "Ask first"}]
    edit_plan(
        store, campaign_id, experiment.experiment_id, PLAN | {"worth": "20%"}, renamed,
        version=experiment.version, now=NOW,
    )  # fmt: skip
    after = view(store, campaign_id, experiment)
    assert [change.sentence for change in after.experiment.changes] == [
        "The smallest lift worth having was “10%”, now “20%”.",
        "The name of version 2 was “Question first”, now “Ask first”.",
    ]
    assert "The plan was changed after the start, 2 times:" in after.notes
    assert after.reading.contrasts[0].lift == before.contrasts[0].lift
    assert "Ask first" in after.reading.sentence


def test_somebody_elses_change_is_not_overwritten(store):
    campaign_id, _ = people(store, 1)
    number = plan(store, campaign_id)
    edit_plan(store, campaign_id, number, PLAN | {"owner": "Ana"}, ARMS, version=1, now=NOW)
    with pytest.raises(PlumblineError, match="while you were editing"):
        edit_plan(store, campaign_id, number, PLAN | {"owner": "Ben"}, ARMS, version=1, now=NOW)


# ------------------------------------------------------------- running and reading


def test_an_effect_that_is_there_is_found_at_the_end(store):
    campaign_id, creators = people(store, 8)
    experiment = started(store, campaign_id, creators, videos_each=6)
    deliver(store, experiment, with_effect(experiment, 1.8))
    found = view(store, campaign_id, experiment)
    assert found.reading.verdict is VerdictKind.WINS
    assert "Question first wins" in found.reading.title
    low, high = found.reading.contrasts[0].low, found.reading.contrasts[0].high
    assert 0 < low < 0.8 < high
    assert all(row.how is Matched.BY_ORDER and row.is_read for row in found.rows)
    assert thaw(freeze(found.reading)) == found.reading


def test_before_anything_is_in_it_says_so(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    found = view(store, campaign_id, experiment, FIRST)
    assert found.reading.verdict in {VerdictKind.NOT_ENOUGH, VerdictKind.KEEP_GOING}
    assert {row.state for row in found.rows} == {"waited for"}
    assert {row.state for row in view(store, campaign_id, experiment, LAST).rows} == {"late", "waited for"}


def test_young_videos_are_maturing_and_not_mixed_in(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, with_effect(experiment, 1.8), age=3)
    found = view(store, campaign_id, experiment, FIRST + 10)
    assert found.reading.progress.used == 0
    assert {row.state for row in found.rows} == {"3 days old, still maturing"}
    assert check(found, CheckKind.MATURITY).status is not CheckStatus.PASSED


@pytest.mark.parametrize(
    ("rate", "verdicts"),
    [
        (lambda _: None, {VerdictKind.NOT_ENOUGH, VerdictKind.CHECK_DATA}),
        (lambda _: 0.0, {VerdictKind.NOT_ENOUGH}),
    ],
    ids=["no clicks known", "all zeros"],
)
def test_without_events_nothing_is_judged(store, rate, verdicts):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, rate)
    found = view(store, campaign_id, experiment)
    assert found.reading.verdict in verdicts
    assert all(one.low is None or one.verdict is not VerdictKind.WINS for one in found.reading.contrasts)


@pytest.mark.parametrize("count", [1, 2], ids=["one creator", "two creators"])
def test_too_few_creators_are_refused_with_what_would_cure_it(store, count):
    campaign_id, creators = people(store, count)
    experiment = started(store, campaign_id, creators, videos_each=2)
    deliver(store, experiment, with_effect(experiment, 3.0))
    found = view(store, campaign_id, experiment)
    assert found.reading.verdict is VerdictKind.NOT_ENOUGH
    assert found.reading.contrasts[0].why_not


def test_videos_without_views_are_set_aside_and_named(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, with_effect(experiment, 1.5), skip=experiment.slots[:1])
    first = experiment.slots[0]
    post(store, [("79999999", first.handle, FIRST, {8: {"link_clicks": 30}})])
    found = view(store, campaign_id, experiment)
    assert "79999999" in {one.video_id for one in found.reading.set_aside}
    assert found.reading.progress.used == 23


def test_boosting_one_version_only_blocks_the_verdict(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    rows = deliver(store, experiment, with_effect(experiment, 1.8))
    tried = [
        row[0]
        for row, slot in zip(rows, experiment.slots, strict=True)
        if slot.arm_id == experiment.arms[1].arm_id
    ]
    boost(store, tried, FIRST + 2, 4_000)
    found = view(store, campaign_id, experiment)
    assert found.reading.verdict is VerdictKind.CHECK_DATA
    assert check(found, CheckKind.PAID).status is CheckStatus.BLOCKED


def test_a_creator_who_left_is_not_waited_for(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    gone = [slot for slot in experiment.slots if slot.creator_id == creators[0]]
    deliver(store, experiment, with_effect(experiment, 1.8), skip=gone[2:])
    leave_experiment(store, campaign_id, experiment.experiment_id, creators[0], day=FIRST + 6, now=NOW)
    found = view(store, campaign_id, experiment)
    states = [row.state for row in found.rows if row.slot.creator_id == creators[0]]
    assert states[2:] == [f"creator left on {day_of(FIRST + 6).day} Mar 2026"] * 2
    assert any("left" in change.what for change in found.experiment.changes)
    assert check(found, CheckKind.LEFT).status is not CheckStatus.BLOCKED
    with pytest.raises(PlumblineError, match="takes no part"):
        leave_experiment(store, campaign_id, experiment.experiment_id, 999, day=FIRST, now=NOW)


def test_videos_of_two_experiments_are_named_in_both(store):
    campaign_id, creators = people(store)
    first = started(store, campaign_id, creators)
    second = started(store, campaign_id, creators, name="Offer test", topic="offer")
    deliver(store, first, with_effect(first, 1.5))
    found = view(store, campaign_id, second)
    shared = check(found, CheckKind.SHARED)
    assert shared.status is not CheckStatus.PASSED
    assert "Hook test" in shared.sentence


# ------------------------------------------------------------- matching


def test_more_videos_than_planned_are_not_guessed_and_settled_by_hand(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, with_effect(experiment, 1.5))
    handle = experiment.slots[0].handle
    post(store, [("78888888", handle, FIRST + 2, {8: counts(5_000, 40)})])
    found = view(store, campaign_id, experiment)
    (unclear,) = found.matching.unclear
    assert unclear.sentence.startswith("creator00 posted 5 videos in these days where 4 were planned")
    assert [row.video_id for row in found.rows[:4]] == [""] * 4
    number = experiment.experiment_id
    exclude_video(store, campaign_id, number, "78888888", is_out=True, now=NOW)
    settled = view(store, campaign_id, experiment)
    assert settled.matching.unclear == ()
    assert [row.video_id for row in settled.rows[:4]] == ["70000000", "70000001", "70000002", "70000003"]
    exclude_video(store, campaign_id, number, "78888888", is_out=False, now=NOW)
    assert view(store, campaign_id, experiment).matching.unclear


def test_a_match_by_hand_beats_the_order_and_can_be_taken_back(store):
    campaign_id, creators = people(store)
    experiment = started(store, campaign_id, creators)
    deliver(store, experiment, with_effect(experiment, 1.5))
    number, slot = experiment.experiment_id, experiment.slots[0]
    set_match(store, campaign_id, number, slot.slot_id, "70000003", now=NOW)
    set_match(store, campaign_id, number, experiment.slots[1].slot_id, "", now=NOW)
    rows = view(store, campaign_id, experiment).rows
    assert [(row.video_id, row.how) for row in rows[:2]] == [
        ("70000003", Matched.BY_HAND),
        ("", Matched.LEFT_OUT),
    ]
    assert rows[1].state == "not made"
    with pytest.raises(PlumblineError, match="fills planned video 1"):
        set_match(store, campaign_id, number, experiment.slots[2].slot_id, "70000003", now=NOW)
    with pytest.raises(PlumblineError, match="not one of creator00"):
        set_match(store, campaign_id, number, slot.slot_id, "70000005", now=NOW)
    for place in (0, 1):
        set_match(store, campaign_id, number, experiment.slots[place].slot_id, None, now=NOW)
    assert [row.video_id for row in view(store, campaign_id, experiment).rows[:2]] == ["70000000", "70000001"]


# ------------------------------------------------------------- comparisons that nobody drew


def observed(store, late):
    campaign_id, _ = people(store, 6)
    tags = {
        tag.value: tag.tag_id
        for tag in keep_usual_words(store, campaign_id)
        if tag.dimension is Dimension.HOOK
    }
    arms = [ARMS[0] | {"tag_id": tags["result first"]}, ARMS[1] | {"tag_id": tags["question"]}]
    rows = [
        (
            f"{71_000_000 + 10 * at + n}",
            f"creator{at:02}",
            FIRST + n,
            {8: counts(10_000, 80 + 60 * (n % 2) + 7 * at)},
        )
        for at in range(6)
        for n in range(4)
    ]
    post(store, rows)
    for place, word in enumerate(("result first", "question")):
        chosen = [row[0] for n, row in enumerate(rows) if n % 2 == place]
        now = (FIRST + (30 if late else -1)) * 86_400
        tag_videos(store, campaign_id, chosen, (Dimension.HOOK, word), is_on=True, now=now)
    return campaign_id, started(store, campaign_id, [], arms, design="not assigned")


def test_what_nobody_drew_is_an_association_however_clear(store):
    campaign_id, experiment = observed(store, late=False)
    found = view(store, campaign_id, experiment)
    assert found.reading.verdict is VerdictKind.ASSOCIATION
    assert "wins" not in found.reading.sentence
    assert found.notes == ()


def test_a_tag_added_after_the_fact_is_said(store):
    campaign_id, experiment = observed(store, late=True)
    assert any(
        "after the results could be seen" in note for note in view(store, campaign_id, experiment).notes
    )


def test_an_audience_split_is_read_from_typed_figures(store):
    campaign_id, _ = people(store, 1)
    experiment = started(store, campaign_id, [], design="audience split", last_day=None)
    one, two = (arm.arm_id for arm in experiment.arms)
    figures = {one: {"people": 50_000, "events": 900}, two: {"people": 50_400, "events": 1_150}}
    set_split_figures(store, campaign_id, experiment.experiment_id, figures)
    found = view(store, campaign_id, experiment)
    assert found.reading.contrasts[0].lift == pytest.approx(1_150 / 50_400 / (900 / 50_000) - 1)
    with pytest.raises(EntryError, match="cannot be"):
        set_split_figures(store, campaign_id, experiment.experiment_id, {one: {"people": 10, "events": 20}})
    with pytest.raises(EntryError, match="below zero"):
        set_split_figures(store, campaign_id, experiment.experiment_id, {one: {"people": -1}})


# ------------------------------------------------------------- finishing


def finished(store, effect=1.8):
    campaign_id, creators = people(store, 8)
    experiment = started(store, campaign_id, creators, videos_each=6)
    deliver(store, experiment, with_effect(experiment, effect))
    values = {"decision": "use the new version", "reason": "It is clear.", "owner": "Ana"}
    conclude(store, campaign_id, experiment.experiment_id, values, today=day_of(END), now=NOW)
    return campaign_id, get_experiment(store, campaign_id, experiment.experiment_id)


def test_a_finished_experiment_keeps_the_result_of_its_day(store):
    campaign_id, experiment = finished(store)
    frozen = view(store, campaign_id, experiment).reading
    assert experiment.conclusion.verdict == "wins"
    post(store, [(f"{75_000_000 + n}", "creator00", FIRST + n, {8: counts(10_000, 0)}) for n in range(5)])
    later = view(store, campaign_id, experiment, END + 100)
    assert later.reading == frozen
    assert later.reading.sentence == experiment.conclusion.sentence


def test_a_finished_experiment_stays_finished(store):
    campaign_id, experiment = finished(store)
    number, slot = experiment.experiment_id, experiment.slots[0]
    for attempt in (
        lambda: conclude(
            store, campaign_id, number, {"decision": "test again", "reason": "x"}, today=day_of(END), now=NOW
        ),
        lambda: edit_plan(store, campaign_id, number, PLAN, ARMS, version=experiment.version, now=NOW),
        lambda: set_match(store, campaign_id, number, slot.slot_id, "", now=NOW),
        lambda: exclude_video(store, campaign_id, number, "70000000", is_out=True, now=NOW),
        lambda: leave_experiment(store, campaign_id, number, slot.creator_id, day=FIRST, now=NOW),
        lambda: start_experiment(store, campaign_id, number, [slot.creator_id], now=NOW),
        lambda: draw_again(store, campaign_id, number, reason="x", now=NOW),
    ):
        with pytest.raises(PlumblineError, match="is finished"):
            attempt()


def test_a_draft_cannot_be_concluded_and_a_decision_needs_its_reason(store):
    campaign_id, creators = people(store, 4)
    number = plan(store, campaign_id)
    values = {"decision": "keep what we do", "reason": "Because."}
    with pytest.raises(PlumblineError, match="never started"):
        conclude(store, campaign_id, number, values, today=day_of(END), now=NOW)
    running = started(store, campaign_id, creators)
    with pytest.raises(EntryError, match="Reason is empty"):
        conclude(
            store, campaign_id, running.experiment_id, values | {"reason": " "}, today=day_of(END), now=NOW
        )


def test_every_verdict_suggests_a_decision():
    assert {suggested_decision(kind) for kind in VerdictKind} <= set(Decision)


# ------------------------------------------------------------- learnings


def test_a_learning_comes_from_the_result_and_goes_into_the_next_brief(store):
    campaign_id, experiment = finished(store)
    reading = view(store, campaign_id, experiment).reading
    draft = draft_learning(experiment, reading, today=day_of(END))
    assert (
        draft.values["hypothesis"] == "“Question first” does better than “Product first” on link click rate."
    )
    assert draft.values["clause"] == "Ask."
    number = add_learning(
        store, campaign_id, draft.values | {"product": "Serum", "audience": "Students"},
        experiment_id=experiment.experiment_id, now=NOW,
    )  # fmt: skip
    (learning,) = list_learnings(store, day_of(END))
    assert (learning.learning_id, learning.is_stale) == (number, False)
    assert next_brief([learning]).text == "- Ask. (tested)"
    assert find_learnings([learning], "serum STUDENTS") == (learning,)
    assert find_learnings([learning], "winter") == ()


def test_a_stale_learning_asks_to_be_tested_again_and_leaves_the_brief(store):
    campaign_id, experiment = finished(store)
    reading = view(store, campaign_id, experiment).reading
    draft = draft_learning(experiment, reading, today=day_of(END))
    add_learning(store, campaign_id, draft.values, experiment_id=experiment.experiment_id, now=NOW)
    later = list_learnings(store, day_of(END + 200))
    brief = next_brief(later)
    assert (brief.text, brief.used, brief.stale) == ("", 0, later)
    assert find_learnings(later, only_stale=True) == later


def test_a_learning_can_be_changed_and_retired_and_stays_on_record(store):
    campaign_id, _ = people(store, 1)
    number = add_learning(
        store,
        campaign_id,
        {"hypothesis": "Short works", "clause": "Keep it short.", "strength": "experience"},
        now=NOW,
    )
    edit_learning(
        store,
        campaign_id,
        number,
        {"hypothesis": "Short works best", "clause": "Under 20 s."},
        tag_ids=[],
        version=1,
    )
    retire_learning(store, campaign_id, number, is_retired=True, version=2)
    (learning,) = list_learnings(store, day_of(END))
    assert (learning.hypothesis, learning.is_retired) == ("Short works best", True)
    assert next_brief([learning]).text == ""
    with pytest.raises(PlumblineError, match="while you were editing"):
        retire_learning(store, campaign_id, number, is_retired=False, version=2)


def test_what_was_not_drawn_cannot_call_itself_tested(store):
    campaign_id, experiment = observed(store, late=False)
    values = {"hypothesis": "Questions work", "strength": "experiment"}
    for number in (None, experiment.experiment_id):
        with pytest.raises(PlumblineError, match="not tested"):
            add_learning(store, campaign_id, values, experiment_id=number, now=NOW)


# ------------------------------------------------------------- rights


def test_a_viewer_reads_and_a_stranger_does_not(store):
    campaign_id, creators = people(store, 4)
    experiment = started(store, campaign_id, creators)
    viewer = store.acting_as(
        Principal(name="client", role=Role.VIEWER, campaign_ids=frozenset({campaign_id}))
    )
    stranger = store.acting_as(
        Principal(name="other", role=Role.EDITOR, campaign_ids=frozenset({campaign_id + 1}))
    )
    assert view(viewer, campaign_id, experiment).reading is not None
    assert list_learnings(stranger, day_of(END)) == ()
    for attempt in (
        lambda: plan(viewer, campaign_id),
        lambda: conclude(
            viewer, campaign_id, experiment.experiment_id, {"decision": "test again", "reason": "x"},
            today=day_of(END), now=NOW,
        ),
        lambda: view(stranger, campaign_id, experiment),
        lambda: list_experiments(stranger, campaign_id),
    ):  # fmt: skip
        with pytest.raises(PlumblineError, match="right"):
            attempt()
    with pytest.raises(PlumblineError, match="not here"):
        get_experiment(store, campaign_id + 1, experiment.experiment_id)
