from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import creators
from core.creators import DEFAULT_CUTOFFS, tier_of
from core.creators.tiers import BELOW
from core.entry.forms import EntryError
from tests.core.written import TODAY, add_facts, join, make_campaign


@pytest.mark.parametrize(
    ("followers", "tier"),
    [
        (0, BELOW),
        (999, BELOW),
        (1_000, "nano"),
        (9_999, "nano"),
        (10_000, "micro"),
        (50_000, "mid"),
        (499_999, "mid"),
        (500_000, "macro"),
        (1_000_000, "mega"),
        (10**9, "mega"),
    ],
)
def test_the_default_tiers_begin_where_the_scheme_says(followers, tier):
    assert tier_of(followers, DEFAULT_CUTOFFS) == tier


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_more_followers_never_mean_a_smaller_tier(one, other):
    names = [BELOW, *(cutoff.name for cutoff in DEFAULT_CUTOFFS)]
    smaller, larger = sorted((one, other))
    assert names.index(tier_of(smaller, DEFAULT_CUTOFFS)) <= names.index(tier_of(larger, DEFAULT_CUTOFFS))


def type_followers(store, creator, count, day, version):
    creators.edit_creator(
        store, creator, {"followers": count, "followers_day": day}, version=version, today=TODAY
    )


def test_the_tier_rests_on_the_newest_count_known_when_the_campaign_began(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    assert creators.campaign_tiers(store, campaign)[anna].tier == ""
    type_followers(store, anna, "60,000", "2026-03-05", 1)
    unknown = creators.campaign_tiers(store, campaign)[anna]
    assert (unknown.tier, unknown.followers) == ("", None)
    assert "1 Mar 2026" in unknown.sentence
    type_followers(store, anna, "900", "2026-01-01", 2)
    assert creators.campaign_tiers(store, campaign)[anna].tier == BELOW
    type_followers(store, anna, "9,000", "2026-02-20", 3)
    typed = creators.campaign_tiers(store, campaign)[anna]
    assert (typed.tier, typed.provenance, typed.day) == ("nano", "typed", date(2026, 2, 20))
    add_facts(
        store,
        account_days=[
            ("anna", date(2026, 2, 20), "followers", 12_000),
            ("anna", date(2026, 3, 2), "followers", 600_000),
        ],
    )
    exported = creators.campaign_tiers(store, campaign)[anna]
    assert (exported.tier, exported.followers, exported.provenance) == ("micro", 12_000, "platform")
    assert "an export" in exported.sentence


def test_cut_offs_can_be_changed_and_the_default_comes_back(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    type_followers(store, anna, "9,000", "2026-02-20", 1)
    creators.set_cutoffs(store, [("small", "0"), ("big", "5k")])
    assert creators.campaign_tiers(store, campaign)[anna].tier == "big"
    creators.set_cutoffs(store, [])
    assert creators.get_cutoffs(store) == DEFAULT_CUTOFFS


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "10"), ("b", "10")],
        [("a", "10"), ("b", "5")],
        [("", "5")],
        [("a", "x")],
        [("a", "1"), ("A", "2")],
    ],
)
def test_cut_offs_that_make_no_ladder_are_refused(sqlite_store, rows):
    with pytest.raises(EntryError):
        creators.set_cutoffs(sqlite_store, rows)
    assert creators.get_cutoffs(sqlite_store) == DEFAULT_CUTOFFS
