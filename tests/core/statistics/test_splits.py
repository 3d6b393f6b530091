from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from core.statistics.refused import Refused, Why
from core.statistics.splits import Split, fisher_exact, split_as_planned, split_difference, wilson

COUNTS = st.tuples(
    st.integers(0, 300), st.integers(1, 5000), st.integers(0, 300), st.integers(1, 5000)
).filter(lambda c: c[0] <= c[1] and c[2] <= c[3] and c[0] + c[2] > 0)


@settings(max_examples=40, deadline=None)
@given(successes=st.integers(0, 500), more=st.integers(1, 5000))
def test_wilson_is_the_one_of_statsmodels(successes, more):
    oracle = proportion_confint(successes, successes + more, method="wilson")
    assert wilson(successes, successes + more) == pytest.approx(tuple(map(float, oracle)), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(counts=COUNTS)
def test_the_difference_is_newcombe_of_statsmodels(counts):
    found = split_difference(*counts)
    assert isinstance(found, Split)
    oracle = confint_proportions_2indep(counts[2], counts[3], counts[0], counts[1], method="newcomb")
    assert (found.low, found.high) == pytest.approx(tuple(map(float, oracle)), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(counts=COUNTS)
@example(counts=(0, 3, 1, 1))
@example(counts=(1, 30, 9, 10))
@example(counts=(0, 40, 40, 40))
def test_ratio_and_difference_exclude_no_difference_together(counts):
    found = split_difference(*counts)
    assert isinstance(found, Split)
    if min(abs(found.low), abs(found.high)) > 1e-9:
        assert (found.log_low > 0) == (found.low > 0)
        assert (found.log_high < 0) == (found.high < 0)
    if found.log_lift is not None:
        assert found.log_low <= found.log_lift <= found.log_high


def test_the_p_value_is_the_z_test_of_statsmodels():
    found = split_difference(200, 10_000, 260, 10_100)
    assert isinstance(found, Split)
    assert found.p_value == pytest.approx(proportions_ztest([200, 260], [10_000, 10_100])[1])


def test_a_version_with_nobody_acting_still_has_an_interval():
    found = split_difference(0, 1000, 12, 1000)
    assert isinstance(found, Split)
    assert found.log_lift is None
    assert found.low > 0
    assert found.log_high == math.inf


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((1, 0, 1, 10), Why.ONE_ARM),
        ((0, 10, 0, 10), Why.NO_EVENTS),
        ((20, 10, 1, 10), Why.NOT_POSSIBLE),
        ((math.nan, 10, 1, 10), Why.NO_DATA),
        ((-1, 10, 1, 10), Why.NO_DATA),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, why):
    found = split_difference(*counts)
    assert isinstance(found, Refused)
    assert found.why is why


def test_people_per_arm_are_tested_as_scipy_does():
    assert split_as_planned([5000, 5200]) == pytest.approx(stats.chisquare([5000, 5200]).pvalue)
    expected = np.array([0.5, 0.25, 0.25]) * 9000
    oracle = stats.chisquare([4600, 2200, 2200], expected).pvalue
    assert split_as_planned([4600, 2200, 2200], [2, 1, 1]) == pytest.approx(oracle)
    assert split_as_planned([0, 0]) == 1.0


def test_the_check_of_people_is_that_of_tea_tasting():
    import pandas as pd
    import tea_tasting as tt

    frame = pd.DataFrame({"variant": [0] * 500 + [1] * 590})
    result = tt.Experiment(srm=tt.SampleRatio(method="norm", correction=False)).analyze(frame)
    assert split_as_planned([500, 590]) == pytest.approx(result["srm"].pvalue, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(a=st.integers(0, 40), b=st.integers(0, 40), c=st.integers(0, 40), d=st.integers(0, 40))
def test_fisher_is_the_one_of_scipy(a, b, c, d):
    assert fisher_exact((a, b), (c, d)) == pytest.approx(
        stats.fisher_exact([[a, b], [c, d]]).pvalue, abs=1e-9
    )
