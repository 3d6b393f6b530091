from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from scipy import stats

from core.statistics.lifts import Lift, lift_of_rates, lift_of_values
from core.statistics.luck import (
    FalseAlarms,
    Luck,
    false_alarms_on_own_history,
    luck_of_rates,
    luck_of_values,
    luck_of_whole_creators,
)
from core.statistics.refused import Refused
from tests.core.statistics.campaigns import campaign


def test_every_assignment_of_a_small_campaign_is_tried():
    made = campaign(3, creators=4, videos=4, lift=1.0)
    found = luck_of_values(made.creators, made.is_version, made.views)
    assert isinstance(found, Luck)
    assert found.is_exact
    assert found.assignments == 6**4
    real = abs(lift_of_values(made.creators, made.is_version, made.views).log_lift)
    own = [list(itertools.combinations(range(4), 2))] * 4
    hits = 0
    for picks in itertools.product(*own):
        version = [at % 4 in picks[at // 4] for at in range(16)]
        hits += abs(lift_of_values(made.creators, version, made.views).log_lift) >= real - 1e-12
    assert found.share == pytest.approx(hits / 6**4)


def test_with_one_creator_it_is_the_permutation_test_of_scipy():
    rng = np.random.default_rng(1)
    logs = rng.normal(0, 1, 9)
    version = [True] * 4 + [False] * 5
    found = luck_of_values(["a"] * 9, version, list(np.exp(logs)))

    def statistic(a, b):
        return abs(a.mean() - b.mean())

    oracle = stats.permutation_test(
        (logs[:4], logs[4:]),
        statistic,
        n_resamples=np.inf,
        alternative="greater",
        permutation_type="independent",
    )
    assert isinstance(found, Luck)
    assert found.share == pytest.approx(oracle.pvalue)


@pytest.mark.parametrize(
    ("creators", "videos", "smallest"), [(6, 2, 2 / 2**6), (3, 4, 2 / 6**3), (5, 2, 2 / 2**5)]
)
def test_a_design_knows_the_smallest_share_it_can_show(creators, videos, smallest):
    made = campaign(2, creators=creators, videos=videos)
    found = luck_of_values(made.creators, made.is_version, made.views)
    assert isinstance(found, Luck)
    assert found.smallest == pytest.approx(smallest)
    assert found.share >= found.smallest


def test_big_campaigns_are_drawn_and_repeat_exactly():
    made = campaign(3, lift=0.4)
    one = luck_of_rates(made.creators, made.is_version, made.clicks, made.views, seed=7)
    other = luck_of_rates(made.creators, made.is_version, made.clicks, made.views, seed=7)
    assert isinstance(one, Luck)
    assert one == other
    assert not one.is_exact
    assert one.assignments == 9_999


def test_luck_and_the_p_value_of_a_rate_agree_roughly():
    for seed in range(6):
        made = campaign(seed, lift=0.25)
        lift = lift_of_rates(made.creators, made.is_version, made.clicks, made.views)
        luck = luck_of_rates(made.creators, made.is_version, made.clicks, made.views)
        assert isinstance(lift, Lift)
        assert isinstance(luck, Luck)
        assert abs(luck.share - lift.p_value) < 0.12


def test_whole_creators_are_handed_other_versions():
    names = list("abcdefgh")
    version = {name: name in "abcd" for name in names}
    typical = {name: (1.0 if name in "abcd" else 0.0) + 0.01 * at for at, name in enumerate(names)}
    found = luck_of_whole_creators(version, typical)
    assert isinstance(found, Luck)
    assert found.assignments == 70
    assert found.share == pytest.approx(2 / 70)
    assert isinstance(luck_of_whole_creators({"a": True}, {"a": 1.0}), Refused)


def test_old_videos_without_a_test_raise_about_as_many_alarms_as_promised():
    made = campaign(11, creators=20, videos=8)
    seen: list[float] = []
    began = time.process_time()
    found = false_alarms_on_own_history(
        made.creators, made.clicks, made.views, redraws=400, on_progress=seen.append
    )
    assert time.process_time() - began < 6
    assert isinstance(found, FalseAlarms)
    assert found.share < 0.10
    assert found.low <= found.share <= found.high
    assert found.pooled_share is not None
    assert found.pooled_share > 0.8
    assert seen[-1] == 1.0
    assert seen == sorted(seen)


def test_old_views_can_be_tried_too_and_short_histories_are_refused():
    made = campaign(12, creators=10, videos=5)
    found = false_alarms_on_own_history(made.creators, made.views, redraws=200)
    assert isinstance(found, FalseAlarms)
    assert found.pooled_share is None
    assert found.share < 0.12
    assert isinstance(false_alarms_on_own_history(["a", "b"], [1.0, 2.0]), Refused)
    assert isinstance(false_alarms_on_own_history([], []), Refused)
