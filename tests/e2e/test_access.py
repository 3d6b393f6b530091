"""The access probe: a fresh server, raw websockets, strangers, and words that must never arrive."""

from __future__ import annotations

import http.client
import re
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from core.access import LOCAL_OWNER
from core.sharing import create_link, list_links, revoke_link
from core.store.engine import open_store
from core.team import list_members, remove_member
from pages.ui.routing import PAGES
from tests.access.world import CANARY, fill, invite
from tests.e2e.conftest import Server

pytestmark = pytest.mark.browser
ADDRESSES = [page[3] for pages in PAGES.values() for page in pages]
FILES = {page[3]: page[1] for pages in PAGES.values() for page in pages}
READER_PAGES = {"Start", "Funnel", "One creator", "Show the sum", "Orders and credit", "Glossary"}
ADMIN_PAGES = {"People and rights", "Who did what"}


@pytest.fixture(scope="module")
def folder_of_world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access") / "data"
    folder.mkdir()
    store = open_store(f"sqlite:///{folder}/plumbline.db")
    fill(store)
    invite(store, "reader", "viewer", campaign_id=1)
    invite(store, "maker", "editor", campaign_id=1)
    invite(store, "importer", "editor")
    yield folder, store
    store.close()


@pytest.fixture(scope="module")
def guarded(folder_of_world):
    """Return a fresh server behind a proxy on this computer that names the person."""
    folder, _ = folder_of_world
    running = Server(
        folder,
        PLUMBLINE_USER_HEADER="X-Email",
        PLUMBLINE_TRUSTED_PROXIES="127.0.0.1,::1",
        PLUMBLINE_ADMIN="boss@example.com",
    )
    yield running
    running.stop()


class Line:
    """A websocket to the server, as somebody; what came over it is kept whole."""

    def __init__(self, server, who="", **headers):
        named = {"X-Email": f"{who}@example.com"} if who else {}
        self.stack = ExitStack()
        self.line = self.stack.enter_context(connect(
            f"ws://localhost:{server.port}/_stcore/stream", origin=headers.pop("origin", server.address),
            subprotocols=["streamlit"], additional_headers=named | headers, max_size=None, open_timeout=30,
        ))  # fmt: skip
        self.session, self.title, self.pages, self.seen = "", "", set(), b""

    def run(self, page="", query=""):
        """Run a page and return all the bytes that came."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.context_info.locale = "en-US"
        self.line.send(message.SerializeToString())
        got = b""
        while True:
            data = self.line.recv(timeout=60)
            got += data
            answer = ForwardMsg()
            answer.ParseFromString(data)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.session = answer.new_session.initialize.session_id or self.session
            elif kind == "navigation":
                self.pages = {one.page_name for one in answer.navigation.app_pages}
            elif kind == "script_finished" and answer.script_finished in (0, 1):
                self.seen += got
                return got

    def close(self):
        self.stack.close()


def ask(server, method, path, body=b"", **headers):
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    connection.request(
        method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    return answer, answer.read()


def test_the_first_request_of_a_fresh_server_shows_a_stranger_nothing(guarded):
    for who in ("", "stranger"):
        for address in ("funnel", "team", "upload"):
            line = Line(guarded, who)
            got = line.run(address, "campaign=spring")
            assert b"Spring" not in got
            assert CANARY.encode() not in got.lower()
            assert b"Upload files" not in got
            assert not line.pages & {*FILES.values()}
            line.close()


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        (
            "reader",
            READER_PAGES,
            {"Upload files", "Campaign and goals", "Shared links", "Workspace", *ADMIN_PAGES},
        ),
        (
            "maker",
            READER_PAGES | {"Campaign and goals", "Shared links"},
            {"Upload files", "Import history", *ADMIN_PAGES},
        ),
        ("importer", {"Upload files", "Import history", "Shared links"}, ADMIN_PAGES),
        ("boss", ADMIN_PAGES, set()),
    ],
)
def test_every_address_with_every_parameter_shows_each_only_what_is_theirs(guarded, who, has, has_not):
    line = Line(guarded, who)
    addresses = ADDRESSES if who in ("reader", "maker") else ["", "team"]
    for address in addresses:
        line.run(
            address,
            f"campaign={'spring' if who in ('reader', 'maker') else CANARY + '-code'}&creator=3&job=1&batch=1",
        )
        assert has <= line.pages, address
        assert not has_not & line.pages, address
    if who in ("reader", "maker"):
        line.run("funnel", "creator=3&video=7400000000000000002&campaign=spring")
        assert b"Spring" in line.seen
        assert CANARY.encode() not in line.seen.lower()
    else:
        assert CANARY.encode() in line.seen.lower()  # the words can arrive where they may
    line.close()


def test_a_stranger_sends_no_file_and_an_importer_does(guarded):
    boundary = "b0undary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\na,b\r\n--{boundary}--\r\n"
    ).encode()
    kind = f"multipart/form-data; boundary={boundary}"
    codes = {}
    for who in ("stranger", "reader", "importer"):
        line = Line(guarded, who)
        line.run("upload")
        answer, _ = ask(
            guarded,
            "PUT",
            f"/_stcore/upload_file/{line.session}/f1",
            body,
            Content_Type=kind,
            X_Email=f"{who}@example.com",
            Origin=guarded.address,
        )
        codes[who] = answer.status
        if who == "importer":  # nobody else may use the session that an importer opened
            answer, _ = ask(
                guarded, "PUT", f"/_stcore/upload_file/{line.session}/f2", body, Content_Type=kind
            )
            codes["somebody with the address of the session"] = answer.status
        line.close()
    assert (codes["stranger"], codes["reader"], codes["somebody with the address of the session"]) == (
        403,
        403,
        403,
    )
    assert codes["importer"] in (204, 403)
    if codes["importer"] == 403:  # let in by us, but without the token against forged requests
        answer, said = ask(
            guarded,
            "PUT",
            "/_stcore/upload_file/none/f1",
            body,
            Content_Type=kind,
            X_Email="importer@example.com",
        )
        assert b"upload page" in said


def test_foreign_origins_pictures_and_closed_doors(guarded):
    with pytest.raises(InvalidStatus) as refused:
        Line(guarded, "boss", origin="https://evil.example")
    assert refused.value.response.status_code == 403
    assert ask(guarded, "GET", "/media/0123456789abcdef.csv")[0].status == 404
    for path in ("/_stcore/metrics", "/_stcore/agent"):
        assert ask(guarded, "GET", path, X_Email="boss@example.com")[0].status == 404
    answer, _ = ask(guarded, "GET", "/media/0123456789abcdef.csv", X_Email="boss@example.com")
    assert answer.getheader("cache-control") == "no-store"


def test_whoever_is_removed_is_out_at_the_next_click_with_the_socket_still_open(guarded, folder_of_world):
    _, store = folder_of_world
    number = invite(store, "leaver", "viewer", campaign_id=1)
    line = Line(guarded, "leaver")
    assert b"Spring" in line.run("funnel", "campaign=spring")
    assert number in [one.member_id for one in list_members(store)]
    remove_member(store, number)
    time.sleep(0.3)
    assert b"Spring" not in line.run("funnel", "campaign=spring")
    line.close()


def test_a_visitor_of_a_link_opens_a_page_and_no_socket_and_is_out_when_it_is_revoked(
    guarded, folder_of_world, tab
):
    _, store = folder_of_world
    made = create_link(store, 1, {"name": "Client", "kind": "full", "mode": "live"}, now=int(time.time()))
    page = tab(viewport={"width": 390, "height": 844}, color_scheme="dark")
    asked, sockets, trouble = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(f"{guarded.address}{made.path}")
    assert made.token not in page.url
    assert "Spring" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("navigation").get_by_role("link").nth(1).click()
    assert CANARY not in page.content().lower()
    assert sockets == []
    assert trouble == []
    assert all(re.fullmatch(rf"{guarded.address}/(s|shared)/.*", url) for url in asked)
    for address in ("funnel", "upload", "team"):
        assert "Spring" not in page.request.get(f"{guarded.address}/{address}").text()
    slug = next(link.slug for link in list_links(store, 1) if link.link_id == made.link_id)
    revoke_link(store.acting_as(LOCAL_OWNER), made.link_id, now=int(time.time()))
    assert page.goto(f"{guarded.address}/shared/{slug}").status == 404
    assert "not available" in page.inner_text("main")


def test_a_server_that_would_let_strangers_in_does_not_start(tmp_path):
    with pytest.raises(AssertionError, match="no sign-in is set up"):
        Server(tmp_path / "data", STREAMLIT_SERVER_ADDRESS="0.0.0.0")  # noqa: S104  (it must refuse)


def test_a_server_with_sign_in_asks_for_it(tmp_path, tab):
    stated = {"REDIRECT_URI": "http://localhost/oauth2callback", "COOKIE_SECRET": "c" * 40, "CLIENT_ID": "id",
              "CLIENT_SECRET": "secret", "METADATA_URL": "http://localhost:9/none"}  # fmt: skip
    settings = {f"PLUMBLINE_SIGN_IN_{name}": value for name, value in stated.items()}
    running = Server(tmp_path / "data", PLUMBLINE_ADMIN="boss@example.com", **settings)
    try:
        page = tab()
        page.goto(f"{running.address}/team")
        page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
        assert page.get_by_test_id("stSidebarNav").count() == 0
        assert Path(running.log).exists()
    finally:
        running.stop()
