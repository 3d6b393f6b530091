import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entry.edits import edits_of_table
from core.entry.pasting import MOST_ROWS, PasteKind, parse_pasted


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_a_paste_with_headings_in_any_order_is_read(mark):
    text = f"Fee{mark}Creator{mark}Videos\r\n1200{mark}@lena{mark}3\r\n{mark}mia{mark}\r\n"
    pasted = parse_pasted(text, PasteKind.COLLABORATIONS)
    assert pasted.has_header
    assert pasted.rows == ({"fee": "1200", "handle": "@lena", "deliverables": "3"}, {"handle": "mia"})
    assert pasted.remarks == ()


def test_a_paste_without_headings_takes_the_usual_order():
    pasted = parse_pasted("@lena\t1,200.00\tUSD", PasteKind.COLLABORATIONS)
    assert not pasted.has_header
    assert pasted.rows == ({"handle": "@lena", "fee": "1,200.00", "currency": "USD"},)


def test_an_amount_with_a_comma_in_quotes_stays_whole():
    assert parse_pasted('lena,"1,200.00"', PasteKind.COLLABORATIONS).rows == (
        {"handle": "lena", "fee": "1,200.00"},
    )


def test_lines_that_cannot_be_used_are_said_by_line_and_the_others_taken():
    text = "handle\tname\n@lena\tLena\n\tNobody\n@LENA\tLena again\n@mia\tMia\tx\ty\n@zoe\tZoe"
    pasted = parse_pasted(text, PasteKind.CREATORS)
    assert [row["handle"] for row in pasted.rows] == ["@lena", "@zoe"]
    assert [(remark.row, remark.issue.code) for remark in pasted.remarks] == [
        (2, "missing-field"),
        (3, "repeated-row"),
        (4, "too-many-cells"),
    ]
    assert "line 2" in pasted.remarks[1].issue.what


def test_a_column_that_is_not_known_is_said():
    pasted = parse_pasted("handle,shoe size\nlena,38", PasteKind.CREATORS)
    assert pasted.rows == ({"handle": "lena"},)
    assert "shoe size" in pasted.remarks[0].issue.what


def test_the_same_code_may_stand_twice():
    assert len(parse_pasted("code,creator\nA,x\nA,y", PasteKind.CODES).rows) == 2


def test_an_empty_paste_holds_nothing():
    assert parse_pasted(" \n\n", PasteKind.CODES).rows == ()


def test_too_many_rows_are_said_not_dropped_silently():
    pasted = parse_pasted("\n".join(f"c{number}" for number in range(MOST_ROWS + 5)), PasteKind.CREATORS)
    assert len(pasted.rows) == MOST_ROWS
    assert pasted.remarks[-1].issue.code == "too-many-rows"


@given(st.text(), st.sampled_from(list(PasteKind)))
def test_no_text_breaks_the_reader(text, kind):
    pasted = parse_pasted(text, kind)
    assert all(all(value for value in row.values()) for row in pasted.rows)


def test_edits_of_a_table_on_screen_are_named_by_id():
    state = {
        "edited_rows": {0: {"fee": "5"}, 1: {"fee": "6"}},
        "added_rows": [{"handle": "x"}, {"handle": None}, {}],
        "deleted_rows": [1],
    }
    edits = edits_of_table(state, ids=[11, 12, 13], versions=[1, 2, 3])
    assert edits.changed == {11: {"fee": "5"}}
    assert edits.deleted == [12]
    assert edits.added == [{"handle": "x"}]
    assert edits.versions[12] == 2
