"""Upload, answer, import, look into it, undo: the pages on a real store."""

from __future__ import annotations

import time

import pytest

from core.imports.history import undo
from tests.pages.screens import open_page

OVERVIEW = (
    '\ufeff"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
    '"March 1","100","5","10","1","2"\n"March 2","200","6","20","2","3"'
).encode()


@pytest.fixture
def uploads(sqlite_store):
    return open_page("uploads.py")


def finish(app):
    """Run the page again until no job is at work."""
    for _ in range(200):
        app.run()
        if not any("goes on" in caption.value for caption in app.caption):
            return app
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def drop(app, name, data):
    app.file_uploader[0].upload(name, data).run()
    return finish(app)


def words(app):
    return " ".join(
        element.value
        for kind in ("markdown", "caption", "error", "warning", "success", "info")
        for element in app.get(kind)
    )


def test_a_file_is_looked_at_imported_and_undone(uploads, sqlite_store):
    app = drop(uploads, "Overview_2026-03-01_1772500000_ada.brews.zip", studio_zip())
    assert not app.exception
    assert "TikTok Studio overview" in words(app)
    app.button(key="import_ready").click()
    finish(app)
    assert "2 rows = 2 stored" in words(app).replace("\\", "")
    history = open_page("history.py")
    history.query_params["batch"] = "1"
    history.run()
    assert "Overview.csv" in words(history).replace("\\", "")
    history.button(key="undo").click().run()
    assert "as if" in words(history)
    undo(sqlite_store, 1)  # the button inside a dialog needs a browser: tests/e2e presses it
    assert "Undone by" in words(history.run()).replace("\\", "")
    assert not history.exception


def test_a_file_that_does_not_name_its_account_asks_whose_it_is(uploads):
    app = drop(uploads, "Overview.csv", OVERVIEW)
    assert any("Whose TikTok account" in field.label.replace("\\", "") for field in app.text_input)
    assert app.button(key="import_ready").disabled


def test_what_several_files_ask_is_answered_once(uploads, sqlite_store):
    viewers = b'"Date","Total Viewers","New Viewers","Returning Viewers"\n"March 1","9","4","5"\n"March 2","8","4","4"'
    uploads.file_uploader[0].upload("Overview.csv", OVERVIEW)
    uploads.file_uploader[0].upload("Viewers.csv", viewers).run()
    app = finish(uploads)
    assert any("Answer once for 2 files" in heading.value for heading in app.subheader)
    account = next(field for field in app.text_input if str(field.key).startswith("shared_"))
    account.set_value("@ada.brews")
    next(each for each in app.button if each.label == "Use for all of these files").click().run()
    assert not app.exception
    assert "2 of 2 files are ready to import" in words(app)
    app.button(key="import_ready").click()
    assert "2 rows = 2 stored" in words(finish(app)).replace("\\", "")


def test_an_unknown_table_can_be_left_out(uploads):
    app = drop(uploads, "Business.csv", b"date,orders,total_revenue,cogs\n2024-01-01,76,36.17,20.19\n")
    assert "a day of the whole shop" in words(app)
    next(each for each in app.button if each.label == "Leave this file out").click().run()
    assert not app.exception
    assert "left out as you chose" in words(app)


def test_a_web_page_saved_as_csv_is_refused_in_one_sentence(uploads):
    app = drop(uploads, "orders.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>")
    assert "web page" in words(app)
    assert app.button(key="import_ready").disabled


def test_a_hostile_file_name_is_shown_as_typed(uploads):
    app = drop(uploads, "![x](http://127.0.0.1:9/p.png)<script>.csv", b"a,b\n1,2\n")
    assert not app.exception
    assert "![x](" not in words(app)


def test_the_glossary_finds_a_metric_by_its_words(sqlite_store):
    app = open_page("glossary.py")
    assert "Hook rate" in words(app)
    app.text_input(key="find_metric").set_value("hook").run()
    assert "Hook rate" in words(app)
    assert "Average order value" not in words(app)


def test_figures_of_a_screenshot_are_checked_and_stored(sqlite_store):
    app = open_page("figures.py")
    app.button[0].click().run()
    assert app.error
    app.text_input(key="typed_video").set_value("https://www.tiktok.com/@ada.brews/video/7612545815780805904")
    app.number_input(key="typed_views").set_value(1000)
    app.number_input(key="typed_seconds").set_value(9.5)
    app.button[0].click().run()
    assert not app.exception
    assert app.success


def studio_zip():
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Overview.csv", OVERVIEW)
    return buffer.getvalue()
