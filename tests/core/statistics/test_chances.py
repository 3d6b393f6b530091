from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from core.statistics.chances import Guard, chance_of, guard_state


@pytest.mark.parametrize(
    ("log_lift", "error", "degrees", "prior"),
    [(0.4, 0.12, 11, 0.3), (-0.2, 0.3, 4, 0.3), (0.02, 0.004, 30, 0.3), (2.5, 0.2, 3, 0.6), (0, 0.5, 8, 0.3)],
)
def test_it_is_prior_times_likelihood_as_scipy_integrates_it(log_lift, error, degrees, prior):
    def density(x):
        return stats.norm.pdf(x, 0, prior) * stats.t.pdf((log_lift - x) / error, degrees)

    near = [log_lift - 5 * error, log_lift, log_lift + 5 * error, 0]

    def total(weight, low=-8 * prior, high=8 * prior):
        inside = [x for x in near if low < x < high]
        return integrate.quad(lambda x: density(x) * weight(x), low, high, points=inside, limit=500)[0]

    whole = total(lambda _: 1.0)
    found = chance_of(log_lift, error, degrees, prior=prior)
    assert found.better == pytest.approx(total(lambda _: 1.0, low=0) / whole, abs=1e-4)
    assert found.expected_loss == pytest.approx(total(lambda x: max(0, 1 - math.exp(x))) / whole, abs=1e-4)
    assert found.middle == pytest.approx(total(lambda x: x) / whole, abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(
    log_lift=st.floats(min_value=-3, max_value=3),
    error=st.floats(min_value=0.001, max_value=3),
    degrees=st.floats(min_value=2, max_value=100),
)
def test_turning_the_lift_turns_the_chance(log_lift, error, degrees):
    one, other = chance_of(log_lift, error, degrees), chance_of(-log_lift, error, degrees)
    assert one.better + other.better == pytest.approx(1, abs=2e-3)
    assert 0 <= one.better <= 1
    assert one.expected_loss >= 0


def test_beliefs_are_calibrated_when_truths_come_from_the_prior():
    rng = np.random.default_rng(3)
    truths = rng.normal(0, 0.3, 4000)
    error = 0.2
    seen = truths + error * rng.standard_t(9, 4000)
    said = np.array([chance_of(float(one), error, 9).better for one in seen[:1500]])
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        chosen = (said >= low) & (said < high)
        assert (truths[:1500][chosen] > 0).mean() == pytest.approx(said[chosen].mean(), abs=0.06)


@pytest.mark.parametrize(
    ("low", "high", "is_lower_better", "state"),
    [
        (-0.02, 0.05, False, Guard.FINE),
        (-0.20, 0.05, False, Guard.AT_RISK),
        (-0.50, -0.20, False, Guard.BREACHED),
        (-0.05, 0.02, True, Guard.FINE),
        (-0.05, 0.20, True, Guard.AT_RISK),
        (0.20, 0.50, True, Guard.BREACHED),
        (-math.inf, math.inf, False, Guard.AT_RISK),
    ],
)
def test_a_guardrail_is_fine_at_risk_or_breached(low, high, is_lower_better, state):
    assert guard_state(low, high, tolerable=0.10, is_lower_better=is_lower_better) is state
