from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from core.statistics.lifts import Lift
from core.statistics.refused import Refused, Why
from core.statistics.whole_creators import lift_of_whole_creators, typical_rates, typical_values


def creators(seed, count=16):
    rng = np.random.default_rng(seed)
    names = [f"c{at}" for at in range(count)]
    past = dict(zip(names, map(float, rng.normal(-4, 0.5, count)), strict=True))
    version = {name: at % 2 == 0 for at, name in enumerate(names)}
    typical = {name: past[name] + 0.4 * version[name] + float(rng.normal(0, 0.2)) for name in names}
    return version, typical, past


def test_with_a_past_it_is_the_regression_of_statsmodels():
    version, typical, past = creators(1)
    found = lift_of_whole_creators(version, typical, history=past)
    design = np.array([[1, version[name], past[name]] for name in version], float)
    oracle = sm.OLS([typical[name] for name in version], design).fit()
    assert isinstance(found, Lift)
    assert found.log_lift == pytest.approx(oracle.params[1])
    assert found.standard_error == pytest.approx(oracle.bse[1])
    assert found.degrees == oracle.df_resid == 13
    assert found.p_value == pytest.approx(oracle.pvalues[1])


def test_without_a_past_it_is_welch_of_scipy():
    version, typical, _ = creators(2)
    found = lift_of_whole_creators(version, typical)
    sides = [[typical[name] for name in version if version[name] is one] for one in (True, False)]
    oracle = stats.ttest_ind(*sides, equal_var=False)
    assert isinstance(found, Lift)
    assert found.p_value == pytest.approx(oracle.pvalue)
    assert found.degrees == pytest.approx(oracle.df)


def test_the_past_narrows_the_interval():
    version, typical, past = creators(3)
    one = lift_of_whole_creators(version, typical, history=past)
    other = lift_of_whole_creators(version, typical)
    assert isinstance(one, Lift)
    assert isinstance(other, Lift)
    assert one.standard_error < 0.7 * other.standard_error


def test_a_past_that_is_not_known_for_all_is_not_used():
    version, typical, past = creators(3)
    del past["c0"]
    assert lift_of_whole_creators(version, typical, history=past) == lift_of_whole_creators(version, typical)


def test_leaving_out_a_creator_is_the_comparison_without():
    version, typical, past = creators(4)
    found = lift_of_whole_creators(version, typical, history=past)
    assert isinstance(found, Lift)
    rest = {name: arm for name, arm in version.items() if name != "c3"}
    again = lift_of_whole_creators(rest, typical, history=past)
    assert isinstance(again, Lift)
    assert dict(found.without)["c3"] == pytest.approx(again.log_lift)


def test_a_typical_rate_lets_steady_views_and_single_videos_both_count():
    rates, spread = typical_rates(["a", "a", "b", "b", "z"], [10, 30, 5, 5, 0], [1000, 1000, 500, 500, 100])
    assert set(rates) == {"a", "b"}
    assert rates["b"] == pytest.approx(math.log(0.01))
    assert spread > 0
    assert typical_rates([], [], []) == ({}, 0.0)


def test_a_typical_value_is_the_geometric_mean():
    assert typical_values(["a", "a", "b"], [10.0, 1000.0, 0.0]) == {"a": pytest.approx(math.log(100))}


@pytest.mark.parametrize("few", [0, 1, 2])
def test_too_few_creators_of_one_version_are_refused(few):
    names = [f"c{at}" for at in range(8)]
    version = {name: at < few for at, name in enumerate(names)}
    found = lift_of_whole_creators(version, {name: float(at) for at, name in enumerate(names)})
    assert isinstance(found, Refused)
    assert found.why is (Why.FEW_PER_ARM if few else Why.ONE_ARM)


def test_equal_figures_are_refused():
    version, typical, _ = creators(3)
    found = lift_of_whole_creators(version, dict.fromkeys(typical, 1.0))
    assert isinstance(found, Refused)
    assert found.why is Why.NO_SPREAD
    assert isinstance(lift_of_whole_creators({}, {}), Refused)
