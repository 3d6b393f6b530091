"""Your data on the page: backups, putting one back, erasing with the name typed."""

from datetime import date

import pytest

from core.campaigns import create_brand, list_brands, list_campaigns
from core.retention import read_retention, set_retention
from core.store.backup import backup
from core.store.shelf import folder_of, list_backups
from pages.ui.daily import close_if_due, make_if_due
from pages.ui.workspace import forget_store, workspace_store
from tests.core.written import add_facts, join, make_campaign
from tests.pages.screens import button, open_page, press, words_of


@pytest.fixture
def store(sqlite_url, monkeypatch):
    """Return the store that the pages of this test open."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    forget_store()
    opened = workspace_store()
    yield opened
    forget_store()
    opened.close()


def test_a_backup_is_made_listed_and_removed(store):
    app = press(open_page("data.py"), "Make a backup now")
    (made,) = list_backups(store)
    assert any(one.key == f"drop_{made.name}" for one in app.button)
    app.button(key=f"drop_{made.name}").click().run()
    assert list_backups(store) == ()


def test_a_backup_from_the_list_is_put_back_after_saying_yes(store):
    create_brand(store, {"name": "Before"})
    made = backup(store, folder_of(store))
    create_brand(store, {"name": "After"})
    app = open_page("data.py")
    assert button(app, "Put it back").disabled
    app.selectbox(key="restore_name").set_value(made.name).run()
    app.checkbox(key="restore_sure").check().run()
    press(app, "Put it back")
    assert [one.name for one in list_brands(store)] == ["Before"]


def test_a_campaign_is_erased_once_its_name_is_typed(store):
    number = make_campaign(store, name="Quasar")
    app = open_page("data.py", campaign="spring")
    app.selectbox(key="erase_campaign").set_value(number).run()
    app.text_input(key="erase_campaign_name").set_value("quasar").run()
    assert button(app, "Erase for good").disabled, "the name as it is written, not nearly"
    app.text_input(key="erase_campaign_name").set_value("Quasar").run()
    press(app, "Erase for good")
    assert list_campaigns(store) == ()


def test_a_creator_is_erased_once_their_name_is_typed(store):
    number = make_campaign(store)
    (ada,) = join(store, number, "ada")
    app = open_page("data.py")
    app.segmented_control(key="erase_kind").set_value("A creator").run()
    app.selectbox(key="erase_creator").set_value(ada).run()
    app.text_input(key="erase_creator_name").set_value("ada").run()
    press(app, "Erase for good")
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM creator").scalar() == 0


def test_somebody_who_is_not_here_is_said_to_be_not_here(store):
    app = open_page("data.py")
    app.segmented_control(key="erase_kind").set_value("A customer or commenter").run()
    app.text_input(key="erase_person").set_value("nobody@example.org").run()
    press(app, "Erase for good")
    assert "Nothing of this person" in words_of(app)


def test_the_daily_backup_is_made_when_due_and_not_twice(store):
    assert make_if_due(1_800_000_000)
    assert not make_if_due(list_backups(store)[0].at + 60)


def test_how_long_order_rows_are_kept_is_chosen_after_seeing_what_goes(store):
    number = make_campaign(store)
    join(store, number, "ada")
    add_facts(store, orders=[("1", date(2020, 3, 5), "code", "ADA", 5_000)])
    app = open_page("data.py")
    assert "Nothing is closed" in words_of(app)
    app.selectbox(key="retention_months").set_value(24).run()
    assert "1 order from 5 Mar 2020" in words_of(app)
    assert button(app, "Set").disabled, "only after saying yes"
    assert read_retention(store).months is None
    app.checkbox(key="retention_sure").check().run()
    press(app, "Set")
    assert read_retention(store).months == 24
    app = open_page("data.py")
    assert "are closed" in words_of(app)
    app.selectbox(key="retention_months").set_value(0).run()
    press(app, "Set")
    assert read_retention(store).months is None


def test_old_rows_are_closed_every_month_where_that_is_set(store):
    assert not close_if_due(date(2026, 5, 1))
    set_retention(store, 12)
    assert close_if_due(date(2026, 5, 1))
    assert not close_if_due(date(2026, 5, 31))
    assert close_if_due(date(2026, 6, 1))
