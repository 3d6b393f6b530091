from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from core.experiments.model import Audience, Counted, Design, Looking, Outcome, OutcomeKind
from core.experiments.reading_model import CheckKind, CheckStatus, GuardrailState, VerdictKind
from core.experiments.verdicts import read_experiment
from core.metrics.model import Better
from tests.core.experiments.made import CLICKS, LIKES, START, VIEWS, A, B, C, experiment, with_rows


def check(reading, kind):
    return next(one for one in reading.checks if one.kind is kind)


def split(control, version, **changes):
    """Return an audience split with (successes, people) per arm."""
    audience = tuple(
        Audience(arm=arm.key, people=people, successes={"click_rate": successes})
        for arm, (successes, people) in zip((A, B), (control, version), strict=True)
    )
    made = experiment(design=Design.AUDIENCE_SPLIT, audience=audience)
    return dataclasses.replace(made, slots=(), videos=(), creators=(), **changes)


# ---------------------------------------------------------------- the rungs of the ladder


def test_a_clear_gain_at_the_end_wins_in_one_sentence():
    reading = read_experiment(experiment(1, lift=0.5))
    assert reading.verdict is VerdictKind.WINS
    assert reading.title == "Hook B wins"
    assert reading.leader == B
    assert reading.is_end
    assert reading.sentence.startswith(
        "Hook B wins. The same creator’s typical video got 55% more clicks per view with Hook B "
        "(likely between 20% and 100% more). 12 creators, 72 videos, read at 7 days, assigned at random."
    )
    (one,) = reading.contrasts
    assert one.level == pytest.approx(0.96)
    assert one.low < one.lift < one.high
    assert one.chance > 0.99
    assert "over 99%" in reading.sentence


def test_the_p_value_is_in_the_small_print_only():
    reading = read_experiment(experiment(1, lift=0.5))
    assert "p-value" not in reading.sentence
    assert any("p-value" in one.label for one in reading.details)


def test_a_clear_loss_at_the_end_keeps_the_control():
    reading = read_experiment(experiment(3, lift=-0.6))
    assert reading.verdict is VerdictKind.KEEP_CONTROL
    assert reading.title == "Keep Hook A"
    assert reading.leader == A
    assert "fewer clicks per view with Hook B" in reading.sentence


def test_where_less_is_better_a_fall_wins():
    outcome = dataclasses.replace(CLICKS, label="Skip rate", events="skips", better=Better.LOWER)
    reading = read_experiment(experiment(3, lift=-0.6, primary=outcome))
    assert reading.verdict is VerdictKind.WINS
    assert reading.contrasts[0].is_gain
    assert reading.contrasts[0].lift < 0
    assert reading.contrasts[0].chance > 0.95
    assert "really lower" in reading.sentence


def test_before_the_end_it_says_keep_going_and_how_many_videos_are_in():
    reading = read_experiment(experiment(2, today=START + 14))
    assert reading.verdict is VerdictKind.KEEP_GOING
    assert reading.sentence.startswith("Keep going: 36 of 72 videos in.")
    assert not reading.is_end
    assert reading.contrasts[0].level == pytest.approx(0.99)


def test_a_huge_lift_is_called_before_the_end_and_a_huge_loss_stopped():
    early = read_experiment(experiment(2, lift=1.3, today=START + 15, spread=0.2))
    assert early.verdict is VerdictKind.EARLY_WINNER
    assert "however often one looks" in early.sentence
    stop = read_experiment(experiment(2, lift=-1.3, today=START + 15, spread=0.2))
    assert stop.verdict is VerdictKind.STOP
    assert stop.title == "Stop Hook B"


def test_no_chance_is_given_before_half_of_the_videos_are_in():
    assert read_experiment(experiment(2, today=START + 11)).contrasts[0].chance is None
    assert read_experiment(experiment(2, today=START + 15)).contrasts[0].chance is not None


def test_a_small_range_around_nothing_is_no_difference_that_matters():
    made = experiment(4, creators=30, videos=20, spread=0.1, smallest_lift=0.25)
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.NO_DIFFERENCE
    assert reading.leader is None


def test_a_likely_gain_leans_and_an_even_one_does_not():
    kinds = {read_experiment(experiment(seed, creators=6, videos=4, lift=0.2)).verdict for seed in range(14)}
    assert VerdictKind.LEANING in kinds
    assert VerdictKind.UNDECIDED in kinds
    leaning = next(
        reading
        for reading in (
            read_experiment(experiment(seed, creators=6, videos=4, lift=0.2)) for seed in range(14)
        )
        if reading.verdict is VerdictKind.LEANING
    )
    (one,) = leaning.contrasts
    assert one.chance >= 0.8 or one.chance <= 0.2
    assert leaning.leader == (B if one.chance >= 0.8 else A)
    assert leaning.title == f"Undecided, leaning {leaning.leader.name}"


def test_a_breached_guardrail_spoils_a_win():
    made = experiment(1, lift=0.5, likes_lift=-0.7, guardrails=(LIKES,))
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.WINS_BUT_HURTS
    assert reading.title == "Hook B wins on clicks but hurts like rate"
    assert reading.guardrails[0].state is GuardrailState.BREACHED
    assert reading.guardrails[0].harm > 0.10
    assert reading.guardrails[0].low < reading.guardrails[0].harm < reading.guardrails[0].high
    fine = read_experiment(experiment(1, lift=0.5, likes_lift=0.4, guardrails=(LIKES,)))
    assert fine.verdict is VerdictKind.WINS
    assert fine.guardrails[0].state is GuardrailState.FINE


def test_not_assigned_is_an_association_and_never_a_winner():
    for made in (
        experiment(1, lift=0.8, design=Design.NOT_ASSIGNED),
        experiment(1, lift=0.8, is_assigned=False),
    ):
        reading = read_experiment(made)
        assert reading.verdict is VerdictKind.ASSOCIATION
        assert "wins" not in reading.sentence
        assert "were linked to" in reading.sentence
        assert "no winner can be named" in reading.sentence
        assert reading.contrasts[0].chance is None
        assert reading.running == ()


def test_a_blocking_check_comes_before_everything():
    made = with_rows(
        experiment(1, lift=0.8),
        lambda row: dataclasses.replace(row, paid_share=0.5 if row.arm == "b" else 0.0),
    )
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert reading.is_blocked
    assert "36 of 36 videos of Hook B were boosted" in reading.sentence
    assert reading.contrasts[0].chance is None
    also = read_experiment(dataclasses.replace(made, design=Design.NOT_ASSIGNED))
    assert also.verdict is VerdictKind.CHECK_DATA


# ---------------------------------------------------------------- ends, looks and closing early


def test_the_end_needs_nearly_all_videos_at_the_reading_age():
    made = experiment(1, lift=0.5)
    young = with_rows(
        made, lambda row: dataclasses.replace(row, age=3, numbers={}) if row.video_id.endswith("-6") else row
    )
    reading = read_experiment(young)
    assert reading.verdict is VerdictKind.KEEP_GOING
    assert check(reading, CheckKind.MATURITY).status is CheckStatus.WAITING
    assert "The planned day has come; too few videos have reached 7 days." in reading.sentence
    assert len(reading.set_aside) == 12
    assert all("still maturing" in one.why for one in reading.set_aside)


def test_all_planned_videos_in_is_the_end_even_before_the_day():
    made = experiment(1, lift=0.5)
    assert (
        read_experiment(dataclasses.replace(made, planned_end=made.planned_end + 30)).verdict
        is VerdictKind.WINS
    )


def test_videos_that_come_after_the_end_do_not_move_the_result():
    made = experiment(1, lift=0.5)
    before = read_experiment(made)
    numbers = {"click_rate": Counted(numerator=0, denominator=90_000)}
    late = [
        dataclasses.replace(
            row, video_id=f"late-{at}", posted_day=made.planned_end - 3, age=30, numbers=numbers
        )
        for at, row in enumerate(made.videos[:6])
    ]
    after = read_experiment(
        dataclasses.replace(made, videos=made.videos + tuple(late), today=made.today + 40)
    )
    assert after.contrasts[0].lift == before.contrasts[0].lift
    assert {one.why for one in after.set_aside} == {"it was ready only after the day that counts"}


def test_ending_early_never_grants_the_rung_of_the_end():
    made = experiment(1, lift=0.5, today=START + 16)
    closed = dataclasses.replace(made, closed_day=START + 16)
    reading = read_experiment(closed)
    assert reading.verdict in {VerdictKind.LEANING, VerdictKind.UNDECIDED}
    assert "ended before its plan" in reading.sentence
    assert reading.contrasts[0].level == pytest.approx(0.99)
    later = read_experiment(dataclasses.replace(closed, today=START + 60))
    assert later.contrasts[0].lift == reading.contrasts[0].lift


def test_closing_after_the_end_changes_nothing():
    made = experiment(1, lift=0.5)
    assert read_experiment(dataclasses.replace(made, closed_day=made.today)).verdict is VerdictKind.WINS


def test_one_check_in_judges_once_and_then_waits_for_the_end():
    def at(day, **changes):
        return read_experiment(
            experiment(
                2,
                spread=0.2,
                looking=Looking.ONE_CHECK_IN,
                **({} if day is None else {"today": day}),
                **changes,
            )
        )

    early = at(START + 11, lift=1.3)
    assert early.verdict is VerdictKind.KEEP_GOING
    assert "The one check-in comes when 50%" in early.sentence
    half = at(START + 14, lift=1.3)
    assert half.verdict is VerdictKind.EARLY_WINNER
    assert "at the one check-in" in half.sentence
    assert half.contrasts[0].level == pytest.approx(1 - 0.00305, abs=1e-4)
    assert at(None, lift=1.3).contrasts[0].level == pytest.approx(0.951, abs=0.002)


def test_looking_again_after_the_one_check_in_is_no_second_look():
    first, again = (
        read_experiment(experiment(4, lift=0.3, looking=Looking.ONE_CHECK_IN, today=START + day))
        for day in (13, 17)
    )
    assert first.verdict is again.verdict is VerdictKind.KEEP_GOING
    assert "the next is the end" in again.sentence
    assert again.progress.used > first.progress.used
    assert again.contrasts[0].lift == first.contrasts[0].lift
    assert again.contrasts[0].low == first.contrasts[0].low


def test_the_running_range_has_one_point_a_day_and_ends_where_the_verdict_is():
    reading = read_experiment(experiment(1, lift=0.5))
    assert [point.videos for point in reading.running] == [12, 24, 36, 48, 60, 72]
    assert reading.running[0].is_too_early
    last, (one,) = reading.running[-1], reading.contrasts
    assert (last.lift, last.low, last.high) == pytest.approx((one.lift, one.low, one.high), abs=1e-3)
    assert reading.running[-2].high - reading.running[-2].low > last.high - last.low


# ---------------------------------------------------------------- several versions, designs, metrics


def test_several_versions_share_the_error_and_the_best_one_leads():
    reading = read_experiment(experiment(3, lift=0.6, arms=(A, B, C), videos=9))
    assert [one.arm for one in reading.contrasts] == [B, C]
    assert all(one.level == pytest.approx(0.98) for one in reading.contrasts)
    assert reading.verdict is VerdictKind.WINS
    best = max(reading.contrasts, key=lambda one: one.lift)
    assert reading.leader == best.arm
    assert all(one.p_adjusted >= one.p_value for one in reading.contrasts)


def test_range_and_verdict_never_disagree():
    for seed in range(25):
        reading = read_experiment(experiment(seed, creators=8, videos=6, lift=0.35, arms=(A, B, C)))
        for one in reading.contrasts:
            excludes = one.low > 0 or one.high < 0
            assert excludes == (one.verdict in {VerdictKind.WINS, VerdictKind.KEEP_CONTROL})


def test_whole_creators_are_compared_by_their_typical_figure_and_their_past():
    reading = read_experiment(experiment(3, lift=0.6, design=Design.WHOLE_CREATORS, creators=24))
    assert reading.verdict is VerdictKind.WINS
    assert reading.sentence.startswith("Hook B wins. A creator’s typical video")
    assert reading.slopes == ()
    assert any("own past" in one.text for one in reading.details)
    assert reading.contrasts[0].luck is not None


def test_posting_slots_are_compared_inside_weekday_groups():
    made = with_rows(
        experiment(5, videos=8, lift=0.6, design=Design.POSTING_SLOTS),
        lambda row: dataclasses.replace(row, block="weekend" if int(row.video_id[-1]) > 4 else "week"),
    )
    reading = read_experiment(made)
    assert reading.contrasts[0].creators in {11, 12}
    without = dataclasses.replace(made, design=Design.INSIDE_CREATORS)
    assert reading.contrasts[0].lift != read_experiment(without).contrasts[0].lift
    assert reading.verdict in {VerdictKind.WINS, VerdictKind.LEANING}


def test_views_are_compared_by_factors_and_a_plan_on_them_finds_little():
    made = experiment(2, primary=VIEWS)
    reading = read_experiment(made)
    (one,) = reading.contrasts
    assert one.high - one.low > 0.8
    assert reading.verdict in {VerdictKind.UNDECIDED, VerdictKind.LEANING}
    assert "views with Hook B" in reading.sentence
    assert reading.totals[0].sentence.endswith("from 36 videos")


def test_secondary_metrics_support_and_never_decide():
    reading = read_experiment(experiment(2, likes_lift=0.7, secondary=(LIKES, VIEWS)))
    assert reading.verdict is not VerdictKind.WINS
    likes, views = reading.secondary
    assert likes.is_notable
    assert likes.sentence.endswith("supporting.")
    assert not views.is_notable
    assert views.sentence.endswith("could be luck.")
    assert likes.p_adjusted >= likes.p_value


def test_an_audience_split_speaks_of_people_and_of_this_ad_only():
    reading = read_experiment(split((2000, 100_000), (2400, 100_300)))
    assert reading.verdict is VerdictKind.WINS
    assert "People shown Hook B" in reading.sentence
    assert any("the people it suits" in one for one in reading.cautions)
    assert reading.contrasts[0].low > 0
    assert reading.totals[1].sentence == "Hook B: 2,400 clicks from 100,300 people"
    assert read_experiment(split((2000, 100_000), (2010, 100_300))).verdict is not VerdictKind.WINS


def test_an_audience_that_was_not_divided_as_planned_is_blocked():
    reading = read_experiment(split((2000, 100_000), (2400, 103_000)))
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert "not divided as planned" in reading.sentence


def test_an_audience_without_people_or_events_is_not_judged():
    assert read_experiment(split((2000, None), (2400, 100_000))).verdict is VerdictKind.NOT_ENOUGH
    assert read_experiment(split((0, 100_000), (0, 100_000))).verdict is VerdictKind.NOT_ENOUGH
    assert read_experiment(split((None, 100_000), (5, 100_000))).verdict is VerdictKind.NOT_ENOUGH


def test_an_audience_split_before_its_end_uses_what_holds_at_every_look():
    made = split((2000, 100_000), (2200, 100_300))
    early = read_experiment(dataclasses.replace(made, today=made.planned_end - 3))
    assert early.contrasts[0].level == pytest.approx(0.99)
    assert early.verdict in {VerdictKind.KEEP_GOING, VerdictKind.EARLY_WINNER}


# ---------------------------------------------------------------- what is shown beside


def test_totals_are_accounting_and_say_when_one_video_drives_them():
    reading = read_experiment(experiment(1, lift=0.5))
    control, version = reading.totals
    assert (control.videos, version.videos) == (36, 36)
    assert control.rate == control.numerator / control.denominator
    big = with_rows(
        experiment(1, lift=0.5),
        lambda row: (
            dataclasses.replace(
                row, numbers={"click_rate": Counted(numerator=400_000, denominator=9_000_000)}
            )
            if row.video_id == next(one.video_id for one in experiment(1, lift=0.5).videos if one.arm == "a")
            else row
        ),
    )
    viral = read_experiment(big)
    assert check(viral, CheckKind.DOMINANCE).status is CheckStatus.CAUTION
    assert "driven by a few viral videos" in viral.totals_sentence
    assert viral.contrasts[0].lift > 0


def test_slopes_and_dots_carry_every_creator_and_video():
    reading = read_experiment(experiment(1, lift=0.5))
    assert len(reading.slopes) == 12
    assert len(reading.dots) == 72
    assert all(slope.lift == pytest.approx(slope.version / slope.control - 1) for slope in reading.slopes)
    assert reading.slopes[0].name == "@creator00"


def test_a_result_that_rests_on_one_creator_names_the_one_without_whom_it_is_not_clear():
    readings = [read_experiment(experiment(seed, creators=8, lift=0.4)) for seed in range(25)]
    shaky = [one for one in readings if one.verdict is VerdictKind.WINS and one.contrasts[0].rests_on]
    steady = [one for one in readings if one.verdict is VerdictKind.WINS and not one.contrasts[0].rests_on]
    assert shaky
    assert steady
    for reading in shaky + steady:
        (one,) = reading.contrasts
        half = math.log1p(one.high) - math.log1p(one.lift)
        least = min(one.without, key=lambda left: left.lift)
        assert (math.log1p(least.lift) <= half) == bool(one.rests_on)
        if one.rests_on:
            assert one.rests_on == f"@creator{least.creator[1:]}"
            assert any("this rests on" in caution for caution in reading.cautions)


def test_luck_is_said_for_these_creators_where_no_range_can_be_given():
    reading = read_experiment(experiment(3, creators=3, lift=0.9))
    assert reading.verdict is VerdictKind.NOT_ENOUGH
    assert "Only 3 creators" in reading.sentence
    assert reading.contrasts[0].luck is not None
    assert "these creators only" in reading.contrasts[0].luck_sentence


def test_expected_loss_is_said_in_events_or_money():
    outcome = dataclasses.replace(CLICKS, worth_minor=120.0, currency="USD")
    reading = read_experiment(experiment(7, lift=0.1, primary=outcome))
    assert "$" in reading.contrasts[0].loss_words
    assert "clicks" in read_experiment(experiment(7, lift=0.1)).contrasts[0].loss_words


def test_the_same_data_in_another_order_give_the_same_reading():
    made = experiment(1, lift=0.4, secondary=(LIKES,), guardrails=(VIEWS,))
    rng = np.random.default_rng(0)
    mixed = dataclasses.replace(
        made, videos=tuple(made.videos[at] for at in rng.permutation(len(made.videos)))
    )
    assert read_experiment(mixed) == read_experiment(made)


def test_renaming_a_version_changes_words_only():
    made = experiment(1, lift=0.5)
    renamed = dataclasses.replace(made, arms=(A, dataclasses.replace(B, name="Question first")))
    reading = read_experiment(renamed)
    assert reading.title == "Question first wins"
    assert reading.contrasts[0].lift == read_experiment(made).contrasts[0].lift


# ---------------------------------------------------------------- bad input


def test_a_plan_that_cannot_be_read_says_what_is_wrong():
    made = experiment(1)
    for change, words in (
        ({"arms": (A,)}, "only one version"),
        ({"arms": (B, C)}, "which version the others are compared with"),
        ({"arms": (A, dataclasses.replace(B, is_control=True))}, "which version the others"),
        ({"arms": (A, dataclasses.replace(B, key="a", is_control=False))}, "same key"),
        ({"arms": (A, C)}, "a version that the plan does not have: b"),
        ({"slots": ()}, "Nobody drew"),
        ({"arms": ()}, "only one version"),
    ):
        reading = read_experiment(dataclasses.replace(made, **change))
        assert reading.verdict is VerdictKind.CHECK_DATA, change
        assert words in reading.sentence


def test_an_arm_that_is_no_longer_in_the_plan_is_not_guessed():
    made = with_rows(
        experiment(1, lift=0.5),
        lambda row: dataclasses.replace(row, arm="b old") if row.video_id == "c00-1" else row,
    )
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert "a version that the plan does not have: b old" in reading.sentence


@pytest.mark.parametrize("videos", [0, 1, 2])
def test_hardly_any_video_is_no_verdict(videos):
    made = experiment(1, lift=0.5)
    reading = read_experiment(dataclasses.replace(made, videos=made.videos[:videos]))
    assert reading.verdict is VerdictKind.NOT_ENOUGH
    assert reading.contrasts[0].lift is None or videos == 2
    assert reading.contrasts[0].why_not


def test_one_creator_is_no_verdict_but_says_what_luck_does():
    reading = read_experiment(experiment(1, creators=1, lift=0.8))
    assert reading.verdict is VerdictKind.NOT_ENOUGH
    assert "Only one creator" in reading.sentence


def test_no_clicks_or_no_views_at_all_are_no_verdict():
    none = with_rows(
        experiment(1),
        lambda row: dataclasses.replace(row, numbers={"click_rate": Counted(numerator=0, denominator=900)}),
    )
    assert read_experiment(none).verdict is VerdictKind.NOT_ENOUGH
    assert "Fewer than 10 clicks" in read_experiment(none).sentence
    empty = with_rows(
        experiment(1),
        lambda row: dataclasses.replace(row, numbers={"click_rate": Counted(numerator=0, denominator=0)}),
    )
    assert read_experiment(empty).verdict is VerdictKind.NOT_ENOUGH


@pytest.mark.parametrize("bad", [None, math.nan, math.inf, -5.0])
def test_views_that_are_missing_or_impossible_are_set_aside_and_never_a_zero(bad):
    made = with_rows(
        experiment(1, lift=0.5),
        lambda row: (
            dataclasses.replace(row, numbers={"click_rate": Counted(numerator=9, denominator=bad)})
            if row.video_id in {"c00-1", "c01-1"}
            else row
        ),
    )
    reading = read_experiment(made)
    assert reading.progress.used == 70
    assert len(reading.set_aside) == 2
    assert reading.verdict is VerdictKind.WINS


def test_tracking_missing_in_one_version_is_blocked():
    made = with_rows(
        experiment(1, lift=0.5), lambda row: dataclasses.replace(row, has_tracking=row.arm == "b")
    )
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert "No video of Hook A carries its tracked link" in reading.sentence


def test_more_missing_in_one_version_is_blocked_and_equal_gaps_are_not():
    def gap(row):
        return dataclasses.replace(row, numbers={}) if row.arm == "b" and row.video_id < "c05" else row

    reading = read_experiment(with_rows(experiment(1, lift=0.5), gap))
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert check(reading, CheckKind.MISSING).status is CheckStatus.BLOCKED
    both = with_rows(
        experiment(1, lift=0.5),
        lambda row: dataclasses.replace(row, numbers={}) if row.video_id < "c02" else row,
    )
    assert check(read_experiment(both), CheckKind.MISSING).status is CheckStatus.CAUTION


def test_zero_views_cannot_be_compared_by_factors():
    def zero(row):
        return (
            dataclasses.replace(row, numbers={"views": Counted(numerator=0)}) if row.video_id < limit else row
        )

    limit = "c01"
    few = read_experiment(with_rows(experiment(1, primary=VIEWS), zero))
    assert check(few, CheckKind.ZEROS).status is CheckStatus.CAUTION
    limit = "c04"
    many = read_experiment(with_rows(experiment(1, primary=VIEWS), zero))
    assert many.verdict is VerdictKind.NOT_ENOUGH


def test_videos_of_another_experiment_are_set_aside_and_many_block():
    some = with_rows(
        experiment(1, lift=0.5),
        lambda row: dataclasses.replace(row, also_in=("CTA test",)) if row.video_id == "c00-1" else row,
    )
    reading = read_experiment(some)
    assert reading.verdict is VerdictKind.WINS
    assert any("also belongs to CTA test" in one for one in reading.cautions)
    every = with_rows(experiment(1, lift=0.5), lambda row: dataclasses.replace(row, also_in=("CTA test",)))
    assert read_experiment(every).verdict is VerdictKind.CHECK_DATA


def test_a_video_under_two_versions_blocks_and_a_doubled_row_does_not():
    made = experiment(1, lift=0.5)
    row = made.videos[0]
    other = dataclasses.replace(row, arm="b" if row.arm == "a" else "a")
    assert (
        read_experiment(dataclasses.replace(made, videos=(*made.videos, other))).verdict
        is VerdictKind.CHECK_DATA
    )
    assert read_experiment(dataclasses.replace(made, videos=(*made.videos, row))) == read_experiment(made)


def test_a_creator_who_left_counts_where_both_versions_are_finished():
    made = experiment(1, lift=0.5)
    people = tuple(
        dataclasses.replace(one, left_day=START + 6) if one.key in {"c00", "c01"} else one
        for one in made.creators
    )
    left = with_rows(
        dataclasses.replace(made, creators=people),
        lambda row: None if row.creator in {"c00", "c01"} and int(row.video_id[-1]) > 2 else row,
    )
    reading = read_experiment(left)
    assert check(reading, CheckKind.LEFT).status is CheckStatus.CAUTION
    assert "@creator00 and @creator01 left" in check(reading, CheckKind.LEFT).sentence
    assert check(reading, CheckKind.DELIVERY).status is CheckStatus.CAUTION
    assert "@creator00 (4)" in check(reading, CheckKind.DELIVERY).sentence
    assert reading.verdict is VerdictKind.WINS


def test_videos_of_different_ages_are_never_mixed():
    made = experiment(1, lift=0.5, today=START + 12)
    reading = read_experiment(made)
    assert reading.progress.used == 24
    assert {one.why for one in reading.set_aside} == {"still maturing: not read at 7 days yet"}
    cheeky = with_rows(
        made,
        lambda row: (
            dataclasses.replace(row, numbers={"click_rate": Counted(numerator=50, denominator=90)})
            if row.age < 6
            else row
        ),
    )
    assert read_experiment(cheeky).contrasts[0].lift == reading.contrasts[0].lift


def test_a_whole_creator_with_both_versions_is_blocked():
    made = experiment(1, design=Design.WHOLE_CREATORS)
    mixed = with_rows(made, lambda row: dataclasses.replace(row, arm="b") if row.video_id == "c00-1" else row)
    reading = read_experiment(mixed)
    assert reading.verdict is VerdictKind.CHECK_DATA
    assert "@creator00 made more than one version" in reading.sentence


def test_a_lift_beyond_three_times_asks_for_a_look_at_tracking():
    reading = read_experiment(experiment(1, lift=1.6))
    assert check(reading, CheckKind.SIZE).status is CheckStatus.CAUTION
    assert any("Check tracking" in one for one in reading.cautions)


def test_boosted_alike_is_a_caution_and_unknown_is_said():
    alike = with_rows(experiment(1), lambda row: dataclasses.replace(row, paid_share=0.3))
    assert check(read_experiment(alike), CheckKind.PAID).status is CheckStatus.CAUTION
    unknown = with_rows(experiment(1), lambda row: dataclasses.replace(row, paid_share=None))
    assert check(read_experiment(unknown), CheckKind.PAID).status is CheckStatus.UNKNOWN


def test_nothing_in_at_all_still_reads():
    made = experiment(1, today=START)
    reading = read_experiment(made)
    assert reading.verdict is VerdictKind.NOT_ENOUGH
    assert reading.totals[0].numerator is None
    assert reading.running == ()
    assert "72 planned videos are still to come in" in reading.sentence


# ---------------------------------------------------------------- does it lie?


def test_two_hundred_campaigns_with_nothing_true_name_few_winners():
    named = {VerdictKind.WINS, VerdictKind.KEEP_CONTROL, VerdictKind.WINS_BUT_HURTS}
    alarms = sum(
        read_experiment(experiment(seed, creators=10, videos=6)).verdict in named for seed in range(200)
    )
    assert alarms <= 20


def test_reading_every_day_names_few_winners_too():
    named = {VerdictKind.WINS, VerdictKind.KEEP_CONTROL, VerdictKind.EARLY_WINNER, VerdictKind.STOP}
    alarms = 0
    for seed in range(40):
        days = range(START + 13, START + 20, 2)
        alarms += any(
            read_experiment(experiment(seed, creators=8, videos=6, today=day)).verdict in named
            for day in days
        )
    assert alarms <= 5


def test_an_outcome_knows_its_words_and_its_usual_size():
    assert CLICKS.words == "clicks per view"
    assert VIEWS.words == "views"
    assert (CLICKS.prior, VIEWS.prior) == (0.3, 0.6)
    assert Outcome(key="x", label="X", events="x", kind=OutcomeKind.RATE, prior_spread=0.2).prior == 0.2
