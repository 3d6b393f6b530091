"""Charts of results: each function takes a result and returns a chart and its alternative text."""

from core.charts.bars import creator_bars, reach_bar, traffic_bars
from core.charts.drawing import Drawing
from core.charts.estimates import estimate_bars
from core.charts.experiments import creator_slopes, effect_bars, lift_words, running_range, video_strip
from core.charts.fans import forecast_fan
from core.charts.lines import stage_line
from core.charts.patterns import pattern_bars

__all__ = [
    "Drawing",
    "creator_bars",
    "creator_slopes",
    "effect_bars",
    "estimate_bars",
    "forecast_fan",
    "lift_words",
    "pattern_bars",
    "reach_bar",
    "running_range",
    "stage_line",
    "traffic_bars",
    "video_strip",
]
