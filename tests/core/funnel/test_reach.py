import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from core.evidence.reach import _together
from core.funnel import build_funnel
from core.metrics.model import Stage
from core.scope import Scope, Traffic
from core.tracing import trace
from tests.core.funnel.story import SPRING, TODAY, tell

WHOLE = Scope(campaign_id=SPRING)


@pytest.fixture
def told(sqlite_store):
    tell(sqlite_store)
    return sqlite_store


def reach_of(store, scope=WHOLE):
    return build_funnel(store, scope, today=TODAY).figure("reach")


def state(store, traffic, **reaches):
    with store.writing("state reach") as connection:
        for video, reach in reaches.items():
            connection.execute(
                text("UPDATE video_total SET reach = :r WHERE video_id = :v AND traffic = :t"),
                {"r": reach, "v": video.removeprefix("v"), "t": traffic},
            )


def test_a_video_without_stated_reach_adds_its_views_to_the_upper_end(told):
    state(told, "total", v7001=80_000, v7002=15_000)
    reach = reach_of(told)
    # 7003 has 12,000 by ads and 30,000 organic views, 7004 has 500 views.
    assert (reach.low, reach.high) == (80_000, 80_000 + 15_000 + 42_000 + 500)
    assert reach.coverage == "2 of 4 videos state reach; for the others every view may be another person."
    sentence = build_funnel(told, WHOLE, today=TODAY).stage(Stage.AWARENESS).sentence
    assert "They reached between 80,000 and 137,500 people. 2 of 4 videos state reach;" in sentence


def test_where_every_video_states_reach_nothing_is_added(told):
    state(told, "total", v7001=80_000, v7002=15_000, v7003=20_000, v7004=400)
    reach = reach_of(told)
    assert (reach.low, reach.high, reach.coverage) == (80_000, 115_400, "")


def test_one_video_that_states_its_reach_is_one_number(told):
    state(told, "total", v7002=15_000)
    reach = reach_of(told, WHOLE.only(video_ids=("7002",)))
    assert (reach.value, reach.low, reach.coverage) == (15_000, None, "")


def test_ads_without_stated_reach_add_their_impressions(told):
    state(told, "paid", v7001=None)
    reach = reach_of(told, WHOLE.only(traffic=Traffic.PAID))
    assert (reach.low, reach.high) == (12_000, 12_000 + 50_000)
    assert reach.coverage.startswith("1 of 2 videos states reach;")


def test_a_video_that_states_nothing_leaves_the_upper_end_open(told):
    with told.writing("forget the views of 7004") as connection:
        connection.execute(text("UPDATE video_total SET views = NULL WHERE video_id = '7004'"))
    reach = reach_of(told)
    assert (reach.low, reach.high) == (30_000, None)
    assert reach.written() == "at least 30,000"
    assert "For 1 video not even views are known, so the upper end is unknown." in reach.coverage
    sentence = build_funnel(told, WHOLE, today=TODAY).stage(Stage.AWARENESS).sentence
    assert "They reached at least 30,000 people." in sentence
    traced = trace(told, WHOLE, "reach")
    assert traced.sentence == "At least 30,000; how many more is not known."


def test_views_that_hang_on_no_video_may_be_more_people(told):
    with told.writing("more ads") as connection:
        connection.execute(
            text(
                "UPDATE creator_total SET views = views + 1000"
                " WHERE campaign_id = 2 AND creator_id = 1 AND traffic = 'total'"
            )
        )
    reach = reach_of(told)
    assert reach.high == 153_500
    assert "Views that hang on no video" in reach.coverage


def test_without_any_stated_reach_nothing_is_known(told):
    with told.writing("forget") as connection:
        connection.execute(text("UPDATE video_total SET reach = NULL"))
    assert not reach_of(told).is_known


def test_the_trace_tells_the_same_range_for_every_traffic(told):
    state(told, "total", v7001=80_000)
    for traffic in Traffic:
        scope = WHOLE.only(traffic=traffic)
        figure, traced = reach_of(told, scope), trace(told, scope, "reach")
        assert (figure.low, figure.high, figure.value) == (traced.low, traced.high, traced.value)


def test_a_cost_per_person_has_its_range_the_other_way_round(told):
    traced = trace(told, WHOLE, "cost_per_thousand_reached")
    assert (traced.low, traced.high) == (pytest.approx(30_000 / 42_000 * 1000), pytest.approx(1000.0))


counts = st.integers(min_value=0, max_value=10**7)
videos = st.lists(
    st.tuples(st.none() | counts, st.none() | counts).filter(
        lambda one: one[0] is None or one[1] is None or one[0] <= one[1]
    ),
    min_size=1,
    max_size=12,
)


@given(videos)
def test_whatever_the_true_overlap_the_range_holds_it(stated):
    made = [
        (
            {} if reach is None else {Traffic.TOTAL: (float(reach), float(reach))},
            {Traffic.TOTAL: {"views": None if views is None else float(views)}},
        )
        for reach, views in stated
    ]
    found = _together(Traffic.TOTAL, made, 0.0)
    known = [reach for reach, _ in stated if reach is not None]
    if not known:
        assert found is None
        return
    assert found.low == max(known), "at least the largest audience, if everybody else is in it"
    if all(reach is not None or views is not None for reach, views in stated):
        assert found.high == sum(views if reach is None else reach for reach, views in stated)
    else:
        assert found.high is None
        assert found.silent > 0
