from core import glossary
from core.metrics.measures import MEASURES
from core.metrics.registry import METRICS


def test_the_page_in_docs_is_the_one_the_code_would_write():
    written = glossary.PAGE.read_text(encoding="utf-8")
    assert written == glossary.page(), "run: python -m core.glossary"


def test_every_metric_and_measure_has_an_entry():
    names = {entry.name for group in glossary.entries().values() for entry in group}
    assert {metric.name for metric in METRICS} <= names
    assert {f"measure_{measure.name}" for measure in MEASURES} <= names


def test_search_finds_words_in_any_order_and_labels_first():
    found = glossary.search("rate hook")
    assert found[0].name == "hook_rate"
    assert glossary.search("2-second view rate")[0].name == "hook_rate"


def test_search_for_nonsense_finds_nothing_and_for_nothing_finds_all():
    assert glossary.search("qqqq") == ()
    assert len(glossary.search("")) == len(METRICS) + len(MEASURES)
