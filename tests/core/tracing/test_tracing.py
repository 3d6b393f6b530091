import pytest
from sqlalchemy import text

from core.errors import PlumblineError
from core.evidence.left_out import _WHY
from core.evidence.sources import Provenance
from core.funnel import build_funnel
from core.metrics.registry import METRICS
from core.rollups.credit_rule import LeftOut
from core.scope import Scope, Traffic
from core.tracing import trace
from tests.core.funnel import story
from tests.core.funnel.story import ANA, SPRING, TODAY, tell

WHOLE = Scope(campaign_id=SPRING)
SCOPES = [
    WHOLE,
    WHOLE.only(creator_ids=(ANA,)),
    WHOLE.only(video_ids=("7001", "7002")),
    WHOLE.only(first_day=story.FIRST),
    WHOLE.only(traffic=Traffic.PAID),
    WHOLE.only(traffic=Traffic.ORGANIC),
]


@pytest.fixture
def told(sqlite_store):
    tell(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("scope", SCOPES, ids=["whole", "creator", "videos", "days", "paid", "organic"])
def test_the_traced_value_is_the_funnels_figure(told, scope):
    funnel = build_funnel(told, scope, today=TODAY)
    for view in funnel.stages:
        for figure in view.figures:
            traced = trace(told, scope, figure.metric.name)
            assert (traced.value, traced.low, traced.high) == (figure.value, figure.low, figure.high), (
                figure.metric.name
            )
            assert (traced.numerator, traced.denominator) == (figure.numerator, figure.denominator)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_the_parts_of_every_metric_make_its_value(told, metric):
    traced = trace(told, WHOLE, metric.name)
    if traced.value is None:
        assert (
            traced.low is not None
            or any(part.value is None for part in traced.parts)
            or traced.denominator == 0
        )
        return
    top = sum(part.weight * part.value for part in traced.parts if not part.is_below)
    below = sum(part.weight * part.value for part in traced.parts if part.is_below)
    expected = top if metric.denominator is None else top / below
    assert traced.value == pytest.approx(expected * metric.scale)


def test_a_rate_is_told_with_its_numbers_and_files(told):
    traced = trace(told, WHOLE, "engagement_rate")
    assert traced.sentence == "(likes + comments + shares) ÷ video views = 7,610 ÷ 150,500 = 5.06%"
    assert [(source.file_name, source.rows) for source in traced.sources] == [("content-ana.csv", 4)]
    assert traced.filters == ("Campaign Spring glow: everything that belongs to it.",)


def test_money_is_told_with_the_shops_file_and_the_ads_file(told):
    traced = trace(told, WHOLE, "roas")
    assert traced.sentence == "credited revenue (net) ÷ total spend = €3,000.00 ÷ €1,700.00 = 1.76×"
    assert [source.file_name for source in traced.sources] == ["orders.csv", "ads.xlsx"]
    assert traced.provenance == (Provenance.PLATFORM, Provenance.SHOP, Provenance.TYPED)


def test_reach_is_told_as_a_range(told):
    traced = trace(told, WHOLE, "reach")
    assert traced.sentence.startswith("Between 30,000 and 152,500:")
    assert any("every view may be another person" in words for words in traced.exclusions)
    assert [source.file_name for source in traced.sources] == ["ads.xlsx"]


def test_ads_are_told_to_be_paid_views_only(told):
    assert "Views: paid ones only." in trace(told, WHOLE, "cpm").filters
    assert trace(told, WHOLE, "cpm").sentence.endswith("= €300.00 ÷ 50,000 × 1,000 = €6.00")


def test_what_was_left_out_is_said(told):
    with told.writing("leave out") as connection:
        connection.execute(text("UPDATE stat SET is_rounded = TRUE WHERE subject = '7001' AND batch_id = 1"))
        connection.execute(text("UPDATE import_batch SET rows_aside = 2 WHERE id = 1"))
        story.insert(
            connection, "left_out_order", system="shopify", order_id="2", campaign_id=SPRING,
            reason="cancelled", day=20522, currency="EUR",
        )  # fmt: skip
    assert trace(told, WHOLE, "save_rate").exclusions == (
        "Taken over 1 of 4 videos: the others lack a part of it.",
        "1 rows state rounded counts: public counts of 10,000 and more are rounded.",
        "2 rows of these files were set aside when they were imported.",
    )
    assert trace(told, WHOLE, "orders").exclusions == ("1 order was left out: cancelled.",)


def test_the_filter_is_told_in_words(told):
    scope = WHOLE.only(creator_ids=(ANA,), first_day=story.FIRST)
    assert trace(told, scope, "views").filters == (
        "Campaign Spring glow: everything that belongs to it.",
        "Creators: Ana.",
        "Days: from 2 Mar 2026 to the end.",
    )


def test_what_is_not_known_has_no_number(told):
    traced = trace(told, WHOLE, "completion_rate")
    assert traced.value is None
    assert traced.sentence == "Not known: at least one part is missing, and missing is not zero."


def test_a_metric_that_does_not_exist_is_refused(told):
    with pytest.raises(PlumblineError, match='no metric "virality"'):
        trace(told, WHOLE, "virality")


def test_files_are_found_on_both_databases(store):
    tell(store)
    assert [source.file_name for source in trace(store, WHOLE, "roas").sources] == ["orders.csv", "ads.xlsx"]
    narrow = WHOLE.only(creator_ids=(ANA,), video_ids=("7001",))
    assert [source.rows for source in trace(store, narrow, "views").sources] == [1]


def test_every_reason_to_leave_an_order_out_has_words():
    assert {reason.value for reason in LeftOut} <= set(_WHY)
