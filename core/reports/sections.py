"""The parts that reports are put together from; None where a part has nothing to say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.funnel.model import Figure as Found
from core.metrics.model import Stage
from core.reports.figures import show, without_goal
from core.reports.holding_back import is_held_back, may_see
from core.reports.model import Section, Status
from core.reports.pictures import creator_bars, week_line
from core.reports.renewing import next_words
from core.reports.tables import by_creator, by_video, by_week, files
from core.reports.words import figure, stage_claim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.funnel.model import Gap, StageView
    from core.reports.material import Material
    from core.reports.model import Chart, Figure

SALES = frozenset({Stage.CONVERSION, Stage.LOYALTY})
_ONLY_LINKED = (
    "Only orders that carried a creator's code, affiliate mark or tagged link are counted. Others may have "
    "followed a video without carrying one, and some of these would have come anyway."
)

_STEPS = (
    "Views are plays and engagements are acts, and stages are counted by different tools, so a step from one "
    "to the next is a comparison and not a share of people."
)
_ONLY_OBSERVED = (
    "These are observations of one campaign: they show what happened beside the videos, "
    "not what would have happened without them."
)
_MOST_CAVEATS = 4
_WITH_MONEY = ("spend", "revenue", "roas", "cost_per_order")
_WITHOUT_MONEY = ("orders", "new_customers", "repeat_rate")


def goals(material: Material) -> Section:
    """Return the goals against what was counted, the primary one first."""
    found = [one for view in material.funnel.stages for one in view.figures if one.target is not None]
    found.sort(key=lambda one: not one.is_primary)
    figures = show(material, found)
    return Section(
        key="goals", title="Goal against actual", claim=_goal_claim(material, figures), figures=figures
    )


def _goal_claim(material: Material, figures: tuple[Figure, ...]) -> str:
    if not figures:
        return "The campaign has no goal that can be shown here, so nothing is judged against a target."
    first = figures[0]
    so_far = "" if material.is_over else " so far"
    if not first.is_known:
        return f"{first.label} has a goal of {first.goal_written}; it is not known yet how it stands."
    met = sum(one.status is Status.REACHED for one in figures)
    others = f" {met} of {len(figures)} goals are reached." if len(figures) > 1 else ""
    return f"{first.label}{so_far}: {first.written}, {first.status_words}.{others}"


def funnel(material: Material) -> Section:
    """Return how large each stage is and how much of it is met again in the next."""
    return Section(
        key="funnel",
        title="The funnel",
        claim=stage_claim(material, material.funnel.stages[0]),
        figures=tuple(_funnel_figures(material)),
        notes=(_STEPS,),
    )


def funnel_with_steps(material: Material) -> Section:
    """Return the funnel with each step spelled out."""
    steps = tuple(
        f"{view.label}: {view.step.sentence}"
        for view in material.funnel.stages
        if view.step and view.step.short and not _is_step_held_back(material, view)
    )
    return replace(funnel(material), points=steps)


def _funnel_figures(material: Material) -> Iterable[Figure]:
    for view in material.funnel.stages:
        for made in show(material, [view.headline]):
            has_step = view.step and not _is_step_held_back(material, view)
            step = view.step.short if view.step and has_step else ""
            yield replace(without_goal(made), label=f"{view.label}: {made.label.lower()}", step=step)


def _is_step_held_back(material: Material, view: StageView) -> bool:
    orders, step = material.funnel.figure("orders"), view.step
    if step is None or not may_see(step.rate, material.audience):
        return True
    rate = Found(metric=step.rate, value=step.value, numerator=step.numerator, denominator=step.denominator)
    return is_held_back(rate, orders.value if orders else None, material.audience)


def worked(material: Material) -> Section | None:
    """Return what stood out, as far as enough was counted to say so."""
    said = tuple(_evidence(material))
    charts = tuple(_charts(material, ("views", "orders")))
    if not said and not charts:
        return None
    first = said[0] if said else charts[0].alt
    return Section(key="worked", title="What worked", claim=first, points=said[1:], charts=charts)


def _evidence(material: Material) -> Iterable[str]:
    for view in material.funnel.stages:
        if not view.decision.is_supported:
            continue
        if view.stage not in SALES or _may_hear_of_sales(material):
            yield view.decision.evidence


def _may_hear_of_sales(material: Material) -> bool:
    """Return whether the funnel's own sentences on sales may be used: they name amounts and small counts."""
    return material.audience.internal and material.audience.show_money


def _charts(material: Material, names: Iterable[str]) -> Iterable[Chart]:
    for name in names:
        chart = creator_bars(material, name)
        if chart is not None:
            yield chart


def cost(material: Material) -> Section | None:
    """Return what it cost and what came back; without money what came back only."""
    names = _WITH_MONEY if material.audience.show_money else _WITHOUT_MONEY
    found = [one for one in (material.found(name) for name in names) if one is not None]
    figures = tuple(without_goal(one) for one in show(material, found))
    if not any(one.is_known for one in figures):
        return None
    title = "What it cost and brought" if material.audience.show_money else "What it brought"
    return Section(
        key="cost", title=title, claim=_cost_claim(material), figures=figures, notes=(_ONLY_LINKED,)
    )


def _cost_claim(material: Material) -> str:
    spend, revenue, back = (figure(material, name) for name in ("spend", "revenue", "roas"))
    if spend is None or revenue is None or revenue.value is None:
        return stage_claim(material, material.funnel.stage(Stage.CONVERSION))
    times = f": {back.written} the spend" if back and back.value is not None else ""
    linked = f"orders worth {revenue.written} net could be linked to a creator"
    return f"{spend.written} was spent, and {linked}{times}."


def stages(material: Material) -> tuple[Section, ...]:
    """Return the five stages with all their figures."""
    return tuple(_stage(material, view) for view in material.funnel.stages)


def _stage(material: Material, view: StageView) -> Section:
    decision = (view.decision.evidence,) if view.decision.is_supported else ()
    may = view.stage not in SALES or _may_hear_of_sales(material)
    drawn = [week_line(material, series.metric.name) for series in view.series[:2]]
    return Section(
        key=view.stage.value,
        title=view.label,
        claim=stage_claim(material, view),
        points=decision if may else (),
        figures=show(material, view.figures),
        charts=tuple(chart for chart in drawn if chart is not None),
    )


def creators(material: Material) -> Section | None:
    """Return the creators beside each other."""
    table = by_creator(material)
    if not table.rows:
        return None
    charts = tuple(_charts(material, ("views", "orders")))
    claim = charts[0].alt if charts else f"{len(table.rows)} creators have counts."
    return Section(key="creators", title="By creator", claim=claim, charts=charts, tables=(table,))


def videos(material: Material) -> Section | None:
    """Return the videos with most views."""
    table = by_video(material)
    if not table.rows:
        return None
    top = table.rows[0]
    claim = f"The video with most views is “{top[0].written}”."
    return Section(key="videos", title="By video", claim=claim, tables=(table,))


def weeks(material: Material) -> Section | None:
    """Return how the campaign went by week."""
    table, chart = by_week(material), week_line(material, "views")
    if not table.rows:
        return None
    claim = chart.alt if chart else f"Counts of {len(table.rows)} weeks are known."
    return Section(
        key="weeks", title="By week", claim=claim, charts=(chart,) if chart else (), tables=(table,)
    )


def caveats(material: Material) -> Section:
    """Return what the numbers do not say and what is missing, with how to get it for the team."""
    points = [gap.sentence if material.audience.internal else _without_how(gap) for gap in _gaps(material)]
    points += material.funnel.notes
    return Section(
        key="caveats",
        title="What to keep in mind",
        claim=_ONLY_OBSERVED,
        points=tuple(dict.fromkeys(points)),
    )


def caveats_in_short(material: Material) -> Section:
    """Return the first things to keep in mind, without how to mend them."""
    every = tuple(dict.fromkeys(_without_how(gap) for gap in _gaps(material)))
    left = len(every) - _MOST_CAVEATS
    more = (f"{left} more in the full report.",) if left > 0 else ()
    whole = caveats(material)
    return replace(whole, points=every[:_MOST_CAVEATS], notes=more)


def _gaps(material: Material) -> Iterable[Gap]:
    for view in material.funnel.stages:
        for gap in view.gaps:
            if material.audience.show_money or "fee" not in gap.what.lower():
                yield gap


def _without_how(gap: Gap) -> str:
    return f"{gap.what.rstrip('.')}."


def decided(material: Material) -> Section | None:
    """Return what the team wrote down, for the team only; who wrote it is not in it."""
    notes = [note for note in material.notes if note.kind == "decision"] if material.audience.internal else []
    if not notes:
        return None
    said = tuple(f"{note.text} ({material.day_at(int(note.at.timestamp()))})" for note in notes[:8])
    return Section(key="decided", title="What was decided", claim=said[0], points=said[1:])


def next_step(material: Material) -> Section:
    """Return the one thing to do next."""
    if material.funnel.header.as_of is None:
        return _next("Drop in the exports you have, so that the report has something to stand on.")
    if not material.has_begun:
        return _next("Check that codes and tagged links are in place before the first day.")
    gap = next((gap for view in material.funnel.stages for gap in view.gaps), None)
    if gap is not None and material.audience.internal and not material.is_over:
        return _next(f"Close the largest gap first. {gap.sentence}")
    if words := next_words(material):
        return _next(words)
    open_ones = [view.decision.question for view in material.funnel.stages if view.decision.is_supported]
    if not open_ones:
        return _next("Wait for more to be counted: there is not enough to decide by yet.")
    return _next(f"Decide next: {open_ones[-1][0].lower()}{open_ones[-1][1:]}")


def _next(words: str) -> Section:
    return Section(key="next", title="Next step", claim=words)


def method(material: Material) -> Section:
    """Return the definitions used, and the files behind the figures."""
    used = [one for view in material.funnel.stages for one in view.figures]
    lines = [
        f"{one.metric.label}: {one.metric.definition} ({one.metric.formula})"
        for one in used
        if may_see(one.metric, material.audience)
    ]
    table = files(material)
    return Section(
        key="method",
        title="Method and files",
        claim="A rate of a group is the quotient of its totals; what is not known is a dash, never a zero.",
        points=tuple(dict.fromkeys(lines)),
        tables=(table,) if table.rows else (),
    )
