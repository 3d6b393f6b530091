"""What is looked at before a verdict: each check with what it found and what to do about it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from core.experiments.model import Design, OutcomeKind
from core.experiments.reading_estimates import events_of
from core.experiments.reading_model import Check, CheckKind, CheckStatus
from core.experiments.reading_rows import MATURE_SHARE
from core.statistics.splits import SUSPICIOUS, fisher_exact, split_as_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.experiments.model import Arm, ExperimentData
    from core.experiments.reading_contrasts import Measured
    from core.experiments.reading_rows import Gathered

FEWEST_EVENTS = 10
MISSING_POINTS = 0.10  # more missing in one version than in another
MISSING_VIDEOS = 2  # at least so many more, since one of six is 17 points already
PAID_ERROR = 0.01
DOMINANT = 0.5
SUSPICIOUS_FACTOR = 3.0
SHARED_SHARE = 0.10
ZERO_SHARE = 0.10


def checks_before(data: ExperimentData, gathered: Gathered) -> tuple[Check, ...]:
    """Return the checks that need no estimate, the blocking ones included."""
    if data.design is Design.AUDIENCE_SPLIT:
        return (_plan(data), _people_split(data), _events(data, gathered), _reach(data))
    return (
        _plan(data),
        _versions(data, gathered),
        _delivery(data, gathered),
        _missing(data, gathered),
        _maturity(data, gathered),
        _paid(data, gathered),
        _events(data, gathered),
        _zeros(data, gathered),
        _shared(gathered),
        _left(data, gathered),
    )


def checks_after(data: ExperimentData, gathered: Gathered, measured: Sequence[Measured]) -> tuple[Check, ...]:
    """Return the checks that look at the figures themselves."""
    if data.design is Design.AUDIENCE_SPLIT:
        return (_size(measured),)
    return (_dominance(data, gathered), _size(measured))


def is_blocking(checks: Iterable[Check]) -> bool:
    """Return whether one of the checks must be put right before any verdict."""
    return any(check.status is CheckStatus.BLOCKED for check in checks)


def too_few_events(data: ExperimentData, gathered: Gathered) -> tuple[Arm, ...]:
    """Return the versions with fewer than ten events; none for amounts."""
    if data.primary.kind is OutcomeKind.VALUE:
        return ()
    return tuple(arm for arm in data.arms if _events_in(data, gathered, arm) < FEWEST_EVENTS)


def _events_in(data: ExperimentData, gathered: Gathered, arm: Arm) -> float:
    if data.design is Design.AUDIENCE_SPLIT:
        found = next((one for one in data.audience if one.arm == arm.key), None)
        return float((found.successes.get(data.primary.key) if found else None) or 0.0)
    return events_of(data, gathered.columns, arm)


def _passed(kind: CheckKind, sentence: str) -> Check:
    return Check(kind=kind, status=CheckStatus.PASSED, sentence=sentence)


def _plan(data: ExperimentData) -> Check:
    keys = [arm.key for arm in data.arms]
    unknown = sorted({slot.arm for slot in data.slots} - set(keys))
    if len(keys) < 2:
        what, cure = (
            "There is only one version, so nothing can be compared.",
            "Add a second version to the plan.",
        )
    elif len(set(keys)) < len(keys):
        what, cure = "Two versions carry the same key.", "Give every version its own."
    elif data.control is None:
        what = "The plan does not say which version the others are compared with."
        cure = "Choose exactly one version as the control."
    elif unknown:
        what = f"Planned videos name a version that the plan does not have: {', '.join(unknown)}."
        cure = "Draw the assignment again, or put the version back."
    elif not data.is_association and data.design is not Design.AUDIENCE_SPLIT and not data.slots:
        what = "Nobody drew which video gets which version."
        cure = "Draw the assignment in the plan; what was not drawn is an association only."
    else:
        return _passed(CheckKind.PLAN, "Versions, control and assignment are fixed.")
    return Check(kind=CheckKind.PLAN, status=CheckStatus.BLOCKED, sentence=what, cure=cure)


def _versions(data: ExperimentData, gathered: Gathered) -> Check:
    if gathered.doubled:
        what = f"{_some(gathered.doubled)} stand under two versions or creators."
        cure = "Say which version each of them is."
    elif gathered.strangers:
        names = _some(sorted({row.arm for row in gathered.strangers}))
        who = _videos(len(gathered.strangers), "names", "name")
        what = f"{who} a version that the plan does not have: {names}."
        cure = "Say which planned version they are, or take them out of the experiment."
    elif data.design is Design.WHOLE_CREATORS and (both := _both_versions(data, gathered)):
        what = f"{_some(both)} made more than one version, though each creator was to make one."
        cure = "Take the videos out that were not planned."
    else:
        return _passed(CheckKind.ARMS, "Every video carries a version of the plan.")
    return Check(kind=CheckKind.ARMS, status=CheckStatus.BLOCKED, sentence=what, cure=cure)


def _both_versions(data: ExperimentData, gathered: Gathered) -> list[str]:
    arms: dict[str, set[str]] = {}
    for row in gathered.taking_part:
        arms.setdefault(row.creator, set()).add(row.arm)
    return [_name(data, creator) for creator, own in arms.items() if len(own) > 1]


def _delivery(data: ExperimentData, gathered: Gathered) -> Check:
    kind = CheckKind.DELIVERY
    if not data.slots:
        return _passed(kind, "No number of videos was planned.")
    planned = Counter((slot.creator, slot.arm) for slot in data.slots)
    came = Counter((row.creator, row.arm) for row in gathered.taking_part)
    names = {arm.key: arm.name for arm in data.arms}
    parts = [
        f"{names.get(arm, arm)}: {sum(n for (_, key), n in came.items() if key == arm)} of "
        f"{sum(n for (_, key), n in planned.items() if key == arm)}"
        for arm in dict.fromkeys(arm.key for arm in data.arms)
    ]
    short = {key: n - came[key] for key, n in planned.items() if came[key] < n}
    if not short:
        return _passed(kind, f"All planned videos came in ({'; '.join(parts)}).")
    who = Counter({creator: 0 for creator, _ in short})
    for (creator, _), n in short.items():
        who[creator] += n
    missing = _some([f"{_name(data, creator)} ({n})" for creator, n in who.most_common()])
    sentence = f"Videos in of those planned: {'; '.join(parts)}. Missing: {missing}."
    if gathered.is_end:
        return Check(
            kind=kind, status=CheckStatus.CAUTION, sentence=sentence,
            cure="If one version was harder to make, say so beside the result.",
        )  # fmt: skip
    return Check(kind=kind, status=CheckStatus.WAITING, sentence=sentence, cure="Remind the creators named.")


def _missing(data: ExperimentData, gathered: Gathered) -> Check:
    kind, words = CheckKind.MISSING, data.primary.words
    old = gathered.used + gathered.uncounted + gathered.zeros
    gone = {row.video_id for row in gathered.uncounted}
    tracked = [row for row in gathered.taking_part if row.has_tracking is not None]
    for arm in data.arms:
        own = [row for row in tracked if row.arm == arm.key]
        others = [row for row in tracked if row.arm != arm.key]
        if own and not any(row.has_tracking for row in own) and any(row.has_tracking for row in others):
            return Check(
                kind=kind, status=CheckStatus.BLOCKED,
                sentence=f"No video of {arm.name} carries its tracked link or code, while others do.",
                cure="Put the links in place; without them its clicks and orders cannot be seen.",
            )  # fmt: skip
    missing = {
        arm.key: [
            row for row in old if row.arm == arm.key and (row.video_id in gone or row.has_tracking is False)
        ]
        for arm in data.arms
    }
    counts = {arm.key: sum(row.arm == arm.key for row in old) for arm in data.arms}
    shares = {key: len(rows) / counts[key] for key, rows in missing.items() if counts[key]}
    if len(shares) > 1:
        worst, best = max(shares, key=lambda key: shares[key]), min(shares, key=lambda key: shares[key])
        more = len(missing[worst]) - len(missing[best])
        if shares[worst] - shares[best] > MISSING_POINTS and more >= MISSING_VIDEOS:
            names = {arm.key: arm.name for arm in data.arms}
            return Check(
                kind=kind, status=CheckStatus.BLOCKED,
                sentence=f"{shares[worst]:.0%} of the videos of {names[worst]} lack {words} or tracking, "
                f"but only {shares[best]:.0%} of {names[best]}.",
                cure=f"Import what is missing: {_some([row.video_id for row in missing[worst]])}.",
            )  # fmt: skip
    total = sum(map(len, missing.values()))
    if total:
        who = _videos(total, "is old enough but lacks", "are old enough but lack")
        return Check(
            kind=kind, status=CheckStatus.CAUTION,
            sentence=f"{who} {words} or tracking, in all versions about equally.",
            cure="Import an export made when the videos reached the reading age.",
        )  # fmt: skip
    return _passed(kind, "No version misses more numbers than another.")


def _maturity(data: ExperimentData, gathered: Gathered) -> Check:
    kind, progress = CheckKind.MATURITY, gathered.progress
    if not progress.delivered:
        return Check(
            kind=kind, status=CheckStatus.WAITING, sentence="No video has come in yet.",
            cure="Import the creators' exports, and see that the videos are matched to the plan.",
        )  # fmt: skip
    verb = "is" if progress.matured == 1 else "are"
    sentence = f"{progress.matured} of {_videos(progress.delivered)} {verb} at {data.reading_age} days."
    if progress.matured >= MATURE_SHARE * progress.delivered:
        return _passed(kind, sentence)
    return Check(
        kind=kind, status=CheckStatus.WAITING, sentence=f"Still maturing: {sentence}",
        cure=f"Import exports made {data.reading_age} days after posting or later.",
    )  # fmt: skip


def _paid(data: ExperimentData, gathered: Gathered) -> Check:
    kind = CheckKind.PAID
    known = [row for row in gathered.taking_part if row.was_boosted is not None]
    if not known and gathered.taking_part:
        return Check(
            kind=kind, status=CheckStatus.UNKNOWN, sentence="No file says which videos were boosted.",
            cure="Import the ads report of these days, or see that no video was boosted.",
        )  # fmt: skip
    control = data.control
    for arm in data.challengers:
        if control is None:
            break
        own, other = (_boosted([row for row in known if row.arm == key]) for key in (arm.key, control.key))
        if fisher_exact(own, other) < PAID_ERROR:
            return Check(
                kind=kind, status=CheckStatus.BLOCKED,
                sentence=f"{own[0]} of {sum(own)} videos of {arm.name} were boosted, "
                f"but {other[0]} of {sum(other)} of {control.name}.",
                cure="Compare organic views only, or boost both versions alike and start again.",
            )  # fmt: skip
    boosted = sum(bool(row.was_boosted) for row in known)
    if not boosted:
        return _passed(kind, "No video was boosted.")
    return Check(
        kind=kind, status=CheckStatus.CAUTION,
        sentence=f"{_videos(boosted, 'was', 'were')} boosted, in all versions about equally often.",
        cure="Bought and earned views behave differently: read organic views where you can.",
    )  # fmt: skip


def _boosted(rows: Sequence[object]) -> tuple[int, int]:
    yes = sum(bool(row.was_boosted) for row in rows)  # type: ignore[attr-defined]
    return yes, len(rows) - yes


def _events(data: ExperimentData, gathered: Gathered) -> Check:
    kind, events = CheckKind.EVENTS, data.primary.events
    if data.primary.kind is OutcomeKind.VALUE:
        return _passed(kind, f"Every video counts with its own {events}.")
    few = too_few_events(data, gathered)
    if not gathered.used and data.design is not Design.AUDIENCE_SPLIT:
        return Check(
            kind=kind, status=CheckStatus.WAITING,
            sentence=f"No video is counted at {data.reading_age} days yet.",
            cure="See the videos set aside for what they wait for.",
        )  # fmt: skip
    if not few:
        return _passed(kind, f"Every version has {FEWEST_EVENTS} {events} or more.")
    had = "; ".join(f"{arm.name}: {_events_in(data, gathered, arm):,.0f}" for arm in few)
    return Check(
        kind=kind, status=CheckStatus.TOO_LITTLE,
        sentence=f"Fewer than {FEWEST_EVENTS} {events} ({had}) are not enough to judge.",
        cure="Wait for more, or choose a metric that happens more often.",
    )  # fmt: skip


def _zeros(data: ExperimentData, gathered: Gathered) -> Check:
    kind, zeros = CheckKind.ZEROS, len(gathered.zeros)
    if not zeros:
        return _passed(kind, "Every counted video has a figure.")
    sentence = (
        f"{_videos(zeros, 'has', 'have')} no {data.primary.events} at all and cannot be compared by factors."
    )
    if zeros > ZERO_SHARE * (zeros + len(gathered.used)):
        return Check(
            kind=kind, status=CheckStatus.TOO_LITTLE, sentence=sentence,
            cure="Judge by a rate instead, in which a zero counts like any other figure.",
        )  # fmt: skip
    return Check(
        kind=kind, status=CheckStatus.CAUTION, sentence=sentence, cure="See whether they were counted."
    )


def _shared(gathered: Gathered) -> Check:
    kind, shared = CheckKind.SHARED, gathered.shared
    if not shared:
        return _passed(kind, "No other running experiment uses these videos.")
    names = _some(sorted({name for row in shared for name in row.also_in}))
    total = len(shared) + len(gathered.taking_part)
    is_many = len(shared) > SHARED_SHARE * total
    who = _videos(len(shared), "also belongs", "also belong")
    return Check(
        kind=kind, status=CheckStatus.BLOCKED if is_many else CheckStatus.CAUTION,
        sentence=f"{who} to {names}, so nobody can tell which change did what.",
        cure="Leave each video in one experiment. Here they are set aside."
        if not is_many else "Leave each video in one experiment.",
    )  # fmt: skip


def _left(data: ExperimentData, gathered: Gathered) -> Check:
    kind = CheckKind.LEFT
    gone = [one for one in data.creators if one.left_day is not None and one.left_day <= data.today]
    if not gone:
        return _passed(kind, "No creator left.")
    arms = {one.key: {row.arm for row in gathered.used if row.creator == one.key} for one in gone}
    compared = [one.name for one in gone if len(arms[one.key]) > 1]
    stays = f" What {_some(compared)} finished in both versions still counts." if compared else ""
    return Check(
        kind=kind, status=CheckStatus.CAUTION,
        sentence=f"{_some([one.name for one in gone])} left before the end.{stays}",
        cure="If they left because of a version, the result is kinder to it than it should be.",
    )  # fmt: skip


def _people_split(data: ExperimentData) -> Check:
    kind = CheckKind.SPLIT
    found = {one.arm: one.people for one in data.audience}
    people = [found.get(arm.key) for arm in data.arms]
    known = [count for count in people if count is not None and math.isfinite(count)]
    if len(known) < len(data.arms) or len(known) < 2:
        return Check(
            kind=kind, status=CheckStatus.TOO_LITTLE,
            sentence="People reached are not known for every version.",
            cure="Import the ad platform's report with reach per ad or ad group.",
        )  # fmt: skip
    shares = [1.0 if arm.planned_share is None else arm.planned_share for arm in data.arms]
    names = "; ".join(f"{arm.name}: {count:,.0f}" for arm, count in zip(data.arms, known, strict=True))
    if split_as_planned(known, shares) < SUSPICIOUS:
        return Check(
            kind=kind, status=CheckStatus.BLOCKED,
            sentence=f"People were not divided as planned ({names} people); luck would not do this.",
            cure="Look for an ad that was stopped, edited or limited; compare only the days when both ran.",
        )  # fmt: skip
    return _passed(kind, f"People were divided as planned ({names}).")


def _reach(data: ExperimentData) -> Check:
    events = (
        ""
        if all(one.are_people for one in data.audience)
        else " Events are counted, not people, so the range is too narrow."
    )
    return Check(
        kind=CheckKind.REACH, status=CheckStatus.CAUTION,
        sentence="The platform shows each ad to the people it suits, and one video per version says which "
        f"video did better, not which idea.{events}",
        cure="Read it as: this ad did better with the people it was shown to.",
    )  # fmt: skip


def _dominance(data: ExperimentData, gathered: Gathered) -> Check:
    kind, columns = CheckKind.DOMINANCE, gathered.columns
    for arm in data.arms:
        total = events_of(data, columns, arm)
        counts = columns.numbers[data.primary.key][0][columns.arms == data.arms.index(arm)]
        if len(counts) > 1 and float(counts.max()) > DOMINANT * total > 0:
            share = float(counts.max()) / total
            return Check(
                kind=kind, status=CheckStatus.CAUTION,
                sentence=f"One video holds {share:.0%} of all {data.primary.events} of {arm.name}.",
                cure="Read the typical video, not the totals.",
            )  # fmt: skip
    return _passed(kind, "No single video holds more than half of a version's total.")


def _size(measured: Sequence[Measured]) -> Check:
    kind = CheckKind.SIZE
    for one in measured:
        if one.log_lift is not None and abs(one.log_lift) > math.log(SUSPICIOUS_FACTOR):
            factor = math.exp(min(abs(one.log_lift), 50))
            return Check(
                kind=kind, status=CheckStatus.CAUTION,
                sentence=f"{one.arm.name} differs by a factor of {factor:.1f}; so much is rarely real.",
                cure="Check tracking and imports before celebrating.",
            )  # fmt: skip
    return _passed(kind, "The difference is of a size that happens.")


def _name(data: ExperimentData, creator: str) -> str:
    return next((one.name for one in data.creators if one.key == creator), creator)


def _videos(count: int, one: str = "", many: str = "") -> str:
    """Return a number of videos, with the verb that fits it."""
    return f"{count} video {one}".rstrip() if count == 1 else f"{count} videos {many}".rstrip()


def _some(names: Sequence[str], most: int = 5) -> str:
    """Return names in words, the first few and how many more."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""
