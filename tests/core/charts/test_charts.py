import json

import pytest

from core.charts import creator_bars, reach_bar, stage_line, traffic_bars
from core.charts.drawing import chart_data
from core.funnel import build_funnel
from core.funnel.model import Row, Table
from core.metrics.model import Stage
from core.metrics.registry import BY_NAME
from core.scope import Scope
from tests.core.funnel.story import SPRING, TODAY, tell


@pytest.fixture
def funnel(sqlite_store):
    tell(sqlite_store)
    return build_funnel(sqlite_store, Scope(campaign_id=SPRING), today=TODAY)


def everything(funnel):
    series = [one for view in funnel.stages for one in view.series]
    splits = [one for view in funnel.stages for one in view.splits]
    return [
        reach_bar(funnel.figure("reach")),
        *(creator_bars(funnel.creators, metric, currency="EUR") for metric in funnel.creators.metrics),
        *(stage_line(one, currency="EUR") for one in series),
        *(stage_line(one, by_day=True, currency="EUR") for one in series),
        *(traffic_bars(one, currency="EUR") for one in splits),
    ]


def values(drawing):
    (rows,) = drawing.chart.to_dict()["datasets"].values()
    return rows


def test_every_chart_has_words_a_small_spec_and_no_colour_of_its_own(funnel):
    for drawing in everything(funnel):
        spec = json.dumps(drawing.chart.to_dict())
        assert drawing.alt.endswith(".")
        assert len(drawing.alt) > 20
        assert len(spec) < 4_000
        assert "#" not in spec
        assert "scheme" not in spec
        assert "NaN" not in spec


def test_only_allowed_columns_enter_a_chart():
    with pytest.raises(ValueError, match="fee"):
        chart_data([{"creator": "1", "fee": 100.0}])


def test_selections_are_named_so_that_a_page_can_filter_by_them(funnel):
    metric = funnel.creators.metrics[0]
    series = funnel.stage(Stage.AWARENESS).series[0]
    split = funnel.stage(Stage.AWARENESS).splits[0]
    for name, drawing in (
        ("creator", creator_bars(funnel.creators, metric)),
        ("week", stage_line(series)),
        ("traffic", traffic_bars(split)),
    ):
        (param,) = drawing.chart.to_dict()["params"]
        assert param["name"] == name
        assert param["select"]["fields"] == [name]
        assert all(name in row for row in values(drawing))


def test_more_than_twenty_creators_become_twenty_and_the_others():
    metric = BY_NAME["views"]
    rows = tuple(Row(key=str(at), label=f"C{at}", values={"views": float(at)}) for at in range(1, 31))
    drawn = values(creator_bars(Table(metrics=(metric,), rows=rows), metric))
    assert len(drawn) == 21
    assert drawn[-1]["name"] == "10 others"
    assert drawn[-1]["value"] == sum(range(1, 11))
    assert sum(row["value"] for row in drawn) == sum(range(1, 31))


def test_rates_of_the_others_are_never_added():
    metric = BY_NAME["engagement_rate"]
    rows = tuple(
        Row(key=str(at), label=f"C{at}", values={"engagement_rate": at / 100}) for at in range(1, 31)
    )
    drawn = values(creator_bars(Table(metrics=(metric,), rows=rows), metric))
    assert len(drawn) == 20


def test_unknown_creators_are_told_and_not_drawn_as_zero(funnel):
    drawing = creator_bars(funnel.creators, BY_NAME["views"])
    assert [row["name"] for row in values(drawing)] == ["Ana", "Ben"]
    assert drawing.alt == (
        "Video views of 2 creators: the highest is Ana with 120,000, the lowest Ben with 30,500. "
        "Not known for 1 more."
    )


def test_money_is_drawn_in_whole_units_of_the_currency(funnel):
    drawing = creator_bars(funnel.creators, BY_NAME["spend"], currency="EUR")
    assert values(drawing)[0]["value"] == 1_300
    yen = creator_bars(funnel.creators, BY_NAME["spend"], currency="JPY")
    assert values(yen)[0]["value"] == 130_000


def test_reach_is_drawn_from_lowest_to_highest(funnel):
    drawing = reach_bar(funnel.figure("reach"))
    assert (values(drawing)[0]["low"], values(drawing)[0]["high"]) == (30_000, 152_500)
    assert drawing.alt.startswith("Reach: between 30,000 and 152,500 people")


def test_counts_by_traffic_are_stacked_and_rates_are_not(funnel):
    splits = {one.metric.name: one for view in funnel.stages for one in view.splits}
    stacked = traffic_bars(splits["views"]).chart.to_dict()["encoding"]["x"]["stack"]
    beside = traffic_bars(splits["engagement_rate"]).chart.to_dict()["encoding"]["x"]["stack"]
    assert (stacked, beside) == ("zero", None)


def test_nothing_known_is_said_in_words():
    metric = BY_NAME["views"]
    drawing = creator_bars(Table(metrics=(metric,), rows=(Row(key="1", label="Ana"),)), metric)
    assert drawing.alt == "Video views is not known for any creator yet."
