from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from core.statistics.looking import always_valid, always_valid_p, at_the_end, one_check_in

ERRORS = st.floats(min_value=0.02, max_value=0.6)
DEGREES = st.floats(min_value=2.5, max_value=60)


def evidence(log_lift, error, degrees, prior):
    """Return the likelihood ratio of the maximal invariant, worked out the long way with scipy."""
    scale = math.sqrt(1 + prior**2 / error**2)
    t = log_lift / error
    return stats.t.pdf(t / scale, degrees) / scale / stats.t.pdf(t, degrees)


@pytest.mark.parametrize(("error", "degrees"), [(0.1, 11), (0.1, 6), (0.05, 30), (0.15, 7.3)])
def test_the_bound_is_where_the_evidence_reaches_a_hundred_to_one(error, degrees):
    bound = always_valid(error, degrees)
    assert evidence(bound.half, error, degrees, 0.3) == pytest.approx(100, rel=1e-9)
    found = optimize.brentq(lambda half: evidence(half, error, degrees, 0.3) - 100, 1e-6, 10)
    assert bound.half == pytest.approx(found, rel=1e-9)


@given(error=ERRORS, degrees=DEGREES)
def test_the_p_value_and_the_bound_agree(error, degrees):
    bound = always_valid(error, degrees)
    if bound.is_too_early:
        assert always_valid_p(50.0, error, degrees) > 0.01
    else:
        assert always_valid_p(bound.half, error, degrees) == pytest.approx(0.01, rel=1e-6)
        assert always_valid_p(bound.half * 1.01, error, degrees) < 0.01


def test_with_few_creators_it_is_too_early():
    assert always_valid(0.3, 3).is_too_early
    assert always_valid(0.3, 3).half == math.inf


@given(error=ERRORS, degrees=DEGREES)
def test_looking_every_day_is_never_cheaper_than_looking_once(error, degrees):
    assert always_valid(error, degrees).half > at_the_end(error, degrees, error=0.01).half


def test_the_end_is_an_ordinary_t_interval():
    assert at_the_end(0.2, 11).half == pytest.approx(0.2 * stats.t.ppf(0.98, 11))
    assert at_the_end(0.2, 11).level == pytest.approx(0.96)


def test_one_check_in_at_half_has_the_levels_of_rpact():
    early, end = one_check_in()
    assert early == pytest.approx(0.00305, abs=0.00001)
    assert end == pytest.approx(0.0490, abs=0.0001)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.75])
def test_both_looks_together_spend_exactly_the_error(share):
    early, end = one_check_in(share)
    a, b = stats.norm.isf(early / 2), stats.norm.isf(end / 2)
    joint = stats.multivariate_normal([0, 0], [[1, math.sqrt(share)], [math.sqrt(share), 1]])
    inside = joint.cdf([a, b], lower_limit=[-a, -b])
    assert 1 - inside == pytest.approx(0.05, abs=2e-4)


@pytest.mark.parametrize("share", [0, 1, -1, 2])
def test_a_check_in_outside_the_experiment_is_refused(share):
    with pytest.raises(ValueError, match="between"):
        one_check_in(share)


def test_looking_at_every_normal_observation_alarms_rarely():
    rng = np.random.default_rng(0)
    alarms = 0
    for _ in range(300):
        seen = rng.normal(0, 1, 60)
        for n in range(4, 61, 4):
            error = seen[:n].std(ddof=1) / math.sqrt(n)
            if abs(seen[:n].mean()) > always_valid(error, n - 1).half:
                alarms += 1
                break
    assert alarms <= 9


def test_evidence_is_one_on_average():
    degrees, error = 9, 0.2
    scale = math.sqrt(1 + 0.3**2 / error**2)

    def both(t):
        return stats.t.pdf(t / scale, degrees) / scale

    assert integrate.quad(both, -np.inf, np.inf)[0] == pytest.approx(1)
