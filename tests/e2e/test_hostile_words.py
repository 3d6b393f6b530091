"""Names, captions and file names that try to be more than text are shown as typed, everywhere."""

from __future__ import annotations

import pytest

from tests.e2e.plans import plan, shop_orders, studio_zip
from tests.e2e.screens import ADDRESSES, drop, import_all, visit, words

pytestmark = pytest.mark.browser
ELSEWHERE = "http://198.51.100.7"  # an address of nobody's
PIXEL = f"![x]({ELSEWHERE}/p.png)"
THEIRS = "[src*='198.51.100.7'], [href*='198.51.100.7']"
TAG = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
FORMULA = '=HYPERLINK("http://198.51.100.7","go")'
TURNED = "\u202eoida\u202c :red[bold] $x^2$"
CAPTION = f"{PIXEL} {TAG} {FORMULA} [link]({ELSEWHERE}) " + "long " * 2000


def looked_at(page, server, addresses):
    """Open pages and return every word shown on them."""
    shown = []
    for address, query in addresses:
        visit(page, server, address, **query)
        shown.append(words(page).replace("\u2060", ""))  # keeps the parts of an address apart
        assert page.locator(THEIRS).count() == 0, address
        assert page.locator("[data-testid=stMain] script, [data-testid=stMain] img[src=x]").count() == 0, (
            address
        )
    return shown


def test_hostile_words_stay_words(own_server, folder, tab):
    plan(folder, name=PIXEL, creator=TAG[:80])
    server = own_server()
    page = tab(bypass_csp=True)  # the words alone must hold, without the policy behind them
    asked, titles = [], set()
    page.on("request", lambda request: asked.append(request.url))
    page.on("framenavigated", lambda _: titles.add(page.title()))
    visit(page, server, "upload")
    orders = shop_orders(3, code=FORMULA.replace(",", " "), name=f"{PIXEL} {TURNED}.csv".replace("/", "_"))
    drop(page, studio_zip(caption=CAPTION.replace('"', '""')), orders)
    assert page.locator(THEIRS).count() == 0
    import_all(page)
    more = [
        ("history", {"batch": 1}),
        ("history", {"batch": 2}),
        ("creator", {"creator": 1}),
        ("sum", {"metric": "orders"}),
    ]
    shown = looked_at(page, server, [*((address, {}) for address in ADDRESSES), *more])
    assert PIXEL in shown[0]
    assert TAG[:60] in shown[-2]
    assert not {"taken"} & {*titles, page.title()}
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.address.split("/")[2]}
