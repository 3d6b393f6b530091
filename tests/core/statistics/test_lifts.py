from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from core.statistics.fitting import RateVideos, fit_rates, fit_values, jackknife
from core.statistics.lifts import Lift, lift_of_rates, lift_of_values, lifts_of_rates_by_day
from core.statistics.refused import Refused, Why
from tests.core.statistics.campaigns import campaign

SEEDS = st.integers(min_value=0, max_value=2**20)


def rates(made) -> Lift:
    found = lift_of_rates(made.creators, made.is_version, made.clicks, made.views)
    assert isinstance(found, Lift)
    return found


def values(made) -> Lift:
    found = lift_of_values(made.creators, made.is_version, made.views)
    assert isinstance(found, Lift)
    return found


def codes(made):
    return np.unique(made.creators, return_inverse=True)[1]


def dummies(made):
    who = codes(made)
    return np.column_stack([np.eye(who.max() + 1)[who], np.asarray(made.is_version, float)])


@pytest.mark.parametrize("seed", range(5))
def test_a_rate_is_the_negative_binomial_model_of_statsmodels_with_creator_dummies(seed):
    made = campaign(seed, lift=0.4)
    found = rates(made)
    family = sm.families.NegativeBinomial(alpha=found.spread)
    oracle = sm.GLM(made.clicks, dummies(made), family=family, offset=np.log(made.views)).fit(
        tol=1e-14, maxiter=300
    )
    assert found.log_lift == pytest.approx(oracle.params[-1], abs=1e-7)
    assert oracle.pearson_chi2 == pytest.approx(len(made.clicks) - 12 - 1, rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_a_value_is_least_squares_with_creator_dummies(seed):
    made = campaign(seed, lift=0.4)
    oracle = sm.OLS(np.log(made.views), dummies(made)).fit()
    found = values(made)
    assert found.log_lift == pytest.approx(oracle.params[-1], abs=1e-10)
    assert found.spread**2 == pytest.approx(oracle.mse_resid)


def test_leaving_out_a_creator_gives_the_fit_without_that_creator():
    made = campaign(3, lift=0.3)
    found = dict(values(made).without)
    for creator in ("c0", "c7"):
        rest = made.rows([at for at, who in enumerate(made.creators) if who != creator])
        assert found[creator] == pytest.approx(values(rest).log_lift, abs=1e-10)


def test_leaving_out_a_creator_of_a_rate_comes_close_in_one_step():
    made = campaign(3, lift=0.3)
    found = dict(rates(made).without)
    for creator, log_lift in found.items():
        rest = made.rows([at for at, who in enumerate(made.creators) if who != creator])
        assert log_lift == pytest.approx(rates(rest).log_lift, abs=0.03)


def test_the_error_is_the_jackknife_over_creators_refitted():
    made = campaign(5, lift=0.3)
    found = values(made)
    again = [
        values(made.rows([at for at, who in enumerate(made.creators) if who != creator])).log_lift
        for creator in dict.fromkeys(made.creators)
    ]
    off = np.array(again) - found.log_lift
    assert found.standard_error == pytest.approx(math.sqrt(11 / 12 * float(off @ off)))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_swapping_the_arms_turns_the_sign_and_keeps_the_width(seed):
    made = campaign(seed, creators=8, videos=4, lift=0.2)
    turned = [not one for one in made.is_version]
    one, other = rates(made), lift_of_rates(made.creators, turned, made.clicks, made.views)
    assert isinstance(other, Lift)
    assert other.log_lift == pytest.approx(-one.log_lift, abs=1e-7)
    assert other.standard_error == pytest.approx(one.standard_error, rel=1e-5)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, factor=st.floats(min_value=0.01, max_value=1000))
def test_a_constant_multiplies_values_without_changing_their_lift(seed, factor):
    made = campaign(seed, creators=8, videos=4)
    scaled = lift_of_values(made.creators, made.is_version, [factor * one for one in made.views])
    assert isinstance(scaled, Lift)
    assert scaled.log_lift == pytest.approx(values(made).log_lift, abs=1e-9)
    assert scaled.standard_error == pytest.approx(values(made).standard_error, rel=1e-7)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_counting_every_view_twice_does_not_halve_an_interval(seed):
    made = campaign(seed, creators=8, videos=4)
    one = rates(made)
    other = lift_of_rates(
        made.creators,
        made.is_version,
        [2 * count for count in made.clicks],
        [2 * count for count in made.views],
    )
    assert isinstance(other, Lift)
    assert one.spread > 0
    assert other.standard_error > 0.75 * one.standard_error  # twice the videos would give 0.71


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_a_creator_with_one_arm_changes_nothing(seed):
    made = campaign(seed, creators=8, videos=4)
    more = lift_of_rates(
        [*made.creators, "new", "new"], [*made.is_version, True, True],
        [*made.clicks, 900.0, 12.0], [*made.views, 1000.0, 500.0],
    )  # fmt: skip
    assert isinstance(more, Lift)
    assert more.log_lift == pytest.approx(rates(made).log_lift, abs=1e-12)
    assert more.standard_error == pytest.approx(rates(made).standard_error)
    assert (more.creators, more.videos) == (8, 32)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_videos_is_irrelevant(seed):
    made = campaign(seed, creators=8, videos=4)
    mixed = made.rows(list(np.random.default_rng(seed).permutation(len(made.clicks))))
    assert rates(mixed).log_lift == pytest.approx(rates(made).log_lift, abs=1e-8)
    assert rates(mixed).standard_error == pytest.approx(rates(made).standard_error, rel=1e-6)
    assert values(mixed).standard_error == pytest.approx(values(made).standard_error, rel=1e-9)


def test_weekday_blocks_inside_a_creator_are_taken_off_too():
    made = campaign(2, creators=10, videos=8, lift=0.3)
    weekday = [("weekend" if at % 8 >= 4 else "week") for at in range(80)]
    version = [at % 2 == 0 for at in range(80)]
    shifted = [
        views * (50 if day == "weekend" else 1) for views, day in zip(made.views, weekday, strict=True)
    ]
    plain = lift_of_values(made.creators, version, made.views, blocks=weekday)
    moved = lift_of_values(made.creators, version, shifted, blocks=weekday)
    assert isinstance(plain, Lift)
    assert isinstance(moved, Lift)
    assert moved.log_lift == pytest.approx(plain.log_lift)
    assert moved.standard_error == pytest.approx(plain.standard_error)


def test_one_viral_creator_is_named():
    creators = [f"c{at}" for at in range(6) for _ in range(4)]
    version = [True, True, False, False] * 6
    amounts = [1000.0 + at for at in range(24)]
    amounts[20], amounts[21] = 9e6, 8e6
    found = lift_of_values(creators, version, amounts)
    assert isinstance(found, Lift)
    assert found.rests_on(0.1) == "c5"


def test_a_creator_with_hundreds_of_videos_does_not_pass_for_many_creators():
    made = campaign(1, creators=4, videos=4)
    rng = np.random.default_rng(0)
    creators = [*made.creators, *["big"] * 400]
    version = [*made.is_version, *[at % 2 == 0 for at in range(400)]]
    found = lift_of_values(creators, version, [*made.views, *np.exp(rng.normal(9, 1, 400))])
    assert isinstance(found, Refused)
    assert found.why is Why.UNEVEN
    assert found.log_lift is not None


@pytest.mark.parametrize(
    ("creators", "version", "clicks", "views", "why"),
    [
        ([], [], [], [], Why.NO_DATA),
        (["a", "b"], [True, True], [1, 2], [10, 10], Why.ONE_ARM),
        (["a", "b"], [True, False], [1, 2], [10, 10], Why.ONE_ARM),
        (["a", "a"], [True, False], [1, 2], [10, 10], Why.ONE_CREATOR),
        (["a", "a", "b", "b"], [True, False] * 2, [1, 2, 2, 3], [10, 10, 20, 30], Why.FEW_CREATORS),
        (list("aabbccdd"), [True, False] * 4, [0] * 8, [10] * 8, Why.NO_EVENTS),
        (list("aabbccdd"), [True, False] * 4, [1, 0] * 4, [10] * 8, Why.ONE_SIDED),
        (list("aabbccdd"), [True, False] * 4, [3, 2] * 4, [10] * 8, Why.NO_SPREAD),
        (list("aabbccdd"), [True, False] * 4, [3] * 8, [0] * 8, Why.NO_DATA),
        (list("aabbccdd"), [True, False] * 4, [math.nan] * 8, [10] * 8, Why.NO_DATA),
        (list("aabbccdd"), [True, False] * 4, [1] * 8, [math.nan] * 8, Why.NO_DATA),
    ],
)
def test_bad_input_is_refused_with_its_reason_and_a_cure(creators, version, clicks, views, why):
    found = lift_of_rates(creators, version, clicks, views)
    assert isinstance(found, Refused)
    assert found.why is why
    assert found.sentence.endswith(".")
    assert found.cure.endswith(".")


def test_values_of_zero_and_missing_ones_are_not_put_on_a_logarithm():
    creators, version = list("aabbccddee"), [True, False] * 5
    found = lift_of_values(creators, version, [1.0, 2, 3, 5, 8, 9, 4, 6, 0, 7])
    assert isinstance(found, Lift)
    assert found.creators == 4


def test_few_events_do_not_divide_by_zero():
    rng = np.random.default_rng(4)
    for _ in range(40):
        made = campaign(int(rng.integers(1e6)), creators=6, videos=4)
        clicks = rng.poisson(0.2, len(made.clicks)).astype(float)
        found = lift_of_rates(made.creators, made.is_version, list(clicks), made.views)
        assert isinstance(found, (Lift, Refused))
        if isinstance(found, Lift):
            assert math.isfinite(found.standard_error)
            assert math.isfinite(found.log_lift)


def test_fits_have_scores_that_add_to_nothing():
    made = campaign(8)
    who = codes(made)
    version = np.asarray(made.is_version, float)
    one = fit_rates(
        RateVideos(
            events=np.asarray(made.clicks),
            exposures=np.asarray(made.views),
            version=version,
            creators=who,
            blocks=who,
        )
    )
    other = fit_values(np.log(made.views), version, who, who)
    assert abs(one.scores.sum()) < 1e-6
    assert abs(other.scores.sum()) < 1e-9
    assert jackknife(one).effective_creators <= 12


def test_nothing_true_raises_few_false_alarms():
    alarms = sum(rates(campaign(seed)).p_value < 0.05 for seed in range(1000, 1200))
    assert alarms <= 20


def test_the_lift_by_day_is_the_lift_of_each_day_alone():
    made = campaign(3, creators=9, videos=6, lift=0.3)
    days = np.array([at % 6 for at in range(54)])
    found = lifts_of_rates_by_day(
        codes(made), np.array(made.is_version), np.array(made.clicks), np.array(made.views), days
    )
    assert [day for day, _ in found] == [0, 1, 2, 3, 4, 5]
    for day, lift in found:
        alone = made.rows([at for at in range(54) if days[at] <= day])
        again = lift_of_rates(alone.creators, alone.is_version, alone.clicks, alone.views)
        assert type(again) is type(lift)
        if isinstance(lift, Lift):
            assert lift.log_lift == pytest.approx(again.log_lift, abs=1e-4)
            assert lift.standard_error == pytest.approx(again.standard_error, rel=1e-3)
