"""Words that try to be more than words are shown as typed in every file, and nothing is loaded or run."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from core.reports import RENDERERS, Kind, file_name
from core.reports.cleaning import clean, cleaned
from core.reports.svg import draw
from core.reports.vega import vega_spec
from tests.core.reports.making import every_part
from tests.core.reports.reading import FORMATS, cells, page, pdf_pages, squeezed, words_in, workbooks

ELSEWHERE = "198.51.100.7"  # an address of nobody's
HOSTILE = {
    "markup": f"<script>alert(1)</script><img src=http://{ELSEWHERE}/p.png onerror=alert(1)></style>",
    "closing quotes": "\"'><svg onload=alert(1)>&lt;b&gt;",
    "markdown picture": f"![x](http://{ELSEWHERE}/p.png) [go](http://{ELSEWHERE})",
    "formula": f'=HYPERLINK("http://{ELSEWHERE}","go")',
    "another formula": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+2",
    "address": f"http://{ELSEWHERE}/x.png",
    "typst": '#set page(fill: red) #panic("x") $x^2$ @ref \\ *b* _i_ `c` <label> // /* "',
    "template": "{{ 7*7 }} {% for x in y %} ${1} %s {0}",
    "vega": "signal('x') datum.value + toString(1)",
    "file name": "../../etc/passwd\\CON.txt",
    "emoji": "Tea 🧋 👩‍🍳 ok",
    "arabic": "شاي بارد",
    "long": "long " * 2_000,
    "one long word": "x" * 10_000,
}
NAMES = list(HOSTILE)


def as_read(format_name, words):
    """Return what of the words a reader of the format must find: spaces are its own business."""
    if format_name == "pdf":  # whether other letters can be read back from a page is up to the fonts here
        words = "".join(letter for letter in words if letter.isascii())
    return squeezed(words[:40])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_name", FORMATS)
def test_words_are_shown_as_typed(format_name, name):
    report = cleaned(every_part(HOSTILE[name]))
    found = squeezed(words_in(format_name, RENDERERS[format_name](report)))
    assert as_read(format_name, HOSTILE[name]) in found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_script_and_asks_nobody(name):
    data = RENDERERS["html"](cleaned(every_part(HOSTILE[name])))
    _, elements = page(data)
    assert not {tag for tag, _ in elements} & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "form",
        "base",
        "img",
    }
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    addresses = [
        value
        for _, attributes in elements
        for key, value in attributes.items()
        if key in {"href", "src", "action", "data", "style"}
    ]
    assert all(address.startswith("#") for address in addresses)
    assert sum(tag == "svg" for tag, _ in elements) == 3  # two charts, one with a plot inside


def test_a_page_forbids_everything_but_its_own_style():
    _, elements = page(RENDERERS["html"](every_part()))
    policy = next(one["content"] for _, one in elements if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_name", ["xlsx", "pptx"])
def test_no_workbook_holds_a_formula_or_a_link(format_name, name):
    data = RENDERERS[format_name](cleaned(every_part(HOSTILE[name])))
    books = workbooks(data)
    assert len(books) == (1 if format_name == "xlsx" else 2)
    for book in books:
        found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in found}
        assert not [cell for cell in found if cell.hyperlink]


@pytest.mark.parametrize("format_name", ["xlsx", "pptx"])
def test_no_office_file_points_outside(format_name):
    for name in NAMES:
        packed = zipfile.ZipFile(io.BytesIO(RENDERERS[format_name](cleaned(every_part(HOSTILE[name])))))
        for part in packed.namelist():
            if part.endswith(".rels"):
                assert b'TargetMode="External"' not in packed.read(part), (name, part)
            assert not re.search(r"vba|macro|activex", part, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_has_no_link_and_no_action(name):
    data = RENDERERS["pdf"](cleaned(every_part(HOSTILE[name])))
    for forbidden in (b"/URI", b"/JavaScript", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert forbidden not in data


@pytest.mark.parametrize("name", NAMES)
def test_a_leadership_report_is_one_page_whatever_it_holds(name):
    report = cleaned(every_part(HOSTILE[name], kind=Kind.LEADERSHIP))
    assert len(pdf_pages(RENDERERS["pdf"](report))) == 1


def test_csv_words_never_begin_a_formula():
    for words in HOSTILE.values():
        text = RENDERERS["csv"](cleaned(every_part(words))).decode("utf-8-sig")
        assert not re.search(r'(^|[,\n]"?)[=@|%]', text), words


def test_marks_that_turn_the_reading_order_are_taken_out():
    report = cleaned(every_part("safe\u202eexe.piz\u202c\u0000\u0007\ud800 end"))
    assert report.title == "safeexe.piz end"
    assert report.sections[0].tables[0].rows[0][0].written == "safeexe.piz end"
    for format_name in FORMATS:
        assert "safeexe.piz" in squeezed(words_in(format_name, RENDERERS[format_name](report)))


def test_very_long_words_are_shortened_and_say_so():
    assert clean("y" * 10_000).endswith("…")
    assert len(clean("y" * 10_000)) == 4_000


@pytest.mark.parametrize("name", NAMES)
def test_file_names_are_safe_everywhere(name):
    made = file_name(every_part(HOSTILE[name]), "pdf")
    assert re.fullmatch(r"full-[a-z0-9-]+-2026-12-01\.pdf", made)
    assert len(made) < 100


def test_chart_words_are_data_and_never_expressions():
    chart = every_part(HOSTILE["vega"]).sections[0].charts[0]
    spec = vega_spec(chart)
    assert spec["data"]["values"][0]["name"] == HOSTILE["vega"]
    rest = {key: value for key, value in spec.items() if key != "data"}
    assert "signal" not in str(rest)
    assert "expr" not in str(rest)


def test_a_drawn_chart_escapes_its_words():
    drawn = draw(every_part(HOSTILE["markup"]).sections[0].charts[0])
    assert "<script" not in drawn
    assert "<img" not in drawn


def test_numbers_and_days_of_a_workbook_are_numbers_and_days():
    found = cells(RENDERERS["xlsx"](every_part()))
    values = [cell.value for cell in found]
    assert 1234.5 in values
    assert 0.0506 in values
    assert any(cell.is_date and cell.value.date().isoformat() == "2026-03-02" for cell in found)
