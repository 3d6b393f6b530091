"""What slides are drawn with: boxes, words, blocks of colour; sizes in inches and points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE, HIGH = 13.333, 7.5  # 16:9
LEFT, FULL = 0.75, 11.833  # the column that everything stands in
ACCENT, PALE, SOFT, INK, QUIET, RULE = "0B6B66", "A9D3CE", "F2EFE8", "10161E", "55606D", "D9D4C8"
SERIF, SANS = "Georgia", "Calibri"  # on every machine that opens slides


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a slide, in inches."""

    left: float = LEFT
    top: float
    wide: float = FULL
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How words look; size in points, align is left or right."""

    size: float
    colour: str = INK
    bold: bool = False
    font: str = SANS
    align: str = "left"


def words(slide: Any, box: Box, text: str, look: Look) -> Any:
    """Return a text box with one paragraph."""
    return paragraphs(slide, box, [(text, look)])


def paragraphs(slide: Any, box: Box, lines: Sequence[tuple[str, Look]], *, gap: float = 0) -> Any:
    """Return a text box with paragraphs, `gap` points apart."""
    shape = slide.shapes.add_textbox(*inches(box))
    write(shape.text_frame, lines, gap=gap)
    return shape


def write(frame: Any, lines: Sequence[tuple[str, Look]], *, gap: float = 0) -> None:
    """Write paragraphs into an empty text frame."""
    from pptx.util import Pt

    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, look) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        fill(paragraph, text, look)


def fill(paragraph: Any, text: str, look: Look) -> None:
    """Write words into a paragraph, on one line as far as they fit."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = " ".join(text.split())
    run.font.size, run.font.bold, run.font.name = Pt(look.size), look.bold, look.font
    run.font.color.rgb = rgb(look.colour)
    paragraph.alignment = PP_ALIGN.RIGHT if look.align == "right" else PP_ALIGN.LEFT


def block(slide: Any, box: Box, colour: str) -> None:
    """Draw a rectangle of one colour, without line and shadow."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.oxml.ns import qn

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *inches(box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    look = shape._element.find(qn("p:style"))  # noqa: SLF001  (the theme's shadow stands there)
    shape._element.remove(look)  # noqa: SLF001


def rgb(colour: str) -> Any:
    """Return a colour written as six hexadecimal digits."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call]


def inches(box: Box) -> tuple[Any, Any, Any, Any]:
    """Return left, top, width and height as python-pptx wants them."""
    from pptx.util import Inches

    return Inches(box.left), Inches(box.top), Inches(box.wide), Inches(box.high)


def shortened(text: str, most: int) -> str:
    """Return words of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
