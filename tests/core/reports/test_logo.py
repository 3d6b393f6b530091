"""A logo is a small picture and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.errors import PlumblineError
from core.reports import RENDERERS, checked_logo, from_json, to_json, with_brand
from tests.core.reports.making import every_part
from tests.core.reports.reading import page


def picture(form="PNG", size=(40, 20), **more):
    """Return the bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format=form, **more)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_taken_and_made_small(form):
    taken = checked_logo(picture(form, (3_000, 1_000)))
    with Image.open(io.BytesIO(taken)) as opened:
        assert opened.format == "PNG"
        assert opened.size == (720, 240)


def test_what_else_was_in_the_file_is_gone():
    hidden = PngInfo()
    hidden.add_text("Comment", "where I live")
    data = picture(pnginfo=hidden) + b"<script>alert(1)</script>"
    assert b"where I live" in data
    taken = checked_logo(data)
    assert b"where I live" not in taken
    assert b"script" not in taken


def test_no_logo_is_fine():
    assert checked_logo(b"") == b""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg onload=alert(1)>", "logo-not-a-picture"),
        (b"GIF89a" + b"\0" * 50, "logo-not-a-picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "logo-not-a-picture"),
        (picture()[:60], "logo-not-a-picture"),
        (picture("PNG", (5_000, 5_000)), "logo-not-a-picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_001, "logo-too-large"),
    ],
)
def test_anything_else_is_refused(data, code):
    with pytest.raises(PlumblineError) as refused:
        checked_logo(data)
    assert refused.value.issue.code == code


def test_brand_and_logo_are_in_every_format():
    report = with_brand(every_part(), name=" Glow & Co ", logo=picture())
    assert report.brand == "Glow & Co"
    assert from_json(to_json(report)) == report
    _, elements = page(RENDERERS["html"](report))
    sources = [one["src"] for tag, one in elements if tag == "img"]
    assert len(sources) == 1
    assert sources[0].startswith("data:image/png;base64,")
    assert b"/Image" in RENDERERS["pdf"](report)
    assert len(RENDERERS["pptx"](report)) > len(RENDERERS["pptx"](every_part()))


def test_an_empty_name_keeps_the_campaigns_brand():
    assert with_brand(every_part(), name="  ", logo=b"") == every_part()
