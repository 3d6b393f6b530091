"""Own history by cell, published figures of the same definition, and goals from past work."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import text

from core.access import NOBODY
from core.benchmarks import Nearness, goal_help, own_history, tolerance_of
from core.benchmarks.history import EVERYBODY
from core.errors import PlumblineError
from core.scope import Traffic
from core.statistics.quantiles import Quantile
from core.statistics.refusals import NotEnough
from tests.core.scorecards import story
from tests.core.scorecards.story import TODAY


def history(store, metric="engagement_rate", **more):
    return own_history(store, 1, metric, age=7, traffic=Traffic.TOTAL, today=TODAY, **more)


def helped(store, metric, videos=10):
    return goal_help(store, 1, metric, videos=videos, age=7, traffic=Traffic.TOTAL, today=TODAY)


def test_cells_go_from_fine_to_everybody_with_their_counts(store):
    story.tell(store, creators=30)
    found = history(store)
    assert [cell.label for cell in found.cells] == [
        "micro, 15 to 34 s, engagement", "nano, 15 to 34 s, engagement", "micro, engagement", "nano, engagement",
        "micro", "nano", EVERYBODY,
    ]  # fmt: skip
    assert found.cells[0].creators == 15
    assert 100 < found.cells[-1].videos <= 120
    assert isinstance(found.cells[0].low, Quantile)
    assert found.cell_of("micro", "15 to 34 s", "engagement").level == 0
    assert found.cell_of("mega", "", "").label == EVERYBODY


def test_the_median_is_that_of_videos_with_one_weight_per_creator(sqlite_store):
    story.tell(sqlite_store, creators=8)
    with sqlite_store.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT v.creator_id, SUM(d.likes + d.comments + d.shares) * 1.0 / SUM(d.views) AS rate, SUM(d.views) AS views"
                " FROM video_day d JOIN video v ON v.video_id = d.video_id WHERE d.day - v.posted_day <= 7"
                " GROUP BY v.video_id, v.creator_id"
            )
        ).all()
    rates = [row.rate for row in rows if row.views >= 1_000]
    cell = history(sqlite_store).cells[-1]
    assert cell.videos == len(rates)
    assert cell.middle.value == pytest.approx(np.median(rates), rel=0.15)


def test_few_creators_give_a_median_without_quartiles_and_fewer_give_dots(sqlite_store):
    story.tell(sqlite_store, creators=8)
    cell = history(sqlite_store).cells[-1]
    assert isinstance(cell.middle, Quantile)
    assert cell.low == NotEnough(lack="creators", have=8, need=13)
    assert "quartiles need 13 creators" in cell.sentence


def test_below_six_creators_single_values_are_shown(sqlite_store):
    story.tell(sqlite_store, creators=4)
    found = history(sqlite_store)
    assert found.cells == ()
    assert len({dot.creator_id for dot in found.dots}) == 4
    assert "a median needs 6" in found.sentence


def test_published_figures_are_of_the_same_definition_or_refused(sqlite_store):
    story.tell(sqlite_store, creators=8)
    cited = history(sqlite_store).cited
    assert cited.figure.metric == "engagement_rate"
    assert cited.may_be_coloured
    assert cited.is_better is False
    refused = history(sqlite_store, "share_rate").cited
    assert refused.figure is None
    assert "No published figure" in refused.sentence


def test_a_figure_without_a_method_is_never_judged_by(sqlite_store):
    from core.benchmarks.cited import cited_for
    from core.metrics.registry import BY_NAME

    cited = cited_for(BY_NAME["engagement_rate_by_followers"], "nano", TODAY, currency="", own=0.2)
    assert cited.figure is not None
    assert (cited.may_be_coloured, cited.is_better) == (False, None)
    late = cited_for(BY_NAME["engagement_rate"], None, date(2030, 1, 1), currency="", own=0.2)
    assert late.figure is None


def test_costs_of_another_currency_are_not_history(sqlite_store):
    story.tell(sqlite_store, creators=20, campaigns=2)
    with sqlite_store.writing("dollars") as connection:
        connection.execute(text("UPDATE campaign SET currency = 'USD' WHERE id = 2"))
    assert history(sqlite_store, "cost_per_thousand_views").cells[-1].creators == 10
    assert history(sqlite_store, "orders_per_thousand_views").cells[-1].creators > 10
    assert history(sqlite_store).cells[-1].creators == 20


def test_goals_are_the_quartiles_of_what_so_many_videos_would_bring(sqlite_store):
    story.tell(sqlite_store, creators=12)
    few, many = helped(sqlite_store, "views", 5), helped(sqlite_store, "views", 400)
    assert few.cautious < few.realistic < few.ambitious
    assert many.realistic > 60 * few.realistic
    assert (many.ambitious / many.cautious) < (few.ambitious / few.cautious)
    assert "12 creators" in few.sentence


def test_rates_do_not_grow_with_the_number_of_videos(sqlite_store):
    story.tell(sqlite_store, creators=14)
    assert (
        helped(sqlite_store, "engagement_rate", 5).realistic
        == helped(sqlite_store, "engagement_rate", 50).realistic
    )


def test_where_less_is_better_the_ambitious_goal_is_the_lower_one(sqlite_store):
    story.tell(sqlite_store, creators=16)
    found = helped(sqlite_store, "cost_per_thousand_views")
    assert found.ambitious < found.realistic < found.cautious


def test_too_little_past_work_gives_no_goal_and_says_how_much_is_needed(sqlite_store):
    story.tell(sqlite_store, creators=3)
    found = helped(sqlite_store, "views")
    assert found.realistic is None
    assert "6 are needed" in found.sentence


def test_a_miss_inside_the_usual_scatter_of_the_segment_is_near_the_target(sqlite_store):
    story.tell(sqlite_store, creators=30)
    cell = history(sqlite_store).cells[-1]
    band = tolerance_of("engagement_rate", 0.06, cell)
    share = cell.low.value / cell.middle.value
    assert band.edge == pytest.approx(0.06 * share)
    assert [band.nearness(value) for value in (0.06, band.edge, band.edge * 0.99, None)] == [
        Nearness.REACHED, Nearness.WITHIN, Nearness.MISSED, Nearness.UNKNOWN,
    ]  # fmt: skip


def test_without_history_a_fixed_share_stands_in_and_says_so():
    band = tolerance_of("cost_per_order", 1_000, None)
    assert band.edge == pytest.approx(1_150)
    assert band.nearness(900) is Nearness.REACHED
    assert band.nearness(1_200) is Nearness.MISSED
    assert "a fixed share" in band.sentence


def test_strangers_and_unknown_metrics_are_refused(sqlite_store):
    story.tell(sqlite_store, creators=3)
    with pytest.raises(PlumblineError, match="right"):
        history(sqlite_store.acting_as(NOBODY))
    with pytest.raises(PlumblineError, match="cannot be compared"):
        history(sqlite_store, "roi")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM video",
        "DELETE FROM video_day",
        "UPDATE video_day SET views = -3",
        "DELETE FROM creator_total",
    ],
)
def test_missing_and_impossible_figures_leave_no_number(sqlite_store, sql):
    story.tell(sqlite_store, creators=8)
    with sqlite_store.writing("break") as connection:
        connection.execute(text(sql))
    for metric in ("engagement_rate", "views_per_video", "cost_per_order"):
        found = history(sqlite_store, metric)
        assert "nan" not in found.sentence.lower()
    assert "nan" not in helped(sqlite_store, "views").sentence.lower()
