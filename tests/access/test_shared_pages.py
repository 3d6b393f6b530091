"""Shared links as their visitors meet them: over HTTP, through the front door, without a session."""

import gzip
import io
import re
import sqlite3
import threading
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from pypdf import PdfReader

from core.access import LOCAL_OWNER
from core.reports import RENDERERS
from core.sharing import create_link, list_links, renew_link, replace_address, revoke_link
from core.team import Sort, list_record
from pages.ui import shared_routes
from pages.ui.tries import Tries
from pages.ui.workspace import forget_store, workspace_store
from tests.access.asking import Visitor
from tests.access.world import CANARY, fill
from tests.core.written import add_facts

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    from core.store.engine import open_store

    folder = tmp_path_factory.mktemp("shared")
    store = open_store(f"sqlite:///{folder}/plumbline.db")
    fill(store)
    store.close()
    return folder


@pytest.fixture
def store(filled, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_DATA", str(filled))
    monkeypatch.setattr(shared_routes, "BY_ADDRESS", Tries())
    monkeypatch.setattr(shared_routes, "BY_LINK", Tries(most=3))
    forget_store()
    yield workspace_store().acting_as(LOCAL_OWNER)
    forget_store()


def visitor(address="127.0.0.1", **headers):
    """Return somebody with a browser of their own."""
    return Visitor(
        address=address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def make(store, campaign_id=1, **values):
    return create_link(
        store, campaign_id, {"name": "For <b>you</b>", "kind": "leadership", **values}, now=int(time.time())
    )


def enter(who, made):
    """Open a link as a browser does and return the page it leads to."""
    answer = who.get(made.path)
    assert answer.status_code == 303, answer.text
    return who.get(answer.headers["location"])


def unpacked(body):
    """Return what a file says, also where it is packed."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if body.startswith(b"%PDF"):
        document = PdfReader(io.BytesIO(body))
        return " ".join([*(page.extract_text() for page in document.pages), str(document.metadata)]).encode()
    return body


def closed(answer):
    return answer.status_code == 404 and "This link is not available" in answer.text


def test_a_link_leads_to_its_report_and_leaves_no_token_behind(store):
    made = make(store)
    who = visitor()
    answer = who.get(made.path)
    assert answer.status_code == 303
    assert made.token not in str(answer.headers)
    cookie = answer.headers["set-cookie"]
    slug = answer.headers["location"].removeprefix("/shared/")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path=/shared/{slug}" in cookie
    assert "Max-Age=43200" in cookie
    page = who.get(answer.headers["location"])
    assert page.status_code == 200
    assert "Spring" in page.text
    assert "Frozen copy of" in page.text
    assert made.token not in page.text
    assert "For &lt;b&gt;you&lt;/b&gt;" in page.text


def test_shared_pages_run_no_script_fetch_nothing_and_are_kept_nowhere(store):
    who = visitor()
    page = enter(who, make(store))
    for answer in (page, who.get("/s/unknown"), who.get(make(store, password=PASSWORD).path)):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "strict-transport-security" not in answer.headers
        assert "<script" not in answer.text
        assert not re.search(r"\b(src|href|action)\s*=\s*[\"']?(https?:)?//", answer.text)


@pytest.mark.parametrize("kind", ["leadership", "full", "creator", "checkin"])
@pytest.mark.parametrize("mode", ["frozen", "live"])
def test_not_a_word_of_another_campaign_or_of_the_inside_on_any_page_or_in_any_file(store, kind, mode):
    creator = {"creator_id": 1} if kind == "creator" else {}
    who = visitor()
    page = enter(who, make(store, kind=kind, mode=mode, allow_downloads=True, **creator))
    assert page.status_code == 200
    seen, waiting = {}, [page.path]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = who.get(path)
        assert answer.status_code == 200, path
        seen[path] = unpacked(answer.content)
        links = (
            re.findall(r'href="(/[^"#]*)', answer.text)
            if "html" in answer.headers["content-type"] and "download" not in path
            else []
        )
        assert all(link.startswith("/shared/") for link in links)
        waiting += links
    assert any("/download/" in path for path in seen)
    for ending in ("pdf", "pptx", "xlsx", "html"):
        assert b"Spring" in next(body for path, body in seen.items() if path.endswith(f"/download/{ending}"))
    assert all(CANARY.encode() not in body.lower() for body in seen.values())
    if kind == "creator":
        assert all(b"lior" not in body.lower() for body in seen.values())
    if kind == "full":
        assert len(seen) > 4


BAD_TOKENS = (
    ":token", "{token}", "*", "%", "%25", "%00", "..", "../shared", "..%2f..%2fhealthz", "a" * 43, "a" * 10_000,
    "null", "undefined", "0", "'", '"><script>', "ü" * 43, "healthz",
)  # fmt: skip


def test_whatever_does_not_open_gets_the_same_answer(store, monkeypatch):
    now = int(time.time())
    dead, old = make(store), make(store, days=1)
    revoke_link(store, dead.link_id, now=now)
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE shared_link SET expires_at = ? WHERE id = ?", (now - 1, old.link_id))
    connection.close()
    paths = ["/s", "/s/", "/shared", "/shared/", "/shared/x", "/shared/0123456789ab", dead.path, old.path]
    monkeypatch.setattr(shared_routes, "BY_ADDRESS", Tries(most=1_000))
    answers = [visitor().get(path) for path in (*paths, *(f"/s/{token}" for token in BAD_TOKENS))]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    said = [{name: value for name, value in answer.headers.items() if name != "date"} for answer in answers]
    assert all(one == said[0] for one in said)
    assert not any("set-cookie" in one for one in said)


def test_a_pass_opens_nothing_but_its_own_link(store):
    one, two = make(store), make(store, 2)
    first, second = visitor(), visitor()
    page = enter(first, one)
    other = enter(second, two)
    held = first.cookies[page.path, shared_routes.COOKIE]
    with_it = visitor(cookie=f"{shared_routes.COOKIE}={held}")
    assert with_it.get(page.path).status_code == 200
    assert closed(with_it.get(other.path))
    for wrong in (held[:-2], held[::-1], held.replace(".", ".9", 1), "", "1.seen.9999999999.x", "a" * 5_000):
        assert closed(visitor(cookie=f"{shared_routes.COOKIE}={wrong}").get(page.path))
    assert closed(visitor().get(page.path))


def test_two_links_can_be_open_in_one_browser(store):
    who = visitor()
    one, two = enter(who, make(store)), enter(who, make(store, 2))
    assert "Spring" in who.get(one.path).text
    assert CANARY in who.get(two.path).text


def test_revoking_and_expiry_hold_at_the_next_click_and_a_new_address_ends_the_old(store):
    for end in ("revoke", "expire", "replace"):
        made = make(store, mode="live", kind="full", allow_downloads=True)
        who = visitor()
        path = enter(who, made).path
        assert who.get(path).status_code == 200
        if end == "revoke":
            revoke_link(store, made.link_id, now=int(time.time()))
        elif end == "replace":
            fresh = replace_address(store, made.link_id)
        else:
            with sqlite3.connect(store.path) as connection:
                connection.execute("UPDATE shared_link SET expires_at = 5 WHERE id = ?", (made.link_id,))
            connection.close()
        assert closed(who.get(path)), end
        assert closed(who.get(f"{path}/download/html")), end
        assert closed(who.get(made.path)), end
        if end == "expire":
            renew_link(store, made.link_id, now=int(time.time()))
            assert who.get(path).status_code == 200
        if end == "replace":
            assert enter(who, fresh).status_code == 200


def test_a_password_is_asked_for_and_kept_from_guessing(store):
    made = make(store, password=PASSWORD)
    who = visitor()
    page = who.get(made.path)
    assert page.status_code == 200
    assert "has a password" in page.text
    assert "Spring" not in page.text
    assert "set-cookie" not in page.headers
    assert closed(who.get(f"/shared/{list_links(store, 1)[0].slug}"))
    wrong = who.post(made.path, data={"password": "correct horse"})
    assert (wrong.status_code, "does not fit" in wrong.text) == (403, True)
    assert who.post(made.path, content=b"password=" + b"x" * 9_000).status_code == 403
    right = who.post(made.path, data={"password": PASSWORD})
    assert right.status_code == 303
    assert who.get(right.headers["location"]).status_code == 200
    assert who.post(made.path, data={"password": "third"}).status_code == 403
    assert who.post(made.path, data={"password": PASSWORD}).status_code == 403  # guessed at too often by now
    assert any(one.action == "shared link refused" for one in list_record(store))


def test_an_address_that_fails_too_often_is_not_answered_for_a_while(store):
    made = make(store)
    who = visitor()
    for _ in range(20):
        assert closed(who.get("/s/" + "b" * 43))
    assert who.get("/s/" + "b" * 43).status_code == 429
    assert who.get(made.path).status_code == 429
    refusals = [one for one in list_record(store) if one.sort is Sort.REFUSALS]
    assert "one address" in refusals[0].subject


def test_failures_count_for_ten_minutes_only():
    moment = [0.0]
    tries = Tries(clock=lambda: moment[0])
    for _ in range(20):
        tries.failed("a")
    assert tries.is_stopped("a")
    assert not tries.is_stopped("b")
    moment[0] = 601.0
    assert not tries.is_stopped("a")


def test_a_file_is_handed_out_only_where_it_may(store):
    who = visitor()
    path = enter(who, make(store)).path
    assert "download" not in who.get(path).text
    assert closed(who.get(f"{path}/download/html"))
    allowed = enter(who, make(store, allow_downloads=True)).path
    file = who.get(f"{allowed}/download/html")
    assert file.headers["content-disposition"].startswith("attachment")
    assert b"Spring" in file.content
    for wrong in ("exe", "..", "html/x", ""):
        assert closed(who.get(f"{allowed}/download/{wrong}"))


def test_visits_are_counted_once_per_visitor_and_not_for_robots_without_cookies(store):
    made = make(store)
    path = visitor().get(made.path).headers["location"]  # a preview of a chat asks, and keeps no cookie
    assert closed(visitor().get(path))
    who = visitor()
    enter(who, made)
    who.get(path)
    who.get(path)
    shared_routes.VISITS.write()
    (link,) = [one for one in list_links(store, 1) if one.link_id == made.link_id]
    assert link.visits == 1


def test_many_who_read_at_once_share_one_making_and_one_look_but_never_an_older_one(store, monkeypatch):
    made = make(store, mode="live", kind="full")
    readers = [visitor() for _ in range(12)]
    paths = {enter(who, made).path for who in readers}
    (path,) = paths
    calls = Counter()

    def slowly(name):
        work = getattr(shared_routes, name)

        def counted(*args, **kwargs):
            calls[name] += 1
            time.sleep(0.2)
            return work(*args, **kwargs)

        monkeypatch.setattr(shared_routes, name, counted)

    for name in ("find_link", "report_of", "draw_report"):
        slowly(name)
    with store.writing("something else"):
        pass  # a new revision, so that nothing made before fits
    with ThreadPoolExecutor(max_workers=12) as threads:
        answers = list(threads.map(lambda who: who.get(path), readers))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert calls["report_of"] == calls["draw_report"] == 1
    assert calls["find_link"] < 12
    revoke_link(store, made.link_id, now=int(time.time()))
    with ThreadPoolExecutor(max_workers=12) as threads:
        assert all(map(closed, threads.map(lambda who: who.get(path), readers)))


def test_who_asks_while_a_link_is_looked_up_gets_a_look_of_their_own_time(store, monkeypatch):
    made = make(store, mode="live")
    early, late = visitor(), visitor()
    path = enter(early, made).path
    enter(late, made)
    look, began, go_on = shared_routes.find_link, threading.Event(), threading.Event()

    def held_up(*args, **kwargs):
        found = look(*args, **kwargs)
        began.set()
        go_on.wait(5)
        return found

    monkeypatch.setattr(shared_routes, "find_link", held_up)
    with ThreadPoolExecutor(max_workers=2) as threads:
        first = threads.submit(early.get, path)
        assert began.wait(5)
        revoke_link(store, made.link_id, now=int(time.time()))
        second = threads.submit(late.get, path)  # asks after revoking, while the look from before still runs
        time.sleep(0.1)
        go_on.set()
        assert first.result().status_code == 200
        assert closed(second.result())


def test_a_page_kept_for_one_link_is_never_served_to_another(store):
    """Links alike in all but what they may show, read in turns, with everything kept from before."""
    links = {
        "one": make(store, mode="live"), "two": make(store, 2, mode="live"),
        "mara": make(store, mode="live", kind="creator", creator_id=1),
        "lior": make(store, mode="live", kind="creator", creator_id=2),
        "money": make(store, mode="live", kind="full", with_money=True),
        "plain": make(store, mode="live", kind="full"),
    }  # fmt: skip
    readers = {name: visitor() for name in links}
    first = {name: enter(who, links[name]) for name, who in readers.items()}
    for _ in range(2):
        for name, who in readers.items():
            again = who.get(first[name].path)
            assert again.content == first[name].content
            assert (CANARY in again.text) == (name == "two")
            if name in ("mara", "lior"):
                assert ("lior" in again.text.lower()) == (name == "lior")
    assert len({answer.content for answer in first.values()}) == len(links)
    for name, who in readers.items():
        for other in links:
            assert closed(who.get(first[other].path)) == (other != name)


def test_what_changed_since_is_said_to_the_one_who_looked_and_to_nobody_else(store):
    made, other = make(store, mode="live", kind="full"), make(store, mode="live", kind="full", campaign_id=2)
    returning, fresh, elsewhere = visitor(), visitor(), visitor()
    first = enter(returning, made)
    enter(elsewhere, other)
    assert "Since you last looked" not in first.text
    cookie = next(one for one in enter(visitor(), made).given if one.startswith(shared_routes.SEEN_COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path={first.path}" in cookie
    add_facts(store, videos=[("7400000000000000077", "mara", "later", date(2026, 3, 8), 4_321)])
    line = "Since you last looked earlier today: video views +4,321"
    page = enter(returning, made)
    assert line in page.text
    assert page.headers["content-security-policy"] == first.headers["content-security-policy"]
    section = re.findall(r'href="(/shared/[^"#]+/[^"#]+)"', page.text)[1]
    assert line in returning.get(section).text  # on every page of the visit
    assert "Since you last looked" not in enter(fresh, made).text
    assert "Since you last looked" not in enter(elsewhere, other).text
    held = returning.cookies[page.path, shared_routes.SEEN_COOKIE]
    elsewhere.cookies[elsewhere_path := enter(elsewhere, other).path, shared_routes.SEEN_COOKIE] = held
    assert "4,321" not in elsewhere.get(elsewhere_path).text
    assert "set-cookie" not in returning.get(page.path).headers  # nothing to keep anew


def test_a_creators_pay_statement_names_no_other_pay_and_stands_where_money_is_shown_only(store):
    with store.writing("fees") as connection:
        for creator_id, fee in ((1, 123_400), (2, 987_600), (3, 555_500)):
            connection.exec_driver_sql(
                f"UPDATE collaboration SET fee = {fee} WHERE creator_id = {creator_id}"
            )
    for mode in ("frozen", "live"):
        more = {"kind": "creator", "creator_id": 1, "mode": mode, "allow_downloads": True}
        shown, hidden = visitor(), visitor()
        page = enter(shown, make(store, with_money=True, **more))
        plain = enter(hidden, make(store, **more))
        assert "Pay statement" in page.text
        assert "1,234.00" in page.text
        bodies = [page.content] + [
            unpacked(shown.get(f"{page.path}/download/{one}").content) for one in RENDERERS
        ]
        for body in bodies:
            assert not any(canary in body for canary in (b"9,876", b"9876", b"5,555", b"5555"))
        bodies = [plain.content] + [
            unpacked(hidden.get(f"{plain.path}/download/{one}").content) for one in RENDERERS
        ]
        for body in bodies:
            assert b"Pay statement" not in body
            assert b"1,234" not in body


def test_a_frozen_link_keeps_nothing_in_the_browser_but_the_pass(store):
    who = visitor()
    enter(who, make(store))
    assert {name for _, name in who.cookies} == {shared_routes.COOKIE}


def test_a_page_goes_out_packed_for_whoever_can_unpack_it(store):
    made = make(store)
    plain, packing = visitor(), visitor(accept_encoding="br, gzip")
    page, packed = enter(plain, made), enter(packing, made)
    assert "content-encoding" not in page.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == page.content
    assert len(packed.content) < len(page.content) / 2


def test_a_link_cannot_write_and_no_other_method_is_answered(store):
    who = visitor()
    path = enter(who, make(store)).path
    before = store.revision()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert who.request(method, path).status_code == 405
    assert store.revision() == before


def test_behind_a_proxy_with_tls_the_cookie_is_secure_and_the_browser_stays_with_tls(store, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_USER_HEADER", "X-Forwarded-Email")
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.0/8")
    answer = visitor("10.1.2.3", x_forwarded_proto="https").get(make(store).path)
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    stranger = visitor("192.0.2.1", x_forwarded_proto="https").get(make(store).path)
    assert "Secure" not in stranger.headers["set-cookie"]
