from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm

from core.statistics.association import compare_tags
from core.statistics.lifts import lift_of_rates
from core.statistics.refused import Why
from tests.core.statistics.campaigns import campaign


def test_without_covariates_it_is_the_estimator_of_experiments():
    made = campaign(3, lift=0.3)
    (found,) = compare_tags(made.creators, {"hook": made.is_version}, made.clicks, made.views)
    lift = lift_of_rates(made.creators, made.is_version, made.clicks, made.views)
    assert found.adjusted == pytest.approx(lift.log_lift, abs=1e-6)
    assert found.p_value == pytest.approx(lift.p_value, abs=1e-6)
    assert (found.low, found.high) == pytest.approx(lift.interval(0.95), abs=1e-5)


def test_covariates_enter_as_in_the_models_of_statsmodels():
    made = campaign(3, creators=15, videos=8, lift=0.3)
    rng = np.random.default_rng(0)
    length = [str(kind) for kind in rng.choice(["short", "long", "longer"], 120)]
    (found,) = compare_tags(
        made.creators, {"hook": made.is_version}, made.views, covariates={"length": length}
    )
    who = np.unique(made.creators, return_inverse=True)[1]
    design = np.column_stack(
        [np.asarray(made.is_version, float), np.eye(15)[who]]
        + [np.array([one == kind for one in length], float) for kind in ("long", "longer")]
    )
    assert found.adjusted == pytest.approx(sm.OLS(np.log(made.views), design).fit().params[0], abs=1e-9)
    (rate,) = compare_tags(
        made.creators, {"hook": made.is_version}, made.clicks, made.views, covariates={"length": length}
    )
    family = sm.families.NegativeBinomial(alpha=0.25)
    near = sm.GLM(made.clicks, design, family=family, offset=np.log(made.views)).fit().params[0]
    assert rate.adjusted == pytest.approx(near, abs=0.05)


def test_a_tag_of_strong_creators_looks_good_only_before_adjusting():
    rng = np.random.default_rng(5)
    who = np.repeat(np.arange(20), 8)
    strength = rng.normal(0, 1, 20)
    has = rng.random(160) < 1 / (1 + np.exp(-2 * strength[who]))
    views = np.exp(8 + strength[who] + rng.normal(0, 0.5, 160))
    (found,) = compare_tags([f"c{at}" for at in who], {"hook": list(has)}, list(views))
    assert found.raw is not None
    assert found.raw > 0.6
    assert found.adjusted is not None
    assert abs(found.adjusted) < 0.4
    assert found.is_mostly_who


def test_tags_are_sorted_and_corrected_together():
    made = campaign(4, creators=15, videos=8, lift=0.8)
    rng = np.random.default_rng(1)
    tags = {f"noise {at}": list(rng.random(120) < 0.5) for at in range(6)} | {"hook": made.is_version}
    found = compare_tags(made.creators, tags, made.clicks, made.views)
    assert found[0].tag == "hook"
    assert found[0].p_adjusted == pytest.approx(7 * found[0].p_value)
    assert [one.p_value for one in found] == sorted(one.p_value for one in found)


def test_a_tag_nobody_mixes_is_refused_and_costs_the_others_nothing():
    made = campaign(4, creators=8, videos=4, lift=0.5)
    always = [who in {"c0", "c1"} for who in made.creators]
    found = compare_tags(made.creators, {"hook": made.is_version, "always": always}, made.clicks, made.views)
    refused = next(one for one in found if one.tag == "always")
    assert refused.refused is not None
    assert refused.refused.why is Why.ONE_ARM
    assert refused.adjusted is None
    assert math.isnan(refused.p_adjusted)
    assert refused.raw is not None
    assert found[0].p_adjusted == pytest.approx(found[0].p_value)


def test_empty_input_and_events_on_one_side_are_refused():
    (found,) = compare_tags([], {"hook": []}, [])
    assert found.refused is not None
    creators, has = list("aabbccddee"), [True, False] * 5
    (found,) = compare_tags(creators, {"hook": has}, [1, 0] * 5, [10] * 10)
    assert found.refused is not None
    assert found.refused.why is Why.ONE_SIDED
    (found,) = compare_tags(creators, {"hook": has}, [0] * 10, [10] * 10)
    assert found.raw is None


def test_a_covariate_that_says_the_same_as_the_tag_leaves_nothing():
    made = campaign(4, creators=8, videos=4)
    copy = [str(one) for one in made.is_version]
    (found,) = compare_tags(made.creators, {"hook": made.is_version}, made.views, covariates={"copy": copy})
    assert found.refused is not None or abs(found.adjusted or 0) < math.inf
