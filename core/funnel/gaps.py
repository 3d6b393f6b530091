"""What is missing in each stage, whose it is, and how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.foreign import foreign_words
from core.funnel.model import Gap
from core.metrics.model import Stage
from core.scope import Traffic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.evidence.campaign import Evidence
    from core.evidence.plan import Partner

_STUDIO = "Ask for the export of TikTok Studio (Analytics, then Download data), or import public video data."
_SCREEN = (
    "It stands on the analytics screen of each video: type it into the form, or import public video data."
)
_ADS = "Import an Ads Manager report by ad and day with these columns, if the videos were advertised."


def find_gaps(evidence: Evidence, stage: Stage) -> tuple[Gap, ...]:
    """Return what is missing in a stage; empty where nothing is or nothing was imported.

    Some videos or days leave out most of what was imported, so for them nothing is said.
    """
    if evidence.scope.video_ids or evidence.scope.first_day or evidence.scope.last_day:
        return ()
    if not evidence.plan.partners and not evidence.videos:
        return (_NOBODY,) if stage is Stage.AWARENESS else ()
    found = (*_FINDERS[stage](evidence), *_foreign(evidence, stage))
    return tuple(gap for gap in found if gap is not None)


_NOBODY = Gap(
    what="The campaign has no creators and no videos yet.",
    how="Add its creators with fee and handle, then import their exports.",
)


_PAID_WITH = frozenset({"cost", "commission"})  # what spend is made of stands in the first stage


def _foreign(evidence: Evidence, stage: Stage) -> list[Gap | None]:
    """Return the gaps of amounts that are in no sum because nobody stated a rate."""
    if stage not in {Stage.AWARENESS, Stage.CONVERSION}:
        return []
    return [
        Gap(what=words.what, how=words.how, page="plan.py", button="State an exchange rate")
        for one in evidence.sources.foreign
        if (words := foreign_words(one, only=_PAID_WITH, others=stage is Stage.CONVERSION))
    ]


def _awareness(evidence: Evidence) -> list[Gap | None]:
    return [
        _of_creators(evidence, "views", "No views are known for some creators", _STUDIO),
        _of_campaign(
            evidence.reach.get(Traffic.TOTAL) is None,
            "Reach is not known.",
            "It stands in Ads Manager reports and on the analytics screen of each video (form).",
        ),
        _people(
            evidence,
            lambda one: one.fee is None,
            "No fee is written down for some creators, so costs are too low",
            "Add the fee to the collaboration; 0 if the product alone was given.",
        ),
        Gap(
            what="Some fees are in another currency and not in the spend",
            how=f"State the fee in {evidence.plan.currency}.",
            whose=evidence.fee_gap,
        )
        if evidence.fee_gap
        else None,
    ]


def _engagement(evidence: Evidence) -> list[Gap | None]:
    return [
        _of_creators(evidence, "likes", "No likes, comments and shares are known for some creators", _STUDIO),
        _of_campaign(
            _unknown(evidence, "views_2s"),
            "The hook rate is not known: 2-second video views and impressions are counted for ads only.",
            _ADS,
        ),
    ]


def _consideration(evidence: Evidence) -> list[Gap | None]:
    return [
        _of_creators(evidence, "watch_seconds", "No watch time is known for some creators", _SCREEN),
        _of_creators(evidence, "saves", "No saves are known for some creators", _SCREEN),
        _of_creators(evidence, "profile_views", "No profile visits are known for some creators", _STUDIO),
    ]


def _conversion(evidence: Evidence) -> list[Gap | None]:
    return [
        _of_campaign(
            not evidence.sources.has_orders and _unknown(evidence, "orders"),
            "No orders are known for the days of the campaign.",
            "Import the orders export of the shop (Shopify, TikTok Shop, WooCommerce).",
        ),
        _people(
            evidence,
            lambda one: not one.has_code and not one.has_link,
            "Some creators have neither code nor tagged link, so no order can be linked to them",
            "Add their promo code, or make a tagged link.",
        ),
        _of_campaign(
            _unknown(evidence, "link_clicks"),
            "Clicks on tagged links are not known.",
            "Import the clicks of your link tool, for instance Bitly, by link and day.",
        ),
        _of_campaign(
            _unknown(evidence, "sessions"),
            "Visits to the shop through tagged links are not known.",
            "Import a GA4 report by day, source, medium, campaign and content.",
        ),
    ]


def _loyalty(evidence: Evidence) -> list[Gap | None]:
    has_orders = not _unknown(evidence, "orders")
    return [
        _of_campaign(
            has_orders and bool(evidence.totals(Traffic.TOTAL).get("orders"))
            and _unknown(evidence, "known_customer_orders"),
            "The orders do not tell customers apart, so new and returning ones are not known.",
            "Export the orders with the e-mail column; addresses are turned into keys and not kept.",
        ),
        _of_creators(
            evidence,
            "followers_at_start",
            "Follower growth is not known for some creators",
            "Ask for the follower history of TikTok Studio; it shows 60 days at most.",
        ),
    ]  # fmt: skip


_FINDERS: Mapping[Stage, Callable[[Evidence], list[Gap | None]]] = {
    Stage.AWARENESS: _awareness,
    Stage.ENGAGEMENT: _engagement,
    Stage.CONSIDERATION: _consideration,
    Stage.CONVERSION: _conversion,
    Stage.LOYALTY: _loyalty,
}


def _unknown(evidence: Evidence, measure: str) -> bool:
    return evidence.totals(Traffic.TOTAL).get(measure) is None


def _of_campaign(is_missing: bool, what: str, how: str) -> Gap | None:  # noqa: FBT001  (a claim, not a switch)
    return Gap(what=what, how=how) if is_missing else None


def _of_creators(evidence: Evidence, measure: str, what: str, how: str) -> Gap | None:
    """Return the gap of the creators for whom a measure is not known."""

    def is_missing(one: Partner) -> bool:
        return evidence.by_creator.get(one.creator_id, {}).get(Traffic.TOTAL, {}).get(measure) is None

    return _people(evidence, is_missing, what, how)


def _people(evidence: Evidence, is_missing: Callable[[Partner], bool], what: str, how: str) -> Gap | None:
    wanted = [one for one in evidence.plan.partners if one.creator_id in evidence.by_creator]
    names = tuple(one.name for one in wanted if is_missing(one))
    return Gap(what=what, how=how, whose=names) if names else None
