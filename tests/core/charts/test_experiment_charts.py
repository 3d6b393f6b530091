"""Pictures of experiments and patterns: what they show, said in words, and nothing else in the browser."""

import pytest

from core.charts import creator_slopes, effect_bars, lift_words, pattern_bars, running_range, video_strip
from core.content import find_patterns
from core.units import day_of
from tests.core.content.test_patterns import told
from tests.core.experiments.campaign import END, FIRST, deliver, people, started
from tests.core.experiments.test_running import view, with_effect


@pytest.fixture
def found(sqlite_store):
    campaign_id, creators = people(sqlite_store, 8)
    experiment = started(sqlite_store, campaign_id, creators, videos_each=6)
    deliver(sqlite_store, experiment, with_effect(experiment, 1.8))
    return view(sqlite_store, campaign_id, experiment, END)


def rows_of(drawing):
    return [row for rows in drawing.chart.to_dict()["datasets"].values() for row in rows]


def test_the_difference_is_drawn_against_what_is_too_small_to_matter(found):
    drawing = effect_bars(found.reading)
    rows = rows_of(drawing)
    band = next(row for row in rows if row.get("low") == -0.1)
    bar = next(row for row in rows if row.get("name") == "Question first")
    contrast = found.reading.contrasts[0]
    assert band["high"] == 0.1
    assert (bar["low"], bar["value"], bar["high"]) == (contrast.low, contrast.lift, contrast.high)
    assert lift_words(contrast) in drawing.alt


def test_each_creator_has_a_line_and_each_video_a_dot(found):
    one = found.experiment
    slopes = creator_slopes(found.reading, found.reading.contrasts[0], "Product first", one.metric)
    assert len(rows_of(slopes)) == 16
    assert "of 8 creators did better with Question first" in slopes.alt
    names = {str(arm.arm_id): arm.name for arm in one.arms}
    strip = video_strip(found.reading, names, {}, one.metric)
    assert len(rows_of(strip)) == 48
    assert "24 videos with Product first, 24 videos with Question first" in strip.alt


def test_days_on_which_it_is_too_early_are_hatched(found):
    drawing = running_range(found.reading, found.reading.contrasts[0])
    early = [row for row in rows_of(drawing) if row.get("written") == "too early to say"]
    assert early
    assert f"Too early on the first {len(early)} day" in drawing.alt
    assert all(row["week"] >= day_of(FIRST).isoformat() for row in early)


def test_patterns_show_the_plain_difference_beside_the_one_inside_creators(sqlite_store):
    patterns = find_patterns(sqlite_store, told(sqlite_store, effect=1.6), metric="link_click_rate")
    rows = rows_of(pattern_bars(patterns))
    hook = [row for row in rows if row.get("name") == "Hook: question"]
    assert {row["value"] for row in hook} == {patterns.shown[0].lift, patterns.shown[0].raw}
