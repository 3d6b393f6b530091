"""A check-in says how each goal stands, what is missing, who stands out, and never more than it knows."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from core import campaigns, tracking
from core.access import Principal, Role
from core.checkins import (
    Flag,
    Status,
    build_check_in,
    digest_text,
    finish_check_in,
    how_it_went,
    list_check_ins,
    lock_plan,
)
from core.checkins.hygiene import has_gone_silent
from core.errors import PlumblineError
from core.forecasts import build_forecast
from core.scope import Traffic
from core.store.engine import Store
from tests.core.written import NOW, add_facts, form, join, make_campaign

MID = date(2026, 3, 15)


def told(store, day=MID, *, campaign_id):
    return build_check_in(store, campaign_id, today=day)


@pytest.fixture
def running(store):
    """Return a running campaign of two creators: views, codes, orders, fees."""
    number = make_campaign(
        store, primary_target="3,000", secondary={"orders": "20", "cost_per_order": "5.00"}
    )
    ada, ben = join(store, number, "ada", "ben")
    for creator_id, code in ((ada, "ADA15"), (ben, "BEN15")):
        tracking.add_code(store, number, {"code": code, "creator_id": creator_id})
    for item in campaigns.list_collaborations(store, number):
        campaigns.edit_collaboration(
            store,
            number,
            item.collaboration_id,
            {"currency": "USD", "fee": "100", "deliverables": 2},
            version=item.version,
        )
    add_facts(
        store,
        videos=[
            ("70001", "ada", "one", date(2026, 3, 3), 1_000),
            ("70002", "ben", "two", date(2026, 3, 4), 800),
        ],
        orders=[
            *((f"a{n}", date(2026, 3, 5), "code", "ADA15", 2_000) for n in range(40)),
            *((f"b{n}", date(2026, 3, 6), "code", "BEN15", 2_000) for n in range(4)),
        ],
    )
    return number


def test_the_primary_goal_has_a_range_a_chance_and_a_status(store, running):
    check_in = told(store, campaign_id=running)
    primary = check_in.goals[0].forecast
    assert primary.is_primary
    assert primary.metric.name == "views"
    assert primary.now == 1_800
    assert 1_800 <= primary.low < primary.middle < primary.high
    assert 0 <= primary.chance <= 1
    assert check_in.goals[0].status in {Status.ON_TRACK, Status.OPEN, Status.AT_RISK}
    assert "Day 15 of 31" in check_in.headline


def test_videos_agreed_and_not_out_yet_are_expected(store, running):
    forecast = build_forecast(store, running, today=MID)
    assert (forecast.running, forecast.coming) == (2, 0), (
        "no finished video says what a further one would bring"
    )
    assert any("typical account" in words.lower() for words in forecast.cautions)


def test_a_goal_below_its_target_is_read_the_other_way_round(store, running):
    goals = {one.forecast.metric.name: one for one in told(store, campaign_id=running).goals}
    cost = goals["cost_per_order"].forecast
    assert cost.now == pytest.approx(20_000 / 44)
    assert "At most $5.00" in cost.sentence
    assert cost.chance > 0.5


def test_a_creator_whose_orders_cost_far_less_stands_out(store, running):
    flags = {one.name: one for one in told(store, campaign_id=running).creators}
    assert flags["ada"].flag is Flag.EARLY_WINNER
    assert flags["ben"].flag in {Flag.AT_RISK, Flag.AS_USUAL, Flag.TOO_EARLY}
    assert "9 chances in 10" in flags["ada"].sentence


def test_a_video_far_ahead_of_its_creators_others_stands_out_and_a_usual_one_does_not(store, running):
    others = [(f"7100{n}", "ada", f"old {n}", date(2026, 1, 5), 900 + 40 * n) for n in range(6)]
    add_facts(store, videos=[*others, ("72000", "ada", "the *hit*", date(2026, 3, 6), 60_000)])
    found = told(store, campaign_id=running).videos
    assert [(one.video_id, one.flag) for one in found] == [("72000", Flag.EARLY_WINNER)]
    assert "the creator's other 7 videos" in found[0].sentence
    assert "the *hit*" in found[0].sentence


def test_in_the_first_days_nobody_is_judged(store, running):
    check_in = told(store, date(2026, 3, 3), campaign_id=running)
    assert check_in.goals[0].status is Status.TOO_EARLY
    assert {one.flag for one in check_in.creators} == {Flag.TOO_EARLY}
    assert not check_in.advice.is_shift


def test_a_creator_without_code_and_link_and_one_without_videos_are_named(store, running):
    join(store, running, "cleo")
    codes = {(one.code, one.sentence) for one in told(store, campaign_id=running).alarms}
    assert ("video-missing", "No video of cleo has been seen yet.") in codes
    assert any(code == "tag-missing" and "cleo" in words for code, words in codes)


def test_a_code_that_was_never_used_is_named(store, running):
    (dora,) = join(store, running, "dora")
    tracking.add_code(store, running, {"code": "DORA15", "creator_id": dora})
    add_facts(store, videos=[("70003", "dora", "three", date(2026, 3, 5), 900)])
    codes = [one.sentence for one in told(store, campaign_id=running).alarms if one.code == "code-unused"]
    assert codes == ["The code of dora was never used, though the videos are being watched."]


def of_day(views, clicks):
    return {Traffic.TOTAL: {"views": views, "link_clicks": clicks, "sessions": None}}


def test_clicks_that_stopped_are_told_from_clicks_that_are_not_known():
    days = {1: of_day(90, 4), 2: of_day(80, 3), 3: of_day(70, None), 4: of_day(60, None)}
    assert not has_gone_silent(days, frozenset({1, 2})), "no file speaks of the last two days"
    assert has_gone_silent(days, frozenset({1, 2, 3, 4})), "the file lists others' clicks on these days"
    zeros = days | {3: of_day(70, 0), 4: of_day(60, 0)}
    assert has_gone_silent(zeros, frozenset({1, 2, 3, 4}))
    assert not has_gone_silent(days | {4: of_day(60, 1)}, frozenset({1, 2, 3, 4}))
    assert not has_gone_silent({3: of_day(70, 0), 4: of_day(60, 0)}, frozenset({3, 4})), (
        "never clicked is another alarm"
    )
    assert not has_gone_silent({}, frozenset())


def test_a_link_that_is_in_no_file_of_clicks_is_named(store, running):
    tracking.add_links(store, running, landing_page="https://shop.example/x", assets=("video",))
    assert "link-unclicked" not in {one.code for one in told(store, campaign_id=running).alarms}, (
        "nothing counts clicks"
    )
    with store.writing("clicks of one") as connection:
        connection.execute(
            text("UPDATE creator_total SET link_clicks = 40 WHERE traffic = 'total' AND creator_id ="
                 " (SELECT creator_id FROM creator_handle WHERE handle = 'ada')")
        )  # fmt: skip
    said = [one.sentence for one in told(store, campaign_id=running).alarms if one.code == "link-unclicked"]
    assert said == ["Files count clicks of this campaign, and none is of the link of ben."]


def test_figures_that_tiktok_is_about_to_forget_are_asked_for(store, running):
    late = told(store, date(2026, 4, 25), campaign_id=running)
    asks = [one for one in late.alarms if one.code == "export-overdue"]
    assert asks
    assert all(one.message and "lost after" in one.sentence for one in asks)


def test_a_creator_behind_the_plan_is_named_while_it_runs(store, running):
    said = [one.sentence for one in told(store, date(2026, 3, 31), campaign_id=running).alarms]
    assert "ada agreed to 2 videos; 1 was seen." in said
    assert "ada agreed to 2 videos" not in " ".join(
        one.sentence for one in told(store, campaign_id=running).alarms
    )


def test_a_finished_check_in_says_next_time_what_changed(store, running):
    first = told(store, campaign_id=running)
    assert first.since is None
    assert first.changes == ()
    finish_check_in(store, first, {"choice": "keep", "reason": "All well."}, now=NOW)
    add_facts(store, videos=[("70009", "ada", "new", date(2026, 3, 14), 500)])
    later = told(store, MID + timedelta(days=7), campaign_id=running)
    assert later.since == MID
    assert "Video views: up from 1,800 to 2,300." in [one.sentence for one in later.changes]
    (held,) = list_check_ins(store, running)
    assert (held.reason, held.choice.value, held.figures["views"]) == ("All well.", "keep", 1_800)


def test_an_earlier_choice_is_held_against_how_the_goal_went(store, running):
    finish_check_in(store, told(store, campaign_id=running), {"choice": "other"}, now=NOW)
    (held,) = list_check_ins(store, running)
    assert "later" not in how_it_went(held, told(store, campaign_id=running)), (
        "nothing to compare on the same day"
    )
    add_facts(store, videos=[("70009", "ada", "new", date(2026, 3, 14), 500)])
    said = how_it_went(held, told(store, MID + timedelta(days=7), campaign_id=running))
    assert said.startswith("Suggested then: Keep the plan")
    assert "Then something else was done. Video views: 1,800 then, 2,300 7 days later" in said


def test_a_check_in_of_the_same_day_is_not_compared_with_itself(store, running):
    finish_check_in(store, told(store, campaign_id=running), {}, now=NOW)
    assert told(store, campaign_id=running).since is None


def test_changes_of_a_locked_plan_are_shown(store, running):
    lock_plan(store, running, now=NOW)
    assert told(store, campaign_id=running).deviations == ()
    plan = campaigns.get_campaign(store, running)
    values = form(plan.brand_id, primary_target="5,000", secondary={"orders": "20", "cost_per_order": "5.00"})
    values |= {"last_day": "2026-04-05", "reason": "More budget."}
    campaigns.edit_campaign(store, running, values, version=plan.version, now=NOW)
    assert told(store, campaign_id=running).deviations == (
        "The target of Video views was 3,000 when the plan was locked and is 5,000 now.",
        "The last day was 31 Mar 2026 when the plan was locked and is 5 Apr 2026 now.",
    )
    with pytest.raises(PlumblineError, match="locked already"):
        lock_plan(store, running, now=NOW)


def test_the_first_finished_check_in_locks_the_plan(store, running):
    finish_check_in(store, told(store, campaign_id=running), {}, now=NOW)
    assert told(store, campaign_id=running).is_locked


def test_the_digest_holds_what_the_page_says(store, running):
    check_in = told(store, campaign_id=running)
    said = digest_text(check_in)
    for words in (check_in.headline, check_in.goals[0].sentence, check_in.advice.sentence, check_in.name):
        assert words in said


def test_money_moves_only_with_budget_left_and_enough_orders(store, running):
    advice = told(store, campaign_id=running).advice
    assert not advice.is_shift
    assert advice.sentence.startswith("Keep the plan: two creators with 20 orders")
    after = told(store, date(2026, 4, 2), campaign_id=running).advice
    assert "over" in after.sentence


def test_a_shift_is_suggested_only_where_it_beats_luck_and_is_bounded(store, running):
    add_facts(store, orders=[(f"c{n}", date(2026, 3, 7), "code", "BEN15", 2_000) for n in range(18)])
    add_facts(store, orders=[(f"d{n}", date(2026, 3, 7), "code", "ADA15", 2_000) for n in range(80)])
    advice = told(store, campaign_id=running).advice
    assert advice.is_shift
    assert (advice.giver, advice.taker) == ("ben", "ada")
    assert advice.amount == round((1_250_000 - 20_000) * 0.25)
    assert 0 < advice.low < advice.gain < advice.high


# ------------------------------------------------------------- bad input


def test_a_campaign_that_has_not_begun_says_so(store, running):
    check_in = told(store, date(2026, 2, 1), campaign_id=running)
    assert check_in.headline.startswith("It begins on 1 Mar 2026")


def test_a_campaign_without_files_says_what_to_do(store):
    number = make_campaign(store)
    check_in = told(store, campaign_id=number)
    assert "drop in the exports" in check_in.headline
    assert all(goal.status is Status.NOT_KNOWN for goal in check_in.goals)
    assert all(goal.forecast.now is None for goal in check_in.goals)
    no_number_is_broken(check_in)


def test_a_campaign_long_over_is_settled(store, running):
    check_in = told(store, date(2027, 1, 1), campaign_id=running)
    assert {goal.status for goal in check_in.goals} <= {Status.MET, Status.MISSED}
    assert check_in.forecast.goals[0].low is None


def test_videos_without_a_day_count_as_they_stand(store, running):
    with store.writing("forget the day") as connection:
        connection.execute(text("UPDATE video SET posted_day = NULL WHERE video_id = '70001'"))
    forecast = build_forecast(store, running, today=MID)
    assert (forecast.running, forecast.undated) == (1, 1)
    assert any("without a posting day" in words for words in forecast.cautions)


@pytest.mark.parametrize("column", ["views", "likes"])
def test_negative_and_missing_counts_break_nothing(store, running, column):
    with store.writing("odd counts") as connection:
        connection.execute(text(f"UPDATE video_day SET {column} = -5 WHERE video_id = '70001'"))
    no_number_is_broken(told(store, campaign_id=running))


def test_fees_in_another_currency_leave_costs_out(store, running):
    item = campaigns.list_collaborations(store, running)[0]
    values = {"currency": "JPY", "fee": "9000"}
    campaigns.edit_collaboration(store, running, item.collaboration_id, values, version=item.version)
    check_in = told(store, campaign_id=running)
    goals = {one.forecast.metric.name: one.forecast for one in check_in.goals}
    assert goals["cost_per_order"].low is None
    assert "fee" in goals["cost_per_order"].why_not
    no_number_is_broken(check_in)


def no_number_is_broken(check_in):
    said = digest_text(check_in)
    assert "nan" not in said.lower().replace("finance", "")
    assert "inf" not in said.lower()
    assert "None" not in said
    json.dumps([goal.forecast.middle for goal in check_in.goals], allow_nan=False)


# ------------------------------------------------------------- rights


def test_whoever_may_not_see_a_campaign_sees_no_check_in_of_it(store, running):
    other = Store(
        home=store.home, principal=Principal(name="x", role=Role.EDITOR, campaign_ids=frozenset({99}))
    )
    for work in (
        lambda: build_check_in(other, running, today=MID),
        lambda: build_forecast(other, running, today=MID),
        lambda: list_check_ins(other, running),
        lambda: lock_plan(other, running, now=NOW),
        lambda: finish_check_in(other, told(store, campaign_id=running), {}, now=NOW),
    ):
        with pytest.raises(PlumblineError, match="right"):
            work()


def test_a_viewer_may_look_and_not_decide(store, running):
    viewer = Store(home=store.home, principal=Principal(name="v", role=Role.VIEWER))
    check_in = build_check_in(viewer, running, today=MID)
    with pytest.raises(PlumblineError, match="right"):
        finish_check_in(viewer, check_in, {}, now=NOW)
