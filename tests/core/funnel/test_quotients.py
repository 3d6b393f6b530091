import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.quotients import quotient
from core.evidence.reading import added
from core.metrics.registry import BY_NAME

counts = st.one_of(st.none(), st.integers(0, 10**9).map(float))
videos = st.lists(st.fixed_dictionaries({"views": counts, "saves": counts}), max_size=12)


@given(videos)
def test_a_rate_is_the_quotient_of_totals_over_videos_with_both_parts(units):
    found = quotient(BY_NAME["save_rate"], added(units), units, "videos")
    both = [one for one in units if one["views"] is not None and one["saves"] is not None]
    below = sum(one["views"] for one in both)
    if not both or below == 0:
        assert found.value is None
    else:
        assert found.value == pytest.approx(sum(one["saves"] for one in both) / below)
        assert found.used == len(both)


@given(videos, st.randoms())
def test_the_order_of_videos_changes_nothing(units, random):
    shuffled = random.sample(units, len(units))
    metric = BY_NAME["save_rate"]
    assert quotient(metric, added(units), units, "videos") == quotient(
        metric, added(shuffled), shuffled, "videos"
    )


@given(videos)
def test_adding_keeps_what_nobody_knows_unknown(units):
    totals = added(units)
    for name in ("views", "saves"):
        known = [one[name] for one in units if one[name] is not None]
        assert totals.get(name) == (sum(known) if known else None)


@given(videos)
def test_a_video_that_states_nothing_changes_no_rate(units):
    metric = BY_NAME["save_rate"]
    with_empty = [*units, {"views": None, "saves": None}]
    assert quotient(metric, added(units), units, "videos") == quotient(
        metric, added(with_empty), with_empty, "videos"
    )


def test_orders_of_a_creator_without_link_clicks_are_not_divided_by_the_clicks_of_others():
    units = [{"orders": 30.0, "link_clicks": 600.0}, {"orders": 50.0, "link_clicks": None}]
    found = quotient(BY_NAME["conversion_rate"], added(units), units, "creators")
    assert found.value == 0.05
    assert (found.used, found.of) == (1, 2)


def test_a_creator_with_clicks_and_no_orders_counts_as_none_where_orders_are_known():
    units = [{"orders": 30.0, "link_clicks": 600.0}, {"orders": None, "link_clicks": 400.0}]
    found = quotient(BY_NAME["conversion_rate"], added(units), units, "creators")
    assert found.value == 0.03


def test_spend_without_views_still_counts_because_it_was_paid():
    units = [{"spend": 100.0, "views": 1000.0}, {"spend": 50.0, "views": None}]
    found = quotient(BY_NAME["cost_per_view"], added(units), units, "creators")
    assert found.value == 0.15
