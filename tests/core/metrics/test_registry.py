from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.metrics.measures import MEASURES
from core.metrics.model import Additivity, Origin, Stage
from core.metrics.registry import BY_NAME, KEY_METRICS, METRICS, OBJECTIVE_METRICS, by_stage, is_paid_only
from core.units import Unit

EVERY = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
amounts = st.integers(min_value=0, max_value=10**9)


@EVERY
def test_every_field_of_every_metric_is_filled(metric):
    for field in fields(metric):
        if field.name != "denominator":
            assert getattr(metric, field.name) not in ("", None), field.name
    assert metric.definition.endswith(".")
    assert metric.caution.endswith(".")
    assert metric.minimum >= 1


def test_names_are_unique_and_no_two_metrics_share_a_formula():
    assert len(BY_NAME) == len(METRICS)
    formulas = [(metric.numerator, metric.denominator, metric.scale) for metric in METRICS]
    assert [one for one in formulas if formulas.count(one) > 1 and one[2] == 1] == []


def test_labels_are_unique():
    labels = [metric.label for metric in METRICS]
    assert len(set(labels)) == len(labels)


@EVERY
def test_units_fit_the_parts(metric):
    top = {measure.unit for measure in metric.numerator.measures}
    assert len(top) == 1, "a sum of different units means nothing"
    if metric.denominator is None:
        assert {metric.unit} == top
        return
    below = {measure.unit for measure in metric.denominator.measures}
    assert len(below) == 1
    if metric.unit is Unit.MONEY:
        assert top == {Unit.MONEY}
        assert below == {Unit.COUNT}
    elif metric.unit is Unit.SHARE or metric.unit is Unit.TIMES:
        assert top == below
    assert (metric.scale == 1000) == ("1,000" in metric.label or "CPM" in metric.label)


@EVERY
def test_people_counted_once_are_never_part_of_a_sum(metric):
    for side in (metric.numerator, metric.denominator):
        if side and any(measure.additivity is Additivity.UNIQUE for measure in side.measures):
            assert len(side.parts) == 1


def test_every_stage_shows_three_to_five_of_its_own_metrics_first():
    for stage in Stage:
        assert 3 <= len(KEY_METRICS[stage]) <= 5
        assert all(metric.stage is stage for metric in KEY_METRICS[stage])
        assert len(OBJECTIVE_METRICS[stage]) in (3, 4)
        assert set(KEY_METRICS[stage]) <= set(by_stage(stage))


def test_tiktoks_own_rate_is_another_metric_than_ours():
    ours, theirs = BY_NAME["conversion_rate"], BY_NAME["tiktok_cvr"]
    assert [measure.name for measure in ours.denominator.measures] == ["link_clicks"]
    assert [measure.name for measure in theirs.denominator.measures] == ["impressions"]
    assert "claimed" in theirs.label


def test_ad_metrics_take_all_their_parts_from_paid_views():
    assert is_paid_only(BY_NAME["hook_rate"])
    assert is_paid_only(BY_NAME["engagement_rate_by_impressions"])
    assert not is_paid_only(BY_NAME["engagement_rate"])
    assert not is_paid_only(BY_NAME["cost_per_thousand_views"]), "spend holds fees, which are no ads"


@EVERY
def test_missing_is_not_zero(metric):
    known = {measure.name: 5.0 for measure in MEASURES}
    for measure in metric.measures:
        assert metric.value(known | {measure.name: None}) is None
        assert metric.value(known | {measure.name: float("nan")}) is None


@EVERY
def test_a_zero_denominator_gives_no_number(metric):
    if metric.denominator is not None:
        assert metric.value(dict.fromkeys([measure.name for measure in MEASURES], 0.0)) is None


def test_a_cost_per_thousand_is_written_in_minor_units():
    assert BY_NAME["cpm"].value({"cost": 30_000, "impressions": 50_000}) == 600.0  # 6.00


def test_return_on_investment_takes_the_cost_off():
    assert BY_NAME["roi"].value({"revenue": 150, "spend": 100}) == 0.5


@given(st.lists(st.tuples(amounts, amounts, amounts, st.integers(1, 10**9)), min_size=1, max_size=8))
def test_rate_of_a_group_is_the_rate_of_its_totals(videos):
    names = ("likes", "comments", "shares", "views")
    totals = {name: sum(video[at] for video in videos) for at, name in enumerate(names)}
    expected = (totals["likes"] + totals["comments"] + totals["shares"]) / totals["views"]
    assert BY_NAME["engagement_rate"].value(totals) == pytest.approx(expected)


def test_every_measure_that_is_worked_out_says_so():
    worked_out = {measure.name for measure in MEASURES if measure.origin is Origin.DERIVED}
    assert worked_out == {"organic_views", "followers_at_start", "followers_gained", "followers_at_posting"}
