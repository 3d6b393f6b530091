"""Counts at equal age come from snapshots near that age, or are unknown and say why."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evidence.ages import (
    AGES,
    Unread,
    counts_at_age,
    read_histories,
    tolerance,
    videos_at_age,
    videos_of_histories,
)
from core.scope import Traffic
from tests.core.funnel.story import insert

POSTED = 20_000
NAMES = ("views", "likes")


def tell(store, snapshots, *, posted=POSTED, traffic="total", video="7001"):
    """Write one video and its rises: (age, views, likes)."""
    with store.writing("tell") as connection:
        insert(connection, "video", video_id=video, handle="ana", posted_day=posted, creator_id=3)
        add(connection, snapshots, traffic=traffic, video=video)


def add(connection, snapshots, *, traffic="total", video="7001"):
    for age, views, likes in snapshots:
        insert(
            connection,
            "video_day",
            video_id=video,
            day=POSTED + age,
            traffic=traffic,
            views=views,
            likes=likes,
        )


def read(store, age, traffic=Traffic.TOTAL):
    with store.reading() as connection:
        return videos_at_age(connection, NAMES, age, traffic=traffic)


def test_a_snapshot_at_the_age_is_taken_as_it_stands(store):
    tell(store, [(3, 300, 30), (7, 200, 10)])
    (video,) = read(store, 7)
    assert video.counts == {"views": 500.0, "likes": 40.0}
    assert (video.is_between, video.unread, video.newest_age, video.creator_id) == (False, None, 7, 3)


def test_a_snapshot_a_day_off_serves_at_seven_days_and_not_at_three(store):
    tell(store, [(4, 300, 30), (8, 200, 10)])
    assert read(store, 7)[0].counts["views"] == 500.0
    assert read(store, 3)[0].unread is Unread.NO_SNAPSHOT


def test_between_two_near_snapshots_the_count_is_worked_out_on_a_logarithmic_clock(store):
    tell(store, [(2, 200, 20), (9, 700, 70)])
    (video,) = read(store, 5)
    way = math.log(5 / 2) / math.log(9 / 2)
    assert video.counts["views"] == pytest.approx(200 + way * 700)
    assert video.is_between


def test_snapshots_far_apart_say_nothing_about_the_days_between(store):
    tell(store, [(2, 200, 20), (30, 700, 70)])
    assert read(store, 7)[0].unread is Unread.NO_SNAPSHOT


def test_a_young_video_is_still_maturing(store):
    tell(store, [(2, 200, 20)])
    assert read(store, 7)[0].unread is Unread.TOO_YOUNG


def test_without_a_posting_day_only_the_newest_counts_are_known(store):
    tell(store, [(3, 300, 30)], posted=None)
    assert read(store, 3)[0].unread is Unread.NO_DAY
    assert read(store, None)[0].counts["views"] == 300.0


def test_a_video_that_no_file_counts_says_so(store):
    tell(store, [])
    assert read(store, 7)[0].unread is Unread.NOT_COUNTED


def test_a_measure_that_a_snapshot_does_not_state_stays_unknown_there(store):
    tell(store, [(7, 300, None), (14, 100, 40)])
    assert read(store, 7)[0].counts == {"views": 300.0, "likes": None}
    assert read(store, 14)[0].counts == {"views": 400.0, "likes": 40.0}


def test_the_total_of_a_video_without_ads_stands_for_its_organic_counts(store):
    tell(store, [(7, 300, 30)])
    assert read(store, 7, Traffic.ORGANIC)[0].counts["views"] == 300.0
    assert read(store, 7, Traffic.PAID)[0].unread is Unread.NOT_COUNTED


def test_organic_rows_of_a_boosted_video_are_its_organic_counts(store):
    tell(store, [(7, 300, 30)])
    with store.writing("boost") as connection:
        add(connection, [(7, 120, 30)], traffic="organic")
        add(connection, [(7, 180, None)], traffic="paid")
    assert read(store, 7, Traffic.ORGANIC)[0].counts["views"] == 120.0
    assert read(store, 7, Traffic.PAID)[0].counts == {"views": 180.0, "likes": None}


def test_only_videos_of_the_campaigns_asked_for_are_read(store):
    tell(store, [(7, 300, 30)])
    with store.reading() as connection:
        assert videos_at_age(connection, NAMES, 7, campaign_ids=[5]) == ()
        assert len(read_histories(connection, NAMES)) == 1


@settings(deadline=None)
@given(age=st.integers(4, 60), ages=st.lists(st.integers(0, 90), min_size=1, max_size=8, unique=True))
def test_a_count_at_an_age_lies_between_the_snapshots_around_it(age, ages):
    import pandas as pd

    ages = sorted(ages)
    frame = pd.DataFrame(
        {
            "video_id": "1", "creator_id": 1, "handle": "", "campaign_id": 1, "posted_day": 0,
            "duration_seconds": 20, "age": [float(one) for one in ages],
            "views": [float(100 * (place + 1)) for place in range(len(ages))],
        }
    )  # fmt: skip
    (video,) = videos_of_histories(frame, ["views"], age)
    found = video.counts["views"]
    if found is None:
        assert video.unread is not None
        return
    near = [100.0 * (p + 1) for p, one in enumerate(ages) if abs(one - age) <= tolerance(age)]
    below = [100.0 * (p + 1) for p, one in enumerate(ages) if one <= age]
    above = [100.0 * (p + 1) for p, one in enumerate(ages) if one >= age]
    assert found in near or below[-1] <= found <= above[0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 999))), max_size=6),
        min_size=1,
        max_size=6,
    )
)
def test_the_table_of_many_videos_says_what_the_list_says(videos):
    rows = [
        {
            "video_id": str(number), "creator_id": 1.0, "handle": "", "campaign_id": 1.0, "posted_day": 0.0,
            "duration_seconds": 9.0, "age": float(age), "views": float("nan") if count is None else float(count),
        }
        for number, snapshots in enumerate(videos)
        for age, count in sorted(dict(snapshots).items()) or [(float("nan"), None)]
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    for age in (*AGES, None):
        one_by_one = [video.counts["views"] for video in videos_of_histories(frame, ("views",), age)]
        together = counts_at_age(frame, ("views",), age)["views"]
        assert [None if math.isnan(value) else value for value in together] == pytest.approx(one_by_one)


def test_a_day_on_which_only_bought_views_are_known_is_no_snapshot_of_organic_views(store):
    """Organic is total less paid: between two totals the paid days alone would make it far too small."""
    tell(store, [(2, 1_000, 50), (8, 900, 30)])
    with store.writing("ads") as connection:
        add(connection, [(2, 1_000, 50)], traffic="organic", video="7001")
        add(connection, [(5, 200, 5), (7, 300, 5)], traffic="paid", video="7001")
        add(connection, [(5, -200, -5), (7, -300, -5), (8, 900, 30)], traffic="organic", video="7001")
    (video,) = read(store, 7, Traffic.ORGANIC)
    assert video.counts == {"views": 1_400.0, "likes": 70.0}
