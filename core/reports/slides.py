"""The report as slides: one message a slide, native tables and charts that can be edited."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from core.reports.model import ColumnKind, Status
from core.reports.slide_charts import add_chart
from core.reports.slide_parts import (
    ACCENT,
    FULL,
    HIGH,
    LEFT,
    PALE,
    QUIET,
    SERIF,
    SOFT,
    WIDE,
    Box,
    Look,
    block,
    fill,
    inches,
    paragraphs,
    shortened,
    words,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.model import Figure, Report, Section, Table

_STATUS = {Status.REACHED: "1D6B3C", Status.CLOSE: "8F5208", Status.SHORT: "B3332A", Status.NONE: QUIET}
_TOP, _BOTTOM = 2.1, 6.65  # where content stands, in inches
_POINTS, _BESIDE = 7, 3  # points on a slide of their own, and below charts
_LONGEST = 260  # characters of a point; the whole stands in the speaker's notes


def render_pptx(report: Report) -> bytes:
    """Return the report as a PPTX file."""
    from pptx import Presentation  # a report is made now and then; starting the app should not wait for it
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    deck.core_properties.title = shortened(report.title, 200)
    deck.core_properties.author = shortened(report.brand, 200)
    _cover(deck, report)
    for section in report.sections:
        _slides(deck, report, section)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _cover(deck: Any, report: Report) -> None:
    slide = _new_slide(deck)
    block(slide, Box(left=0, top=0, wide=0.28, high=HIGH), ACCENT)
    words(slide, Box(top=0.8, wide=8.5, high=0.4), report.brand, Look(size=18, bold=True, colour=ACCENT))
    size = 46 if len(report.title) < 40 else 34 if len(report.title) < 90 else 22
    _title(slide, Box(top=2.0, high=1.7), report.title, Look(size=size, bold=True, font=SERIF))
    words(slide, Box(top=3.85, wide=10.4, high=1.5), report.claim, Look(size=22, font=SERIF))
    sample = " · made-up sample campaign" if report.is_sample else ""
    facts = f"{report.period} · {report.as_of_words}{sample}"
    words(slide, Box(top=6.6, high=0.4), facts, Look(size=13, colour=QUIET))
    if report.logo:
        _logo(slide, report.logo)


def _logo(slide: Any, logo: bytes) -> None:
    from pptx.util import Inches

    picture = slide.shapes.add_picture(io.BytesIO(logo), 0, Inches(0.65), height=Inches(0.7))
    picture.left = Inches(WIDE - 0.75) - picture.width
    picture.name = "Logo"


def _slides(deck: Any, report: Report, section: Section) -> None:
    """Add the slides of a section: figures, charts and points, and then its tables."""
    if section.figures or section.charts or section.points or not section.tables:
        points = _first_slide(deck, report, section)
        for start in range(0, len(points), _POINTS):
            more = _headed(deck, report, section.title, f"{section.title}, continued")
            _points(more, points[start : start + _POINTS], _TOP)
            _tell(more, section)
    for table in section.tables:
        each = _rows_of(table)
        for start in range(0, min(len(table.rows), each * 2), each):
            _table_slide(deck, report, (section, table), start)


def _first_slide(deck: Any, report: Report, section: Section) -> Sequence[str]:
    """Add the first slide and return the points that found no room on it."""
    if not (section.figures or section.charts or section.points):
        _statement(deck, report, section)
        return ()
    slide = _headed(deck, report, section.title, section.claim)
    top, points = _TOP, section.points
    if section.figures:
        is_alone = not section.charts and not points
        top = _tiles(slide, section.figures, 2.7 if is_alone else 1.6)
    if section.charts:
        below = points if len(points) <= _BESIDE else ()
        bottom = _BOTTOM - 0.5 * len(below)
        _charts(slide, section, top, bottom)
        _points(slide, below, bottom + 0.1, size=13)
        points = points[len(below) :]
    elif points:
        room = max(int((_BOTTOM - top) / 0.55), 0)
        _points(slide, points[:room], top)
        points = points[room:]
    _tell(slide, section)
    return points


def _statement(deck: Any, report: Report, section: Section) -> None:
    """Add a slide that says one sentence."""
    slide = _headed(deck, report, section.title, "")
    block(slide, Box(top=2.3, high=2.6), SOFT)
    block(slide, Box(top=2.3, wide=0.08, high=2.6), ACCENT)
    size = 28 if len(section.claim) < 130 else 20 if len(section.claim) < 400 else 14
    look = Look(size=size, bold=True, font=SERIF)
    _title(
        slide, Box(left=LEFT + 0.5, top=2.6, wide=FULL - 1.0, high=2.0), shortened(section.claim, 700), look
    )
    title = slide.shapes.title._element  # noqa: SLF001  (there is no other way in front of the block)
    title.getparent().append(title)
    _tell(slide, section)


def _headed(deck: Any, report: Report, kicker: str, claim: str) -> Any:
    """Return a new slide with what it is about, and the first sentence of a long claim as its title."""
    slide = _new_slide(deck)
    block(slide, Box(top=0.5, wide=0.55, high=0.06), ACCENT)
    words(slide, Box(top=0.62, high=0.35), kicker, Look(size=13, bold=True, colour=ACCENT))
    head, rest = _split(claim)
    if head:
        size = 26 if len(head) < 62 else 22 if len(head) < 95 else 18 if len(head) < 190 else 14
        _title(slide, Box(top=0.95, high=0.55), shortened(head, 500), Look(size=size, bold=True, font=SERIF))
    if rest:
        words(slide, Box(top=1.5, high=0.5), shortened(rest, 300), Look(size=14, colour=QUIET))
    foot = f"{shortened(report.campaign, 80)} · {report.as_of_words}"
    words(slide, Box(top=7.05, wide=9.5, high=0.3), foot, Look(size=10, colour=QUIET))
    number = str(len(deck.slides))
    words(
        slide,
        Box(left=11.58, top=7.05, wide=1.0, high=0.3),
        number,
        Look(size=10, colour=QUIET, align="right"),
    )
    return slide


def _split(claim: str) -> tuple[str, str]:
    """Return the first sentence and the rest of a long claim; a short one whole."""
    if len(claim) < 75:
        return claim, ""
    head, mark, rest = claim.partition(". ")
    return (f"{head}.", rest) if mark else (claim, "")


def _tiles(slide: Any, figures: Sequence[Figure], high: float) -> float:
    """Draw the figures as tiles, five a row, and return where they end."""
    across = min(len(figures), 5)
    wide = (FULL - 0.15 * (across - 1)) / across
    for number, figure in enumerate(figures[:10]):
        row, column = divmod(number, across)
        left, top = LEFT + column * (wide + 0.15), _TOP + row * (high + 0.15)
        _tile(slide, figure, Box(left=left, top=top, wide=wide, high=high))
    return _TOP + ((min(len(figures), 10) - 1) // across + 1) * (high + 0.15) + 0.15


def _tile(slide: Any, figure: Figure, box: Box) -> None:
    block(slide, box, SOFT)
    edge = ACCENT if figure.is_primary else PALE
    block(slide, Box(left=box.left, top=box.top, wide=0.06, high=box.high), edge)
    inner = Box(left=box.left + 0.16, top=box.top + 0.1, wide=box.wide - 0.22, high=box.high - 0.15)
    is_large = box.high > 2
    # What a figure's digits take: six tenths of their height each, in the serif's bold cut.
    fitting = inner.wide * 72 / (0.66 * len(figure.written))
    lines = _tile_lines(figure, min(34 if is_large else 26, fitting), 13 if is_large else 11)
    paragraphs(slide, inner, lines, gap=5 if is_large else 2)


def _tile_lines(figure: Figure, size: float, small: float) -> list[tuple[str, Look]]:
    lines = [
        (figure.label, Look(size=small + 1, colour=QUIET)),
        (figure.written, Look(size=size, bold=True, font=SERIF)),
        (f"→ {figure.step}" if figure.step else "", Look(size=small, bold=True, colour=ACCENT)),
        (figure.status_words, Look(size=small, bold=True, colour=_STATUS[figure.status])),
        (shortened(figure.why_missing, 110), Look(size=small - 1, colour=QUIET)),
        (figure.provenance_words, Look(size=9, colour=QUIET)),
    ]
    return [line for line in lines if line[0]]


def _charts(slide: Any, section: Section, top: float, bottom: float) -> None:
    shown = section.charts[:2]
    wide = (FULL - 0.4 * (len(shown) - 1)) / len(shown)
    for number, chart in enumerate(shown):
        left = LEFT + number * (wide + 0.4)
        words(slide, Box(left=left, top=top, wide=wide, high=0.35), chart.title, Look(size=13, bold=True))
        add_chart(slide, chart, Box(left=left, top=top + 0.35, wide=wide, high=bottom - top - 0.35))


def _points(slide: Any, points: Sequence[str], top: float, *, size: float = 16) -> None:
    if points:
        look = Look(size=size)
        lines = [(f"•  {shortened(point, _LONGEST)}", look) for point in points]
        paragraphs(slide, Box(top=top, high=_BOTTOM - top + 0.1), lines, gap=size / 2)


def _rows_of(table: Table) -> int:
    """Return how many rows stand on one slide; where there are many columns, words take two lines."""
    return 11 if len(table.columns) <= 7 else 9


def _table_slide(deck: Any, report: Report, what: tuple[Section, Table], start: int) -> None:
    section, table = what
    rows = table.rows[start : start + _rows_of(table)]
    left = len(table.rows) - _rows_of(table) * 2
    rest = f"; {left} more rows in the workbook" if left > 0 else ""
    is_opening = not start and not (section.figures or section.charts or section.points)
    head = section.claim if is_opening else f"{table.title}, continued{rest}" if start else table.title
    slide = _headed(deck, report, section.title, head)
    box = Box(top=1.8, high=0.4 * (len(rows) + 1))
    shape = slide.shapes.add_table(len(rows) + 1, len(table.columns), *inches(box))
    shape.name = table.title
    _plain_style(shape)
    _set_widths(shape.table, table)
    longest = 60 if len(table.columns) <= 7 else 36
    for at, column in enumerate(table.columns):
        look = Look(size=11, align="right" if column.kind is ColumnKind.NUMBER else "left")
        heading = Look(size=11, bold=True, colour=QUIET, align=look.align)
        _cell(shape.table.cell(0, at), column.label, heading)
        for number, row in enumerate(rows, start=1):
            _cell(shape.table.cell(number, at), shortened(row[at].written, longest), look)
    if table.note:
        words(slide, Box(top=6.75, high=0.3), table.note, Look(size=10, colour=QUIET))


def _set_widths(grid: Any, table: Table) -> None:
    from pptx.util import Inches

    shares = [
        2.6 if at == 0 else 1.3 if column.kind is not ColumnKind.NUMBER else 1.0
        for at, column in enumerate(table.columns)
    ]
    for at, share in enumerate(shares):
        grid.columns[at].width = Inches(FULL * share / sum(shares))


def _plain_style(shape: Any) -> None:
    """Choose the table style that has lines between rows and no fills."""
    style = shape._element.graphic.graphicData.tbl.tblPr  # noqa: SLF001  (there is no other way to choose one)
    style[0].text = "{9D7B26C5-4107-4FEC-AEDC-1716B250A1EF}"
    shape.table.horz_banding = False


def _cell(cell: Any, text: str, look: Look) -> None:
    from pptx.util import Inches

    cell.margin_top = cell.margin_bottom = Inches(0.05)
    fill(cell.text_frame.paragraphs[0], text, look)


def _tell(slide: Any, section: Section) -> None:
    """Put what does not fit into the speaker's notes: points whole, caveats, definitions."""
    lines = [section.claim, *section.points, *section.notes]
    lines += [f"{one.label}: {one.definition} {one.caution}".strip() for one in section.figures]
    lines += [chart.alt for chart in section.charts]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
    for note in section.notes[:1]:
        words(slide, Box(top=6.75, high=0.3), shortened(note, 210), Look(size=10, colour=QUIET))


def _new_slide(deck: Any) -> Any:
    title_only = deck.slide_layouts[5]
    slide = deck.slides.add_slide(title_only)
    _place(slide.shapes.title, Box(top=0.95, high=0.55))
    return slide


def _title(slide: Any, box: Box, text: str, look: Look) -> None:
    """Write the slide's title, which outlines and screen readers find."""
    from pptx.enum.text import MSO_ANCHOR

    shape = slide.shapes.title
    _place(shape, box)
    write(shape.text_frame, [(text, look)])
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = inches(box)
