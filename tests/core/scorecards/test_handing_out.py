"""Side by side, tables to download, and what a creator may see."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from sqlalchemy import text

from core.errors import PlumblineError
from core.scope import Scope
from core.scorecards import build_scorecard, build_scorecards
from core.scorecards.comparing import side_by_side
from core.scorecards.decisions import decide
from core.scorecards.export import HEADER, scorecards_csv, scorecards_xlsx
from core.scorecards.ratings import rate_creator
from core.scorecards.sharing import creator_view
from tests.core.scorecards import story
from tests.core.scorecards.story import TODAY


@pytest.fixture
def told(sqlite_store):
    story.tell(sqlite_store, rates=[0.02] * 5 + [0.05] * 4 + [0.2], creators=10)
    return sqlite_store


def cards_of(store):
    return build_scorecards(store, Scope(campaign_id=1), age=7, today=TODAY)


def test_two_creators_get_the_chance_that_one_is_better(told):
    beside = side_by_side(cards_of(told), [1, 10])
    assert beside.rows[0].metric.name == "engagement_rate"
    assert beside.rows[0].chance > 0.99
    assert "Creator 0010 is really better than Creator 0001" in beside.rows[0].sentence


def test_equal_creators_are_not_told_apart(told):
    row = side_by_side(cards_of(told), [1, 2, 3, 4]).rows[0]
    assert row.chance < 0.9
    assert "not clear enough" in row.sentence


@pytest.mark.parametrize("chosen", [[], [1], [1, 1], [1, 99], [1, 2, 3, 4, 5]])
def test_fewer_than_two_or_more_than_four_do_not_stand_side_by_side(told, chosen):
    with pytest.raises(PlumblineError):
        side_by_side(cards_of(told), chosen)


def test_a_creator_named_like_a_formula_opens_as_text_in_csv_and_excel(told):
    with told.writing("rename") as connection:
        connection.execute(text("UPDATE creator SET name = '=HYPERLINK(\"http://x\")' WHERE id = 1"))
    cards = cards_of(told)
    rows = list(csv.DictReader(io.StringIO(scorecards_csv(cards).decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {len(HEADER)}
    assert any(row["Creator"].startswith("'=HYPERLINK") for row in rows)
    sheet = openpyxl.load_workbook(io.BytesIO(scorecards_xlsx(cards))).active
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == len(rows) + 1


def test_exported_numbers_are_those_on_the_card(told):
    cards = cards_of(told)
    rows = list(csv.DictReader(io.StringIO(scorecards_csv(cards).decode("utf-8-sig"))))
    row = next(
        one for one in rows if one["Creator"] == "Creator 0003" and one["Metric"] == "Cost per 1,000 views"
    )
    own = cards.card(3).estimates["cost_per_thousand_views"]
    assert float(row["Measured"]) == pytest.approx(own.raw / 100)
    assert row["Currency"] == "EUR"


def test_a_campaign_without_figures_still_lists_its_creators(sqlite_store):
    story.tell(sqlite_store, creators=3)
    with sqlite_store.writing("empty") as connection:
        for name in ("video", "video_day", "video_total", "creator_total", "collaboration"):
            connection.execute(
                text(f"DELETE FROM {name}" + (" WHERE creator_id > 2" if name == "collaboration" else ""))
            )
    rows = list(csv.DictReader(io.StringIO(scorecards_csv(cards_of(sqlite_store)).decode("utf-8-sig"))))
    assert [row["Creator"] for row in rows] == ["Creator 0001", "Creator 0002"]
    assert rows[0]["What is missing"] == "Nothing measured yet."


def words_of(thing):
    return str(thing)


def test_a_creator_sees_neither_the_others_nor_what_the_team_thinks_nor_money(told):
    rate_creator(told, 1, 3, {"ease": 1, "notes": "difficult"}, now=1)
    decide(
        told,
        build_scorecard(told, 3, campaign_id=1, today=TODAY),
        {"choice": "stop", "reason": "dull"},
        now=2,
    )
    view = creator_view(build_scorecard(told, 3, campaign_id=1, today=TODAY))
    said = words_of(view)
    assert view.name == "Creator 0003"
    for secret in ("difficult", "dull", "Creator 0004", "fee", "50000", "500.00"):
        assert secret not in said.replace("Coffee", ""), secret
    assert not any("spend" in [m.name for m in one.metric.measures] for one in view.estimates)
    assert {"views", "reach", "orders"} <= {fact.metric.name for fact in view.facts}


def test_money_shows_only_when_it_is_allowed(told):
    card = build_scorecard(told, 3, campaign_id=1, today=TODAY)
    without = {fact.metric.name for fact in creator_view(card).facts}
    allowed = {fact.metric.name for fact in creator_view(card, show_money=True).facts}
    assert allowed - without >= {"spend", "revenue", "roas", "cost_per_order"}
