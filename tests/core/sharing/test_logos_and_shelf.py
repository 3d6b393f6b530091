"""Logos are drawn anew; costly things are made once for all who wait for them."""

import io
import threading
import time

import pytest
from PIL import Image

from core.access import Principal, Role
from core.campaigns import create_brand, create_campaign
from core.errors import PlumblineError
from core.sharing import Shelf, get_logo, link_report, may_set_logo, remove_logo, set_logo
from tests.core.written import form

NOW = 1_772_600_000


def picture(kind="PNG", size=(900, 300), **options):
    out = io.BytesIO()
    Image.new("RGB", size, (11, 107, 102)).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def campaign(sqlite_store):
    return create_campaign(sqlite_store, form(create_brand(sqlite_store, {"name": "Glow"})))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_small_and_without_what_was_hidden_in_the_file(sqlite_store, campaign, kind):
    exif = Image.Exif()
    exif[0x010E] = "taken at home by zebrafish"
    set_logo(sqlite_store, campaign, picture(kind, exif=exif) + b"<script>zebrafish</script>")
    found = get_logo(sqlite_store, campaign)
    assert found.startswith(b"\x89PNG")
    assert b"zebrafish" not in found
    assert Image.open(io.BytesIO(found)).size == (720, 240)
    assert link_report(sqlite_store, campaign, kind="leadership", now=NOW).logo == found
    assert link_report(sqlite_store, campaign, kind="leadership", with_logo=False, now=NOW).logo == b""
    remove_logo(sqlite_store, campaign)
    assert get_logo(sqlite_store, campaign) == b""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo-not-a-picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo-not-a-picture"),
        (picture()[:200], "logo-not-a-picture"),
        (picture("GIF"), "logo-not-a-picture"),
        (picture(size=(9000, 9000)), "logo-not-a-picture"),
        (b"\x89PNG" + b"0" * 1_000_001, "logo-too-large"),
    ],
    ids=["empty", "svg", "cut", "gif", "bomb", "large"],
)
def test_what_is_no_small_picture_is_refused(sqlite_store, campaign, data, code):
    with pytest.raises(PlumblineError) as caught:
        set_logo(sqlite_store, campaign, data)
    assert caught.value.issue.code == code


def test_a_logo_is_for_whoever_shares_all_campaigns_of_the_brand(sqlite_store, campaign):
    other = create_campaign(sqlite_store, form(1, code="other", name="other"))
    part = sqlite_store.acting_as(Principal(name="e", role=Role.EDITOR, campaign_ids=frozenset({campaign})))
    whole = sqlite_store.acting_as(
        Principal(name="e", role=Role.EDITOR, campaign_ids=frozenset({campaign, other}))
    )
    assert not may_set_logo(part, campaign)
    with pytest.raises(PlumblineError):
        set_logo(part, campaign, picture())
    set_logo(whole, campaign, picture())


def test_many_who_ask_at_once_get_one_making():
    shelf: Shelf[int] = Shelf(2)
    made = []

    def make():
        made.append(1)
        time.sleep(0.05)
        return len(made)

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(shelf.get("key", make))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, set(found)) == ([1], {1})


def test_a_shelf_forgets_the_oldest_and_keeps_no_failure():
    shelf: Shelf[str] = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: str(1 // 0))
    assert [shelf.get(key, lambda key=key: key) for key in "abc"] == ["a", "b", "c"]
    assert shelf.get("a", lambda: "made again") == "made again"
    assert shelf.get("c", lambda: "made again") == "c"
