"""From files to figures: what several exports say of the same things counts once, and what is left out is said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.campaigns import add_collaboration, create_brand, create_campaign, state_rate
from core.creators import create_creator
from core.funnel import build_funnel
from core.imports.commit import commit
from core.imports.history import undo
from core.imports.model import Ask
from core.imports.review import Offered, ReviewState, review_files
from core.metrics.model import Stage
from core.scope import Scope
from core.tracing import trace
from core.tracking import add_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store

FIRST, LAST, TODAY = date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 4)
NOW = 1_772_600_000
REPORT_HEAD = (
    "# ----------------------------------------\n# Report CSV Export\n# Property: Glow shop\n"
    "# ----------------------------------------\n# Start date: 20260201\n# End date: 20260228\n"
)
EXPLORATION_HEAD = "# ----------------------------------------\n# Glow shop\n# Free form-Tab 1\n# 20260201-20260228\n# ----------------------------------------\n\n"
COARSE = REPORT_HEAD + (
    "Session source / medium,Session campaign,Sessions,Purchase revenue\n"
    "tiktok / creator,glow-feb,55,900\ngoogle / organic,(not set),400,0\n"
)
FINE = EXPLORATION_HEAD + (
    "Session source/medium,Session campaign,Session manual ad content,Sessions,Purchase revenue\n"
    ",,,50,800,Grand total\n"
    "tiktok / creator,glow-feb,ada,30,500\ntiktok / creator,glow-feb,bea,20,300\n"
)
DAILY = EXPLORATION_HEAD + (
    "Date,Session source/medium,Session campaign,Sessions,Purchase revenue\n,,,54,890,Grand total\n"
    "20260203,tiktok / creator,glow-feb,40,590\n20260210,tiktok / creator,glow-feb,14,300\n"
)
SEVERAL = REPORT_HEAD + (
    "Session source / medium,Sessions\ntiktok / creator,60\n\n"
    "# Start date: 20260201\n# End date: 20260228\n"
    "Session source / medium,Session campaign,Sessions\ntiktok / creator,glow-feb,55\n\n"
    "# Start date: 20260201\n# End date: 20260228\n"
    "Session campaign,Sessions\nglow-feb,55\n"
)
COMPARED = REPORT_HEAD + (
    "# All Users\nSession source / medium,Session campaign,Sessions\ntiktok / creator,glow-feb,55\n\n"
    "# Mobile traffic\n# Start date: 20260201\n# End date: 20260228\n"
    "Session source / medium,Session campaign,Sessions\ntiktok / creator,glow-feb,31\n"
)


@pytest.fixture
def shop(sqlite_store: Store) -> Store:
    """Return a store with one campaign in USD and two creators with tagged links."""
    store = sqlite_store
    brand = create_brand(store, {"name": "Glow", "currency": "USD", "zone": "UTC"})
    plan = {
        "brand_id": brand, "name": "Glow February", "code": "glow-feb", "zone": "UTC", "first_day": FIRST, "last_day": LAST,
        "currency": "USD", "objective": "conversion", "primary_metric": "orders", "primary_target": "10", "secondary": {"views": "1000", "sessions": "10"},
    }  # fmt: skip
    campaign = create_campaign(store, plan)
    for handle in ("ada", "bea"):
        creator = create_creator(store, {"handle": handle, "name": handle.title()}, today=FIRST)
        add_collaboration(store, campaign, creator, {"currency": "USD", "fee": "100"})
        add_link(store, campaign, creator_id=creator, landing_page="https://glow.example/", asset="v1")
    return store


def bring_in(
    store: Store,
    text: str,
    name: str = "data-export.csv",
    *,
    at: int = NOW,
    answers: Mapping[tuple[Ask, str], str] | None = None,
) -> int:
    """Import a file and return the number of the import."""
    said = {name: answers or {(Ask.CURRENCY, ""): "USD"}}
    offered = [Offered(name=name, data=text.encode(), modified_at=at)]
    (review,) = review_files(store, offered, answers=said, now=NOW)
    assert review.state is ReviewState.READY, (review.state, review.sentence, review.questions)
    receipt = commit(store, review, upload="story", now=NOW)
    return receipt.batch_id


def figure(store: Store, name: str) -> float | None:
    return trace(store, Scope(campaign_id=1), name).value


def exclusions(store: Store, name: str) -> str:
    return " ".join(trace(store, Scope(campaign_id=1), name).exclusions)


def gaps(store: Store, stage: Stage) -> list[str]:
    view = build_funnel(store, Scope(campaign_id=1), today=TODAY).stage(stage)
    return [gap.sentence for gap in view.gaps]


@pytest.mark.parametrize("files", [(COARSE, FINE), (FINE, COARSE)], ids=["coarse-first", "fine-first"])
def test_a_report_and_an_exploration_of_one_property_count_each_visit_once(
    shop: Store, files: tuple[str, ...]
) -> None:
    batches = [
        bring_in(shop, text, f"export {place}.csv", at=NOW - place) for place, text in enumerate(files)
    ]
    assert figure(shop, "sessions") == 50
    assert "not added" in exclusions(shop, "sessions")
    undo(shop, batches[files.index(FINE)], now=NOW)
    assert figure(shop, "sessions") == 55
    assert "not added" not in exclusions(shop, "sessions")


def test_days_and_totals_count_each_visit_once(shop: Store) -> None:
    bring_in(shop, COARSE)
    bring_in(shop, DAILY, "download.csv")
    assert figure(shop, "sessions") == 54
    bring_in(shop, FINE, "download (1).csv")
    assert figure(shop, "sessions") == 50


def test_tables_of_one_file_in_different_detail_count_each_visit_once(shop: Store) -> None:
    bring_in(shop, SEVERAL)
    assert figure(shop, "sessions") == 55


def test_a_comparison_beside_all_users_is_no_newer_version_of_them(shop: Store) -> None:
    bring_in(shop, COMPARED)
    assert figure(shop, "sessions") == 55


ADS = "Campaign name,By Day,Cost,Impressions,Currency\nglow-feb,2026-02-03,120.00,9000,{currency}\n"


def test_ad_costs_without_a_rate_are_said_and_settled_by_a_rate(shop: Store) -> None:
    zone = {(Ask.ZONE, ""): "UTC"}
    bring_in(shop, ADS.format(currency="EUR"), "Ads.csv", answers=zone)
    assert figure(shop, "spend") == 200_00
    said = gaps(shop, Stage.AWARENESS)
    assert any("Amounts in EUR are not in the sums" in one and "USD" in one for one in said), said
    assert "Amounts in EUR are not in the sums" in exclusions(shop, "spend")
    assert "EUR" not in exclusions(shop, "views")
    state_rate(shop, {"currency": "EUR", "into": "USD", "rate": "1.10", "day": FIRST})
    assert figure(shop, "spend") == 200_00 + 132_00
    assert not any("EUR" in one for one in gaps(shop, Stage.AWARENESS))
    assert "EUR" not in exclusions(shop, "spend")


def test_costs_in_the_campaigns_currency_are_in_no_gap(shop: Store) -> None:
    bring_in(shop, ADS.format(currency="USD"), "Ads.csv", answers={(Ask.ZONE, ""): "UTC"})
    assert figure(shop, "spend") == 320_00
    assert not any("Amounts in" in one for one in gaps(shop, Stage.AWARENESS))


def test_a_rate_that_begins_after_the_costs_does_not_count_for_them(shop: Store) -> None:
    bring_in(shop, ADS.format(currency="EUR"), "Ads.csv", answers={(Ask.ZONE, ""): "UTC"})
    state_rate(shop, {"currency": "EUR", "into": "USD", "rate": "1.10", "day": date(2026, 2, 20)})
    assert figure(shop, "spend") == 200_00
    assert any("3 Feb 2026 or earlier" in one for one in gaps(shop, Stage.AWARENESS))


BY_CAMPAIGN = "Campaign name,Campaign ID,By Day,Cost,Impressions,Currency\nglow-feb,1111111111111111,2026-02-03,120.00,9000,USD\n"
BY_AD = (
    "Campaign name,Ad name,Ad ID,By Day,Cost,Impressions,Currency\n"
    "glow-feb,Ad one,2222222222222221,2026-02-03,70.00,5000,USD\n"
    "glow-feb,Ad two,2222222222222223,2026-02-03,50.00,4000,USD\n"
)


@pytest.mark.parametrize(
    "files", [(BY_CAMPAIGN, BY_AD), (BY_AD, BY_CAMPAIGN)], ids=["coarse-first", "fine-first"]
)
def test_reports_by_campaign_and_by_ad_count_each_cost_once(shop: Store, files: tuple[str, ...]) -> None:
    zone = {(Ask.ZONE, ""): "UTC"}
    batches = [bring_in(shop, text, f"Ads {place}.csv", answers=zone) for place, text in enumerate(files)]
    assert figure(shop, "spend") == 320_00
    assert "not added" in exclusions(shop, "spend")
    undo(shop, batches[files.index(BY_AD)], now=NOW)
    assert figure(shop, "spend") == 320_00
    assert "not added" not in exclusions(shop, "spend")


def test_another_ad_campaign_is_added(shop: Store) -> None:
    zone = {(Ask.ZONE, ""): "UTC"}
    bring_in(shop, BY_AD, "Ads.csv", answers=zone)
    other = BY_CAMPAIGN.replace("glow-feb", "Glow February").replace("1111111111111111", "3333333333333331")
    bring_in(shop, other, "Ads 2.csv", answers=zone)
    assert figure(shop, "spend") == 440_00
