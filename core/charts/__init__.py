"""Charts of results: each function takes a result and returns a chart and its alternative text."""

from core.charts.bars import creator_bars, reach_bar, traffic_bars
from core.charts.drawing import Drawing
from core.charts.estimates import estimate_bars
from core.charts.fans import forecast_fan
from core.charts.lines import stage_line

__all__ = [
    "Drawing",
    "creator_bars",
    "estimate_bars",
    "forecast_fan",
    "reach_bar",
    "stage_line",
    "traffic_bars",
]
