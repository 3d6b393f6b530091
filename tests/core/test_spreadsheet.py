import csv
import io

import pytest

from core.spreadsheet import csv_bytes, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "|x", "\u200b=1"]
)
def test_a_text_that_looks_like_a_formula_is_disarmed(text):
    assert str(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("value", [-5, 3.5, "-5", "+49", "12,500.00", "plain", "a=b", ""])
def test_figures_and_plain_texts_stay_as_they_are(value):
    assert safe_cell(value) == value


def test_a_table_comes_back_from_its_file():
    written = csv_bytes(["Name", "Note"], [["Zoë 🎉", 'a "b", c\nd'], ["x", None]])
    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
        ["Name", "Note"],
        ["Zoë 🎉", 'a "b", c\nd'],
        ["x", ""],
    ]
