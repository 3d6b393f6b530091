"""Values on logs: against the mixed model of statsmodels and a plain sum."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from core.statistics.posteriors import Posteriors
from core.statistics.refusals import Lack, NotEnough
from core.statistics.values import ValueFit, fit_values, fit_values_alone
from tests.core.statistics.made_up import everybody


def views_of(
    rng: np.random.Generator, creators: int, most: int = 9
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    own = 9 + 1.2 * rng.standard_normal(creators)
    owner = np.repeat(np.arange(creators), rng.integers(1, most, creators))
    return owner, np.exp(own[owner] + 1.4 * rng.standard_normal(len(owner))), own


def test_estimates_agree_with_the_mixed_model_of_statsmodels() -> None:
    owner, values, _ = views_of(np.random.default_rng(3), 120)
    fit = fit_values(owner, values, everybody(120))
    assert isinstance(fit, ValueFit)
    model = sm.MixedLM(np.log(values), np.ones((len(owner), 1)), groups=owner).fit()
    theirs = model.params[0] + np.array([float(model.random_effects[i].iloc[0]) for i in range(120)])
    ours = np.sum(fit.posteriors.points * fit.posteriors.mass, axis=1)
    assert ours == pytest.approx(theirs, abs=0.03)
    assert fit.scatter == pytest.approx(model.scale**0.5, rel=0.03)
    assert fit.spread == pytest.approx(float(np.asarray(model.cov_re)[0, 0]) ** 0.5, rel=0.1)


def test_nine_of_ten_true_values_lie_in_their_interval() -> None:
    rng = np.random.default_rng(4)
    inside = []
    for _ in range(40):
        owner, values, own = views_of(rng, 25)
        fit = fit_values(owner, values, everybody(25))
        assert isinstance(fit, ValueFit)
        low, high = np.log(fit.posteriors.intervals()).T
        inside.append(np.mean((low <= own) & (own <= high)))
    assert 0.87 <= np.mean(inside) <= 0.93


def test_multiplying_every_value_moves_the_estimates_and_nothing_else() -> None:
    owner, values, _ = views_of(np.random.default_rng(5), 20)
    once, ten = (fit_values(owner, values * factor, everybody(20)) for factor in (1, 10))
    assert isinstance(once, ValueFit)
    assert isinstance(ten, ValueFit)
    assert ten.posteriors.intervals() == pytest.approx(10 * once.posteriors.intervals(), rel=1e-6)


def test_a_creator_without_videos_is_expected_to_be_like_its_peers() -> None:
    owner, values, _ = views_of(np.random.default_rng(5), 20)
    owner = np.where(owner == 7, 8, owner)
    fit = fit_values(owner, values, everybody(20))
    assert isinstance(fit, ValueFit)
    assert np.isnan(fit.raw[7])
    widths = np.diff(np.log(fit.posteriors.intervals()))[:, 0]
    assert widths[7] == widths.max()


def test_the_next_video_scatters_more_than_the_estimate() -> None:
    owner, values, _ = views_of(np.random.default_rng(5), 20)
    fit = fit_values(owner, values, everybody(20))
    assert isinstance(fit, ValueFit)
    low, high = fit.posteriors.intervals()[0]
    next_low, next_high = fit.next_video(0)
    assert next_low < low < high < next_high


def test_one_video_alone_has_a_wide_range_around_it() -> None:
    alone = fit_values_alone(np.array([1_000.0]))
    assert isinstance(alone, Posteriors)
    low, high = alone.intervals()[0]
    assert low < 350
    assert high > 2_800


def test_no_video_is_a_refusal_and_zero_is_an_error() -> None:
    assert fit_values_alone(np.array([])) == NotEnough(lack=Lack.VIDEOS, have=0, need=1)
    assert isinstance(fit_values(np.array([], dtype=int), np.array([]), everybody(9)), NotEnough)
    with pytest.raises(ValueError, match="above 0"):
        fit_values(np.array([0]), np.array([0.0]), everybody(9))
    with pytest.raises(ValueError, match="above 0"):
        fit_values_alone(np.array([-1.0]))
