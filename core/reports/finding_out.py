"""What was found out about content: tests that ended with their verdicts, and what only went together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.entry.words import counted
from core.experiments.frozen import thaw
from core.experiments.learnings import WORDS
from core.experiments.reading_model import VerdictKind
from core.metrics.registry import BY_NAME
from core.reports.holding_back import counts_buyers, may_see
from core.reports.model import UNKNOWN, Cell, Column, ColumnKind, Section, Table
from core.units import Unit, write_change

if TYPE_CHECKING:
    from core.content import Pattern
    from core.experiments.learnings import Learning
    from core.experiments.planned import Experiment
    from core.experiments.reading_model import Contrast, Reading
    from core.reports.material import Material

_MOST_LEARNINGS = 12
_NONE = (VerdictKind.CHECK_DATA, VerdictKind.NOT_ENOUGH)  # their numbers are no result
_TESTED = (
    "A range that holds zero is no proof that there is no difference. What was tested holds for these "
    "creators and this time; it is worth testing again."
)


def tests(material: Material) -> Section | None:
    """Return the experiments that ended, as they were read on that day; running ones say nothing yet."""
    ended = [one for one in material.findings.experiments if _may_hear_of(material, one)]
    if not ended:
        return None
    read = [(one, thaw(one.conclusion.result)) for one in ended if one.conclusion]
    said = tuple(f"“{one.name}”: {_verdict(material, reading)}" for one, reading in read)
    cautions = dict.fromkeys(
        f"“{one.name}”: {caution}"
        for one, reading in read
        if reading.verdict not in _NONE
        for caution in reading.cautions
    )
    return Section(
        key="tests",
        title="What was tested",
        claim=said[0] if len(said) == 1 else f"{counted(len(said), 'test')} of content came to an end.",
        points=said if len(said) > 1 else (),
        tables=(_results(material, read),),
        notes=(*cautions, _TESTED),
    )


def _verdict(material: Material, reading: Reading) -> str:
    """Return what a test said; how to mend data that carry no verdict is the team's business."""
    if reading.verdict in _NONE and material.audience.is_outside:
        return "No verdict, because the data do not carry one."
    return reading.sentence


def _may_hear_of(material: Material, experiment: Experiment) -> bool:
    metric = BY_NAME[experiment.primary]
    is_small = material.audience.is_outside and counts_buyers(metric)
    return experiment.conclusion is not None and may_see(metric, material.audience) and not is_small


def _results(material: Material, read: list[tuple[Experiment, Reading]]) -> Table:
    has_decisions = material.audience.internal
    columns = [
        Column(label="Test"), Column(label="Judged by"), Column(label="Version"),
        Column(label="Against the control", kind=ColumnKind.NUMBER, unit=Unit.SHARE), Column(label="Range"),
        Column(label="Videos", kind=ColumnKind.NUMBER), Column(label="Verdict"), Column(label="Ended"),
    ]  # fmt: skip
    columns += [Column(label="Decided")] if has_decisions else []
    rows = tuple(
        (
            *_result(material, experiment, reading, contrast),
            *([_decided(experiment)] if has_decisions else []),
        )
        for experiment, reading in read
        for contrast in reading.contrasts
    )
    return Table(title="Tests that ended", columns=tuple(columns), rows=rows)


def _result(
    material: Material, experiment: Experiment, reading: Reading, contrast: Contrast
) -> tuple[Cell, ...]:
    has_range = contrast.low is not None and contrast.high is not None and not contrast.is_too_early
    has_verdict = reading.verdict not in _NONE
    span = f"{write_change(contrast.low)} to {write_change(contrast.high)}" if has_range else ""
    ended = experiment.conclusion.at if experiment.conclusion else None
    return (
        Cell(written=experiment.name),
        Cell(written=BY_NAME[experiment.primary].label),
        Cell(written=contrast.arm.name),
        _change(contrast.lift) if has_verdict else UNKNOWN,
        Cell(written=span) if span and has_verdict else UNKNOWN,
        Cell(written=f"{contrast.videos}", number=float(contrast.videos)),
        Cell(written=contrast.verdict.value if len(reading.contrasts) > 1 else reading.title),
        UNKNOWN if ended is None else Cell(written=material.day_at(int(ended.timestamp()))),
    )


def _decided(experiment: Experiment) -> Cell:
    return Cell(written=experiment.conclusion.decision) if experiment.conclusion else UNKNOWN


def learned(material: Material) -> Section | None:
    """Return what the team learned and takes into the next brief, for the team only."""
    found = material.findings.learnings if material.audience.internal else ()
    if not found:
        return None
    return Section(
        key="learned",
        title="What we learned",
        claim=f"{counted(len(found), 'learning')} of this campaign "
        f"{'stands' if len(found) == 1 else 'stand'} in the ledger.",
        points=tuple(_learning(one) for one in found[:_MOST_LEARNINGS]),
    )


def _learning(one: Learning) -> str:
    brief = f" Next brief: {one.clause.rstrip('.')}." if one.clause else ""
    stale = " It is due to be tested again." if one.is_stale else ""
    return f"{one.hypothesis.rstrip('.')}. {WORDS[one.strength]}.{brief}{stale}"


def _left_out(others: int, thin: int) -> str:
    """Return which words are not in the table, in a sentence; '' where all are."""
    parts = [f"{counted(others, 'more word')} compared"] if others else []
    parts += [f"{counted(thin, 'word')} with too few videos to compare"] if thin else []
    return f"Not listed: {', '.join(parts)}." if parts else ""


def patterns(material: Material) -> Section | None:
    """Return which content went with better results, with ranges and what may be luck called so."""
    found = material.findings.patterns
    if found is None or not may_see(found.metric, material.audience):
        return None
    return Section(
        key="patterns",
        title="What content went with",
        claim=found.sentence,
        tables=(
            Table(
                title=f"{found.metric.label} by content, same creators, same age",
                columns=(
                    Column(label="Word"), Column(label="Kind"),
                    Column(label="Against their others", kind=ColumnKind.NUMBER, unit=Unit.SHARE),
                    Column(label="Range, 19 of 20"), Column(label="Videos", kind=ColumnKind.NUMBER),
                    Column(label="Creators", kind=ColumnKind.NUMBER), Column(label="How sure"),
                ),
                rows=tuple(_pattern(one) for one in found.shown),
                note=_left_out(found.others, found.thin),
            ),
        ),
        notes=found.cautions,
    )  # fmt: skip


def _pattern(one: Pattern) -> tuple[Cell, ...]:
    has_range = one.low is not None and one.high is not None
    sure = "Stands out" if one.is_notable else "May well be luck"
    if one.is_mostly_who:
        sure += "; mostly who used it"
    return (
        Cell(written=one.tag.value),
        Cell(written=one.tag.dimension.value),
        _change(one.lift),
        Cell(written=f"{write_change(one.low)} to {write_change(one.high)}") if has_range else UNKNOWN,
        Cell(written=f"{one.videos}", number=float(one.videos)),
        Cell(written=f"{one.creators}", number=float(one.creators)),
        Cell(written=sure),
    )


def _change(lift: float | None) -> Cell:
    return UNKNOWN if lift is None else Cell(written=write_change(lift), number=lift)
