"""What changed since a reader last looked: from what their own browser kept, and of this link's figures only."""

from dataclasses import replace
from datetime import date

import pytest

from core.campaigns import create_brand, create_campaign, edit_campaign, form_values, get_campaign
from core.metrics.registry import BY_NAME
from core.reports.model import Section
from core.sharing import (
    Look,
    Memory,
    create_link,
    open_token,
    read_memory,
    remember,
    report_of,
    seen_figures,
    since_words,
    write_memory,
)
from core.tracking import add_code
from tests.core.reports.making import every_part
from tests.core.written import add_facts, form, join

NOW = 1_773_500_000  # 14 March 2026
DAY = 86_400


@pytest.fixture
def store(sqlite_store):
    create_campaign(sqlite_store, form(create_brand(sqlite_store, {"name": "Glow"})))
    mara, _ = join(sqlite_store, 1, "mara", "lior")
    add_code(sqlite_store, 1, {"code": "MARA10", "creator_id": mara})
    add_facts(sqlite_store, videos=[("7400000000000000001", "mara", "hello", date(2026, 3, 5), 12_000)])
    add_facts(sqlite_store, orders=_orders(20, 26))
    return sqlite_store


def _orders(first, last):
    return [(f"o{number}", date(2026, 3, 6), "code", "MARA10", 5_000) for number in range(first, last)]


def more(store):
    add_facts(store, videos=[("7400000000000000002", "lior", "again", date(2026, 3, 6), 2_300)])
    add_facts(store, orders=_orders(40, 47))


def link(store, **values):
    return create_link(
        store, 1, {"name": "C", "kind": "leadership", "mode": "live", "days": 90, **values}, now=NOW
    )


def look(store, made, kept="", *, now, is_new=True):
    """Return the line of a visit, and what the browser keeps from then on."""
    opened = open_token(store, made.token, now=now)
    report = report_of(opened, now=now)
    memory = remember(
        read_memory(opened, kept), Look(at=now, figures=seen_figures(opened, report)), is_new=is_new
    )
    return since_words(opened, report, memory, now=now), write_memory(opened, memory)


def test_nothing_at_the_first_visit_nothing_where_nothing_changed_and_one_line_where_it_did(store):
    made = link(store)
    words, kept = look(store, made, now=NOW)
    assert words == ""
    words, kept = look(store, made, kept, now=NOW + 2 * DAY)
    assert words == ""
    more(store)
    words, kept = look(store, made, kept, now=NOW + 5 * DAY)
    assert words == "Since you last looked on 16 Mar 2026: video views +2,300, credited orders +7."
    again, kept = look(store, made, kept, now=NOW + 5 * DAY + 60, is_new=False)
    assert again == words  # on every page of this visit
    again, kept = look(store, made, kept, now=NOW + 5 * DAY + 120)
    assert again == words  # and when the link is clicked again at once
    assert look(store, made, kept, now=NOW + 6 * DAY)[0] == ""


def test_a_change_within_the_day_says_so(store):
    made = link(store)
    _, kept = look(store, made, now=NOW)
    more(store)
    assert look(store, made, kept, now=NOW + 600)[0].startswith("Since you last looked earlier today: ")


def test_money_and_sections_that_are_hidden_are_neither_kept_nor_said(store):
    money, plain = link(store, with_money=True), link(store)
    few = link(store, kind="full", sections=("awareness",))
    seen = {}
    for made in (money, plain, few):
        opened = open_token(store, made.token, now=NOW)
        seen[made] = set(seen_figures(opened, report_of(opened, now=NOW)))
    assert "revenue" in seen[money]
    assert seen[plain] & {"revenue", "spend", "roas", "cost_per_thousand_views"} == set()
    assert "orders" in seen[plain]
    assert "views" in seen[few]
    assert "orders" not in seen[few]


def test_small_counts_that_are_held_back_are_neither_kept_nor_said(sqlite_store):
    create_campaign(sqlite_store, form(create_brand(sqlite_store, {"name": "Glow"})))
    mara, _ = join(sqlite_store, 1, "mara", "lior")
    add_code(sqlite_store, 1, {"code": "MARA10", "creator_id": mara})
    add_facts(sqlite_store, videos=[("7400000000000000001", "mara", "hello", date(2026, 3, 5), 12_000)])
    add_facts(sqlite_store, orders=_orders(1, 4))
    made = link(sqlite_store)
    _, kept = look(sqlite_store, made, now=NOW)
    add_facts(sqlite_store, orders=_orders(4, 9))
    assert "orders" not in look(sqlite_store, made, kept, now=NOW + DAY)[0]


def test_a_figure_counted_by_other_rules_is_named_and_not_compared(store):
    made = link(store)
    _, kept = look(store, made, now=NOW)
    more(store)
    plan = get_campaign(store, 1)
    edit_campaign(store, 1, form_values(plan) | {"click_window_days": "7"}, version=plan.version, now=NOW)
    words, _ = look(store, made, kept, now=NOW + DAY)
    assert "video views +2,300; counted by other rules than then, so not compared: " in words
    assert "credited orders" in words
    assert "orders +" not in words


def test_what_a_browser_hands_in_is_believed_for_its_own_link_only(store):
    made, other = link(store), link(store)
    _, kept = look(store, made, now=NOW)
    opened, beside = (open_token(store, one.token, now=NOW) for one in (made, other))
    assert read_memory(opened, kept).last is not None
    for wrong in ("", kept[:-1], kept + "A", kept[::-1], "a" * 5_000, "W10.x", "\ud800"):
        assert read_memory(opened, wrong) == Memory()
    assert read_memory(beside, kept) == Memory()


def test_what_is_kept_fits_a_cookie_and_names_nobody(store):
    made = link(store, kind="full", with_money=True)
    _, kept = look(store, made, now=NOW)
    more(store)
    _, kept = look(store, made, kept, now=NOW + DAY)
    assert len(kept) < 2_000
    memory = read_memory(open_token(store, made.token, now=NOW), kept)
    assert 4 <= len(memory.last.figures) <= 6
    assert set(memory.last.figures) <= set(BY_NAME)


def test_no_word_of_people_reaches_the_line(store):
    made = link(store)
    opened = open_token(store, made.token, now=NOW)
    hostile = every_part("<script>zebrafish</script>")
    then = Look(at=NOW, figures=seen_figures(opened, hostile))
    (section,) = hostile.sections
    figure = replace(section.figures[0], value=5.0, label="<script>")
    later = replace(hostile, sections=(Section(key="goals", title="x", claim="x", figures=(figure,)),))
    memory = remember(Memory(last=then), Look(at=NOW + DAY, figures=seen_figures(opened, later)), is_new=True)
    words = since_words(opened, later, memory, now=NOW + DAY)
    assert words.startswith("Since you last looked on 14 Mar 2026: credited revenue (net) −€1,234.45")
    assert "<" not in words
