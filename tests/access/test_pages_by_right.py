"""Which pages exist for whom, and that none of them shows a word of another campaign."""

import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.access import LOCAL_OWNER
from core.sharing import create_link, list_links
from core.team import Sort, list_members, list_record, remove_member
from pages.ui import serving
from pages.ui.rights import exists_for
from pages.ui.routing import PAGES
from pages.ui.workspace import forget_store, workspace_store
from tests.access.world import CANARY, NOW, fill, invite
from tests.pages.screens import MAIN, button, press, words_of

REFUSED = "do not have the right"
SIGN_IN = ("REDIRECT_URI", "COOKIE_SECRET", "CLIENT_ID", "CLIENT_SECRET", "METADATA_URL")


@pytest.fixture
def store(monkeypatch, tmp_path, sqlite_url):
    """Return a filled store behind sign-in."""
    for name in SIGN_IN:
        monkeypatch.setenv(f"PLUMBLINE_SIGN_IN_{name}", "stated")
    monkeypatch.setenv("PLUMBLINE_ADMIN", "boss@example.com")
    monkeypatch.setitem(serving._AT_THE_DOOR, "stands", True)
    forget_store()
    opened = workspace_store().acting_as(LOCAL_OWNER)
    fill(opened)
    invite(opened, "reader", "viewer", campaign_id=1)
    invite(opened, "maker", "editor", campaign_id=1)
    invite(opened, "everyones", "editor")
    yield opened
    forget_store()


def open_as(name, page="", *, since=None, verified=True, **query):
    """Return a page as somebody who signed in sees it; '' is nobody."""
    st.cache_resource.clear()
    app = AppTest.from_file(MAIN, default_timeout=60)
    if name:
        app.user = {
            "is_logged_in": True, "email": f"{name}@example.com", "email_verified": verified,
            "iat": int(time.time()) if since is None else since,
        }  # fmt: skip
    for field, value in query.items():
        app.query_params[field] = value
    app.run()
    if page:
        app.switch_page(page).run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def everything_of(app):
    """Return all that the page sends to the browser, as one text."""
    return str(app._tree.children) + repr(
        [(element.type, element.proto) for element in app._tree if hasattr(element, "proto")]
    )


def files_for(asker):
    return [page[0] for pages in PAGES.values() for page in pages if exists_for(asker, page[0])]


def principal(store, name):
    from core.team import SignIn, principal_of

    return principal_of(store, SignIn(email=f"{name}@example.com", is_verified=True, since=int(time.time())))


def test_the_menu_of_each_role(store):
    reader, maker, everyones, boss = (
        set(files_for(principal(store, name))) for name in ("reader", "maker", "everyones", "boss")
    )
    assert reader < maker < everyones < boss
    assert (
        not {
            "uploads.py",
            "history.py",
            "plan.py",
            "shares.py",
            "team.py",
            "audit.py",
            "data.py",
            "settings.py",
        }
        & reader
    )
    assert {"plan.py", "shares.py", "videos.py"} <= maker
    assert not {"uploads.py", "history.py", "team.py", "audit.py", "settings.py"} & maker
    assert {"uploads.py", "history.py", "settings.py"} <= everyones
    assert {"team.py", "audit.py", "data.py"} == boss - everyones


@pytest.mark.parametrize("name", ["reader", "maker"])
def test_every_page_of_somebody_who_sees_one_campaign_works_and_shows_no_other(store, name):
    for file in files_for(principal(store, name)):
        app = open_as(name, "" if file == "home.py" else file)
        assert app.title, file
        assert REFUSED not in words_of(app), file
        assert CANARY not in everything_of(app).lower(), file


def test_the_other_campaign_is_there_for_whoever_may_see_it(store):
    app = open_as("everyones", "plan.py", campaign=f"{CANARY}-code")
    assert CANARY in everything_of(app).lower()


@pytest.mark.parametrize("file", ["uploads.py", "shares.py", "team.py", "audit.py"])
def test_a_page_that_does_not_exist_for_somebody_cannot_be_opened(store, file):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_as("reader", file)


def test_a_campaign_in_the_address_that_is_not_ones_own_is_as_if_it_were_not_there(store):
    app = open_as("reader", campaign=f"{CANARY}-code")
    unknown = open_as("reader", campaign="no-such-campaign")
    assert words_of(app).replace(CANARY, "no").replace("no\\-code", "no\\-such\\-campaign") == words_of(
        unknown
    )


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("", {}, "Sign in"),
        ("stranger", {}, "nobody has given you access"),
        ("reader", {"verified": False}, "does not vouch"),
        ("reader", {"since": NOW - 13 * 3600}, "lasts 12 hours"),
    ],
)
def test_whoever_is_not_let_in_sees_the_way_to_sign_in_and_nothing_else(store, name, options, says):
    app = open_as(name, campaign="spring", **options)
    shown = words_of(app) + " ".join(str(one.label) for one in app.button)
    assert says in shown
    assert "Spring" not in everything_of(app)
    assert len(app.sidebar.children) == 0
    for file in ("funnel.py", "uploads.py", "team.py"):
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            app.switch_page(file)


def test_whoever_is_removed_sees_nothing_at_the_next_click(store):
    app = open_as("maker")
    assert "Spring" in words_of(app)
    (member,) = [one for one in list_members(store) if one.name == "maker"]
    remove_member(store, member.member_id)
    time.sleep(0.3)
    app.run()
    assert "Spring" not in words_of(app)
    assert "nobody has given you access" in words_of(app)


def test_sign_ins_and_refusals_are_recorded_once_a_session(store):
    for name in ("reader", "stranger"):
        app = open_as(name)
        app.run()
    sorts = [one.sort for one in list_record(store)]
    assert sorts.count(Sort.SIGN_INS) == 1
    assert sorts.count(Sort.REFUSALS) == 1


def test_a_link_is_made_shown_once_renewed_and_revoked(store):
    app = open_as("maker", "shares.py", kind="full")
    press(app, "Make the link")
    (link,) = list_links(store, 1)
    assert (link.kind, link.with_money, link.created_by) == ("full", False, "maker")
    assert any("/s/" in str(code.value) for code in app.code)
    press(app, "I have copied it")
    assert not app.code
    press(app, "Open for 30 more days")
    press(app, "Revoke now")
    assert "Revoked (1)" in " ".join(str(one.label) for one in app.expander)
    assert list_links(store, 1)[0].revoked_by == "maker"


def test_problems_with_a_link_are_said_beside_the_field(store):
    app = open_as("maker", "shares.py")
    app.text_input(key="share_password").input("short")
    press(app, "Make the link")
    assert "5 characters" in words_of(app)
    assert list_links(store, 1) == ()


def test_an_admin_adds_somebody_gives_a_right_and_removes_them(store):
    app = open_as("boss", "team.py")
    app.text_input(key="add_email").input("Ana@Example.com")
    app.text_input(key="add_name").input("Ana")
    press(app, "Add this person")
    ana = next(one for one in list_members(store) if one.name == "Ana")
    assert ana.email == "ana@example.com"
    app.button(key=f"give_{ana.member_id}").click().run()
    app.button(key=f"remove_{ana.member_id}").click().run()
    assert "Ana" not in [one.name for one in list_members(store)]


def test_the_record_is_filtered_and_names_who(store):
    create_link(store, 1, {"name": "Client", "kind": "leadership"}, now=NOW)
    app = open_as("boss", "audit.py")
    app.button_group(key="record_sorts").set_value([Sort.SHARING]).run()
    frame = app.dataframe[0].value
    assert set(frame["What"]) == {"shared link made"}
    assert set(frame["On"]) == {"Client"}


def test_who_can_see_a_campaign_is_said_on_its_plan(store):
    create_link(store, 1, {"name": "Client", "kind": "leadership", "mode": "live"}, now=NOW)
    app = open_as("maker", "plan.py")
    assert "Shared with 1 link (live) and 3 people." in everything_of(app)


def test_a_page_for_changing_says_so_on_a_campaign_that_can_only_be_read(store):
    from core.team import give_right

    (member,) = [one for one in list_members(store) if one.name == "maker"]
    give_right(store, member.member_id, {"role": "viewer", "campaign_id": 2})
    time.sleep(0.3)
    app = open_as("maker", "plan.py", campaign=f"{CANARY}-code")
    assert "You can read" in words_of(app)
    assert not app.text_input


def test_links_between_pages_are_drawn_only_where_the_other_page_exists(store):
    with pytest.raises(StopIteration):
        button(open_as("reader"), "Load the sample campaign")


def test_what_a_session_kept_for_one_person_is_gone_for_the_next(store):
    app = press(open_as("maker", "shares.py"), "Make the link")
    assert app.code
    app.user = app.user | {"email": "everyones@example.com"}
    app.run()
    assert not app.code
