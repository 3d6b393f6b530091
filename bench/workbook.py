"""A workbook of 200,000 rows into typed, checked columns, beside the bare reader of workbooks."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

from bench.measuring import Table, apart, measured, megabytes, ratio, seconds

ROWS = 200_000
_HEADER = (
    "Date", "Campaign name", "Ad group name", "Ad name", "Ad ID", "Currency", "Cost", "Impressions", "Reach",
    "Clicks (destination)", "Video views", "2-second video views", "6-second video views",
    "Video views at 25%", "Video views at 50%", "Video views at 75%", "Video views at 100%", "Paid likes",
    "Paid comments", "Paid shares",
)  # fmt: skip


def run(rows: int = ROWS) -> Table:
    """Return how long reading a large workbook takes."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        path = str(Path(folder, "report.xlsx"))
        apart(write, path, rows)
        bare, bare_peak = apart(read_bare, path)
        ours, peak = apart(read_typed, path)
        size = Path(path).stat().st_size
    return Table(
        title=f"Workbook: {rows:,} rows of {len(_HEADER)} columns, {megabytes(size)}",
        header=("step", "CPU", "clock", "÷ bare", "most memory"),
        rows=(
            ("python-calamine alone, to Python values", seconds(bare["cpu"]), seconds(bare["wall"]), "1.00×",
             megabytes(bare_peak)),
            ("guard, child process, recognition, typed columns", seconds(ours["cpu"]), seconds(ours["wall"]),
             ratio(ours["cpu"], bare["cpu"]), megabytes(peak)),
        ),
        notes=(f"Recognised as {ours['format']}; {ours['columns']} columns typed. Aim: ≤ 2 × bare.",),
    )  # fmt: skip


def write(path: str, rows: int) -> None:
    """Write an ads report."""
    import xlsxwriter

    draw = random.Random(7)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Report")
    sheet.write_row(0, 0, _HEADER)
    for row in range(rows):
        views = draw.randrange(1, 50_000)
        ad = row % 400
        sheet.write_row(
            row + 1, 0,
            [
                f"2026-{1 + row // 400 % 12:02d}-{1 + row // 4800 % 28:02d}", f"Campaign {ad % 7}", f"Group {ad % 40}",
                f"Ad {ad}", str(1_790_000_000_000_000 + ad), "EUR", round(views * 0.01, 2), views * 2, views,
                views // 50, views, *(views // part for part in (2, 3, 2, 3, 4, 5, 60, 400, 500)),
            ],
        )  # fmt: skip
    book.close()


def read_bare(path: str) -> dict[str, float]:
    """Return what the library alone takes to give all values of the sheet."""
    import python_calamine

    data = Path(path).read_bytes()
    with measured() as span:
        book = python_calamine.load_workbook(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {"cpu": span.cpu, "wall": span.wall, "rows": len(rows)}


def read_typed(path: str) -> dict[str, object]:
    """Return what it takes until every column is typed and checked."""
    import time

    import pandas as pd

    from core.imports.formats import FORMATS
    from core.imports.model import Known
    from core.imports.reading import read_file
    from core.imports.recognise import recognise, type_table

    known = Known(
        now=int(time.time()), file="report.xlsx", modified_at=None, answers={}, customer_key=str, person_key=str,
        account_days=lambda _handle: pd.DataFrame(), video_handles=lambda _videos: {},
    )  # fmt: skip
    data = Path(path).read_bytes()
    with measured() as span:
        (text,) = read_file("report.xlsx", data)
        found = recognise(text.tables[0], [one for one in FORMATS if not one.is_mapped])
        assert found is not None
        typed, _, _ = type_table(text.tables[0], found.format, found.matched, known)
    return {"cpu": span.cpu, "wall": span.wall, "format": found.format.label, "columns": len(typed.columns)}
