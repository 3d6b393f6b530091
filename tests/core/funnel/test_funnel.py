import json
import math
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

import pytest
from sqlalchemy import text

from core.access import NOBODY
from core.errors import PlumblineError
from core.evidence.sources import Provenance
from core.funnel import build_collaboration_funnel, build_funnel
from core.metrics.industry import Benchmark, Refusal
from core.metrics.model import Stage
from core.scope import Scope, Traffic
from tests.core.funnel import story
from tests.core.funnel.story import ANA, BEN, CLEO, SPRING, TODAY, tell

CLAIMS = ("caused", "drove", "generated", "thanks to", "because of the campaign", "led to")


@pytest.fixture
def told(sqlite_store):
    tell(sqlite_store)
    return sqlite_store


def build(store, **filters):
    return build_funnel(store, Scope(campaign_id=SPRING, **filters), today=TODAY)


def texts(thing):
    """Return every text inside a result."""
    if isinstance(thing, str) and not isinstance(thing, Enum):
        return [thing]
    if is_dataclass(thing):
        return [found for field in fields(thing) for found in texts(getattr(thing, field.name))]
    if isinstance(thing, (tuple, list)):
        return [found for one in thing for found in texts(one)]
    if isinstance(thing, dict):
        return [found for one in thing.values() for found in texts(one)]
    return []


def numbers(thing):
    """Return every float inside a result."""
    if isinstance(thing, float):
        return [thing]
    if is_dataclass(thing):
        return [found for field in fields(thing) for found in numbers(getattr(thing, field.name))]
    if isinstance(thing, (tuple, list)):
        return [found for one in thing for found in numbers(one)]
    if isinstance(thing, dict):
        return [found for one in thing.values() for found in numbers(one)]
    return []


def test_the_sentences_of_the_made_up_campaign(told):
    funnel = build(told)
    assert funnel.sentence == (
        "Spring glow (2 Mar 2026 to 29 Mar 2026): 4 videos carried 150,500 views, "
        "and 60 orders could be linked to a creator."
    )
    assert [view.sentence for view in funnel.stages] == [
        (
            "4 videos by 2 creators carried 150,500 views. They reached between 30,000 and 152,500 people. "
            "No video states the reach of all its views; without it every view may be another person."
        ),
        (
            "For every 1,000 views, 50.56 likes, comments and shares were counted. "
            "32.0% of ad impressions were watched for 2 seconds."
        ),
        (
            "A view lasted 8 s on average and for every 1,000 views 20 saves were counted, "
            "as far as files state it."
        ),
        "60 orders worth €3,000.00 net could be linked to a creator by code, affiliate or link.",
        "30 credited orders were the customer's first, and 6 of those customers have ordered again so far.",
    ]


def test_the_claim_leaves_out_what_stands_in_the_title(told):
    assert build(told).claim == "4 videos carried 150,500 views, and 60 orders could be linked to a creator."


def test_each_stage_has_one_count_and_a_few_words_to_the_next(told):
    stages = build(told).stages
    assert [(view.headline.metric.name, view.headline.value) for view in stages] == [
        ("views", 150_500), ("engagements", 7_610), ("clicks", 600), ("orders", 60), ("returning_customers", 6),
    ]  # fmt: skip
    assert [view.step.short if view.step else None for view in stages] == [
        "5.06% engaged", "1.2% clicked the ad", "0.4 orders per 1,000 views", "20.0% came back", None,
    ]  # fmt: skip


def set_totals(store, **values):
    """Write counts of Ana that the story leaves open, as a rebuild would."""
    with store.writing("more counts") as connection:
        for name, value in values.items():
            for table in ("creator_total", "campaign_day", "day_total"):
                creator = "" if table == "day_total" else " AND creator_id = 1"
                day = "" if table == "creator_total" else " AND day = 20522"
                connection.execute(
                    text(
                        f"UPDATE {table} SET {name} = :v WHERE campaign_id = 2 AND traffic = 'total'{creator}{day}"
                    ),
                    {"v": value},
                )


def test_what_is_not_known_gives_its_place_to_what_is(told):
    set_totals(told, sessions=2_400, web_transactions=48)
    funnel = build(told)
    shown = [figure.metric.name for figure in funnel.stage(Stage.CONVERSION).figures]
    assert "sessions" in shown
    assert "link_clicks" not in shown
    assert funnel.stage(Stage.CONSIDERATION).headline.value == 2_400
    assert funnel.stage(Stage.ENGAGEMENT).step.short == "2.0% visited the shop", (
        "2,400 of Ana's 120,000 views"
    )
    assert funnel.stage(Stage.CONSIDERATION).step.short == "2.0% of visits bought"
    set_totals(told, link_clicks=3_000)
    shown = [figure.metric.name for figure in build(told).stage(Stage.CONVERSION).figures]
    assert "link_clicks" in shown
    assert "sessions" not in shown
    assert build(told).stage(Stage.CONSIDERATION).step.short == "2.0% of clicks ordered"


def test_loyalty_falls_back_to_new_customers(told):
    set_totals(told, repeat_customers=None)
    funnel = build(told)
    assert (funnel.stages[4].headline.metric.name, funnel.stages[4].headline.value) == ("new_customers", 30)
    assert funnel.stage(Stage.CONVERSION).step.short == "60.0% were new"


def test_a_partial_rate_has_its_count_beside_it(told):
    shown = [figure.metric.name for figure in build(told).stage(Stage.CONSIDERATION).figures]
    assert shown[shown.index("save_rate") + 1] == "saves", "saves are known for 1 of 4 videos"
    with told.writing("know all saves") as connection:
        connection.execute(text("UPDATE video_total SET saves = 5"))
    shown = [figure.metric.name for figure in build(told).stage(Stage.CONSIDERATION).figures]
    assert "saves" not in shown


def test_conversion_shows_what_an_order_cost(told):
    with told.writing("no goals") as connection:
        connection.execute(text("DELETE FROM campaign_metric"))
    shown = [figure.metric.name for figure in build(told).stage(Stage.CONVERSION).figures]
    assert shown == ["link_clicks", "orders", "revenue", "cost_per_order", "roas"]


def test_too_little_before_is_not_compared_in_colour(told):
    views = build(told).figure("views")
    assert views.previous_is_enough
    rate = build(told).figure("repeat_rate")
    assert rate.previous is None
    assert not rate.previous_is_enough


def test_figures_worked_out_by_hand(told):
    funnel = build(told)
    expected = {
        "views": 150_500,
        "views_per_video": 150_500 / 4,
        "cost_per_thousand_views": (100_000 + 40_000 + 30_000) / 150_500 * 1000,
        "engagements": 6_400 + 415 + 795,
        "engagement_rate": 7_610 / 150_500,
        "share_rate": 795 / 150_500,
        "hook_rate": 16_000 / 50_000,
        "average_watch_seconds": 8,
        "orders": 60,
        "revenue": 300_000,
        "roas": 300_000 / 170_000,
        "cost_per_order": 170_000 / 60,
        "new_customers": 30,
        "repeat_rate": 0.2,
        "later_revenue_per_new_customer": 800,
        "follower_growth_rate": 2_000 / 40_000,
    }
    for name, value in expected.items():
        figure = funnel.figure(name)
        assert figure is not None, name
        assert figure.value == pytest.approx(value), name


def test_a_rate_is_taken_over_the_videos_whose_parts_are_all_known(told):
    saved = build(told).figure("save_rate")
    assert saved.value == 2_000 / 100_000, "and not 2,000 / 150,500: three videos have no saves stated"
    assert saved.coverage == "Over 1 of 4 videos: for the others not all of saves and video views is known."


def test_reach_is_a_range_and_never_a_sum(told):
    reach = build(told).figure("reach")
    # 7001: 30,000 by ads and 60,000 organic views; 7002: 20,000 views; 7003: 12,000 by ads and
    # 30,000 views; 7004: 500 views.
    assert (reach.value, reach.low, reach.high) == (None, 30_000, 152_500)
    assert reach.written() == "30,000 to 152,500"
    assert reach.written(compact=True) == "30K–152K"
    assert "never added" in reach.caution
    assert reach.coverage.startswith("No video states the reach of all its views")


def test_targets_run_in_the_direction_that_is_good(told):
    funnel = build(told)
    orders, cost = funnel.figure("orders"), funnel.figure("cost_per_order")
    assert (orders.target, orders.progress, orders.is_primary) == (80, 0.75, True)
    assert cost.progress == pytest.approx(2_000 / (170_000 / 60)), "lower is better, so target over value"
    assert orders.towards_target == "75% of it reached"
    assert cost.towards_target == "42% above it"


def test_the_campaign_before_is_the_brands_and_earlier(told):
    views = build(told).figure("views")
    assert (views.previous, views.previous_campaign) == (10_000, "Winter")
    before = build_funnel(told, Scope(campaign_id=story.WINTER), today=TODAY).figure("views")
    assert (before.previous, before.previous_campaign) == (None, "")


def test_money_of_a_campaign_in_another_currency_does_not_compare(told):
    with told.writing("change currency") as connection:
        connection.execute(text("UPDATE campaign SET currency = 'USD' WHERE id = 1"))
    funnel = build(told)
    assert funnel.figure("cost_per_thousand_views").previous is None
    assert funnel.figure("views").previous == 10_000


def test_benchmarks_stand_only_beside_the_same_definition(told):
    funnel = build(told)
    assert isinstance(funnel.figure("engagement_rate").benchmark, Benchmark)
    assert isinstance(funnel.figure("share_rate").benchmark, Refusal)
    later = build_funnel(told, Scope(campaign_id=SPRING), today=date(2030, 1, 1))
    assert isinstance(later.figure("engagement_rate").benchmark, Refusal)


def test_provenance_names_who_measured(told):
    funnel = build(told)
    assert funnel.figure("orders").provenance == (Provenance.SHOP,)
    assert funnel.figure("roas").provenance == (Provenance.PLATFORM, Provenance.SHOP, Provenance.TYPED)
    with told.writing("type a figure") as connection:
        story.batch(connection, 9, "typed", "Typed figures", provenance="typed", as_of=1_774_000_001)
        story.insert(
            connection, "stat", batch_id=9, subject_kind="video", subject="7002", kind="lifetime",
            first_day=1, last_day=1, watch_seconds=1, is_rounded=False,
        )  # fmt: skip
    typed = build(told).figure("average_watch_seconds").provenance
    assert typed == (Provenance.PLATFORM, Provenance.TYPED)


def test_an_undone_import_does_not_make_the_numbers_fresher(told):
    assert build(told).header.as_of == 1_774_200_000


def test_organic_and_paid_stand_apart_and_together(told):
    views = next(one for one in build(told).stage(Stage.AWARENESS).splits if one.metric.name == "views")
    assert (views.organic, views.paid, views.total) == (110_500, 40_000, 150_500)
    assert build(told, traffic=Traffic.PAID).figure("views").value == 40_000
    organic = build(told, traffic=Traffic.ORGANIC)
    assert organic.figure("views").value == 110_500
    assert organic.figure("orders").value is None
    assert "Nobody can say" in organic.figure("orders").why_missing
    assert organic.figure("hook_rate").why_missing.startswith("This is counted for ads only")


def test_the_step_names_what_it_divides(told):
    funnel = build(told)
    first = funnel.stage(Stage.AWARENESS).step
    assert first.sentence == (
        "7,610 likes + comments + shares against 150,500 video views: 5.06% engaged. "
        "A view is a play and an engagement is an act, so this is not a share of people."
    )
    assert not first.is_like_with_like
    last = funnel.stage(Stage.CONVERSION).step
    assert last.is_like_with_like
    assert last.value == 0.2
    assert funnel.stage(Stage.LOYALTY).step is None


def test_what_is_missing_names_whose_it_is_and_how_to_get_it(told):
    gaps = [gap.sentence for gap in build(told).stage(Stage.AWARENESS).gaps]
    assert gaps[0].startswith(
        "No views are known for some creators (Cleo). Ask for the export of TikTok Studio"
    )
    assert gaps[1].startswith("No fee is written down for some creators, so costs are too low (Cleo).")


def test_a_creator_who_could_have_sold_and_did_not_has_none_and_another_has_unknown(told):
    with told.writing("give Ben a code") as connection:
        story.insert(
            connection, "promo_code", code_key="BEN10", code="BEN10", kind="creator", campaign_id=SPRING,
            creator_id=BEN,
        )  # fmt: skip
    rows = {row.key: row for row in build(told).creators.rows}
    assert rows[str(BEN)].values["orders"] == 0
    assert rows[str(BEN)].values["roas"] == 0
    assert rows[str(CLEO)].values["orders"] is None, "Cleo has no code and no link"


def test_rows_divide_totals_and_say_where_there_is_enough(told):
    funnel = build(told)
    rows = {row.label: row for row in funnel.creators.rows}
    assert [row.label for row in funnel.creators.rows] == ["Ana", "Ben", "Cleo"]
    assert rows["Ana"].values["engagement_rate"] == pytest.approx(6_500 / 120_000)
    assert rows["Ana"].values["save_rate"] == 0.02
    assert rows["Ana"].detail == "@ana, micro"
    videos = {row.key: row for row in funnel.videos.rows}
    assert "engagement_rate" in videos["7001"].enough
    assert "engagement_rate" not in videos["7004"].enough, "500 views are too few to rank by"


def test_the_highest_is_never_a_video_with_too_few_views(told):
    decision = build(told).stage(Stage.ENGAGEMENT).decision
    assert decision.is_supported
    assert "over 3 videos" in decision.evidence
    assert "Caption of 7001" in decision.evidence


def test_weeks_begin_on_monday_and_add_up(told):
    weeks = build(told).weeks.rows
    assert [row.key for row in weeks] == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert sum(row.values["views"] for row in weeks) == 150_500
    assert weeks[0].values["engagement_rate"] == pytest.approx(7_000 / 130_000)


def test_a_series_shows_a_hole_as_not_known(told):
    with told.writing("take a week out") as connection:
        connection.execute(text("DELETE FROM day_total WHERE day = 20522"))  # 10 March
    series = build(told).stage(Stage.AWARENESS).series[0]
    assert [point.value for point in series.weeks] == [130_000, None, 500]


def test_a_filter_by_creator_filters_everything(told):
    funnel = build(told, creator_ids=(BEN,))
    assert funnel.figure("views").value == 30_500
    assert funnel.figure("orders").why_missing == (
        "No creator here has a code or a tagged link yet, so no order could be linked to one."
    )
    assert [row.label for row in funnel.creators.rows] == ["Ben"]
    assert {row.key for row in funnel.videos.rows} == {"7003", "7004"}
    assert funnel.figure("views").previous is None, "the campaign before has no such filter"


def test_a_filter_by_video_counts_its_orders_and_no_fees(told):
    funnel = build(told, video_ids=("7002",))
    assert funnel.figure("views").value == 20_000
    assert funnel.figure("orders").value == 1
    assert funnel.figure("cost_per_thousand_views").value is None
    assert "cannot be split" in funnel.figure("cost_per_thousand_views").why_missing


def test_a_part_of_the_campaign_is_not_held_to_the_whole_ones_counts(told):
    part = build(told, creator_ids=(ANA,))
    assert part.figure("orders").target is None, "80 orders are the goal of everybody together"
    assert part.figure("cost_per_order").target == 2_000, "a rate holds for each part too"
    assert not build(told, traffic=Traffic.PAID).scope.is_part


def test_a_part_without_counts_says_so_and_asks_for_no_files(told):
    part = build(told, video_ids=("7002",), last_day=date(2026, 3, 2))
    assert part.claim == "Nothing was counted for this part of the campaign: lift a filter to see more."
    assert part.figure("views").why_missing == (
        "No file states video views for this part of the campaign yet."
    )
    assert all(view.gaps == () for view in part.stages)


def test_a_filter_by_days_counts_those_days_only(told):
    funnel = build(told, first_day=date(2026, 3, 4), last_day=date(2026, 3, 10))
    assert funnel.figure("views").value == 50_000
    assert funnel.figure("engagement_rate").value == pytest.approx((900 + 60 + 40 + 500) / 50_000)
    assert funnel.figure("reach").is_known is False
    organic = build(told, first_day=date(2026, 3, 4), last_day=date(2026, 3, 10), traffic=Traffic.ORGANIC)
    assert organic.figure("share_rate").value == pytest.approx(90 / 50_000), (
        "without ads the total is organic"
    )


def test_no_sentence_claims_a_cause(told):
    said = texts(build(told)) + texts(build_collaboration_funnel(told, SPRING, ANA, today=TODAY))
    # Definitions may speak of taps that "led to the destination"; results may not.
    spoken = [one for one in said if not one.startswith("Taps ")]
    assert [one for one in spoken if any(claim in one.lower() for claim in CLAIMS)] == []


def test_a_collaboration_is_a_funnel_beside_the_other_creators(told):
    mini = build_collaboration_funnel(told, SPRING, ANA, today=TODAY)
    assert (mini.name, mini.handle, mini.tier, mini.fee) == ("Ana", "ana", "micro", 100_000)
    assert mini.funnel.figure("views").value == 120_000
    found = {one.metric.name: one for one in mini.comparisons}
    assert found["views"].sentence == "Video views: 120,000, against 30,500 per creator over 1 other creator."
    assert found["engagement_rate"].others == pytest.approx(1_110 / 30_500)
    assert found["orders"].sentence == "Credited orders: 60; no other creator of the campaign has it."


def test_a_stranger_has_no_collaboration(told):
    with pytest.raises(PlumblineError, match="no collaboration"):
        build_collaboration_funnel(told, SPRING, 77, today=TODAY)


def test_a_campaign_that_is_not_there_is_refused(told):
    with pytest.raises(PlumblineError, match="no campaign with the number 9"):
        build_funnel(told, Scope(campaign_id=9), today=TODAY)


def test_nobody_may_look(told):
    with pytest.raises(PlumblineError) as refused:
        build_funnel(told.acting_as(NOBODY), Scope(campaign_id=SPRING), today=TODAY)
    assert refused.value.issue.code == "not-allowed"


def test_an_empty_campaign_speaks_in_sentences_and_shows_no_zero(sqlite_store):
    with sqlite_store.writing("begin") as connection:
        story.brand(connection)
        story.campaign(connection, SPRING, "spring", "Spring glow", (story.FIRST, story.LAST), currency="")
    funnel = build(sqlite_store)
    assert funnel.claim == "Nothing has been imported yet: drop in the exports you have to fill the funnel."
    assert funnel.sentence.startswith("Spring glow (2 Mar 2026 to 29 Mar 2026): nothing has been imported")
    assert all(view.sentence.startswith("Nothing has been imported yet") for view in funnel.stages)
    assert all(figure.value is None for view in funnel.stages for figure in view.figures)
    assert {figure.written() for view in funnel.stages for figure in view.figures} == {"–"}
    assert funnel.stages[0].gaps[0].what == "The campaign has no creators and no videos yet."
    assert any("no currency" in note for note in funnel.notes)
    assert funnel.header.as_of is None


def test_a_campaign_that_has_not_begun_says_so(told):
    early = build_funnel(told, Scope(campaign_id=SPRING), today=date(2026, 2, 1))
    assert early.sentence == "Spring glow begins on 2 Mar 2026; there is nothing to measure before."
    assert early.claim == "It begins on 2 Mar 2026; there is nothing to measure before."
    assert any("has not begun" in note for note in early.notes)


def test_imported_orders_without_a_link_are_none_and_no_orders_file_is_unknown(told):
    with told.writing("no credit") as connection:
        for table in ("campaign_day", "creator_total", "day_total"):
            connection.execute(text(f"UPDATE {table} SET orders = NULL, revenue = NULL"))
    funnel = build(told)
    assert funnel.figure("orders").value == 0
    assert funnel.stage(Stage.CONVERSION).sentence == (
        "Orders were imported, and none carried a code or tagged link of this campaign."
    )
    assert funnel.figure("roas").value == 0
    with told.writing("no file") as connection:
        connection.execute(text("DELETE FROM shop_order"))
    funnel = build(told)
    assert funnel.figure("orders").value is None
    assert funnel.figure("roas").value is None
    assert funnel.stage(Stage.CONVERSION).sentence.startswith("No orders file has been imported")


def test_nothing_is_ever_not_a_number(told):
    for filters in ({}, {"creator_ids": (CLEO,)}, {"video_ids": ("1",)}, {"first_day": date(2030, 1, 1)}):
        funnel = build(told, **filters)
        assert all(math.isfinite(number) for number in numbers(funnel))
        assert "nan" not in json.dumps(texts(funnel)).lower().split()


def test_postgresql_and_sqlite_tell_the_same(store):
    tell(store)
    funnel = build(store)
    assert funnel.figure("engagement_rate").value == pytest.approx(7_610 / 150_500)
    assert funnel.figure("reach").ends == (30_000, 152_500)
    part = build(store, creator_ids=(ANA,), video_ids=("7001", "7002"), last_day=date(2026, 3, 9))
    assert part.figure("views").value == 100_000
