"""Everything can be taken along, and nothing in it opens a door."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from core.access import Principal, Role
from core.campaigns import add_note, create_brand
from core.errors import PlumblineError
from core.store.engine import Store
from core.store.everything import everything_bytes, is_secret, kept_columns, main
from core.store.migrate import newest_version
from core.store.tables import Base
from core.version import VERSION
from tests.core.written import NOW, join, make_campaign


def tables_of(data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
            )
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_the_readme_says_which_plumbline_wrote_it(store):
    with zipfile.ZipFile(io.BytesIO(everything_bytes(store))) as archive:
        words = archive.read("README.txt").decode()
    assert words.splitlines()[1].startswith(
        f"Written by Plumbline {VERSION}; tables as of step {newest_version()}"
    )


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


def test_every_table_and_every_row_is_in_it(store):
    number = make_campaign(store)
    join(store, number, "ada")
    tables = tables_of(everything_bytes(store))
    assert set(tables) == {rows.name for rows in Base.metadata.sorted_tables}
    with store.reading() as connection:
        for rows in Base.metadata.sorted_tables:
            count = connection.execute(rows.select()).fetchall()
            if rows.name != "audit_entry":  # handing it out is one entry more
                assert len(tables[rows.name]) == len(count), rows.name
    assert tables["campaign"][0]["name"] == "Spring"


def test_unknown_is_empty_and_not_zero(store):
    number = make_campaign(store)
    join(store, number, "ada")
    assert tables_of(everything_bytes(store))["collaboration"][0]["fee"] == ""


def test_a_name_that_looks_like_a_formula_is_text(store):
    create_brand(store, {"name": "=1+1"})
    number = make_campaign(store)
    add_note(store, number, {"text": "@SUM(A1)"}, now=NOW)
    tables = tables_of(everything_bytes(store))
    assert "'=1+1" in {row["name"] for row in tables["brand"]}
    assert tables["note"][0]["text"] == "'@SUM(A1)"


def test_no_column_that_opens_something_is_handed_out():
    shown = {
        (rows.name, column.name) for rows in Base.metadata.sorted_tables for column in kept_columns(rows)
    }
    doubtful = [
        name for _, name in shown if any(word in name for word in ("token", "password", "secret", "salt"))
    ]
    assert doubtful == []
    assert is_secret("token_digest")
    assert not is_secret("rows_digest")


def test_it_says_what_each_table_is(store):
    with zipfile.ZipFile(io.BytesIO(everything_bytes(store))) as archive:
        said = archive.read("README.txt").decode()
    assert "campaign.csv: 0 rows. One campaign of a brand, with its goals." in said


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR], ids=str)
def test_only_an_admin_takes_everything_along(store, role):
    other = Store(home=store.home, principal=Principal(name="x", role=role))
    with pytest.raises(PlumblineError, match="right"):
        everything_bytes(other)


def test_the_command_writes_it(sqlite_url, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert main([str(tmp_path / "all.zip")]) == 0
    assert "Everything is in" in capsys.readouterr().out
    assert main([]) == 2
    assert zipfile.is_zipfile(tmp_path / "all.zip")
