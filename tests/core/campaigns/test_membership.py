from datetime import date

import pytest

from core import campaigns
from core.entry.forms import EntryError
from core.errors import PlumblineError
from tests.core.written import add_facts, derived, join, make_campaign, rebuilt

V1, V2, V3 = "7301234567890123451", "7301234567890123452", "7301234567890123453"
VIDEOS = [
    (V1, "anna", "morning #Glow", date(2026, 3, 5), 900),
    (V2, "stranger", "also #glow #skin", date(2026, 3, 6), 100),
    (V3, "stranger", "#glowing", date(2026, 3, 7), 50),
]


@pytest.fixture
def campaign(store):
    add_facts(store, videos=VIDEOS)
    number = make_campaign(store)
    join(store, number, "anna")
    return number


def member_ids(store, campaign):
    return {video.video_id for video in campaigns.list_videos(store, campaign) if video.belongs}


def test_a_preview_says_what_the_rule_then_takes(store, campaign):
    rule = {"kind": "hashtag", "value": "#GLOW"}
    preview = campaigns.preview_rule(store, campaign, rule)
    assert preview.joining == (V2,)
    assert preview.already == 1
    assert preview.sentence == "The rule would take 1 more video."
    assert member_ids(store, campaign) == {V1}
    number = campaigns.add_rule(store, campaign, rule)
    assert member_ids(store, campaign) == {V1, V2}
    campaigns.remove_rule(store, campaign, number)
    assert member_ids(store, campaign) == {V1}
    assert derived(store) == rebuilt(store)


def test_a_video_that_two_campaigns_claim_is_in_neither_until_somebody_decides(store, campaign):
    other = make_campaign(store, code="summer")
    preview = campaigns.preview_rule(store, other, {"kind": "hashtag", "value": "glow"})
    assert set(preview.conflicting) == {V1}
    campaigns.add_rule(store, other, {"kind": "hashtag", "value": "glow"})
    torn = next(video for video in campaigns.list_videos(store, campaign) if video.video_id == V1)
    assert not torn.belongs
    assert torn.conflict == ("spring", "summer")
    step = next(step for step in campaigns.campaign_checklist(store, campaign) if step.name == "conflicts")
    assert not step.is_done
    campaigns.choose_videos(store, campaign, [V1], belongs=True)
    assert member_ids(store, campaign) == {V1}
    assert member_ids(store, other) == {V2}
    assert derived(store) == rebuilt(store)


def test_a_choice_by_hand_beats_the_rules_and_can_be_left_to_them_again(store, campaign):
    campaigns.choose_videos(store, campaign, [V1], belongs=False)
    campaigns.choose_videos(store, campaign, [V3, V3], belongs=True)
    shown = {
        video.video_id: (video.belongs, video.reason) for video in campaigns.list_videos(store, campaign)
    }
    assert shown == {V1: (False, "taken out by hand"), V3: (True, "by hand")}
    campaigns.choose_videos(store, campaign, [V1, V3], belongs=None)
    assert member_ids(store, campaign) == {V1}
    assert derived(store) == rebuilt(store)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "hashtag", "value": "two words"},
        {"kind": "hashtag"},
        {"kind": "link", "value": "a"},
        {"kind": "creator_dates", "value": "anna"},
        {"kind": "fame"},
        {"kind": "hashtag", "value": "x", "first_day": "2026-03-05", "last_day": "2026-03-01"},
    ],
)
def test_a_rule_that_means_nothing_is_refused(sqlite_store, rule):
    number = make_campaign(sqlite_store)
    with pytest.raises(EntryError):
        campaigns.add_rule(sqlite_store, number, rule)
    assert len(campaigns.list_rules(sqlite_store, number)) == 1


def test_a_rule_is_kept_once(store, campaign):
    campaigns.add_rule(store, campaign, {"kind": "hashtag", "value": "glow"})
    with pytest.raises(EntryError, match="already"):
        campaigns.add_rule(store, campaign, {"kind": "hashtag", "value": "#Glow"})
    assert [rule.words for rule in campaigns.list_rules(store, campaign)][1].startswith("Videos with #glow")


def test_what_is_no_video_is_refused_and_a_rule_of_another_campaign_not_found(sqlite_store):
    one, two = make_campaign(sqlite_store), make_campaign(sqlite_store, code="two")
    with pytest.raises(EntryError):
        campaigns.choose_videos(sqlite_store, one, ["7301234567890123451", "abc"], belongs=True)
    with pytest.raises(PlumblineError):
        campaigns.remove_rule(sqlite_store, two, campaigns.list_rules(sqlite_store, one)[0].rule_id)
