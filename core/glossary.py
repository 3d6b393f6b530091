"""The glossary, made from the constants the code runs on.

`python -m core.glossary` writes docs/metrics.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.metrics.industry import BENCHMARKS
from core.metrics.measures import MEASURES
from core.metrics.model import Better, Stage
from core.metrics.registry import METRICS, by_stage
from core.units import Unit, write

if TYPE_CHECKING:
    from core.metrics.industry import Benchmark
    from core.metrics.model import Measure, Metric

PAGE = Path(__file__).resolve().parent.parent / "docs" / "metrics.md"
_DIRECTION = {
    Better.HIGHER: "Higher is better.",
    Better.LOWER: "Lower is better.",
    Better.NEITHER: "Neither direction is better in itself.",
}


_RULES = (
    "Counts are imported, rates are computed: a rate of a group is its total divided by its total, over those"
    " videos or creators for which both are known. Missing is a dash and never zero. People counted once"
    " (reach) are never added: they are shown as a range."
)
_GRADES = (
    "Compared only with a metric of the same definition, for 18 months after they were last seen. Grade A:"
    " the publisher's own page with its method; B: seen through a third party, or with a thin method;"
    " C: a vendor's figure without a method, never coloured."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term, explained.

    Attributes:
        name: stable name, also the anchor of the entry.
        label: as marketers call it.
        stage: where in the funnel; None for a measure.
        formula: in words; '' for a measure.
        definition: one plain sentence.
        caution: what it does not say; '' for a measure.
        source: where the definition, or the count, comes from.
        detail: direction and minimum sample in words; '' for a measure.
    """

    name: str
    label: str
    stage: Stage | None
    formula: str
    definition: str
    caution: str
    source: str
    detail: str


def metric_entry(metric: Metric) -> Entry:
    """Return the entry of a metric."""
    base = metric.numerator.words if metric.denominator is None else metric.denominator.words
    least = f" Judged from {metric.minimum:,} {base} on." if metric.minimum > 1 else ""
    return Entry(
        name=metric.name,
        label=metric.label,
        stage=metric.stage,
        formula=metric.formula,
        definition=metric.definition,
        caution=metric.caution,
        source=metric.source,
        detail=f"{_DIRECTION[metric.better]}{least}",
    )


def measure_entry(measure: Measure) -> Entry:
    """Return the entry of a measure."""
    return Entry(
        name=f"measure_{measure.name}",
        label=measure.label,
        stage=None,
        formula="",
        definition=measure.definition,
        caution="",
        source=measure.source,
        detail="",
    )


def entries() -> dict[Stage | None, tuple[Entry, ...]]:
    """Return the whole glossary by stage; the measures stand under None."""
    found: dict[Stage | None, tuple[Entry, ...]] = {
        stage: tuple(metric_entry(metric) for metric in by_stage(stage)) for stage in Stage
    }
    found[None] = tuple(measure_entry(measure) for measure in MEASURES)
    return found


def search(words: str) -> tuple[Entry, ...]:
    """Return the entries that hold every word, those with it in their label first.

    Args:
        words: as typed; '' gives everything.
    """
    wanted = words.casefold().split()
    everything = [entry for group in entries().values() for entry in group]
    found = [entry for entry in everything if all(word in _text(entry) for word in wanted)]
    return tuple(sorted(found, key=lambda entry: not all(word in entry.label.casefold() for word in wanted)))


def _text(entry: Entry) -> str:
    parts = (
        entry.label,
        entry.name.replace("_", " "),
        entry.name,
        entry.formula,
        entry.definition,
        entry.caution,
    )
    return " ".join(parts).casefold()


def page() -> str:
    """Return docs/metrics.md."""
    lines = [
        "# Metrics",
        "",
        "Written by `python -m core.glossary` from the constants the app runs on; do not edit it by hand.",
        "",
        _RULES,
        "",
    ]
    for stage in Stage:
        lines += [f"## {stage.value.capitalize()}", ""]
        for entry in entries()[stage]:
            lines += _metric_lines(entry)
    lines += ["## What is counted", "", "| measure | what it is | where it comes from |", "|---|---|---|"]
    lines += [f"| {entry.label} | {entry.definition} | {entry.source} |" for entry in entries()[None]]
    lines += ["", "## Published figures to compare with", ""]
    lines += [
        _GRADES,
        "",
        "| metric | figure | divided by | who | period | publisher | grade | seen on |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_benchmark_line(row) for row in BENCHMARKS]
    return "\n".join(lines) + "\n"


def _metric_lines(entry: Entry) -> list[str]:
    return [
        f"### {entry.label}",
        "",
        f"`{entry.name}` = {entry.formula}",
        "",
        f"{entry.definition} {entry.detail}",
        "",
        f"Caution: {entry.caution}",
        "",
        f"Source: {entry.source}",
        "",
    ]


def _benchmark_line(row: Benchmark) -> str:
    metric = next((one for one in METRICS if one.name == row.metric), None)
    unit = metric.unit if metric else Unit.SHARE

    def written(value: float) -> str:
        return write(value, unit, currency=row.currency)

    spread = "" if row.low is None or row.high is None else f" ({written(row.low)} to {written(row.high)})"
    label = metric.label if metric else "none of ours"
    cells = (
        label, written(row.value) + spread, row.denominator, row.population, row.period,
        f"{row.publisher}, {row.address}", row.grade.value, row.seen_on.isoformat(),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Write docs/metrics.md."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
