"""Age-to-final factors agree with published figures, and late conversions are not taken for none."""

from __future__ import annotations

import numpy as np
import pytest

from core.statistics.maturity import chain_ladder, completeness

# Reinsurance Association of America, as in Mack 1994; general liability, thousands.
RAA = (
    (5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834),
    (106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704),
    (3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466),
    (5655, 11555, 15766, 21266, 23425, 26083, 27067),
    (1092, 9565, 15836, 22169, 25955, 26180),
    (1513, 6445, 11702, 12935, 15852),
    (557, 4020, 10946, 12314),
    (1351, 6947, 13112),
    (3133, 5395),
    (2063,),
)
# Taylor & Ashe 1983, claims of each year of development.
TAYLOR_ASHE = (
    (357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948),
    (352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046),
    (290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405),
    (310608, 1108250, 776189, 1562400, 272482, 352053, 206286),
    (443160, 693190, 991983, 769488, 504851, 470639),
    (396132, 937085, 847498, 805037, 705960),
    (440832, 847631, 1131398, 1063269),
    (359480, 1061648, 1443370),
    (376686, 986608),
    (344014,),
)


def triangle(rows):
    filled = np.full((len(rows), len(rows[0])), np.nan)
    for row, values in enumerate(rows):
        filled[row, : len(values)] = values
    return filled


def test_the_raa_triangle_gives_the_published_reserve_and_error():
    fit = chain_ladder(triangle(RAA))
    assert round(fit.outstanding) == 52_135
    assert round(fit.standard_error) == 26_909


def test_the_taylor_ashe_triangle_gives_the_published_reserve_and_error():
    fit = chain_ladder(np.cumsum(triangle(TAYLOR_ASHE), axis=1))
    assert round(fit.outstanding) == 18_680_856
    assert round(fit.standard_error) == 2_447_095


@pytest.mark.parametrize(
    "bad", [np.array([[1.0]]), np.array([[1.0, np.nan, 2.0]]), np.array([[np.nan, 1.0]])]
)
def test_a_triangle_with_gaps_is_refused(bad):
    with pytest.raises(ValueError, match="gaps"):
        chain_ladder(bad)


def world(seed, *, mean_delay=4.0, oldest=30, today=100, per_day=8):
    """Return delays, cohort days, and how many of the last week's conversions are still to come."""
    rng = np.random.default_rng(seed)
    starts = np.repeat(np.arange(today + 1), rng.poisson(per_day, today + 1))
    lags = np.minimum(rng.geometric(1 / mean_delay, len(starts)) - 1, oldest)
    seen = starts + lags <= today
    recent = starts > today - 7
    return lags[seen], starts[seen], seen[recent].sum() / recent.sum()


def test_the_share_of_the_last_week_that_is_in_is_told_as_it_is():
    off, inside = [], 0
    for seed in range(40):
        delays, starts, truth = world(seed)
        found = completeness(delays, starts, 100, 7, 30)
        off.append(found.share - truth)
        inside += found.low <= truth <= found.high
    assert abs(np.mean(off)) < 0.02
    assert inside >= 34, "nine of ten within the range, a few off for luck"


def test_few_matured_conversions_say_nothing():
    assert completeness([1, 2, 3], [90, 91, 92], 100, 7, 30) is None
    assert completeness([], [], 100, 7, 30) is None


def test_a_recent_week_without_conversions_is_still_open():
    delays, starts, _ = world(1)
    old = starts < 90
    found = completeness(delays[old], starts[old], 100, 7, 30)
    assert 0 < found.share < 1
