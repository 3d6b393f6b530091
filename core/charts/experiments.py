"""Pictures of an experiment: the difference against what matters, each creator, each video, day by day."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, chart_data
from core.entry.words import counted
from core.units import Unit, day_of, write, write_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.experiments.reading_model import Contrast, Reading, RunningPoint
    from core.metrics.model import Metric

_PERCENT = alt.Axis(format="+.0%")
_MOST = 5.0  # a bar is cut at +500 %, so that the others can be seen


def effect_bars(reading: Reading) -> Drawing:
    """Return each version's difference as a dot with its range, against the band too small to matter."""
    known = [one for one in reading.contrasts if one.lift is not None]
    band: list[dict[str, Cell]] = [
        {
            "low": -reading.band,
            "high": reading.band,
            "written": f"within ±{reading.band:.0%}: too small to matter",
        }
    ]
    rows = [_bar(one) for one in known]
    shade = (
        alt.Chart(chart_data(band))
        .mark_rect(opacity=0.25, color="gray")
        .encode(x=alt.X("low:Q"), x2="high:Q", tooltip=[alt.Tooltip("written:N", title="band")])
    )
    zero = alt.Chart(chart_data([{"value": 0.0}])).mark_rule(color="gray").encode(x="value:Q")
    base = alt.Chart(chart_data(rows)).encode(
        y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("order"), axis=alt.Axis(labelLimit=160)),
        tooltip=[alt.Tooltip("name:N", title="version"), alt.Tooltip("written:N", title="difference")],
    )
    title = "difference of the same creator's typical video"
    bars = base.mark_bar(size=8, opacity=0.6).encode(
        x=alt.X("low:Q", title=title, axis=_PERCENT), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=140, opacity=1).encode(x="value:Q")
    chart = (shade + zero + bars + dots).properties(height=70 + 34 * len(rows))
    return Drawing(chart, _bars_in_words(reading, known))


def _bar(one: Contrast) -> dict[str, Cell]:
    is_open = one.is_too_early or one.low is None or one.high is None
    low = -1.0 if one.low is None else max(one.low, -1.0)
    high = _MOST if one.high is None else min(one.high, _MOST)
    lift = one.lift or 0.0
    return {
        "name": one.arm.name,
        "value": min(lift, _MOST),
        "low": None if is_open else low,
        "high": None if is_open else high,
        "written": lift_words(one),
        "order": 0.0,
    }


def lift_words(one: Contrast) -> str:
    """Return a difference with its range, for instance `+51% (between +16% and +97%)`."""
    if one.lift is None:
        return one.why_not
    if one.is_too_early or one.low is None or one.high is None or math.isinf(one.high):
        return f"{write_change(one.lift)}, too early for a range"
    return f"{write_change(one.lift)} (between {write_change(one.low)} and {write_change(one.high)})"


def _bars_in_words(reading: Reading, known: Sequence[Contrast]) -> str:
    if not known:
        return "No difference can be estimated yet."
    said = "; ".join(f"{one.arm.name}: {lift_words(one)}" for one in known)
    return f"Difference to the control: {said}. Anything within ±{reading.band:.0%} is too small to matter."


def creator_slopes(reading: Reading, contrast: Contrast, control: str, metric: Metric) -> Drawing:
    """Return one line per creator from the control to a version, on a log axis.

    Args:
        reading: of an experiment.
        contrast: the version.
        control: name of what is done today.
        metric: the metric that decides.
    """
    slopes = [one for one in reading.slopes if one.arm == contrast.arm.key and one.lift is not None]
    rows: list[dict[str, Cell]] = []
    for slope in slopes:
        for place, (name, figure) in enumerate(
            ((control, slope.control), (contrast.arm.name, slope.version))
        ):
            rows.append(
                {
                    "creator": slope.name,
                    "arm": name,
                    "value": figure,
                    "written": _figure(metric, figure),
                    "order": float(place),
                    "kind": "up" if (slope.lift or 0.0) >= 0 else "down",
                }
            )
    base = alt.Chart(chart_data(rows)).encode(
        x=alt.X(
            "arm:N",
            title=None,
            sort=alt.EncodingSortField("order"),
            axis=alt.Axis(labelAngle=0, labelLimit=140),
            scale=alt.Scale(padding=0.6),
        ),
        y=alt.Y(
            "value:Q",
            title=f"{metric.label} (log scale)",
            scale=alt.Scale(type="log", nice=False, padding=8),
            axis=alt.Axis(format=_axis(metric), tickCount=5),
        ),
        detail="creator:N",
        color=alt.Color("kind:N", title="creator went", scale=alt.Scale(domain=["up", "down"])),
        tooltip=[
            "creator:N",
            alt.Tooltip("arm:N", title="version"),
            alt.Tooltip("written:N", title=metric.label),
        ],
    )
    chart = (base.mark_line(opacity=0.7) + base.mark_point(filled=True, size=45)).properties(height=300)
    up = sum((slope.lift or 0.0) > 0 for slope in slopes)
    words = (
        f"{up} of {counted(len(slopes), 'creator')} did better with {contrast.arm.name} than with {control}."
        if slopes
        else "No creator has figures for both versions yet."
    )
    return Drawing(chart, words)


def video_strip(reading: Reading, names: dict[str, str], creators: dict[str, str], metric: Metric) -> Drawing:
    """Return every video's figure as a dot in the row of its version, on a log axis.

    Args:
        reading: of an experiment.
        names: key of a version -> its name.
        creators: key of a creator -> name.
        metric: the metric that decides.
    """
    rows: list[dict[str, Cell]] = [
        {
            "arm": names.get(dot.arm, dot.arm),
            "creator": creators.get(dot.creator, ""),
            "value": dot.figure,
            "written": _figure(metric, dot.figure),
            "order": float(list(names).index(dot.arm)) if dot.arm in names else 0.0,
        }
        for dot in reading.dots
        if dot.figure > 0
    ]
    chart = (
        alt.Chart(chart_data(rows))
        .mark_circle(size=60, opacity=0.55)
        .encode(
            x=alt.X(
                "value:Q",
                title=f"{metric.label} of each video (log scale)",
                scale=alt.Scale(type="log", nice=False, padding=10),
                axis=alt.Axis(format=_axis(metric), tickCount=5),
            ),
            y=alt.Y("arm:N", title=None, sort=alt.EncodingSortField("order"), axis=alt.Axis(labelLimit=160)),
            yOffset=alt.YOffset("creator:N"),
            tooltip=["creator:N", alt.Tooltip("written:N", title=metric.label)],
        )
        .properties(height=alt.Step(7, **{"for": "offset"}))
    )
    by_arm = {name: sum(row["arm"] == name for row in rows) for name in names.values()}
    zero = len(reading.dots) - len(rows)
    said = ", ".join(f"{counted(count, 'video')} with {name}" for name, count in by_arm.items())
    more = f" {counted(zero, 'video')} at zero cannot be drawn on this axis." if zero else ""
    return Drawing(chart, f"Each dot is a video: {said}.{more}")


def running_range(reading: Reading, contrast: Contrast) -> Drawing:
    """Return a version's difference as it stood day by day; days on which it is too early are hatched."""
    points = [one for one in reading.running if one.arm == contrast.arm.key]
    early: list[dict[str, Cell]] = [
        {"week": _iso(one), "written": "too early to say"} for one in points if _is_open(one)
    ]
    later: list[dict[str, Cell]] = [
        {
            "week": _iso(one),
            "value": one.lift,
            "low": max(one.low or 0.0, -1.0),
            "high": min(one.high or 0.0, _MOST),
            "written": f"{write_change(one.lift)} ({write_change(one.low)} to {write_change(one.high)}), "
            f"{counted(one.videos, 'video')}",
        }
        for one in points
        if not _is_open(one) and one.lift is not None and one.low is not None and one.high is not None
    ]
    day = alt.X("week:T", title=None, axis=alt.Axis(format="%-d %b", labelOverlap=True))
    tip = [
        alt.Tooltip("week:T", title="day", format="%-d %b %Y"),
        alt.Tooltip("written:N", title="difference"),
    ]
    hatch = (
        alt.Chart(chart_data(early))
        .mark_rule(strokeDash=[2, 5], opacity=0.5, color="gray", strokeWidth=3)
        .encode(x=day, tooltip=tip)
    )
    base = alt.Chart(chart_data(later)).encode(x=day, tooltip=tip)
    area = base.mark_area(opacity=0.25).encode(
        y=alt.Y("low:Q", title="difference and its range", axis=_PERCENT), y2="high:Q"
    )
    line = base.mark_line(point={"size": 40}).encode(y="value:Q")
    zero = alt.Chart(chart_data([{"value": 0.0}])).mark_rule(color="gray").encode(y="value:Q")
    return Drawing((hatch + zero + area + line).properties(height=240), _run_in_words(points, contrast))


def _is_open(one: RunningPoint) -> bool:
    return one.is_too_early or one.lift is None or one.low is None or one.high is None or math.isinf(one.high)


def _iso(one: RunningPoint) -> str:
    return day_of(one.day).isoformat()


def _run_in_words(points: Sequence[RunningPoint], contrast: Contrast) -> str:
    early = sum(_is_open(one) for one in points)
    if not points:
        return "No day had enough videos at the reading age yet."
    if early == len(points):
        return (
            f"On all {counted(early, 'day')} so far it was too early to give a range for {contrast.arm.name}."
        )
    first = next(one for one in points if not _is_open(one))
    last = points[-1]
    width = (
        ""
        if last.low is None or last.high is None
        else f", between {write_change(last.low)} and {write_change(last.high)} on the last"
    )
    return (
        f"Too early on the first {counted(early, 'day')}; a range from {day_of(first.day):%-d %b} on{width}."
    )


def _figure(metric: Metric, value: float | None) -> str:
    return write(None if value is None else value * metric.scale, metric.unit)


def _axis(metric: Metric) -> str:
    return {Unit.SHARE: ".2%", Unit.COUNT: "~s"}.get(metric.unit, "~g")
