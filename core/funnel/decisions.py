"""The decision each stage supports, with what the files show beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.funnel.model import Decision, Row, Table
from core.metrics import consideration, engagement
from core.metrics.model import Metric, Stage
from core.scope import Traffic
from core.units import Unit, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.evidence.campaign import Evidence

QUESTIONS: Mapping[Stage, str] = {
    Stage.AWARENESS: "Is the campaign large enough, and are these the right creators to carry it?",
    Stage.ENGAGEMENT: "Which openings and stories should the next brief ask for?",
    Stage.CONSIDERATION: "Do the videos need more depth, or an earlier call to action?",
    Stage.CONVERSION: "Where should landing page, offer or budget change?",
    Stage.LOYALTY: "Which creators are worth a longer partnership?",
}
_UNSURE = "There is not enough to decide by yet: {}"


def stage_decision(evidence: Evidence, stage: Stage, creators: Table, videos: Table) -> Decision:
    """Return the decision of a stage with its evidence, or that there is not enough yet."""
    said = _FINDERS[stage](evidence, creators, videos)
    if said:
        return Decision(question=QUESTIONS[stage], evidence=said, is_supported=True)
    return Decision(question=QUESTIONS[stage], evidence=_UNSURE.format(_NEEDS[stage]), is_supported=False)


_NEEDS: Mapping[Stage, str] = {
    Stage.AWARENESS: "it takes views of at least two creators.",
    Stage.ENGAGEMENT: "it takes two videos with at least 1,000 views each.",
    Stage.CONSIDERATION: "it takes watch time or saves of two videos with at least 1,000 views each.",
    Stage.CONVERSION: "it takes credited orders and the spend of at least two creators.",
    Stage.LOYALTY: "it takes at least 20 new customers linked to the campaign.",
}


def _awareness(evidence: Evidence, creators: Table, videos: Table) -> str:
    del evidence, videos
    views = [
        (row, row.values["views"] or 0.0) for row in creators.rows if row.creator_id and row.values["views"]
    ]
    total = sum(value for _, value in views)
    if len(views) < 2 or total <= 0:
        return ""
    top, most = views[0]
    return f"{top.label} carried {write(most / total, Unit.SHARE)} of the views of {len(views)} creators."


def _engagement(evidence: Evidence, creators: Table, videos: Table) -> str:
    del creators
    return _span(evidence, engagement.ENGAGEMENT_RATE, videos, "videos")


def _consideration(evidence: Evidence, creators: Table, videos: Table) -> str:
    del creators
    return _span(evidence, consideration.AVERAGE_WATCH_SECONDS, videos, "videos") or _span(
        evidence, consideration.SAVE_RATE, videos, "videos"
    )


def _conversion(evidence: Evidence, creators: Table, videos: Table) -> str:
    del evidence, videos
    sold = [row for row in creators.rows if row.creator_id and row.values["orders"]]
    payable = [row for row in sold if row.values["roas"] is not None]
    if len(payable) < 2:
        return ""
    best = max(payable, key=lambda row: row.values["roas"] or 0.0)
    orders = best.values["orders"] or 0.0
    few = (
        ""
        if "average_order_value" in best.enough or orders >= 20
        else " That is few, so chance plays a part."
    )
    return (
        f"{best.label} has the highest credited revenue for its spend of {len(payable)} creators: "
        f"{write(best.values['roas'], Unit.TIMES)} from {write(orders, Unit.COUNT)} linked orders.{few}"
    )


def _loyalty(evidence: Evidence, creators: Table, videos: Table) -> str:
    del creators, videos
    totals = {one.name: evidence.by_creator.get(one.creator_id, {}) for one in evidence.plan.partners}
    counts = {name: one.get(Traffic.TOTAL, {}).get("new_customers") for name, one in totals.items()}
    new = {name: count for name, count in counts.items() if count is not None}
    everyone = sum(new.values())
    if everyone < 20:
        return ""
    top = max(new, key=lambda name: new[name])
    return (
        f"{write(new[top], Unit.COUNT)} of {write(everyone, Unit.COUNT)} first orders that could be linked "
        f"to a creator were linked to {top}."
    )


_FINDERS: Mapping[Stage, Callable[[Evidence, Table, Table], str]] = {
    Stage.AWARENESS: _awareness,
    Stage.ENGAGEMENT: _engagement,
    Stage.CONSIDERATION: _consideration,
    Stage.CONVERSION: _conversion,
    Stage.LOYALTY: _loyalty,
}


def _span(evidence: Evidence, metric: Metric, table: Table, word: str) -> str:
    """Return from where to where a metric runs, over rows with enough counted."""
    if metric.name not in {one.name for one in table.metrics}:
        return ""
    rows: list[Row] = [row for row in table.rows if metric.name in row.enough]
    if len(rows) < 2:
        return ""
    low, high = (pick(rows, key=lambda row: row.values[metric.name] or 0.0) for pick in (min, max))
    ends = [
        write(row.values[metric.name], metric.unit, currency=evidence.plan.currency) for row in (low, high)
    ]
    return (
        f"{metric.label} runs from {ends[0]} to {ends[1]} over {len(rows)} {word} with enough views; "
        f"the highest is “{high.label}” ({high.creator}, {high.detail})."
    )
