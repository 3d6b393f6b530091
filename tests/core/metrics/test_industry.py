from datetime import date, timedelta

import pytest

from core.metrics.industry import BENCHMARKS, TIERS, Benchmark, Grade, Refusal, compare
from core.metrics.registry import BY_NAME

SEEN = date(2026, 11, 22)


def test_there_are_a_dozen_rows_each_with_its_source():
    assert 12 <= len(BENCHMARKS) <= 15
    for row in BENCHMARKS:
        assert row.publisher
        assert row.address
        assert row.population
        assert row.period
        assert row.denominator
        assert row.metric == "" or row.metric in BY_NAME
        assert row.low is None or row.low <= row.value <= row.high


def test_the_denominator_in_words_is_that_of_the_metric():
    words = {"engagement_rate": "video views", "engagement_rate_by_followers": "followers"}
    for row in BENCHMARKS:
        if row.metric in words:
            assert row.denominator == words[row.metric]


def test_a_comparison_across_definitions_is_refused():
    found = compare(BY_NAME["engagement_rate_by_reach"], None, SEEN)
    assert isinstance(found, Refusal)
    assert "divides by something else" in found.reason


def test_a_metric_nobody_publishes_is_refused_in_words():
    found = compare(BY_NAME["repeat_rate"], None, SEEN)
    assert found == Refusal(reason="No published figure uses the definition of Repeat rate.")


def test_the_better_grade_wins():
    found = compare(BY_NAME["engagement_rate"], None, SEEN)
    assert isinstance(found, Benchmark)
    assert (found.grade, found.value) == (Grade.A, 0.0538)


def test_a_row_expires_after_eighteen_months():
    metric = BY_NAME["engagement_rate"]
    last = compare(metric, None, SEEN)
    assert isinstance(last, Benchmark)
    assert isinstance(compare(metric, None, last.expires_on - timedelta(days=1)), Benchmark)
    assert isinstance(compare(metric, None, last.expires_on), Refusal)


@pytest.mark.parametrize(("tier", "value"), [("nano", 0.0784), ("micro", 0.0521)])
def test_a_tier_meets_the_row_of_the_same_cut(tier, value):
    found = compare(BY_NAME["engagement_rate_by_followers"], tier, SEEN)
    assert isinstance(found, Benchmark)
    assert found.value == value
    assert not found.may_be_coloured


def test_a_tier_cut_elsewhere_does_not_meet_a_row_of_the_same_name():
    found = compare(BY_NAME["engagement_rate_by_followers"], "mid", SEEN)
    assert isinstance(found, Benchmark)
    assert found.followers is None, "SociaVault's mid ends at 100,000, IAB UK's at 500,000"
    own = (("mid", 50_000), ("macro", 100_000))
    cut = compare(BY_NAME["engagement_rate_by_followers"], "mid", SEEN, tiers=own)
    assert isinstance(cut, Benchmark)
    assert cut.value == 0.0389


def test_money_in_another_currency_is_refused():
    found = compare(BY_NAME["cpm"], None, SEEN, currency="EUR")
    assert isinstance(found, Refusal)
    assert "USD, not EUR" in found.reason
    dollars = compare(BY_NAME["cpm"], None, SEEN, currency="USD")
    assert isinstance(dollars, Benchmark)
    assert dollars.value == 800  # 8.00 USD in minor units


def test_tiers_rise():
    starts = [start for _, start in TIERS]
    assert starts == sorted(starts)
