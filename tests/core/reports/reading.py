"""Reads the files of a report again, as the programs that open them would."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pypdf
from pptx import Presentation

from core.reports import RENDERERS

FORMATS = tuple(RENDERERS)


class _Words(HTMLParser):
    """The words of a page, and its elements with their attributes."""

    def __init__(self):
        super().__init__()
        self.words, self.elements, self._hidden = [], [], False

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._hidden = tag == "style"

    def handle_endtag(self, tag):
        self._hidden = self._hidden and tag != "style"

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)


def page(data):
    """Return the words of an HTML page and its elements."""
    parser = _Words()
    parser.feed(data.decode("utf-8"))
    return "".join(parser.words), parser.elements


def pdf_pages(data):
    """Return the words of each page of a PDF."""
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages]


def slide_words(data):
    """Return every text of a deck: shapes, tables, speaker's notes."""
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                found += [str(name) for name in shape.chart.plots[0].categories]
        if slide.has_notes_slide:
            found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found)


def slide_charts(data):
    """Return the charts of a deck."""
    slides = Presentation(io.BytesIO(data)).slides
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def workbooks(data):
    """Return every workbook that is in the bytes of a workbook or of a deck."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    inner = [packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")]
    return [openpyxl.load_workbook(io.BytesIO(one)) for one in (inner or [data])]


def cells(data):
    """Return every cell of a workbook that holds something."""
    book = workbooks(data)[0]
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def csv_rows(data):
    """Return the rows of a CSV file as dictionaries."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def words_in(format_name, data):
    """Return all the words of a file, white space made single."""
    readers = {
        "html": lambda: page(data)[0],
        "pdf": lambda: "".join(letter for letter in "\n".join(pdf_pages(data)) if letter.isascii()),
        "pptx": lambda: slide_words(data),
        "xlsx": lambda: "\n".join(str(cell.value) for cell in cells(data)),
        "csv": lambda: "\n".join(" ".join(row.values()) for row in csv_rows(data)),
        "txt": lambda: data.decode("utf-8"),
    }
    return " ".join(readers[format_name]().replace("\u200b", "").split())


def squeezed(words):
    """Return words without any white space: where lines break is up to each format."""
    return re.sub(r"\s+", "", words.replace("\u200b", ""))
