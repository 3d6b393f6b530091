from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.statistics.assigning import assign_inside, assign_slots, assign_whole

ARMS = st.integers(2, 5).map(lambda count: [f"arm {at}" for at in range(count)])
VIDEOS = st.dictionaries(st.sampled_from(list("abcdefghi")), st.integers(0, 13), max_size=9)
SEEDS = st.integers(0, 2**32)


@settings(max_examples=30, deadline=None)
@given(videos=VIDEOS, arms=ARMS, seed=SEEDS)
def test_every_creator_makes_every_version_as_often_as_can_be(videos, arms, seed):
    drawn = assign_inside(videos, arms, seed)
    for creator, count in videos.items():
        own = [one for one in drawn if one.creator == creator]
        assert [one.number for one in own] == list(range(1, count + 1))
        made = Counter(one.arm for one in own)
        assert max((made[arm] for arm in arms), default=0) - min(made[arm] for arm in arms) <= 1
    over_all = Counter(one.arm for one in drawn)
    assert max(over_all[arm] for arm in arms) - min(over_all[arm] for arm in arms) <= 1


@settings(max_examples=30, deadline=None)
@given(videos=VIDEOS, arms=ARMS, seed=SEEDS)
def test_the_same_seed_draws_the_same_whatever_the_order_of_creators(videos, arms, seed):
    turned = dict(reversed(list(videos.items())))
    assert assign_inside(videos, arms, seed) == assign_inside(turned, arms, seed)


def test_every_order_of_a_creator_is_equally_likely():
    orders = Counter(
        "".join(one.arm for one in assign_inside({"a": 4}, ["A", "B"], seed)) for seed in range(3000)
    )
    assert len(orders) == 6
    assert all(430 <= count <= 570 for count in orders.values())


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 25), arms=ARMS, seed=SEEDS)
def test_whole_creators_are_spread_evenly_over_versions_and_tiers(count, arms, seed):
    creators = [f"c{at}" for at in range(count)]
    tiers = {name: ("nano" if at % 2 else "mid") for at, name in enumerate(creators)}
    assigned = assign_whole(creators, arms, seed, tiers=tiers, history={"c1": 3.0})
    assert set(assigned) == set(creators)
    made = Counter(assigned.values())
    assert max(made[arm] for arm in arms) - min(made[arm] for arm in arms) <= 1
    assert assigned == assign_whole(creators[::-1], arms, seed, tiers=tiers, history={"c1": 3.0})


def test_strong_and_weak_creators_are_shared_out():
    history = {f"c{at}": float(at) for at in range(20)}
    for seed in range(30):
        assigned = assign_whole(list(history), ["A", "B"], seed, history=history)
        sums = [sum(history[name] for name, arm in assigned.items() if arm == one) for one in "AB"]
        assert abs(sums[0] - sums[1]) <= 10


@settings(max_examples=30, deadline=None)
@given(
    videos=st.dictionaries(
        st.sampled_from(list("abcdefghi")),
        st.dictionaries(st.sampled_from(["week", "weekend"]), st.integers(0, 8)),
        max_size=6,
    ),
    arms=ARMS,
    seed=SEEDS,
)
def test_every_creator_gets_every_slot_as_often_as_can_be_per_weekday_group(videos, arms, seed):
    drawn = assign_slots(videos, arms, seed)
    assert drawn == assign_slots(videos, arms, seed)
    for creator, groups in videos.items():
        own = [one for one in drawn if one.creator == creator]
        assert [one.number for one in own] == list(range(1, sum(groups.values()) + 1))
        for group, count in groups.items():
            made = Counter(one.arm for one in own if one.block == group)
            assert sum(made.values()) == count
            assert max(made[arm] for arm in arms) - min(made[arm] for arm in arms) <= 1


def test_no_slot_is_always_the_first():
    videos = {f"c{at}": {"week": 4} for at in range(8)}
    drawn = assign_slots(videos, ["morning", "evening"], 5)
    firsts = Counter(one.arm for one in drawn if one.number == 1)
    assert firsts == {"morning": 4, "evening": 4}


@pytest.mark.parametrize("arms", [[], ["A"], ["A", "A"]])
def test_one_version_is_no_experiment(arms):
    for draw in (
        lambda: assign_inside({"a": 2}, arms, 1),
        lambda: assign_whole(["a"], arms, 1),
        lambda: assign_slots({"a": {"": 2}}, arms, 1),
    ):
        with pytest.raises(ValueError, match="two or more"):
            draw()


def test_impossible_counts_and_doubled_creators_are_refused():
    with pytest.raises(ValueError, match="fewer than no"):
        assign_inside({"a": -1}, ["A", "B"], 1)
    with pytest.raises(ValueError, match="twice"):
        assign_whole(["a", "a"], ["A", "B"], 1)
