"""The page about exports: current, complete, and true to what the code asks."""

import pytest

from core.imports import catalogue
from core.imports.formats import FORMATS
from core.imports.limits import Limits, limits_from


def test_the_page_in_docs_is_the_one_the_code_would_write():
    written = catalogue.PAGE.read_text(encoding="utf-8")
    assert written == catalogue.page(), "run: python -m core.imports.catalogue"


@pytest.mark.parametrize("export", FORMATS, ids=lambda export: export.name)
def test_every_kind_of_export_is_on_the_page(export):
    page = catalogue.page()
    if catalogue.is_read(export):
        assert f"### {export.label}\n\nOne row is {export.grain}." in page
        assert export.how_to_export in page
        assert catalogue.asks_of(export)
    else:
        assert f"- {export.label}" in page
        assert f"### {export.label}" not in page


def test_only_surveys_and_regions_are_refused_by_name():
    refused = {export.name for export in FORMATS if not catalogue.is_read(export)}
    assert {name.partition("_")[0] for name in refused} == {"survey", "google"}


def test_the_questions_of_a_kind_belong_to_a_kind_that_exists():
    assert set(catalogue._OWN) <= {export.name for export in FORMATS}


def test_every_limit_is_on_the_page_with_a_variable_that_sets_it():
    page = catalogue.page()
    for name in Limits.__dataclass_fields__:
        variable = f"PLUMBLINE_MAX_{name.upper()}"
        assert f"`{variable}`" in page
        assert getattr(limits_from({variable: "7"}), name) == 7


def test_a_table_on_the_page_has_as_many_cells_in_every_row():
    for block in catalogue.page().split("\n\n"):
        rows = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1
