"""Show the sum: how a figure came about, down to the files it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, text

from core.access import Action, require
from core.errors import refusal
from core.evidence.campaign import read_evidence
from core.evidence.foreign import foreign_words
from core.evidence.left_out import orders_closed, orders_left_out, rows_left_out
from core.evidence.plan import read_plan
from core.evidence.quotients import campaign_quotient, traffic_of
from core.metrics.model import Metric, Origin
from core.metrics.registry import BY_NAME, PAID_ONLY
from core.scope import Traffic
from core.units import Unit, write, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.quotients import Quotient
    from core.evidence.sources import Provenance
    from core.metrics.model import Measure, Total
    from core.scope import Scope
    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One measure in the sum.

    Attributes:
        measure: what was counted.
        is_below: it is part of the denominator.
        weight: 1 where it is added, -1 where it is taken off.
        value: its total; None where not known, or where only a range is (reach).
        provenance: who measured it.
    """

    measure: Measure
    is_below: bool
    weight: int
    value: float | None
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file behind a figure.

    Attributes:
        batch_id: number of the import.
        file_name, label: the file and what kind of export it is.
        provenance: who measured what it states.
        as_of: when the file speaks of, Unix seconds.
        imported_at: when it was imported, Unix seconds.
        rows: stored rows of it that state a part of this figure.
        rows_aside: rows of it that were set aside when it was imported.
    """

    batch_id: int
    file_name: str
    label: str
    provenance: Provenance
    as_of: int
    imported_at: int
    rows: int
    rows_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A figure with everything it was made from.

    Attributes:
        metric: what it is; its definition and caution stand there.
        formula: in words.
        value: as the funnel shows it; None where not known or a range.
        low, high: the range, where people are counted once; `high` is None where that end is unknown.
        numerator, denominator: the totals that were divided.
        currency: ISO code for money, else ''.
        parts: the measures with their totals.
        sentence: the sum with its numbers, in words.
        filters: what was counted, in words.
        exclusions: what was left out or is inexact, in words.
        sources: the files behind it, newest first; empty where people wrote it down.
        provenance: who measured the parts.
    """

    metric: Metric
    formula: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    currency: str
    parts: tuple[Part, ...]
    sentence: str
    filters: tuple[str, ...]
    exclusions: tuple[str, ...]
    sources: tuple[Source, ...]
    provenance: tuple[Provenance, ...]


def trace(store: Store, scope: Scope, metric_name: str) -> Trace:
    """Return how a figure of a campaign came about.

    Args:
        store: an open store, as the person who asks uses it.
        scope: as it was when the figure was shown.
        metric_name: name of a metric.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`, `no-metric`.
    """
    require(store.principal, Action.READ, scope.campaign_id)
    metric = BY_NAME.get(metric_name)
    if metric is None:
        raise refusal("no-metric", f'There is no metric "{metric_name}".', "Choose one from the glossary.")
    with store.reading() as connection:
        evidence = read_evidence(connection, read_plan(connection, scope.campaign_id), scope, (metric,))
        found = campaign_quotient(evidence, metric, scope.traffic)
        sources, rounded = _sources(connection, evidence, metric)
        names = {one.batch_id: one.file_name for one in sources}
        repeated = rows_left_out(connection, scope, _stated_columns(metric), names)
        left_out = _orders_not_here(connection, scope) if _has(metric, Origin.LEDGER) else ()
    currency = evidence.plan.currency if _is_money(metric) else ""
    return Trace(
        metric=metric,
        formula=metric.formula,
        value=found.value,
        low=found.low,
        high=found.high,
        numerator=found.numerator,
        denominator=found.denominator,
        currency=currency,
        parts=_parts(evidence, metric, found),
        sentence=_sentence(evidence, metric, found),
        filters=_filters(evidence, metric),
        exclusions=(
            *_exclusions(evidence, metric, found, rounded, sources),
            *repeated,
            *left_out,
        ),
        sources=sources,
        provenance=evidence.sources.provenance(metric),
    )


def _orders_not_here(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """Return which orders are in no sum, and which are in it only as sums."""
    return (*orders_left_out(connection, scope), *orders_closed(connection, scope))


def _is_money(metric: Metric) -> bool:
    return any(measure.unit is Unit.MONEY for measure in metric.measures)


def _has(metric: Metric, origin: Origin) -> bool:
    return any(measure.origin is origin for measure in metric.measures)


def _parts(evidence: Evidence, metric: Metric, found: Quotient) -> tuple[Part, ...]:
    sides: list[tuple[Total, bool]] = [(metric.numerator, False)]
    if metric.denominator is not None:
        sides.append((metric.denominator, True))
    return tuple(
        Part(
            measure=measure,
            is_below=is_below,
            weight=weight,
            value=found.totals.get(measure.name),
            provenance=evidence.sources.of_measure(measure),
        )
        for side, is_below in sides
        for measure, weight in side.parts
    )


def _sentence(evidence: Evidence, metric: Metric, found: Quotient) -> str:
    """Return the sum with its numbers, for instance `7,610 ÷ 150,500 = 5.06%`."""
    currency = evidence.plan.currency
    if found.low is not None:
        low, high = (write(end, metric.unit, currency=currency) for end in (found.low, found.high))
        if found.high is None:
            return f"At least {low}; how many more is not known."
        return f"Between {low} and {high}: nobody can say how many people are counted more than once."
    if found.value is None:
        return "Not known: at least one part is missing, and missing is not zero."
    result = write(found.value, metric.unit, currency=currency)
    if metric.denominator is None:
        return f"{metric.formula} = {result}"
    top = write(found.numerator, _unit(metric.numerator), currency=currency)
    below = write(found.denominator, _unit(metric.denominator), currency=currency)
    scale = "" if metric.scale == 1 else f" × {metric.scale:,.0f}"
    return f"{metric.formula} = {top} ÷ {below}{scale} = {result}"


def _unit(total: Total) -> Unit:
    return total.measures[0].unit


def _filters(evidence: Evidence, metric: Metric) -> tuple[str, ...]:
    scope, plan = evidence.scope, evidence.plan
    names = [one.name for one in plan.partners if one.creator_id in scope.creator_ids]
    words = [f"Campaign {plan.name}: everything that belongs to it."]
    if scope.creator_ids:
        words.append(f"Creators: {', '.join(names) or 'none of this campaign'}.")
    if scope.video_ids:
        words.append(f"Videos: {len(scope.video_ids)} chosen.")
    if scope.first_day or scope.last_day:
        start = write_day(scope.first_day) if scope.first_day else "the beginning"
        end = write_day(scope.last_day) if scope.last_day else "the end"
        words.append(f"Days: from {start} to {end}.")
    source = traffic_of(metric, scope.traffic)
    if source is Traffic.PAID:
        words.append("Views: paid ones only.")
    elif source is Traffic.ORGANIC:
        words.append("Views: organic ones only.")
    return tuple(words)


def _exclusions(
    evidence: Evidence, metric: Metric, found: Quotient, rounded: int, sources: Iterable[Source]
) -> tuple[str, ...]:
    """Return what was left out or is inexact, in sentences."""
    said = []
    if found.note:
        said.append(found.note)
    elif found.is_partial and found.used:
        said.append(f"Taken over {found.used} of {found.of} {found.unit}: the others lack a part of it.")
    if rounded:
        said.append(f"{rounded:,} rows state rounded counts: public counts of 10,000 and more are rounded.")
    if evidence.scope.traffic is Traffic.ORGANIC or "organic_views" in {one.name for one in metric.measures}:
        said.append("Organic counts are all counts less the paid ones where no file states them.")
    if evidence.fee_gap and {one.name for one in metric.measures} & {"spend", "fees"}:
        said.append(f"Fees in another currency are not in it: {', '.join(evidence.fee_gap)}.")
    stated = _stated_columns(metric)
    said += [
        words.sentence
        for one in evidence.sources.foreign
        if (words := foreign_words(one, only=stated)) is not None
    ]
    aside = sum(source.rows_aside for source in sources)
    if aside:
        said.append(f"{aside:,} rows of these files were set aside when they were imported.")
    return tuple(said)


# Rows of `stat` that can be part of a campaign: its videos and their ads, its creators'
# accounts and shop rows, its links, and rows that name it.
_STAT_ROWS = (
    "SELECT s.batch_id, s.traffic, COUNT(*), SUM(CASE WHEN s.is_rounded THEN 1 ELSE 0 END) FROM stat s"
    " WHERE s.breakdown = '' AND ({known}) AND ("
    " s.video_id IN (SELECT v.video_id FROM video v WHERE v.campaign_id = :campaign{videos})"
    " OR (s.subject_kind = 'video' AND s.subject IN"
    "  (SELECT v.video_id FROM video v WHERE v.campaign_id = :campaign{videos}))"
    "{more}) GROUP BY s.batch_id, s.traffic"
)
_MORE = (
    " OR (s.subject_kind IN ('account', 'shop_creator')"
    "  AND (CASE WHEN s.subject_kind = 'account' THEN s.subject ELSE s.handle END) IN"
    "  (SELECT h.handle FROM creator_handle h JOIN collaboration k ON k.creator_id = h.creator_id"
    "   WHERE k.campaign_id = :campaign{creators}))"
    " OR (s.subject_kind IN ('link', 'web') AND s.subject IN"
    "  (SELECT l.link_key FROM tracking_link l WHERE l.campaign_id = :campaign{links}))"
    " OR (s.subject_kind IN ('ad', 'web', 'link') AND s.video_id = '' AND s.batch_id IN"
    "  (SELECT b.id FROM import_batch b WHERE b.campaign_id = :campaign))"
    " OR (s.subject_kind IN ('ad', 'web') AND s.video_id = '' AND lower(s.campaign_hint) IN"
    "  (SELECT lower(c.code) FROM campaign c WHERE c.id = :campaign UNION"
    "   SELECT lower(c.name) FROM campaign c WHERE c.id = :campaign))"
)
_ORDER_ROWS = (
    "SELECT o.batch_id, 'total', COUNT(DISTINCT o.order_id), 0 FROM credit k"
    " JOIN shop_order o ON o.system = k.system AND o.order_id = k.order_id"
    " WHERE k.campaign_id = :campaign AND k.rule = 'default'{where} GROUP BY o.batch_id"
)
_CLOSED_ROWS = (
    "SELECT k.batch_id, 'total', SUM(k.credits), 0 FROM closed_credit k"
    " WHERE k.campaign_id = :campaign AND k.evidence <> ''{where} GROUP BY k.batch_id"
)


def _sources(connection: Connection, evidence: Evidence, metric: Metric) -> tuple[tuple[Source, ...], int]:
    """Return the files that state a part of the figure, and how many of their rows are rounded."""
    rows: dict[int, int] = {}
    rounded = 0
    for sql, values in _queries(evidence, metric):
        lists = [name for name in ("creators", "videos") if name in values]
        statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))
        for batch_id, count, inexact in _that_count(connection.execute(statement, values), evidence, metric):
            rows[batch_id] = rows.get(batch_id, 0) + count
            rounded += inexact
    if not rows:
        return (), 0
    batches = text("SELECT id, rows_aside FROM import_batch WHERE id IN :ids")
    found = connection.execute(batches.bindparams(bindparam("ids", expanding=True)), {"ids": list(rows)})
    aside = {row[0]: int(row[1]) for row in found}
    return tuple(
        Source(
            batch_id=batch.batch_id,
            file_name=batch.file_name,
            label=batch.label,
            provenance=batch.provenance,
            as_of=batch.as_of,
            imported_at=batch.imported_at,
            rows=rows[batch.batch_id],
            rows_aside=aside[batch.batch_id],
        )
        for batch in evidence.sources.batches
        if batch.batch_id in rows
    ), rounded


def _that_count(found: Iterable[Any], evidence: Evidence, metric: Metric) -> list[tuple[int, int, int]]:
    """Return batch, rows and rounded rows, of the traffic that the figure is taken from.

    Both together are taken as stated where a file states them; only else from their parts.
    """
    everything = [(row[0], Traffic(row[1]), int(row[2]), int(row[3] or 0)) for row in found]
    source = traffic_of(metric, evidence.scope.traffic)
    kept = {Traffic.PAID} if source is Traffic.PAID else set(Traffic)
    needs_ads = any(name in PAID_ONLY for name in _stated_columns(metric))
    if source is Traffic.TOTAL and not needs_ads and any(one[1] is Traffic.TOTAL for one in everything):
        kept = {Traffic.TOTAL}
    return [(batch, count, inexact) for batch, traffic, count, inexact in everything if traffic in kept]


def _queries(evidence: Evidence, metric: Metric) -> list[tuple[str, dict[str, object]]]:
    """Return the queries that count rows by batch, with their values."""
    scope = evidence.scope
    values: dict[str, object] = {"campaign": scope.campaign_id}
    stated = _stated_columns(metric)
    by_creator = by_video = ""
    if scope.creator_ids:
        by_creator, values["creators"] = " AND {}.creator_id IN :creators", scope.creator_ids
    if scope.video_ids:
        by_video, values["videos"] = " AND {}.video_id IN :videos", scope.video_ids
    queries = []
    if stated:
        more = (
            ""
            if scope.video_ids
            else _MORE.format(creators=by_creator.format("k"), links=by_creator.format("l"))
        )
        known = " OR ".join(f"s.{name} IS NOT NULL" for name in stated)
        videos = by_creator.format("v") + by_video.format("v")
        queries.append((_STAT_ROWS.format(known=known, videos=videos, more=more), values))
    if _has(metric, Origin.LEDGER):
        where = by_creator.format("k") + by_video.format("k")
        queries += [(sql.format(where=where), values) for sql in (_ORDER_ROWS, _CLOSED_ROWS)]
    return queries


_MADE_OF = {
    "spend": ("cost", "commission"),
    "organic_views": ("views",),
    "videos": ("views",),
    "followers_at_start": ("followers",),
    "followers_gained": ("followers",),
    "followers_at_posting": ("followers",),
}


def _stated_columns(metric: Metric) -> tuple[str, ...]:
    """Return the columns of `stat` that a metric is made of."""
    names: list[str] = []
    for measure in metric.measures:
        if measure.origin is Origin.IMPORTED:
            names.append(measure.name)
        else:
            names.extend(_MADE_OF.get(measure.name, ()))
    return tuple(dict.fromkeys(names))
