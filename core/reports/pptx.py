"""The report as slides: one message a slide, native tables and charts that can be edited."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.reports.model import ColumnKind, Status
from core.reports.slide_charts import add_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.model import Figure, Report, Section, Table

_WIDE, _HIGH = 13.333, 7.5  # inches, 16:9
_LEFT, _FULL = 0.75, 11.833  # the column that everything stands in
_ACCENT, _PALE, _SOFT, _INK, _QUIET, _RULE = "0B6B66", "A9D3CE", "F2EFE8", "10161E", "55606D", "D9D4C8"
_STATUS = {Status.REACHED: "1D6B3C", Status.CLOSE: "8F5208", Status.SHORT: "B3332A", Status.NONE: _QUIET}
_SERIF, _SANS = "Georgia", "Calibri"  # on every machine that opens slides
_ROWS = 11  # of a table, on one slide
_POINTS = 7
_LONGEST = 260  # characters of a point; the rest stands in the speaker's notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How words look."""

    size: float
    colour: str = _INK
    bold: bool = False
    font: str = _SANS
    align: str = "left"


def render_pptx(report: Report) -> bytes:
    """Return the report as a PPTX file."""
    from pptx import Presentation  # a report is made now and then; starting the app should not wait for it
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    deck.core_properties.title = report.title[:200]
    deck.core_properties.author = report.brand[:200]
    _cover(deck, report)
    for section in report.sections:
        _slides(deck, report, section)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _cover(deck: Any, report: Report) -> None:
    slide = _new_slide(deck)
    _block(slide, Box(left=0, top=0, wide=0.28, high=_HIGH), _ACCENT)
    _words(
        slide,
        Box(left=_LEFT, top=0.8, wide=8.5, high=0.4),
        report.brand,
        Look(size=18, bold=True, colour=_ACCENT),
    )
    size = 46 if len(report.title) < 40 else 34 if len(report.title) < 90 else 22
    title = _words(
        slide,
        Box(left=_LEFT, top=2.0, wide=_FULL, high=1.7),
        report.title,
        Look(size=size, bold=True, font=_SERIF),
    )
    title.name = "Title"
    _words(slide, Box(left=_LEFT, top=3.85, wide=10.4, high=1.5), report.claim, Look(size=22, font=_SERIF))
    facts = f"{report.period} · {report.as_of_words}" + (
        " · made-up sample campaign" if report.is_sample else ""
    )
    _words(slide, Box(left=_LEFT, top=6.6, wide=_FULL, high=0.4), facts, Look(size=13, colour=_QUIET))
    if report.logo:
        _logo(slide, report.logo)


def _logo(slide: Any, logo: bytes) -> None:
    from pptx.util import Inches

    picture = slide.shapes.add_picture(io.BytesIO(logo), 0, Inches(0.65), height=Inches(0.7))
    picture.left = Inches(_WIDE - 0.75) - picture.width
    picture.name = "Logo"


def _slides(deck: Any, report: Report, section: Section) -> None:
    """Add the slides of one section: figures and charts first, then points, then tables."""
    slide = _headed(deck, report, section.title, section.claim)
    top = 2.05
    if section.figures:
        top = _tiles(slide, section.figures, top)
    has_room = not section.charts
    if section.charts:
        _charts(slide, section, top)
    points = [*section.points]
    if points and has_room:
        room = max(int((6.45 - top) / 0.5), 0)
        first, points = points[:room], points[room:]
        _points(slide, first, top)
    _notes(slide, section)
    for start in range(0, len(points), _POINTS):
        more = _headed(
            deck, report, section.title, "What else stands out" if section.charts else "And further"
        )
        _points(more, points[start : start + _POINTS], 2.05)
        _notes(more, section)
    for table in section.tables:
        for start in range(0, min(len(table.rows), _ROWS * 2), _ROWS):
            _table_slide(deck, report, (section, table), start)


def _headed(deck: Any, report: Report, kicker: str, claim: str) -> Any:
    slide = _new_slide(deck)
    _block(slide, Box(left=_LEFT, top=0.5, wide=0.55, high=0.06), _ACCENT)
    _words(
        slide,
        Box(left=_LEFT, top=0.62, wide=_FULL, high=0.35),
        kicker,
        Look(size=13, bold=True, colour=_ACCENT),
    )
    size = 26 if len(claim) < 95 else 21 if len(claim) < 190 else 16
    head = _words(
        slide,
        Box(left=_LEFT, top=0.95, wide=_FULL, high=1.0),
        claim[:600],
        Look(size=size, bold=True, font=_SERIF),
    )
    head.name = "Title"
    foot = f"{report.campaign[:80]} · {report.as_of_words}"
    _words(slide, Box(left=_LEFT, top=7.0, wide=9.5, high=0.3), foot, Look(size=10, colour=_QUIET))
    number = str(len(deck.slides))
    _words(
        slide,
        Box(left=11.58, top=7.0, wide=1.0, high=0.3),
        number,
        Look(size=10, colour=_QUIET, align="right"),
    )
    return slide


def _tiles(slide: Any, figures: Sequence[Figure], top: float) -> float:
    """Draw the figures as tiles, five a row, and return where they end."""
    across = min(len(figures), 5)
    wide = (_FULL - 0.15 * (across - 1)) / across
    for number, figure in enumerate(figures[:10]):
        row, column = divmod(number, across)
        box = Box(left=_LEFT + column * (wide + 0.15), top=top + row * 1.72, wide=wide, high=1.57)
        _tile(slide, figure, box)
    return top + (min(len(figures), 10) - 1) // across * 1.72 + 1.87


def _tile(slide: Any, figure: Figure, box: Box) -> None:
    _block(slide, box, _SOFT)
    _block(
        slide,
        Box(left=box.left, top=box.top, wide=0.06, high=box.high),
        _ACCENT if figure.is_primary else _PALE,
    )
    size = 28 if len(figure.written) < 10 else 20 if len(figure.written) < 16 else 14
    lines = [
        (figure.label, Look(size=12, colour=_QUIET)),
        (figure.written, Look(size=size, bold=True, font=_SERIF)),
    ]
    if figure.step:
        lines.append((f"→ {figure.step}", Look(size=12, bold=True, colour=_ACCENT)))
    if figure.status_words:
        lines.append((figure.status_words, Look(size=12, bold=True, colour=_STATUS[figure.status])))
    if figure.why_missing:
        lines.append((figure.why_missing[:110], Look(size=10, colour=_QUIET)))
    if figure.provenance_words:
        lines.append((figure.provenance_words, Look(size=9, colour=_QUIET)))
    inner = Box(left=box.left + 0.12, top=box.top + 0.05, wide=box.wide - 0.16, high=box.high - 0.1)
    _paragraphs(slide, inner, lines, gap=2)


def _charts(slide: Any, section: Section, top: float) -> None:
    shown = section.charts[:2]
    wide = (_FULL - 0.4 * (len(shown) - 1)) / len(shown)
    for number, chart in enumerate(shown):
        left = _LEFT + number * (wide + 0.4)
        _words(slide, Box(left=left, top=top, wide=wide, high=0.35), chart.title, Look(size=13, bold=True))
        add_chart(slide, chart, (left, top + 0.35, wide, max(6.8 - top - 0.35, 1.4)))


def _points(slide: Any, points: Sequence[str], top: float) -> None:
    if not points:
        return
    lines = [(f"•  {_short(point)}", Look(size=16 if len(points) <= 5 else 14)) for point in points]
    _paragraphs(slide, Box(left=_LEFT, top=top, wide=_FULL, high=6.8 - top), lines, gap=8)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _table_slide(deck: Any, report: Report, what: tuple[Section, Table], start: int) -> None:
    from pptx.util import Inches

    section, table = what
    rows = table.rows[start : start + _ROWS]
    left = len(table.rows) - _ROWS * 2
    more = f" (continued{f'; {left} more rows in the workbook' if left > 0 else ''})" if start else ""
    slide = _headed(deck, report, section.title, f"{table.title}{more}")
    shape = slide.shapes.add_table(
        len(rows) + 1,
        len(table.columns),
        Inches(_LEFT),
        Inches(1.75),
        Inches(_FULL),
        Inches(0.38 * (len(rows) + 1)),
    )
    shape.name = table.title
    grid = shape.table
    _plain_style(shape)
    shares = [
        2.4 if at == 0 else 1.3 if column.kind is not ColumnKind.NUMBER else 1.0
        for at, column in enumerate(table.columns)
    ]
    for at, share in enumerate(shares):
        grid.columns[at].width = Inches(_FULL * share / sum(shares))
    for at, column in enumerate(table.columns):
        _cell(
            grid.cell(0, at), column.label, Look(size=11, bold=True, colour=_QUIET, align=_side(column.kind))
        )
        for number, row in enumerate(rows, start=1):
            words = row[at].written if len(row[at].written) <= 60 else f"{row[at].written[:59]}…"
            _cell(grid.cell(number, at), words, Look(size=11, align=_side(column.kind)))
    if table.note:
        _words(
            slide, Box(left=_LEFT, top=6.6, wide=_FULL, high=0.35), table.note, Look(size=11, colour=_QUIET)
        )


def _side(kind: ColumnKind) -> str:
    return "right" if kind is ColumnKind.NUMBER else "left"


def _plain_style(shape: Any) -> None:
    """Choose PowerPoint's table style without fills: `No Style, Table Grid` without the grid."""
    style = shape._element.graphic.graphicData.tbl.tblPr  # noqa: SLF001  (there is no other way to choose one)
    style[0].text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    shape.table.horz_banding = False


def _cell(cell: Any, words: str, look: Look) -> None:
    from pptx.util import Inches

    cell.margin_top = cell.margin_bottom = Inches(0.04)
    _fill(cell.text_frame.paragraphs[0], words, look)


def _notes(slide: Any, section: Section) -> None:
    """Put what does not fit into the speaker's notes: claims and points whole, caveats, definitions."""
    lines = [section.claim, *section.points, *section.notes]
    lines += [f"{one.label}: {one.definition} {one.caution}".strip() for one in section.figures]
    lines += [chart.alt for chart in section.charts]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
    for note in section.notes[:1]:
        _words(
            slide, Box(left=_LEFT, top=6.72, wide=_FULL, high=0.3), note[:230], Look(size=10, colour=_QUIET)
        )


def _new_slide(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[6])


def _block(slide: Any, box: Box, colour: str) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_inches(box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _words(slide: Any, box: Box, words: str, look: Look) -> Any:
    return _paragraphs(slide, box, [(words, look)], gap=0)


def _paragraphs(slide: Any, box: Box, lines: Sequence[tuple[str, Look]], *, gap: int) -> Any:
    from pptx.util import Pt

    shape = slide.shapes.add_textbox(*_inches(box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (words, look) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        _fill(paragraph, words, look)
    return shape


def _fill(paragraph: Any, words: str, look: Look) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = " ".join(words.split())
    run.font.size, run.font.bold, run.font.name = Pt(look.size), look.bold, look.font
    run.font.color.rgb = _rgb(look.colour)
    paragraph.alignment = PP_ALIGN.RIGHT if look.align == "right" else PP_ALIGN.LEFT


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)


def _inches(box: Box) -> tuple[Any, Any, Any, Any]:
    from pptx.util import Inches

    return Inches(box.left), Inches(box.top), Inches(box.wide), Inches(box.high)
