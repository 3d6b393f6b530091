"""The sample's content tests written down by the app's own functions: plans, draws, tags, one conclusion."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.campaigns import add_collaboration, create_brand, create_campaign, find_campaign, list_brands
from core.content import TagRow, keep_usual_words, list_tagged_videos, set_tags
from core.creators import create_creator, list_creators
from core.evidence.tags import Dimension
from core.experiments.assignment import start_experiment
from core.experiments.concluding import conclude
from core.experiments.learnings import add_learning, list_learnings
from core.experiments.planned import Status
from core.experiments.plans import create_plan, list_experiments
from core.sample.cast import SHOP_CURRENCY, ZONE
from core.sample.trial_cast import TRIAL_BRAND, TRIAL_CREATORS, TRIAL_LIST, TRIALS, Trial

if TYPE_CHECKING:
    from core.store.engine import Store

_HOOKS = {
    "Stop steeping hot": "bold claim", "You are making iced tea wrong": "mistake to avoid",
    "My 5 minute cold brew": "result first", "Taste test": "question", "Day in my life": "no hook",
}  # fmt: skip
_FORMATS = {"Taste test": "review", "Day in my life": "voice-over"}
_CONCLUDED = TRIAL_LIST[1]


def _noon(day: date) -> int:
    return int(datetime.combine(day, time(12), UTC).timestamp())


def plan_trials(store: Store) -> None:
    """Write down the tests' campaign, its creators and the drawn experiments, unless they are there."""
    if find_campaign(store, TRIALS.code) is not None:
        return
    brands = {brand.name: brand.brand_id for brand in list_brands(store)}
    brand_id = brands.get(TRIAL_BRAND) or create_brand(
        store, {"name": TRIAL_BRAND, "currency": SHOP_CURRENCY, "zone": ZONE}
    )
    campaign_id = create_campaign(
        store,
        {
            "brand_id": brand_id, "name": TRIALS.name, "code": TRIALS.code, "zone": ZONE,
            "first_day": TRIALS.first_day, "last_day": TRIALS.last_day, "currency": SHOP_CURRENCY,
            "budget": str(Decimal(TRIALS.budget) / 100), "vertical": "general", "owner": "Sample",
            "objective": "engagement", "primary_metric": "engagement_rate", "primary_target": "6%",
            "secondary": {"views": "2500000", "save_rate": "1%"},
        },
        is_sample=True,
    )  # fmt: skip
    creators = _take_part(store, campaign_id)
    tags = {(tag.dimension.value, tag.value): tag.tag_id for tag in keep_usual_words(store, campaign_id)}
    for trial in TRIAL_LIST:
        _plan(store, campaign_id, trial, tags, creators)


def _take_part(store: Store, campaign_id: int) -> dict[str, int]:
    known = {handle: creator.creator_id for creator in list_creators(store) for handle in creator.handles}
    ids = {}
    for creator in TRIAL_CREATORS:
        values = {
            "handle": creator.handle, "name": creator.name, "niche": creator.niche, "country": creator.country,
            "followers": str(creator.followers), "followers_day": TRIALS.first_day,
        }  # fmt: skip
        number = known.get(creator.handle) or create_creator(store, values, today=TRIALS.first_day)
        ids[creator.handle] = number
        fee = str(Decimal(creator.fee or 0) / 100)
        terms = {"currency": SHOP_CURRENCY, "deliverables": creator.videos, "fee": fee}
        add_collaboration(store, campaign_id, number, terms)
    return ids


def _plan(
    store: Store,
    campaign_id: int,
    trial: Trial,
    tags: dict[tuple[str, str], int],
    creators: dict[str, int],
) -> None:
    number = create_plan(
        store,
        campaign_id,
        {
            "name": trial.name, "topic": trial.topic, "hypothesis": trial.hypothesis, "design": "inside creators",
            "primary": "link_click_rate", "secondary": ("save_rate", "share_rate"),
            "guardrails": {"engagement_rate": 0.1}, "worth": 0.1, "age_days": 7,
            "videos_each": trial.videos_each, "first_day": trial.first_day, "last_day": trial.last_day,
            "owner": "Sample",
        },
        [
            {"name": name, "brief": brief, "tag_id": tags[trial.dimension, word]}
            for name, brief, word in trial.arms
        ],
        now=_noon(trial.first_day - timedelta(days=10)),
    )  # fmt: skip
    taking_part = [creators[creator.handle] for creator in TRIAL_CREATORS[: trial.creators]]
    start = _noon(trial.first_day - timedelta(days=7))
    start_experiment(store, campaign_id, number, taking_part, now=start, seed=trial.seed)


def tag_sample(store: Store) -> None:
    """Tag the sample's videos with what their captions say, all at once."""
    for code in ("winter-warmers-25", "cold-brew-26", TRIALS.code):
        campaign = find_campaign(store, code)
        if campaign is None:
            continue
        rows = [
            TagRow(video_id=video.video_id, words=words)
            for video in list_tagged_videos(store, campaign.campaign_id)
            if (words := _words(video.caption))
        ]
        now = _noon(campaign.first_day)
        set_tags(store, campaign.campaign_id, rows, about="Tagged by what the captions say", now=now)


def _words(caption: str) -> dict[Dimension, tuple[str, ...]]:
    for start, hook in _HOOKS.items():
        if caption.startswith(start):
            formats = _FORMATS.get(start, "talking to camera")
            return {Dimension.HOOK: (hook,), Dimension.FORMAT: (formats,)}
    for trial in TRIAL_LIST:
        for name, _, word in trial.arms:
            if caption.startswith(f"{name}:"):
                return {Dimension(trial.dimension): (word,)}
    return {}


def conclude_sample(store: Store) -> None:
    """End the test that found nothing, and write down what was learned from it."""
    campaign = find_campaign(store, TRIALS.code)
    if campaign is None:
        return
    found = {one.name: one for one in list_experiments(store, campaign.campaign_id)}
    experiment = found[_CONCLUDED.name]
    day = _CONCLUDED.last_day + timedelta(days=14)
    if experiment.status is Status.CONCLUDED or list_learnings(store, day):
        return
    conclude(
        store,
        campaign.campaign_id,
        experiment.experiment_id,
        {
            "decision": "keep what we do",
            "reason": "Answering comments by hand takes an hour a video, and no gain worth that showed.",
            "owner": "Sample",
        },
        today=day,
        now=_noon(day),
    )
    add_learning(
        store,
        campaign.campaign_id,
        {
            "hypothesis": "Asking for a comment brings no more clicks than pointing to the link in bio.",
            "evidence": "72 videos of 12 creators, versions given out by lot, read at 7 days.",
            "strength": "experiment",
            "clause": "Point to the link in bio; do not ask for comments to hand out the link.",
            "product": "serum",
            "audience": "women 25 to 34, UK",
            "retest_day": date(2026, 4, 20),
        },
        tag_ids=[arm.tag_id for arm in experiment.arms if arm.tag_id],
        experiment_id=experiment.experiment_id,
        now=_noon(day),
    )
