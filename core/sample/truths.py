"""What is true of the sample campaign, worked out from its world and not from its files.

`python -m core.sample.truths` writes docs/sample-campaign.md; a test holds the page and
the imported figures to these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.sample.cast import SPRING, ZONE, CastCreator
from core.sample.load import sample_files, worlds
from core.sample.trial_cast import TRIAL_BRAND, TRIAL_CREATORS, TRIAL_LIST, TRIALS
from core.sample.trial_files import trial_files
from core.sample.trial_world import make_trials
from core.units import write_money

if TYPE_CHECKING:
    from core.sample.world import World, WorldOrder

PAGE = Path("docs/sample-campaign.md")
_COUNTED = frozenset({"paid", "refunded", "partially_refunded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorTruth:
    """One creator's true figures, as far as the files of the sample can show them.

    Attributes:
        creator: who.
        videos: how many videos they posted in the campaign.
        views: lifetime views, organic and paid, at the evening before the last export, as the
            files show them: exact where Studio exports came in to the end, else public and rounded.
        true_orders: orders they truly brought.
        orders: of these, the ones that carry their code, come from TikTok Shop during the
            campaign, or follow a tagged click that web analytics saw, and were paid.
        revenue: net value of these, minor units.
        misspelt: orders with a code that nobody made.
    """

    creator: CastCreator
    videos: int
    views: int
    true_orders: int
    orders: int
    revenue: int
    misspelt: int


def creator_truths(world: World) -> tuple[CreatorTruth, ...]:
    """Return the truth about every creator of a campaign."""
    return tuple(_truth(world, creator) for creator in world.creators)


def _truth(world: World, creator: CastCreator) -> CreatorTruth:
    brought = [order for order in world.orders if order.creator is creator]
    linked = [order for order in brought if _is_linked(world, order)]
    seen = world.campaign.last_export - timedelta(days=1)
    return CreatorTruth(
        creator=creator,
        videos=len(world.videos_of(creator)),
        views=sum(video.views_to(seen) for video in world.videos_of(creator)),
        true_orders=len(brought),
        orders=len(linked),
        revenue=sum(order.subtotal - order.refunded for order in linked),
        misspelt=sum(any("-" in code for code in order.codes) for order in brought),
    )


def _is_linked(world: World, order: WorldOrder) -> bool:
    """Return whether files show whose order it is, and that it was paid."""
    if order.status not in _COUNTED or order.creator is None:
        return False
    has_shop_and_web_files = world.campaign is SPRING
    if order.shop_order_id:
        if not has_shop_and_web_files:
            return False
        day = order.at.astimezone(ZoneInfo(ZONE)).date()
        return world.campaign.first_day <= day <= world.campaign.last_day
    has_code = any(code.upper() == order.creator.code for code in order.codes)
    return has_code or (order.by_link and has_shop_and_web_files)


def page() -> str:
    """Return the page about the sample campaign."""
    parts = [
        (
            "# The sample campaign\n\n"
            "Northlight Tea, its creators and all figures are invented. The files are made by `core/sample`, the same on "
            "every machine, in the shapes of real exports, and imported by the path that your own files take. What is "
            "true is known, so that what Plumbline says can be checked against it. Made by `make docs`.\n"
        )
    ]
    parts += [_campaign(world) for world in reversed(worlds())]
    parts.append(_trials())
    parts.append(
        "## What is wrong in the files on purpose\n\n"
        "- Five codes that nobody made (`ADA-15` for `ADA15`): listed for mapping, credited to nobody.\n"
        "- Codes in another case, and two codes on one order (`WELCOME10 + ADA15`).\n"
        "- Orders that are cancelled, pending, refunded in whole or in part.\n"
        "- TikTok Shop orders that are in the Shopify file and in the affiliate file: each counts once.\n"
        "- One creator who never sends exports and one who stops after the second week: public counts stand in, rounded.\n"
        "- A totals row at the top of the ads report, conversions masked as `<5`, a totals row one cell too long in "
        "the analytics exploration.\n"
        "- Days without a year, negative comment counts, viewers that are `undefined` on the newest day.\n"
        "- One creator without a fee.\n"
        "- One content test in which somebody bought views for seven videos of one version and none of the other.\n"
    )
    return "\n".join(parts)


def _campaign(world: World) -> str:
    campaign = world.campaign
    rows = [
        "| creator | videos | views | orders brought | of these shown by files | their net value | misspelt codes |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for truth in creator_truths(world):
        value = write_money(truth.revenue, "GBP")
        rows.append(
            f"| {truth.creator.name} | {truth.videos} | {truth.views:,} | {truth.true_orders} | {truth.orders} "
            f"| {value} | {truth.misspelt} |"
        )
    files = len(sample_files(world))
    return (
        f"## {campaign.name}\n\n{campaign.first_day} to {campaign.last_day}, {len(world.creators)} creators, "
        f"{len(world.videos)} videos, {len(world.orders):,} orders of the shop, {files} files.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _trials() -> str:
    videos = make_trials()
    rows = [
        "| test | creators | videos | true effect on clicks per view | videos with bought views | clicks at 7 days |",
        "|---|---:|---:|---|---:|---:|",
    ]
    for trial in TRIAL_LIST:
        own = [one for one in videos if one.trial is trial]
        effect = "none" if trial.effect == 1 else f"{trial.effect - 1:+.0%}"
        clicks = sum(one.clicks_at(7) for one in own)
        rows.append(
            f"| {trial.name} | {trial.creators} | {len(own)} | {effect} | {trial.boosted} | {clicks:,} |"
        )
    return (
        f"## {TRIALS.name}\n\n{TRIALS.first_day} to {TRIALS.last_day}, {TRIAL_BRAND}, {len(TRIAL_CREATORS)} creators, "
        f"{len(videos)} videos, {len(trial_files(videos))} files. Three experiments, planned and drawn by the app: one with "
        "a true effect, one without, one spoiled by boosts. The second is concluded, and its learning has grown stale.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
