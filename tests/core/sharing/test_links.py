"""Shared links: what opens, what does not, and that it is not told which of the reasons it was."""

import threading
import time
from datetime import date

import pytest

from core.access import Principal, Role
from core.campaigns import (
    create_brand,
    create_campaign,
    delete_campaign,
    edit_campaign,
    form_values,
    get_campaign,
)
from core.creators import list_creators, merge_creators
from core.errors import PlumblineError
from core.reports import from_json
from core.sharing import (
    LinkState,
    Mode,
    VisitBook,
    count_visits,
    create_link,
    fits,
    link_report,
    list_links,
    list_visits,
    live_campaigns,
    open_slug,
    open_token,
    renew_link,
    replace_address,
    report_of,
    revoke_link,
    visits,
    who_can_see,
    write_pass,
)
from core.store.written import row_of
from core.team import add_member
from core.units import instant_of
from tests.core.written import add_facts, form, join

NOW = 1_773_500_000  # 14 March 2026
DAY = 86_400
CANARY = "zebrafish"


@pytest.fixture
def world(sqlite_store):
    """Return the store with two campaigns that measured something; the second carries the canary."""
    store = sqlite_store
    brand = create_brand(store, {"name": "Glow"})
    for code, name in (("one", "Spring"), ("two", CANARY)):
        create_campaign(store, form(brand, code=code, name=name, notes=f"internal {CANARY}"))
    join(store, 1, "mara", "lior")
    join(store, 2, CANARY)
    day = date(2026, 3, 5)
    add_facts(
        store,
        videos=[
            ("7400000000000000001", "mara", "hello", day, 12_000),
            ("7400000000000000002", CANARY, CANARY, day, 900),
        ],
    )
    return store


def make(store, campaign_id=1, now=NOW, **values):
    return create_link(store, campaign_id, {"name": "Client", "kind": "leadership", **values}, now=now)


def opened(store, made, now=NOW):
    found = open_token(store, made.token, now=now)
    assert found is not None
    return found


def refused(work, *args, **kwargs):
    with pytest.raises(PlumblineError) as caught:
        work(*args, **kwargs)
    return caught.value.issue.code


def rows(store):
    with store.reading() as connection:
        return str(connection.exec_driver_sql("SELECT * FROM shared_link").mappings().all())


def test_only_a_digest_of_the_token_and_password_is_kept(world):
    made = make(world, password="correct horse")
    assert len(made.token) == 43
    kept = rows(world)
    assert made.token not in kept
    assert "correct horse" not in kept
    assert fits(opened(world, made), "correct horse")
    assert not fits(opened(world, made), "Correct horse")
    assert not fits(opened(world, made), "")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":token",
        "*",
        "%",
        "%25",
        "..",
        "../..",
        "a" * 43,
        "a" * 10_000,
        "-" * 43,
        "-",
        "{token}",
        "\x00",
        "é" * 43,
        "\ud800",
        "0",
    ],
)
def test_what_is_no_token_opens_nothing(world, token):
    make(world)
    assert open_token(world, token, now=NOW) is None
    assert open_slug(world, token, token, now=NOW) is None


def test_a_token_a_little_changed_opens_nothing(world):
    made = make(world)
    for wrong in (
        made.token[:-1],
        made.token + "A",
        made.token.swapcase(),
        made.token[::-1],
        f" {made.token}",
    ):
        assert open_token(world, wrong, now=NOW) is None


def test_a_link_ends_by_itself_and_can_be_renewed(world):
    made = make(world, days=7)
    assert open_token(world, made.token, now=NOW + 7 * DAY - 1)
    assert open_token(world, made.token, now=NOW + 7 * DAY) is None
    assert list_links(world, 1, now=NOW + 8 * DAY)[0].state is LinkState.EXPIRED
    renew_link(world, made.link_id, days=14, now=NOW + 8 * DAY)
    assert open_token(world, made.token, now=NOW + 20 * DAY)


def test_a_revoked_link_is_dead_for_good_and_stays_listed(world):
    made = make(world)
    held = write_pass(opened(world, made), is_new=False, now=NOW)
    slug = opened(world, made).link.slug
    assert open_slug(world, slug, held, now=NOW + 1)
    revoke_link(world, made.link_id, now=NOW + 2)
    assert open_token(world, made.token, now=NOW + 3) is None
    assert open_slug(world, slug, held, now=NOW + 3) is None
    (link,) = list_links(world, 1, now=NOW + 3)
    assert (link.state, link.revoked_by) == (LinkState.REVOKED, "this computer")
    assert refused(renew_link, world, made.link_id, now=NOW) == "link-revoked"
    assert refused(replace_address, world, made.link_id) == "link-revoked"


def test_a_new_address_ends_the_old_one_and_every_pass_of_it(world):
    made = make(world)
    before = opened(world, made)
    held = write_pass(before, is_new=False, now=NOW)
    fresh = replace_address(world, made.link_id)
    assert open_token(world, made.token, now=NOW) is None
    assert open_slug(world, before.link.slug, held, now=NOW) is None
    assert opened(world, fresh).link.slug == before.link.slug


def test_a_pass_opens_its_own_link_only_and_for_twelve_hours(world):
    one, two = opened(world, make(world)), opened(world, make(world, 2))
    held = write_pass(one, is_new=True, now=NOW)
    assert open_slug(world, one.link.slug, held, now=NOW) is not None
    assert open_slug(world, one.link.slug, held, now=NOW + 12 * 3600) is None
    assert open_slug(world, one.link.slug, held, now=NOW - 1) is None  # a pass of the future is none
    assert open_slug(world, two.link.slug, held, now=NOW) is None
    stolen = held.replace(f"{one.link.link_id}.", f"{two.link.link_id}.", 1)
    assert open_slug(world, two.link.slug, stolen, now=NOW) is None
    for wrong in ("", held[:-1], held + "A", held.upper(), ".".join(reversed(held.split(".")))):
        assert open_slug(world, one.link.slug, wrong, now=NOW) is None


def test_a_link_may_read_one_campaign_and_write_nothing(world):
    store = opened(world, make(world)).store
    assert get_campaign(store, 1).name == "Spring"
    assert refused(get_campaign, store, 2) == "not-allowed"
    assert (
        refused(edit_campaign, store, 1, form_values(get_campaign(world, 1)), version=1, now=NOW)
        == "not-allowed"
    )
    assert refused(create_link, store, 1, {"name": "x", "kind": "full"}, now=NOW) == "not-allowed"
    assert refused(list_links, store, 1) == "not-allowed"
    assert refused(list_creators, store) == "not-allowed"


@pytest.mark.parametrize("kind", ["leadership", "full"])
@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_of_another_campaign_or_of_the_inside_is_in_what_a_link_keeps_or_shows(world, kind, mode):
    found = opened(world, make(world, kind=kind, mode=mode))
    shown = str(report_of(found, now=NOW)) + found.frozen
    assert "Spring" in shown
    assert CANARY not in shown.lower()
    assert "internal" not in shown.replace("internal=False", "").replace('"internal": false', "")


def test_a_frozen_link_keeps_its_figures_and_a_live_one_follows(world):
    frozen, live = (opened(world, make(world, mode=mode)) for mode in Mode)
    before = report_of(frozen, now=NOW), report_of(live, now=NOW)
    assert before[0].sections == before[1].sections
    add_facts(world, videos=[("7400000000000000009", "mara", "more", date(2026, 3, 6), 50_000)])
    assert report_of(frozen, now=NOW) == before[0]
    assert report_of(live, now=NOW).sections != before[1].sections


def test_money_is_off_unless_asked_for_and_sections_can_be_taken_out(world):
    assert not from_json(opened(world, make(world)).frozen).audience.show_money
    assert from_json(opened(world, make(world, with_money=True)).frozen).audience.show_money
    keys = [one.key for one in link_report(world, 1, kind="full", now=NOW).sections]
    some = from_json(opened(world, make(world, kind="full", sections=(keys[0], keys[-1]))).frozen)
    assert [one.key for one in some.sections] == [keys[0], keys[-1]]


def test_a_creators_link_shows_that_creator_only(world):
    mara, lior = (
        next(one.creator_id for one in list_creators(world) if one.handle == handle)
        for handle in ("mara", "lior")
    )
    found = opened(world, make(world, kind="creator", creator_id=mara))
    assert "lior" not in (str(report_of(found, now=NOW)) + found.frozen).lower()
    assert refused(make, world, kind="creator") == "creator-missing"
    assert refused(make, world, kind="leadership", creator_id=mara) == "no-creator-here"
    assert refused(make, world, 2, kind="creator", creator_id=lior) == "not-found"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"password": "short"}, "short-password"),
        ({"days": 0}, "out-of-range"),
        ({"days": 4_000}, "too-long"),
        ({"kind": "secret"}, "not-a-choice"),
        ({"name": " "}, "missing-field"),
        ({"mode": "eternal"}, "not-a-choice"),
        ({"internal": True}, "unknown-field"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_kept(world, values, code):
    assert refused(make, world, **values) == code
    assert list_links(world, 1) == ()


def test_the_longest_span_is_the_admins_to_say(world, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_LONGEST_LINK_DAYS", "10")
    assert refused(make, world) == "too-long"
    assert make(world, days=10)


def test_visits_are_counted_by_day_and_nothing_else(world):
    made = make(world)
    count_visits(world, [(made.link_id, NOW), (made.link_id, NOW + DAY), (999, NOW)])  # 999 is gone
    count_visits(world, [(made.link_id, NOW + 60)])
    assert [(one.day, one.visits) for one in list_visits(world, made.link_id)] == [
        (NOW // DAY + 1, 1),
        (NOW // DAY, 2),
    ]
    (link,) = list_links(world, 1, now=NOW)
    assert link.visits == 3
    assert link.last_visit_at == instant_of(NOW + DAY)  # whatever came in late


def test_visits_are_taken_down_at_once_and_written_together(world):
    made = make(world)
    book = VisitBook(wait=60)
    for number in range(50):
        book.add(world, made.link_id, now=NOW + number)
    assert list_links(world, 1, now=NOW)[0].visits == 0
    before = world.revision()
    book.write()
    book.write()  # nothing is counted twice
    assert list_links(world, 1, now=NOW)[0].visits == 50
    assert world.revision() == before


def test_visits_are_written_a_moment_later_by_themselves(world):
    made = make(world)
    VisitBook(wait=0.01).add(world, made.link_id, now=NOW)
    until = time.monotonic() + 5
    while list_links(world, 1, now=NOW)[0].visits == 0 and time.monotonic() < until:
        time.sleep(0.01)
    assert list_links(world, 1, now=NOW)[0].visits == 1


def test_visits_that_cannot_be_written_now_stay_for_the_next_time(world, monkeypatch):
    made = make(world)
    book = VisitBook(wait=60)
    book.add(world, made.link_id, now=NOW)
    monkeypatch.setattr(visits, "_PATIENCE", 0.01)
    with world.writing("a large import"):  # held by this thread, so that another one finds it busy
        other = threading.Thread(target=book.write)
        other.start()
        other.join()
    assert list_links(world, 1, now=NOW)[0].visits == 0
    book.write()
    assert list_links(world, 1, now=NOW)[0].visits == 1


def test_whoever_may_share_one_campaign_manages_the_links_of_that_one_only(world):
    made = make(world, 2)
    editor = world.acting_as(Principal(name="e", role=Role.EDITOR, campaign_ids=frozenset({1})))
    viewer = world.acting_as(Principal(name="v", role=Role.VIEWER))
    assert make(editor, 1)
    for asker in (editor, viewer):
        assert refused(make, asker, 2) == "not-allowed"
        assert refused(revoke_link, asker, made.link_id, now=NOW) == "not-allowed"
        assert refused(renew_link, asker, made.link_id, now=NOW) == "not-allowed"
        assert refused(replace_address, asker, made.link_id) == "not-allowed"
        assert refused(list_visits, asker, made.link_id) == "not-allowed"
        assert refused(revoke_link, asker, 999, now=NOW) == "not-allowed"  # not told whether it exists
    assert refused(revoke_link, world, 999, now=NOW) == "not-found"


def test_who_can_see_a_campaign_is_said(world):
    assert who_can_see(world, 1, now=NOW).sentence == "Not shared with anybody yet."
    make(world)
    make(world, mode="live")
    dead = make(world)
    revoke_link(world, dead.link_id, now=NOW)
    for name, scope in (("Mara", {"campaign_id": 1}), ("Ana", {}), ("Bo", {"campaign_id": 2})):
        add_member(world, {"email": f"{name}@example.com", "name": name, "role": "viewer", **scope}, now=NOW)
    reach = who_can_see(world, 1, now=NOW)
    assert reach.sentence == "Shared with 2 links (1 live) and 2 people."
    assert [one.name for one in reach.readers] == ["Ana", "Mara"]
    assert live_campaigns(world, now=NOW) == {1}
    assert live_campaigns(world, now=NOW + 31 * DAY) == frozenset()
    other = world.acting_as(Principal(name="e", role=Role.EDITOR, campaign_ids=frozenset({2})))
    assert live_campaigns(other, now=NOW) == frozenset()


def test_links_end_with_their_campaign(store):
    number = create_campaign(store, form(create_brand(store, {"name": "Glow"})))
    made = make(store, number)
    count_visits(store, [(made.link_id, NOW)])
    delete_campaign(store, number)
    assert open_token(store, made.token, now=NOW) is None
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM shared_link_visit").scalar() == 0


def test_a_creators_link_follows_when_creators_are_merged(world):
    people = {one.handle: one for one in list_creators(world)}
    (extra,) = join(world, 2, "mara.second")
    made = make(world, 2, kind="creator", creator_id=extra)
    gone = next(one for one in list_creators(world) if one.creator_id == extra)
    keep = people["lior"]
    merge_creators(world, keep.creator_id, extra, keep_version=keep.version, gone_version=gone.version)
    with world.reading() as connection:
        assert row_of(connection, "shared_link", made.link_id, "link")["creator_id"] == keep.creator_id
