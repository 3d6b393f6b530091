from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from core.statistics.several import agreeing, benjamini_hochberg, bonferroni_error, holm

P_VALUES = st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(values=P_VALUES)
def test_both_corrections_are_those_of_statsmodels(values):
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1])
    assert benjamini_hochberg(values) == pytest.approx(multipletests(values, method="fdr_bh")[1])


def test_what_was_not_tested_costs_nothing():
    assert holm([0.01, math.nan, 0.02])[0] == pytest.approx(0.02)
    assert math.isnan(holm([0.01, math.nan])[1])
    assert benjamini_hochberg([math.nan, 0.04])[1] == pytest.approx(0.04)
    assert holm([]) == ()


def test_an_interval_says_what_the_verdict_says():
    assert agreeing(-0.01, 0.5, is_clear=False) == (-0.01, 0.5)
    low, high = agreeing(-0.01, 0.5, is_clear=True)
    assert 0 < low < 1e-12
    assert high == 0.5
    low, high = agreeing(-0.5, 0.01, is_clear=True)
    assert -1e-12 < high < 0
    assert agreeing(0.1, 0.5, is_clear=True) == (0.1, 0.5)


def test_a_bonferroni_interval_never_leaves_zero_before_holm_does():
    rng = np.random.default_rng(0)
    for _ in range(200):
        values = list(rng.uniform(0, 0.1, 3))
        for one, adjusted in zip(values, holm(values), strict=True):
            if one < bonferroni_error(0.04, 3):
                assert adjusted < 0.04
