"""One experiment as a marketer goes through it: plan, draw, brief; then a result, its end and its learning."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.e2e.screens import press, settle, visit, words

pytestmark = pytest.mark.browser
CODE = "serum-tests-25"


def fill(page, label, text):
    page.get_by_label(label, exact=True).first.fill(text)
    page.keyboard.press("Tab")
    settle(page)


def test_from_the_plan_to_the_learning(own_server, sample_folder, folder, tab):
    shutil.copytree(sample_folder, folder)
    server, page = own_server(), tab()

    visit(page, server, "experiments", campaign=CODE, new="1")
    page.get_by_text("you would notice a better version only if").wait_for()
    fill(page, "What you do today", "Long video")
    fill(page, "What you try", "Short video")
    fill(page, "Name", "Long or short")
    press(page, "Keep this plan")
    page.get_by_role("heading", name="Long or short").wait_for()
    page.get_by_role("link", name="Finish the plan and start it").click()
    page.get_by_role("heading", name="Long or short").wait_for()
    press(page, "Draw the versions and start")
    page.get_by_role("tab", name="Videos and briefs").click()
    page.get_by_text("0 of 72 planned videos are in").wait_for()
    page.get_by_text("Amelie Novak").last.click()
    page.get_by_text("we would like 6 videos from you, in this order").first.wait_for()

    visit(page, server, "experiments", campaign=CODE)
    card = page.get_by_text("Question first wins.").first
    card.wait_for()
    page.get_by_role("link", name="Open it").nth(2).click()
    page.get_by_role("heading", name="Question first wins").wait_for()
    settle(page)
    said = words(page)
    assert re.search(r"likely between \d+% and \d+% more", said)
    assert "assigned at random" in said
    page.get_by_role("tab", name="Finish").click()
    fill(page, "Why", "Twelve of twelve creators did better.")
    press(page, "Finish this experiment")
    page.get_by_text("What did you learn?").wait_for()
    press(page, "Keep the learning")
    page.get_by_role("link", name="See all learnings").wait_for()
    visit(page, server, "learnings", campaign=CODE)
    page.get_by_text("1 learning for the next brief.").wait_for()
    page.get_by_text("Open with a question to the viewer before the product is seen. (tested)").wait_for()
