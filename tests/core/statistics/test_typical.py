"""The typical value of a few creators: against scipy."""

import numpy as np
import pytest
from scipy import stats

from core.statistics.refusals import Lack, NotEnough
from core.statistics.typical import Typical, typical_of


def test_the_interval_is_the_one_of_scipy_on_logs() -> None:
    values = np.array([3.0, 5.0, 4.0, 9.0, 2.0])
    found = typical_of(values)
    assert isinstance(found, Typical)
    logs = np.log(values)
    low, high = stats.t.interval(0.9, 4, loc=logs.mean(), scale=stats.sem(logs))
    assert (found.low, found.value, found.high) == pytest.approx(np.exp([low, logs.mean(), high]))


def test_three_creators_are_too_few() -> None:
    assert typical_of(np.ones(3)) == NotEnough(lack=Lack.CREATORS, have=3, need=4)


def test_zero_is_no_value_on_a_logarithmic_scale() -> None:
    with pytest.raises(ValueError, match="above 0"):
        typical_of(np.array([0.0, 1.0, 1.0, 1.0]))
