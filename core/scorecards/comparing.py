"""Two to four creators side by side, with the chance that one is better than another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.benchmarks.scored import SCORED_BY_NAME
from core.errors import refusal
from core.scorecards.fits import SHARES
from core.scorecards.words import in_sentence, share_words
from core.statistics.posteriors import draws_of_quantiles
from core.statistics.ranks import best_of, chance_better

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.model import Metric
    from core.scorecards.model import Estimate, Header, Scorecard, Scorecards

FEWEST, MOST = 2, 4
_DRAWS = 4_000
_SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricBeside:
    """One metric of the creators compared.

    Attributes:
        metric: its definition.
        estimates: in the order of the creators; None where a creator has none.
        chance: that the leader is really the best (of two: the better one); None where it cannot be said.
        sentence: in words.
    """

    metric: Metric
    estimates: tuple[Estimate | None, ...]
    chance: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Creators beside each other, metric by metric; the metric that decides comes first."""

    header: Header
    cards: tuple[Scorecard, ...]
    rows: tuple[MetricBeside, ...]


def side_by_side(scorecards: Scorecards, creator_ids: Sequence[int]) -> SideBySide:
    """Return two to four creators of a campaign beside each other.

    Raises:
        PlumblineError: `too-few-chosen`, `too-many-chosen`; creators who are not there are left out first.
    """
    cards = tuple(card for one in dict.fromkeys(creator_ids) if (card := scorecards.card(one)) is not None)
    if len(cards) < FEWEST:
        raise refusal("too-few-chosen", "There is nobody to compare with.", "Choose two to four creators.")
    if len(cards) > MOST:
        raise refusal(
            "too-many-chosen", f"{len(cards)} creators do not fit side by side.", "Choose up to four."
        )
    judged = scorecards.header.judged_by
    metrics = sorted(scorecards.metrics, key=lambda metric: metric.name != judged.name)
    rows = (_beside(metric, cards) for metric in metrics)
    return SideBySide(
        header=scorecards.header, cards=cards, rows=tuple(row for row in rows if any(row.estimates))
    )


def _beside(metric: Metric, cards: Sequence[Scorecard]) -> MetricBeside:
    estimates = tuple(card.estimates.get(metric.name) for card in cards)
    known = [
        (card, one) for card, one in zip(cards, estimates, strict=True) if one is not None and one.quantiles
    ]
    if len(known) < FEWEST:
        said = f"{metric.label}: not enough is known to say who is better."
        return MetricBeside(metric=metric, estimates=estimates, chance=None, sentence=said)
    is_high_good = SCORED_BY_NAME[metric.name].is_high_good
    draws = draws_of_quantiles(SHARES, np.array([one.quantiles for _, one in known]), _DRAWS, _SEED)
    best = best_of(draws, is_high_good=is_high_good)
    name = known[best.creator][0].name
    if len(known) == FEWEST:
        other = known[1 - best.creator][0].name
        chance = chance_better(draws[best.creator], draws[1 - best.creator], is_high_good=is_high_good)
        said = f"Chance that {name} is really better than {other} on {in_sentence(metric)}: "
        said += f"{share_words(chance)}."
    else:
        chance = best.chance
        said = (
            f"Chance that {name} is really the best of these on {in_sentence(metric)}: {share_words(chance)}."
        )
    if not best.is_clear:
        said += " That is not clear enough to choose by."
    return MetricBeside(metric=metric, estimates=estimates, chance=chance, sentence=said)
