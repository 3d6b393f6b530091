"""A table is known by its header; what is no data is left out and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import Severity
from core.imports.cells import Mark, Order
from core.imports.headers import header_key
from core.imports.model import (
    Ask,
    Column,
    ExportFormat,
    Facts,
    Kind,
    Known,
    Question,
    SheetTable,
    TypedTable,
)
from core.imports.reading import read_file
from core.imports.recognise import recognise
from core.imports.typing_columns import not_above, type_table

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())


def _no_facts(typed: TypedTable) -> Facts:
    raise AssertionError(typed)


def export(name: str, *columns: Column, **options: object) -> ExportFormat:
    return ExportFormat(
        name=name,
        label=name,
        system="x",
        grain="x",
        how_to_export="x",
        columns=columns,
        build=_no_facts,
        **options,
    )  # type: ignore[arg-type]


def column(field: str, kind: Kind, *headers: str, required: bool = False) -> Column:
    return Column(field=field, kind=kind, headers=headers or (field,), required=required)


VIDEOS = export(
    "videos",
    column("video_id", Kind.ID, "Video ID", required=True),
    column("title", Kind.TEXT, "Title"),
    column("day", Kind.DAY, "Date"),
    column("at", Kind.INSTANT, "Time"),
    column("views", Kind.COUNT, "Views", "Video Views", required=True),
    column("likes", Kind.COUNT, "Likes"),
    column("cost", Kind.MONEY, "Cost"),
    column("currency", Kind.LABEL, "Currency"),
    column("rate", Kind.NUMBER, "Rate"),
)
DAYS = export(
    "days",
    column("day", Kind.DAY, "Date", required=True),
    column("views", Kind.COUNT, "Views", required=True),
)


def table(text: str) -> SheetTable:
    (found,) = read_file("export.csv", text.encode())
    (only,) = found.tables
    return only


def typed(
    text: str, form: ExportFormat = VIDEOS, answers: Mapping[tuple[Ask, str], str] | None = None
) -> tuple[TypedTable, tuple[Question, ...], list[str]]:
    source = table(text)
    found = recognise(source, [form])
    assert found is not None
    known = Known(
        now=NOW,
        file="export.csv",
        modified_at=None,
        answers=answers or {},
        customer_key=str,
        person_key=str,
        account_days=lambda _handle: pd.DataFrame(),
        video_handles=lambda _ids: {},
    )
    result, questions, issues = type_table(source, form, found.matched, known)
    return result, questions, [issue.code for issue in issues]


@pytest.mark.parametrize(
    "header", ["Video ID", "VIDEO  id", " video\u00a0ID : ", "{video id}", "Ｖｉｄｅｏ ID", '"Video ID"']
)
def test_headers_are_compared_without_case_spacing_and_colons(header: str) -> None:
    assert header_key(header) == "video id"


def test_a_format_needs_all_required_columns_and_no_forbidden_one() -> None:
    source = table("Video ID,Views,Clicks\n1,2,3\n")
    assert recognise(source, [VIDEOS, DAYS]).format is VIDEOS  # type: ignore[union-attr]
    assert recognise(table("Video ID,Clicks\n1,2\n"), [VIDEOS]) is None
    assert recognise(source, [replace(VIDEOS, forbidden=("clicks",))]) is None
    assert recognise(source, [replace(VIDEOS, recognise=lambda _found: False)]) is None
    assert recognise(source, [replace(VIDEOS, is_mapped=True)]) is None


def test_the_format_that_explains_more_columns_wins_and_equals_are_named() -> None:
    source = table("Video ID,Date,Views\n1,2026-01-02,3\n")
    found = recognise(source, [DAYS, VIDEOS])
    assert found is not None
    assert found.format is VIDEOS
    twin = replace(VIDEOS, name="twin")
    tied = recognise(source, [VIDEOS, twin])
    assert tied is not None
    assert tied.rivals == (twin,)


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        ("Total of 3 results,,,60,6", "totals row"), ("Grand total,,,60,6", "totals row"), ("Total,,,60,6", "totals row"),
        (",Gesamt,,60,6", "totals row"), (",,,60,6", "totals row"), ("--,,,60,6", "totals row"),
        (",Average,,20,2", "averages row"), ("Video ID,Title,Date,Views,Likes", "repeated header"), (",,,,", "blank"),
        ("Итого,,,60,6", "totals row"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "last"])
def test_rows_that_are_no_data_are_left_out_wherever_they_stand(
    total: str, reason: str, *, is_first: bool
) -> None:
    rows = ["101,a,2026-01-02,10,1", "102,b,2026-01-03,20,2", "103,c,2026-01-04,30,3"]
    lines = (
        [total, *rows] if is_first else [*rows[:2], total, rows[2]] if reason == "blank" else [*rows, total]
    )
    found, questions, _ = typed("\n".join(["Video ID,Title,Date,Views,Likes", *lines]))
    assert found.ignored == {reason: 1}
    assert found.values("views").tolist() == [10, 20, 30]
    assert not questions


def test_a_video_called_total_is_data() -> None:
    found, _, _ = typed("Video ID,Title,Views\n101,Total glow up,10\n102,b,20\n103,Total,30\n")
    assert found.values("title").tolist() == ["Total glow up", "b", "Total"]
    assert not found.ignored


def test_a_label_in_the_id_column_is_a_total_not_an_id() -> None:
    found, _, _ = typed("Video ID,Title,Views\n101,a,10\n102,b,20\nTotal of 2 results,,30\n")
    assert found.ignored == {"totals row": 1}
    assert found.values("views").tolist() == [10, 20]


def test_a_country_called_na_is_no_total() -> None:
    countries = export(
        "c",
        column("country", Kind.LABEL, "Country", required=True),
        column("n", Kind.COUNT, "N", required=True),
    )
    found, _, _ = typed("Country,N\nGR,1\nNA,2\n", countries)
    assert found.values("country").tolist() == ["GR", "NA"]


def test_a_longer_totals_row_is_known_for_what_it_is() -> None:
    found, _, issues = typed("Video ID,Title,Views\n,,48,Grand total\n1,a,40\n2,b,8\n3,c,0\n")
    assert found.beside == {2: "totals row"}
    assert not issues


def test_rows_of_another_width_are_warned_about() -> None:
    lines = "\n".join(f"{number},t,1" for number in range(20))
    _, _, issues = typed(f"Video ID,Title,Views\n{lines}\n21,x\n")
    assert issues == ["ragged-rows"]


def test_a_needed_column_that_is_there_twice_with_other_contents_is_an_error() -> None:
    source = table("Video ID,Views,Views\n1,2,3\n")
    found = recognise(source, [VIDEOS])
    assert found is not None
    _, _, issues = typed("Video ID,Views,Views\n1,2,3\n")
    assert issues == ["column-twice"]
    assert typed("Video ID,Views,Views\n1,2,2\n")[2] == []


def test_only_what_nobody_can_know_is_asked() -> None:
    text = "Video ID,Date,Time,Views,Cost,Rate\n1,03/04/2026,2026-04-03 10:00:00,5,12.00,1.5\n2,05/04/2026,2026-04-03 10:00:00,6,1.00,2.5\n"
    _, questions, _ = typed(text)
    assert [(one.ask, one.key) for one in questions] == [
        (Ask.DAY_ORDER, "Date"),
        (Ask.CURRENCY, ""),
        (Ask.ZONE, ""),
    ]
    assert questions[0].evidence == ("03/04/2026", "05/04/2026")
    found, left, _ = typed(
        text,
        answers={
            (Ask.DAY_ORDER, "Date"): Order.DAY_FIRST.value,
            (Ask.CURRENCY, ""): "EUR",
            (Ask.ZONE, ""): "Europe/Athens",
        },
    )
    assert not left
    assert found.columns["cost"].currency == "EUR"
    assert found.values("cost").tolist() == [1200, 100]


def test_a_mark_proven_by_one_column_holds_for_the_file() -> None:
    found, questions, _ = typed('Video ID,Views,Rate,Cost,Currency\n1,2,"0,5","1,234",EUR\n')
    assert not questions
    assert found.columns["cost"].convention == Mark.COMMA
    assert found.values("cost").tolist() == [123]


def test_the_decimal_mark_is_asked_when_no_column_proves_it() -> None:
    _, questions, _ = typed('Video ID,Views,Cost,Currency\n1,2,"1,234",EUR\n')
    assert [(one.ask, one.key) for one in questions] == [(Ask.DECIMAL, "Cost")]
    assert set(questions[0].choices) == set(Mark)


def test_amounts_follow_the_currency_of_their_row() -> None:
    found, questions, _ = typed("Video ID,Views,Cost,Currency\n1,2,5.00,USD\n2,3,1200,JPY\n3,4,7.00,USD\n")
    assert not questions
    assert found.values("cost").tolist() == [500, 1200, 700]


def test_a_header_that_says_utc_needs_no_zone() -> None:
    form = export(
        "t",
        column("id", Kind.ID, "Id", required=True),
        column("at", Kind.INSTANT, "Start Date (UTC)", required=True),
    )
    assert not typed("Id,Start Date (UTC)\n1,2026-04-03 10:00:00\n", form)[1]


def test_more_likes_than_views_is_noticed() -> None:
    found, _, _ = typed("Video ID,Views,Likes\n1,10,1\n2,10,\n3,1,10\n")
    (issue,) = not_above(found, "likes", "views")
    assert (issue.severity, issue.count, issue.places[0].row) == (Severity.WARNING, 1, 4)
    assert not_above(found, "likes", "nothing") == ()
