"""The sample campaign, imported like anybody's, shows what is true of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.campaigns import find_campaign
from core.funnel import build_funnel
from core.imports.history import count_batches, list_batches
from core.sample.load import load_sample, sample_files, worlds
from core.sample.truths import creator_truths, page
from core.scope import Scope
from core.store.engine import open_store

TODAY = date(2026, 4, 20)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "sample-campaign.md"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'plumbline.db'}")
    load_sample(store)
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


def test_loading_it_again_changes_nothing(loaded):
    before = loaded.revision(), count_batches(loaded)
    load_sample(loaded)
    assert count_batches(loaded) == before[1]


def test_the_files_are_the_same_every_time():
    first, second = (sample_files(worlds()[1]) for _ in range(2))
    assert first == second


def test_the_page_about_the_sample_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"
