"""The sample campaign, imported like anybody's, shows what is true of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from core.campaigns import find_campaign, list_campaigns
from core.experiments.learnings import list_learnings
from core.experiments.plans import list_experiments
from core.experiments.reading import view_experiment
from core.experiments.reading_model import VerdictKind
from core.funnel import build_funnel
from core.imports.history import count_batches, list_batches
from core.sample.load import load_sample, sample_files, worlds
from core.sample.trial_cast import TRIAL_LIST, TRIALS
from core.sample.trial_world import make_trials
from core.sample.truths import creator_truths, page
from core.scope import Scope
from core.store.engine import open_store

TODAY = date(2026, 4, 20)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "sample-campaign.md"


@pytest.fixture(scope="module")
def loaded(sample_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample_folder, folder)
    store = open_store(f"sqlite:///{folder / 'plumbline.db'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def funnels(loaded):
    return [
        (
            world,
            build_funnel(
                loaded, Scope(campaign_id=find_campaign(loaded, world.campaign.code).campaign_id), today=TODAY
            ),
        )
        for world in worlds()
    ]


def rows_of(funnel):
    return {row.label: row.values for row in funnel.creators.rows if row.creator_id}


def test_every_creator_is_credited_with_exactly_the_orders_that_files_show(funnels):
    for world, funnel in funnels:
        shown = {name: values["orders"] for name, values in rows_of(funnel).items()}
        assert shown == {truth.creator.name: truth.orders for truth in creator_truths(world)}


def test_credited_revenue_is_net_to_the_penny(funnels):
    for world, funnel in funnels:
        assert funnel.figure("revenue").value == sum(truth.revenue for truth in creator_truths(world))


def test_credit_never_exceeds_what_the_shop_took(funnels):
    for world, funnel in funnels:
        taken = sum(
            order.subtotal - order.refunded
            for order in world.orders
            if order.status not in {"pending", "cancelled"}
        )
        assert funnel.figure("revenue").value <= taken


def test_views_are_exact_where_studio_exports_came_in_and_rounded_elsewhere(funnels):
    for world, funnel in funnels:
        for truth in creator_truths(world):
            views = rows_of(funnel)[truth.creator.name]["views"]
            rounding = 0.0 if truth.creator.sends_exports == "weekly" else 0.02
            assert views == pytest.approx(truth.views, rel=max(rounding, 1e-9) if rounding else 0.004)


def test_videos_belong_to_their_campaign(funnels):
    for world, funnel in funnels:
        assert {row.key for row in funnel.videos.rows} == {video.video_id for video in world.videos}


def test_every_receipt_of_the_sample_adds_up(loaded):
    batches = list_batches(loaded, limit=1000)
    assert len(batches) == count_batches(loaded) > 60
    assert all(batch.counts.adds_up for batch in batches)


def experiments(store):
    campaign_id = find_campaign(store, TRIALS.code).campaign_id
    views = [
        view_experiment(store, campaign_id, one.experiment_id, today=TODAY)
        for one in list_experiments(store, campaign_id)
    ]
    return {view.experiment.name: view for view in views}


def test_the_draw_that_the_app_keeps_is_the_one_the_files_were_made_for(loaded):
    found = experiments(loaded)
    for trial in TRIAL_LIST:
        view = found[trial.name]
        made = {one.video.video_id: one.arm for one in make_trials() if one.trial is trial}
        arms = {arm.arm_id: arm.position for arm in view.experiment.arms}
        assert {row.video_id: arms[row.slot.arm_id] for row in view.rows} == made
        assert all(row.is_read or trial.boosted for row in view.rows)


def test_the_test_with_an_effect_finds_it_and_the_others_name_no_winner(loaded):
    found = experiments(loaded)
    effect, none, spoiled = (found[trial.name].reading for trial in TRIAL_LIST)
    assert effect.verdict is VerdictKind.WINS
    assert effect.contrasts[0].low < TRIAL_LIST[0].effect - 1 < effect.contrasts[0].high
    assert none.verdict in {VerdictKind.UNDECIDED, VerdictKind.LEANING, VerdictKind.NO_DIFFERENCE}
    assert none.contrasts[0].low < 0 < none.contrasts[0].high
    assert spoiled.verdict is VerdictKind.CHECK_DATA


def test_totals_of_a_test_are_the_clicks_that_were_made(loaded):
    reading = experiments(loaded)[TRIAL_LIST[0].name].reading
    own = [one for one in make_trials() if one.trial is TRIAL_LIST[0]]
    for arm, totals in enumerate(reading.totals):
        assert totals.numerator == sum(one.clicks_at(7) for one in own if one.arm == arm)
        views = sum(one.views_at(7) for one in own if one.arm == arm)
        assert totals.denominator == pytest.approx(views, rel=0.02), (
            "public counts, rounded and between snapshots"
        )


def test_the_concluded_test_left_a_learning_that_asks_to_be_tested_again(loaded):
    (learning,) = list_learnings(loaded, TODAY)
    assert learning.experiment_id == experiments(loaded)[TRIAL_LIST[1].name].experiment.experiment_id
    assert learning.is_stale
    assert learning.clause


def test_the_spring_campaign_is_the_one_that_opens_first(loaded):
    assert list_campaigns(loaded)[0].code == "cold-brew-26"


def test_loading_it_again_changes_nothing(loaded):
    before = loaded.revision(), count_batches(loaded)
    load_sample(loaded)
    assert count_batches(loaded) == before[1]


def test_the_files_are_the_same_every_time():
    first, second = (sample_files(worlds()[1]) for _ in range(2))
    assert first == second


def test_the_page_about_the_sample_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"
