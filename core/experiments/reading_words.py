"""The sentences of a reading: plain, with the range, and none that claims more than the verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.experiments.model import Design, OutcomeKind
from core.experiments.reading_model import VerdictKind
from core.metrics.model import Better
from core.statistics.luck import Luck
from core.units import write_count, write_money

if TYPE_CHECKING:
    from core.experiments.model import Arm, ExperimentData, Outcome
    from core.experiments.reading_contrasts import Measured, Rule
    from core.experiments.reading_model import ArmTotals, Guardrail, Progress
    from core.statistics.refused import Refused

_TITLES = {
    VerdictKind.CHECK_DATA: "Check the data",
    VerdictKind.ASSOCIATION: "Association only",
    VerdictKind.NOT_ENOUGH: "Not enough to judge",
    VerdictKind.EARLY_WINNER: "Early winner: {arm}",
    VerdictKind.STOP: "Stop {arm}",
    VerdictKind.KEEP_GOING: "Keep going",
    VerdictKind.WINS: "{arm} wins",
    VerdictKind.WINS_BUT_HURTS: "{arm} wins on {events} but hurts {hurt}",
    VerdictKind.KEEP_CONTROL: "Keep {control}",
    VerdictKind.NO_DIFFERENCE: "No difference that matters",
    VerdictKind.LEANING: "Undecided, leaning {arm}",
    VerdictKind.UNDECIDED: "Undecided",
}


def title_of(
    kind: VerdictKind, data: ExperimentData, arm: Arm | None, breached: tuple[Guardrail, ...] = ()
) -> str:
    """Return the verdict in a few words."""
    return _TITLES[kind].format(
        arm=arm.name if arm else "a version",
        control=data.control.name if data.control else "the control",
        events=data.primary.events,
        hurt=" and ".join(one.outcome.label.lower() for one in breached) or "another metric",
    )


def percent(share: float) -> str:
    """Return a share as a whole per cent, with one decimal below ten where it matters."""
    size = abs(share)
    return f"{size:.1%}" if 0 < size < 0.0095 else f"{size:,.0%}"


def lift_words(share: float, outcome: Outcome) -> str:
    """Return a lift as `51% more` or `20% fewer`, `no more and no fewer` where it rounds to nothing."""
    less = "less" if outcome.is_amount else "fewer"
    if round(abs(share), 3) == 0:
        return f"no more and no {less}"
    return f"{percent(share)} {'more' if share > 0 else less}"


def range_words(low: float, high: float, outcome: Outcome) -> str:
    """Return a range as `likely between 16% and 97% more`."""
    if math.isinf(high) and low <= -1:
        return "anything is still possible"
    less = "less" if outcome.is_amount else "fewer"
    if math.isinf(high):
        return f"likely at least {lift_words(low, outcome)}"
    if low <= -1:
        return f"likely at most {lift_words(high, outcome)}"
    if low > 0:
        return f"likely between {percent(low)} and {percent(high)} more"
    if high < 0:
        return f"likely between {percent(high)} and {percent(low)} {less}"
    return f"likely between {percent(low)} {less} and {percent(high)} more"


def chance_words(chance: float) -> str:
    """Return a chance as shown: never above `over 99%` nor below `under 1%`."""
    if chance > 0.99:
        return "over 99%"
    return "under 1%" if chance < 0.01 else f"{chance:.0%}"


def finding(data: ExperimentData, one: Measured) -> str:
    """Return the estimate with its range in one sentence; '' where there is none."""
    if one.log_lift is None:
        return ""
    outcome = data.primary
    share, low, high = _shares(one)
    if data.design is Design.AUDIENCE_SPLIT:
        said = f"People shown {one.arm.name} gave {lift_words(share, outcome)} {outcome.events} per person"
    elif data.is_association:
        said = f"Videos with {one.arm.name} were linked to {lift_words(share, outcome)} {outcome.words}"
    elif data.design is Design.WHOLE_CREATORS:
        said = (
            f"A creator’s typical video got {lift_words(share, outcome)} {outcome.words} with {one.arm.name}"
        )
    else:
        said = (
            f"The same creator’s typical video got {lift_words(share, outcome)} {outcome.words} "
            f"with {one.arm.name}"
        )
    return f"{said} ({range_words(low, high, outcome)})."


def _shares(one: Measured) -> tuple[float, float, float]:
    return to_share(one.log_lift or 0.0), to_share(one.low), to_share(one.high)


def to_share(log_lift: float) -> float:
    """Return a log lift as a share: 0.5 is half as much again, −1 everything lost, infinite: unbounded."""
    return math.expm1(log_lift) if log_lift < 700 else math.inf


def basis(data: ExperimentData, creators: int, videos: int) -> str:
    """Return what a comparison rests on, in one sentence."""
    if data.design is Design.AUDIENCE_SPLIT:
        return "Read on people, divided by the ad platform."
    how = "not assigned by anybody" if data.is_association else "assigned at random"
    who = f"{creators} creator{'' if creators == 1 else 's'}"
    what = f"{videos} video{'' if videos == 1 else 's'}"
    return f"{who}, {what}, read at {data.reading_age} days, {how}."


def progress_words(progress: Progress) -> str:
    """Return how many videos are in, for instance `18 of 36 videos in`."""
    if progress.planned:
        return f"{progress.used} of {progress.planned} videos in"
    return f"{progress.used} video{'' if progress.used == 1 else 's'} in"


def belief(chance: float | None, loss: float | None, outcome: Outcome, arm: Arm) -> str:
    """Return chance and expected loss in one or two sentences; '' where they are not given."""
    if chance is None or loss is None:
        return ""
    kind = "lower" if outcome.better is Better.LOWER else "better"
    said = f"Chance that {arm.name} is really {kind}: {chance_words(chance)}."
    if chance < 0.5:
        return said
    what = outcome.events
    verb = "spend" if outcome.better is Better.LOWER else "lose"
    more = " more" if outcome.better is Better.LOWER else " of"
    if loss < 0.0005:
        return f"{said} If this is wrong, next to nothing is lost."
    return f"{said} If this is wrong, expect to {verb} about {loss:.1%}{more} {what}."


def loss_in_kind(loss: float | None, total: float | None, outcome: Outcome) -> str:
    """Return the expected loss over as many videos as were counted, in events or money; '' if unknown."""
    if loss is None or total is None or outcome.kind is OutcomeKind.VALUE:
        return ""
    events = loss * total
    if outcome.worth_minor is not None:
        worth = write_money(round(events * outcome.worth_minor), outcome.currency)
        return f"about {worth} over as many videos as these"
    return f"about {write_count(round(events))} of {write_count(round(total))} {outcome.events}"


def luck_words(luck: Luck | Refused | None, *, is_judged: bool) -> str:
    """Return how often luck alone does this, in one sentence; '' where it was not worked out."""
    if not isinstance(luck, Luck):
        return ""
    ways = f"all {luck.assignments:,} ways" if luck.is_exact else f"{luck.assignments:,} random ways"
    often = "fewer than 0.1%" if luck.share < 0.001 else f"{luck.share:.1%}"
    for_whom = "" if is_judged else " This speaks for these creators only."
    return (
        f"Handing out the versions differently gives at least this difference in {often} of {ways} "
        f"to do it.{for_whom}"
    )


def totals_words(totals: ArmTotals, outcome: Outcome, per: str = "") -> str:
    """Return one version's totals in words, for instance `B: 41,300 clicks from 2,900,000 views`."""
    if totals.numerator is None:
        return f"{totals.arm.name}: nothing counted yet"
    counted = write_count(round(totals.numerator))
    if outcome.kind is OutcomeKind.VALUE:
        videos = f"{totals.videos} video{'' if totals.videos == 1 else 's'}"
        return f"{totals.arm.name}: {counted} {outcome.events} from {videos}"
    below = f"{write_count(round(totals.denominator or 0))} {per or f'{outcome.per}s'}"
    return f"{totals.arm.name}: {counted} {outcome.events} from {below}"


def missing_words(progress: Progress, rule: Rule, age: int) -> str:
    """Return what would have to come in, in one sentence; '' where nothing was planned."""
    left = max(progress.planned - progress.used, 0)
    if rule.is_closed and rule.why_closed:
        return rule.why_closed
    if not left or progress.end_day is not None:
        return ""
    return f"{left} planned video{' is' if left == 1 else 's are'} still to come in and to reach {age} days."
