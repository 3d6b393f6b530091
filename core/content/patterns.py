"""Which content went with better results: inside creators, at equal age, and never called a winner."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from core.access import Action, may, require
from core.entry.words import counted
from core.evidence.compared import counted_of, is_value
from core.evidence.outcomes import (
    VideoOutcome,
    default_traffic,
    is_weekend,
    length_of,
    read_outcomes,
    time_of_day,
)
from core.evidence.tags import TYPED, Dimension, Given, Tag, standing_tags, tested_tags
from core.metrics.registry import BY_NAME
from core.statistics.association import Association, compare_tags
from core.statistics.several import benjamini_hochberg
from core.store.written import table
from core.units import write_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.metrics.model import Metric
    from core.store.engine import Store

MOST_SHOWN = 5
NOTABLE = 0.05  # share of notable patterns that may be luck (Benjamini-Hochberg)
FEWEST_VIDEOS = 3  # with a word, and without it
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A video to watch.

    Attributes:
        figure: its own figure.
        times: that figure as a multiple of the creator's typical one; None where there is none.
    """

    video_id: str
    creator: str
    caption: str
    url: str
    figure: float
    times: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How videos with a word did beside videos of the same creators without it.

    Attributes:
        tag: the word; its id is 0 where it is worked out.
        lift: of the same creator's typical video, as a share; None with a reason in `sentence`.
        low, high: 95 % interval of it.
        raw: the same over everybody, whoever made the videos; None where one side is empty.
        with_word: videos that have it.
        videos, creators: how many carry the comparison.
        is_notable: stands out after allowing for all words that were compared.
        is_mostly_who: mostly explained by who used it.
        is_in_test: an experiment was started about it.
        examples: videos with the word that show the pattern most beside their creator's others.
    """

    tag: Tag
    lift: float | None
    low: float | None
    high: float | None
    raw: float | None
    with_word: int
    videos: int
    creators: int
    is_notable: bool
    is_mostly_who: bool
    is_in_test: bool
    sentence: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """What the figures say about content.

    Attributes:
        metric: what was compared.
        shown: at most five, the clearest first.
        others: words that were compared and are not shown.
        thin: words with too few videos to compare.
        videos: videos at the age with a known figure.
        tagged: of these, the ones with any typed tag.
        sentence: the finding in words.
        cautions: what must be kept in mind.
    """

    metric: Metric
    shown: tuple[Pattern, ...]
    others: int
    thin: int
    videos: int
    tagged: int
    sentence: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    outcome: VideoOutcome
    creator: str
    zone: str
    numerator: float
    denominator: float | None
    words: Mapping[Dimension, tuple[Tag, ...]]
    is_late: bool


def find_patterns(
    store: Store, campaign_id: int, *, metric: str, age: int = 7, all_campaigns: bool = False
) -> Patterns:
    """Return which words went with better results.

    Args:
        store: where to read.
        campaign_id: the campaign.
        metric: name of one of `core.evidence.outcomes.comparable_metrics`.
        age: days after posting at which every video is read.
        all_campaigns: look at every campaign the reader may see.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.READ, campaign_id)
    chosen = BY_NAME[metric]
    with store.reading() as connection:
        zones = _zones(store, connection, None if all_campaigns else campaign_id)
        rows = _rows(connection, chosen, age, zones)
        tested = tested_tags(connection)
    compared = [pattern for dimension in Dimension for pattern in _of_dimension(chosen, dimension, rows)]
    judged = _judged(compared)
    known = sorted(
        (one for one in judged if one[1].refused is None), key=lambda one: (one[1].p_value, one[0].label)
    )
    shown = tuple(_pattern(chosen, tag, found, rows, tested) for tag, found in known[:MOST_SHOWN])
    return Patterns(
        metric=chosen,
        shown=shown,
        others=max(0, len(known) - MOST_SHOWN),
        thin=len(judged) - len(known),
        videos=len(rows),
        tagged=sum(any(row.words.get(dimension) for dimension in TYPED) for row in rows),
        sentence=_sentence(chosen, shown, rows),
        cautions=_cautions(chosen, shown, rows),
    )


def _zones(store: Store, connection: Connection, campaign_id: int | None) -> dict[int, str]:
    plans = table("campaign")
    query = select(plans.c.id, plans.c.zone)
    if campaign_id is not None:
        query = query.where(plans.c.id == campaign_id)
    return {
        row.id: row.zone for row in connection.execute(query) if may(store.principal, Action.READ, row.id)
    }


def _rows(connection: Connection, metric: Metric, age: int, zones: Mapping[int, str]) -> list[_Row]:
    given = standing_tags(connection)
    creators = table("creator")
    names = {row.id: row.name for row in connection.execute(select(creators.c.id, creators.c.name))}
    outcomes = read_outcomes(connection, (metric,), age, campaign_ids=zones, traffic=default_traffic(metric))
    rows = []
    for outcome in outcomes:
        numerator, denominator = counted_of(metric, outcome.counts)
        is_known = numerator is not None and (is_value(metric) or (denominator or 0.0) > 0)
        if outcome.creator_id is None or not is_known:
            continue
        zone = zones[outcome.campaign_id or 0]
        tags = given.get(outcome.video_id, ())
        rows.append(
            _Row(
                outcome=outcome,
                creator=str(names.get(outcome.creator_id, outcome.handle)),
                zone=zone,
                numerator=float(numerator or 0.0),
                denominator=denominator,
                words=_words(outcome, tags, zone),
                is_late=any(_is_late(one, outcome, age) for one in tags),
            )
        )
    return rows


def _words(outcome: VideoOutcome, given: Sequence[Given], zone: str) -> dict[Dimension, tuple[Tag, ...]]:
    found = {
        dimension: tuple(one.tag for one in given if one.tag.dimension is dimension) for dimension in TYPED
    }
    for dimension, value in (
        (Dimension.LENGTH, length_of(outcome.duration_seconds)),
        (Dimension.POSTING_TIME, time_of_day(outcome.posted_at, zone)),
    ):
        found[dimension] = (Tag(tag_id=0, dimension=dimension, value=value),) if value else ()
    return found


def _is_late(given: Given, outcome: VideoOutcome, age: int) -> bool:
    return outcome.posted_day is not None and given.at // 86_400 > outcome.posted_day + age


def _of_dimension(
    metric: Metric, dimension: Dimension, rows: Sequence[_Row]
) -> list[tuple[Tag, Association]]:
    """Return each word of a kind beside the other videos that have a word of this kind.

    A video without any word of the kind is not known to lack this one, so it stays out.
    """
    told = [row for row in rows if row.words.get(dimension)]
    tags = {tag.value: tag for row in told for tag in row.words[dimension]}
    has = {value: [tag in row.words[dimension] for row in told] for value, tag in tags.items()}
    useful = {
        value: flags
        for value, flags in has.items()
        if sum(flags) >= FEWEST_VIDEOS and len(flags) - sum(flags) >= FEWEST_VIDEOS
    }
    if not useful:
        return []
    both = list(useful.values())
    are_mirrored = len(both) == 2 and all(one is not other for one, other in zip(*both, strict=True))
    found = compare_tags(
        [row.outcome.creator_id for row in told],
        useful,
        [row.numerator for row in told],
        None if is_value(metric) else [float(row.denominator or 0.0) for row in told],
        covariates=_covariates(dimension, told),
    )
    if are_mirrored:  # two words that exclude each other are one comparison, told from its better side
        found = tuple(sorted(found, key=lambda one: -(one.adjusted or 0.0))[:1])
    return [(tags[one.tag], one) for one in found]


def _covariates(dimension: Dimension, rows: Sequence[_Row]) -> dict[str, list[str]]:
    """Return what was known before posting, but for the kind that is compared itself."""
    found = {
        "boosted": ["boosted" if row.outcome.is_boosted else "not" for row in rows],
        "campaign": [str(row.outcome.campaign_id) for row in rows],
    }
    if dimension is not Dimension.LENGTH:
        found["length"] = [length_of(row.outcome.duration_seconds) for row in rows]
    if dimension is not Dimension.POSTING_TIME:
        found["posted"] = [
            ("weekend " if row.outcome.posted_day and is_weekend(row.outcome.posted_day) else "weekday ")
            + time_of_day(row.outcome.posted_at, row.zone)
            for row in rows
        ]
    return {name: values for name, values in found.items() if len(set(values)) > 1}


def _judged(found: Sequence[tuple[Tag, Association]]) -> list[tuple[Tag, Association]]:
    """Return the comparisons with p-values corrected over all words of all kinds."""
    adjusted = benjamini_hochberg([one.p_value for _, one in found])
    return [(tag, replace(one, p_adjusted=p)) for (tag, one), p in zip(found, adjusted, strict=True)]


def _pattern(
    metric: Metric, tag: Tag, found: Association, rows: Sequence[_Row], tested: frozenset[int]
) -> Pattern:
    lift, low, high, raw = (
        None if one is None else math.expm1(one) for one in (found.adjusted, found.low, found.high, found.raw)
    )
    is_notable = found.p_adjusted <= NOTABLE
    return Pattern(
        tag=tag,
        lift=lift,
        low=low,
        high=high,
        raw=raw,
        with_word=found.with_tag,
        videos=found.videos,
        creators=found.creators,
        is_notable=is_notable,
        is_mostly_who=found.is_mostly_who,
        is_in_test=tag.tag_id in tested,
        sentence=_words_of(metric, tag, found, is_notable=is_notable),
        examples=_examples(metric, tag, rows, is_better=(found.adjusted or 0.0) >= 0),
    )


def _words_of(metric: Metric, tag: Tag, found: Association, *, is_notable: bool) -> str:
    if found.adjusted is None or found.low is None or found.high is None:
        return found.refused.text if found.refused else ""
    lift = math.expm1(found.adjusted)
    name = metric.label.lower()
    size = f"a {name} {abs(lift):.0%} {'higher' if lift >= 0 else 'lower'}"
    if abs(lift) < 0.005:
        size = f"about the same {name}, no higher and no lower,"
    span = f"{write_change(math.expm1(found.low))} and {write_change(math.expm1(found.high))}"
    carried = f"{counted(found.videos, 'video')} of {counted(found.creators, 'creator')}"
    ending = "" if is_notable else " That may well be luck."
    who = _who_words(found) if found.is_mostly_who else ""
    return (
        f"Videos with “{tag.value}” went with {size} than the same creators’ others "
        f"(likely between {span}; {carried})."
        f"{ending}{who}"
    )


def _who_words(found: Association) -> str:
    if abs(found.adjusted or 0.0) < abs(found.raw or 0.0):
        return " Most of the plain difference is explained by who used it."
    return " Who used it hides a part of it in the plain figure."


def _examples(metric: Metric, tag: Tag, rows: Sequence[_Row], *, is_better: bool) -> tuple[Example, ...]:
    """Return the videos with a word that show the pattern most beside their creator's other videos."""
    typical = _typical(rows)
    found = []
    for row in rows:
        figure = _figure(row)
        if tag not in row.words.get(tag.dimension, ()) or figure <= 0:
            continue
        usual = typical.get(row.outcome.creator_id or 0)
        found.append(
            Example(
                video_id=row.outcome.video_id,
                creator=row.creator,
                caption=row.outcome.caption,
                url=row.outcome.url,
                figure=figure * metric.scale,
                times=figure / usual if usual else None,
            )
        )
    found.sort(key=lambda one: ((one.times or 0.0) * (-1 if is_better else 1), one.video_id))
    return tuple(found[:_EXAMPLES])


def _typical(rows: Sequence[_Row]) -> dict[int, float]:
    logs: dict[int, list[float]] = {}
    for row in rows:
        if _figure(row) > 0:
            logs.setdefault(row.outcome.creator_id or 0, []).append(math.log(_figure(row)))
    return {creator: math.exp(sum(own) / len(own)) for creator, own in logs.items()}


def _figure(row: _Row) -> float:
    return row.numerator if row.denominator is None else row.numerator / row.denominator


def _sentence(metric: Metric, shown: Sequence[Pattern], rows: Sequence[_Row]) -> str:
    name = metric.label.lower()
    if not rows:
        return f"No video has a known {name} at this age yet."
    notable = [one for one in shown if one.is_notable]
    if not shown:
        few = "too few videos of the same creators with and without it"
        return f"No word could be compared on {name} yet: {few}."
    if not notable:
        return (
            f"No kind of content stands out on {name} among {counted(len(rows), 'video')}: "
            "what differences there are may be luck."
        )
    first = notable[0]
    verb = "better" if (first.lift or 0.0) > 0 else "worse"
    more = f", and {counted(len(notable) - 1, 'other word')} as well" if len(notable) > 1 else ""
    known = (
        "It is in an experiment: look there for proof." if first.is_in_test else "Nobody has tested it yet."
    )
    word = f"“{first.tag.value}” ({first.tag.dimension.value})"
    return f"{word} went with {verb} {name}{more}. {known}"


def _cautions(metric: Metric, shown: Sequence[Pattern], rows: Sequence[_Row]) -> tuple[str, ...]:
    found = [
        (
            "Association only. Creators chose these words themselves: one who keeps the good hook for the "
            "good idea makes the hook look good, and no arithmetic can take that out. An experiment can."
        )
    ]
    late = sum(row.is_late for row in rows)
    if late:
        were = "was tagged after its" if late == 1 else "were tagged after their"
        found.append(
            f"{counted(late, 'video')} {were} results could be seen, which can colour the choice of words."
        )
    boosted = sum(row.outcome.is_boosted for row in rows)
    if boosted:
        found.append(
            f"{counted(boosted, 'video')} had bought views; {metric.label.lower()} is read on earned views "
            "where both are known."
        )
    if any(one.is_mostly_who for one in shown):
        found.append(
            "Where the plain and the adjusted figure differ by half, it is mostly who used the word."
        )
    return tuple(found)
