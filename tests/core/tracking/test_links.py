from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import campaigns, tracking
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.keys import link_key
from core.store.written import add_row
from tests.core.written import derived, form, join, make_campaign, make_creator, rebuilt

PAGE = "https://glow.example/serum?id=3&q=a%20b#reviews"


def build(page=PAGE, asset="v1"):
    return tracking.build_link(page, campaign_code="spring", handle="lena.glow", asset=asset)


def test_a_link_follows_the_pattern_and_keeps_what_the_page_needs():
    link = build()
    assert link.url == (
        "https://glow.example/serum?id=3&q=a%20b&utm_source=tiktok&utm_medium=creator&utm_campaign=spring&utm_content=lena.glow-v1#reviews"
    )
    assert link.link_key == "tiktok|creator|spring|lena.glow-v1|"
    assert link.landing_page == PAGE


def test_a_page_that_carries_these_very_tags_is_not_tagged_twice():
    again = build(build().url)
    assert again.url == build().url


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("ftp://glow.example/x", "not-a-web-address"), ("javascript:alert(1)", "not-a-web-address"), ("glow.example", "not-a-web-address"),
        ("https://glow.example/a b", "not-a-web-address"), ("https://localhost", "not-a-web-address"), ("https://user:pw@glow.example", "not-a-web-address"),
        ("https://[", "not-a-web-address"), ("", "not-a-web-address"), ("https://glow.example/<script>", "not-a-web-address"), ("https://glow.example:99999/", "not-a-web-address"),
        ("https://glow.example/?utm_source=newsletter", "already-tagged"), ("https://glow.example/?UTM_Term=x", "already-tagged"), ("https://glow.example/" + "a" * 2000, "too-long"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_tagged_is_refused_with_a_remedy(page, code):
    with pytest.raises(EntryError) as caught:
        build(page)
    assert caught.value.remarks[0].issue.code == code
    assert caught.value.remarks[0].issue.fix


def test_an_asset_that_does_not_fit_into_a_link_gets_a_suggestion():
    with pytest.raises(EntryError, match="for instance hook-video-2"):
        build(asset="Hook Video #2")


@given(
    st.from_regex(
        r"https?://[a-z]{1,9}\.[a-z]{2,5}(/[A-Za-z0-9._~%!$&()*+,;=:@-]{0,20})?(\?[a-z]{1,3}=[A-Za-z0-9+.-]{0,9}(&[a-z]{1,3}=[A-Za-z0-9]{0,4}){0,2})?",
        fullmatch=True,
    )
)
def test_own_parameters_survive_and_the_tags_read_back_as_the_key(page):
    link = build(page)
    before = parse_qsl(urlsplit(page).query, keep_blank_values=True)
    after = parse_qsl(urlsplit(link.url).query, keep_blank_values=True)
    assert after[: len(before)] == before
    tags = dict(after[len(before) :])
    assert (
        link_key(*(tags[f"utm_{name}"] for name in ("source", "medium", "campaign", "content")))
        == link.link_key
    )


def test_links_for_all_creators_and_assets_are_made_once(store):
    campaign = make_campaign(store)
    join(store, campaign, "anna", "bea")
    made = tracking.add_links(store, campaign, landing_page=PAGE, assets=["v1", "bio"])
    assert made.sentence == "4 links made."
    assert [(link.handle, link.asset) for link in tracking.list_links(store, campaign)] == [
        ("anna", "bio"),
        ("anna", "v1"),
        ("bea", "bio"),
        ("bea", "v1"),
    ]
    again = tracking.add_links(store, campaign, landing_page=PAGE, assets=["v1", "v2"])
    assert again.sentence == "2 links made. 2 were there already."
    assert len({link.link_key for link in tracking.list_links(store, campaign)}) == 6


def test_the_same_creator_and_asset_get_no_second_link(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    tracking.add_link(store, campaign, creator_id=anna, landing_page=PAGE, asset="v1")
    with pytest.raises(EntryError) as caught:
        tracking.add_link(
            store, campaign, creator_id=anna, landing_page="https://glow.example/other", asset="v1"
        )
    assert caught.value.remarks[0].issue.code == "link-exists"


def test_nothing_to_make_and_a_bad_page_are_said(sqlite_store):
    campaign = make_campaign(sqlite_store)
    with pytest.raises(EntryError, match="no creators"):
        tracking.add_links(sqlite_store, campaign, landing_page=PAGE, assets=["v1"])
    with pytest.raises(EntryError, match="http"):
        tracking.add_links(sqlite_store, campaign, landing_page="glow", assets=["v1"])


def test_a_campaign_whose_links_are_out_keeps_its_code(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    number = tracking.add_link(store, campaign, creator_id=anna, landing_page=PAGE, asset="v1")
    plan = campaigns.get_campaign(store, campaign)
    with pytest.raises(EntryError, match="1 tagged link"):
        campaigns.edit_campaign(store, campaign, form(plan.brand_id, code="fresh"), version=1, now=0)
    tracking.remove_link(store, campaign, number)
    campaigns.edit_campaign(store, campaign, form(plan.brand_id, code="fresh"), version=1, now=0)
    assert campaigns.get_campaign(store, campaign).code == "fresh"


def test_the_file_of_links_is_safe_to_open(sqlite_store):
    campaign = make_campaign(sqlite_store)
    creator = make_creator(sqlite_store, "anna", name="=HYPERLINK(1)")
    tracking.add_link(sqlite_store, campaign, creator_id=creator, landing_page=PAGE, asset="v1")
    text = tracking.links_csv(tracking.list_links(sqlite_store, campaign)).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=HYPERLINK(1),anna,v1,https://glow.example/serum")


def test_a_short_link_is_kept_and_taken_away(sqlite_store):
    campaign = make_campaign(sqlite_store)
    (anna,) = join(sqlite_store, campaign, "anna")
    number = tracking.add_link(sqlite_store, campaign, creator_id=anna, landing_page=PAGE, asset="v1")
    tracking.set_short_url(sqlite_store, campaign, number, "https://bit.example/x1")
    assert tracking.list_links(sqlite_store, campaign)[0].short_url == "https://bit.example/x1"
    with pytest.raises(EntryError):
        tracking.set_short_url(sqlite_store, campaign, number, "javascript:1")
    tracking.set_short_url(sqlite_store, campaign, number, "")
    assert tracking.list_links(sqlite_store, campaign)[0].short_url == ""
    with pytest.raises(PlumblineError):
        tracking.remove_link(sqlite_store, make_campaign(sqlite_store, code="two"), number)


def visits(store, *keys):
    with store.writing("visits for a test") as connection:
        batch = add_row(
            connection,
            "import_batch",
            {
                "upload": "u",
                "file_name": "g.csv",
                "sha256": "1",
                "size": 1,
                "format": "t",
                "label": "T",
                "as_of": 1,
                "at": 1,
            },
        )
        for key in keys:
            add_row(
                connection,
                "stat",
                {
                    "batch_id": batch,
                    "subject_kind": "web",
                    "subject": key,
                    "kind": "period",
                    "first_day": 20513,
                    "last_day": 20540,
                    "sessions": 4,
                },
            )


def test_the_naming_check_finds_mistyped_tags_and_scores_the_rest(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    assert tracking.check_naming(store, campaign).hygiene is None
    tracking.add_link(store, campaign, creator_id=anna, landing_page=PAGE, asset="v1")
    visits(store, "tiktok|creator|spring|anna-v1|", "tiktok|creator|spring|ana-v1|", "google|cpc|brand||")
    check = tracking.check_naming(store, campaign)
    assert check.checked == 3
    assert check.hygiene == pytest.approx(2 / 3)
    (problem,) = check.problems
    assert "ana-v1" in problem.what
    assert problem.suggestion == "tiktok / creator / spring / anna-v1"
    assert check.sentence == "2 of 3 names follow the pattern."


def test_a_removed_link_leaves_no_trace_in_the_sums(store):
    campaign = make_campaign(store)
    (anna,) = join(store, campaign, "anna")
    visits(store, "tiktok|creator|spring|anna-v1|")
    number = tracking.add_link(store, campaign, creator_id=anna, landing_page=PAGE, asset="v1")
    assert derived(store) == rebuilt(store)
    assert derived(store)["campaign_day"]
    tracking.remove_link(store, campaign, number)
    assert derived(store) == rebuilt(store)
